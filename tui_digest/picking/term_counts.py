"""Term counts of a paper, packed for storage beside its folded text. Pure."""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Mapping

TITLE_WEIGHT = 2
"""A word in the title counts as often as so many in the abstract."""

_SHORTEST = 2
_MOST = 255


def count_terms(title: str, abstract: str) -> bytes:
    """Count a folded title's and abstract's words: terms of 4 bytes, then counts of 1."""
    counts = Counter(abstract.split())
    for word in title.split():
        counts[word] += TITLE_WEIGHT
    terms = {term_of(word): count for word, count in counts.items() if len(word) >= _SHORTEST}
    return array("I", terms).tobytes() + bytes(min(count, _MOST) for count in terms.values())


def term_of(word: str) -> int:
    """Return the number of a folded word, unique but for 1 in 4 thousand million."""
    return zlib.crc32(word.encode())


def unpack(packed: bytes) -> Mapping[int, int]:
    """The counts by term of what `count_terms` packed."""
    size = len(packed) // 5
    terms = array("I")
    terms.frombytes(packed[: 4 * size])
    return dict(zip(terms, packed[4 * size :], strict=True))
