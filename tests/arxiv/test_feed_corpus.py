"""Over recorded answers of arXiv, where they are at hand: every paper of every file, and no other."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

from tests.corpus import SHARED
from tui_digest.arxiv.errors import BrokenAnswerError, RefusedError
from tui_digest.arxiv.feed import ApiPage, DailyFeed, parse_api, parse_daily
from tui_digest.text.sanitise import one_line, sanitise

pytestmark = pytest.mark.corpus

DATA = SHARED / "data"
KINDS = {"daily-rss": 1510, "daily-atom": 7, "daily-rdf": 3, "api-new": 407, "api-old": 18}


@pytest.fixture(scope="module")
def manifest() -> list[dict[str, Any]]:
    """What is known of each file."""
    path = DATA / "manifest.json"
    if not path.exists():
        pytest.skip(f"no recorded answers at {DATA}; set TUI_DIGEST_SHARED")
    recorded: list[dict[str, Any]] = json.loads(path.read_text())
    return recorded


def body_of(row: dict[str, Any]) -> bytes:
    path = DATA / row["file"]
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def parsed(row: dict[str, Any]) -> DailyFeed | ApiPage:
    parse = parse_daily if row["kind"].startswith("daily") else parse_api
    return parse(body_of(row))


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_is_a_paper(manifest: list[dict[str, Any]], kind: str) -> None:
    rows = [row for row in manifest if row["kind"] == kind]
    found = 0
    for row in rows:
        feed = parsed(row)
        assert len(feed.papers) == row["feedparser"]["entries"], row["file"]
        assert all(paper.title and paper.authors and paper.primary for paper in feed.papers), row["file"]
        found += len(feed.papers)
    assert found == KINDS[kind]


def test_nothing_is_an_empty_feed_and_errors_are_errors(manifest: list[dict[str, Any]]) -> None:
    for row in manifest:
        if row["kind"].endswith("-empty"):
            assert not parsed(row).papers, row["file"]
        elif row["kind"] in ("api-new-error", "api-old-error", "daily-rss-error"):
            with pytest.raises(RefusedError):
                parsed(row)
        elif row["kind"] in ("http", "oai", "oai-list", "oai-error"):
            for parse in (parse_daily, parse_api):
                with pytest.raises(BrokenAnswerError):
                    parse(body_of(row))


def test_no_text_is_lost_or_altered(manifest: list[dict[str, Any]]) -> None:
    """Every title and abstract against the standard library's XML parser."""
    for row in manifest:
        if row["kind"] not in ("daily-rss", "api-new", "api-old"):
            continue
        root = ElementTree.fromstring(body_of(row))
        atom = "{http://www.w3.org/2005/Atom}"
        rss = row["kind"] == "daily-rss"
        entries = root.iter("item" if rss else f"{atom}entry")
        for entry, paper in zip(entries, parsed(row).papers, strict=True):
            title = entry.findtext("title" if rss else f"{atom}title") or ""
            text = entry.findtext("description" if rss else f"{atom}summary") or ""
            if rss:
                text = text.partition("Abstract: ")[2]
            assert paper.title == one_line(title), row["file"]
            assert paper.abstract == sanitise(text).strip(), row["file"]
