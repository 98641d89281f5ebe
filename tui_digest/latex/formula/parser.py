"""The parser of formulas: recursive descent over tokens; every input gives a tree."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from tui_digest.latex.definitions import DEFINING
from tui_digest.latex.formula.author_macros import guess
from tui_digest.latex.formula.delimiters import (
    join_comparisons,
    join_double_bars,
    name_divergences,
    pair_angles,
    pair_bars,
    pair_relations,
    pair_states,
)
from tui_digest.latex.formula.overprint import JOINED, comparison, join_overprinted
from tui_digest.latex.formula.tokens import SPELLED_NAMES, Tokens
from tui_digest.latex.nodes import (
    EMPTY,
    Alphabet,
    Binomial,
    Brace,
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Matrix,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Stack,
    Symbol,
    Unknown,
)
from tui_digest.latex.symbols.alphabets import ACCENTS
from tui_digest.latex.symbols.table import (
    AUTHORS_NAMES,
    CHARACTERS,
    COMMANDS,
    INTEGRALS,
    fallback_character,
    symbol_of_package,
)

MacroReader: TypeAlias = "Callable[[FormulaParser, str], Node | None]"
"""Takes what belongs to a macro, by the parser behind it and its name; None when it prints nothing."""

_DEEPEST = 48
# Vertical space is in an environment where a row ends, also where its `\\` was lost.
_VERTICAL_SPACES = frozenset(("\\smallskip", "\\medskip", "\\bigskip"))
_SEPARATORS = frozenset(("&", "\\\\", "\\cr", "\\newline")) | _VERTICAL_SPACES
_RULES = frozenset(("\\hline", "\\toprule", "\\midrule", "\\bottomrule", "\\hdashline"))
_NONE_OPEN = {"": 0, "}": 0, "]": 0, "\\right": 0, "\\end": 0}
_ENDS = frozenset(_NONE_OPEN) | _SEPARATORS
# What divides the whole of a group, with the delimiters it puts around it.
_INFIX = dict.fromkeys(("\\over", "\\atop", "\\choose", "\\above"), ("", ""))
_INFIX |= dict.fromkeys(("\\overwithdelims", "\\atopwithdelims", "\\abovewithdelims"), ("", ""))
_INFIX |= {"\\brack": ("[", "]"), "\\brace": ("{", "}")}
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
_ORDINARY = string.ascii_letters + string.digits + "|/.αβγδεζηθικλμνξοπρστυφχψωϕϵΓΔΘΛΞΠΣΦΨΩ"
_LETTERS = {character: Symbol(character) for character in _ORDINARY} | CHARACTERS
# Names that may have an argument in braces, and letters that have: an expectation, a probability.
_WITH_ARGUMENTS = AUTHORS_NAMES | {"E", "P"}
# What is the same wherever it is; `]` may end an optional argument.
FIXED_NODES: dict[str, Node] = {**{f"\\{name}": node for name, node in COMMANDS.items()}, **_LETTERS}
for _token in ("]", "\\_", "\\o", *(f"\\{name}" for name in _WITH_ARGUMENTS)):
    del FIXED_NODES[_token]
FIXED_NODES |= {
    name: COMMANDS["bmod" if name == "mod" else name] for name in SPELLED_NAMES if name != "const"
}
FIXED_NODES["div"] = Name("div", operator=True)
FIXED_NODES["const"] = Name("const")
# The rows of a single one of them, as most arguments are.
FIXED_ROWS = {token: Row((node,)) for token, node in FIXED_NODES.items()}

# What makes other characters mean something else by where it is.
_BARS = {
    token
    for token, node in FIXED_NODES.items()
    if isinstance(node, Symbol) and node.text in ("|", "‖") and node.kind != Kind.RELATION
} | {"‖"}
_DOUBLE_BARS = re.compile(r"(?:\||vert)\s*(?:\\[A-Za-z]+\s*)?(?:\||\\[lr]?vert)")
_MOVING = {token for token, node in FIXED_NODES.items() if isinstance(node, Space) and node.width < 0} | {
    f"\\{name}" for name in ("kern", "mkern", "hskip", "mskip", "hspace", "mspace", "mathop", "vcentcolon")
}
_ADJUSTING = frozenset(_BARS | _MOVING | DEFINING | {"<", ">", "\\div", "\\mid", "\\parallel"})

# Two words and more in a group of their own, of two letters and more.
_PLAIN_WORDS = r"\s*[A-Za-z]{2,}(?:\s+[A-Za-z]{2,})+\s*"
_SHORTEST_WORDS = len("suchthat") - 2

_PRIMES = {"'": 1, "’": 1, "′": 1, "″": 2, "‴": 3}
# A raised letter o behind a number is a degree sign: `20^oC`.
_LETTER_O, _DEGREE = FIXED_ROWS["o"], FIXED_ROWS["\\circ"]
_OPERATOR = Kind.OPERATOR
_LIMITS = frozenset(("\\limits", "\\nolimits", "\\displaylimits"))
# What would be a letter's name, but takes two arguments: `\scal{a}{b}`.
_PRODUCTS = frozenset(("scal",))
_SHORT_SIGNS = {"la": "≲", "ga": "≳"}
# What comes behind the real numbers `\BR^n`, and not behind a branching ratio.
_BEHIND_REALS = frozenset(("^", "}"))
_ORDERS = frozenset(("bigO", "BigO"))
# Authors' names of bold, before one letter in braces: `\b{x}`.
_BOLD = frozenset(("b", "B"))
# Authors' names of alphabets, before a capital: `\mc G`.
_SHORT_FONTS = {"mc": Alphabet.CALLIGRAPHIC, "mf": Alphabet.FRAKTUR}
_EXTREMES = frozenset(("min", "max", "sup", "inf"))
_LONGEST_STATE = 120
# Astronomers' unit over the decimal point: `56\fs7` is 56.7 s.
_FRACTIONS_OF_TIME = frozenset(("fs", "fm", "fh", "fd"))
# What belongs to the nucleus before it.
_ATTACHED = frozenset(("^", "_", "\\_", "\\sp", "\\sb", *_PRIMES, *_LIMITS))


class FormulaParser(Tokens):
    """Reads the tokens of one formula; `alphabet` is the current font."""

    defines = False
    """Whether there is a command that defines a macro."""
    _compares: bool | None = None
    """Whether `\\la` and `\\ga` are comparisons here, once it was asked."""
    _capitals_only = False
    """Whether `\\cal` began with a capital: its font has no others, so that small letters are meant plain."""
    _adjusts = _has_bars = _has_double_bars = _has_comparisons = _has_division = _has_overprints = False
    _has_relations = False

    def __init__(self, source: str, readers: Mapping[str, MacroReader], depth: int = 0) -> None:
        """Begin to read a formula.

        Args:
            source: TeX without delimiters.
            readers: What reads each macro that takes arguments, by the macro's name.
            depth: How deep the formula itself is nested in another one.
        """
        super().__init__(source)
        self.alphabet = Alphabet.NORMAL
        self._readers = readers
        self._depth = depth
        self._open = _NONE_OPEN.copy()
        if not _ADJUSTING.isdisjoint(self.tokens):
            self._adjusts = True
            self.defines = not DEFINING.isdisjoint(self.tokens)
            self._has_bars = not _BARS.isdisjoint(self.tokens)
            self._has_double_bars = _DOUBLE_BARS.search(source) is not None
            self._has_comparisons = "<" in self.tokens or ">" in self.tokens
            self._has_relations = "\\mid" in self.tokens or "\\parallel" in self.tokens
            self._has_division = "\\div" in self.tokens
            self._has_overprints = not _MOVING.isdisjoint(self.tokens)

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
        return FormulaParser(source, self._readers, self._depth + 1)

    def block(self, end: str, environment: str = "aligned") -> Row:
        """Read up to the token `end` and take it.

        Rows and cells, if there are any, as a `Matrix`.
        """
        self._open[end] += 1
        row = self.row()
        self._open[end] -= 1
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
        self._open[end] += 1
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
        self._open[end] -= 1
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
        fixed = FIXED_NODES if alphabet == Alphabet.NORMAL else {}
        # Most tokens are fixed, so that the place is written back only where others are read.
        place = self.position
        while token := tokens[place]:
            node = fixed.get(token)
            if node is not None:
                place += 1
                if tokens[place] in _ATTACHED:
                    self.position = place
                    node = self.scripts(node) or node
                    place = self.position
                append(node)
                continue
            if token in _ENDS and self._ends(token):
                break
            place += 1
            if token == "\\o" and items and tokens[place] == "{" and tokens[place + 1] != "}":
                # Old papers have it for a fraction; the letter ø is none of formulas.
                token = "\\over"
            if token in FONT_SWITCHES:
                self.alphabet = FONT_SWITCHES[token]
                if self.alphabet == Alphabet.ROMAN and alphabet == Alphabet.BOLD:
                    self.alphabet = Alphabet.BOLD
                fixed = FIXED_NODES if self.alphabet == Alphabet.NORMAL else {}
                self._capitals_only = token == "\\cal" and (
                    tokens[place].isupper() or (tokens[place] == "{" and tokens[place + 1].isupper())
                )
                continue
            self.position = place
            if token in _INFIX:
                infix = self._infix(token, items)
                items = []
                append = items.append
                place = self.position
                continue
            node = self.nucleus(token)
            if tokens[self.position] in _ATTACHED:
                if type(node) is Row and _ends_with_scripts_and_space(node):
                    # What has scripts takes no others behind a space: `{6s^2\:}^1S`.
                    items += (Row(node.items[:-1]), node.items[-1])
                    node = EMPTY
                node = self.scripts(node)
            place = self.position
            if node is None:
                continue
            if type(node) is Row:
                if node.items and type(node.items[0]) is Space and node.kind == Kind.ORDINARY:
                    node = _without_outer_spaces(node, items)
                if token == "{" and items and _takes_set(items[-1]) and _is_condition(node):
                    node = Delimited("{", "}", node)
                elif len(node.items) > 1 and type(node.items[-1]) is Space and node.kind == Kind.ORDINARY:
                    append(Row(node.items[:-1]))
                    node = node.items[-1]
            elif self._has_overprints and self.alphabet == Alphabet.ROMAN:
                node = _rejoin_word(node, items)
            append(node)
        self.position = place
        self.alphabet = alphabet
        self._depth -= 1
        if self._adjusts:
            items = self._adjust_items(items)
        row = Row(tuple(items))
        return row if infix is None else Row((_fraction(infix, row),))

    def _adjust_items(self, items: list[Node]) -> list[Node]:
        """The items of a row with what characters mean by where they are."""
        if self._has_overprints:
            items = join_overprinted(items)
        if self._has_double_bars:
            items = join_double_bars(items)
        if self._has_relations:
            items = pair_relations(items)
        if self._has_bars:
            items = pair_bars(pair_states(items) if self._has_comparisons else items)
        if self._has_comparisons:
            items = join_comparisons(pair_angles(items))
        if self._has_division:
            items = name_divergences(items)
        return items

    def _infix(self, command: str, items: list[Node]) -> _Infix:
        r"""What is before an `\over` and its kin; takes the command's own arguments."""
        delimiters = _INFIX[command]
        if command.endswith("withdelims"):
            delimiters = self.delimiter(), self.delimiter()
        if command.startswith("\\above"):
            self.dimension()
        return _Infix(command, delimiters, Row(tuple(items)))

    def argument(self, alphabet: str | None = None) -> Row:
        """Read the argument of a macro: a group in braces, or a single token.

        Empty at the end.
        """
        outer = self.alphabet
        if alphabet is None:
            alphabet = outer
        if alphabet == Alphabet.NORMAL and (row := self._fixed_argument()) is not None:
            return row
        if not (alphabet == Alphabet.ROMAN and outer == Alphabet.BOLD):
            self.alphabet = alphabet
        row = self._letter_argument() or self._long_argument()
        self.alphabet = outer
        return row

    def _fixed_argument(self) -> Row | None:
        """Take an argument that is a single letter, digit or symbol, in braces or not.

        Most are.
        """
        tokens, place = self.tokens, self.position
        token = tokens[place]
        if token != "{":
            row = FIXED_ROWS.get(token)
            if row is not None:
                self.position = place + 1
            return row
        if tokens[place + 2] != "}":
            return None
        row = FIXED_ROWS.get(tokens[place + 1])
        if row is not None:
            self.position = place + 3
        return row

    def _letter_argument(self) -> Row | None:
        """Take an argument that is one letter in an alphabet of its own.

        It may be in braces.
        """
        if self.alphabet == Alphabet.NORMAL:
            return None
        braced = self.tokens[self.position] == "{"
        token = self.tokens[self.position + braced]
        if len(token) != 1 or not token.isalnum() or (braced and self.tokens[self.position + 2] != "}"):
            return None
        self.position += 3 if braced else 1
        return Row((self.symbol(token),))

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
        if token[0] == "\\" and len(token) > 1:
            return self._command(token[1:])
        if token == "{":
            return self._words() or self.block("}")
        if token in "^_" or token in _PRIMES:
            self.position -= 1
            return EMPTY
        if token == "~":
            return Space(1 / 3)
        if token in "$}&\\":
            return None
        if self.alphabet in _UPRIGHT and not single and token.isalpha():
            return self._word(token)
        return self.symbol(token)

    def _words(self) -> FormulaText | None:
        """Take a group of nothing but words, such as `{subject to}`; None without one."""
        end = self.position
        while self.tokens[end].isalpha():
            end += 1
        if self.tokens[end] != "}" or end - self.position < _SHORTEST_WORDS:
            return None
        raw = self._source[self._place() : self._place(end - self.position)]
        if re.fullmatch(_PLAIN_WORDS, raw) is None:
            return None
        self.position = end + 1
        return FormulaText((" ".join(raw.split()),))

    def symbol(self, text: str) -> Symbol:
        """A character or number in the current alphabet."""
        known = CHARACTERS.get(text)
        if known is not None:
            return known
        if self._capitals_only and self.alphabet == Alphabet.CALLIGRAPHIC and text.islower():
            return Symbol(text)
        return Symbol(text, alphabet=self.alphabet)

    def _command(self, name: str) -> Node | None:
        known = COMMANDS.get(name)
        if known is not None:
            if self.alphabet == Alphabet.BOLD and isinstance(known, Symbol) and known.text.isalpha():
                return Symbol(known.text, known.kind, Alphabet.BOLD)
            if name in _WITH_ARGUMENTS and self.peek() == "{":
                return self._with_arguments(known)
            return known
        reader = self._readers.get(name)
        return reader(self, name) if reader is not None else self._unknown(name)

    def _unknown(self, name: str) -> Node | None:
        r"""A macro that is not ours.

        Its evident meaning, pylatexenc's, or its name with its arguments.

        Arguments are in brackets, `\Order{n}` as `Order(n)`, so that they do not run into what follows.
        """
        if (sign := self._short_sign(name)) is not None:
            return sign
        if name == "f" and self.peek()[:1].isdigit():
            return Fraction(self.argument(), self.argument())
        if name == "BR" and self.peek() in _BEHIND_REALS:
            return Symbol("R", alphabet=Alphabet.BLACKBOARD)
        if name in _FRACTIONS_OF_TIME and self._is_between_digits():
            return Row((Scripts(EMPTY, superscript=Row((Symbol(name[1]),))), Symbol(".")))
        symbol = guess(name) if name not in _PRODUCTS or self.peek() != "{" else None
        if symbol is not None and name in _ORDERS and self.peek() == "{":
            return self._with_arguments(symbol)
        if symbol is not None and not (len(name) == 2 and name[1] == "c" and self.peek() == "{"):
            return symbol
        if name in _BOLD and re.match(r"\{[A-Za-z]\}", "".join(self.tokens[self.position :][:3])):
            return self.argument(Alphabet.BOLD).single()
        alphabet = _SHORT_FONTS.get(name)
        if alphabet is not None and re.match(r"\{?[A-Z]", "".join(self.tokens[self.position :][:2])):
            return self.argument(alphabet).single()
        internal = self._readers.get(name.partition("@")[0] + "@") if "@" in name else None
        if internal is not None:
            return internal(self, name)
        package_symbol = symbol_of_package(name)
        if package_symbol is not None:
            return package_symbol
        text = fallback_character(name)
        if text:
            return Symbol(text)
        return self._with_arguments(Unknown(name))

    def _is_between_digits(self) -> bool:
        """Tell whether a number is before the macro just read, and one comes next."""
        before = self.tokens[self.position - 2] if self.position > 1 else ""
        return before[-1:].isdigit() and self.peek()[:1].isdigit()

    def _short_sign(self, name: str) -> Symbol | None:
        r"""Read `\la` and `\ga` where they are no letters.

        Before `\ra` the first is a bracket, before an amount they are astronomers' comparisons.
        """
        if name not in _SHORT_SIGNS:
            return None
        ahead = self.tokens[self.position : self.position + _LONGEST_STATE]
        if name == "la" and "\\ra" in ahead:
            self.tokens[self.position + ahead.index("\\ra")] = "\\rangle"
            return Symbol("⟨", Kind.OPENING)
        if self._compares is None:
            self._compares = re.search(r"\\[lg]a(?![A-Za-z])\s*\d", self._source) is not None
        return Symbol(_SHORT_SIGNS[name], Kind.RELATION) if self._compares else None

    def _with_arguments(self, name: Node) -> Node:
        """The name of an author's macro with its arguments in brackets, if there are any."""
        arguments: list[Row] = []
        while self.skip("{"):
            arguments.append(self.block("}"))
        arguments = [argument for argument in arguments if argument.items]
        if not arguments:
            return name
        if len(arguments) == 1 and isinstance(name, (Name, Symbol)) and _is_bracketed(arguments[0]):
            return Row((name, *arguments[0].items))
        body = list(arguments[0].items)
        for argument in arguments[1:]:
            body += (CHARACTERS[","], *argument.items)
        return Row((name, Delimited("(", ")", Row(tuple(body)))))

    def _word(self, first: str) -> Node:
        """Letters that are together in an upright alphabet are one word."""
        letters = [first]
        tokens = self.tokens
        joined = first.isupper() and self._continues()
        # As in TeX, the space behind `\acute e` parts nothing.
        touches = True
        while True:
            if tokens[self.position].isalpha() and (not touches or self.touches()):
                letters.append(tokens[self.position])
                self.position += 1
                touches = True
            elif tokens[self.position] == "\\_" and tokens[self.position + 1].isalpha():
                # A program's name: `\mathsf{blocks\_door}`.
                letters.append("_")
                self.position += 1
                touches = True
            elif len(letters) > 2 and (accented := self._accented_letter()):
                letters.append(accented)
                touches = tokens[self.position - 1] == "}"
            else:
                break
        if len(letters) == 1 and len(first) == 1 and not joined:
            return self.symbol(first)
        return Name("".join(letters), alphabet=self.alphabet, joined=joined)

    def _accented_letter(self) -> str:
        r"""Take an accented letter, as in `\mathrm{Poincar\acute{e}}`; "" without one."""
        macro = self.tokens[self.position][1:]
        if macro not in ACCENTS:
            return ""
        braced = self.tokens[self.position + 1] == "{"
        letter = self.tokens[self.position + 1 + braced]
        composed = unicodedata.normalize("NFC", letter + ACCENTS[macro][0]) if letter.isalpha() else ""
        if len(composed) != 1 or (braced and self.tokens[self.position + 3] != "}"):
            return ""
        self.position += 4 if braced else 2
        return composed

    def _continues(self) -> bool:
        """Whether the letter just taken touches a script or bracket, as in a substance."""
        if self.position < 3:
            return False
        script, before = self.tokens[self.position - 3 : self.position - 1]
        return (before in ("}", ")", "]") or script in ("_", "^")) and self.touches(-1)

    def scripts(self, nucleus: Node | None) -> Node | None:
        """The nucleus, just read, with the scripts and primes that follow it.

        Where a second subscript or superscript begins, the scripts end: that one is at nothing.
        """
        subscript: Row | None = None
        superscript: Row | None = None
        primes = 0
        limits: bool | None = None
        tokens = self.tokens
        while (token := tokens[self.position]) in _ATTACHED:
            if superscript is None and (token == "^" or token == "\\sp"):
                self.position += 1
                argument = self._fixed_argument() or self.argument(Alphabet.NORMAL)
                items = argument.items
                first = items[0] if items else None
                is_prime = first.text == "′" if type(first) is Symbol else type(first) is Scripts
                if is_prime and (marks := _count_primes(argument)):
                    primes += marks
                    argument = Row(items[marks:]) if len(items) > 1 else EMPTY
                elif argument is _LETTER_O and _is_number(nucleus):
                    argument = _DEGREE
                superscript = argument if argument.items else None
            elif subscript is None and (token == "_" or token == "\\sb" or self._is_escaped_subscript(token)):
                self.position += 1
                argument = self._fixed_argument() or self.argument(Alphabet.NORMAL)
                subscript = argument if argument.items else None
            elif token in _PRIMES:
                self.position += 1
                primes += _PRIMES[token]
            elif token in _LIMITS:
                self.position += 1
                limits = token == "\\limits" or (token == "\\displaylimits" and _has_limits(nucleus))
            else:
                break
        if subscript is None and superscript is None and not primes:
            return nucleus
        if limits is None:
            if type(nucleus) is Symbol:
                limits = nucleus.kind == _OPERATOR and nucleus.text not in INTEGRALS
            else:
                limits = _has_limits(nucleus)
        if type(nucleus) is Row and type(inner := nucleus.single()) is Scripts:
            merged = _merge_scripts(inner, subscript, superscript, primes, limits)
            if merged is not None:
                return merged
        if subscript and superscript and (nucleus is None or (type(nucleus) is Row and not nucleus.items)):
            sign = comparison(superscript, subscript)
            if sign is not None:
                return sign
        return Scripts(nucleus if nucleus is not None else EMPTY, subscript, superscript, primes, limits)

    def _is_escaped_subscript(self, token: str) -> bool:
        r"""Whether this is the `\_` of a formula that went through Markdown, not of a name."""
        if token != "\\_" or self.alphabet != Alphabet.NORMAL:
            return False
        before = self.tokens[self.position - 1] if self.position else ""
        first, second = self.tokens[self.position + 1 : self.position + 3]
        return not (first.isalpha() and second.isalpha()) and "\\_" not in (before, first)

    def _ends(self, token: str) -> bool:
        """Tell whether this token ends an open construct.

        One that closes nothing is passed over or kept.
        """
        if token in _VERTICAL_SPACES:
            return self._open["\\end"] > 0
        return token in _SEPARATORS or self._open[token] > 0

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
    return isinstance(node, Symbol) and node.kind in (Kind.BINARY, Kind.RELATION) and node.text not in signs


