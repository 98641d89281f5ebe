"""A query asked of entries in memory, and where in a shown text its words stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from tui_digest.library.index import texts_of
from tui_digest.library.nodes import (
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

# All columns of a paper with a sign between them that no word has.
_ALL = "all"


class Matcher:
    """Says which entries a query finds. Folded texts are kept, so that asking again costs little."""

    def __init__(self, fold: Fold) -> None:
        """Take the folding of the library's index."""
        self._fold = fold
        self._papers: dict[str, tuple[Paper, dict[str, str]]] = {}
        self._notes: dict[str, str] = {"": ""}

    def prepare(self, entries: Iterable[Entry], fold: Fold | None = None) -> None:
        """Fold the texts of entries ahead of the first question: the slow part of it, for a thread.

        `fold` is the same folding, when there is one that knows them already (`Library.fold_known`).
        """
        for entry in entries:
            self._columns(entry.paper, fold or self._fold)

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
        if column == "note":
            return sought in self._note(entry)
        return sought in self._columns(entry.paper, self._fold)[column or _ALL] or (
            column is None and sought in self._note(entry)
        )

    def _columns(self, paper: Paper, fold: Fold) -> dict[str, str]:
        kept = self._papers.get(paper.id)
        if kept is None or kept[0] != paper:  # of another version, or not yet completed
            texts = {name: _padded(text, fold) for name, text in texts_of(paper).items()}
            kept = self._papers[paper.id] = (paper, {**texts, _ALL: "|".join(texts.values())})
        return kept[1]

    def _note(self, entry: Entry) -> str:
        note = entry.reading.note
        if note not in self._notes:
            self._notes[note] = _padded(note, self._fold)
        return self._notes[note]


def _padded(text: str, fold: Fold) -> str:
    return f" {' '.join(words(text, fold))} "


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
