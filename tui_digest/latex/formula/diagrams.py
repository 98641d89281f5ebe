r"""Commutative diagrams in words.

`CD`, `tikzcd`, `\xymatrix` as "[diagram: A to B by f; …]".

Each arrow is read with the objects at its ends; objects without an arrow come last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.formula.groups import may_be_repeated
from tui_digest.latex.formula.tokens import cells_of
from tui_digest.latex.nodes import FormulaText, Row, Symbol

_STEPS = {"r": (0, 1), "l": (0, -1), "u": (-1, 0), "d": (1, 0)}
_AMS_ARROW = re.compile(r"@(?:(?P<arrow>[><VA])|(?P<sign>=|\||\\vert|\\Vert|\\\||\.))")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_ARROW = re.compile(r"\\(?:arrow|ar|(?P<steps>[lrud]{1,4})ar)(?![A-Za-z])\s*")
_DIRECTION = re.compile(r"[lrud]{1,6}")
_QUOTED = re.compile(r"\"(?:\{(?P<braced>[^\"]*)\}|(?P<plain>[^\"]*))\"'?")
_XY_LABEL = re.compile(
    r"\s*(?:[\^_|](?:[-+<>]|\([^)]*\))*\s*(?P<label>\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+(?:\{[^{}]*\})*|[^\s\\{}]))"
)
_SPACING = re.compile(r"^\s*(?:@(?:[!CRWHLM]*(?:=[^\s{]*)?|\{[^{}]*\})\s*)+|^\s*\[[^\]]*\]")
# What an arrow's style says, by words of tikz-cd and forms of xy-pic.
_STYLES = (
    (re.compile(r"two heads|twohead|->>"), "onto"),
    (re.compile(r"hook|\^\{?\(|_\{?\(|>->|tail"), "into"),
    (re.compile(r"equal|Rightarrow|\{=\}|=(?!>)"), "equals"),
    (re.compile(r"maps? ?to|\|->"), "maps to"),
    (re.compile(r"leftrightarrow|<->"), "corresponds to"),
    (re.compile(r"no head|\{-\}"), "joined to"),
)
_AS_BEFORE = Row((Symbol("…"),))
_BROKEN = re.compile(r"dashed|dotted|-->|\.\.>|\.>")


class _Arrow(NamedTuple):
    """An arrow: its ends as (row, column), the word that joins them, its labels."""

    start: tuple[int, int]
    end: tuple[int, int]
    word: str
    labels: list[str]
    dashed: bool = False


class _Diagram(NamedTuple):
    """The objects by their places, as TeX, and the arrows between them."""

    objects: dict[tuple[int, int], str]
    arrows: list[_Arrow]


def read_diagram(parser: FormulaContext, environment: str, body: str) -> FormulaText:
    """A diagram's environment, or the argument of `xymatrix`, in words."""
    diagram = _ams_diagram(body) if environment == "CD" else _diagram(body)
    parts: list[str | Row] = []
    shown: dict[tuple[int, int], Row] = {}

    def formula(tex: str) -> Row:
        return parser.nested_parser(tex).formula()

    def object_at(place: tuple[int, int]) -> Row:
        row = shown.get(place)
        if row is not None and not may_be_repeated(row):
            return _AS_BEFORE
        if row is None:
            row = shown[place] = formula(diagram.objects[place])
        return row

    for arrow in diagram.arrows:
        if arrow.start not in diagram.objects or arrow.end not in diagram.objects:
            continue
        parts += ("; " if parts else "[diagram: ", object_at(arrow.start), f" {arrow.word} ")
        parts.append(object_at(arrow.end))
        for number, label in enumerate(arrow.labels):
            parts += (" and " if number else " by ", formula(label))
        if arrow.dashed:
            parts.append(" (dashed)")
    joined = {place for arrow in diagram.arrows for place in (arrow.start, arrow.end)}
    for place in diagram.objects:
        if place not in joined:
            parts += ("; " if parts else "[diagram: ", object_at(place))
    return FormulaText((*parts, "]")) if parts else FormulaText(("[diagram]",))


def _ams_diagram(body: str) -> _Diagram:
    """The diagram of a `CD` environment.

    Rows of objects and arrows, between them rows of arrows.
    """
    diagram = _Diagram({}, [])
    row = -1
    for line in (" & ".join(cells) for cells in cells_of(body)):
        pieces = list(_ams_pieces(line))
        objects = [piece for piece in pieces if isinstance(piece, str)]
        if any(text.strip() for text in objects):
            row += 1
            for column, text in enumerate(objects):
                if text.strip():
                    diagram.objects[row, column] = text.strip()
        is_vertical = not any(text.strip() for text in objects)
        column = 0
        for piece in pieces:
            if isinstance(piece, str):
                continue
            sign, labels = piece
            here = row, column
            there = (row + 1, column) if is_vertical else (row, column + 1)
            if sign in ("<", "A"):
                here, there = there, here
            if sign != ".":
                word = "to" if sign in "><VA" else "equals"
                diagram.arrows.append(_Arrow(here, there, word, labels))
            column += 1
    return diagram


