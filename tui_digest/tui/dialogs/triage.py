"""Triage: one paper at a time, a key a decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.getters import query_one

from tui_digest.core.entry_rows import NOT_READ_YET, EntryRows
from tui_digest.core.triage import TriageQueue
from tui_digest.entry import Action, Entry, Mark
from tui_digest.errors import TuiDigestError
from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog, scroll_commands
from tui_digest.tui.page.blocks import PageBlock
from tui_digest.tui.page.builder import page
from tui_digest.tui.text import plain_line
from tui_digest.tui.theme.themes import sheet
from tui_digest.tui.widgets.footer import KeyFooter
from tui_digest.tui.widgets.header import HeaderLine
from tui_digest.tui.widgets.header_text import HeaderPart
from tui_digest.tui.widgets.paper_pane import PaperPane

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader


class TriageScreen(ModalDialog[None]):
    """The papers without a mark, one after the other.

    Args:
        reader: the reader below the dialog.
        entries: the papers to decide on, read when they are shown.
    """

    PLACE = "triage"
    CSS_PATH = sheet("triage")
    header = query_one("#triage-header", HeaderLine)
    pane = query_one("#triage-paper", PaperPane)
    footer = query_one("#triage-keys", KeyFooter)

    def __init__(self, reader: Reader, entries: EntryRows) -> None:
        super().__init__(reader.keymap)
        self._reader = reader
        self._entries = entries
        self._queue = TriageQueue(len(entries))
        self._shown: Entry | None = None

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return what the commands do here."""
        scrolls = scroll_commands(self.pane)
        return {
            "to_read": lambda count: self._decide(Mark.TO_READ),
            "done": lambda count: self._decide(Mark.DONE),
            "dismiss": lambda count: self._decide(Mark.DISMISSED),
            "select": lambda count: self._skip(),
            "undo": lambda count: self._undo(),
            **scrolls,
            "scroll_down": lambda count: scrolls["down"](3 * count),
            "scroll_up": lambda count: scrolls["up"](3 * count),
            "back": self.cancel,
            "leave": self.cancel,
            "quit": lambda count: self.app.exit(),
        }

    def compose(self) -> ComposeResult:
        """How many are left, the paper, the keys."""
        yield HeaderLine(id="triage-header")
        yield PaperPane(id="triage-paper")
        yield KeyFooter(over="#triage-paper", id="triage-keys")

    def on_mount(self) -> None:
        """Show the first paper."""
        self.footer.show(
            [
                self.hint("to read", "to_read"),
                self.hint("done", "done"),
                self.hint("dismiss", "dismiss"),
                self.hint("skip", "select"),
                self.hint("undo", "undo"),
                self.hint("end", "back", lasting=True),
            ]
        )
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Say that a key means nothing here: it was none of the commands."""
        event.stop()
        close = self.keymap.label_of("back")
        self.footer.show_message(plain_line(f"That key does nothing here; {close} goes back to the list."))

    @on(KeyFooter.Clicked)
    def _hint_clicked(self, event: KeyFooter.Clicked) -> None:
        self.run_command(event.command_id)

    def run_command(self, command_id: str, count: int = 1) -> None:
        """Run a command; what cannot be done is told below."""
        self.footer.clear_message()
        try:
            super().run_command(command_id, count)
        except TuiDigestError as error:
            self.footer.show_message(plain_line(str(error)), warning=True)

    def _decide(self, mark: Mark) -> None:
        if self._shown is None:
            return
        if self._shown is not NOT_READ_YET:
            paper_id = self._shown.paper.id
            marks = self._reader.services.library.marks
            self._reader.writes.perform(lambda: marks.mark([paper_id], mark), self._tell, papers=[paper_id])
            self._queue.advance(decided=True)
        self._show()

    def _skip(self) -> None:
        self._queue.advance(decided=False)
        self._show()

    def _undo(self) -> None:
        """Go back to the previous paper and undo its decision."""
        if self._queue.came_by_decision:
            history = self._reader.services.library.history
            self._reader.writes.perform(history.undo, lambda action: self._tell(action, "Undone"))
        if self._queue.go_back() is None:
            self.footer.show_message(plain_line("Nothing was decided here yet."))
        self._show()

    def _tell(self, action: Action | None, before: str = "") -> None:
        """Tell what was done; in the reader if the dialog was closed meanwhile."""
        content = plain_line("Nothing had to be changed.")
        if action is not None:
            content = self._reader.action_content(action, before)
        tell = self.footer.show_message if self.is_attached else self._reader.notify_content
        tell(content)

    def _show(self) -> None:
        queue = self._queue
        self.header.show(
            [
                HeaderPart((f"{queue.left} of {queue.size} left", f"{queue.left} left"), 9, "day"),
                HeaderPart((f"{queue.decided_count} decided, {queue.skipped_count} skipped",), 5, "muted"),
            ]
        )
        self._shown = self._entries[queue.current] if queue.current is not None else None
        if self._shown is not None:
            options = replace(self._reader.pages.options(self._shown), unfold="")
            self.pane.show(page(self._shown, options))
        else:
            self.pane.show(_nothing_left(self.keymap.name_of))


def _nothing_left(key: Callable[[str], str]) -> tuple[PageBlock, ...]:
    words = f"{key('undo')} takes the last decision back; {key('back')} goes back to the list."
    return (
        PageBlock(Content("No paper is left to decide on"), "title"),
        PageBlock(Content(words), "body", gap=1),
    )
