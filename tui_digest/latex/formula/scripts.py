r"""Subscripts, superscripts and primes: what belongs to a nucleus, `x_i'^2`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeGuard

from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.formula.fixed_nodes import FIXED_ROWS, SHARED_NODES, shared_scripts
from tui_digest.latex.formula.groups import is_empty_group, without_silent_ends
from tui_digest.latex.formula.overprint import comparison
from tui_digest.latex.nodes import (
    EMPTY,
    Accent,
    Alphabet,
    Brace,
    Delimited,
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
)
from tui_digest.latex.symbols.table import INTEGRALS

PRIMES = {"'": 1, "’": 1, "′": 1, "″": 2, "‴": 3}
# A raised letter o behind a number is a degree sign: `20^oC`.
_LETTER_O, _DEGREE = FIXED_ROWS["o"], FIXED_ROWS["\\circ"]
_OPERATOR = Kind.OPERATOR
_BAR, _BARS = Symbol("|"), frozenset(("|", "\\vert", "\\mid", "∣"))
_SINGLE_SCRIPTS: dict[tuple[Node | None, str, str], Scripts] = {}
_SIGNS = frozenset("^_")
# What sets an index back behind the one over or under it: `A^i_{\ j}`.
_GAPS = frozenset(("\\ ", "~", "\\;", "\\:", "\\quad", "\\phantom", "\\hphantom"))
# In ems.
_THICK = 0.2
_MAY_BE_PRIMES = frozenset((Scripts, Row))
_LIMITS = frozenset(("\\limits", "\\nolimits", "\\displaylimits"))
SCRIPT_COMMANDS = frozenset(("\\sp", "\\sb"))
"""Plain TeX's names of `^` and `_`."""
ATTACHED = frozenset(("^", "_", "\\_", *SCRIPT_COMMANDS, *PRIMES, *_LIMITS))
"""The tokens that belong to the nucleus before them."""


def read_scripts(parser: FormulaContext, nucleus: Node | None) -> Node | None:
    """The nucleus, just read, with the scripts and primes that follow it.

    Where a second subscript or superscript begins, the scripts end: that one is at nothing.
    """
    tokens, place = parser.tokens, parser.position
    # Most scripts are a single letter or digit.
    if tokens[place + 1] == "{" and tokens[place + 3] == "}":
        key, end = (nucleus, tokens[place], tokens[place + 2]), place + 4
    else:
        key, end = (nucleus, tokens[place], tokens[place + 1]), place + 2
    single = _SINGLE_SCRIPTS.get(key)
    if single is not None and tokens[end] not in ATTACHED:
        parser.position = end
        return single
    subscript: Row | None = None
    superscript: Row | None = None
    primes = 0
    limits: bool | None = None
    set_back = ""
    begins_with_bar = False
    while (token := tokens[parser.position]) in ATTACHED:
        if superscript is None and (token == "^" or token == "\\sp"):
            parser.position += 1
            set_back = "^" if tokens[parser.position + 1] in _GAPS else set_back
            argument = _script(parser)
            items = argument.items
            first = items[0] if items else None
            if first.text == "′" if type(first) is Symbol else type(first) in _MAY_BE_PRIMES:
                marks, argument = _take_primes(argument)
                primes += marks
            elif (argument is _LETTER_O or _is_roman_o(items)) and _is_number(nucleus):
                argument = _DEGREE
            superscript = argument if argument.items else None
        elif subscript is None and (token == "_" or token == "\\sb" or _is_escaped_subscript(parser, token)):
            parser.position += 1
            place = parser.position
            set_back = "_" if tokens[place + 1] in _GAPS else set_back
            argument = _script(parser)
            subscript = _lines_of(argument) if argument.items else None
            begins_with_bar = tokens[place] == "{" and tokens[place + 1] in _BARS
        elif token in PRIMES:
            parser.position += 1
            primes += PRIMES[token]
        elif token in _LIMITS:
            parser.position += 1
            # What every sum and integral has by itself is no other formula where it is asked for.
            if type(nucleus) is Row or not (type(nucleus) is Symbol or _has_limits(nucleus)):
                limits = token == "\\limits"
        else:
            break
    if subscript is None and superscript is None and not primes:
        return nucleus
    if limits and type(nucleus) is Name:
        nucleus = Name(nucleus.text, True, True, nucleus.alphabet)
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
    if begins_with_bar and subscript and _can_be_restricted(nucleus) and (at := _place_behind_bar(subscript)):
        if type(nucleus) is Symbol and nucleus.kind == Kind.CLOSING:
            return Row((nucleus, Scripts(_BAR, at, superscript, primes)))
        whole = nucleus if type(nucleus) is Row else Row((nucleus,))
        return Scripts(Delimited("", "|", whole), at, superscript, primes)
    if set_back and subscript and superscript and _is_letter(nucleus):
        if set_back == "_":
            return Row((Scripts(nucleus, None, superscript, primes), Scripts(EMPTY, subscript)))
        return Row((Scripts(nucleus, subscript, None, primes), Scripts(EMPTY, None, superscript)))
    scripts = shared_scripts(
        nucleus if nucleus is not None else EMPTY, subscript, superscript, primes, limits
    )
    if parser.position == end and key[1] in _SIGNS and scripts in SHARED_NODES:
        _SINGLE_SCRIPTS[key] = scripts
    return scripts


