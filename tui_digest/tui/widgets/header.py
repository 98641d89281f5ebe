"""The header (day, categories, completeness, age) and the banner (problems).

The header also says what is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace
from rich.cells import cell_len
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from tui_digest.text.sanitise import one_line
from tui_digest.tui.text import plain_line
from tui_digest.tui.widgets.header_text import HeaderPart
from tui_digest.tui.widgets.line_widget import LineWidget

_GAP = 3


class HeaderLine(LineWidget):
    """One line of parts, the last at the right; parts of little weight go first."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parts: tuple[HeaderPart, ...] = ()

    def show(self, parts: Sequence[HeaderPart]) -> None:
        """Show these parts from left to right, each sanitised and on one line."""
        shown = tuple(
            replace(part, forms=tuple(map(one_line, part.forms))) for part in parts if part.forms[0]
        )
        if shown != self._parts:
            self._parts = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Render the parts that fit."""
        width = self.size.width
        return self.draw(set_parts(self._parts, width), width)


class Banner(Widget):
    """A sentence on up to three lines; hidden while it is empty."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = ""

    def show(self, words: str) -> None:
        """Show a sentence; an empty one hides the banner."""
        if words != self._words:
            self._words = words
            self.display = bool(words)
            self.refresh(layout=True)

    def render(self) -> Content:
        """The sentence."""
        return plain_line(self._words)


def set_parts(parts: Sequence[HeaderPart], width: int) -> Content:
    """Fit the parts on one line of `width` cells by shortening and dropping them."""
    chosen = _chosen_forms(parts, width - 2)
    contents = [Content.styled(parts[place].forms[form], parts[place].role) for place, form in chosen.items()]
    if len(contents) < 2:
        return Content(" ") + Content("").join(contents)
    left = Content(" " * _GAP).join(contents[:-1])
    space = max(_GAP, width - 2 - left.cell_length - contents[-1].cell_length)
    return Content.assemble(" ", left, " " * space, contents[-1])


def _chosen_forms(parts: Sequence[HeaderPart], room: int) -> dict[int, int]:
    """Return the form of each part that is shown, by its place.

    Parts are shortened by a step, then those that can be missed go, then the others are shortened as far
    as they can be and left out; what room is left then makes some longer again.
    """
    chosen = dict.fromkeys(range(len(parts)), 0)
    by_weight = sorted(chosen, key=lambda place: parts[place].weight)

    def shorten(place: int, steps: int) -> None:
        last = min(chosen[place] + steps, len(parts[place].forms) - 1)
        while _cells(parts, chosen) > room and chosen[place] < last:
            chosen[place] += 1

    def drop(place: int) -> None:
        if _cells(parts, chosen) > room and len(chosen) > 1:
            del chosen[place]

    for place in by_weight:
        shorten(place, 1)
    for place in by_weight:
        if parts[place].optional:
            drop(place)
    for place in filter(chosen.__contains__, by_weight):
        shorten(place, len(parts[place].forms))
    for place in [place for place in by_weight if place in chosen]:
        drop(place)
    for place in filter(chosen.__contains__, reversed(by_weight)):
        while chosen[place] and _cells(parts, chosen | {place: chosen[place] - 1}) <= room:
            chosen[place] -= 1
    return chosen


def _cells(parts: Sequence[HeaderPart], chosen: Mapping[int, int]) -> int:
    widths = [cell_len(parts[place].forms[form]) for place, form in chosen.items()]
    return sum(widths) + _GAP * (len(widths) - 1)
