"""Details that the daily feeds lack, fetched from the API by id."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from tui_digest.arxiv.cached_requests import CachedRequests
from tui_digest.arxiv.types import MailingStore, Progress
from tui_digest.arxiv.urls import Addresses
from tui_digest.errors import ArxivError
from tui_digest.paper import ArxivId, Paper

SLICE = 200

Item = TypeVar("Item")


class PapersById(msgspec.Struct, frozen=True):
    """Papers in the order of the requested ids, and the ids that arXiv does not know."""

    papers: tuple[Paper, ...]
    unknown: tuple[ArxivId, ...]


def is_enriched(paper: Paper) -> bool:
    """Tell whether this version has the API's details, which always include a date."""
    return paper.updated is not None


def merge_api_record(paper: Paper, record: Paper) -> Paper:
    """Return a paper of the daily feed with the details of the API's record.

    Only a record of the same version is used. Title and abstract stay the feed's: the API converts
    parts of their TeX to Unicode.
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


async def enrich_papers(
    papers: Sequence[Paper],
    *,
    asker: CachedRequests,
    addresses: Addresses,
    mailings: MailingStore,
    tell: Progress,
) -> tuple[tuple[Paper, ...], ArxivError | None]:
    """Return the papers with the API's details, and the error that stopped it, if any.

    Papers whose details are in the library are not requested. Each batch is stored when it arrives;
    after an error the remaining papers are unchanged.
    """
    known = {paper.id: with_library_details(paper, mailings) for paper in papers}
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
        fresh = [merge_api_record(paper, records[paper.id]) for paper in some if paper.id in records]
        known |= {paper.id: paper for paper in fresh}
        await asyncio.to_thread(mailings.store_papers, [paper for paper in fresh if is_enriched(paper)])
    return tuple(known[paper.id] for paper in papers), problem


async def fetch_by_ids(
    ids: Sequence[ArxivId], *, asker: CachedRequests, addresses: Addresses, tell: Progress
) -> PapersById:
    """Fetch papers by id, at the requested version or the current one.

    Raises:
        ArxivError: a request failed.
    """
    wanted = list(dict.fromkeys(ids))
    records: dict[str, Paper] = {}
    for done, some in _slices(wanted):
        tell(f"asking arXiv for papers by id, {done} of {len(wanted)}")
        page, _ = await asker.page(
            addresses.by_ids([str(arxiv_id) for arxiv_id in some]), tell, due=len(some)
        )
        for record in page.papers:
            records[str(record.arxiv_id)] = record
            records.setdefault(record.id, record)
    return PapersById(
        papers=tuple(records[str(arxiv_id)] for arxiv_id in wanted if str(arxiv_id) in records),
        unknown=tuple(arxiv_id for arxiv_id in wanted if str(arxiv_id) not in records),
    )


def with_library_details(paper: Paper, mailings: MailingStore) -> Paper:
    """Return a paper of the daily feed with the details stored in the library."""
    if is_enriched(paper):
        return paper
    stored = mailings.paper(paper.id)
    return merge_api_record(paper, stored) if stored is not None and is_enriched(stored) else paper


def with_announced_tex(record: Paper, mailings: MailingStore) -> Paper:
    """Return an API record with the TeX of the daily feed's paper of that version."""
    stored = mailings.paper(record.id)
    if stored is None or stored.version != record.version or stored.announce_type is None:
        return record
    return msgspec.structs.replace(record, title=stored.title, abstract=stored.abstract)


def _slices(items: Sequence[Item]) -> Iterable[tuple[int, Sequence[Item]]]:
    return ((start, items[start : start + SLICE]) for start in range(0, len(items), SLICE))
