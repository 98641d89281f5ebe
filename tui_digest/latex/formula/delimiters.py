"""What characters mean by where they are.

Which bars open and close, whether `<` is a bracket.
"""

from __future__ import annotations

from tui_digest.latex.nodes import Delimited, Kind, Name, Node, Row, Scripts, Space, Symbol
from tui_digest.latex.symbols.table import COMMANDS

_BARS = frozenset("|‖")
_BARS_OF_RELATIONS = {"∣": "|", "|": "|", "∥": "‖"}
_COMPARISONS = {"<": Symbol("≤", Kind.RELATION), ">": Symbol("≥", Kind.RELATION)}
_DOUBLED = {"<": Symbol("≪", Kind.RELATION), ">": Symbol("≫", Kind.RELATION)}
_SECOND_SIGNS = frozenset("<>=")
_ARROW = Symbol("→", Kind.RELATION)
# What stands for any argument: `\|\cdot\|`.
_ROUND = frozenset("([")
_PLACEHOLDERS = frozenset("⋅·•∗*")
_DOTS = frozenset("…⋯")
_DIVISION = COMMANDS["div"]
_DIVERGENCE = Name("div", operator=True)
_FUNCTIONS = frozenset(name.text for name in COMMANDS.values() if isinstance(name, Name) and name.operator)
_BETWEEN_INTERVALS = frozenset((Kind.BINARY, Kind.RELATION, Kind.PUNCTUATION, Kind.CLOSING))
_OPERANDS = frozenset((Kind.ORDINARY, Kind.CLOSING, Kind.INNER))


def pair_bars(items: list[Node]) -> list[Node]:
    """The items, with bars that belong together as opening and closing symbols.

    TeX takes every bar for an ordinary symbol. Here a bar opens where nothing is before it that
    it could close; after an operand it closes the last open one, or opens when another is to come.
    Only bars inside the same parentheses belong together; those that found no partner stay as they are.
    """
    groups = _groups(items)
    if not groups:
        return items
    paired = list(items)
    for indices in groups:
        _take_out_separator(items, indices)
        _take_out_evaluation(items, indices)
        opened: list[int] = []
        for place, index in enumerate(indices):
            remaining = len(indices) - place - 1
            if _after_operand(paired, index, opened) or remaining < len(opened):
                if opened:
                    start = opened.pop()
                    paired[start] = _as_kind(paired[start], Kind.OPENING)
                    paired[index] = _as_kind(paired[index], Kind.CLOSING)
                elif remaining % 2:
                    opened.append(index)
            elif isinstance(paired[index], Symbol):
                opened.append(index)
    return paired


def _take_out_separator(items: list[Node], indices: list[int]) -> None:
    r"""Take the first bar of `\{x\,|\,t|_S=s\}` out of a row.

    Of two bars it is the only one with a space on both sides.
    """
    if len(indices) != 2 or not isinstance(items[indices[1]], Scripts):
        return
    if _is_spaced(items, indices[0]) and not _is_spaced(items, indices[1]):
        del indices[0]


def _is_spaced(items: list[Node], index: int) -> bool:
    beside = (*items[max(0, index - 1) : index], *items[index + 1 : index + 2])
    return len(beside) == 2 and all(isinstance(item, Space) and item.width > 0 for item in beside)


def _take_out_evaluation(items: list[Node], indices: list[int]) -> None:
    """Take the bar of `u|_S` out of a row whose other bars can be paired."""
    if len(indices) % 2 == 0:
        return
    for place in range(2, len(indices), 2):
        bar, before = items[indices[place]], indices[place - 1]
        is_scripted = isinstance(bar, Scripts) and bar.subscript is not None
        if (
            is_scripted
            and before + 1 < indices[place]
            and _after_operand(items, before, [indices[place - 2]])
        ):
            del indices[place]
            return


def join_double_bars(items: list[Node]) -> list[Node]:
    """The items, with two bars beside each other as one `‖`: `||x||`, `p||q`.

    Where single bars are inside the same brackets, as in `||x|-|y||`, nothing is joined.
    """
    doubles = [first for group in _groups(items) for first in _double_bars(items, group)]
    joined = list(items)
    for index in sorted(doubles, reverse=True):
        second = items[index + 1]
        if (bar := _bar(second)) is not None:
            double = Symbol("‖", bar.kind, bar.alphabet, bar.size)
            joined[index : index + 2] = [second.on(double) if isinstance(second, Scripts) else double]
    return joined


