"""The blocks of a paper as lines of a width, with roles for a front end's styles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from tui_digest.fulltext.blocks import (
    Block,
    Caption,
    CodeListing,
    Content,
    Document,
    Drawing,
    Equation,
    Notice,
    Picture,
    Reference,
    TextHeading,
    TextMargin,
    TextParagraph,
    TextTable,
)
from tui_digest.latex.symbols.glyphs import Level, cells
from tui_digest.render.fulltext.equations import equation_lines
from tui_digest.render.fulltext.styled import (
    Renderer,
    Styled,
    StyledSpan,
    in_role,
    join_styled,
    wrap_styled,
)
from tui_digest.render.fulltext.tables import table_lines

MEASURE = 90
"""The widest line of a paper, in cells: longer ones are hard to follow back."""

_NARROWEST = 16
_PUNCTUATION = tuple(".:;,?!)—–-")
_LONGEST_MARKER = 8
_LABELS_SHOWN = 60
_RUN_IN_LEVEL = 4
"""Headings from this level on are those of paragraphs, and are close to their text."""

_HEADING_ROLES = ("section", "subsection", "subsubsection", "heading")


class TextLine(NamedTuple):
    """One line of a paper: its text and spans, the line's role, its block's number.

    `block` is -1 for lines before the first block and for what no block says.
    """

    text: str
    spans: tuple[StyledSpan, ...] = ()
    role: str = ""
    block: int = -1


class TextLayout(NamedTuple):
    """Layout settings: cells a line, glyphs, signs, whether TeX stays as written.

    `page_address` is where the page came from: pictures are shown with their addresses then.
    """

    width: int
    glyphs: Level = "full"
    signs: Literal["unicode", "ascii"] = "unicode"
    tex: bool = False
    page_address: str = ""


def lay_out_text(document: Document, layout: TextLayout, under_title: Sequence[str] = ()) -> list[TextLine]:
    """All lines of a paper: its title, what is said under it, its blocks."""
    lines = title_lines(document, layout, under_title)
    return [*lines, *block_lines(document.blocks, layout)]


def title_lines(document: Document, layout: TextLayout, under_title: Sequence[str] = ()) -> list[TextLine]:
    """Return the lines of the title and of the sentences under it.

    The sentences say where the text came from and what it lacks.
    """
    width = _width(layout)
    renderer = Renderer(layout.glyphs, layout.tex)
    lines = [
        TextLine(line.text, line.spans, "title")
        for line in wrap_styled(renderer.content(document.title), width)
    ]
    for sentence in under_title:
        lines += [TextLine(line.text, (), "source") for line in wrap_styled(Styled(sentence), width, 2)]
    return lines


def block_lines(
    blocks: Sequence[Block], layout: TextLayout, first: int = 0, end: int | None = None
) -> Iterator[TextLine]:
    """Yield the lines of blocks `first` to `end` with the blank lines before them."""
    drawing = _BlockLayout(layout)
    stop = len(blocks) if end is None else min(end, len(blocks))
    for number in range(first, stop):
        yield from drawing.lines(blocks[number], number, blocks[number - 1] if number else None)


def _width(layout: TextLayout) -> int:
    return max(_NARROWEST, min(layout.width, MEASURE))


class _BlockLayout:
    """Lays out blocks one after the other."""

    def __init__(self, layout: TextLayout) -> None:
        self._layout = layout
        self._width = _width(layout)
        self._renderer = Renderer(layout.glyphs, layout.tex)
        self._ascii = layout.signs == "ascii"

    def lines(self, block: Block, number: int, before: Block | None) -> Iterator[TextLine]:
        """The lines of a block, after the blank ones that part it from the block before."""
        for _ in range(self._gap(block, before)):
            yield TextLine("", (), "", number)
        first, following = self._margins(block.margins)
        room = max(_NARROWEST - 4, self._width - max(cells(first), cells(following)))
        role = "note" if any(margin.kind == "note" for margin in block.margins) else self._role(block)
        for place, line in enumerate(self._lines(block, room)):
            margin = following if place else first
            if not margin:
                yield TextLine(line.text, line.spans, role, number)
            elif not line.text:
                yield TextLine(margin.rstrip(), (), role, number)
            else:
                shifted = join_styled([in_role(margin, "marker") if margin.strip() else margin, line])
                yield TextLine(shifted.text, shifted.spans, role, number)

    def _gap(self, block: Block, before: Block | None) -> int:
        if isinstance(block, TextHeading):
            return 2 if block.level == 1 and before is not None else 1
        if isinstance(before, TextHeading):
            return (
                0
                if before.level >= _RUN_IN_LEVEL and isinstance(block, TextParagraph) and not block.margins
                else 1
            )
        return 0 if block.tight else 1

    def _role(self, block: Block) -> str:
        match block:
            case TextHeading():
                return _HEADING_ROLES[min(block.level, len(_HEADING_ROLES)) - 1]
            case TextParagraph() if block.role in ("authors", "affiliation"):
                return block.role
            case Notice() | Drawing() | Picture():
                return "notice" if isinstance(block, Notice) else "figure"
            case Caption():
                return "caption"
            case CodeListing():
                return "listing"
            case Reference():
                return "reference"
            case _:
                return ""

    def _margins(self, margins: Sequence[TextMargin]) -> tuple[str, str]:
        """Return what is before the first line of a block and before its others."""
        first = following = ""
        most = self._width // 3
        for margin in margins:
            marker, blank = self._margin(margin)
            if cells(first) + cells(marker) > most and not marker.strip():
                continue
            first += marker
            following += blank
        return first, following if cells(following) <= most else " " * most

    def _margin(self, margin: TextMargin) -> tuple[str, str]:
        match margin.kind:
            case "item":
                marker = margin.marker or ""
                if self._ascii:
                    marker = marker.replace("•", "*").replace("–", "-").replace("∘", "o")
                if not margin.opens:
                    width = cells(marker) + 1 if marker and cells(marker) <= _LONGEST_MARKER else 4
                    return " " * (width if marker else 2), " " * (width if marker else 2)
                if not marker:
                    return "  ", "  "
                width = cells(marker) + 1 if cells(marker) <= _LONGEST_MARKER else 4
                return f"{marker} ", " " * width
            case "quotation":
                bar = "> " if self._ascii else "│ "
                return bar, bar
            case "note":
                mark = self._renderer.note_mark(margin.marker)
                opening = f"  {mark} " if margin.opens else " " * (3 + cells(mark))
                return opening, " " * (3 + cells(mark))
            case _:
                return "  ", "  "

    def _lines(self, block: Block, room: int) -> list[Styled]:
        match block:
            case TextHeading():
                number = f"{block.number}  " if block.number else ""
                return wrap_styled(
                    join_styled([number, self._renderer.content(block.content)]), room, min(len(number), 6)
                )
            case TextParagraph():
                return self._paragraph(block, room)
            case Equation():
                return equation_lines(block, room, self._renderer)
            case TextTable():
                return table_lines(block, room, self._renderer, "-" if self._ascii else "─")
            case CodeListing():
                return self._listing(block, room)
            case Caption():
                stop = " " if block.label.endswith(")") else ". "
                label = in_role(f"{block.label}{stop}" if block.label else "", "strong")
                return wrap_styled(join_styled([label, self._renderer.content(block.content)]), room)
            case Picture():
                return self._picture(block, room)
            case Drawing():
                return self._drawing(block, room)
            case Reference():
                label = in_role(block.label, "strong")
                hang = cells(block.label) + 1 if cells(block.label) <= _LONGEST_MARKER else 4
                return wrap_styled(
                    join_styled([label, " ", self._renderer.content(block.content)]), room, hang
                )
            case Notice():
                return wrap_styled(Styled(block.text), room)

    def _paragraph(self, block: TextParagraph, room: int) -> list[Styled]:
        text = self._renderer.content(block.content)
        if block.lead:
            lead = self._renderer.content(block.lead)
            text = join_styled([lead, " " if lead.text.endswith(_PUNCTUATION) else "  ", text])
        lines = wrap_styled(text, room)
        if block.role == "centred":
            return [join_styled([" " * ((room - line.width) // 2), line]) for line in lines]
        return lines

    def _listing(self, block: CodeListing, room: int) -> list[Styled]:
        numbers = max((cells(line.number) for line in block.lines), default=0)
        gutter = numbers + 2 if numbers else 2
        if gutter > room // 3:
            gutter = 2
        lines: list[Styled] = []
        for line in block.lines:
            code = self._renderer.content(line.content)
            if self._ascii:
                code = Styled(code.text.replace("│", "|"), code.spans)
            indent = len(code.text) - len(code.text.lstrip(" │|"))
            hang = min(indent + 2, (room - gutter) // 2)
            for place, piece in enumerate(wrap_styled(code, room - gutter, hang)):
                number = line.number.rjust(numbers) if not place and numbers and gutter > 2 else ""
                lines.append(join_styled([in_role(number.ljust(gutter), "number"), piece]))
        return lines

    def _picture(self, block: Picture, room: int) -> list[Styled]:
        parts: list[Styled | str] = []
        sign = "[picture]" if self._ascii else "▣"
        for source in block.sources:
            parts += ["  "] if parts else []
            shown = self._address(source)
            text = f"{sign} {shown}"
            parts.append(Styled(text, (StyledSpan(0, len(text), "picture", url=source),)))
        if block.missing:
            parts += ["  "] if parts else []
            one = block.missing == 1
            words = "a picture" if one else f"{block.missing} pictures"
            the = "it" if one else "them"
            parts.append(in_role(f"{sign} {words} not converted; the PDF has {the}", "muted"))
        lines = wrap_styled(join_styled(parts), room, 2)
        if block.alternative:
            lines += wrap_styled(in_role(block.alternative, "muted"), room)
        return lines

    def _address(self, source: str) -> str:
        if not self._layout.page_address or source.startswith("https://"):
            return source
        return f"{self._layout.page_address.rstrip('/')}/{source}"

    def _drawing(self, block: Drawing, room: int) -> list[Styled]:
        labels = [self._renderer.content(label) for label in block.labels]
        if block.diagram and block.arrows:
            arrow = " -> " if self._ascii else " → "
            parts: list[Styled | str] = [in_role("Diagram: ", "strong")]
            for number, line in enumerate(block.arrows):
                name = self._renderer.content(line.label)
                parts += [",  "] if number else []
                parts += [_flat(labels[line.start]), arrow, _flat(labels[line.end])]
                parts += [" (", _flat(name), ")"] if name.text else []
            loose = self._loose(block, labels)
            parts += [";  also ", *_listed(loose)] if loose else []
            return wrap_styled(join_styled(parts), room, 2)
        if not labels:
            return wrap_styled(in_role("A drawing; the PDF shows it.", "muted"), room)
        shown = labels[:_LABELS_SHOWN]
        more = f" and {len(labels) - len(shown)} more" if len(labels) > len(shown) else ""
        head = "Diagram with " if block.diagram else "A drawing with the words "
        return wrap_styled(
            join_styled(
                [in_role(head, "muted"), *_listed(shown), in_role(f"{more}; the PDF shows it.", "muted")]
            ),
            room,
        )

    def _loose(self, block: Drawing, labels: Sequence[Styled]) -> list[Styled]:
        """Return what no arrow of a diagram speaks of."""
        used = {place for arrow in block.arrows for place in (arrow.start, arrow.end)}
        names: list[Content] = [arrow.label for arrow in block.arrows]
        return [
            _flat(label)
            for place, label in enumerate(labels)
            if place not in used and block.labels[place] not in names
        ]


def _flat(text: Styled) -> Styled:
    return Styled(text.text.replace("\n", " "), text.spans)


def _listed(labels: Sequence[Styled]) -> list[Styled | str]:
    parts: list[Styled | str] = []
    for number, label in enumerate(labels):
        parts += [", "] if number else []
        parts.append(_flat(label))
    return parts