def _place_behind_bar(subscript: Row) -> Row | None:
    r"""Where something is taken, in a subscript such as `|x=0` or `|_{x=0}`.

    Small letters behind a bar, as in `g_{|ab}`, are indices of a derivative.
    """
    items = subscript.bare().items
    if not items:
        return None
    first, *others = items
    if type(first) is Scripts and not others and _is_bar(first.base) and not first.superscript:
        return first.subscript
    if not _is_bar(first) or not others:
        return None
    place = without_silent_ends(Row(tuple(others)))
    is_index = all(type(item) is Symbol and item.text.islower() for item in place.items)
    has_pair = any(type(item) is Symbol and item.text in ("|", "⟩") for item in place.items)
    return None if is_index or has_pair else place


def _is_bar(node: Node) -> bool:
    return type(node) is Symbol and node.text == "|"


def _can_be_restricted(nucleus: Node | None) -> TypeGuard[Node]:
    """Tell whether a nucleus can be taken at a place: no sign, and not nothing."""
    if type(nucleus) is Symbol:
        return nucleus.kind == Kind.ORDINARY or nucleus.kind == Kind.CLOSING
    return nucleus is not None and not is_empty_group(nucleus) and not _has_limits(nucleus)


def _is_letter(node: Node | None) -> TypeGuard[Node]:
    """Tell whether a node has indices, and no limits."""
    return isinstance(node, Accent) or (isinstance(node, Symbol) and node.text.isalpha())


def _script(parser: FormulaContext) -> Row:
    """A script without the spaces at its ends and the thin ones between its letters."""
    row = parser.fixed_argument()
    if row is not None:
        return row
    row = without_silent_ends(parser.argument(Alphabet.NORMAL))
    return Row(tuple(_without_thin_spaces(row.items)), row.kind) if Space in map(type, row.items) else row


def _without_thin_spaces(items: Sequence[Node]) -> Iterator[Node]:
    r"""The indices of `x_{i\,j}` without the space between them.

    Numbers, as in `x_{1\,2}`, and words keep theirs.
    """
    for index, item in enumerate(items):
        is_thin = isinstance(item, Space) and item.width < _THICK
        if not (is_thin and _are_letters(items[index - 1 : index + 2 : 2]) and not _are_words(items, index)):
            yield item


def _are_letters(items: Sequence[Node]) -> bool:
    return all(isinstance(item, Symbol) and item.text.isalpha() for item in items)


def _are_words(items: Sequence[Node], index: int) -> bool:
    """Tell whether more than one letter is on either side of a space."""
    beyond = (*items[max(0, index - 2) : max(0, index - 1)], *items[index + 2 : index + 3])
    return any(_are_letters((item,)) for item in beyond)


def _lines_of(row: Row) -> Row:
    r"""A script; that of `_{i<j\atop j<k}` in lines, as `\substack` has them."""
    pile = row.bare().single()
    if not isinstance(pile, Fraction) or pile.bar:
        return row
    return Row((Matrix("substack", ((pile.numerator,), (pile.denominator,))),))


def _is_escaped_subscript(parser: FormulaContext, token: str) -> bool:
    r"""Whether this is the `\_` of a formula that went through Markdown, not of a name."""
    if token != "\\_" or parser.alphabet != Alphabet.NORMAL:
        return False
    before = parser.tokens[parser.position - 1] if parser.position else ""
    first, second = parser.tokens[parser.position + 1 : parser.position + 3]
    return not (first.isalpha() and second.isalpha()) and "\\_" not in (before, first)


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


def _take_primes(row: Row) -> tuple[int, Row]:
    r"""How many primes a superscript begins with, and the rest of it.

    They are written `\prime` or are at nothing.
    """
    items = row.bare().items
    primes = taken = 0
    for item in items:
        if (
            isinstance(item, Scripts)
            and is_empty_group(item.base)
            and not (item.subscript or item.superscript)
        ):
            primes += item.primes
        elif _is_prime(item.base if isinstance(item, Scripts) else item):
            primes += 1 + (item.primes if isinstance(item, Scripts) else 0)
        elif not is_empty_group(item):
            break
        taken += 1
    return (primes, Row(items[taken:]) if taken < len(items) else EMPTY) if primes else (0, row)


def _is_roman_o(items: Sequence[Node]) -> bool:
    first = items[0] if len(items) == 1 else None
    return type(first) is Symbol and first.text == "o" and first.alphabet == Alphabet.ROMAN


def _is_number(nucleus: Node | None) -> bool:
    """Tell whether a superscript's base is a number."""
    return isinstance(nucleus, Symbol) and nucleus.text[-1].isdigit()


def _is_prime(node: Node) -> bool:
    return isinstance(node, Symbol) and node.text == "′"
