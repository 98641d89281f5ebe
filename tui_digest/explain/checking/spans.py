"""Where the formulas and the code are in Markdown with TeX.

The text is a stranger's: it is read in one pass, whatever it opens and never closes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from enum import StrEnum

import msgspec

_DELIMITER = re.compile(
    r"\\\\|\\[$`()\[\]]|\\(?:begin|end)\{(?:equation|align|gather|multline|eqnarray|displaymath)\*?\}"
    r"|\$\$?|`+|~{3,}|\n[ \t>]*(?=\n)"
)
_CLOSING = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}


class SpanKind(StrEnum):
    """What a span of a text is, if it is not prose."""

    CODE = "code"
    FENCE = "fence"
    DISPLAY = "display"
    INLINE = "inline"


class Span(msgspec.Struct, frozen=True):
    """A formula or a piece of code, by its place in the text."""

    kind: SpanKind
    start: int
    end: int


MASKS = {
    SpanKind.CODE: "\ue000",
    SpanKind.FENCE: "\ue001",
    SpanKind.DISPLAY: "\ue002",
    SpanKind.INLINE: "\ue003",
}


def find_spans(text: str, *, markdown: bool = True) -> list[Span]:
    """The formulas, and in Markdown the code, of a text: in order and without overlaps.

    A dollar opens a formula only if the next one closes it in the same paragraph, as in Pandoc: no
    space after the first, none before the last, and no digit after it. So $5 stays prose. In an
    abstract, which is no Markdown, a backtick is an accent or a quotation mark.
    """
    delimiters = _Delimiters(text, markdown)
    spans = []
    place = 0
    while place < len(delimiters.found):
        closing = delimiters.closing(place)
        if closing is None:
            place += 1
            continue
        end = delimiters.found[closing].end() if closing < len(delimiters.found) else len(text)
        spans.append(Span(delimiters.kind(place), delimiters.found[place].start(), end))
        place = closing + 1
    return spans


def mask(text: str, spans: list[Span]) -> str:
    """The text with every sign of a span replaced by its kind's mask: the places stay the same."""
    return _replace(text, spans, lambda span: MASKS[span.kind] * (span.end - span.start))


def prose(text: str, spans: list[Span]) -> str:
    """The text without formulas and code, a space in the place of each."""
    return _replace(text, spans, lambda _: " ")


def formulas(text: str, spans: list[Span]) -> list[str]:
    """The formulas of a text, with their delimiters."""
    kinds = (SpanKind.DISPLAY, SpanKind.INLINE)
    return [text[span.start : span.end] for span in spans if span.kind in kinds]


def _replace(text: str, spans: list[Span], replacement: Callable[[Span], str]) -> str:
    pieces = []
    place = 0
    for span in spans:
        pieces += [text[place : span.start], replacement(span)]
        place = span.end
    return "".join([*pieces, text[place:]])


class _Delimiters:
    """All that may open or close a span, and which of them closes which."""

    def __init__(self, text: str, markdown: bool) -> None:
        self._text = text
        self._markdown = markdown
        self.found = list(_DELIMITER.finditer(text))
        self._places: dict[str, list[int]] = {}
        for place, match in enumerate(self.found):
            kind = "\n" if match[0][0] == "\n" else match[0]
            self._places.setdefault(kind, []).append(place)

    def kind(self, place: int) -> SpanKind:
        """What the delimiter at this place opens."""
        opened = self.found[place][0]
        if opened[0] in "`~":
            return SpanKind.FENCE if self._opens_fence(place) else SpanKind.CODE
        return SpanKind.INLINE if opened in ("$", r"\(") else SpanKind.DISPLAY

    def closing(self, place: int) -> int | None:
        """The place of the delimiter that closes the one at this place; behind the last for the end."""
        opened = self.found[place][0]
        if opened[0] in "`~":
            return self._closing_code(place) if self._markdown else None
        closing = self._next(_closer(opened), place)
        if closing is None or self._is_broken(place, closing):
            return None
        return None if opened == "$" and not self._pair(place, closing) else closing

    def _closing_code(self, place: int) -> int | None:
        opened = self.found[place][0]
        closing = self._next(opened, place)
        if self._opens_fence(place):
            while closing is not None and not self._begins_line(closing):
                closing = self._next(opened, closing)
            return len(self.found) if closing is None else closing
        broken = closing is None or self._is_broken(place, closing)
        return None if broken or opened[0] == "~" else closing

    def _opens_fence(self, place: int) -> bool:
        return len(self.found[place][0]) >= 3 and self._begins_line(place)

    def _pair(self, place: int, closing: int) -> bool:
        """Whether two dollars are a formula's, and not two prices."""
        first, last = self.found[place].end(), self.found[closing].start()
        between = self._next("$$", place)
        after = self._text[last + 1 : last + 2]
        tight = not self._text[first].isspace() and not self._text[last - 1].isspace() and not after.isdigit()
        return tight and (between is None or between > closing)

    def _is_broken(self, place: int, closing: int) -> bool:
        """Whether an empty line stands between two delimiters."""
        blank = self._next("\n", place)
        return blank is not None and blank < closing

    def _begins_line(self, place: int) -> bool:
        start = self.found[place].start()
        return not self._text[self._text.rfind("\n", 0, start) + 1 : start].strip(" \t>")

    def _next(self, delimiter: str, place: int) -> int | None:
        """The next place of this delimiter after `place`."""
        places = self._places.get(delimiter, [])
        index = bisect_left(places, place + 1)
        return places[index] if index < len(places) else None


def _closer(opened: str) -> str:
    """What closes this delimiter; "" if it opens nothing."""
    if opened.startswith(r"\begin"):
        return opened.replace("begin", "end")
    return _CLOSING.get(opened, "")