def _double_bars(items: list[Node], bars: list[int]) -> list[int]:
    """The first of each two bars, if all those of a pair of brackets come in twos."""
    doubles = bars[::2]
    if len(bars) % 2 or bars[1::2] != [index + 1 for index in doubles]:
        return _norms(items, bars)
    places = frozenset(doubles)
    are_bare = all(isinstance(items[index], Symbol) and _bar(items[index]) for index in doubles)
    return doubles if are_bare and not any(index + 2 in places for index in doubles) else []


def _norms(items: list[Node], bars: list[int]) -> list[int]:
    """The first of each two bars around something without bars, beside single bars."""
    norms: list[int] = []
    place = 0
    while place + 3 < len(bars):
        first, second, third, fourth = bars[place : place + 4]
        is_norm = second == first + 1 and fourth == third + 1 > second + 2
        if is_norm and _after_operand(items, third, []) and _bar(items[second]) is items[second]:
            norms += [first, third]
            place += 4
        elif second > first + 1:
            place += 2
        else:
            return []
    return norms


def _bar(item: Node) -> Symbol | None:
    """The single bar that an item is, with or without scripts."""
    symbol = item.base if isinstance(item, Scripts) else item
    return symbol if isinstance(symbol, Symbol) and symbol.text == "|" and symbol.size != 5 else None


def pair_angles(items: list[Node]) -> list[Node]:
    """The items, with `<` and `>` as brackets where they enclose something.

    For example `<x, y>`, `<V> = 1`.

    A `<` with nothing before it to compare opens, also in a group, as in `{< x}>`; the next `>` closes it.
    """
    if any(type(item) is Row for item in items):
        items = [part for item in items for part in (_items_of_open_group(item) or (item,))]
    paired = list(items)
    opening = less = -1
    for index, item in enumerate(items):
        text = _text(item)
        if text == "<" and isinstance(item, Symbol):
            less = index
            if not _after_operand(items, index, []):
                opening = index
        elif text == ">" and _after_operand(items, index, []):
            # A bracket can have a power, as in `S<x>^2`; the sign of a comparison has none.
            start = opening if opening >= 0 or not isinstance(item, Scripts) else less
            if start >= 0:
                paired[start] = _as_kind(paired[start], Kind.OPENING)
                paired[index] = _as_kind(item, Kind.CLOSING)
                opening = less = -1
    return paired


def pair_reversed_brackets(items: list[Node]) -> list[Node]:
    r"""The items, with the brackets of `[0,1[` and `]0,1[` as those of an interval.

    A `[` closes the interval that was opened before it where nothing follows that it could open.
    """
    paired = list(items)
    opened: list[int] = []
    for index, item in enumerate(items):
        text = _text(item)
        if text == "[" and opened and _ends_interval(items, opened[-1], index):
            start = opened.pop()
            paired[start] = _as_kind(paired[start], Kind.OPENING)
            paired[index] = _as_kind(item, Kind.CLOSING)
        elif text in ("[", "(") or (text == "]" and not opened):
            opened.append(index)
        elif text in (")", "]") and opened:
            start = opened.pop()
            if text == "]":
                paired[start] = _as_kind(paired[start], Kind.OPENING)
    return paired


def _ends_interval(items: list[Node], start: int, end: int) -> bool:
    """Tell whether the `[` at `end` closes what a bracket at `start` opened."""
    if not any(_text(item) == "," for item in items[start:end]):
        return False
    following = next((item for item in items[end + 1 :] if not isinstance(item, Space)), None)
    if following is None or isinstance(items[end], Scripts):
        return True
    # A `]` behind it is the beginning of another interval, `]0,1[\times]2,3[`.
    return isinstance(following, Symbol) and following.kind in _BETWEEN_INTERVALS


def _items_of_open_group(item: Node) -> tuple[Node, ...]:
    """Return what is in a group that begins with a `<` and has no `>`.

    Nothing of anything else.
    """
    if not isinstance(item, Row) or len(item.items) < 2 or _relation(item.items[0]) != "<":
        return ()
    return () if any(_text(part) == ">" for part in item.items) else item.items


