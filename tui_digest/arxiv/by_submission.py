"""A day that was not fetched in time: asked from the API by submission date, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tui_digest.arxiv.cached_requests import CachedRequests
from tui_digest.arxiv.calendar import Calendar
from tui_digest.arxiv.completeness import by_submission
from tui_digest.arxiv.feed import each_once
from tui_digest.arxiv.types import Tell
from tui_digest.arxiv.urls import Addresses
from tui_digest.paper import Digest, Paper
from tui_digest.render.labels import day_name

PAGE_SIZE = 500
DEEPEST = 10_000
"""The API answers no further into one query."""


async def digest_by_submission(
    day: date,
    categories: tuple[str, ...],
    *,
    asker: CachedRequests,
    addresses: Addresses,
    calendar: Calendar,
    tell: Tell,
) -> Digest:
    """What was submitted for the mailing of `day`: not arXiv's own list, and marked so.

    Pages that came are in the cache, so one that fails is taken up where it stopped.

    Raises:
        ArxivError: a page could not be had.
    """
    window = calendar.submission_window(day)
    papers: list[Paper] = []
    total, start = 0, 0
    fetched_at: datetime | None = None
    while start < DEEPEST:
        tell(_progress(day, categories, start, total))
        address = addresses.by_submission(categories, window, start, PAGE_SIZE)
        left = total - start if start else PAGE_SIZE
        page, fetched_at = await asker.page(address, tell, due=min(PAGE_SIZE, left))
        before = len(each_once(papers))
        papers += page.papers
        total = max(total, page.total)
        # A short page happens; going on from what came misses nothing.
        start += page.entries
        if not page.entries or start >= total or len(each_once(papers)) == before:
            break
    found = each_once(papers)
    return Digest(
        date=day,
        categories=categories,
        papers=found,
        completeness=by_submission(found, total, day),
        fetched_at=fetched_at,
    )


def _progress(day: date, categories: Sequence[str], start: int, total: int) -> str:
    so_far = f", {start} of {total}" if start else ""
    return f"asking arXiv for {', '.join(categories)}, {day_name(day)} by submission date{so_far}"
