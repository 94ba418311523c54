"""What stands above a document: its particulars, versions and citations, or that it is not held."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from app.comparison_page import comparison_address
from app.markup import address, facts, link
from app.wording import date_text, iso_date_text, measure_text, yuan_text
from legal.versions import Ending, History, LawVersion, Standing, Status, Version

if TYPE_CHECKING:
    from search.passage import StoredDocument


def particulars(document: "StoredDocument", status: Status | None = None) -> str:
    """The metadata of a document as a list of names and values, with what a norm is today."""
    meta = document.meta
    named: dict[str, Any] = (
        {
            "效力层级": meta.get("authority_level"),
            "制定机关": meta.get("issuing_body"),
            "文号": meta.get("document_number"),
            "通过或修改": iso_date_text(meta.get("adopted")),
            "施行": iso_date_text(meta.get("effective")),
            "时效": _standing(status) if status else None,
        }
        if document.kind == "policy"
        else {
            "案号": meta.get("case_number"),
            "法院": meta.get("court"),
            "文书类型": meta.get("document_type"),
            "程序": meta.get("procedure"),
            "案由": meta.get("cause_of_action"),
            "日期": iso_date_text(meta.get("judgment_date")),
            "当事人": "；".join(f"{p['role']} {p['name']}" for p in meta.get("parties", ())),
            "代理人": "；".join(_acting(person) for person in meta.get("representatives", ())),
            "审判人员": "；".join(f"{p['role']} {p['name']}" for p in meta.get("officers", ())),
            **_enforcement(meta.get("enforcement")),
        }
    )
    named["来源文件"] = f"{document.folder}/{document.source}"
    named["未收入正文"] = "，".join(meta.get("left_out", ()))
    return facts([(name, escape(str(value))) for name, value in named.items() if value])


def _standing(status: Status) -> str:
    """现行有效 and why; where a warning gives the reason, without it."""
    return f"{status.standing}。{status.source}" if _is_plain(status) else str(status.standing)


def _is_plain(status: Status) -> bool:
    """Whether there is nothing to warn of."""
    return status.standing in (Standing.IN_FORCE, Standing.UNKNOWN)


def _acting(person: Mapping[str, Any]) -> str:
    """某公司：委托诉讼代理人 李某（某律师事务所）."""
    firm = f"（{person['firm']}）" if person["firm"] else ""
    party = f"{person['of']}：" if person["of"] else ""
    return f"{party}{person['role']} {person['name']}{firm}"


def _enforcement(said: Mapping[str, Any] | None) -> dict[str, str | None]:
    """What a document of enforcement says: basis, sums, measures, outcome."""
    if said is None:
        return {}
    return {
        "执行依据": "；".join(f"{basis['kind']} {basis['number']}" for basis in said["bases"]),
        "申请标的": yuan_text(said["claimed"]["fen"]) if said["claimed"] else None,
        "已到位": yuan_text(said["received"]["fen"]) if said["received"] else None,
        "执行措施": "；".join(measure_text(measure) for measure in said["measures"]),
        "处理结果": "；".join(outcome["kind"] for outcome in said["outcomes"]),
    }


def recognised(document: "StoredDocument") -> str:
    """A warning on a text that was recognised from pictures, with how surely each page was."""
    pages = [page for page in document.meta.get("pages", ()) if page["confidence"] is not None]
    if not pages:
        return ""
    each = "，".join(f"第 {page['number']} 页 {page['confidence']:.0%}" for page in pages)
    return f'<p class="lz-notice">以下页由扫描图像识别，可能有错字，引用前请核对原件。可信度：{each}。</p>'


def copies_html(copies: Sequence["StoredDocument"]) -> str:
    """The other documents that say the same."""
    if not copies:
        return ""
    items = "".join(
        f"<li>{link(f'{copy.title}（{copy.folder}/{copy.source}）', address('text', {'id': copy.id}))}</li>"
        for copy in copies
    )
    return folded(f"内容相同的文书（{len(copies)}）", items)


def versions_html(shown: "StoredDocument", history: History, held: Sequence[Version], day: date) -> str:
    """The wordings of a law, the newest first, with what each is on `day`; and the texts of its parts."""
    if sum(max(1, len(version.documents)) for version in history.versions) < 2:
        return ""
    items, titles = [], {version.document_id: version.title for version in held}
    for version in reversed(history.versions):
        said = _dates(version) + f"，{history.status_of(version, day).standing}"
        if not version.documents:
            items.append(f"<li>{said}（本库未收录）</li>")
        for document_id in version.documents:
            if document_id == shown.id:
                items.append(f"<li><strong>{said}</strong>（当前显示）</li>")
            else:
                title = titles.get(document_id, version.title)
                named = said if title == shown.title else f"{said} {title}"
                other = "" if shown.id in version.documents else _beside(document_id, shown.id)
                items.append(f"<li>{link(named, address('text', {'id': document_id}))}{other}</li>")
    return folded(f"同名文本与历次版本（{len(items)}）", "".join(items))


def _beside(document_id: str, shown_id: str) -> str:
    """The way to the comparison with the text that is shown."""
    return f"（{link('与当前文本逐条对照', comparison_address(document_id, shown_id))}）"


def _dates(version: LawVersion) -> str:
    adopted = f"{date_text(version.adopted)}通过或修改" if version.adopted else "通过日期不详"
    effective = f"{date_text(version.effective)}施行" if version.effective else "施行日期不详"
    return f"{adopted}，{effective}"


def standing_html(shown: "StoredDocument", status: Status, in_force: str | None) -> str:
    """A warning on a text that does not apply, with the reason and what applies in its place.

    `in_force` is the document that holds the version in force, None where there is none here.
    """
    if _is_plain(status):
        return ""
    target = ""
    if in_force is not None:
        text = link("现行文本", address("text", {"id": in_force}))
        beside = link("逐条对照", comparison_address(shown.id, in_force))
        target = f"请核对{text}，条文序号可能不同；两个版本可以{beside}。"
    elif isinstance(status.by, Ending):
        named = link(
            f"《{status.by.title}》{status.by.article}", address("text", {"id": status.by.document_id})
        )
        target = f"见{named}。"
    return f'<p class="lz-notice"><strong>{status.standing}</strong>：{escape(status.source)}{target}</p>'


def not_held(law: str, article: str, versions: Sequence[Version]) -> str:
    """That an article is not here, and where to look on."""
    name = f"《{law}》{article}"
    searching = link("在法规政策中检索", address("policies", {"q": f"{law}{article}"}))
    message = f"本库尚未收录{escape(name)}。可{searching}相近内容。"
    if versions:
        held = link("查看该文本", address("text", {"id": versions[0].document_id}))
        message = f"本库收录了《{escape(law)}》，但其中没有{escape(article)}。{held}，或{searching}。"
    return f'<p class="lz-notice">{message}</p>'


def folded(title: str, items: str) -> str:
    """A list that is opened by its title."""
    return f'<details class="lz-contents"><summary>{title}</summary><ul>{items}</ul></details>'