def join_comparisons(items: list[Node]) -> list[Node]:
    """The items, with a typed `<=`, `<<` or `-->` as the one sign it stands for."""
    joined: list[Node] = []
    for item in items:
        sign = item.text if type(item) is Symbol else ""
        if sign not in _SECOND_SIGNS or not joined or not _relation(item):
            joined.append(item)
            continue
        before = _relation(joined[-1])
        if sign == before and sign in _DOUBLED:
            joined[-1] = _DOUBLED[sign]
        elif sign == ">" and _is_minus(joined[-1]):
            while joined and _is_minus(joined[-1]):
                joined.pop()
            joined.append(_ARROW)
        elif sign == "=" and before in _COMPARISONS:
            joined[-1] = _COMPARISONS[before]
        else:
            joined.append(item)
    return joined


def pair_states(items: list[Node]) -> list[Node]:
    r"""The items, with `<` and `>` as the brackets of states: `|\psi>`, `<\psi|`.

    What is behind the `>` of a ket, and before the `<` of a bra, is nothing to compare.
    """
    paired = list(items)
    bar = bra = -1
    for index, item in enumerate(items):
        text = _text(item)
        if text == "|":
            if bra >= 0 and bar < bra and index > bra + 1:
                paired[bra] = _as_kind(paired[bra], Kind.OPENING)
            bar = index
        elif text == "<" and isinstance(item, Symbol):
            bra = index if not _after_operand(items, index, []) else -1
            bar = -1
        elif text == ">" and _after_operand(items, index, []):
            is_state = bra < 0 and 0 <= bar < index - 1 and _ends_state(items, index)
            if is_state or (bra >= 0 and bar > bra):
                paired[index] = _as_kind(item, Kind.CLOSING)
            bar = bra = -1
    return paired


def _ends_state(items: list[Node], index: int) -> bool:
    """Tell whether nothing is behind a `>` that could be compared."""
    rest = [item for item in items[index + 1 :] if not isinstance(item, Space)]
    following = rest[0].base if rest and isinstance(rest[0], Scripts) else rest[0] if rest else None
    if following is None or _text(following) in ("|", "<"):
        return True
    if not isinstance(following, Symbol):
        return False
    if following.kind == Kind.BINARY:
        return _text(following) not in "+-−±" or any(_text(item) == "|" for item in rest)
    return following.kind in (Kind.RELATION, Kind.PUNCTUATION, Kind.CLOSING)


def pair_relations(items: list[Node]) -> list[Node]:
    r"""The items, with the signs `\mid` and `\parallel` as bars where they enclose.

    In `\parallel x\parallel` the first has nothing before it that could be parallel.
    """
    paired = list(items)
    opened = -1
    for index, item in enumerate(items):
        bar = _BARS_OF_RELATIONS.get(_text(item))
        symbol = item.base if isinstance(item, Scripts) else item
        if bar is None or not isinstance(symbol, Symbol) or symbol.kind != Kind.RELATION:
            continue
        if opened < 0 or _text(items[opened]) != symbol.text:
            opened = -1 if _after_operand(items, index, []) or isinstance(item, Scripts) else index
        elif _after_operand(items, index, []):
            paired[opened] = Symbol(bar, Kind.OPENING)
            closing = Symbol(bar, Kind.CLOSING)
            paired[index] = item.on(closing) if isinstance(item, Scripts) else closing
            opened = -1
    return _divergences(paired)


def _divergences(items: list[Node]) -> list[Node]:
    r"""The items, with the `\parallel` of `D(p\parallel q)` as `\|`."""
    adjusted = list(items)
    opened: list[bool] = []
    for index, item in enumerate(items):
        if isinstance(item, Delimited) and item.left in _ROUND and _after_operand(items, index, []):
            adjusted[index] = Delimited(
                item.left, item.right, Row(tuple(map(_as_double_bar, item.body.items)))
            )
        symbol = item.base if isinstance(item, Scripts) else item
        if not isinstance(symbol, Symbol):
            continue
        if symbol.kind == Kind.OPENING:
            opened.append(symbol.text in _ROUND and _after_operand(items, index, []))
        elif symbol.kind == Kind.CLOSING and opened:
            opened.pop()
        elif opened and opened[-1]:
            adjusted[index] = _as_double_bar(item)
    return adjusted


