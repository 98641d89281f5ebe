"""A slow terminal holds up nothing: it gets no more than it takes, and at the end the rest is dropped."""

from __future__ import annotations

import fcntl
import io
import os
import sys
import tempfile
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from tests.tui.fakes import make_app
from tui_digest.tui.terminal_output import (
    GO_ON,
    MOST_TEXTS,
    MOST_WAITING,
    PIECE,
    TerminalOutput,
    split_output,
)

if TYPE_CHECKING:
    from textual.app import App


@given(st.lists(st.sampled_from(["\x1b[1m", "x" * 700, "long " * 900, "\x1b]52;c;aGk=\x07"]), max_size=30))
def test_pieces_are_the_text_cut_before_sequences(parts: list[str]) -> None:
    cut = list(split_output("".join(parts)))
    assert "".join(cut) == "".join(parts)
    assert all(piece.startswith("\x1b") for piece in cut[1:])


def test_what_is_late_is_dropped_until_the_output_goes_on() -> None:
    now, file = [0.0], io.StringIO()
    output = TerminalOutput(file, lambda: now[0])
    output.write("first ")
    output.drop_after(1.0)
    output.write("in time ")
    now[0] = 1.0
    output.write("late ")
    output.write("\x1b]52;c;aGk=\x07")
    output.write(GO_ON)
    output.write("last")
    assert file.getvalue() == f"first in time \x1b]52;c;aGk=\x07{GO_ON}last"


def test_a_terminal_that_takes_nothing_gets_no_more_than_the_piece_that_is_being_written() -> None:
    reader, writer = os.pipe()
    room = fcntl.fcntl(writer, fcntl.F_GETPIPE_SZ) if sys.platform == "linux" else 1 << 16
    with os.fdopen(writer, "w", encoding="utf-8") as file, os.fdopen(reader, encoding="utf-8") as terminal:
        output = TerminalOutput(file)
        thread = WriterThread(output)  # type: ignore[arg-type]
        thread.start()
        for _ in range(5):
            thread.write("\x1b[1mframe" * room)
        output.drop_after(0)
        thread.write(GO_ON)
        thread.write("end")
        taken = ""
        while not taken.endswith("end"):
            taken += terminal.read(1)
        thread.stop()
    assert taken.endswith(GO_ON + "end")
    assert len(taken) < room + 3 * PIECE


def test_what_is_put_off_is_drawn_once_when_everything_is_written() -> None:
    output, drawn = TerminalOutput(io.StringIO()), []
    texts = ["x" * MOST_WAITING, "x"]
    assert not output.put_off(lambda: drawn.append("too early"))
    for text in texts:
        output.expect(text)
    assert output.is_behind
    assert output.put_off(lambda: drawn.append("an earlier state"))
    assert output.put_off(lambda: drawn.append("the last state"))
    output.write(texts[0])
    assert not output.is_behind
    assert drawn == []
    output.write(texts[1])
    output.expect("y")
    output.write("y")
    assert drawn == ["the last state"]


def test_many_small_texts_are_behind_before_the_queue_of_textual_is_full() -> None:
    output = TerminalOutput(io.StringIO())
    for _ in range(MOST_TEXTS + 1):
        assert not output.is_behind
        output.expect("x")
    assert output.is_behind
    assert MOST_TEXTS + 1 < MAX_QUEUED_WRITES - 3  # the frame that is being drawn has its place


@pytest.mark.skipif(sys.platform == "win32", reason="the driver of POSIX")
async def test_the_driver_drops_what_waits_as_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    from textual.drivers.linux_driver import LinuxDriver

    from tui_digest.tui.driver import PosixDriver

    calls: list[str] = []
    with tempfile.TemporaryFile("w", encoding="utf-8") as terminal:
        for name in ("__stdin__", "__stderr__"):
            monkeypatch.setattr(sys, name, terminal)
        driver = PosixDriver(cast("App[object]", make_app()))
        monkeypatch.setattr(TerminalOutput, "drop_after", lambda _output, _seconds: calls.append("drop"))
        monkeypatch.setattr(LinuxDriver, "stop_application_mode", lambda _driver: calls.append("stop"))
        thread = SimpleNamespace(is_alive=lambda: True, write=calls.append)
        monkeypatch.setattr(driver, "_writer_thread", thread)
        driver.stop_application_mode()
    assert calls == ["drop", GO_ON, "stop"]
