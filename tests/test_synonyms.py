"""Lay words and the legal words they reach: what comes with Lvzhi, and what users add."""

from pathlib import Path

import pytest

from legal.errors import InputError
from search.synonyms import Synonyms, read_synonyms

FILE = Path(__file__).parents[1] / "search" / "synonyms.txt"


def added(synonyms: Synonyms, text: str) -> dict[str, tuple[str, ...]]:
    return {one.typed: one.legal for one in synonyms.added(text)}


@pytest.mark.parametrize(
    ("text", "lay", "legal"),
    [
        ("老赖", "老赖", "失信被执行人"),
        ("遇到老赖怎么办", "老赖", "失信被执行人"),
        ("欠钱的人不还钱", "不还钱", "拒不履行"),
        ("法院封房子", "封房子", "查封房屋"),
        ("怎么解封", "解封", "解除查封"),
        ("单位把我炒鱿鱼了", "炒鱿鱼", "解除劳动合同"),
        ("被狗咬了找谁", "被狗咬", "饲养动物损害"),
        ("民诉法 再审", "民诉法", "民事诉讼法"),
        ("民诉解释", "民诉解释", "最高人民法院关于适用民事诉讼法的解释"),
    ],
)
def test_a_lay_word_or_a_short_name_adds_legal_words(text: str, lay: str, legal: str) -> None:
    assert legal in added(read_synonyms(), text)[lay]


@pytest.mark.parametrize("text", ["失信被执行人名单", "查封房屋", "取消法定代表人", ""])
def test_words_of_the_law_add_nothing(text: str) -> None:
    assert added(read_synonyms(), text) == {}


def test_the_longest_lay_word_counts_and_each_once() -> None:
    synonyms = Synonyms({"不还": ("甲乙",), "不还钱": ("拒不履行",)})
    assert added(synonyms, "不还钱，就是不还钱") == {"不还钱": ("拒不履行",)}


def test_what_stands_in_the_query_already_is_not_added() -> None:
    synonyms = Synonyms({"老赖": ("失信被执行人", "限制消费")})
    assert added(synonyms, "老赖被限制消费") == {"老赖": ("失信被执行人",)}


def test_a_paragraph_full_of_lay_words_is_not_drowned_in_others() -> None:
    synonyms = Synonyms({f"俗{n}": (f"法{n}甲", f"法{n}乙") for n in range(10, 60)})
    words = added(synonyms, "，".join(f"俗{n}" for n in range(10, 60)))
    assert list(words) == ["俗10", "俗11", "俗12", "俗13", "俗14", "俗15"]


def test_the_file_that_comes_with_lvzhi_has_many_lines_and_no_word_twice() -> None:
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    lay = [line.split(" = ")[0] for line in lines]
    assert len(lay) >= 150
    assert len(lay) == len(set(lay))
    assert all(word not in line.split(" = ")[1].split() for word, line in zip(lay, lines, strict=True))


def test_a_file_of_ones_own_adds_to_what_there_is(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    file.write_text(
        "\ufeff# 本所用语\n\n甩锅＝转嫁责任  推卸责任 # 常用\n老赖 = 被限制消费人员\n", encoding="utf-8"
    )
    synonyms = read_synonyms(file)
    assert added(synonyms, "甩锅") == {"甩锅": ("转嫁责任", "推卸责任")}
    assert {"失信被执行人", "被限制消费人员"} <= set(added(synonyms, "老赖")["老赖"])
    assert added(read_synonyms(), "甩锅") == {}


@pytest.mark.parametrize(
    "line", ["老赖 失信被执行人", "老赖 =", "= 失信被执行人", "赖 = 失信被执行人", "甲乙=丙=丁"]
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "own.txt"
    file.write_text(f"# 用语\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match="第 2 行无法识别") as refused:
        read_synonyms(file)
    assert "老赖 = 失信被执行人" in refused.value.message


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="LVZHI_SYNONYMS"):
        read_synonyms(tmp_path / "none.txt")
    (tmp_path / "odd.txt").write_bytes("老赖 = 失信".encode("gb18030"))
    with pytest.raises(InputError, match="UTF-8"):
        read_synonyms(tmp_path / "odd.txt")
