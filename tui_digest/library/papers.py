"""Papers as rows: stored so that nothing known is lost, and read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

import msgspec

from tui_digest.errors import LibraryError
from tui_digest.paper import AnnounceType, ArxivId, Paper
from tui_digest.text.words import Fold

if TYPE_CHECKING:
    from tui_digest.library.fts_index import Index

_REST = (
    "p.published, p.updated, p.primary_category, p.categories, p.title, p.authors, p.comment, "
    "p.journal_ref, p.doi, p.licence, p.abstract"
)
COLUMNS = f"p.id, p.version, p.announce_type, p.announced, {_REST}"
"""What `paper_of` reads, in its order, of `papers AS p`."""

COLUMNS_IN_MAILING = f"p.id, p.version, a.announce_type, coalesce(?, p.announced), {_REST}"
"""The same as a mailing had it, of `announcements AS a` too; takes the day of the mailing, if it was one."""

# The first key for an id with a month (0704.0001). Older ones (hep-th/9901001) have keys below.
_FIRST_NEW = 704_00000
# Optional fields: a record that lacks one does not make it unknown.
_OPTIONAL = ("published", "updated", "comment", "journal_ref", "doi", "licence")

_names = msgspec.json.Decoder(tuple[str, ...])

_KINDS = {kind.value: kind for kind in AnnounceType}

DatabaseRow = tuple[Any, ...]
"""What SQLite gives."""


class UnknownPaperError(LibraryError):
    """A paper is asked for that the library never saw."""


def store(connection: sqlite3.Connection, index: Index, papers: Iterable[Paper], fold: Fold) -> None:
    """Store papers in the caller's transaction; `fold` has their texts cached.

    The newest version of a paper is in `papers`, the ones before it in `earlier`. A record of a
    version that is there already completes it: what the new one does not know is kept.
    """
    for paper in papers:
        stored = read(connection, paper.id)
        if stored is None:
            key = _new_key(connection, paper.id)
            _write(connection, key, paper)
            index.put_paper(connection, key, paper, fold)
        elif paper.version < stored.version:
            _store_earlier(connection, paper)
        else:
            if paper.version > stored.version:
                _keep_as_earlier(connection, stored)
                known = _next_version(stored, paper)
            else:
                known = merge_records(stored, paper)
            if known != stored:
                key = known_key(connection, paper.id)
                _write(connection, key, known, stored)
                index.put_paper(connection, key, known, fold)


def merge_records(stored: Paper, fresh: Paper) -> Paper:
    """Merge two records of a version: the fresh one's fields, else the stored one's.

    The day of the mailing and the announce type belong together; the later mailing's are kept.
    """
    known = {name: getattr(fresh, name) or getattr(stored, name) for name in _OPTIONAL}
    texts = {
        name: getattr(fresh, name) or getattr(stored, name)
        for name in ("title", "authors", "abstract", "categories", "primary")
    }
    mailing = max((stored, fresh), key=lambda paper: (paper.announced or date.min, paper is fresh))
    if mailing.announced is None and mailing.announce_type is None:
        mailing = stored
    return msgspec.structs.replace(
        fresh, **known, **texts, announced=mailing.announced, announce_type=mailing.announce_type
    )


def _next_version(stored: Paper, fresh: Paper) -> Paper:
    """Return a newer version, completed by what holds for all versions of the paper.

    Only what the fresh record lacks is completed.
    """
    return msgspec.structs.replace(
        fresh,
        published=fresh.published or stored.published,
        journal_ref=fresh.journal_ref or stored.journal_ref,
        doi=fresh.doi or stored.doi,
    )


def read(connection: sqlite3.Connection, paper_id: str, version: int | None = None) -> Paper | None:
    """A paper at a version (None: the newest known), or None when that is not stored."""
    row = connection.execute(f"SELECT {COLUMNS} FROM papers p WHERE p.id = ?", (paper_id,)).fetchone()
    if row is None:
        return None
    paper = paper_of(row)
    if version is None or version == paper.version:
        return paper
    return _read_earlier(connection, paper_id, version)


@lru_cache(1024)
def _categories(text: str) -> tuple[str, ...]:
    """The categories of a paper; those that many papers have are in memory once."""
    return tuple(map(intern, text.split()))


def paper_of(row: DatabaseRow) -> Paper:
    """The paper of a row of `COLUMNS`; columns after those are not looked at.

    All papers of a day go through here before the first of them is shown.
    """
    (
        paper_id, version, kind, announced, published, updated, primary, categories,
        title, authors, comment, journal_ref, doi, licence, abstract, *_,
    ) = row  # fmt: skip
    return Paper(
        id=paper_id,
        version=version,
        title=title,
        authors=_names.decode(authors),
        abstract=abstract,
        categories=_categories(categories),
        primary=intern(primary),
        announce_type=_KINDS[kind] if kind else None,
        announced=date.fromisoformat(announced) if announced else None,
        published=datetime.fromisoformat(published) if published else None,
        updated=datetime.fromisoformat(updated) if updated else None,
        comment=comment,
        journal_ref=journal_ref,
        doi=doi,
        licence=licence,
    )


def known_key(connection: sqlite3.Connection, paper_id: str) -> int:
    """The key of a stored paper.

    Raises:
        UnknownPaperError: it is not stored.
    """
    row = connection.execute("SELECT key FROM papers WHERE id = ?", (paper_id,)).fetchone()
    if row is None:
        raise UnknownPaperError(
            f"{paper_id} is not in the library; nothing was changed. "
            f"`tui-digest show {paper_id}` fetches it, then try again."
        )
    key: int = row[0]
    return key


def _new_key(connection: sqlite3.Connection, paper_id: str) -> int:
    """A key by which papers are in the order of their arXiv numbers, newest last.

    2512.21208 has 251221208 and 0704.0001 has 70400001. Old ids (hep-th/9901001), which every archive
    counts on its own, come in the order in which they are stored, before all others. The newest papers
    with a word are so found without sorting all papers that have it.
    """
    month, _, serial = ArxivId.parse(paper_id).number.partition(".")
    if month.isdecimal():
        key = int(month) * 100_000 + int(serial)
        if connection.execute("SELECT 1 FROM papers WHERE key = ?", (key,)).fetchone() is None:
            return key
    row = connection.execute("SELECT max(key) FROM papers WHERE key < ?", (_FIRST_NEW,)).fetchone()
    return (row[0] or 0) + 1


def _write(connection: sqlite3.Connection, key: int, paper: Paper, before: Paper | None = None) -> None:
    """Write a paper's row: a new one, or in place of what is there of it."""
    values: dict[str, object] = {
        "id": paper.id,
        "version": paper.version,
        "announce_type": paper.announce_type.value if paper.announce_type else None,
        "announced": paper.announced.isoformat() if paper.announced else None,
        "published": paper.published.isoformat() if paper.published else None,
        "updated": paper.updated.isoformat() if paper.updated else None,
        "primary_category": paper.primary,
        "categories": " ".join(paper.categories),
        "title": paper.title,
        "authors": msgspec.json.encode(paper.authors).decode(),
        "comment": paper.comment,
        "journal_ref": paper.journal_ref,
        "doi": paper.doi,
        "licence": paper.licence,
        "abstract": paper.abstract,
    }
    if before is None:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT INTO papers ({names}, key) VALUES ({marks}, ?)"
    else:
        settings = ", ".join(f"{name} = ?" for name in values)
        statement = f"UPDATE papers SET {settings} WHERE key = ?"
    connection.execute(statement, (*values.values(), key))
    if before is not None:
        connection.executemany(
            "DELETE FROM paper_categories WHERE category = ? AND key = ?",
            ((category, key) for category in before.categories),
        )
    connection.executemany(
        "INSERT OR IGNORE INTO paper_categories VALUES (?, ?)",
        ((category, key) for category in paper.categories),
    )


def _keep_as_earlier(connection: sqlite3.Connection, paper: Paper) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO earlier VALUES (?, ?, ?)",
        (known_key(connection, paper.id), paper.version, msgspec.json.encode(paper).decode()),
    )


def _store_earlier(connection: sqlite3.Connection, paper: Paper) -> None:
    before = _read_earlier(connection, paper.id, paper.version)
    _keep_as_earlier(connection, merge_records(before, paper) if before else paper)


def _read_earlier(connection: sqlite3.Connection, paper_id: str, version: int) -> Paper | None:
    row = connection.execute(
        "SELECT record FROM earlier JOIN papers USING (key) WHERE id = ? AND earlier.version = ?",
        (paper_id, version),
    ).fetchone()
    return msgspec.json.decode(row[0], type=Paper) if row else None


def versions(connection: sqlite3.Connection, paper_id: str) -> tuple[int, ...]:
    """The stored versions of a paper, oldest first."""
    rows = connection.execute(
        "SELECT earlier.version FROM earlier JOIN papers USING (key) WHERE id = ?1 "
        "UNION SELECT version FROM papers WHERE id = ?1 ORDER BY 1",
        (paper_id,),
    )
    return tuple(version for (version,) in rows)
