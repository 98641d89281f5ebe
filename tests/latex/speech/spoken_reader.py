"""Reads a spoken formula back, by the grammar of `tui_digest.latex.speech.grammar` and its words alone.

What it gives is a formula in the form of `folding`, in which spellings of the same formula are equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from tests.latex.speech.folding import (
    LARGE_NAMES,
    Item,
    Items,
    base_of,
    joined,
    normalised,
    scripted,
    sign,
    stripped,
    whole,
    words,
)
from tui_digest.latex.formula.units import UNIT_NAMES
from tui_digest.latex.nodes import Symbol
from tui_digest.latex.speech.words import (
    ALPHABETS,
    BINARY_SUMS,
    COUNTS,
    LEADING,
    LONE_SIGNS,
    MARKS,
    NAMES,
    PARTS,
    PREFIXED_MARKS,
    SIGNS,
    SPELLINGS,
    negate_words,
)
from tui_digest.latex.symbols.table import COMMANDS

_TOKEN = re.compile(r"“[^”]*”|[,;:.](?=[,;:.]*(?:\s|$))|(?:[^\s“,;:.]|[,;:.](?![,;:.]*(?:\s|$)))+")
_LARGE = frozenset("∑∏∐∫∬∭⨌∮∯⨍⋃⋂⨁⨂⨀⋁⋀⨆⨄⨉")
_OTHER_SIGNS = {
    "given": "|", "such that": "|", "vertical bar": "|", "about": "∼", "through": "∼",
    "is distributed as": "∼", "is about": "∼",
    "is approximately equal to": "≃", "approximately equal to": "≃",
    "similarity": "∼", "the number of elements of": "#",
    "the number of": "#", "down to": "↓", "up to": "↑",
    "multiplied by": "×",
    "goes to": "→", "by": "×", "center dot": "⋅", "slash": "/", "comma": ",", "semicolon": ";",
    "dash": "−", "perpendicular": "⊥", "shriek": "!", "star sign": "⋆",
    "double arrow to": "⇒", "circled plus": "⊕", "gets": "←", "micro": "μ", "arrow": "→",
    "epsilon": "ε", "not": "¬", "where": ":", "bottom": "⊥", "circle": "∘",
}  # fmt: skip
_POSTFIXES = {
    "squared": ["2"], "cubed": ["3"], "inverse": ["−", "1"], "transpose": ["⊤"], "star": ["∗"],
    "dagger": ["†"], "perp": ["⊥"], "degrees": ["∘"], "double star": ["∗", "∗"], "th": ["th"],
    "complement": ["c"],
}  # fmt: skip
_PRIMES = {"prime": 1, "double prime": 2, "triple prime": 3}
_FENCES = {
    "absolute value": "||", "size": "||", "norm": "‖‖", "floor": "⌊⌋", "ceiling": "⌈⌉",
}  # fmt: skip
_PAIRS = {"quantity": "()", "pair": "()", "tuple": "()", "set": "{}"}
_ENDING = frozenset(("end", "choose", "atop", "with", "above", "below", "row"))


class Mode(NamedTuple):
    """What ends a row besides an end word."""

    bounds: bool = False
    fraction: bool = False
    cell: str = ""
    two: str = ""


class NotSpoken(Exception):
    """The words are no formula."""


def read(text: str) -> Items:
    """The folded formula that was said.

    Raises:
        NotSpoken: the words are no formula.
    """
    reader = Reader(text)
    items, position = reader.row(0, Mode())
    if position != len(reader.tokens):
        raise NotSpoken(f"{' '.join(reader.tokens[:position])} ▶ {' '.join(reader.tokens[position:])}")
    return whole(items)


@cache
def _phrases() -> dict[tuple[str, ...], Any]:
    """Signs and the names of functions by their words."""
    found: dict[str, Any] = {}
    for symbol in COMMANDS.values():
        text = symbol.text if isinstance(symbol, Symbol) else ""
        if len(text) == 1 and not text.isalnum() and text not in SIGNS and text not in SPELLINGS:
            found.setdefault(unicodedata.name(text).lower(), sign(text))
    for text in '"@`$':
        found[unicodedata.name(text).lower()] = sign(text)
    for name, symbol in COMMANDS.items():
        letter = symbol.text if isinstance(symbol, Symbol) else ""
        is_named = "Ͱ" <= letter <= "Ͽ" or "ℵ" <= letter <= "ℸ"
        if is_named and len(letter) == 1 and len(name) > 1 and letter not in SIGNS and name[:3] != "var":
            found.setdefault(f"capital {name}" if name[0].isupper() else name, sign(letter))
    for text, phrase in SIGNS.items():
        if text not in _LARGE and text != "½":
            found[phrase] = sign(text)
            if not text.isalpha() and text != "¬":
                found[negate_words(phrase)] = sign(text + "\u0338")
    found["not in"], found["is not equal to"] = sign("∉"), sign("≠")
    for name, phrase in NAMES.items():
        if " " in phrase:
            found[phrase] = ("w", NAMES[name], "")
    found |= {phrase: sign(text) for phrase, text in _OTHER_SIGNS.items()}
    found |= {phrase: sign(text) for text, phrase in BINARY_SUMS.items()}
    return {tuple(phrase.split()): item for phrase, item in found.items()}


class Reader:
    """Reads the words of one formula by recursive descent; the longest part that has an end word wins."""

    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.findall(text)
        self._rows: dict[tuple[int, Mode], tuple[Items, int]] = {}

    def row(self, start: int, mode: Mode) -> tuple[Items, int]:
        """The items from here as far as they go, and where they end."""
        known = self._rows.get((start, mode))
        if known is None:
            items: Items = []
            position = start
            while (after := self._step(position, items, mode)) is not None:
                position = after
            known = self._rows[start, mode] = normalised(items), position
        return known

    def _at(self, position: int, *phrase: str) -> bool:
        return tuple(self.tokens[position : position + len(phrase)]) == phrase

    def _token(self, position: int) -> str:
        return self.tokens[position] if position < len(self.tokens) else ""

    def _step(self, position: int, items: Items, mode: Mode) -> int | None:
        """Read one more thing into the items; None where the row ends."""
        token = self._token(position)
        if not token or token in _ENDING - {"with", "choose"}:
            return None
        end = self._postfix(position, items) if items else self._script(position, items)
        if end is not None:
            return end
        if token == mode.two:
            return None
        if items and token in ("of", "that"):
            return self._argument(position, items, mode)
        if (mode.bounds and token == "to") or (mode.fraction and token == "over"):
            return None
        if token in mode.cell:
            return None
        if token == "times":
            after = self._token(position + 1)
            is_last = after in ("", "end", ",", ";", ".")
            is_number = after[:1].isdigit() or self._at(position + 1, "one", "over")
            if after == "10" and self._token(position - 2) == "end" and self._token(position + 2) == "to":
                items.append(sign("×"))
                return position + 1
            if position == 0:
                return self._first_times(items)
            is_measured = bool(items) and items[-1][0] == "s" and items[-1][1] and items[-1][2]
            found = None if is_last or after == "the" else self._item(position + 1)
            is_word = found is not None and found[0][:1] != [] and found[0][0][0] == "w"
            is_product = bool(items) and self._is_number(items[-1]) and (is_last or is_number or is_word)
            is_product = is_product or (is_number and self._token(position - 1) in UNIT_NAMES)
            if is_product or (is_measured and after == "10" and self._is_number(items[-1][1])):
                items.append(sign("×"))
            return position + 1
        if token == "per" and self._token(position - 1) in (*UNIT_NAMES, *_POSTFIXES):
            items.append(sign("/"))
            return position + 1
        if token == "choose" and items:
            found = self._unit(position + 1)
            if found is None:
                return None
            items[-1] = ("b", [items[-1]], found[0])
            return found[1]
        found = self._item(position)
        if found is None:
            return (
                self._script(position, items)
                if not items or self._token(position) in ("left", "then")
                else None
            )
        items += found[0]
        return found[1]

    @staticmethod
    def _first_times(items: Items) -> int:
        """The × of `×10` at the beginning of a formula."""
        items.append(sign("×"))
        return 1

    @staticmethod
    def _is_number(item: Item) -> bool:
        return bool(item[0] == "x" and item[1][0].isdigit())

    def _must(self, found: tuple[Items, int] | None) -> tuple[Items, int]:
        if found is None:
            raise NotSpoken
        return found

    def _ended(self, start: int, *name: str, mode: Mode | None = None) -> tuple[Items, int] | None:
        """A row that ends with this end word."""
        try:
            items, position = self.row(start, mode or Mode())
        except NotSpoken:
            return None
        if self._at(position, "end", *name):
            return items, position + 1 + len(name)
        return None

    def _part(self, start: int, *name: str) -> tuple[Items, int] | None:
        """A row with its end word, or a unit."""
        found = self._ended(start, *name)
        if found is None and (unit := self._unit(start)) is not None:
            found = normalised(unit[0]), unit[1]
        return found

    def _closed(self, start: int, *name: str, mode: Mode | None = None) -> tuple[Items, int]:
        return self._must(self._ended(start, *name, mode=mode))

    # Accents, indices, powers

    def _postfix(self, position: int, items: Items) -> int | None:
        after = self._accent(position, items) or self._script(position, items)
        if after is None and (stack := self._stacked(position, items[-1:])) is not None:
            is_arrow = self._token(position - 1) == "arrow" and self._at(stack[1], "to")
            items[-1], after = stack[0], stack[1] + is_arrow
        return after

    def _accent(self, position: int, items: Items) -> int | None:
        last = items[-1]
        if last[0] not in "xwa" or self._phrase(position)[1] > 1:
            return None
        for size in (2, 1):
            mark = " ".join(self.tokens[position : position + size])
            if mark in MARKS.values() and mark not in PREFIXED_MARKS and position + size <= len(self.tokens):
                items[-1] = ("a", [last], mark)
                return position + size
        return None

    def _script(self, position: int, items: Items) -> int | None:
        """An index, primes or a power of the last item, or of nothing."""
        start = position
        if self._token(position) in ("left", "then"):
            position += 1
        base = [] if position > start or not items else [items[-1]]
        found = (
            self._index(position) or self._primes(position) or self._power(position) or self._range(position)
        )
        if found is None:
            return None
        subscript, superscript, primes, after = found
        items[len(items) - len(base) :] = scripted(base, subscript, superscript, primes)
        return after

    def _index(self, position: int) -> tuple[Items | None, Items | None, int, int] | None:
        name = self._token(position)
        if name not in ("sub", "base"):
            return None
        if self._at(position + 1, "star"):
            return [sign("∗")], None, 0, position + 2
        if self._at(position + 1, "small", "star"):
            return [sign("⋆")], None, 0, position + 3
        for text, word in LONE_SIGNS.items():
            if self._at(position + 1, word):
                return [sign(text)], None, 0, position + 2
        found = self._ended(position + 1, name) or self._signed(position + 1, takes_postfix=False)
        items, after = self._must(found)
        return normalised(items), None, 0, after

    def _range(self, position: int) -> tuple[Items | None, Items | None, int, int] | None:
        if not self._at(position, "from"):
            return None
        lower, after = self.row(position + 1, Mode(bounds=True))
        if not self._at(after, "to"):
            return None
        upper, after = self.row(after + 1, Mode(bounds=True))
        return (lower, upper, 0, after + 2) if self._at(after, "end", "range") else None

    def _primes(self, position: int) -> tuple[Items | None, Items | None, int, int] | None:
        if self._phrase(position)[1] > 1:
            return None
        for size in (2, 1):
            words_ahead = " ".join(self.tokens[position : position + size])
            if words_ahead in _PRIMES and position + size <= len(self.tokens):
                return None, None, _PRIMES[words_ahead], position + size
        return None

    def _power(self, position: int) -> tuple[Items | None, Items | None, int, int] | None:
        token = self._token(position)
        if self._at(position, "double", "star"):
            return None, [sign("∗"), sign("∗")], 0, position + 2
        if self._at(position, "small", "star"):
            return None, [sign("⋆")], 0, position + 2
        for side, raised in (("above", "+"), ("below", "−")):
            if self._at(position, "from", side):
                return None, [sign(raised)], 0, position + 2
        if token in _POSTFIXES and self._phrase(position)[1] < 2:
            power = [("w", "th", "")] if token == "th" else list(map(sign, _POSTFIXES[token]))
            return None, power, 0, position + 1
        if self._at(position, "superscript", "paren"):
            items, after = self._must(self._part(position + 2, "paren"))
            return None, [sign("("), *items, sign(")")], 0, after
        if self._at(position, "superscript", "bracket"):
            items, after = self._must(self._item(position + 1))
            return None, items, 0, after
        if token == "superscript":
            found = (
                self._ended(position + 1, token) or self._lone_sign(position + 1) or self._unit(position + 1)
            )
            items, after = self._must(found)
            return None, normalised(items), 0, after
        if self._at(position, "to", "the", "power"):
            items, after = self._closed(position + 3, "power")
            return None, items, 0, after
        if self._at(position, "to", "the") and not self._is_thing(position + 2):
            found = self._signed(position + 2)
            if found is not None and self._token(found[1]) == "by":
                second, after = self._must(self._unit(found[1] + 1))
                found = [*found[0], sign("×"), *second], after
            return (None, normalised(found[0]), 0, found[1]) if found is not None else None
        return None

    def _is_thing(self, position: int) -> bool:
        """Whether what follows "the" is a construct, so that the "to" before it is no power."""
        ahead = self.tokens[position : position + 4]
        is_norm = "of" in ahead and ahead[ahead.index("of") - 1].endswith("-norm")
        is_table = self._at(position + 1, "by") and self._token(position + 3) in _TABLES
        is_accent = any(" ".join(ahead[:size]) in MARKS.values() for size in (1, 2)) and (
            "over" in ahead[1:3] or "under" in ahead[1:3]
        )
        return ahead[:1] != [] and (ahead[0] in _AFTER_THE or is_norm or is_table or is_accent)

    def _signed(self, position: int, takes_postfix: bool = True) -> tuple[Items, int] | None:
        """A unit, perhaps with a sign before it."""
        token = self._token(position)
        if token not in ("plus", "minus") or self._at(position + 1, "or"):
            return self._unit(position, takes_postfix)
        found = self._unit(position + 1, takes_postfix)
        return ([sign({"plus": "+", "minus": "−"}[token]), *found[0]], found[1]) if found else None

    def _lone_sign(self, position: int) -> tuple[Items, int] | None:
        item, size = self._phrase(position)
        if size and item[0] == "x" and not item[1].isalnum() and item[1] not in "∞∅":
            return [item], position + size
        return None

    def _stacked(self, position: int, base: Items) -> tuple[Item, int] | None:
        """What has small print over or under it."""
        over: Items = []
        under: Items = []
        while self._token(position) == "with" and not self._at(position, "with", "label"):
            small, position = self.row(position + 1, Mode())
            if self._token(position) not in ("above", "below"):
                raise NotSpoken("with")
            small = joined(small) or []
            over, under = (small, under) if self._token(position) == "above" else (over, small)
            position += 1
        return (("o", base, over, under), position) if over or under else None

    # Functions

    def _argument(self, position: int, items: Items, mode: Mode) -> int | None:
        """What "of" leads to: an argument in brackets, or no more than what follows a name."""
        base = base_of(items[-1])
        if base == sign(")"):
            base = ("w", "argument", "")
        if base is None or base[0] not in "xwu" or not base[1][0].isalnum():
            return None if mode.bounds else position + 1
        found = None
        for name in _end_names(base):
            found = found or self._ended(position + 1, name)
        if found is None and _is_large_name(base):
            return self._two_of(position, items)
        if found is None and mode.bounds:
            return None
        is_name = base[0] in "wu" and base_of(items[-1]) != sign(")")
        if found is None and (is_name or self._is_interval(position + 1)):
            return position + 1
        found = found or self._unit(position + 1)
        if found is None:
            return position + 1
        items += [sign("("), *found[0], sign(")")]
        return found[1]

    def _two_of(self, position: int, items: Items) -> int:
        name = next(name for name in _end_names(base_of(items[-1])))
        first, after = self.row(position + 1, Mode(two="and"))
        second = self._ended(after + 1, name) if self._at(after, "and") else None
        if second is None:
            unit = self._unit(position + 1)
            if unit is None or not self._at(unit[1], "and"):
                return position + 1
            first, second = unit[0], self._unit(unit[1] + 1)
            if second is None:
                return position + 1
        items += [sign("("), *first, sign(","), *second[0], sign(")")]
        return second[1]

    def _is_interval(self, position: int) -> bool:
        return self._at(position, "the", "interval") or self._token(position + 2) == "interval"

    # Items

    def _unit(self, position: int, takes_postfix: bool = True) -> tuple[Items, int] | None:
        """A letter, number, word, sign or bracket, with accents, an index, primes, a star."""
        token = self._token(position)
        common = self._common_fraction(position)
        if common is not None:
            return common
        if self._at(position, "the"):
            is_bracket = self._token(position + 1) in (*_PAIRS, "empty") or self._at(position + 2, "by")
            is_accent = self._token(position + 1) in {mark.split()[0] for mark in MARKS.values()}
            is_cases = self._token(position + 1) in ("cases", "system")
            if not (is_bracket or is_accent or is_cases):
                return None
        if token in (
            "end",
            "of",
            "over",
            "with",
            "bracket",
            "brace",
            "double",
            "ket",
            "bra",
            "evaluated",
            "restricted",
            "angle",
            "",
        ):
            return None
        found = self._item(position)
        if found is None or len(found[0]) == 0:
            return None
        items, after = list(found[0]), found[1]
        if len(items) > 1:
            return items, after
        item = items[0]
        if item[0] == "x" and not item[1].isalnum() and not item[1][0].isdigit() and item[1] in _NO_UNITS:
            return None
        while True:
            step = self._accent(after, items)
            if step is None and self._token(after) in ("sub", "base"):
                step = self._script(after, items)
            if step is None and takes_postfix and self._primes(after) is not None:
                step = self._script(after, items)
            if (
                step is None
                and takes_postfix
                and self._token(after) in ("star", "dagger")
                and self._phrase(after)[1] < 2
            ):
                step = self._script(after, items)
            if step is None and takes_postfix and self._at(after, "small", "star"):
                step = self._script(after, items)
            if step is None:
                return items, after
            after = step

    def _common_fraction(self, position: int) -> tuple[Items, int] | None:
        count, part = self._token(position), self._token(position + 1)
        part = "half" if part == "halves" else part.removesuffix("s")
        if count in COUNTS[1:] and part in PARTS.values():
            number = next(number for number, name in PARTS.items() if name == part)
            return [("f", [sign(str(COUNTS.index(count)))], [sign(number)])], position + 2
        return None

    def _phrase(self, position: int) -> tuple[Any, int]:
        """The sign whose words are the longest from here, and how many they are."""
        phrases = _phrases()
        for size in range(min(9, len(self.tokens) - position), 0, -1):
            item = phrases.get(tuple(self.tokens[position : position + size]))
            if item is not None:
                leading = self._leading(position)
                return leading if leading[1] > size else (item, size)
        return self._leading(position)

    def _leading(self, position: int) -> tuple[Any, int]:
        """A comparison with nothing before it, which is said without its "is"."""
        phrases = sorted((phrase.split() for phrase in LEADING), key=len, reverse=True)
        for is_word, *rest in phrases:
            if self._at(position, *rest):
                return _phrases()[is_word, *rest], len(rest)
        return None, 0

    def _item(self, position: int) -> tuple[Items, int] | None:
        token = self._token(position)
        item, size = self._phrase(position)
        if token == "the" and not size:
            return self._the(position)
        for opening, read_one in _OPENINGS.items():
            if self._at(position, *opening.split()) and size < 2:
                return read_one(self, position + len(opening.split()))
        if size:
            return [item], position + size
        common = self._common_fraction(position)
        if common is not None:
            return common
        if token in ALPHABETS.values():
            return self._in_alphabet(position)
        if token.startswith("“"):
            return words(token[1:-1]), position + 1
        if token in _NO_ITEMS:
            return None
        if token == "one":
            return [sign("1")], position + 1
        if len(token) == 1 or token[0].isdigit():
            return [sign(token)], position + 1
        return words(token), position + 1

    def _in_alphabet(self, position: int) -> tuple[Items, int] | None:
        alphabet = next(key for key, name in ALPHABETS.items() if name == self._token(position))
        found = self._item(position + 1)
        if found is None:
            return None
        item = found[0][0]
        return [(item[0], item[1], alphabet)], found[1]

    def _the(self, position: int) -> tuple[Items, int] | None:
        first = self._token(position + 1)
        for read_one in (self._large, self._fence, self._accented, self._table, self._norm):
            found = read_one(position + 1)
            if found is not None:
                return found
        if first in _PAIRS:
            items, after = self._closed(position + 2, first)
            sides = _PAIRS[first]
            return [sign(sides[0]), *items, sign(sides[1])], after
        if first == "fraction":
            return self._two_parts(position + 2, "over", "fraction", "f")
        if first == "stack":
            return self._two_parts(position + 2, "atop", "stack", "atop")
        if first == "binomial":
            return self._two_parts(position + 2, "choose", "binomial", "b")
        if first in ("underbrace", "overbrace"):
            return self._brace(position + 2, first)
        if first == "base":
            items, after = self._closed(position + 2, "base")
            stack = self._stacked(after, items)
            return ([stack[0]], stack[1]) if stack is not None else (items, after)
        if self._at(position + 1, "inner", "product", "of"):
            return self._pair_of(position + 4, "and", ("inner", "product"), "⟨⟩")
        for phrase, sides in _INTERVALS.items():
            if self._at(position + 1, *phrase.split()):
                return self._pair_of(position + 1 + len(phrase.split()), "to", ("interval",), sides)
        return self._root(position + 1)

    def _two_parts(self, start: int, joint: str, name: str, kind: str) -> tuple[Items, int]:
        mode = Mode(fraction=joint == "over", two=joint)
        first, position = self.row(start, mode)
        if not self._at(position, joint):
            raise NotSpoken(joint)
        second, position = self._closed(position + 1, name, mode=Mode(fraction=joint == "over"))
        return [(kind, first, second)], position

    def _brace(self, start: int, name: str) -> tuple[Items, int]:
        items, position = self.row(start, Mode(two="with"))
        label: Items | None = None
        if self._at(position, "with", "label"):
            label, position = self.row(position + 2, Mode())
        if not self._at(position, "end", name):
            raise NotSpoken(name)
        return [("brace", name == "overbrace", items, label)], position + 2

    def _pair_of(self, start: int, joint: str, name: tuple[str, ...], sides: str) -> tuple[Items, int]:
        mode = Mode(two=joint, bounds=joint == "to")
        first, position = self.row(start, mode)
        second = None
        if self._at(position, joint):
            second = self._ended(position + 1, *name, mode=Mode(bounds=joint == "to"))
        if second is None:
            units = self._must(self._unit(start))
            if not self._at(units[1], joint):
                raise NotSpoken(joint)
            first, second = units[0], self._must(self._signed_unit(units[1] + 1))
        return [sign(sides[0]), *first, sign(","), *second[0], sign(sides[1])], second[1]

    def _signed_unit(self, position: int) -> tuple[Items, int] | None:
        return self._unit(position)

    def _root(self, position: int) -> tuple[Items, int] | None:
        degree: Items | None = None
        if self._at(position, "square", "root", "of"):
            position += 3
        elif self._at(position, "cube", "root", "of"):
            degree, position = [sign("3")], position + 3
        elif self._at(position, "root", "of", "order"):
            degree, position = self.row(position + 3, Mode(bounds=True))
            if not self._at(position, "of"):
                raise NotSpoken("root of order")
            position += 1
        else:
            return None
        radicand, position = self._must(self._part(position, "root"))
        return [("r", degree, radicand)], position

    def _large(self, position: int) -> tuple[Items, int] | None:
        item, after = self._large_name(position)
        if item is None:
            return None
        items: Items = [item]
        while self._primes(after) is not None:
            after = self._script(after, items) or after
        lower: Items | None = None
        upper: Items | None = None
        if self._token(after) in ("from", "over", "as"):
            opening = self._token(after)
            lower, after = self._bound(after + 1)
            if opening == "from" and not self._at(after, "to"):
                raise NotSpoken("from")
        if self._at(after, "to"):
            upper, after = self._bound(after + 1)
        items = scripted(items, lower, upper, 0)
        if self._token(after) not in ("of", "that"):
            return items, after
        if item[0] == "w":
            step = self._argument(after, items, Mode())
            return items, step if step is not None else after + 1
        return items, after + 1

    def _bound(self, position: int) -> tuple[Items, int]:
        items, after = self.row(position, Mode(bounds=True))
        return items, after + 2 if self._at(after, "end", "bounds") else after

    def _large_name(self, position: int) -> tuple[Any, int]:
        for text in _LARGE:
            phrase = SIGNS[text].split()
            if self._at(position, *phrase):
                longer = [
                    SIGNS[other].split() for other in _LARGE if SIGNS[other].startswith(SIGNS[text] + " ")
                ]
                if not any(self._at(position, *other) for other in longer):
                    return sign(text), position + len(phrase)
        for name in sorted(LARGE_NAMES, key=len, reverse=True):
            if self._at(position, *name.split()):
                return ("w", NAMES.get(name, name), ""), position + len(name.split())
        token = self._token(position)
        if token.startswith("“"):
            return ("w", token[1:-1], ""), position + 1
        return None, position

    def _fence(self, position: int) -> tuple[Items, int] | None:
        for name, sides in _FENCES.items():
            if self._at(position, *name.split(), "of"):
                start = position + len(name.split()) + 1
                items, after = self._must(self._part(start, *name.split()))
                return [sign(sides[0]), *items, sign(sides[1])], after
        return None

    def _norm(self, position: int) -> tuple[Items, int] | None:
        for size in (1, 2, 3):
            token = self._token(position + size - 1)
            if token == "the":
                return None
            if token.endswith("-norm") and self._at(position + size, "of"):
                name = [*self.tokens[position : position + size - 1], token.removesuffix("-norm")]
                index = read(" ".join(name))
                items, after = self._must(self._part(position + size + 1, "norm"))
                return [sign("‖"), *items, *scripted([sign("‖")], index, None, 0)], after
        return None

    def _accented(self, position: int) -> tuple[Items, int] | None:
        for mark in sorted(set(MARKS.values()), key=len, reverse=True):
            size = len(mark.split())
            if self._at(position, *mark.split()) and self._token(position + size) in ("over", "under"):
                items, after = self._closed(position + size + 1, *mark.split())
                return [("a", items, mark)], after
        return None

    def _table(self, position: int) -> tuple[Items, int] | None:
        if self._at(position, "cases", ":"):
            return self._cells(position + 2, "cases")
        if self._at(position, "system", ":"):
            return self._cells(position + 2, "system")
        if not self._at(position + 1, "by"):
            return None
        name = self._token(position + 3)
        name = f"{name} matrix" if name in ("norm", "brace") else name
        position += 3 + len(name.split())
        rules: list[tuple[str, str]] = []
        while self._at(position, "with", "a"):
            rules.append((self._token(position + 2), self._token(position + 5)))
            position += 6
        return self._cells(position + 1, name, *rules)

    def _cells(self, position: int, name: str, *rules: tuple[str, str]) -> tuple[Items, int]:
        rows: list[list[Items]] = []
        while not self._at(position, "end", *name.split()):
            if self._at(position, "row"):
                position += 3
            cells: list[Items] = []
            while True:
                cell, position = self.row(position, Mode(cell=";" if name == "system" else ",;"))
                cells.append(stripped(cell))
                if not self._at(position, ","):
                    break
                position += 1
            rows.append(cells)
            if not self._at(position, ";"):
                raise NotSpoken("cell")
            position += 1
        return [("m", name, rows, *rules)], position + 1 + len(name.split())


@cache
def _end_names(base: Item) -> tuple[str, ...]:
    """The words after "end" where the argument of this function may end."""
    if base[0] in "wu":
        names = [name for name, phrase in NAMES.items() if phrase == base[1]]
        last = dict.fromkeys(name.split()[-1].strip("“”") for name in (base[1], *names))
        return tuple(name if name.isalnum() else "argument" for name in last)
    named = [phrase[-1] for phrase, item in _phrases().items() if item[1:] == (base[1], "")]
    return (named[0] if named else base[1],)


def _is_large_name(base: Item) -> bool:
    """Whether a name is that of a limit or a maximum."""
    return bool(base[0] == "w" and base[1] in LARGE_NAMES)


def _vector(reader: Reader, position: int, mark: str) -> tuple[Items, int] | None:
    found = reader._item(position)
    if found is None:
        return None
    items, after = list(found[0]), found[1]
    while (step := reader._accent(after, items)) is not None:
        after = step
    return [("a", items, mark)], after


def _between(left: str, right: str, *name: str) -> Callable[[Reader, int], tuple[Items, int]]:
    def read_one(reader: Reader, position: int) -> tuple[Items, int]:
        items, after = reader._closed(position, *name)
        return [sign(left), *items, sign(right)], after

    return read_one


def _half_open(left: str, right: str, name: str) -> Callable[[Reader, int], tuple[Items, int]]:
    def read_one(reader: Reader, position: int) -> tuple[Items, int]:
        items, after = reader._must(reader._part(position, name))
        return [sign(left), *items, sign(right)], after

    return read_one


def _modulo(reader: Reader, position: int) -> tuple[Items, int]:
    items, after = reader._must(reader._part(position, "modulo"))
    return [sign("("), ("w", "mod", ""), *items, sign(")")], after


def _evaluated(name: str) -> Callable[[Reader, int], tuple[Items, int]]:
    def read_one(reader: Reader, position: int) -> tuple[Items, int]:
        items, after = reader._must(reader._part(position, name))
        return scripted([sign("|")], items, None, 0), after

    return read_one


def _order(letter: str) -> Callable[[Reader, int], tuple[Items, int]]:
    return lambda reader, position: ([sign(letter)], position)


def _word(word: str) -> Callable[[Reader, int], tuple[Items, int]]:
    return lambda reader, position: ([("w", word, "")], position)


_OPENINGS: dict[str, Callable[[Reader, int], tuple[Items, int] | None]] = {
    "left vector": lambda reader, position: _vector(reader, position, "left vector"),
    "double vector": lambda reader, position: _vector(reader, position, "double vector"),
    "vector": lambda reader, position: _vector(reader, position, "vector"),
    "angle bracket": _between("⟨", "⟩", "angle", "bracket"),
    "double angle bracket": _between("⟪", "⟫", "double", "angle", "bracket"),
    "double bracket": _between("⟦", "⟧", "double", "bracket"),
    "bracket": _between("[", "]", "bracket"),
    "brace": _between("{", "}", "brace"),
    "paren": _between("(", ")", "paren"),
    "ket": _half_open("|", "⟩", "ket"),
    "bra": _half_open("⟨", "|", "bra"),
    "modulo": _modulo,
    "evaluated at": _evaluated("evaluation"),
    "restricted to": _evaluated("restriction"),
    "big O": _order("O"),
    "little o": _order("o"),
    "big Omega": _order("Ω"),
    "big Theta": _order("Θ"),
    "div": _word("div"),
    "curl": _word("curl"),
}
_INTERVALS = {
    "interval from": "[]",
    "right-open interval from": "[)",
    "left-open interval from": "(]",
    "open interval from": "()",
}
_JOINING = ("of", "over", "from", "to", ",", ";", "bracket", "quantity", "set", "paren", "given")
_NO_UNITS = "|‖/.:!'…⋮⋱&\\%′\"+−±=<>≤≥,;⋅×→∼"
_AFTER_THE = frozenset(
    word.split()[0]
    for word in (
        *(SIGNS[text] for text in _LARGE), *LARGE_NAMES, *_FENCES, *_PAIRS, *_INTERVALS,
        "fraction", "stack", "binomial", "underbrace", "overbrace", "inner", "square", "cube", "root", "base",
        "real", "imaginary", "empty", "cases", "system",
    )
)  # fmt: skip
_TABLES = frozenset(("matrix", "determinant", "array", "norm", "brace"))
_NO_ITEMS = {
    "the", "of", "that", "over", "end", "sub", "superscript", "left", "then", "with", "above", "below",
    "choose", "atop", "row", "and", "capital", *_POSTFIXES, *_PRIMES,
}  # fmt: skip
