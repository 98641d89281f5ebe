"""The parser of formulas: recursive descent over tokens; every input gives a tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise

from tui_digest.latex.definitions import DEFINING
from tui_digest.latex.formula.context import FormulaContext, MacroReader
from tui_digest.latex.formula.fixed_nodes import (
    FIXED_ARGUMENTS,
    FIXED_LETTERS,
    FIXED_NODES,
    FIXED_ROWS,
    WITH_ARGUMENTS,
)
from tui_digest.latex.formula.groups import (
    append_group,
    attached_to,
    ends_with_scripts_and_space,
    unwrap_group,
)
from tui_digest.latex.formula.overprint import comparison, rejoin_word
from tui_digest.latex.formula.placed_signs import PLACED, PlacedSigns, has_reversed_brackets
from tui_digest.latex.formula.scripts import ATTACHED, PRIMES, SCRIPT_COMMANDS, read_scripts
from tui_digest.latex.formula.words import read_word, read_words
from tui_digest.latex.nodes import (
    EMPTY,
    Alphabet,
    Binomial,
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Matrix,
    Node,
    Row,
    Space,
    Symbol,
)
from tui_digest.latex.symbols.table import CHARACTERS, COMMANDS

_DEEPEST = 48
# Vertical space is in an environment where a row ends, also where its `\\` was lost.
_VERTICAL_SPACES = frozenset(("\\smallskip", "\\medskip", "\\bigskip"))
_SEPARATORS = frozenset(("&", "\\\\", "\\cr", "\\newline", "\\tabularnewline")) | _VERTICAL_SPACES
_RULES = frozenset(("\\hline", "\\toprule", "\\midrule", "\\bottomrule", "\\hdashline"))
_ENDS = frozenset(("", "}", "]", "\\right", "\\end")) | _SEPARATORS
# What divides the whole of a group, with the delimiters it puts around it.
_INFIX = dict.fromkeys(("\\over", "\\atop", "\\choose", "\\above"), ("", ""))
_INFIX |= dict.fromkeys(("\\overwithdelims", "\\atopwithdelims", "\\abovewithdelims"), ("", ""))
_INFIX |= {"\\brack": ("[", "]"), "\\brace": ("{", "}")}
# What is rare, and read in ways of its own.
_LOOKED_FOR = PLACED | DEFINING
_UPRIGHT = frozenset((Alphabet.ROMAN, Alphabet.BOLD))
FONT_SWITCHES = {
    "\\rm": Alphabet.ROMAN,
    "\\sf": Alphabet.ROMAN,
    "\\tt": Alphabet.ROMAN,
    "\\sc": Alphabet.ROMAN,
    "\\it": Alphabet.NORMAL,
    "\\mit": Alphabet.NORMAL,
    "\\bf": Alphabet.BOLD,
    "\\boldmath": Alphabet.BOLD,
    "\\cal": Alphabet.CALLIGRAPHIC,
    "\\frak": Alphabet.FRAKTUR,
}
# Globals: Python looks an attribute of a class up anew at each use.
_BOLD, _CALLIGRAPHIC, _NORMAL, _ROMAN = Alphabet.BOLD, Alphabet.CALLIGRAPHIC, Alphabet.NORMAL, Alphabet.ROMAN
_BINARY, _RELATION = Kind.BINARY, Kind.RELATION


class FormulaParser(FormulaContext):
    """Reads the tokens of one formula."""

    def __init__(self, source: str, readers: Mapping[str, MacroReader], depth: int = 0) -> None:
        """Begin to read a formula.

        Args:
            source: TeX without delimiters.
            readers: What reads each macro that takes arguments, by the macro's name.
            depth: How deep the formula itself is nested in another one.
        """
        super().__init__(source)
        self.alphabet: str = _NORMAL
        self.readers = readers
        self.defines = False
        """Whether there is a command that defines a macro."""
        self._depth = depth
        # The ends of the constructs around what is read.
        self._open: list[str] = []
        # Whether `\cal` began with a capital: its font has no others, so small letters are meant plain.
        self._capitals_only = False
        self._signs: PlacedSigns | None = None
        if not _LOOKED_FOR.isdisjoint(self.tokens) or ("[" in source and has_reversed_brackets(source)):
            self.defines = not DEFINING.isdisjoint(self.tokens)
            self._signs = PlacedSigns(source, self.tokens)

    @cached_property
    def compares_amounts(self) -> bool:
        r"""Whether `\la` and `\ga` are comparisons here."""
        return re.search(r"\\[lg]a(?![A-Za-z])\s*\d", self._source) is not None

    def formula(self) -> Row:
        """Read all there is."""
        row = self.row()
        if not self.tokens[self.position]:
            return row
        row = self._in_rows("", row, "aligned")
        while self.tokens[self.position]:
            row = Row((*row.items, *self.block("").items))
        return row

    def nested_parser(self, source: str) -> FormulaParser:
        """A parser of a formula inside this one, such as that of a text in it."""
        return FormulaParser(source, self.readers, self._depth + 1)

    def block(self, end: str, environment: str = "aligned") -> Row:
        """Read up to the token `end` and take it.

        Rows and cells, if there are any, as a `Matrix`.
        """
        self._open.append(end)
        row = self.row()
        self._open.pop()
        token = self.tokens[self.position]
        if token in _SEPARATORS:
            return self._in_rows(end, row, environment)
        if token and token == end:
            self.position += 1
        return row

    def _in_rows(self, end: str, first: Row, environment: str) -> Row:
        """A cell that was read, and the others up to the token `end`, as a `Matrix`."""
        grid = self.grid(end, first)
        rows = tuple(cells for cells in grid if any(cell.items for cell in cells))
        if end == "\\right" and _are_entries(rows):
            # Lines without cells are one formula that was broken.
            environment = "matrix"
            rows = (_separate_entries(rows[0]),) if len(rows) == 1 else rows
        return Row((Matrix(environment, rows),)) if rows else EMPTY

    def grid(self, end: str, first: Row | None = None) -> list[tuple[Row, ...]]:
        """Read rows of cells up to the token `end`, and take it.

        `first` is a cell already read.
        """
        return self.ruled_grid(end, first)[0]

    def ruled_grid(self, end: str, first: Row | None = None) -> tuple[list[tuple[Row, ...]], tuple[int, ...]]:
        r"""As `grid`, and the numbers of the rows that have a line (`\hline`) above them."""
        self._open.append(end)
        grid: list[tuple[Row, ...]] = []
        lines: list[int] = []
        self._rules(grid, lines)
        cells = [self.row() if first is None else first]
        while (token := self.peek()) in _SEPARATORS:
            self.position += 1
            if token != "&":
                self.skip_row_space()
                grid.append(tuple(cells))
                cells = []
                self._rules(grid, lines)
            cells.append(self.row())
        grid.append(tuple(cells))
        self._open.pop()
        self.skip(end)
        return grid, tuple(lines)

    def _rules(self, grid: list[tuple[Row, ...]], lines: list[int]) -> None:
        """Take the rules between two rows."""
        while self.peek() in _RULES:
            self.take()
            lines.append(len(grid))

    def row(self) -> Row:
        """Read nodes up to a separator or the end of an open construct or formula."""
        if self._depth >= _DEEPEST:
            return self._too_deep()
        self._depth += 1
        alphabet = self.alphabet
        items: list[Node] = []
        infix: _Infix | None = None
        append, tokens = items.append, self.tokens
        fixed = FIXED_NODES if alphabet == _NORMAL else {}
        # Most tokens are fixed, so that the place is written back only where others are read.
        place = self.position
        while token := tokens[place]:
            node = fixed.get(token)
            if node is not None:
                place += 1
                if tokens[place] in ATTACHED:
                    self.position = place
                    node = read_scripts(self, node) or node
                    place = self.position
                    if type(node) is Row:
                        items += node.items
                        continue
                append(node)
                continue
            if token in _ENDS and self._ends(token):
                break
            place += 1
            if token == "\\o" and items and tokens[place] == "{" and tokens[place + 1] != "}":
                # Old papers have it for a fraction; the letter ø is none of formulas.
                token = "\\over"
            self.position = place
            if token in FONT_SWITCHES:
                self._switch_font(token, alphabet)
                fixed = FIXED_NODES if self.alphabet == _NORMAL else {}
            elif token in _INFIX:
                infix = self._infix(token, items)
                items = []
                append = items.append
            else:
                self._append_nucleus(token, items)
            place = self.position
        self.position = place
        self.alphabet = alphabet
        self._depth -= 1
        if self._signs is not None:
            items = self._signs.adjust(items)
        row = Row(tuple(items))
        return row if infix is None else Row((_fraction(infix, row),))

    def _switch_font(self, command: str, outer: str) -> None:
        r"""Change the font up to the end of a row whose font is `outer`, as `\bf` does."""
        self.alphabet = FONT_SWITCHES[command]
        if self.alphabet == _ROMAN and outer == _BOLD:
            self.alphabet = _BOLD
        first, second = self.tokens[self.position : self.position + 2]
        self._capitals_only = command == "\\cal" and (first.isupper() or (first == "{" and second.isupper()))

    def _append_nucleus(self, token: str, items: list[Node]) -> None:
        """Append what begins with this token, already taken, and its scripts."""
        node = self.nucleus(token)
        if self.tokens[self.position] in ATTACHED:
            if type(node) is Row and ends_with_scripts_and_space(node):
                # What has scripts takes no others behind a space: `{6s^2\:}^1S`.
                items += (Row(node.items[:-1]), node.items[-1])
                node = EMPTY
            node = read_scripts(self, node)
        if token == "\\indices" and isinstance(node, Row):
            items += attached_to(items, node)
        elif type(node) is Row:
            append_group(items, node, in_braces=token == "{")
        elif node is not None:
            if self._signs is not None and self._signs.has_overprints and self.alphabet == _ROMAN:
                node = rejoin_word(node, items)
            items.append(node)

    def _infix(self, command: str, items: list[Node]) -> _Infix:
        r"""What is before an `\over` and its kin; takes the command's own arguments."""
        delimiters = _INFIX[command]
        if command.endswith("withdelims"):
            delimiters = self.delimiter(), self.delimiter()
        if command.startswith("\\above"):
            self.dimension()
        if self._signs is not None:
            items = self._signs.adjust(items)
        return _Infix(command, delimiters, Row(tuple(items)))

    def argument(self, alphabet: str | None = None) -> Row:
        """Read the argument of a macro: a group in braces, or a single token.

        Empty at the end.
        """
        outer = self.alphabet
        if alphabet is None or (alphabet == _ROMAN and outer == _BOLD):
            alphabet = outer
        if not self._capitals_only or alphabet == _NORMAL:
            row = self.fixed_argument(FIXED_ARGUMENTS[alphabet])
            if row is not None:
                return row
        self.alphabet = alphabet
        row = self._long_argument()
        self.alphabet = outer
        return row

    def fixed_argument(self, rows: Mapping[str, Row] = FIXED_ROWS) -> Row | None:
        """Take an argument that is a single letter, digit or symbol, in braces or not.

        Most are.
        """
        tokens, place = self.tokens, self.position
        token = tokens[place]
        if token != "{":
            row = rows.get(token)
            if row is not None:
                self.position = place + 1
            return row
        if tokens[place + 2] != "}":
            return None
        row = rows.get(tokens[place + 1])
        if row is not None:
            self.position = place + 3
        return row

    def _long_argument(self) -> Row:
        """An argument that is more than a symbol, or nothing at all."""
        token = self.tokens[self.position]
        if token == "{":
            self.position += 1
            return self.block("}")
        if not token or token in "^_&" or (token in _ENDS and self._ends(token)):
            return EMPTY
        if token[0].isdigit() and len(token) > 1:
            self.tokens[self.position] = token[1:]
            return Row((self.symbol(token[0]),))
        if self._depth >= _DEEPEST:
            return self._too_deep()
        self.position += 1
        self._depth += 1
        row = _as_row(self.nucleus(token, single=True))
        self._depth -= 1
        return row

    def optional(self) -> Row | None:
        """Read an argument in square brackets, if there is one and it is closed."""
        if self.peek() != "[" or not self.closes():
            return None
        self.position += 1
        return self.block("]")

    def nucleus(self, token: str, single: bool = False) -> Node | None:
        """The node that begins with this token, already taken.

        None when it prints nothing.

        `single` keeps a macro's undelimited argument to one token.
        """
        if token[0] == "\\" and len(token) > 1 and token not in SCRIPT_COMMANDS:
            return self._command(token[1:])
        if token == "{":
            return read_words(self) or unwrap_group(self.block("}"))
        if token in "^_" or token in PRIMES or token in SCRIPT_COMMANDS:
            self.position -= 1
            return EMPTY
        if token == "~":
            return Space(1 / 3)
        if token in "$}&\\":
            return None
        if self.alphabet in _UPRIGHT and not single and token.isalpha():
            return read_word(self, token)
        return self.symbol(token)

    def symbol(self, text: str) -> Symbol:
        """A character or number in the current alphabet."""
        known = CHARACTERS.get(text)
        if known is not None:
            return known
        if self._capitals_only and self.alphabet == _CALLIGRAPHIC and text.islower():
            return Symbol(text)
        letter = FIXED_LETTERS[self.alphabet].get(text) if self.alphabet != _NORMAL else None
        return letter or Symbol(text, alphabet=self.alphabet)

    def _command(self, name: str) -> Node | None:
        known = COMMANDS.get(name)
        if known is not None:
            if self.alphabet == _BOLD and isinstance(known, Symbol) and known.text.isalpha():
                return Symbol(known.text, known.kind, _BOLD)
            if name in WITH_ARGUMENTS and self.peek() == "{":
                from tui_digest.latex.formula.unknown_macros import name_with_arguments

                return name_with_arguments(self, known)
            return known
        reader = self.readers.get(name)
        if reader is not None:
            return reader(self, name)
        from tui_digest.latex.formula.unknown_macros import read_unknown

        return read_unknown(self, name)

    def _ends(self, token: str) -> bool:
        """Tell whether this token ends an open construct.

        One that closes nothing is passed over or kept.
        """
        if token in _VERTICAL_SPACES:
            return "\\end" in self._open
        return token in _SEPARATORS or token in self._open

    def _too_deep(self) -> Row:
        """The rest of the formula as written, when it is nested too deep."""
        rest = "".join(self.tokens[self.position :])
        self.position = len(self.tokens) - 2
        return Row((FormulaText((re.sub(r"[\\{}$]", "", rest),)),))


