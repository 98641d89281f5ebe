"""The links of a paper, each with a letter that opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_lowercase, ascii_uppercase

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui_digest.core.links import Link
from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.text import plain
from tui_digest.tui.theme.themes import sheet

_LETTERS = ascii_lowercase + ascii_uppercase
_WHERE_WIDTH = 13


class LinksScreen(ModalDialog[Link]):
    """Links under the page; returns the one whose letter was typed. No mouse."""

    PLACE = "links"
    CSS_PATH = sheet("export")

    def __init__(self, keymap: Keymap, links: Sequence[Link]) -> None:
        super().__init__(keymap)
        self._links = dict(zip(_LETTERS, links, strict=False))
        self._left_over = len(links) - len(self._links)

    @property
    def typing(self) -> bool:
        """Letters open links, so they are no commands."""
        return True

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return what the commands of the dialog do."""
        return {"back": self.cancel}

    def compose(self) -> ComposeResult:
        """The letters with their links."""
        lines = [_line(letter, link) for letter, link in self._links.items()]
        if self._left_over > 0:
            lines.append(Content(f"and {self._left_over} more, for which there is no letter"))
        with Vertical(id="links"):
            yield Static(
                Content(f"Open a link by its letter; {self.keymap.label_of('back')} leaves"), id="links-title"
            )
            with VerticalScroll(id="links-text"):
                yield Static(Content("\n").join(lines))

    def on_key(self, event: events.Key) -> None:
        """A letter opens its link."""
        if event.character in self._links:
            event.stop()
            self.close(self._links[event.character])


def _line(letter: str, link: Link) -> Content:
    return Content.assemble((letter, "bold"), f"  {link.where.ljust(_WHERE_WIDTH)} ", plain(link.address))
