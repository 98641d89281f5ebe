"""Which papers the list shows, and in what order: view, announce types, filter, mutes, sort. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

import msgspec
from msgspec.structs import replace

from tui_digest.entry import Entry, Mark
from tui_digest.paper import AnnounceType, Paper
from tui_digest.render.author_names import read_authors
from tui_digest.settings import Sort

Test = Callable[[Entry], bool]
"""Says of an entry whether it belongs to something."""

_SIGNS = re.compile(r"[\W_]+")


class EntryRows(Protocol):
    """The papers of a list as a widget asks for them: how many there are, and each by its place."""

    def __len__(self) -> int:
        """How many there are."""

    def __getitem__(self, place: int, /) -> Entry:
        """The paper at a place from 0 on."""


class View(StrEnum):
    """The reader's own cut through a day."""

    ALL = "all"
    UNREAD = "unread"
    TO_READ = "to read"


class Hiding(StrEnum):
    """Why a paper is not shown, in words that follow a count: `3 muted`."""

    DISMISSED = "dismissed"
    MUTED = "muted"
    TYPE = "by type"
    FILTER = "by the filter"


class Question(msgspec.Struct, frozen=True):
    """A query, ready to be asked of entries; `words` are the folded words that a hit shows."""

    finds: Test
    words: tuple[str, ...] = ()


class Wish(msgspec.Struct, frozen=True):
    """What the reader wants to see of the papers at hand.

    `filter` is the filter as it was typed (empty: none), `question` the same, ready to be asked.
    `everything` shows dismissed and muted papers too.
    """

    view: View = View.ALL
    kinds: frozenset[AnnounceType] = frozenset(AnnounceType)
    filter: str = ""
    question: Question | None = None
    sort: Sort = "announced"
    reverse: bool = False
    everything: bool = False


def hiding(entry: Entry, wish: Wish, muted: Test) -> Hiding | None:
    """Why an entry is hidden, the first reason; None when nothing hides it. The view does not count."""
    if not wish.everything and entry.reading.mark is Mark.DISMISSED:
        return Hiding.DISMISSED
    if not wish.everything and muted(entry):
        return Hiding.MUTED
    if entry.paper.announce_type is not None and entry.paper.announce_type not in wish.kinds:
        return Hiding.TYPE
    if wish.question is not None and not wish.question.finds(entry):
        return Hiding.FILTER
    return None


def in_view(entry: Entry, view: View) -> bool:
    """Whether an entry belongs to a view."""
    match view:
        case View.UNREAD:
            return not entry.reading.read
        case View.TO_READ:
            return entry.reading.mark is Mark.TO_READ
        case View.ALL:
            return True


def ordered(entries: Iterable[Entry], sort: Sort, reverse: bool, picked: Sequence[str] = ()) -> list[Entry]:
    """The entries in order. `pick` puts the picked ids first and leaves the others in their order."""
    match sort:
        case "pick":
            rank = {paper_id: place for place, paper_id in enumerate(picked)}
            found = sorted(entries, key=lambda entry: rank.get(entry.paper.id, len(rank)))
        case "number":
            found = sorted(entries, key=lambda entry: entry.paper.id)
        case "title":
            found = sorted(entries, key=lambda entry: _SIGNS.sub(" ", entry.paper.title).strip().casefold())
        case "author":
            found = sorted(entries, key=lambda entry: _first_author(entry.paper))
        case "announced":
            found = sorted(entries, key=lambda entry: entry.paper.announced or date.max)
    return found[::-1] if reverse else found


def _first_author(paper: Paper) -> str:
    names = read_authors(paper.authors).names
    return names[0].family.casefold() if names else "\U0010ffff"


def _nothing(entry: Entry) -> bool:
    return False


