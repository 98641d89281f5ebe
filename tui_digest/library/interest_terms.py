"""What the reader likes, as terms: frequent in the papers marked, rare in all others."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from contextlib import suppress

import msgspec

from tui_digest.interests import Taste, Term
from tui_digest.library.database import Database, LibraryFullError, LibraryLockedError
from tui_digest.library.interests import interests

# Enough to know a taste by, few enough to count at once; the latest marks speak.
_LATEST = 500
_TERMS = 400
# What stands in one marked paper alone says nothing yet.
_NEEDED = 2
# A term in more of all papers than this says nothing of any of them.
_COMMON = 0.1
_SHORTEST = 3
_NAME = "liked terms"


class Liking:
    """Finds the terms that the reader likes, and remembers them until something was marked or stored."""

    def __init__(self, database: Database) -> None:
        """Take the open library."""
        self._database = database

    def taste(self) -> Taste:
        """What the reader likes. It may count words over the whole library: ask from a thread.

        It counts on a connection of its own, so that nobody waits for it.
        """
        with self._database.reading_apart() as connection:
            stamp = _stamp(connection)
            remembered = _remembered(connection)
            if remembered.stamp == stamp:
                return Taste(interests=interests(connection), terms=remembered.terms)
            terms = liked_terms(connection)
            followed = interests(connection)
        value = msgspec.json.encode(_Remembered(stamp, terms)).decode()
        # Remembering saves the next count; it is not worth failing for.
        with suppress(LibraryLockedError, LibraryFullError), self._database.writing() as writer:
            writer.execute("INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)", (_NAME, value))
        return Taste(interests=followed, terms=terms)

    def remembered(self) -> Taste:
        """What the reader likes by the last count, with the interests of now. It counts nothing."""
        with self._database.reading() as connection:
            return Taste(interests=interests(connection), terms=_remembered(connection).terms)


class _Remembered(msgspec.Struct, frozen=True):
    """The terms as they were counted last, and what they were counted from."""

    stamp: str = ""
    terms: dict[str, Term] = {}


def _remembered(connection: sqlite3.Connection) -> _Remembered:
    row = connection.execute("SELECT value FROM memory WHERE name = ?", (_NAME,)).fetchone()
    return msgspec.json.decode(row[0], type=_Remembered) if row else _Remembered()


def _stamp(connection: sqlite3.Connection) -> str:
    """Changes with every action of the reader and every day stored."""
    step, digest = connection.execute(
        "SELECT (SELECT max(step) FROM history), (SELECT max(number) FROM mailings)"
    ).fetchone()
    return f"{step} {digest}"


def liked_terms(connection: sqlite3.Connection) -> dict[str, Term]:
    """The terms of marked and dismissed papers that say most, with their weights."""
    liked = _papers_with(connection, "r.mark IN ('to-read', 'done')")
    disliked = _papers_with(connection, "r.mark = 'dismissed'")
    return _terms(connection, liked, disliked)


def weight(inside: int, marked: int, everywhere: int, papers: int) -> float:
    """How much more often a term stands in marked papers than in all: a logarithm of the ratio of odds.

    Half a paper is added on every side, so that what was seen once does not decide, and the whole is
    drawn towards nothing while few marked papers have the term.
    """
    in_marked = (inside + 0.5) / (marked - inside + 0.5)
    in_all = (everywhere + 0.5) / (papers - everywhere + 0.5)
    return inside / (inside + 2) * math.log(in_marked / in_all)


def _papers_with(connection: sqlite3.Connection, condition: str) -> list[set[str]]:
    """The words of the latest papers with such a mark."""
    rows = connection.execute(
        "SELECT f.title || ' ' || f.abstract FROM readings r JOIN folded f USING (key) "
        f"WHERE {condition} ORDER BY r.marked_at DESC, r.key DESC LIMIT ?",
        (_LATEST,),
    )
    return [
        {word for word in text.split() if len(word) >= _SHORTEST and not word.isdecimal()} for (text,) in rows
    ]


def _terms(
    connection: sqlite3.Connection, liked: list[set[str]], disliked: list[set[str]]
) -> dict[str, Term]:
    papers: int = connection.execute("SELECT count(*) FROM folded").fetchone()[0]
    in_liked = Counter(word for words in liked for word in words)
    in_disliked = Counter(word for words in disliked for word in words)
    terms = {}
    for word in in_liked | in_disliked:
        if max(in_liked[word], in_disliked[word]) < _NEEDED:
            continue
        everywhere = _papers_having(connection, word)
        if everywhere > max(_COMMON * papers, _NEEDED):
            continue
        value = 0.0
        if in_liked[word]:
            value += max(0.0, weight(in_liked[word], len(liked), everywhere, papers))
        if in_disliked[word]:
            value -= max(0.0, weight(in_disliked[word], len(disliked), everywhere, papers))
        if value:
            terms[word] = Term(weight=round(value, 4), papers=in_liked[word])
    strongest = sorted(terms, key=lambda word: (-abs(terms[word].weight), word))[:_TERMS]
    return {word: terms[word] for word in strongest}


def _papers_having(connection: sqlite3.Connection, word: str) -> int:
    """In how many papers a word occurs, from the index's own vocabulary."""
    row = connection.execute("SELECT doc FROM search_terms WHERE term = ?", (word,)).fetchone()
    return row[0] if row else 0
