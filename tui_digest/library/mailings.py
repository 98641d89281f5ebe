"""Fetched days: their digests, the papers in them, and what is left to read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import msgspec

from tui_digest.entry import StoredDay
from tui_digest.library import papers
from tui_digest.library.database import Database
from tui_digest.library.digests import covers, gives_way, narrow_digest
from tui_digest.library.query.sql import in_categories
from tui_digest.lists import PARTS, day_part
from tui_digest.paper import (
    ArxivId,
    Completeness,
    CompletenessState,
    Digest,
    Paper,
)
from tui_digest.text.words import Fold

if TYPE_CHECKING:
    from tui_digest.library.fts_index import Index

_completeness = msgspec.json.Decoder(Completeness)


Settle = Callable[[sqlite3.Connection, Iterable[str]], None]


class Mailings:
    """The stored papers and digests: what the way to arXiv asks of the library."""

    def __init__(
        self, database: Database, index: Index, settle: Settle = lambda connection, ids: None
    ) -> None:
        """Use the open library and its index; `settle` runs on papers just stored."""
        self._database = database
        self._index = index
        self._settle = settle

    def store_digest(self, digest: Digest, name: str = "default") -> None:
        """Store a digest and its papers, fetched for the digest called `name`.

        A digest of the same day and categories is replaced, unless it knows more: a mailing never
        gives way to papers by submission date, and papers are only given up for a digest that is
        nearer to complete. The papers' own records are kept in any case.

        Raises:
            LibraryError: it cannot be written; nothing of it is kept.
        """
        fold = self._folded(digest.papers)
        with self._database.writing() as connection:
            papers.store(connection, self._index, digest.papers, fold)
            self._settle(connection, [paper.id for paper in digest.papers])
            stored = _stored_digest(connection, digest.date, digest.categories)
            if stored is None:
                _insert_digest(connection, digest, name)
                return
            number, completeness = stored
            if gives_way(completeness, _ids_in(connection, number), digest):
                connection.execute("DELETE FROM mailings WHERE number = ?", (number,))
                _insert_digest(connection, digest, name)

    def store_papers(self, fresh: Iterable[Paper]) -> None:
        """Store papers, or complete those that are stored; nothing known is lost.

        Raises:
            LibraryError: they cannot be written; nothing of them is kept.
        """
        fresh = tuple(fresh)
        fold = self._folded(fresh)
        with self._database.writing() as connection:
            papers.store(connection, self._index, fresh, fold)
            self._settle(connection, [paper.id for paper in fresh])

    def paper(self, paper_id: str, version: int | None = None) -> Paper | None:
        """Return a stored paper at a version (None: the newest known), or None."""
        with self._database.reading() as connection:
            return papers.read(connection, paper_id, version)

    def versions(self, paper_id: str) -> tuple[int, ...]:
        """The stored versions of a paper, oldest first."""
        with self._database.reading() as connection:
            return papers.versions(connection, paper_id)

    def digest(self, day: date | None, categories: Sequence[str]) -> Digest | None:
        """The stored digest of a day (None: the newest day) for some categories, or None.

        A digest that was asked for with more categories answers by its papers in the ones asked for
        now; an archive (`math`) stands for all its categories.
        """
        with self._database.reading() as connection:
            for number, day_of, asked in mailings_holding(connection, categories, day, day):
                return _read_digest(connection, number, day_of, asked, categories)
        return None

    def announced_before(self, day: date, ids: Collection[str]) -> set[str]:
        """Return which ids with version (`2511.00001v2`) were in mailings before that day."""
        wanted = [(str(known), known) for known in map(ArxivId.parse, ids)]
        query = (
            "SELECT 1 FROM papers p JOIN announcements a ON a.key = p.key AND a.version = ? "
            "JOIN mailings d ON d.number = a.mailing WHERE p.id = ? AND d.date < ? "
            "AND json_extract(d.completeness, '$.state') != 'by-submission-date' LIMIT 1"
        )
        with self._database.reading() as connection:
            return {
                name
                for name, known in wanted
                if connection.execute(query, (known.version, known.number, day.isoformat())).fetchone()
            }

    def days(
        self, categories: Sequence[str], since: date | None = None, until: date | None = None
    ) -> tuple[StoredDay, ...]:
        """Return some categories' stored days, newest first, with what is left to do."""
        with self._database.reading() as connection:
            chosen: dict[date, tuple[int, tuple[str, ...]]] = {}
            for number, day, asked in mailings_holding(connection, categories, since, until):
                chosen.setdefault(day, (number, asked))
            return tuple(
                _stored_day(connection, number, day, () if set(asked) == set(categories) else categories)
                for day, (number, asked) in chosen.items()
            )

    def any_day(self) -> bool:
        """Tell whether a day is stored, for whatever categories."""
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM mailings LIMIT 1").fetchone() is not None

    def papers_a_day(self, days: int = 20) -> dict[str, int]:
        """Return the median number of papers in recent complete days, by categories.

        The categories are those the days were fetched for.
        """
        counts: dict[str, list[int]] = {}
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT number, categories FROM mailings "
                "WHERE json_extract(completeness, '$.state') = 'complete' ORDER BY date DESC LIMIT ?",
                (days,),
            )
            for number, names in rows.fetchall():
                for name in names.split():
                    (count,) = connection.execute(
                        "SELECT count(*) FROM announcements a "
                        f"WHERE a.mailing = ? AND {in_categories((name,))}",
                        (number,),
                    ).fetchone()
                    counts.setdefault(name, []).append(count)
        return {name: sorted(each)[len(each) // 2] for name, each in counts.items()}

    def _folded(self, fresh: Sequence[Paper]) -> Fold:
        """Return a folding that has these papers' texts in its cache.

        Folding takes longer than storing, so it is done before the transaction.
        """
        from tui_digest.library.fts_index import texts_of

        with self._database.reading() as connection:
            fold = self._index.with_stored_texts(connection, [paper.id for paper in fresh])
        for paper in fresh:
            for text in texts_of(paper).values():
                fold(text)
        return fold


def _named(categories: Iterable[str]) -> str:
    return " ".join(sorted(set(categories)))


def _stored_digest(
    connection: sqlite3.Connection, day: date, categories: Iterable[str]
) -> tuple[int, Completeness] | None:
    row = connection.execute(
        "SELECT number, completeness FROM mailings WHERE date = ? AND categories = ?",
        (day.isoformat(), _named(categories)),
    ).fetchone()
    return (row[0], _completeness.decode(row[1])) if row else None


def _ids_in(connection: sqlite3.Connection, number: int) -> set[str]:
    rows = connection.execute(
        "SELECT id FROM announcements JOIN papers USING (key) WHERE mailing = ?", (number,)
    )
    return {paper_id for (paper_id,) in rows}


def _insert_digest(connection: sqlite3.Connection, digest: Digest, name: str) -> None:
    number = connection.execute(
        "INSERT INTO mailings (date, categories, digest, papers, completeness, fetched_at, parts) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            digest.date.isoformat(),
            _named(digest.categories),
            name,
            len(digest.papers),
            msgspec.json.encode(digest.completeness).decode(),
            digest.fetched_at.isoformat() if digest.fetched_at else None,
            _parts(digest.papers),
        ),
    ).lastrowid
    connection.executemany(
        "INSERT INTO announcements SELECT ?, ?, key, ?, ? FROM papers WHERE id = ?",
        (
            (number, position, paper.version, paper.announce_type and paper.announce_type.value, paper.id)
            for position, paper in enumerate(digest.papers)
        ),
    )


def _parts(listed: Iterable[Paper]) -> str | None:
    """Return the sizes of a day's parts as JSON; None if they are out of order."""
    runs = groupby(day_part(paper.announce_type) for paper in listed)
    parts = [(part, sum(1 for _ in run)) for part, run in runs]
    numbers = [PARTS.index(part) for part, _ in parts]
    in_order = all(before < after for before, after in pairwise(numbers))
    return msgspec.json.encode(parts).decode() if in_order else None


def mailings_holding(
    connection: sqlite3.Connection,
    categories: Sequence[str],
    since: date | None,
    until: date | None,
    name: str = "",
) -> Iterator[tuple[int, date, tuple[str, ...]]]:
    """Yield the mailings that hold all of some categories, newest day first.

    Of one day the most fitting comes first; behind those come the ones that were stored for the digest
    of that `name`.
    """
    rows = connection.execute(
        "SELECT number, date, categories, digest FROM mailings WHERE date BETWEEN ? AND ? "
        "ORDER BY date DESC, categories != ?, length(categories)",
        ((since or date.min).isoformat(), (until or date.max).isoformat(), _named(categories)),
    )
    for day, of_day in groupby(rows, key=lambda row: date.fromisoformat(row[1])):
        listed = [(number, day, tuple(names.split()), digest) for number, _, names, digest in of_day]
        yield from (row[:3] for row in listed if covers(row[2], categories))
        yield from (row[:3] for row in listed if name and row[3] == name and not covers(row[2], categories))


def _read_digest(
    connection: sqlite3.Connection, number: int, day: date, asked: tuple[str, ...], categories: Sequence[str]
) -> Digest:
    completeness, fetched_at = connection.execute(
        "SELECT completeness, fetched_at FROM mailings WHERE number = ?", (number,)
    ).fetchone()
    known = _completeness.decode(completeness)
    # What was put together by submission date was no mailing, and announced nothing.
    announced = None if known.state is CompletenessState.BY_SUBMISSION_DATE else day.isoformat()
    rows = connection.execute(
        f"SELECT {papers.COLUMNS_IN_MAILING}, a.version FROM announcements a "
        "JOIN papers p ON p.key = a.key WHERE a.mailing = ? ORDER BY a.position",
        (announced, number),
    )
    digest = Digest(
        date=day,
        categories=tuple(categories),
        papers=tuple(announced_paper(connection, row, in_mailing=bool(announced)) for row in rows),
        completeness=known,
        fetched_at=datetime.fromisoformat(fetched_at) if fetched_at else None,
    )
    return digest if set(asked) == set(categories) else narrow_digest(digest, categories)


def announced_paper(connection: sqlite3.Connection, row: papers.DatabaseRow, *, in_mailing: bool) -> Paper:
    """Return a paper as a digest had it: version, day and announce type.

    Day and type are the mailing's.
    """
    paper, version = papers.paper_of(row), row[-1]
    if version == paper.version:
        return paper
    earlier = papers.read(connection, paper.id, version) or paper
    announced = paper.announced if in_mailing else earlier.announced
    return msgspec.structs.replace(earlier, announced=announced, announce_type=paper.announce_type)


def _stored_day(
    connection: sqlite3.Connection, number: int, day: date, categories: Sequence[str]
) -> StoredDay:
    """The counts of one digest; with categories, of its papers in these."""
    inside = f"AND {in_categories(categories)}" if categories else ""
    total, unread, to_read = connection.execute(
        "SELECT count(*), "
        "coalesce(sum(coalesce(r.mark, '') != 'dismissed' "
        "  AND NOT (coalesce(r.read, 0) AND coalesce(r.version_read, 0) >= a.version)), 0), "
        "coalesce(sum(coalesce(r.mark, '') = 'to-read'), 0) "
        f"FROM announcements a LEFT JOIN readings r ON r.key = a.key WHERE a.mailing = ? {inside}",
        (number,),
    ).fetchone()
    state = connection.execute("SELECT completeness FROM mailings WHERE number = ?", (number,)).fetchone()[0]
    return StoredDay(
        date=day,
        state=_completeness.decode(state).state,
        total=total,
        unread=unread,
        to_read=to_read,
    )
