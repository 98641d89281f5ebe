"""Drawings in SVG: their words, and objects and arrows of commutative diagrams."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from tui_digest.fulltext.blocks import Arrow, Content, Drawing, Run
from tui_digest.fulltext.builder import Builder
from tui_digest.fulltext.page_tree import Element

_TRANSFORM = re.compile(r"(translate|matrix)\(([^)]{0,120})\)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_COORDINATES = r"\s*(-?(?:\d+(?:\.\d*)?|\.\d+))[ ,]+(-?(?:\d+(?:\.\d*)?|\.\d+))\s*"
_LINE = re.compile(rf"M{_COORDINATES}L{_COORDINATES}$")
_SMALL_STYLE = "\\scriptstyle"
_STYLES = re.compile(r"\\(?:text|script|scriptscript|display)style(?![A-Za-z])\s*")
_SHORTEST_ARROW = 8.0
_REACH = 34.0
"""How far from an object, in the drawing's units, an arrow to it may end."""
_MOST_LABELS = 2000


class _Point(NamedTuple):
    x: float
    y: float

    def distance(self, other: _Point) -> float:
        return math.hypot(self.x - other.x, self.y - other.y)


class _Frame(NamedTuple):
    """An affine map without rotation: what SVG's nested groups do to a point."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def inside(self, transform: str) -> _Frame:
        frame = self
        for name, arguments in _TRANSFORM.findall(transform[:1000]):
            values = [float(number) for number in _NUMBER.findall(arguments)]
            if name == "matrix" and len(values) == 6:
                a, _, _, d, e, f = values
                frame = _Frame(
                    frame.scale_x * a,
                    frame.scale_y * d,
                    frame.x + frame.scale_x * e,
                    frame.y + frame.scale_y * f,
                )
            elif name == "translate" and values:
                y = values[1] if len(values) > 1 else 0.0
                frame = frame._replace(x=frame.x + frame.scale_x * values[0], y=frame.y + frame.scale_y * y)
        return frame

    def point(self, x: float, y: float) -> _Point:
        return _Point(self.x + self.scale_x * x, self.y + self.scale_y * y)


class _Label(NamedTuple):
    content: Content
    place: _Point
    small: bool


class _Drawn:
    """Content of a drawing, found in one walk over it."""

    def __init__(self, builder: Builder) -> None:
        self.labels: list[_Label] = []
        self.lines: list[tuple[_Point, _Point]] = []
        self.heads: list[_Point] = []
        self._builder = builder

    def walk(self, element: Element, frame: _Frame) -> None:
        for child in element.elements():
            inside = frame.inside(child.attributes.get("transform", ""))
            if child.tag in ("foreignobject", "text"):
                self._label(child, inside)
                nested = child.find("ltx_picture")
                self.walk(nested if nested is not None else Element("g", {}), inside)
                self._groups(child, inside)
            elif child.tag == "path":
                self._path(child, inside)
            else:
                self.walk(child, inside)

    def _groups(self, label: Element, frame: _Frame) -> None:
        """xy-pic hangs the rest of its drawing at the first, empty label."""
        for child in label.elements():
            if child.tag in ("g", "path", "foreignobject"):
                holder = Element("g", {})
                holder.children.append(child)
                self.walk(holder, frame)

    def _label(self, label: Element, frame: _Frame) -> None:
        words = [
            child
            for child in label.children
            if isinstance(child, str) or child.tag not in ("g", "path", "foreignobject")
        ]
        content = self._builder.content(*words)
        if not content or len(self.labels) >= _MOST_LABELS:
            return
        small = any(run.role == "formula" and run.text.startswith(_SMALL_STYLE) for run in content)
        plain = tuple(
            Run(_STYLES.sub("", run.text), run.role, run.target, run.url) if run.role == "formula" else run
            for run in content
        )
        width = _length(label.attributes.get("width", ""))
        height = _length(label.attributes.get("height", ""))
        self.labels.append(_Label(plain, frame.point(width / 2, height / 2), small))

    def _path(self, path: Element, frame: _Frame) -> None:
        data = path.attributes.get("d", "").strip()
        line = _LINE.fullmatch(data)
        if line is not None:
            x0, y0, x1, y1 = (float(number) for number in line.groups())
            start, end = frame.point(x0, y0), frame.point(x1, y1)
            if start.distance(end) >= _SHORTEST_ARROW:
                self.lines.append((start, end))
        elif data.startswith("M 0 0 A"):
            self.heads.append(frame.point(0.0, 0.0))


def _length(value: str) -> float:
    match = _NUMBER.match(value)
    return float(match[0]) if match else 0.0


def drawing(builder: Builder, element: Element) -> None:
    """Read a drawing: a commutative diagram as objects and arrows, others as words."""
    builder.flush()
    builder.claim_id(element)
    drawn = _Drawn(builder)
    drawn.walk(element, _Frame())
    diagram = "ltx_markedasmath" in element.classes
    objects = [label for label in drawn.labels if not label.small]
    if diagram and len(objects) > 1:
        names = [label for label in drawn.labels if label.small]
        arrows = tuple(_arrows(drawn, objects, names))
        used = {arrow.label for arrow in arrows}
        rest = [label.content for label in names if label.content not in used]
        labels = (*(label.content for label in objects), *rest)
        builder.emit(Drawing(labels=labels, arrows=arrows, diagram=True))
        return
    builder.counts["drawings"] += 1
    labels = tuple(label.content for label in drawn.labels)
    builder.emit(Drawing(labels=labels, diagram=diagram))


def _arrows(drawn: _Drawn, objects: list[_Label], names: list[_Label]) -> Iterator[Arrow]:
    """Yield the lines between two objects, each with the nearest name.

    Their heads say where they lead.
    """
    lines = []
    for start, end in drawn.lines:
        first, last = _nearest(objects, start), _nearest(objects, end)
        if first is not None and last is not None and first != last:
            lines.append((start, end, first, last))
    middles = [_Point((start.x + end.x) / 2, (start.y + end.y) / 2) for start, end, _, _ in lines]
    named: dict[int, Content] = {}
    for name in names:
        distances = [name.place.distance(middle) for middle in middles]
        free = [place for place in range(len(lines)) if place not in named]
        if free:
            nearest = min(free, key=lambda place: distances[place])
            if distances[nearest] <= 2 * _REACH:
                named[nearest] = name.content
    seen = set()
    for place, (start, end, first, last) in enumerate(lines):
        if _has_head(drawn, start) and not _has_head(drawn, end):
            first, last = last, first
        if (first, last) not in seen:
            seen.add((first, last))
            yield Arrow(first, last, named.get(place, ()))


def _nearest(objects: list[_Label], point: _Point) -> int | None:
    distances = [label.place.distance(point) for label in objects]
    nearest = min(range(len(objects)), key=lambda place: distances[place])
    return nearest if distances[nearest] <= _REACH else None


def _has_head(drawn: _Drawn, point: _Point) -> bool:
    return any(head.distance(point) < 2.0 for head in drawn.heads)
