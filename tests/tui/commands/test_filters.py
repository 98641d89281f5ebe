"""Views, announce types, sorting, filters and the pick, through their keys."""

from __future__ import annotations

import asyncio

import pytest

from tests.tui.fakes import (
    DAY,
    FakeDays,
    library_of,
    make_app,
    make_digest,
    make_paper,
    page_text,
    reader_of,
    settle,
    shown,
)
from tui_digest.errors import LibraryError
from tui_digest.interests import InterestKind, Stance
from tui_digest.library.picks import Picks
from tui_digest.paper import AnnounceType
from tui_digest.settings import PickSettings, ReaderSettings, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.commands.days import go_to_day

WIDE = (120, 36)


def numbers(app: ReaderApp) -> list[int]:
    """The papers shown, by the number that each was made from."""
    return [int(entry.paper.id[-3:]) for entry in shown(reader_of(app))]


def header(app: ReaderApp) -> str:
    return reader_of(app).status.header.render_line(0).text


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.message


async def test_views_show_all_the_unread_and_those_to_read() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("r", "j", "m", "g", "2")
        assert numbers(app) == list(range(1, 12))
        assert "unread" in header(app)
        await pilot.press("g", "3")
        assert numbers(app) == [1]
        assert "to read" in header(app)
        await pilot.press("g", "1")
        assert numbers(app) == list(range(12))
        assert reader_of(app).papers.cursor == 1


async def test_a_paper_read_in_the_unread_view_stays_until_the_view_is_made_anew() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "2", "r")
        assert numbers(app)[0] == 0
        assert shown(reader_of(app))[0].reading.read
        await pilot.press("g", "2")
        assert numbers(app)[0] == 1


async def test_an_empty_view_says_so() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "3")
        await pilot.pause()
        assert "Only papers to read are in view." in page_text(reader_of(app))
        await pilot.press("n")
        assert "no papers are shown" in message(app)


async def test_announce_types_are_shown_and_hidden_and_counted() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("T")
        assert "new papers" in reader_of(app).status.footer.render_line(0).text
        await pilot.press("r")
        assert numbers(app) == [0, 1, 2, 3, 4, 5]
        assert "6 by type" in header(app)
        assert message(app) == "Replaced papers are hidden."
        await pilot.press("T", "c", "T", "r")
        assert numbers(app) == [0, 1, 2, 6, 7, 8, 9, 10, 11]
        await pilot.press("T", "n")
        assert numbers(app) == [6, 7, 8, 9, 10, 11]


async def test_the_setting_says_which_types_are_shown_first() -> None:
    settings = Settings(reader=ReaderSettings(show=(AnnounceType.CROSS,), sort="announced"))
    app = make_app(settings=settings)
    async with app.run_test(size=WIDE):
        assert numbers(app) == [3, 4, 5]


@pytest.mark.parametrize(
    ("key", "order"),
    [("n", [0, 1, 2, 3]), ("t", [3, 0, 2, 1]), ("a", [1, 3, 0, 2]), ("d", [2, 0, 1, 3])],
)
async def test_sorting_and_reversing(key: str, order: list[int]) -> None:
    papers = (
        make_paper(2, title="Margins", authors=("Ada Zeta",)),
        make_paper(0, title="$k$-means", authors=("Bo Mu",)),
        make_paper(3, title="a start", authors=("Cy Eta",)),
        make_paper(1, title="Zeros", authors=("Dee Alpha",)),
    )
    app = make_app(first=make_digest(papers=papers))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("s", key)
        assert numbers(app) == order
        told = message(app)
        await pilot.press("S")
        assert numbers(app) == order[::-1]
        assert message(app) == told.replace(".", "; reversed.")
        chosen = reader_of(app).papers.chosen
        assert chosen is not None
        assert chosen.paper.id == "0612.90002"


async def test_the_pick_comes_first_with_its_reasons() -> None:
    papers = (*(make_paper(number) for number in range(6)), make_paper(6, title="On proximal methods"))
    settings = Settings(pick=PickSettings(count=2, words={"proximal": 3.0}, categories={}))
    app = make_app(first=make_digest(papers=papers), settings=settings)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert numbers(app) == [6, 0, 1, 2, 3, 4, 5]
        assert reader.papers.cursor == 0
        assert "Picked 1" in reader.papers.render_line(1).text
        assert "▸" in reader.papers.render_line(reader.papers.lines_of(0)[-1]).text
        assert "Picked: proximal from the words of your digest" in page_text(reader)


