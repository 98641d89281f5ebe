"""The stand-in for arXiv: what it answers to arXiv's addresses, byte for byte in arXiv's forms."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from tests.corpus import SHARED
from tui_digest.demo.fake_arxiv import DemoArxiv
from tui_digest.demo.papers import DemoPaper, load_papers

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
RSS = "https://rss.arxiv.org/rss/"
API = "https://export.arxiv.org/api/query?"
SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "opensearch": "http://a9.com/-/spec/opensearch/1.1/",
}
PAPERS = load_papers()


async def answer(address: str, status: int = 200) -> ElementTree.Element:
    """The stand-in's answer, as XML."""
    got = await DemoArxiv(DAY, lambda: NOW).get(address)
    assert (got.status, got.fetched_at) == (status, NOW)
    return ElementTree.fromstring(got.body)


async def api(asked: Mapping[str, object], status: int = 200) -> ElementTree.Element:
    """The answer of the API to some parameters."""
    return await answer(API + urlencode(asked), status)


def ids(feed: ElementTree.Element) -> list[str]:
    """The ids of an API answer's entries, with version."""
    return [(entry.text or "").rpartition("/")[2] for entry in feed.iterfind("a:entry/a:id", SPACES)]


def total(feed: ElementTree.Element) -> int:
    """How many results an API answer promises."""
    return int(feed.findtext("opensearch:totalResults", "", SPACES))


async def test_the_daily_feed_has_the_whole_day() -> None:
    channel = (await answer(f"{RSS}cs.LG+stat.ML+math.OC"))[0]
    kinds = [item.findtext("arxiv:announce_type", "", SPACES) for item in channel.iterfind("item")]
    assert Counter(kinds) == {"new": 18, "cross": 7, "replace": 4, "replace-cross": 3}
    assert list(dict.fromkeys(kinds)) == ["new", "cross", "replace", "replace-cross"]
    assert channel.findtext("title") == "cs.LG, stat.ML, math.OC updates on arXiv.org"
    assert channel.findtext("pubDate") == "Tue, 24 Nov 2026 00:00:00 -0500"
    assert channel.findtext("lastBuildDate") == "Tue, 24 Nov 2026 05:00:00 +0000"


async def test_an_item_is_written_as_arxiv_writes_it() -> None:
    channel = (await answer(f"{RSS}math.OC"))[0]
    item = next(item for item in channel.iterfind("item") if "0612.91004" in item.findtext("link", ""))
    paper = next(paper for paper in PAPERS if paper.id == "0612.91004")
    assert item.findtext("title") == paper.title
    assert item.findtext("link") == "https://arxiv.org/abs/0612.91004"
    assert item.findtext("guid") == "oai:arXiv.org:0612.91004v1"
    assert item.findtext("description") == (
        f"arXiv:0612.91004v1 Announce Type: cross \nAbstract: {paper.abstract}"
    )
    assert [category.text for category in item.iterfind("category")] == ["eess.SY", "cs.SY", "math.OC"]
    assert item.findtext("dc:creator", "", SPACES) == (
        r"Ragnhei{\dh}ur Stormsdal (University of Nyvik, Nyvik), "
        "Lwazi Brandtson (Ostmark Polytechnic, Dept. of Energy)"
    )


async def test_the_feed_holds_the_asked_categories_only() -> None:
    channel = (await answer(f"{RSS}math.PR"))[0]
    links = {item.findtext("link", "").rpartition("/")[2] for item in channel.iterfind("item")}
    assert links == {paper.id for paper in PAPERS if "math.PR" in paper.categories}
    assert not (await answer(f"{RSS}hep-th"))[0].findall("item")


async def test_every_announced_paper_answers_by_id() -> None:
    wanted = [paper.id for paper in PAPERS]
    feed = await api({"id_list": ",".join(wanted), "max_results": len(wanted)})
    assert sorted(ids(feed)) == sorted(paper.versioned_id for paper in PAPERS)
    assert total(feed) == len(PAPERS)


async def test_an_entry_has_what_the_feed_lacks() -> None:
    entry = (await api({"id_list": "0608.91077"})).find("a:entry", SPACES)
    assert entry is not None
    paper = next(paper for paper in PAPERS if paper.id == "0608.91077")
    assert entry.findtext("a:summary", "", SPACES) == paper.abstract
    assert entry.findtext("arxiv:doi", "", SPACES) == paper.doi
    assert entry.findtext("arxiv:journal_ref", "", SPACES) == paper.journal_ref
    assert entry.findtext("a:published", "", SPACES) < entry.findtext("a:updated", "", SPACES)
    names = [name.text for name in entry.iterfind("a:author/a:name", SPACES)]
    assert names == [author.name for author in paper.people]
    assert "Ragnvald Østerhus" in names


