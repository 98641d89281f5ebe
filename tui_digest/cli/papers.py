"""`fetch`, `list`, `show`: the day's papers on standard output."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from tui_digest.cli.output import tell, terminal_width
from tui_digest.cli.selection import Selected, find_papers, select
from tui_digest.cli.wiring import Parts
from tui_digest.errors import ArxivError, TuiDigestError
from tui_digest.export import render
from tui_digest.export.collection import Collection
from tui_digest.paper import Digest
from tui_digest.plain_text import page, row

if TYPE_CHECKING:
    from tui_digest.arxiv.interfaces import Outcome


def fetch(arguments: argparse.Namespace) -> int:
    """Fetch the day's papers when something new can be there, and say in one line what came of it."""
    with Parts(arguments.category) as parts:
        if arguments.date is None and not arguments.offline:
            outcome = asyncio.run(_catch_up(parts))
        else:
            outcome = asyncio.run(_fetch_day(parts, arguments))
        print(_one_line(outcome))
        if outcome.problem is not None:
            print(outcome.problem, file=sys.stderr)
            return TuiDigestError.exit_code
        return 0


async def _fetch_day(parts: Parts, arguments: argparse.Namespace) -> Outcome:
    return await parts.source.digest(
        arguments.date, categories=parts.categories, offline=arguments.offline, tell=tell
    )


async def _catch_up(parts: Parts) -> Outcome:
    """Every missed mailing, oldest first, then the newest with what the feed lacks."""
    last: Outcome | None = None
    async for outcome in parts.source.catch_up(parts.categories, tell):
        if last is not None:
            print(_one_line(last))
        last = outcome
    if last is None:
        raise ArxivError("arXiv has no mailing for these categories.")
    if last.problem is None:
        await parts.source.enrich(last.digest, tell)
    return last


def _one_line(outcome: Outcome) -> str:
    digest = outcome.digest
    stored = " (nothing new to ask for)" if outcome.from_store and outcome.problem is None else ""
    return f"{_summary(digest)}{stored}"


def _summary(digest: Digest) -> str:
    """A digest in one line: its day, how complete it is, how many papers of which announce types."""
    completeness = digest.completeness
    promised = "" if completeness.announced is None else f"/{completeness.announced}"
    counts = "".join(f", {kind} {count}" for kind, count in completeness.counts.items())
    note = f" {completeness.note}" if completeness.note else ""
    return f"{digest.date} {completeness.state}: {completeness.shown}{promised} papers{counts}.{note}"


def list_papers(arguments: argparse.Namespace) -> int:
    """The selected papers as text, JSON, or JSON lines."""
    with Parts(arguments.category) as parts:
        selected = select(parts, arguments, tell)
        if arguments.format == "text":
            _print_list(selected)
        else:
            print(render(arguments.format, collection(parts, selected)).rstrip("\n"))
        return 0


def collection(parts: Parts, selected: Selected) -> Collection:
    """What exports are made from."""
    digest = selected.digest
    if digest is None:
        return Collection(entries=selected.entries, name=parts.settings.name)
    return Collection(
        entries=selected.entries,
        name=parts.settings.name,
        date=digest.date,
        categories=digest.categories,
        completeness=digest.completeness,
    )


def _print_list(selected: Selected) -> None:
    if selected.digest is not None:
        print(f"{_summary(selected.digest)}\n")
    width = terminal_width()
    for entry in selected.entries:
        print(f"{row(entry, width)}\n")


def show(arguments: argparse.Namespace) -> int:
    """One paper with all that is known of it."""
    with Parts() as parts:
        papers = find_papers(parts, [arguments.id], arguments.offline, tell)
        entry = parts.library.entries(papers)[0]
        if arguments.format == "json":
            print(render("jsonl", Collection(entries=(entry,))).rstrip("\n"))
        else:
            print(page(entry, terminal_width(), tex=arguments.tex))
        return 0
