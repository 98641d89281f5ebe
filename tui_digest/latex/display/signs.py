"""Signs that are drawn.

Brackets as high as what they hold, bars, braces, roots, long arrows.
"""

from __future__ import annotations

from typing import NamedTuple

from tui_digest.latex.display.boxes import Box, text_box
from tui_digest.latex.symbols.glyphs import cells


class _Pieces(NamedTuple):
    """What a tall bracket is made of.

    Its ends, what fills it, and the point of a brace.
    """

    top: str
    fill: str
    bottom: str
    middle: str = ""


_BRACKETS = {
    "(": _Pieces("⎛", "⎜", "⎝"),
    ")": _Pieces("⎞", "⎟", "⎠"),
    "[": _Pieces("⎡", "⎢", "⎣"),
    "]": _Pieces("⎤", "⎥", "⎦"),
    "{": _Pieces("⎧", "⎪", "⎩", "⎨"),
    "}": _Pieces("⎫", "⎪", "⎭", "⎬"),
    "⌊": _Pieces("⎢", "⎢", "⎣"),
    "⌋": _Pieces("⎥", "⎥", "⎦"),
    "⌈": _Pieces("⎡", "⎢", "⎢"),
    "⌉": _Pieces("⎤", "⎥", "⎥"),
    "|": _Pieces("│", "│", "│"),
    "‖": _Pieces("║", "║", "║"),
    "⟦": _Pieces("⟦", "║", "⟦"),
    "⟧": _Pieces("⟧", "║", "⟧"),
}
_ASCII_BRACKETS = {
    "(": _Pieces("/", "|", "\\"),
    ")": _Pieces("\\", "|", "/"),
    "[": _Pieces("[", "[", "["),
    "]": _Pieces("]", "]", "]"),
    "{": _Pieces("/", "|", "\\", "<"),
    "}": _Pieces("\\", "|", "/", ">"),
    "|": _Pieces("|", "|", "|"),
    "‖": _Pieces("||", "||", "||"),
    "||": _Pieces("||", "||", "||"),
}
_ANGLES = {"⟨": ("╱", "╲"), "⟩": ("╲", "╱")}
_ARROWS = {"→": "─→", "←": "←─", "↔": "←→", "⇒": "═⇒", "⇐": "⇐═", "⇔": "⇐⇒", "↦": "├→", "↪": "╰→", "↩": "←╯"}


def is_bracket_text(text: str) -> bool:
    """Tell whether a sign is a bracket that can be drawn tall."""
    return text in _BRACKETS or text in _ANGLES


def bracket(sign: str, box: Box, ascii_only: bool = False) -> Box:
    """A bracket as high as the box; one that has no tall form is on the baseline."""
    height = box.height
    if not sign:
        return Box(("",) * height, box.baseline, 0)
    if height > 1 and sign in _ANGLES and not ascii_only:
        return _angle(sign, box)
    pieces = (_ASCII_BRACKETS if ascii_only else _BRACKETS).get(sign)
    if height == 1 or pieces is None:
        return text_box(sign)
    rows = [pieces.top, *[pieces.fill] * (height - 2), pieces.bottom]
    if pieces.middle and height > 2:
        rows[min(max(box.baseline, 1), height - 2)] = pieces.middle
    return Box(tuple(rows), box.baseline, cells(pieces.top), tall=True)


def _angle(sign: str, box: Box) -> Box:
    """An angle bracket out of diagonals, as high as the box and half as wide."""
    half = (box.height + 1) // 2
    upper, lower = _ANGLES[sign]
    strokes = [upper] * (box.height // 2) + [sign] * (box.height % 2) + [lower] * (box.height // 2)
    steps = [min(row, box.height - 1 - row) for row in range(box.height)]
    places = steps if sign == "⟩" else [half - 1 - step for step in steps]
    rows = [(" " * place + stroke).ljust(half) for place, stroke in zip(places, strokes, strict=True)]
    return Box(tuple(rows), box.baseline, half, tall=True)


def bar(width: int, ascii_only: bool = False) -> Box:
    """The bar of a fraction."""
    return text_box(("-" if ascii_only else "─") * width)


def brace_box(width: int, over: bool, ascii_only: bool = False) -> Box:
    """A brace that lies over or under something so wide, pointing away from it."""
    if width < 3:
        return text_box(("⏞" if over else "⏟") * width if not ascii_only else "~" * width)
    if ascii_only:
        left, line, point, right = ("/", "-", "^", "\\") if over else ("\\", "-", "v", "/")
    else:
        left, line, point, right = ("╭", "─", "┴", "╮") if over else ("╰", "─", "┬", "╯")
    before = (width - 3) // 2
    return text_box(left + line * before + point + line * (width - 3 - before) + right)


def root_box(box: Box, degree: str, ascii_only: bool = False) -> Box:
    """A root sign with the box under it.

    A hook at its foot, a line along its side and its top.

    The degree is over the hook.
    """
    line, corner, side, hook = ("_", " ", "|", "\\") if ascii_only else ("─", "┌", "│", "√")
    indent = max(cells(degree), 1)
    rows = [" " * indent + corner + line * box.width]
    for number, row in enumerate(box.rows):
        last = number == box.height - 1
        above_hook = number == box.height - 2
        sign = hook.rjust(indent) if last else degree.rjust(indent) if above_hook and degree else " " * indent
        rows.append(sign + side + row)
    if degree and box.height == 1:
        rows[0] = degree.rjust(indent) + corner + line * box.width
    return Box(tuple(rows), box.baseline + 1, indent + 1 + box.width, tall=True)


def arrow(sign: str, width: int) -> Box:
    """An arrow stretched to a width; a sign without a long form is alone."""
    ends = _ARROWS.get(sign)
    if sign in ("=", "-"):
        return text_box(sign * max(width, 1))
    if ends is None or width < 2:
        return text_box(sign)
    line = "═" if "⇒" in ends or "⇐" in ends else "─"
    return text_box(ends[0] + line * (width - 2) + ends[1])
