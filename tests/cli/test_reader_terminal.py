"""The reader on a real pseudo-terminal: its bytes, its ends, its crashes."""

from __future__ import annotations

import json
import re
import signal
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tests.servers.in_thread import Wait
from tests.servers.models import ModelServer
from tests.tui.fakes import DAY, make_digest, make_paper
from tests.tui.hostile import TEXTS
from tui_digest.folders import places
from tui_digest.latex import search_key
from tui_digest.library.library import Library

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of POSIX", allow_module_level=True)

from tests.servers.terminal import Terminal

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
RUN = (
    "import sys; from datetime import datetime; import tui_digest.cli.container as wiring; "
    f"wiring.utc_now = lambda: datetime.fromisoformat('{NOW.isoformat()}'); "
    "from tui_digest.cli import main; raise SystemExit(main(sys.argv[1:]))"
)
TOUR = {
    "\\": "TeX is shown as written",
    "t": "The notation of the abstract",
    "a": "Follow or unfollow",
    "M": "Mute or unmute",
    "L": "Open a link",
    "W": "Export papers",
    ",": "Settings",
}
"""Keys that show what is hostile in other ways, and what is seen when they did."""
FOOTER = re.compile(rb"\x1b\[[0-9;]*m\?\x1b")
"""The key of the help in the footer, in its colours: what lies over the reader makes them paler."""
ESCAPE = "\x1b[27u"
"""Esc as newer terminals send it: unlike a lone one, it does not make Alt of the key after it."""
OF_THE_PROGRAM = re.compile(r"\x1b\[[0-9;:?<>=$]*[ -/]?[@-~]|\x1b[=>78]|\x1b]22;default\x07|\r\n")
"""What the program itself may send a terminal."""
A_COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
ALTERNATE, BACK = b"\x1b[?1049h", b"\x1b[?1049l"


def reader(
    *words: str,
    prelude: str = "",
    size: tuple[int, int] = (100, 30),
    environment: dict[str, str] | None = None,
    alone: bool = False,
) -> Terminal:
    return Terminal(["-c", f"{prelude}\n{RUN}", *words], size, environment, alone=alone)


def marks(run: Run) -> list[str]:
    lines = run("list", "--marked", "--offline", "--format", "jsonl").lines
    return [json.loads(line)["id"] for line in lines]


def assert_restored(terminal: Terminal) -> None:
    assert terminal.modes() == terminal.modes_before
    assert terminal.everything.rindex(BACK) > terminal.everything.rindex(ALTERNATE)
    assert b"\x1b[?25h" in terminal.everything[terminal.everything.rindex(BACK) :]


def test_no_byte_of_a_papers_controls_reaches_the_terminal() -> None:
    papers = [
        make_paper(number, announced=DAY, title=f"no{number} {text}", abstract=text, authors=(text, "Bo"))
        for number, text in enumerate(TEXTS.values())
    ]
    with Library(places().library_file, search_key, lambda: NOW) as library:
        library.mailings.store_digest(make_digest(papers=tuple(papers)))
    with reader("--offline", "--category", "math.OC", "--category", "cs.LG", size=(120, 45)) as terminal:
        terminal.read_until(lambda seen: all(b"no%d" % n in seen for n in range(len(papers))))
        terminal.press("j" * len(papers))
        on_top = FOOTER.findall(terminal.read_until(lambda seen: bool(FOOTER.search(seen))))[0]
        for keys, words in TOUR.items():
            terminal.forget()
            terminal.press(keys)
            terminal.see(words)
            terminal.forget()
            terminal.press(ESCAPE)
            terminal.read_until(lambda seen: on_top in seen)
        terminal.send(signal.SIGTERM)
        assert terminal.job_news() == str(128 + signal.SIGTERM)
        assert_restored(terminal)
        text = terminal.everything.decode()
    assert not re.findall("[\x00-\x1f]", OF_THE_PROGRAM.sub("", text))
    for payload in ("\x1b[31mred", "]0;title", "]52;", "\x1bPdevice", "\x1b[2J"):
        assert payload not in text
    assert not re.findall("[\x7f-\x9f\u200b\u200f\u202e\u2066\u2069\ufeff]", text)
    assert "gnp.exe" in text


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_colour_is_sent_where_none_is_wanted(
    fetched: StandIn, environment: dict[str, str], coloured: bool
) -> None:
    with reader("--offline", environment=environment) as terminal:
        terminal.see("Trees without")
        terminal.press("jm")
        terminal.see("Marked")
        terminal.press(",")
        terminal.see("Settings")
        assert (A_COLOUR.search(terminal.everything) is not None) is coloured


