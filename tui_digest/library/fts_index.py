"""The full-text index of papers, folded so that spellings find each other."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property

from tui_digest.library.query.sql import json_values
from tui_digest.paper import Paper
from tui_digest.text.words import Fold, count_terms, folded_words

COLUMNS = ("title", "authors", "comment", "note", "abstract")
_NAMES = ", ".join(COLUMNS)

# Texts whose folding shows by which rules a folding goes; when it changes, the index is rebuilt.
_SPECIMEN = (
    r"Über $\ell_2$-norm, ε and $\varepsilon$: $\mathbb{R}^{d+1}$, Erd\H{o}s–Rényi ﬁeld, $\mathcal{O}(n)$, "
    "łøıđœæþßə Hawaiʻi Hawai`i l’ ½ 5 % 深度学习 ガ 학습 360° b\\bar b {\\cal O} $5 on $k$"
)


COMPARE = "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"
"""Has SQLite compare the index with the texts it is made of; it fails when they differ and writes nothing."""


def fold_name(fold: Fold) -> str:
    """A name for the rules of a folding: another name, other rules."""
    return f"{zlib.crc32(fold(_SPECIMEN).encode()):08x}"


def texts_of(paper: Paper) -> dict[str, str]:
    """Return what of a paper is searched, by column; its note is not the paper's own."""
    return {
        "title": paper.title,
        "authors": " ; ".join(paper.authors),
        "comment": " ; ".join(filter(None, (paper.comment, paper.journal_ref))),
        "abstract": paper.abstract,
    }


class Index:
    """The full-text index of papers and notes; callers begin and end transactions."""

    def __init__(self, fold: Fold) -> None:
        self.fold = fold

    @cached_property
    def name(self) -> str:
        """The name of the folding's rules."""
        return fold_name(self.fold)

    def with_stored_texts(self, connection: sqlite3.Connection, ids: Sequence[str]) -> Fold:
        """Return the folding with the titles and abstracts of stored papers in its cache.

        What it gives is folded words with a space between them.
        """
        # The sign keeps SQLite from beginning with all papers of this folding.
        rows = connection.execute(
            "SELECT p.title, f.title, p.abstract, f.abstract FROM json_each(?) "
            "JOIN papers p ON p.id = value JOIN folded f ON f.key = p.key WHERE +f.fold = ?",
            (json_values(ids), self.name),
        )
        known: dict[str, str] = {}
        for title, folded_title, abstract, folded_abstract in rows:
            known[title], known[abstract] = folded_title, folded_abstract

        def fold(text: str) -> str:
            if text not in known:
                known[text] = self._folded(text)
            return known[text]

        return fold

    def put_paper(self, connection: sqlite3.Connection, key: int, paper: Paper, fold: Fold) -> None:
        """Index a paper, in place of what was indexed of it; its note stays.

        `fold` is one `with_stored_texts`: what it knows need not be folded within the transaction.
        """
        self._put(connection, key, {column: fold(text) for column, text in texts_of(paper).items()})

    def remove_paper(self, connection: sqlite3.Connection, key: int) -> None:
        """Index a paper no longer."""
        self._take_out(connection, key, self._indexed(connection, key))
        connection.execute("DELETE FROM folded WHERE key = ?", (key,))

    def put_note(self, connection: sqlite3.Connection, key: int, note: str) -> None:
        """Index a paper's note, in place of the one before."""
        self._put(connection, key, {"note": self._folded(note)})

    def put_all(self, connection: sqlite3.Connection, texts: Iterable[tuple[int, Paper, str]]) -> int:
        """Index these papers with their notes, by key, and no others; return how many."""
        connection.execute("DELETE FROM folded")
        indexed = 0
        for key, paper, note in texts:
            columns = {**texts_of(paper), "note": note}
            self._write(connection, key, {column: self._folded(text) for column, text in columns.items()})
            indexed += 1
        connection.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
        return indexed

    def outdated_keys(self, connection: sqlite3.Connection, limit: int) -> list[int]:
        """Keys of papers that were indexed by another folding."""
        rows = connection.execute("SELECT key FROM folded WHERE fold != ? LIMIT ?", (self.name, limit))
        return [key for (key,) in rows]

    def _put(self, connection: sqlite3.Connection, key: int, changed: dict[str, str]) -> None:
        before = self._indexed(connection, key)
        after = (before or dict.fromkeys(COLUMNS, "")) | changed
        if after == before:
            connection.execute("UPDATE folded SET fold = ? WHERE key = ?", (self.name, key))
            return
        self._take_out(connection, key, before)
        self._write(connection, key, after)
        connection.execute(
            f"INSERT INTO search_index (rowid, {_NAMES}) VALUES (?, ?, ?, ?, ?, ?)",
            (key, *(after[column] for column in COLUMNS)),
        )

    def _indexed(self, connection: sqlite3.Connection, key: int) -> dict[str, str] | None:
        """The folded texts of a paper by column; None when it is not indexed."""
        row = connection.execute(f"SELECT {_NAMES} FROM folded WHERE key = ?", (key,)).fetchone()
        return dict(zip(COLUMNS, row, strict=True)) if row else None

    def _take_out(self, connection: sqlite3.Connection, key: int, before: dict[str, str] | None) -> None:
        """Remove a paper from the index: over external content it is told the old words."""
        if before is not None:
            connection.execute(
                f"INSERT INTO search_index (search_index, rowid, {_NAMES}) "
                "VALUES ('delete', ?, ?, ?, ?, ?, ?)",
                (key, *before.values()),
            )

    def _write(self, connection: sqlite3.Connection, key: int, folded: dict[str, str]) -> None:
        """Write a paper's folded texts, with the counts of their terms."""
        terms = count_terms(folded["title"], folded["abstract"])
        connection.execute(
            f"INSERT OR REPLACE INTO folded (key, fold, terms, {_NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, self.name, terms, *(folded[column] for column in COLUMNS)),
        )

    def _folded(self, text: str) -> str:
        return " ".join(folded_words(text, self.fold))


TERMS = "coalesce(f.terms, f.title || char(10) || f.abstract)"
"""The packed term counts of `folded f`, or, where a paper was stored before there were any, its texts."""


def packed_terms(value: bytes | str) -> bytes:
    """The packed term counts of a paper, of what `TERMS` gives."""
    return value if isinstance(value, bytes) else count_terms(*value.split("\n", 1))
