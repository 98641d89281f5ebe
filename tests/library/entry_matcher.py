"""A query asked of entries in memory, one by one: what the queries of the library are compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce
from typing import NamedTuple

from tui_digest.entry import Entry, Mark
from tui_digest.library.fts_index import texts_of
from tui_digest.library.query.nodes import (
    After,
    AllOf,
    AnyOf,
    Before,
    Category,
    Has,
    Id,
    Is,
    Node,
    Not,
    State,
    Tag,
    Text,
    Thing,
)
from tui_digest.paper import AnnounceType, Paper
from tui_digest.text.words import Fold, folded_words

Test = Callable[[Entry], bool]
"""Whether an entry is meant."""


class _Folded(NamedTuple):
    """The folded texts of a paper behind one another, and where each column begins and ends in them."""

    paper: Paper
    text: str
    spans: dict[str, tuple[int, int]]


class Matcher:
    """Makes questions to entries out of queries. Folded texts are kept: asking again costs little."""

    def __init__(self, fold: Fold) -> None:
        """Take the folding of the library's index."""
        self._fold = fold
        self._papers: dict[str, _Folded] = {}
        self._notes: dict[str, str] = {"": ""}

    def prepare(self, entries: Iterable[Entry]) -> None:
        """Fold the texts of entries ahead of the first question."""
        for entry in entries:
            self._folded(entry.paper)

    def test(self, query: Node) -> Test:
        """The question whether a query finds an entry."""
        match query:
            case Text(found, column, prefix):
                return self._has_text(f" {' '.join(found)}{'' if prefix else ' '}", column)
            case Category(name):
                inside = f"{name}."
                return lambda entry: any(
                    known == name or known.startswith(inside) for known in entry.paper.categories
                )
            case Id(number):
                return lambda entry: entry.paper.id == number
            case Tag(name, begins):
                if begins:
                    return lambda entry: any(tag.startswith(name) for tag in entry.tags)
                return lambda entry: name in entry.tags
            case Is(state):
                return lambda entry: _is(entry, state)
            case Has(thing):
                return lambda entry: _has(entry, thing)
            case After(day):
                return lambda entry: (known := day_of(entry.paper)) is not None and known >= day
            case Before(day):
                return lambda entry: (known := day_of(entry.paper)) is not None and known < day
            case Not(node):
                refused = self.test(node)
                return lambda entry: not refused(entry)
            case AllOf(()):
                return lambda entry: True
            case AllOf(nodes):
                return reduce(_both, map(self.test, nodes))
            case AnyOf(nodes):
                return reduce(_either, map(self.test, nodes))

    def _has_text(self, sought: str, column: str | None) -> Test:
        if column == "note":
            return lambda entry: sought in self._note(entry)
        if column is None:
            return lambda entry: (
                sought in self._folded(entry.paper).text
                or (entry.reading.note != "" and sought in self._note(entry))
            )

        def in_column(entry: Entry) -> bool:
            folded = self._folded(entry.paper)
            return folded.text.find(sought, *folded.spans[column]) >= 0

        return in_column

    def _folded(self, paper: Paper) -> _Folded:
        kept = self._papers.get(paper.id)
        # Papers are compared only when they are not the same one: of another version, or completed.
        if kept is None or (kept.paper is not paper and kept.paper != paper):
            text, spans = "", {}
            for column, shown in texts_of(paper).items():
                start = len(text)
                text += f" {' '.join(folded_words(shown, self._fold))} "
                spans[column] = (start, len(text))
                text += "|"  # no word has it, so nothing is found across two columns
            kept = self._papers[paper.id] = _Folded(paper, text, spans)
        return kept

    def _note(self, entry: Entry) -> str:
        note = entry.reading.note
        if note not in self._notes:
            self._notes[note] = f" {' '.join(folded_words(note, self._fold))} "
        return self._notes[note]


def _both(first: Test, second: Test) -> Test:
    return lambda entry: first(entry) and second(entry)


def _either(first: Test, second: Test) -> Test:
    return lambda entry: first(entry) or second(entry)


def day_of(paper: Paper) -> date | None:
    """The day that `after:` and `before:` look at."""
    if paper.announced is not None:
        return paper.announced
    return paper.published.date() if paper.published else None


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
        case "tag":
            return bool(entry.tags)
        case "explanation":
            return entry.explanation is not None
        case "comment":
            return bool(entry.paper.comment)
        case "journal":
            return bool(entry.paper.journal_ref)
        case "doi":
            return bool(entry.paper.doi)
