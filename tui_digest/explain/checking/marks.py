"""Marks behind statements: `[abstract: "…"]`, `[interpretation]`, `[§3.1: "…"]`.

Models write them in many shapes: in other brackets, with the word translated or words around it, with
the quotation outside of the brackets or alone in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice

import msgspec

ABSTRACT = "abstract"
INTERPRETATION = "interpretation"
ANYWHERE = "paper"
"""The address of a quotation that names no place."""

_ABSTRACT_WORDS = (
    r"abstract|abs\.?(?=\s*[:\"“])|abstrakt|zusammenfassung|kurzfassung|r[ée]sum[ée]|resumen|resumo|riassunto|sommario"
    r"|samenvatting|sammanfattning|streszczenie|özet|аннотаци[яи]|реферат|摘要|要旨|概要|초록"
)
_INTERPRETATION_WORDS = (
    r"interpretation|interpr[ée]tation|interpretación|interpretação|interpretazione|interpretatie|deutung"
    r"|tolkning|интерпретация|interpretacja|yorum|解[释釋读讀釈]|[诠詮][释釋]|해석"
)
_PLACES = (
    r"§+|sec(?:tion)?\.?|appendix|app\.|thm\.?|theorem|lemma|lem\.|prop(?:osition)?\.?|corollary|cor\."
    r"|definition|def\.|remark|assumption|example|conjecture|algorithm|table|tab\.|figure|fig\.|eq(?:uation)?s?\.?"
)
_CLOSING = {"[": "]", "(": ")", "【": "】", "［": "］", "〔": "〕"}
_OPENING = re.compile(
    r"(?P<bracket>\\?\[{1,2}|[(【［〔])\s{0,3}(?:\*{1,2}|_)?"
    r"(?:(?:(?:direct\s+)?quot(?:e|ed|ation)|source|see|in|from|per|according\s+to)(?:\s+from)?:?\s+)?"
    r"(?:from\s+)?(?:the\s+)?"
    rf"(?:(?:(?P<abstract>{_ABSTRACT_WORDS})|(?P<interpretation>{_INTERPRETATION_WORDS}))(?!\w)|(?P<kind>title|record"
    rf"|(?:{_PLACES})\s?\(?[A-Z]?\.?\d*(?:\.\d+)*[a-z]?\)?|\(\d+(?:\.\d+)*[a-z]?\))"
    r"|(?P<quotation>quot(?:e|ed|ation)\b|(?<=\[)(?=[\"“„«]\S+\s+\S+\s)))"
    r"(?:\s(?:says|states|reads|quote))?(?:,?\s(?:sentence|line|l\.|s\.)\s?\d+)?(?:\*{1,2}|_)?"
    r"\s{0,3}(?P<colon>[:,;—–=：-]?)(?:\*{1,2}|_)?\s{0,3}(?=[\]\"“”„«»「'‘`*:(\[\\$\w…)】］〕])",
    re.IGNORECASE,
)
_QUOTES = {'"': '"', "“": '”"', "„": "“”", "«": "»", "»": "«", "‘": "’", "'": "'’", "`": "'`", "「": "」"}
_NEXT = re.compile(r"\s*(?:[,;]|and\b|und\b|…|\.\.\.)?\s*(?=[\"“„«])")
_OUTSIDE = re.compile(r"(?:\*{1,2}|_)?\s{0,2}[:,]?\s{0,2}(?=[\"“„«])")
_LINK = re.compile(r"\(https?://[^\s()]{1,500}\)", re.IGNORECASE)
_BEHIND_A_SENTENCE = re.compile(r"[)】］〕][*_]*(?:[.!?]|\s*(?:\n|\Z|\|)|\s+[A-Z(*\[])")
_FAINT = re.compile(r"[ \t\n.*_\\]*")
_CLOSING_QUOTES = {opened: re.compile(f"[{closed}]") for opened, closed in _QUOTES.items()}
_BRACKETS = {
    closed: re.compile(rf"\n\n|(?<!\\)[{re.escape(opened + closed)}]") for opened, closed in _CLOSING.items()
}
_WRAPPING = (
    *((sign, sign) for sign in ("**", "__", "*", "_", "``", "`")),
    ("(", ")"),
    *((f"<{tag}>", f"</{tag}>") for tag in ("sup", "small", "sub", "em", "i", "b", "strong", "cite", "code")),
)
_LONGEST = 1500
_MOST_QUOTES = 20
_DEEPEST = 10
"""How far, and past how many quotation marks and brackets, the end of a mark is looked for."""


class MarkKind(StrEnum):
    """Kind of a mark: what a model says of a statement."""

    QUOTATION = "quotation"
    INTERPRETATION = "interpretation"


class SourceMark(msgspec.Struct, frozen=True):
    """A mark in a text.

    Attributes:
        start, end: Its place, with its brackets and what is around nothing but it.
        kind: Whether it quotes or interprets.
        address: What it names as its source, as written and in lower case: `abstract`, `§3.1`.
        quotations: The places of the quoted words, without their quotation marks.
    """

    start: int
    end: int
    kind: MarkKind
    address: str
    quotations: tuple[tuple[int, int], ...] = ()


def find_marks(text: str) -> Iterator[SourceMark]:
    """The marks of a text in order."""
    place = 0
    while opening := _OPENING.search(text, place):
        address = _address(opening)
        closing = _CLOSING[opening["bracket"][-1]]
        closed = _close(text, opening.end(), closing) if _is_source(text, opening, address) else None
        if closed is None:
            place = opening.end()
            continue
        end, quotations = closed
        if opening["bracket"] == "[[" and text[end : end + 1] == "]":
            end += 1
        if address == INTERPRETATION:
            quotations = ()
        elif not quotations and (outside := _quotation_outside(text, end)) is not None:
            end, quotations = outside
        if link := _LINK.match(text, end):
            end = link.end()
        start, end = _with_wrapping(text, opening.start(), end, place)
        place = end
        kind = MarkKind.INTERPRETATION if address == INTERPRETATION else MarkKind.QUOTATION
        yield SourceMark(start, end, kind, address, quotations)


def _with_wrapping(text: str, start: int, end: int, first: int) -> tuple[int, int]:
    """Return the place of a mark with the emphasis or brackets around it alone."""
    while True:
        for before, behind in _WRAPPING:
            if (
                start - len(before) >= first
                and text.endswith(before, first, start)
                and text.startswith(behind, end)
            ):
                start, end = start - len(before), end + len(behind)
                break
        else:
            return start, end


def _address(opening: re.Match[str]) -> str:
    if opening["interpretation"]:
        return INTERPRETATION
    if opening["abstract"]:
        return ABSTRACT
    return " ".join((opening["kind"] or ANYWHERE).lower().split())


def _is_source(text: str, opening: re.Match[str], address: str) -> bool:
    """Tell whether what opens is a mark and not prose or a formula in brackets."""
    following = text[opening.end() : opening.end() + 1]
    if opening["bracket"] not in ("[", "[["):
        return following in _QUOTES or (
            address == INTERPRETATION and _BEHIND_A_SENTENCE.match(text, opening.end()) is not None
        )
    is_named = opening["abstract"] or opening["interpretation"] or opening["quotation"] == ""
    is_outside = following == "]" and _OUTSIDE.match(text, opening.end() + 1)
    return bool(is_named or opening["colon"] or is_outside)


def _close(text: str, start: int, closing: str) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """Return the end of the mark whose content starts here, and its quotations.

    None if the mark is never closed.
    """
    if text[start : start + 1] == closing:
        return start + 1, ()
    quotations: list[tuple[int, int]] = []
    place = start
    while text[place : place + 1] in _QUOTES and (end := _quotation_end(text, place, closing)) is not None:
        quotations.append(_inside(text, place, end))
        place = end
        following = _NEXT.match(text, place)
        if following is None:
            break
        place = following.end()
    if quotations:
        closed = text.find(closing, place, place + 200)
        if closed >= 0 and "\n\n" not in text[place:closed]:
            return closed + 1, tuple(quotations)
    end = _bracket_end(text, start, closing)
    if end is None:
        return None
    content = text[start : end - 1]
    if not content.strip():
        return end, ()
    return end, ((start, end - 1),)


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of the words within quotation marks of one sign or two."""
    size = 2 if text.startswith("``", start) else 1
    return start + size, end - 1 - (size == 2 and text.startswith("''", end - 2))


