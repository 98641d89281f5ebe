"""Tags in the reader: the line of changes, row and page, the papers of a tag, undo."""

from __future__ import annotations

from tests.tui.commands.test_library import WIDE, header, two_days
from tests.tui.fakes import entry_of, library_of, make_app, page_text, reader_of, screen_of, settle, shown
from tui_digest.tags import TagChanges
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.search_chooser import SearchChooserScreen

FIRST, SECOND, THIRD = "0612.90000", "0612.90001", "0612.90002"


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.render_line(0).text


def row_text(app: ReaderApp, place: int) -> str:
    papers = screen_of(app).reader.papers
    return "\n".join(papers.render_line(y).text for y in papers.lines_of(place))


async def test_a_line_puts_tags_on_and_takes_them_off_and_u_undoes_it() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("#", *"+Reading-Group later", "enter")
        await pilot.pause()
        assert entry_of(app, FIRST).tags == ("later", "reading-group")
        assert "#later #reading-group" in page_text(reader_of(app))
        assert "#later" in row_text(app, 0)
        await pilot.press("#", *"-later", "enter")
        await pilot.pause()
        assert entry_of(app, FIRST).tags == ("reading-group",)
        await pilot.press("u", "u")
        assert entry_of(app, FIRST).tags == ()
        assert "#" not in row_text(app, 0)
        assert "#later" not in page_text(reader_of(app))
        await pilot.press("ctrl+r")
        assert entry_of(app, FIRST).tags == ("later", "reading-group")


async def test_tags_go_on_a_selection_or_on_so_many() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("space", "j", "space", "#", *"a", "enter")
        await pilot.press("g", "g", "2", "#", *"b", "enter")
        await pilot.pause()
        assert [entry_of(app, each).tags for each in (FIRST, SECOND, THIRD)] == [("a", "b"), ("b",), ("a",)]


async def test_tab_completes_to_what_is_known_and_after_a_minus_to_what_the_paper_has() -> None:
    app = make_app()
    library_of(app).tags.change([FIRST, SECOND], TagChanges(("seminar",)))
    library_of(app).tags.change([SECOND], TagChanges(("reading",)))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("#", *"+re")
        await pilot.pause()
        assert "+reading" in message(app)
        await pilot.press("tab", "space", "-", "tab", "enter")
        await pilot.pause()
        assert entry_of(app, FIRST).tags == ("reading",)


async def test_a_word_that_cannot_be_a_tag_stays_to_be_mended() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("#", *"++x", "enter")
        await pilot.pause()
        assert "cannot be a tag" in message(app)
        assert reader_of(app).field is not None
        await pilot.press("escape", "#", "enter")
        await pilot.pause()
        assert reader_of(app).field is None
        assert library_of(app).tags.counts() == {}


async def test_the_papers_of_a_tag_are_shown_over_all_days() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("g", "l")
        await pilot.pause()
        assert "No paper has a tag yet" in message(app)
        library_of(app).tags.change(["0612.90051"], TagChanges(("seminar",)))
        library_of(app).tags.change([SECOND], TagChanges(("seminar", "other")))
        await pilot.press("g", "l")
        await pilot.pause()
        assert isinstance(app.screen, SearchChooserScreen)
        await pilot.press(*"sem", "enter")
        await pilot.pause()
        assert {entry.paper.id for entry in shown(reader_of(app))} == {"0612.90051", SECOND}
        assert "#seminar, of all days" in header(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "20 Nov 2026" in header(app)


async def test_the_palette_finds_a_tag() -> None:
    app = make_app()
    library_of(app).tags.change([THIRD], TagChanges(("seminar",)))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(":", *"#semi")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert [entry.paper.id for entry in shown(reader_of(app))] == [THIRD]


async def test_a_filter_by_tag_keeps_a_paper_whose_tag_is_taken_off_until_it_is_asked_again() -> None:
    app = make_app()
    library_of(app).tags.change([THIRD], TagChanges(("seminar",)))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("f", *"tag:seminar", "enter")
        await pilot.pause()
        assert [entry.paper.id for entry in shown(reader_of(app))] == [THIRD]
        await pilot.press("#", *"-seminar", "enter", "g", "2")
        await pilot.pause()
        assert [entry.paper.id for entry in shown(reader_of(app))] == []
        await pilot.press("u", "g", "1")
        await pilot.pause()
        assert [entry.paper.id for entry in shown(reader_of(app))] == [THIRD]
