"""The links of a paper, each with a letter that opens it."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase, ascii_uppercase
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_digest.tui.blocks import Block
from tui_digest.tui.links import Link
from tui_digest.tui.text import plain
from tui_digest.tui.widgets.paper_pane import PaperPane

_LETTERS = ascii_lowercase + ascii_uppercase
_WHERE_WIDTH = 13


class LinksScreen(ModalScreen[Link | None]):
    """Links under the page; it returns the one whose letter was typed. The mouse opens nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__()
        self._links = dict(zip(_LETTERS, links, strict=False))
        self._left_over = len(links) - len(self._links)

    def compose(self) -> ComposeResult:
        """What the letters mean."""
        with Vertical(id="links"):
            yield Static(Content("Open a link by its letter; Esc leaves"), id="links-title")
            pane = PaperPane(id="links-text")
            pane.can_focus = False
            yield pane

    def on_mount(self) -> None:
        """A line for each link, as high as they need."""
        pane = self.query_one(PaperPane)
        pane.show(tuple(_line(letter, link) for letter, link in self._links.items()) + self._rest())
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        pane = self.query_one(PaperPane)
        pane.styles.height = len(pane.lines) + 1

    def _rest(self) -> tuple[Block, ...]:
        if self._left_over <= 0:
            return ()
        return (Block(plain(f"and {self._left_over} more, for which there is no letter"), "muted"),)

    def on_key(self, event: events.Key) -> None:
        """A letter opens its link."""
        if event.character in self._links:
            event.stop()
            self.dismiss(self._links[event.character])

    def action_scroll(self, lines: int) -> None:
        """Scroll the links."""
        self.query_one(PaperPane).scroll_by(lines)


def _line(letter: str, link: Link) -> Block:
    where = link.where.ljust(_WHERE_WIDTH)
    content = Content.assemble((letter, "strong"), "  ", (where, "label"), " ", plain(link.address))
    return Block(content, "body", hang=_WHERE_WIDTH + 4)
