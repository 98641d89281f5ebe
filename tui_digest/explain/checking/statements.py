"""Statements of an explanation: sentences, table rows, display formulas.

Each has its marks, by which the model says whether it quotes the paper or gives its own reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from tui_digest.explain.checking.marks import MarkKind, SourceMark, find_marks
from tui_digest.explain.checking.spans import MASKS, SpanKind, find_spans, mask
from tui_digest.latex.find import find_formulas

_CODE, _FENCE, _DISPLAY = MASKS[SpanKind.CODE], MASKS[SpanKind.FENCE], MASKS[SpanKind.DISPLAY]
_MARK = "\ue004"
_BLOCK_START = re.compile(r"[ \t>]*(?:#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s|\|)")
_HEADING = re.compile(r"[ \t>]*#{1,6}\s")
_ROW = re.compile(r"[ \t>]*\|")
_RULE = re.compile(r"[ \t>]*\|?[ \t:|-]*-[ \t:|-]*")
_THEMATIC = re.compile(r"[ \t>]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])\s+)?")
_APART = re.compile(f"{_DISPLAY}+|{_FENCE}+")
_MARK_END = re.compile(f"{_MARK}[.,;:]?[*_]*(?!{_MARK})")
_SENTENCE_END = re.compile(r"(?:[.!?…][\"”'’)*_]*(?=\s|$)|[。！？])\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|resp|al|etc|approx|w\.r\.t|Fig|Eq|Eqs|Thm|Sec|Prop|Lem|Def|Dr|St|No|ca|a\.s|i\.i\.d)"
    r"|\b[A-Z])\.$"
)
_SOMETHING = re.compile(rf"[\w{_CODE}{_DISPLAY}-{_MARK}]")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>")
_BARE_MARK = f"{_MARK}.,;:*_()` \n\t"
_MARK_START = re.compile(f"[*_]*{_MARK}+")
_LEADING_MARK = re.compile(f"(?:(?:\\*\\*|__)[^*_\n]{{1,60}}(?:\\*\\*|__)[.:]?\\s*)?[*_]*{_MARK}")
_LABEL = re.compile(r"(?:\*\*|__)(?P<bold>[^*_\n]{1,60})(?:\*\*|__)[.:]?|[^\s.]+(?: [^\s.]+){0,3}:")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|can|cannot|may|must|will|does|do|holds?|converges?|achieves?|attains?"
    r"|improves?|implies|requires?|needs?|works?|yields?|gives?|shows?|proves?|reduces?|beats?|matches|fails?"
    r"|exists?|outperforms?|solves?|satisf(?:y|ies))\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\W*(?:what|why|whether|if|how|when|where|which|who|is|are|does|do|can)\b|.*\?\W*\Z", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 4
"""Of code that is a statement and no name."""
_FILLER = re.compile(
    r"[-*+_\s]*(?:(?P<before>[^.:\n]{1,120}):\s+)?"
    r"(?:this is\s+|these are\s+|\w+\s+(?:is|are)\s+)?(?:not|none(?:\s+(?:is|are))?)\s+"
    r"(?:explicitly\s+)?"
    r"(?:stated|specified|given|provided|mentioned|discussed)"
    r"(?:\s+in\s+(?:(?:the\s+)?(?:abstract|text|paper|record)|what\s+(?:was|is)\s+shown))?"
    r"(?:[.*_\s]*|\s*:(?P<behind>[^\n]*))",
    re.IGNORECASE,
)


class StatementSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the text that can be true or false: its place and its marks.

    `block` is the number of its paragraph, list item or table row.
    """

    start: int
    end: int
    is_display: bool = False
    block: int = 0
    marks: tuple[SourceMark, ...] = ()


def find_statements(text: str, *, headings: bool = True) -> list[StatementSpan]:
    """Return the statements of an explanation in order.

    Names of sections, code, labels and table rules are no statements.

    A mark that quotes holds for the sentence that it closes and for none before it; one that says
    that a sentence is the model's own reading holds for the paragraph up to it. In a paragraph that
    begins with a mark and ends without one, marks hold for what follows them. A formula on lines of
    its own shares the mark of the text that leads to it or goes on after it, and a sentence that
    ends with a colon that of what follows.

    Args:
        text: The explanation, Markdown with TeX.
        headings: Whether a heading that claims something is a statement.
    """
    marks = list(find_marks(text))
    starts = [mark.start for mark in marks]
    masked = _masked(text, marks)
    found: list[StatementSpan] = []
    header = _table_headers(masked)
    for number, (start, end) in enumerate(_blocks(masked)):
        if _THEMATIC.fullmatch(masked[start:end].rstrip("\n")):
            continue
        if heading := _HEADING.match(masked, start, end):
            is_claim = headings and _is_claim(masked[heading.end() : end])
            pieces = [_trim(masked, heading.end(), end)] if is_claim else []
        elif _ROW.match(masked, start, end):
            pieces = [] if start in header else _row(masked, start, end)
        else:
            pieces = _sentences(masked, start, end)
        for first, last in pieces:
            if not _SOMETHING.search(_TAG.sub("", masked[first:last])):
                continue
            found.append(
                StatementSpan(
                    start=first,
                    end=last,
                    is_display=set(masked[first:last]) == {_DISPLAY},
                    block=number,
                    marks=tuple(marks[bisect_left(starts, first) : bisect_left(starts, last)]),
                )
            )
    joined = _share_marks(_join_marks(found, masked), masked)
    return [statement for statement in joined if not _is_empty(statement, text, masked)]


