"""The pieces of a typed query: words, quoted phrases, fields, exclusions, and OR between them.

Somebody who types a search writes its pieces apart; somebody who tells facts writes sentences, in which
quotes and colons are ordinary punctuation. In sentences only what stands free between spaces is taken for a
piece of the query language.
"""

import re
from dataclasses import dataclass
from typing import Literal

from legal.errors import QueryError
from search.query_values import EXCLUDING, FIELDS, PLAIN, names_in_words
from search.sounds import sound_alike

_LONGEST_COMMAND = 60  # code points; what is longer is read as sentences
_PARAGRAPH = 200  # in more than that a quote without its end is no mistake of typing
_SENTENCE = re.compile(
    "[，。？！；,?!;\n]|[吗呢么]$|什么|怎么|怎样|如何|是否|能否|能不能|可不可以|可以吗|为何|哪[个些种]|多少|多久|多长"
)
_DOUBLE = '“”"＂〝〞„'
_CLOSING = {**dict.fromkeys(_DOUBLE, _DOUBLE), "「": "」", "『": "』"}
_OPENING = "".join(_CLOSING)
_MINUS = "-－−"
_OR = {"OR", "ＯＲ", "or", "|", "||", "或者", "或"}
_OR_IN_SENTENCES = {"OR", "ＯＲ"}
_NOT = {"NOT", "ＮＯＴ"}
_FIELD = re.compile(r"(?P<name>[一-鿿]{1,8}|[A-Za-z_]{2,20})(?P<colon>[:：])(?!//)")
_VALUE = re.compile(
    r"[ \u3000]*(?P<value>[0-9]{4}年?[ \u3000]*[-－–—~～至到]+[ \u3000]*[0-9]{4}年?\S*"
    rf"|[{_DOUBLE}](?P<quoted>[^{_DOUBLE}]*)[{_DOUBLE}]|\S+)?"
)
_VALUE_IN_SENTENCES = re.compile(r"(?P<value>[^\s，。？！；?!;]{1,30})(?=[\s，。；;]|$)")
# Fields and quotes that stand free: they do not tell whether what stands beside them is a sentence.
_APART = re.compile(
    rf"(?<!\S)[{_MINUS}]?(?:(?:{'|'.join((*FIELDS, *EXCLUDING))})[:：]\S+"
    rf"|[{_DOUBLE}][^{_DOUBLE}]*[{_DOUBLE}](?!\S))"
)
# 请问:…, 您好:…: somebody speaks, and means no field.
_SPOKEN = re.compile("[问好您师答注]$|^(?:咨询|求助|问题|背景|情况|案情|事实|案情简介|基本案情|例如|比如)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece: `text` is the word, the phrase without its quotes, or what a field should be."""

    kind: Literal["word", "phrase", "field", "or"]
    text: str
    field: str = ""
    excluded: bool = False


def tokens_of(text: str) -> list[Token]:
    """The pieces in order. Raises QueryError for a quote without end, an empty or an unknown field."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        told = _APART.sub(" ", text)
        self._sentences = len(told) > _LONGEST_COMMAND or _SENTENCE.search(told) is not None
        self._at = 0
        self._found: list[Token] = []

    def read(self) -> list[Token]:
        excluded = False
        while self._skip_space():
            begin = self._at
            minus = (
                self._text[begin] in _MINUS and self._text[begin + 1 : begin + 2].strip(_MINUS + " ") != ""
            )
            self._at += minus
            token = self._phrase() or self._field() or self._word()
            if token.kind == "word" and token.text in _NOT and not minus:
                excluded = self._not()
                continue
            if excluded or minus:
                token = _left_out(token)
            excluded = False
            if token.excluded and not any(map(str.isalnum, token.text)):
                continue  # a dash before a comma leaves nothing out
            self._found.append(token)
        return self._found

    def _skip_space(self) -> bool:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._at < len(self._text)

    def _not(self) -> bool:
        if not self._text[self._at :].strip():
            raise QueryError("NOT 后面没有词语。请在其后写要排除的词，例如：查封 NOT 车辆。")
        return True

    def _phrase(self) -> Token | None:
        """The quoted phrase here; None where no quote stands, or one that belongs to a sentence."""
        opening = self._text[self._at]
        if opening not in _CLOSING:
            return None
        ends = [self._text.find(c, self._at + 1) for c in _CLOSING[opening]]
        end = min((e for e in ends if e >= 0), default=-1)
        if end < 0:
            if self._sentences and len(self._text) > _PARAGRAPH:
                return None
            raise QueryError(
                f"引号没有成对：{self._text[self._at : self._at + 12]}。请补上另一半引号，或去掉引号。"
            )
        free = not self._text[end + 1 : end + 2].strip()
        if self._sentences and not free:
            return None
        phrase = self._text[self._at + 1 : end].strip()
        if not any(map(str.isalnum, phrase)):
            raise QueryError("引号中没有文字。请在引号中写要原样出现的词句，例如：“续行查封”。")
        self._at = end + 1
        return Token("phrase", phrase)

    def _field(self) -> Token | None:
        match = _FIELD.match(self._text, self._at)
        if match is None or not self._means_field(match["name"], match["colon"]):
            return None
        name = match["name"]
        following = (_VALUE_IN_SENTENCES if self._sentences else _VALUE).match(self._text, match.end())
        if self._sentences and following is None:
            return None
        said = following.groupdict() if following else {}
        value = (said.get("quoted") or said.get("value") or "").strip(f"{_DOUBLE}，,。；;、 ")
        if not value or (_FIELD.match(value) and value[: value.find(":")] in FIELDS):
            raise QueryError(f"“{name}:”后面没有内容。请写成 {_example(name)}，或去掉这个字段。")
        self._at = following.end() if following else match.end()
        if name in PLAIN:
            return Token("word", value)
        return Token("field", value, name)

    def _means_field(self, name: str, colon: str) -> bool:
        """Whether a name and a colon are a field. Raises QueryError for one that there is not."""
        if name in FIELDS or name in EXCLUDING or name in PLAIN:
            return True
        if self._sentences or len(name) < 2 or _SPOKEN.search(name):
            return False
        if colon == "：" and not any(sound_alike(name, known) for known in FIELDS):
            return False
        raise QueryError(
            f"没有“{name}”这个检索字段。可用的字段有：{names_in_words()}，字段前请留空格；"
            "如果它不是字段，请去掉冒号。"
        )

    def _word(self) -> Token:
        """What stands here up to the next space, or, in no sentence, up to the next quote."""
        ends = r"\s" if self._sentences else rf"\s{re.escape(_OPENING)}」』"
        match = re.compile(rf".[^{ends}]*", re.DOTALL).match(self._text, self._at)
        word = match[0] if match else self._text[self._at]
        self._at += len(word)
        is_or = word in (_OR_IN_SENTENCES if self._sentences else _OR)
        return Token("or" if is_or else "word", word)


def _left_out(token: Token) -> Token:
    if token.kind == "or":
        raise QueryError("排除号后面应是词语、短语或字段，而不是 OR。例如：查封 -车辆。")
    text = token.text.strip("，,。；;、") if token.kind == "word" else token.text
    return Token(token.kind, text, token.field, excluded=True)


def _example(name: str) -> str:
    return f"{name}:车辆" if name in EXCLUDING else FIELDS[name].example if name in FIELDS else f"{name}:…"
