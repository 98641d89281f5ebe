"""`pdf`, and `fetch --pdf`: papers' PDFs into the folder of the settings."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from tui_digest.arxiv.errors import CoolDownError, UnreachableError
from tui_digest.cli.container import Parts
from tui_digest.cli.output import paper_name, print_json, show_progress, warn
from tui_digest.cli.selection import find_papers
from tui_digest.entry import Entry
from tui_digest.errors import TuiDigestError
from tui_digest.paper import Paper


class PdfOutcome(msgspec.Struct, frozen=True):
    """Result of a PDF request: its path, or why there is none."""

    id: str
    version: int
    path: str | None
    downloaded: bool = False
    problem: str = ""


def pdf(arguments: argparse.Namespace) -> int:
    """Download papers' PDFs one by one and print where they are; open nothing."""
    with Parts() as parts:
        papers = find_papers(parts, arguments.ids, offline=arguments.offline, tell=show_progress)
        parts.library.mailings.store_papers(papers)
        return _fetch_all(parts, papers, arguments.format, offline=arguments.offline)


def fetch_pdfs(parts: Parts, entries: Sequence[Entry]) -> int:
    """Download missing PDFs of papers, print where all are, return the exit code."""
    return _fetch_all(parts, [entry.paper for entry in entries], "text", offline=False)


def stored_pdfs(parts: Parts, entries: Sequence[Entry]) -> Mapping[str, Path]:
    """Return the PDFs that are here, by the ids of their papers."""
    pdfs = parts.pdfs(offline=True)
    found = {entry.paper.id: pdfs.stored(entry.paper) for entry in entries}
    return {paper: path for paper, path in found.items() if path is not None}


def _fetch_all(parts: Parts, papers: Sequence[Paper], format_name: str, *, offline: bool) -> int:
    """Get PDFs and tell of each; once arXiv cannot be asked, only those that are here."""
    outcomes: list[PdfOutcome] = []
    code, is_away = 0, False
    for paper in papers:
        pdfs = parts.pdfs(offline=offline or is_away)
        try:
            was_here = pdfs.stored(paper) is not None
            path = str(parts.run(pdfs.fetch(paper, show_progress)))
            outcomes.append(PdfOutcome(paper.id, paper.version, path, downloaded=not was_here))
            if format_name == "text":
                print(path, flush=True)
        except TuiDigestError as error:
            code = max(code, error.exit_code)
            problem = f"The PDF of {paper_name(paper)} was not asked for." if is_away else str(error)
            outcomes.append(PdfOutcome(paper.id, paper.version, None, problem=problem))
            warn(problem)
            is_away = is_away or isinstance(error, UnreachableError | CoolDownError)
    if format_name == "json":
        print_json(outcomes)
    return code
