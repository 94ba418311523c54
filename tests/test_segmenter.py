"""Words and character pairs: both builds of jieba alike, user words whole, every width of a letter one."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from legal.errors import IndexMismatchError
from search import segmenter
from search.protocols import Segmenter
from search.segmenter import PureJieba, RustJieba, best_segmenter, bigrams, normalise, segmenter_named

RUST, PURE = RustJieba(), PureJieba()
BOTH = pytest.mark.parametrize("jieba", [RUST, PURE], ids=["rust", "pure"])
AS_TYPED = st.text(
    st.one_of(
        st.sampled_from(
            "被执行人应当履行生效法律文书甲乙第二条〇㐀，。、；：？！（）《》“”…—·　％．＆＋－＃"
        ),
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    ),
    max_size=40,
)

SENTENCES = {
    "duty": (
        "被执行人未按执行通知履行法律文书确定的义务。",
        "执行 行人 被执行人 未 按 执行 通知 履行 法律 文书 法律文书 确定 的 义务",
    ),
    "objection": (
        "人民法院应当自收到书面异议之日起十五日内审查。",
        "人民 民法 法院 人民法院 应当 自 收到 书面 异议 之日 之日起 十五 五日 十五日 内 审查",
    ),
    "full width": (
        "Ａ公司于２０２３年１０月向法院申请执行异议之诉",
        "a 公司 于 2023 年 10 月 向 法院 申请 执行 异议 执行异议之诉",
    ),
    "home": (
        "夫妻一方对抵押权人主张唯一住房豁免执行",
        "夫妻 一方 对 抵押 抵押权 抵押权人 主张 唯一 住房 唯一住房 豁免 执行",
    ),
    "auction": (
        "网络司法拍卖以拍卖成交裁定送达买受人时发生物权转移",
        "网络 司法 拍卖 网络司法拍卖 以 拍卖 成交 拍卖成交 裁定 送达 买受人 时 发生 物权 转移",
    ),
    "rate": ("年利率3.5%以内", "利率 年利率 3.5% 以内"),
    "punctuation only": ("（，。！——……）", ""),
    "empty": ("", ""),
}


@pytest.fixture
def other_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lexicon with one word more."""
    words = (*segmenter.lexicon(), "甲乙丙丁条款")
    monkeypatch.setattr(segmenter, "lexicon", lambda: words)


@BOTH
@pytest.mark.parametrize(("sentence", "words"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_is_cut_into_these_words_by_either_build(
    jieba: Segmenter, sentence: str, words: str
) -> None:
    assert jieba.words(sentence) == words.split()


@BOTH
@pytest.mark.parametrize("word", segmenter.lexicon())
def test_each_user_word_is_kept_whole_in_a_sentence(jieba: Segmenter, word: str) -> None:
    assert word in jieba.words(f"法院对{word}作出处理")


@BOTH
@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("年利率３．５％以内", "年利率3.5%以内"),
        ("年利率3．5％以内", "年利率3.5%以内"),
        ("㈱某某公司", "(株)某某公司"),
        ("ＡＢＣ公司", "abc公司"),
        ("①本院认为", "1本院认为"),
        ("（甲）“乙”", "(甲)“乙”"),
    ],
)
def test_a_text_has_the_same_words_in_every_width(jieba: Segmenter, wide: str, narrow: str) -> None:
    assert jieba.words(wide) == jieba.words(narrow)
    assert bigrams(wide) == bigrams(narrow)


@given(AS_TYPED)
@example("3．5％")
def test_the_words_are_those_of_the_normal_form_whatever_is_mixed(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text).lower()
    assert RUST.words(text) == RUST.words(plain)
    assert bigrams(text) == bigrams(plain)


@given(AS_TYPED)
def test_normalising_is_nfkc_in_lower_case_but_for_punctuation_in_no_word(text: str) -> None:
    def without_it(normal: str) -> str:
        return "".join(unicodedata.normalize("NFKC", c) for c in normal)

    assert without_it(normalise(text)) == unicodedata.normalize("NFKC", text).lower()
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("续封 2023", "续封 2023"),
        ("被执行人", "被执 执行 行人"),
        ("债", "债"),
        ("甲、乙丙", "甲 乙丙"),
        ("（2023）云0102执异12号", "2023 云 0102 执异 12 号"),
        ("ＡＢ公司ｃ", "ab 公司 c"),
        ("二〇二三年", "二〇 〇二 二三 三年"),
        ("，。", ""),
    ],
)
def test_pairs_overlap_within_a_run_and_never_cross_its_end(text: str, pairs: str) -> None:
    assert bigrams(text) == pairs.split()


@pytest.mark.parametrize("jieba", [RUST, PURE], ids=["rust", "pure"])
def test_the_name_tells_library_version_and_lexicon_and_finds_the_segmenter_again(jieba: Segmenter) -> None:
    again = segmenter_named(jieba.name)
    assert (type(again), again.name) == (type(jieba), jieba.name)


def test_the_two_builds_are_never_taken_for_each_other() -> None:
    assert RUST.name != PURE.name


def test_the_best_segmenter_is_the_rust_build_where_it_is_installed() -> None:
    assert best_segmenter().name == RUST.name


@pytest.mark.usefixtures("other_lexicon")
@pytest.mark.parametrize("build", [RustJieba, PureJieba])
def test_another_lexicon_gives_another_name_and_other_words(build: type[RustJieba] | type[PureJieba]) -> None:
    changed = build()
    assert changed.name not in {RUST.name, PURE.name}
    assert "甲乙丙丁条款" in changed.words("双方约定了甲乙丙丁条款")
    assert "甲乙丙丁条款" not in RUST.words("双方约定了甲乙丙丁条款")


@pytest.mark.usefixtures("other_lexicon")
def test_a_segmenter_with_another_lexicon_is_refused_with_the_command_that_mends_it() -> None:
    with pytest.raises(IndexMismatchError, match="lvzhi ingest") as refused:
        segmenter_named(RUST.name)
    assert RUST.name in refused.value.message


@pytest.mark.parametrize("name", ["", "pkuseg 0.0.25 words 00000000", "rjieba", "jieba 0.1 words 00000000"])
def test_a_segmenter_that_this_machine_does_not_have_is_refused(name: str) -> None:
    with pytest.raises(IndexMismatchError):
        segmenter_named(name)
