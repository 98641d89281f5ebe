"""Writing papers to files: at once as the settings say, or by a dialog."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui_digest.errors import TuiDigestError

if TYPE_CHECKING:
    from tui_digest.export.collection import Collection
    from tui_digest.settings import ExportSettings
    from tui_digest.tui.reader import Reader

_GROUP = "write"


def write(reader: Reader, count: int | None) -> None:
    """Write the selected papers, else the chosen one, at once, as the settings say."""
    from tui_digest.tui.commands.export_selection import collection

    if reader.is_running(_GROUP):
        raise TuiDigestError(
            "An export is running already; a message says where the papers are when it is done."
        )
    settings = reader.state.settings.export
    papers = collection(reader, reader.targets(), settings.format)
    reader.run_in_background(partial(_write, reader, settings, papers), _GROUP)


async def _write(reader: Reader, settings: ExportSettings, papers: Collection) -> None:
    from tui_digest.export.files import written_words
    from tui_digest.export.rendering import export_warning
    from tui_digest.export.save import save_in_place
    from tui_digest.tui.tasks.thread_pools import run_to_end

    files = await run_to_end(partial(save_in_place, settings.format, papers, Path(settings.folder), settings))
    words = written_words(files, len(papers.entries), demo=reader.state.options.demo)
    reader.notify(f"{words} {export_warning(settings.format, settings)}".rstrip())


def write_as(reader: Reader, count: int | None) -> None:
    """Choose format, papers, contents and place, with the file in view; then write."""
    from tui_digest.tui.commands.export_selection import choices, collection
    from tui_digest.tui.dialogs.export import ExportScreen

    def written(sentence: str | None) -> None:
        if sentence:
            reader.notify(sentence)

    screen = ExportScreen(
        reader.keymap,
        reader.state.settings.export,
        choices(reader),
        partial(collection, reader),
        report=reader.services.report,
        demo=reader.state.options.demo,
    )
    reader.open_dialog(screen, written)
