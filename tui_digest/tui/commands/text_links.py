"""References, links and pictures of a whole text: going to them, opening them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.tui.commands.text_explanation import show_marked_place, step_mark
from tui_digest.tui.commands.text_picture import open_picture, show_picture

if TYPE_CHECKING:
    from tui_digest.tui.page.text_view import TextLink
    from tui_digest.tui.reader import Reader
    from tui_digest.tui.widgets.text_pane import TextPane


def text_pane(reader: Reader) -> TextPane:
    """Return the pane of the text, which is open while its commands run."""
    pane = reader.panes.text
    assert pane is not None, "commands of the text run only while one is open"
    return pane


def next_link(reader: Reader, count: int | None) -> None:
    """Go to the next reference, link or picture."""
    _step_link(reader, 1)


def previous_link(reader: Reader, count: int | None) -> None:
    """Go to the previous reference, link or picture."""
    _step_link(reader, -1)


def _step_link(reader: Reader, step: int) -> None:
    pane = text_pane(reader)
    if step_mark(reader, step):
        return
    if pane.view.step_link(step):
        pane.refresh()
    else:
        reader.notify(f"There is no reference or link {'below' if step > 0 else 'above'}.")


def activate(reader: Reader, count: int | None) -> None:
    """Open the current line's reference: a card first, then the place; links open.

    A picture opens like a link.
    """
    pane = text_pane(reader)
    view = pane.view
    if view.card is not None:
        view.go_to_block(view.card.block)
        pane.refresh()
        return
    link = view.chosen_link()
    if reader.panes.answer is not None and reader.panes.answer.mark:
        show_marked_place(reader, reader.panes.answer.mark)
    elif link is not None:
        activate_link(reader, link)
    elif source := view.picture():
        show_picture(reader, source)
    else:
        reader.notify(f"No reference is on this line; {reader.key('other_pane')} goes to the next one.")


def activate_link(reader: Reader, link: TextLink) -> None:
    """Show what a reference leads to, or open a link or picture."""
    from tui_digest.tui.commands.paper import open_address

    pane = text_pane(reader)
    if link.span.role == "picture":
        show_picture(reader, link.span.url)
    elif link.span.target:
        if not pane.view.show_card(link.span.target):
            reader.notify("The paper has nothing where this reference leads.")
        pane.refresh()
    else:
        open_address(reader, link.span.url)


def go_to_card(reader: Reader) -> None:
    """Go to the place that the card shows."""
    activate(reader, None)


def open_link(reader: Reader, count: int | None) -> None:
    """Open the link on the current line, else arXiv's page at this section."""
    from tui_digest.tui.commands.paper import open_address

    view = text_pane(reader).view
    link = view.chosen_link()
    if link is not None and link.span.role == "picture":
        open_picture(reader, link.span.url)
    elif link is not None and link.span.url:
        open_address(reader, link.span.url)
    elif source := view.picture():
        open_picture(reader, source)
    else:
        open_address(reader, view.address(), "arXiv's page was")
