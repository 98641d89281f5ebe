"""Which papers a command is about: those of a day, some ids, the marked, the picked, or a filter's."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from tui_digest.cli.arguments import PICK_OF_SETTINGS
from tui_digest.cli.container import Parts
from tui_digest.cli.output import warn
from tui_digest.entry import Entry, Mark
from tui_digest.errors import UsageError
from tui_digest.export.collection import Collection
from tui_digest.lists import Scope
from tui_digest.paper import ArxivId, Digest, Paper

if TYPE_CHECKING:
    from tui_digest.arxiv.types import Progress
_EVERY = 1_000_000
"""More papers than a library holds."""


class Selected(msgspec.Struct, frozen=True, kw_only=True):
    """The selected papers, and the digest they are of (None: they are of no one day)."""

    entries: tuple[Entry, ...]
    digest: Digest | None = None


def select(
    parts: Parts, arguments: argparse.Namespace, tell: Progress, *, picked_by_default: bool = False
) -> Selected:
    """The papers that SELECTION names on the command line; without one all of the day, or its pick.

    Raises:
        UsageError: a paper is not known, or the filter is wrong.
        ArxivError: arXiv could not be asked and nothing is stored.
    """
    if arguments.ids:
        papers = find_papers(parts, arguments.ids, arguments.offline, tell)
        return Selected(entries=parts.library.entries(papers))
    if arguments.date is None and (arguments.marked or arguments.filter is not None):
        return Selected(entries=_of_all_days(parts, arguments))
    digest = digest_of(parts, arguments.date, arguments.offline, tell)
    entries = parts.library.entries(digest.papers)
    if arguments.marked:
        entries = tuple(entry for entry in entries if entry.reading.mark is Mark.TO_READ)
    elif arguments.filter is not None:
        scope = scope_of(parts, digest)
        found = parts.library.lists.matches(scope, arguments.filter)
        entries = parts.library.lists.rows(scope, sorted(found.positions))
    elif arguments.picked is not None or (picked_by_default and not arguments.all):
        count = None if arguments.picked == PICK_OF_SETTINGS else arguments.picked
        picked = parts.picked(scope_of(parts, digest), count)
        if picked or arguments.picked is not None:
            entries = picked
        else:
            tell("nothing is picked yet, as there are no marks and no words; all papers are taken")
    return Selected(entries=entries, digest=digest)


def scope_of(parts: Parts, digest: Digest) -> Scope:
    """The stored papers of a digest, as lists are asked about them."""
    stored = parts.library.lists.digest(digest.date, digest.categories)
    if stored is not None:
        return stored.scope
    return parts.library.lists.papers(paper.id for paper in digest.papers)


def _of_all_days(parts: Parts, arguments: argparse.Namespace) -> tuple[Entry, ...]:
    """The marked, or a filter's, of everything that is stored; in the categories asked for, if any were."""
    if arguments.marked:
        entries = parts.library.marked(limit=_EVERY)
    else:
        entries = parts.library.search.find(arguments.filter, limit=_EVERY).entries
    if not arguments.category:
        return entries
    from tui_digest.arxiv.completeness import is_listed_in

    wanted = parts.categories
    return tuple(entry for entry in entries if any(is_listed_in(entry.paper, name) for name in wanted))


def collection(parts: Parts, selected: Selected) -> Collection:
    """What exports are made from."""
    return Collection.of(selected.entries, selected.digest, parts.settings.name)


def digest_of(parts: Parts, day: date | None, offline: bool, tell: Progress) -> Digest:
    """The digest of a day (None: the newest): as stored when that is fresh, else from arXiv.

    When arXiv could not be asked, what is stored is given, and standard error says why.

    Raises:
        ArxivError: nothing is stored and arXiv gave nothing.
        UsageError: the day's mailing is still to come.
    """
    at_hand = _at_hand(parts, day, offline)
    if at_hand is not None:
        return at_hand
    outcome = parts.run(parts.source.digest(day, categories=parts.categories, offline=offline, tell=tell))
    if outcome.problem is not None:
        warn(outcome.problem)
    return outcome.digest


def _at_hand(parts: Parts, day: date | None, offline: bool) -> Digest | None:
    """The stored digest where arXiv has nothing to add to it, so that nothing of arXiv's side is imported."""
    from tui_digest.arxiv.completeness import is_fetch_due, with_current_state

    stored = parts.library.mailings.digest(day, parts.categories)
    if stored is None:
        return None
    now, calendar = parts.now(), parts.calendar
    is_newest = day is None or day == calendar.newest_in_feed(now)
    if is_newest and not offline and is_fetch_due(stored, now, calendar):
        return None
    return with_current_state(stored, now, calendar) if is_newest else stored


def find_papers(parts: Parts, wanted: Sequence[ArxivId], offline: bool, tell: Progress) -> list[Paper]:
    """Papers by their ids, each once, in the order given: what is not in the library from arXiv.

    Raises:
        UsageError: arXiv knows no such paper, or it is not stored and arXiv may not be asked.
        ArxivError: arXiv could not be asked.
    """
    known = {each: parts.library.mailings.paper(each.number, each.version) for each in wanted}
    missing = [each for each, paper in known.items() if paper is None]
    if missing and offline:
        raise UsageError(f"{_named(missing)} not stored, and off line arXiv is not asked.")
    if missing:
        found = parts.run(parts.source.papers(missing, tell))
        if found.unknown:
            raise UsageError(f"{_named(found.unknown)} not known to arXiv.")
        known.update(zip(missing, found.papers, strict=True))
    return [paper for paper in known.values() if paper is not None]


def _named(ids: Sequence[ArxivId]) -> str:
    return f"{', '.join(map(str, ids))} {'is' if len(ids) == 1 else 'are'}"
