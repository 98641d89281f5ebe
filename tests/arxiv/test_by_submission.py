"""A past day from the query API: an end is reached whatever the API says of its pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import cast

from tests.servers.arxiv_formats import api_page, invented
from tui_digest.arxiv.by_submission import MOST_PAGES, digest_by_submission
from tui_digest.arxiv.cached_requests import CachedRequests
from tui_digest.arxiv.calendar import Calendar
from tui_digest.arxiv.feed import ApiPage, parse_api
from tui_digest.arxiv.types import Progress
from tui_digest.arxiv.urls import Addresses
from tui_digest.paper import CompletenessState
from tui_digest.settings import ArxivSettings


class PagesOfOnePaper:
    """An API that promises nearly a billion papers and gives one at a time, each another one."""

    def __init__(self) -> None:
        self.asked = 0

    async def page(self, address: str, tell: Progress, due: int) -> tuple[ApiPage, datetime]:
        self.asked += 1
        body = api_page(invented(1, start=self.asked), 999_999_999)
        return parse_api(body.encode()), datetime(2026, 11, 24, tzinfo=UTC)


async def test_pages_of_one_paper_are_not_asked_for_ever() -> None:
    api = PagesOfOnePaper()
    digest = await digest_by_submission(
        date(2026, 11, 20),
        ("cs.LG",),
        asker=cast(CachedRequests, api),
        addresses=Addresses(ArxivSettings()),
        calendar=Calendar(),
        tell=lambda words: None,
    )
    assert api.asked == MOST_PAGES == len(digest.papers)
    assert digest.completeness.state is CompletenessState.PARTIAL
