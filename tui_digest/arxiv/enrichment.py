"""What the daily feeds lack, from the API by id: comment, journal, DOI, dates, authors as a list."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from tui_digest.arxiv.cached_requests import CachedRequests
from tui_digest.arxiv.types import MailingStore, Tell
from tui_digest.arxiv.urls import Addresses
from tui_digest.errors import ArxivError
from tui_digest.paper import ArxivId, Paper

SLICE = 200

Item = TypeVar("Item")


class PapersById(msgspec.Struct, frozen=True):
    """Papers asked for by id, in the order asked, and the ids that arXiv does not know."""

    papers: tuple[Paper, ...]
    unknown: tuple[ArxivId, ...]


def is_enriched(paper: Paper) -> bool:
    """Whether this version has been completed from the API, which always says when it was submitted."""
    return paper.updated is not None


def merged(paper: Paper, record: Paper) -> Paper:
    """A paper of the daily feed with what the API's record of the same version adds.

    Title and abstract stay the feed's: the API turns parts of their TeX into Unicode.
    """
    if record.version != paper.version:
        return paper
    return msgspec.structs.replace(
        paper,
        authors=record.authors or paper.authors,
        categories=record.categories or paper.categories,
        primary=record.primary or paper.primary,
        published=record.published,
        updated=record.updated,
        comment=record.comment,
        journal_ref=record.journal_ref,
        doi=record.doi,
    )


async def enriched(
    papers: Sequence[Paper],
    *,
    asker: CachedRequests,
    addresses: Addresses,
    mailings: MailingStore,
    tell: Tell,
) -> tuple[tuple[Paper, ...], ArxivError | None]:
    """The papers with what the API knows more of them, each slice kept as it comes.

    What the library holds completed already is not asked for again. With the papers comes why
    arXiv could not be asked for all of them; those not reached are as they were.
    """
    known = {paper.id: as_known(paper, mailings) for paper in papers}
    missing = [paper for paper in known.values() if not is_enriched(paper)]
    problem: ArxivError | None = None
    for done, some in _slices(missing):
        tell(f"asking arXiv for details, {done} of {len(missing)}")
        address = addresses.by_ids([str(paper.arxiv_id) for paper in some])
        try:
            page, _ = await asker.page(address, tell, due=len(some))
        except ArxivError as error:
            problem = error
            break
        records = {record.id: record for record in page.papers}
        fresh = [merged(paper, records[paper.id]) for paper in some if paper.id in records]
        known |= {paper.id: paper for paper in fresh}
        await asyncio.to_thread(mailings.store_papers, [paper for paper in fresh if is_enriched(paper)])
    return tuple(known[paper.id] for paper in papers), problem


async def by_ids(
    ids: Sequence[ArxivId], *, asker: CachedRequests, addresses: Addresses, tell: Tell
) -> PapersById:
    """The API's records of papers by id, at the version asked or the current one.

    Raises:
        ArxivError: arXiv could not be asked.
    """
    wanted = list(dict.fromkeys(ids))
    records: dict[str, Paper] = {}
    for done, some in _slices(wanted):
        tell(f"asking arXiv for papers by id, {done} of {len(wanted)}")
        page, _ = await asker.page(addresses.by_ids([str(one) for one in some]), tell, due=len(some))
        for record in page.papers:
            records[str(record.arxiv_id)] = record
            records.setdefault(record.id, record)
    return PapersById(
        papers=tuple(records[str(one)] for one in wanted if str(one) in records),
        unknown=tuple(one for one in wanted if str(one) not in records),
    )


def as_known(paper: Paper, mailings: MailingStore) -> Paper:
    """A paper of the daily feed with what the library knows more of it."""
    if is_enriched(paper):
        return paper
    stored = mailings.paper(paper.id)
    return merged(paper, stored) if stored is not None and is_enriched(stored) else paper


def as_announced(record: Paper, mailings: MailingStore) -> Paper:
    """A record of the API with the TeX that the daily feed had of the same version."""
    stored = mailings.paper(record.id)
    if stored is None or stored.version != record.version or stored.announce_type is None:
        return record
    return msgspec.structs.replace(record, title=stored.title, abstract=stored.abstract)


def _slices(items: Sequence[Item]) -> Iterable[tuple[int, Sequence[Item]]]:
    return ((start, items[start : start + SLICE]) for start in range(0, len(items), SLICE))
