"""`explain`: on a terminal and in a pipe, complete and not."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from io import FileIO

import pytest

from tests.cli.conftest import Run, Start
from tests.servers.arxiv import StandIn
from tests.servers.in_thread import Wait
from tests.servers.models import ModelServer
from tui_digest import cli
from tui_digest.folders import places

TEXT = r"""### Intuition
Steps reach $\epsilon$ in $\ell_2$ norm. [abstract: "reach $\epsilon$ in $\ell_2$ norm"]

### Key method
$$\frac{1}{n} \sum_{i=1}^n f_i(x)$$ [interpretation]

It converges after 77 steps. [abstract: "converges after 77 steps"]
"""


@pytest.fixture
def talkative(model: ModelServer) -> ModelServer:
    model.text = TEXT
    return model


def test_a_pipe_gets_checked_markdown_and_the_receipt(
    fetched: StandIn, talkative: ModelServer, run: Run
) -> None:
    result = run("explain", "2611.00011")
    assert (result.code, result.err) == (0, "")
    assert r"$$\frac{1}{n} \sum_{i=1}^n f_i(x)$$" in result.out
    assert "(flagged: the quoted words are not in the abstract)" in result.out.partition("77 steps")[2]
    assert result.lines[-1].startswith("*served (compatible at 127.0.0.1:")
    told = (
        r"412 → 903 tokens · \d+\.\d s · complete · "
        r"3 statements: 1 with words of the abstract, 1 interpretation, 1 flagged\*"
    )
    assert re.search(told, result.lines[-1])


def test_it_is_kept_and_asked_again_only_when_told_to(
    fetched: StandIn, talkative: ModelServer, run: Run
) -> None:
    first = run("explain", "2611.00011")
    assert run("explain", "2611.00011") == first
    assert len(talkative.asked) == 1
    talkative.text = "### Intuition\nAnother thought. [interpretation]"
    assert "Another thought" in run("explain", "2611.00011", "--again").out
    assert len(talkative.asked) == 2
    paper = json.loads(run("show", "2611.00011", "--format", "json").out)
    assert "Another thought" in paper["explanation"]["text"]
    assert paper["explanation"]["receipt"]["model"] == "served"


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
def test_a_terminal_gets_formulas_drawn_as_they_come(
    fetched: StandIn, talkative: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kept in (False, True):
        printed = _on_a_terminal(monkeypatch, "explain", "2611.00011")
        assert "1   n" in printed
        assert "∑  fᵢ(x)" in printed
        assert "ϵ in ℓ₂ norm" in printed
        assert "$" not in printed
        assert "flagged: the quoted words are not in the abstract" in " ".join(printed.split())
        assert ("What the check found:" in printed) is not kept
        assert "3 statements: 1 with words of the abstract, 1 interpretation, 1 flagged" in " ".join(
            printed.split()
        )
    assert len(talkative.asked) == 1


def _on_a_terminal(monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """What the command prints when standard output is a terminal."""
    import pty

    master, slave = pty.openpty()
    with ThreadPoolExecutor() as threads, os.fdopen(master, "rb", buffering=0) as screen:
        shown = threads.submit(_read_to_the_end, screen)
        with os.fdopen(slave, "w", encoding="utf-8") as terminal, monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", terminal)
            code = cli.main(words)
        printed = shown.result(timeout=60)
    assert code == 0
    return printed.decode().replace("\r\n", "\n")


def _read_to_the_end(screen: FileIO) -> bytes:
    read = b""
    try:
        while piece := screen.read(4096):
            read += piece
    except OSError:  # how Linux says that the terminal was closed
        pass
    return read


@pytest.mark.parametrize("fault", ["cut", "eof", "length", "refusal", "error"])
def test_an_explanation_that_stops_early_is_shown_not_kept_and_4(
    fetched: StandIn, talkative: ModelServer, run: Run, fault: str
) -> None:
    talkative.fault = fault
    result = run("explain", "2611.00011")
    assert result.code == 4
    assert "Steps reach" in result.out
    assert "incomplete:" in result.lines[-1]
    assert result.err.startswith(
        "The explanation of Proximal steps at rate 𝒪(1/T) (2611.00011v1) is not complete"
    )
    assert json.loads(run("show", "2611.00011", "--format", "json").out)["explanation"] is None


@pytest.mark.parametrize("fault", ["401", "402", "403", "404", "413", "429quota", "empty", "html"])
def test_a_refusal_is_one_sentence_and_4(
    fetched: StandIn, talkative: ModelServer, run: Run, fault: str
) -> None:
    talkative.fault = fault
    result = run("explain", "2611.00011")
    assert (result.code, result.out) == (4, "")
    assert result.err.count("\n") == 1
    assert len(talkative.asked) == 1


def test_without_a_model_it_is_2_and_nothing_is_asked(fetched: StandIn, run: Run) -> None:
    result = run("explain", "2611.00001")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("No language model is set up; set LLM_PROVIDER")
    assert fetched.requests == []


def test_a_missing_key_is_2_and_is_never_shown(
    fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLM_PROVIDER", "anthropic")
    result = run("explain", "2611.00011")
    assert result.code == 2
    assert "ANTHROPIC_API_KEY" in result.err


def test_a_paper_that_is_not_stored_is_fetched_first(
    fetched: StandIn, talkative: ModelServer, run: Run
) -> None:
    assert run("explain", "2611.00001").code == 0
    assert "Yesterday" in talkative.asked[0].raw


def test_hostile_words_print_no_control_characters(fetched: StandIn, model: ModelServer, run: Run) -> None:
    model.text = "### Intuition\n\x1b]0;owned\x07 \x9b31m Steps\u202e. [interpretation]"
    printed = run("explain", "2611.00011").out
    assert [c for c in printed if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c == "\u202e"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_in_mid_stream_keeps_nothing(
    fetched: StandIn, model_and_wait: tuple[ModelServer, Wait], start: Start, run: Run
) -> None:
    model, wait = model_and_wait
    model.text, model.hold_at = TEXT, 4
    with start("explain", "2611.00011") as running:
        wait(model.held)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (130, b"", b"")
    wait(model.closed)
    assert json.loads(run("show", "2611.00011", "--format", "json").out)["explanation"] is None


@pytest.mark.skipif(sys.platform == "win32", reason="commands of a Unix shell")
@pytest.mark.parametrize(
    ("key", "told"),
    [
        ('key_file = "~nobody-of-that-name/x"', "there is no such user's home folder."),
        ('key_file = "/dev/zero"', "is not a file; name a file that holds the key and nothing else."),
        ('key_command = "yes"', "The command for the key, yes, printed more than a key; try key_command"),
        ('key_command = "false"', "The command for the key, false, failed with status 1; try key_command"),
        (r'key_file = "a\u0000b"', "line 2: model.key_file has a NUL character in it"),
    ],
)
def test_a_key_that_cannot_be_had_is_one_sentence(
    fetched: StandIn, model: ModelServer, run: Run, key: str, told: str
) -> None:
    file = places().config_file
    file.parent.mkdir(0o700, parents=True)
    file.write_text(f"[model]\n{key}\n", encoding="utf-8")
    result = run("explain", "2611.00011")
    assert result.code in (2, 4)
    assert (result.out, result.err.count("\n")) == ("", 1)
    assert told in result.err
    assert model.asked == []


def test_what_is_kept_is_printed_without_a_model(
    fetched: StandIn, talkative: ModelServer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run("explain", "2611.00011")
    for name in ("LLM_PROVIDER", "LLM_BASE_URL", "LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    assert run("explain", "2611.00011").out == first.out
    assert run("explain", "2611.00011", "--again").code == 2
    assert run("explain", "2611.00011", "--kind", "student").code == 2
