"""The tree of a formula: what was written, free of how it will be laid out.

A node is one of the records below; a formula is a `Row` of nodes. One line, two dimensions and
speech are made from the same tree, which is immutable by convention. Records, kinds and
alphabets are plain classes because every formula makes some hundred of them, and because the first
list of papers waits for this module: named tuples and enumerations cost several times as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, Union


class Kind:
    """TeX's classes of atoms, which decide spaces (The TeXbook, chapter 18)."""

    ORDINARY = 0
    OPERATOR = 1
    BINARY = 2
    RELATION = 3
    OPENING = 4
    CLOSING = 5
    PUNCTUATION = 6
    INNER = 7


class Alphabet:
    """How letters are drawn.

    `NORMAL` is mathematical italic, which is shown upright too.
    """

    NORMAL = "normal"
    ROMAN = "roman"
    BOLD = "bold"
    BLACKBOARD = "blackboard"
    CALLIGRAPHIC = "calligraphic"
    FRAKTUR = "fraktur"


class FormulaNode:
    """What all nodes have in common: their fields are what they are matched by."""

    __match_args__: tuple[str, ...] = ()
    __slots__: tuple[str, ...] = ()

    def fields(self) -> Iterator[object]:
        """Yield what the node is made of, in the order in which it takes it."""
        return (getattr(self, name) for name in self.__match_args__)

    def __repr__(self) -> str:
        """The node as Python would make it."""
        return f"{type(self).__name__}({', '.join(map(repr, self.fields()))})"


class Symbol(FormulaNode):
    r"""One character or number.

    `x`, `12`, `∑`, `(`. `text` is plain; `alphabet` says how it is drawn.

    `size` is 0 as typed, 1 to 4 for `\big` to `\Bigg`, 5 as high as its surroundings (`\middle`).
    """

    __match_args__ = ("text", "kind", "alphabet", "size")
    __slots__ = __match_args__

    def __init__(
        self, text: str, kind: int = Kind.ORDINARY, alphabet: str = Alphabet.NORMAL, size: int = 0
    ) -> None:
        self.text = text
        self.kind = kind
        self.alphabet = alphabet
        self.size = size


class Name(FormulaNode):
    r"""A word in upright letters: `log`, `rank`, the `eff` of `\mathrm{eff}`.

    `operator` is true for the name of a function or operator, `limits` when its scripts are
    above and below it in a display (`lim`, `max`). A `joined` one continues the node before it,
    as the `Ge` of `\mathrm{Fe_2Ge_2}`.
    """

    __match_args__ = ("text", "operator", "limits", "alphabet", "joined")
    __slots__ = __match_args__

    def __init__(
        self,
        text: str,
        operator: bool = False,
        limits: bool = False,
        alphabet: str = Alphabet.ROMAN,
        joined: bool = False,
    ) -> None:
        self.text = text
        self.operator = operator
        self.limits = limits
        self.alphabet = alphabet
        self.joined = joined


class FormulaText(FormulaNode):
    r"""Words inside a formula, `\text{if $x$ is odd}`.

    Prose, already Unicode, and formulas (`Row`).
    """

    __match_args__ = ("parts",)
    __slots__ = __match_args__

    def __init__(self, parts: tuple[str | Row, ...]) -> None:
        self.parts = parts


class Space(FormulaNode):
    r"""A space that the author asked for, in ems.

    `\,` is 1/6, `\quad` 1, `\!` negative.
    """

    __match_args__ = ("width",)
    __slots__ = __match_args__

    def __init__(self, width: float) -> None:
        self.width = width


class Unknown(FormulaNode):
    """An unknown macro, by its name without the backslash.

    Its arguments follow in brackets.
    """

    __match_args__ = ("name",)
    __slots__ = __match_args__

    def __init__(self, name: str) -> None:
        self.name = name


class Row(FormulaNode):
    """Nodes side by side.

    A formula, an argument, a group in braces. `kind` is the group's class.
    """

    __match_args__ = ("items", "kind")
    __slots__ = __match_args__

    def __init__(self, items: tuple[Node, ...] = (), kind: int = Kind.ORDINARY) -> None:
        self.items = items
        self.kind = kind

    def single(self) -> Node:
        """The only node of the row, so that spacing sees what it is; else the row."""
        return self.items[0] if len(self.items) == 1 else self

    def bare(self) -> Row:
        """The row without braces around the whole of it: `{{a+b}}` is `a+b`."""
        row = self
        while len(row.items) == 1 and isinstance(only := row.items[0], Row):
            row = only
        return row


