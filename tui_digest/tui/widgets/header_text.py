"""Text of the header: the day, its completeness, hidden papers, the data's age."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tui_digest.core.listing import Listing
from tui_digest.lists import StoredDigest, View
from tui_digest.paper import CompletenessState
from tui_digest.render.labels import (
    STATE_LABELS,
    age,
    count_words,
    counts_by_label,
    day_name,
    full_day_name,
)
from tui_digest.settings import DEFAULT_DIGEST
from tui_digest.tui.state import ReaderState
from tui_digest.tui.theme.symbols import SymbolSet

_TITLE_LENGTHS = (60, 40, 24)
"""Characters to which the title of a list is cut where there is no room for all of it."""


class HeaderPart(msgspec.Struct, frozen=True):
    """One part of the header, in one or more forms, the longest first.

    On a short line the parts of low `weight` are shortened first, and then left out first; `optional`
    ones are left out before others are shortened by more than a step.
    """

    forms: tuple[str, ...]
    weight: int
    role: str = ""
    optional: bool = False


def completeness_words(digest: StoredDigest, dot: str = "·") -> tuple[str, ...]:
    """Return a digest's completeness, from long to short forms.

    The long one is `complete 242/242 · new 120 · cross 80 · replaced 42`.
    """
    completeness = digest.completeness
    promised = "?" if completeness.announced is None else str(completeness.announced)
    state, numbers = STATE_LABELS[completeness.state], f"{completeness.shown}/{promised}"
    types = f" {dot} ".join(f"{kind} {count}" for kind, count in counts_by_label(completeness.counts).items())
    long = (f"{state} {numbers} {dot} {types}",) if types else ()
    # That a day is a quiet one is said below the header, too.
    says_itself = completeness.state in (CompletenessState.COMPLETE, CompletenessState.QUIET)
    return (
        *long,
        f"{state} {numbers}",
        *((count_words(completeness.shown, "paper"),) if says_itself else ()),
    )


def header_parts(state: ReaderState, cursor: int, symbols: SymbolSet, now: datetime) -> list[HeaderPart]:
    """The header, from left to right, with the cursor on the paper at that place."""
    digest, listing, progress = state.digest, state.listing, state.progress
    line = "offline" if state.options.offline else "no answer from arXiv" if state.problem else "online"
    forms: tuple[str, ...] = (line,)
    if digest is not None and digest.fetched_at is not None and state.ready:
        # Not in the first frame, which is the one that was saved, whatever time it is now.
        passed = age(digest.fetched_at, now)
        ago = passed if passed == "just now" else f"{passed} ago"
        forms = (
            f"{line}, fetched {ago}",
            *((f"fetched {ago}", ago) if line == "online" else (f"{line}, {ago}",)),
        )
    last = HeaderPart(forms, 6, "muted")
    if progress:
        last = HeaderPart(
            (f"{progress}{symbols.more}", f"{progress.partition(' ')[0]}{symbols.more}"), 8, "muted"
        )
    parts = [HeaderPart(("demo" if state.options.demo else "",), 9, "warning")]
    if listing.title:
        parts.append(HeaderPart(_title_forms(listing.title, symbols.more), 10, "day"))
    elif digest is not None:
        judged = state.judging != digest.date
        complete = digest.completeness.state is CompletenessState.COMPLETE or not judged
        counted = (
            completeness_words(digest, symbols.dot) if judged else (count_words(listing.total, "paper"),)
        )
        parts += [
            HeaderPart((full_day_name(digest.date), day_name(digest.date)), 10, "day"),
            HeaderPart((state.digest_name if state.digest_name != DEFAULT_DIGEST else "",), 8, "filter"),
            HeaderPart((" ".join(digest.categories),), 2, "muted", optional=True),
            HeaderPart(counted, 7, "" if complete else "warning"),
        ]
    else:
        parts.append(HeaderPart(("tui_digest",), 9, "day"))
    return [*parts, *listing_parts(listing, cursor), last]


def _title_forms(title: str, more: str) -> tuple[str, ...]:
    """The title of a list, and where it is long its beginning."""
    shorter = (f"{title[:most].rstrip()}{more}" for most in _TITLE_LENGTHS if len(title) > most)
    return (title, *shorter)


def listing_parts(listing: Listing, cursor: int) -> list[HeaderPart]:
    """Return the header's parts on the list: view, filter, selection, hidden, place."""
    options = listing.options
    parts = []
    if options.view is not View.ALL:
        parts.append(HeaderPart((options.view.value,), 9, "filter"))
    if options.filter:
        parts.append(HeaderPart((f"filter: {options.filter}", "filtered"), 8, "filter"))
    if listing.search:
        number = listing.match_number(cursor)
        parts.append(HeaderPart((f"match {number} of {len(listing.found)}",), 8, "filter"))
    if chosen := listing.selection(cursor).count:
        parts.append(HeaderPart((f"{chosen} selected",), 9, "filter"))
    if listing.hidden:
        counts = ", ".join(f"{count} {why.value}" for why, count in listing.hidden.items())
        parts.append(HeaderPart((f"hidden: {counts}", f"{sum(listing.hidden.values())} hidden"), 7, "filter"))
    total = listing.count
    parts.append(HeaderPart((f"{min(cursor + 1, total)} of {total}" if total else "",), 4, "muted"))
    return parts
