"""Piping of papers to a user's command: prompt, background run, result."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui_digest.errors import TuiDigestError

if TYPE_CHECKING:
    from tui_digest.core.services import CommandEnd
    from tui_digest.tui.reader import Reader

_GROUP = "pipe"
_FORMAT_NAMES = {"markdown": "Markdown", "jsonl": "JSON lines"}


def pipe(reader: Reader, count: int | None) -> None:
    """Ask for a command and give it the selected papers; while one runs, show it."""
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    if reader.is_running(_GROUP):
        _show_output(reader)
        return
    request = TextRequest(
        partial(_start, reader), switched=partial(_switch_format, reader), tab_words="format"
    )
    ask_line(reader, _label(reader), request, reader.state.pipe.command, selected=True)


def _label(reader: Reader) -> str:
    return f"pipe as {_FORMAT_NAMES[reader.state.pipe.format]} to"


def _switch_format(reader: Reader) -> str:
    """Switch to the other format, and return the label that goes with it."""
    options = reader.state.pipe
    options.format = "jsonl" if options.format == "markdown" else "markdown"
    return _label(reader)


def _start(reader: Reader, command: str) -> None:
    """Run a command on the selected papers, or the chosen one, and show that it runs.

    The papers reach it by its input alone; one runs at a time.

    Raises:
        TuiDigestError: the papers cannot be given so, or nothing was typed.
    """
    from tui_digest.tui.commands.export_selection import rendered

    if not command.strip():
        raise TuiDigestError("Type a command that reads papers, for example wc; Esc leaves.")
    text = rendered(reader, reader.state.pipe.format)
    reader.state.pipe.command = command
    reader.run_in_background(partial(_run, reader, command, text), _GROUP)
    _show_output(reader)


def _show_output(reader: Reader) -> None:
    """Show the command that runs, and what comes of it."""
    from tui_digest.tui.dialogs.command_output import CommandOutputScreen

    def on_closed(stop: bool | None) -> None:
        if stop and reader.is_running(_GROUP):
            reader.cancel(_GROUP)
            reader.notify("The command was stopped.")
        elif reader.is_running(_GROUP):
            reader.notify(
                f"The command goes on; how it ends is told here, and {reader.key('pipe')} shows it."
            )

    reader.open_dialog(CommandOutputScreen(reader.keymap, reader.state.pipe.command), on_closed)


async def _run(reader: Reader, command: str, text: str) -> None:
    try:
        end = await reader.services.run_command(command, text)
    except Exception as error:
        _show_end(reader, reader.describe_error(error), None)
    else:
        _show_end(reader, _end_words(end), end)


def _show_end(reader: Reader, sentence: str, end: CommandEnd | None) -> None:
    """Show the end of a command in its dialog, else in the footer."""
    from tui_digest.tui.dialogs.command_output import CommandOutputScreen

    failed = end is None or end.exit_code != 0
    if (dialog := reader.find_dialog(CommandOutputScreen)) is not None:
        dialog.show_end(sentence, failed=failed, end=end)
    else:
        reader.notify(sentence, warning=failed)


def _end_words(end: CommandEnd) -> str:
    """Return how a command ended, in a sentence."""
    if end.exit_code is None:
        return f"The command was stopped after {end.seconds:.0f} seconds."
    if end.exit_code < 0:
        return f"The command was ended by signal {-end.exit_code}."
    well = "" if end.exit_code else " well,"
    return f"The command ended{well} with exit code {end.exit_code}."
