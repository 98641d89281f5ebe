"""The entries of a list, read in blocks when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from tui_digest.entry import Entry, Explanation
from tui_digest.errors import LibraryError
from tui_digest.lists import Order, Scope
from tui_digest.paper import Paper

if TYPE_CHECKING:
    from tui_digest.core.library import Lists

BLOCK_ROWS = 64
KEPT_BLOCKS = 24

ROW_PATIENCE_S = 0.01
"""How long a row may wait for another program's lock before it is read in a thread."""

NOT_READ_YET = Entry(
    paper=Paper(id="", version=1, title="…", authors=(), abstract="", categories=(), primary="")
)
"""Stands for a paper that could not be read at once: another program holds the library, or the day was
stored again with other papers."""


class EntryRows(Protocol):
    """The papers of a list for a widget: their number, and each by its place."""

    def __len__(self) -> int:
        """Return how many there are."""

    def __getitem__(self, place: int, /) -> Entry:
        """The paper at a place from 0 on."""


class BlockRows:
    """The entries of an order, read in blocks of which the latest are kept.

    Args:
        lists: answers for the rows.
        scope: the papers.
        order: the positions in the order in which they are shown.
        reasons: why papers are picked, by position.
        overlay: explanations that came in this session, by paper; they are shown first.
        on_missing: called once when a block cannot be read at once, with what reads it patiently.
        known: the rows of another order of the same papers, which are not read again.
    """

    def __init__(
        self,
        lists: Lists,
        scope: Scope,
        order: Order,
        reasons: Mapping[int, tuple[str, ...]] | None = None,
        overlay: Mapping[str, Explanation] | None = None,
        on_missing: Callable[[Callable[[], None]], None] | None = None,
        known: BlockRows | None = None,
    ) -> None:
        self.order = order
        self._known = known.entries_read() if known is not None else {}
        self._overlay: Mapping[str, Explanation] = overlay if overlay is not None else {}
        self._lists = lists
        self._scope = scope
        self._reasons = reasons or {}
        self._on_missing = on_missing
        # By the number of the block in the order's base; the rows that come first are block -1.
        self._blocks: dict[int, dict[int, Entry]] = {}
        self._missing: set[int] = set()
        self._positions: dict[str, int] = {}

    def __len__(self) -> int:
        """Return how many papers are shown."""
        return len(self.order)

    def __getitem__(self, place: int, /) -> Entry:
        """The paper at a place from 0 on."""
        position = self.order[place]
        base_place = self.order.base_place(place)
        number = -1 if base_place is None else base_place // BLOCK_ROWS
        block = self._blocks.get(number)
        if block is None or position not in block:
            block = self._read(number)
            if block is None:
                return NOT_READ_YET
        return block[position]

    def position_of(self, paper_id: str) -> int | None:
        """The position of a paper; None when the scope does not have it."""
        if paper_id not in self._positions and paper_id:
            self._positions.update(self._lists.positions(self._scope, [paper_id]))
        return self._positions.get(paper_id)

    def read_again(self, positions: Collection[int]) -> tuple[Entry, ...]:
        """Read the papers at these positions again, and update the blocks that have them."""
        entries = self._entries(list(positions))
        for position, entry in zip(positions, entries, strict=True):
            self._known.pop(position, None)
            for block in self._blocks.values():
                if position in block:
                    block[position] = entry
        return entries

    def entries_read(self) -> dict[int, Entry]:
        """Return the papers that are kept, by position."""
        blocks = list(self._blocks.values())  # a thread may add one
        return {position: entry for block in blocks for position, entry in block.items()}

    def forget(self) -> None:
        """Read all papers again when they are asked for."""
        self._blocks.clear()
        self._known.clear()

    def _read(self, number: int) -> dict[int, Entry] | None:
        try:
            return self._load(number, ROW_PATIENCE_S)
        except LibraryError:
            if self._on_missing is None:
                return self._load(number, None)
            if number not in self._missing:
                self._missing.add(number)
                self._on_missing(lambda: self._load_missing(number))
            return None

    def _load_missing(self, number: int) -> None:
        try:
            self._load(number, None)
        finally:
            self._missing.discard(number)

    def _load(self, number: int, patience: float | None) -> dict[int, Entry]:
        if number < 0:
            positions: Sequence[int] = self.order.first
        else:
            positions = self.order.base[number * BLOCK_ROWS : (number + 1) * BLOCK_ROWS]
        unknown = [position for position in positions if position not in self._known]
        entries = self._entries(unknown, patience) if unknown else ()
        read = dict(zip(unknown, entries, strict=True))
        block = {position: self._known.get(position) or read[position] for position in positions}
        if entries and entries[0] is NOT_READ_YET:
            return block
        while len(self._blocks) >= KEPT_BLOCKS:
            del self._blocks[next(iter(self._blocks))]
        self._blocks[number] = block
        self._positions = {entry.paper.id: position for position, entry in self.entries_read().items()}
        return block

    def _entries(self, positions: Sequence[int], patience: float | None = None) -> tuple[Entry, ...]:
        rows = self._lists.rows(self._scope, positions, patience=patience)
        if len(rows) != len(positions):
            # The day was stored again, with other papers; it is about to be shown as it is now.
            return (NOT_READ_YET,) * len(positions)
        if not self._reasons and not self._overlay:
            return rows
        return tuple(map(self._completed, positions, rows))

    def _completed(self, position: int, entry: Entry) -> Entry:
        """The entry with what the library does not know of it."""
        reasons = self._reasons.get(position, ())
        explanation = self._overlay.get(entry.paper.id) or entry.explanation
        if not reasons and explanation is entry.explanation:
            return entry
        return replace(entry, reasons=reasons, explanation=explanation)
