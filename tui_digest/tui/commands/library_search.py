"""Search of all stored papers while typing, and the same query at arXiv."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.core.arxiv_search import ORDER_WORDS, HitOrder
from tui_digest.core.listing import EMPTY
from tui_digest.errors import TuiDigestError
from tui_digest.tui.commands.arxiv_search import ARXIV_SEARCH, ask_for_more, search_at_arxiv
from tui_digest.tui.commands.paper_by_id import open_by_id, parse_id
from tui_digest.tui.page.empty import SEARCH

if TYPE_CHECKING:
    from tui_digest.core.listing import Listing
    from tui_digest.tui.reader import Reader

_FOUND = "Found: "
_ASKED: dict[HitOrder | None, str] = {
    None: "search everything",
    "newest": f"ask arXiv, {ORDER_WORDS['newest']}",
    "relevance": f"ask arXiv, {ORDER_WORDS['relevance']}",
}
"""What is shown before a question: the library (None) is asked, or arXiv for hits in an order."""


def search_library(reader: Reader, count: int | None) -> None:
    """Search all stored papers while typing; the last line or Tab asks arXiv."""
    ask_question(reader, None)


def ask_arxiv(reader: Reader, count: int | None) -> None:
    """Ask arXiv for more hits; in another list, ask for a query to search with."""
    shown = next((opened for opened in reader.state.arxiv_hits if opened.listing is reader.listing), None)
    if shown is None:
        ask_question(reader, "newest", question_of(reader.listing))
    elif shown.hits.is_complete:
        reader.notify(shown.hits.summary)
    else:
        ask_for_more(reader, shown.hits, shown)


def take_offer(reader: Reader) -> None:
    """Ask arXiv what the line below the papers offers: the query, or more hits."""
    if reader.is_running(ARXIV_SEARCH):
        reader.notify(f"arXiv is being asked; {reader.key('back')} stops it.")
    elif query := question_of(reader.listing):
        search_at_arxiv(reader, query, "newest")
    else:
        ask_arxiv(reader, None)


def question_of(listing: Listing) -> str:
    """The query that a list was found by; empty for other lists."""
    return listing.title.removeprefix(_FOUND) if listing.title.startswith(_FOUND) else ""


def ask_question(reader: Reader, order: HitOrder | None, text: str = "") -> None:
    """Ask for a query.

    Args:
        reader: where it is asked for.
        order: the order of arXiv's hits; None: the library is searched while the query is typed.
        text: the query to begin with.
    """
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    asked = order
    if order is None:
        reader.enter_list(SEARCH, EMPTY)
    found = reader.state.browsing.current

    def on_typed(text: str) -> None:
        if asked is None:
            reader.run_in_background(partial(_find, reader, text), "search")

    def on_switched() -> str:
        nonlocal asked
        orders = list(_ASKED)[order is not None :]
        asked = orders[(orders.index(asked) + 1) % len(orders)]
        return _ASKED[asked]

    def on_done(text: str) -> None:
        if (wanted := parse_id(text)) is not None:
            on_cancelled()
            open_by_id(reader, wanted)
        elif asked is not None:
            search_at_arxiv(reader, text, asked)
            if not found.total:
                on_cancelled()
        else:
            reader.services.library.search.check(text)
            if found.title == _title_of_search(text) and not found.total and not found.offer:
                raise TuiDigestError(f"Nothing in the library matches; {reader.key('back')} goes back.")

    def on_cancelled() -> None:
        if order is None and reader.listing is found:
            reader.state.browsing.leave()
            reader.show_list()

    may_ask = not reader.state.options.offline
    request = TextRequest(
        on_done, on_typed, on_cancelled, switched=on_switched if may_ask else None, tab_words="ask arXiv"
    )
    ask_line(reader, _ASKED[order], request, text, selected=True)


async def _find(reader: Reader, text: str) -> None:
    """Show what a query finds. A search that was begun later puts an end to this one."""
    listing = reader.listing
    listing.at_offer = False
    if not text.strip():
        listing.offer = ""
        listing.show_scope(EMPTY, title=SEARCH)
        reader.show_list()
        return
    hits = await asyncio.to_thread(reader.services.library.search.hits, text, typing=True)
    if reader.listing is not listing:
        return
    listing.place, listing.at_offer = "", False
    offline = reader.state.options.offline
    listing.offer = "" if offline else f"Ask arXiv: {text.strip()}"
    listing.show_scope(hits.scope, title=_title_of_search(text), words=hits.words)
    reader.show_list()
    more = "; there are more, and these are the best" if hits.more else ""
    arxiv = "" if offline else " The last line, or Tab, puts the question to arXiv."
    size = hits.scope.size
    found = f"{size} found{more}" if size else "Nothing in the library matches"
    reader.notify(f"{found}.{arxiv}")


def _title_of_search(text: str) -> str:
    return f"{_FOUND}{text}"
