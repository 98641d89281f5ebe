"""A formula's tree in words.

Where a part ends is said only where it could be mistaken: "the square root of T", but "the square root
of x plus y end root".
"""

from __future__ import annotations

from collections.abc import Sequence

from tui_digest.latex.nodes import (
    EMPTY,
    Alphabet,
    Brace,
    Delimited,
    Fraction,
    Kind,
    Name,
    Node,
    Root,
    Row,
    Scripts,
    Symbol,
    Text,
    Unknown,
)
from tui_digest.latex.speech.constructs import construct, fraction, root
from tui_digest.latex.speech.structure import (
    argument_of,
    grouped,
    innermost,
    is_operand,
    is_simple,
    is_sum,
    kind_of,
    parts,
    text_of,
    word,
)
from tui_digest.latex.speech.words import name_in_words, part_in_words, sign_in_words
from tui_digest.latex.symbols.table import INTEGRALS

_POWERS = {"2": "squared", "3": "cubed", "−1": "inverse", "-1": "inverse"}
_RAISED = {
    "∗": "star",
    "*": "star",
    "⋆": "star",
    "†": "dagger",
    "∘": "degrees",
    "⊤": "transpose",
    "⊺": "transpose",
}
_OVER = ("maximum", "minimum", "supremum", "infimum", "arg max", "arg min", "probability", "determinant")
_LIMIT = ("limit", "limit superior", "limit inferior")
_ORDERS = {"O": "big O", "o": "little o", "Ω": "big Omega", "Θ": "big Theta"}
_FENCES = {"|": "the absolute value of", "‖": "the norm of", "⌊": "the floor of", "⌈": "the ceiling of"}
_ENDS = {"|": "end absolute value", "‖": "end norm", "⌊": "end floor", "⌈": "end ceiling"}


def in_words(items: Sequence[Node], last: bool = True) -> str:
    """The nodes of a row in words; `last` says that nothing follows which could be mistaken for a part."""
    nodes = grouped(items)
    words: list[str] = []
    index = 0
    while index < len(nodes):
        node, following = nodes[index], _get(nodes, index + 1)
        argument = argument_of(node, following)
        if argument is not None and following is not None:
            index += 1
            node, following = following, _get(nodes, index + 1)
            words.append(_application(nodes[index - 1], node, argument, last, following))
        elif text_of(following) == "/":
            common = part_in_words(text_of(node), text_of(_get(nodes, index + 2)))
            words.append(common or ("one" if text_of(node) == "1" else _node(node, following, ends=False)))
            if common:
                index += 2
                node, following = nodes[index], _get(nodes, index + 1)
        else:
            ends = last if following is None else kind_of(following) in (Kind.RELATION, Kind.PUNCTUATION)
            words.append(_node(node, following, ends))
        if following is not None:
            words.append(_joint(node, following))
        index += 1
    return " ".join(filter(None, words))


def _get(nodes: Sequence[Node], index: int) -> Node | None:
    return nodes[index] if index < len(nodes) else None


def _row(row: Row, last: bool = False) -> str:
    """A part of a formula in words."""
    return in_words(row.items, last)


def _joint(node: Node, following: Node) -> str:
    """What has to be said between two factors: after a power, before brackets, after one half."""
    if not is_operand(node) or not is_operand(following) or isinstance(following, (Text, Unknown)):
        return ""
    pair = following.base if isinstance(following, Scripts) else following
    if isinstance(node, Fraction) and (isinstance(pair, (Delimited, Root)) or _is_large(pair)):
        return "times"
    if isinstance(node, Scripts) and node.superscript is not None and kind_of(node) == Kind.ORDINARY:
        return "times" if _power(node.superscript, node.base).startswith("to the") else ""
    is_factor = isinstance(pair, Delimited) and pair.left in ("(", "[")
    return "times" if is_factor and kind_of(node) == Kind.ORDINARY else ""


def _node(node: Node, following: Node | None, ends: bool) -> str:
    """One node. `following` is what comes after it; `ends` that it cannot be mistaken for a part of it."""
    match node:
        case Symbol():
            return _symbol(node, following)
        case Name(text=text):
            return _operator(node, following) if _is_large(node) else name_in_words(text)
        case Text(parts=pieces):
            return " ".join(p.strip() if isinstance(p, str) else _row(p) for p in pieces)
        case Unknown(name=name):
            return name
        case Scripts():
            return _operator(node, following) if _is_large(node.base) else _scripts(node, following)
        case Fraction():
            return fraction(node, _row, is_operand(following), ends)
        case Root():
            return root(node, _row, is_operand(following))
        case Delimited():
            return _brackets(node, ends)
        case _:
            return construct(node, _row)


