"""From the text of a judicial document to its case number, court, cause, parties, sections and citations.

Sections are found by the words with which courts begin them, at the start of a sentence: research data often
comes on one line, so line breaks cannot be relied on.
"""

import re
from collections.abc import Iterator
from datetime import date

from ingest.outline import lines_of, unique_labels
from legal.case_number import find_case_numbers
from legal.citation import find_citations
from legal.court import COURT, find_court
from legal.dates import find_dates
from legal.documents import JudicialDocument, Party, Section

_START = r"(?:^|(?<=[\n。；：\s]))"
# In the order in which a document has them; a section runs to the start of the next one found.
_SECTION_STARTS = (
    (
        "审理经过",
        r"(?:本院(?:在|于|依法|受理|执行)|原告[^。\n]{1,60}一案|[^。\n]{2,80}以[^。\n]{2,40}起诉书指控|"
        r"(?:申请执行人|异议人|复议申请人|申请人|关于)[^。\n]{1,120}一案)",
    ),
    (
        "诉称",
        r"(?:公诉机关指控[：:，,称]|[^。，\n]{2,24}检察院指控[：:，,称]|[^。；\n]{0,60}(?:诉称|诉讼请求[：:]|请求[：:]|(?<!辩)称[，,：:]))",
    ),
    ("辩称", r"[^。；\n]{0,60}(?:辩称|答辩称|答辩意见|未作答辩|未提交答辩|辩护意见)"),
    (
        "查明",
        r"(?:经?审理查明|经(?:本院)?(?:审理|审查|执行)?查明|本院(?:经(?:审理|审查))?(?:认定事实|查明)|"
        r"本院经(?:审理|审查)(?:查明|认定)|经审查|执行(?:过程)?中[，,])",
    ),
    ("本院认为", r"本院(?:经审查|经审理)?认为"),
    ("裁判主文", r"(?:(?:判决|裁定|决定)如下\s*[：:]|(?:特)?(?:通知|公告|责令|命令)如下\s*[：:])"),
    (
        "尾部",
        r"(?:如不服本|本(?:判决|裁定|决定)(?:为终审|送达后|立即|自送达)|审\s*判\s*长|(?:代理)?审\s*判\s*员)",
    ),
)
_MARKED = tuple(
    (name, re.compile(pattern if name == "裁判主文" else _START + pattern))
    for name, pattern in _SECTION_STARTS
)
_TYPE = re.compile(
    r"(?:刑事附带民事|刑事|民事|行政|执行|国家赔偿)?(?:判决书|裁定书|决定书|调解书|通知书)"
    r"|限制消费令|律师调查令|支付令|悬赏公告|执行公告|执行和解协议|和解协议|公告|搜查令"
)
_ROLES = (
    "申请执行人|被执行人|复议申请人|异议人|被申诉人|申诉人|被限制消费人|被限制人|利害关系人|案外人|上诉人|被上诉人|再审申请人|被申请人|申请人|"
    "原审原告|原审被告|附带民事诉讼原告人|原告人|被告人|原告|被告|第三人|公诉机关"
)
# A bracket behind a name, unless it belongs to it: 某某（集团）有限公司.
_NOTE = r"[（(](?![^（）()\n]{1,12}[）)][一-鿿]{0,16}(?:公司|厂|社|银行|中心))"
_PARTY = re.compile(
    rf"{_START}(?:[甲乙丙丁]方[一二三四五六]?[（(])?(?P<role>{_ROLES})[）)]?(?:[（(][^（）()]{{1,30}}[）)])?\s*(?:[：:]|自报)?\s*"
    r"(?P<name>[一-鿿A-Za-z0-9×ＸX·（）()]{2,40}?)\s*(?=[，,。；\n\t]|" + _NOTE + "|$)"
)
# A sentence that begins with a role and goes on about the party is no entry of the list of parties.
_NO_NAME = re.compile("不服|提出|提交|的|^系|^是|^及|指控")
_CAUSE = re.compile(
    r"([^。；：\n]{2,160}?(?:纠纷|(?:抚养费|赡养费|劳动报酬)(?:纠纷)?))(?=[^。；，,\n]{0,14}(?:一案|案件(?=[，,中])))"
)
# What stands between the parties and the cause: the end of a masked name, of a company, or "you".
_NAME_END = re.compile(r"某[甲乙丙丁某]*|公司|支行|银行|合作社|号|你们|你单位|你")
_CHARGE = re.compile(r"犯(?P<charge>[一-鿿、]{1,20}?罪)")


def is_judicial(text: str) -> bool:
    """Whether `text` begins as a document of a court does: a court and a type, or a case number."""
    head = text[:600]
    return bool(find_case_numbers(head)) or (COURT.search(head) is not None and _type(head) is not None)


