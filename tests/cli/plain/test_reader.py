"""`read --plain`, and `--spoken`: the day in lines that can be heard."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tests.servers.models import ModelServer
from tests.tui.fakes import close_libraries, make_digest, make_explanation, make_paper, open_library
from tui_digest.cli.output import require_terminal
from tui_digest.cli.plain.dialogue import WORDS, Dialogue, DialogueServices
from tui_digest.cli.plain.whole_text import TextReading
from tui_digest.core.navigation import Browsing
from tui_digest.entry import Entry, Mark, Reading
from tui_digest.errors import ArxivError, ModelError, UsageError
from tui_digest.render import spoken
from tui_digest.settings import ReaderSettings

# Anything that draws or moves: box drawing, blocks, escapes, carriage returns.
DRAWN = re.compile("[\u2500-\u259f\x00-\x09\x0b-\x1f\x7f-\x9f]")


class World:
    """A dialogue over three invented papers, and what it asked of the world."""

    def __init__(self, folder: Path) -> None:
        self.opened: list[str] = []
        digest = make_digest(papers=tuple(make_paper(number) for number in (1, 2, 3)))
        self.library = open_library(folder, digest)
        browsing = Browsing(self.library, ReaderSettings(sort="announced"))
        stored = self.library.lists.digest(digest.date, digest.categories)
        assert stored is not None
        browsing.open_day(stored, (), digest.papers[0].id)
        services = DialogueServices(
            self.explain,
            self.open,
            self.open_text,
            lambda _: None,
            download_pdf=lambda entry: Path("/pdf") / f"{entry.paper.id}.pdf",
            send_to_zotero=lambda entry: "1 paper sent to Zotero.",
        )
        self.dialogue = Dialogue(browsing, self.library, services)

    def open(self, address: str) -> bool:
        self.opened.append(address)
        return True

    def explain(self, entry: Entry) -> None:
        raise ModelError("No model is set up.")

    def open_text(self, entry: Entry) -> TextReading:
        raise ArxivError(f"arXiv cannot be reached; the text of {entry.paper.id} is not stored.")

    def say(self, *lines: str) -> str:
        """The answer to the last of some lines."""
        return [self.dialogue.answer(line) for line in lines][-1]


@pytest.fixture
def world(home: Path) -> Iterator[World]:
    yield World(home)
    close_libraries()


def test_tags_are_put_on_said_and_taken_off(world: World) -> None:
    assert world.say("tag") == "No tag yet; tag seminar puts one on."
    assert "+seminar +later" in world.say("# +seminar later")
    assert world.say("tag") == "Tagged later, seminar."
    assert "Tagged later, seminar." in world.say("where")
    world.say("tag -later")
    assert world.say("tag") == "Tagged seminar."
    world.say("undo", "undo")
    assert world.say("tag") == "No tag yet; tag seminar puts one on."
    assert "cannot be a tag" in world.say("tag ++x")


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (("next",), "2 of 3. Paper number 2 on ell sub 2 norms."),
        (("n",), "2 of 3."),
        (("",), "2 of 3."),
        (("  NEXT  ",), "2 of 3."),
        (("3",), "3 of 3."),
        (("3", "n"), "This is the last of 3 papers."),
        (("99",), "There are only 3 papers."),
        (("pdf",), f"The PDF is at {Path('/pdf/0612.90001.pdf')}."),
        (("n", "z"), "1 paper sent to Zotero."),
        (("0",), "This is the first paper."),
        (("previous",), "This is the first paper."),
        (("n", "p"), "1 of 3."),
        (("abstract",), "We bound"),
        (("a", "w"), "1 of 3."),
        (("to read",), "Marked to read: Paper number 1 on ell sub 1 norms."),
        (("m", "m"), "Took the mark off: Paper number 1"),
        (("x",), "Marked done: Paper number 1"),
        (("dismiss",), "Dismissed: Paper number 1 on ell sub 1 norms.\n1 of 2. Paper number 2"),
        (("d", "d", "d"), "Dismissed: Paper number 3 on ell sub 3 norms. No paper is left here."),
        (("d", "d", "d", "n"), "No paper is left here; all shows all papers, quit ends."),
        (("d", "undo"), "Undone: dismissed: Paper number 1 on ell sub 1 norms."),
        (("d", "undo", "w"), "1 of 3. Paper number 1"),
        (("undo",), "There is nothing to undo."),
        (("explain",), "No model is set up."),
        (("open",), "Sent to the browser: https://arxiv.org/abs/0612.90001v2"),
        (("open pdf",), "Sent to the browser: https://arxiv.org/pdf/0612.90001v2"),
        (("details",), "Authors: Ada Number1, Bo Second."),
        (("search au:number3",), "1 found; all shows all papers again.\n1 of 1. Paper number 3"),
        (("/au:number3", "all"), "3 of 3. Paper number 3"),
        (("search nowhere",), "No paper of the day matches; nothing was changed."),
        (("search",), "Say what to search for"),
        (('search "open',), None),
        (("symbols", "w"), "1 of 3. Paper number 1 on ℓ₁ norms."),
        (("symbols", "x"), "Marked done: Paper number 1 on ℓ₁ norms."),
        (("y", "y"), "Formulas are said in words."),
        (("frobnicate\x1b[2J",), "frobnicate is no command here; help lists them."),
        (("text",), "arXiv cannot be reached; the text of 0612.90001 is not stored."),
        (("quit",), "Everything is kept."),
    ],
)
def test_lines_and_their_answers(world: World, lines: tuple[str, ...], answer: str | None) -> None:
    said = world.say(*lines)
    assert said
    assert answer is None or said.startswith(answer)
    assert not DRAWN.search(said)


def test_every_command_has_words_and_letters_of_its_own(world: World) -> None:
    said = [name for command in WORDS for name in (command.word, *command.letters)]
    assert len(said) == len(set(said))
    told = world.say("help")
    assert all(command.word in told and command.help in told for command in WORDS)


def test_reading_an_abstract_marks_it_read_and_marks_are_in_the_library(world: World) -> None:
    world.say("a", "m", "n", "x")
    first, second, third = world.library.entries([make_paper(number) for number in (1, 2, 3)])
    assert (first.reading.read, first.reading.mark) == (True, Mark.TO_READ)
    assert (second.reading.read, second.reading.mark) == (True, Mark.DONE)
    assert third.reading == Reading()


EXPLAINED = """### Problem setup

