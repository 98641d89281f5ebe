"""The notation of a text or of a whole paper.

Its formulas and symbols, to have beside it while reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tui_digest.latex.find import find_formulas
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.nodes import Alphabet, Row, Scripts
from tui_digest.latex.notation_symbols import APPLIED, GROUPS, SymbolParser, SymbolUse, has_word
from tui_digest.latex.symbols.alphabets import GLYPHS
from tui_digest.latex.symbols.glyphs import Level

_BLACKBOARD = frozenset(GLYPHS[Alphabet.BLACKBOARD].values())
_LABEL = r"\\label\s*\{[^{}]*\}"
# Spaces and punctuation that end a formula, but no dots that go on with it.
_ENDING = r"(?:(?<!\\)\\[ ,;:!]|(?<!\\)\\q?quad|(?<!\\)[ ,;~-]|(?<!\\)(?<!\\right)(?<!\\right )(?<!\.)\.)+\Z"
_ENDS = r"(?:\s*\\end\{[a-z]+\*?\}|\s*\\right\s*\.)+\Z"
# Letters that say which one is meant where they are mostly subscripts: the `c` of `T_c`.
_LABELS = frozenset("bcdefghosuvwyzBCFGHLRSVWZ")
_MOST = 0.7
"""The share of a letter's uses as a subscript from which on it is a part of names."""
# Words of the sentence, as software's names: `$\textit{Mathematica}$`.
_WORDS = r"\\(?:textit|texttt|textbf|emph)\s*\{[A-Za-z][^{}\\$]{2,}\}"
_ET_AL = r"et\W*al"
# What numbers the parts of a sentence: `$(ii)$`, `$(b)$`.
_ITEM = r"\(?(?:i{1,3}|iv|vi{0,3}|[abc])\)"
# The dimension of a space, `$3d$`, and degrees, `$30^o$`.
_DIMENSION, _DEGREES = r"[1-4][dD]", r"[\d.]+\s*\^(?:o|\{\s*o\s*\}|\{?\\(?:mathrm|rm|text)\s*\{?o\}*)"
_CAPITALS = r"[A-Z]{2,}"
_LETTER = r"(?<![\\A-Za-z])[A-Za-z]"
_NAME = r"[A-Za-z]{2,}"
# A capital and a number that are a formula of their own: `K3`.
_NUMBERED_NAME = r"[A-Z][0-9]+"
# A subscript that is a word, unless its letters are symbols.
_PRODUCT = r"_\{(?P<letters>[a-z]{2,3}|[A-Z][a-z])\}\Z"
_FOREIGN_SCRIPT = r"^(?:[_^]\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[^\\{\s])\s*)+(?=\(|$)"


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
    then `i`. A letter that is nothing but the subscript of others is a part of their names (`T_c`), and a
    symbol that has a line with the only scripts it ever has (`L^2`) has no other.
    """
    card = _Card(glyphs)
    formulas = [_bare_formula(formula.tex) for formula in find_formulas(text)]
    items = {formula for formula in formulas if re.fullmatch(_ITEM, formula)}
    if not any("i" in item for item in items) and len(items) < 2:
        items.clear()
    for formula in formulas:
        if formula not in items:
            card.add_formula(formula)
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


class _Use(NamedTuple):
    """A use of a symbol, with the texts of the symbol and of its label as shown."""

    use: SymbolUse
    place: str
    label: str


class _Card:
    """Counts formulas and symbols by how they are shown."""

    def __init__(self, glyphs: Level) -> None:
        self._glyphs: Level = glyphs
        self._lines: dict[tuple[str, bool], Notation] = {}
        self._uses: dict[str, list[_Use]] = {}
        self._labelled: dict[tuple[str, str], Notation] = {}
        """The lines of symbols with a letter below them, by both texts."""
        self._formulas: set[str] = set()
        self._listed_forms: set[str] = set()
        """Symbols with scripts that are a formula of their own, in the form of `SymbolUse.form`."""

    def lines(self) -> tuple[Notation, ...]:
        """The lines in order, without what is only a part of others."""
        products = self._products()
        labels = self._labels() - {letter for text, _ in products for letter in text}
        left_out = self._parts_of_names() | products | self._repeated()
        left_out |= {
            (text, False)
            for text, is_symbol in self._lines
            if is_symbol and (text, True) not in left_out and re.fullmatch(_NAME, text)
        }
        found: list[Notation] = []
        for key, line in self._lines.items():
            if key in products and (base := self._base_of_product(line)):
                found.append(base)
            if key in left_out:
                continue
            if not line.is_symbol:
                found.append(line)
                continue
            found += self._symbol_lines(line, labels)
        return tuple(found)

    def _symbol_lines(self, line: Notation, labels: set[str]) -> list[Notation]:
        """The lines of a symbol and of the names that letters below it make."""
        uses = [use for use in self._uses[line.text] if not (use.use.is_label and line.text in labels)]
        if _are_mostly(use.use.is_raised for use in uses):
            uses = [use for use in uses if not use.use.is_raised]
        bare = [use for use in uses if use.label not in labels]
        found = (
            [line._replace(tex=bare[0].use.tex, occurrences=len(bare), place=bare[0].place)] if bare else []
        )
        forms = {use.use.form for use in bare}
        if found and len(forms) == 1 and re.fullmatch(_NUMBERED_NAME, name := next(iter(forms))):
            # The F1 that is a score, or the K3 of surfaces.
            found = [found[0]._replace(text=name, tex=name)]
        for label in dict.fromkeys(use.label for use in uses if use.label in labels):
            named = self._labelled[line.text, label]
            if (named.text, False) not in self._lines:
                found.append(named)
        return found

    def _labels(self) -> set[str]:
        """The letters that are mostly whole subscripts."""
        labels = set()
        for letter in {label for _, label in self._labelled} & self._uses.keys():
            facts = [use.use.is_label for use in self._uses[letter]]
            if all(facts) or (letter in _LABELS and _are_mostly(facts)):
                labels.add(letter)
        return labels

    def _repeated(self) -> set[tuple[str, bool]]:
        """Symbols that always have the same scripts, where that is a formula of the card."""
        return {
            (text, True)
            for text, uses in self._uses.items()
            if len(text) == 1
            and text not in _BLACKBOARD
            and len(forms := {use.use.form for use in uses}) == 1
            and self._listed_forms.issuperset(forms)
        }

    def _products(self) -> set[tuple[str, bool]]:
        """Symbols whose subscript is no word but a product of symbols."""
        letters = {line.tex for line in self._lines.values() if line.is_symbol and len(line.tex) == 1}
        found = set()
        for key, line in self._lines.items():
            product = re.search(_PRODUCT, line.tex) if line.is_symbol else None
            if product is None or not letters.issuperset(product["letters"]):
                continue
            # A word of small letters below anything but a letter is a word: `\mathcal{L}_{rec}`.
            if line.tex[0] in letters if product.start() == 1 else product["letters"][0].isupper():
                found.add(key)
        return found

    def _base_of_product(self, line: Notation) -> Notation | None:
        """The symbol above a product, `z` of `z_{Lt}`, if it has no line of its own."""
        tex = re.sub(_PRODUCT, "", line.tex)
        text = formula_to_unicode(tex, self._glyphs)
        return None if (text, True) in self._lines else line._replace(text=text, tex=tex)

    def _parts_of_names(self) -> set[tuple[str, bool]]:
        """What is not to be listed of capitals side by side.

        Of the name `QAP` its letters that are nowhere else; the product `ABC` itself. Two capitals are a
        name only if they are nowhere else.
        """
        runs = [
            line
            for line in self._lines.values()
            if line.is_symbol and re.fullmatch(_CAPITALS, line.tex) and line.tex not in GROUPS
        ]
        names = [line for line in runs if len(line.tex) > 2 or self._may_be_name(line)]
        inside = Counter[str]()
        for line in names:
            for letter in line.tex:
                inside[letter] += line.occurrences
        left_out = {(line.text, True) for line in runs if line not in names}
        for line in names:
            only = {(one, True) for one in line.tex if len(self._uses.get(one, ())) <= inside[one]}
            is_name = len(only) == len(set(line.tex)) or (only and len(line.tex) > 2)
            left_out |= only if is_name else {(line.tex, True)}
        return left_out

    def _may_be_name(self, line: Notation) -> bool:
        """Tell whether two capitals may be a name.

        They are a formula, have an argument, or are together more than once.
        """
        is_applied = any(use.use.form == APPLIED for use in self._uses[line.text])
        return line.tex in self._formulas or is_applied or line.occurrences > 1

    def add_formula(self, tex: str) -> None:
        """Count a formula and its symbols; a bare number, sign or script is none."""
        if any(re.fullmatch(pattern, tex) for pattern in (_ET_AL, _DEGREES, _WORDS)):
            return
        self._formulas.add(tex)
        if re.fullmatch(_DIMENSION, tex):
            self._count(tex, is_symbol=False)
            return
        parser = SymbolParser(tex)
        row = parser.formula()
        uses = list(parser.symbols(row))
        only = row.bare().single()
        if isinstance(only, Scripts) and isinstance(only.base, Row) and not only.base.items:
            return
        is_raised = isinstance(only, Scripts) and (only.superscript is not None or only.primes > 0)
        if uses and not is_raised and parser.symbol_tex(only):
            self._count_symbol(uses[0])
            return
        if uses or has_word(row) or re.search(_LETTER, tex):
            self._count(tex, is_symbol=False)
        if uses and uses[0].form and (isinstance(only, Scripts) or re.fullmatch(_NUMBERED_NAME, tex)):
            self._listed_forms.add(uses[0].form)
        for use in uses:
            self._count_symbol(use)

    def add_symbols(self, tex: str, place: str) -> None:
        """Count the symbols of a formula that is in this place of a paper."""
        self._formulas.add(tex)
        parser = SymbolParser(tex)
        for use in parser.symbols(parser.formula()):
            self._count_symbol(use, place)

    def _count_symbol(self, use: SymbolUse, place: str = "") -> None:
        shown = re.sub(r"_\{([A-Za-z]+)\}\Z", r"_{\\mathrm{\1}}", use.tex)
        text = self._count(shown, is_symbol=True, tex=use.tex, place=place)
        if not text:
            return
        label = formula_to_unicode(use.label, self._glyphs) if use.label else ""
        self._uses.setdefault(text, []).append(_Use(use, place, label))
        if label:
            tex = f"{use.tex}_{use.label}"
            named = self._labelled.get((text, label))
            named = named or Notation(formula_to_unicode(tex, self._glyphs), tex, True, 0, place)
            self._labelled[text, label] = named._replace(occurrences=named.occurrences + 1)

    def _count(self, shown: str, is_symbol: bool, tex: str = "", place: str = "") -> str:
        """Count what this TeX shows; returns its text."""
        text = formula_to_unicode(shown, self._glyphs)
        if text:
            line = self._lines.get((text, is_symbol)) or Notation(text, tex or shown, is_symbol, 0, place)
            self._lines[text, is_symbol] = line._replace(occurrences=line.occurrences + 1)
        return text


def _are_mostly(facts: Iterable[bool]) -> bool:
    """Tell whether most of these are true, of one all."""
    known = list(facts)
    return sum(known) > _MOST * len(known)


def _bare_formula(tex: str) -> str:
    """The formula without label, punctuation and the script of a word before it.

    So `$k,$` and `$k$-` are `k`, and `Ca$_2(x)$` is `(x)`.
    """
    tex = re.sub(_LABEL, "", " ".join(tex.split())).strip()
    tex = re.sub(_FOREIGN_SCRIPT, "", tex)
    if ends := re.search(_ENDS, tex):
        # Of a system the punctuation is in its last row.
        tex = re.sub(_ENDING, "", tex[: ends.start()]) + ends[0]
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
