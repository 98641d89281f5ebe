"""Paragraphs of an abstract stay paragraphs on the screen and in everything that is written."""

from __future__ import annotations

import io
from email import message_from_string
from email.policy import default

import pytest

from tests.cli.conftest import FRIDAY, Run
from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import Invented
from tui_digest.export import FORMATS

ABSTRACT = (
    "We invent a lattice of\nwidth $w \\le 3$, e.g.\n  one of stone."
    "\n  A second thing is\nshown.\n  (iii) So is a third."
)
LAST = "(iii) So is a third."
GAPS = {
    "markdown": "\n>\n> ",
    "jekyll": "\n>\n> ",
    "obsidian": "\n>\n> ",
    "bibtex": " \\par ",
    "ris": "\n",
    "csl-json": "\\n\\n",
    "json": "\\n  ",
    "jsonl": "\\n  ",
    "atom": "\n\n",
    "html": "</p>\n<p>",
    "eml": "\n\n",
}
"""What is between two paragraphs in a format; in JSON, the abstract as arXiv has it."""


@pytest.fixture
def run_on(arxiv: StandIn, run: Run) -> Run:
    """The commands, with one paper of three paragraphs stored."""
    arxiv.mailings[FRIDAY] = [Invented(id="2611.00031", abstract=ABSTRACT)]
    assert run("fetch").code == 0
    return run


def test_no_format_is_left_out() -> None:
    assert set(GAPS) == set(FORMATS)


@pytest.mark.parametrize("format_name", FORMATS)
def test_paragraphs_are_exported(run_on: Run, format_name: str) -> None:
    text = run_on("export", "--all", "--format", format_name).out
    if format_name == "eml":
        part = message_from_string(text, policy=default).get_body(("plain",))
        assert part is not None
        text = part.get_content()
    line_end = "\\n" if format_name in ("json", "jsonl") else " "
    assert f"{GAPS[format_name]}A second thing is{line_end}shown.{GAPS[format_name]}{LAST}" in text
    assert "e.g. one of stone." in text or format_name in ("json", "jsonl")


@pytest.mark.parametrize("options", [(), ("--tex",)])
def test_paragraphs_are_shown(run_on: Run, options: tuple[str, ...]) -> None:
    out = run_on("show", "2611.00031", *options).out
    assert f"e.g. one of stone.\n\nA second thing is shown.\n\n{LAST}\n" in out


def test_paragraphs_are_lines_of_what_is_spoken(run_on: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = f"e.g. one of stone.\nA second thing is shown.\n{LAST}\n"
    assert lines in run_on("show", "2611.00031", "--spoken").out
    monkeypatch.setattr("sys.stdin", io.StringIO("abstract\nquit\n"))
    assert lines in run_on("read", "--plain").out
