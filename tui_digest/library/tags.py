"""Tags that the reader gives to papers; a list is a tag."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from tui_digest.entry import Action, Mark
from tui_digest.library.cells import CellValue, tag_subject
from tui_digest.library.database import Database
from tui_digest.library.entries import tags_by_id
from tui_digest.library.history import History
from tui_digest.paper import ArxivId
from tui_digest.render.labels import count_words
from tui_digest.tags import TagChanges, checked_tag, folded_tag


class Tags:
    """Puts tags on papers and takes them off. Each call is one step of the history."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history

    def change(self, ids: Iterable[str], changes: TagChanges) -> Action | None:
        """Add and remove tags of papers; return None if nothing changed.

        Raises:
            UnknownPaperError: a paper is not in the library; nothing was changed.
            LibraryError: it could not be written; nothing was changed.
        """
        numbers = list(dict.fromkeys(ArxivId.parse(text).number for text in ids))

        made: dict[str, TagChanges] = {}

        def plan(connection: sqlite3.Connection, now: datetime) -> Iterable[tuple[str, str, CellValue]]:
            present = tags_by_id(connection, numbers)
            for number in numbers:
                made[number] = changes.needed(present.get(number, ()))
                for tag in changes.add:
                    yield "tag", tag_subject(number, tag), now.isoformat()
                for tag in changes.remove:
                    yield "tag", tag_subject(number, tag), None

        def label(_count: int) -> str:
            papers = [number for number, each in made.items() if each != TagChanges()]
            what = TagChanges(
                tuple(tag for tag in changes.add if any(tag in value.add for value in made.values())),
                tuple(tag for tag in changes.remove if any(tag in value.remove for value in made.values())),
            )
            return f"tagged {papers[0] if len(papers) == 1 else f'{len(papers)} papers'} {what}"

        return self._history.act("tag", label, plan)

    def rename(self, old: str, new: str) -> Action | None:
        """Rename a tag, also to an existing one; return None if it has no papers.

        Raises:
            UsageError: the new name cannot be a tag.
            LibraryError: it could not be written; nothing was changed.
        """
        old, new = folded_tag(old), checked_tag(new)

        def plan(connection: sqlite3.Connection, now: datetime) -> Iterable[tuple[str, str, CellValue]]:
            rows = connection.execute(
                "SELECT p.id FROM tags t JOIN papers p USING (key) WHERE t.tag = ? ORDER BY t.key", (old,)
            ).fetchall()
            for (number,) in rows if old != new else ():
                yield "tag", tag_subject(number, new), now.isoformat()
                yield "tag", tag_subject(number, old), None

        return self._history.act("tag", lambda _count: f"renamed the tag {old} to {new}", plan)

    def assign(self, wanted: Mapping[str, Sequence[str]], mark: Mark | None, source: str) -> Action | None:
        """Add several tags to several papers, and mark them if wanted, as one step.

        Args:
            wanted: the tags by the ids of the papers.
            mark: the mark of all of them; None: marks stay as they are.
            source: where they come from, for the history.

        Raises:
            UnknownPaperError: a paper is not in the library; nothing was changed.
            LibraryError: it could not be written; nothing was changed.
        """

        def plan(_connection: sqlite3.Connection, now: datetime) -> Iterable[tuple[str, str, CellValue]]:
            for number, tags in wanted.items():
                if mark is not None:
                    yield "mark", number, [mark.value, now.isoformat()]
                for tag in tags:
                    yield "tag", tag_subject(number, tag), now.isoformat()

        papers = count_words(len(wanted), "paper")
        kind = "tag" if mark is None else "mark"
        return self._history.act(kind, lambda _count: f"imported {papers} from {source}", plan)

    def counts(self) -> dict[str, int]:
        """Return how many papers each tag has, in the order of the tags."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY tag"))
