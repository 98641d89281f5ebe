"""An explanation taken apart into its statements: sentences, table cells, display formulas.

Each has its mark, by which the model says whether it is from the abstract or its own reading.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise

import msgspec

from tui_digest.explain.spans import MASKS, SpanKind, find_spans, mask

DISPLAY_MASK = MASKS[SpanKind.DISPLAY]

MARK = re.compile(
    r"\[\s*(?P<kind>abstract|interpretation)\s*"
    r"(?P<words>:(?:\s*[,;]?\s*[\"“][^\"“”\n]*[\"”])+|:[^\]\n]*)?\s*\]",
    re.IGNORECASE,
)
_BLOCK_START = re.compile(r"[ \t>]*(?:#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s|\|)")
_HEADING = re.compile(r"[ \t>]*#{1,6}\s")
_ROW = re.compile(r"[ \t>]*\|")
_RULE = re.compile(r"[ \t>]*\|?[ \t:|-]*-[ \t:|-]*$")
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])\s+)?")
_SENTENCE_END = re.compile(r"[.!?…][\"”'’)*_]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|resp|al|etc|approx|w\.r\.t|Fig|Eq|Eqs|Thm|Sec|Prop|Lem|Def|Dr|St|No)|\b[A-Z])\.$"
)


class Mark(StrEnum):
    """What the model says of a statement."""

    ABSTRACT = "abstract"
    INTERPRETATION = "interpretation"


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the text that can be true or not, by its place.

    `in_cell` is true in a table. `mark` is None where the model gave none.
    """

    start: int
    end: int
    is_display: bool = False
    in_cell: bool = False
    block: int = 0
    mark: Mark | None = None


def find_statements(text: str) -> list[Statement]:
    """The statements of an explanation, in order; headings, code and table rules are none.

    A sentence without a mark takes the next one of its paragraph or list item; a formula on lines
    of its own takes that of the text that leads to it or goes on after it.
    """
    masked = mask(text, find_spans(text))
    found: list[Statement] = []
    for number, (start, end) in enumerate(_blocks(masked)):
        if _HEADING.match(masked, start, end):
            continue
        cut = _cells if _ROW.match(masked, start, end) else _sentences
        for first, last in cut(masked, start, end):
            if masked[first:last].strip(MASKS[SpanKind.CODE] + " \t\n"):
                found.append(
                    Statement(
                        start=first,
                        end=last,
                        is_display=set(masked[first:last]) == {DISPLAY_MASK},
                        in_cell=cut is _cells,
                        block=number,
                        mark=_own_mark(masked[first:last]),
                    )
                )
    return [_inherit(found, place, masked) for place in range(len(found))]


def _blocks(masked: str) -> list[tuple[int, int]]:
    """Paragraphs, list items, headings and table rows, as places in the text."""
    blocks: list[tuple[int, int]] = []
    start = place = 0
    for line in masked.splitlines(keepends=True):
        blank = not line.strip(" \t>\n")
        if blank or _BLOCK_START.match(line):
            blocks.append((start, place))
            start = place
        place += len(line)
        if blank or _HEADING.match(line) or _ROW.match(line):
            blocks.append((start, place))
            start = place
    blocks.append((start, place))
    return [(first, last) for first, last in blocks if masked[first:last].strip(" \t>\n")]


def _cells(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a table row."""
    if _RULE.match(masked[start:end].rstrip("\n")):
        return []
    bars = [match.start() for match in re.compile(r"(?<!\\)\|").finditer(masked, start, end)]
    edges = [*bars, end]
    return [_trim(masked, first + 1, last) for first, last in pairwise(edges)]


def _sentences(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences and display formulas of a paragraph or list item."""
    lead = _LEAD.match(masked, start, end)
    start = lead.end() if lead else start
    edges = {start, end}
    for match in re.compile(f"{DISPLAY_MASK}+").finditer(masked, start, end):
        edges |= {match.start(), match.end()}
    marks = [match.span() for match in MARK.finditer(masked, start, end)]
    edges |= {_after_stop(masked, last, end) for _, last in marks}
    for match in _SENTENCE_END.finditer(masked, start, end):
        if _ends_sentence(masked, match, end) and not any(a <= match.start() < b for a, b in marks):
            edges.add(match.end())
    places = sorted(edges)
    trimmed = [_trim(masked, first, last) for first, last in pairwise(places)]
    return [
        (first, last) for first, last in trimmed if re.search(r"\w|[\ue000-\ue002\[]", masked[first:last])
    ]


def _ends_sentence(masked: str, match: re.Match[str], end: int) -> bool:
    rest = masked[match.end() : end].lstrip()
    if MARK.match(rest) or rest[:1].islower():
        return False
    line = masked[max(0, match.start() - 12) : match.start() + 1]
    return not _ABBREVIATION.search(line)


def _after_stop(masked: str, place: int, end: int) -> int:
    """The place after a full stop that follows a mark."""
    return place + 1 if place < end and masked[place] in ".,;:" else place


def _trim(masked: str, start: int, end: int) -> tuple[int, int]:
    part = masked[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _own_mark(masked: str) -> Mark | None:
    match = MARK.search(masked)
    return Mark(match["kind"].lower()) if match else None


def _inherit(found: list[Statement], place: int, masked: str) -> Statement:
    """The statement with the mark that holds for it."""
    statement = found[place]
    mark = statement.mark
    after = place + 1
    while mark is None and after < len(found) and _goes_on(found[after - 1], found[after], masked):
        mark = found[after].mark
        after += 1
    if mark is None and statement.is_display and place > 0 and not found[place - 1].is_display:
        mark = found[place - 1].mark
    return msgspec.structs.replace(statement, mark=mark)


def _goes_on(first: Statement, second: Statement, masked: str) -> bool:
    """Whether the second statement continues the first: in one paragraph, or around a formula."""
    if first.in_cell or second.in_cell or "\n#" in masked[first.end : second.start]:
        return False
    if second.is_display:
        return masked[first.start : first.end].rstrip()[-1:] not in (".", "!", "?")
    if first.is_display:
        rest = masked[second.start : second.end]
        return rest[:1].islower() or MARK.match(rest) is not None
    return first.block == second.block
