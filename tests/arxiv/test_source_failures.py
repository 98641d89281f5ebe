"""ArXiv's bad days: what was stored is shown, and a first start ends in one plain sentence."""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import invented
from tests.servers.arxiv_home import BOTH, Clock, Home, eastern
from tui_digest.arxiv.types import DigestOutcome
from tui_digest.errors import ArxivError
from tui_digest.paper import CompletenessState

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)

PASSING = ["429x2", "503x2", "emptyx1", "truncatedx1", "resetx2"]
NOT_IN_A_FEED = ["emptypage2", "short", "hostile"]
LASTING = {
    "429": "asked too often",
    "503": r"server failed \(503\); it was asked 4 times",
    "406": r"throttling requests \(it answered 406\); it was asked 4 times",
    "empty": "Unconfirmed",
    "truncated": "stopped in the middle; it was asked 4 times",
    "html": "a page that is not a list of papers",
    "hang": "did not answer within",
    "drip": "did not answer within",
    "reset": "connection to arXiv broke; it was asked 4 times",
    "bomb": "larger than 24 MB",
    "redirect": "is not arXiv over https and was not asked",
    "billion": "a page that is not a list of papers",
    "xxe": "a page that is not a list of papers",
    "429-as-200": "asked too often",
    "nothing": "empty; it was asked 4 times",
    "malformed": "malformed",
    "404": "404; the address may be wrong",
}


@pytest.fixture
def troubled(home: Home, server: StandIn) -> Home:
    """A home whose arXiv has a fault soon."""
    server.headers = {"Retry-After": "1"}
    server.mailings[MONDAY] = invented(2, start=900)
    return home


async def fetched(home: Home) -> DigestOutcome:
    """The newest digest; where the server never finishes, waiting for it is cut short."""
    endless = home.server.fault in ("hang", "drip")
    home.settings = msgspec.structs.replace(home.settings, deadline=1.0 if endless else 30.0)
    async with home.source() as source:
        return await source.digest(categories=BOTH)


@pytest.mark.parametrize("fault", [*PASSING, *NOT_IN_A_FEED])
async def test_a_fault_that_passes_leaves_a_complete_day(troubled: Home, server: StandIn, fault: str) -> None:
    server.fault = fault
    outcome = await fetched(troubled)
    assert outcome.problem is None
    assert outcome.digest.completeness.state is CompletenessState.COMPLETE
    assert len(outcome.digest.papers) == 9


@pytest.mark.parametrize(("fault", "sentence"), LASTING.items())
async def test_a_first_start_ends_in_a_plain_sentence(
    troubled: Home, server: StandIn, fault: str, sentence: str
) -> None:
    server.headers = {}
    server.fault = fault
    with pytest.raises(ArxivError, match=sentence) as failure:
        await fetched(troubled)
    assert failure.value.exit_code == 3
    assert "\n" not in str(failure.value)
    assert not troubled.mailings.digests


@pytest.mark.parametrize("fault", LASTING)
async def test_what_was_stored_is_still_there_and_shown(
    troubled: Home, server: StandIn, clock: Clock, fault: str
) -> None:
    before = (await fetched(troubled)).digest
    clock.set(eastern(23))
    server.today, server.fault, server.headers = MONDAY, fault, {}
    outcome = await fetched(troubled)
    assert outcome.digest.papers == before.papers
    assert outcome.digest.fetched_at == before.fetched_at
    unconfirmed = outcome.digest.completeness.state is CompletenessState.UNCONFIRMED
    assert unconfirmed == (fault == "empty")
    assert (outcome.problem is None) == unconfirmed

    clock.set(eastern(23, 12))
    server.fault = ""
    outcome = await fetched(troubled)
    assert (outcome.digest.date, outcome.digest.completeness.state) == (MONDAY, CompletenessState.COMPLETE)


async def test_a_406_that_passes_is_no_failure(troubled: Home, server: StandIn) -> None:
    server.fault = "406x2"
    outcome = await fetched(troubled)
    assert outcome.digest.completeness.state is CompletenessState.COMPLETE


@pytest.mark.parametrize("fault", ["hostile", "hostileraw"])
async def test_hostile_text_is_harmless_when_it_arrives(troubled: Home, server: StandIn, fault: str) -> None:
    server.fault = fault
    for paper in (await fetched(troubled)).digest.papers:
        text = f"{paper.title}{paper.abstract}{paper.authors}"
        assert not set(text) & set("\x1b\x9b\x07\u202e\u200b")


PROCESS = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from tests.servers.arxiv_home import BOTH, InMemoryMailings
from tui_digest.arxiv.urls import Addresses
from tui_digest.arxiv.cache import AnswerCache
from tui_digest.arxiv.calendar import Calendar
from tui_digest.arxiv.client import Client
from tui_digest.arxiv.rate_limit import RateLimiter
from tui_digest.arxiv.source import Source
from tui_digest.errors import ArxivError
from tui_digest.settings import ArxivSettings

folder, base, interval, times = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4])

def now():
    return datetime.now(UTC)

async def main():
    settings = ArxivSettings(interval=interval, api_url=base + "/api/query", feed_url=base + "/rss")
    addresses = Addresses(settings)
    pacing = RateLimiter(folder / "state", addresses.interval(), now=now, sleep=asyncio.sleep)
    async with Client(addresses, pacing, deadline=50) as client:
        source = Source(client, AnswerCache(folder / "cache", now=now), InMemoryMailings(),
                        addresses=addresses, calendar=Calendar(), now=now, deadline=50)
        for _ in range(times):
            try:
                await source.digest(categories=BOTH, again=True)
            except ArxivError as error:
                print(error)

asyncio.run(main())
status = Path("/proc/self/status")
if status.exists():  # a new program's ru_maxrss begins with what the test's own process has
    print(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))
elif sys.platform != "win32":
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


async def run_process(folder: Path, server: StandIn, interval: float, times: int) -> list[str]:
    """The lines that a process prints that asks for the newest digest `times` times."""
    arguments = ["-c", PROCESS, str(folder), server.base, str(interval), str(times)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return output.decode().splitlines()


async def test_reader_and_cron_at_once_are_never_two_connections(tmp_path: Path, server: StandIn) -> None:
    interval = 0.3
    await asyncio.gather(*(run_process(tmp_path, server, interval, 3) for _ in range(2)))
    assert len(server.requests) >= 6
    assert {request.open for request in server.requests} == {1}
    moments = [request.at for request in server.requests]
    assert all(later - earlier >= interval for earlier, later in pairwise(moments))


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
@pytest.mark.parametrize("fault", ["bomb", "billion", "xxe", "hostile", "short", "html"])
async def test_memory_stays_under_200_mb(tmp_path: Path, server: StandIn, fault: str) -> None:
    server.fault = fault
    server.mailings[FRIDAY] = invented(1900, abstract="An invented sentence of some length. " * 40)
    *_, peak = await run_process(tmp_path, server, 0.0, 1)
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(peak) * unit < 200_000_000
