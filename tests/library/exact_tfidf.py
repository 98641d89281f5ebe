"""Exact TF-IDF, against which the search for similar papers is measured."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tui_digest.latex import search_key
from tui_digest.library.library import Library
from tui_digest.paper import Paper
from tui_digest.text.words import count_terms, folded_words, unpack_counts

Vectors = Mapping[str, Mapping[int, float]]
"""The tf-idf vectors of papers, of length 1, by their ids."""


def tfidf_vectors(papers: Iterable[Paper]) -> Vectors:
    """Return the tf-idf vectors of papers' titles and abstracts."""
    counts = {}
    for paper in papers:
        title, abstract = (" ".join(folded_words(part, search_key)) for part in (paper.title, paper.abstract))
        counts[paper.id] = unpack_counts(count_terms(title, abstract))
    having = Counter(term for terms in counts.values() for term in terms)
    idf = {term: math.log((1 + len(counts)) / (1 + number)) + 1 for term, number in having.items()}
    vectors = {}
    for paper_id, terms in counts.items():
        vector = {term: (1 + math.log(number)) * idf[term] for term, number in terms.items()}
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors[paper_id] = {term: value / length for term, value in vector.items()}
    return vectors


def found_of_exact_ten(library: Library, vectors: Vectors, asked: Sequence[str]) -> list[int]:
    """Return how many of the ten papers with the greatest cosine the library finds, for each asked."""
    found = []
    for paper_id in asked:
        similar = library.similar.find(paper_id, 10)
        ids = library.lists.ids(similar.scope, range(similar.scope.size))
        found.append(len(_exact_ten(vectors, paper_id) & {each.rpartition("v")[0] for each in ids}))
    return found


def _exact_ten(vectors: Vectors, paper_id: str) -> set[str]:
    own = vectors[paper_id].items()
    scores = Counter(
        {
            other: sum(value * vector.get(term, 0.0) for term, value in own)
            for other, vector in vectors.items()
            if other != paper_id
        }
    )
    return {other for other, _ in scores.most_common(10)}
