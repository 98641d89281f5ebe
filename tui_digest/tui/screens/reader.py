"""The reader's main screen: papers as a list, and beside it the paper."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.getters import query_one
from textual.reactive import var
from textual.screen import Screen

from tui_digest.core.listing import Listing
from tui_digest.core.navigation import Browsing
from tui_digest.core.services import Services
from tui_digest.entry import Action, Entry
from tui_digest.errors import TuiDigestError
from tui_digest.paper import Digest
from tui_digest.settings import Settings
from tui_digest.tui.commands.context import situation_of
from tui_digest.tui.commands.dispatch import Commanding
from tui_digest.tui.keymap.definitions import Situation
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.page.presenter import Pages
from tui_digest.tui.prompts import Field, Writing
from tui_digest.tui.tasks.dwell import Staying
from tui_digest.tui.tasks.startup import QUIET, find_pick, get_ready
from tui_digest.tui.text import plain_line
from tui_digest.tui.theme.symbols import signs
from tui_digest.tui.widgets.background import Ground
from tui_digest.tui.widgets.banner import Notice
from tui_digest.tui.widgets.footer import KeyBar
from tui_digest.tui.widgets.footer_hints import following, offered
from tui_digest.tui.widgets.header import DayHeader
from tui_digest.tui.widgets.header_text import header_parts
from tui_digest.tui.widgets.paper_list import PaperList
from tui_digest.tui.widgets.paper_pane import PaperPane

if TYPE_CHECKING:
    from tui_digest.tui.commands.pipe import Piping

_WIDE, _TALL = 100, 16
"""From so many columns on list and paper stand side by side, from so many lines on there is a footer."""


class ReaderOptions(msgspec.Struct, frozen=True):
    """How the reader was started; `colour` is whether the terminal may be sent colours."""

    day: date | None = None
    offline: bool = False
    demo: bool = False
    colour: bool = True


class _Panes(Horizontal, Ground):
    """List and paper, side by side."""


class ReaderScreen(Screen[None], Ground):
    """List and paper. What the keys do stands in `tui_digest.tui.commands`."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (_TALL, "-tall")]
    AUTO_FOCUS = "#papers"

    header = query_one("#day", DayHeader)
    notice = query_one("#notice", Notice)
    papers = query_one("#papers", PaperList)
    pane = query_one("#paper", PaperPane)
    key_bar = query_one("#keys", KeyBar)

    paper_open: var[bool] = var(False, toggle_class="-paper-open")
    """Whether the paper has the whole width."""
    zen: var[bool] = var(False, toggle_class="-zen")
    """Whether nothing but the paper is shown."""

    def __init__(
        self,
        services: Services,
        settings: Settings,
        keymap: Keymap,
        options: ReaderOptions,
        first: Digest | None = None,
    ) -> None:
        super().__init__()
        self.services = services
        self.settings = settings
        self.commanding = Commanding(self, keymap)
        self.options = options
        self.browsing = Browsing(services.shelf, settings.reader)
        self.writing = Writing(self)
        self.pages = Pages(self)
        self.staying = Staying(self)
        self.digest: Digest | None = None
        self.problem = ""
        self.progress = ""
        self._first = first
        self.model_problem = ""
        self.changes: dict[str, object] = {}
        self.at_rest = False  # whether what could wait for the first paint was begun
        self.touched = False

    @cached_property
    def piping(self) -> Piping:
        """The dealings with commands, of which most mornings have none."""
        from tui_digest.tui.commands.pipe import Piping

        return Piping(self)

    def take_shape(self, size: Size) -> None:
        """Begin in the shape for this size: learning it from the first resize costs a second layout."""
        self.set_class(True, "-wide" if size.width >= _WIDE else "-narrow", update=False)
        self.set_class(True, "-tall" if size.height >= _TALL else "-short", update=False)

    def compose(self) -> ComposeResult:
        """Header, notice, list, paper, footer."""
        yield DayHeader(id="day")
        yield Notice(id="notice")
        with _Panes(id="panes"):
            settings = self.settings.reader
            yield PaperList(glyphs=settings.glyphs, signs=signs(settings.signs), id="papers")
            yield PaperPane(signs=signs(settings.signs), divided=True, id="paper")
        yield KeyBar(over="#panes", id="keys")

    def on_mount(self) -> None:
        """Show what is stored, then ask arXiv once that stands on the screen."""
        self.papers.followed = self.browsing.followed
        self.papers.highlight = self.browsing.places_of_words
        self.set_class(self._first is None, "-empty")
        if self._first is not None:
            self.show_digest(self._first)
        else:
            self.refresh_words()
        self.set_timer(QUIET, self.get_ready)
        self.call_after_refresh(self.pages.begin)
        if not self.options.offline:
            self.call_after_refresh(self.fetch, self.options.day)
        elif self._first is None:
            self.pages.show_nothing("")

    async def on_unmount(self) -> None:
        """Leave with everything kept, and what models still have open closed."""
        try:
            self.writing.keep()
            self.remember_place()
        except TuiDigestError as error:
            # Nothing can be shown any more, so it is told once the terminal is the user's again.
            self.app.exit(self.app.return_value, message=str(error))
        await self.services.models.close()

    def get_ready(self) -> None:
        """Do what can wait until the list stands on the screen."""
        self.at_rest = True
        self.set_interval(60, self.refresh_words)
        self.in_background(partial(get_ready, self), "ready")

    def watch_paper_open(self, paper_open: bool) -> None:
        """Alone, the paper needs no line between it and the list."""
        self.pane.divided = not paper_open

    # The papers

    @property
    def listing(self) -> Listing:
        """What the list shows: the day's papers, the queue, or what a search found."""
        return self.browsing.current

    @property
    def shown(self) -> Sequence[Entry]:
        """The papers in the list."""
        return self.papers.entries

    def show_digest(self, digest: Digest, keep_place: bool = False) -> None:
        """Show a day's papers, or take over the same day's, fetched anew, and stay where one is."""
        if keep_place:
            self.digest = digest
            self.browsing.renew_day(digest.papers)
        else:
            self.remember_place()
            self.digest = digest
            place = self.services.shelf.place(digest.date)
            self.browsing.open_day(digest.papers, place)
            self.touched = bool(place)
        self.show_list()
        self.writing.retell()
        if self.at_rest:
            self.find_pick()

    def enter(self, title: str, entries: Sequence[Entry], words: tuple[str, ...] = ()) -> None:
        """Show other papers; Esc leads back to the ones shown now."""
        self.browsing.enter(title, entries, words)
        self.show_list()

    def show_list(self) -> None:
        """Show the listing, the cursor on the paper where one was, else near it."""
        listing = self.listing
        self.papers.show(listing.shown, listing.place_of(listing.place))
        if (chosen := self.papers.chosen) is not None:
            listing.place = chosen.paper.id
        self.papers.select(listing.selection(self.papers.cursor))
        self.set_class(self.browsing.in_day and not listing.entries, "-empty")
        self.set_class(not listing.shown, "-none")
        self.pages.show()
        self.refresh_words()

    def in_background(self, work: Callable[[], Coroutine[None, None, None]], group: str) -> None:
        """Do something while keys are answered; the last one begun of a group wins.

        When it fails, that is told in the footer, and the rest of the reader goes on.
        """

        async def contained() -> None:
            try:
                await work()
            except Exception as error:
                sentence = self.sentence_on(error)
                if self.is_on_screen:
                    self.say(sentence, warning=True)

        # Textual's union of what a worker may be leaves mypy no type of result to choose.
        self.run_worker(contained, group=group, exclusive=True)  # type: ignore[arg-type]

    def find_pick(self) -> None:
        """Find in the background what to put first; until then arXiv's order stands."""
        self.in_background(partial(find_pick, self), "pick")

    @property
    def is_on_screen(self) -> bool:
        """Whether there is something to show on: when the reader is left, that goes before its work ends."""
        return all(self.query(f"#{name}") for name in ("day", "notice", "papers", "paper", "keys"))

    def remember_place(self) -> None:
        """Keep on disk where in the day one is."""
        digest, place = self.digest, self.browsing.day.place
        if digest is not None and place:
            self.services.shelf.remember(digest.date, place)

    def fetch(self, day: date | None, again: bool = False) -> None:
        """Ask for a day's papers in the background; what is shown stays until they are there."""
        from tui_digest.tui.tasks.fetch import fetch_day

        self.in_background(partial(fetch_day, self, day, again), "fetch")

    # What is done, and how it is told

    def perform(self, act: Callable[[], Action | None]) -> Action | None:
        """Do something to the library, and show it once it is on disk. None when nothing changed.

        Raises:
            TuiDigestError: it was not done.
        """
        action = act()
        if action is not None:
            self.listing.clear_selection()
            self.browsing.reload()
            self.show_list()
        return action

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something, and tell in the footer when it fails; the rest of the reader goes on."""
        try:
            act()
        except Exception as error:
            self.say(self.sentence_on(error), warning=True)

    def sentence_on(self, error: Exception) -> str:
        """What to tell of a failure; one that never should have been is written down too."""
        return str(error) if isinstance(error, TuiDigestError) else self.services.report(error)

    def say(self, words: str, warning: bool = False) -> None:
        """Tell the user something in the footer, until the next key."""
        self.tell(plain_line(words), warning)

    def tell(self, content: Content, warning: bool = False) -> None:
        """Tell the user something that is already Content."""
        self.add_class("-saying")
        self.key_bar.say(content, warning)

    def hush(self) -> None:
        """Take back what was told in the footer."""
        self.remove_class("-saying")
        self.key_bar.clear_message()

    def tell_progress(self, words: str) -> None:
        """Say in the header what is being done; empty when it is done."""
        self.progress = words
        if self.is_on_screen:
            self.refresh_words()

    # The words around the panes

    def refresh_words(self) -> None:
        """Bring header, notice and footer up to date."""
        self.refresh_header()
        note = self.digest.completeness.note if self.digest is not None else ""
        self.notice.show((self.problem or note) if self.digest is not None else "")
        self.refresh_hints()

    def refresh_header(self) -> None:
        """Say in the header which paper of which day this is."""
        parts = header_parts(
            self.digest,
            self.listing,
            self.papers.cursor,
            signs=self.papers.signs,
            demo=self.options.demo,
            offline=self.options.offline,
            progress=self.progress,
            now=self.services.now(),
        )
        self.header.show(parts)

    def refresh_hints(self) -> None:
        """Offer in the footer what can be done now, or what may follow the keys typed so far."""
        situation = self.situation()
        keymap, press = self.commanding.keymap, self.commanding.press
        hints = self.writing.hints or following(press, situation) or offered(keymap, situation)
        self.key_bar.show(hints, press.pending)

    def situation(self) -> Situation:
        """What is true now, as far as commands depend on it."""
        return situation_of(self)

    # Keys and the mouse

    def on_key(self, event: events.Key) -> None:
        """Every key of the reader goes through the keymap, unless the reader writes."""
        if self.writing.takes(event):
            return
        event.stop()
        event.prevent_default()
        self.pages.begin()
        if not self.is_current:
            # Typed ahead, before what was opened had the keys.
            self.app.post_message(events.Key(event.key, event.character))
            return
        self.touched = True
        self.hush()
        self.commanding.take(event)
        self.pages.turn_to_chosen()
        self.refresh_hints()

    def on_click(self, event: events.Click) -> None:
        """A click beside what is being written ends the writing, as it stands."""
        field = self.writing.field
        if field is not None and event.widget is not None and field not in event.widget.ancestors_with_self:
            self.attempt(self.writing.finish)

    @on(KeyBar.Clicked)
    def _hint_clicked(self, event: KeyBar.Clicked) -> None:
        self.commanding.run_by_id(event.command_id)

    @on(PaperList.Chosen)
    def _paper_chosen(self) -> None:
        self.touched = True
        self.pages.turn_to_chosen()

    @on(Field.Done)
    def _written(self, event: Field.Done) -> None:
        self.attempt(lambda: self.writing.done(event.text))

    @on(Field.Switched)
    def _switched(self, event: Field.Switched) -> None:
        self.attempt(self.writing.switched)

    @on(Field.Cancelled)
    def _not_written(self, event: Field.Cancelled) -> None:
        self.attempt(self.writing.cancelled)

    @on(PaperList.Opened)
    def _paper_opened(self) -> None:
        self.commanding.run_by_id("open_paper")
