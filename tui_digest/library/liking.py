"""What the reader likes, as terms: frequent in the papers marked, rare in all others."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter

from tui_digest.library.following import interests
from tui_digest.taste import Taste, Term

# Enough to know a taste by, few enough to count at once; the latest marks speak.
_LATEST = 500
_TERMS = 400
# A term in more of all papers than this says nothing of any of them.
_COMMON = 0.1
_SHORTEST = 3


def taste(connection: sqlite3.Connection) -> Taste:
    """The reader's interests, and the terms of marked and dismissed papers with their weights."""
    liked = _papers_with(connection, "r.mark IN ('to-read', 'done')")
    disliked = _papers_with(connection, "r.mark = 'dismissed'")
    return Taste(interests=interests(connection), terms=_terms(connection, liked, disliked))


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
    needed = min(2, max(len(liked), len(disliked)))
    terms = {}
    for word in in_liked | in_disliked:
        if max(in_liked[word], in_disliked[word]) < needed:
            continue
        everywhere = _papers_having(connection, word)
        if everywhere > max(_COMMON * papers, needed):
            continue
        value = 0.0
        if in_liked[word]:
            value += max(0.0, weight(in_liked[word], len(liked), everywhere, papers))
        if in_disliked[word]:
            value -= max(0.0, weight(in_disliked[word], len(disliked), everywhere, papers))
        terms[word] = Term(weight=round(value, 4), papers=in_liked[word])
    strongest = sorted(terms, key=lambda word: (-abs(terms[word].weight), word))[:_TERMS]
    return {word: terms[word] for word in strongest}


def _papers_having(connection: sqlite3.Connection, word: str) -> int:
    """In how many papers a word occurs, from the index's own vocabulary."""
    row = connection.execute("SELECT doc FROM search_terms WHERE term = ?", (word,)).fetchone()
    return row[0] if row else 0
