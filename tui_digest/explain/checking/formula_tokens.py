r"""Tokens of a formula: letters, numbers and signs, alike for all TeX spellings.

Spaces, braces, fonts, sizes and synonyms (`\le`, `\leq`, `≤`) are folded away; relations, signs,
operators, digits, accents, scripts and grouping stay. `\frac{a+b}{2}` and `(a+b)/2` are the same
tokens, `a+\frac b2` is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from tui_digest.latex.formula.parse import parse_formula
from tui_digest.latex.nodes import (
    Accent,
    Binomial,
    Brace,
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Matrix,
    Name,
    Node,
    Root,
    Row,
    Scripts,
    Stack,
    Symbol,
    Unknown,
)


class TokenKind(IntEnum):
    """Kind of a token."""

    WORD = 0
    NUMBER = 1
    LETTER = 2
    RELATION = 3
    OPERATOR = 4
    OPENING = 5
    CLOSING = 6
    SEPARATOR = 7
    SCRIPT = 8
    ELLIPSIS = 9
    SIGN = 10


class FormulaToken(NamedTuple):
    """One token of a formula.

    `depth` counts the brackets and scripts around it. `compared` is false for what a quotation may
    have or not: commas, and parentheses around plain arguments.
    """

    text: str
    kind: TokenKind
    depth: int
    compared: bool = True


_FOLDED_PAIRS = """
ϵε ϕφ ϑθ ϱρ ςσ ϰκ ϖπ ∗* ⋆* ⋅· −- ∣| ∥‖ ≦≤ ≧≥ ⩽≤ ⩾≥ ⟶→ ⟵← ⟹⇒ ⟸⇐ ⟺⇔ ∼~ ≃~ ∆Δ ∶: ⟨< ⟩> ⋯… ∖\\
∘° ≜≔ ⪯≼ ⪰≽
"""
_FOLDED = {pair[0]: pair[1] for pair in _FOLDED_PAIRS.split()} | {":=": "≔"}
_RELATIONS = frozenset("=≠<>≤≥≪≫~≈≅≡∝∈∉∋⊂⊆⊊⊃⊇⊋⊄⊈→←↔⇒⇐⇔↦↪↠⇀≲≳≺≻≼≽≍≔≰≱≮≯∤⊥⊢⊨↗↘↑↓≁≢")
_OPERATORS = frozenset("+-±∓×÷·*/∘∧∨∩∪⊕⊗⊖⊙\\∫∑∏√∂∇⋃⋂")
_SEPARATORS = frozenset(",;.:?")
_BARS = {"\u0305": "\u0304"}
_SUPERSCRIPT_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᐟ]+")
_SUBSCRIPT_RUN = re.compile("[₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ]+")
_NUMBER = re.compile(r"\d[\d.,]*")


@lru_cache(maxsize=2048)
def formula_tokens(tex: str) -> tuple[FormulaToken, ...]:
    """Return the tokens of a formula, given as TeX (or Unicode) without delimiters."""
    tex = tex.replace("...", "…")
    if not tex.isascii():
        tex = _spell_scripts(tex)
    tokens = _Writer().row(parse_formula(tex), 0)
    while tokens and tokens[-1].kind is TokenKind.SEPARATOR:
        tokens.pop()
    while tokens and tokens[0].kind is TokenKind.SEPARATOR:
        del tokens[0]
    return tuple(_quiet_arguments(tokens))


def _spell_scripts(tex: str) -> str:
    """Write raised and lowered characters as scripts, accents behind letters' names."""
    tex = _SUPERSCRIPT_RUN.sub(lambda run: f"^{{{_plain(run[0])}}}", tex)
    return _SUBSCRIPT_RUN.sub(lambda run: f"_{{{_plain(run[0])}}}", tex)


def _plain(script: str) -> str:
    return unicodedata.normalize("NFKC", script).replace("ᐟ", "/")


