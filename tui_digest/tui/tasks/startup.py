"""What is done beside the reading, once the list stands on the screen."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Final

from tui_digest.errors import TuiDigestError
from tui_digest.tui.theme.themes import problem_with

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen

QUIET: Final = 0.3
"""So many seconds after the first paint this begins: until then the machine belongs to the list."""


async def find_pick(reader: ReaderScreen) -> None:
    """Find what to put first, and show it there; one who did nothing yet is taken to the first."""
    day = reader.browsing.day
    try:
        day.pick(await asyncio.to_thread(reader.services.shelf.pick, day.entries))
    except Exception as error:
        sentence = reader.sentence_on(error)
        if reader.is_on_screen:
            reader.say(f"There is no pick: {sentence}", warning=True)
        return
    if day is reader.listing and reader.is_on_screen:
        if not reader.touched:
            day.place = ""
        reader.show_list()


async def get_ready(reader: ReaderScreen) -> None:
    """Find the pick, see whether a model is set up and prepare for it, and renew the library's index."""
    # What the start has made stays to the end: the collector, off until now, need not look at it again.
    gc.collect()
    gc.freeze()
    gc.enable()
    await asyncio.to_thread(import_module, "tui_digest.tui.commands")
    reader.find_pick()
    models = reader.services.models
    reader.model_problem = await asyncio.to_thread(models.ready)
    if not reader.is_on_screen:
        return
    reader.refresh_hints()
    reader.attempt(reader.staying.prepare)
    if reader.commanding.keymap.problems:
        reader.say(f"[keys] in config.toml: {'; '.join(reader.commanding.keymap.problems)}.", warning=True)
    if problem := problem_with(reader.settings.reader.theme):
        reader.say(problem, warning=True)
    with suppress(TuiDigestError):
        if not reader.model_problem:
            await models.prepare()
        while await asyncio.to_thread(reader.services.shelf.tend):
            pass
