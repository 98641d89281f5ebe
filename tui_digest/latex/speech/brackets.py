"""Brackets in words.

Quantities, pairs, sets, intervals, norms, and the arguments of functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from tui_digest.latex.nodes import (
    Alphabet,
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Matrix,
    Name,
    Node,
    Scripts,
    Symbol,
    Unknown,
)
from tui_digest.latex.speech.arrange import arrange_row
from tui_digest.latex.speech.constructs import matrix
from tui_digest.latex.speech.grammar import Context, Say, part
from tui_digest.latex.speech.indices import RaisedIndex
from tui_digest.latex.speech.kinds import (
    JOINING,
    TENSOR_INDICES,
    end_name,
    innermost,
    is_large,
    kind_of,
    only,
    plain_text,
    text_of,
)
from tui_digest.latex.speech.parts import (
    has_relation,
    is_atom,
    is_interval,
    is_plain,
    is_unit,
    is_unit_of_measure,
    pieces,
)
from tui_digest.latex.speech.words import sign_in_words

_FENCES = {"|": "absolute value", "‖": "norm", "⌊": "floor", "⌈": "ceiling"}
_SPACES = frozenset(("L", "C", "H", "W", "B"))
_NAMED = {
    "[]": "bracket",
    "{}": "brace",
    "⟨⟩": "angle bracket",
    "⟦⟧": "double bracket",
    "⟪⟫": "double angle bracket",
}
_INTERVALS = {
    "[)": "right-open ",
    "[[": "right-open ",
    "(]": "left-open ",
    "]]": "left-open ",
    "()": "open ",
    "][": "open ",
}
_BARS = ("|", "‖", ":", "…")
_OPERATIONS = frozenset("+−⊙⋅/")
_SET_OPERATIONS = frozenset("∪∩∖△⊔⋃⋂⨆")
_MATRICES = {"()": "matrix", "[]": "matrix", "||": "determinant", "‖‖": "norm matrix"}
_CLOSINGS = {"|": "|", "‖": "‖", "⌊": "⌋", "⌈": "⌉"}


def say_brackets(pair: Delimited, before: Node | None, is_followed: bool, context: Context, say: Say) -> str:
    """Brackets that are alone: a quantity, a pair, an interval, a set, a norm.

    Args:
        pair: the brackets.
        before: what is before them.
        is_followed: whether what follows could be taken for a part of them.
        context: what surrounds them.
        say: says a row.
    """
    body = arrange_row(pair.body)
    sides = pair.left + pair.right
    if sides == "{" and isinstance(table := only(pair.body), Matrix):
        return matrix(table, say, is_cases=True)
    if (
        sides == "||"
        and len(body) == 1
        and isinstance(inner := body[0], Delimited)
        and inner.left == inner.right == "|"
    ):
        return say_brackets(Delimited("‖", "‖", inner.body), before, is_followed, context, say)
    if len(body) == 1 and _is_bare_table(body[0]) and sides in _MATRICES:
        return matrix(body[0], say, name=_MATRICES[sides])
    if pair.left in _FENCES and pair.right == _CLOSINGS[pair.left]:
        name = "size" if pair.left == "|" and _may_be_set(body) else _FENCES[pair.left]
        return part(say, f"the {name} of", body, name, is_unit(body) and not is_followed, context)
    if sides in ("|⟩", "⟨|"):
        name = "ket" if sides == "|⟩" else "bra"
        return part(say, name, body, name, is_unit(body) and not is_followed, context)
    listed = pieces(body)
    # Generators and relations are no inner product: `⟨x, y | x² = 1⟩`.
    are_vectors = len(listed) == 2 and all(text_of(node) != "|" for node in body)
    if sides == "⟨⟩" and are_vectors and not has_large_name(body) and not context.in_bounds:
        return _of_two("the inner product of", "and", "inner product", listed, is_followed, context, say)
    is_domain = sides == "()" and context.within in _SPACES and len(listed) == 2 and _is_zero(listed[0])
    if is_domain or is_interval(sides, listed, before):
        kind = _INTERVALS.get(sides, "")
        return _of_two(f"the {kind}interval from", "to", "interval", listed, is_followed, context, say)
    is_in_set = (
        before is not None
        and kind_of(before) in (Kind.BINARY, Kind.RELATION)
        and text_of(before) not in "+−="
    )
    letter = innermost(before) if before is not None else None
    is_argument = isinstance(letter, Symbol) and letter.alphabet == Alphabet.CALLIGRAPHIC
    is_stack = len(body) == 1 and isinstance(body[0], Fraction)
    is_argument = is_argument or is_stack or _is_anticommutator(listed)
    if isinstance(letter, Symbol) and letter.text.isupper() and before is letter:
        is_argument = is_argument or not any(
            kind_of(node) in JOINING or text_of(node) in _BARS for node in body
        )
    is_set = is_in_set or not (is_argument or _is_sum(body))
    return _between(pair, body, is_set, is_followed, context, say)


def _is_bare_table(node: Node) -> TypeGuard[Matrix]:
    """Return whether a node is a table that brackets make a matrix."""
    return (
        isinstance(node, Matrix) and not node.left and node.environment in ("array", "matrix", "smallmatrix")
    )


def _is_anticommutator(listed: Sequence[Sequence[Node]]) -> bool:
    """Tell whether braces hold two operators, as in `{c_i, c_j^†}` and `{γ^μ, γ^ν}`."""
    if len(listed) != 2:
        return False
    raised = [node.superscript for piece in listed for node in piece if isinstance(node, Scripts)]
    has_dagger = any(row is not None and text_of(only(row)) == "†" for row in raised)
    above = [text_of(only(row)) for row in raised if isinstance(row, RaisedIndex)]
    return has_dagger or (len(above) == 2 and TENSOR_INDICES.issuperset(above))


def _is_sum(body: Sequence[Node]) -> bool:
    """Tell whether braces are around a sum or product, and make no set."""
    if any(kind_of(node) in (Kind.RELATION, Kind.PUNCTUATION) or text_of(node) in _BARS for node in body):
        return False
    is_large_sum = bool(body) and isinstance(innermost(body[0]), Symbol) and is_large(body[0])
    return is_large_sum or any(text_of(node) in _OPERATIONS for node in body[1:-1])


def _between(
    pair: Delimited, body: Sequence[Node], is_set: bool, is_followed: bool, context: Context, say: Say
) -> str:
    """A row between words for its brackets."""
    sides = pair.left + pair.right
    has_conditions = sides in ("{}", "⟨⟩")
    inner = Context(bar="such that" if has_conditions else "given", has_conditions=has_conditions)
    if sides == "()":
        if text_of(body[0] if body else None) == "mod":
            rest = body[1:]
            return part(say, "modulo", rest, "modulo", is_unit(rest) and not is_followed, context)
        if is_plain(body) or (
            len(body) == 1 and isinstance(body[0], Scripts) and is_atom(innermost(body[0]))
        ):
            return f"paren {say(body, inner._replace(within='paren'))} end paren"
        if _is_remark(body):
            return f"paren {say(body, inner._replace(within='paren'))} end paren"
        count = len(pieces(body))
        name = ("quantity", "quantity", "pair")[count] if count < 3 else "tuple"
        opening, name = f"the {name}", name
    elif sides == "{}" and is_set:
        opening, name = "the set", "set"
    else:
        opening = name = _NAMED.get(sides, "")
    if name:
        return " ".join(filter(None, (opening, say(body, inner), f"end {name}")))
    left, right = (sign_in_words(Symbol(side)) if side else "" for side in (pair.left, pair.right))
    return " ".join(filter(None, (left, say(body, inner._replace(taken=context.taken)), right)))


def _holds_words(body: Sequence[Node]) -> bool:
    """Tell whether a row is words about a thing: `p prime`, `95% CI 1.5-2.9`."""
    words = [node for node in body[1:] if isinstance(node, FormulaText) and not is_unit_of_measure(node)]
    return bool(words) and not any(
        isinstance(node, Delimited) or (kind_of(node) in JOINING and text_of(node) not in ("%", "−"))
        for node in body
    )


def _is_remark(body: Sequence[Node]) -> bool:
    """Tell whether brackets hold a relation, condition or label: `(i=1, …, n)`."""
    texts = [text_of(node) for node in body]
    is_label = len(texts) == 2 and texts[0].isalpha() and texts[1].isdigit()
    is_label = is_label or texts == ["a", "q"]
    is_label = is_label or texts[:1] == ["∃"] or texts[:1] == ["∀"]
    is_label = is_label or (len(body) == 1 and kind_of(body[0]) == Kind.BINARY)
    if is_label or ";" in texts or _holds_words(body):
        return True
    return any(len(piece) > 1 and has_relation(piece) for piece in pieces(body))


def _of_two(
    opening: str,
    joint: str,
    name: str,
    listed: list[list[Node]],
    is_followed: bool,
    context: Context,
    say: Say,
) -> str:
    is_open = all(map(is_unit, listed)) and not is_followed and context.within != name
    inner = Context(within=context.within if is_open else name, bar="given", in_bounds=joint == "to")
    first, second = (say(piece, inner) for piece in listed)
    return f"{opening} {first} {joint} {second}" + ("" if is_open else f" end {name}")


def _is_zero(nodes: Sequence[Node]) -> bool:
    return [text_of(node) for node in nodes] == ["0"]


def _may_be_set(body: Sequence[Node]) -> bool:
    """Tell whether bars may be around a set: a capital, braces, a union.

    "The size of" is right for the number of a set's elements and for an absolute value.
    """
    if any(text_of(innermost(node)) in _SET_OPERATIONS for node in body):
        return True
    if len(body) == 2 and isinstance(body[1], Delimited) and body[1].left == "(":
        # The vertices of a graph, V(G), or the elements of a group, Aut(G).
        word = _word(body[0])
        return word[:1].isupper() and len(word) != 2
    if len(body) > 1 and all(plain_text(node).isupper() and plain_text(node).isascii() for node in body):
        return True
    if len(body) != 1:
        return False
    if len(word := _word(body[0])) > 1 and word.isupper():
        return True
    is_capital = isinstance(letter := innermost(body[0]), Symbol) and letter.text.isupper()
    return is_capital or (isinstance(body[0], Delimited) and body[0].left + body[0].right == "{}")


def _word(node: Node) -> str:
    base = innermost(node)
    if isinstance(base, FormulaText):
        return "".join(part.strip() for part in base.parts if isinstance(part, str))
    return text_of(base)


def application(
    function: Node,
    name_words: str,
    argument: Node,
    pair: Delimited,
    is_followed: bool,
    context: Context,
    say: Say,
) -> str:
    """A function with its argument: "f of x", "log of x plus y end log".

    Args:
        function: the function.
        name_words: the function in words.
        argument: the brackets, perhaps with scripts, which follow it in the row.
        pair: the brackets.
        is_followed: whether what follows could be taken for a part of the argument.
        context: what surrounds the function.
        say: says a row.
    """
    body = arrange_row(pair.body)
    name = end_name(function)
    listed = pieces(body)
    if is_large(function) and has_large_name(body):
        inner = say_brackets(pair, None, True, context, say)
        return f"{name_words} of {inner}"
    if is_large(function) and name != "probability" and len(listed) == 2:
        return _of_two(
            f"{name_words} of", "and", name, listed, is_followed or argument is not pair, context, say
        )
    is_name = isinstance(innermost(function), (Name, FormulaText, Unknown))
    is_open = (
        (is_plain(body) if is_name else is_unit(body))
        and not is_followed
        and argument is pair
        and not context.in_bounds
    )
    is_open = is_open and not is_large(function)
    joint = "that" if name == "probability" and has_relation_outside_bars(body) else "of"
    return part(say, f"{name_words} {joint}", body, name, is_open, context)


def has_large_name(nodes: Sequence[Node]) -> bool:
    """Tell whether a row has a maximum or the like, whose "of" an "and" could join."""
    return any(is_large(node) and isinstance(innermost(node), Name) for node in nodes)


def has_relation_outside_bars(nodes: Sequence[Node]) -> bool:
    """Tell whether a row says that something is so."""
    return any(kind_of(node) == Kind.RELATION and text_of(node) != "|" for node in nodes)
