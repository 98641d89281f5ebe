"""The connector against a stand-in that demands and refuses what the application does, on its bad days."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.library.invented import make_paper
from tests.servers.pdfs import make_pdf
from tui_digest.entry import Entry, Explanation, Reading, Receipt
from tui_digest.zotero import connector
from tui_digest.zotero.connector import PdfFile, ZoteroAwayError
from tui_digest.zotero.send import SendReport, send, send_sentence

pytestmark = pytest.mark.corpus

PAPER = make_paper(1)
EXPLAINED = Explanation(
    paper_id=PAPER.id,
    text="The rate is $1/T$.",
    receipt=Receipt(
        provider="compatible",
        model="stand-in",
        asked_at=datetime(2026, 11, 20, tzinfo=UTC),
        prompt_version="1",
        paper_version=1,
        complete=True,
    ),
)
ENTRY = Entry(paper=PAPER, reading=Reading(note="Compare *this*."), tags=("seminar",), explanation=EXPLAINED)
"""A paper with all that goes along."""


class Record:
    """Remembers what was sent."""

    def __init__(self) -> None:
        self.sent: set[str] = set()

    def was_sent(self, paper_id: str) -> bool:
        return paper_id in self.sent

    def note_sent(self, paper_id: str) -> None:
        self.sent.add(paper_id)


class Application:
    """A running stand-in."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.record = Record()

    def send(self, *entries: Entry, pdf: bytes | None = None) -> SendReport:
        file = PdfFile(pdf, PAPER.pdf_url) if pdf is not None else None
        return send(self.url, entries or [ENTRY], self.record, lambda entry: file, lambda words: None)

    @property
    def items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.ask("items")
        return items

    def ask(self, path: str) -> Any:  # noqa: ANN401 - whatever the stand-in says in JSON
        with urllib.request.urlopen(f"{self.url}/{path}") as answer:
            return json.load(answer)


@contextmanager
def running(shared: Path, *options: str) -> Iterator[Application]:
    command = [sys.executable, str(shared / "servers" / "zotero_standin.py"), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Application(process.stdout.readline().split()[-1])
        finally:
            process.kill()


def test_everything_goes_along_and_zotero_knows_every_field(shared: Path) -> None:
    with running(shared) as zotero:
        assert send_sentence(zotero.send(pdf=make_pdf())) == "1 paper sent to Zotero."
        (item,) = zotero.items
        assert item["problems"] == []
        assert item["tags"] == [{"tag": "seminar"}]
        assert "Compare <em>this</em>." in item["notes"][0]
        assert 'The rate is <span class="math">$1/T$</span>.' in item["notes"][1]
        assert "stand-in" in item["notes"][1]
        (file,) = item["attachments"]
        assert (file["isPdf"], file["isWhole"], file["contentType"]) == (True, True, "application/pdf")
        assert send_sentence(zotero.send()) == "1 paper already in Zotero."
        assert {row["status"] for row in zotero.ask("log")} <= {200, 201, 403}


def test_by_the_local_api_a_paper_is_found_and_one_that_was_deleted_is_sent_again(shared: Path) -> None:
    with running(shared, "--local-api", "read") as zotero:
        zotero.send()
        zotero.record.sent.clear()
        assert send_sentence(zotero.send()) == "1 paper already in Zotero."
        zotero.record.note_sent(PAPER.id)
        zotero.ask("reset")
        assert send_sentence(zotero.send()) == "1 paper sent to Zotero."


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--read-only",), "1 paper not sent: The library that is selected in Zotero cannot be changed"),
        (("--files-read-only",), "1 paper sent to Zotero. The PDF was not taken."),
        (("--fault", "500"), "1 paper not sent: Zotero did not take the paper (500)."),
    ],
)
def test_what_it_does_not_take_is_told(shared: Path, options: tuple[str, ...], sentence: str) -> None:
    with running(shared, *options) as zotero:
        assert send_sentence(zotero.send(pdf=make_pdf())).startswith(sentence)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("busy", "Zotero is busy"),
        ("html", "Another program than Zotero listens"),
        ("drop", "Zotero did not answer"),
        ("slow", "Zotero did not answer"),
    ],
)
def test_where_it_does_not_serve_nothing_is_sent(
    shared: Path, monkeypatch: pytest.MonkeyPatch, fault: str, sentence: str
) -> None:
    monkeypatch.setattr(connector, "_TIMEOUT", 0.2)
    with running(shared, "--fault", fault) as zotero:
        with pytest.raises(ZoteroAwayError, match=sentence):
            zotero.send()
        assert zotero.record.sent == set()


def test_a_closed_port_is_told(shared: Path) -> None:
    with running(shared) as zotero:
        pass
    with pytest.raises(ZoteroAwayError, match="Zotero is not running"):
        zotero.send()