class _Writer:
    """Writer of a tree as tokens.

    Groups that TeX braces and print cannot show get parentheses.
    """

    def row(self, row: Row, depth: int) -> list[FormulaToken]:
        tokens: list[FormulaToken] = []
        applied = False
        for item in row.items:
            side = _side(item)
            if side == Kind.CLOSING:
                depth = max(0, depth - 1)
            written = self.node(item, depth)
            # The fraction behind a function is its whole argument.
            tokens += _wrap(written, depth) if applied and isinstance(item, Fraction) else written
            applied = isinstance(item.base if isinstance(item, Scripts) else item, Name)
            if side == Kind.OPENING:
                depth += 1
        return tokens

    def node(self, node: Node, depth: int) -> list[FormulaToken]:
        match node:
            case Symbol():
                return _symbol(node, depth)
            case Name(text):
                return _letters(text, depth)
            case Row():
                return self.row(node, depth)
            case Scripts():
                return self._scripts(node, depth)
            case Fraction(numerator, denominator, bar):
                stroke = FormulaToken("/" if bar else "¦", TokenKind.OPERATOR, depth)
                above = self._group(numerator, depth, product=True)
                return [*above, stroke, *self._group(denominator, depth)]
            case Binomial(upper, lower):
                inside = [
                    *self.row(upper, depth + 1),
                    FormulaToken("¦", TokenKind.OPERATOR, depth + 1),
                    *self.row(lower, depth + 1),
                ]
                return _wrap(inside, depth)
            case Root(radicand, degree):
                sign = FormulaToken("√", TokenKind.OPERATOR, depth)
                power = self._group(degree, depth) if degree is not None else []
                return [*power, sign, *self._group(radicand, depth)]
            case Accent(base, mark):
                sign = FormulaToken(_BARS.get(mark, mark), TokenKind.OPERATOR, depth)
                return [sign, *self._group(base, depth)]
            case Brace(base):
                return self.row(base, depth)
            case Stack(base, over, under):
                tokens = self.row(base, depth)
                for extra in (over, under):
                    if extra is not None:
                        tokens += self._script("^" if extra is over else "_", extra, depth)
                return tokens
            case Delimited(left, right, body):
                opening = [FormulaToken(_fold(left), TokenKind.OPENING, depth)] if left else []
                closing = [FormulaToken(_fold(right), TokenKind.CLOSING, depth)] if right else []
                return [*opening, *self.row(body, depth + 1), *closing]
            case Matrix(_, rows, left, right):
                return self._matrix(rows, left, right, depth)
            case FormulaText(parts):
                return self._text(parts, depth)
            case Unknown(name):
                return _letters(name, depth)
            case _:
                return []

    def _text(self, parts: Sequence[str | Row], depth: int) -> list[FormulaToken]:
        tokens: list[FormulaToken] = []
        for part in parts:
            if isinstance(part, str):
                words = re.findall(r"[^\W\d_]+|\d+", part)
                tokens += [FormulaToken(fold_word(word), TokenKind.WORD, depth) for word in words]
            else:
                tokens += self.row(part, depth)
        return tokens

    def _matrix(self, rows: Sequence[Sequence[Row]], left: str, right: str, depth: int) -> list[FormulaToken]:
        bracketed = bool(left or right)
        tokens: list[FormulaToken] = [FormulaToken(_fold(left), TokenKind.OPENING, depth)] if left else []
        for number, cells in enumerate(rows):
            if number:
                tokens.append(FormulaToken(";", TokenKind.SEPARATOR, depth, compared=bracketed))
            for column, cell in enumerate(cells):
                if column and bracketed:
                    tokens.append(FormulaToken(",", TokenKind.SEPARATOR, depth + 1, compared=False))
                tokens += self.row(cell, depth + bracketed)
        return [*tokens, FormulaToken(_fold(right), TokenKind.CLOSING, depth)] if right else tokens

    def _scripts(self, node: Scripts, depth: int) -> list[FormulaToken]:
        tokens = self.node(node.base, depth)
        tokens += [FormulaToken("′", TokenKind.SIGN, depth)] * node.primes
        if node.subscript is not None:
            tokens += self._script("_", node.subscript, depth)
        if node.superscript is not None:
            tokens += self._script("^", node.superscript, depth)
        return tokens

    def _script(self, sign: str, script: Row, depth: int) -> list[FormulaToken]:
        return [FormulaToken(sign, TokenKind.SCRIPT, depth), *self._group(script, depth)]

    def _group(self, row: Row, depth: int, *, product: bool = False) -> list[FormulaToken]:
        """Return the row as one operand.

        It is in parentheses unless it is a single sign or an allowed product.
        """
        tokens = self.row(row, depth + 1)
        kinds = {token.kind for token in tokens if token.depth == depth + 1}
        simple = len(tokens) <= 1 or (len(tokens) == 2 and unicodedata.combining(tokens[0].text[0]) > 0)
        if product:
            simple = simple or not any(
                token.text in ("+", "-", "±", "/") or token.kind is TokenKind.RELATION
                for token in tokens
                if token.depth == depth + 1
            )
        wrapped = (
            len(tokens) > 1
            and tokens[0].text == "("
            and tokens[-1].text == ")"
            and kinds <= {TokenKind.OPENING, TokenKind.CLOSING}
            and sum(token.depth == depth + 1 for token in tokens) == 2
        )
        return tokens if simple or wrapped else _wrap(tokens, depth)


