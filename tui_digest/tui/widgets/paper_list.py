"""The list of papers, drawn line by line: a key costs the same with 100 rows and with 100,000."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_digest.paper import AnnounceType, Paper
from tui_digest.reading import Entry, Mark
from tui_digest.settings import Glyphs
from tui_digest.tui.signs import UNICODE, Signs
from tui_digest.tui.text import highlighted, name, plain, tex_line
from tui_digest.tui.typeset import fit, two_lines
from tui_digest.tui.widgets.lines import LineWidget, thumb

Highlight = Callable[[str], Sequence[tuple[int, int]]]
"""Gives the places in a shown text, as (start, end), of the words that a search found."""

ROW_HEIGHT = 3
_SIGNS_WIDTH = 3
_AUTHORS_SHOWN = 3
_EDGE = 2
_ROWS_KEPT = 400


def no_words(text: str) -> Sequence[tuple[int, int]]:
    """Nothing is searched for."""
    return ()


def nobody(paper: Paper) -> Sequence[str]:
    """Nobody is followed."""
    return ()


@dataclass(frozen=True, slots=True)
class RowOptions:
    """How a row is written, and what is special about its paper.

    `followed` are the followed authors and words that the paper has; `highlight` gives the places
    in a shown text that a search found.
    """

    glyphs: Glyphs = "full"
    signs: Signs = UNICODE
    selected: bool = False
    followed: Sequence[str] = ()
    highlight: Highlight = no_words


@dataclass(frozen=True, slots=True)
class Row:
    """One paper of the list, set in lines: signs and title, title or authors, authors or nothing."""

    lines: tuple[Content, ...]
    roles: tuple[str, ...]


class PaperList(LineWidget, ScrollView, can_focus=True):
    """The papers of the day, one chosen.

    It is handed its rows and tells by messages what was chosen; it decides nothing itself.
    """

    ROLE_PREFIX = "paper-list"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-list--cursor",
        "paper-list--selected",
        "paper-list--match",
        "paper-list--followed",
        "paper-list--cursor-bar",
        "paper-list--read",
        "paper-list--title",
        "paper-list--dismissed",
        "paper-list--formula",
        "paper-list--emphasis",
        "paper-list--strong",
        "paper-list--muted",
        "paper-list--mark",
        "paper-list--unread",
        "paper-list--picked",
        "paper-list--new",
        "paper-list--changed",
        "paper-list--thumb",
    }

    cursor: reactive[int] = reactive(0, repaint=False)
    """The place of the chosen row."""

    @dataclass
    class Chosen(Message):
        """The cursor came to stand on another paper."""

        entry: Entry

    @dataclass
    class Opened(Message):
        """A paper was opened with the mouse."""

        entry: Entry

    def __init__(self, *, glyphs: Glyphs = "full", signs: Signs = UNICODE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs: Glyphs = glyphs
        self.signs = signs
        self.selected: frozenset[str] = frozenset()
        self.highlight: Highlight = no_words
        self.followed: Callable[[Paper], Sequence[str]] = nobody
        self._entries: Sequence[Entry] = ()
        self._rows: dict[tuple[int, bool], tuple[list[Segment], ...]] = {}
        self._drawn_top = 0
        self._thumb = range(0)
        self._edge: list[Segment] = []
        self._thumb_edge: list[Segment] = []

    def style_changed(self) -> None:
        """Draw the rows anew: the theme or the focus changed."""
        self._rows.clear()

    @property
    def entries(self) -> Sequence[Entry]:
        """The papers shown, in their order."""
        return self._entries

    @property
    def chosen(self) -> Entry | None:
        """The paper under the cursor."""
        return self._entries[self.cursor] if 0 <= self.cursor < len(self._entries) else None

    def show(self, entries: Sequence[Entry], cursor: int = 0) -> None:
        """Show these papers, the cursor on the one at that place (kept within the list)."""
        self._entries = entries
        self._rows.clear()
        self.virtual_size = Size(self.size.width, len(entries) * ROW_HEIGHT)
        self.set_reactive(PaperList.cursor, max(0, min(cursor, len(entries) - 1)))
        self._keep_in_view()
        self.refresh()

    def select(self, selected: frozenset[str]) -> None:
        """Show the papers of these ids as selected."""
        if selected != self.selected:
            self.selected = selected
            self._rows.clear()
            self.refresh()

    def take_over(self, entries: Sequence[Entry]) -> None:
        """Show the same papers in another state, the cursor and the view where they are."""
        self._entries = entries
        self._rows.clear()
        self.refresh()

    def move_to(self, place: int) -> None:
        """Put the cursor on the paper at that place, or on the nearest end."""
        if self._entries:
            self.cursor = max(0, min(place, len(self._entries) - 1))

    @property
    def page_rows(self) -> int:
        """How many whole papers are in view."""
        return max(1, self.size.height // ROW_HEIGHT)

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows concerned, scroll when needed, and tell which paper is chosen."""
        if before == after:
            return
        self._refresh_row(before)
        self._refresh_row(after)
        self._keep_in_view()
        if (entry := self.chosen) is not None:
            self.post_message(self.Chosen(entry))

    def _keep_in_view(self) -> None:
        top, height = self.cursor * ROW_HEIGHT, self.size.height
        if height < ROW_HEIGHT:
            return
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif top + ROW_HEIGHT > self.scroll_offset.y + height:
            self.scroll_to(y=top + ROW_HEIGHT - height, animate=False)

    def _refresh_row(self, place: int) -> None:
        self.refresh(Region(0, place * ROW_HEIGHT - self.scroll_offset.y, self.size.width, ROW_HEIGHT))

    def on_resize(self, event: events.Resize) -> None:
        """Set the rows anew for the new width, the chosen paper still in view."""
        self._rows.clear()
        self.virtual_size = Size(event.size.width, len(self._entries) * ROW_HEIGHT)
        self.call_after_refresh(self._keep_in_view)

    def on_click(self, event: events.Click) -> None:
        """Choose the paper under the mouse; a second click opens it."""
        place = (event.y + self.scroll_offset.y) // ROW_HEIGHT
        if place >= len(self._entries):
            return
        if event.chain == 2:
            self.post_message(self.Opened(self._entries[place]))
        self.move_to(place)

    def render_line(self, y: int) -> Strip:
        """One line of the list, with the thumb at its right edge when not all papers are in view."""
        width = self.drawn_size.width
        place, line = divmod(y + self._drawn_top, ROW_HEIGHT)
        edge = self._thumb_edge if y in self._thumb else self._edge
        if place >= len(self._entries):
            return Strip([*self.segments(Content(""), width - _EDGE), *edge], width)
        return Strip([*self._row(place)[line], *edge], width)

    def before_lines(self) -> None:
        """Which lines of the list are in view, and where its thumb stands."""
        self._drawn_top = self.scroll_offset.y
        self._thumb = thumb(self._drawn_top, self.drawn_size.height, len(self._entries) * ROW_HEIGHT)
        self._edge = self.segments(Content(""), _EDGE)
        self._thumb_edge = self.segments(Content.styled(f" {self.signs.thumb}", "thumb"), _EDGE)

    def _row(self, place: int) -> tuple[list[Segment], ...]:
        """The lines of one paper, kept until the paper, the width or the theme changes."""
        key = (place, place == self.cursor)
        lines = self._rows.get(key)
        if lines is None:
            if len(self._rows) > _ROWS_KEPT:
                self._rows.clear()
            width = self.drawn_size.width - _EDGE
            entry = self._entries[place]
            selected = entry.paper.id in self.selected
            row = set_row(entry, width, self._row_options(entry.paper, selected))
            roles = ("selected" if selected else "", "cursor" if place == self.cursor else "")
            lines = self._rows[key] = tuple(
                self._draw_row_line(content, width, (role, *roles), place == self.cursor)
                for content, role in zip(row.lines, row.roles, strict=True)
            )
        return lines

    def _row_options(self, paper: Paper, selected: bool) -> RowOptions:
        return RowOptions(self.glyphs, self.signs, selected, self.followed(paper), self.highlight)

    def _draw_row_line(
        self, content: Content, width: int, roles: tuple[str, ...], at_cursor: bool
    ) -> list[Segment]:
        if at_cursor:
            content = Content.styled(self.signs.cursor, "cursor-bar") + content[1:]
        return self.segments(content, width, *roles)


