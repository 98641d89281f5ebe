"""What the reader went through: the day, on it the queue or a search, and what is followed and muted."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui_digest.core.listing import Listing, Wish
from tui_digest.core.services import Shelf
from tui_digest.entry import Entry, Explanation
from tui_digest.interests import Interest, InterestKind
from tui_digest.latex import search_key
from tui_digest.paper import Paper
from tui_digest.picking.interest_match import Interests
from tui_digest.settings import ReaderSettings


class Browsing:
    """The listings, the day's at the bottom; the last one is shown. It knows nothing of screens.

    Attributes:
        day: the listing of the day.
        undoable: what undo would take back, in words; empty when there is nothing.
        redoable: what redo would do again.
    """

    def __init__(self, shelf: Shelf, settings: ReaderSettings) -> None:
        """Take the library, and what the settings want to be shown at first."""
        self._shelf = shelf
        self.day = Listing(wish=Wish(kinds=frozenset(settings.show), sort=settings.sort), muted=self._muted)
        self._upon_it: list[Listing] = []
        self.undoable = self.redoable = ""
        self._known: tuple[Interest, ...] = ()
        self._interests = Interests((), search_key)
        self._refresh_standing()

    @property
    def current(self) -> Listing:
        """The listing that is shown."""
        return self._upon_it[-1] if self._upon_it else self.day

    @property
    def in_day(self) -> bool:
        """Whether the day is shown, and not something upon it."""
        return not self._upon_it

    def open_day(self, papers: Sequence[Paper], place: str) -> None:
        """Begin with another day, at a place; sort, announce types and filter stay as they are."""
        self._upon_it.clear()
        self._look_interests_up(papers)
        entries = self._shelf.entries(papers)
        self.day = Listing(entries=entries, wish=self.day.wish, muted=self._muted, place=place)

    def renew_day(self, papers: Sequence[Paper]) -> None:
        """Take over the same day's papers, fetched anew; what stands upon the day stays."""
        self._look_interests_up(papers)
        before = {entry.paper.id: entry for entry in self.day.entries}
        now = self._shelf.entries(papers)
        self.day.take([_with_explanation(before.get(entry.paper.id, entry), entry) for entry in now])

    def enter(self, title: str, entries: Sequence[Entry], words: tuple[str, ...] = ()) -> Listing:
        """Show other papers upon what is shown, all of them."""
        listing = Listing(
            entries=tuple(entries), title=title, words=words, wish=Wish(sort="pick", everything=True)
        )
        self._upon_it.append(listing)
        return listing

    def leave_for_day(self) -> None:
        """Go back to the day, whatever stands upon it."""
        self._upon_it.clear()

    def leave(self) -> None:
        """Go back to what was shown before."""
        if self._upon_it:
            self._upon_it.pop()

    def explained(self, explanation: Explanation) -> None:
        """Take over a complete explanation that has just come."""
        for listing in (self.day, *self._upon_it):
            listing.take(
                [
                    replace(entry, explanation=explanation)
                    if entry.paper.id == explanation.paper_id
                    else entry
                    for entry in listing.entries
                ]
            )

    def has_explanation(self, paper_id: str) -> bool:
        """Whether a paper at hand has a complete explanation."""
        return any(
            entry.explanation is not None
            for listing in (self.day, *self._upon_it)
            for entry in listing.entries
            if entry.paper.id == paper_id
        )

    def reload(self) -> None:
        """Take the papers over as the library has them now."""
        self._refresh_standing()
        for listing in (self.day, *self._upon_it):
            before = listing.entries
            now = self._shelf.entries([entry.paper for entry in before])
            listing.take([_with_explanation(*states) for states in zip(before, now, strict=True)])

    def _refresh_standing(self) -> None:
        self.undoable, self.redoable = self._shelf.standing()
        interests = self._shelf.interests()
        if interests != self._known:
            self._known = interests
            self._look_interests_up([entry.paper for entry in self.day.entries])

    def _look_interests_up(self, papers: Sequence[Paper]) -> None:
        """Find what is followed and muted in papers. Only words need texts, which the library has folded."""
        words = any(interest.kind is InterestKind.WORD for interest in self._known)
        self._interests = Interests(self._known, self._shelf.fold_known(papers) if words else search_key)

    def followed(self, paper: Paper) -> tuple[str, ...]:
        """The followed authors and words of a paper, as the reader spells them."""
        return tuple(interest.text for interest in self._interests.followed(paper))

    def version_read(self, entry: Entry) -> Paper | None:
        """The version of a paper that was read, when a later one is shown."""
        version = entry.reading.version_read
        if version is None or version >= entry.paper.version:
            return None
        return self._shelf.paper(entry.paper.id, version)

    def places_of_words(self, text: str) -> Sequence[tuple[int, int]]:
        """Where in a shown text the words of search and filter stand."""
        words = self.current.sought_words
        return self._shelf.where(text, words) if words else ()

    def _muted(self, entry: Entry) -> bool:
        return bool(self._interests.muted(entry.paper))


def _with_explanation(before: Entry, now: Entry) -> Entry:
    """The entry of now; an explanation that could not be kept on disk stays as long as one reads here."""
    return now if now.explanation else replace(now, explanation=before.explanation)
