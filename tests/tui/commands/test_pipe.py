"""Papers piped to a command, through the reader's keys."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

from textual.pilot import Pilot

from tests.tui.fakes import make_app, reader_of, screen_of, settle
from tui_digest.core.services import CommandEnd
from tui_digest.errors import TuiDigestError
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.command_output import CommandOutputScreen

WIDE = (120, 36)


@dataclass
class FakeShell:
    """Commands that only remember; `gate`, when set, holds them until it is opened."""

    end: CommandEnd = field(default_factory=lambda: CommandEnd(0))
    error: str = ""
    gate: asyncio.Event | None = None
    ran: list[tuple[str, str]] = field(default_factory=list)
    cancelled: bool = False

    async def run(self, command: str, text: str) -> CommandEnd:
        self.ran.append((command, text))
        try:
            if self.gate is not None:
                await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        if self.error:
            raise TuiDigestError(self.error)
        return self.end


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.message


def output(app: ReaderApp) -> str:
    screen = app.screen
    assert isinstance(screen, CommandOutputScreen)
    return "\n".join(line.content.plain for line in screen.text.lines)


async def pipe(pilot: Pilot[str], *keys: str) -> None:
    await pilot.press("|")
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()


async def test_the_paper_goes_to_the_command_and_its_end_is_shown() -> None:
    shell = FakeShell(CommandEnd(3, "out [/b]\x1b[31m\n", "[@click=app.quit] oops\n", output_cut=True))
    app = make_app(run_command=shell.run)
    async with app.run_test(size=WIDE) as pilot:
        await pipe(pilot, "w", "c", "enter")
        await settle(pilot)
        ((command, text),) = shell.ran
        assert command == "wc"
        assert text.startswith("# arXiv digest")
        assert text.count("\n## ") == 1
        assert "ended with exit code 3" in output(app)
        assert "out [/b]\n" in output(app)
        assert "[@click=app.quit] oops" in output(app)
        assert "More came and is not shown." in output(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen_of(app)


async def test_tab_gives_json_lines_and_the_selection_goes_as_one_text() -> None:
    shell = FakeShell()
    app = make_app(run_command=shell.run)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("space", "space")
        await pipe(pilot, "tab", "j", "q", "enter")
        await settle(pilot)
        papers = [json.loads(line) for line in shell.ran[0][1].splitlines()]
        assert [paper["id"] for paper in papers] == ["0612.90000", "0612.90001"]
        assert "It said nothing." in output(app)


async def test_the_reader_goes_on_while_a_command_runs_and_hears_of_its_end() -> None:
    shell = FakeShell(gate=asyncio.Event())
    app = make_app(run_command=shell.run)
    async with app.run_test(size=WIDE) as pilot:
        await pipe(pilot, "x", "enter")
        assert "The command is running." in output(app)
        await pilot.press("escape")
        await pilot.press("j")
        assert reader_of(app).papers.cursor == 1
        assert shell.gate is not None
        shell.gate.set()
        await settle(pilot)
        assert message(app) == "The command ended well, with exit code 0."


async def test_a_running_command_is_shown_again_and_can_be_stopped() -> None:
    shell = FakeShell(gate=asyncio.Event())
    app = make_app(run_command=shell.run)
    async with app.run_test(size=WIDE) as pilot:
        await pipe(pilot, "x", "enter")
        await pilot.press("escape")
        await pilot.press("|")
        await pilot.pause()
        assert "The command is running." in output(app)
        await pilot.press("x")
        await settle(pilot)
        assert shell.cancelled
        assert len(shell.ran) == 1
        assert message(app) == "The command was stopped."


async def test_what_cannot_be_run_is_told_and_the_last_command_is_offered_again() -> None:
    shell = FakeShell(error="The command could not be started: no such file.")
    app = make_app(run_command=shell.run)
    async with app.run_test(size=WIDE) as pilot:
        await pipe(pilot, "enter")
        assert "Type a command" in message(app)
        await pilot.press("x", "enter")
        await settle(pilot)
        assert "could not be started" in output(app)
        await pilot.press("escape")
        await pipe(pilot)
        field = reader_of(app).field
        assert field is not None
        assert field.text == "x"
        await pilot.press("escape")
        assert len(shell.ran) == 1


async def test_quitting_stops_the_command() -> None:
    shell = FakeShell(gate=asyncio.Event())
    app = make_app(run_command=shell.run)
    async with app.run_test(size=WIDE) as pilot:
        await pipe(pilot, "x", "enter")
        await pilot.press("escape", "Q")
    assert shell.cancelled


async def test_what_is_typed_takes_the_place_of_the_last_command() -> None:
    shell = FakeShell()
    app = make_app(run_command=shell.run)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for command in ("wc -l", "wc -c"):
            await pipe(pilot, *command, "enter")
            await settle(pilot)
            await pilot.press("escape")
        assert [command for command, _ in shell.ran] == ["wc -l", "wc -c"]
