"""Papers' pages from arXiv: what is asked, what counts as a page, and arXiv's bad days."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fulltext.pages import page, paragraph
from tests.servers.arxiv import StandIn
from tests.servers.arxiv_home import Clock
from tui_digest.arxiv.client import Client
from tui_digest.arxiv.errors import (
    BrokenAnswerError,
    CoolDownError,
    ForbiddenAddressError,
    NoHtmlError,
    UnreachableError,
)
from tui_digest.arxiv.html_pages import COUNTDOWN, PACING_NAME, PAGES, PICTURES, HtmlPage, HtmlPages
from tui_digest.arxiv.rate_limit import RateLimiter
from tui_digest.arxiv.urls import PageAddresses
from tui_digest.paper import ArxivId
from tui_digest.settings import ArxivSettings

PAPER = ArxivId("2611.00001", 2)
TEXT = page(paragraph("All of it."))


class Pages:
    """A user's way to arXiv's pages, as every process of the user has one."""

    def __init__(self, folder: Path, server: StandIn, clock: Clock, interval: float = 0.0) -> None:
        self.settings = ArxivSettings(
            interval=interval, html_url=f"{server.base}/html", pdf_url=f"{server.base}/pdf", deadline=60.0
        )
        self.folder = folder
        self.clock = clock
        self.told: list[str] = []

    async def page(self, paper: ArxivId = PAPER) -> HtmlPage:
        async with self._client() as client:
            return await HtmlPages(client, client, PageAddresses(self.settings)).page(paper, self.told.append)

    async def picture(self, source: str) -> bytes:
        async with self._client(pictures=True) as client:
            return await HtmlPages(client, client, PageAddresses(self.settings)).picture(PAPER, source)

    def _client(self, pictures: bool = False) -> Client:
        addresses = PageAddresses(self.settings)
        pacing = RateLimiter(
            self.folder,
            addresses.interval(),
            now=self.clock.now,
            sleep=self.clock.sleep,
            name=PACING_NAME,
            countdown=COUNTDOWN,
        )
        return Client(
            addresses,
            pacing,
            deadline=self.settings.deadline,
            expects=PICTURES if pictures else PAGES,
            now=self.clock.now,
            sleep=self.clock.sleep,
            jitter=lambda: 0.0,
        )


@pytest.fixture
def pages(tmp_path: Path, server: StandIn, clock: Clock) -> Pages:
    server.html[str(PAPER)] = TEXT
    return Pages(tmp_path, server, clock)


async def test_a_page_is_asked_at_its_version(pages: Pages, server: StandIn) -> None:
    found = await pages.page()
    assert found.body.decode() == TEXT
    assert server.asked() == ["/html/2611.00001v2"]


async def test_an_old_id_is_part_of_the_path(pages: Pages, server: StandIn) -> None:
    server.html["hep-th/9901001v1"] = TEXT
    assert (await pages.page(ArxivId("hep-th/9901001", 1))).body.decode() == TEXT


async def test_no_html_is_told_in_arxivs_words(pages: Pages) -> None:
    with pytest.raises(NoHtmlError) as told:
        await pages.page(ArxivId("2611.00002", 1))
    assert str(told.value) == (
        "arXiv has no HTML of 2611.00002v1. arXiv says: HTML is not available for the source. "
        "The PDF has the text."
    )
    assert told.value.exit_code == 1


async def test_requests_are_apart_as_robots_txt_wants_it_over_processes_and_counted_down(
    tmp_path: Path, server: StandIn, clock: Clock
) -> None:
    server.html[str(PAPER)] = TEXT
    first, second = (Pages(tmp_path, server, clock, interval=15.0) for _ in range(2))
    await first.page()
    start = clock.moment
    await second.page()
    assert (clock.moment - start).total_seconds() == pytest.approx(15.0)
    assert second.told[0] == f"{COUNTDOWN} in 15 s"
    assert second.told[-1] == f"{COUNTDOWN} in 1 s"


def test_only_a_server_on_this_machine_is_asked_more_often() -> None:
    assert PageAddresses(ArxivSettings()).interval() == 15.0
    local = ArxivSettings(interval=0.0, html_url="http://127.0.0.1:1/html", pdf_url="http://127.0.0.1:1/pdf")
    assert PageAddresses(local).interval() == 0.0
    assert PageAddresses(ArxivSettings(interval=0.0)).interval() == 15.0


@pytest.mark.parametrize("fault", ["503x2", "resetx2", "truncatedx1", "nothingx1"])
async def test_passing_faults_are_passed_over(pages: Pages, server: StandIn, fault: str) -> None:
    server.fault = fault
    assert (await pages.page()).body.decode() == TEXT


@pytest.mark.parametrize("fault", ["503", "reset", "truncated", "nothing"])
async def test_lasting_faults_are_told(pages: Pages, server: StandIn, fault: str) -> None:
    server.fault = fault
    with pytest.raises(UnreachableError, match=r"What was stored is kept\. Try again later\."):
        await pages.page()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("html", BrokenAnswerError),
        ("bomb", BrokenAnswerError),
        ("429", CoolDownError),
        ("429-as-200", CoolDownError),
        ("redirect", ForbiddenAddressError),
    ],
)
async def test_what_is_no_page_is_no_text(
    pages: Pages, server: StandIn, fault: str, error: type[Exception]
) -> None:
    server.fault = fault
    with pytest.raises(error):
        await pages.page()


async def test_a_cool_down_of_pages_is_not_one_of_the_feeds(
    pages: Pages, server: StandIn, tmp_path: Path
) -> None:
    server.fault = "429"
    with pytest.raises(CoolDownError):
        await pages.page()
    assert (tmp_path / f"{PACING_NAME}-pacing.json").exists()
    assert not (tmp_path / "arxiv-pacing.json").exists()


async def test_a_picture_is_one_by_its_first_bytes(pages: Pages, server: StandIn) -> None:
    server.html["2611.00001v2/x1.png"] = "<svg></svg>"
    server.html["2611.00001v2/x2.png"] = "not a picture"
    assert await pages.picture("x1.png") == b"<svg></svg>"
    with pytest.raises(BrokenAnswerError):
        await pages.picture("x2.png")
    with pytest.raises(BrokenAnswerError):
        await pages.picture("missing.png")


@pytest.mark.parametrize(
    "source", ["https://evil.example/x.png", "//evil.example/x.png", "file:///etc/passwd"]
)
async def test_a_picture_elsewhere_is_not_asked_for(pages: Pages, server: StandIn, source: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        await pages.picture(source)
    assert server.asked() == []
