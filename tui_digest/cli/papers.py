"""`list`, `show`, `search`: papers on standard output."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from tui_digest.cli.output import tell, terminal_width, warn
from tui_digest.cli.selection import Selected, find_papers, select
from tui_digest.cli.wiring import Parts
from tui_digest.export import render
from tui_digest.export.collection import Collection
from tui_digest.paper import Digest
from tui_digest.plain_text import page, row
from tui_digest.reading import Entry
from tui_digest.sanitise import one_line


def list_papers(arguments: argparse.Namespace) -> int:
    """The selected papers as text, JSON, or JSON lines."""
    with Parts(arguments.category) as parts:
        selected = select(parts, arguments, tell)
        if arguments.format == "text":
            if selected.digest is not None:
                print(f"{digest_line(selected.digest)}\n")
            _print_rows(selected.entries)
        else:
            _print_rendered(arguments.format, collection(parts, selected))
        return 0


def show(arguments: argparse.Namespace) -> int:
    """One paper with all that is known of it."""
    with Parts() as parts:
        papers = find_papers(parts, [arguments.id], arguments.offline, tell)
        entry = parts.library.entries(papers)[0]
        if arguments.format == "json":
            _print_rendered("jsonl", Collection(entries=(entry,)))
        else:
            print(page(entry, terminal_width(), tex=arguments.tex))
        return 0


def search(arguments: argparse.Namespace) -> int:
    """What a query finds in everything ever fetched, the best first."""
    with Parts() as parts:
        while parts.library.search.refresh():
            tell("bringing the index up to date")
        found = parts.library.search.find(arguments.query, limit=arguments.limit)
        if arguments.format == "text":
            _print_rows(found.entries)
        else:
            _print_rendered(arguments.format, Collection(entries=found.entries))
    if not found.entries:
        warn("No paper of those ever fetched matches.")
    elif found.more:
        warn(f"There are more; these are the first {len(found.entries)}. --limit shows more.")
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


def digest_line(digest: Digest) -> str:
    """A digest in one line: its day, how complete it is, how many papers of which announce types."""
    completeness = digest.completeness
    head = f"{digest.date} {completeness.state}"
    note = f" {one_line(completeness.note)}" if completeness.note else ""
    if not digest.papers:
        return f"{head}.{note}"  # nothing came where papers were due: that is no number of papers
    promised = "" if completeness.announced is None else f"/{completeness.announced}"
    counts = "".join(f", {kind} {count}" for kind, count in completeness.counts.items())
    return f"{head}: {completeness.shown}{promised} papers{counts}.{note}"


def _print_rows(entries: Iterable[Entry]) -> None:
    width = terminal_width()
    for entry in entries:
        print(f"{row(entry, width)}\n")


def _print_rendered(format_name: str, papers: Collection) -> None:
    print(render(format_name, papers), end="")
