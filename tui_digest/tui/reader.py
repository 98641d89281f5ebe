"""The reader for commands, tasks and dialogs: perform, notify, show, run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import msgspec
from textual.app import App
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from tui_digest.core.decisions import DecisionWriter, Outcome
from tui_digest.core.listing import ChosenPapers, Listing
from tui_digest.core.services import Services
from tui_digest.entry import Action, Entry
from tui_digest.errors import LibraryError, TuiDigestError
from tui_digest.lists import PickedRow, Scope, StoredDigest, ViewOptions
from tui_digest.text.sanitise import one_line
from tui_digest.tui.keymap.definitions import CommandContext
from tui_digest.tui.keymap.keymap import Keymap, KeyPress
from tui_digest.tui.page.presenter import PagePresenter
from tui_digest.tui.page.wrap import fit
from tui_digest.tui.state import ReaderState
from tui_digest.tui.text import plain_line, tex_line
from tui_digest.tui.theme.themes import add_sheet
from tui_digest.tui.widgets.footer import KeyFooter, following_hints, offered_hints
from tui_digest.tui.widgets.header import Banner, HeaderLine
from tui_digest.tui.widgets.header_text import header_parts
from tui_digest.tui.widgets.panes import Panes
from tui_digest.tui.widgets.paper_list import PaperList
from tui_digest.tui.widgets.paper_pane import PaperPane
from tui_digest.tui.widgets.reporting_screen import ReportingScreen

if TYPE_CHECKING:
    from tui_digest.core.step_words import StepWords
    from tui_digest.tui.widgets.field import Field

_Dialog = TypeVar("_Dialog")
_Result = TypeVar("_Result")


class StatusLines(msgspec.Struct, frozen=True):
    """The widgets around the panes."""

    header: HeaderLine
    banner: Banner
    footer: KeyFooter


RELOAD_DELAY_S = 0.5
"""Between two tries to read what changed while another program holds the library."""

PICK_DELAY_S = 3.0
"""After a decision, before the pick is computed again: until then the machine belongs to the keys."""

_OF_PICK = ("mark", "interest", "undo", "redo")


class CommandRequested(Message):
    """A command is to be run that no key asked for: the palette did."""

    def __init__(self, command_id: str) -> None:
        super().__init__()
        self.command_id = command_id


class Reader:
    """The reader as commands, tasks and dialogs see it.

    Attributes:
        services: the library, arXiv's days, models and the rest of the machine.
        state: what the reader is in.
        keymap: the commands by their keys.
        press: what the keys typed so far have come to.
        key_at: when the last key came, by the monotonic clock.
        panes: the list and the paper.
        status: header, banner and footer.
        pages: shows the page of the chosen paper.
        field: what is being written in; None when nothing is.
        writer: writes decisions to the library, one after the other.
        unwritten: what could not be written, in sentences, until a key says that they were seen; what
            is left is told once the terminal is free.
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
        self.services = services
        self.state = state
        self.keymap = keymap
        self.press = KeyPress()
        self.key_at = 0.0
        self.panes = panes
        self.status = status
        self.pages = PagePresenter(panes.paper, services, state, keymap, self._show_page_later)
        self.field: Field | None = None
        self.writer = DecisionWriter(lambda tell: screen.call_later(self.run_guarded, tell))
        self.unwritten: list[str] = []
        self._open_paper = ""
        self._page_is_due = False
        self._saved_position: tuple[str, date, str] | None = None
        self._screen = screen
        papers = panes.papers
        papers.is_pending = lambda paper_id: self.writer.pending[paper_id] > 0
        state.browsing.read_missing_with(self._read_missing)

    @property
    def app(self) -> App[object]:
        """Textual's application: dialogs, themes, the terminal."""
        return self._screen.app

    @property
    def is_open(self) -> bool:
        """Whether there is something to show on; background work may outlive it."""
        status = self.status
        widgets = (status.header, status.banner, self.papers, self.pane, status.footer)
        return all(widget.is_attached for widget in widgets)

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
        self.save_position()
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
        self.save_position()
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
        self._set_empty(self.state.browsing.in_day and not listing.total)
        self._screen.set_class(not listing.count and not listing.offer, "-none")
        self.show_page()
        self.refresh_status()
        if self.state.arxiv_hits:
            self.forget_hits()
        self.read_open_paper()

    def _set_empty(self, empty: bool) -> None:
        """Hide the list while there is no day; it gets its focus back afterwards."""
        before = self._screen.has_class("-empty")
        self._screen.set_class(empty, "-empty")
        if before and not empty and self.field is None:
            self.panes.focus_shown()

    def forget_hits(self, *, all_of_them: bool = False) -> None:
        """Remove arXiv results from the library once their list is left and unused."""
        state = self.state
        left = [each for each in state.arxiv_hits if all_of_them or not state.browsing.has(each.listing)]
        if not left:
            return
        state.arxiv_hits = [each for each in state.arxiv_hits if each not in left]
        still_shown = {paper_id for each in state.arxiv_hits for paper_id in each.hits.ids}
        ids = [paper_id for each in left for paper_id in each.hits.ids if paper_id not in still_shown]
        search = self.services.arxiv_search()
        self.writer.submit((), lambda: search.forget(ids), lambda outcome: None)

    def show_page(self) -> None:
        """Show the page of the chosen paper after a change of the paper or of the list."""
        self.pages.refresh(self.papers.chosen)

    def _show_page_later(self) -> None:
        """Show the chosen page again once another program may have let go of the library."""

        def show() -> None:
            self._page_is_due = False
            if self.is_open:
                self.show_page()

        if not self._page_is_due:
            self._page_is_due = True
            self.set_timer(RELOAD_DELAY_S, show)

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
            self.perform(lambda: self.services.library.marks.mark_opened(ids), papers=[entry.paper.id])

    def read_open_paper(self) -> None:
        """Mark the paper that has come to be shown at full width as read, once."""
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

    def save_position(self) -> None:
        """Write to disk at which paper of the day the cursor is."""
        digest, place = self.state.digest, self.state.browsing.day.place
        name = self.state.digest_name
        if digest is None or not place or (name, digest.date, place) == self._saved_position:
            return
        day = digest.date
        self._saved_position = (name, day, place)

        def on_written(outcome: Outcome[None]) -> None:
            if outcome.error is not None:
                self._saved_position = None
                self._tell_unwritten("the position in the list", outcome.error)

        self.writer.submit((), lambda: self.services.library.positions.remember(day, place, name), on_written)

    def save_digest_choice(self) -> None:
        """Write to disk which digest is shown: the next start opens it."""
        name = self.state.digest_name

        def on_written(outcome: Outcome[None]) -> None:
            if outcome.error is not None:
                self._tell_unwritten("the choice of the digest", outcome.error)

        self.writer.submit((), lambda: self.services.library.positions.remember_digest(name), on_written)

    def note_first_rows(self) -> None:
        """Note the papers around the place in the day: the next start shows them first."""
        day, rows = self.state.browsing.day, self._screen.size.height // self.papers.row_height + 1
        at = day.place_of(day.place)
        self.services.note_first_rows([entry.paper for entry in day.slice(at - rows, at + rows)])

    # What is done, now or in the background

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
        at_once: list[Exception] = []
        waited = False
        history, listing = self.services.library.history, self.listing

        def written() -> tuple[Action | None, tuple[str, str]]:
            action = act()
            return action, history.undo_labels() if action is not None else ("", "")

        def on_done(outcome: Outcome[tuple[Action | None, tuple[str, str]]]) -> None:
            if outcome.result is None:
                error = outcome.error or TuiDigestError("It was not done.")
                if not waited:
                    at_once.append(error)
                    return
                self._tell_unwritten(self._titles(papers, listing), error)
                if self.is_open:
                    self.show_list()
                return
            if not waited:
                listing.clear_selection()
            action, undo_labels = outcome.result
            if action is not None or waited:
                self._show_written(action, undo_labels)
            if self.is_open and waited:
                self.run_guarded(lambda: told(action))
            elif self.is_open:
                told(action)

        if not self.writer.submit(papers, written, on_done):
            waited = True
            listing.clear_selection()
            self.show_list()
        if at_once:
            raise at_once[0]

    def _show_written(self, action: Action | None, undo_labels: tuple[str, str]) -> None:
        """Show the library after an action that is on disk; None: it changed nothing."""
        try:
            if action is not None:
                self.state.browsing.update_changed(action, undo_labels)
            if self.is_open:
                self.show_list()
        except LibraryError:
            self._reload_later()
        if self.is_open and action is not None and action.kind in _OF_PICK:
            self.update_pick()

    def write(self, what: str, act: Callable[[], object]) -> None:
        """Write to the library after earlier decisions; a failure is told.

        Args:
            what: what is written, in words.
            act: writes it; run by the writer's thread.
        """

        def on_written(outcome: Outcome[object]) -> None:
            if outcome.error is not None:
                self._tell_unwritten(what, outcome.error)

        self.writer.submit((), act, on_written)

    def _reload_later(self) -> None:
        """Show what is on disk as soon as another program lets the library be read again."""

        def reload() -> None:
            if self.is_open:
                try:
                    self.state.browsing.reload()
                    self.show_list()
                except LibraryError:
                    self._reload_later()

        if self.is_open:
            self.set_timer(RELOAD_DELAY_S, reload)

    def update_pick(self, delay: float = PICK_DELAY_S) -> None:
        """Update the day's stored pick after a while; it is shown when the day is opened."""

        async def update() -> None:
            await asyncio.sleep(delay)
            digest, picks = self.state.digest, self.services.library.picks
            if digest is not None:
                with suppress(LibraryError):  # another program holds the library: the next time will do
                    name, rules = self.state.digest_name, self.state.settings.pick
                    await asyncio.to_thread(picks.update, digest.scope, name, rules)

        self.run_in_background(update, "pick")

    def _titles(self, papers: Sequence[str], listing: Listing) -> str:
        """Name papers by the title of the first, which as a rule was read for a list.

        Whoever holds the library up would hold up this too.
        """
        if not papers:
            return "the last decision"
        lists = self.services.library.lists
        rows = [entry for entry in listing.rows.entries_read().values() if entry.paper.id == papers[0]]
        with suppress(LibraryError):
            rows = rows or [*lists.rows(lists.papers(papers[:1]), range(1))]
        title = one_line(rows[0].paper.title) if rows else papers[0]
        return f"\u201c{title}\u201d" + (f" and {len(papers) - 1} more" if len(papers) > 1 else "")

    def _tell_unwritten(self, what: str, error: Exception) -> None:
        """Say that a change is not on disk: in the footer and, unless seen, at the end."""
        sentence = f"Not written: {what}. {self.describe_error(error)}"
        self.unwritten.append(sentence)
        if self.is_open:
            self.notify(sentence, warning=True)

    def run_guarded(self, act: Callable[[], object]) -> None:
        """Run something, and notify when it fails; the rest of the reader goes on."""
        try:
            act()
        except Exception as error:
            self.notify(self.describe_error(error), warning=True)

    def describe_error(self, error: Exception) -> str:
        """Return the sentence for an error; a fault of the program is also logged."""
        return str(error) if isinstance(error, TuiDigestError) else self.services.report(error)

    def run_in_background(self, work: Callable[[], Coroutine[None, None, None]], group: str) -> None:
        """Run a coroutine in the background; a later one of the same group cancels it.

        When it fails, that is told in the footer, and the rest of the reader goes on.
        """

        async def guarded() -> None:
            try:
                await work()
            except Exception as error:
                sentence = self.describe_error(error)
                if self.is_open:
                    self.notify(sentence, warning=True)

        # Textual's union of what a worker may be leaves mypy no type of result to choose.
        self._screen.run_worker(guarded, group=group, exclusive=True)  # type: ignore[arg-type]

    def is_running(self, group: str) -> bool:
        """Tell whether background work of this group is under way."""
        return any(worker.group == group and not worker.is_finished for worker in self._screen.workers)

    def cancel(self, group: str) -> None:
        """Cancel the background work of this group."""
        self._screen.workers.cancel_group(self._screen, group)

    def set_timer(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Run something once after `seconds`; a failure is told in the footer."""
        return self._screen.set_timer(seconds, lambda: self.run_guarded(act))

    def request_command(self, command_id: str) -> None:
        """Run a command as if its key had been pressed."""
        self._screen.post_message(CommandRequested(command_id))

    def open_dialog(
        self, dialog: Screen[_Result], then: Callable[[_Result | None], object] | None = None
    ) -> None:
        """Open a dialog over the reader; `then` gets its result, None if it has none.

        What fails in `then` is told in the footer.
        """

        def guarded(result: _Result | None) -> None:
            if then is not None:
                self.run_guarded(lambda: then(result))

        self.app.push_screen(dialog, guarded)

    def find_dialog(self, kind: type[_Dialog]) -> _Dialog | None:
        """Return the open dialog of this class, if there is one."""
        return next((screen for screen in self.app.screen_stack if isinstance(screen, kind)), None)

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

    def notify(self, words: str, warning: bool = False) -> None:
        """Show a message in the footer until the next key."""
        self.notify_content(plain_line(words), warning)

    def notify_on_top(self, words: str, warning: bool = False) -> None:
        """Show a message in the footer, and where a dialog is over it in the dialog."""
        self.notify(words, warning)
        if self.app.screen is not self._screen:
            self.app.notify(words, severity="warning" if warning else "information", markup=False)

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

    def notify_content(self, content: Content, warning: bool = False) -> None:
        """Show a message that is already Content."""
        # A class of the footer: one of the screen would have every widget's styles looked up again.
        self.status.footer.add_class("-saying")
        self.status.footer.show_message(content, warning)

    def clear_message(self) -> None:
        """Clear the message."""
        self.status.footer.remove_class("-saying")
        self.status.footer.clear_message()

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

        def has_day(step: Callable[[date], date | None]) -> Callable[[], bool]:
            return partial(_yes_if_unknown, lambda: digest is not None and step(digest.date) is not None)

        return CommandContext(
            paper=self.papers.chosen is not None,
            papers=listing.count > 0,
            offer=self.papers.at_offer,
            undecided=partial(_yes_if_unknown, listing.has_undecided),
            online=not self.state.options.offline,
            fetching=bool(self.state.progress),
            older=has_day(days.older),
            newer=has_day(days.newer),
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