def _are_entries(rows: tuple[tuple[Row, ...], ...]) -> bool:
    """Tell whether cells between delimiters are entries and not sides of equations."""
    joints = [joint for cells in rows for joint in pairwise(cells)]
    return bool(joints) and not any(
        not one.items or _is_open(one.items[-1]) or (other.items and _is_open(other.items[0], "-−±"))
        for one, other in joints
    )


def _is_open(node: Node, signs: str = "") -> bool:
    """Tell whether a node joins what is on its sides, and is none of these signs."""
    return isinstance(node, Symbol) and node.kind in (_BINARY, _RELATION) and node.text not in signs


def _separate_entries(cells: tuple[Row, ...]) -> tuple[Row, ...]:
    """The entries of a single row with commas behind them."""
    comma = CHARACTERS[","]
    return (*(Row((*cell.items, comma)) for cell in cells[:-1]), cells[-1])


def _as_row(node: Node | None) -> Row:
    if node is None:
        return EMPTY
    return node if isinstance(node, Row) else Row((node,))


class _Infix:
    r"""An infix command such as `\over`, and the part before it."""

    __slots__ = ("command", "delimiters", "upper")

    def __init__(self, command: str, delimiters: tuple[str, str], upper: Row) -> None:
        self.command = command
        self.delimiters = delimiters
        self.upper = upper


def _fraction(infix: _Infix, lower: Row) -> Node:
    """The fraction or binomial that an infix command makes of the parts around it."""
    if infix.command == "\\choose":
        return Binomial(infix.upper, lower)
    if infix.command == "\\atop" and (sign := comparison(infix.upper, lower)):
        return sign
    fraction = Fraction(infix.upper, lower, bar=infix.command.startswith(("\\over", "\\above")))
    left, right = infix.delimiters
    return Delimited(left, right, Row((fraction,))) if left or right else fraction
