"""Untrusted text as Content: the only way of arXiv's words to a widget.

The same holds of a model's words.

Content of this module carries roles (`formula`, `emphasis`, `strong`, `code`, `link`) instead of
styles: a widget looks its own style of a role up in the stylesheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import msgspec
from textual.content import Content, Span

from tui_digest.latex import is_shown_as_written, paragraphs, to_segments, to_unicode
from tui_digest.settings import Glyphs
from tui_digest.text.sanitise import one_line, sanitise

if TYPE_CHECKING:
    from tui_digest.latex import Segment, Style


@cache
def _roles() -> tuple[tuple[Style, str], ...]:
    """The roles of styles; texts without TeX have none."""
    from tui_digest.latex import Style

    names = ("formula", "emphasis", "strong", "code", "link")
    return tuple((Style[name.upper()], name) for name in names)


def plain(text: str) -> Content:
    """Text that holds no TeX: names, ids, messages."""
    return Content(sanitise(text))


def plain_line(text: str) -> Content:
    """Text that holds no TeX, on one line: messages, names, choices."""
    return Content(one_line(text))


def tex_line(text: str, glyphs: Glyphs = "full") -> Content:
    """A title, a name or a comment on one line, its TeX rendered."""
    return _tex_line(text, glyphs)


@lru_cache(maxsize=1024)
def _tex_line(text: str, glyphs: Glyphs) -> Content:
    known = _known.get((text, glyphs))
    if known is None:
        line = one_line(text)
        if is_shown_as_written(line):
            return Content(line, strip_control_codes=False)
        return from_segments(to_segments(line, glyphs))
    spans = [Span(start, end, role) for start, end, role in known.spans]
    return Content(known.plain, spans, strip_control_codes=False)


class ReadLine(msgspec.Struct, frozen=True, array_like=True):
    """A line in TeX as it was read: what is shown, with roles at (start, end)."""

    text: str
    glyphs: Glyphs
    plain: str
    spans: tuple[tuple[int, int, str], ...]


_known: Final[dict[tuple[str, Glyphs], ReadLine]] = {}


def know_lines(lines: Iterable[ReadLine]) -> None:
    """Show these lines as rendered before, without importing the readers of TeX."""
    _known.update({(line.text, line.glyphs): line for line in lines if sanitise(line.plain) == line.plain})


def read_lines(texts: Iterable[str], glyphs: Glyphs) -> tuple[ReadLine, ...]:
    """Read the lines that have TeX, also those that are known."""
    lines = []
    for text in texts:
        content = from_segments(to_segments(one_line(text), glyphs))
        spans = tuple((span.start, span.end, str(span.style)) for span in content.spans)
        if spans or content.plain != text:
            lines.append(ReadLine(text, glyphs, content.plain, spans))
    return tuple(lines)


class TextPart(msgspec.Struct, frozen=True):
    """Running text, or a display formula: its TeX, with content for a single line."""

    content: Content
    formula: str = ""


@lru_cache(maxsize=12)  # the page shown, those beside it, and some to which one comes back
def tex_parts(text: str, glyphs: Glyphs = "full") -> tuple[TextPart, ...]:
    """Return an abstract with its TeX rendered: paragraphs, and display formulas."""
    from tui_digest.latex import Style

    parts: list[TextPart] = []
    for paragraph in paragraphs(sanitise(text)):
        running: list[Segment] = []
        for segment in to_segments(paragraph, glyphs):
            if Style.DISPLAY not in segment.style:
                running.append(segment)
                continue
            parts += _running_text(running)
            parts.append(TextPart(from_segments((segment,)), segment.tex))
            running = []
        parts += _running_text(running)
    return tuple(parts)


def _running_text(segments: list[Segment]) -> list[TextPart]:
    content = strip(from_segments(tuple(segments)))
    return [TextPart(content)] if content else []


def strip(content: Content) -> Content:
    """The content without white space at its ends."""
    text = content.plain
    return content[len(text) - len(text.lstrip()) :].rstrip()


def name(text: str, glyphs: Glyphs = "full") -> str:
    """A person's name as plain, sanitised Unicode."""
    return to_unicode(one_line(text), glyphs)


def highlight_matches(content: Content, places: Sequence[tuple[int, int]]) -> Content:
    """The content with the role `match` at these places, given as (start, end)."""
    if not places:
        return content
    spans = [*content.spans, *(Span(start, end, "match") for start, end in places)]
    return Content(content.plain, spans, strip_control_codes=False)


def from_segments(segments: tuple[Segment, ...]) -> Content:
    """Rendered pieces as Content, each piece's style as roles."""
    spans: list[Span] = []
    place = 0
    for segment in segments:
        end = place + len(segment.text)
        if segment.style:
            spans.extend(Span(place, end, role) for flag, role in _roles() if flag in segment.style)
        place = end
    return Content("".join(segment.text for segment in segments), spans, strip_control_codes=False)