def _symbol(node: Symbol, following: Node | None) -> str:
    if _is_large(node):
        return _operator(node, following)
    if node.text in (",", ";"):
        return node.text
    return sign_in_words(node)


def _is_large(node: Node) -> bool:
    if isinstance(node, Row) and len(node.items) == 1:
        node = node.items[0]
    if isinstance(node, Name):
        return node.limits or name_in_words(node.text) in _OVER
    return isinstance(node, Symbol) and node.kind == Kind.OPERATOR


def _operator(node: Node, following: Node | None) -> str:
    """A sum, integral, limit, maximum with its bounds: "the sum from i equals 1 to n of"."""
    scripts = node if isinstance(node, Scripts) else Scripts(node)
    base = scripts.base.items[0] if isinstance(scripts.base, Row) else scripts.base
    name = name_in_words(base.text) if isinstance(base, Name) else sign_in_words(base)  # type: ignore[arg-type]
    lower = _row(scripts.subscript, last=True) if scripts.subscript is not None else ""
    upper = _row(scripts.superscript, last=True) if scripts.superscript is not None else ""
    if name in _LIMIT:
        bounds = f" as {lower.replace(' to ', ' goes to ', 1)}" if lower else ""
    elif lower and upper:
        bounds = f" from {lower} to {upper}"
    else:
        is_range = isinstance(base, Symbol) and base.text not in INTEGRALS and " equals " in lower
        bounds = f" {'from' if is_range and upper else 'over'} {lower}" if lower else ""
        bounds += f" to {upper}" if upper else ""
    primes = _primes(scripts.primes)
    of = (
        " of"
        if is_operand(following) or (following is not None and kind_of(following) == Kind.BINARY)
        else ""
    )
    return f"the {name}{primes}{bounds}{of}"


def _scripts(node: Scripts, following: Node | None) -> str:
    """A base with what stands below and above it, in this order."""
    attached = is_operand(following)
    base, lower, upper = node.base, node.subscript, node.superscript
    if isinstance(base, Brace):
        labels = " and ".join(_row(row) for row in (upper, lower) if row is not None)
        return f"{construct(base, _row)}{_primes(node.primes)} saying {labels}"
    if isinstance(base, Delimited) and lower is not None and base.left == "‖":
        words = f"the {_row(lower, last=True)}-norm of {_inside(base)}"
    elif isinstance(base, Delimited) and lower is not None and (base.left, base.right) == ("", "|"):
        words = f"{_row(base.body)} evaluated at {_row(lower, last=True)}"
    else:
        words = "" if isinstance(base, Row) and not base.items else _node(base, None, ends=not attached)
        if isinstance(base, (Fraction, Root)):
            words = f"the quantity {words} end quantity"
        if lower is not None:
            words += f" {_index(lower, attached or upper is not None)}"
    words += _primes(node.primes)
    if upper is not None:
        words += f" {_power(upper, base, attached)}"
    return words.strip()


def _primes(count: int) -> str:
    return ("", " prime", " double prime", " triple prime")[count] if count < 4 else " prime" * count


def _index(row: Row, attached: bool) -> str:
    """A subscript: "sub i", "sub total", "sub t plus 1 end sub"."""
    nodes = grouped(row.items)
    if not nodes:
        return ""
    words = word(nodes) or in_words(row.items)
    raised = any(isinstance(node, Scripts) and node.superscript is not None for node in nodes)
    ends = " end sub" if raised or is_sum(nodes) or (attached and len(nodes) > 1 and not word(nodes)) else ""
    return f"sub {words}{ends}"


def _power(row: Row, base: Node, attached: bool = False) -> str:
    """A superscript: "squared", "inverse", "transpose", "to the n", "superscript k" for one in brackets."""
    nodes = grouped(row.items)
    text = "".join(text_of(node) for node in nodes) if all(text_of(node) for node in nodes) else ""
    if text in _POWERS:
        return _POWERS[text]
    if text in _RAISED:
        return _RAISED[text]
    if text == "T" and not (isinstance(base, Symbol) and (base.text.isdigit() or "α" <= base.text <= "ω")):
        return "transpose"
    if text in ("+", "-", "−"):
        return "plus" if text == "+" else "minus"
    if word(nodes) or (len(nodes) == 1 and isinstance(nodes[0], (Text, Unknown, Name))):
        return f"superscript {word(nodes) or in_words(row.items)}"
    if len(nodes) == 1 and isinstance(nodes[0], Delimited) and nodes[0].left == "(":
        inner = grouped(nodes[0].body.items)
        return f"superscript {_row(nodes[0].body)}" + (" end superscript" if is_sum(inner) else "")
    words = in_words(row.items)
    if isinstance(base, Symbol) and base.alphabet == Alphabet.BLACKBOARD and "×" in text:
        return f"to the {words.replace(' times ', ' by ')}"
    ends = " end exponent" if is_sum(nodes) or (attached and len(nodes) > 1) else ""
    return f"to the {words}{ends}"


