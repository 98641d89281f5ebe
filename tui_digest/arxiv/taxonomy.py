"""arXiv's categories with their names and papers a day, from `taxonomy.json`.

The counts are of one recorded mailing, cross-listed and replaced papers included: they show which fields
are large, and no more.
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
"""The archives with their names; half of them are a single category."""

CATEGORIES: dict[str, str] = {category: name for category, (name, _) in _FILE.categories.items()}
"""Every category that papers are filed under, with its name."""

TYPICAL_DAY: dict[str, int] = {
    category: count for category, (_, count) in (_FILE.archives | _FILE.categories).items()
}
"""About how many papers a day brings, by category or archive; measured on `TYPICAL_DAY_MEASURED`."""

TYPICAL_DAY_MEASURED: date = _FILE.papers.day

_ARCHIVES_OF_MANY = frozenset(category.partition(".")[0] for category in CATEGORIES if "." in category)


def is_archive_of_many(name: str) -> bool:
    """Tell whether this is an archive that is divided into categories, such as `cs`."""
    return name in _ARCHIVES_OF_MANY


def is_in_category(category: str, wanted: str) -> bool:
    """Tell whether a paper's category is the wanted one, or in the wanted archive."""
    return category == wanted or (is_archive_of_many(wanted) and category.startswith(f"{wanted}."))


def nearest_category(name: str) -> str | None:
    """Return the category or archive whose name is most similar to `name`."""
    from difflib import get_close_matches

    known = {known.casefold(): known for known in (*CATEGORIES, *ARCHIVES)}
    matches = get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    return known[matches[0]] if matches else None


def category_complaint(category: str) -> str:
    """Return a sentence on a category that arXiv does not have; empty for others."""
    if category in CATEGORIES or category in ARCHIVES:
        return ""
    near = nearest_category(category)
    hint = f"did you mean {near}?" if near else "see arxiv.org/category_taxonomy."
    return f"{category!r} is not an arXiv category; {hint}"


def checked_categories(categories: tuple[str, ...]) -> tuple[str, ...]:
    """Return the categories, each once, in the order given.

    Raises:
        UsageError: arXiv has no such category; the message names the most similar one.
    """
    for name in categories:
        if words := category_complaint(name):
            raise UsageError(words)
    return tuple(dict.fromkeys(categories))
