"""Folded words of a text and their counts, compared by search and pick. Pure."""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

Fold = Callable[[str], str]
"""Folds a text to one spelling: case, accents, Greek, TeX."""

_WORD = re.compile(r"[^\W_]+")

# A word as it is shown: letters, digits and what is written above or below them; a character of Chinese,
# Japanese or Korean is a word of its own, as in the folding.
_IDEOGRAPH = r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]"
_SHOWN_WORD = rf"{_IDEOGRAPH}|(?:(?!{_IDEOGRAPH})[^\W_][\u0300-\u036f\u20d0-\u20ff]*)+"
# Apostrophes, which the folding passes over, join words: l’Hôpital, Hawai`i.
_JOINED_WORDS = rf"(?:{_SHOWN_WORD})(?:['’‘ʼ`](?:{_SHOWN_WORD}))*"


TITLE_WEIGHT = 2
"""How many occurrences in the abstract one occurrence in the title counts as."""

_SHORTEST = 2
_MOST = 255


def folded_words(text: str, fold: Fold) -> list[str]:
    """Return the folded words of a text, in order: runs of letters and digits."""
    return _WORD.findall(fold(text))


def word_spans(text: str, sought: Sequence[str], fold: Fold) -> tuple[tuple[int, int], ...]:
    """Return where in a shown text folded words are, as (start, end).

    One that ends with `*` stands for all that begin with it.
    """
    whole = {word for word in sought if not word.endswith("*")}
    begun = tuple(word[:-1] for word in sought if word.endswith("*"))

    def is_sought(shown: str) -> bool:
        words = folded_words(shown, fold)
        return any(word in whole or (begun and word.startswith(begun)) for word in words)

    spans: list[tuple[int, int]] = []
    for joined in re.finditer(_JOINED_WORDS, text):
        single = joined[0].isalnum() or len(folded_words(joined[0], fold)) == 1
        if single and is_sought(joined[0]):
            spans.append(joined.span())
        elif not joined[0].isalnum():
            start, parts = joined.start(), re.finditer(_SHOWN_WORD, joined[0])
            spans += [(start + part.start(), start + part.end()) for part in parts if is_sought(part[0])]
    return tuple(spans)


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


def unpack_counts(packed: bytes) -> Mapping[int, int]:
    """Return the counts by term of what `count_terms` packed."""
    size = len(packed) // 5
    terms = array("I")
    terms.frombytes(packed[: 4 * size])
    return dict(zip(terms, packed[4 * size :], strict=True))
