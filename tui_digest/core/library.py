"""The library as the front ends use it, as protocols that `library` fulfils."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from tui_digest.entry import Action, Entry, Explanation, Mark, ReadText
from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.lists import (
    Arranged,
    DayScope,
    KeyScope,
    Matches,
    PickedRow,
    Scope,
    SearchHits,
    SimilarPapers,
    ViewOptions,
)
from tui_digest.paper import Paper
from tui_digest.settings import DEFAULT_DIGEST, PickSettings
from tui_digest.tags import TagChanges


class Lists(Protocol):
    """Queries of lists to the library; failures are TuiDigestErrors."""

    def queue(self, mark: Mark = Mark.TO_READ) -> KeyScope:
        """The papers with a mark over all days, the one marked first at the head."""

    def tagged(self, tag: str) -> KeyScope:
        """The papers of a tag over all days, the one tagged first at the head."""

    def papers(self, ids: Iterable[str]) -> KeyScope:
        """The papers of these ids, of those that are stored."""

    def arrange(self, scope: Scope, options: ViewOptions, *, interruptible: bool = False) -> Arranged:
        """Return which papers the options show, in order; interrupted by the next call."""

    def matches(
        self, scope: Scope, query: str, *, typing: bool = False, interruptible: bool = False
    ) -> Matches:
        """The positions that a query finds; while typing it may break off anywhere."""

    def rows(
        self, scope: Scope, positions: Sequence[int], *, patience: float | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries at these positions, waiting `patience` seconds for a lock.

        The lock is another program's.
        """

    def ids(self, scope: Scope, positions: Sequence[int]) -> tuple[str, ...]:
        """The ids with version of the papers at these positions."""

    def positions(self, scope: Scope, ids: Collection[str]) -> dict[str, int]:
        """The positions of papers by their ids, of those that a scope has."""

    def category_counts(self, scope: Scope) -> Counter[str]:
        """Return how many papers are in each category."""

    def author_counts(self, scope: Scope) -> Counter[str]:
        """Return how many papers each author has, by the author's name."""


class Marks(Protocol):
    """Decisions on papers; each call is one step of the history, or None if no change."""

    def mark(self, ids: Iterable[str], mark: Mark | None) -> Action | None:
        """Mark papers, or take their marks off."""

    def toggle_mark(self, ids: Iterable[str], mark: Mark) -> Action | None:
        """Mark papers, or take the mark off them when all of them have it."""

    def set_read(self, ids: Iterable[str], read: bool = True) -> Action | None:
        """Mark papers as read or unread; an id with a version says which one was read."""

    def mark_opened(self, ids: Iterable[str]) -> Action | None:
        """Mark papers as read because they were shown: no step that undo takes back."""

    def toggle_read(self, ids: Iterable[str]) -> Action | None:
        """Mark papers as read, or as unread when all of them are read."""

    def note(self, paper_id: str, text: str) -> Action | None:
        """Write a paper's note in place of the one before; an empty text takes it away."""


class Tags(Protocol):
    """Tags of papers; each change is one step of the history, or None if no change."""

    def change(self, ids: Iterable[str], changes: TagChanges) -> Action | None:
        """Add and remove tags of papers."""

    def counts(self) -> dict[str, int]:
        """Return how many papers each tag has, in the order of the tags."""


class Following(Protocol):
    """Followed and muted authors, words and categories."""

    def set(self, kind: InterestKind, text: str, stance: Stance | None) -> Action | None:
        """Follow or mute an author, a word or a category; with None neither."""

    def all(self) -> tuple[Interest, ...]:
        """Everything that is followed or muted."""


class History(Protocol):
    """History of actions, with undo and redo."""

    def undo(self) -> Action | None:
        """Undo the last action that is in force."""

    def redo(self) -> Action | None:
        """Do again what was undone last."""

    def recent(self, limit: int = 100) -> tuple[Action, ...]:
        """The last steps, newest first."""


class Similar(Protocol):
    """Similar papers among all that are stored."""

    def find(self, paper_id: str) -> SimilarPapers:
        """The papers most similar to one. It may take a while: use a thread."""


class Filters(Protocol):
    """Searches kept under a name."""

    def save(self, name: str, query: str) -> Action | None:
        """Keep a query under a name."""

    def delete(self, name: str) -> Action | None:
        """Delete a saved filter."""

    def all(self) -> dict[str, str]:
        """The saved filters: queries by name."""


class Search(Protocol):
    """The search over everything in the library."""

    def check(self, text: str) -> None:
        """Read a query without asking it; a UsageError says what is wrong."""

    def hits(self, text: str, *, typing: bool = False) -> SearchHits:
        """Return what a query finds. It may take a while; the last one begun wins."""

    def refresh(self, limit: int = 200) -> int:
        """Reindex some papers that another version indexed; return 0 when all are done."""


class Picks(Protocol):
    """The picks of the days."""

    def stored(self, scope: DayScope, digest: str) -> tuple[PickedRow, ...]:
        """The pick of a day as it was computed last."""

    def update(self, scope: DayScope, digest: str, rules: PickSettings) -> bool:
        """Recompute a day's pick if something was decided since; tell whether it changed."""


class Mailings(Protocol):
    """The stored papers."""

    def paper(self, paper_id: str, version: int | None = None) -> Paper | None:
        """A stored paper at a version (None: the newest known)."""


class ReadingPositions(Protocol):
    """The digest that was chosen last, and the reading positions in its days."""

    def remember(self, day: date, paper_id: str, digest: str = DEFAULT_DIGEST) -> None:
        """Remember the paper at which the reader is in a day."""

    def paper(self, day: date, digest: str = DEFAULT_DIGEST) -> str | None:
        """The id of the paper at which the reader was in a day."""

    def remember_digest(self, name: str) -> None:
        """Remember the digest that was chosen, for the next start."""


class KeptExplanations(Protocol):
    """Stored explanations of papers."""

    def complete(self, paper_id: str) -> tuple[Explanation, ...]:
        """All complete explanations of a paper, the newest first."""


class ReadTexts(Protocol):
    """Reading positions in papers' whole texts."""

    def read_texts(self) -> Mapping[str, ReadText]:
        """Return how far the reader is in each text that was opened, by the paper's id."""


class ReaderLibrary(Protocol):
    """The library as the reader uses it; a change is on disk when the call returns."""

    @property
    def lists(self) -> Lists:
        """Queries of lists."""

    @property
    def marks(self) -> Marks:
        """Marks, read and unread, notes."""

    @property
    def tags(self) -> Tags:
        """The tags of papers."""

    @property
    def following(self) -> Following:
        """Follows and mutes."""

    @property
    def history(self) -> History:
        """Undo and redo."""

    @property
    def similar(self) -> Similar:
        """Similar papers."""

    @property
    def filters(self) -> Filters:
        """Saved filters."""

    @property
    def search(self) -> Search:
        """The search over everything."""

    @property
    def picks(self) -> Picks:
        """The picks of the days."""

    @property
    def mailings(self) -> Mailings:
        """The stored papers."""

    @property
    def explanations(self) -> KeptExplanations:
        """Stored explanations."""

    @property
    def texts(self) -> ReadTexts:
        """Reading positions in whole texts."""

    @property
    def positions(self) -> ReadingPositions:
        """Reading positions in days."""

    def undo_labels(self) -> tuple[str, str]:
        """Return the labels of the next undo and redo; empty where there is nothing."""

    def prepare_writing(self) -> None:
        """Import what decisions need, ahead of the first one."""

    def limit_waiting(self, seconds: float) -> None:
        """Wait no longer than this from now on for other programs when writing."""
