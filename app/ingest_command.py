"""Ingest as the command line does it: keywords first, then vectors, with progress and a full report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from app.encoders import build_missing, encoder_of
from app.settings import Settings
from ingest.field_maps import read_field_maps
from ingest.pipeline import Listener, Options, ingest
from ingest.report import Report
from ingest.report_page import write_report
from ingest.report_survey import KINDS
from ingest.source import Notice, Problem
from ingest.sources import Found, find_files
from legal.errors import InputError
from search.protocols import Encoder
from search.store import EmbeddedStore


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for: how to run, masking, and a file for the report."""

    options: Options
    masked: bool = False
    report: Path | None = None


class _Bar(Listener):
    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def progress(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)


def ingest_and_encode(out: Console, paths: list[Path], settings: Settings, wishes: Wishes) -> Report:
    """Brings the files below `paths` into the index, prints the report, then encodes what has no vector."""
    found = find_files(paths)  # a path that does not exist must not leave an empty index behind
    store, encoder = open_index(out, settings, wishes)
    report = ingest_files(out, store, found, wishes)
    if encoder is None:
        if store.manifest.encoder and store.encoded_share() < 1.0:
            out.print("新内容尚无语义向量，暂时只按关键词检索；去掉 --encoder none 再运行一次即可补齐。")
        return report
    encode(out, store, encoder)
    return report


def open_index(out: Console, settings: Settings, wishes: Wishes) -> tuple[EmbeddedStore, Encoder | None]:
    """The index to write to, and the encoder; what does not fit together is said before the work."""
    if wishes.options.field_maps is not None:
        read_field_maps(wishes.options.field_maps)
    if wishes.report is not None and not wishes.report.parent.is_dir():
        raise InputError(
            f"报告所在的目录不存在：{wishes.report.parent}。请先建立目录，或改用 --report 其他路径。"
        )
    build_missing(out, settings)
    encoder = encoder_of(settings)
    store = EmbeddedStore.open_or_create(settings.index, masked=wishes.masked)
    if encoder is not None:
        store.manifest.with_encoder(encoder.name, encoder.dimension)
    if store.manifest.masked:
        out.print(
            "脱敏索引：姓名、身份证号、电话、银行卡号和住址在写入前替换。自动替换难免遗漏，公开前请人工复核。"
        )
    return store, encoder


def ingest_files(out: Console, store: EmbeddedStore, found: Found, wishes: Wishes) -> Report:
    """Brings the files into the keyword index and prints what came of it."""
    if wishes.report is not None:
        found = found.without(wishes.report.resolve())  # of an earlier run, in a folder that is ingested
    with _progress(out) as bar:
        task = bar.add_task("读取和索引", total=None)
        try:
            report = ingest(store, found, wishes.options, _Bar(bar, task))
        except KeyboardInterrupt:
            out.print("已中断：已提交的内容可以检索。再次运行同一命令会接着做。")
            raise
    print_report(out, report)
    if wishes.report is not None:
        write_report(wishes.report, store, found, report)
        out.print(f"详细报告：{wishes.report}")
    return report


def encode(out: Console, store: EmbeddedStore, encoder: Encoder) -> None:
    """Encodes what has no vector yet, with the time left. Ctrl-C keeps what is done."""
    from search.encoding import encode_missing

    if store.manifest.encoder == encoder.name and store.encoded_share() == 1.0:
        return
    out.print("关键词索引已可检索。正在计算语义向量，可随时按 Ctrl-C 中断，下次运行会接着做。")
    done = total = 0
    try:
        with _progress(out) as bar:
            task = bar.add_task("语义向量", total=None)
            for done, total in encode_missing(store, encoder):
                # After the last batch shards are joined and the graph is built: a minute for 150,000.
                now = "语义向量" if done < total else "整理向量"
                bar.update(task, completed=done, total=total, description=now)
    except KeyboardInterrupt:
        out.print(f"已中断：{done} / {total} 段有语义向量。再次运行同一命令会接着做。")
        raise


def print_report(out: Console, report: Report) -> None:
    """What was taken in, then every file that was not, with the reason."""
    taken = "，".join(f"{KINDS[kind]} {count} 份" for kind, count in sorted(report.documents.items()))
    out.print(f"共 {report.files} 个文件，用时 {report.seconds:.1f} 秒。")
    out.print(f"新收录{taken or '：0 份'}，计 {report.passages} 段，其中法条 {report.articles} 条。")
    out.print(f"未改动 {report.unchanged} 个文件，未能收录 {len(report.failures)} 项。")
    if report.removed:
        out.print(f"源文件已不存在，移除 {report.removed} 份。")
    for title, problems in (("未收录", report.failures), ("提示", report.notices), ("重复", report.joined)):
        for first, count in _grouped(problems):
            more = f"（同一文件另有 {count - 1} 项原因相同）" if count > 1 else ""
            out.print(f"  {title}：{escape(first.where)}：{escape(first.reason)}{more}", soft_wrap=True)
    if report.left_out:
        out.print(f"  {len(report.left_out)} 份文书有页眉、页码、图片等未收入正文，明细见 --report。")


def _grouped(problems: Sequence[Problem | Notice]) -> Iterator[tuple[Problem | Notice, int]]:
    """Problems of one file with one reason that follow each other, as the first of them and their number."""
    for _, group in groupby(problems, key=lambda p: (p.where.partition(" 第 ")[0], p.reason)):
        same = list(group)
        yield same[0], len(same)


def _progress(out: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=out, transient=True)
