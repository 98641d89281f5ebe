"""A paper's picture over its text, drawn by `textual-image` as well as possible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult, SuspendNotSupported
from textual.containers import Center, Vertical
from textual.widgets import Static

from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog, hint_line
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.text import plain
from tui_digest.tui.theme.themes import sheet

if TYPE_CHECKING:
    from PIL.Image import Image
    from textual.widget import Widget

    from tui_digest.tui.page.text_places import FigurePictures

ImageWidget = Callable[..., "Widget"]
"""Makes the widget that draws a picture."""


def image_widget(app: App[object]) -> ImageWidget:
    """The widget that draws pictures: kitty's protocol, sixels, or half blocks.

    `textual-image` asks the terminal what it can when it is imported, so for the first import the
    terminal is given back for a moment: else the answer would come as keys.
    """
    import sys

    if "textual_image.widget" not in sys.modules:
        try:
            with app.suspend():
                import textual_image.widget
        except SuspendNotSupported:
            pass  # no terminal that could be asked
    import textual_image.widget

    widget: ImageWidget = textual_image.widget.Image
    return widget


class PictureScreen(ModalDialog[int]):
    """One picture of a figure; returns the number of another picture to show.

    Args:
        keymap: the keys of the reader.
        figure: the figure, the picture's number chosen in it.
        picture: the picture.
        widget: draws it.
        open_page: opens the picture in the browser.
    """

    PLACE = "picture"
    CSS_PATH = sheet("picture")

    def __init__(
        self,
        keymap: Keymap,
        figure: FigurePictures,
        picture: Image,
        widget: ImageWidget,
        open_page: Callable[[], None],
    ) -> None:
        super().__init__(keymap)
        self._title = figure.title
        self._picture = picture
        self._number = figure.number
        self._total = len(figure.sources)
        self._widget = widget
        self._open_page = open_page

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return what the commands of the dialog do."""
        return {
            "down": lambda count: self._turn_to(self._number + count),
            "up": lambda count: self._turn_to(self._number - count),
            "open_abstract": lambda count: self._open_page(),
            "open_paper": self.cancel,
            "back": self.cancel,
            "leave": self.cancel,
        }

    def _turn_to(self, number: int) -> None:
        if 0 <= number < self._total:
            self.close(number)

    def compose(self) -> ComposeResult:
        """Title, picture, keys."""
        which = f", picture {self._number + 1} of {self._total}" if self._total > 1 else ""
        with Vertical(id="picture"):
            yield Static(plain(f"{self._title}{which}"), id="picture-title")
            with Center(id="picture-frame"):
                yield self._widget(self._picture, id="picture-image")
            yield Static(hint_line(self._hints()), id="picture-keys")

    def _hints(self) -> list[tuple[str, str]]:
        label = self.keymap.label_of
        moves = " ".join(filter(None, (label("down"), label("up")))) if self._total > 1 else ""
        return [(moves, "others"), (label("open_abstract"), "browser"), (label("back"), "close")]
