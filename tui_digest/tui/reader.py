"""What commands, tasks and dialogs work with: perform, notify, show, run in the background."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TypeVar

from textual.app import App
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from tui_digest.core.listing import Listing
from tui_digest.core.services import Services
from tui_digest.entry import Action, Entry
from tui_digest.errors import TuiDigestError
from tui_digest.paper import Digest
from tui_digest.tui.keymap.definitions import CommandContext
from tui_digest.tui.keymap.keymap import Keymap, KeyPress
from tui_digest.tui.page.presenter import PagePresenter
from tui_digest.tui.state import ReaderState
from tui_digest.tui.text import plain_line
from tui_digest.tui.theme.symbols import symbol_set
from tui_digest.tui.widgets.field import Field
from tui_digest.tui.widgets.footer import KeyFooter, following_hints, offered_hints
from tui_digest.tui.widgets.header import Banner, HeaderLine
from tui_digest.tui.widgets.header_text import header_parts
from tui_digest.tui.widgets.panes import Panes
from tui_digest.tui.widgets.paper_list import PaperList
from tui_digest.tui.widgets.paper_pane import PaperPane

Dialog = TypeVar("Dialog")
Result = TypeVar("Result")


@dataclass(frozen=True)
class StatusLines:
    """The widgets around the panes."""

    header: HeaderLine
    banner: Banner
    footer: KeyFooter


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
        panes: the list and the paper.
        status: header, banner and footer.
        pages: shows the page of the chosen paper.
        field: what is being written in; None when nothing is.
    """

    def __init__(
        self,
        screen: Screen[None],
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
        self.panes = panes
        self.status = status
        self.pages = PagePresenter(panes.paper, services, state, unfold_key=keymap.label_of("all_authors"))
        self.field: Field | None = None
        self._screen = screen

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

    def targets(self, count: int | None = None) -> Sequence[Entry]:
        """Return the selected papers, else the chosen one, or `count` papers from it on."""
        cursor = self.papers.cursor
        if selected := self.listing.selection(cursor):
            return self.listing.where(lambda entry: entry.paper.id in selected)
        return self.listing.slice(cursor, cursor + (count or 1))

    def open_day(self, digest: Digest) -> None:
        """Show a day's papers, the cursor where it was when the day was left."""
        self.save_position()
        self.state.digest = digest
        place = self.services.shelf.place(digest.date)
        self.state.browsing.open_day(digest.papers, place)
        self.state.touched = bool(place)
        self._day_changed()

    def update_day(self, digest: Digest) -> None:
        """Show the same day's papers as they were fetched now; the cursor stays on its paper."""
        self.state.digest = digest
        self.state.browsing.renew_day(digest.papers)
        self._day_changed()

    def _day_changed(self) -> None:
        self.show_list()
        if self.field is not None:
            self.run_guarded(self.field.rerun)

    def enter_list(self, title: str, entries: Sequence[Entry], words: tuple[str, ...] = ()) -> None:
        """Show other papers; Esc leads back to the ones shown now."""
        self.state.browsing.enter(title, entries, words)
        self.show_list()

    def show_list(self) -> None:
        """Show the list after a change, the cursor on its paper or on the one that took its place."""
        listing = self.listing
        self.papers.show(listing.rows, listing.place_of(listing.place))
        if (chosen := self.papers.chosen) is not None:
            listing.place = chosen.paper.id
        self.papers.select(listing.selection(self.papers.cursor))
        self._screen.set_class(self.state.browsing.in_day and not listing.entries, "-empty")
        self._screen.set_class(not listing.count, "-none")
        self.show_page()
        self.refresh_status()

    def show_page(self) -> None:
        """Show the page of the chosen paper after a change of the paper or of the list."""
        self.pages.refresh(self.papers.chosen)

    def turn_to_chosen(self) -> bool:
        """Show the page of the paper that the cursor has come to; False when it did not move.

        The paper before counts as read if it was scrolled. A key calls this itself: told by the
        list's message, the page would be drawn a frame after the list.
        """
        listing, chosen, left = self.listing, self.papers.chosen, self.pages.scrolled_entry
        if chosen is None or chosen.paper.id == listing.place:
            return False
        listing.place = chosen.paper.id
        self.papers.select(listing.selection(self.papers.cursor))
        self.pages.turn_to(chosen)
        if left is not None:
            self.run_guarded(lambda: self.mark_read(left))
        self.refresh_header()
        return True

    def mark_read(self, entry: Entry) -> None:
        """Mark a paper as read at the version shown, unless it is already."""
        if not entry.reading.read:
            ids = [str(entry.paper.arxiv_id)]
            self.perform(lambda: self.services.shelf.set_read(ids, True))

    def save_position(self) -> None:
        """Write to disk at which paper of the day the cursor is."""
        digest, place = self.state.digest, self.state.browsing.day.place
        if digest is not None and place:
            self.services.shelf.remember(digest.date, place)

    def change_setting(self, name: str, value: object) -> None:
        """Change a setting for this session, by its dotted name in config.toml, and draw by it."""
        self.state.change_setting(name, value)
        settings = self.state.settings.reader
        self.papers.symbols = self.pane.symbols = symbol_set(settings.signs)
        self.papers.glyphs = settings.glyphs
        if settings.theme in self.app.available_themes:
            self.app.theme = settings.theme
        self.papers.style_changed()
        self.show_list()

    # What is done, now or in the background

    def perform(self, act: Callable[[], Action | None]) -> Action | None:
        """Change the library and show the change once it is on disk; None when nothing changed.

        Raises:
            TuiDigestError: it was not done.
        """
        action = act()
        if action is not None:
            self.listing.clear_selection()
            self.state.browsing.reload()
            self.show_list()
        return action

    def run_guarded(self, act: Callable[[], object]) -> None:
        """Run something, and notify when it fails; the rest of the reader goes on."""
        try:
            act()
        except Exception as error:
            self.notify(self.describe_error(error), warning=True)

    def describe_error(self, error: Exception) -> str:
        """Return the sentence to tell; an error that is a fault of the program is written down too."""
        return str(error) if isinstance(error, TuiDigestError) else self.services.report(error)

    def run_in_background(self, work: Callable[[], Coroutine[None, None, None]], group: str) -> None:
        """Run a coroutine while keys are answered; a later one of the same group cancels it.

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
        """Whether background work of this group is under way."""
        return any(worker.group == group and not worker.is_finished for worker in self._screen.workers)

    def cancel(self, group: str) -> None:
        """Cancel the background work of this group."""
        self._screen.workers.cancel_group(self._screen, group)

    def set_timer(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Run something once after `seconds`; a failure is told in the footer."""
        return self._screen.set_timer(seconds, lambda: self.run_guarded(act))

    def request_command(self, command_id: str) -> None:
        """Have a command run as if its key had been pressed."""
        self._screen.post_message(CommandRequested(command_id))

    def open_dialog(
        self, dialog: Screen[Result], then: Callable[[Result | None], object] | None = None
    ) -> None:
        """Open a dialog over the reader; `then` is given its result, None when it has none.

        What fails in `then` is told in the footer.
        """

        def guarded(result: Result | None) -> None:
            if then is not None:
                self.run_guarded(lambda: then(result))

        self.app.push_screen(dialog, guarded)

    def find_dialog(self, kind: type[Dialog]) -> Dialog | None:
        """Return the open dialog of this class, if there is one."""
        return next((screen for screen in self.app.screen_stack if isinstance(screen, kind)), None)

    # What is being written

    def open_field(self, field: Field) -> None:
        """Show a field to write in; what is being written in another one is submitted first."""
        self.submit_field()
        self.field = field
        self._screen.add_class("-writing")
        self.refresh_hints()
        self._screen.mount(field, before=self.status.footer)

    def submit_field(self, text: str | None = None) -> None:
        """Use what is being written and close the field.

        Args:
            text: what was in the field when it was submitted; None: what is in it now.

        Raises:
            TuiDigestError: the text cannot be used; the field stays open.
        """
        if self.field is not None:
            self.field.submit(self.field.text if text is None else text)
            self.close_field()

    def close_field(self) -> None:
        """Take the field away, and give the focus back to the pane that is shown."""
        field, self.field = self.field, None
        if field is not None:
            field.remove()
            self._screen.remove_class("-writing")
            self.refresh_hints()
            self.panes.focus_shown()

    def keep_field(self) -> None:
        """Keep what is being written: the reader is left, and nothing can be shown any more."""
        if self.field is not None:
            self.field.keep()

    # What is told

    def notify(self, words: str, warning: bool = False) -> None:
        """Show a message in the footer until the next key."""
        self.notify_content(plain_line(words), warning)

    def notify_content(self, content: Content, warning: bool = False) -> None:
        """Show a message that is already Content."""
        self._screen.add_class("-saying")
        self.status.footer.show_message(content, warning)

    def clear_message(self) -> None:
        """Take the message away."""
        self._screen.remove_class("-saying")
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
        self.status.banner.show((self.state.problem or digest.completeness.note) if digest else "")
        self.refresh_hints()

    def refresh_header(self) -> None:
        """Say in the header which paper of which day this is."""
        parts = header_parts(self.state, self.papers.cursor, self.papers.symbols, self.services.now())
        self.status.header.show(parts)

    def refresh_hints(self) -> None:
        """Offer in the footer what can be done now, or what may follow the keys typed so far."""
        context = self.command_context()
        hints = (
            (self.field.key_hints if self.field is not None else ())
            or following_hints(self.press, context)
            or offered_hints(self.keymap, context)
        )
        self.status.footer.show(hints, self.press.pending)

    def command_context(self) -> CommandContext:
        """Return what is true now, as far as commands depend on it."""
        days, digest, listing, browsing = (
            self.services.days,
            self.state.digest,
            self.listing,
            self.state.browsing,
        )
        return CommandContext(
            paper=self.papers.chosen is not None,
            papers=listing.count > 0,
            undecided=lambda: bool(listing.where(lambda entry: entry.reading.mark is None)),
            online=not self.state.options.offline,
            fetching=bool(self.state.progress),
            older=lambda: digest is not None and days.older(digest.date) is not None,
            newer=lambda: digest is not None and days.newer(digest.date) is not None,
            selected=len(listing.selection(self.papers.cursor)),
            searching=listing.search is not None,
            model=self.state.model_problem,
            undo=browsing.undoable,
            redo=browsing.redoable,
            in_text=self.panes.text is not None,
        )