def _is_claim(words: str | None) -> bool:
    """Tell whether the words of a heading or label claim something."""
    if not words or _MARK in words:
        return bool(words)
    return (
        len(_WORD.findall(words)) > 2 and _VERB.search(words) is not None and _QUESTION.match(words) is None
    )


def blank_marks(text: str, statement: StatementSpan) -> str:
    """Return the statement with its marks and emphasis blanked, so that places stay."""
    signs = list(text[statement.start : statement.end])
    for mark in statement.marks:
        if statement.start <= mark.start < statement.end:
            first, last = mark.start - statement.start, mark.end - statement.start
            signs[first:last] = " " * (last - first)
    bare = "".join(signs)
    if _NOISE_SIGNS.isdisjoint(bare):
        return bare
    pieces = []
    place = 0
    for formula in [*find_formulas(bare), None]:
        end = len(bare) if formula is None else formula.start
        pieces.append(_NOISE.sub(lambda noise: " " * len(noise[0]), bare[place:end]))
        if formula is not None:
            pieces.append(bare[formula.start : formula.end])
            place = formula.end
    return "".join(pieces)


# Emphasis; link targets, addresses, entities and tags, whose numbers are no statements.
_NOISE_SIGNS = frozenset("*(<&h_")
_NOISE = re.compile(
    r"\*\*|(?<![\w*\\])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<![\w\\}$)])_{1,2}(?=[^\W_])|(?<=[\w.!?])_{1,2}(?=[\s.,;:!?)]|\Z)|(?<=\])\([^()\s]{0,500}(?:\([^()\s]{0,500}\))?[^()\s]{0,500}\)|<?\bhttps?://[^\s>]*>?|&#?\w{1,8};|</?[a-z][^<>\n]{0,200}>"
)


def _masked(text: str, marks: Sequence[SourceMark]) -> str:
    """Return the text with code, marks and formulas masked, so that places stay."""
    pieces = []
    place = 0
    for found in marks:
        pieces += [text[place : found.start], _MARK * (found.end - found.start)]
        place = found.end
    masked = "".join([*pieces, text[place:]])
    return mask(masked, find_spans(masked))


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


def _table_headers(masked: str) -> set[int]:
    """Return where the rows begin that a table's rule follows."""
    headers = set()
    place = 0
    before = -1
    for line in masked.splitlines(keepends=True):
        if before >= 0 and "|" in line and _RULE.fullmatch(line.rstrip("\n")):
            headers.add(before)
        before = place if _ROW.match(line) else -1
        place += len(line)
    return headers


