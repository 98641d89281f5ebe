"""The notation of a text or of a whole paper.

Its formulas and symbols, to have beside it while reading.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple, TypeGuard, get_args

from tui_digest.latex.find import find_formulas
from tui_digest.latex.formula.macros import HANDLERS
from tui_digest.latex.formula.parse import clean_source
from tui_digest.latex.formula.parser import FIXED_NODES, FONT_SWITCHES, FormulaParser
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.nodes import EMPTY, Accent, Alphabet, FormulaText, Name, Node, Row, Scripts, Symbol
from tui_digest.latex.symbols.alphabets import ACCENTS
from tui_digest.latex.symbols.glyphs import Level
from tui_digest.latex.symbols.table import AUTHORS_NAMES, COMMANDS

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
# Letters that stand for indices or coordinates: a subscript of nothing else is no word.
_INDICES = frozenset("abijklmnpqrstuvxyz")
_SHORT_WORDS = frozenset(("in", "out", "int", "ext", "max", "min", "tot", "rel", "st", "sp", "as", "is"))
_LABEL = r"\\label\s*\{[^{}]*\}"
# Spaces and punctuation that end a formula.
_ENDING = r"(?:(?<!\\)\\[ ,;:!]|(?<!\\)\\q?quad|(?<!\\)[ ,.;~-])+\Z"
_CAPITALS = r"[A-Z]{3,}"
# A subscript that is a word, unless its letters are symbols.
_PRODUCT = r"_\{(?P<letters>[a-z]{2,3})\}\Z"
_FOREIGN_SCRIPT = r"^(?:[_^]\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[^\\{\s])\s*)+(?=\(|$)"
# Superscripts that make a number an ordinal, and groups that are written in letters.
_ORDINALS = frozenset(("th", "st", "nd", "rd"))
_GROUPS = frozenset(("SL", "GL", "SU", "SO", "Sp", "PSL", "PGL", "PSU", "USp", "OSp", "OSP", "CP", "RP"))
# Names of functors and functions, where authors set them in single letters: `Ext^i(F)`.
_GROUPS |= {name for name in AUTHORS_NAMES if len(name) > 2} | {"Der", "Hilb", "Ker", "Det", "Lie", "NP"}


# Lie algebras, as letters with an index or an argument and in Fraktur.
_ALGEBRAS = frozenset(("sl", "gl", "su", "so", "sp", "psl", "pgl", "osp", "usp"))


class Notation(NamedTuple):
    """One line of the card.

    A formula or symbol as it is shown, its TeX, and how often it occurs.

    `is_symbol` is true for a letter, perhaps in an alphabet, with an accent or with a word below it;
    false for a formula. `place` is where it first appears, for a whole paper.
    """

    text: str
    tex: str
    is_symbol: bool
    occurrences: int
    place: str = ""


def notation(text: str, glyphs: Level = "full") -> tuple[Notation, ...]:
    r"""Return the formulas and symbols of a text, in order of first appearance.

    A formula comes before the symbols that it introduces; one without a letter, such as a number, is
    left out. Symbols are the letters of formulas as their author wrote them, with alphabets and accents
    and with words as subscripts (`n_{cr}`), without other scripts: of `\hat{x}_i^2` it is `\hat{x}`,
    then `i`.
    """
    card = _Card(glyphs)
    for formula in find_formulas(text):
        card.add_formula(formula.tex)
    return card.lines()


def paper_notation(formulas: Iterable[tuple[str, str]], glyphs: Level = "full") -> tuple[Notation, ...]:
    """The distinct symbols of a whole paper, in the order in which they first appear.

    Args:
        formulas: For each formula of the paper in order, the place where it is, in words, and its
            TeX without delimiters.
        glyphs: The characters to show symbols with.
    """
    card = _Card(glyphs)
    for place, tex in formulas:
        card.add_symbols(tex, place)
    return card.lines()


class _Card:
    """Counts formulas and symbols by how they are shown."""

    def __init__(self, glyphs: Level) -> None:
        self._glyphs: Level = glyphs
        self._lines: dict[tuple[str, bool], Notation] = {}

    def lines(self) -> tuple[Notation, ...]:
        """The lines in order, without what is only a part of others."""
        parts = self._parts_of_names() | self._products()
        return tuple(line for key, line in self._lines.items() if key not in parts)

    def _products(self) -> set[tuple[str, bool]]:
        """Symbols whose subscript is no word but a product of symbols."""
        letters = {line.tex for line in self._lines.values() if line.is_symbol and len(line.tex) == 1}
        found = set()
        for key, line in self._lines.items():
            product = re.search(_PRODUCT, line.tex) if line.is_symbol else None
            if product and letters.issuperset(product["letters"]) and product.start() == 1:
                found |= {key} if line.tex[0] in letters else set()
        return found

    def _parts_of_names(self) -> set[tuple[str, bool]]:
        """What is not to be listed of capitals side by side.

        Of the name `QAP` its letters that are nowhere else; the product `ABC` itself.
        """
        left_out: set[tuple[str, bool]] = set()
        for line in self._lines.values():
            if line.is_symbol and re.fullmatch(_CAPITALS, line.tex):
                inside = {letter: line.tex.count(letter) * line.occurrences for letter in line.tex}
                only = {
                    (letter, True)
                    for letter, count in inside.items()
                    if (symbol := self._lines.get((letter, True))) and symbol.occurrences <= count
                }
                left_out |= only or {(line.tex, True)}
        return left_out

    def add_formula(self, tex: str) -> None:
        """Count a formula and its symbols; a bare number, sign or script is none."""
        tex = _bare_formula(tex)
        parser = _SourceParser(clean_source(tex))
        row = parser.formula()
        symbols = list(parser.symbols(row))
        only = row.bare().single()
        if isinstance(only, Scripts) and isinstance(only.base, Row) and not only.base.items:
            return
        is_raised = isinstance(only, Scripts) and (only.superscript is not None or only.primes > 0)
        if symbols and not is_raised and parser.symbol_tex(only):
            self._count(symbols[0], is_symbol=True)
            return
        if symbols or _has_word(row):
            self._count(tex, is_symbol=False)
        for symbol in symbols:
            self._count(symbol, is_symbol=True)

    def add_symbols(self, tex: str, place: str) -> None:
        """Count the symbols of a formula that is in this place of a paper."""
        parser = _SourceParser(clean_source(tex))
        for symbol in parser.symbols(parser.formula()):
            self._count(symbol, is_symbol=True, place=place)

    def _count(self, tex: str, is_symbol: bool, place: str = "") -> None:
        shown = re.sub(r"_\{([A-Za-z]+)\}\Z", r"_{\\mathrm{\1}}", tex) if is_symbol else tex
        text = formula_to_unicode(shown, self._glyphs)
        if not text:
            return
        line = self._lines.get((text, is_symbol)) or Notation(text, tex, is_symbol, 0, place)
        self._lines[text, is_symbol] = line._replace(occurrences=line.occurrences + 1)


class _SourceParser(FormulaParser):
    """A parser that remembers how letters and accents were written."""

    def __init__(self, source: str, depth: int = 0) -> None:
        super().__init__(source, HANDLERS, depth)
        self._written: dict[int, str] = {}
        self._kept: list[Node] = []
        self._fonts: list[str] = []

    def nucleus(self, token: str, single: bool = False) -> Node | None:
        """As in any formula; what it gives is remembered with its source."""
        start = self.position - 1
        if token in _FONTS:
            self._fonts.append(token)
        node = super().nucleus(token, single)
        if token in _FONTS:
            self._fonts.pop()
        if isinstance(node, (Symbol, Accent)) or (token in _NAME_FONTS and _is_name(node)):
            written = " ".join(self.source_from(start).split())
            if isinstance(node, Symbol) and token not in _FONTS:
                written = self._in_font(written)
            self._written[id(node)] = written
            self._kept.append(node)
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
        parser = _SourceParser(source, self._depth + 1)
        parser._written, parser._kept = self._written, self._kept
        return parser

    def symbols(self, node: Node) -> Iterator[str]:
        """The TeX of every symbol in a tree, from left to right."""
        tex = self.symbol_tex(node)
        if tex:
            yield tex
        if isinstance(node, Scripts):
            if not tex:
                yield from self.symbols(node.base)
            for script in (None if tex else node.subscript, node.superscript):
                if script is not None and not _word(script) and _letters(script) not in _ORDINALS:
                    yield from self.symbols(script)
        if tex or isinstance(node, Scripts):
            return
        if isinstance(node, Name) and node.alphabet == Alphabet.BOLD and len(node.text) < 3:
            yield from (rf"\mathbf{{{letter}}}" for letter in node.text)
        parts = list(_parts(node))
        previous: Node | None = None
        while parts:
            if capitals := _leading_capitals(parts, previous):
                yield capitals
            previous = parts[0]
            group = _leading_group(parts)
            if group:
                yield group
                del parts[: len(group) - 1]
                if isinstance(parts[0], Scripts):
                    yield from self.symbols(parts[0].on(EMPTY))
            else:
                yield from self.symbols(parts[0])
            del parts[0]

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
                return written
            return f"\\{alphabet}{{{letter}}}" if alphabet else letter
        if isinstance(node, Accent) and node.mark in _ACCENTS and len(node.base.items) == 1:
            base = self._letter_tex(node.base.items[0])
            return (self._written.get(id(node)) or f"\\{_ACCENTS[node.mark]}{{{base}}}") if base else ""
        return ""


def _bare_formula(tex: str) -> str:
    """The formula without label, punctuation and the script of a word before it.

    So `$k,$` and `$k$-` are `k`, and `Ca$_2(x)$` is `(x)`.
    """
    tex = re.sub(_LABEL, "", " ".join(tex.split())).strip()
    tex = re.sub(_FOREIGN_SCRIPT, "", tex)
    bare = re.sub(_ENDING, "", tex)
    if not bare or bare.endswith(("\\", "^", "_")):
        return tex
    closings, openings = len(re.findall(r"[)\]]", bare)), len(re.findall(r"[(\[]", bare))
    if closings == openings + 1 and re.search(r"(?<!\\right)(?<!\\)[)\]]\Z", bare):
        # The bracket of the sentence, as in `(all $k)$`.
        return bare[:-1]
    if openings == closings + 1 and bare[0] in "([":
        return bare[1:]
    return bare


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
        if letters in _GROUPS and (is_applied or follows is not None):
            return letters
        if letters in _ALGEBRAS and is_applied:
            return letters
    return ""


def _leading_capitals(nodes: list[Node], before: Node | None) -> str:
    """Three capitals and more that these nodes begin with; "" behind another capital."""
    if _capital(before):
        return ""
    run = "".join(takewhile(bool, map(_capital, nodes)))
    return run if len(run) > 2 and run not in _GROUPS else ""


def _capital(node: Node | None) -> str:
    """The plain capital that a node is, perhaps with scripts; "" of anything else."""
    base = node.base if isinstance(node, Scripts) else node
    if not isinstance(base, Symbol) or base.alphabet != Alphabet.NORMAL:
        return ""
    return base.text if re.fullmatch("[A-Z]", base.text) else ""


def _letters(row: Row | None) -> str:
    """The letters that a row is made of, if it is made of nothing else."""
    items = row.bare().items if row is not None else ()
    letters = "".join([item.text for item in items if isinstance(item, Symbol)])
    return letters if len(letters) == len(items) and letters.isascii() and letters.isalpha() else ""


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


def _has_word(node: Node) -> bool:
    """Tell whether any word is in a tree."""
    if isinstance(node, Name):
        return True
    if isinstance(node, FormulaText):
        return any(isinstance(part, str) and part.strip() for part in node.parts)
    return any(map(_has_word, _parts(node)))


def _is_letter(character: str) -> bool:
    return unicodedata.category(character) in ("Lu", "Ll", "Lo") or character in "ℓℏ"
