"""Which operations of other machines make sense, and what of them is stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec

from tui_digest.entry import Mark
from tui_digest.interests import InterestKind
from tui_digest.library.explanation_cells import cleaned_explanation
from tui_digest.operation import Operation
from tui_digest.paper import ArxivId
from tui_digest.tags import is_tag
from tui_digest.text.sanitise import one_line, sanitise

_LARGEST_VERSION: Final = 10_000
"""Versions of a paper; what is larger is damage."""


def clean_operation(operation: Operation) -> Operation | None:
    """Return an operation whose value can be stored and shown, or None.

    None means that it makes no sense.
    """
    value, subject = operation.value, one_line(operation.subject)
    if not _names_cell(operation.aspect, subject):
        return None
    match operation.aspect, value:
        case _, None:
            pass
        case "mark", [str() as mark, str() as at] if mark in set(Mark) and _is_moment(at):
            pass
        case "read", [0 | 1, None | int() as version] if 0 <= (version or 0) <= _LARGEST_VERSION:
            pass
        case "note", str():
            value = sanitise(value).strip()
        case "tag", str() as at if _is_moment(at):
            pass
        case "interest", ["follow" | "mute" as stance, str() as text]:
            value = [stance, one_line(text)]
        case "filter", str():
            value = one_line(value)
        case "position", [str() as paper, str() as at] if _is_moment(at):
            value = [one_line(paper), at]
        case "explanation", list() as explanation:
            value = cleaned_explanation(operation.subject, explanation)
            if value is None:
                return None
        case "mark" | "read" | "note" | "tag" | "interest" | "filter" | "position" | "explanation", _:
            return None
    return msgspec.structs.replace(
        operation,
        subject=subject,
        value=value,
        title=one_line(operation.title),
        authors=tuple(map(one_line, operation.authors)),
    )


def _names_cell(aspect: str, subject: str) -> bool:
    """Tell whether a subject fits its aspect; anything fits an unknown aspect."""
    first, _, rest = subject.partition(" ")
    match aspect:
        case "mark" | "read" | "note":
            return _is_paper(subject)
        case "tag":
            return _is_paper(first) and is_tag(rest)
        case "explanation":
            return _is_paper(first)
        case "interest":
            kind, _, folded = subject.partition(":")
            return kind in set(InterestKind) and folded != ""
        case "filter":
            return subject != ""
        case "position":
            return _is_day(subject.rpartition(" ")[2])
    return True


def _is_paper(text: str) -> bool:
    try:
        return ArxivId.parse(text).number == text
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    """Tell whether a text is a moment as the library writes it, with its time zone."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.tzinfo is not None and moment.isoformat() == text
    except ValueError:
        return False
