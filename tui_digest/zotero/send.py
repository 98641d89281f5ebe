"""Papers to Zotero one after another: those that are there already are left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from tui_digest.entry import Entry
from tui_digest.render.labels import count_words
from tui_digest.zotero.connector import Connector, PdfFile, SendOutcome, ZoteroAwayError, ZoteroError

FindPdf = Callable[[Entry], PdfFile | None]
"""Gives the PDF of a paper if it is on this machine."""


class SentRecord(Protocol):
    """Papers that were sent before, as the library remembers them."""

    def was_sent(self, paper_id: str) -> bool:
        """Tell whether the paper was sent."""

    def note_sent(self, paper_id: str) -> None:
        """Remember that it was."""


class SentPaper(NamedTuple):
    """A paper and the result of sending it.

    Attributes:
        paper: its id.
        outcome: whether it was sent or known.
        problem: what could not be saved beside it.
    """

    paper: str
    outcome: SendOutcome
    problem: str = ""


class SendReport(NamedTuple):
    """Result of sending papers.

    Attributes:
        papers: those that are in Zotero now, in order.
        failed: those that are not.
        failure: why not, in a sentence; empty if all are.
        away: whether Zotero ended meanwhile.
    """

    papers: tuple[SentPaper, ...]
    failed: tuple[str, ...] = ()
    failure: str = ""
    away: bool = False


def send(
    url: str,
    entries: Sequence[Entry],
    record: SentRecord,
    find_pdf: FindPdf,
    tell: Callable[[str], None],
    *,
    again: bool = False,
) -> SendReport:
    """Send papers, each in its own session, until all are sent or Zotero refuses.

    Those that are in Zotero are left out, unless they are to be sent `again`.

    Raises:
        ZoteroAwayError: Zotero is not running; nothing was sent.
        UsageError: the address is another machine's.
    """
    done: list[SentPaper] = []
    with Connector(url) as connector:
        connector.require_running()
        for number, entry in enumerate(entries):
            paper = entry.paper.id
            tell(f"sending {number + 1} of {len(entries)} to Zotero")
            if not again and _is_there(connector, record, paper):
                done.append(SentPaper(paper, SendOutcome.KNOWN))
                continue
            try:
                problem = connector.save(entry, find_pdf(entry))
            except ZoteroError as error:
                left = tuple(each.paper.id for each in entries[number:])
                return SendReport(tuple(done), left, str(error), away=isinstance(error, ZoteroAwayError))
            record.note_sent(paper)
            done.append(SentPaper(paper, SendOutcome.SENT, problem))
    return SendReport(tuple(done))


def _is_there(connector: Connector, record: SentRecord, paper_id: str) -> bool:
    """Tell whether Zotero has a paper, by its local API, or if off by what was sent."""
    found = connector.has(paper_id)
    return record.was_sent(paper_id) if found is None else found


def send_sentence(report: SendReport) -> str:
    """Say what became of papers in one sentence or two."""
    sent = sum(paper.outcome is SendOutcome.SENT for paper in report.papers)
    known = len(report.papers) - sent
    parts = [f"{count_words(sent, 'paper')} sent to Zotero"] if sent else []
    parts += [f"{count_words(known, 'paper')} already in Zotero"] if known else []
    sentence = f"{'; '.join(parts)}." if parts else ""
    problems = " ".join(dict.fromkeys(paper.problem for paper in report.papers if paper.problem))
    failure = (
        f"{count_words(len(report.failed), 'paper')} not sent: {report.failure}" if report.failed else ""
    )
    return " ".join(part for part in (sentence, problems, failure) if part)
