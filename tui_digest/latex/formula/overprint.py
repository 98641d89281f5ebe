r"""Signs that authors print one over the other, as the one sign they stand for.

A stroke through a sign, by `\not`, `\cancel` or a slash moved back over it (`D\!\!\!\!/`); two signs
moved together (`\perp\!\!\!\perp`, `{\rm I\!R}`, `:\!=`).
"""

from __future__ import annotations

import unicodedata

from tui_digest.latex.nodes import (
    Accent,
    Alphabet,
    FormulaText,
    Kind,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Symbol,
)
from tui_digest.latex.symbols.alphabets import STROKE

# A slash that comes back at least so far, in ems, is in the letter before it; `G/\!H` is a quotient.
_FAR_BACK = -0.45
_SLASHES = frozenset("/∕")
_STROKES = frozenset("/∕\\∖|")
_NEGATED = {"|": "∤", "‖": "∦", "⪯": "⋠", "⪰": "⋡", "⊲": "⋪", "⊳": "⋫"}
# What two signs are that a negative space brings together.
JOINED = {
    ("⊥", "⊥"): Symbol("⫫", Kind.RELATION),
    (f"⊥{STROKE}", "⊥"): Symbol(f"⫫{STROKE}", Kind.RELATION),
    ("⊥", f"⊥{STROKE}"): Symbol(f"⫫{STROKE}", Kind.RELATION),
    ("[", "["): Symbol("⟦", Kind.OPENING),
    ("]", "]"): Symbol("⟧", Kind.CLOSING),
    ("⟨", "⟨"): Symbol("⟪", Kind.OPENING),
    ("⟩", "⟩"): Symbol("⟫", Kind.CLOSING),
    ("∫", "∫"): Symbol("∬", Kind.OPERATOR),
    ("∬", "∫"): Symbol("∭", Kind.OPERATOR),
    (":", "="): Symbol(":=", Kind.RELATION),
    ("=", ":"): Symbol("=:", Kind.RELATION),
    ("∫", "-"): Symbol("⨍", Kind.OPERATOR),
    ("-", "∫"): Symbol("⨍", Kind.OPERATOR),
    ("1", "1"): Symbol("1", alphabet=Alphabet.BLACKBOARD),
    ("1", "l"): Symbol("1", alphabet=Alphabet.BLACKBOARD),
    ("1", "I"): Symbol("1", alphabet=Alphabet.BLACKBOARD),
    ("Z", "Z"): Symbol("Z", alphabet=Alphabet.BLACKBOARD),
    ("▷", "<"): Symbol("⋉", Kind.BINARY),
    (">", "◁"): Symbol("⋊", Kind.BINARY),
    ("l", "C"): Symbol("C", alphabet=Alphabet.BLACKBOARD),
}
# What people built of two signs before they had the one.
_COMPARISONS: dict[tuple[str, ...], str] = {
    ("<", "∼"): "≲",
    (">", "∼"): "≳",
    ("<", "≈"): "⪅",
    (">", "≈"): "⪆",
}
_COMPARISONS |= {(under, over): sign for (over, under), sign in _COMPARISONS.items()}
_COMPARISONS |= {(sign,): sign for sign in _COMPARISONS.values()}
JOINED |= {("I", letter): Symbol(letter, alphabet=Alphabet.BLACKBOARD) for letter in "BDEFHKLMNPR"}


def negated_node(node: Node) -> Node:
    """A node with a stroke through it.

    A relation or quantifier becomes the sign for its negation.
    """
    bare = node
    while isinstance(bare, Row) and len(bare.items) == 1:
        bare = bare.items[0]
    if isinstance(bare, Symbol) and bare.text and bare.alphabet in (Alphabet.NORMAL, Alphabet.ROMAN):
        text = _NEGATED.get(bare.text)
        if text is not None:
            return Symbol(text, Kind.RELATION)
        text = unicodedata.normalize("NFC", bare.text[0] + STROKE) + bare.text[1:]
        if bare.kind == Kind.RELATION or len(text) == len(bare.text):
            return Symbol(text, bare.kind)
    return Accent(node if isinstance(node, Row) else Row((node,)), STROKE)


