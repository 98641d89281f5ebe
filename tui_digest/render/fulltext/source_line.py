"""Sentences under a text's title: where it came from and what it lacks."""

from __future__ import annotations

from datetime import datetime

from tui_digest.fulltext.blocks import Losses
from tui_digest.render.labels import MONTHS


def source_line(version: int, fetched_at: datetime, losses: Losses, now: datetime, dot: str = "·") -> str:
    """Return a text's source in one line, with what it lacks.

    For example "arXiv's HTML of v2, fetched 27 Nov · 3 figures not shown".

    Args:
        version: of the paper, 0 where it is not known.
        fetched_at: when the page came.
        losses: what was not converted.
        now: the present moment; the year is told of another one.
        dot: the sign between the parts.
    """
    of = f" of v{version}" if version else ""
    parts = [f"arXiv's HTML{of}, fetched {_day(fetched_at, now)}"]
    figures = losses.pictures + losses.drawings
    for count, one, many in (
        (losses.commands, "command not converted", "commands not converted"),
        (losses.parts, "part left out", "parts left out"),
        (figures, "figure not shown", "figures not shown"),
        (losses.citations, "citation without an entry", "citations without an entry"),
        (losses.labels, "reference that leads nowhere", "references that lead nowhere"),
    ):
        if count:
            parts.append(f"{count} {one if count == 1 else many}")
    return f" {dot} ".join(parts)


def _day(moment: datetime, now: datetime) -> str:
    local, today = moment.astimezone(), now.astimezone()
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local.day} {MONTHS[local.month - 1][:3]}{year}"


def text_sentences(
    version: int,
    fetched_at: datetime,
    losses: Losses,
    now: datetime,
    *,
    warnings: tuple[str, ...] = (),
    later: int = 0,
    changed: bool = False,
    dot: str = "·",
) -> tuple[str, ...]:
    """Return the sentences under a text's title: source, later version, warnings."""
    sentences = [source_line(version, fetched_at, losses, now, dot)]
    if later:
        sentences.append(f"v{later} of the paper is out; this is the text of v{version}.")
    if changed:
        sentences.append("arXiv converted this version again: the text changed since you read it.")
    return (*sentences, *warnings)