def _separate_entries(cells: tuple[Row, ...]) -> tuple[Row, ...]:
    """The entries of a single row with commas behind them."""
    comma = CHARACTERS[","]
    return (*(Row((*cell.items, comma)) for cell in cells[:-1]), cells[-1])


def _is_bracketed(row: Row) -> bool:
    """Tell whether an argument has brackets of its own."""
    first, last = row.items[0], row.items[-1]
    if isinstance(first, Delimited):
        return first is last
    return isinstance(first, Symbol) and first.text in "([" and isinstance(last, Symbol) and last.text in ")]"


def _as_row(node: Node | None) -> Row:
    if node is None:
        return EMPTY
    return node if isinstance(node, Row) else Row((node,))


class _Infix(NamedTuple):
    r"""An infix command such as `\over`, and the part before it."""

    command: str
    delimiters: tuple[str, str]
    upper: Row


def _fraction(infix: _Infix, lower: Row) -> Node:
    """The fraction or binomial that an infix command makes of the parts around it."""
    if infix.command == "\\choose":
        return Binomial(infix.upper, lower)
    if infix.command == "\\atop" and (sign := comparison(infix.upper, lower)):
        return sign
    fraction = Fraction(infix.upper, lower, bar=infix.command.startswith(("\\over", "\\above")))
    left, right = infix.delimiters
    return Delimited(left, right, Row((fraction,))) if left or right else fraction


