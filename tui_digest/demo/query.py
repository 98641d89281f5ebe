"""The grammar of arXiv's query API, as far as the fake arXiv answers it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TypeVar

Record = TypeVar("Record")
Condition = Callable[[Record], bool]
"""Whether a record is found."""

FieldConditions = Callable[[str, str], "Condition[Record]"]
"""Makes the condition of a field and its value; a ValueError says why there is none."""

_TOKEN: Final = re.compile(
    r'\s*(?:([()])|(AND|ANDNOT|OR)\b|(\w+):(?:"([^"]*)"|\[([^]]*)\]|([^\s()"]+)))', re.ASCII
)


def parse_query(text: str, condition_of: FieldConditions[Record]) -> Condition[Record]:
    """Parse `field:value` terms joined left to right by AND, OR, ANDNOT, parentheses.

    Raises:
        ValueError: it cannot be read.
    """
    tokens: list[tuple[str, ...]] = []
    at, text = 0, text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"{text[at:].strip()[:40]} cannot be read")
        tokens.append(match.groups(""))
        at = match.end()
    found = _joined(tokens, condition_of)
    if tokens:
        raise ValueError("there is a ) too many")
    return found


def _joined(tokens: list[tuple[str, ...]], condition_of: FieldConditions[Record]) -> Condition[Record]:
    found = _parse_operand(tokens, condition_of)
    while tokens and tokens[0][1]:
        operator = tokens.pop(0)[1]
        found = _combined(operator, found, _parse_operand(tokens, condition_of))
    return found


def _combined(operator: str, left: Condition[Record], right: Condition[Record]) -> Condition[Record]:
    match operator:
        case "AND":
            return lambda record: left(record) and right(record)
        case "OR":
            return lambda record: left(record) or right(record)
        case _:
            return lambda record: left(record) and not right(record)


def _parse_operand(tokens: list[tuple[str, ...]], condition_of: FieldConditions[Record]) -> Condition[Record]:
    if not tokens:
        raise ValueError("something is missing at its end")
    bracket, _, field, quoted, window, word = tokens.pop(0)
    if bracket == "(":
        found = _joined(tokens, condition_of)
        if not tokens or tokens.pop(0)[0] != ")":
            raise ValueError("a ) is missing")
        return found
    if not field:
        raise ValueError("a field is missing")
    return condition_of(field, quoted or window or word)


def window(text: str) -> tuple[datetime, datetime]:
    """Read `202611010000 TO 202611022359`.

    Raises:
        ValueError: it is none.
    """
    first, _, last = text.partition(" TO ")
    return _moment(first), _moment(last)


def _moment(stamp: str) -> datetime:
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M").replace(tzinfo=UTC)
    except ValueError:
        raise ValueError(f"{stamp} is not a date") from None
