"""What a reader of macros or scripts is given: tokens and the parser's rules.

The readers of macros, scripts and words take a context; the parser, which calls them, is one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TypeAlias

from tui_digest.latex.formula.fixed_nodes import FIXED_ROWS
from tui_digest.latex.formula.tokens import Tokens
from tui_digest.latex.nodes import Node, Row, Symbol

MacroReader: TypeAlias = "Callable[[FormulaContext, str], Node | None]"
"""Takes what belongs to a macro, by the context behind it and its name; None when it prints nothing."""


class FormulaContext(Tokens, ABC):
    """A formula, read up to `position`."""

    alphabet: str
    """The current font."""

    readers: Mapping[str, MacroReader]
    """What reads each macro that takes arguments, by the macro's name."""

    @property
    @abstractmethod
    def compares_amounts(self) -> bool:
        r"""Whether `\la` and `\ga` are comparisons here."""

    @abstractmethod
    def formula(self) -> Row:
        """Read all there is."""

    @abstractmethod
    def nested_parser(self, source: str) -> FormulaContext:
        """Return a parser of a formula inside this one, such as that of a text in it."""

    @abstractmethod
    def block(self, end: str, environment: str = "aligned") -> Row:
        """Read up to the token `end` and take it.

        Rows and cells, if there are any, as a `Matrix`.
        """

    @abstractmethod
    def grid(self, end: str, first: Row | None = None) -> list[tuple[Row, ...]]:
        """Read rows of cells up to the token `end`, and take it.

        `first` is a cell already read.
        """

    @abstractmethod
    def ruled_grid(self, end: str, first: Row | None = None) -> tuple[list[tuple[Row, ...]], tuple[int, ...]]:
        r"""As `grid`, and the numbers of the rows that have a line (`\hline`) above them."""

    @abstractmethod
    def argument(self, alphabet: str | None = None) -> Row:
        """Read the argument of a macro: a group in braces, or a single token.

        Empty at the end.
        """

    @abstractmethod
    def fixed_argument(self, rows: Mapping[str, Row] = FIXED_ROWS) -> Row | None:
        """Take an argument that is a single letter, digit or symbol, in braces or not."""

    @abstractmethod
    def optional(self) -> Row | None:
        """Read an argument in square brackets, if there is one and it is closed."""

    @abstractmethod
    def nucleus(self, token: str, single: bool = False) -> Node | None:
        """Return the node that begins with this token, already taken.

        None when it prints nothing.

        `single` keeps a macro's undelimited argument to one token.
        """

    @abstractmethod
    def symbol(self, text: str) -> Symbol:
        """Return a character or number in the current alphabet."""
