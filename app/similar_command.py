"""`lvzhi similar`: the cases like that of a file, and the report on them."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from app.similar_report import TITLE, report_of
from app.similar_wording import ASPECTS, alike_text, different_text, inferred_text, related_text, why_text
from app.wording import date_text
from legal.errors import InputError

if TYPE_CHECKING:
    from datetime import datetime

    from search.similar_cases import SimilarRequest, SimilarResult, Weights


def weights_of(written: str) -> "Weights":
    """The default weights with those of `facts=0.4,cause=0`. Raises InputError for what is none of these."""
    from search.similar_cases import Weights

    given: dict[str, float] = {}
    for part in filter(None, written.replace("，", ",").replace(" ", "").split(",")):
        name, _, value = part.partition("=")
        try:
            given[name] = float(value)
        except ValueError:
            name = ""
        if name not in ASPECTS:
            names = "、".join(f"{aspect}（{said}）" for aspect, said in ASPECTS.items())
            raise InputError(f"--weights 中的“{part}”应写作“名称=数字”，名称可用：{names}。")
    return replace(Weights(), **given)


def write_report(
    folder: Path, request: "SimilarRequest", result: "SimilarResult", made: "datetime"
) -> list[Path]:
    """Writes the report into `folder` as Word and as PDF. Raises InputError where that cannot be done."""
    from app.similar_report_pdf import pdf_bytes
    from app.similar_report_word import word_bytes

    report = report_of(request, result, made)
    stem = f"{TITLE}_{made:%Y%m%d_%H%M%S}"
    contents = {f"{stem}.docx": word_bytes(report), f"{stem}.pdf": pdf_bytes(report)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise InputError(
            f"无法把报告写入 {folder}：{error.strerror}。请用 --report 指定另一个目录。"
        ) from error
    return [folder / name for name in contents]


def print_similar(out: Console, result: "SimilarResult") -> None:
    """The found cases with what makes each similar and why it stands where it does."""
    for notice in result.notices:
        out.print(Text(notice, style="yellow"))
    if inferred := inferred_text(result.inferred):
        out.print(Text(inferred, style="dim"), soft_wrap=True)
    for found in result.found:
        case = found.case
        out.print(Text(f"{found.rank}. ") + Text(found.document.title, style="bold"))
        where = [case.court, case.case_number, case.cause, date_text(case.day) if case.day else None]
        out.print(Text("  ".join(part for part in where if part)), soft_wrap=True)
        out.print(Text(f"相同：{alike_text(found, result)}"), soft_wrap=True)
        if different := different_text(found, result):
            out.print(Text(f"不同：{different}"), soft_wrap=True)
        if related := related_text(found):
            out.print(Text(related, style="yellow"), soft_wrap=True)
        if found.gist:
            out.print(Text(f"要点：{found.gist}"), soft_wrap=True)
        out.print(Text(f"{found.document.id}  {why_text(found, result)}\n", style="dim"), soft_wrap=True)
    out.print(f"逐案比对 {result.compared} 件，列出 {len(result.found)} 件，用时 {result.seconds:.1f} 秒。")


def print_json(out: Console, result: "SimilarResult") -> None:
    """One object: `found` in order, `weights`, `inferred`, `held`, `compared`, `encoded_share`, `notices`."""
    found: list[dict[str, Any]] = [
        {
            "rank": similar.rank,
            "id": similar.document.id,
            "title": similar.document.title,
            "court": similar.case.court,
            "case_number": similar.case.case_number,
            "date": similar.case.day.isoformat() if similar.case.day else None,
            "cause": similar.case.cause,
            "score": round(similar.score, 4),
            "aspects": {name: round(value, 4) for name, value in asdict(similar.aspects).items()},
            "articles": dict(similar.articles),
            "same_cause": similar.same_cause,
            "outcomes": list(similar.outcomes),
            "related": similar.related,
            "people": list(similar.people),
            "gist": similar.gist,
            "copies": similar.copies,
        }
        for similar in result.found
    ]
    content = {
        "found": found,
        "weights": dict(result.weights),
        "inferred": {"causes": dict(result.inferred.causes), "articles": dict(result.inferred.articles)},
        "held": result.held,
        "compared": result.compared,
        "encoded_share": result.encoded_share,
        "notices": list(result.notices),
        "seconds": round(result.seconds, 4),
    }
    out.print(json.dumps(content, ensure_ascii=False, indent=1), markup=False, soft_wrap=True)
