"""A card over a paper's text: what a link leads to, laid out."""

from __future__ import annotations

from typing import NamedTuple

from tui_digest.fulltext.addresses import place_blocks
from tui_digest.render.fulltext.layout import MEASURE, TextLayout, TextLine, block_lines
from tui_digest.tui.page.text_places import TextPlaces

_LEAST_LINES, _MOST_LINES = 3, 12


class TextCard(NamedTuple):
    """A place shown over the text: what it is called, its lines, and where it is."""

    title: str
    lines: tuple[TextLine, ...]
    block: int


def card_of_target(places: TextPlaces, target: str, layout: TextLayout, height: int) -> TextCard | None:
    """Lay out what a reference leads to as a card.

    Args:
        places: of the paper.
        target: the reference's id on arXiv's page.
        layout: how the text is laid out; the card is a little narrower.
        height: the most lines that there is room for; longer places are cut with "…".

    Returns:
        The card; None if the paper has nothing of that id.
    """
    document, place = places.document, places.of_target(target)
    if place is not None:
        blocks, title, first = place_blocks(document, place), place.address, place.first
    elif (number := document.anchors.get(target)) is not None:
        blocks, title, first = document.blocks[number : number + 1], "", number
    else:
        return None
    narrower = layout._replace(width=max(16, min(layout.width, MEASURE) - 4))
    lines = list(block_lines(blocks, narrower))
    while lines and not lines[0].text:
        lines.pop(0)
    most = max(_LEAST_LINES, min(_MOST_LINES, height))
    if len(lines) > most:
        lines = [*lines[: most - 1], TextLine("…", (), "muted")]
    return TextCard(title, tuple(lines), first)
