"""The library as the reader uses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from tui_digest.core.listing import Question
from tui_digest.entry import Action, Entry, Found, Mark, StoredDay
from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.latex import search_key
from tui_digest.library.library import Library
from tui_digest.lists import Scope
from tui_digest.paper import Paper
from tui_digest.text.words import Fold

if TYPE_CHECKING:
    from tui_digest.library.query.match import Matcher

_MOST_FOUND = 200
_AT_ONCE = 200
"""Of so many papers the texts are read again at once: those of a whole day would double its memory."""

_fold_word = lru_cache(8192)(search_key)
"""The folding with a memory of words: while one types, those of a page are asked for at each letter."""


class LibraryShelf:
    """What the reader asks of the library, and the pick.

    Args:
        library: the open library.
        categories: those of the digest.
        picked: gives the papers of a list to put first, with their reasons.
    """

    def __init__(
        self,
        library: Library,
        categories: Sequence[str],
        picked: Callable[[Scope], tuple[Entry, ...]],
    ) -> None:
        self._library = library
        self._categories = tuple(categories)
        self._picked = picked

    @cached_property
    def _matcher(self) -> Matcher:
        from tui_digest.library.query.match import Matcher

        return Matcher(search_key)

    def entries(self, papers: Sequence[Paper]) -> tuple[Entry, ...]:
        """The papers with what the reader made of them."""
        return self._library.entries(papers)

    def queue(self) -> tuple[Entry, ...]:
        """All papers marked to read, over all days, the one marked first at the head."""
        return self._library.marked()

    def days(self) -> tuple[StoredDay, ...]:
        """The stored days with what is left to do in each, newest first."""
        return self._library.mailings.days(self._categories)

    def paper(self, paper_id: str, version: int | None = None) -> Paper | None:
        """A stored paper at a version (None: the newest known)."""
        return self._library.mailings.paper(paper_id, version)

    def mark(self, ids: Sequence[str], mark: Mark | None) -> Action | None:
        """Mark papers, or take their marks off."""
        return self._library.marks.mark(ids, mark)

    def set_read(self, ids: Sequence[str], read: bool) -> Action | None:
        """Mark papers as read or unread."""
        return self._library.marks.set_read(ids, read)

    def write_note(self, paper_id: str, text: str) -> Action | None:
        """Write a paper's note in place of the one before."""
        return self._library.marks.note(paper_id, text)

    def set_interest(self, kind: InterestKind, text: str, stance: Stance | None) -> Action | None:
        """Follow or mute an author, a word or a category; with None neither."""
        return self._library.following.set(kind, text, stance)

    def interests(self) -> tuple[Interest, ...]:
        """Everything that is followed or muted."""
        return self._library.following.all()

    def fold_known(self, papers: Sequence[Paper]) -> Fold:
        """The folding of the library, quick for the titles and abstracts of these stored papers."""
        return self._library.fold_known(papers)

    def tend(self) -> int:
        """Index anew some papers that another version of the program indexed; 0 when all are done."""
        return self._library.search.refresh()

    def undo(self) -> Action | None:
        """Take back the last action that stands."""
        return self._library.history.undo()

    def redo(self) -> Action | None:
        """Do again what was undone last."""
        return self._library.history.redo()

    def standing(self) -> tuple[str, str]:
        """What undo and redo would take now, in words."""
        return self._library.history.standing()

    def history(self, limit: int) -> tuple[Action, ...]:
        """The last steps, newest first."""
        return self._library.history.recent(limit)

    def question(self, query: str, *, typing: bool = False) -> Question:
        """A query, ready to be asked of entries."""
        from tui_digest.library.query.parser import parse, shown_words

        node = parse(query, search_key, typing=typing)
        return Question(self._matcher.test(node), shown_words(node))

    def where(self, text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
        """Where in a shown text the folded words of a question stand."""
        from tui_digest.library.query.match import find_words

        return find_words(text, words, _fold_word)

    def search(self, query: str, *, typing: bool = False) -> Found:
        """What a query finds in the whole library."""
        return self._library.search.find(query, limit=_MOST_FOUND, typing=typing)

    def filters(self) -> dict[str, str]:
        """The saved filters: queries by name."""
        return self._library.filters.all()

    def save_filter(self, name: str, query: str) -> Action | None:
        """Keep a query under a name."""
        return self._library.filters.save(name, query)

    def delete_filter(self, name: str) -> Action | None:
        """Forget a saved filter."""
        return self._library.filters.delete(name)

    def pick(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The papers to put first, with their reasons; all are made ready for filters on the way."""
        for start in range(0, len(entries), _AT_ONCE):
            some = entries[start : start + _AT_ONCE]
            self._matcher.prepare(some, self._library.fold_known([entry.paper for entry in some]))
        return self._picked(self._library.lists.papers(entry.paper.id for entry in entries))

    def remember(self, day: date, paper_id: str) -> None:
        """Remember where in a day the reader is."""
        self._library.positions.remember(day, paper_id)

    def place(self, day: date) -> str:
        """The id of the paper at which the reader was in a day."""
        return self._library.positions.paper(day) or ""
