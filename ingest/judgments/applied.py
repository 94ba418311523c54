"""Which articles and which other cases a judicial document cites, and on which articles the court rests."""

import re
from collections.abc import Iterable

from legal.case_number import find_case_numbers
from legal.citation import Citation
from legal.citation_context import citations_in
from legal.documents import Section

_PRIVATE = re.compile("(?:合同|协议|协议书|章程|公告|约定|承诺书|须知)$")
# Parts of published cases that say on what the court rested its decision.
_REASONS = re.compile("裁判|法院(?:判决|认为)|处理结果")
_QUOTED = re.compile("《[^《》]*》")
# A scan or a form with half-width signs ends a sentence with a point: 规定.依照…; not 1.判令 and not 第2.3条.
_SENTENCE_END = re.compile(r"[。；;！？\n]|(?<=[一-鿿）)》”])\.(?=[一-鿿《“（(\s])")
# What the court says of an article that it leaves aside, and of a claim that it judges by the article.
_NOT_APPLIED = re.compile(
    "[^。；;\n]{0,40}?(?:不(?:能|应|应当|得|予|再)?适用(?=该|此|上述|前述|其|于本案|[，,。.；])|与本案(?:无关|无涉|事实不同)|不属于?本案(?:的)?审查|不在本案)|"
    "[^。；;，,\n]{0,12}(?:不(?:能|应|应当)?作为本案)"
)
_JUDGED = re.compile(
    "[之的]?规定[，,](?:本院|依法|均|应当?|亦|也)*(?:不予|不能成立|驳回)|(?:也|亦|同样)(?:作出)?(?:了|明确)?规定"
)
_LEADS = re.compile("[，,](?:根据|依据|依照|按照)$|援引的$")
_PARTY_SAYS = re.compile(
    "(?:辩护人|公诉机关|公诉人|检察院|检察机关|检察员|上诉人|原告|被告|被告人|异议人|申请人|申请执行人|被执行人|复议申请人|申诉人|案外人|第三人|"
    "代理人|其|某|公司)[^。；，,]{0,30}?(?:认为|提出|主张|辩称|诉称|称[，,]|建议|要求|请求|援引|所依据)"
)
_LOWER_COURT = re.compile(
    "(?:原审|一审|原判|二审法院|原裁定|异议裁定|执行法院|该院|(?:[一-鿿]{1,10}[省市县区州旗级]人民|[一-鿿]{2,8}(?<!人民))法院)[^。；]{0,60}?(?:依照|依据|根据|适用|引用)"
)
_COURT_AGAIN = re.compile("本院|综上|据此|为此|故(?=应|依)|现依|现根据")
# What the court would do or others may do is no ground of this decision: 可以依照…处以罚款; but what courts
# may do by law is: 人民法院可以根据….
_POSSIBLE = re.compile("(?:可以?|有权|将|得)(?:依法)?(?:依照|根据|依据|按照|按)[^。；，,]{0,12}$")
_THREAT = re.compile("的，[^。；]{0,24}(?:依照|根据|依据|按照)[^。；，,]{0,12}$")
_PENALTY = re.compile("[^。；]{0,40}(?:处以|予以|处理|罚款|拘留|追究)")


def citations_of(text: str) -> tuple[Citation, ...]:
    """All citations of articles of law in the text; those of contracts and announcements are left out."""
    return tuple(citation for citation in citations_in(text) if not _PRIVATE.search(citation.law))


def article_ids(citations: Iterable[Citation]) -> tuple[str, ...]:
    """The ids law#article of the citations, each once, in their order."""
    return tuple(dict.fromkeys(f"{citation.law}#{citation.article}" for citation in citations))


def applied_articles(
    text: str, sections: tuple[Section, ...], citations: Iterable[Citation]
) -> tuple[str, ...]:
    """Ids law#article of those `citations` on which the court rests its decision, each once, in their order.

    They stand in 本院认为 and 裁判主文, or in the sentence that leads to the order. What a party, the
    prosecution or a lower court cites there is left out, and what the order only threatens with.
    """
    start, end = _grounds(text, sections)
    within = (citation for citation in citations if start <= citation.start < end)
    return article_ids(citation for citation in within if _is_ground(text, citation, start))


def applied_in_report(
    text: str, sections: tuple[Section, ...], citations: Iterable[Citation]
) -> tuple[str, ...]:
    """The same of a published case, whose headings (裁判理由, 相关法条 …) are its sections."""
    spans = [(section.start, section.end) for section in sections if _REASONS.search(section.label)]
    within = [c for c in citations if any(start <= c.start < end for start, end in spans)]
    return article_ids(citation for citation in within if _is_ground(text, citation, 0))


def cited_cases(text: str, own: str | None) -> tuple[str, ...]:
    """Canonical numbers of other cases than the document's `own`, each once, in the order of the text.

    Further documents of one case (执206号之二) are the same case.
    """
    found = dict.fromkeys(number.canonical for number in find_case_numbers(text))
    return tuple(number for number in found if own is None or _case(number) != _case(own))


def _case(number: str) -> str:
    return number.partition("号")[0]


def _grounds(text: str, sections: tuple[Section, ...]) -> tuple[int, int]:
    """Where the court gives its grounds and its order; all before the end part where it has neither."""
    found = {section.label: section for section in sections}
    reasoning, order = found.get("本院认为"), found.get("裁判主文")
    tail = found.get("尾部")
    if order is None:
        end = reasoning.end if reasoning else (tail.start if tail else len(text))
        return (reasoning.start if reasoning else _first_part(found), end)
    if reasoning is not None:
        return min(reasoning.start, order.start), order.end
    before = [match.end() for match in _SENTENCE_END.finditer(text, 0, order.start)]
    return (before[-1] if before else 0), order.end


def _first_part(found: dict[str, Section]) -> int:
    head = found.get("首部")
    return head.end if head and len(found) > 1 else 0


def _is_ground(text: str, citation: Citation, start: int) -> bool:
    """Whether the court itself rests on the article, by what stands before it in the sentence."""
    begin = max(start, citation.start - 300)
    for match in _SENTENCE_END.finditer(text, begin, citation.start):
        begin = match.end()
    lead = _QUOTED.sub("《》", text[begin : citation.start])
    if _POSSIBLE.search(lead) and ("人民法院" not in lead or _PENALTY.match(text, citation.end)):
        return False
    if _NOT_APPLIED.match(text, citation.end):
        return False
    if _THREAT.search(lead) and _PENALTY.match(text, citation.end):
        return False
    said = [match.end() for match in (*_PARTY_SAYS.finditer(lead), *_LOWER_COURT.finditer(lead))]
    if _LEADS.search(lead) and _JUDGED.match(text, citation.end):
        return True
    return not said or bool(_COURT_AGAIN.search(lead, max(said) - 4))
