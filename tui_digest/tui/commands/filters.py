"""Views, announce types, sorting and filters: the papers shown and their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from tui_digest.core.listing import toggle_kinds
from tui_digest.errors import TuiDigestError
from tui_digest.lists import View
from tui_digest.paper import AnnounceType
from tui_digest.tui.tasks.settings import change_settings

if TYPE_CHECKING:
    from tui_digest.entry import Action
    from tui_digest.settings import Sort
    from tui_digest.tui.dialogs.chooser import Chosen
    from tui_digest.tui.reader import Reader
    from tui_digest.tui.widgets.paper_row import RowHeight


def view_all(reader: Reader, count: int | None) -> None:
    """Show all papers."""
    _view(reader, View.ALL)


def view_unread(reader: Reader, count: int | None) -> None:
    """Show the unread papers."""
    _view(reader, View.UNREAD)


def toggle_unread(reader: Reader, count: int | None) -> None:
    """Toggle between the unread papers and all."""
    _view(reader, View.ALL if reader.listing.options.view is View.UNREAD else View.UNREAD)


def view_to_read(reader: Reader, count: int | None) -> None:
    """Show the papers marked to read."""
    _view(reader, View.TO_READ)


def _view(reader: Reader, view: View) -> None:
    reader.arrange(replace(reader.listing.options, view=view))


def show_hidden(reader: Reader, count: int | None) -> None:
    """Toggle whether dismissed and muted papers are shown."""
    options = reader.listing.options
    reader.arrange(replace(options, everything=not options.everything))
    reader.notify(
        "Dismissed and muted papers are hidden."
        if options.everything
        else "Dismissed and muted papers are shown too."
    )


def type_new(reader: Reader, count: int | None) -> None:
    """Toggle whether new papers are shown."""
    _kinds(reader, "New papers", AnnounceType.NEW)


def type_cross(reader: Reader, count: int | None) -> None:
    """Toggle whether cross-listed papers are shown."""
    _kinds(reader, "Cross-listed papers", AnnounceType.CROSS)


def type_replaced(reader: Reader, count: int | None) -> None:
    """Toggle whether replaced papers are shown."""
    _kinds(reader, "Replaced papers", AnnounceType.REPLACE, AnnounceType.REPLACE_CROSS)


def _kinds(reader: Reader, words: str, *kinds: AnnounceType) -> None:
    options = toggle_kinds(reader.listing.options, kinds)
    reader.arrange(options)
    reader.notify(f"{words} are {'shown' if kinds[0] in options.kinds else 'hidden'}.")


def sort_pick(reader: Reader, count: int | None) -> None:
    """Sort the pick first, the rest in arXiv's order."""
    _sort(reader, "pick")


def sort_number(reader: Reader, count: int | None) -> None:
    """Sort by arXiv's number."""
    _sort(reader, "number")


def sort_title(reader: Reader, count: int | None) -> None:
    """Sort by title."""
    _sort(reader, "title")


def sort_author(reader: Reader, count: int | None) -> None:
    """Sort by the first author's last name."""
    _sort(reader, "author")


def sort_announced(reader: Reader, count: int | None) -> None:
    """Sort the papers as arXiv announced them."""
    _sort(reader, "announced")


_ORDERS: Final[dict[Sort, str]] = {
    "pick": "the pick first, then in arXiv's order",
    "number": "by number",
    "title": "by title",
    "author": "by the first author's last name",
    "announced": "as arXiv announced them",
}


def _sort(reader: Reader, sort: Sort) -> None:
    reader.arrange(replace(reader.listing.options, sort=sort, reverse=False))
    reader.notify(f"Sorted: {_ORDERS[sort]}.")


def rows(reader: Reader, count: int | None) -> None:
    """Show a paper in three lines, in two, in one, and in three again."""
    following: dict[RowHeight, RowHeight] = {3: 2, 2: 1, 1: 3}
    lines = following[reader.state.settings.reader.rows]
    change_settings(reader, {"reader.rows": lines})
    reader.notify(f"A paper has {'one line' if lines == 1 else f'{lines} lines'} in the list.")


def reverse(reader: Reader, count: int | None) -> None:
    """Reverse the order."""
    options = replace(reader.listing.options, reverse=not reader.listing.options.reverse)
    reader.arrange(options)
    reader.notify(f"Sorted: {_ORDERS[options.sort]}{'; reversed' if options.reverse else ''}.")


def filter(reader: Reader, count: int | None) -> None:
    """Ask for a filter, and narrow the list as it is typed."""
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    listing = reader.listing
    before, start = listing.options, listing.place

    def on_typed(text: str) -> None:
        _filter(reader, text, start)

    def on_done(text: str) -> None:
        apply_filter(reader, text)

    def on_cancelled() -> None:
        listing.place = start
        reader.arrange(before)

    ask_line(reader, "filter", TextRequest(on_done, on_typed, on_cancelled), before.filter)


def apply_filter(reader: Reader, text: str) -> None:
    """Narrow the list to what a query finds; an empty one shows all.

    Its last word may go on, as it might while it was typed.

    Raises:
        TuiDigestError: the query is wrong.
    """
    reader.services.library.search.check(text)
    _filter(reader, text)


def _filter(reader: Reader, text: str, start: str | None = None) -> None:
    """Filter while typing; the cursor returns to `start` where that is shown."""
    listing = reader.listing

    def on_shown() -> None:
        reader.notify(f"{listing.count} of {listing.total} papers are shown.")

    if start is not None:
        listing.place = start
    reader.arrange(replace(listing.options, filter=text.strip(), typing=True), on_shown)


def saved_filters(reader: Reader, count: int | None) -> None:
    """Choose a saved filter, save the one in use, or delete one."""
    from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen
    from tui_digest.tui.text import plain

    saved = reader.services.library.filters.all()
    choices = [Choice(plain(f"{name}   {query}"), name) for name, query in saved.items()]
    title = "Saved filters" if saved else "No filter is saved yet."

    def on_chosen(answer: Chosen[str] | None) -> None:
        if answer is None:
            return
        if answer.command_id == "filters.save":
            save_filter(reader, None)
        elif answer.value is not None:
            name = answer.value
            if answer.command_id == "filters.delete":
                _delete(reader, name)
            else:
                apply_filter(reader, saved[name])

    offered = ("filters.save", "filters.delete")
    screen = ChooserScreen(reader.keymap, title, choices, place="filters", offered=offered)
    reader.open_dialog(screen, on_chosen)


def save_filter(reader: Reader, count: int | None) -> None:
    """Save the filter in use under a name."""
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    query = reader.listing.options.filter
    if not query:
        reader.notify("There is no filter to save: f makes one.")
        return

    def on_done(name: str) -> None:
        filters = reader.services.library.filters
        reader.writes.perform(
            lambda: filters.save(name, query),
            lambda action: reader.notify(
                f"{action.label.capitalize()}." if action else "It was saved already."
            ),
        )

    ask_line(reader, "save the filter as", TextRequest(on_done))


def _delete(reader: Reader, name: str) -> None:
    def on_written(action: Action | None) -> None:
        if action is None:
            raise TuiDigestError(f"There is no filter {name!r} any more.")
        reader.notify(f"Deleted the filter {name}; {reader.key('undo')} brings it back.")

    reader.writes.perform(lambda: reader.services.library.filters.delete(name), on_written)
