"""How a character or word is spaced on one line by its neighbours.

Colons, full stops, words, arguments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tui_digest.latex.inline.spacing import Slot
from tui_digest.latex.nodes import (
    Accent,
    Alphabet,
    FormulaText,
    Fraction,
    Kind,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Symbol,
    Unknown,
)
from tui_digest.latex.symbols.table import FUNCTIONS

_SHORT_WORDS = frozenset(("if", "or", "is", "in", "on", "of", "as", "at", "by", "to"))
_LIMITS_OF_DIAGRAMS = {"lim ←": "←", "lim →": "→"}
# Functions of two letters, before their argument: `\text{tr}A`.
_SHORT_FUNCTIONS = frozenset(("tr", "Tr", "rk", "im", "Im", "Re", "ad", "Ad"))
# What touches the word after it: a difference, the prefix of a unit.
_PREFIXES = frozenset("ΔμΛ")
_DIVIDING = frozenset("/÷")
_LONGEST_BRACKETS = 200
_ELEMENTS = (
    "A[cglrstu]|B[aehikr]?|C[adelmorsu]?|D[bsy]|E[ru]|F[er]?|G[ade]|H[efgo]?|I[nr]?|Kr?|L[airu]|M[gno]|N[abdeip]?"
    "|Os?|P[abdmortu]?|R[abehnu]|S[bceimnr]?|T[abcehil]|U|V|W|Xe|Yb?|Z[nr]"
)
# What a fraction behind it is divided by or applied to.
_APPLIED = _DIVIDING | frozenset("∂∇ℜℑ")
_ARROWS = frozenset("→↦↠↪⇀↣⇢⇒")


def colon(items: Sequence[Node], index: int, braces: bool) -> int:
    """Return what a colon is: a relation, the sign of a ratio, or punctuation.

    As in `{x : x > 0}`, in `3:1`, and in `f: X → Y`.
    """
    if braces:
        return Slot.RELATION
    before, after = _around(items, index)
    if isinstance(after, Symbol) and after.text == "=":
        return Slot.RELATION
    if isinstance(before, Symbol) and before.kind == Kind.PUNCTUATION:
        return Slot.ORDINARY
    is_ratio = all(isinstance(item, Symbol) and item.text.isdigit() for item in (before, after))
    if is_ratio:
        return Slot.TIGHT
    if _is_enclosed(items, index):
        return Slot.TIGHT if isinstance(before, Symbol) and before.text.isdigit() else Slot.RELATION
    return Slot.RELATION if _contracts(items, index) else Slot.PUNCTUATION


def _contracts(items: Sequence[Node], index: int) -> bool:
    """Tell whether a colon is the product of two tensors, as in `𝐓 : ∇𝐮`."""
    before, after = map(_base, _around(items, index))
    if not isinstance(after, Symbol) or not (after.alphabet == Alphabet.BOLD or after.text == "∇"):
        return False
    is_tensor = isinstance(before, Symbol) and before.alphabet in (Alphabet.BOLD, Alphabet.BLACKBOARD)
    return is_tensor and not any(isinstance(item, Symbol) and item.text in _ARROWS for item in items[index:])


def _is_enclosed(items: Sequence[Node], index: int) -> bool:
    """Tell whether a colon parts what is in its brackets: `[G : H]`."""
    left = items[max(0, index - _LONGEST_BRACKETS) : index]
    right = items[index + 1 : index + 1 + _LONGEST_BRACKETS]
    return _bracket(reversed(left), "([", ")]") + _bracket(right, ")]", "([") in ("()", "[]")


def _bracket(items: Iterable[Node], wanted: str, nested: str) -> str:
    """The first bracket that is not closed; "" behind a comma or an arrow."""
    depth = 0
    for item in items:
        symbol = _base(item)
        text = symbol.text if isinstance(symbol, Symbol) else ""
        if not text or text not in "()[],→↦":
            continue
        if depth == 0 and text not in nested:
            return text if text in wanted else ""
        depth += (text in nested) - (text in wanted)
    return ""


def inside_braces(items: Sequence[Node], braces: bool) -> list[bool]:
    """Return for each place of a row whether braces are its innermost brackets.

    `braces` says that the row itself stands in braces.
    """
    inside: list[bool] = []
    brackets = [braces]
    for item in items:
        inside.append(brackets[-1])
        symbol = _base(item)
        if not isinstance(symbol, Symbol):
            continue
        if symbol.kind == Kind.OPENING:
            brackets.append(symbol.text == "{")
        elif (
            symbol.kind == Kind.CLOSING
            and symbol.text != "!"
            and len(brackets) > 1
            # The end of a ket closes no brace.
            and (symbol.text == "}" or not brackets[-1])
        ):
            brackets.pop()
    return inside


def begins_item(items: Sequence[Node], index: int) -> bool:
    """Tell whether only an opening bracket or a comma is before a place of a row."""
    before = items[index - 1] if index else None
    return before is None or (isinstance(before, Symbol) and before.kind in (Kind.OPENING, Kind.PUNCTUATION))


def full_stop(items: Sequence[Node], index: int) -> int:
    """A full stop at the end of a formula is punctuation.

    One before a name belongs to it, as in `2.Suz`.
    """
    _, after = _around(items, index)
    if after is None or isinstance(after, FormulaText) or (isinstance(after, Space) and after.width >= 0):
        return Slot.PUNCTUATION
    return Slot.TIGHT if isinstance(_base(after), (Name, Unknown)) else Slot.ORDINARY


def is_word_apart(text: str, items: Sequence[Node], index: int) -> bool:
    r"""Tell whether a text is a word beside a variable, as in `k\text{log}k`.

    In `k\text{th}` it is an ending.
    """
    last_word = text.rsplit(" ", 1)[-1]
    if not ((text[:1].isalpha() or last_word != text) and last_word.isalpha()):
        return False
    before, after = _around(items, index)
    while isinstance(after, Row) and after.items:
        after = after.items[0]
    if last_word != text:
        return _is_variable(after) and (len(last_word) > 2 or last_word in _SHORT_WORDS)
    if len(text) > 2 or text in _SHORT_WORDS:
        return _is_variable(before) or _is_variable(after)
    return text in _SHORT_FUNCTIONS and _is_variable(after)


def is_followed(items: Sequence[Node], index: int) -> bool:
    """Tell whether something comes next that is no space, closing bracket or mark."""
    _, after = _around(items, index)
    is_mark = isinstance(after, Symbol) and after.kind in (Kind.CLOSING, Kind.PUNCTUATION)
    return after is not None and not isinstance(after, Space) and not is_mark


def is_factor(items: Sequence[Node], index: int) -> bool:
    r"""Tell whether a fraction needs parentheses.

    Beside a slash, behind a function, before `!`.
    """
    here = items[index]
    if isinstance(here, Row) and here.kind == Kind.INNER:
        return False
    if is_before_factorial(items, index):
        return True
    place = index - 1
    while place > 0 and isinstance(items[place], Space):
        place -= 1
    before = _base(items[place]) if place >= 0 else None
    after = items[index + 1] if index + 1 < len(items) else None
    if isinstance(before, Symbol) and before.text in _APPLIED:
        return True
    if isinstance(after, Symbol) and after.text in _DIVIDING:
        return True
    if is_evaluation(after):
        return True
    if isinstance(before, Symbol) and before.text[-1:].isdigit() and isinstance(here, Fraction):
        return _would_run_on(here)
    if not isinstance(before, Name) or before.limits:
        return False
    return before.operator or (before.text in FUNCTIONS and before.alphabet == Alphabet.ROMAN)


def is_evaluation(node: Node | None) -> bool:
    """Tell whether a node is the bar of `f|_{x=0}`, which closes nothing."""
    bar = node.base if isinstance(node, Scripts) and node.subscript is not None else None
    return isinstance(bar, Symbol) and bar.text == "|" and bar.kind == Kind.ORDINARY


def is_before_left_script(items: Sequence[Node], index: int) -> bool:
    r"""Tell whether a space is all that parts a letter from its factor's script.

    `A\,{}^tB` is a product, and `A^tB` another one.
    """
    if not 0 < index < len(items) - 2 or type(script := items[index + 1]) is not Scripts:
        return False
    is_at_nothing = isinstance(script.base, Row) and not script.base.items
    behind = (_base(item) for item in items[index + 2 :] if not isinstance(item, Space) or item.width > 0)
    before, factor = items[index - 1], next(behind, None)
    return (
        is_at_nothing
        and isinstance(before, Symbol)
        and (before.text.isalpha() or before.kind == Kind.CLOSING)
        and isinstance(factor, Symbol)
        and factor.kind == Kind.ORDINARY
    )


def _would_run_on(fraction: Fraction) -> bool:
    """Tell whether a fraction would continue a number before it, as 1/n behind 2.

    2 1/2 is a mixed number.
    """
    first = next(iter(fraction.numerator.bare().items), None)
    is_number = isinstance(first, Symbol) and first.text[:1].isdigit()
    lower = fraction.denominator.bare().items
    return is_number and not all(isinstance(item, Symbol) and item.text.isdigit() for item in lower)


def is_before_factorial(items: Sequence[Node], index: int) -> bool:
    """Tell whether an exclamation mark follows, which binds closer than a fraction."""
    after = _base(items[index + 1]) if index + 1 < len(items) else None
    return isinstance(after, Symbol) and after.text == "!"


def continues_prefix(items: Sequence[Node], index: int) -> bool:
    """Tell whether a word touches what is before it.

    For example `ΛCDM`, `μm`, `ΔLoss`, `c-CDW`, `PdₓErTe₃`.
    """
    before = items[index - 1] if index else None
    word: Node | None = _base(items[index])
    while isinstance(word, Row) and word.items:
        word = word.items[0]
    if isinstance(word, FormulaText):
        first = word.parts[0] if word.parts else ""
        is_unit = _text_of(before) == "μ" and isinstance(first, str) and first[:1].isalpha()
        return is_unit or (_is_substance(_words_of(word)) and _is_counted_substance(before))
    if not isinstance(word, Name) or word.operator:
        return False
    if isinstance(before, FormulaText):
        last = before.parts[-1] if before.parts else ""
        return isinstance(last, str) and last.endswith("-")
    if isinstance(before, Scripts) or (isinstance(before, Name) and isinstance(items[index], Scripts)):
        substance = _base(before)
        if isinstance(substance, FormulaText):
            return _is_counted_substance(before) and _is_substance(word.text)
        if isinstance(substance, Row):
            substance = substance.single()
        if isinstance(substance, Symbol):
            # The C of `\mathrm{C}_6\mathrm{Li}`; nothing chemical is raised.
            is_raised = not isinstance(before, Scripts) or before.superscript is not None
            if is_raised or substance.alphabet != Alphabet.ROMAN:
                return False
        elif not isinstance(substance, Name):
            return False
        return _is_substance(substance.text) and _is_substance(word.text)
    prefix = _text_of(before)
    return prefix in _PREFIXES and (prefix != "Λ" or word.text.isupper())


def _text_of(node: Node | None) -> str:
    return node.text if isinstance(node, Symbol) else ""


def _words_of(node: Node | None) -> str:
    """The words of a text without formulas, or a name; "" of anything else."""
    if isinstance(node, Name):
        return node.text
    part = node.parts[0] if isinstance(node, FormulaText) and len(node.parts) == 1 else ""
    return part if isinstance(part, str) else ""


def _is_counted_substance(node: Node | None) -> bool:
    r"""Tell whether a text or name is elements with how many of them: `\text{Bi}_2`."""
    is_counted = isinstance(node, Scripts) and node.subscript is not None and node.superscript is None
    return is_counted and _is_substance(_words_of(_base(node)))


def _is_substance(word: str) -> bool:
    """Tell whether a word is symbols of chemical elements side by side, `ErTe`."""
    return re.fullmatch(rf"(?:{_ELEMENTS})+", word) is not None


def is_beside_line(items: Sequence[Node], index: int) -> bool:
    r"""Tell whether a line over several letters would run into the next.

    For example `\overline{AB}\,\overline{CD}`.
    """
    here = items[index]
    before = next((item for item in reversed(items[:index]) if not isinstance(item, Space)), None)
    after = next((item for item in items[index + 1 :] if not isinstance(item, Space)), None)
    return isinstance(here, Accent) and any(
        isinstance(item, Accent) and item.mark == here.mark and len(item.base.items) > 1
        for item in (before, after)
    )


def has_same_scripts(scripts: Scripts) -> bool:
    r"""Tell whether the base ends with a script in the same place, as in `{x^2}^3`."""
    base = scripts.base
    last = base.items[-1] if isinstance(base, Row) and base.items else None
    if not isinstance(last, Scripts):
        return False
    raised = bool(scripts.superscript or scripts.primes) and bool(last.superscript or last.primes)
    return raised or bool(scripts.subscript and last.subscript)


def _around(items: Sequence[Node], index: int) -> tuple[Node | None, Node | None]:
    """The nodes beside a place of a row; None where there is none."""
    return items[index - 1] if index else None, items[index + 1] if index + 1 < len(items) else None


def _base(item: Node | None) -> Node | None:
    """The base of a node with scripts; any other node itself."""
    return item.base if isinstance(item, Scripts) else item


def _is_variable(item: Node | None) -> bool:
    symbol = _base(item)
    if not isinstance(symbol, Symbol) or symbol.alphabet != Alphabet.NORMAL:
        return False
    return symbol.text.isalnum() and symbol.text not in _PREFIXES


def with_arrow_below(node: Name | Scripts) -> Scripts | None:
    r"""Return `\varinjlim_n` with its arrow below it, before the n.

    None of anything else.
    """
    base, below = (node.base, node.subscript) if isinstance(node, Scripts) else (node, None)
    arrow = _LIMITS_OF_DIAGRAMS.get(base.text) if isinstance(base, Name) else None
    if arrow is None:
        return None
    index = below.items if below is not None else ()
    comma = (Symbol(",", Kind.PUNCTUATION),) if len(index) > 1 else ()
    row = Row((Symbol(arrow), *comma, *index))
    above = node.superscript if isinstance(node, Scripts) else None
    return Scripts(Name("lim", operator=True, limits=True), row, above, limits=True)
