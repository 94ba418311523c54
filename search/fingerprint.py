"""Fingerprints by which documents that say nearly the same are found: MinHash over runs of four characters.

Broder, "On the resemblance and containment of documents" (1997). Only Chinese characters and digits count,
so that line breaks, punctuation and the marks of a format make no difference. Documents that have a `scope`,
such as a case number, are compared with those of the same one: two rulings of one form on two cases are
nearly equal in their words and are not duplicates. Those without one are found by bands of their signatures.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

SIZE = 128  # numbers of a signature: the standard error of a similarity of 0.9 is 0.027
_ROWS = 4  # of a band: of two texts that are 0.7 alike one of 32 bands is equal with probability 0.9998
_RUN = 4  # characters
_SEED = 20_260_101
_MULTIPLY, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`text` is a key of the very text; `keys` are that and either a key of the scope or keys of the bands of
    the signature, of which near-duplicates share some; `signature` holds SIZE numbers of 32 bits, whose share
    of equal ones estimates resemblance. `alike` is the resemblance from which a document is a duplicate.
    """

    text: int
    keys: tuple[int, ...]
    signature: bytes
    alike: float


def fingerprint_of(text: str, scope: str, alike: float) -> Fingerprint:
    """The fingerprint of a document among those of the same `scope`, or without one where it is empty."""
    from rensa import RMinHash

    whole = text_key(text)
    runs = _hashed_runs(text)
    if not len(runs):
        return Fingerprint(whole, (whole,), b"", alike)
    digest = RMinHash.digest_matrix_from_flat_token_hashes(runs, [0, len(runs)], SIZE, _SEED)
    signature = np.array(digest.to_rows()[0], dtype="<u4")
    if scope:
        keys = [_key(scope.encode("utf-8", "surrogatepass"))]
    else:
        bands = signature.reshape(-1, _ROWS)
        keys = [_key(bytes([number]) + band.tobytes()) for number, band in enumerate(bands)]
    return Fingerprint(whole, (whole, *keys), signature.tobytes(), alike)


def text_key(text: str) -> int:
    """A key that only the same text has."""
    return _key(text.encode("utf-8", "surrogatepass"))


def resemblance(one: bytes, other: bytes) -> float:
    """An estimate of the Jaccard similarity of two texts by their signatures, 0 to 1."""
    if not one or not other:
        return 0.0
    return float(np.mean(np.frombuffer(one, dtype="<u4") == np.frombuffer(other, dtype="<u4")))


def _hashed_runs(text: str) -> npt.NDArray[np.uint64]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    points = points[((points >= 0x3400) & (points < 0xA000)) | ((points >= 48) & (points < 58))]
    count = len(points) - _RUN + 1
    if count < 1:
        return points[:0]
    hashes = points[:count].copy()
    for place in range(1, _RUN):
        hashes *= _MULTIPLY
        hashes += points[place : place + count]
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(32)
    return hashes


def _key(content: bytes) -> int:
    """63 bits, which a number field of the index holds."""
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big") >> 1
