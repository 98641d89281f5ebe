r"""The symbols of a formula as their author wrote them.

For example `\boldsymbol{\theta}`, `n_{cr}`, `\Ledger`.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, TypeGuard, get_args

from tui_digest.latex.formula.fixed_nodes import FIXED_NODES
from tui_digest.latex.formula.macros import HANDLERS
from tui_digest.latex.formula.parse import clean_source
from tui_digest.latex.formula.parser import FONT_SWITCHES, FormulaParser
from tui_digest.latex.formula.units import UNIT_NAMES
from tui_digest.latex.nodes import (
    EMPTY,
    Accent,
    Alphabet,
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Name,
    Node,
    Row,
    Scripts,
    Stack,
    Symbol,
    Unknown,
)
from tui_digest.latex.symbols.alphabets import ACCENTS
from tui_digest.latex.symbols.table import AUTHORS_NAMES, COMMANDS, INTEGRALS

_RECORDS = get_args(Node)
_ALPHABETS = {
    Alphabet.ROMAN: "mathrm",
    Alphabet.BOLD: "mathbf",
    Alphabet.BLACKBOARD: "mathbb",
    Alphabet.CALLIGRAPHIC: "mathcal",
    Alphabet.FRAKTUR: "mathfrak",
}
_FONT_NAMES = "mathbf boldsymbol bm mathbb mathcal mathscr mathfrak mathrm mathsf Bbb"
_FONTS = frozenset(f"\\{name}" for name in _FONT_NAMES.split())
# Alphabets whose capitals are side by side in names, `\mathcal{NP}`, more often than as factors.
_NAME_FONTS = frozenset(("\\mathbb", "\\mathcal", "\\mathscr", "\\mathfrak", "\\Bbb"))
_ACCENTS = {mark: name for name, (mark, _) in reversed(ACCENTS.items())}
_LETTERS = {
    symbol.text: f"\\{name}"
    for name, symbol in reversed(COMMANDS.items())
    if isinstance(symbol, Symbol) and symbol.alphabet == Alphabet.NORMAL and not symbol.text.isascii()
}
_WRITTEN = {id(node): token for token, node in FIXED_NODES.items()}
_SIZES = re.compile(r"\\(?:display|text|script|scriptscript)style(?![A-Za-z])\s*")
# Letters that stand for indices or coordinates: a subscript of nothing else is no word.
_INDICES = frozenset("abijklmnpqrstuvxyz")
_SHORT_SUBSCRIPTS = "in out int ext max min tot rel st sp as is sym var val sat vis"
_SHORT_WORDS = frozenset(_SHORT_SUBSCRIPTS.split())
# Letters that are indices even where they are nothing but subscripts.
_COUNTERS = frozenset("ijklmn")
# Schemes of renormalisation, which have a bar.
_BARRED_NAMES = frozenset(("MS", "DR", "MOM"))
# Superscripts that make a number an ordinal, and groups that are written in letters.
_ORDINALS = frozenset(("th", "st", "nd", "rd"))
GROUPS = frozenset(("SL", "GL", "SU", "SO", "Sp", "PSL", "PGL", "PSU", "USp", "OSp", "OSP", "CP", "RP"))
# Names of functors and functions, where authors set them in single letters: `Ext^i(F)`.
GROUPS |= {name for name in AUTHORS_NAMES if len(name) > 2}
# Numbers of fluid mechanics, which are no products.
GROUPS |= frozenset(("Sc", "Ra", "Nu", "We", "Bo", "Pm", "Rm", "Kn", "Wi", "Bi", "Sh", "Oh", "Ek"))
# More of them, which are products unless they are the left side of an equation or all of a formula.
_FLUID_NUMBERS = frozenset(("Ha", "Ca", "Ma", "Da", "Fr", "Ta", "Ri", "Ro", "De", "Le", "Pe", "Pr"))
GROUPS |= frozenset(("Der", "Hilb", "Ker", "Det", "Lie", "NP", "Tr", "Re", "Im", "Gr", "St", "Fl", "Cl"))
# Lie algebras, as letters with an index or an argument and in Fraktur.
_ALGEBRAS = frozenset(("sl", "gl", "su", "so", "sp", "psl", "pgl", "osp", "usp"))
_KNOWN_NAMES = frozenset(name.text for name in COMMANDS.values() if isinstance(name, Name))
# Names of operators that are written as letters and of words, which no author defines.
_COMMON_NAMES = frozenset(
    ("if", "for", "and", "or", "with", "where", "as", "is", "on", "by", "to", "of", "mod")
)
_CONVERGENCES = frozenset(("d", "p", "P", "w", "D", "L"))
_ENERGIES = ("TeV", "GeV", "MeV", "keV")
APPLIED = "applied"
"""The form of capitals that have an index or an argument."""
_SMALL_LETTERS = frozenset(string.ascii_lowercase)
_SHORTEST_WORD = 4
_LONGEST_WORD = 24


class SymbolUse(NamedTuple):
    """A symbol where it is used.

    Attributes:
        tex: the symbol as it was written.
        form: what it is there with scripts of numbers and signs, as `L^2`, to compare; "" without them.
        label: the letter that is its whole subscript and may belong to its name, as TeX.
        is_label: whether it is such a letter itself.
        is_raised: whether it is a whole superscript, as a transpose is.
    """

    tex: str
    form: str = ""
    label: str = ""
    is_label: bool = False
    is_raised: bool = False


class SymbolParser(FormulaParser):
    """A parser that remembers how letters and accents were written."""

    def __init__(self, source: str, depth: int = 0) -> None:
        super().__init__(clean_source(source) if not depth else source, HANDLERS, depth)
        self._written: dict[int, str] = {}
        self._kept: list[Node] = []
        self._fonts: list[str] = []
        self._integrates = any(
            isinstance(node := FIXED_NODES.get(token), Symbol) and node.text in INTEGRALS
            for token in self.tokens
        )

    def nucleus(self, token: str, single: bool = False) -> Node | None:
        """As in any formula; what it gives is remembered with its source."""
        start = self.position - 1
        if token in _FONTS:
            self._fonts.append(token)
        node = super().nucleus(token, single)
        if token in _FONTS:
            self._fonts.pop()
        is_word = isinstance(node, Name) and token[0] == "\\"
        if token == "{":
            # What is in the group was remembered as it was written there.
            return node
        if is_word or isinstance(node, (Symbol, Accent)) or (token in _NAME_FONTS and _is_name(node)):
            written = " ".join(_SIZES.sub("", self.source_from(start)).split())
            if isinstance(node, Symbol) and token not in _FONTS:
                written = self._in_font(written)
            self._written[id(node)] = written
            self._kept.append(node)  # type: ignore[arg-type]
        return node

    def _in_font(self, letter: str) -> str:
        r"""The letter with what changed the font around it: `\mathcal{K}`, `{\cal K}`."""
        if self._fonts:
            return f"{self._fonts[-1]}{{{letter}}}"
        for switch, alphabet in FONT_SWITCHES.items():
            if alphabet == self.alphabet != Alphabet.NORMAL and switch in self.tokens:
                return f"{{{switch} {letter}}}"
        return letter

    def nested_parser(self, source: str) -> FormulaParser:
        """A parser of a formula inside this one, which remembers in the same place."""
        parser = SymbolParser(source, self._depth + 1)
        parser._written, parser._kept = self._written, self._kept
        return parser

    def symbols(self, node: Node) -> Iterator[SymbolUse]:
        """The uses of symbols in a tree, from left to right."""
        tex = self.symbol_tex(node)
        if isinstance(node, Scripts):
            yield from self._symbols_of_scripts(node, tex)
        elif tex:
            yield SymbolUse(tex)
        elif isinstance(node, Unknown):
            if len(node.name) > 1 and node.name not in UNIT_NAMES:
                yield SymbolUse(f"\\{node.name}")
        elif isinstance(node, Stack) and _is_remark(node):
            yield from self.symbols(node.base)
        else:
            yield from self._symbols_of_parts(node)

    def _symbols_of_scripts(self, node: Scripts, tex: str) -> Iterator[SymbolUse]:
        """The symbols of a base with scripts, of which a word below belongs to the base."""
        label = ""
        if tex:
            yield SymbolUse(tex)
        elif base := self.symbol_tex(node.base):
            label = _label(node.subscript)
            yield SymbolUse(base, "" if _has_letters(node) else repr(node), label)
        else:
            yield from self.symbols(node.base)
        for script in (None if tex else node.subscript, node.superscript):
            if script is None or _word(script) or _letters(script) in _ORDINALS:
                continue
            only = script.bare().single()
            is_raised = script is node.superscript and _is_transpose(only)
            for use in self.symbols(script):
                is_label = script is node.subscript and label != ""
                yield use._replace(is_label=is_label or use.is_label, is_raised=is_raised)

    def _symbols_of_parts(self, node: Node) -> Iterator[SymbolUse]:
        """The symbols of what a node is made of, without the d of differentials."""
        if isinstance(node, Name) and self._is_bold_product(node):
            yield from (SymbolUse(rf"\mathbf{{{letter}}}") for letter in node.text)
        parts = list(_parts(node))
        if _is_derivative(node):
            parts = [part for row in (node.numerator, node.denominator) for part in _without_d(row)]
        previous: Node | None = None
        is_first = True
        in_quotient = _are_differentials(parts)
        while parts:
            if capitals := _leading_capitals(parts, previous):
                yield SymbolUse(capitals, APPLIED if _is_applied(parts[len(capitals) - 1 :]) else "")
            previous = parts[0]
            group = _leading_group(parts) or _leading_word(parts)
            if is_first and not group:
                group = _fluid_number(parts)
            is_first = False
            if group:
                yield SymbolUse(group)
                del parts[: len(group) - 1]
                if isinstance(parts[0], Scripts):
                    yield from self.symbols(parts[0].on(EMPTY))
            elif unit := _leading_unit(parts):
                del parts[: len(unit) - 1]
            elif name := self._name_tex(parts):
                yield SymbolUse(name)
                if isinstance(parts[0], Scripts):
                    yield from self.symbols(parts[0].on(EMPTY))
            elif self._is_differential(parts, in_quotient):
                in_quotient = in_quotient or _has_quotient(parts)
            elif form := _numbered(parts):
                yield from (use._replace(form=form) for use in self.symbols(parts[0]))
            else:
                yield from self.symbols(parts[0])
            del parts[0]

    def _is_bold_product(self, name: Name) -> bool:
        r"""Tell whether a bold word is letters side by side.

        `\mathbf{AB}`, not `\textbf{Co}`.
        """
        is_text = self._written.get(id(name), "").startswith("\\textbf")
        return name.alphabet == Alphabet.BOLD and len(name.text) < 3 and not is_text

    def _name_tex(self, nodes: list[Node]) -> str:
        r"""The TeX of a name that these nodes begin with and the author made.

        The `\mathsf{Enc}` of `\mathsf{Enc}(k)`; units and words have no argument.
        """
        first = nodes[0]
        base = first.base if isinstance(first, Scripts) else first
        if not isinstance(base, Name) or base.text in _KNOWN_NAMES | _COMMON_NAMES or len(base.text) < 2:
            return ""
        following = nodes[1] if len(nodes) > 1 else None
        is_applied = (isinstance(following, Symbol) and following.kind == Kind.OPENING) or (
            isinstance(following, Delimited) and following.left in ("(", "[")
        )
        has_index = isinstance(first, Scripts) and first.subscript is not None and _has_letters(first)
        if not base.text.isalpha() or base.alphabet == Alphabet.BOLD or not (is_applied or has_index):
            return ""
        written = self._written.get(id(base), "")
        return written if written.startswith("\\") else rf"\mathrm{{{base.text}}}"

    def _is_differential(self, nodes: list[Node], in_quotient: bool) -> bool:
        r"""Tell whether nodes begin with the d of `\int f\,dx`, `\mathrm{d}x`, `df/dx`.

        `in_quotient` is whether they are behind the d of `df`.
        """
        if not _is_d(nodes[0]) or len(nodes) < 2 or not _is_operand(nodes[1]):
            return False
        base = nodes[0].base if isinstance(nodes[0], Scripts) else nodes[0]
        is_roman = isinstance(base, Symbol) and base.alphabet == Alphabet.ROMAN
        return is_roman or self._integrates or in_quotient or _has_quotient(nodes)

    def symbol_tex(self, node: Node) -> str:
        """The TeX of a letter with its alphabet, accents and a word below it.

        "" of anything else.
        """
        if isinstance(node, Scripts):
            base, word = self._letter_tex(node.base), _word(node.subscript)
            return f"{base}_{{{word}}}" if base and word else ""
        return self._letter_tex(node)

    def _letter_tex(self, node: Node) -> str:
        while isinstance(node, Row) and len(node.items) == 1:
            node = node.items[0]
        if isinstance(node, Row):
            return self._written.get(id(node), "")
        if isinstance(node, Symbol) and len(node.text) == 1 and _is_letter(node.text):
            written = self._written.get(id(node)) or _WRITTEN.get(id(node), "")
            letter = _LETTERS.get(node.text, node.text)
            alphabet = _ALPHABETS.get(node.alphabet)
            if written and ("\\" in written or alphabet is None):
                # Alone it would be a branching ratio.
                return "{\\BR}" if written == "\\BR" else written
            return f"\\{alphabet}{{{letter}}}" if alphabet else letter
        if isinstance(node, Accent) and node.mark in _ACCENTS:
            base = self._letter_tex(node.base.items[0]) if len(node.base.items) == 1 else _letters(node.base)
            if len(node.base.items) > 1 and base not in _BARRED_NAMES:
                return ""
            return (self._written.get(id(node)) or f"\\{_ACCENTS[node.mark]}{{{base}}}") if base else ""
        return ""


def has_word(node: Node) -> bool:
    """Tell whether any word is in a tree."""
    if isinstance(node, Name):
        return True
    if isinstance(node, FormulaText):
        return any(isinstance(part, str) and part.strip() for part in node.parts)
    return any(map(has_word, _parts(node)))


def _is_name(node: Node | None) -> TypeGuard[Row]:
    """Return whether a node is letters side by side that are a name.

    Of a complexity class, of a Lie algebra.
    """
    if not isinstance(node, Row) or len(node.items) < 2:
        return False
    letters = "".join([item.text if isinstance(item, Symbol) else " " for item in node.items])
    return letters in _ALGEBRAS or (letters.isalpha() and letters.isupper())


def _parts(node: Node | tuple[object, ...]) -> Iterator[Node]:
    """The nodes directly inside a node: its fields, and what its fields hold."""
    for field in node if isinstance(node, tuple) else node.fields():
        if isinstance(field, _RECORDS):
            yield field
        elif isinstance(field, tuple):
            yield from _parts(field)


def _leading_group(nodes: list[Node]) -> str:
    """The name of a group or algebra that these nodes begin with.

    `SL`, the `so` of `so_q(3)`.
    """
    for length in (5, 4, 3, 2):
        last = nodes[length - 1] if len(nodes) >= length else None
        base = last.base if isinstance(last, Scripts) else last
        letters = _letters(Row((*nodes[: length - 1], base))) if base is not None else ""
        follows = nodes[length] if len(nodes) > length else None
        is_applied = last is not base or (isinstance(follows, Symbol) and follows.text == "(")
        if letters in GROUPS:
            return letters
        if letters in _ALGEBRAS and is_applied:
            return letters
    return ""


def _fluid_number(nodes: list[Node]) -> str:
    """A number of fluid mechanics that nodes begin with: `Ha_{opt}`, `Ma=0.3`."""
    last = nodes[1] if len(nodes) > 1 else EMPTY
    base = last.base if isinstance(last, Scripts) else last
    letters = _letters(Row((nodes[0], base)))
    follows = nodes[2] if len(nodes) > 2 else None
    ends = follows is None or (isinstance(follows, Symbol) and follows.kind == Kind.RELATION)
    return letters if letters in _FLUID_NUMBERS and ends else ""


def _leading_unit(nodes: list[Node]) -> str:
    r"""A unit of energy in single letters that nodes begin with: `5\,TeV`."""
    return next(
        (
            unit
            for unit in _ENERGIES
            if len(nodes) >= len(unit) and _letters(Row(tuple(nodes[: len(unit)]))) == unit
        ),
        "",
    )


def _is_applied(nodes: list[Node]) -> bool:
    """Tell whether the first node has an index or brackets behind it."""
    following = nodes[1] if len(nodes) > 1 else None
    has_index = isinstance(nodes[0], Scripts) and nodes[0].subscript is not None
    return has_index or (isinstance(following, Symbol) and following.text == "(")


def _leading_word(nodes: list[Node]) -> str:
    """A word in single letters that these nodes begin with.

    `loss`, but no indices `abcd`.
    """
    letters = "".join(
        node.text if isinstance(node, Symbol) and node.text in _SMALL_LETTERS else " "
        for node in nodes[:_LONGEST_WORD]
    )
    word = letters.partition(" ")[0]
    if name := _applied_word(nodes):
        return name
    are_indices = word in string.ascii_lowercase or _INDICES.issuperset(word)
    is_word = len(word) >= _SHORTEST_WORD and not are_indices
    return word if is_word and not set("aeiou").isdisjoint(word) else ""


def _applied_word(nodes: list[Node]) -> str:
    """A name in single letters that has an index or argument: that of `Ham(S)`."""
    for length in range(3, min(len(nodes), _LONGEST_WORD) + 1):
        last = nodes[length - 1]
        base = last.base if isinstance(last, Scripts) else last
        word = _letters(Row((*nodes[: length - 1], base)))
        if not re.fullmatch("[A-Z][a-z]+", word):
            return ""
        if _is_applied(nodes[length - 1 :]) and not set("aeiou").isdisjoint(word):
            return word
    return ""


def _leading_capitals(nodes: list[Node], before: Node | None) -> str:
    """The capitals that nodes begin with; "" behind another capital."""
    if _capital(before):
        return ""
    run = ""
    for node in nodes:
        if not (capital := _capital(node)):
            break
        run += capital
        if isinstance(node, Scripts):
            # Only the last letter of a name has scripts: `MSE_n`, but `S_1S_2`.
            break
    return run if len(run) > 1 and run not in GROUPS else ""


def _capital(node: Node | None) -> str:
    """The plain capital that a node is, perhaps with scripts; "" of anything else."""
    base = node.base if isinstance(node, Scripts) else node
    if not isinstance(base, Symbol) or base.alphabet != Alphabet.NORMAL:
        return ""
    return base.text if re.fullmatch("[A-Z]", base.text) else ""


def _letters(row: Row | None) -> str:
    """The letters that a row is made of, if it is made of nothing else."""
    items = row.bare().items if row is not None else ()
    letters = "".join([item.text for item in items if isinstance(item, Symbol) and len(item.text) == 1])
    return letters if len(letters) == len(items) and letters.isascii() and letters.isalpha() else ""


def _has_letters(scripts: Scripts) -> bool:
    """Tell whether there is any letter or word in scripts."""

    def holds(node: Node) -> bool:
        if isinstance(node, (Symbol, Name)):
            return _is_letter(node.text[:1] or " ")
        return not isinstance(node, Row) or any(map(holds, node.items))

    return any(holds(script) for script in (scripts.subscript, scripts.superscript) if script is not None)


def _label(script: Row | None) -> str:
    """The letter that a subscript is, if it may be a label; else ""."""
    letter = _letters(script)
    if len(letter) != 1 or letter in _COUNTERS or script is None:
        return ""
    only = script.bare().items[0]
    is_roman = isinstance(only, Symbol) and only.alphabet == Alphabet.ROMAN
    return rf"{{\mathrm{{{letter}}}}}" if is_roman else letter


def _word(script: Row | None) -> str:
    """The word that a subscript is, in roman or out of letters that are no indices.

    Else "".
    """
    if script is None:
        return ""
    only = script.bare().single()
    if isinstance(only, Name):
        return only.text if only.operator else rf"\mathrm{{{only.text}}}"
    if isinstance(only, FormulaText) and len(only.parts) == 1 and isinstance(text := only.parts[0], str):
        return rf"\text{{{text}}}" if text.replace(" ", "").isalpha() else ""
    word = _letters(script)
    if len(word) < 2:
        return ""
    if word in _SHORT_WORDS or word.isupper():
        return word
    are_indices = word in string.ascii_lowercase or (len(word) < 4 and _INDICES.issuperset(word))
    return "" if are_indices else word


def _is_remark(stack: Stack) -> bool:
    """Tell whether what is over a relation says how it holds.

    `def`, a kind of convergence.
    """
    if stack.kind != Kind.RELATION:
        return False
    scripts = [_letters(script) for script in (stack.over, stack.under) if script is not None]
    return all(len(letters) > 1 or letters in _CONVERGENCES for letters in scripts)


def _is_transpose(node: Node) -> bool:
    """Tell whether a whole superscript is a letter that is mostly an operation: T, H."""
    if not isinstance(node, Symbol):
        return False
    return node.text == "T" or (node.text == "H" and node.alphabet == Alphabet.ROMAN)


def _is_derivative(node: Node) -> TypeGuard[Fraction]:
    r"""Tell whether a fraction is `\frac{df}{dx}` or `\frac{d}{dx}`."""
    if not isinstance(node, Fraction):
        return False
    upper, lower = node.numerator.bare().items, node.denominator.bare().items
    return bool(upper) and len(lower) > 1 and _is_d(upper[0]) and _is_d(lower[0])


def _without_d(row: Row) -> tuple[Node, ...]:
    """The items of a row that begins with a d, without it, and its power's letters."""
    first, *rest = row.bare().items
    powers = (first.superscript,) if isinstance(first, Scripts) and first.superscript is not None else ()
    return (*powers, *rest)


