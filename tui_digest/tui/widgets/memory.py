"""Memory that is given back: of removed widgets, and of caches that grew.

Textual and Rich have `lru_cache`s of functions that are called for every piece of a line, with up to 16,384
entries. Most entries of hours are of what is never drawn again: the style of each place of each page that
was read (the mouse selects text by it), each line measured. What is forgotten is worked out again in
microseconds.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from contextlib import suppress
from contextvars import Context
from typing import Any, Final
from weakref import WeakKeyDictionary

from rich import cells
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.color import Color
from textual.css.scalar import Scalar
from textual.filter import ANSIToTruecolor
from textual.fuzzy import FuzzySearch
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style

MOST_ENTRIES: Final = 768
"""Entries of a cache that are kept while keys come; a screen of 120 × 40 makes up to 460 in the largest."""

COLLECT_DELAY_S: Final = 1.0
"""After widgets were removed, until they are collected: asyncio has forgotten their stopped timers."""

LARGE_CACHES: Final[tuple[Any, ...]] = (
    Strip.render_ansi,
    cells.cached_cell_len,
    RichStyle._add,
    Style.__add__,
    Segment._split_cells,
    ANSIToTruecolor.truecolor_style,
    Region.__contains__,
    Region.contains_region,
    Region.intersection,
    Region.overlaps,
    Region.translate,
    XTermParser._parse_extended_key,
    FuzzySearch.get_first_letters,
    Color.blend,
    Color.darken,
    Color.from_rich_color,
    Color.parse,
    vars(Color)["rich_color"].fget,
    RichColor.downgrade,
    RichColor.get_ansi_codes,
    Region.grow,
    Region.shrink,
    Region.union,
    Scalar.resolve,
    Strip.blank,
    cells.get_character_cell_size,
)
"""Those that random keys filled most.

6,000 keys left more than 150 KB in each of the first ones, 5 MiB together; 12,000 keys left 4,300 entries in
those from colours on. Such entries are small, but what is freed around them is not given back.
"""


_removed_again: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, bool]] = WeakKeyDictionary()
"""The loops that will collect, and whether more was removed since that was arranged."""


def shrink_caches(most: int = MOST_ENTRIES) -> None:
    """Empty the caches that have grown beyond `most` entries."""
    for cached in LARGE_CACHES:
        if cached.cache_info().currsize > most:
            cached.cache_clear()


def release_removed() -> None:
    """Release what is kept of removed widgets, and soon what only they needed.

    Textual's `StylesCache.get_inner_outer` is an `lru_cache` around a method: up to 1,024 times it keeps
    the `StylesCache` that it was called on, and with it every line that widget drew. The widgets refer to
    each other in circles; Python would look for those only once a quarter as many objects as are kept were
    made, ten dialogs later, and what is freed among others leaves holes.
    """
    StylesCache.get_inner_outer.cache_clear()
    shrink_caches()
    loop = asyncio.get_running_loop()
    if loop in _removed_again:
        _removed_again[loop] = True
    else:
        _collect_later(loop)


def _collect_later(loop: asyncio.AbstractEventLoop) -> None:
    _removed_again[loop] = False
    # In a context of its own: in this one Textual notes which widget is active, a removed one.
    loop.call_later(COLLECT_DELAY_S, _collect, loop, context=Context())


def _collect(loop: asyncio.AbstractEventLoop) -> None:
    """Collect garbage and give its memory back.

    Once more later for what was removed meanwhile.
    """
    shrink_caches(0)
    gc.collect()
    give_memory_back()
    if _removed_again.pop(loop):
        _collect_later(loop)


def give_memory_back() -> None:
    """Give freed memory back to the system: about 1 ms.

    glibc keeps it for what is allocated next.
    """
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(AttributeError, OSError):  # musl has no such function
        ctypes.CDLL(None).malloc_trim(0)