def _as_double_bar(item: Node) -> Node:
    is_parallel = isinstance(item, Symbol) and item.text == "∥" and item.kind == Kind.RELATION
    return COMMANDS["|"] if is_parallel else item


def _is_minus(item: Node) -> bool:
    return isinstance(item, Symbol) and item.text in ("-", "−")


def name_divergences(items: list[Node]) -> list[Node]:
    r"""The items, with `\div` as the divergence where it divides nothing.

    For example `\div u`, `-\div u`.
    """
    if len(items) == 1:
        return items
    named = list(items)
    for index, item in enumerate(items):
        if item is _DIVISION and not _after_operand(items, index, []):
            named[index] = _DIVERGENCE
    return named


def place_dots(items: list[Node]) -> list[Node]:
    r"""The items, with three dots placed by what is beside them, as amsmath's `\dots`.

    Between operators and relations in the middle, between commas on the line.
    """
    placed = list(items)
    for index, item in enumerate(items):
        if not isinstance(item, Symbol) or item.text not in _DOTS:
            continue
        before = next((one for one in reversed(items[:index]) if not isinstance(one, Space)), None)
        after = next((one for one in items[index + 1 :] if not isinstance(one, Space)), None)
        if _joins(after) or _joins(before):
            placed[index] = COMMANDS["cdots"]
        elif _is_comma(before) or _is_comma(after):
            placed[index] = COMMANDS["ldots"]
    return placed


def _joins(item: Node | None) -> bool:
    symbol = item.base if isinstance(item, Scripts) else item
    return isinstance(symbol, Symbol) and symbol.kind in (Kind.BINARY, Kind.RELATION)


def _is_comma(item: Node | None) -> bool:
    return isinstance(item, Symbol) and item.kind == Kind.PUNCTUATION


def _relation(item: Node) -> str:
    """The text of a relation without scripts; "" for anything else."""
    return item.text if isinstance(item, Symbol) and item.kind == Kind.RELATION else ""


def _text(item: Node) -> str:
    symbol = item.base if isinstance(item, Scripts) else item
    return symbol.text if isinstance(symbol, Symbol) else ""


def _groups(items: list[Node]) -> list[list[int]]:
    """The places of the bars, by their glyph and the parentheses they are in."""
    levels: list[dict[str, list[int]]] = [{}]
    groups: list[list[int]] = []
    for index, item in enumerate(items):
        symbol = item.base if isinstance(item, Scripts) else item
        if not isinstance(symbol, Symbol):
            continue
        if symbol.text in _BARS:
            if symbol.kind == Kind.ORDINARY and symbol.size != 5:
                levels[-1].setdefault(symbol.text, []).append(index)
        elif symbol.kind == Kind.OPENING:
            levels.append({})
        elif symbol.kind == Kind.CLOSING and symbol.text != "!":
            groups.extend(levels.pop().values())
            if not levels:
                levels.append({})
    for level in levels:
        groups.extend(level.values())
    return [indices for indices in groups if len(indices) > 1]


def _after_operand(items: list[Node], index: int, opened: list[int]) -> bool:
    """Whether something is before this place that a bar could close or apply to."""
    index -= 1
    while index > 0 and isinstance(items[index], Space):
        index -= 1
    if index < 0 or index in opened or isinstance(items[index], Space):
        return False
    before = items[index]
    base = before.base if isinstance(before, Scripts) else before
    if isinstance(base, Symbol):
        if base.text in _PLACEHOLDERS and not _after_operand(items, index, opened):
            return True
        return base.kind in _OPERANDS
    return not (isinstance(base, Name) and (base.operator or base.text in _FUNCTIONS))


def _as_kind(item: Node, kind: int) -> Node:
    if isinstance(item, Scripts) and isinstance(item.base, Symbol):
        return item.on(_as_kind(item.base, kind))
    return Symbol(item.text, kind, item.alphabet, item.size) if isinstance(item, Symbol) else item
