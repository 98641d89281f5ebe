"""The reader as commands, tasks and dialogs see it: its list, page, field, status."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.content import Content

from tui_digest.core.listing import ChosenPapers, Listing
from tui_digest.core.services import Services
from tui_digest.entry import Action, Entry
from tui_digest.errors import LibraryError
from tui_digest.lists import PickedRow, Scope, StoredDigest, ViewOptions
from tui_digest.tui.keymap.context import CommandContext
from tui_digest.tui.keymap.keymap import Keymap, KeyPress
from tui_digest.tui.page.presenter import PagePresenter
from tui_digest.tui.page.wrap import fit
from tui_digest.tui.screen_handle import LibraryRetry, ScreenHandle, StatusLines
from tui_digest.tui.state import ReaderState
from tui_digest.tui.text import tex_line
from tui_digest.tui.theme.themes import add_sheet
from tui_digest.tui.widgets.footer import following_hints, offered_hints
from tui_digest.tui.widgets.header_text import header_parts
from tui_digest.tui.widgets.panes import Panes
from tui_digest.tui.widgets.paper_list import PaperList
from tui_digest.tui.widgets.paper_pane import PaperPane
from tui_digest.tui.widgets.reporting_screen import ReportingScreen

if TYPE_CHECKING:
    from tui_digest.core.step_words import StepWords
    from tui_digest.tui.library_writes import LibraryWrites
    from tui_digest.tui.widgets.field import Field


class Reader(ScreenHandle):
    """The screen with the list, the page, the field and the state of the reader.

    Attributes:
        state: what the reader is in.
        keymap: the commands by their keys.
        press: what the keys typed so far have come to.
        key_at: when the last key came, by the monotonic clock.
        pages: shows the page of the chosen paper.
        field: what is being written in; None when nothing is.
    """

    def __init__(
        self,
        screen: ReportingScreen[None],
        services: Services,
        state: ReaderState,
        keymap: Keymap,
        panes: Panes,
        status: StatusLines,
    ) -> None:
        super().__init__(screen, services, panes, status)
        self.state = state
        self.keymap = keymap
        self.press = KeyPress()
        self.key_at = 0.0
        retry_page = LibraryRetry(self, self.show_page)
        self.pages = PagePresenter(panes.paper, services, state, keymap, retry_page.start)
        self.field: Field | None = None
        self._open_paper = ""
        state.browsing.read_missing_with(self._read_missing)

    @cached_property
    def writes(self) -> LibraryWrites:
        """Writes decisions to the library, one after the other."""
        from tui_digest.core.decisions import DecisionWriter
        from tui_digest.tui.library_writes import LibraryWrites

        writer = DecisionWriter(lambda tell: self._screen.call_later(self.run_guarded, tell))
        self.papers.is_pending = lambda paper_id: writer.pending[paper_id] > 0
        return LibraryWrites(self, writer, self.state, self.show_list)

    # The list and the page

    @property
    def listing(self) -> Listing:
        """The list that is shown: the day's papers, the queue, or what a search found."""
        return self.state.listing

    @property
    def papers(self) -> PaperList:
        """The widget of the list."""
        return self.panes.papers

    @property
    def pane(self) -> PaperPane:
        """The widget of the page."""
        return self.panes.paper

    def targets(self, count: int | None = None) -> ChosenPapers:
        """Return the selected papers, else the chosen one, or `count` papers from it on."""
        cursor = self.papers.cursor
        if self.listing.selection(cursor).count:
            return self.listing.selected(cursor)
        return self.listing.slice(cursor, cursor + (count or 1))

    def open_day(self, digest: StoredDigest, *, below: bool = False) -> None:
        """Show a day's papers, the pick first, the cursor where it was last.

        Args:
            digest: the day.
            below: keep what is shown over the day; Esc leads to the day.
        """
        if self.state.digest is not None:
            self.writes.save_position()
        library = self.services.library
        self.state.digest = digest
        place = library.positions.paper(digest.date, self.state.digest_name) or ""
        picked = library.picks.stored(digest.scope, self.state.digest_name)
        browsing = self.state.browsing
        (browsing.set_day if below else browsing.open_day)(digest, picked, place)
        self._day_changed()

    def begin_digest(self, name: str) -> None:
        """Leave the day for another digest, of which none is shown yet.

        Raises:
            UsageError: there is no digest of that name.
        """
        self.writes.save_position()
        self.state.choose_digest(name)
        self.state.digest, self.state.problem = None, ""
        self.state.browsing.switch_digest(self.state.settings.reader)
        self.show_list()

    def update_day(self, digest: StoredDigest) -> None:
        """Show the same day as it is stored now; the cursor stays on its paper."""
        self.state.digest = digest
        picked = self.services.library.picks.stored(digest.scope, self.state.digest_name)
        self.state.browsing.update_day(digest, picked)
        self._day_changed()

    def _day_changed(self) -> None:
        self.show_list()
        if self.field is not None:
            self.run_guarded(self.field.rerun)

    def enter_list(
        self,
        title: str,
        scope: Scope,
        words: tuple[str, ...] = (),
        picked: Sequence[PickedRow] = (),
        offer: str = "",
    ) -> None:
        """Show other papers, picked first, and a line below them; Esc goes back."""
        self.state.browsing.enter(title, scope, words, picked).offer = offer
        self.show_list()

    def arrange(self, options: ViewOptions, shown: Callable[[], object] = lambda: None) -> None:
        """Arrange the list by other options, the cursor on its paper where still shown.

        Up to some thousand papers are arranged at once; more of them in a thread, and the options
        given last are the ones that are shown.

        Args:
            options: what is wanted of the papers.
            shown: called once they are shown.

        Raises:
            QueryError: the filter is wrong; the list is as it was.
        """
        listing = self.listing
        if not listing.is_large:
            listing.arrange(options)
            self.show_list()
            shown()
        else:
            self.run_in_background(lambda: self._arrange_aside(listing, options, shown), "arrange")

    async def _arrange_aside(
        self, listing: Listing, options: ViewOptions, shown: Callable[[], object]
    ) -> None:
        arranged = await asyncio.to_thread(listing.arranged, options)
        if listing is self.listing and self.is_open:
            listing.adopt(options, arranged)
            self.show_list()
            shown()

    def _read_missing(self, read: Callable[[], None]) -> None:
        """Read rows in a thread that could not be read at once, and draw them then."""

        async def read_aside() -> None:
            await asyncio.to_thread(read)
            if self.is_open:
                self.show_list()

        self.run_in_background(read_aside, "rows")

    def show_list(self) -> None:
        """Show the list after a change, the cursor on its paper or on its successor."""
        self._screen.draw_soon()
        listing = self.listing
        place = listing.count if listing.at_offer else listing.place_of(listing.place)
        self.papers.show(listing.rows, place, listing.parts, listing.offer)
        listing.at_offer = self.papers.at_offer
        if (chosen := self.papers.chosen) is not None:
            listing.place = chosen.paper.id
        self.panes.name_paper()
        self.papers.select(listing.selection(self.papers.cursor))
        self._set_empty(empty=self.state.browsing.in_day and not listing.total)
        self._screen.set_class(not listing.count and not listing.offer, "-none")
        self.show_page()
        self.refresh_status()
        if self.state.arxiv_hits:
            self.forget_hits()
        self.read_open_paper()

    def _set_empty(self, *, empty: bool) -> None:
        """Hide the list while there is no day; it gets its focus back afterwards."""
        before = self._screen.has_class("-empty")
        self._screen.set_class(empty, "-empty")
        if before and not empty and self.field is None:
            self.panes.focus_shown()

    def forget_hits(self, *, all_of_them: bool = False) -> None:
        """Remove arXiv results from the library once their list is left and unused."""
        state = self.state
        left = [
            opened for opened in state.arxiv_hits if all_of_them or not state.browsing.has(opened.listing)
        ]
        if not left:
            return
        state.arxiv_hits = [opened for opened in state.arxiv_hits if opened not in left]
        still_shown = {paper_id for opened in state.arxiv_hits for paper_id in opened.hits.ids}
        ids = [paper_id for opened in left for paper_id in opened.hits.ids if paper_id not in still_shown]
        search = self.services.arxiv_search()
        self.writes.writer.submit((), lambda: search.forget(ids), lambda outcome: None)

    def show_page(self) -> None:
        """Show the page of the chosen paper after a change of the paper or of the list."""
        self.pages.refresh(self.papers.chosen)

    def turn_to_chosen(self) -> bool:
        """Show the page of what the cursor is on; False if the cursor did not move.

        The paper before counts as read if it was scrolled. A key calls this itself: told by the
        list's message, the page would be drawn a frame after the list.
        """
        listing, chosen, left = self.listing, self.papers.chosen, self.pages.scrolled_entry
        at_offer = self.papers.at_offer
        if at_offer is listing.at_offer and (chosen is None or chosen.paper.id == listing.place):
            return False
        if at_offer is not listing.at_offer:
            listing.at_offer = at_offer
            self.panes.name_paper()
        if chosen is not None:
            listing.place = chosen.paper.id
        self.papers.select(listing.selection(self.papers.cursor))
        self.pages.turn_to(chosen)
        if left is not None:
            self.run_guarded(lambda: self.mark_read(left))
        self.refresh_header()
        return True

    def mark_read(self, entry: Entry) -> None:
        """Mark a paper read at the version shown, because it was; undo ignores it."""
        if not entry.reading.read:
            ids = [str(entry.paper.arxiv_id)]
            self.writes.perform(lambda: self.services.library.marks.mark_opened(ids), papers=[entry.paper.id])

    def read_open_paper(self) -> None:
        """Mark the paper shown at full width as read, once."""
        chosen = self.papers.chosen if self.panes.paper_open else None
        paper_id = chosen.paper.id if chosen is not None else ""
        if paper_id != self._open_paper:
            self._open_paper = paper_id
            if chosen is not None:
                self.run_guarded(lambda: self.mark_read(chosen))

    def words_of_steps(self, steps: Sequence[Action]) -> list[StepWords]:
        """Return what was done in each of some steps, single papers by their titles."""
        from tui_digest.core.step_words import words_of_steps

        return words_of_steps(self.services.library.lists, steps)

    def note_first_rows(self) -> None:
        """Note the papers around the place in the day: the next start shows them first."""
        day, rows = self.state.browsing.day, self._screen.size.height // self.papers.row_height + 1
        at = day.place_of(day.place)
        self.services.note_first_rows([entry.paper for entry in day.slice(at - rows, at + rows)])

    # What is being written

    def open_field(self, field: Field) -> None:
        """Show a field to write in; one that is open already is submitted first."""
        self.submit_field()
        self.field = field
        add_sheet(self.app, "field")
        self._screen.add_class("-writing")
        self.refresh_hints()
        self._screen.mount(field, before=self.status.footer)

    def submit_field(self) -> None:
        """Use what is being written and close the field.

        Raises:
            TuiDigestError: the text cannot be used; the field stays open.
        """
        if self.field is not None:
            self.field.submit(self.field.text)
            self.close_field()

    def close_field(self) -> None:
        """Close the field, and focus the pane that is shown."""
        field, self.field = self.field, None
        if field is not None:
            field.remove()
            self._screen.remove_class("-writing")
            self.refresh_hints()
            self.panes.focus_shown()

    def keep_field(self) -> None:
        """Store what is being written, as the reader is left and can show nothing."""
        if self.field is not None:
            self.field.keep()

    # What is told

    def notify_action(self, action: Action, before: str = "") -> None:
        """Show what was done; `before` is what became of it: `Undone`, `Redone`."""
        self.notify_content(self.action_content(action, before))

    def action_content(self, action: Action, before: str = "") -> Content:
        """Return a step on one line: a sentence, or words and its one paper's title."""
        (step,) = self.words_of_steps([action])
        if before:
            words = f"{before} ({step.done}): {step.title}" if step.title else f"{before}: {step.done}."
        else:
            words = step.done[:1].upper() + step.done[1:] + (f": {step.title}" if step.title else ".")
        content = tex_line(words, self.state.settings.reader.glyphs)
        return fit(content, self._screen.size.width - 2, self.papers.symbols.more)

    def show_progress(self, words: str) -> None:
        """Say in the header what is being done; empty when it is done."""
        self.state.progress = words
        if self.is_open:
            self.refresh_status()

    def refresh_status(self) -> None:
        """Bring header, banner and footer up to date."""
        self.refresh_header()
        digest = self.state.digest
        note = digest.completeness.note if digest is not None and self.state.judging != digest.date else ""
        self.status.banner.show((self.state.problem or note) if digest else "")
        self.refresh_hints()

    def refresh_header(self) -> None:
        """Say in the header which paper of which day this is."""
        parts = header_parts(self.state, self.papers.cursor, self.papers.symbols, self.services.now())
        self.status.header.show(parts)

    def refresh_hints(self) -> None:
        """Show in the footer what can be done now, or what may follow the typed keys."""
        context = self.command_context()
        hints = (
            (self.field.key_hints if self.field is not None else ())
            or following_hints(self.press, context)
            or offered_hints(self.keymap, context)
        )
        self.status.footer.show(hints, self.press.pending)

    def key(self, command_id: str) -> str:
        """Return the key of a command, as a sentence names it."""
        return self.keymap.name_of(command_id)

    def model_problem(self, problem: str) -> str:
        """Return why no model can be asked, with the key of the settings."""
        settings = self.keymap.label_of("settings")
        return f"{problem} The settings ({settings}) choose one too." if problem and settings else problem

    def command_context(self) -> CommandContext:
        """Return what is true now, as far as commands depend on it."""
        days, digest, listing, browsing = (
            self.services.days,
            self.state.digest,
            self.listing,
            self.state.browsing,
        )

        def has_newer() -> bool:
            return digest is not None and days.newer(digest.date) is not None

        return CommandContext(
            paper=self.papers.chosen is not None,
            papers=listing.count > 0,
            offer=self.papers.at_offer,
            undecided=partial(_yes_if_unknown, listing.has_undecided),
            online=not self.state.options.offline,
            fetching=bool(self.state.progress),
            older=digest is not None,
            newer=partial(_yes_if_unknown, has_newer),
            selected=listing.selection(self.papers.cursor).count,
            searching=bool(listing.search),
            model=self.model_problem(self.state.model_problem),
            undo=browsing.undoable,
            redo=browsing.redoable,
            in_text=self.panes.text is not None,
            in_paper=self.panes.paper_open or self.panes.paper_focused,
            in_day=browsing.in_day,
            in_parts=bool(listing.parts),
        )


def _yes_if_unknown(ask: Callable[[], bool]) -> bool:
    """Ask whether a command can be done; yes if the library cannot be read now.

    The command itself says why then.
    """
    try:
        return ask()
    except LibraryError:
        return True
