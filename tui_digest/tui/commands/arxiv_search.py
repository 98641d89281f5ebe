"""Search at arXiv: the library search's question, fifty results at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui_digest.core.arxiv_search import HitList, HitOrder
from tui_digest.tui.state import OpenHits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_digest.core.listing import Listing
    from tui_digest.paper import Paper
    from tui_digest.tui.reader import Reader

ARXIV_SEARCH = "arxiv search"
"""The group of background work that searches at arXiv."""


def search_at_arxiv(reader: Reader, query: str, order: HitOrder) -> None:
    """Ask arXiv a question, and show what it finds over the list that is shown.

    Raises:
        UsageError: the query is wrong, or asks what arXiv cannot answer.
    """
    reader.services.arxiv_search().check(query)
    ask_for_more(reader, HitList(query, order), None)


def stop_searching(reader: Reader) -> bool:
    """Stop the running request to arXiv; tell whether there was one."""
    running = reader.is_running(ARXIV_SEARCH)
    if running:
        reader.cancel(ARXIV_SEARCH)
        reader.show_progress("")
    return running


def ask_for_more(reader: Reader, hits: HitList, shown: OpenHits | None) -> None:
    """Request the next page of results; `shown` is their list, None before the first."""
    reader.run_in_background(partial(_ask, reader, hits, shown), ARXIV_SEARCH)


async def _ask(reader: Reader, hits: HitList, shown: OpenHits | None) -> None:
    """Request the next page of results; show it as a new list or in the shown one."""
    services, search = reader.services, reader.services.arxiv_search()
    reader.show_progress("asking arXiv")
    try:
        page = await search.ask(hits.query, hits.start, hits.order, reader.show_progress)
    finally:
        reader.show_progress("")
    hits.add(page)
    if not reader.is_open or (shown is not None and shown not in reader.state.arxiv_hits):
        search.forget([paper.id for paper in page.papers])
        return
    scope = services.library.lists.papers(hits.ids)
    if shown is not None:
        _go_to_fresh(shown.listing, page.papers)
        shown.listing.offer = _offer_of(hits)
        shown.listing.show_scope(scope, title=hits.title, words=shown.listing.words)
        reader.show_list()
    elif hits.ids:
        words = services.library.lists.matches(scope, hits.query, typing=True).words
        reader.enter_list(hits.title, scope, words, offer=_offer_of(hits))
        reader.state.arxiv_hits.append(OpenHits(reader.listing, hits))
    more = "" if hits.is_complete else f" {reader.keymap.label_of('ask_arxiv')} asks for more."
    reader.notify(f"{hits.summary}{more}")


def _offer_of(hits: HitList) -> str:
    """Return what the line below the hits offers: more of them, if arXiv has more."""
    return "" if hits.is_complete else f"Ask arXiv for more: {len(hits.ids)} of {hits.total:,} are here"


def _go_to_fresh(listing: Listing, papers: Sequence[Paper]) -> None:
    """Move from the line that offered more hits to the first of them."""
    if listing.at_offer:
        fresh = (paper.id for paper in papers if listing.place_of(paper.id, -1) < 0)
        listing.at_offer, listing.place = False, next(fresh, listing.place)
