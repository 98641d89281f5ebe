"""Labels of marks, announce types, completeness, licences, dates and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from tui_digest.entry import Mark
from tui_digest.lists import DayPart
from tui_digest.paper import AnnounceType, CompletenessState
from tui_digest.text.sanitise import one_line

SHARES: Final = "shares "
"""What the reason begins with for which a paper is similar to another one."""

MARK_LABELS: Final = {Mark.TO_READ: "to read", Mark.DONE: "done", Mark.DISMISSED: "dismissed"}

ASCII_MARKS: Final = {Mark.TO_READ: "*", Mark.DONE: "x", Mark.DISMISSED: "-"}
"""The marks where nothing but ASCII can be written."""

STATE_LABELS: Final = {
    CompletenessState.COMPLETE: "complete",
    CompletenessState.PARTIAL: "partial",
    CompletenessState.STALE: "stale",
    CompletenessState.QUIET: "quiet day",
    CompletenessState.UNCONFIRMED: "unconfirmed",
    CompletenessState.BY_SUBMISSION_DATE: "by submission date",
}

PART_LABELS: Final = {
    DayPart.PICKED: "Picked",
    DayPart.NEW: "New",
    DayPart.CROSS: "Cross-listed",
    DayPart.REPLACED: "Replaced",
    DayPart.UNTYPED: "By submission date",
}

_CREATIVE_COMMONS: Final = frozenset({"by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd"})

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class AnnounceLabel(msgspec.Struct, frozen=True):
    """An announce type in full, in one word, and as it is counted in the header."""

    full: str
    word: str
    counted: str


ANNOUNCE_LABELS: Final = {
    AnnounceType.NEW: AnnounceLabel("new", "new", "new"),
    AnnounceType.CROSS: AnnounceLabel("cross-listed", "cross", "cross"),
    AnnounceType.REPLACE: AnnounceLabel("replaced", "replaced", "replaced"),
    AnnounceType.REPLACE_CROSS: AnnounceLabel("replaced, cross-listed", "cross", "replaced"),
}


def announce_label(kind: AnnounceType | None) -> str:
    """An announce type in full; empty when it is unknown."""
    return "" if kind is None else ANNOUNCE_LABELS[kind].full


def counts_by_label(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by the labels of their announce types; both kinds of replacement are one."""
    labelled: dict[str, int] = {}
    for kind, number in counts.items():
        label = ANNOUNCE_LABELS[AnnounceType(kind)].counted if kind in ANNOUNCE_LABELS else kind
        labelled[label] = labelled.get(label, 0) + number
    return labelled


def short_date(day: date) -> str:
    """A day as `20 Nov 2026`, in any locale."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def day_name(day: date) -> str:
    """A day as `Fri 20 Nov`, in any locale."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1][:3]}"


def full_day_name(day: date) -> str:
    """A day as `Fri 20 Nov 2026`, in any locale."""
    return f"{day_name(day)} {day.year}"


def local_time(moment: datetime) -> str:
    """A moment as `2026-11-20 09:12` in the machine's time, for programs."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def date_and_time(moment: datetime) -> str:
    """A moment as `20 Nov 2026 09:12`, in the time of this machine."""
    local = moment.astimezone()
    return f"{short_date(local.date())} {local:%H:%M}"


def age(then: datetime, now: datetime) -> str:
    """Return how long ago something was, in the largest unit that fits: `2 h`."""
    passed = max(now - then, timedelta())
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def count_words(number: int, noun: str) -> str:
    """A number with its noun: `1 paper`, `2 papers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def reasons_words(reasons: Sequence[str]) -> str:
    """Return why a paper is picked or similar: `Picked: convergence; in math.OC`."""
    words = "; ".join(reasons)
    if words.startswith(SHARES):
        return f"{words[:1].upper()}{words[1:]}"
    return f"Picked: {words}"


def tag_line(tags: Sequence[str]) -> str:
    """Tags as they are shown: `#later #reading-group`."""
    return " ".join(f"#{tag}" for tag in tags)


def token_words(tokens_in: int | None, tokens_out: int | None) -> str:
    """Format tokens in and out as `412 → 1,903 tokens`; `?` where unknown."""
    given, answered = ("?" if number is None else f"{number:,}" for number in (tokens_in, tokens_out))
    return f"{given} → {answered} tokens"


def size_words(size: int) -> str:
    """A number of bytes as `1.2 MB`, from 10 MB on as `1,234 MB`."""
    return f"{size / 1e6:.1f} MB" if size < 10_000_000 else f"{size / 1e6:,.0f} MB"


KIND_LABELS = {
    "mathematics": "the mathematics",
    "three-lines": "three lines",
    "student": "for a student",
    "method": "the method only",
    "translation": "a translation",
}
"""The kinds of explanation in words."""


def licence_name(text: str) -> str:
    """Return the usual name of a licence, `CC BY-SA 4.0`; an unknown one unchanged.

    The addresses are those of info.arxiv.org/help/license.

    Args:
        text: what arXiv says of it: for the licences it offers, an address.
    """
    text = one_line(text)
    match text.removeprefix("https://").removeprefix("http://").removesuffix("/").split("/"):
        case ["creativecommons.org", "licenses", kind, version] if kind in _CREATIVE_COMMONS:
            return f"CC {kind.upper()} {version}"
        case ["creativecommons.org", "publicdomain", "zero", version]:
            return f"CC0 {version}"
        case ["creativecommons.org", "licenses", "publicdomain"]:
            return "public domain"
        case ["arxiv.org", "licenses", "nonexclusive-distrib", version]:
            return f"arXiv non-exclusive {version}"
        case ["arxiv.org", "licenses", "assumed-1991-2003"]:
            return "assumed by arXiv (1991 to 2003)"
    return text


def may_be_published(text: str | None) -> bool:
    """Tell whether anyone may publish the whole text in any form, naming its authors.

    Args:
        text: what arXiv says of it, as for `licence_name`; of a paper without one nobody may.
    """
    name = licence_name(text or "")
    return name == "public domain" or name.startswith(("CC0 ", "CC BY ", "CC BY-SA "))