def _side(item: Node) -> int:
    """Return whether an item opens or closes a bracket."""
    symbol = item.base if isinstance(item, Scripts) else item
    if not isinstance(symbol, Symbol) or symbol.text == "!":
        return Kind.ORDINARY
    return symbol.kind if symbol.kind in (Kind.OPENING, Kind.CLOSING) else Kind.ORDINARY


def _wrap(tokens: list[FormulaToken], depth: int) -> list[FormulaToken]:
    return [
        FormulaToken("(", TokenKind.OPENING, depth),
        *tokens,
        FormulaToken(")", TokenKind.CLOSING, depth),
    ]


def _fold(text: str) -> str:
    folded = _FOLDED.get(text)
    if folded is not None:
        return folded
    return text if text.isascii() else _FOLDED.get(plain := unicodedata.normalize("NFKC", text), plain)


def _symbol(symbol: Symbol, depth: int) -> list[FormulaToken]:
    text = symbol.text
    if text in ("…", "⋯", "⋮", "⋱"):
        return [FormulaToken("…", TokenKind.ELLIPSIS, depth)]
    if symbol.kind == Kind.OPENING or symbol.kind == Kind.CLOSING:
        kind = TokenKind.OPENING if symbol.kind == Kind.OPENING else TokenKind.CLOSING
        if text == "!":
            return [FormulaToken("!", TokenKind.SIGN, depth)]
        return [FormulaToken(_fold(text), kind, depth)]
    text = _fold(text)
    if len(text) > 1 and text.isalpha():
        return _letters(text, depth)
    kind = _kind_of(text)
    if kind is TokenKind.NUMBER:
        text = text.replace(",", "")
    return [FormulaToken(text, kind, depth, text not in _SEPARATORS)]


def _kind_of(text: str) -> TokenKind:
    if _NUMBER.fullmatch(text):
        return TokenKind.NUMBER
    if text in _RELATIONS:
        return TokenKind.RELATION
    if text in _OPERATORS:
        return TokenKind.OPERATOR
    if text in _SEPARATORS:
        return TokenKind.SEPARATOR
    return TokenKind.LETTER if text.isalpha() else TokenKind.SIGN


def _letters(word: str, depth: int) -> list[FormulaToken]:
    """The letters and digits of a name, each a token, as they are in italics."""
    return [
        FormulaToken(letter, TokenKind.NUMBER if letter.isdigit() else TokenKind.LETTER, depth)
        for letter in _fold(word)
        if letter.isalnum()
    ]


_DROPPED = {TokenKind.LETTER, TokenKind.NUMBER, TokenKind.SEPARATOR, TokenKind.WORD}


def _quiet_arguments(tokens: list[FormulaToken]) -> list[FormulaToken]:
    """Stop comparing the parentheses around plain arguments, as in f(x, y)."""
    opened: list[int] = []
    quiet = list(tokens)
    for place, token in enumerate(tokens):
        if token.kind is TokenKind.OPENING:
            opened.append(place)
        elif token.kind is TokenKind.CLOSING and opened:
            start = opened.pop()
            before = tokens[start - 1].kind if start else None
            after = tokens[place + 1].kind if place + 1 < len(tokens) else None
            if (
                tokens[start].text == "("
                and token.text == ")"
                and place - start > 1
                and all(inner.kind in _DROPPED for inner in tokens[start + 1 : place])
                and TokenKind.SCRIPT not in (before, after)
                and (before is None or tokens[start - 1].text not in ("-", "/", "√"))
            ):
                quiet[start] = tokens[start]._replace(compared=False)
                quiet[place] = token._replace(compared=False)
    return quiet


_LIGATURES = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """A word without case and accents: `Poincaré` and `poincare` are one."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return "".join([sign for sign in folded if not unicodedata.combining(sign)]).translate(_LIGATURES)
