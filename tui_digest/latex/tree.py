"""The tree of a formula: what was written, free of how it will be laid out.

A node is one of the records below; a formula is a `Row` of nodes. One line, two dimensions and
speech are made from the same tree. The records are named tuples because those cost nothing to
import; two nodes of different types may therefore be equal, so never use nodes as keys of a cache.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple, TypeAlias, Union


class Kind(IntEnum):
    """TeX's classes of atoms, which decide the spaces between them (The TeXbook, chapter 18)."""

    ORDINARY = 0
    OPERATOR = 1
    BINARY = 2
    RELATION = 3
    OPENING = 4
    CLOSING = 5
    PUNCTUATION = 6
    INNER = 7


class Alphabet(StrEnum):
    """How letters are drawn. `NORMAL` is mathematical italic, which is shown upright too."""

    NORMAL = "normal"
    ROMAN = "roman"
    BOLD = "bold"
    BLACKBOARD = "blackboard"
    CALLIGRAPHIC = "calligraphic"
    FRAKTUR = "fraktur"


class Symbol(NamedTuple):
    r"""One character or number: `x`, `12`, `∑`, `(`. `text` is plain; `alphabet` says how it is drawn.

    `size` is 0 as typed, 1 to 4 for `\big` to `\Bigg`, 5 as high as its surroundings (`\middle`).
    """

    text: str
    kind: Kind = Kind.ORDINARY
    alphabet: Alphabet = Alphabet.NORMAL
    size: int = 0


class Name(NamedTuple):
    r"""A word in upright letters: `log`, `rank`, the `eff` of `\mathrm{eff}`.

    `operator` is true for the name of a function or operator, `limits` when its scripts stand
    above and below it in a display (`lim`, `max`).
    """

    text: str
    operator: bool = False
    limits: bool = False
    alphabet: Alphabet = Alphabet.ROMAN


class Text(NamedTuple):
    r"""Words inside a formula, `\text{if $x$ is odd}`: prose, already Unicode, and formulas (`Row`)."""

    parts: tuple[str | Row, ...]


class Space(NamedTuple):
    r"""A space that the author asked for, in ems: `\,` is 1/6, `\quad` 1, `\!` negative."""

    width: float


class Unknown(NamedTuple):
    """A macro that nobody knows, by its name without the backslash. Its arguments follow as rows."""

    name: str


class Row(NamedTuple):
    """Nodes side by side: a formula, an argument, a group in braces. `kind` is the group's class."""

    items: tuple[Node, ...] = ()
    kind: Kind = Kind.ORDINARY


class Scripts(NamedTuple):
    """A base with what stands below, above and behind it. The base of `{}_2F_1` is an empty row.

    `limits` is true when the scripts stand under and over the base in a display.
    """

    base: Node
    subscript: Row | None = None
    superscript: Row | None = None
    primes: int = 0
    limits: bool = False


class Fraction(NamedTuple):
    r"""A fraction; without `bar` one thing atop another (`\atop`)."""

    numerator: Row
    denominator: Row
    bar: bool = True


class Binomial(NamedTuple):
    """A binomial coefficient: `upper` choose `lower`."""

    upper: Row
    lower: Row


class Root(NamedTuple):
    """A root; `degree` is None for the square root."""

    radicand: Row
    degree: Row | None = None


class Accent(NamedTuple):
    """A mark over or under a base: `mark` is Unicode's combining character. `wide` ones span the base."""

    base: Row
    mark: str
    wide: bool = False


class Brace(NamedTuple):
    """A brace over or under its base; what it says stands in the `Scripts` around it."""

    base: Row
    over: bool


class Stack(NamedTuple):
    r"""Something with small print over and under it: `\overset`, `\stackrel`, `\xrightarrow`.

    `stretch` is true for arrows that are as long as what stands over them.
    """

    base: Row
    over: Row | None = None
    under: Row | None = None
    stretch: bool = False
    kind: Kind = Kind.ORDINARY


class Delimited(NamedTuple):
    r"""A body between delimiters as high as itself; "" is an invisible one (`\left.`)."""

    left: str
    right: str
    body: Row


class Matrix(NamedTuple):
    """Rows and columns: a matrix, cases, aligned equations, stacked limits (`substack`).

    `environment` is LaTeX's name without a star, `left` and `right` its delimiters ("" for none),
    `columns` one of `l`, `c`, `r` for each column where the author said so.
    """

    environment: str
    rows: tuple[tuple[Row, ...], ...]
    left: str = ""
    right: str = ""
    columns: str = ""


Node: TypeAlias = Union[  # noqa: UP007 - the records name `Node` before it exists
    Symbol,
    Name,
    Text,
    Space,
    Unknown,
    Row,
    Scripts,
    Fraction,
    Binomial,
    Root,
    Accent,
    Brace,
    Stack,
    Delimited,
    Matrix,
]

EMPTY = Row()
