"""Text recognition (OCR): from the picture of a page, however it lies, to pieces of text and their places."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.pages.pictures import ruled_lines, straightened, without_seals
from ingest.pages.pieces import SLANTED, Fragment, Rule, Sheet
from ingest.pages.text import clean, ems, is_wide
from ingest.source import Notice, Problem

if TYPE_CHECKING:
    import numpy as np

_DETECTED_AT = 1280  # pixels of the longer side: more costs time and memory and finds no more lines
_LEAST_SCORE = 0.5
_UPRIGHT_SCORE = 0.85  # what upside-down lines never reach
_UNCERTAIN = 0.8
SEALS = "印章"
UNREADABLE = "看不清的文字"
_HALF = str.maketrans("(),:;?!", "（），：；？！")
_BESIDE_CHINESE = re.compile(r"(?<=[一-鿿》”）])[,:;?!]|[,:;?!](?=[一-鿿《“（])|[()]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A line that was found: the corners of its box from the upper left one on, clockwise, in pixels."""

    corners: np.ndarray
    text: str = ""
    score: float = 0.0

    @property
    def width(self) -> float:
        return float(_length(self.corners[0], self.corners[1]))

    @property
    def height(self) -> float:
        return float(_length(self.corners[1], self.corners[2]))

    @property
    def angle(self) -> float:
        """By how many degrees the longer side falls to the right; 90 for upright boxes."""
        start, end = (0, 1) if self.width >= self.height else (1, 2)
        across, down = self.corners[end] - self.corners[start]
        return math.degrees(math.atan2(down, across))


def recognised(picture: np.ndarray, number: int) -> Sheet:
    """The page of a picture in RGB: turned upright, without red seals, watermarks and what cannot be read."""
    height, width = picture.shape[:2]
    if int(picture.max()) - int(picture.min()) < 30:
        return Sheet(number, width, height, ())  # an empty page
    picture, seals = without_seals(picture)
    left_out: Counter[str] = Counter({SEALS: seals})
    picture, lines = _upright(picture)
    height, width = picture.shape[:2]
    fragments = []
    weighed = characters = 0.0
    for line in lines:
        text = _full_width(clean(line.text)).strip()
        if abs(line.angle) > 8 and (line.width > line.height or len(text) > 1):
            left_out[SLANTED] += 1
        elif line.score < _LEAST_SCORE or not text:
            left_out[UNREADABLE] += 1
        else:
            fragments.append(_fragment(line, text))
            weighed += line.score * len(text)
            characters += len(text)
    confidence = round(weighed / characters, 3) if characters else 0.0
    rules = tuple(Rule(*edges) for edges in ruled_lines(picture)) if fragments else ()
    return Sheet(number, width, height, tuple(fragments), rules, confidence, left_out)


def doubts(sheet: Sheet, where: str) -> list[Problem | Notice]:
    """That nothing was recognised on a page, or that it should be compared with the original."""
    if sheet.confidence is None or sheet.confidence >= _UNCERTAIN:
        return []
    if not sheet.fragments:
        return [Problem(where, "没有识别出文字。若不是空白页，请重新扫描，分辨率 300 dpi 以上。")]
    share = f"{sheet.confidence:.0%}"
    return [Notice(where, f"识别的把握只有 {share}，文字可能有误。请对照原件，或以 300 dpi 以上重新扫描。")]


@cache
def _engine() -> Any:
    """The recogniser, with the models that lie in its package; named files are never fetched."""
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",  # its own logger; without this it reports every model
            "Global.max_side_len": 100_000,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Det.limit_side_len": 32,
            "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            "Rec.rec_batch_num": 1,  # lines differ in width: together they would be as wide as the widest
            # Several processes recognise side by side.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _upright(picture: np.ndarray) -> tuple[np.ndarray, list[_Found]]:
    """The picture turned so that its lines run from left to right, and the lines with their text."""
    import numpy as np

    found = _detected(picture)
    if sum(f.height for f in found if f.height > 2 * f.width) > sum(
        f.width for f in found if f.width > 2 * f.height
    ):
        picture = np.ascontiguousarray(np.rot90(picture))
        found = _detected(picture)
    picture, found = _level(picture, found)
    read = _read(picture, found)
    if _score(read) >= _UPRIGHT_SCORE:
        return picture, read
    over = np.ascontiguousarray(np.rot90(picture, 2))
    size = np.array([picture.shape[1], picture.shape[0]], np.float32)
    turned = [_Found((size - f.corners)[[2, 3, 0, 1]]) for f in found]
    sample = sorted(range(len(found)), key=lambda at: -found[at].width)[:8]
    if _score(_read(over, [turned[at] for at in sample])) <= _score([read[at] for at in sample]):
        return picture, read
    return over, _read(over, turned)


def _detected(picture: np.ndarray) -> list[_Found]:
    """Where lines of text are."""
    import cv2
    import numpy as np

    scale = min(2.0, _DETECTED_AT / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    boxes = _engine()(small[:, :, ::-1], use_det=True, use_cls=False, use_rec=False).boxes
    return [_Found(np.asarray(box, np.float32) / scale) for box in boxes] if boxes is not None else []


def _level(picture: np.ndarray, found: list[_Found]) -> tuple[np.ndarray, list[_Found]]:
    """Picture and boxes turned by the angle that most of the long lines have."""
    import cv2
    import numpy as np

    long = sorted((f for f in found if f.width > 4 * f.height), key=lambda f: f.angle)
    if not long:
        return picture, found
    half, passed = sum(f.width for f in long) / 2, 0.0
    angle = 0.0
    for line in long:
        passed += line.width
        if passed >= half:
            angle = line.angle
            break
    if not 0.3 < abs(angle) < 30:
        return picture, found
    picture, matrix = straightened(picture, angle)
    return picture, [_Found(cv2.transform(f.corners[None], matrix)[0].astype(np.float32)) for f in found]


def _read(picture: np.ndarray, found: list[_Found]) -> list[_Found]:
    """The lines with their text and how sure it is."""
    import cv2
    import numpy as np

    if not found:
        return []
    cut = []
    for line in found:
        width, height = max(round(line.width), 1), max(round(line.height), 1)
        flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        matrix = cv2.getPerspectiveTransform(line.corners, flat)
        strip = cv2.warpPerspective(
            picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        cut.append(strip[:, :, ::-1])
    result = _engine().recognize_txt(cut)
    return [
        _Found(line.corners, text, float(score))
        for line, text, score in zip(found, result.txts, result.scores, strict=True)
    ]


def _score(read: list[_Found]) -> float:
    characters = sum(len(line.text) for line in read)
    return sum(line.score * len(line.text) for line in read) / characters if characters else 0.0


def _full_width(text: str) -> str:
    """Marks in Chinese text in their full-width form: the recogniser gives many of them narrow."""
    if not any(is_wide(character) for character in text):
        return text
    return _BESIDE_CHINESE.sub(lambda match: match.group().translate(_HALF), text)


def _fragment(line: _Found, text: str) -> Fragment:
    """A line as a piece of the page; boxes are a little larger than what stands in them."""
    left, top = (float(edge) for edge in line.corners.min(axis=0))
    right, bottom = (float(edge) for edge in line.corners.max(axis=0))
    measured = line.width / ems(text)
    size = measured if ems(text) >= 6 else min(measured, 0.8 * line.height)
    return Fragment(text, left, top, right, bottom, size)


def _length(start: np.ndarray, end: np.ndarray) -> float:
    return math.hypot(*(float(step) for step in end - start))
