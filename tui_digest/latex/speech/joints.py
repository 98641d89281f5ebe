"""What is said between two factors: "times", "of" or nothing."""

from __future__ import annotations

import re

from tui_digest.latex.nodes import (
    Alphabet,
    Delimited,
    FormulaText,
    Fraction,
    Name,
    Node,
    Row,
    Scripts,
    Symbol,
    Unknown,
)
from tui_digest.latex.speech.arrange import arrange_row
from tui_digest.latex.speech.grammar import Context
from tui_digest.latex.speech.kinds import (
    QUANTIFIERS,
    end_name,
    innermost,
    is_large,
    is_operand,
    only,
    plain_text,
    text_of,
)
from tui_digest.latex.speech.parts import is_atom, is_element, is_unit_of_measure
from tui_digest.latex.speech.scripts import is_open_power
from tui_digest.latex.speech.words import name_in_words

_NOUNS = frozenset(("dimension", "kernel", "trace", "rank", "degree", "span", "image", "variance", "sign"))
_DERIVATIVE = re.compile(r"(?:^| )d \S+ (?:over|slash) d$")
_NO_FACTORS = frozenset("#@|…\\¬") | QUANTIFIERS
_CALCULUS = frozenset("∂∇Δ□")
_MANIFOLDS = ("M", "N", "X", "Q", "S")
_PART_OPENINGS = ("the ", "bracket ", "brace ", "angle ")
_INTERVALS = ("the interval ", "the open ", "the right-open ", "the left-open ")


def with_joint(words: str, before: Node, piece: str, node: Node, context: Context) -> str:
    """The words so far with what has to be said between them and the next piece."""
    begins_part = piece.startswith(_PART_OPENINGS)
    if begins_part and text_of(before) == "→" and not words.endswith("goes to"):
        return f"{words[:-2]}goes to"
    are_factors = (is_operand(before) or text_of(before) == "!") and is_operand(node)
    joint = _joint(before, node, piece, words, context) if are_factors else ""
    return f"{words} {joint}" if joint else words


def _joint(before: Node, node: Node, piece: str, words: str, context: Context) -> str:
    """Return what is said between two factors.

    "times", or "of" behind the name of a function.
    """
    begins_part = piece.startswith(_PART_OPENINGS)
    base = innermost(before)
    if text_of(before) == "d" and _DERIVATIVE.search(words):
        return ""
    if isinstance(base, Name) and base.operator and not is_large(base) and base.text != "mod":
        rest = innermost(node)
        if (isinstance(rest, Name) and rest.joined) or (base.text == "CH" and _is_counted(before)):
            # The rest of a substance, as in CH₃COOH.
            return ""
        is_noun = name_in_words(base.text) in _NOUNS or isinstance(before, Scripts)
        says_of = (begins_part or is_noun) and context.within != end_name(base) and not context.in_bounds
        return "of" if says_of else ""
    if isinstance(node, Scripts) and isinstance(node.base, Row):
        return ""
    if text_of(before) in ("ℜ", "ℑ") and piece.startswith("brace "):
        return ""
    if isinstance(before, Fraction) and _is_derivative(before):
        return ""
    if text_of(node) == "mod" or (_is_transform(before) and piece.startswith("brace ")):
        return ""
    if text_of(before) == "!":
        return "times" if piece.startswith("the quantity ") else ""
    if text_of(node) in (*QUANTIFIERS, "\\", "@") or text_of(before) in _NO_FACTORS:
        return ""
    if (
        piece.startswith("modulo ")
        or is_large(before)
        or isinstance(node, (FormulaText, Unknown))
        or text_of(innermost(node)) == "|"
        or (isinstance(base, Symbol) and base.alphabet == Alphabet.BLACKBOARD and base.text == "E")
    ):
        return ""
    if isinstance(before, Delimited) and _begins_with_quantifier(before):
        return ""
    if isinstance(before, Scripts) and isinstance(before.base, Row):
        return ""
    is_measured = is_unit_of_measure(node) and text_of(node) != "d"
    if is_open_power(before) and (is_measured or _is_direct_image(before, node)):
        return ""
    if is_open_power(before) and not _ends_with_end(words):
        is_measure = text_of(base) in _CALCULUS or _is_volume(before, node)
        is_bracket = piece.startswith(("bracket ", "paren ")) and text_of(base).isalpha()
        return "" if is_bracket or is_measure else "times"
    if isinstance(base, (Name, FormulaText, Unknown)) or text_of(base) in _CALCULUS:
        return ""
    if piece.startswith(_INTERVALS) and text_of(base).isalpha():
        return "times" if context.in_bounds or context.within == end_name(before) else "of"
    is_index = isinstance(before, Scripts) and before.superscript is None and not before.primes
    if (
        is_index
        and isinstance(node, Symbol)
        and is_atom(node)
        and node.text not in ("d", "∂")
        and not _is_operator_at(before, node)
        and not _are_elements(before, node)
        and not _ends_with_end(words)
    ):
        return "times"
    if text_of(base) in ("E", "P") and isinstance(base, Symbol) and base.alphabet == Alphabet.BLACKBOARD:
        return ""
    if piece.startswith(("bracket ", "angle ")) and text_of(base).isalpha():
        return ""
    if piece.startswith("bracket ") and isinstance(before, Delimited) and before.left == "[":
        return ""
    return "times" if begins_part else ""


