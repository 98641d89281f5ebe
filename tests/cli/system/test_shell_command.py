"""The user's commands, run by a real shell."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import pytest

from tui_digest.cli.system.shell_command import run_command
from tui_digest.errors import TuiDigestError

posix = pytest.mark.skipif(os.name != "posix", reason="the commands are those of a Unix shell")


@posix
async def test_the_text_reaches_the_command_by_its_input_alone() -> None:
    text = "$(touch evil) `touch evil` ; touch evil\n'\"\n∑\n"
    end = await run_command("cat", text, shell=None)
    assert (end.exit_code, end.output, end.errors) == (0, text, "")


@posix
async def test_exit_code_and_errors_come_back() -> None:
    end = await run_command("cat >/dev/null; echo oops >&2; exit 7", "text", shell="/bin/sh")
    assert (end.exit_code, end.output, end.errors) == (7, "", "oops\n")


@posix
async def test_a_command_that_reads_nothing_and_one_that_writes_without_end_do_no_harm() -> None:
    end = await run_command("true", "x" * 1_000_000, shell=None)
    assert end.exit_code == 0
    end = await run_command("head -c 5000000 /dev/zero | tr '\\0' a", "", shell=None)
    assert end.exit_code == 0
    assert end.output_cut
    assert set(end.output) == {"a"}
    assert len(end.output) < 100_000


@posix
async def test_a_command_that_takes_too_long_is_stopped_with_all_it_started(tmp_path: Path) -> None:
    command = f"echo begun; sleep 600 & echo $! > {tmp_path / 'pid'}; wait"
    end = await run_command(command, "", shell="/bin/sh", patience=0.5)
    assert end.exit_code is None
    assert end.output == "begun\n"
    _gone(int((tmp_path / "pid").read_text(encoding="utf-8")))


@posix
async def test_cancelling_stops_the_command(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    work = asyncio.create_task(run_command(f"echo $$ > {begun}; sleep 600", "", shell="/bin/sh"))
    pid = int(await asyncio.to_thread(begun.read_text))
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    _gone(pid)


def _gone(pid: int) -> None:
    """Wait until a process is no more, or waits only for its parent to ask about it."""
    with suppress(ProcessLookupError, FileNotFoundError):
        while _state(pid) != "Z":
            os.sched_yield()


def _state(pid: int) -> str:
    """A process's state as Linux names it; elsewhere it has none, and asking raises when it is gone."""
    os.kill(pid, 0)
    stat = Path(f"/proc/{pid}/stat")
    return (
        stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] if stat.parent.parent.exists() else ""
    )


@posix
async def test_what_a_command_leaves_in_the_background_is_not_waited_for(tmp_path: Path) -> None:
    command = f"echo done; sleep 600 & echo $! > {tmp_path / 'pid'}"
    async with asyncio.timeout(60):
        end = await run_command(command, "", shell="/bin/sh")
    os.kill(int((tmp_path / "pid").read_text(encoding="utf-8")), 9)
    assert (end.exit_code, end.output) == (0, "done\n")


@posix
async def test_a_shell_that_is_not_there_is_told_in_a_sentence() -> None:
    with pytest.raises(TuiDigestError, match="could not be started: no such file"):
        await run_command("cat", "", shell="/nowhere/sh")


async def test_a_command_with_a_null_character_is_no_command() -> None:
    with pytest.raises(TuiDigestError, match="not a command line"):
        await run_command("cat\0", "", shell=None)
