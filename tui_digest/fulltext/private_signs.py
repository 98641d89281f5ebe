r"""Signs that a page names by a macro of its author's, and shows in its MathML.

The converter applies authors' macros, but keeps the name of a sign that was taken from a font
(`\DeclareMathSymbol{\shortminus}{…}`). What such a name stands for is read off the formulas in which
everything else is known: their TeX and the text of their MathML are laid side by side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from tui_digest.fulltext.page_tree import Element
from tui_digest.latex.formula.parse import is_known_macro, parse_formula
from tui_digest.latex.nodes import (
    Accent,
    Delimited,
    FormulaNode,
    FormulaText,
    Matrix,
    Name,
    Scripts,
    Space,
    Stack,
    Symbol,
    Unknown,
)

_MACRO = re.compile(r"\\([A-Za-z]+)")
_INVISIBLE = re.compile("[\\s\u200b\u2061-\u2064]+")
# Signs that the converter and the parser write alike; of all others only that there is one is known.
_ALIKE = frozenset("+−=<>()[]{},;/∈≤≥→×∑∏∫∞∂∇≠⊂⊆∪∩⊗⊕|")
_ANY_SIGN = rf"[^\w\s{re.escape(''.join(sorted(_ALIKE)))}]{{0,3}}+"
_LONGEST = 400
_EDGE = "edge"


def name_private_signs(root: Element) -> None:
    """Put the signs of a page in the place of the names that only its MathML explains."""
    formulas = list(_formulas(root))
    signs = _signs(formulas)
    if not signs:
        return
    names = re.compile(rf"\\({'|'.join(signs)})(?![A-Za-z])")
    for math in formulas:
        if "\\" in math.tex:
            math.tex = names.sub(lambda macro: f" {signs[macro[1]]} ", math.tex)


def _formulas(root: Element) -> Iterator[Element]:
    pending = [root]
    while pending:
        element = pending.pop()
        if element.tag == "math":
            yield element
        else:
            pending += element.elements()


def _signs(formulas: list[Element]) -> dict[str, str]:
    """The signs of unknown names, of those for which all formulas that tell agree."""
    found: dict[str, set[str]] = {}
    for math in formulas:
        unknown = {name for name in _MACRO.findall(math.tex) if not _is_known(name)}
        if unknown and not math.errors and len(math.tex) < _LONGEST:
            for name, sign in _aligned_signs(math.tex, math.said):
                found.setdefault(name, set()).add(sign)
    return {name: signs.pop() for name, signs in found.items() if len(signs) == 1}


@cache
def _is_known(name: str) -> bool:
    return is_known_macro(name)


def _aligned_signs(tex: str, said: str) -> list[tuple[str, str]]:
    """The unknown names of a formula with the signs that its MathML has for them.

    None where anything else of the two differs, or where what is beside a name is not known for sure.
    """
    pieces = [*_pieces(parse_formula(tex))]
    names = [piece.name for piece in pieces if isinstance(piece, Unknown)]
    for before, piece, after in zip([_EDGE, *pieces], pieces, [*pieces[1:], _EDGE], strict=False):
        if isinstance(piece, Unknown) and not (_is_sure(before) and _is_sure(after)):
            return []
    pattern = "".join(
        "(.)" if isinstance(piece, Unknown) else re.escape(piece) if piece else _ANY_SIGN for piece in pieces
    )
    match = re.fullmatch(pattern, _fold(said))
    if match is None or not all(_is_sign(sign) for sign in match.groups()):
        return []
    return list(zip(names, match.groups(), strict=True))


def _pieces(node: object) -> Iterator[str | Unknown]:
    """The letters and signs of a tree in the order of MathML.

    "" is a sign that may be written otherwise.
    """
    match node:
        case Unknown():
            yield node
        case Symbol(text) | Name(text):
            yield from _signs_of(text)
        case FormulaText(parts):
            for part in parts:
                yield from _signs_of(part) if isinstance(part, str) else _pieces(part)
        case Space():
            return
        case Stack(base, over, under):
            for row in (base, under, over):
                yield from _pieces(row)
        case Accent(base):
            yield from _pieces(base)
            yield ""
        case Delimited(left, right, body):
            yield from _signs_of(left)
            yield from _pieces(body)
            yield from _signs_of(right)
        case Matrix(_, rows, left, right):
            yield from _signs_of(left)
            yield from _pieces(rows)
            yield from _signs_of(right)
        case Scripts(base, subscript, superscript, primes):
            yield from _pieces(base)
            yield from _pieces(subscript)
            yield from [""] if primes else []
            yield from _pieces(superscript)
        case tuple():
            for part in node:
                yield from _pieces(part)
        case FormulaNode():
            for field in node.fields():
                if isinstance(field, (FormulaNode, tuple)):
                    yield from _pieces(field)
        case _:
            return


def _is_sure(piece: str | Unknown) -> bool:
    """Tell whether a piece is a letter or sign that MathML writes alike."""
    return isinstance(piece, str) and piece != ""


def _signs_of(text: str) -> Iterator[str]:
    for character in _fold(text):
        is_sure = character.isalnum() or character in _ALIKE
        yield character if is_sure else ""


def _fold(text: str) -> str:
    """The text without spaces, letters without their alphabet."""
    bare = _INVISIBLE.sub("", text).replace("-", "−")
    return "".join(unicodedata.normalize("NFKC", sign) if sign.isalnum() else sign for sign in bare)


def _is_sign(character: str) -> bool:
    """Tell whether a character of a page's own can stand in a formula's source."""
    return character.isprintable() and character not in "\\{}$%&#_^~" and not character.isspace()