def _quotation_end(text: str, start: int, closing: str) -> int | None:
    """Return the place behind the closing quotation mark.

    The bracket or another quotation follows it.
    """
    limit = min(len(text), start + _LONGEST)
    blank = text.find("\n\n", start, limit)
    quotes = _CLOSING_QUOTES[text[start]].finditer(text, start + 1, blank if blank >= 0 else limit)
    for quote in islice(quotes, _MOST_QUOTES):
        place = quote.start()
        if text[place - 1] == "\\" and text[place + 1 : place + 2] != closing:
            continue
        behind = _FAINT.match(text, place + 1)
        if text.startswith(closing, behind.end() if behind else place + 1) or _follows(text, place + 1):
            return place + 1
    return None


def _quotation_outside(text: str, start: int) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """Return the end and the words of a quotation behind `[abstract]`, or None."""
    gap = _OUTSIDE.match(text, start)
    if gap is None:
        return None
    limit = min(len(text), start + _LONGEST)
    blank = text.find("\n\n", start, limit)
    for quote in _CLOSING_QUOTES[text[gap.end()]].finditer(
        text, gap.end() + 1, blank if blank >= 0 else limit
    ):
        if not text[quote.end() : quote.end() + 1].isalnum():
            return quote.end(), (_inside(text, gap.end(), quote.end()),)
    return None


def _follows(text: str, place: int) -> bool:
    following = _NEXT.match(text, place)
    return following is not None and following.end() > place


def _bracket_end(text: str, start: int, closing: str) -> int | None:
    """Behind the bracket that closes a mark without quotation marks."""
    depth = 1
    for sign in _BRACKETS[closing].finditer(text, start, min(len(text), start + _LONGEST)):
        if sign[0] == "\n\n" or depth > _DEEPEST:
            return None
        depth += -1 if sign[0] == closing else 1
        if depth == 0:
            return sign.end()
    return None
