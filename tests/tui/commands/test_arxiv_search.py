"""Asking arXiv from the search: hits over the list, more of them at a key, and what stays of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from textual.pilot import Pilot

from tests.tui.fakes import library_of, make_app, make_paper, reader_of, settle, shown, work_done
from tui_digest.core.arxiv_search import HitOrder, HitPage
from tui_digest.errors import ArxivError, UsageError
from tui_digest.library.library import Library
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.state import ReaderOptions

WIDE = (120, 36)
HITS = tuple(
    make_paper(
        number, id=f"2611.{80_000 + number}", title=f"Hit {number}", announce_type=None, announced=None
    )
    for number in range(70)
)


@dataclass
class FakeArxivSearch:
    """arXiv with seventy hits for every question."""

    library: Library
    problem: str = ""
    gate: asyncio.Event | None = None
    asked: list[tuple[str, int, HitOrder]] = field(default_factory=list)

    def check(self, query: str) -> None:
        if "tag:" in query:
            raise UsageError("arXiv cannot be asked for tag:.")

    async def ask(self, query: str, start: int, order: HitOrder, progress: Callable[[str], None]) -> HitPage:
        self.asked.append((query, start, order))
        if self.gate is not None:
            await self.gate.wait()
        if self.problem:
            raise ArxivError(self.problem)
        papers = HITS[start : start + 50] if "nothing" not in query else ()
        self.library.passing.store(papers)
        return HitPage(papers, 70 if papers else 0)

    def forget(self, ids: Sequence[str]) -> None:
        self.library.passing.forget(ids)


def searching_app(options: ReaderOptions = ReaderOptions()) -> tuple[ReaderApp, FakeArxivSearch]:  # noqa: B008
    made: list[FakeArxivSearch] = []

    def make(library: Library) -> FakeArxivSearch:
        made.append(FakeArxivSearch(library))
        return made[-1]

    return make_app(options=options, arxiv_search=make), made[0]


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.render_line(0).text


def kept(app: ReaderApp) -> list[str]:
    mailings = library_of(app).mailings
    return [paper.id for paper in HITS if mailings.paper(paper.id) is not None]


async def press(pilot: Pilot[str], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()
    await work_done(pilot.app)
    await pilot.pause()


async def test_tab_puts_the_question_of_the_search_to_arxiv_and_esc_forgets_the_hits() -> None:
    app, search = searching_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await press(pilot, "g", "s", *"norms")
        assert "The last line, or Tab, puts the question to arXiv." in message(app)
        await press(pilot, "tab", "enter")
        assert search.asked == [("norms", 0, "newest")]
        assert [entry.paper.title for entry in shown(reader)[:2]] == ["Hit 0", "Hit 1"]
        assert "arXiv has 70; these are the first 50. ga asks for more." in message(app)
        assert "arXiv, newest first: norms" in reader.status.header.render_line(0).text
        await press(pilot, "G", "k", "g", "a")
        assert search.asked[1:] == [("norms", 50, "newest")]
        assert len(shown(reader)) == 70
        assert shown(reader)[reader.papers.cursor].paper.title == "Hit 49"
        await press(pilot, "g", "a")
        assert len(search.asked) == 2
        assert "these are all" in message(app)
        await press(pilot, "escape")
        assert reader.listing.title == "Found: norms"
        assert kept(app) == []


def last_line(app: ReaderApp) -> str:
    """The last line of the list that is not empty."""
    papers = reader_of(app).papers
    lines = [papers.render_line(y).text.strip() for y in range(papers.size.height)]
    return [line for line in lines if line][-1]


async def test_enter_on_the_last_line_of_the_search_asks_arxiv_and_there_for_more() -> None:
    app, search = searching_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await press(pilot, "g", "s", *"norms", "enter")
        stored = len(shown(reader))
        assert stored > 1
        assert "Ask arXiv: norms" not in last_line(app), "the list has room for all of it"
        await press(pilot, "G")
        assert reader.papers.at_offer
        assert "Ask arXiv: norms" in last_line(app)
        assert reader.papers.chosen is None
        await press(pilot, "m", "space")
        assert library_of(app).marked() == ()
        await press(pilot, "k", "j", "enter")
        assert search.asked == [("norms", 0, "newest")]
        assert len(shown(reader)) == 50
        await press(pilot, "G")
        assert "Ask arXiv for more: 50 of 70 are here" in last_line(app)
        await press(pilot, "enter")
        assert search.asked[1:] == [("norms", 50, "newest")]
        chosen = reader.papers.chosen
        assert chosen is not None
        assert chosen.paper.title == "Hit 50"
        await press(pilot, "G", "j")
        assert not reader.papers.at_offer
        await press(pilot, "escape")
        assert reader.listing.title == "Found: norms"


async def test_enter_again_while_arxiv_is_asked_asks_no_second_time() -> None:
    app, search = searching_app()
    search.gate = asyncio.Event()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "g", "s", *"zzzz", "enter")
        for _ in range(2):
            await pilot.press("enter")
            await pilot.pause()
        assert "arXiv is being asked; Esc stops it." in message(app)
        search.gate.set()
        await work_done(app)
        assert search.asked == [("zzzz", 0, "newest")]


async def test_where_nothing_is_stored_the_last_line_is_the_only_one() -> None:
    app, search = searching_app()
    async with app.run_test(size=(50, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "g", "s", *"zzzz", "enter")
        assert reader_of(app).field is None
        assert "Ask arXiv: zzzz" in last_line(app)
        await press(pilot, "enter")
        assert search.asked == [("zzzz", 0, "newest")]
        assert len(shown(reader_of(app))) == 50


async def test_a_range_up_to_the_last_line_has_the_papers_alone() -> None:
    app, _ = searching_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await press(pilot, "g", "s", *"norms", "enter", "v", "G")
        assert reader.listing.selection(reader.papers.cursor).count == len(shown(reader))
        await press(pilot, "m")
        assert len(library_of(app).marked()) == len(shown(reader)) > 1


async def test_what_was_marked_tagged_noted_or_read_stays() -> None:
    app, _ = searching_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "g", "a", *"norms", "enter")
        await press(
            pilot, "m", "j", "#", *"seminar", "enter", "j", "i", "x", "escape", "j", "enter", "escape"
        )
        await press(pilot, "j", "m", "u", "escape")
        assert [entry.title for entry in HITS if entry.id in kept(app)] == [
            f"Hit {number}" for number in range(5)
        ]


async def test_the_most_relevant_first_and_leaving_the_reader_forgets() -> None:
    app, search = searching_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "g", "a", "tab", *"norms", "enter")
        assert search.asked == [("norms", 0, "relevance")]
        assert len(kept(app)) == 50
    assert kept(app) == []


async def test_what_arxiv_cannot_be_asked_stays_to_be_mended() -> None:
    app, search = searching_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "g", "a", *"tag:x", "enter")
        assert "cannot be asked for tag:" in message(app)
        assert reader_of(app).field is not None
        assert search.asked == []


async def test_a_failure_or_nothing_leaves_the_list_as_it_was() -> None:
    app, search = searching_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        search.problem = "arXiv did not answer within 55 seconds. What was stored is kept. Try again later."
        await press(pilot, "g", "s", *"zzzz", "tab", "enter")
        assert "did not answer within 55 seconds" in message(app)
        assert reader.state.browsing.in_day
        search.problem = ""
        await press(pilot, "g", "a", *"nothing", "enter")
        assert "arXiv has no such paper" in message(app)
        assert reader.state.browsing.in_day


async def test_esc_stops_a_question_that_takes_long() -> None:
    app, search = searching_app()
    search.gate = asyncio.Event()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("g", "a", *"norms", "enter")
        await pilot.pause()
        assert "asking arXiv" in reader_of(app).status.header.render_line(0).text
        await pilot.press("escape")
        await pilot.pause()
        assert "was stopped" in message(app)
        assert reader_of(app).state.progress == ""
        assert reader_of(app).state.browsing.in_day


async def test_offline_arxiv_is_not_asked() -> None:
    app, search = searching_app(ReaderOptions(offline=True))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "g", "a")
        assert "the reader is offline" in message(app)
        await press(pilot, "g", "s", "tab", *"norms", "enter")
        assert search.asked == []
        assert "Ask arXiv" not in last_line(app)
