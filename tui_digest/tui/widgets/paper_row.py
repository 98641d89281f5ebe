"""A paper as a list row of three, two or one lines: signs, title, authors.

Categories come last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec
from textual.content import Content

from tui_digest.entry import Entry, Mark
from tui_digest.paper import Paper
from tui_digest.render.author_names import read_authors
from tui_digest.render.labels import ANNOUNCE_LABELS, tag_line
from tui_digest.settings import Glyphs
from tui_digest.tui.page.wrap import few_lines, fit
from tui_digest.tui.text import highlight_matches, name, plain, tex_line
from tui_digest.tui.theme.symbols import UNICODE, SymbolSet

Highlight = Callable[[str], Sequence[tuple[int, int]]]
"""Gives the places in a shown text, as (start, end), of the words that a search found."""

RowHeight = Literal[3, 2, 1]
"""The lines of a paper in the list."""

_SIGNS_WIDTH = 4
_AUTHORS_SHOWN = 3
_ONE_LINE_AUTHOR, _ONE_LINE_CATEGORY = 14, 8
"""The widest columns of a paper on one line."""

_ROOM_FOR_TAGS = 60
"""From this width on, one line has tags."""


def no_words(text: str) -> Sequence[tuple[int, int]]:
    """Find no words: nothing is searched for."""
    return ()


def nobody(paper: Paper) -> Sequence[str]:
    """Name nobody: no author is followed."""
    return ()


def nothing_pending(paper_id: str) -> bool:
    """Tell that no decision is pending: all are on disk."""
    return False


class RowOptions(msgspec.Struct, frozen=True):
    """Options of a row, and what is special about its paper.

    `followed` are the followed authors and words that the paper has; `found` are the places, as (start,
    end), of words in the shown title that a search found; `pending` says that a decision on it is not on
    disk yet.
    """

    glyphs: Glyphs = "full"
    symbols: SymbolSet = UNICODE
    height: RowHeight = 3
    selected: bool = False
    followed: Sequence[str] = ()
    found: Sequence[tuple[int, int]] = ()
    pending: bool = False


class PaperRow(msgspec.Struct, frozen=True):
    """One paper of the list, set in lines, each with the role of its text."""

    entry: Entry
    options: RowOptions
    lines: tuple[Content, ...]
    roles: tuple[str, ...]


def set_row(entry: Entry, width: int, options: RowOptions) -> PaperRow:
    """One paper of the list in `options.height` lines of `width` cells.

    The signs of unread (or selected) and of the mark are before the title. In three lines, a title that
    needs one leaves the next to the authors; in two, the title has one line; one line has the title, the
    first author and the primary category in columns.
    """
    room = max(width - _SIGNS_WIDTH, 8)
    title = tex_line(entry.paper.title, options.glyphs)
    title = highlight_matches(title, options.found)
    if options.height == 1:
        texts = [_one_line(entry, title, room, options)]
        titles = 1
    else:
        texts = few_lines(title, room, options.height - 1, options.symbols.more)
        titles = len(texts)
        texts += _about(entry, room, options, options.height - titles)
    indent = Content(" " * _SIGNS_WIDTH)
    lines = (_signs(entry, options) + texts[0], *(indent + text for text in texts[1:]))
    title_role = _title_role(entry)
    roles = tuple(title_role if line < titles else "muted" for line in range(len(lines)))
    return PaperRow(entry, options, lines, roles)


def _signs(entry: Entry, options: RowOptions) -> Content:
    """Return what precedes the title: cursor, unread or selected, mark."""
    symbols = options.symbols
    first = (" " if entry.reading.read else symbols.unread, "unread")
    if options.selected:
        first = (symbols.selected, "mark")
    mark = symbols.pending if options.pending else symbols.of_mark(entry.reading.mark)
    return Content.assemble(" ", first, (mark, "mark"), " ")


def _title_role(entry: Entry) -> str:
    if entry.reading.mark is Mark.DISMISSED:
        return "dismissed"
    return "read" if entry.reading.read else ""


def _flags(entry: Entry, options: RowOptions) -> Content:
    """The signs of what the paper has: picked, a note, an explanation; withdrawn."""
    symbols = options.symbols
    known = (
        (entry.paper.is_withdrawn, symbols.withdrawn, "warning"),
        (bool(entry.reasons), symbols.picked, "picked"),
        (bool(entry.reading.note), symbols.note, "mark"),
        (entry.explanation is not None, symbols.explained, "followed"),
    )
    return Content.assemble(*((sign, role) for has, sign, role in known if has))


def _one_line(entry: Entry, title: Content, width: int, options: RowOptions) -> Content:
    """Return title, first author and primary category in columns, with the flags."""
    more, paper = options.symbols.more, entry.paper
    category = min(_ONE_LINE_CATEGORY, width // 4)
    author = min(_ONE_LINE_AUTHOR, width // 5)
    tags = _tags(entry.tags, width // 6, options.symbols) if width >= _ROOM_FOR_TAGS else Content("")
    flags = tags + _flags(entry, options)
    room = width - author - category - 2
    title = fit(title, room - flags.cell_length - bool(flags), more)
    return Content.assemble(
        title,
        " " * (room - title.cell_length - flags.cell_length),
        flags,
        " ",
        (_column(_first_author(paper.authors), author, more), "muted"),
        (" ", "muted"),
        (_column(paper.primary, category, more), "muted"),
    )


def _column(text: str, width: int, more: str) -> str:
    """A text in a column of `width` cells."""
    content = fit(plain(text), width, more)
    return content.plain + " " * (width - content.cell_length)


def _about(entry: Entry, width: int, options: RowOptions, lines: int) -> list[Content]:
    """Return authors and categories at the left, tags, flags and type at the right.

    With two lines the authors have the first one to themselves.
    """
    right = _announce_words(entry.paper)
    if flags := _flags(entry, options):
        right = flags + Content(" ") + right
    right = _tags(entry.tags, width // 3, options.symbols) + right
    if options.followed:
        right = _followed_words(options, max(width // 2 - right.cell_length, 0)) + right
    room, symbols, paper = width - right.cell_length - 2, options.symbols, entry.paper
    if lines == 1:
        authors, left = [], _authors_and_categories(paper, room, symbols)
    else:
        authors, left = [_as_many_authors(paper, width, symbols)], plain(" ".join(paper.categories))
    left = fit(left, room, symbols.more)
    return [*authors, Content.assemble(left, " " * (width - left.cell_length - right.cell_length), right)]


def _tags(tags: Sequence[str], width: int, symbols: SymbolSet) -> Content:
    """The tags that the reader gave, as far as there is room."""
    if not tags:
        return Content("")
    return fit(plain(tag_line(tags)), width, symbols.more).stylize("tag") + Content("  ")


def _followed_words(options: RowOptions, width: int) -> Content:
    """Return what is followed in a paper, as far as there is room."""
    symbols = options.symbols
    names = ", ".join(name(each, options.glyphs) for each in options.followed)
    words = plain(f"{symbols.followed} follows {names}")
    return fit(words, width, symbols.more).stylize("followed") + Content("  ")


def _announce_words(paper: Paper) -> Content:
    """Return how a paper was announced: `new`, `cross`, `replaced v2`, `withdrawn`."""
    if paper.is_withdrawn:
        return Content.styled("withdrawn", "warning")
    if paper.announce_type is None:
        return Content.styled(f"v{paper.version}", "changed")
    word = ANNOUNCE_LABELS[paper.announce_type].word
    words = f"{word} v{paper.version}" if paper.announce_type.is_replacement else word
    return Content.styled(words, "new" if words == "new" else "changed")


def _as_many_authors(paper: Paper, width: int, symbols: SymbolSet) -> Content:
    """Return as many of the authors as fit on a line."""
    content = Content("")
    for shown in range(min(len(paper.authors), width // 3), 0, -1):
        content = plain(short_authors(paper.authors, shown))
        if content.cell_length <= width:
            return content
    return fit(content or plain(short_authors(paper.authors, 1)), width, symbols.more)


def _authors_and_categories(paper: Paper, width: int, symbols: SymbolSet) -> Content:
    """Return the authors and categories that fit; the first of each stays longest."""
    fewer = [(count, (paper.primary,)) for count in range(_AUTHORS_SHOWN, 0, -1)]
    content = Content("")
    for authors, categories in [(_AUTHORS_SHOWN, paper.categories), *fewer]:
        content = plain(f"{short_authors(paper.authors, authors)} {symbols.dot} {' '.join(categories)}")
        if content.cell_length <= width:
            break
    return fit(content, width, symbols.more)


def _first_author(authors: Sequence[str]) -> str:
    """The family name of the first author."""
    names = read_authors(tuple(authors)).names
    return names[0].short if names else "unknown"


def short_authors(authors: Sequence[str], shown: int) -> str:
    """Return the first authors' family names and a count: `Xu, Cheng, Xu +2`."""
    read = read_authors(tuple(authors))
    names = read.names
    if not names:
        return "authors unknown"
    hidden = len(names) - shown
    more = f" +{hidden}" if hidden > 0 else " et al." if read.others else ""
    return ", ".join(author.short for author in names[:shown]) + more
