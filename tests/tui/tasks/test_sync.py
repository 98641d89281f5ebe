"""What other machines decided comes into the list that is shown; what fails is told once."""

from __future__ import annotations

import pytest

from tests.tui.fakes import make_app, reader_of, settle
from tui_digest.entry import Mark
from tui_digest.errors import TuiDigestError
from tui_digest.tui.screens import reader as screen
from tui_digest.tui.tasks import sync


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "START_DELAY_S", 0.01)
    monkeypatch.setattr(sync, "INTERVAL_S", 0.02)


async def test_what_another_machine_decided_is_shown() -> None:
    decided: list[int] = []

    def synchronise() -> int:
        if decided:
            return 0
        decided.append(1)
        app.services.library.marks.mark(["0612.90000"], Mark.TO_READ)
        return 1

    app = make_app(synchronise=synchronise)
    async with app.run_test(size=(120, 30)) as pilot:
        reader = reader_of(app)
        await settle(pilot)
        while not reader.status.footer.message:
            await pilot.pause()
        assert reader.status.footer.message == "1 decision of your other machines came; gh shows them."
        chosen = reader.papers.chosen
        assert chosen is not None
        assert chosen.reading.mark is Mark.TO_READ


async def test_a_folder_that_is_not_there_is_told_once() -> None:
    asked = 0

    def synchronise() -> int:
        nonlocal asked
        asked += 1
        raise TuiDigestError("The folder of [sync] is not there.")

    app = make_app(synchronise=synchronise)
    async with app.run_test(size=(120, 30)) as pilot:
        reader = reader_of(app)
        while not reader.status.footer.message:
            await pilot.pause()
        assert "not there" in reader.status.footer.message
        reader.clear_message()
        before = asked
        while asked < before + 2:
            await pilot.pause()
        assert reader.status.footer.message == ""


async def test_now_is_when_the_palette_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    monkeypatch.setattr(sync, "INTERVAL_S", 3600.0)

    def synchronise() -> int:
        asked.append(1)
        if len(asked) == 3:
            raise TuiDigestError("The folder of [sync] is not there.")
        return 0

    app = make_app(synchronise=synchronise)
    async with app.run_test(size=(120, 30)) as pilot:
        reader = reader_of(app)
        await settle(pilot)
        while not asked:
            await pilot.pause()
        for told in ("Decisions were exchanged; nothing new", "The folder of [sync] is not there."):
            reader.clear_message()
            before = len(asked)
            reader.request_command("synchronise")
            while not reader.status.footer.message:
                await pilot.pause()
            assert reader.status.footer.message.startswith(told)
            assert len(asked) == before + 1


async def test_without_a_folder_it_is_told_how_to_share_one() -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        reader_of(app).request_command("synchronise")
        await pilot.pause()
        assert reader_of(app).status.footer.message.startswith("No folder is shared")
