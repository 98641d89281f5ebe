"""Where the formulas and the code are in Markdown with TeX."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

_CODE = r"""
      (?P<fence> ^[ \t>]*(?P<bar>`{3,}|~{3,}) .*? (?:^[ \t>]*(?P=bar)[`~]*[ \t]*$ | \Z) )
    | (?P<code> (?<!`)(?P<tick>`+)(?!`) (?:(?!\n\s*\n).)+? (?<!`)(?P=tick)(?!`) )
"""
_FORMULA = r"""
      (?P<display>
          \$\$ .+? \$\$
        | \\\[ .+? \\\]
        | \\begin\{(?P<name>equation|align|gather|multline|eqnarray|displaymath)(?P<star>\*?)\}
          .+? \\end\{(?P=name)(?P=star)\}
      )
    | (?P<inline>
          \\\( .+? \\\)
        | (?<![\\$])\$(?![\s$]) (?:\\.|(?!\n\s*\n)[^$\\])+? (?<!\s)\$(?![\d$])
      )
    | \\\$
"""
_FLAGS = re.VERBOSE | re.DOTALL | re.MULTILINE
_IN_MARKDOWN = re.compile(f"{_CODE}|{_FORMULA}", _FLAGS)
_IN_TEX = re.compile(_FORMULA, _FLAGS)


class SpanKind(StrEnum):
    """What a span of a text is, if it is not prose."""

    CODE = "code"
    DISPLAY = "display"
    INLINE = "inline"


class Span(msgspec.Struct, frozen=True):
    """A formula or a piece of code, by its place in the text."""

    kind: SpanKind
    start: int
    end: int


def find_spans(text: str, *, markdown: bool = True) -> list[Span]:
    """The formulas, and in Markdown the code, of a text: in order and without overlaps.

    A dollar opens a formula only if another one closes it in the same paragraph, as in Pandoc:
    no space after the first, none before the last, and no digit after it. So $5 stays prose. In
    an abstract, which is no Markdown, a backtick is an accent or a quotation mark.
    """
    found = (_IN_MARKDOWN if markdown else _IN_TEX).finditer(text)
    return [Span(_KINDS[match.lastgroup], *match.span()) for match in found if match.lastgroup]


_KINDS = {
    "fence": SpanKind.CODE,
    "code": SpanKind.CODE,
    "display": SpanKind.DISPLAY,
    "inline": SpanKind.INLINE,
}
MASKS = {SpanKind.CODE: "\ue000", SpanKind.DISPLAY: "\ue001", SpanKind.INLINE: "\ue002"}


def mask(text: str, spans: list[Span]) -> str:
    """The text with every sign of a span replaced by its kind's mask: the places stay the same."""
    pieces = []
    place = 0
    for span in spans:
        pieces += [text[place : span.start], MASKS[span.kind] * (span.end - span.start)]
        place = span.end
    return "".join([*pieces, text[place:]])


def formulas(text: str, spans: list[Span]) -> list[str]:
    """The formulas of a text, with their delimiters."""
    return [text[span.start : span.end] for span in spans if span.kind is not SpanKind.CODE]


def prose(text: str, spans: list[Span]) -> str:
    """The text without formulas and code, a space in the place of each."""
    pieces = []
    place = 0
    for span in spans:
        pieces += [text[place : span.start], " "]
        place = span.end
    return "".join([*pieces, text[place:]])