def _row(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """A table row as one statement, without its outer bars."""
    if _RULE.fullmatch(masked[start:end].rstrip("\n")):
        return []
    first, last = start, end
    while first < last and masked[first] in " \t>|\n":
        first += 1
    while last > first and masked[last - 1] in " \t|\n":
        last -= 1
    return [(first, last)]


def _sentences(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences and display formulas of a paragraph or list item."""
    lead = _LEAD.match(masked, start, end)
    start = lead.end() if lead else start
    leading = _marks_lead(masked, start, end)
    edges = {start, end}
    for match in _APART.finditer(masked, start, end):
        edges |= {match.start(), match.end()}
    edges |= (
        {match.start() for match in _MARK_START.finditer(masked, start, end)}
        if leading
        else {match.end() for match in _MARK_END.finditer(masked, start, end)}
    )
    for match in _SENTENCE_END.finditer(masked, start, end):
        if _ends_sentence(masked, match, leading=leading):
            edges.add(match.end())
    trimmed = [_trim(masked, first, last) for first, last in pairwise(sorted(edges))]
    return [(first, last) for first, last in trimmed if _SOMETHING.search(masked, first, last)]


def _marks_lead(masked: str, start: int, end: int) -> bool:
    """Tell whether a paragraph begins with a mark and ends without one."""
    last = masked[start:end].rstrip(" \t\n.,;:*_")[-1:]
    return last != _MARK and _LEADING_MARK.match(masked, start, end) is not None


def _ends_sentence(masked: str, stop: re.Match[str], *, leading: bool) -> bool:
    """Tell whether a stop ends a sentence.

    It does unless a small letter goes on, or a mark follows that belongs to the sentence.
    """
    following = masked[stop.end() : stop.end() + 1]
    if following.islower() or (following == _MARK and not leading):
        return False
    return not _ABBREVIATION.search(masked, max(0, stop.start() - 12), stop.start() + 1)


def _trim(masked: str, start: int, end: int) -> tuple[int, int]:
    part = masked[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _join_marks(found: list[StatementSpan], masked: str) -> list[StatementSpan]:
    """Join each mark that is alone to the statement before it, or after it."""
    blocks = Counter(statement.block for statement in found)
    joined: list[StatementSpan] = []
    leading: StatementSpan | None = None
    for statement in found:
        if leading is not None:
            statement = msgspec.structs.replace(
                statement, start=leading.start, marks=leading.marks + statement.marks, is_display=False
            )
            leading = None
        elif _is_mark_alone(statement, masked):
            if joined and _belongs_to(statement, joined[-1], masked, blocks):
                before = joined.pop()
                statement = msgspec.structs.replace(
                    statement,
                    start=before.start,
                    marks=before.marks + statement.marks,
                    is_display=before.is_display,
                )
            elif blocks[statement.block] > 1 and not (joined and joined[-1].block == statement.block):
                leading = statement
                continue
        joined.append(statement)
    return joined


def _is_mark_alone(statement: StatementSpan, masked: str) -> bool:
    words = _TAG.sub("", masked[statement.start : statement.end])
    return _MARK in words and not words.strip(_BARE_MARK)


def _belongs_to(mark: StatementSpan, before: StatementSpan, masked: str, blocks: Counter[int]) -> bool:
    """Tell whether a mark that is alone is that of the statement before it.

    It is in the same paragraph, behind a formula, and in a paragraph of its own if the statement has none.
    """
    if before.block == mark.block or before.is_display:
        return True
    return blocks[mark.block] == 1 and not before.marks and "\n#" not in masked[before.end : mark.start]


def _share_marks(found: list[StatementSpan], masked: str) -> list[StatementSpan]:
    """The statements with the marks of the text or formula that they are one with."""
    marked = list(found)
    for place in range(len(marked) - 2, -1, -1):
        if marked[place].marks:
            continue
        if _goes_on(marked[place], marked[place + 1], masked) or _is_read_on(
            marked[place], marked[place + 1]
        ):
            marked[place] = msgspec.structs.replace(marked[place], marks=marked[place + 1].marks)
    for place in range(1, len(marked)):
        statement, before = marked[place], marked[place - 1]
        if not statement.marks and statement.is_display and not before.is_display:
            marked[place] = msgspec.structs.replace(statement, marks=before.marks)
    return marked


def _is_read_on(first: StatementSpan, second: StatementSpan) -> bool:
    """Tell whether a sentence is in a paragraph that ends as an interpretation.

    An interpretation is the model's own reading.
    """
    return first.block == second.block and {mark.kind for mark in second.marks} == {MarkKind.INTERPRETATION}


def _goes_on(first: StatementSpan, second: StatementSpan, masked: str) -> bool:
    """Tell whether the second statement continues the first.

    It does so around a formula or behind a colon.
    """
    if "\n#" in masked[first.end : second.start]:
        return False
    if masked[first.start : first.end].rstrip("*_ ").endswith(":"):
        return True
    if second.is_display:
        return masked[first.end - 1] not in ".!?"
    return first.is_display and masked[second.start].islower()


def _is_empty(statement: StatementSpan, text: str, masked: str) -> bool:
    """Tell whether it says nothing: a label, code, or that something is not stated."""
    shown = masked[statement.start : statement.end]
    if not shown.strip(_FENCE + _CODE + "\n \t>.,;:"):
        return _FENCE in shown or len(_WORD.findall(text[statement.start : statement.end])) < _FEWEST_WORDS
    if statement.marks and any(statement.start <= mark.start < statement.end for mark in statement.marks):
        bare = shown.replace(_MARK, "").strip()
        return _is_filler(bare)
    label = _LABEL.fullmatch(shown)
    if label is not None:
        return label["bold"] is None or not _is_claim(label["bold"])
    return _is_filler(text[statement.start : statement.end])


def _is_filler(sentence: str) -> bool:
    """Tell whether a sentence only says that something is not stated."""
    filler = _FILLER.fullmatch(sentence)
    return filler is not None and not any(map(_is_claim, filler.group("before", "behind")))
