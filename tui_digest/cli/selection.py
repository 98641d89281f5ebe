"""The papers that SELECTION names: a day, ids, marked, picked, or a filter."""

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
from tui_digest.lists import Scope
from tui_digest.paper import ArxivId, CompletenessState, Digest, Paper

if TYPE_CHECKING:
    from tui_digest.arxiv.types import DigestOutcome, Progress
    from tui_digest.export.collection import Collection

_EVERY = 1_000_000
"""A number larger than that of the papers in any library."""


class Selected(msgspec.Struct, frozen=True, kw_only=True):
    """The selected papers, and their digest (None: they are of several days).

    `name` is what they have in common instead of a digest: `#seminar`, `To read`, a query.
    """

    entries: tuple[Entry, ...]
    digest: Digest | None = None
    name: str = ""


def is_selection(arguments: argparse.Namespace) -> bool:
    """Tell whether SELECTION was given in any form."""
    given = (arguments.ids, arguments.marked, arguments.all, arguments.tag, arguments.filter)
    return arguments.picked is not None or any(each not in ([], None, False) for each in given)


def select_papers(
    parts: Parts, arguments: argparse.Namespace, tell: Progress, *, picked_by_default: bool = False
) -> Selected:
    """Return the papers that SELECTION names; without one the day's, or its pick.

    Raises:
        UsageError: a paper is unknown, or the filter is wrong.
        ArxivError: nothing is stored, and nothing could be fetched.
    """
    if arguments.ids:
        papers = find_papers(parts, arguments.ids, offline=arguments.offline, tell=tell)
        return Selected(entries=parts.library.entries(papers))
    name = "To read" if arguments.marked else arguments.filter or ""
    if arguments.tag is not None:
        from tui_digest.tags import checked_tag

        name = f"#{checked_tag(arguments.tag)}"
        arguments.filter = f'tag:"{name[1:]}"'  # a star at its end is part of it
    if arguments.date is None and (arguments.marked or arguments.filter is not None):
        return Selected(entries=_of_all_days(parts, arguments), name=name)
    digest = digest_of(parts, arguments.date, offline=arguments.offline, tell=tell)
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
            if not picked:
                warn("Nothing is picked: give words under [pick] in config.toml, or mark papers to read.")
        else:
            tell("nothing is picked yet, as there are no marks and no words; all papers are taken")
    return Selected(entries=entries, digest=digest, name=name)


def scope_of(parts: Parts, digest: Digest) -> Scope:
    """Return the scope of a digest's stored papers."""
    stored = parts.library.lists.digest(digest.date, digest.categories)
    if stored is not None:
        return stored.scope
    return parts.library.lists.papers(paper.id for paper in digest.papers)


def _of_all_days(parts: Parts, arguments: argparse.Namespace) -> tuple[Entry, ...]:
    """Return the marked or filtered papers of all days, in the given categories."""
    if arguments.marked:
        entries = parts.library.marked(limit=_EVERY)
    else:
        entries = parts.library.search.find(arguments.filter, limit=_EVERY).entries
    if not arguments.category:
        return entries
    from tui_digest.arxiv.completeness import is_listed_in

    wanted = parts.categories
    return tuple(entry for entry in entries if any(is_listed_in(entry.paper, name) for name in wanted))


def collection_of(parts: Parts, selected: Selected) -> Collection:
    """Return the collection that exports are made from."""
    from tui_digest.export.collection import Collection

    return Collection.of(selected.entries, selected.digest, selected.name or parts.settings.name)


def digest_of(parts: Parts, day: date | None, *, offline: bool, tell: Progress) -> Digest:
    """Return the digest of a day (None: the newest), stored or fetched.

    If fetching fails, a stored digest is returned, and the reason printed to standard error.

    Raises:
        ArxivError: nothing is stored, and nothing could be fetched.
        UsageError: the day is in the future.
    """
    at_hand = _at_hand(parts, day, offline=offline)
    if at_hand is not None:
        return at_hand
    outcome = parts.run(_fetched(parts, day, offline=offline, tell=tell))
    if outcome.problem is not None:
        warn(outcome.problem)
    return outcome.digest


async def _fetched(parts: Parts, day: date | None, *, offline: bool, tell: Progress) -> DigestOutcome:
    """Fetch a digest, and what it is judged by if it is not confirmed yet."""
    outcome = await parts.fetch_digest(day, tell, offline=offline)
    unconfirmed = outcome.digest.completeness.state is CompletenessState.UNCONFIRMED
    if outcome.from_store or not (unconfirmed and outcome.digest.papers):
        return outcome
    return await parts.enrich(outcome.digest, tell)


def _at_hand(parts: Parts, day: date | None, *, offline: bool) -> Digest | None:
    """Return the stored digest if it is fresh, without importing the HTTP client."""
    from tui_digest.arxiv.completeness import is_fetch_due, with_current_state

    stored = parts.library.mailings.digest(day, parts.categories)
    if stored is None:
        return None
    now, calendar = parts.now(), parts.calendar
    is_newest = day is None or day == calendar.newest_in_feed(now)
    if is_newest and not offline and is_fetch_due(stored, now, calendar):
        return None
    return with_current_state(stored, now, calendar) if is_newest else stored


def find_papers(parts: Parts, wanted: Sequence[ArxivId], *, offline: bool, tell: Progress) -> list[Paper]:
    """Return papers by their ids, each once, in order; missing ones are fetched.

    Raises:
        UsageError: a paper does not exist, or is not stored and offline.
        ArxivError: a request failed.
    """
    known = {arxiv_id: parts.library.mailings.paper(arxiv_id.number, arxiv_id.version) for arxiv_id in wanted}
    missing = [each for each, paper in known.items() if paper is None]
    if missing and offline:
        raise UsageError(f"{_named(missing)} not stored, and arXiv is not asked offline.")
    if missing:
        found = parts.run(parts.source.papers(missing, tell))
        if found.unknown:
            raise UsageError(f"{_named(found.unknown)} not known to arXiv.")
        known.update(zip(missing, found.papers, strict=True))
    return [paper for paper in known.values() if paper is not None]


def _named(ids: Sequence[ArxivId]) -> str:
    return f"{', '.join(map(str, ids))} {'is' if len(ids) == 1 else 'are'}"
