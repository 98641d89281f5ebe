"""Navigation: the day, lists opened over it, and what is followed and muted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tui_digest.core.listing import Listing
from tui_digest.entry import Action, Entry, Explanation
from tui_digest.interests import Interest
from tui_digest.latex import search_key
from tui_digest.lists import PickedRow, Scope, StoredDigest, ViewOptions
from tui_digest.paper import Paper
from tui_digest.picking.interest_match import Interests
from tui_digest.settings import ReaderSettings
from tui_digest.text.words import word_spans

if TYPE_CHECKING:
    from tui_digest.core.library import ReaderLibrary

_fold_word = lru_cache(8192)(search_key)
"""The folding with a cache of words: each letter typed folds those of a whole page."""

_OF_INTERESTS = ("interest", "undo", "redo", "sync")


def find_words(text: str, words: Sequence[str]) -> Sequence[tuple[int, int]]:
    """Return where in a shown text folded words are, as (start, end)."""
    return word_spans(text, words, _fold_word)


def _first_options(settings: ReaderSettings) -> ViewOptions:
    return ViewOptions(kinds=frozenset(settings.show), sort=settings.sort)


class Browsing:
    """The stack of listings: the day's at the bottom, the last one shown.

    It knows nothing of screens.

    Attributes:
        day: the listing of the day.
        undoable: the label of what undo would take back; empty when there is nothing.
        redoable: the label of what redo would do again.
    """

    def __init__(self, library: ReaderLibrary, settings: ReaderSettings) -> None:
        self._library = library
        self._explained: dict[str, Explanation] = {}
        self.day = Listing(library.lists, options=_first_options(settings), overlay=self._explained)
        self._over_it: list[Listing] = []
        self.undoable, self.redoable = library.undo_labels()
        self._known: tuple[Interest, ...] = ()
        self._interests = Interests((), search_key)
        self._on_missing: Callable[[Callable[[], None]], None] | None = None
        self._refresh_interests()

    @property
    def current(self) -> Listing:
        """The listing that is shown."""
        return self._over_it[-1] if self._over_it else self.day

    @property
    def in_day(self) -> bool:
        """Whether the day is shown, and not something over it."""
        return not self._over_it

    def has(self, listing: Listing) -> bool:
        """Tell whether a list is shown, or has others over it."""
        return any(each is listing for each in (self.day, *self._over_it))

    def read_missing_with(self, read: Callable[[Callable[[], None]], None]) -> None:
        """Set the function that reads rows which cannot be read at once.

        `read` is given what reads them.
        """
        self._on_missing = read
        self.day.on_missing = read

    def open_day(self, digest: StoredDigest, picked: Sequence[PickedRow], place: str) -> None:
        """Open another day at a place; sort, announce types and filter stay as they are."""
        self._over_it.clear()
        self.set_day(digest, picked, place)

    def set_day(self, digest: StoredDigest, picked: Sequence[PickedRow], place: str) -> None:
        """Replace the day below what is shown over it."""
        self.day = self._listing(digest.scope, self.day.options, picked=picked, place=place)
        self.day.arrange()

    def switch_digest(self, settings: ReaderSettings) -> None:
        """Close the day, as another digest was chosen; open the next with these settings."""
        self._over_it.clear()
        self.day = Listing(self._library.lists, options=_first_options(settings), overlay=self._explained)
        self.day.on_missing = self._on_missing

    def update_day(self, digest: StoredDigest, picked: Sequence[PickedRow]) -> None:
        """Update the day to how it is stored now; what is over the day stays."""
        self.day.show_scope(digest.scope, picked=picked)

    def enter(
        self, title: str, scope: Scope, words: tuple[str, ...] = (), picked: Sequence[PickedRow] = ()
    ) -> Listing:
        """Show all papers of another scope over the current list, the `picked` first."""
        options = ViewOptions(sort="pick", everything=True)
        listing = self._listing(scope, options, title=title, words=words, picked=picked)
        listing.arrange()
        self._over_it.append(listing)
        return listing

    def _listing(
        self,
        scope: Scope,
        options: ViewOptions,
        *,
        title: str = "",
        words: tuple[str, ...] = (),
        picked: Sequence[PickedRow] = (),
        place: str = "",
    ) -> Listing:
        listing = Listing(
            self._library.lists,
            scope,
            options,
            title=title,
            words=words,
            picked=picked,
            place=place,
            overlay=self._explained,
        )
        listing.on_missing = self._on_missing
        return listing

    def leave_for_day(self) -> None:
        """Go back to the day, whatever is over it."""
        self._over_it.clear()

    def leave(self) -> None:
        """Go back to what was shown before."""
        if self._over_it:
            self._over_it.pop()

    def update_changed(self, action: Action, undo_labels: tuple[str, str]) -> None:
        """Update what an action changed: the papers that it names, or what is muted."""
        self.undoable, self.redoable = undo_labels
        for listing in (self.day, *self._over_it):
            listing.papers_changed(action.papers)
        if action.kind in _OF_INTERESTS and not action.papers:
            self._refresh_interests()
            for listing in (self.day, *self._over_it):
                listing.all_changed()

    def reload(self) -> None:
        """Read everything again, as another machine or program may have written."""
        self.undoable, self.redoable = self._library.undo_labels()
        self._refresh_interests()
        for listing in (self.day, *self._over_it):
            listing.all_changed()

    def show_explanation(self, explanation: Explanation) -> None:
        """Show a complete explanation that just came, even if it could not be stored."""
        self._explained[explanation.paper_id] = explanation
        for listing in (self.day, *self._over_it):
            listing.papers_changed((explanation.paper_id,))

    def has_explanation(self, paper_id: str) -> bool:
        """Tell whether a paper at hand has a complete explanation."""
        for listing in (self.day, *self._over_it):
            place = listing.place_of(paper_id, -1)
            if place >= 0:
                return listing.rows[place].explanation is not None
        return paper_id in self._explained

    def _refresh_interests(self) -> None:
        self._known = self._library.following.all()
        self._interests = Interests(self._known, search_key)

    def followed(self, paper: Paper) -> tuple[str, ...]:
        """The followed authors and words of a paper, as the reader spells them."""
        return tuple(interest.text for interest in self._interests.followed(paper))

    def version_read(self, entry: Entry) -> Paper | None:
        """The version of a paper that was read, when a later one is shown."""
        version = entry.reading.version_read
        if version is None or version >= entry.paper.version:
            return None
        return self._library.mailings.paper(entry.paper.id, version)

    def places_of_words(self, text: str) -> Sequence[tuple[int, int]]:
        """Return where in a shown text the words of search and filter are."""
        words = self.current.sought_words
        return find_words(text, words) if words else ()
