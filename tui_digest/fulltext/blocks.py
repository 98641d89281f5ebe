"""Records of a whole paper: blocks in reading order, and their places.

All records are frozen and hold sanitised text; formulas are TeX. A paper is stored as the JSON of
its `Document`, so a field that is dropped or changes its meaning raises `STORED_FORMAT`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

import msgspec

STORED_FORMAT = 1
"""The version of these records; texts stored by another one are made again from their page."""

Role: TypeAlias = Literal[
    "", "emphasis", "strong", "code", "smallcaps", "formula", "super", "sub", "note", "unknown", "picture"
]
"""How a run is set: `formula` holds TeX, `note` the mark of a footnote, `unknown` a command that
arXiv's converter does not know, `picture` stands for a picture inside a sentence."""

PlaceKind: TypeAlias = Literal[
    "section",
    "statement",
    "proof",
    "equation",
    "figure",
    "table",
    "algorithm",
    "listing",
    "reference",
    "note",
]


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """A piece of running text in one role; a line break is a newline in it.

    `target` is the id of the place in the paper that it refers to, `url` where it leads outside.
    """

    text: str
    role: Role = ""
    target: str = ""
    url: str = ""


Content: TypeAlias = tuple[Run, ...]
"""Running text as runs."""


MarginKind: TypeAlias = Literal["item", "quotation", "statement", "note"]
ParagraphRole: TypeAlias = Literal["", "authors", "affiliation", "statement", "proof", "centred", "index"]


class TextMargin(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that blocks are in, and that is seen at their left.

    `marker` is a list item's mark or a footnote's; it is set before the first block only, where
    `opens` is true.
    """

    kind: MarginKind
    marker: str = ""
    opens: bool = False


class _Block(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type"):
    """Common fields of blocks: ids on the page, containers, spacing.

    A `tight` block follows the one before it without a blank line.
    """

    ids: tuple[str, ...] = ()
    margins: tuple[TextMargin, ...] = ()
    tight: bool = False


class TextHeading(_Block, frozen=True, tag="heading", kw_only=True):
    """A section's heading; `level` is 1 for sections, `number` as printed.

    A number is "3.1" or "Appendix A".
    """

    content: Content
    level: int = 1
    number: str = ""


class TextParagraph(_Block, frozen=True, tag="paragraph", kw_only=True):
    """Running text; `role` says of what kind, `lead` is its run-in head.

    Theorems, proofs and keywords have a run-in head.
    """

    content: Content = ()
    lead: Content = ()
    role: ParagraphRole = ""


class EquationRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row of a display: cells of TeX in columns, or `words` between the rows."""

    cells: tuple[str, ...] = ()
    number: str = ""
    id: str = ""
    words: Content = ()


class Equation(_Block, frozen=True, tag="equation", kw_only=True):
    """A display equation or several aligned ones.

    `columns` has one of `l`, `c`, `r` for each cell.
    """

    rows: tuple[EquationRow, ...]
    columns: str = ""


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A table's cell of `width` columns and `height` rows; `align` is `l`, `c` or `r`."""

    content: Content = ()
    width: int = 1
    height: int = 1
    align: str = "l"
    head: bool = False


class TableRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """The cells that begin in a row; `ruled` if a full line is above it."""

    cells: tuple[Cell, ...]
    head: bool = False
    ruled: bool = False


class TextTable(_Block, frozen=True, tag="table", kw_only=True):
    """A table; its caption is the `Caption` before it."""

    rows: tuple[TableRow, ...]
    columns: int


class ListingLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of code or of an algorithm, spaces as written, its number apart."""

    content: Content = ()
    number: str = ""


class CodeListing(_Block, frozen=True, tag="listing", kw_only=True):
    """Code, verbatim text or an algorithm, line by line."""

    lines: tuple[ListingLine, ...]
    language: str = ""


class Caption(_Block, frozen=True, tag="caption", kw_only=True):
    """Caption of a figure, table or listing; `label` as printed, "Figure 4"."""

    kind: Literal["figure", "table", "algorithm", "listing"]
    label: str = ""
    content: Content = ()


class Picture(_Block, frozen=True, tag="picture", kw_only=True):
    """Pictures as addresses relative to the page; `missing` ones were not converted."""

    sources: tuple[str, ...] = ()
    alternative: str = ""
    missing: int = 0


class Arrow(msgspec.Struct, frozen=True, omit_defaults=True):
    """An arrow or line of a diagram between two of its objects, by their numbers."""

    start: int
    end: int
    label: Content = ()


class Drawing(_Block, frozen=True, tag="drawing", kw_only=True):
    """A drawing in SVG: its words and, for a commutative diagram, its arrows."""

    labels: tuple[Content, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    diagram: bool = False


class Reference(_Block, frozen=True, tag="reference", kw_only=True):
    """An entry of the bibliography under its label as printed, "[12]"."""

    label: str
    content: Content


class Notice(_Block, frozen=True, tag="notice", kw_only=True):
    """A sentence in place of a part that arXiv did not convert."""

    text: str


Block: TypeAlias = (
    TextHeading
    | TextParagraph
    | Equation
    | TextTable
    | CodeListing
    | Caption
    | Picture
    | Drawing
    | Reference
    | Notice
)


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of a paper that readers refer to: blocks `first` up to `end` (excluded).

    `address` is what a reader sees: "§3.1", "Theorem 2.1", "(5)", "Figure 4", "[12]"; `title` what
    the part is called; `row` the row of an equation, -1 for all of it.
    """

    address: str
    kind: PlaceKind
    first: int
    end: int
    title: str = ""
    level: int = 0
    row: int = -1
    appendix: bool = False
    ids: tuple[str, ...] = ()

    def has(self, block: int) -> bool:
        """Tell whether the block of that number is in the place."""
        return self.first <= block < self.end


class Losses(msgspec.Struct, frozen=True, omit_defaults=True):
    """Parts that arXiv's converter, or this reader's limits, did not bring over.

    `commands` are those the converter does not know, `pictures` those it could not convert,
    `drawings` those of which only the words are here, `labels` references that lead nowhere, `parts`
    those replaced by a notice; `cut` says that the page is larger than what is read.
    """

    commands: int = 0
    pictures: int = 0
    drawings: int = 0
    labels: int = 0
    citations: int = 0
    parts: int = 0
    cut: bool = False


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """A whole paper. `anchors` are the page's ids with the numbers of their blocks."""

    title: Content
    blocks: tuple[Block, ...]
    places: tuple[Place, ...] = ()
    anchors: dict[str, int] = {}
    losses: Losses = Losses()
    generator: str = ""
    licence: str = ""


def runs_in(record: object) -> Iterator[Run]:
    """Yield the runs of a block, or of any record or tuple in one, in order."""
    if isinstance(record, Run):
        yield record
    elif isinstance(record, tuple):
        for part in record:
            yield from runs_in(part)
    elif isinstance(record, msgspec.Struct):
        for field in record.__struct_fields__:
            yield from runs_in(getattr(record, field))


def content_text(content: Content) -> str:
    """The content without roles, its formulas as TeX."""
    return "".join([run.text for run in content])


def content_in_role(content: Content, role: Role) -> Content:
    """The content with its words in a role; formulas and footnotes keep theirs."""
    return tuple(
        run if run.role in ("formula", "note") else Run(run.text, role, run.target, run.url)
        for run in content
    )


def with_words(content: Content, change: Callable[[str], str]) -> Content:
    """The content with its words changed, its formulas as they are."""
    return tuple(
        run if run.role == "formula" else Run(change(run.text), run.role, run.target, run.url)
        for run in content
    )
