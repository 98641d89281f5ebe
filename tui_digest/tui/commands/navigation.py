"""Moving in the list, in the paper and between them, and selecting papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader

_LINES = 3
"""How many lines of the paper one key scrolls."""


def _move(reader: Reader, rows: int) -> None:
    """Move by papers in the list, by lines in the paper, where the focus is.

    The line below the papers is no part of a selection, and not reached while one is made.
    """
    if reader.panes.paper_focused:
        reader.pane.scroll_by(rows)
    else:
        cursor = reader.papers.cursor
        nothing_selected = not reader.listing.selection(cursor).count
        reader.papers.move_to(cursor + rows, to_offer=nothing_selected)


def down(reader: Reader, count: int | None) -> None:
    """Move to the next paper, or line."""
    _move(reader, count or 1)


def up(reader: Reader, count: int | None) -> None:
    """Move to the previous paper, or line."""
    _move(reader, -(count or 1))


def first(reader: Reader, count: int | None) -> None:
    """Go to the top of the list or the paper."""
    _move(reader, -len(reader.pane.lines) if reader.panes.paper_focused else -reader.listing.count)


def last(reader: Reader, count: int | None) -> None:
    """Go to the end of the list or the paper, or to the paper of that number."""
    if count is not None:
        reader.papers.move_to(count - 1)
    else:
        _move(reader, len(reader.pane.lines) if reader.panes.paper_focused else reader.listing.count)


def _page(reader: Reader, share: float) -> None:
    height = reader.pane.size.height if reader.panes.paper_focused else reader.papers.page_rows
    step = max(1, round(height * abs(share)))
    _move(reader, step if share > 0 else -step)


def half_page_down(reader: Reader, count: int | None) -> None:
    """Move half a page down."""
    _page(reader, 0.5 * (count or 1))


def half_page_up(reader: Reader, count: int | None) -> None:
    """Move half a page up."""
    _page(reader, -0.5 * (count or 1))


def page_down(reader: Reader, count: int | None) -> None:
    """Move a page down."""
    _page(reader, float(count or 1))


def page_up(reader: Reader, count: int | None) -> None:
    """Move a page up."""
    _page(reader, -float(count or 1))


def next_section(reader: Reader, count: int | None) -> None:
    """Go to the next part of the list."""
    _to_part(reader, count or 1)


def previous_section(reader: Reader, count: int | None) -> None:
    """Go to the beginning of this part of the list, or to the part before."""
    _to_part(reader, -(count or 1))


def _to_part(reader: Reader, steps: int) -> None:
    step = 1 if steps > 0 else -1
    for _ in range(abs(steps)):
        place = reader.listing.part_from(reader.papers.cursor, step)
        if place is None:
            reader.notify("This is the last part." if step > 0 else "This is the first part.")
            return
        reader.papers.move_to(place)


def scroll_down(reader: Reader, count: int | None) -> None:
    """Scroll the paper down."""
    reader.pane.scroll_by(_LINES * (count or 1))


def scroll_up(reader: Reader, count: int | None) -> None:
    """Scroll the paper up."""
    reader.pane.scroll_by(-_LINES * (count or 1))


def list_pane(reader: Reader, count: int | None) -> None:
    """Focus the list."""
    reader.panes.focus_list()


def paper_pane(reader: Reader, count: int | None) -> None:
    """Focus the paper; where there is room for one pane only, show it."""
    reader.panes.focus_paper()


def other_pane(reader: Reader, count: int | None) -> None:
    """Focus the other pane; on an opened paper, go to an explanation's next place."""
    if reader.panes.paper_open and reader.panes.paper_focused and reader.pane.step_mark(1):
        return
    if reader.panes.paper_focused:
        reader.panes.focus_list()
    elif reader.papers.chosen is not None:
        reader.panes.focus_paper()


