"""The page without a paper: what happened, and what the user can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.content import Content

from tui_digest.core.listing import Listing
from tui_digest.errors import without_kept
from tui_digest.lists import View
from tui_digest.paper import Paper
from tui_digest.tui.page.blocks import PageBlock
from tui_digest.tui.text import plain

KeyName = Callable[[str], str]
"""The key of a command by its id, as a sentence names it."""


def nothing_to_show(problem: str, key: KeyName, *, offline: bool, demo: bool) -> tuple[PageBlock, ...]:
    """The page for an empty reader.

    Args:
        problem: what happened, in one sentence; empty when nothing went wrong.
        key: the key of a command by its id.
        offline: whether the reader was started offline.
        demo: whether this is the demo already.
    """
    if not problem:
        problem = (
            "Nothing is stored yet, and nothing can be fetched offline."
            if offline
            else "The day's papers are being fetched for the first time."
        )
    offers = [] if offline else [(key("ask_again"), "refresh: ask arXiv again")]
    offers += [] if demo else [(key("play_demo"), "play the demo: a made-up day, without a network")]
    offers += [(key("leave"), "quit")]
    return (
        PageBlock(Content("No papers to show yet"), "title"),
        PageBlock(plain(without_kept(problem)), "body", gap=1),
        *_offers(offers),
    )


def nothing_shown(listing: Listing, key: KeyName) -> tuple[PageBlock, ...]:
    """The page for a list from which everything is hidden: by what, and how to see it."""
    hidden = ", ".join(f"{count} {why.value}" for why, count in listing.hidden.items())
    types = " ".join(map(key, ("type_new", "type_cross", "type_replaced")))
    offers = [(key("view_all"), "all papers"), (key("show_hidden"), "dismissed and muted ones too")]
    offers += [(key("filter"), "change the filter"), (types, "announce types")]
    outside = {
        View.ALL: "",
        View.UNREAD: "Only unread papers are in view. ",
        View.TO_READ: "Only papers to read are in view. ",
    }[listing.options.view]
    return (
        PageBlock(Content("No papers are shown"), "title"),
        PageBlock(plain(f"{outside}{f'Hidden: {hidden}.' if hidden else ''}".strip()), "body", gap=1),
        *_offers(offers),
    )


SEARCH: Final = "Search everything"
"""The title of a search over everything that was asked nothing yet."""


def nothing_found(title: str, key: KeyName, *, offline: bool) -> tuple[PageBlock, ...]:
    """The page for a search over everything that has found no paper."""
    title = title if title == SEARCH else "No papers found"
    more = "" if offline else " Tab puts the question to arXiv."
    words = (
        f"Titles, authors, abstracts and notes of all papers ever fetched are searched.{more} "
        f"{key('back')} goes back."
    )
    return PageBlock(Content(title), "title"), PageBlock(Content(words), "body", gap=1)


def offer_page(listing: Listing) -> tuple[PageBlock, ...]:
    """The page for the line below the papers: what Enter does there."""
    words = (
        "Enter puts the question to arXiv itself, fifty hits at a time. What it finds opens as any paper "
        "and stays in the library once it is marked, tagged, noted or read."
    )
    found = () if listing.total else (PageBlock(plain("Nothing in the library matches."), "body", gap=1),)
    return PageBlock(plain(listing.offer), "title"), *found, PageBlock(Content(words), "body", gap=1)


def page_failed(paper: Paper, sentence: str, key: KeyName) -> tuple[PageBlock, ...]:
    """The page of a paper that cannot be shown: why, and where it can be read."""
    return (
        PageBlock(Content("This paper cannot be shown here"), "title"),
        PageBlock(plain(sentence), "warning", gap=1),
        *_offers([(key("open_abstract"), f"open {paper.abs_url} in the browser")]),
    )


def _offers(offers: list[tuple[str, str]]) -> tuple[PageBlock, ...]:
    return tuple(
        PageBlock(Content.assemble((keys, "label"), f"  {words}"), "body", gap=int(number == 0), hang=3)
        for number, (keys, words) in enumerate(offers)
    )
