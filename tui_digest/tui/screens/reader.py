"""The reader's main screen: the day's papers as a list, and beside it the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.reactive import var
from textual.screen import Screen

from tui_digest.errors import TuiDigestError
from tui_digest.paper import CompletenessState, Digest
from tui_digest.reading import Entry, Explanation
from tui_digest.settings import Settings
from tui_digest.tui.actions import ACTIONS
from tui_digest.tui.commands import Command, Situation
from tui_digest.tui.follower import Follower
from tui_digest.tui.hints import following, offered
from tui_digest.tui.keymap import Keymap, Press
from tui_digest.tui.page import PageOptions, page
from tui_digest.tui.ports import Services
from tui_digest.tui.signs import signs
from tui_digest.tui.summary import Part, age, completeness_words, day_name
from tui_digest.tui.text import plain
from tui_digest.tui.welcome import nothing_to_show
from tui_digest.tui.widgets.day_header import DayHeader
from tui_digest.tui.widgets.key_bar import KeyBar
from tui_digest.tui.widgets.paper_list import PaperList
from tui_digest.tui.widgets.paper_pane import PaperPane


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """How the reader was started."""

    day: date | None = None
    offline: bool = False
    demo: bool = False


class ReaderScreen(Screen[None]):
    """List and paper of one day. What the keys do stands in `tui_digest.tui.actions`."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]
    AUTO_FOCUS = "#papers"

    header = query_one("#day", DayHeader)
    notice = query_one("#notice", DayHeader)
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
        self.keymap = keymap
        self.options = options
        self.digest: Digest | None = None
        self.problem = ""
        self.progress = ""
        self.tex = False
        self.all_authors = False
        self._first = first
        self._model_problem = ""
        self._signs = signs(settings.reader.signs)

    def compose(self) -> ComposeResult:
        """Header, notice, list, paper, footer."""
        yield DayHeader(id="day")
        yield DayHeader(id="notice")
        with Horizontal(id="panes"):
            yield PaperList(glyphs=self.settings.reader.glyphs, signs=self._signs, id="papers")
            yield PaperPane(signs=self._signs, divided=True, id="paper")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show what is stored, then ask arXiv once that stands on the screen."""
        self.set_class(self._first is None, "-empty")
        if self._first is not None:
            self.show_digest(self._first)
        self.refresh_words()
        self.set_interval(60, self.refresh_words)
        self.call_after_refresh(self._look_for_model)
        if not self.options.offline:
            self.call_after_refresh(self.fetch, self.options.day)
        elif self._first is None:
            self.pane.show(nothing_to_show("", offline=True, demo=self.options.demo))

    def _look_for_model(self) -> None:
        """After the first paint: looking imports what explanations need."""
        self._model_problem = self.services.models.ready()
        self.refresh_hints()

    async def on_unmount(self) -> None:
        """Close what models still have open."""
        await self.services.models.close()

    def watch_paper_open(self, paper_open: bool) -> None:
        """Alone, the paper needs no line between it and the list."""
        self.pane.divided = not paper_open

    # The digest

    def show_digest(self, digest: Digest, keep_place: bool = False) -> None:
        """Show a day's papers, the cursor on the first or on the paper it stood on."""
        chosen = self.papers.chosen
        self.digest = digest
        entries = self.services.shelf.entries(digest.papers)
        place = 0
        if keep_place and chosen is not None:
            place = next((n for n, entry in enumerate(entries) if entry.paper.id == chosen.paper.id), 0)
        self.papers.show(entries, place)
        self.set_class(not entries, "-empty")
        self.show_paper(keep_place=keep_place and chosen is not None and bool(entries))
        self.refresh_words()

    def show_paper(self, keep_place: bool = False) -> None:
        """Show the chosen paper in the pane, and what is being made of it; stop following another one."""
        self.workers.cancel_group(self, "follow")
        self.show_page(keep_place)
        entry = self.papers.chosen
        if entry is not None and self.services.models.under_way(entry.paper.id):
            self.follow_explanation(entry)

    def show_page(self, keep_place: bool = False) -> None:
        """Show the page of the chosen paper, or why there is none."""
        entry = self.papers.chosen
        if entry is not None:
            self.pane.show(page(entry, self._page_options()), keep_place)
        elif self.digest is not None:
            words = self.digest.completeness.note or "arXiv announced no papers in these categories."
            self.pane.show(nothing_to_show(words, offline=self.options.offline, demo=self.options.demo))

    def _page_options(self) -> PageOptions:
        return PageOptions(
            glyphs=self.settings.reader.glyphs,
            signs=self._signs,
            tex=self.tex,
            all_authors=self.all_authors,
            category_names=self.services.category_names,
        )

    def fetch(self, day: date | None, again: bool = False) -> None:
        """Ask for a day's papers in the background; what is shown stays until they are there."""
        self.run_worker(self._fetch(day, again), group="fetch", exclusive=True)

    async def _fetch(self, day: date | None, again: bool) -> None:
        self._tell_progress("asking arXiv")
        try:
            answer = await self.services.days.fetch(day, again=again, progress=self._tell_progress)
            self.problem = answer.problem
            same_day = self.digest is not None and self.digest.date == answer.digest.date
            self.show_digest(answer.digest, keep_place=same_day)
            completed = await self.services.days.complete(answer.digest, self._tell_progress)
            if completed is not answer.digest and self.digest is answer.digest:
                self.show_digest(completed, keep_place=True)
        except TuiDigestError as error:
            self.problem = str(error)
            if self.digest is None:
                self.pane.show(
                    nothing_to_show(self.problem, offline=self.options.offline, demo=self.options.demo)
                )
        finally:
            self._tell_progress("")

    def _tell_progress(self, words: str) -> None:
        self.progress = words
        if self.is_attached:
            self.refresh_words()

    # Explanations

    def follow_explanation(self, entry: Entry) -> None:
        """Show the explanation of the chosen paper as it comes."""
        if entry.explanation is not None:
            self.pane.show(page(replace(entry, explanation=None), self._page_options()), keep_place=True)
        self.run_worker(Follower(self, entry.paper).follow(), group="follow", exclusive=True)

    def stop_explaining(self) -> bool:
        """Stop the chosen paper's request, if there is one; whether there was."""
        entry = self.papers.chosen
        if entry is None or not self.services.models.under_way(entry.paper.id):
            return False
        self.run_worker(self.services.models.cancel(entry.paper.id), group="cancel")
        return True

    def explanation_came(self, explanation: Explanation) -> None:
        """Show a finished explanation in the place of its pieces, if its paper is still the chosen one."""
        entries = tuple(
            replace(entry, explanation=explanation) if entry.paper.id == explanation.paper_id else entry
            for entry in self.papers.entries
        )
        self.papers.take_over(entries)
        chosen = self.papers.chosen
        if chosen is not None and chosen.paper.id == explanation.paper_id:
            self.pane.show(page(chosen, self._page_options()), keep_place=True)
        if not explanation.receipt.complete:
            self.say(f"The explanation is not complete: {explanation.receipt.stopped}.", warning=True)

    # The words around the panes

    def refresh_words(self) -> None:
        """Bring header, notice and footer up to date."""
        self.header.show(self._header_parts())
        note = self.digest.completeness.note if self.digest is not None else ""
        notice = self.problem or note
        self.notice.display = bool(notice) and self.digest is not None
        self.notice.show([Part((plain(notice).plain,), 1, "warning")])
        self.refresh_hints()

    def _header_parts(self) -> list[Part]:
        digest = self.digest
        demo = Part(("demo" if self.options.demo else "",), 9, "warning")
        if digest is None:
            return [demo, Part(("tui_digest",), 9, "day"), Part((self._line_words(),), 8, "muted")]
        complete = digest.completeness.state is CompletenessState.COMPLETE
        return [
            demo,
            Part((day_name(digest.date), day_name(digest.date, year=False)), 10, "day"),
            Part((" ".join(digest.categories),), 2, "muted"),
            Part(completeness_words(digest, self._signs.dot), 7, "" if complete else "warning"),
            Part((self._place_words(),), 4, "muted"),
            Part((self._line_words(),), 6, "muted"),
        ]

    def _place_words(self) -> str:
        total = len(self.papers.entries)
        return f"{self.papers.cursor + 1} of {total}" if total else ""

    def _line_words(self) -> str:
        if self.progress:
            return f"{self.progress}{self._signs.more}"
        line = "off line" if self.options.offline else "on line"
        if self.digest is None or self.digest.fetched_at is None:
            return line
        return f"{line}, {age(self.digest.fetched_at, self.services.now())}"

    def refresh_hints(self, press: Press | None = None) -> None:
        """Offer in the footer what can be done now, or what may follow the keys typed so far."""
        hints = following(press, self.situation()) if press is not None else ()
        self.key_bar.show(
            hints or offered(self.keymap, self.situation()), press.pending if press is not None else ""
        )

    def situation(self) -> Situation:
        """What is true now, as far as commands depend on it."""
        days, digest = self.services.days, self.digest
        return Situation(
            paper=self.papers.chosen is not None,
            papers=bool(self.papers.entries),
            online=not self.options.offline,
            fetching=bool(self.progress),
            older=digest is not None and days.older(digest.date) is not None,
            newer=digest is not None and days.newer(digest.date) is not None,
            model=self._model_problem,
        )

    def say(self, words: str, warning: bool = False) -> None:
        """Tell the user something in the footer, until the next key."""
        self.key_bar.say(plain(words), warning)

    # Keys and the mouse

    def on_key(self, event: events.Key) -> None:
        """Every key of the reader goes through the keymap."""
        event.stop()
        event.prevent_default()
        key = event.character if event.character and event.character.isprintable() else event.key
        self.key_bar.clear_message()
        press = self.keymap.press("space" if key == " " else key)
        if press.command is not None:
            self.run(press.command, press.count)
        self.refresh_hints(press)

    def run(self, command: Command, count: int | None = None) -> None:
        """Do what a command says, or say why it cannot be done now."""
        reason = command.when(self.situation())
        if reason:
            self.say(f"{command.title}: {reason}.")
        else:
            ACTIONS[command.id](self, count)

    def run_by_id(self, command_id: str) -> None:
        """Do the command of that id: for the palette and the mouse."""
        self.run(next(command for command in self.keymap.commands if command.id == command_id))

    @on(KeyBar.Clicked)
    def _hint_clicked(self, event: KeyBar.Clicked) -> None:
        self.run_by_id(event.command_id)

    @on(PaperList.Chosen)
    def _paper_chosen(self, event: PaperList.Chosen) -> None:
        self.show_paper()
        self.header.show(self._header_parts())

    @on(PaperList.Opened)
    def _paper_opened(self, event: PaperList.Opened) -> None:
        self.run_by_id("open_paper")

    @property
    def shown(self) -> Sequence[Entry]:
        """The papers in the list."""
        return self.papers.entries

    def tell(self, content: Content, warning: bool = False) -> None:
        """Tell the user something that is already Content."""
        self.key_bar.say(content, warning)
