"""Lines of a note that name a place of the paper: "§3.1 Tangent coupling · …"."""

from __future__ import annotations

import re

from tui_digest.fulltext.addresses import PlaceFinder, address_key
from tui_digest.fulltext.blocks import Document, Place

_STATEMENT = " · "
_ANCHOR = re.compile(r"[ \t]*(?:[-*>] )?(?:#{1,6} )?(§\s?\S.*)")


def anchor_line(section: Place | None, statement: Place | None = None) -> str:
    """The line for a section, and a statement in it; "" where there is neither."""
    if section is None:
        return f"§ {statement.address}" if statement is not None else ""
    named = section.title if section.address == section.title else f"{section.address} {section.title}"
    line = named.strip() if named.startswith("§") else f"§ {named.strip()}"
    return f"{line}{_STATEMENT}{statement.address}" if statement is not None else line


def read_anchor(line: str) -> str:
    """Return the anchor in a note's line, without Markdown before it; "" if none."""
    match = _ANCHOR.fullmatch(line.rstrip())
    return match[1] if match is not None else ""


def find_anchor(document: Document, anchor: str) -> Place | None:
    """Return the place that an anchor names: the statement, else the section, or None.

    Both are found by number or by title.

    In another version sections may have other numbers: one with the very title goes before one with
    the number alone.
    """
    finder = PlaceFinder(document)
    named, separator, statement = anchor.rpartition(_STATEMENT)
    if separator and (place := finder.find(statement)) is not None:
        return place
    words = (named if separator else anchor).split()
    if words and words[0] == "§":
        words = words[1:]
    for length in range(len(words), 0, -1):
        place = finder.find(" ".join(words[:length]))
        if place is not None:
            title = " ".join(words[length:])
            return place if not title or _same(place.title, title) else _titled(document, title) or place
    return None


def _same(title: str, other: str) -> bool:
    return address_key(title) == address_key(other)


def _titled(document: Document, title: str) -> Place | None:
    sections = (place for place in document.places if place.kind == "section")
    return next((place for place in sections if _same(place.title, title)), None)
