"""`list`, `show`, `search`: print papers."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from tui_digest.cli.container import Parts
from tui_digest.cli.output import digest_line, show_progress, terminal_width, warn
from tui_digest.cli.selection import collection_of, find_papers, select_papers
from tui_digest.entry import Entry

if TYPE_CHECKING:
    from tui_digest.export.collection import Collection
    from tui_digest.export.whole_text import ExportedText

_MOST_HITS = 500


def list_papers(arguments: argparse.Namespace) -> int:
    """Print the selected papers as text, JSON, or JSON lines."""
    with Parts(arguments.category, arguments.digest) as parts:
        selected = select_papers(parts, arguments, show_progress)
        if arguments.format == "text":
            if selected.digest is not None:
                print(f"{digest_line(selected.digest)}\n")
            if arguments.spoken:
                _print_headlines(selected.entries)
            else:
                _print_rows(selected.entries)
        else:
            _print_rendered(arguments.format, collection_of(parts, selected))
        if not selected.entries and selected.digest is None:
            warn("No paper is selected.")
        return 0


def show(arguments: argparse.Namespace) -> int:
    """Print one paper with everything stored about it."""
    with Parts() as parts:
        papers = find_papers(parts, [arguments.id], offline=arguments.offline, tell=show_progress)
        entry = parts.library.entries(papers)[0]
        if arguments.full or arguments.section:
            _show_text(parts, entry, arguments)
        elif arguments.format == "json":
            _print_entries("jsonl", [entry])
        elif arguments.spoken:
            from tui_digest.render.spoken import spoken_paper

            print(spoken_paper(entry))
        else:
            from tui_digest.render.plain import plain_page

            print(plain_page(entry, terminal_width(), tex=arguments.tex))
        return 0


def _show_text(parts: Parts, entry: Entry, arguments: argparse.Namespace) -> None:
    """Print the whole text of a paper, or a section of it."""
    from tui_digest.cli.whole_text import exported_text, print_text

    if arguments.format != "json":
        print_text(parts, entry, arguments)
        return
    text = exported_text(parts, entry, offline=arguments.offline, section=arguments.section)
    _print_entries("jsonl", [entry], {entry.paper.id: text})


def search(arguments: argparse.Namespace) -> int:
    """Print what a query finds in the library, or with `--full` in stored texts."""
    with Parts() as parts:
        if arguments.full:
            from tui_digest.cli.whole_text import search_texts

            return search_texts(parts, arguments.query, arguments.limit, arguments.format)
        if arguments.arxiv:
            return _search_arxiv(parts, arguments)
        while parts.library.search.refresh():
            show_progress("bringing the index up to date")
        found = parts.library.search.find(arguments.query, limit=arguments.limit)
        if arguments.format == "text":
            _print_rows(found.entries)
        else:
            _print_entries(arguments.format, found.entries)
    if not found.entries:
        warn("None of the papers ever fetched matches.")
    elif found.more:
        warn(f"There are more; these are the first {len(found.entries)}. --limit shows more.")
    return 0


def similar(arguments: argparse.Namespace) -> int:
    """Print the stored papers most similar to one."""
    with Parts() as parts:
        (paper,) = find_papers(parts, [arguments.id], offline=arguments.offline, tell=show_progress)
        found = parts.library.similar.find(paper.id, arguments.limit)
        rows = parts.library.lists.rows(found.scope, range(found.scope.size))
        entries = [
            msgspec.structs.replace(entry, reasons=row.reasons)
            for entry, row in zip(rows, found.rows, strict=True)
        ]
        if arguments.format == "text":
            _print_rows(entries)
        else:
            _print_entries(arguments.format, entries)
    if not entries:
        warn("No stored paper is similar to it.")
    return 0


def _search_arxiv(parts: Parts, arguments: argparse.Namespace) -> int:
    from tui_digest.cli.adapters.arxiv_search import ask_arxiv

    size = min(arguments.limit, _MOST_HITS)
    page = parts.run(ask_arxiv(parts, arguments.query, arguments.start, size, arguments.sort, show_progress))
    entries, total = parts.library.entries(page.papers), page.total
    if arguments.format == "text":
        _print_rows(entries)
    else:
        _print_entries(arguments.format, entries)
    last = arguments.start + len(entries)
    if not entries:
        warn("arXiv has no such paper." if not arguments.start else "arXiv has no more.")
    elif last < total:
        warn(f"arXiv has {total:,}; these are {arguments.start + 1} to {last}. --start {last} goes on.")
    return 0


def _print_rows(entries: Iterable[Entry]) -> None:
    from tui_digest.render.plain import plain_row

    width = terminal_width()
    for entry in entries:
        print(f"{plain_row(entry, width)}\n")


def _print_headlines(entries: Sequence[Entry]) -> None:
    from tui_digest.render.spoken import spoken_headline

    for number, entry in enumerate(entries, start=1):
        print(f"{number} of {len(entries)}. {spoken_headline(entry)}\n")


def _print_entries(
    format_name: str, entries: Iterable[Entry], texts: Mapping[str, ExportedText] | None = None
) -> None:
    from tui_digest.export.collection import Collection

    _print_rendered(format_name, Collection(entries=tuple(entries), texts=texts or {}))


def _print_rendered(format_name: str, papers: Collection) -> None:
    from tui_digest.export.rendering import render

    print(render(format_name, papers), end="")