def test_a_browser_of_the_terminal_gets_the_terminal_and_gives_it_back(
    fetched: StandIn, tmp_path: Path
) -> None:
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "reading $1 here"\nread key\n', encoding="utf-8")
    browser.chmod(0o700)
    with reader("--offline", environment={"BROWSER": str(browser)}) as terminal:
        terminal.see("Trees without")
        terminal.press("o")
        terminal.see("reading https://arxiv.org/abs/")
        assert terminal.modes() == terminal.modes_before
        terminal.forget()
        terminal.press("\n")
        terminal.see("Trees without")
        terminal.see("sent to the browser")


def test_sigterm_ends_it_with_everything_kept(fetched: StandIn, run: Run) -> None:
    with reader("--offline") as terminal:
        terminal.see("Trees without")
        terminal.press("m")
        terminal.see("Marked")
        terminal.press("iA half-written note")
        terminal.see("half-written")
        terminal.send(signal.SIGTERM)
        assert terminal.job_news() == str(128 + signal.SIGTERM)
        assert_restored(terminal)
    (marked,) = marks(run)
    assert run("note", marked).out == "A half-written note\n"


def test_keys_typed_before_anything_is_drawn_are_answered(fetched: StandIn, run: Run) -> None:
    with reader("--offline") as terminal:
        terminal.press("jm")
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"
    listed = [json.loads(line)["id"] for line in run("list", "--offline", "--format", "jsonl").lines]
    assert marks(run) == [listed[1]]


def test_a_dropped_connection_loses_nothing(fetched: StandIn, run: Run) -> None:
    with reader("--offline") as terminal:
        terminal.see("Trees without")
        terminal.press("m")
        terminal.see("Marked")
        terminal.press("iA half-written note")
        terminal.see("half-written")
        terminal.hang_up()
        terminal.send(signal.SIGHUP)
        assert terminal.job_news() == str(128 + signal.SIGHUP)
    (marked,) = marks(run)
    assert run("note", marked).out == "A half-written note\n"


def test_a_signal_that_ends_it_gives_a_terminal_back_that_is_still_there(fetched: StandIn) -> None:
    for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGINT):
        with reader("--offline") as terminal:
            terminal.see("Trees without")
            terminal.press(",")
            terminal.see("Settings")
            terminal.send(number)
            assert terminal.job_news() == str(128 + number)
            assert_restored(terminal)


def test_an_end_that_takes_too_long_gives_the_terminal_back(fetched: StandIn) -> None:
    prelude = (
        "import time; import tui_digest.tui.app as app; import tui_digest.tui.tasks.signals as signals; "
        "signals.LONGEST_END_S = 0.1; app.ReaderApp._save = lambda _: time.sleep(60)"
    )
    with reader("--offline", prelude=prelude) as terminal:
        terminal.see("Trees without")
        terminal.send(signal.SIGTERM)
        assert terminal.job_news() == str(128 + signal.SIGTERM)
        assert_restored(terminal)


def test_a_stop_that_nothing_can_be_done_before_is_survived(fetched: StandIn) -> None:
    """SIGSTOP, and SIGCONT without any stop, as programs send that slow others down."""
    with reader("--offline") as terminal:
        terminal.see("Trees without")
        terminal.press("m")
        terminal.see("Marked")  # the reader takes signals by now: it answers keys
        own_modes = terminal.modes()
        for by_shell in (False, True):
            terminal.send(signal.SIGSTOP)
            assert terminal.job_news() == "stopped"
            if by_shell:
                terminal.set_modes(terminal.modes_before)
            terminal.forget()
            terminal.go_on()
            terminal.see("Trees without")
        for _ in range(3):
            terminal.send(signal.SIGCONT)
        terminal.press("u")
        terminal.see("Undone")
        assert terminal.modes() == own_modes
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)


def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again(fetched: StandIn) -> None:
    with reader("--offline") as terminal:
        terminal.see("Trees without")
        terminal.press("\x1a")
        assert terminal.job_news() == "stopped"
        assert_restored(terminal)
        terminal.forget()
        terminal.go_on()
        terminal.read_until(lambda written: ALTERNATE in written)
        terminal.see("Trees without")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)