def parse_judicial(text: str, title: str | None = None) -> JudicialDocument:
    """The judicial document that `text` holds. `title` names it where the source does so outside the text."""
    head = text[:600]
    sections = tuple(_sections(text))
    parties = tuple(_parties(text[: sections[0].end] if sections and sections[0].label == "首部" else head))
    numbers = find_case_numbers(head)
    court = find_court(head)
    document_type = _type(head)
    case_number = numbers[0].canonical if numbers else None
    return JudicialDocument(
        title=title or _title(head, court, document_type, case_number),
        document_type=document_type,
        case_number=case_number,
        court=court,
        cause_of_action=_cause(text[:3000], parties, title),
        judgment_date=_judgment_date(text),
        parties=parties,
        cited_articles=_cited(text),
        sections=sections,
        text=text,
    )


def parse_typical_case(
    text: str, path: str, document_type: str = "典型案例", published: date | None = None
) -> JudicialDocument:
    """A published typical case in Markdown: its headings (基本案情, 裁判要旨 …) are its sections."""
    title = next((line.text for line in lines_of(text, 0) if line.level == 1), path.rsplit("/", 1)[-1])
    sections, label, start, end = [], "引言", None, 0
    for line in [*lines_of(text, 0), None]:
        if (line is None or line.level) and start is not None:
            sections.append(Section(label, "", start, end))
            start = None
        if line is None:
            break
        if line.level:
            label = line.text
        elif line.text:
            start, end = (line.start if start is None else start), line.end
    return JudicialDocument(
        title=title,
        document_type=document_type,
        judgment_date=published,
        cited_articles=_cited(text),
        sections=tuple(unique_labels(sections)),
        text=text,
    )


def _type(head: str) -> str | None:
    match = _TYPE.search(re.sub(r"[ \t　]", "", head[:200]))
    return match.group() if match else None


def _title(head: str, court: str | None, document_type: str | None, case_number: str | None) -> str:
    """Court, type and number; else the first line, where the document has neither court nor number."""
    named = [part for part in (court, document_type, case_number) if part]
    first = next((line.text for line in lines_of(head, 0) if line.text), "")
    return " ".join(named) if len(named) >= 2 else first[:60]


def _cited(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{c.law}#{c.article}" for c in find_citations(text)))


def _parties(head: str) -> Iterator[Party]:
    seen = set()
    for match in _PARTY.finditer(head):
        if match["name"] not in seen and not _NO_NAME.search(match["name"]):
            seen.add(match["name"])
            yield Party(match["role"], match["name"], match.start("name"), match.end("name"))


def _cause(head: str, parties: tuple[Party, ...], title: str | None) -> str | None:
    """The cause of action or charge; party names and roles that stand before the cause are cut off."""
    charge = _CHARGE.search(title or "") or (_CHARGE.search(head) if "刑" in head[:120] else None)
    if charge:
        return charge["charge"]
    match = _CAUSE.search(head)
    if match is None:
        return None
    cause = match[1]
    for party in parties:
        cause = cause.rsplit(party.name, 1)[-1]
    cause = _NAME_END.split(re.split(rf"{_ROLES}|因|关于|[^一-鿿、]", cause)[-1])[-1].strip("、与诉及等和的")
    return cause if 2 <= len(cause) <= 24 else None


def _judgment_date(text: str) -> date | None:
    """The date of the signature: the last one written in Chinese numerals, else the last one near the end."""
    tail_from = max(0, len(text) - 1500)
    signed = [day for day, at in find_dates(text[tail_from:]) if text[tail_from + at] in "一二"]
    if signed:
        return signed[-1]
    late = find_dates(text[max(0, len(text) - 120) :])
    return late[-1][0] if late else None


def _sections(text: str) -> Iterator[Section]:
    """首部 up to the first section found, then each section up to the next; never overlapping, none empty."""
    starts = [("首部", 0)]
    for index, (name, pattern) in enumerate(_MARKED):
        after = 0 if starts == [("首部", 0)] else starts[-1][1] + 1
        match = pattern.search(text, after)
        if match is None:
            continue
        # Words such as 辩护意见 return in the reasoning: no section begins after a later one's sure sign.
        later = (p.search(text, after) for n, p in _MARKED[index + 1 :] if n in {"本院认为", "裁判主文"})
        if all(sign is None or match.start() < sign.start() for sign in later):
            starts = [*starts, (name, match.start())] if match.start() else [(name, 0)]
    ends = [start for _, start in starts[1:]] + [len(text)]
    for (name, start), end in zip(starts, ends, strict=True):
        stretch = text[start:end]
        if stretch.strip():
            lead = len(stretch) - len(stretch.lstrip())
            yield Section(name, "", start + lead, start + len(stretch.rstrip()))
