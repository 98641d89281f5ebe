"""Work after the list is drawn: pick, model and search index."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Final

from tui_digest.errors import LibraryError, TuiDigestError
from tui_digest.tui.tasks.sync import start_sync
from tui_digest.tui.tasks.thread_pools import share_one_heap
from tui_digest.tui.theme.themes import problem_with

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui_digest.tui.reader import Reader
    from tui_digest.tui.tasks.dwell import Dwell


REST_S: Final = 1.0
"""Seconds without a key, after which a part of the search index may be made again.

After an update that folds otherwise that takes minutes for a large library, and would take as much time
from the keys.
"""

COLLECT_AFTER: Final = (700, 10, 1)
"""After how many new objects, and collections of the younger ones, garbage is collected; the last was 10.

A dialog leaves up to 14,500 objects that refer to each other. What several left waited for 70,000, and what
was made meanwhile stayed between its holes. Still a quarter as many as the last full collection kept have
to be new for the next one.
"""


async def get_ready(reader: Reader, dwell: Dwell, load_commands: Callable[[], object]) -> None:
    """Load commands, pages and the model, and update the pick and the search index."""
    _begin_collecting()
    share_one_heap()
    await asyncio.to_thread(load_commands)
    await asyncio.to_thread(reader.services.library.prepare_writing)
    reader.writes.update_pick(0.0)
    await _load_read_texts(reader)
    models = reader.services.models
    reader.state.model_problem = await asyncio.to_thread(models.ready)
    if not reader.is_open:
        return
    reader.refresh_hints()
    reader.run_guarded(dwell.prefetch)
    if reader.keymap.problems:
        reader.notify(f"[keys] in config.toml: {'; '.join(reader.keymap.problems)}.", warning=True)
    if problem := problem_with(reader.state.settings.reader.theme):
        reader.notify(problem, warning=True)
    start_sync(reader)
    with suppress(TuiDigestError):
        if not reader.state.model_problem:
            await models.prepare()
        while reader.is_open:
            await until_rest(lambda: reader.key_at)
            if not await asyncio.to_thread(reader.services.library.search.refresh):
                break
        await asyncio.to_thread(lambda: reader.services.arxiv_search().forget(()))


async def until_rest(
    key_at: Callable[[], float],
    clock: Callable[[], float] = monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Wait until no key has come for a while.

    Args:
        key_at: tells when the last one came.
        clock: tells the time now.
        sleep: waits for some seconds.
    """
    while (left := key_at() + REST_S - clock()) > 0:
        await sleep(left)


def _begin_collecting() -> None:
    """Collect garbage from now on, except what the start has made."""
    gc.collect()
    gc.freeze()  # it stays to the end
    # CPython puts a full collection off until a quarter as many objects were made as the last one kept.
    # After this one that is next to nothing; else garbage would stay for as long as the start is large.
    gc.collect()
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()


async def _load_read_texts(reader: Reader) -> None:
    """Read how far the reader is in each text, and say it on the page that is shown."""
    with suppress(LibraryError):  # another program holds the library: the next text that is closed reads it
        state = reader.state
        state.read_texts = await asyncio.to_thread(reader.services.library.texts.read_texts)
        chosen = reader.papers.chosen if reader.is_open else None
        if chosen is not None and chosen.paper.id in state.read_texts:
            reader.show_page()
