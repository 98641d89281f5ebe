"""A paper as a row of the list: three lines of symbols, title, authors and categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from textual.content import Content

from tui_digest.entry import Entry, Mark
from tui_digest.paper import Paper
from tui_digest.render.author_names import read_authors
from tui_digest.render.labels import ANNOUNCE_LABELS, tag_line
from tui_digest.settings import Glyphs
from tui_digest.tui.page.wrap import few_lines, fit
from tui_digest.tui.text import highlighted, name, plain, tex_line
from tui_digest.tui.theme.symbols import UNICODE, SymbolSet

Highlight = Callable[[str], Sequence[tuple[int, int]]]
"""Gives the places in a shown text, as (start, end), of the words that a search found."""

ROW_HEIGHT = 3
_SIGNS_WIDTH = 3
_AUTHORS_SHOWN = 3


def no_words(text: str) -> Sequence[tuple[int, int]]:
    """Nothing is searched for."""
    return ()


def nobody(paper: Paper) -> Sequence[str]:
    """Nobody is followed."""
    return ()


def nothing_pending(paper_id: str) -> bool:
    """Every decision is on disk."""
    return False


class RowOptions(msgspec.Struct, frozen=True):
    """How a row is written, and what is special about its paper.

    `followed` are the followed authors and words that the paper has; `highlight` gives the places
    in a shown text that a search found; `pending` says that a decision on it is not on disk yet.
    """

    glyphs: Glyphs = "full"
    symbols: SymbolSet = UNICODE
    selected: bool = False
    followed: Sequence[str] = ()
    highlight: Highlight = no_words
    pending: bool = False


class PaperRow(msgspec.Struct, frozen=True):
    """One paper of the list, set in lines: symbols and title, title or authors, authors or nothing."""

    lines: tuple[Content, ...]
    roles: tuple[str, ...]


def set_row(entry: Entry, width: int, options: RowOptions) -> PaperRow:
    """One paper of the list in three lines of `width` cells: title, then authors and categories.

    The symbols of unread, mark and picked stand one under the other in the margin, that of a selected
    paper beside the first.
    """
    symbols = options.symbols
    room = max(width - _SIGNS_WIDTH, 8)
    title = tex_line(entry.paper.title, options.glyphs)
    titles = few_lines(highlighted(title, options.highlight(title.plain)), room, 2, symbols.more)
    texts = (*titles, _about(entry, room, options), Content(""))[:ROW_HEIGHT]
    in_margin = (
        Content.assemble(
            (" " if entry.reading.read else symbols.unread, "unread"),
            (symbols.selected if options.selected else " ", "mark"),
        ),
        Content.styled(
            f"{symbols.of_mark(entry.reading.mark)}{symbols.pending if options.pending else ' '}", "mark"
        ),
        Content.styled(f"{symbols.picked if entry.reasons else ' '} ", "picked"),
    )
    lines = tuple(Content.assemble(" ", sign, text) for sign, text in zip(in_margin, texts, strict=True))
    title_role = _title_role(entry)
    roles = (*(title_role for _ in titles), "muted", "")[:ROW_HEIGHT]
    return PaperRow(lines, roles)


def _title_role(entry: Entry) -> str:
    if entry.reading.mark is Mark.DISMISSED:
        return "dismissed"
    return "read" if entry.reading.read else "title"


def _about(entry: Entry, width: int, options: RowOptions) -> Content:
    """Authors and categories on the left; what is followed, tags and the type on the right."""
    kind = _announced(entry.paper)
    announced = Content.styled(kind, "new" if kind == "new" else "changed")
    right = _tags(entry.tags, width // 3, options.symbols) + announced
    if options.followed:
        right = _followed(options, max(width // 2 - right.cell_length, 0)) + right
    room = width - right.cell_length - 2
    left = _authors_and_categories(entry.paper, room, options.symbols)
    return Content.assemble(left, " " * (width - left.cell_length - right.cell_length), right)


def _tags(tags: Sequence[str], width: int, symbols: SymbolSet) -> Content:
    """The tags that the reader gave, as far as there is room."""
    if not tags:
        return Content("")
    return fit(plain(tag_line(tags)), width, symbols.more).stylize("tag") + Content("  ")


def _followed(options: RowOptions, width: int) -> Content:
    """What is followed in a paper, as far as there is room."""
    symbols = options.symbols
    names = ", ".join(name(each, options.glyphs) for each in options.followed)
    words = plain(f"{symbols.followed} follows {names}")
    return fit(words, width, symbols.more).stylize("followed") + Content("  ")


def _announced(paper: Paper) -> str:
    """How a paper was announced, in one or two words: `new`, `cross`, `replaced v2`, `cross v2`."""
    if paper.announce_type is None:
        return f"v{paper.version}"
    word = ANNOUNCE_LABELS[paper.announce_type].word
    return f"{word} v{paper.version}" if paper.announce_type.is_replacement else word


def _authors_and_categories(paper: Paper, width: int, symbols: SymbolSet) -> Content:
    """As many authors and categories as fit: the first author and the primary category stay longest."""
    fewer = [(count, (paper.primary,)) for count in range(_AUTHORS_SHOWN, 0, -1)]
    content = Content("")
    for authors, categories in [(_AUTHORS_SHOWN, paper.categories), *fewer]:
        content = plain(f"{short_authors(paper.authors, authors)} {symbols.dot} {' '.join(categories)}")
        if content.cell_length <= width:
            break
    return fit(content, width, symbols.more)


def short_authors(authors: Sequence[str], shown: int) -> str:
    """The family names of the first authors, and how many more there are: `Xu, Cheng, Xu +2`."""
    names, others = read_authors(tuple(authors))
    if not names:
        return "authors unknown"
    hidden = len(names) - shown
    more = f" +{hidden}" if hidden > 0 else " et al." if others else ""
    return ", ".join(author.short for author in names[:shown]) + more
