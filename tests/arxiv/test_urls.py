"""Which addresses arXiv is asked at, and which may be asked at all."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.servers.arxiv_home import eastern
from tui_digest.arxiv.urls import Addresses
from tui_digest.settings import ArxivSettings

DEFAULT = Addresses(ArxivSettings())
MIRROR = Addresses(
    ArxivSettings(api_url="http://127.0.0.1:8765/api/query", feed_url="http://127.0.0.1:8765/rss")
)


def test_the_daily_feed_is_one_address() -> None:
    assert DEFAULT.feed(["cs.LG", "math.OC"]) == "https://rss.arxiv.org/rss/cs.LG+math.OC"


def test_a_query_by_submission_date() -> None:
    window = eastern(18, 14), eastern(19, 14)
    parts = urlsplit(DEFAULT.by_submission(["cs.LG", "math", "hep-th"], window, 500, 500))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://export.arxiv.org/api/query"
    assert parse_qs(parts.query) == {
        "search_query": [
            "(cat:cs.LG OR cat:math.* OR cat:hep-th) AND submittedDate:[202611181400 TO 202611191359]"
        ],
        "sortBy": ["submittedDate"],
        "sortOrder": ["ascending"],
        "start": ["500"],
        "max_results": ["500"],
    }


def test_ids_are_all_on_one_page() -> None:
    query = parse_qs(urlsplit(DEFAULT.by_ids(["2611.00001v3", "hep-th/9901001v2"])).query)
    assert query == {"id_list": ["2611.00001v3,hep-th/9901001v2"], "max_results": ["2"]}


@pytest.mark.parametrize(
    ("address", "by_default", "at_the_mirror"),
    [
        ("https://export.arxiv.org/api/query?x", True, False),
        ("https://rss.arxiv.org/rss/cs.LG", True, False),
        ("https://arxiv.org/api/query", True, False),
        ("http://export.arxiv.org/api/query", False, False),
        ("https://export.arxiv.org:8443/api/query", False, False),
        ("https://export.arxiv.org.example/api/query", False, False),
        ("https://example.org/rss/cs.LG", False, False),
        ("file:///etc/passwd", False, False),
        ("http://127.0.0.1:8765/elsewhere", False, True),
        ("http://127.0.0.1:9/elsewhere", False, False),
        ("https://127.0.0.1:8765/rss", False, False),
    ],
)
def test_what_may_be_asked(address: str, by_default: bool, at_the_mirror: bool) -> None:
    assert DEFAULT.allowed(address) is by_default
    assert MIRROR.allowed(address) is at_the_mirror


def test_a_feed_elsewhere_leaves_the_api_at_arxiv() -> None:
    mixed = Addresses(ArxivSettings(feed_url="https://mirror.example/rss/"))
    assert mixed.allowed("https://export.arxiv.org/api/query")
    assert mixed.feed(["cs.LG"]) == "https://mirror.example/rss/cs.LG"
    assert mixed.allowed(mixed.feed(["cs.LG"]))
    assert not mixed.allowed("http://mirror.example/rss/cs.LG")


@pytest.mark.parametrize(
    ("api", "feed", "interval"),
    [
        ("http://127.0.0.1:1/api", "http://localhost:2/rss", 0.5),
        ("http://[::1]:1/api", "http://127.0.0.2/rss", 0.5),
        ("https://export.arxiv.org/api/query", "http://127.0.0.1:2/rss", 3.0),
        ("https://mirror.example/api", "https://mirror.example/rss", 3.0),
        ("http://localhost.example/api", "http://127.0.0.1:2/rss", 3.0),
    ],
)
def test_only_this_machine_may_be_asked_faster(api: str, feed: str, interval: float) -> None:
    assert Addresses(ArxivSettings(interval=0.5, api_url=api, feed_url=feed)).interval() == interval


def test_a_longer_interval_is_kept() -> None:
    assert Addresses(ArxivSettings(interval=15)).interval() == 15
