"""`zotero`: send papers to Zotero, or write a RIS file if it is not running."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec

from tui_digest.cli.container import Parts
from tui_digest.cli.output import print_json, show_progress
from tui_digest.cli.pdf import stored_pdfs
from tui_digest.cli.selection import find_papers
from tui_digest.core.services import Progress, ZoteroOutcome
from tui_digest.entry import Entry
from tui_digest.errors import TuiDigestError, UsageError
from tui_digest.export.collection import Collection
from tui_digest.export.save import save_beside
from tui_digest.folders import shown_path
from tui_digest.zotero.connector import PdfFile, ZoteroAwayError
from tui_digest.zotero.send import SendReport, send, send_sentence


def zotero(arguments: argparse.Namespace) -> int:
    """Send papers to Zotero; those that are there already are left out."""
    with Parts() as parts:
        papers = find_papers(parts, arguments.ids, offline=arguments.offline, tell=show_progress)
        parts.library.mailings.store_papers(papers)
        entries = parts.library.entries(papers)
        report = send_entries(parts, entries, show_progress, again=arguments.again)
    if arguments.format == "json":
        print_json(
            {
                "papers": [paper._asdict() for paper in report.papers],
                "failed": report.failed,
                "failure": report.failure,
            }
        )
    else:
        print(send_sentence(report))
    return TuiDigestError.exit_code if report.failed else 0


def send_from_reader(parts: Parts, entries: Sequence[Entry], tell: Progress) -> ZoteroOutcome:
    """Send the shown papers and report on them; the demo's are not sent.

    Raises:
        TuiDigestError: none was sent; the message says why, and where they were written instead.
    """
    if parts.demo:
        raise UsageError("The demo's papers are made up; they are not sent to Zotero.")
    report = send_entries(parts, entries, tell)
    return ZoteroOutcome(send_sentence(report), complete=not report.failed)


def send_entries(
    parts: Parts, entries: Sequence[Entry], tell: Progress, *, again: bool = False
) -> SendReport:
    """Send papers to Zotero; where it is not running, or ends, write the rest as RIS.

    Raises:
        ZoteroAwayError: Zotero is not running; the message names the RIS file that was written.
        ExportError: nor could that file be written.
    """
    url = parts.settings.zotero.url
    try:
        report = send(url, entries, parts.library.zotero, partial(_pdf_file, parts), tell, again=again)
    except ZoteroAwayError as error:
        raise ZoteroAwayError(f"{error} {_write_ris(parts, entries)}") from error
    if not report.away:
        return report
    left = [entry for entry in entries if entry.paper.id in report.failed]
    return report._replace(failure=f"{report.failure} {_write_ris(parts, left)}")


def _write_ris(parts: Parts, entries: Sequence[Entry]) -> str:
    """Write papers that Zotero did not get as RIS, and say where they are."""
    papers = Collection.of(entries, None, "zotero")
    papers = msgspec.structs.replace(papers, pdfs=stored_pdfs(parts, entries))
    folder = Path(parts.settings.export.folder)
    (written,) = save_beside("ris", papers, folder, parts.settings.export)
    return (
        f"The papers were written as RIS to {shown_path(written.path)}; import that file in Zotero, or start "
        "Zotero and send them again."
    )


def _pdf_file(parts: Parts, entry: Entry) -> PdfFile | None:
    """Return the PDF of a paper that was downloaded."""
    path = stored_pdfs(parts, [entry]).get(entry.paper.id)
    try:
        return PdfFile(path.read_bytes(), entry.paper.pdf_url) if path is not None else None
    except OSError:
        return None
