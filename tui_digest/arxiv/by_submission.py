"""Digests of past days from the query API, by submission date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tui_digest.arxiv.cached_requests import CachedRequests
from tui_digest.arxiv.calendar import Calendar
from tui_digest.arxiv.completeness import submission_completeness
from tui_digest.arxiv.feed import unique_papers
from tui_digest.arxiv.types import Progress
from tui_digest.arxiv.urls import Addresses
from tui_digest.paper import Digest, Paper
from tui_digest.render.labels import day_name

PAGE_SIZE = 500
DEEPEST = 10_000
"""The API returns no results beyond this offset."""

MOST_PAGES = 2 * DEEPEST // PAGE_SIZE
"""Requests for one day: an API whose pages hold a paper each would be asked for hours."""


async def digest_by_submission(
    day: date,
    categories: tuple[str, ...],
    *,
    asker: CachedRequests,
    addresses: Addresses,
    calendar: Calendar,
    tell: Progress,
) -> Digest:
    """Fetch the papers submitted for the mailing of `day`.

    It is not arXiv's own list, and its completeness says so. Fetched pages are in the cache, so a
    failed query continues with the page that failed.

    Raises:
        ArxivError: a page could not be fetched.
    """
    window = calendar.submission_window(day)
    papers: list[Paper] = []
    total, start = 0, 0
    fetched_at: datetime | None = None
    for _ in range(MOST_PAGES):
        tell(_progress(day, categories, start, total))
        address = addresses.by_submission(categories, window, start, PAGE_SIZE)
        left = total - start if start else PAGE_SIZE
        page, fetched_at = await asker.page(address, tell, due=min(PAGE_SIZE, left))
        before = len(unique_papers(papers))
        papers += page.papers
        total = max(total, page.total)
        # A page may be short; the next one starts after what arrived, so nothing is skipped.
        start += page.entries
        if not page.entries or start >= min(total, DEEPEST) or len(unique_papers(papers)) == before:
            break
    found = unique_papers(papers)
    return Digest(
        date=day,
        categories=categories,
        papers=found,
        completeness=submission_completeness(found, total, day),
        fetched_at=fetched_at,
    )


def _progress(day: date, categories: Sequence[str], start: int, total: int) -> str:
    so_far = f", {start} of {total}" if start else ""
    return f"asking arXiv for {', '.join(categories)}, {day_name(day)} by submission date{so_far}"
