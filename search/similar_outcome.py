"""How a case ended, in the terms by which lawyers compare results, read from the order of the judgment."""

import re

# In their order; a later one is not looked for where one of `unless` was found.
_SIGNS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("维持原裁判", re.compile("维持原[判裁]|维持[^。；]{2,60}(?:判决|裁定)"), ()),
    ("撤销原裁判", re.compile("撤销[^。；]{2,60}(?:判决|裁定|决定)"), ()),
    ("发回重审", re.compile("发回[^。；]{0,24}重(?:新)?审"), ()),
    ("驳回起诉", re.compile("驳回[^。；]{0,40}起诉"), ()),
    ("准许撤回", re.compile("准[许予][^。；]{0,40}撤(?:回|诉)"), ()),
    ("驳回再审申请", re.compile("驳回[^。；]{0,40}再审申请"), ()),
    ("驳回部分请求", re.compile("驳回[^。；]{0,40}(?:其他|其余|其它)[^。；]{0,12}请求"), ()),
    (
        "驳回诉讼请求",
        re.compile("驳回[^。；]{0,40}(?:诉讼|全部|反诉|赔偿)[^。；]{0,6}请求"),
        ("驳回部分请求",),
    ),
    (
        "判令履行",
        re.compile(
            "(?:应|须|于本判决[^。；]{0,20}|向[^。；]{1,40})(?:支付|返还|赔偿|偿还|给付|归还|交付|清偿|办理)"
        ),
        (),
    ),
    ("无罪", re.compile("无罪"), ()),
    ("免予刑事处罚", re.compile("免[予于]刑事处罚"), ()),
    ("死刑", re.compile("判处死刑"), ()),
    ("无期徒刑", re.compile("无期徒刑"), ()),
    ("有期徒刑", re.compile("有期徒刑"), ()),
    ("拘役", re.compile("(?<!判处有期徒刑或者)拘役"), ()),
    ("管制", re.compile("判处管制"), ()),
    ("缓刑", re.compile("缓刑"), ()),
    ("罚金", re.compile("罚金"), ()),
)
_EXPLAINED = re.compile(
    "[（(](?:刑期|缓刑考验期|罚金|已缴|限)[^（）()]{0,200}[）)]|缓刑考验期限?[^。；]{0,60}"
)


def outcomes_in(order: str) -> tuple[str, ...]:
    """What an order (裁判主文) decides, each once; empty where none of the known results is said."""
    plain = _EXPLAINED.sub("", re.sub(r"\s+", "", order))
    found: dict[str, None] = {}
    for name, sign, unless in _SIGNS:
        if not any(other in found for other in unless) and sign.search(plain):
            found[name] = None
    return tuple(found)
