"""The header's words: the day, how complete it is, what is hidden, how old the data is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tui_digest.paper import CompletenessState, Digest
from tui_digest.tui.page import short_date

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_STATES = {
    CompletenessState.COMPLETE: "complete",
    CompletenessState.PARTIAL: "partial",
    CompletenessState.STALE: "stale",
    CompletenessState.QUIET: "quiet day",
    CompletenessState.UNCONFIRMED: "unconfirmed",
    CompletenessState.BY_SUBMISSION_DATE: "by submission date",
}
_TYPES = {"new": "new", "cross": "cross", "replace": "replaced", "replace-cross": "replaced"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the header, in one or more forms, the longest first.

    On a short line the parts of low `weight` are shortened first, and then left out first.
    """

    forms: tuple[str, ...]
    weight: int
    role: str = ""


def day_name(day: date, year: bool = True) -> str:
    """A day as `Fri 20 Nov 2026`, or without the year."""
    name = f"{_WEEKDAYS[day.weekday()]} {short_date(day)}"
    return name if year else name.removesuffix(f" {day.year}")


def age(then: datetime, now: datetime) -> str:
    """How long ago something was, in the largest unit that fits: `2 h`."""
    passed = max(now - then, timedelta())
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def completeness_words(digest: Digest, dot: str = "·") -> tuple[str, ...]:
    """How complete a digest is: `complete 242/242 · new 120 · cross 80 · replaced 42`, and shorter forms."""
    completeness = digest.completeness
    promised = "?" if completeness.announced is None else str(completeness.announced)
    counts: dict[str, int] = {}
    for kind, count in completeness.counts.items():
        words = _TYPES.get(kind, kind)
        counts[words] = counts.get(words, 0) + count
    state, numbers = _STATES[completeness.state], f"{completeness.shown}/{promised}"
    types = f" {dot} ".join(f"{kind} {count}" for kind, count in counts.items())
    long = (f"{state} {numbers} {dot} {types}",) if types else ()
    return (*long, f"{state} {numbers}", numbers if state == "complete" else state)
