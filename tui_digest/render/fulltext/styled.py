"""Text with roles, and its wrapping to a width, for the lines of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from tui_digest.fulltext.blocks import Content
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.symbols.glyphs import Level, cells, glyphs_of
from tui_digest.render.wrapping import WHOLE_FORMULA, line_starts

_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|e)")
_LONGEST_SCRIPT = 6
_MARKS = frozenset("*†‡§¶‖#")


class StyledSpan(NamedTuple):
    """A role over `start` to `end` of a line, with its target and the TeX it shows."""

    start: int
    end: int
    role: str
    target: str = ""
    url: str = ""
    tex: str = ""


class Styled(NamedTuple):
    """A piece of text with its spans, in order of their starts."""

    text: str
    spans: tuple[StyledSpan, ...] = ()

    @property
    def width(self) -> int:
        """The cells that it takes."""
        return cells(self.text)


EMPTY = Styled("")


def join_styled(parts: Iterable[Styled | str]) -> Styled:
    """Pieces one behind the other."""
    text = ""
    spans: list[StyledSpan] = []
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if part.spans:
            offset = len(text)
            spans += [_moved(span, offset) for span in part.spans] if offset else part.spans
        text += part.text
    return Styled(text, tuple(spans))


def _moved(span: StyledSpan, offset: int) -> StyledSpan:
    return StyledSpan(span.start + offset, span.end + offset, span.role, span.target, span.url, span.tex)


def in_role(text: str, role: str) -> Styled:
    """A text in one role."""
    return Styled(text, (StyledSpan(0, len(text), role),) if text else ())


def styled_part(styled: Styled, start: int, end: int) -> Styled:
    """The text from `start` to `end` with what is left of its spans."""
    spans = tuple(
        StyledSpan(
            max(span.start - start, 0), min(span.end, end) - start, span.role, span.target, span.url, span.tex
        )
        for span in styled.spans
        if span.start < end and span.end > start
    )
    return Styled(styled.text[start:end], spans)


def strip_styled(styled: Styled) -> Styled:
    """The text without white space at its end."""
    kept = len(styled.text.rstrip())
    return styled if kept == len(styled.text) else styled_part(styled, 0, kept)


def wrap_styled(styled: Styled, width: int, hang: int = 0) -> list[Styled]:
    """Wrap the text to `width` cells, lines after the first indented by `hang`.

    A line break in the text stays. At least one line comes back.
    """
    width = max(width, hang + 4)
    lines: list[Styled] = []
    start = 0
    for paragraph in styled.text.split("\n"):
        end = start + len(paragraph)
        piece = styled if end - start == len(styled.text) else styled_part(styled, start, end)
        whole = [
            (span.start, span.end)
            for span in piece.spans
            if span.role == "formula" and cells(piece.text[span.start : span.end]) <= WHOLE_FORMULA
        ]
        cuts = line_starts(paragraph, width, cells, hang=hang, whole=whole)
        edges = [0, *cuts, len(paragraph)]
        for number, (first, last) in enumerate(pairwise(edges)):
            line = strip_styled(styled_part(piece, first, last) if cuts else piece)
            lines.append(join_styled([" " * hang, line]) if number and hang and line.text else line)
        start = end + 1
    return lines


class Renderer:
    """Runs to text: formulas by a level of glyphs, or as written in TeX."""

    def __init__(self, glyphs: Level = "full", tex: bool = False) -> None:
        self.glyphs: Level = glyphs
        self.tex = tex
        self._table = glyphs_of(glyphs)

    def content(self, content: Content) -> Styled:
        """A content as styled text."""
        text = ""
        spans: list[StyledSpan] = []
        for run in content:
            start = len(text)
            role = run.role
            if role == "formula":
                text += self.formula(run.text)
            elif role == "note":
                text += self.note_mark(run.text)
            elif role == "super" or role == "sub":
                text += self.script(run.text, raised=role == "super")
                role = ""
            else:
                text += run.text
                role = "" if role == "smallcaps" else role
            link = run.target or run.url
            if (role or link) and len(text) > start:
                tex = run.text if role == "formula" else ""
                spans.append(StyledSpan(start, len(text), role or "link", run.target, run.url, tex))
        return Styled(text, tuple(spans))

    def formula(self, tex: str) -> str:
        """A formula on one line."""
        return f"${' '.join(tex.split())}$" if self.tex else formula_to_unicode(tex, self.glyphs)

    def note_mark(self, mark: str) -> str:
        """The mark of a footnote: raised where that can be drawn, else in brackets."""
        if mark and _MARKS.issuperset(mark):
            return mark if not self._table.ascii else f"[{mark.replace('†', '+').replace('‡', '++')}]"
        raised = "".join([self._table.raised.get(letter, " ") for letter in mark])
        return f"[{mark}]" if " " in raised else raised

    def script(self, text: str, raised: bool) -> str:
        """Raised or lowered words: in small letters where all of them can be drawn."""
        if raised and (_ORDINAL.fullmatch(text) or _MARKS.issuperset(text)):
            return text
        table = self._table.raised if raised else self._table.lowered
        drawn = "".join([table.get(letter, " " if letter not in ",*∗†‡ " else letter) for letter in text])
        if len(text) <= _LONGEST_SCRIPT and " " not in drawn:
            return drawn
        sign = "^" if raised else "_"
        return f"{sign}{text}" if text.isalnum() else f"{sign}({text})"
