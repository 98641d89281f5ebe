"""Writes to the library: queued, shown once on disk, told of when they fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from tui_digest.core.decisions import DecisionWriter, Outcome
from tui_digest.core.listing import Listing
from tui_digest.entry import Action
from tui_digest.errors import LibraryError, TuiDigestError
from tui_digest.text.sanitise import one_line
from tui_digest.tui.screen_handle import LibraryRetry, ScreenHandle
from tui_digest.tui.state import ReaderState

PICK_DELAY_S = 3.0
"""After a decision, before the pick is computed again: until then the machine belongs to the keys."""

_OF_PICK = ("mark", "interest", "undo", "redo")


class _Written(NamedTuple):
    """A change on disk (None: nothing changed), and the labels of undo and redo."""

    action: Action | None
    undo_labels: tuple[str, str]


class Unwritten(NamedTuple):
    """A change that is not on disk, and why.

    Attributes:
        what: the change, in words; empty when the reason says it.
        reason: a sentence.
    """

    what: str
    reason: str


class LibraryWrites:
    """What the reader writes to the library, in the order in which it was asked for.

    Args:
        handle: the screen on which it is shown or told.
        writer: writes one after the other, in a thread of its own.
        state: what the reader is in.
        show_list: draws the list after a change.

    Attributes:
        writer: the same.
        unwritten: what could not be written, until a key says that it was seen; what is left is told once
            the terminal is free.
    """

    def __init__(
        self,
        handle: ScreenHandle,
        writer: DecisionWriter,
        state: ReaderState,
        show_list: Callable[[], object],
    ) -> None:
        self.writer = writer
        self.unwritten: list[Unwritten] = []
        self._handle = handle
        self._library = handle.services.library
        self._state = state
        self._show_list = show_list
        self._reload = LibraryRetry(handle, self._reload_list)
        self._saved_position: tuple[str, date, str] | None = None

    def perform(
        self,
        act: Callable[[], Action | None],
        told: Callable[[Action | None], object] = lambda action: None,
        papers: Sequence[str] = (),
    ) -> None:
        """Change the library in the writer's thread, and show it once it is on disk.

        As a rule that is at once. Else the papers are shown as pending; when it fails then, it is told
        of which papers.

        Args:
            act: what changes the library; run by the writer's thread.
            told: called once it is on disk, with the action (None: nothing changed).
            papers: the ids of the papers that it is about.

        Raises:
            TuiDigestError: it was tried at once and not done.
        """
        failed_at_once: list[Exception] = []
        waited = False
        library, listing = self._library, self._state.listing

        def write() -> _Written:
            action = act()
            return _Written(action, library.undo_labels() if action is not None else ("", ""))

        def on_done(outcome: Outcome[_Written]) -> None:
            if outcome.result is not None:
                if not waited:
                    listing.clear_selection()
                self._show_written(outcome.result, told, waited=waited)
                return
            error = outcome.error or TuiDigestError("It was not done.")
            if waited:
                self._tell_unwritten(self._titles(papers, listing), error)
                self._show_if_open()
            else:
                failed_at_once.append(error)

        if not self.writer.submit(papers, write, on_done):
            waited = True
            listing.clear_selection()
            self._show_list()
        if failed_at_once:
            raise failed_at_once[0]

    def submit(
        self, what: str, act: Callable[[], object], failed: Callable[[], object] = lambda: None
    ) -> None:
        """Write what is no decision after those before it; a failure is told.

        Args:
            what: what is written, in words.
            act: writes it; run by the writer's thread.
            failed: called before a failure is told.
        """

        def on_written(outcome: Outcome[object]) -> None:
            if outcome.error is not None:
                failed()
                self._tell_unwritten(what, outcome.error)

        self.writer.submit((), act, on_written)

    def save_position(self) -> None:
        """Write to disk at which paper of the day the cursor is."""
        state, positions = self._state, self._library.positions
        digest, place, name = state.digest, state.browsing.day.place, state.digest_name
        if digest is None or not place or (name, digest.date, place) == self._saved_position:
            return
        day = digest.date
        self._saved_position = (name, day, place)

        def forget() -> None:
            self._saved_position = None

        self.submit("the position in the list", lambda: positions.remember(day, place, name), forget)

    def save_digest_choice(self) -> None:
        """Write to disk which digest is shown: the next start opens it."""
        name, positions = self._state.digest_name, self._library.positions
        self.submit("the choice of the digest", lambda: positions.remember_digest(name))

    def update_pick(self, delay: float = PICK_DELAY_S) -> None:
        """Update the day's stored pick after a while; it is shown when the day is opened."""

        async def update() -> None:
            await asyncio.sleep(delay)
            digest, picks = self._state.digest, self._library.picks
            if digest is not None:
                with suppress(LibraryError):  # another program holds the library: the next time will do
                    name, rules = self._state.digest_name, self._state.settings.pick
                    await asyncio.to_thread(picks.update, digest.scope, name, rules)

        self._handle.run_in_background(update, "pick")

    def _show_written(
        self, written: _Written, told: Callable[[Action | None], object], *, waited: bool
    ) -> None:
        """Show the library after a change that is on disk, and tell of it.

        What was shown as pending is drawn again also where nothing changed.
        """
        action = written.action
        try:
            if action is not None:
                self._state.browsing.update_changed(action, written.undo_labels)
            if action is not None or waited:
                self._show_if_open()
        except LibraryError:
            self._reload.start()
        if not self._handle.is_open:
            return
        if action is not None and action.kind in _OF_PICK:
            self.update_pick()
        if waited:
            self._handle.run_guarded(lambda: told(action))
        else:
            told(action)

    def _show_if_open(self) -> None:
        if self._handle.is_open:
            self._show_list()

    def _reload_list(self) -> None:
        self._state.browsing.reload()
        self._show_list()

    def _titles(self, papers: Sequence[str], listing: Listing) -> str:
        """Name papers by the title of the first, which as a rule was read for a list.

        Whoever holds the library up would hold up this too.
        """
        if not papers:
            return "the last decision"
        lists = self._library.lists
        rows = [entry for entry in listing.rows.entries_read().values() if entry.paper.id == papers[0]]
        with suppress(LibraryError):
            rows = rows or [*lists.rows(lists.papers(papers[:1]), range(1))]
        title = one_line(rows[0].paper.title) if rows else papers[0]
        return f"\u201c{title}\u201d" + (f" and {len(papers) - 1} more" if len(papers) > 1 else "")

    def _tell_unwritten(self, what: str, error: Exception) -> None:
        """Say that a change is not on disk: in the footer and, unless seen, at the end."""
        unwritten = Unwritten(what, self._handle.describe_error(error))
        self.unwritten.append(unwritten)
        if self._handle.is_open:
            self._handle.notify(_words([unwritten]), warning=True)

    def words_of_unwritten(self) -> str:
        """Return what was not written, a line for each reason; empty if nothing was."""
        return _words(self.unwritten)


def _words(unwritten: Sequence[Unwritten]) -> str:
    by_reason: dict[str, list[str]] = {}
    for each in unwritten:
        by_reason.setdefault(each.reason, []).append(each.what)
    lines = []
    for reason, changes in by_reason.items():
        what = "; ".join(filter(None, changes))
        lines.append(f"Not written: {what}. {reason}" if what else reason)
    return "\n".join(lines)
