"""How arXiv is asked: whom, how often, how long, how often again."""

from __future__ import annotations

import asyncio
import tracemalloc
from datetime import timedelta
from email.utils import format_datetime

import pytest

from tests.servers.arxiv import StandIn
from tests.servers.arxiv_home import Clock, Home
from tui_digest.arxiv.client import Client, user_agent
from tui_digest.arxiv.errors import (
    BrokenAnswerError,
    CoolDownError,
    ForbiddenAddressError,
    RefusedError,
    UnreachableError,
)
from tui_digest.arxiv.rate_limit import RateLimiter
from tui_digest.arxiv.types import ArxivAnswer
from tui_digest.arxiv.urls import Addresses
from tui_digest.settings import ArxivSettings


async def asked(home: Home, address: str | None = None) -> ArxivAnswer:
    """One question by a newly started process."""
    async with home.client() as client:
        return await client.get(address or f"{home.server.base}/rss/cs.LG", home.told.append)


async def test_every_request_names_the_program_its_version_and_its_address(
    home: Home, server: StandIn
) -> None:
    await asked(home)
    (request,) = server.requests
    assert request.agent == user_agent()
    name, _, rest = request.agent.partition("/")
    assert name == "tui_digest"
    assert rest.endswith("(+https://github.com/tui-digest/tui_digest)")


@pytest.mark.parametrize("fault", ["503x2", "resetx2", "truncatedx1", "nothingx1", "503x3"])
async def test_passing_faults_are_passed_over(home: Home, server: StandIn, fault: str) -> None:
    server.fault = fault
    answer = await asked(home)
    assert answer.body.endswith(b"</rss>\n")


@pytest.mark.parametrize("fault", ["503", "reset", "truncated", "nothing"])
async def test_retries_are_bounded_and_their_waits_grow(
    home: Home, server: StandIn, clock: Clock, fault: str
) -> None:
    server.fault = fault
    with pytest.raises(
        UnreachableError, match=r"; it was asked 4 times\. What was stored is kept\. Try again later\."
    ):
        await asked(home)
    assert len(server.requests) == 4
    assert clock.waits == [1.0, 2.0, 4.0]


async def test_waits_are_jittered_and_never_shorter_than_arxiv_asks(server: StandIn, home: Home) -> None:
    server.fault, server.headers = "503", {"Retry-After": "3"}
    home.settings = ArxivSettings(
        interval=2.0, api_url=home.settings.api_url, feed_url=home.settings.feed_url, deadline=5.0
    )
    addresses = Addresses(home.settings)
    pacing = RateLimiter(home.folder / "state", 0.0, now=home.clock.now, sleep=home.clock.sleep)
    client = Client(
        addresses, pacing, deadline=5, now=home.clock.now, sleep=home.clock.sleep, jitter=lambda: 0.5
    )
    async with client:
        with pytest.raises(UnreachableError):
            await client.get(f"{server.base}/rss/cs.LG")
    assert home.clock.waits == [3.0, 5.0, 10.0]


async def test_a_refusal_is_an_answer_and_not_asked_for_again(home: Home, server: StandIn) -> None:
    answer = await asked(home, f"{server.base}/api/query?id_list=abc")
    assert answer.status == 400
    assert len(server.requests) == 1


