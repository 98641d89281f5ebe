"""Full-text search over stored texts of papers, in a rebuildable cache file."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from tui_digest.folders import irregular_file, logs_of, private_folder
from tui_digest.fulltext.blocks import Document
from tui_digest.fulltext.source_text import source_text
from tui_digest.paper import ArxivId
from tui_digest.text.words import Fold

VERSION = 1
"""The version of the tables; a file of another one is made again."""

_TABLES = """
CREATE TABLE IF NOT EXISTS parts (
    number INTEGER PRIMARY KEY, paper TEXT NOT NULL, version INTEGER NOT NULL, address TEXT NOT NULL,
    title TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS parts_by_paper ON parts (paper);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (folded, content='');
"""
_BUSY_S = 5.0
_EXCERPT = 160
_LONGEST_QUERY = 500


class TextMatch(msgspec.Struct, frozen=True):
    """A section where a query was found: its first match in context, and how many."""

    paper: ArxivId
    address: str
    title: str
    excerpt: str


class TextIndex:
    """Index over stored texts; all of its content is also in the cache or the library."""

    def __init__(self, file: Path, fold: Fold) -> None:
        """Use the file; `fold` is by what texts and queries are compared."""
        self._file = file
        self._fold = fold

    def papers(self) -> frozenset[ArxivId]:
        """The papers, with version, that are in the index."""
        with self._open() as connection:
            rows = connection.execute("SELECT DISTINCT paper, version FROM parts").fetchall()
        return frozenset(ArxivId(paper, version or None) for paper, version in rows)

    def add(self, paper: ArxivId, document: Document) -> None:
        """Index a text, section by section, in place of any earlier one of the same paper."""
        with self._open() as connection:
            self._remove(connection, paper.number)
            for address, title, text in _parts(document):
                cursor = connection.execute(
                    "INSERT INTO parts (paper, version, address, title, text) VALUES (?, ?, ?, ?, ?)",
                    (paper.number, paper.version or 0, address, title, text),
                )
                connection.execute(
                    "INSERT INTO words (rowid, folded) VALUES (?, ?)", (cursor.lastrowid, self._fold(text))
                )

    def refresh(self, stored: Iterable[ArxivId], read: Callable[[ArxivId], Document | None]) -> int:
        """Index new stored texts, drop those no longer stored; return how many changed."""
        wanted = set(stored)
        known = self.papers()
        newest: dict[str, int] = {}
        for paper in wanted:
            newest[paper.number] = max(paper.version or 0, newest.get(paper.number, 0))
        missing = [paper for paper in wanted - known if (paper.version or 0) == newest[paper.number]]
        gone = [paper for paper in known if paper.number not in newest]
        for paper in missing:
            document = read(paper)
            if document is not None:
                self.add(paper, document)
        with self._open() as connection:
            for paper in gone:
                self._remove(connection, paper.number)
        return len(missing) + len(gone)

    def find(self, query: str, limit: int = 50) -> tuple[TextMatch, ...]:
        """The sections in which all words of a query occur, the best first."""
        words = self._fold(query[:_LONGEST_QUERY]).split()
        if not words:
            return ()
        question = " ".join(f'"{word}"' for word in (part.replace('"', "") for part in words) if word)
        with self._open() as connection:
            try:
                rows = connection.execute(
                    "SELECT paper, version, address, title, text FROM words "
                    "JOIN parts ON number = words.rowid WHERE words MATCH ? ORDER BY bm25(words) LIMIT ?",
                    (question, limit),
                ).fetchall()
            except sqlite3.DatabaseError:
                return ()
        return tuple(
            TextMatch(ArxivId(paper, version or None), address, title, self._excerpt(text, words))
            for paper, version, address, title, text in rows
        )

    def _excerpt(self, text: str, words: list[str]) -> str:
        """The line of the text that says most of the words, cut around the first."""
        lines = [line for line in text.split("\n") if line.strip()]
        scored = [(sum(word in self._fold(line) for word in words), -n) for n, line in enumerate(lines)]
        if not scored:
            return ""
        line = " ".join(lines[-max(scored)[1]].split())
        if len(line) <= _EXCERPT:
            return line
        start = _first_match(line, words, self._fold)
        begin = max(0, min(start - _EXCERPT // 3, len(line) - _EXCERPT))
        return f"{'…' if begin else ''}{line[begin : begin + _EXCERPT].strip()}…"

    def _remove(self, connection: sqlite3.Connection, paper: str) -> None:
        numbers = connection.execute("SELECT number, text FROM parts WHERE paper = ?", (paper,)).fetchall()
        for number, text in numbers:
            connection.execute(
                "INSERT INTO words (words, rowid, folded) VALUES ('delete', ?, ?)", (number, self._fold(text))
            )
        connection.execute("DELETE FROM parts WHERE paper = ?", (paper,))

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file in a transaction; a damaged or outdated file is rebuilt.

        So is one that is a pipe, and what is one beside it.
        """
        private_folder(self._file.parent)
        try:
            connection = self._connected()
        except sqlite3.DatabaseError:
            for path in (self._file, *logs_of(self._file)):
                path.unlink(missing_ok=True)
            connection = self._connected()
        try:
            with connection:
                yield connection
        finally:
            connection.close()

    def _connected(self) -> sqlite3.Connection:
        if (path := irregular_file(self._file)) is not None:
            raise sqlite3.DatabaseError(f"{path} is no file")
        if not self._file.exists():
            os.close(os.open(self._file, os.O_CREAT | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(self._file, timeout=_BUSY_S)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, VERSION):
                raise sqlite3.DatabaseError("another version")
            if version == 0:
                connection.executescript(_TABLES)
                connection.execute(f"PRAGMA user_version = {VERSION}")
                connection.commit()
        except BaseException:
            connection.close()
            raise
        return connection


def _parts(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield a paper's sections with their own blocks, without subsections' blocks."""
    sections = [place for place in document.places if place.kind == "section"]
    taken: set[int] = set()
    for place in sections:
        inner = [section for section in sections if place.first < section.first and section.end <= place.end]
        own = [
            number
            for number in range(place.first, place.end)
            if not any(section.has(number) for section in inner)
        ]
        taken.update(own)
        text = source_text(document.blocks[number] for number in own)
        if text:
            yield place.address, place.title, text
    rest = source_text(block for number, block in enumerate(document.blocks) if number not in taken)
    if rest:
        yield "", "", rest


def _first_match(line: str, words: list[str], fold: Fold) -> int:
    """About where in a line the first of the words is."""
    place = 0
    for word in line.split(" "):
        if any(wanted in fold(word) for wanted in words):
            return place
        place += len(word) + 1
    return 0
