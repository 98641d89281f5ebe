"""What a character or word is on one line by what stands beside it: colons, full stops, words, arguments."""

from __future__ import annotations

from collections.abc import Sequence

from tui_digest.latex.inline.spacing import Slot
from tui_digest.latex.nodes import Alphabet, Kind, Name, Node, Row, Scripts, Space, Symbol, Text

_SHORT_WORDS = frozenset(("if", "or", "is", "in", "on", "of", "as", "at", "by", "to"))
# What touches the word after it: a difference, the prefix of a unit.
_PREFIXES = frozenset("Δμ")


def colon(items: Sequence[Node], index: int, braces: bool) -> int:
    """A colon is a relation in `{x : x > 0}`, a ratio's sign in `3:1`, and punctuation in `f: X → Y`."""
    if braces:
        return Slot.RELATION
    before, after = _around(items, index)
    if isinstance(after, Symbol) and after.text == "=":
        return Slot.RELATION
    is_ratio = all(isinstance(item, Symbol) and item.text.isdigit() for item in (before, after))
    return Slot.TIGHT if is_ratio else Slot.PUNCTUATION


def full_stop(items: Sequence[Node], index: int) -> int:
    """A full stop at the end of a formula is punctuation; one before a name belongs to it, as in `2.Suz`."""
    _, after = _around(items, index)
    if after is None or isinstance(after, (Space, Text)):
        return Slot.PUNCTUATION
    return Slot.TIGHT if isinstance(_base(after), Name) else Slot.ORDINARY


def is_word_apart(text: str, items: Sequence[Node], index: int) -> bool:
    r"""Whether a text is a word beside a variable, as in `k\text{log}k`; in `k\text{th}` it is an ending."""
    is_word = text[:1].isalpha() and text[-1:].isalpha() and (len(text) > 2 or text in _SHORT_WORDS)
    if not is_word:
        return False
    return any(_is_variable(item) for item in _around(items, index))


def is_argument(items: Sequence[Node], index: int) -> bool:
    r"""Whether what is here is what the function before it applies to, as in `\log \frac{a}{b}`."""
    here = items[index]
    if isinstance(here, Row) and here.kind == Kind.INNER:
        return False
    place = index - 1
    while place > 0 and isinstance(items[place], Space):
        place -= 1
    name = _base(items[place]) if place >= 0 else None
    return isinstance(name, Name) and name.operator and not name.limits


def _around(items: Sequence[Node], index: int) -> tuple[Node | None, Node | None]:
    """The nodes beside a place of a row; None where there is none."""
    return items[index - 1] if index else None, items[index + 1] if index + 1 < len(items) else None


def _base(item: Node | None) -> Node | None:
    """What stands there, whatever scripts it bears."""
    return item.base if isinstance(item, Scripts) else item


def _is_variable(item: Node | None) -> bool:
    symbol = _base(item)
    if not isinstance(symbol, Symbol) or symbol.alphabet != Alphabet.NORMAL:
        return False
    return symbol.text.isalnum() and symbol.text not in _PREFIXES
