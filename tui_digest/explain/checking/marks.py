"""Marks behind statements: `[abstract: "…"]`, `[interpretation]`, `[§3.1: "…"]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

ABSTRACT = "abstract"

_OPENING = re.compile(
    r"\[\s{0,3}(?:\*{1,2}|_)?(?:from\s+(?:the\s+)?)?(?P<kind>abstract|interpretation|title|record"
    r"|(?:§+|sec(?:tion)?\.?|appendix|app\.|thm\.?|theorem|lemma|lem\.|prop(?:osition)?\.?|corollary|cor\."
    r"|definition|def\.|remark|assumption|example|conjecture|algorithm|table|tab\.|figure|fig\.|eq(?:uation)?s?\.?)"
    r"\s?\(?[A-Z]?\.?\d*(?:\.\d+)*[a-z]?\)?|\(\d+(?:\.\d+)*[a-z]?\))"
    r"(?:\*{1,2}|_)?\s{0,3}(?P<colon>[:,;—–-]?)\s{0,3}(?=[\]\"“”„«'‘`*:(\[\\$\w…])",
    re.IGNORECASE,
)
_QUOTES = {'"': '"', "“": '”"', "„": "“”", "«": "»", "‘": "’", "'": "'’", "`": "'"}
_NEXT = re.compile(r"\s*(?:[,;]|and\b|und\b|…|\.\.\.)?\s*(?=[\"“„«])")
_LONGEST = 1500


class MarkKind(StrEnum):
    """Kind of a mark: what a model says of a statement."""

    QUOTATION = "quotation"
    INTERPRETATION = "interpretation"


class SourceMark(msgspec.Struct, frozen=True):
    """A mark in a text.

    Attributes:
        start, end: Its place, with its brackets.
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
        address = " ".join(opening["kind"].lower().split())
        is_source = address == ABSTRACT or address == "interpretation" or bool(opening["colon"])
        closed = _close(text, opening.end()) if is_source else None
        if closed is None:
            place = opening.end()
            continue
        end, quotations = closed
        place = end
        if address == "interpretation":
            yield SourceMark(opening.start(), end, MarkKind.INTERPRETATION, address)
        else:
            yield SourceMark(opening.start(), end, MarkKind.QUOTATION, address, quotations)


def _close(text: str, start: int) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """Return the end of the mark whose content starts here, and its quotations.

    None if the mark is never closed.
    """
    if text[start : start + 1] == "]":
        return start + 1, ()
    quotations: list[tuple[int, int]] = []
    place = start
    while text[place : place + 1] in _QUOTES and (end := _quotation_end(text, place)) is not None:
        size = 2 if text.startswith("``", place) else 1
        last = end - 1 - (size == 2 and text.startswith("''", end - 2))
        quotations.append((place + size, last))
        place = end
        following = _NEXT.match(text, place)
        if following is None:
            break
        place = following.end()
    if quotations:
        closing = text.find("]", place, place + 200)
        if closing >= 0 and "\n\n" not in text[place:closing]:
            return closing + 1, tuple(quotations)
    end = _bracket_end(text, start)
    if end is None:
        return None
    content = text[start : end - 1]
    if not content.strip():
        return end, ()
    return end, ((start, end - 1),)


def _quotation_end(text: str, start: int) -> int | None:
    """Return the place behind the closing quotation mark.

    A bracket or another quotation follows it.
    """
    closing = _QUOTES[text[start]]
    limit = min(len(text), start + _LONGEST)
    blank = text.find("\n\n", start, limit)
    limit = blank if blank >= 0 else limit
    for place in range(start + 1, limit):
        if text[place] not in closing or (text[place - 1] == "\\" and text[place + 1 : place + 2] != "]"):
            continue
        behind = place + 1
        while behind < len(text) and text[behind] in " \t\n.*_":
            behind += 1
        if text[behind : behind + 1] == "]" or (_NEXT.match(text, place + 1) and _follows(text, place + 1)):
            return place + 1
    return None


def _follows(text: str, place: int) -> bool:
    following = _NEXT.match(text, place)
    return following is not None and following.end() > place


def _bracket_end(text: str, start: int) -> int | None:
    """Behind the bracket that closes a mark without quotation marks."""
    depth = 1
    for place in range(start, min(len(text), start + _LONGEST)):
        sign = text[place]
        if sign == "\n" and text[place + 1 : place + 2] == "\n":
            return None
        if sign in "[]" and text[place - 1 : place] == "\\":
            continue
        depth += (sign == "[") - (sign == "]")
        if depth == 0:
            return place + 1
    return None
