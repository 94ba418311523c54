"""What stands above a document: its particulars, versions and citations, or that it is not held."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from app.markup import address, facts, link
from app.wording import date_text, iso_date_text

if TYPE_CHECKING:
    from search.passage import StoredDocument
    from search.store import Version


def particulars(document: "StoredDocument") -> str:
    """The metadata of a document as a list of names and values."""
    meta = document.meta
    named: dict[str, Any] = (
        {
            "效力层级": meta.get("authority_level"),
            "制定机关": meta.get("issuing_body"),
            "通过或修改": iso_date_text(meta.get("adopted")),
            "施行": iso_date_text(meta.get("effective")),
        }
        if document.kind == "policy"
        else {
            "案号": meta.get("case_number"),
            "法院": meta.get("court"),
            "文书类型": meta.get("document_type"),
            "案由": meta.get("cause_of_action"),
            "日期": iso_date_text(meta.get("judgment_date")),
            "当事人": "；".join(f"{p['role']} {p['name']}" for p in meta.get("parties", ())),
        }
    )
    named["来源文件"] = f"{document.folder}/{document.source}"
    named["未收入正文"] = "，".join(meta.get("left_out", ()))
    return facts([(name, escape(str(value))) for name, value in named.items() if value])


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
    return _folded(f"内容相同的文书（{len(copies)}）", items)


def versions_html(shown: "StoredDocument", versions: Sequence["Version"]) -> str:
    """The versions of a law, or its parts where several texts share its name."""
    if len(versions) < 2:
        return ""
    items = []
    for version in versions:
        title = version.title
        day = date_text(version.adopted) if version.adopted else "日期不详"
        if version.document_id == shown.id:
            items.append(f"<li><strong>{day} {escape(title)}</strong>（当前显示）</li>")
        else:
            items.append(f"<li>{link(f'{day} {title}', address('text', {'id': version.document_id}))}</li>")
    return _folded(f"同名文本与历次版本（{len(versions)}）", "".join(items))


def newer_version(shown: "StoredDocument", versions: Sequence["Version"]) -> str:
    """A warning on a text of which a newer version is here."""
    own = next((v.adopted for v in versions if v.document_id == shown.id), None)
    newest = versions[0] if versions else None
    if own is None or newest is None or newest.adopted is None or newest.adopted <= own:
        return ""
    target = address("text", {"id": newest.document_id})
    newer = link(f"{date_text(newest.adopted)}的版本", target)
    return f'<p class="lz-notice">本文本已有新版本，条文内容和序号可能不同，请核对{newer}。</p>'


def cited_html(document: "StoredDocument") -> str:
    """The articles that a judgment cites, each linked."""
    cited = [name.partition("#") for name in document.meta.get("cited_articles", ())]
    if not cited:
        return ""
    items = "".join(
        f"<li>{link(f'《{law}》{article}', address('text', {'law': law, 'article': article}))}</li>"
        for law, _, article in cited
    )
    return _folded(f"引用的法条（{len(cited)}）", items)


def not_held(law: str, article: str, versions: Sequence["Version"]) -> str:
    """That an article is not here, and where to look on."""
    name = f"《{law}》{article}"
    searching = link("在法规政策中检索", address("policies", {"q": f"{law}{article}"}))
    message = f"本库尚未收录{escape(name)}。可{searching}相近内容。"
    if versions:
        held = link("查看该文本", address("text", {"id": versions[0].document_id}))
        message = f"本库收录了《{escape(law)}》，但其中没有{escape(article)}。{held}，或{searching}。"
    return f'<p class="lz-notice">{message}</p>'


def _folded(title: str, items: str) -> str:
    return f'<details class="lz-contents"><summary>{title}</summary><ul>{items}</ul></details>'
