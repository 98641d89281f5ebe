"""An explanation taken apart into its statements: sentences, table cells, display formulas.

Each has its mark, by which the model says whether it is from the abstract or its own reading.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise

import msgspec

from tui_digest.explain.checking.spans import MASKS, SpanKind, find_spans, mask

MARK = re.compile(
    r"\[\s{0,3}(?P<kind>abstract|interpretation)\s{0,3}"
    r"(?P<words>:(?:\s{0,3}[,;]?\s{0,3}[\"“](?:[^\"“”\n]|\n(?!\s*\n)){0,600}[\"”])+|:[^\]\n]{0,600})?\s{0,3}\]",
    re.IGNORECASE,
)
_MARK_MASK = "\ue004"
_DISPLAY_MASK = MASKS[SpanKind.DISPLAY]
_BLOCK_START = re.compile(r"[ \t>]*(?:#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s|\|)")
_HEADING = re.compile(r"[ \t>]*#{1,6}\s")
_ROW = re.compile(r"[ \t>]*\|")
_RULE = re.compile(r"[ \t>]*\|[ \t:|-]*")
_BAR = re.compile(r"(?<!\\)\|")
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])\s+)?")
_APART = re.compile(f"{_DISPLAY_MASK}+|{MASKS[SpanKind.FENCE]}+")
_MARK_END = re.compile(f"{_MARK_MASK}[.,;:]?(?!{_MARK_MASK})")
_SENTENCE_END = re.compile(r"(?:[.!?…][\"”'’)*_]*(?=\s|$)|[。！？])\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|resp|al|etc|approx|w\.r\.t|Fig|Eq|Eqs|Thm|Sec|Prop|Lem|Def|Dr|St|No)|\b[A-Z])\.$"
)
_SOMETHING = re.compile(r"[\w\ue002-\ue004]")


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
    masked = MARK.sub(lambda mark: _MARK_MASK * len(mark[0]), mask(text, find_spans(text)))
    found: list[Statement] = []
    for number, (start, end) in enumerate(_blocks(masked)):
        if _HEADING.match(masked, start, end):
            continue
        cut = _cells if _ROW.match(masked, start, end) else _sentences
        for first, last in cut(masked, start, end):
            if _SOMETHING.search(masked, first, last):
                found.append(
                    Statement(
                        start=first,
                        end=last,
                        is_display=set(masked[first:last]) == {_DISPLAY_MASK},
                        in_cell=cut is _cells,
                        block=number,
                        mark=_own_mark(text[first:last]),
                    )
                )
    return _inherit(_join_marks(found, masked), masked)


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
    if _RULE.fullmatch(masked[start:end].rstrip("\n")):
        return []
    bars = [match.start() for match in _BAR.finditer(masked, start, end)]
    edges = [*bars, end]
    return [_trim(masked, first + 1, last) for first, last in pairwise(edges)]


def _sentences(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences and display formulas of a paragraph or list item."""
    lead = _LEAD.match(masked, start, end)
    start = lead.end() if lead else start
    edges = {start, end}
    for match in _APART.finditer(masked, start, end):
        edges |= {match.start(), match.end()}
    for match in _MARK_END.finditer(masked, start, end):
        edges.add(match.end())
    for match in _SENTENCE_END.finditer(masked, start, end):
        if _ends_sentence(masked, match):
            edges.add(match.end())
    trimmed = [_trim(masked, first, last) for first, last in pairwise(sorted(edges))]
    return [(first, last) for first, last in trimmed if _SOMETHING.search(masked, first, last)]


def _ends_sentence(masked: str, stop: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: no small letter goes on, and no mark follows that belongs to it."""
    following = masked[stop.end() : stop.end() + 1]
    if following.islower() or following == _MARK_MASK:
        return False
    return not _ABBREVIATION.search(masked, max(0, stop.start() - 12), stop.start() + 1)


def _trim(masked: str, start: int, end: int) -> tuple[int, int]:
    part = masked[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _own_mark(text: str) -> Mark | None:
    match = MARK.search(text)
    return Mark(match["kind"].lower()) if match else None


def _join_marks(found: list[Statement], masked: str) -> list[Statement]:
    """The statements with each formula joined to the mark that stands alone behind it."""
    joined: list[Statement] = []
    for statement in found:
        alone = not masked[statement.start : statement.end].strip(_MARK_MASK + ".,;:")
        if alone and joined and joined[-1].is_display:
            formula = joined.pop()
            statement = msgspec.structs.replace(statement, start=formula.start)
        joined.append(statement)
    return joined


def _inherit(found: list[Statement], masked: str) -> list[Statement]:
    """The statements with the mark that holds for each: its own, the next one, or for a formula the last."""
    marked = list(found)
    for place in range(len(marked) - 2, -1, -1):
        if marked[place].mark is None and _goes_on(marked[place], marked[place + 1], masked):
            marked[place] = msgspec.structs.replace(marked[place], mark=marked[place + 1].mark)
    for place in range(1, len(marked)):
        statement, before = marked[place], marked[place - 1]
        if statement.mark is None and statement.is_display and not before.is_display:
            marked[place] = msgspec.structs.replace(statement, mark=before.mark)
    return marked


def _goes_on(first: Statement, second: Statement, masked: str) -> bool:
    """Whether the second statement continues the first: in one paragraph, or around a formula."""
    if first.in_cell or second.in_cell or "\n#" in masked[first.end : second.start]:
        return False
    if masked[second.start] == _DISPLAY_MASK:
        return masked[first.end - 1] not in ".!?"
    if first.is_display:
        return masked[second.start].islower()
    return first.block == second.block