def _has_limits(nucleus: Node | None) -> bool:
    """Tell whether the scripts of this nucleus are over and under it in a display."""
    if type(nucleus) is Symbol:
        return nucleus.kind == _OPERATOR and nucleus.text not in INTEGRALS
    if isinstance(nucleus, Name):
        return nucleus.limits
    if isinstance(nucleus, Row):
        return nucleus.kind == Kind.OPERATOR
    return isinstance(nucleus, (Brace, Stack))


def _merge_scripts(
    inner: Scripts, subscript: Row | None, superscript: Row | None, primes: int, limits: bool
) -> Scripts | None:
    """Scripts at a group that is nothing but a base with other scripts.

    `{x_i}^2` is `x_i^2`.

    None where they would get another meaning: `{x^2}^3`, `{x^2}'`.
    """
    if (subscript and inner.subscript) or (superscript and inner.superscript):
        return None
    if primes and (inner.superscript or inner.primes):
        return None
    return Scripts(
        inner.base,
        subscript or inner.subscript,
        superscript or inner.superscript,
        primes + inner.primes,
        limits or inner.limits,
    )


def _count_primes(row: Row) -> int:
    r"""How many primes a superscript begins with, as `\prime` or as a prime at nothing."""
    first = row.items[0]
    if type(first) is Symbol:
        if first.text != "′":
            return 0
        return next((n for n, item in enumerate(row.items) if not _is_prime(item)), len(row.items))
    if isinstance(first, Scripts) and len(row.items) == 1 and _is_empty(first.base):
        return first.primes if first.subscript is None and first.superscript is None else 0
    return 0


