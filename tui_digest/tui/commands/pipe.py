"""Papers to a command of the user's: asked for, run in the background, its end shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui_digest.errors import TuiDigestError

if TYPE_CHECKING:
    from tui_digest.core.services import CommandEnd
    from tui_digest.tui.dialogs.command_output import OutputScreen
    from tui_digest.tui.screens.reader import ReaderScreen

_GROUP = "pipe"
_NAMES = {"markdown": "Markdown", "jsonl": "JSON lines"}


class Piping:
    """The reader's dealings with commands. At most one runs; the papers reach it by its input alone."""

    def __init__(self, reader: ReaderScreen) -> None:
        self._reader = reader
        self._format = "markdown"
        self._screen: OutputScreen | None = None
        self.last = ""

    @property
    def running(self) -> bool:
        """Whether a command runs."""
        return any(worker.group == _GROUP and not worker.is_finished for worker in self._reader.workers)

    @property
    def label(self) -> str:
        """What stands before the line in which the command is typed."""
        return f"pipe as {_NAMES[self._format]} to"

    def switch_format(self) -> str:
        """Take the other format; gives the label that goes with it."""
        self._format = "jsonl" if self._format == "markdown" else "markdown"
        return self.label

    def start(self, command: str) -> None:
        """Run a command on the selected papers, or the chosen one, and show that it runs.

        Raises:
            TuiDigestError: the papers cannot be given so, or nothing was typed.
        """
        from tui_digest.tui.commands.export_selection import rendered

        if not command.strip():
            raise TuiDigestError("Type a command that reads papers, for example wc; Esc leaves.")
        text = rendered(self._reader, self._format)
        self.last = command
        self._reader.in_background(partial(self._run, command, text), _GROUP)
        self.show()

    def show(self) -> None:
        """Show what the command that runs came to."""
        from tui_digest.tui.dialogs.command_output import OutputScreen

        self._screen = OutputScreen(self.last)
        self._reader.app.push_screen(self._screen, self._left)

    def _left(self, stop: bool | None) -> None:
        """The user closed the screen, having the command stopped or not."""
        self._screen = None
        if stop and self.running:
            self._reader.workers.cancel_group(self._reader, _GROUP)
            self._reader.say("The command was stopped.")
        elif self.running:
            self._reader.say("The command goes on; how it ends is told here, and | shows it.")

    async def _run(self, command: str, text: str) -> None:
        try:
            end = await self._reader.services.run_command(command, text)
        except Exception as error:
            self._tell(self._reader.sentence_on(error), None)
        else:
            self._tell(_words(end), end)

    def _tell(self, sentence: str, end: CommandEnd | None) -> None:
        """Show the end of a command where its run is shown, else below."""
        failed = end is None or end.exit_code != 0
        if self._screen is not None:
            self._screen.ended(sentence, failed=failed, end=end)
        else:
            self._reader.say(sentence, warning=failed)


def _words(end: CommandEnd) -> str:
    """How a command ended, in a sentence."""
    if end.exit_code is None:
        return f"The command was stopped after {end.seconds:.0f} seconds."
    if end.exit_code < 0:
        return f"The command was ended by signal {-end.exit_code}."
    well = "" if end.exit_code else " well,"
    return f"The command ended{well} with exit code {end.exit_code}."


def pipe(reader: ReaderScreen, count: int | None) -> None:
    """Ask for a command and give it the selected papers; while one runs, show it."""
    from tui_digest.tui.prompts import Asking

    piping = reader.piping
    if piping.running:
        piping.show()
        return
    asking = Asking(piping.start, switched=piping.switch_format, switch_words="format")
    reader.writing.ask(piping.label, asking, piping.last, selected=True)
