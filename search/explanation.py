"""Why a hit stands where it does, in words that a lawyer reads."""

from collections.abc import Mapping
from typing import Any

KEYWORDS_FAILED = "关键词检索暂时不可用，本次只按语义检索，可能遗漏用词一致的内容。"
VECTORS_FAILED = "语义检索暂时不可用，本次只按关键词检索，可能遗漏表述不同的内容。"
VECTORS_DAMAGED = "部分语义向量文件已损坏，其中的内容只按关键词检索。重新运行 lvzhi ingest 可以补全。"
COUNTS_FAILED = "结果总数与筛选项暂时无法统计，本次只给出已找到的内容。"
LISTED = "符合检索条件，没有检索词可比较相关度"
NAMED = "与检索的法条或案号完全一致，排在最前"


def explain(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """The reasons, from what the retrieval noted with a hit: who found it at which rank, then the priors.

    `meta` holds `keyword_rank` and `vector_rank`, counted from 1 and absent where a retriever did not find
    it, and `reasons`, the words of the priors. Found by no retriever is what the query names outright,
    or what `found_by` says.
    """
    ranks = {"关键词": meta.get("keyword_rank"), "语义": meta.get("vector_rank")}
    found = "，".join(f"{name}第 {rank} 位" for name, rank in ranks.items() if rank is not None)
    return (found or meta.get("found_by", NAMED), *meta.get("reasons", ()))