class Scripts(FormulaNode):
    """A base with its subscript, superscript and primes.

    The base of `{}_2F_1` is an empty row.

    `limits` is true when the scripts are under and over the base in a display.
    """

    __match_args__ = ("base", "subscript", "superscript", "primes", "limits")
    __slots__ = __match_args__

    def __init__(
        self,
        base: Node,
        subscript: Row | None = None,
        superscript: Row | None = None,
        primes: int = 0,
        limits: bool = False,
    ) -> None:
        self.base = base
        self.subscript = subscript
        self.superscript = superscript
        self.primes = primes
        self.limits = limits

    def only(self) -> Row | None:
        """The only script, where it is at nothing.

        The `L` of `x_{_L}`, which is smaller print.
        """
        if not isinstance(self.base, Row) or self.base.items or self.primes:
            return None
        return (
            self.subscript
            if self.superscript is None
            else self.superscript
            if self.subscript is None
            else None
        )

    def on(self, base: Node) -> Scripts:
        """The same scripts at another base."""
        return Scripts(base, self.subscript, self.superscript, self.primes, self.limits)


class Fraction(FormulaNode):
    r"""A fraction; without `bar` one thing atop another (`\atop`)."""

    __match_args__ = ("numerator", "denominator", "bar")
    __slots__ = __match_args__

    def __init__(self, numerator: Row, denominator: Row, bar: bool = True) -> None:
        self.numerator = numerator
        self.denominator = denominator
        self.bar = bar


class Binomial(FormulaNode):
    """A binomial coefficient: `upper` choose `lower`."""

    __match_args__ = ("upper", "lower")
    __slots__ = __match_args__

    def __init__(self, upper: Row, lower: Row) -> None:
        self.upper = upper
        self.lower = lower


class Root(FormulaNode):
    """A root; `degree` is None for the square root."""

    __match_args__ = ("radicand", "degree")
    __slots__ = __match_args__

    def __init__(self, radicand: Row, degree: Row | None = None) -> None:
        self.radicand = radicand
        self.degree = degree


class Accent(FormulaNode):
    """A mark over or under a base.

    `mark` is Unicode's combining character. `wide` ones span the base.
    """

    __match_args__ = ("base", "mark", "wide")
    __slots__ = __match_args__

    def __init__(self, base: Row, mark: str, wide: bool = False) -> None:
        self.base = base
        self.mark = mark
        self.wide = wide


class Brace(FormulaNode):
    """A brace over or under its base; what it says is in the `Scripts` around it."""

    __match_args__ = ("base", "over")
    __slots__ = __match_args__

    def __init__(self, base: Row, over: bool) -> None:
        self.base = base
        self.over = over


class Stack(FormulaNode):
    r"""Something with small print over and under it.

    For example `\overset`, `\stackrel`, `\xrightarrow`.

    `stretch` is true for arrows that are as long as the text over them.
    """

    __match_args__ = ("base", "over", "under", "stretch", "kind")
    __slots__ = __match_args__

    def __init__(
        self,
        base: Row,
        over: Row | None = None,
        under: Row | None = None,
        stretch: bool = False,
        kind: int = Kind.ORDINARY,
    ) -> None:
        self.base = base
        self.over = over
        self.under = under
        self.stretch = stretch
        self.kind = kind


class Delimited(FormulaNode):
    r"""A body between delimiters as high as itself; "" is an invisible one (`\left.`)."""

    __match_args__ = ("left", "right", "body")
    __slots__ = __match_args__

    def __init__(self, left: str, right: str, body: Row) -> None:
        self.left = left
        self.right = right
        self.body = body


class Matrix(FormulaNode):
    """Rows and columns.

    A matrix, cases, aligned equations, stacked limits (`substack`).

    `environment` is LaTeX's name without a star, `left` and `right` its delimiters ("" for none),
    `columns` one of `l`, `c`, `r` for each column where the author said so. `bars` are the columns
    that have a line before them, `lines` the rows that have one above them; the number of all is behind
    the last.
    """

    __match_args__ = ("environment", "rows", "left", "right", "columns", "bars", "lines")
    __slots__ = __match_args__

    def __init__(
        self,
        environment: str,
        rows: tuple[tuple[Row, ...], ...],
        left: str = "",
        right: str = "",
        columns: str = "",
        bars: tuple[int, ...] = (),
        lines: tuple[int, ...] = (),
    ) -> None:
        self.environment = environment
        self.rows = rows
        self.left = left
        self.right = right
        self.columns = columns
        self.bars = bars
        self.lines = lines


Node: TypeAlias = Union[  # noqa: UP007 - the records name `Node` before it exists
    Symbol,
    Name,
    FormulaText,
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
