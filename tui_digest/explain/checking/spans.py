"""Places of the formulas and the code in an explanation or an abstract."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from tui_digest.latex.find import find_code, find_formulas


class SpanKind(StrEnum):
    """Kind of a span that is not prose."""

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
    """Return a text's formulas, and in Markdown its code, in order, not overlapping.

    In an abstract, which is no Markdown, a backtick is an accent or a quotation mark.
    """
    code = find_code(text) if markdown else []
    spans = [Span(SpanKind.FENCE if span.fenced else SpanKind.CODE, span.start, span.end) for span in code]
    spans += [
        Span(SpanKind.DISPLAY if formula.display else SpanKind.INLINE, formula.start, formula.end)
        for formula in find_formulas(text, markdown=markdown)
    ]
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def mask(text: str, spans: list[Span]) -> str:
    """Return the text with every span's characters replaced by its kind's mask.

    All places in the text stay the same.
    """
    pieces = []
    place = 0
    for span in spans:
        pieces += [text[place : span.start], MASKS[span.kind] * (span.end - span.start)]
        place = span.end
    return "".join([*pieces, text[place:]])