async def test_a_pick_that_changes_later_waits_for_the_next_opening() -> None:
    papers = (*(make_paper(number) for number in range(6)), make_paper(6, title="On proximal methods"))
    settings = Settings(pick=PickSettings(count=2, words={"proximal": 3.0}))
    days = FakeDays({DAY: make_digest(papers=papers)}, stored_days={DAY})
    app = make_app(days, days.digests[DAY], settings=settings)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        library_of(app).following.set(InterestKind.AUTHOR, "Ada Number3", Stance.FOLLOW)
        reader.writes.update_pick(0.0)
        await settle(pilot)
        assert numbers(app) == [6, 0, 1, 2, 3, 4, 5]
        go_to_day(reader, DAY)
        assert numbers(app) == [3, 6, 0, 1, 2, 4, 5]


async def test_a_filter_narrows_as_one_types_and_says_what_it_hides() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("f", *"au:number7")
        await pilot.pause()
        assert numbers(app) == [7]
        assert message(app) == "1 of 12 papers are shown."
        await pilot.press("enter")
        await pilot.pause()
        assert reader.papers.has_focus
        assert "filter: au:number7" in header(app)
        assert "11 hidden" in header(app)
        await pilot.press("escape")
        assert numbers(app) == list(range(12))


async def test_a_wrong_filter_says_where_and_stays_open_to_be_mended() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", *"norms is:nice", "enter")
        await pilot.pause()
        assert "character 10" in message(app)
        assert "'nice'" in message(app)
        assert reader_of(app).field is not None
        await pilot.press("escape")
        await pilot.pause()
        assert reader_of(app).field is None
        assert numbers(app) == list(range(12))


async def test_a_filter_that_is_given_up_leaves_everything_as_it_was() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("5", "j", "f", *"number7")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert numbers(app) == list(range(12))
        assert reader_of(app).papers.cursor == 5


async def test_letters_typed_into_the_filter_do_nothing_else() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", *"dmxu", "tab", *"q", "enter")
        await pilot.pause()
        reader = reader_of(app)
        assert reader.listing.options.filter == "dmxuq"
        assert reader.services.library.history.recent(10) == ()


async def test_filters_are_saved_used_and_deleted() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("F", "s")
        await pilot.pause()
        assert "f makes one" in message(app)
        await pilot.press("f", *"number7", "enter", "F", "s")
        await pilot.pause()
        await pilot.press(*"Seven [/b]", "enter")
        await pilot.pause()
        assert reader.services.library.filters.all() == {"Seven [/b]": "number7"}
        await pilot.press("escape", "F")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert numbers(app) == [7]
        await pilot.press("F", "d")
        await pilot.pause()
        assert reader.services.library.filters.all() == {}
        await pilot.press("u")
        assert reader.services.library.filters.all() == {"Seven [/b]": "number7"}


async def test_the_place_in_a_day_is_remembered() -> None:
    async with make_app().run_test(size=WIDE) as pilot:
        await pilot.press("7", "G")
        await pilot.pause()
    app = make_app()
    async with app.run_test(size=WIDE):
        reader = reader_of(app)
        assert reader.papers.cursor == 6
        assert reader.services.library.positions.paper(DAY) == "0612.90006"


async def test_a_pick_that_cannot_be_computed_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    asked: list[object] = []

    def locked(*_: object) -> bool:
        asked.append(None)
        raise LibraryError("The library is locked.")

    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        monkeypatch.setattr(Picks, "update", locked)
        reader.writes.update_pick(0.0)
        await settle(pilot)
        assert asked
        assert reader.status.footer.message.strip() == ""
        await pilot.press("j")
        assert reader.papers.cursor == 1


async def test_nothing_is_said_of_a_filter_that_was_given_up() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", *"zzzz")
        assert message(app) == "0 of 12 papers are shown."
        await pilot.press("escape")
        assert message(app) == ""
        assert len(numbers(app)) == 12


async def test_a_filter_that_is_being_typed_counts_the_papers_of_the_day_that_came() -> None:
    days = FakeDays({DAY: make_digest(12)}, gate=asyncio.Event())
    app = make_app(days, make_digest(4))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("f", *"paper")
        assert message(app) == "4 of 4 papers are shown."
        assert days.gate is not None
        days.gate.set()
        await settle(pilot)
        assert message(app) == "12 of 12 papers are shown."


@pytest.mark.parametrize("width", [120, 60, 40])
async def test_the_header_says_that_arxiv_is_being_asked_before_what_is_hidden(width: int) -> None:
    days = FakeDays({DAY: make_digest(12)}, gate=asyncio.Event())
    app = make_app(days, make_digest(12))
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.press("f", *"number 3", "enter")
        await pilot.pause()
        assert "asking" in header(app)


async def test_a_theme_that_there_is_none_of_is_named() -> None:
    app = make_app(settings=Settings(reader=ReaderSettings(theme="drakula")))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert message(app).endswith("there is no theme 'drakula'; did you mean 'dracula'?")
