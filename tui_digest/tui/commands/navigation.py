"""Moving in the list, in the paper, and between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen

_LINES = 3
"""How many lines of the paper one key scrolls."""


def _move(reader: ReaderScreen, rows: int) -> None:
    """Move in whichever pane has the focus: by papers in the list, by lines in the paper."""
    if reader.pane.has_focus:
        reader.pane.scroll_by(rows)
    else:
        reader.papers.move_to(reader.papers.cursor + rows)


def down(reader: ReaderScreen, count: int | None) -> None:
    """Next paper, or next line."""
    _move(reader, count or 1)


def up(reader: ReaderScreen, count: int | None) -> None:
    """Previous paper, or previous line."""
    _move(reader, -(count or 1))


def first(reader: ReaderScreen, count: int | None) -> None:
    """Top of the list or the paper."""
    _move(reader, -len(reader.pane.lines) if reader.pane.has_focus else -len(reader.shown))


def last(reader: ReaderScreen, count: int | None) -> None:
    """End of the list or the paper; with a count, the paper of that number."""
    if count is not None:
        reader.papers.move_to(count - 1)
    else:
        _move(reader, len(reader.pane.lines) if reader.pane.has_focus else len(reader.shown))


def _page(reader: ReaderScreen, share: float) -> None:
    height = reader.pane.size.height if reader.pane.has_focus else reader.papers.page_rows
    step = max(1, round(height * abs(share)))
    _move(reader, step if share > 0 else -step)


def half_page_down(reader: ReaderScreen, count: int | None) -> None:
    """Half a page down."""
    _page(reader, 0.5 * (count or 1))


def half_page_up(reader: ReaderScreen, count: int | None) -> None:
    """Half a page up."""
    _page(reader, -0.5 * (count or 1))


def page_down(reader: ReaderScreen, count: int | None) -> None:
    """A page down."""
    _page(reader, float(count or 1))


def page_up(reader: ReaderScreen, count: int | None) -> None:
    """A page up."""
    _page(reader, -float(count or 1))


def scroll_down(reader: ReaderScreen, count: int | None) -> None:
    """Scroll the paper down."""
    reader.pane.scroll_by(_LINES * (count or 1))


def scroll_up(reader: ReaderScreen, count: int | None) -> None:
    """Scroll the paper up."""
    reader.pane.scroll_by(-_LINES * (count or 1))


def list_pane(reader: ReaderScreen, count: int | None) -> None:
    """Focus on the list."""
    reader.paper_open = False
    reader.zen = False
    reader.papers.focus()


def paper_pane(reader: ReaderScreen, count: int | None) -> None:
    """Focus on the paper; where there is room for one pane only, show it."""
    if reader.has_class("-narrow"):
        reader.paper_open = True
    reader.pane.focus()


def other_pane(reader: ReaderScreen, count: int | None) -> None:
    """Focus on the pane that has it not."""
    if reader.pane.has_focus:
        list_pane(reader, None)
    elif reader.papers.chosen is not None:
        paper_pane(reader, None)


def open_paper(reader: ReaderScreen, count: int | None) -> None:
    """The paper at full width; it counts as read."""
    reader.paper_open = True
    reader.pane.focus()
    from tui_digest.tui.commands.marks import mark_read

    if (entry := reader.papers.chosen) is not None:
        mark_read(reader, entry)


def back(reader: ReaderScreen, count: int | None) -> None:
    """Stop the explanation that is being made, or leave what was entered last.

    That is zen, the paper, the selection, the search, the filter, or the queue; with nothing to leave,
    asking arXiv is stopped.
    """
    from tui_digest.tui.commands.explanation import stop_explaining
    from tui_digest.tui.commands.filters import apply_filter
    from tui_digest.tui.commands.search import clear_search

    listing = reader.listing
    if stop_explaining(reader):
        reader.say("The explanation was stopped.")
    elif reader.zen:
        reader.zen = False
    elif reader.paper_open or reader.pane.has_focus:
        list_pane(reader, None)
    elif listing.selection(reader.papers.cursor):
        listing.clear_selection()
        reader.show_list()
    elif listing.search is not None:
        clear_search(reader)
    elif listing.wish.filter:
        apply_filter(reader, "")
    elif not reader.browsing.in_day:
        reader.browsing.leave()
        reader.show_list()
    elif reader.progress:
        reader.workers.cancel_group(reader, "fetch")
        reader.say("Asking arXiv was stopped; what was fetched is kept, and R goes on.")


def zen(reader: ReaderScreen, count: int | None) -> None:
    """Nothing but the paper, and back."""
    reader.zen = not reader.zen
    if reader.zen:
        open_paper(reader, None)
