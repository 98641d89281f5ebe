"""What the daily feed lacks comes later, and once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest

from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import Invented, invented
from tests.servers.arxiv_home import BOTH, Home
from tui_digest.arxiv.enrichment import PapersById
from tui_digest.arxiv.types import DigestOutcome
from tui_digest.errors import ArxivError
from tui_digest.paper import ArxivId, Completeness, CompletenessState, Digest

FRIDAY = date(2026, 11, 20)


async def enriched(home: Home, digest: Digest | None = None) -> DigestOutcome:
    """A digest that was enriched, by a newly started process."""
    async with home.source() as source:
        if digest is None:
            digest = (await source.digest(categories=BOTH)).digest
        return await source.enrich(digest, home.told.append)


async def papers(home: Home, *ids: str) -> PapersById:
    async with home.source() as source:
        return await source.papers([ArxivId.parse(one) for one in ids])


async def test_the_api_adds_what_the_feed_lacks(home: Home, server: StandIn) -> None:
    outcome = await enriched(home)
    assert outcome.problem is None
    paper = outcome.digest.papers[0]
    assert (paper.comment, paper.published) == ("3 pages", Invented("x").submitted)
    assert (paper.announce_type, paper.announced) == ("new", FRIDAY)
    assert len(server.asked("/api/query")) == 1


async def test_authors_come_as_a_list_and_tex_stays_the_feeds(home: Home, server: StandIn) -> None:
    fed = Invented("2611.00001", title="On $\\bar\\Lambda$", authors=("Ada Example (Lab, City)", "Bo Sample"))
    server.feed_of = lambda _: [fed]
    server.mailings[FRIDAY] = [replace(fed, title="On $\\barΛ$", authors=("Ada Example", "Bo Sample, Jr."))]
    (paper,) = (await enriched(home)).digest.papers
    assert paper.authors == ("Ada Example", "Bo Sample, Jr.")
    assert paper.title == "On $\\bar\\Lambda$"


async def test_it_is_asked_in_slices_and_never_twice(home: Home, server: StandIn) -> None:
    server.mailings[FRIDAY] = invented(450)
    first = await enriched(home)
    assert len(server.asked("/api/query")) == 3
    assert all(paper.comment for paper in first.digest.papers)
    async with home.source() as source:
        again = await source.digest(categories=BOTH)
        assert again.digest == first.digest
        assert (await source.enrich(again.digest)).digest == first.digest
    assert len(server.asked("/api/query")) == 3


async def test_dates_of_submission_show_an_earlier_batch_even_on_a_first_start(
    home: Home, server: StandIn
) -> None:
    window_end = home.calendar.cut_off(date(2026, 11, 19))
    server.mailings[FRIDAY] = [
        *invented(9, submitted=window_end),
        *invented(9, start=100, categories=("math.OC",), submitted=window_end + timedelta(minutes=1)),
    ]
    told = (await enriched(home)).digest.completeness
    assert told.state is CompletenessState.STALE
    assert told.note.startswith("All new papers of cs.LG were submitted for an earlier mailing")
    home.clock.moment += timedelta(hours=2)
    assert home.is_due(BOTH)


async def test_without_dates_a_first_mailing_is_not_called_complete_until_they_come(
    home: Home, server: StandIn
) -> None:
    server.mailings[FRIDAY] = invented(9)
    server.fault, server.faulty_part = "503", "/api/"
    outcome = await enriched(home)
    assert isinstance(outcome.problem, ArxivError)
    for digest in (outcome.digest, home.mailings.digests[FRIDAY, BOTH]):
        assert digest.completeness.state is CompletenessState.UNCONFIRMED
        assert digest.completeness.note.startswith("Unconfirmed: arXiv did not give the dates")
    server.fault = ""
    async with home.source() as source:
        again = (await source.digest(categories=BOTH)).digest
        assert again.completeness.state is CompletenessState.UNCONFIRMED
        told = (await source.enrich(again)).digest.completeness
    assert told == home.mailings.digests[FRIDAY, BOTH].completeness
    assert (told.state, told.note) == (CompletenessState.COMPLETE, "")


@pytest.mark.parametrize("early", [True, False])
async def test_dates_of_some_papers_tell_only_that_a_mailing_is_new(
    home: Home, server: StandIn, early: bool
) -> None:
    window_end = home.calendar.cut_off(date(2026, 11, 19))
    submitted = window_end - timedelta(hours=1) if early else window_end + timedelta(hours=1)
    server.mailings[FRIDAY] = [*invented(7, submitted=submitted), *invented(1, start=100)]
    async with home.source() as source:
        digest = (await source.digest(categories=BOTH)).digest
        known = [
            msgspec.structs.replace(paper, published=submitted, updated=submitted)
            for paper in digest.papers[:6]
        ]
        home.mailings.store_papers(known)
        server.fault, server.faulty_part = "503", "/api/"
        told = (await source.enrich(digest)).digest.completeness
    assert told.state is (CompletenessState.UNCONFIRMED if early else CompletenessState.COMPLETE)


async def test_after_a_complete_mailing_new_ids_are_proof_enough(home: Home, server: StandIn) -> None:
    server.mailings[FRIDAY] = invented(9)
    server.fault, server.faulty_part = "503", "/api/"
    before = Digest(
        date=date(2026, 11, 19),
        categories=BOTH,
        papers=(),
        completeness=Completeness(state=CompletenessState.COMPLETE, shown=0),
    )
    home.mailings.store_digest(before)
    assert (await enriched(home)).digest.completeness.state is CompletenessState.COMPLETE


async def test_asking_again_loses_nothing_of_it(home: Home, server: StandIn) -> None:
    before = (await enriched(home)).digest
    async with home.source() as source:
        again = await source.digest(categories=BOTH, again=True)
    assert len(server.asked("/rss/")) == 2
    assert again.digest.papers == before.papers == home.mailings.digests[FRIDAY, BOTH].papers


async def test_a_replacement_is_enriched_although_the_version_before_was(home: Home, server: StandIn) -> None:
    await enriched(home)
    second = Invented("2611.00001", version=2, kind="replace", comment="4 pages")
    server.feed_of = lambda _: [second]
    server.mailings[FRIDAY] = [second]
    async with home.source() as source:
        digest = (await source.digest(categories=BOTH, again=True)).digest
        (paper,) = (await source.enrich(digest)).digest.papers
    assert (paper.version, paper.comment) == (2, "4 pages")


async def test_a_paper_by_id_keeps_the_tex_of_the_feed(home: Home, server: StandIn) -> None:
    fed = Invented("2611.00001", title="On $\\bar\\Lambda$", abstract="Let $\\Lambda$.")
    server.feed_of = lambda _: [fed]
    server.mailings[FRIDAY] = [replace(fed, title="On $\\barΛ$", abstract="Let $Λ$.")]
    async with home.source() as source:
        await source.digest(categories=BOTH)
    (paper,) = (await papers(home, "2611.00001")).papers
    assert (paper.title, paper.abstract, paper.comment) == (fed.title, fed.abstract, "3 pages")


async def test_a_papers_other_version_is_not_mixed_in(home: Home, server: StandIn) -> None:
    server.feed_of = lambda _: [Invented("2611.00001", version=2, kind="replace")]
    server.mailings[FRIDAY] = [Invented("2611.00001", version=3, comment="of version 3")]
    (paper,) = (await enriched(home)).digest.papers
    assert (paper.version, paper.comment) == (2, None)


async def test_ids_that_the_api_leaves_out_are_as_the_feed_has_them(home: Home, server: StandIn) -> None:
    known, unknown = invented(2)
    server.feed_of = lambda _: [known, unknown]
    server.mailings[FRIDAY] = [known]
    outcome = await enriched(home)
    assert outcome.problem is None
    assert [paper.comment for paper in outcome.digest.papers] == ["3 pages", None]


@pytest.mark.parametrize("fault", ["429", "503", "empty", "html", "truncated", "reset"])
async def test_a_failure_leaves_the_digest_as_it_is(home: Home, server: StandIn, fault: str) -> None:
    async with home.source() as source:
        digest = (await source.digest(categories=BOTH)).digest
    server.fault = fault
    outcome = await enriched(home, digest)
    assert outcome.digest == digest
    assert (outcome.problem is None) == (fault == "empty")
    server.fault = ""
    home.clock.moment = home.clock.moment.replace(hour=20)
    assert all(paper.comment for paper in (await enriched(home, digest)).digest.papers)


async def test_slices_before_a_failure_are_kept(home: Home, server: StandIn) -> None:
    server.mailings[FRIDAY] = invented(450)
    async with home.source() as source:
        digest = (await source.digest(categories=BOTH)).digest

        def break_after_two_slices(told: str) -> None:
            if "400 of 450" in told:
                server.fault = "503"

        outcome = await source.enrich(digest, break_after_two_slices)
    assert outcome.problem is not None
    assert sum(paper.comment is not None for paper in outcome.digest.papers) == 400
    server.fault = ""
    server.requests.clear()
    assert all(paper.comment for paper in (await enriched(home, digest)).digest.papers)
    assert len(server.requests) == 1


async def test_papers_by_id_and_those_that_arxiv_does_not_know(home: Home, server: StandIn) -> None:
    server.mailings[FRIDAY] = [
        Invented("hep-th/9901001", version=2, categories=("hep-th",)),
        Invented("2611.00001", version=3),
    ]
    found = await papers(home, "2611.00001v3", "2611.99999", "hep-th/9901001v2", "arXiv:2611.00001")
    assert [str(paper.arxiv_id) for paper in found.papers] == [
        "2611.00001v3",
        "hep-th/9901001v2",
        "2611.00001v3",
    ]
    assert found.unknown == (ArxivId("2611.99999"),)
    assert home.mailings.paper("hep-th/9901001") == found.papers[1]


def test_an_id_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"'1234\.12345x' is not an arXiv id"):
        ArxivId.parse("1234.12345x")


async def test_papers_that_cannot_be_asked_for_are_a_plain_failure(home: Home, server: StandIn) -> None:
    server.fault = "html"
    with pytest.raises(ArxivError, match="a page that is not a list of papers"):
        await papers(home, "2611.00001")
