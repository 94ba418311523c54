"""What is done to pictures of pages before and after recognition: seals, angles, drawn lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_SEAL = (0.08, 0.45)  # of the page's shorter side


def without_seals(picture: np.ndarray) -> tuple[np.ndarray, int]:
    """The picture without red seals, and their number. Black text beneath them and red letters stay."""
    import cv2
    import numpy as np

    scale = 800 / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    red = _is_red(small)
    if not red.any():
        return picture, 0
    shorter = min(small.shape[:2])
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    seals = 0
    count, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    cleaned = picture
    for x, y, width, height, _area in boxes[1:count]:
        larger, smaller = max(width, height), min(width, height)
        if not (_SEAL[0] * shorter <= smaller and larger <= min(_SEAL[1] * shorter, 1.7 * smaller)):
            continue
        seals += 1
        if cleaned is picture:
            cleaned = picture.copy()
        left, top = max(int((x - 3) / scale), 0), max(int((y - 3) / scale), 0)
        right, bottom = int((x + width + 3) / scale), int((y + height + 3) / scale)
        part = cleaned[top:bottom, left:right]
        # On paper red ink is as bright in red as the paper, and black ink dark.
        ink = np.minimum(part[:, :, 0].astype(np.int16) + 25, 255).astype(np.uint8)
        cleaned[top:bottom, left:right] = np.where(_near_red(part)[:, :, None], ink[:, :, None], part)
    return cleaned, seals


def straightened(picture: np.ndarray, angle: float) -> tuple[np.ndarray, np.ndarray]:
    """The picture turned by `angle` degrees against the clock, on white; how points moved."""
    import cv2

    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_width, new_height = round(height * sine + width * cosine), round(height * cosine + width * sine)
    matrix[0, 2] += (new_width - width) / 2
    matrix[1, 2] += (new_height - height) / 2
    turned = cv2.warpAffine(
        picture, matrix, (new_width, new_height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    return turned, matrix


def ruled_lines(picture: np.ndarray) -> Iterator[tuple[float, float, float, float]]:
    """The edges (left, top, right, bottom) of the horizontal and vertical lines that are drawn."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    length = max(picture.shape[:2]) // 35  # longer than any stroke of a character
    for shape in ((length, 1), (1, length)):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        lines = cv2.dilate(
            cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
        )
        count, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
        for x, y, width, height, _area in boxes[1:count]:
            yield float(x), float(y), float(x + width), float(y + height)


def _is_red(picture: np.ndarray) -> np.ndarray:
    import cv2

    hue, saturation, value = cv2.split(cv2.cvtColor(picture, cv2.COLOR_RGB2HSV))
    return (((hue <= 10) | (hue >= 165)) & (saturation > 60) & (value > 80)).astype("uint8")


def _near_red(picture: np.ndarray) -> np.ndarray:
    """Red and its pale and dark edges."""
    import numpy as np

    red, green, blue = (picture[:, :, channel].astype(np.int16) for channel in range(3))
    return red - np.maximum(green, blue) > 12
