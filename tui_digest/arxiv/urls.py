"""The addresses of arXiv, and which addresses may be requested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from tui_digest.paper import ArxivId
from tui_digest.settings import ArxivSettings

ARXIV_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org", "rss.arxiv.org"})
SHORTEST_INTERVAL_S = 3.0
SHORTEST_PAGE_INTERVAL_S = 15.0
"""Between requests for HTML pages and PDFs: the `Crawl-delay` of arxiv.org/robots.txt."""


class Addresses:
    """The addresses of arXiv's daily feeds and query API, from the settings."""

    def __init__(self, settings: ArxivSettings) -> None:
        """Use arXiv's own addresses, or those that the settings name instead."""
        self._settings = settings
        self._feed = settings.feed_url.rstrip("/")
        self._api = settings.api_url
        set_by_user = {url for url in (self._feed, self._api) if not _is_arxiv(urlsplit(url))}
        self._origins = {_origin(urlsplit(url)) for url in set_by_user}
        self._arxiv = len(set_by_user) < 2

    def feed(self, categories: Sequence[str]) -> str:
        """Return the address of the joined daily feed of the categories."""
        return f"{self._feed}/{'+'.join(categories)}"

    def by_ids(self, ids: Sequence[str]) -> str:
        """Return the address of the API's records of these ids, all on one page."""
        return self._query({"id_list": ",".join(ids), "max_results": len(ids)})

    def by_submission(
        self, categories: Sequence[str], window: tuple[datetime, datetime], start: int, size: int
    ) -> str:
        """Return the address of a page of submissions in a window (UTC, end excluded)."""
        anywhere = " OR ".join(_category_term(category) for category in categories)
        first, last = window[0], window[1] - timedelta(minutes=1)
        return self._query(
            {
                "search_query": f"({anywhere}) AND submittedDate:[{first:%Y%m%d%H%M} TO {last:%Y%m%d%H%M}]",
                "sortBy": "submittedDate",
                "sortOrder": "ascending",
                "start": start,
                "max_results": size,
            }
        )

    def search(self, query: str, *, start: int, size: int, relevance: bool) -> str:
        """Return the address of a page of results, newest or most relevant first.

        The query is in the API's own grammar.
        """
        return self._query(
            {
                "search_query": query,
                "sortBy": "relevance" if relevance else "submittedDate",
                "sortOrder": "descending",
                "start": start,
                "max_results": size,
            }
        )

    def interval(self) -> float:
        """The seconds between requests to the feeds and the API."""
        return polite_interval(self._settings.interval, (self._feed, self._api), SHORTEST_INTERVAL_S)

    def allowed(self, address: str) -> bool:
        """Tell whether an address is arXiv's with https, or at a configured origin."""
        parts = urlsplit(address)
        if _origin(parts) in self._origins:
            return True
        return self._arxiv and _is_arxiv(parts)

    def _query(self, parameters: dict[str, str | int]) -> str:
        joint = "&" if "?" in self._api else "?"
        return f"{self._api}{joint}{urlencode(parameters)}"


class PageAddresses:
    """The addresses of papers' HTML pages, with their pictures, and of their PDFs."""

    def __init__(self, settings: ArxivSettings) -> None:
        """Use arXiv's own addresses, or those that the settings name instead."""
        self._settings = settings
        self._html = settings.html_url.rstrip("/")
        self._pdf = settings.pdf_url.rstrip("/")
        set_by_user = {url for url in (self._html, self._pdf) if not _is_arxiv(urlsplit(url))}
        self._origins = {_origin(urlsplit(url)) for url in set_by_user}
        self._arxiv = len(set_by_user) < 2

    def html(self, paper: ArxivId) -> str:
        """Return the address of a paper's page, of a version where the id has one."""
        return f"{self._html}/{paper}"

    def picture(self, paper: ArxivId, source: str) -> str:
        """Return the address of a picture of a page; check it with `allowed`."""
        return urljoin(f"{self.html(paper)}/", source)

    def pdf(self, paper: ArxivId) -> str:
        """Return the address of a paper's PDF."""
        return f"{self._pdf}/{paper}"

    def interval(self) -> float:
        """The seconds between requests for pages, pictures and PDFs."""
        return polite_interval(self._settings.interval, (self._html, self._pdf), SHORTEST_PAGE_INTERVAL_S)

    def allowed(self, address: str) -> bool:
        """Tell whether an address is arXiv's with https, or at a configured origin."""
        parts = urlsplit(address)
        if _origin(parts) in self._origins:
            return True
        return self._arxiv and _is_arxiv(parts)


def polite_interval(seconds: float, urls: Iterable[str], shortest: float) -> float:
    """Return the seconds between requests; below `shortest` only on this machine."""
    if all(_is_loopback(urlsplit(url).hostname or "") for url in urls):
        return seconds
    return max(seconds, shortest)


def _category_term(category: str) -> str:
    """Return the query term of a category; an archive means all its categories."""
    from tui_digest.arxiv.taxonomy import is_archive_of_many

    return f"cat:{category}.*" if is_archive_of_many(category) else f"cat:{category}"


def _is_arxiv(parts: SplitResult) -> bool:
    return parts.scheme == "https" and parts.hostname in ARXIV_HOSTS and parts.port in (None, 443)


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", port


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