def set_row(entry: Entry, width: int, options: RowOptions) -> Row:
    """One paper of the list in three lines of `width` cells: title, then authors and categories.

    The signs of unread, mark and picked stand one under the other in the margin, that of a selected
    paper beside the first.
    """
    signs = options.signs
    room = max(width - _SIGNS_WIDTH, 8)
    title = tex_line(entry.paper.title, options.glyphs)
    titles = two_lines(highlighted(title, options.highlight(title.plain)), room, signs.more)
    texts = (*titles, _about(entry, room, options), Content(""))[:ROW_HEIGHT]
    in_margin = (
        Content.assemble(
            (" " if entry.reading.read else signs.unread, "unread"),
            (signs.selected if options.selected else " ", "mark"),
        ),
        Content.styled(f"{signs.of_mark(entry.reading.mark)} ", "mark"),
        Content.styled(f"{signs.picked if entry.reasons else ' '} ", "picked"),
    )
    lines = tuple(Content.assemble(" ", sign, text) for sign, text in zip(in_margin, texts, strict=True))
    title_role = _title_role(entry)
    roles = (*(title_role for _ in titles), "muted", "")[:ROW_HEIGHT]
    return Row(lines, roles)


def _title_role(entry: Entry) -> str:
    if entry.reading.mark is Mark.DISMISSED:
        return "dismissed"
    return "read" if entry.reading.read else "title"


