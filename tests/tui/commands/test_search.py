"""Searching in what is shown: as you type, from match to match, TeX and Unicode alike."""

from __future__ import annotations

from datetime import timedelta

from tests.tui.fakes import DAY, kept, make_app, make_digest, make_paper, reader_of, settle, shown
from tui_digest.tui.app import ReaderApp

WIDE = (120, 36)


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.message


def make_day() -> ReaderApp:
    titles = ("Sums", "Rates of Newton", "Means", r"On $\ell_2$ balls", "Newton again", "Ends")
    papers = tuple(
        make_paper(number, title=title, abstract=f"About {number}.") for number, title in enumerate(titles)
    )
    return make_app(first=make_digest(papers=papers))


async def test_the_cursor_goes_to_the_first_match_as_one_types() -> None:
    app = make_day()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("/", *"newt")
        await pilot.pause()
        assert reader.papers.cursor == 1
        assert len(shown(reader)) == 6
        assert message(app) == "2 of 6 papers match."
        await pilot.press("enter")
        await pilot.pause()
        assert reader.papers.has_focus
        assert "match 1 of 2" in reader.status.header.render_line(0).text


async def test_matches_are_highlighted_in_list_and_page() -> None:
    app = make_day()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("/", *"newton", "enter")
        await pilot.pause()
        title = reader.pane.lines[0].content
        assert [title.plain[span.start : span.end] for span in title.spans if span.style == "match"] == [
            "Newton"
        ]
        row = reader.papers.render_line(reader.papers.lines_of(1).start)
        match = reader.papers.role_style("match").rich_style
        assert match.underline
        assert any(part.text == "Newton" and part.style and part.style.underline for part in row)


async def test_n_goes_from_match_to_match_and_on_from_the_top() -> None:
    app = make_day()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("/", *"newton", "enter", "n")
        assert reader.papers.cursor == 4
        await pilot.press("n")
        assert reader.papers.cursor == 1
        assert "from the top" in message(app)
        await pilot.press("N")
        assert reader.papers.cursor == 4
        assert "from the end" in message(app)


async def test_without_a_search_n_goes_to_the_next_unread_paper() -> None:
    app = make_day()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("j", "r", "j", "r", "k", "k", "n")
        assert reader.papers.cursor == 3
        await pilot.press("N")
        assert reader.papers.cursor == 0
        await pilot.press("N")
        assert message(app) == "No unread paper is left above."


async def test_unicode_finds_tex() -> None:
    app = make_day()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("/", *"balls", "enter")
        await pilot.pause()
        assert reader_of(app).papers.cursor == 3


async def test_escape_clears_the_search_and_while_typing_it_goes_back() -> None:
    app = make_day()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("j", "j", "/", *"newton")
        await pilot.pause()
        assert reader.papers.cursor == 4
        await pilot.press("escape")
        await pilot.pause()
        assert reader.papers.cursor == 2
        assert reader.listing.search == ""
        await pilot.press("/", *"newton", "enter", "escape")
        await pilot.pause()
        assert reader.listing.search == ""
        assert "match" not in reader.status.header.render_line(0).text


async def test_nothing_found_is_said() -> None:
    app = make_day()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("/", *"perpetuum", "enter")
        await pilot.pause()
        assert "No paper shown matches" in message(app)
        await pilot.press("n")
        assert message(app) == "No paper shown matches."


async def test_a_click_on_the_list_ends_the_typing_and_keeps_the_search() -> None:
    app = make_day()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("/", *"newton")
        await pilot.click("#papers", offset=(10, reader_of(app).papers.lines_of(0).start))
        await pilot.pause()
        assert reader.field is None
        assert reader.papers.cursor == 0
        await pilot.press("n")
        assert reader.papers.cursor == 1


async def test_a_list_that_grows_shorter_while_one_searches_is_searched_on() -> None:
    app = make_app(first=make_digest(12))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("G", "/")
        await pilot.pause()
        reader = reader_of(app)
        reader.update_day(kept(app, make_digest(4, day=DAY - timedelta(days=1))))
        await pilot.press("z")
        await pilot.pause()
        assert reader.status.footer.message == "0 of 4 papers match."
        await pilot.press("escape")
        await pilot.pause()
        assert reader.papers.cursor == 3