> The *bound* is

$$\\frac{a}{b} \\le 1$$

1. first $x_1$
2. second

| a | b |
|---|---|
| 1 | $y$ |

---

`code`
"""


def test_explanations_and_notes_are_lines_without_drawings() -> None:
    entry = Entry(
        paper=make_paper(1),
        explanation=make_explanation("0612.90001", EXPLAINED),
        reading=Reading(note="Is $L$ *known*?"),
    )
    said = spoken.spoken_paper(entry)
    assert "Problem setup:\nQuotation: The bound is\na over b is at most 1\n" in said
    assert "1. first x sub 1\n2. second\na, b\n1, y\ncode\n" in said
    assert "Is L known?" in said
    assert "This explains version 1; the paper is at version 2." in said
    assert not DRAWN.search(said)
    assert not DRAWN.search(spoken.spoken_paper(entry, "unicode"))


def talk(monkeypatch: pytest.MonkeyPatch, run: Run, lines: str, *words: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    result = run("read", "--plain", *words)
    assert (result.code, result.err) == (0, "")
    return result.out


def test_the_day_is_read_over_pipes(fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    said = talk(monkeypatch, run, "next\nto read\nquit\nnever heard\n")
    assert said.startswith("2026-11-20 complete: 4/4 papers")
    assert "1 of 4. Proximal steps at rate big O of one over T end O." in said
    assert "2 of 4." in said
    assert said.endswith("Everything is kept.\n\n")
    assert "never heard" not in said
    assert not DRAWN.search(said)
    assert [line["id"] for line in map(json.loads, run("list", "--marked", "--format", "jsonl").lines)]


def test_the_place_is_kept_also_when_the_pipe_ends(
    fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(monkeypatch, run, "n\nn\n")
    assert "3 of 4. " in talk(monkeypatch, run, "", "unicode")


def test_the_demo_is_read_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not say that arXiv is asked: it asks nobody."""
    monkeypatch.setattr("tui_digest.cli.plain.reader.show_progress", lambda words: pytest.fail(words))
    assert "Everything is kept." in talk(monkeypatch, run, "a\nq\n", "--demo")


def test_a_model_is_asked_and_its_answer_said(
    fetched: StandIn, model: ModelServer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.text = "### Intuition\nSteps shrink. [interpretation]"
    said = talk(monkeypatch, run, "explain\ne\n")
    assert said.count("Explanation:") == 2
    assert len(model.asked) == 1


def test_list_and_show_speak(fetched: StandIn, run: Run) -> None:
    listed = run("list", "--spoken", "--offline").out
    assert "Proximal steps at rate big O of one over T end O." in listed
    shown = run("show", "2611.00011", "--spoken").out
    assert "We show that proximal gradient steps reach epsilon in ell sub 2 norm." in shown
    assert not DRAWN.search(listed + shown)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_dumb_terminal_is_told_of_the_dialogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stderr", Terminal())
    require_terminal({"TERM": "xterm"})
    with pytest.raises(UsageError, match="read --plain"):
        require_terminal({"TERM": "dumb"})
