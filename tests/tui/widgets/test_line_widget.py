"""What cannot be drawn is a sentence in its place: the rest goes on, and it is written down once."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs
from textual.pilot import Pilot
from textual.widget import Widget

from tests.tui.fakes import (
    FakeModels,
    make_app,
    make_digest,
    make_explanation,
    make_paper,
    page_text,
    reader_of,
    screen_of,
    settle,
)
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.page import blocks
from tui_digest.tui.reader import Reader
from tui_digest.tui.widgets import footer, header, paper_list
from tui_digest.tui.widgets import paper_row as rows

WIDE = (120, 36)
SENTENCE = "This cannot be drawn; everything else goes on."


def reporting(app: ReaderApp, reports: list[Exception]) -> ReaderApp:
    """The reader, its failures written into a list."""

    def report(error: Exception) -> str:
        reports.append(error)
        return "Something went wrong that never should."

    app.services = structs.replace(app.services, report=report)
    return app


def drawn(widget: Widget) -> list[str]:
    return [strip.text.rstrip() for strip in widget.render_lines(widget.size.region)]


def breaks_at(function: Any, calls: list[object], when: str) -> Any:  # noqa: ANN401
    """The function, broken for arguments in which this text occurs."""

    def broken(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        if when in str(arguments):
            calls.append(arguments)
            raise ZeroDivisionError("broken on purpose")
        return function(*arguments, **options)

    return broken


async def still_works(reader: Reader, pilot: Pilot[str]) -> None:
    """Keys move, mark and undo."""
    await pilot.press("j", "m")
    await pilot.pause()
    chosen = reader.papers.chosen
    assert chosen is not None
    assert chosen.reading.mark is not None
    await pilot.press("u")


async def test_a_row_that_breaks_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    reports: list[Exception] = []
    monkeypatch.setattr(paper_list, "set_row", breaks_at(rows.set_row, calls, "0612.90001"))
    app = reporting(make_app(first=make_digest(40)), reports)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        lines = drawn(reader.papers)
        assert "Paper number 0" in lines[2]
        assert [line.strip(" ┃") for line in lines[5:8]] == [SENTENCE[: len(lines[5].strip(" ┃"))], "", ""]
        assert "Paper number 2" in lines[8]
        assert calls
        assert "never should" in reader.status.footer.message
        await still_works(reader, pilot)
        await pilot.press("G", "g", "g", "r", "r")
        await pilot.resize_terminal(90, 30)
        await settle(pilot)
        assert len(reports) == 1


async def test_a_page_that_breaks_leaves_the_rest_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reports: list[Exception] = []
    paper = make_paper(0, abstract="Before it. $$x = broken$$ After it.")
    digest = make_digest(papers=(paper, make_paper(1)))
    monkeypatch.setattr(blocks, "display", breaks_at(blocks.display, [], "broken"))
    app = reporting(make_app(first=digest), reports)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        text = page_text(reader)
        assert "Before it." in text
        assert "This part cannot be shown" in text
        assert "After it." in text
        await pilot.resize_terminal(80, 30)
        await pilot.press("enter", "J", "J", "escape")
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        await still_works(reader, pilot)
        assert len(reports) == 1


async def test_an_explanation_that_cannot_be_drawn_while_it_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    reports: list[Exception] = []
    models = FakeModels()
    monkeypatch.setattr(blocks, "display", breaks_at(blocks.display, [], "broken"))
    app = reporting(make_app(first=make_digest(3), models=models), reports)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await pilot.press("e")
        paper_id = "0612.90000"
        models.say(paper_id, "Before it.\n\n$$x = broken$$\n\nAfter it.\n\n")
        models.say(paper_id, make_explanation(paper_id, "Before it.\n\n$$x = broken$$\n\nAfter it."))
        await settle(pilot)
        assert "After it." in page_text(reader)
        assert "This part cannot be shown" in page_text(reader)
        await still_works(reader, pilot)
        assert len(reports) == 1


@pytest.mark.parametrize(
    ("module", "function", "widget"), [(header, "set_parts", "#day"), (footer, "_item", "#keys")]
)
async def test_header_and_footer_that_break_leave_the_panes(
    module: Any,  # noqa: ANN401
    function: str,
    widget: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reports: list[Exception] = []
    monkeypatch.setattr(module, function, breaks_at(getattr(module, function), [], ""))
    app = reporting(make_app(first=make_digest(3)), reports)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert drawn(screen_of(app).query_one(widget)) == [f" {SENTENCE}"]
        await still_works(reader, pilot)
        assert len(reports) == 1
        monkeypatch.undo()
        screen_of(app).query_one(widget).refresh()
        await pilot.pause()
        assert SENTENCE not in drawn(screen_of(app).query_one(widget))[0]


async def test_lines_that_cannot_be_prepared_show_nothing_of_the_paper_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reports: list[Exception] = []
    app = reporting(make_app(), reports)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert any("Paper number 0" in line for line in drawn(reader.pane))

        def broken() -> None:
            raise ZeroDivisionError("broken on purpose")

        monkeypatch.setattr(reader.pane, "before_lines", broken)
        await pilot.press("j")
        shown = drawn(reader.pane)
        assert shown[0].strip() == SENTENCE
        assert not any(line.strip() for line in shown[1:])
        await pilot.pause()
        assert [type(report) for report in reports] == [ZeroDivisionError]
