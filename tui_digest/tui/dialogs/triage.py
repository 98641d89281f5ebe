"""Triage: one paper at a time, a key a decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.getters import query_one

from tui_digest.core.triage import Deck
from tui_digest.entry import Action, Entry, Mark
from tui_digest.errors import TuiDigestError
from tui_digest.tui.dialogs.modal import Overlay
from tui_digest.tui.keymap.definitions import BY_ID
from tui_digest.tui.keymap.keymap import key_label
from tui_digest.tui.page.blocks import Block
from tui_digest.tui.page.builder import page
from tui_digest.tui.text import plain_line
from tui_digest.tui.theme.stylesheets import sheet
from tui_digest.tui.widgets.footer import KeyFooter, KeyHint
from tui_digest.tui.widgets.header import HeaderLine
from tui_digest.tui.widgets.header_text import HeaderPart
from tui_digest.tui.widgets.paper_pane import PaperPane

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader

_OFFERED = (
    ("to_read", "to read"),
    ("done", "done"),
    ("dismiss", "dismiss"),
    ("select", "skip"),
    ("undo", "undo"),
    ("back", "end"),
)
"""The commands whose keys are taken here, and what they are called here."""


class TriageScreen(Overlay[None]):
    """The papers without a mark, one card after the other. It takes the reader's keys, remapped or not.

    Args:
        reader: the reader that it lies over.
        entries: the papers to decide on.
    """

    CSS_PATH = sheet("triage")
    header = query_one("#triage-header", HeaderLine)
    pane = query_one("#triage-paper", PaperPane)
    key_bar = query_one("#triage-keys", KeyFooter)

    def __init__(self, reader: Reader, entries: tuple[Entry, ...]) -> None:
        super().__init__()
        self._reader = reader
        self._entries = {entry.paper.id: entry for entry in entries}
        self._deck = Deck(tuple(self._entries))
        self._acts: dict[str, Callable[[], None]] = {
            "to_read": lambda: self._decide(Mark.TO_READ),
            "done": lambda: self._decide(Mark.DONE),
            "dismiss": lambda: self._decide(Mark.DISMISSED),
            "select": self._skip,
            "undo": self._undo,
            "down": lambda: self.pane.scroll_by(1),
            "up": lambda: self.pane.scroll_by(-1),
            "scroll_down": lambda: self.pane.scroll_by(3),
            "scroll_up": lambda: self.pane.scroll_by(-3),
            "half_page_down": lambda: self.pane.scroll_by(self.pane.size.height // 2),
            "half_page_up": lambda: self.pane.scroll_by(-self.pane.size.height // 2),
            "page_down": lambda: self.pane.scroll_by(self.pane.size.height),
            "page_up": lambda: self.pane.scroll_by(-self.pane.size.height),
            "back": self.close,
            "leave": self.close,
            "quit": lambda: self.app.exit(),
        }
        keymap = reader.keymap
        self._by_key = {
            key: command_id for command_id in self._acts for key in keymap.keys_of(BY_ID[command_id])
        }

    def compose(self) -> ComposeResult:
        """How many are left, the paper, the keys."""
        yield HeaderLine(id="triage-header")
        yield PaperPane(id="triage-paper")
        yield KeyFooter(over="#triage-paper", id="triage-keys")

    def on_mount(self) -> None:
        """Show the first card."""
        keymap = self._reader.keymap
        offered = [(keymap.keys_of(BY_ID[command_id]), command_id, word) for command_id, word in _OFFERED]
        self.key_bar.show(
            [
                KeyHint(((key_label(keys[0]), name),), word, lasting=name == "back")
                for keys, name, word in offered
                if keys
            ]
        )
        self._show()

    def on_key(self, event: events.Key) -> None:
        """A key of the reader's, as far as it means something here."""
        event.stop()
        event.prevent_default()
        key = event.character if event.character and event.character.isprintable() else event.key
        self._do(self._by_key.get("space" if key == " " else key, ""))

    @on(KeyFooter.Clicked)
    def _hint_clicked(self, event: KeyFooter.Clicked) -> None:
        self._do(event.command_id)

    def _do(self, command_id: str) -> None:
        if not self.is_current:
            return
        if command_id not in self._acts:
            self.key_bar.show_message(plain_line("That key does nothing here; Esc goes back to the list."))
            return
        self.key_bar.clear_message()
        try:
            self._acts[command_id]()
        except TuiDigestError as error:
            self.key_bar.show_message(plain_line(str(error)), warning=True)

    def _decide(self, mark: Mark) -> None:
        paper_id = self._deck.top
        if paper_id:
            self._tell(self._reader.services.shelf.mark([paper_id], mark))
            self._deck.put_away(decided=True)
            self._show()

    def _skip(self) -> None:
        self._deck.put_away(decided=False)
        self._show()

    def _undo(self) -> None:
        """Back to the card before, its decision taken back."""
        if self._deck.decided[-1:] == [True]:
            self._tell(self._reader.services.shelf.undo(), "Undone: ")
        if self._deck.take_back() is None:
            self.key_bar.show_message(plain_line("Nothing was decided here yet."))
        self._show()

    def _tell(self, action: Action | None, before: str = "") -> None:
        words = action.label if action is not None else "nothing had to be changed"
        self.key_bar.show_message(
            plain_line(f"{before}{words}." if before else f"{words[:1].upper()}{words[1:]}.")
        )

    def _show(self) -> None:
        deck = self._deck
        decided = sum(deck.decided)
        self.header.show(
            [
                HeaderPart((f"{deck.left} of {len(deck.ids)} left", f"{deck.left} left"), 9, "day"),
                HeaderPart((f"{decided} decided, {len(deck.decided) - decided} skipped",), 5, "muted"),
            ]
        )
        if deck.top:
            entry = self._entries[deck.top]
            options = replace(self._reader.pages.options(entry), unfold="")
            self.pane.show(page(entry, options))
        else:
            self.pane.show(_nothing_left())


def _nothing_left() -> tuple[Block, ...]:
    return (
        Block(Content("No paper is left to decide on"), "title"),
        Block(Content("u takes the last decision back; Esc goes back to the list."), "body", gap=1),
    )
