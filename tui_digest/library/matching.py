"""A query asked of entries in memory, and where in a shown text its words stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from tui_digest.library.index import COLUMNS
from tui_digest.library.query import (
    After,
    All,
    Any,
    Before,
    Category,
    Has,
    Id,
    Is,
    Node,
    Not,
    State,
    Text,
    Thing,
)
from tui_digest.paper import AnnounceType, Paper
from tui_digest.reading import Entry, Mark
from tui_digest.words import Fold, words

# A word as it is shown: letters, digits and what is written above or below them.
_SHOWN_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f\u20d0-\u20ff]*)+")

Columns = dict[str, str]


class Matcher:
    """Says which entries a query finds. Folded texts are kept, so that asking again costs little."""

    def __init__(self, fold: Fold) -> None:
        """Take the folding of the library's index."""
        self._fold = fold
        self._papers: dict[tuple[str, int], Columns] = {}

    def prepare(self, entries: Iterable[Entry]) -> None:
        """Fold the texts of entries ahead of the first question: the slow part of it, for a thread."""
        for entry in entries:
            self._columns(entry)

    def matches(self, query: Node, entry: Entry) -> bool:
        """Whether a query finds an entry."""
        match query:
            case Text(found, column, prefix):
                return self._has_text(entry, found, column, prefix)
            case Category(name):
                return any(known == name or known.startswith(f"{name}.") for known in entry.paper.categories)
            case Id(number):
                return entry.paper.id == number
            case Is(state):
                return _is(entry, state)
            case Has(thing):
                return _has(entry, thing)
            case After(day):
                known = day_of(entry.paper)
                return known is not None and known >= day
            case Before(day):
                known = day_of(entry.paper)
                return known is not None and known < day
            case Not(node):
                return not self.matches(node, entry)
            case All(nodes):
                return all(self.matches(node, entry) for node in nodes)
            case Any(nodes):
                return any(self.matches(node, entry) for node in nodes)

    def _has_text(self, entry: Entry, found: tuple[str, ...], column: str | None, prefix: bool) -> bool:
        sought = f" {' '.join(found)}{'' if prefix else ' '}"
        folded = self._columns(entry)
        return any(sought in folded[name] for name in ([column] if column else COLUMNS))

    def _columns(self, entry: Entry) -> Columns:
        paper = entry.paper
        identity = (paper.id, paper.version)
        if identity not in self._papers:
            self._papers[identity] = {
                "title": self._padded(paper.title),
                "authors": self._padded(" ; ".join(paper.authors)),
                "comment": self._padded(" ; ".join(filter(None, (paper.comment, paper.journal_ref)))),
                "abstract": self._padded(paper.abstract),
            }
        return self._papers[identity] | {"note": self._padded(entry.reading.note)}

    def _padded(self, text: str) -> str:
        return f" {' '.join(words(text, self._fold))} "


def day_of(paper: Paper) -> date | None:
    """The day that `after:` and `before:` look at."""
    if paper.announced is not None:
        return paper.announced
    return paper.published.date() if paper.published else None


def find_words(text: str, sought: Sequence[str], fold: Fold) -> tuple[tuple[int, int], ...]:
    """Where in a shown text the words of a search stand, as (start, end).

    `sought` are folded words; one that ends with `*` stands for all that begin with it.
    """
    whole = {word for word in sought if not word.endswith("*")}
    begun = tuple(word[:-1] for word in sought if word.endswith("*"))
    return tuple(
        match.span()
        for match in _SHOWN_WORD.finditer(text)
        if any(word in whole or (begun and word.startswith(begun)) for word in words(match[0], fold))
    )


def _is(entry: Entry, state: State) -> bool:
    match state:
        case "to-read" | "done" | "dismissed":
            return entry.reading.mark == Mark(state)
        case "marked":
            return entry.reading.mark is not None
        case "read":
            return entry.reading.read
        case "unread":
            return not entry.reading.read
        case "new":
            return entry.paper.announce_type is AnnounceType.NEW
        case "cross":
            return entry.paper.announce_type is AnnounceType.CROSS
        case "replaced":
            return entry.paper.announce_type is not None and entry.paper.announce_type.is_replacement


def _has(entry: Entry, thing: Thing) -> bool:
    match thing:
        case "note":
            return bool(entry.reading.note)
        case "explanation":
            return entry.explanation is not None
        case "comment":
            return bool(entry.paper.comment)
        case "journal":
            return bool(entry.paper.journal_ref)
        case "doi":
            return bool(entry.paper.doi)