def open_paper(reader: Reader, count: int | None) -> None:
    """Show the paper at full width and mark it read; once open, show its whole text.

    With a mark of an explanation chosen, the text at the place that it names. On the line below the
    papers, do what that offers.
    """
    if reader.papers.at_offer:
        from tui_digest.tui.commands.library_search import take_offer

        take_offer(reader)
        return
    if reader.panes.paper_open and reader.panes.paper_focused and reader.pane.mark:
        from tui_digest.tui.commands.text_explanation import show_marked_place

        show_marked_place(reader, reader.pane.mark)
        return
    if reader.panes.paper_open and reader.panes.paper_focused:
        from tui_digest.tui.commands.text import whole_text

        whole_text(reader, count)
        return
    reader.panes.open_paper()


def back(reader: Reader, count: int | None) -> None:
    """Stop the explanation that is being made, or leave what was entered last.

    That is zen, the paper, the selection, the search, the filter, or the queue; with nothing to leave,
    downloading PDFs or asking arXiv is stopped.
    """
    from tui_digest.tui.commands.arxiv_search import stop_searching
    from tui_digest.tui.commands.filters import apply_filter
    from tui_digest.tui.commands.search import clear_search
    from tui_digest.tui.tasks.explanation import stop_explanation
    from tui_digest.tui.tasks.fetch import FETCH
    from tui_digest.tui.tasks.pdf import stop_downloads
    from tui_digest.tui.tasks.text import stop_fetching_text

    listing = reader.listing
    if stop_explanation(reader):
        reader.notify("The explanation was stopped.")
    elif stop_fetching_text(reader):
        reader.notify("Fetching the text was stopped.")
    elif stop_searching(reader):
        reader.notify("The search at arXiv was stopped.")
    elif reader.panes.zen:
        reader.panes.zen = False
    elif reader.panes.paper_open or reader.panes.paper_focused:
        reader.panes.focus_list()
    elif listing.selection(reader.papers.cursor).count:
        listing.clear_selection()
        reader.show_list()
    elif listing.search:
        clear_search(reader)
    elif listing.options.filter:
        apply_filter(reader, "")
    elif not reader.state.browsing.in_day:
        reader.state.browsing.leave()
        reader.show_list()
    elif stop_downloads(reader):
        reader.notify(
            f"Downloading was stopped; what came is kept, and {reader.key('download_pdf')} goes on."
        )
    elif reader.state.progress:
        reader.cancel(FETCH)
        reader.notify(
            f"Asking arXiv was stopped; what was fetched is kept, and {reader.key('ask_again')} goes on."
        )


def zen(reader: Reader, count: int | None) -> None:
    """Toggle whether nothing but the paper is shown."""
    reader.panes.zen = not reader.panes.zen
    if reader.panes.zen:
        open_paper(reader, None)


def select(reader: Reader, count: int | None) -> None:
    """Toggle the selection of the chosen paper, or of `count` papers, and go on."""
    listing, place = reader.listing, reader.papers.cursor
    places = range(place, min(place + (count or 1), listing.count))
    listing.toggle_selection(places, place)
    reader.papers.select(listing.selection(place))
    reader.papers.move_to(places.stop)
    reader.refresh_status()


def select_range(reader: Reader, count: int | None) -> None:
    """Start a range at the chosen paper, or end it here."""
    listing, chosen = reader.listing, reader.papers.chosen
    if listing.anchor or chosen is None:
        listing.keep_range(reader.papers.cursor)
    else:
        listing.anchor = chosen.paper.id
        reader.notify(f"A range begins here: move, then mark; {reader.key('select_range')} ends the range.")
    reader.papers.select(listing.selection(reader.papers.cursor))
    reader.refresh_status()


def select_all(reader: Reader, count: int | None) -> None:
    """Select all papers shown; when all are selected, none."""
    listing = reader.listing
    listing.toggle_all(reader.papers.cursor)
    reader.papers.select(listing.selection(reader.papers.cursor))
    reader.refresh_status()