def _is_d(node: Node) -> bool:
    """Tell whether a node is a d, perhaps with a power: that of `d^3x`."""
    base = node.base if isinstance(node, Scripts) and node.subscript is None else node
    return (
        isinstance(base, Symbol) and base.text == "d" and base.alphabet in (Alphabet.NORMAL, Alphabet.ROMAN)
    )


def _is_operand(node: Node) -> bool:
    """Tell whether a d before a node could be a differential's."""
    base = node.base if isinstance(node, Scripts) else node
    if isinstance(base, Symbol):
        return base.kind == Kind.ORDINARY and _is_letter(base.text[:1])
    return not isinstance(base, (Delimited, FormulaText))


def _are_differentials(nodes: list[Node]) -> bool:
    """Tell whether the letters d of an equation are differentials: `dX = a dt + b dW`."""
    count = sum(_is_d(one) and _is_operand(other) for one, other in pairwise(nodes))
    return count > 1 and any(isinstance(node, Symbol) and node.kind == Kind.RELATION for node in nodes)


def _numbered(nodes: list[Node]) -> str:
    """The capital and the number behind it that these nodes begin with: `K3`."""
    number = nodes[1].text if len(nodes) > 1 and isinstance(nodes[1], Symbol) else ""
    return f"{_capital(nodes[0])}{number}" if _capital(nodes[0]) and number.isdigit() else ""


def _has_quotient(nodes: list[Node]) -> bool:
    """Tell whether a slash with another d behind it follows, as in `dN/dx`."""
    return any(
        isinstance(one, Symbol) and one.text == "/" and _is_d(other) for one, other in pairwise(nodes[1:5])
    )


def _is_letter(character: str) -> bool:
    return unicodedata.category(character) in ("Lu", "Ll", "Lo") or character in "ℓℏ"