async def test_an_affiliation_is_its_own_element() -> None:
    feed = await api({"id_list": "0612.91004"})
    said = [element.text for element in feed.iterfind("a:entry/a:author/arxiv:affiliation", SPACES)]
    assert said == ["University of Nyvik, Nyvik", "Ostmark Polytechnic, Dept. of Energy"]


async def test_ids_that_are_not_in_the_demo_are_left_out() -> None:
    feed = await api({"id_list": "0612.90001v1,0612.90001v2,2512.21208"})
    assert (ids(feed), total(feed)) == (["0612.90001v1"], 1)


async def test_a_window_of_submission_dates_is_paged_and_sorted() -> None:
    asked = {
        "search_query": "(cat:cs.LG OR cat:math.*) AND submittedDate:[202611221800 TO 202611231759]",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
    }
    first = await api({**asked, "start": 0, "max_results": 5})
    second = await api({**asked, "start": 5, "max_results": 500})
    submitted = {
        paper.versioned_id: paper.published(DAY)
        for paper in PAPERS
        if paper.mailings_before == 0 and (paper.is_in("cs.LG") or paper.is_in("math"))
    }
    assert len(ids(first)) == 5
    assert ids(first) + ids(second) == sorted(submitted, key=submitted.__getitem__)
    assert total(first) == total(second) == len(submitted)
    assert ids(await api({**asked, "sortOrder": "descending", "max_results": 1})) == [ids(second)[-1]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cat:cs.LG ANDNOT cat:math.OC", lambda paper: paper.is_in("cs.LG") and not paper.is_in("math.OC")),
        ("ti:gradient*", lambda paper: "gradient" in re.split(r"\W|s\b", paper.title.casefold())),
        ('au:"thornquist-obi"', lambda paper: any("Thornquist-Obi" in name for name in paper.authors)),
        ("(cat:math.OC OR cat:stat.ML) AND all:zzz", lambda paper: False),
    ],
)
async def test_a_query_finds_what_its_parts_say(query: str, found: Callable[[DemoPaper], bool]) -> None:
    answer = await api({"search_query": query, "max_results": 100})
    assert set(ids(answer)) == {paper.versioned_id for paper in PAPERS if found(paper)}


@pytest.mark.parametrize(
    "asked",
    [
        {"id_list": "abc"},
        {"search_query": "cat:cs.LG ANDNOT"},
        {"search_query": "id:0612.90001"},
        {"search_query": "(all:descent"},
        {"search_query": "submittedDate:[202613010000 TO 202613020000]"},
        {"id_list": "0612.90001", "max_results": "many"},
    ],
)
async def test_a_question_that_cannot_be_read_is_answered_as_arxiv_does(asked: dict[str, str]) -> None:
    feed = await api(asked, status=400)
    assert feed.findtext("a:entry/a:title", "", SPACES) == "Error"
    assert feed.findtext("a:entry/a:id", "", SPACES).startswith("https://arxiv.org/api/errors#")


async def test_the_same_day_is_always_the_same_bytes() -> None:
    addresses = [f"{RSS}cs.LG", f"{API}id_list=0612.90001"]
    one, other = DemoArxiv(DAY, lambda: NOW), DemoArxiv(DAY, lambda: NOW)
    for address in addresses:
        assert (await one.get(address)).body == (await other.get(address)).body
        assert (await one.get(address)).body != (
            await DemoArxiv(date(2026, 7, 1), lambda: NOW).get(address)
        ).body


def test_the_demo_is_light() -> None:
    code = (
        "import sys, tui_digest.demo.fake_arxiv, tui_digest.demo.explanation; "
        "print({'httpx', 'feedparser', 'http.client', 'sqlite3', 'textual'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("address", "recorded"),
    [
        (f"{RSS}cs.LG+stat.ML+math.OC", "rss_new/*.xml*"),
        (f"{API}max_results=99", "api_new/*.xml*"),
    ],
)
async def test_no_element_is_one_that_arxiv_does_not_use(address: str, recorded: str) -> None:
    files = sorted((SHARED / "data" / "feeds").glob(recorded))
    if not files:
        pytest.skip("the recorded feeds are not at hand")
    known: set[tuple[str, frozenset[str]]] = set()
    for file in files:
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        known |= {(element.tag, frozenset(element.attrib)) for element in ElementTree.fromstring(body).iter()}
    used = {(element.tag, frozenset(element.attrib)) for element in (await answer(address)).iter()}
    assert used <= known
