"""arXiv's formats, written for invented papers."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
_FEED_HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" '
    'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">'
)


@dataclass(frozen=True)
class Invented:
    """A paper that nobody wrote."""

    id: str
    kind: str = "new"
    categories: tuple[str, ...] = ("cs.LG",)
    version: int = 1
    title: str = "On the width of invented lattices"
    authors: tuple[str, ...] = ("Ada Example", "Bo Sample")
    abstract: str = "We invent a lattice of width $w \\le 3$."
    submitted: datetime = datetime(2026, 11, 18, 20, 0, tzinfo=UTC)
    comment: str = "3 pages"

    @property
    def versioned(self) -> str:
        """The id with its version."""
        return f"{self.id}v{self.version}"


def invented(count: int, start: int = 1, **fields: object) -> list[Invented]:
    """`count` papers that differ by their ids and titles."""
    papers = [
        Invented(id=f"2611.{number:05d}", title=f"Invention {number}")
        for number in range(start, start + count)
    ]
    return [replace(paper, **fields) for paper in papers]  # type: ignore[arg-type]


def rss(name: str, day: date, papers: Sequence[Invented]) -> str:
    """A daily feed, as arXiv has written it since 2024."""
    midnight = format_datetime(datetime(day.year, day.month, day.day, tzinfo=EASTERN))
    items = "".join(
        f"<item><title>{escape(paper.title)}</title><link>https://arxiv.org/abs/{paper.id}</link>"
        f"<description>arXiv:{paper.versioned} Announce Type: {paper.kind} \n"
        f"Abstract: {escape(paper.abstract)}</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:{paper.versioned}</guid>'
        + "".join(f"<category>{category}</category>" for category in paper.categories)
        + f"<pubDate>{midnight}</pubDate><arxiv:announce_type>{paper.kind}</arxiv:announce_type>"
        "<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>"
        f"<dc:creator>{escape(', '.join(paper.authors))}</dc:creator></item>\n"
        for paper in papers
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">'
        f"<channel><title>{name} updates on arXiv.org</title><pubDate>{midnight}</pubDate>\n"
        f"{items}</channel></rss>\n"
    )


def api_page(papers: Sequence[Invented], total: int, start: int = 0) -> str:
    """A page of the query API, as arXiv has written it since November 2025."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{paper.versioned}</id><title>{escape(paper.title)}</title>"
        f"<updated>{_zulu(paper.submitted + timedelta(days=paper.version - 1))}</updated>"
        f"<summary>{escape(paper.abstract)}</summary>"
        + "".join(f"<category term={quoteattr(category)}/>" for category in paper.categories)
        + f"<published>{_zulu(paper.submitted)}</published>"
        f"<arxiv:comment>{escape(paper.comment)}</arxiv:comment>"
        f"<arxiv:primary_category term={quoteattr(paper.categories[0])}/>"
        + "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
        + "</entry>\n"
        for paper in papers
    )
    return (
        f"{_FEED_HEAD}<title>arXiv Query</title><opensearch:totalResults>{total}</opensearch:totalResults>"
        f"<opensearch:startIndex>{start}</opensearch:startIndex>\n{entries}</feed>\n"
    )


def api_error(message: str) -> str:
    """The one-entry feed that comes with a 400."""
    return (
        f"{_FEED_HEAD}<id>https://arxiv.org/</id><title>arXiv Search Results</title>"
        "<opensearch:totalResults>1</opensearch:totalResults><entry>"
        f"<id>https://arxiv.org/api/errors#{message.replace(' ', '_')}</id><title>Error</title>"
        f"<summary>{message}</summary><author><name>arXiv api core</name></author></entry></feed>"
    )


@lru_cache
def bomb() -> bytes:
    """300 KB of gzip that unpack to 300 MB."""
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(1_000_000)
    return b"".join([*(packer.compress(piece) for _ in range(300)), packer.flush()])


def rss_error(name: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel>'
        f"<title>Feed error for query: http://rss.arxiv.org/rss/{name}</title>"
        f"<description>Bad archive '{name}'. Valid archive names are: cs, math.</description></channel></rss>"
    )


def _zulu(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
