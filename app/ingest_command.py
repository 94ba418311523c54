"""Ingest as the command line does it: keywords first, then vectors, with progress and a full report."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.encoders import build_missing, encoder_of
from app.settings import Settings
from ingest.pipeline import find_files, ingest
from ingest.readers import Problem
from ingest.report import Report
from search.protocols import Encoder
from search.store import EmbeddedStore

_KINDS = {"policy": "法规政策", "precedent": "裁判文书"}


def ingest_and_encode(out: Console, paths: list[Path], settings: Settings, jobs: int) -> Report:
    """Brings the files below `paths` into the index, prints the report, then encodes what has no vector."""
    find_files(paths)  # a path that does not exist must not leave an empty index behind
    build_missing(out, settings)
    encoder = encoder_of(settings)
    store = EmbeddedStore.open_or_create(settings.index)
    if encoder is not None:  # a mismatch is said before the work and not after it
        store.manifest.with_encoder(encoder.name, encoder.dimension)
    with _progress(out) as bar:
        task = bar.add_task("读取和索引", total=None)
        report = ingest(store, paths, jobs, lambda done, total: bar.update(task, completed=done, total=total))
    print_report(out, report)
    if encoder is None:
        if store.manifest.encoder and store.encoded_share() < 1.0:
            out.print("新内容尚无语义向量，暂时只按关键词检索；去掉 --encoder none 再运行一次即可补齐。")
        return report
    encode(out, store, encoder)
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
    taken = "，".join(f"{_KINDS[kind]} {count} 份" for kind, count in sorted(report.documents.items()))
    out.print(f"共 {report.files} 个文件，用时 {report.seconds:.1f} 秒。")
    out.print(f"新收录{taken or '：0 份'}，计 {report.passages} 段，其中法条 {report.articles} 条。")
    out.print(f"未改动 {report.unchanged} 个文件，未能收录 {len(report.failures)} 项。")
    for title, problems in (("未收录", report.failures), ("提示", report.notices)):
        for first, count in _grouped(problems):
            more = f"（同一文件另有 {count - 1} 项原因相同）" if count > 1 else ""
            out.print(f"  {title}：{escape(first.where)}：{escape(first.reason)}{more}", soft_wrap=True)


def _grouped(problems: list[Problem]) -> Iterator[tuple[Problem, int]]:
    """Problems of one file with one reason that follow each other, as the first of them and their number."""
    for _, group in groupby(problems, key=lambda p: (p.where.partition(" 第 ")[0], p.reason)):
        same = list(group)
        yield same[0], len(same)


def _progress(out: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=out, transient=True)
