"""The next page is prepared while a page is read; whatever happens in between, the right one is shown."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from msgspec import structs
from textual.pilot import Pilot

from tests.tui.fakes import make_app, make_digest, make_paper, page_text, reader_of, screen_of, settle, until
from tui_digest.entry import Entry
from tui_digest.errors import KEPT, LibraryError
from tui_digest.paper import Digest
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.page.builder import PageOptions
from tui_digest.tui.page.empty import nothing_to_show
from tui_digest.tui.page.presenter import PagePresenter
from tui_digest.tui.state import ReaderOptions

Deed = Callable[[Pilot[str]], Awaitable[object]]


def pressing(*keys: str) -> Deed:
    return lambda pilot: pilot.press(*keys)


async def another_theme(pilot: Pilot[str]) -> None:
    pilot.app.theme = "textual-light"


DEEDS: dict[str, Deed] = {
    "nothing": pressing(),
    "TeX as written": pressing("\\"),
    "all authors": pressing("+"),
    "the notation card": pressing("t"),
    "a mark": pressing("m"),
    "a filter": pressing("f", *"case", "enter"),
    "a search": pressing("/", *"norms", "enter"),
    "another order": pressing("s", "t"),
    "another size": lambda pilot: pilot.resize_terminal(104, 20),
    "the paper alone": pressing("enter", "escape"),
    "another theme": another_theme,
    "the other way": pressing("k"),
}


def digest() -> Digest:
    authors = tuple(f"Ada Number{number}" for number in range(20))
    return make_digest(papers=tuple(make_paper(number, authors=authors) for number in range(9)))


async def screen_after(deed: Deed) -> str:
    app = make_app(first=digest(), options=ReaderOptions(offline=True))
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j", "j")
        screen_of(app).dwell.prefetch()
        await deed(pilot)
        await pilot.press("j", "J", "K")
        await settle(pilot)
        return re.sub(r"terminal-\d+", "", app.export_screenshot())


@pytest.mark.parametrize("deed", DEEDS)
async def test_a_prepared_page_is_the_page_one_would_see_without(
    deed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for home in ("prepared", "not"):
        (tmp_path / home).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "prepared"))
    prepared = await screen_after(DEEDS[deed])
    monkeypatch.setenv("HOME", str(tmp_path / "not"))
    monkeypatch.setattr(PagePresenter, "prepare", lambda self, entry: None)
    assert await screen_after(DEEDS[deed]) == prepared


async def test_what_is_prepared_is_not_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(first=digest(), options=ReaderOptions(offline=True))
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        screen_of(app).dwell.prefetch()

        def never(entry: Entry, options: PageOptions) -> None:
            raise AssertionError("written when the key came")

        monkeypatch.setattr("tui_digest.tui.page.builder.page", never)
        await pilot.press("j")
        assert "Paper number 1" in page_text(reader)


async def test_a_page_that_cannot_be_prepared_is_told_of_when_it_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = make_app(first=digest(), options=ReaderOptions(offline=True))
    app.services = structs.replace(app.services, report=lambda error: f"Went wrong: {error}.")
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        reader = reader_of(app)

        def broken(entry: Entry, options: PageOptions) -> None:
            raise ValueError("a page like no other")

        monkeypatch.setattr("tui_digest.tui.page.builder.page", broken)
        screen_of(app).dwell.prefetch()
        assert "Paper number 0" in page_text(reader)
        assert not reader.status.footer.message
        await pilot.press("j")
        assert "Went wrong: a page like no other." in page_text(reader)


def test_an_empty_home_does_not_claim_that_something_was_kept() -> None:
    problem = f"arXiv is throttling requests. {KEPT} Try again later."
    blocks = nothing_to_show(problem, Keymap().name_of, offline=False, demo=False)
    assert "arXiv is throttling requests. Try again later." in [block.content.plain for block in blocks]


async def test_a_page_is_shown_once_the_library_can_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_digest.tui.screen_handle.RETRY_DELAY_S", 0.01)
    app = make_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        reader, locked = reader_of(app), True
        options = reader.pages.options

        def options_unless_locked(entry: Entry) -> PageOptions:
            if locked:
                raise LibraryError("Another program holds the library.")
            return options(entry)

        monkeypatch.setattr(reader.pages, "options", options_unless_locked)
        reader.show_page()
        assert "Another program holds the library." in page_text(reader)
        assert "went wrong" not in page_text(reader)
        locked = False
        await until(pilot, lambda: "We bound" in page_text(reader))