def _are_elements(before: Node, node: Node) -> bool:
    r"""Tell whether two nodes are elements of a substance: `\mathrm{H}_2\mathrm{O}`."""
    return (
        isinstance(before, Scripts) and is_element(before.base) and _is_counted(before) and is_element(node)
    )


def _is_counted(node: Node) -> bool:
    """Tell whether a number is all that is below and above a node."""
    count = node.subscript if isinstance(node, Scripts) and node.superscript is None else None
    return count is not None and text_of(only(count)).isdigit()


def _is_transform(node: Node) -> bool:
    r"""Tell whether a node is a transform before braces: `\mathcal{F}\{f\}`."""
    letter = innermost(node)
    return isinstance(letter, Symbol) and letter.alphabet == Alphabet.CALLIGRAPHIC


def _is_operator_at(node: Node, following: Node) -> bool:
    """Tell whether nodes are a tangent space, T_pM, or a derivative, D_v f."""
    letter = innermost(node)
    is_derivative = plain_text(letter) == "D" and plain_text(following).islower()
    is_tangent = is_derivative or (plain_text(letter) == "T" and plain_text(following) in _MANIFOLDS)
    return is_tangent or (_is_transform(node) and text_of(letter) == "L")


def _is_derivative(fraction: Fraction) -> bool:
    """Tell whether a fraction is the operator d/dx or ∂²/∂t²."""
    above = arrange_row(fraction.numerator)
    below = arrange_row(fraction.denominator)
    texts = [text_of(innermost(nodes[0])) if nodes else "" for nodes in (above, below)]
    return len(above) == 1 and len(below) > 1 and texts in (["d", "d"], ["∂", "∂"])


def _is_volume(node: Node, following: Node) -> bool:
    """Tell whether nodes are a volume, as `d^4x`."""
    if not isinstance(innermost(following), Symbol):
        return False
    power = node.superscript if isinstance(node, Scripts) and node.subscript is None else None
    return power is not None and text_of(innermost(node)) == "d" and text_of(only(power)).isdigit()


def _begins_with_quantifier(brackets: Delimited) -> bool:
    return text_of(next(iter(arrange_row(brackets.body)), None)) in QUANTIFIERS


def _is_direct_image(before: Node, node: Node) -> bool:
    """Tell whether two nodes are those of `R^n f_*`."""
    index = node.subscript if isinstance(node, Scripts) else None
    return (
        text_of(innermost(before)) in ("R", "L")
        and index is not None
        and text_of(only(index)) in ("∗", "*", "!")
    )


def _ends_with_end(words: str) -> bool:
    """Tell whether the words so far end with an end word."""
    return words.rpartition(" ")[0].endswith((" end", " end absolute", " end inner"))
