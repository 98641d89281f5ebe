"""Fetch papers' HTML pages and their pictures from arXiv, 15 s apart."""

from __future__ import annotations

import html
import re
from datetime import datetime

import msgspec

from tui_digest.arxiv.client import Expectation
from tui_digest.arxiv.errors import BrokenAnswerError, NoHtmlError
from tui_digest.arxiv.types import Fetcher, Progress, no_progress
from tui_digest.arxiv.urls import PageAddresses
from tui_digest.errors import KEPT
from tui_digest.paper import ArxivId
from tui_digest.text.sanitise import one_line, without_long_references

LARGEST_PAGE = 16 * 1024 * 1024
LARGEST_PICTURE = 12 * 1024 * 1024

PACING_NAME = "arxiv-pages"
"""The name of the rate limit of arxiv.org: pages, pictures and PDFs share it."""

COUNTDOWN = "asking arXiv for the page, which it wants 15 s apart,"

_TAIL = 4096
_SAID = re.compile(r"<h1[^>]*>(.*?)</h1>|<p[^>]*>(.*?)</p>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^>]{0,2000}>")
_LONGEST_REASON = 240
_PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"<svg", b"<?xml")


class HtmlPage(msgspec.Struct, frozen=True):
    """An HTML page as arXiv served it."""

    paper: ArxivId
    body: bytes
    fetched_at: datetime


def _page_stops_early(body: bytes) -> bool:
    """Tell whether a page begins as one and does not end as one."""
    return b"<html" in body[:2000].lower() and b"</html>" not in body[-_TAIL:].lower()


def _never(_: bytes) -> bool:
    return False


PAGES = Expectation(
    what="paper's page",
    largest=LARGEST_PAGE,
    statuses=(200, 404),
    accept="text/html, application/xhtml+xml;q=0.9",
    stops_early=_page_stops_early,
)
PICTURES = Expectation(
    what="picture", largest=LARGEST_PICTURE, statuses=(200, 404), accept="image/*", stops_early=_never
)


class HtmlPages:
    """Fetches HTML pages and pictures.

    Args:
        pages: fetches what `PAGES` describes.
        pictures: fetches what `PICTURES` describes, with the same rate limit.
        addresses: where pages are.
    """

    def __init__(self, pages: Fetcher, pictures: Fetcher, addresses: PageAddresses) -> None:
        self._pages = pages
        self._pictures = pictures
        self._addresses = addresses

    async def page(self, paper: ArxivId, tell: Progress = no_progress) -> HtmlPage:
        """Fetch the page of a paper at a version.

        Raises:
            NoHtmlError: arXiv has none, in its own words.
            BrokenAnswerError: the answer is no paper's page.
            ArxivError: the request failed.
        """
        answer = await self._pages.get(self._addresses.html(paper), tell)
        if answer.status == 404:
            raise NoHtmlError(_refusal(paper, answer.body))
        if b"ltx_" not in answer.body:
            raise BrokenAnswerError(
                f"arXiv's server sent a page that is not the paper {paper}. {KEPT} "
                "Try again later, or read the PDF."
            )
        return HtmlPage(paper, answer.body, answer.fetched_at)

    async def picture(self, paper: ArxivId, source: str, tell: Progress = no_progress) -> bytes:
        """Fetch a picture of a paper's page, by its address there.

        Raises:
            BrokenAnswerError: the answer is no picture.
            ArxivError: the request failed, or the address is not arXiv's.
        """
        answer = await self._pictures.get(self._addresses.picture(paper, source), tell)
        if answer.status == 404 or not answer.body.lstrip()[:64].startswith(_PICTURE_STARTS):
            raise BrokenAnswerError(f"arXiv has no picture {source} of {paper}; the PDF shows it.")
        return answer.body


def _refusal(paper: ArxivId, body: bytes) -> str:
    """The sentence for a paper without HTML, with what arXiv's page says of it."""
    text = without_long_references(body[:LARGEST_PAGE].decode("utf-8", "replace")[:20_000])
    said = [
        one_line(html.unescape(_TAGS.sub(" ", heading or words))) for heading, words in _SAID.findall(text)
    ]
    reasons = [words for words in said if words and not words.lower().startswith("no html for")]
    reason = f" arXiv says: {reasons[0][:_LONGEST_REASON].rstrip('.')}." if reasons else ""
    return f"arXiv has no HTML of {paper}.{reason} The PDF has the text."
