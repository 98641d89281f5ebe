"""What never should happen, happening beside the keys: it is told and logged; the reader goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import pytest
from msgspec import structs
from textual.css.query import NoMatches
from textual.worker import WorkerFailed

from tests.tui.fakes import DAY, FakeDays, FakeModels, make_app, make_digest, page_text, reader_of, settle
from tui_digest.library.search import Search
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.export import ExportScreen
from tui_digest.tui.state import ReaderOptions

OFFLINE = ReaderOptions(offline=True)
FAILURE = "It went wrong and was written down."


class Reports(list[str]):
    """What was written down."""

    def __call__(self, error: Exception) -> str:
        self.append(repr(error))
        return FAILURE


def broken(*arguments: object, **named: object) -> NoReturn:
    raise ValueError("never should be")


async def broken_too(*arguments: object, **named: object) -> NoReturn:
    raise ValueError("never should be")


def reporting(app: ReaderApp) -> Reports:
    reports = Reports()
    app.services = structs.replace(app.services, report=reports)
    return reports


BROKEN_DAYS = ("fetch", "complete", "catch_up")


@pytest.mark.parametrize("part", BROKEN_DAYS)
@pytest.mark.parametrize("stored", [True, False])
async def test_fetching(part: str, stored: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeDays, part, broken_too)
    digest = make_digest(4)
    app = make_app(FakeDays({DAY: digest}), digest if stored else None)
    reports = reporting(app)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert reports == ["ValueError('never should be')"]
        assert reader.state.problem == FAILURE
        assert not reader.state.progress
        if stored or part != "fetch":
            await pilot.press("j")
            assert "Paper number 1" in page_text(reader)
        else:
            assert FAILURE in page_text(reader)
    assert app.failure is None


async def test_preparing_for_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeModels, "prepare", broken_too)
    app = make_app(options=OFFLINE)
    reports = reporting(app)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert reader_of(app).status.footer.message == FAILURE
    assert (len(reports), app.failure) == (1, None)


def break_search(app: ReaderApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "hits", broken)


def break_writing(app: ReaderApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_digest.export.save.save_in_place", broken)


@pytest.mark.parametrize(
    ("breaks", "keys"), [(break_search, ("g", "s", "x")), (break_writing, ("w",))], ids=["search", "write"]
)
async def test_keys(
    breaks: Callable[[ReaderApp, pytest.MonkeyPatch], None],
    keys: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = make_app(options=OFFLINE)
    reports = reporting(app)
    breaks(app, monkeypatch)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)
        assert reader_of(app).status.footer.message == FAILURE
        await pilot.press("escape", "j")
        assert "Paper number 1" in page_text(reader_of(app))
    assert (len(reports), app.failure) == (1, None)


async def test_stopping_an_explanation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeModels, "cancel", broken_too)
    app = make_app(options=OFFLINE)
    reports = reporting(app)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("e", "escape")
        await settle(pilot)
        assert reader_of(app).status.footer.message == FAILURE
    assert (len(reports), app.failure) == (1, None)


async def test_writing_from_the_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_digest.tui.dialogs.export.save_in_place", broken)
    app = make_app(options=OFFLINE)
    reports = reporting(app)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("W", "enter")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, ExportScreen)
        assert FAILURE in str(dialog.problem.content)
    assert (len(reports), app.failure) == (1, None)


async def end_by_a_worker(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        app.run_worker(broken_too())
        await pilot.pause()


async def test_what_ends_the_reader_all_the_same_is_told_by_its_cause() -> None:
    app = make_app(options=OFFLINE)
    with pytest.raises(WorkerFailed):
        await end_by_a_worker(app)
    assert isinstance(app.failure, ValueError)


async def test_a_palette_that_searches_while_the_reader_ends_is_no_failure() -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.exit()
        app._handle_exception(WorkerFailed(NoMatches("No nodes match 'CommandList'")))
        assert app.failure is None
