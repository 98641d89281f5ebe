"""Papers similar to one, among all that are stored."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Final

import msgspec

from tui_digest.library.database import Database
from tui_digest.library.fts_index import TERMS, packed_terms
from tui_digest.library.papers import known_key, read
from tui_digest.lists import KeyScope, PickedRow, SimilarPapers
from tui_digest.paper import ArxivId
from tui_digest.picking.pick import is_common, spellings
from tui_digest.picking.similarity import Rarity, Similarity, rank, telling_terms
from tui_digest.render.labels import SHARES
from tui_digest.text.words import Fold, count_terms, term_of, unpack_counts

_ASKED_TERMS: Final = 10
_CANDIDATES: Final = 100
"""Of the ten that exact cosine over 21,000 real papers finds, these have eight and a half."""

_SAMPLED: Final = 1_500
_COMMON_SHARE: Final = 0.02
"""The share of sampled papers from which on a term is not counted in all papers, which takes long."""

_LEAST_SCORE: Final = 0.05
_TERMS_TOLD: Final = 4
_SHORTEST_TOLD: Final = 3


class Similar:
    """Finds similar papers. It may take a tenth of a second: use a thread."""

    def __init__(self, database: Database, fold: Fold) -> None:
        self._database = database
        self._fold = fold
        self._sample: tuple[Counter[int], int] | None = None

    def find(self, paper_id: str, limit: int = 50) -> SimilarPapers:
        """Return the most similar papers, best first, with the words that make them so.

        The ten words of the paper with the greatest tf-idf weight find a hundred candidates by bm25;
        these are ranked by the cosine of all words.

        Raises:
            UnknownPaperError: the paper is not stored.
            LibraryError: the library cannot be read.
        """
        with self._database.reading_apart() as connection:
            number = ArxivId.parse(paper_id).number
            key = known_key(connection, number)
            packed, words = _terms_and_words(connection, key)
            rarity = self._rarity(connection, packed, words)
            candidates = _candidates(connection, key, telling_terms(packed, rarity, _ASKED_TERMS), words)
            found = [each for each in rank(packed, candidates, rarity, limit) if each.score >= _LEAST_SCORE]
            paper = read(connection, number)
        assert paper is not None
        spelt = spellings(paper, self._fold)
        told = [(similar, reasons) for similar in found if (reasons := _reasons(similar, words, spelt))]
        rows = tuple(
            PickedRow(position, round(each.score, 3), reasons)
            for position, (each, reasons) in enumerate(told)
        )
        return SimilarPapers(KeyScope.of(each.key for each, _ in told), rows)

    def _rarity(self, connection: sqlite3.Connection, packed: bytes, words: dict[int, str]) -> Rarity:
        """Return how rare terms are, counted for the paper's own, sampled for others.

        Common terms of the paper are sampled too.
        """
        total = connection.execute("SELECT count(*) FROM folded").fetchone()[0]
        if self._sample is None or total < 2 * _SAMPLED:
            self._sample = _sampled(connection)
        in_sample, sampled = self._sample
        exact = {}
        for term in unpack_counts(packed):
            if in_sample[term] < _COMMON_SHARE * sampled:
                row = connection.execute(
                    "SELECT doc FROM search_terms WHERE term = ?", (words.get(term, ""),)
                ).fetchone()
                exact[term] = row[0] if row else 1
        return Rarity(in_sample, sampled, total, exact)


def _reasons(found: Similarity, words: dict[int, str], spelt: dict[str, str]) -> tuple[str, ...]:
    """Return the words that make a paper similar, in its spelling.

    There are none if all are common.
    """
    told = [
        words[term]
        for term in found.terms
        if len(words[term]) >= _SHORTEST_TOLD and words[term] in spelt and not is_common(words[term])
    ]
    return (f"{SHARES}{', '.join(spelt[word] for word in told[:_TERMS_TOLD])}",) if told else ()


def _sampled(connection: sqlite3.Connection) -> tuple[Counter[int], int]:
    """Return how many of the newest papers have each term, and the papers' number."""
    rows = connection.execute(
        f"SELECT {TERMS} FROM folded f ORDER BY f.key DESC LIMIT ?", (_SAMPLED,)
    ).fetchall()
    found: Counter[int] = Counter()
    for (terms,) in rows:
        found.update(unpack_counts(packed_terms(terms)).keys())
    return found, len(rows)


def _terms_and_words(connection: sqlite3.Connection, key: int) -> tuple[bytes, dict[int, str]]:
    """The counts of a paper's terms, and its folded words by term.

    They are counted here: those that are stored may be of another text where a file was damaged.
    """
    row = connection.execute("SELECT title, abstract FROM folded WHERE key = ?", (key,)).fetchone()
    title, abstract = row
    return count_terms(title, abstract), {term_of(word): word for word in f"{title} {abstract}".split()}


def _candidates(
    connection: sqlite3.Connection, key: int, terms: list[int], words: dict[int, str]
) -> list[tuple[int, bytes]]:
    """Return the papers with most of some terms, by bm25, with their term counts."""
    if not terms:
        return []
    asked = " OR ".join(f'"{words[term]}"' for term in terms)
    rows = connection.execute(
        "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid != ? "
        "ORDER BY bm25(search_index, 2.0, 0.0, 0.0, 0.0, 1.0) LIMIT ?",
        (f"{{title abstract}} : ({asked})", key, _CANDIDATES),
    ).fetchall()
    keys = msgspec.json.encode([rowid for (rowid,) in rows]).decode()
    found = connection.execute(
        f"SELECT f.key, {TERMS} FROM json_each(?) e CROSS JOIN folded f ON f.key = e.value", (keys,)
    )
    return [(other, packed_terms(packed)) for other, packed in found]