def _about(entry: Entry, width: int, options: RowOptions) -> Content:
    """Authors and categories on the left, whom one follows and how it was announced on the right."""
    kind = _announced(entry.paper)
    announced = Content.styled(kind, "new" if kind == "new" else "changed")
    right = _followed(options, width // 2) + announced if options.followed else announced
    room = width - right.cell_length - 2
    left = _authors_and_categories(entry.paper, room, options.glyphs, options.signs)
    return Content.assemble(left, " " * (width - left.cell_length - right.cell_length), right)


def _followed(options: RowOptions, width: int) -> Content:
    """Whom or what the reader follows in a paper, as far as there is room for it."""
    signs = options.signs
    words = plain(f"{signs.followed} follows {', '.join(options.followed)}")
    return fit(words, width, signs.more).stylize("followed") + Content("  ")


def _announced(paper: Paper) -> str:
    """How a paper was announced, in one or two words: `new`, `cross`, `replaced v2`, `cross v2`."""
    if paper.announce_type is None:
        return f"v{paper.version}"
    if not paper.announce_type.is_replacement:
        return paper.announce_type.value
    word = "replaced" if paper.announce_type is AnnounceType.REPLACE else "cross"
    return f"{word} v{paper.version}"


def _authors_and_categories(paper: Paper, width: int, glyphs: Glyphs, signs: Signs) -> Content:
    """As many authors and categories as fit: the first author and the primary category stay longest."""
    fewer = [(count, (paper.primary,)) for count in range(_AUTHORS_SHOWN, 0, -1)]
    content = Content("")
    for authors, categories in [(_AUTHORS_SHOWN, paper.categories), *fewer]:
        content = plain(f"{short_authors(paper.authors, authors, glyphs)} {signs.dot} {' '.join(categories)}")
        if content.cell_length <= width:
            break
    return fit(content, width, signs.more)


def short_authors(authors: Sequence[str], shown: int, glyphs: Glyphs = "full") -> str:
    """The last names of the first authors, and how many more there are: `Xu, Cheng, Xu +2`."""
    if not authors:
        return "authors unknown"
    names = [name(author, glyphs).rpartition(" ")[2] for author in authors[:shown]]
    hidden = len(authors) - len(names)
    return ", ".join(names) + (f" +{hidden}" if hidden > 0 else "")