def _is_number(nucleus: Node | None) -> bool:
    """Tell whether a superscript's base is a number."""
    return isinstance(nucleus, Symbol) and nucleus.text[-1].isdigit()


def _is_prime(node: Node) -> bool:
    return isinstance(node, Symbol) and node.text == "′"


def _is_empty(node: Node) -> bool:
    return isinstance(node, Row) and not node.items


def _without_outer_spaces(row: Row, items: list[Node]) -> Row:
    r"""The group without the spaces it begins with, which go into the row.

    For example `6{\rm\,MeV}`.
    """
    first = 0
    while first < len(row.items) and isinstance(row.items[first], Space):
        items.append(row.items[first])
        first += 1
    return Row(row.items[first:]) if first else row


def _ends_with_scripts_and_space(row: Row) -> bool:
    """Tell whether a group ends with a letter with scripts and a space."""
    items = row.items
    is_plain = row.kind == Kind.ORDINARY and len(items) > 1
    return is_plain and type(items[-1]) is Space and type(items[-2]) is Scripts


def _takes_set(node: Node) -> bool:
    """Tell whether a set may follow: behind an extreme without an index."""
    return type(node) is Name and node.text in _EXTREMES


def _is_condition(row: Row) -> bool:
    """Tell whether a group says for what something is so: `i: a_i = 0`."""
    return any(isinstance(item, Symbol) and item.text in (":", "|") for item in row.items[1:-1])


def _rejoin_word(word: Node, items: list[Node]) -> Node:
    r"""A word or letter with what it continues after a negative space.

    `Me\kern-1ptV` is one word.
    """
    last = len(items) - 1
    while last >= 0 and isinstance(space := items[last], Space) and space.width <= 0:
        last -= 1
    before = items[last] if 0 <= last < len(items) - 1 else None
    if not isinstance(before, (Name, Symbol)) or not isinstance(word, (Name, Symbol)):
        return word
    if (before.text, word.text) in JOINED or before.alphabet != word.alphabet:
        return word
    if not (before.text + word.text).isalpha():
        return word
    del items[last:]
    return Name(before.text + word.text, alphabet=word.alphabet)
