"""Procedures (审判程序): which one the case-type code of a case number stands for."""

import re

# In this order; the codes are those of 《人民法院案件类型及其代字标准》 (法〔2015〕137号), and older ones.
_CODES = tuple(
    (procedure, re.compile(pattern))
    for procedure, pattern in (
        ("其他", "司救|司惩|刑执$|刑更|非(?:诉)?(?:行)?执|行执$|执前|前调"),
        ("执行恢复", "执恢$"),
        ("执行异议", "执(?:行)?外?异$|执议$"),
        ("执行复议", "执(?:行)?复(?:议)?$"),
        ("执行监督", "执(?:行)?(?:监|申|督)$"),
        ("执行保全", "执保$"),
        ("执行协调", "执协$"),
        ("执行实施", "执(?:行)?[一二三四五六]?$"),
        ("一审", "执异初$"),
        ("其他执行", "执"),
        ("一审", "行赔初$"),
        ("二审", "行赔终$"),
        ("再审", "行赔(?:监|申|抗|再)$"),
        ("国家赔偿", "赔|确监?$"),
        ("特别程序", "保令|民保更"),
        ("保全", "保(?:全)?$"),
        ("特别程序", "(?:破|清)(?:申|终|监|他|初|预|重|整)?$"),
        ("特别程序", "(?:特|督|催|医|没)(?:监|终|复|他)?$|调确|司确|认(?:台|港|澳|复|他)$|外认$"),
        ("再审", "再|提$|抗$|申$|监$"),
        ("二审", "终$"),
        ("一审", "初$|民撤$"),
    )
)


def procedure_of(case_type: str) -> str:
    """The procedure of a case-type code without 字: 民初 一审, 执异 执行异议, 民特 特别程序, else 其他.

    An older code may begin with letters of the court (法民一初); what it ends with decides.
    """
    return next((procedure for procedure, pattern in _CODES if pattern.search(case_type)), "其他")
