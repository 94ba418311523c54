"""Pictures of pages: scans and photographs, one page each, or many in a TIFF."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from ingest.formats import Format
from ingest.pages.layout import running_text
from ingest.pages.pieces import Sheet
from ingest.pages.recognition import doubts, recognised
from ingest.source import Content, Item, Notice, Problem, RawDocument
from legal.errors import UnreadableFileError

if TYPE_CHECKING:
    import numpy as np
    from PIL import Image

_LONG_SIDE = 3400  # pixels that are looked at; A4 at 290 dpi
_HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM")
_TOO_LARGE = "图片的像素太多，无法读取。请以 300 至 600 dpi 重新扫描。"
_BROKEN = "图片已损坏或不完整，无法读取。请重新扫描或重新取得这份文件。"
# What Pillow's readers throw on broken bytes.
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, struct.error)


def read(content: Content) -> Iterator[Item]:
    """The text of the picture's pages, and a Problem for each page that could not be read or hardly could."""
    sheets: list[Sheet] = []
    problems: list[Problem | Notice] = []
    for number, picture in _pages(content.read()):
        where = f"{content.id} 第 {number} 页"
        if isinstance(picture, UnreadableFileError):
            problems.append(Problem(where, picture.message))
            continue
        sheet = recognised(picture, number)
        sheets.append(sheet)
        problems += doubts(sheet, where)
    text = running_text(sheets)
    if not text.text:
        raise UnreadableFileError(
            "看不清图片中的文字。请重新扫描，分辨率 300 dpi 以上。" if sheets else problems[0].reason
        )
    yield RawDocument(content.id, text.text, pages=text.pages, left_out=text.left_out)
    yield from problems


def recognises(content: Content) -> bool:
    return content.head(8).startswith(_HEADS)


def _pages(data: bytes) -> Iterator[tuple[int, np.ndarray | UnreadableFileError]]:
    """Each page by its number, in RGB; an error in place of one that cannot be read."""
    from PIL import Image

    too_large = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with _quietly():
            image = Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP"))
            count = _count(image)
    except too_large as error:
        raise UnreadableFileError(_TOO_LARGE) from error
    except _DAMAGE as error:
        raise UnreadableFileError(_BROKEN) from error
    with image:
        for number in range(1, count + 1):
            try:
                with _quietly():
                    image.seek(number - 1)
                    page = _prepared(image)
            except too_large:
                yield number, UnreadableFileError(_TOO_LARGE)
            except _DAMAGE:
                yield number, UnreadableFileError(_BROKEN)
            else:
                yield number, page


@contextmanager
def _quietly() -> Iterator[None]:
    """Pillow warns of every oddity in a file; only that a picture is enormous matters."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _count(image: Image.Image) -> int:
    """The number of pages: other formats keep previews and moving pictures in their further frames."""
    if image.format != "TIFF":
        return 1
    try:
        return int(getattr(image, "n_frames", 1))
    except _DAMAGE:
        return 1  # the list of pages is broken behind the first


def _prepared(image: Image.Image) -> np.ndarray:
    """A page as it is meant to be seen: turned as the camera was held, on white, not larger than needed."""
    import numpy as np
    from PIL import Image, ImageOps

    page = ImageOps.exif_transpose(image)
    if page.mode.startswith(("I", "F")):  # 16 bits of grey
        grey = np.asarray(page, np.float32)
        page = Image.fromarray((grey * (255 / max(float(grey.max()), 1.0))).astype(np.uint8))
    if page.mode in ("LA", "PA", "RGBA") or "transparency" in page.info:
        page = page.convert("RGBA")
        page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page)
    page = page.convert("RGB")
    scale = _LONG_SIDE / max(page.size)
    if scale < 1:
        size = (max(round(page.width * scale), 1), max(round(page.height * scale), 1))
        page = page.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return np.asarray(page)


FORMAT = Format("图片", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"), read, recognises, native=True)
