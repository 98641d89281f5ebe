"""The reader's main screen: papers as a list, and beside it the paper."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Size

from tui_digest.core.navigation import Browsing
from tui_digest.core.services import Services
from tui_digest.errors import TuiDigestError
from tui_digest.lists import StoredDigest
from tui_digest.paper import ArxivId
from tui_digest.settings import Settings, digest_settings
from tui_digest.tui.dispatch import Dispatcher
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.prompts import FieldKeys, take_key
from tui_digest.tui.reader import Reader
from tui_digest.tui.screen_handle import CommandRequested, StatusLines
from tui_digest.tui.state import ReaderOptions, ReaderState
from tui_digest.tui.tasks.dwell import Dwell
from tui_digest.tui.theme.symbols import symbol_set
from tui_digest.tui.widgets.footer import KeyFooter
from tui_digest.tui.widgets.header import Banner, HeaderLine
from tui_digest.tui.widgets.line_widget import Background
from tui_digest.tui.widgets.panes import Panes
from tui_digest.tui.widgets.paper_list import PaperList
from tui_digest.tui.widgets.paper_pane import PaperPane
from tui_digest.tui.widgets.reporting_screen import ReportingScreen

if TYPE_CHECKING:
    from tui_digest.tui.widgets.text_pane import TextPane

WIDE_COLUMNS, TALL_LINES = 100, 16
"""From this size on list and paper are side by side, and there is a footer."""

START_DELAY_S = 0.3
"""Seconds after the first paint, until which nothing else takes time from the list."""

_SILENT_WAIT_S = 0.5
"""How long quitting waits for decisions that are not on disk without a word."""

_LAST_WAIT_S = 1.5
"""How long it waits for another program then."""

_REFRESH_S = 60
"""The header says in minutes how old the data is."""


class ReaderScreen(ReportingScreen[None], Background):
    """Composes the widgets of the reader and routes events to its commands.

    Attributes:
        reader: what commands, tasks and dialogs work with.
        dispatcher: runs the commands.
        dwell: the work that follows a move of the cursor.
        field_keys: takes the keys that end what is being written.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_COLUMNS, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL_LINES, "-tall")]
    AUTO_FOCUS = "#papers"

    def __init__(
        self,
        services: Services,
        settings: Settings,
        keymap: Keymap,
        options: ReaderOptions,
        first: StoredDigest | None = None,
    ) -> None:
        super().__init__()
        chosen = digest_settings(settings, options.digest)
        state = ReaderState(settings, options, Browsing(services.library, chosen.reader))
        symbols = symbol_set(settings.reader.signs)
        papers = PaperList(glyphs=settings.reader.glyphs, symbols=symbols, id="papers")
        papers.followed = state.browsing.followed
        papers.highlight = state.browsing.places_of_words
        papers.row_height = settings.reader.rows
        panes = Panes(papers, PaperPane(symbols=symbols, divided=True, id="paper"), id="panes")
        self._status = StatusLines(
            HeaderLine(id="day"), Banner(id="notice"), KeyFooter(over="#panes", id="keys")
        )
        self.reader = Reader(self, services, state, keymap, panes, self._status)
        self.dispatcher = Dispatcher(self.reader)
        self.dwell = Dwell(self.reader)
        self.field_keys = FieldKeys(self.reader, self)
        self._first = first
        self._shown = False

    def set_size_classes(self, size: Size) -> None:
        """Set the classes of this size at once; a first resize would lay out again."""
        self.set_class(True, "-wide" if size.width >= WIDE_COLUMNS else "-narrow", update=False)
        self.set_class(True, "-tall" if size.height >= TALL_LINES else "-short", update=False)

    def update_node_styles(self, animate: bool = True) -> None:
        """Style the widgets again, but not as the screen is shown first: they just were."""
        if self._shown:
            super().update_node_styles(animate)
        self._shown = True

    def compose(self) -> ComposeResult:
        """Header, banner, list, paper, footer."""
        yield self._status.header
        yield self._status.banner
        yield self.reader.panes
        yield self._status.footer

    def on_mount(self) -> None:
        """Show what is stored, then ask arXiv once that has been drawn."""
        reader, options = self.reader, self.reader.state.options
        self.set_class(self._first is None, "-empty")
        if self._first is not None:
            reader.open_day(self._first)
        else:
            reader.refresh_status()
        reader.set_timer(START_DELAY_S, self._get_ready)
        if options.page_at_once:
            self._begin_pages()
        else:
            self.call_after_refresh(self._begin_pages)
        if options.setup:
            self._set_up()
        elif options.paper is not None:
            self.call_after_refresh(self._open_paper, options.paper)
        elif not options.offline:
            self.call_after_refresh(self._fetch)
        elif self._first is None:
            reader.pages.show_nothing("")

    async def on_unmount(self) -> None:
        """Leave with everything kept, and what models still have open closed."""
        reader = self.reader
        try:
            reader.keep_field()
            if reader.panes.text is not None:
                from tui_digest.tui.tasks.text import save_place

                save_place(reader)
            reader.note_first_rows()
        except TuiDigestError as error:
            from tui_digest.tui.library_writes import Unwritten

            reader.writes.unwritten.append(Unwritten("", str(error)))
        reader.writes.save_position()
        reader.forget_hits(all_of_them=True)
        if not await asyncio.to_thread(reader.writes.writer.wait, _SILENT_WAIT_S):
            # The terminal is the user's again by now.
            print("Waiting for another program that holds the library …", file=sys.__stderr__, flush=True)
            reader.services.library.limit_waiting(_LAST_WAIT_S)
        await asyncio.to_thread(reader.writes.writer.close)
        reader.writes.writer.tell_failures()
        if told := reader.writes.words_of_unwritten():
            # Nothing can be shown any more, so it is told once the terminal is the user's again.
            self.app.exit(self.app.return_value, self.app.return_code or 0, message=told)
        await reader.services.models.close()

    def _get_ready(self) -> None:
        from tui_digest.tui.tasks.startup import get_ready

        self.reader.state.ready = True
        self.reader.refresh_header()
        self.set_interval(_REFRESH_S, partial(self.reader.run_guarded, self.reader.refresh_status))
        self.reader.run_in_background(
            partial(get_ready, self.reader, self.dwell, self.dispatcher.load), "ready"
        )

    def _begin_pages(self) -> None:
        self.reader.pages.begin(self.reader.papers.chosen)

    def _open_paper(self, wanted: ArxivId) -> None:
        """Open the paper given at the start; its day is requested from arXiv afterwards."""
        from tui_digest.tui.commands.paper_by_id import open_by_id

        then = self.reader.show_page if self.reader.state.options.offline else self._fetch
        self.reader.run_guarded(partial(open_by_id, self.reader, wanted, then))

    def _set_up(self) -> None:
        """Ask for the first steps; the first start fetches the day by what was chosen."""
        from tui_digest.tui.commands.setup import set_up

        first = self.reader.state.options.first
        set_up(self.reader, (lambda: None) if first else self._fetch, first=first)

    def _fetch(self) -> None:
        from tui_digest.tui.tasks.fetch import start_fetch

        start_fetch(self.reader, self.reader.state.options.day)

    def _turn_to_chosen(self) -> None:
        if self.reader.turn_to_chosen():
            self.dwell.restart()
        self.reader.read_open_paper()

    def _run_by_id(self, command_id: str) -> None:
        self.dispatcher.run_by_id(command_id)
        self._turn_to_chosen()

    # Keys and the mouse

    def on_key(self, event: events.Key) -> None:
        """Send every key through the keymap, unless it is text."""
        reader = self.reader
        if take_key(reader, event):
            return
        event.stop()
        event.prevent_default()
        self._begin_pages()
        if self.app.screen is not self:  # Textual's `is_current` is true below a dialog, too
            # Typed ahead, before what was opened had the keys.
            self.app.post_message(events.Key(event.key, event.character))
            return
        if self.dispatcher.drops(event):
            return
        reader.state.touched = True
        reader.clear_message()
        reader.writes.unwritten.clear()
        self.dispatcher.take_key(event)
        self._turn_to_chosen()
        reader.refresh_hints()

    def on_click(self, event: events.Click) -> None:
        """Submit what is being written when the click is beside it."""
        field = self.reader.field
        if field is not None and event.widget is not None and field not in event.widget.ancestors_with_self:
            self.reader.run_guarded(self.reader.submit_field)

    @on(KeyFooter.Clicked)
    def _hint_clicked(self, event: KeyFooter.Clicked) -> None:
        self._run_by_id(event.command_id)

    @on(CommandRequested)
    def _command_requested(self, event: CommandRequested) -> None:
        self._run_by_id(event.command_id)

    @on(PaperList.Chosen)
    def _paper_chosen(self) -> None:
        self.reader.state.touched = True
        self._turn_to_chosen()

    @on(PaperList.Opened)
    def _paper_opened(self) -> None:
        self._run_by_id("open_paper")

    # By their names, not by their classes: the pane is imported when the first text is opened.

    def on_text_pane_link_clicked(self, event: TextPane.LinkClicked) -> None:
        """Act on a reference of the text that was clicked on."""
        from tui_digest.tui.commands.text_links import activate_link

        self.reader.run_guarded(lambda: activate_link(self.reader, event.link))

    def on_text_pane_card_clicked(self) -> None:
        """Go to the place that the card over the text shows."""
        from tui_digest.tui.commands.text_links import go_to_card

        self.reader.run_guarded(lambda: go_to_card(self.reader))

    @on(PaperPane.MarkClicked)
    def _mark_clicked(self, event: PaperPane.MarkClicked) -> None:
        from tui_digest.tui.commands.text_explanation import show_marked_place

        self.reader.run_guarded(lambda: show_marked_place(self.reader, event.role))
