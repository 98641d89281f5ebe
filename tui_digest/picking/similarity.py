"""Similarity of papers: the cosine of their words, weighted by rarity. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from tui_digest.text.words import unpack_counts

_DAMPED: Final = [0.0, *(1 + math.log(count) for count in range(1, 256))]
"""The sublinear frequency of a term by its count."""

_NEVER_SEEN: Final = 0.3
"""Papers of a sample that are taken to have a term that none of them has."""


class Rarity:
    """Rarity of terms in a library, from a sample of its papers.

    Args:
        in_sample: how many papers of the sample have each term.
        sampled: how many papers the sample has.
        total: how many papers the library has.
        exact: how many papers of the library have a term, for those of which that is known.
    """

    def __init__(
        self, in_sample: Mapping[int, int], sampled: int, total: int, exact: Mapping[int, int]
    ) -> None:
        self._in_sample = in_sample
        self._scale = total / sampled if sampled else 1.0
        self._total = total
        self._exact = exact

    def papers(self, term: int) -> float:
        """Return how many papers of the library have a term."""
        known = self._exact.get(term)
        return known if known is not None else self._scale * (self._in_sample.get(term) or _NEVER_SEEN)

    def idf(self, term: int) -> float:
        """The inverse document frequency of a term, smoothed."""
        return math.log((1 + self._total) / (1 + self.papers(term))) + 1


class Similarity(msgspec.Struct, frozen=True):
    """A paper's similarity, from 0 to 1, and the terms behind it, strongest first."""

    key: int
    score: float
    terms: tuple[int, ...]


def telling_terms(packed: bytes, rarity: Rarity, count: int) -> list[int]:
    """Return a paper's terms of the greatest weight that other papers have too."""
    weights = {term: _DAMPED[times] * rarity.idf(term) for term, times in unpack_counts(packed).items()}
    shared = (term for term in weights if rarity.papers(term) > 1)
    return sorted(shared, key=lambda term: (-weights[term], term))[:count]


def rank(
    packed: bytes, candidates: Sequence[tuple[int, bytes]], rarity: Rarity, count: int
) -> list[Similarity]:
    """The most similar of some papers, the most similar first.

    Args:
        packed: the counts of the words of the paper that they are compared with.
        candidates: their keys and counts.
        rarity: how rare words are.
        count: how many are wanted.
    """
    idf = {term: rarity.idf(term) for term in unpack_counts(packed)}
    own = {term: _DAMPED[times] * idf[term] for term, times in unpack_counts(packed).items()}
    length = math.sqrt(sum(value * value for value in own.values())) or 1.0
    found = []
    for key, other in candidates:
        squares, products = 0.0, {}
        for term, times in unpack_counts(other).items():
            known = idf.get(term)
            if known is None:
                known = idf[term] = rarity.idf(term)
            value = _DAMPED[times] * known
            squares += value * value
            if term in own:
                products[term] = value * own[term]
        if products:
            score = sum(products.values()) / (length * math.sqrt(squares))
            found.append((score, key, products))
    found.sort(key=lambda each: (-each[0], -each[1]))
    return [
        Similarity(key, score, tuple(sorted(products, key=lambda term: (-products[term], term))))
        for score, key, products in found[:count]
    ]