class Listing(msgspec.Struct):
    """The papers of a day, of the queue or of a search, as the reader wants them.

    What was shown stays when a paper's state changes, also when it no longer belongs to the view,
    so that no row goes from under the reader's eyes; dismissing and muting do take it away. A new
    wish makes the list anew.

    Attributes:
        title: what the papers are, empty for those of a day.
        entries: all papers at hand, in their own order.
        shown: those that are shown, in the order wanted.
        hidden: how many are hidden, by the reason.
        place: the id of the paper where the reader is; when that goes, of the one that took its place.
        words: the folded words for which the papers are shown, as a search found them.
        selected: the ids that are selected, without the range that is being drawn from `anchor`.
        search: what is searched for among the papers shown.
        found: where the papers stand that the search finds.
    """

    entries: tuple[Entry, ...] = ()
    wish: Wish = Wish()
    title: str = ""
    muted: Test = _nothing
    words: tuple[str, ...] = ()
    place: str = ""
    selected: frozenset[str] = frozenset()
    anchor: str = ""
    search: Question | None = None
    found: tuple[int, ...] = ()
    shown: tuple[Entry, ...] = ()
    hidden: dict[Hiding, int] = {}
    _picked: dict[str, tuple[str, ...]] = {}
    _places: dict[str, int] = {}

    def __post_init__(self) -> None:
        """Arrange the papers for the first time."""
        self._arrange(frozenset())

    def take(self, entries: Sequence[Entry]) -> None:
        """Take over the papers in another state, or other papers."""
        self.entries = tuple(entries)
        self._arrange(self._places)

    def want(self, wish: Wish) -> None:
        """Make the list anew by another wish, or by the same one."""
        self.wish = wish
        self._arrange(frozenset())

    def pick(self, picked: Sequence[Entry]) -> None:
        """Take over the pick, the best first, with its reasons."""
        self._picked = {entry.paper.id: entry.reasons for entry in picked}
        self._arrange(self._places)

    def look_for(self, search: Question | None) -> None:
        """Search among the papers shown, or with None for nothing any more."""
        self.search = search
        if search is None:
            self.found = ()
        else:
            self.found = tuple(place for place, entry in enumerate(self.shown) if search.finds(entry))

    def _arrange(self, stay: Collection[str]) -> None:
        found: list[Entry] = []
        self.hidden = {}
        for entry in self.entries:
            why = hiding(entry, self.wish, self.muted)
            stays = entry.paper.id in stay
            if why is None or (why is Hiding.FILTER and stays):
                if stays or in_view(entry, self.wish.view):
                    found.append(self._with_reasons(entry))
            else:
                self.hidden[why] = self.hidden.get(why, 0) + 1
        before, near = self.shown, self._places.get(self.place)
        self.shown = tuple(ordered(found, self.wish.sort, self.wish.reverse, tuple(self._picked)))
        self._places = {entry.paper.id: place for place, entry in enumerate(self.shown)}
        self.selected &= self._places.keys()
        if near is not None and self.place not in self._places:
            around = (*before[near:], *before[near::-1])
            self.place = next((entry.paper.id for entry in around if entry.paper.id in self._places), "")
        self.look_for(self.search)

    def _with_reasons(self, entry: Entry) -> Entry:
        reasons = self._picked.get(entry.paper.id)
        return msgspec.structs.replace(entry, reasons=reasons) if reasons else entry

    @property
    def rows(self) -> EntryRows:
        """The papers that are shown, for the widget that draws them."""
        return self.shown

    @property
    def count(self) -> int:
        """How many papers are shown."""
        return len(self.shown)

    def slice(self, start: int, stop: int) -> Sequence[Entry]:
        """The papers shown from one place to before another."""
        return self.shown[max(start, 0) : max(stop, 0)]

    def where(self, test: Test) -> Sequence[Entry]:
        """The papers shown that pass a test, in their order."""
        return tuple(entry for entry in self.shown if test(entry))

    def place_of(self, paper_id: str, otherwise: int = 0) -> int:
        """Where a paper stands in the list; `otherwise` when it is not shown."""
        return self._places.get(paper_id, otherwise)

    def selection(self, cursor: int) -> frozenset[str]:
        """The ids that are selected, with those of the range that is being drawn to the cursor."""
        if self.anchor not in self._places:
            return self.selected
        first, last = sorted((self._places[self.anchor], cursor))
        return self.selected | {entry.paper.id for entry in self.shown[first : last + 1]}

    def clear_selection(self) -> None:
        """Select nothing."""
        self.selected, self.anchor = frozenset(), ""

    @property
    def picked(self) -> tuple[Entry, ...]:
        """The papers at hand that are picked, the best first, with their reasons."""
        by_id = {entry.paper.id: entry for entry in self.entries}
        return tuple(self._with_reasons(by_id[paper_id]) for paper_id in self._picked if paper_id in by_id)

    @property
    def sought_words(self) -> tuple[str, ...]:
        """The folded words of what the papers were found by, of the filter and of the search."""
        asked = [question for question in (self.wish.question, self.search) if question is not None]
        return (*self.words, *(word for question in asked for word in question.words))

    def unread_from(self, place: int, step: int) -> int | None:
        """The next unread paper after `place`, or with a `step` of -1 before it; None: there is none."""
        end = len(self.shown) if step > 0 else -1
        return next((n for n in range(place + step, end, step) if not self.shown[n].reading.read), None)


def with_kind(wish: Wish, kinds: Collection[AnnounceType]) -> Wish:
    """The wish with these announce types shown when they were hidden, and hidden when they were shown."""
    shown = set(kinds) <= wish.kinds
    return replace(wish, kinds=wish.kinds - set(kinds) if shown else wish.kinds | set(kinds))
