"""Common fields of BibTeX, RIS and CSL-JSON entries: the key and the date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from tui_digest.export.bibtex_accents import fold
from tui_digest.paper import Paper
from tui_digest.render.author_names import read_authors

if TYPE_CHECKING:
    from tui_digest.entry import Entry
    from tui_digest.export.collection import Collection

_NOT_IN_KEYS = re.compile(r"\b(?:the|collaboration|consortium)\b", re.IGNORECASE)


def citation_keys(papers: tuple[Paper, ...]) -> tuple[str, ...]:
    """A key for each paper, from its first author and its id: `katende-2512.21208`.

    The key of a paper does not depend on the others, nor on its title, which later versions change;
    only where one paper is there in two versions do the versions follow.
    """
    keys = [_key(paper) for paper in papers]
    times = Counter(keys)
    versioned = [
        f"{key}v{paper.version}" if times[key] > 1 else key for key, paper in zip(keys, papers, strict=True)
    ]
    return tuple(_numbered(versioned))


def keyed_entries(collection: Collection) -> Iterator[tuple[Entry, str]]:
    """Yield each entry with its citation key."""
    keys = citation_keys(tuple(entry.paper for entry in collection.entries))
    return zip(collection.entries, keys, strict=True)


def issued(paper: Paper) -> tuple[int, ...]:
    """Return year, month and day of version 1, or year and month from the id, or ()."""
    if paper.published is not None:
        day: date = paper.published.date()
        return (day.year, day.month, day.day)
    digits = paper.id.rpartition("/")[2][:4]
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        return ()
    year, month = int(digits[:2]), int(digits[2:])
    return (1900 + year if year >= 91 else 2000 + year, month) if 1 <= month <= 12 else ()


def _key(paper: Paper) -> str:
    names = read_authors(paper.authors).names
    family = fold(_NOT_IN_KEYS.sub("", names[0].family)) if names else ""
    number = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "-" for c in paper.id)
    return f"{family[:40] or 'arxiv'}-{number}"


def _numbered(keys: list[str]) -> list[str]:
    """The keys, with a number behind those that came before."""
    seen: Counter[str] = Counter()
    unique: list[str] = []
    for key in keys:
        seen[key] += 1
        unique.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return unique
