"""Case numbers (案号): finding them in text, and the one form that all writings of a number share."""

import re
from dataclasses import dataclass

from legal.numerals import parse_number, to_chinese

# （2023）云0102执异12号之一, (2007)丹民三初字第32-1号, （2020）最高法民再15号. The case-type code is matched
# lazily up to the number, so that 字 and 第 of the older form stay outside of it.
CASE_NUMBER = re.compile(
    r"[（(〔\[［]\s*(?P<year>(?:19|20)[0-9]{2}|[１２][０-９]{3})\s*[）)〕\]］]\s*"
    r"(?P<court>最高法(?:知|商初)?|[一-鿿])\s*(?P<digits>[0-9０-９]{0,4})\s*"
    r"(?P<type>[一-鿿](?:\s?[一-鿿]){0,7}?)\s*(?:字\s*)?(?:第\s*)?"
    r"(?P<number>[0-9０-９]{1,7})(?P<sub>(?:\s*[-－—]\s*[0-9０-９]{1,3})?)\s*号"
    r"(?P<suffix>(?:之[0-9０-９一二三四五六七八九十]{1,3})?)"
)
_WIDE = str.maketrans("０１２３４５６７８９－—", "0123456789--")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number with its parts; `canonical` is equal for all writings of the same number.

    `court_code` is the court's own code (云0102), `case_type` the code of the kind of case (执异, 民初).
    """

    year: int
    court_code: str
    case_type: str
    number: str
    suffix: str
    raw: str
    start: int

    @property
    def canonical(self) -> str:
        """Full-width brackets, half-width digits, no spaces, no 字 or 第: （2023）云0102执异12号之一."""
        return f"（{self.year}）{self.court_code}{self.case_type}{self.number}号{self.suffix}"


def find_case_numbers(text: str) -> list[CaseNumber]:
    """All case numbers of `text`, in order; `start` is a code point of `text`."""
    return [_read(match) for match in CASE_NUMBER.finditer(text)]


def _read(match: re.Match[str]) -> CaseNumber:
    narrow = {name: re.sub(r"\s", "", value).translate(_WIDE) for name, value in match.groupdict().items()}
    suffix = narrow["suffix"]
    ordinal = parse_number(suffix[1:]) if suffix else None
    return CaseNumber(
        year=int(narrow["year"]),
        court_code=narrow["court"] + narrow["digits"],
        case_type=narrow["type"],
        number=narrow["number"] + narrow["sub"],
        suffix=f"之{to_chinese(ordinal)}" if ordinal else "",
        raw=match.group(),
        start=match.start(),
    )