async def test_what_is_meant_for_this_machine_goes_through_no_proxy(
    home: Home, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (await asked(home)).status == 200


async def test_a_wrong_address_is_not_asked_for_again(home: Home, server: StandIn) -> None:
    server.fault = "404"
    with pytest.raises(RefusedError, match="404; the address may be wrong"):
        await asked(home)
    assert len(server.requests) == 1


@pytest.mark.parametrize("fault", ["hang", "drip"])
async def test_a_server_that_never_finishes_is_given_up(home: Home, server: StandIn, fault: str) -> None:
    server.fault = fault
    home.settings = ArxivSettings(
        interval=0.0, api_url=home.settings.api_url, feed_url=home.settings.feed_url, deadline=0.3
    )
    with pytest.raises(UnreachableError, match=r"did not answer within 0 seconds\. What was stored is kept"):
        await asked(home)


async def test_asking_can_be_cancelled_at_any_time(home: Home, server: StandIn) -> None:
    server.fault = "hang"
    asking = asyncio.create_task(asked(home))
    assert await asyncio.to_thread(server.was_asked.wait, 10)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    server.fault = ""
    assert (await asked(home)).status == 200


async def test_a_bomb_costs_no_more_than_the_cap(home: Home, server: StandIn) -> None:
    server.fault = "bomb"
    await asyncio.to_thread(server.prepare_bomb)
    tracemalloc.start()
    try:
        with pytest.raises(BrokenAnswerError, match="larger than 24 MB"):
            await asked(home)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 80_000_000
    assert len(server.requests) == 1


async def test_a_redirect_elsewhere_is_refused(home: Home, server: StandIn) -> None:
    server.fault = "redirect"
    with pytest.raises(ForbiddenAddressError, match=r"http://127\.0\.0\.1:9/elsewhere"):
        await asked(home)
    assert len(server.requests) == 1


async def test_a_redirect_to_no_address_is_refused_and_told_as_what_it_is(
    home: Home, server: StandIn
) -> None:
    server.fault = "redirectnowhere"
    with pytest.raises(ForbiddenAddressError, match="redirects to something that is no address"):
        await asked(home)
    assert len(server.requests) == 1


async def test_a_redirect_within_the_server_is_followed(home: Home, server: StandIn) -> None:
    server.fault = "redirectherex1"
    answer = await asked(home, f"{server.base}/api/query?id_list=2611.00001&max_results=1")
    assert b"2611.00001" in answer.body
    assert len(server.requests) == 2


async def test_redirects_without_end_are_given_up(home: Home, server: StandIn) -> None:
    server.fault = "redirecthere"
    with pytest.raises(BrokenAnswerError, match="redirects without end"):
        await asked(home, f"{server.base}/api/query?id_list=2611.00001")
    assert len(server.requests) == 4


async def test_an_address_elsewhere_is_never_asked(home: Home) -> None:
    with pytest.raises(ForbiddenAddressError, match=r"http://arxiv\.org/abs is not arXiv over https"):
        await asked(home, "http://arxiv.org/abs?x=1")


async def test_no_server_at_all_is_a_plain_sentence(home: Home) -> None:
    home.settings = ArxivSettings(
        interval=0.0, api_url="http://127.0.0.1:9/api", feed_url="http://127.0.0.1:9/rss", deadline=5.0
    )
    with pytest.raises(UnreachableError, match="arXiv could not be reached; it was asked twice"):
        await asked(home, "http://127.0.0.1:9/rss/cs.LG")


@pytest.mark.parametrize("fault", ["429", "429-as-200"])
async def test_a_429_without_an_end_is_a_cool_down_for_every_process(
    home: Home, server: StandIn, clock: Clock, fault: str
) -> None:
    server.fault = fault
    with pytest.raises(
        CoolDownError, match=r"wants a pause until \d\d:\d\d\. What was stored is kept"
    ) as first:
        await asked(home)
    assert first.value.until == clock.now() + timedelta(minutes=1)
    server.fault = ""
    with pytest.raises(CoolDownError) as second:
        await asked(home)
    assert second.value.until == first.value.until
    assert len(server.requests) == 1
    clock.set(first.value.until)
    assert (await asked(home)).status == 200


async def test_cool_downs_grow_until_arxiv_answers_again(home: Home, server: StandIn, clock: Clock) -> None:
    server.fault = "429"
    lengths = []
    for _ in range(8):
        start = clock.now()
        with pytest.raises(CoolDownError) as refused:
            await asked(home)
        lengths.append((refused.value.until - start).total_seconds() / 60)
        clock.set(refused.value.until)
    assert lengths == [1, 2, 4, 8, 16, 32, 60, 60]
    server.fault = ""
    await asked(home)
    server.fault = "429"
    with pytest.raises(CoolDownError) as refused:
        await asked(home)
    assert refused.value.until == clock.now() + timedelta(minutes=1)


@pytest.mark.parametrize("retry_after", ["7", "date"])
async def test_a_near_end_that_arxiv_names_is_waited_for(
    home: Home, server: StandIn, clock: Clock, retry_after: str
) -> None:
    start = clock.now()
    seconds = "7" if retry_after == "7" else format_datetime(start + timedelta(seconds=7), usegmt=True)
    server.fault, server.headers = "429x2", {"Retry-After": seconds}
    home.settings = ArxivSettings(
        interval=0.0, api_url=home.settings.api_url, feed_url=home.settings.feed_url, deadline=20.0
    )
    assert (await asked(home)).status == 200
    assert len(server.requests) == 3
    assert clock.now() - start >= timedelta(seconds=7)


async def test_a_far_end_that_arxiv_names_is_told_and_kept(home: Home, server: StandIn, clock: Clock) -> None:
    server.fault, server.headers = "429", {"Retry-After": "1800"}
    with pytest.raises(CoolDownError) as refused:
        await asked(home)
    assert refused.value.until == clock.now() + timedelta(minutes=30)


async def test_retry_after_0_still_means_the_interval(home: Home, server: StandIn, clock: Clock) -> None:
    server.fault, server.headers = "429x1", {"Retry-After": "0"}
    home.settings = ArxivSettings(
        interval=3.0, api_url=home.settings.api_url, feed_url=home.settings.feed_url, deadline=20.0
    )
    start = clock.now()
    assert (await asked(home)).status == 200
    assert clock.now() - start >= timedelta(seconds=3)