def _application(node: Node, argument: Node, pair: Delimited, last: bool, following: Node | None) -> str:
    """A function and its argument: "f of x", "big O of one over n", "log of the quantity x plus y"."""
    body = grouped(pair.body.items)
    last = last and following is None
    pieces = parts(body)
    if _is_large(node) and len(pieces) == 2:
        words = f"{in_words(pieces[0])} and {in_words(pieces[1], last)}"
    else:
        words = _with_given(in_words(body, last), pair)
    has_relation = any(kind_of(part) == Kind.RELATION and text_of(part) not in ("|", "∣") for part in body)
    has_sign = any(kind_of(part) == Kind.BINARY and text_of(part) != "/" for part in body[1:])
    if has_sign or (has_relation and is_operand(following)):
        words = f"the quantity {words}" + ("" if last else " end quantity")
    if isinstance(argument, Scripts):
        words += f", all {_scripts(argument.on(EMPTY), following)}"
    name = _node(node, None, ends=True)
    symbol = innermost(node)
    if isinstance(symbol, Symbol) and symbol.text in _ORDERS and symbol.alphabet != Alphabet.BLACKBOARD:
        name = name.replace(sign_in_words(symbol), _ORDERS[symbol.text], 1)
    joint = "that" if name == "the probability" and has_relation else "of"
    return f"{name} {joint} {words}" if body else name


def _with_given(words: str, pair: Delimited) -> str:
    """Bars inside brackets are conditions: "given" in a probability, "such that" in a set."""
    return words.replace(" bar ", " such that " if pair.left == "{" else " given ")


def _inside(pair: Delimited) -> str:
    """What stands between brackets, and where it ends if that is not clear."""
    words = _row(pair.body)
    body = grouped(pair.body.items)
    raised = bool(body) and isinstance(body[-1], Scripts) and body[-1].superscript is not None
    return words if is_simple(body) and not raised else f"{words} {_ENDS.get(pair.left, 'end quantity')}"


def _brackets(pair: Delimited, ends: bool) -> str:
    """Brackets that stand alone: a quantity, a pair, an interval, a set, a norm."""
    body = grouped(pair.body.items)
    pieces = parts(body)
    if pair.left in _FENCES and pair.right in ("|", "‖", "⌋", "⌉"):
        script = len(body) == 1 and isinstance(body[0], Symbol) and body[0].alphabet == Alphabet.CALLIGRAPHIC
        opening = "the size of" if script and pair.left == "|" else _FENCES[pair.left]
        return f"{opening} {_inside(pair)}"
    words = _with_given(_row(pair.body), pair)
    if (pair.left, pair.right) == ("⟨", "⟩"):
        if len(pieces) == 2:
            return f"the inner product of {in_words(pieces[0])} and {in_words(pieces[1])}"
        return f"angle bracket {words} end angle bracket"
    if pair.left == "{" and pair.right == "}":
        return f"the set {words}" + ("" if ends else " end set")
    if len(pieces) == 2 and pair.left + pair.right in ("[]", "[)", "(]"):
        low, high = in_words(pieces[0]), in_words(pieces[1])
        without = {"[)": f" without {high}", "(]": f" without {low}"}.get(pair.left + pair.right, "")
        return f"the interval from {low} to {high}{without}"
    if pair.left == "(" and pair.right == ")":
        if text_of(body[0] if body else EMPTY) == "mod":
            return words
        if len(pieces) > 1:
            return f"the {'pair' if len(pieces) == 2 else 'tuple'} {words}" + ("" if ends else " end tuple")
        return words if len(body) == 1 and is_simple(body) else f"the quantity {words} end quantity"
    left, right = (sign_in_words(Symbol(sign)) if sign else "" for sign in (pair.left, pair.right))
    return f"{left} {words} {right}".strip()
