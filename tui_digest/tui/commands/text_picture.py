"""Pictures of a whole text: over it in the terminal, or in the browser."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.errors import TuiDigestError
from tui_digest.tui.tasks.text import tell_wait

if TYPE_CHECKING:
    from tui_digest.tui.page.text_places import FigurePictures
    from tui_digest.tui.reader import Reader

FETCH_PICTURE = "fetch picture"
"""The group of background work that fetches the picture that is to be seen."""


def show_picture(reader: Reader, source: str) -> None:
    """Show a picture in the terminal, or without the extra `images` in the browser."""
    from tui_digest.render.picture import INSTALL_IMAGES, can_show_pictures

    pane = reader.panes.text
    if pane is None:
        return
    if not can_show_pictures() or source.startswith("https://"):
        open_picture(reader, source, INSTALL_IMAGES if not can_show_pictures() else "")
    elif not reader.state.options.colour:
        open_picture(reader, source, "Without colours no picture is shown here.")
    else:
        _fetch(reader, pane.view.places.figure_of(source))


def open_picture(reader: Reader, source: str, remark: str = "") -> None:
    """Open a picture of the text in the browser."""
    from tui_digest.tui.commands.paper import open_address

    pane = reader.panes.text
    if pane is not None:
        page = pane.view.text.page_address.rstrip("/")
        address = source if source.startswith("https://") else f"{page}/{source}"
        open_address(reader, address, "The picture was", remark)


def _fetch(reader: Reader, figure: FigurePictures) -> None:
    reader.run_in_background(partial(_show, reader, figure), FETCH_PICTURE)


async def _show(reader: Reader, figure: FigurePictures) -> None:
    from tui_digest.render.picture import PictureError, decode_picture
    from tui_digest.tui.dialogs.picture import PictureScreen, image_widget

    pane = reader.panes.text
    if pane is None:
        return
    source = figure.sources[figure.number]
    reader.notify(f"Fetching the picture; {reader.key('back')} stops it.")
    try:
        progress = partial(tell_wait, reader)
        body = await reader.services.texts().picture(pane.view.text, source, progress)
        picture = await asyncio.to_thread(decode_picture, body)
    except PictureError as error:
        key = reader.keymap.label_of("open_abstract")
        raise TuiDigestError(f"{error} {key} opens it in the browser.") from error
    finally:
        reader.show_progress("")
    if not reader.is_open or reader.panes.text is not pane:
        return
    reader.clear_message()

    def on_chosen(number: int | None) -> None:
        if number is not None and reader.panes.text is pane:
            _fetch(reader, figure._replace(number=number))

    open_page = partial(open_picture, reader, source)
    screen = PictureScreen(reader.keymap, figure, picture, image_widget(reader.app), open_page)
    reader.open_dialog(screen, on_chosen)


def stop_fetching_picture(reader: Reader) -> bool:
    """Stop fetching a picture; tell whether one was being fetched."""
    if not reader.is_running(FETCH_PICTURE):
        return False
    reader.cancel(FETCH_PICTURE)
    return True
