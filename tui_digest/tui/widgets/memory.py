"""Memory that is given back: of removed widgets, and of caches that grew.

Textual and Rich have `lru_cache`s of functions that are called for every piece of a line, with up to 16,384
entries. Most entries of hours are of what is never drawn again: the style of each place of each page that
was read (the mouse selects text by it), each line measured. What is forgotten is worked out again in
microseconds.
"""

from __future__ import annotations

import asyncio
import gc
from contextvars import Context
from typing import Any, Final

from rich import cells
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.filter import ANSIToTruecolor
from textual.fuzzy import FuzzySearch
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style

MOST_ENTRIES: Final = 768
"""Entries of a cache that are kept; a screen of 120 × 40 makes up to 460 in the largest."""

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
)
"""Those that 6,000 random keys filled with more than 150 KB each, 5 MiB together."""


def shrink_caches() -> None:
    """Empty the caches that have grown beyond `MOST_ENTRIES`."""
    for cached in LARGE_CACHES:
        if cached.cache_info().currsize > MOST_ENTRIES:
            cached.cache_clear()


def release_removed() -> None:
    """Release what is kept of widgets that were removed.

    Textual's `StylesCache.get_inner_outer` is an `lru_cache` around a method: up to 1,024 times it keeps
    the `StylesCache` that it was called on, and with it every line that widget drew. The widgets refer to
    each other in circles; Python would look for those only once a quarter as many objects as are kept were
    made, ten dialogs later, and what is freed among others leaves holes.
    """
    StylesCache.get_inner_outer.cache_clear()
    shrink_caches()
    # In a context of its own: in this one Textual notes which widget is active, a removed one.
    asyncio.get_running_loop().call_later(COLLECT_DELAY_S, gc.collect, context=Context())
