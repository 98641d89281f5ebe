"""The library, open: the reader's own data, behind one door."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tui_digest.entry import Entry, Mark
from tui_digest.library import entries, schema
from tui_digest.library.database import Database
from tui_digest.library.entries import QueueSort
from tui_digest.library.interests import Following
from tui_digest.library.list_queries import ListQueries
from tui_digest.library.reading_position import ReadingPositions
from tui_digest.library.undo_steps import undo_labels
from tui_digest.paper import Paper
from tui_digest.text.words import Fold

if TYPE_CHECKING:
    from tui_digest.library.cells import Cells
    from tui_digest.library.explanations import Explanations
    from tui_digest.library.fts_index import Index
    from tui_digest.library.history import History
    from tui_digest.library.mailings import Mailings
    from tui_digest.library.marks import Marks
    from tui_digest.library.memory_table import ZoteroRecord
    from tui_digest.library.passing_papers import PassingPapers
    from tui_digest.library.picks import Picks
    from tui_digest.library.replication import Replication
    from tui_digest.library.saved_filters import Filters
    from tui_digest.library.search import Search
    from tui_digest.library.similar import Similar
    from tui_digest.library.tags import Tags
    from tui_digest.library.texts import KeptTexts


class Library:
    """The open library, safe from any thread; changes are on disk when a call returns.

    Attributes:
        lists: what lists show, in what order, and their rows.
        following: authors, words and categories followed or muted.
        positions: where the reader is in each day.
        migrated_from: the backup made before an older library was brought to this version, else None.
    """

    def __init__(
        self, file: Path, fold: Fold, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Open the library, or make an empty one; `fold` is by what texts are searched.

        Raises:
            LibraryError: it cannot be opened (locked, ruined, newer, not permitted); the message says
                why, and the file is left as it is.
        """
        self.file = file
        self.migrated_from = schema.prepare(file, clock())
        self._fold = fold
        self._making = Lock()
        self._search: Search | None = None
        self._database = Database(file)
        self._clock = clock
        self.lists = ListQueries(self._database, fold)
        self.following = Following(self._database, lambda: self.history, fold)
        self.positions = ReadingPositions(self._database, clock, lambda: self.replication)

    def undo_labels(self) -> tuple[str, str]:
        """Return the labels of the next undo and redo steps; empty where there is nothing."""
        with self._database.reading() as connection:
            return undo_labels(connection)

    def prepare_writing(self) -> None:
        """Import what decisions need, ahead of the first one."""
        for name in ("mailings", "marks", "tags", "explanations"):
            getattr(self, name)

    # Not needed for the first page of a day, and dear to import.

    @cached_property
    def _index(self) -> Index:
        from tui_digest.library.fts_index import Index

        return Index(self._fold)

    @cached_property
    def _cells(self) -> Cells:
        from tui_digest.library.cells import Cells

        return Cells(self._index)

    @cached_property
    def mailings(self) -> Mailings:
        """Papers and digests, by day and by id."""
        from tui_digest.library.mailings import Mailings

        return Mailings(self._database, self._index, self.replication.settle)

    @cached_property
    def marks(self) -> Marks:
        """Marks, read and unread, notes."""
        from tui_digest.library.marks import Marks

        return Marks(self.history, self._cells)

    @cached_property
    def tags(self) -> Tags:
        """The tags of papers."""
        from tui_digest.library.tags import Tags

        return Tags(self._database, self.history)

    @cached_property
    def history(self) -> History:
        """What was done, undo and redo."""
        from tui_digest.library.history import History

        return History(self._database, self._cells, self._clock, self.replication)

    @cached_property
    def replication(self) -> Replication:
        """Decisions as operations, this machine's and those of others."""
        from tui_digest.library.replication import Replication

        replication = Replication(self._database, self._cells, self._clock)
        replication.add_step = lambda *step: self.history.add_foreign(*step)
        return replication

    @cached_property
    def explanations(self) -> Explanations:
        """What models wrote."""
        from tui_digest.library.explanations import Explanations

        return Explanations(self._database, self.replication)

    @cached_property
    def filters(self) -> Filters:
        """Searches kept under a name."""
        from tui_digest.library.saved_filters import Filters

        return Filters(self._database, self.history, self._fold)

    @cached_property
    def zotero(self) -> ZoteroRecord:
        """Which papers were sent to Zotero."""
        from tui_digest.library.memory_table import ZoteroRecord

        return ZoteroRecord(self._database, self._clock)

    @cached_property
    def similar(self) -> Similar:
        """Similar papers among all that are stored."""
        from tui_digest.library.similar import Similar

        return Similar(self._database, self._fold)

    @cached_property
    def passing(self) -> PassingPapers:
        """Papers that stay only if something is done with them: hits of searches at arXiv."""
        from tui_digest.library.passing_papers import PassingPapers

        return PassingPapers(self._database, self._index, self.mailings, self._clock)

    @cached_property
    def texts(self) -> KeptTexts:
        """Whole papers that are kept with the reader's data, and the places in them."""
        from tui_digest.library.texts import KeptTexts

        return KeptTexts(self._database, self._clock)

    @cached_property
    def picks(self) -> Picks:
        """The picks of the days."""
        from tui_digest.library.picks import Picks

        return Picks(self._database, self._fold)

    @property
    def search(self) -> Search:
        """The search over everything. There is one, whichever thread asks first."""
        from tui_digest.library.search import Search

        with self._making:
            if self._search is None:
                self._search = Search(self._database, self._index)
            return self._search

    def entries(self, papers: Iterable[Paper]) -> tuple[Entry, ...]:
        """Return papers joined with their readings and last complete explanations.

        The order stays.
        """
        with self._database.reading() as connection:
            return entries.join(connection, papers)

    def marked(
        self,
        mark: Mark = Mark.TO_READ,
        *,
        sort: QueueSort = "marked",
        reverse: bool = False,
        limit: int = 10_000,
        offset: int = 0,
    ) -> tuple[Entry, ...]:
        """The papers with a mark over all days: the queue of what is to be read."""
        with self._database.reading() as connection:
            return entries.marked(connection, mark, sort, reverse, limit, offset)

    def hurry(self) -> None:
        """Wait only briefly for another program's lock when this thread reads.

        Meant for the thread that takes keys.
        """
        self._database.hurry()

    def limit_waiting(self, seconds: float) -> None:
        """Wait no longer than this from now on for other programs when writing."""
        self._database.limit_waiting(seconds)

    def close(self) -> None:
        """Close the file. Nothing waits to be written."""
        if self._search is not None:
            self._search.close()
        self.lists.close()
        self._database.close()

    def __enter__(self) -> Self:
        """Use the library for a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
