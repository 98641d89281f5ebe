"""arXiv's categories with their names and how many papers each brings, from `taxonomy.json`.

The counts are of one mailing that was recorded whole: papers that the feed of a category or archive holds,
cross-listed and replaced ones included. They say which fields are large, and no more.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from tui_digest.errors import UsageError


class _Source(msgspec.Struct, frozen=True):
    source: str
    day: date


class _Taxonomy(msgspec.Struct, frozen=True):
    """The file: names and papers of a day, by archive and by category."""

    taxonomy: _Source
    papers: _Source
    archives: dict[str, tuple[str, int]]
    categories: dict[str, tuple[str, int]]


_FILE = msgspec.json.decode(Path(__file__).with_name("taxonomy.json").read_bytes(), type=_Taxonomy)

ARCHIVES: dict[str, str] = {archive: name for archive, (name, _) in _FILE.archives.items()}
"""The archives that can be asked for as a whole; half of them are one category."""

CATEGORIES: dict[str, str] = {category: name for category, (name, _) in _FILE.categories.items()}
"""Every category that papers are filed under, with its name."""

TYPICAL_DAY: dict[str, int] = {
    category: count for category, (_, count) in (_FILE.archives | _FILE.categories).items()
}
"""About how many papers a day brings, by category or archive; measured on `TYPICAL_DAY_MEASURED`."""

TYPICAL_DAY_MEASURED: date = _FILE.papers.day
TAXONOMY_DATE: date = _FILE.taxonomy.day

_ARCHIVES_OF_MANY = frozenset(category.partition(".")[0] for category in CATEGORIES if "." in category)


def is_archive_of_many(name: str) -> bool:
    """Whether this is an archive that is divided into categories, such as `cs`."""
    return name in _ARCHIVES_OF_MANY


def belongs(category: str, wanted: str) -> bool:
    """Whether a paper's category is the wanted one, or lies in the wanted archive."""
    return category == wanted or (is_archive_of_many(wanted) and category.startswith(f"{wanted}."))


def nearest(name: str) -> str | None:
    """The category or archive that someone who wrote `name` most likely means."""
    from difflib import get_close_matches

    known = {known.casefold(): known for known in (*CATEGORIES, *ARCHIVES)}
    matches = get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    return known[matches[0]] if matches else None


def complaint(category: str) -> str:
    """A sentence that names a category that arXiv does not have and the nearest there is, else empty."""
    if category in CATEGORIES or category in ARCHIVES:
        return ""
    near = nearest(category)
    hint = f"did you mean {near}?" if near else "see arxiv.org/category_taxonomy."
    return f"{category!r} is not an arXiv category; {hint}"


def checked(categories: tuple[str, ...]) -> tuple[str, ...]:
    """The categories, each once, in the order given.

    Raises:
        UsageError: one of them is not arXiv's; the message names it and the nearest there is.
    """
    for name in categories:
        if words := complaint(name):
            raise UsageError(words)
    return tuple(dict.fromkeys(categories))
