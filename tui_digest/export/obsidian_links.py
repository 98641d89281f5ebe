"""Links of a note: to papers by the same authors and those exported with it."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from tui_digest.entry import Entry
from tui_digest.export.markdown_escape import Dialect, inline_markdown
from tui_digest.export.obsidian_merge import BEGIN_MARK, split_note
from tui_digest.export.segments import readable
from tui_digest.render.author_names import read_authors

_MOST_LINKS = 30
_ITEM = re.compile(r"^\s*- +(?P<item>.*?)\s*$", re.MULTILINE)


class Card(NamedTuple):
    """What other notes say of a paper: its note's name, readable title and authors."""

    name: str
    title: str
    authors: frozenset[str]


def note_name(entry: Entry) -> str:
    """The name of a paper's note, without `.md`, the same for all its versions."""
    return re.sub(r"[^A-Za-z0-9.-]", "-", entry.paper.id) or "paper"


def card_of_entry(entry: Entry) -> Card:
    """The card of a paper that is being exported."""
    authors = frozenset(name.full for name in read_authors(entry.paper.authors).names)
    return Card(note_name(entry), readable(entry.paper.title), authors - {""})


def card_of_note(name: str, note: str) -> Card | None:
    """Return the card of an exported note; None if the note is not one of ours."""
    properties, body = split_note(note)
    if not BEGIN_MARK.search(body) or "authors" not in properties:
        return None
    title = _texts(properties.get("title", ""))
    return Card(name, title[0] if title else "", frozenset(_texts(properties["authors"])) - {""})


def link_lines(index: int, cards: tuple[Card, ...], earlier: tuple[Card, ...] = ()) -> list[str]:
    """A line for each note that the one at `index` links to.

    Those are the papers exported with it (all, or, where they are more than thirty, the one before
    and the one after), and any paper, of this export or an earlier one, that shares an author.
    """
    own = cards[index]
    lines: list[str] = []
    for place, other in enumerate((*cards, *earlier)):
        shared = sorted(own.authors & other.authors)
        together = place < len(cards) and (len(cards) <= _MOST_LINKS or abs(place - index) == 1)
        if other.name != own.name and (shared or together):
            why = f"also by {', '.join(shared)}" if shared else "exported together"
            lines.append(f"- [[{other.name}]] {inline_markdown(f'{other.title} — {why}', Dialect.OBSIDIAN)}")
    return lines


def _texts(field: str) -> list[str]:
    """The texts of a property, as we write it or as Obsidian rewrites it."""
    value = field.partition(":")[2].strip()
    try:
        read = json.loads(value)
    except (ValueError, RecursionError):
        items = _ITEM.findall(value)
        return [item.strip("\"'") for item in items] if items else [value.strip("\"'")]
    return [str(item) for item in read] if isinstance(read, list) else [str(read)]
