r"""Formulas of substances and reactions as the mhchem package writes them.

For example `\ce{2H2 + O2 -> 2H2O}`.
"""

from __future__ import annotations

import re

from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.nodes import EMPTY, Kind, Name, Node, Row, Scripts, Space, Stack, Symbol

_TOKEN = re.compile(
    r"(?P<arrow><=>>|<<=>|<=>|<-->|<->|->|<-)(?P<labels>(?:\[(?:[^\[\]{}]|\{[^{}]*\})*\]){0,2})"
    r"|\$(?P<formula>[^$]*)\$"
    r"|(?P<macro>\\[A-Za-z]+)\s*(?P<argument>\{[^{}]*\})?|(?P<escaped>\\.)"
    r"|\{(?P<group>[^{}]*)\}"
    r"|(?P<script>[\^_])(?P<content>\{(?:[^{}]|\{[^{}]*\})*\}|\$[^$]*\$|\d+[+-]?|[+-]|\.[+-]?|[A-Za-z*]\w*)?"
    r"|(?P<letters>[A-Za-z]+)|(?P<number>\d+(?:[./]\d+)?)|(?P<space>\s+)|(?P<sign>.)",
    re.DOTALL,
)
_ARROWS = {"->": "→", "<-": "←", "<->": "↔", "<-->": "⇄", "<=>": "⇌", "<=>>": "⇌", "<<=>": "⇌"}
_BONDS = {"-": "−", "=": "=", "#": "≡"}
_HYDRATE = "·"
# The unpaired electron of `OH^.` and `O2^{.-}`.
_RADICAL, _IS_RADICAL = "•", re.compile(r"\.[+-]?|[+-]\.")
_OPENING, _CLOSING = "([{", ")]}"


def read_chemistry(parser: FormulaContext, name: str) -> Node:
    r"""`\ce{…}`, `\cf{…}`."""
    return _Reader(parser, parser.raw()).read()


class _Reader:
    """Reads one expression; `_items` end with what the next script belongs to."""

    def __init__(self, parser: FormulaContext, source: str) -> None:
        self._parser = parser
        self._source = source
        self._items: list[Node] = []

    def read(self) -> Row:
        for match in _TOKEN.finditer(self._source):
            self._token(match)
        while self._items and isinstance(self._items[-1], Space):
            self._items.pop()
        return Row(tuple(self._items))

    def _token(self, match: re.Match[str]) -> None:
        items = self._items
        if match["arrow"]:
            items.append(self._arrow(_ARROWS[match["arrow"]], match["labels"]))
        elif match["formula"] is not None:
            items += self._parser.nested_parser(match["formula"]).formula().items
        elif match["macro"]:
            self._macro(match["macro"], match["argument"] or "")
        elif match["group"] is not None:
            items += _Reader(self._parser, match["group"]).read().items
        elif match["script"]:
            self._script(match["script"], (match["content"] or "").strip("{}$"))
        elif match["letters"]:
            self._letters(match["letters"])
        elif match["number"]:
            self._number(match["number"])
        elif match["space"]:
            if items and not isinstance(items[-1], Space):
                items.append(Space(1 / 3))
        else:
            self._sign((match["escaped"] or match["sign"])[-1], match)

    def _arrow(self, sign: str, labels: str) -> Node:
        """An arrow with the labels over and under it."""
        over, under = (*re.findall(r"\[((?:[^\[\]{}]|\{[^{}]*\})*)\]", labels), "", "")[:2]
        arrow = Symbol(sign, Kind.RELATION)
        if not over and not under:
            return arrow
        upper, lower = (_Reader(self._parser, label).read() if label else None for label in (over, under))
        return Stack(Row((arrow,)), upper, lower, stretch=True, kind=Kind.RELATION)

    def _macro(self, macro: str, argument: str) -> None:
        if macro == "\\bond":
            self._items.append(Name(_BONDS.get(argument.strip("{}"), "−"), joined=True))
        else:
            self._items += self._parser.nested_parser(macro + argument).formula().items

    def _letters(self, letters: str) -> None:
        """Elements; a `v` or `^` by itself is a precipitate's or a gas's arrow."""
        alone = not self._items or isinstance(self._items[-1], Space)
        if letters == "v" and alone and self._items:
            self._items.append(Symbol("↓", Kind.RELATION))
        else:
            self._items.append(Name(letters, joined=not alone))

    def _number(self, number: str) -> None:
        """A count before a substance, else the number of atoms of what it is behind."""
        last = self._items[-1] if self._items else None
        is_hydrate = isinstance(last, Name) and last.text == _HYDRATE
        count, dot, water = number.partition(".")
        if isinstance(last, Scripts) and last.subscript is None and not isinstance(last.base, Row):
            self._items[-1] = Scripts(last.base, Row((Symbol(count),)), last.superscript)
        elif _is_substance(last) and last is not None and not is_hydrate:
            self._items[-1] = Scripts(last, Row((Symbol(count),)))
        elif is_hydrate:
            self._items[-1] = Name(_HYDRATE + number, joined=True)
            return
        else:
            self._items.append(Symbol(number))
            return
        if dot:
            self._items.append(Name(_HYDRATE + water, joined=True))

    def _script(self, sign: str, content: str) -> None:
        """A charge or mass number above, a number below; a bare `^` by itself is a gas."""
        if not content:
            self._items.append(Symbol("↑" if sign == "^" else "_", Kind.RELATION))
            return
        row = self._parser.nested_parser(
            content.replace("-", "−").replace(".", _RADICAL if _IS_RADICAL.fullmatch(content) else ".")
        ).formula()
        last = self._items[-1] if self._items else None
        scripts = last if isinstance(last, Scripts) else Scripts(EMPTY)
        if last is not None and _is_substance(last):
            scripts = Scripts(last)
        elif scripts is not last or (scripts.superscript if sign == "^" else scripts.subscript):
            scripts = Scripts(EMPTY)
            self._items.append(scripts)
        upper = row if sign == "^" else scripts.superscript
        lower = scripts.subscript if sign == "^" else row
        self._items[-1] = Scripts(scripts.base, lower, upper)

    def _sign(self, sign: str, match: re.Match[str]) -> None:
        """A charge, a bond, a plus between substances, a bracket, the dot of a hydrate."""
        items = self._items
        alone = not items or isinstance(items[-1], Space)
        at_end = self._source[match.end() : match.end() + 1] in ("", " ", ")", "]", "}", ",")
        if sign in "+-" and not alone and at_end:
            charge = Row((Symbol("+" if sign == "+" else "−", Kind.BINARY),))
            last = items[-1]
            scripts = last if isinstance(last, Scripts) and last.superscript is None else Scripts(last)
            items[-1] = Scripts(scripts.base, scripts.subscript, charge)
        elif sign in "*.":
            items.append(Name(_HYDRATE, joined=True))
        elif sign in _BONDS and not alone:
            items.append(Name(_BONDS[sign], joined=True))
        elif sign in _OPENING:
            items.append(Symbol(sign, Kind.OPENING))
        elif sign in _CLOSING:
            items.append(Symbol(sign, Kind.CLOSING))
        elif sign == "+":
            items.append(Symbol("+", Kind.BINARY))
        elif sign == "@":
            items.append(Name(sign, joined=True))
        else:
            items += self._parser.nested_parser(sign).formula().items


def _is_substance(node: Node | None) -> bool:
    """Tell whether a number or charge behind this belongs to it."""
    return isinstance(node, Name) or (isinstance(node, Symbol) and node.kind == Kind.CLOSING)
