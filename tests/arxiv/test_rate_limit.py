"""One request at a time, seconds apart, over all processes of a user."""

from __future__ import annotations

import asyncio
import json
import stat
import sys
import textwrap
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.arxiv_home import Clock, eastern
from tui_digest.arxiv.rate_limit import RateLimiter
from tui_digest.arxiv.types import Progress, no_progress


@pytest.fixture
def clock() -> Clock:
    return Clock(eastern(20))


def pacing(folder: Path, clock: Clock, interval: float = 3.0) -> RateLimiter:
    """The pacing of a newly started process."""
    return RateLimiter(folder, interval, now=clock.now, sleep=clock.sleep)


async def test_requests_of_all_processes_are_an_interval_apart(tmp_path: Path, clock: Clock) -> None:
    ends: list[datetime] = []
    for _ in range(3):
        async with pacing(tmp_path, clock).turn(no_progress):
            assert not ends or clock.now() - ends[-1] >= timedelta(seconds=3)
            clock.moment += timedelta(seconds=1)
        ends.append(clock.now())
    assert clock.waits == [pytest.approx(3), pytest.approx(3)]


async def test_a_request_that_was_killed_counts(tmp_path: Path, clock: Clock) -> None:
    turn = pacing(tmp_path, clock).turn(no_progress)
    await turn.__aenter__()
    last = json.loads((tmp_path / "arxiv-pacing.json").read_bytes())["last"]
    assert last == clock.now().timestamp()
    await turn.__aexit__(None, None, None)


async def test_one_at_a_time(tmp_path: Path, clock: Clock) -> None:
    held = 0
    told: list[str] = []

    async def ask() -> None:
        nonlocal held
        async with pacing(tmp_path, clock, interval=0.0).turn(told.append):
            held += 1
            assert held == 1
            await asyncio.sleep(0)
            held -= 1

    await asyncio.gather(ask(), ask(), ask())
    assert "waiting for another tui-digest that is asking arXiv" in told


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
async def test_a_killed_process_frees_the_lock(tmp_path: Path, clock: Clock) -> None:
    holder = textwrap.dedent(
        """
        import asyncio, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from tui_digest.arxiv.rate_limit import RateLimiter

        async def hold():
            pacing = RateLimiter(Path(sys.argv[1]), 3.0, now=lambda: datetime.now(UTC), sleep=asyncio.sleep)
            async with pacing.turn(print):
                print("held", flush=True)
                await asyncio.sleep(60)

        asyncio.run(hold())
        """
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", holder, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"held\n"
    waiting = asyncio.Event()
    mine = asyncio.create_task(_take(pacing(tmp_path, clock), lambda _: waiting.set()))
    await waiting.wait()
    assert not mine.done()
    process.kill()
    await asyncio.wait_for(mine, timeout=60)
    await process.wait()


async def _take(one: RateLimiter, tell: Progress = no_progress) -> None:
    async with one.turn(tell):
        pass


async def test_a_clock_that_was_set_back_makes_nobody_wait(tmp_path: Path, clock: Clock) -> None:
    await _take(pacing(tmp_path, clock))
    one = pacing(tmp_path, clock)
    one.cool_down(3600 * 20)
    clock.set(eastern(18))
    await _take(pacing(tmp_path, clock))
    assert clock.waits == []


@pytest.mark.parametrize("content", [b"", b"{", b'{"last": "yesterday"}', b"\xff\x00"])
async def test_a_damaged_file_is_made_anew(tmp_path: Path, clock: Clock, content: bytes) -> None:
    (tmp_path / "arxiv-pacing.json").write_bytes(content)
    await _take(pacing(tmp_path, clock))
    await _take(pacing(tmp_path, clock))
    assert clock.waits == [pytest.approx(3)]


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes")
async def test_the_files_are_the_owners_only(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "state"
    await _take(pacing(folder, clock))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


async def test_without_a_state_folder_the_process_paces_itself(tmp_path: Path, clock: Clock) -> None:
    in_the_way = tmp_path / "state"
    in_the_way.write_text("not a folder")
    one = pacing(in_the_way, clock)
    async with one.turn(no_progress):
        second = asyncio.create_task(_take(one))
        await asyncio.sleep(0)
        assert not second.done()
    await second
    assert clock.waits == [pytest.approx(3)]


async def test_what_cannot_be_written_down_is_remembered(tmp_path: Path, clock: Clock) -> None:
    one = pacing(tmp_path, clock)
    await _take(one)
    clock.moment += timedelta(seconds=10)
    (tmp_path / "arxiv-pacing.json").unlink()
    (tmp_path / "arxiv-pacing.json").mkdir()
    await _take(one)
    await _take(one)
    assert clock.waits == [pytest.approx(3)]