def test_a_stop_while_something_is_handed_to_the_terminal_is_survived(fetched: StandIn) -> None:
    """The signal comes while the lock of the queue to the terminal is held."""
    prelude = (
        "import queue, signal\n"
        "put = queue.Queue._put\n"
        "def stop_within(self, item):\n"
        "    put(self, item)\n"
        "    if 'Marked' in str(item):\n"
        "        queue.Queue._put = put\n"
        "        signal.raise_signal(signal.SIGTSTP)\n"
        "queue.Queue._put = stop_within\n"
    )
    with reader("--offline", prelude=prelude) as terminal:
        terminal.see("Trees without")
        terminal.press("m")
        assert terminal.job_news() == "stopped"
        assert_restored(terminal)
        terminal.forget()
        terminal.go_on()
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)


@pytest.mark.parametrize("end", ["Q", signal.SIGTERM, signal.SIGINT])
def test_it_ends_while_arxiv_is_silent(arxiv: StandIn, end: str | int) -> None:
    arxiv.fault = "hang"
    with reader("--category", "math.OC") as terminal:
        assert arxiv.was_asked.wait(30)
        terminal.see("tui_digest")
        if isinstance(end, str):
            terminal.press(end)
        else:
            terminal.send(end)
        assert terminal.job_news() == ("0" if isinstance(end, str) else str(128 + end))
        assert_restored(terminal)


def test_it_ends_while_an_explanation_streams(
    fetched: StandIn, run: Run, model_and_wait: tuple[ModelServer, Wait]
) -> None:
    model_and_wait[0].fault = "endless"
    with reader("--offline") as terminal:
        terminal.see("Trees without")
        terminal.press("me")
        terminal.see("Explanation")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
    assert len(marks(run)) == 1


def test_a_crash_is_a_sentence_and_a_private_report(
    fetched: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-of-the-test")
    prelude = (
        "import sys; import tui_digest.tui.reader as module\n"
        "sys.modules['rich.traceback'] = None\n"  # as where no more files can be opened
        "def broken(self):\n"
        "    key = 'sk-secret-of-the-test'\n"
        "    raise KeyError(key + ' ' + 'abstract ' * 100)\n"
        "module.Reader.refresh_status = broken\n"
    )
    with reader("--offline", prelude=prelude) as terminal:
        assert terminal.job_news() == "1"
        assert_restored(terminal)
        told = terminal.written[terminal.written.rindex(BACK) :].decode()
    report = places().state / "last-crash.txt"
    assert "Something went wrong that never should have (KeyError)" in told
    assert str(report) in told.replace("\r\n", "")
    assert "Traceback" not in told
    text = report.read_text(encoding="utf-8")
    assert "in broken" in text
    assert "sk-secret" not in text + told
    assert text.count("abstract") < 25
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_a_pane_that_cannot_be_drawn_leaves_the_rest_working(fetched: StandIn, run: Run) -> None:
    prelude = (
        "import tui_digest.tui.widgets.paper_pane as pane\n"
        "def broken(self, y):\n"
        "    raise KeyError('never')\n"
        "pane.PaperPane.render_line = broken\n"
    )
    with reader("--offline", prelude=prelude) as terminal:
        terminal.see("This cannot be drawn; everything else goes on.")
        terminal.see("(KeyError); what was stored is kept")
        terminal.press("jm")
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"
    assert len(marks(run)) == 1
    assert "in broken" in (places().state / "last-crash.txt").read_text(encoding="utf-8")


def test_an_error_in_one_pane_or_command_leaves_the_rest_working(fetched: StandIn, run: Run) -> None:
    prelude = (
        "import tui_digest.tui.page.builder as pages\n"
        "import tui_digest.tui.commands as actions\n"
        "def broken(*_):\n"
        "    raise ZeroDivisionError('never')\n"
        "pages.page = broken\n"
        "actions.FUNCTIONS['reverse'] = broken\n"
    )
    with reader("--offline", prelude=prelude) as terminal:
        terminal.see("This paper cannot be shown here")
        terminal.press("S")
        terminal.see("(ZeroDivisionError); what was stored is kept")
        terminal.press("jm")
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"
    assert len(marks(run)) == 1
    assert (places().state / "last-crash.txt").exists()
