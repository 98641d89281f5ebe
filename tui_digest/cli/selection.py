"""Which papers a command is about: those of a day, some ids, the marked, the picked, or a filter's."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable

import msgspec

from tui_digest.cli.arguments import PICK_OF_SETTINGS
from tui_digest.cli.wiring import Parts
from tui_digest.errors import UsageError
from tui_digest.paper import ArxivId, Digest, Paper
from tui_digest.reading import Entry

Tell = Callable[[str], None]


class Selected(msgspec.Struct, frozen=True, kw_only=True):
    """The selected papers, and the digest they are of (None: they are of no one day)."""

    entries: tuple[Entry, ...]
    digest: Digest | None = None


def select(parts: Parts, arguments: argparse.Namespace, tell: Tell) -> Selected:
    """The papers that SELECTION names on the command line; without one all of the day.

    Raises:
        UsageError: a paper is not known, or the filter is wrong.
        ArxivError: arXiv could not be asked and nothing is stored.
    """
    if arguments.ids:
        papers = tuple(find_papers(parts, arguments.ids, arguments.offline, tell))
        return Selected(entries=parts.library.entries(papers))
    if arguments.marked:
        return Selected(entries=parts.library.marked())
    if arguments.filter is not None and arguments.date is None:
        return Selected(entries=parts.library.search.find(arguments.filter, limit=2000).entries)
    digest = digest_of(parts, arguments, tell)
    entries = parts.library.entries(digest.papers)
    if arguments.filter is not None:
        entries = tuple(filter(parts.library.predicate(arguments.filter), entries))
    if arguments.picked is not None:
        count = None if arguments.picked == PICK_OF_SETTINGS else arguments.picked
        entries = parts.picked(entries, count)
    return Selected(entries=entries, digest=digest)


def digest_of(parts: Parts, arguments: argparse.Namespace, tell: Tell) -> Digest:
    """The digest of the day asked for: as stored when that is fresh, else from arXiv."""
    outcome = asyncio.run(
        parts.source.digest(arguments.date, categories=parts.categories, offline=arguments.offline, tell=tell)
    )
    if outcome.problem is not None:
        tell(str(outcome.problem))
    return outcome.digest


def find_papers(parts: Parts, wanted: list[ArxivId], offline: bool, tell: Tell) -> list[Paper]:
    """Papers by their ids, in the order given: from the library, what is not there from arXiv.

    Raises:
        UsageError: arXiv knows no such paper, or it is not stored and arXiv may not be asked.
        ArxivError: arXiv could not be asked.
    """
    known = {each: parts.library.mailings.paper(each.number, each.version) for each in wanted}
    missing = [each for each, paper in known.items() if paper is None]
    if missing and offline:
        raise UsageError(f"{_named(missing)} not stored, and off line arXiv is not asked.")
    if missing:
        found = asyncio.run(parts.source.papers(missing, tell))
        if found.unknown:
            raise UsageError(f"{_named(list(found.unknown))} not known to arXiv.")
        known.update(zip(missing, found.papers, strict=True))
    return [paper for each in wanted if (paper := known[each]) is not None]


def _named(ids: list[ArxivId]) -> str:
    return f"{', '.join(map(str, ids))} {'is' if len(ids) == 1 else 'are'}"