def _ams_pieces(line: str) -> Iterator[str | tuple[str, list[str]]]:
    """The objects of a line, as text, and between them its arrows: sign and labels."""
    position = 0
    while match := _AMS_ARROW.search(line, position):
        yield line[position : match.start()]
        position = match.end()
        labels: list[str] = []
        if sign := match["arrow"]:
            for _ in range(2):
                label, position = _up_to(line, sign, position)
                labels += [label.strip()] if label.strip() else []
        yield sign or match["sign"], labels
    yield line[position:]


def _up_to(line: str, sign: str, position: int) -> tuple[str, int]:
    """The text up to a sign outside of braces, and what comes behind the sign."""
    depth = 0
    for match in re.compile(rf"\\.|[{{}}]|{re.escape(sign)}", re.DOTALL).finditer(line, position):
        if match[0] == sign and depth == 0:
            return line[position : match.start()], match.end()
        depth += (match[0] == "{") - (match[0] == "}")
    return line[position:], len(line)


def _diagram(body: str) -> _Diagram:
    r"""The diagram of a `tikzcd` or an `\xymatrix`.

    Cells with objects, and arrows that leave them.
    """
    diagram = _Diagram({}, [])
    body = _SPACING.sub("", body)
    for row, cells in enumerate(cells_of(body)):
        for column, cell in enumerate(cells):
            rest = _read_arrows(cell, (row, column), diagram.arrows).strip()
            if rest.strip("{} "):
                diagram.objects[row, column] = rest
    return diagram


def _read_arrows(cell: str, place: tuple[int, int], arrows: list[_Arrow]) -> str:
    """A cell without its arrows, which are added to a list."""
    kept: list[str] = []
    position = 0
    while match := _ARROW.search(cell, position):
        kept.append(cell[position : match.start()])
        style, labels, steps = "", [], match["steps"] or ""
        position = match.end()
        while position < len(cell) and cell[position] in "@[{":
            if cell[position] == "@":
                start, position = position, _after_style(cell, position)
                style += cell[start:position]
                continue
            closing = "]" if cell[position] == "[" else "}"
            argument, position = _up_to(cell, closing, position + 1)
            if not steps and (direction := _direction(argument)):
                steps = direction
            elif closing == "}" and argument.strip():
                labels.append(argument.strip())
            labels += [quoted["braced"] or quoted["plain"] for quoted in _QUOTED.finditer(argument)]
            style += _QUOTED.sub("", argument)
        while label := _XY_LABEL.match(cell, position):
            text = label["label"]
            labels.append(text[1:-1] if text[0] == "{" else text)
            position = label.end()
        row, column = place
        for step in steps:
            row, column = row + _STEPS[step][0], column + _STEPS[step][1]
        ends = ((row, column), place) if re.search(r"@\{<-+\}", style) else (place, (row, column))
        labels = [label for label in labels if label.strip()]
        arrows.append(_Arrow(*ends, _word(style), labels, _BROKEN.search(style) is not None))
    return "".join([*kept, cell[position:]])


def _after_style(cell: str, position: int) -> int:
    """Where the style of an arrow of xy-pic ends, such as `@{^{(}->}` or `@/^1pc/`."""
    opening = cell[position + 1 : position + 2]
    if opening == "/":
        end = cell.find("/", position + 2)
        return end + 1 if end > 0 else len(cell)
    if opening == "{":
        depth = 0
        for match in _BRACES.finditer(cell, position):
            depth += (match[0] == "{") - (match[0] == "}")
            if depth == 0:
                return match.end()
        return len(cell)
    following = re.compile(r"@[^\[\s]*").match(cell, position)
    return max(following.end() if following else 0, position + 1)


def _direction(argument: str) -> str:
    """The steps that an argument of an arrow names, `r` or `dr`.

    "" where it names none.
    """
    for part in argument.split(","):
        if _DIRECTION.fullmatch(part.strip()):
            return part.strip()
    return ""


def _word(style: str) -> str:
    """Return what an arrow of a style does, in words."""
    return next((word for pattern, word in _STYLES if pattern.search(style)), "to")
