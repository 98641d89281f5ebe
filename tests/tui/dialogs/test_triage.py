"""One paper at a time: a key a decision, undo, how many are left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.tui.fakes import library_of, make_app, make_digest, reader_of, settle, shown
from tui_digest.core.triage import TriageQueue
from tui_digest.entry import Action, Mark
from tui_digest.errors import LibraryError
from tui_digest.library.marks import Marks
from tui_digest.settings import Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.triage import TriageScreen


def triage(app: ReaderApp) -> TriageScreen:
    assert isinstance(app.screen, TriageScreen)
    return app.screen


def left(app: ReaderApp) -> str:
    return triage(app).header.render_line(0).text.split("left")[0].strip()


def page(app: ReaderApp) -> str:
    return "\n".join(line.content.plain for line in triage(app).pane.lines)


def marks(app: ReaderApp) -> list[Mark | None]:
    return [entry.reading.mark for entry in library_of(app).entries(make_digest(5).papers)]


async def test_a_key_is_a_decision_and_the_next_card_comes() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("j", "x", "g", "c")
        await pilot.pause()
        assert left(app) == "4 of 4"
        assert "Paper number 0" in page(app)
        await pilot.press("m", "space", "d")
        assert left(app) == "1 of 4"
        assert "Paper number 4" in page(app)
        assert marks(app) == [Mark.TO_READ, Mark.DONE, None, Mark.DISMISSED, None]
        await pilot.press("x", "m", "d")
        assert "No paper is left" in page(app)
        assert marks(app)[4] is Mark.DONE
        await pilot.press("escape")
        await pilot.pause()
        assert [entry.reading.mark for entry in shown(reader_of(app))] == [
            Mark.TO_READ,
            Mark.DONE,
            None,
            Mark.DONE,
        ]
        await pilot.press("u")
        assert marks(app)[4] is None


async def test_undo_brings_the_card_back_and_touches_nothing_from_before() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("m", "g", "c")
        await pilot.pause()
        await pilot.press("d", "space", "u", "u")
        assert "Paper number 1" in page(app)
        assert left(app) == "4 of 4"
        await pilot.press("u", "u")
        assert triage(app).footer.message == "Nothing was decided here yet."
        assert marks(app) == [Mark.TO_READ, None, None, None, None]


async def test_keys_of_the_users_own_work_here_too() -> None:
    app = make_app(first=make_digest(2), settings=Settings(keys={"to_read": "ctrl+t"}))
    async with app.run_test(size=(60, 14)) as pilot:
        await settle(pilot)
        await pilot.press("g", "c")
        await pilot.pause()
        assert "Ctrl-t to read" in triage(app).footer.render_line(0).text
        await pilot.press("ctrl+t")
        assert Mark.TO_READ in marks(app)


async def test_what_cannot_be_written_is_told_and_the_card_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(first=make_digest(2))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("g", "c")
        await pilot.pause()

        def refuse(*_: object) -> Action | None:
            raise LibraryError("The disk is full.")

        monkeypatch.setattr(Marks, "mark", refuse)
        await pilot.press("m")
        assert triage(app).footer.message.strip() == "The disk is full."
        assert left(app) == "2 of 2"


async def test_with_nothing_to_decide_it_says_so() -> None:
    app = make_app(first=make_digest(1))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("x", "g", "c")
        assert "every paper shown is decided on" in reader_of(app).status.footer.message


@given(some.lists(some.sampled_from((True, False, None)), max_size=30), some.integers(0, 6))
def test_a_queue_never_loses_a_paper(steps: list[bool | None], size: int) -> None:
    queue = TriageQueue(size)
    for step in steps:
        if step is None:
            queue.go_back()
        else:
            queue.advance(decided=step)
        assert queue.left + len(queue.decided) == size
        assert queue.current == (len(queue.decided) if queue.left else None)


async def test_a_key_that_decides_nothing_says_how_to_leave() -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("g", "c", "question_mark")
        screen = app.screen
        assert isinstance(screen, TriageScreen)
        assert screen.footer.message == "That key does nothing here; Esc goes back to the list."


async def test_with_no_paper_shown_there_is_none_to_decide_on() -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("f", *"zzzz", "enter", "g", "c")
        assert reader_of(app).status.footer.message == "One paper at a time: no papers are shown."