def overprint_signs(signs: list[Node]) -> Node:
    """Signs printed in the same place.

    A stroke negates the other sign, else all are read.
    """
    strokes = [sign for sign in signs if _text(sign) in _STROKES]
    others = [sign for sign in signs if sign not in strokes]
    if strokes and len(others) == 1:
        return negated_node(others[0])
    return Row(tuple(signs)).single()


def comparison(*nodes: Node | None) -> Symbol | None:
    r"""The comparison that two signs one over the other are, or None.

    However they are set so: `\stackrel{<}{_\sim}`, `^<_\sim`, `\rlap{\lower4pt\hbox{$\sim$}}{<}`.
    """
    signs: list[str] = []
    pending = list(nodes)
    while pending and len(signs) < 3:
        node = pending.pop(0)
        if isinstance(node, Row):
            pending[:0] = node.items
        elif isinstance(node, FormulaText):
            parts = [part if isinstance(part, Row) else Symbol(part.strip()) for part in node.parts]
            pending[:0] = [part for part in parts if isinstance(part, Row) or part.text]
        elif isinstance(node, Scripts) and (only := node.only()) is not None:
            pending.insert(0, only)
        elif node is not None and not isinstance(node, Space):
            signs.append(_text(node))
    text = _COMPARISONS.get(tuple(signs))
    return Symbol(text, Kind.RELATION) if text else None


def join_overprinted(items: list[Node]) -> list[Node]:
    """The items of a row, with signs printed over each other as one sign."""
    joined: list[Node] = []
    gap = 0.0
    spaces = 0
    for item in items:
        if isinstance(item, Space):
            gap += item.width
            spaces += 1
            joined.append(item)
            continue
        index = len(joined) - spaces - 1
        sign = _join(joined[index], item, gap, is_first=index == 0) if spaces and index >= 0 else None
        if sign is None and not spaces and index >= 0 and _is_colon_in_a_group(joined[index]):
            sign = JOINED.get((":", _text(item)))
        if sign is not None:
            del joined[index:]
            item = sign
        joined.append(item)
        gap, spaces = 0.0, 0
    return joined


def _join(left: Node, right: Node, gap: float, *, is_first: bool) -> Node | None:
    """Return what two items with a gap in ems between them are together, or None."""
    if gap >= 0:
        return None
    base = right.base if isinstance(right, Scripts) else right
    sign: Node | None = JOINED.get((_text(left), _text(base)))
    if sign is None and gap <= _FAR_BACK:
        if _text(base) in _SLASHES and (len(_text(left)) == 1 or isinstance(left, Accent)):
            sign = None if _text(left) in _SLASHES or _text(left) in ")]}" else negated_node(left)
        elif _text(left) in _SLASHES and is_first and len(_text(base)) == 1:
            sign = negated_node(base)
    return right.on(sign) if sign is not None and isinstance(right, Scripts) else sign


def _text(node: Node) -> str:
    """The text of a symbol or word, in a group or not; "" of anything else."""
    while isinstance(node, Row) and len(node.items) == 1:
        node = node.items[0]
    return node.text if isinstance(node, (Symbol, Name)) else ""


def _is_colon_in_a_group(node: Node) -> bool:
    r"""Tell whether this is the colon of `\mathrel{\mathop:}=` or `\vcentcolon=`."""
    return (isinstance(node, Row) and _text(node) == ":") or _text(node) == "∶"


def rejoin_word(word: Node, items: list[Node]) -> Node:
    r"""A word or letter with what it continues after a negative space.

    `Me\kern-1ptV` is one word.
    """
    last = len(items) - 1
    while last >= 0 and isinstance(space := items[last], Space) and space.width <= 0:
        last -= 1
    before = items[last] if 0 <= last < len(items) - 1 else None
    if not isinstance(before, (Name, Symbol)) or not isinstance(word, (Name, Symbol)):
        return word
    if (before.text, word.text) in JOINED or before.alphabet != word.alphabet:
        return word
    if not (before.text + word.text).isalpha():
        return word
    del items[last:]
    return Name(before.text + word.text, alphabet=word.alphabet)
