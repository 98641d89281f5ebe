"""Whole papers stored with the reader's data, and the reading position in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from tui_digest.entry import ReadText, StoredText
from tui_digest.library.database import Database
from tui_digest.library.history import Clock
from tui_digest.library.query.sql import json_values
from tui_digest.paper import ArxivId


class TextPosition(msgspec.Struct, frozen=True):
    """Reading position in a paper's text.

    `block` counts in the text of `body_hash`; in another conversion the place is found again by the
    section's `address` and the blocks from there.
    """

    version: int
    body_hash: str
    block: int
    address: str = ""
    blocks_below: int = 0
    finished: bool = False


class KeptTexts:
    """Stores texts that notes or explanations refer to; the cache may lose the others."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def keep(self, text: StoredText) -> None:
        """Keep a text, in place of an earlier conversion of the same version.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO texts (paper, version, body_hash, fetched_at, blocks) "
                "VALUES (?, ?, ?, ?, ?)",
                (
                    text.paper.number,
                    text.paper.version or 0,
                    text.body_hash,
                    text.fetched_at.isoformat(),
                    text.blocks,
                ),
            )

    def get(self, paper: ArxivId) -> StoredText | None:
        """The text of a paper at its version; the newest kept where the id has none."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT version, body_hash, fetched_at, blocks FROM texts WHERE paper = ? "
                "AND version = coalesce(?, version) ORDER BY version DESC LIMIT 1",
                (paper.number, paper.version),
            ).fetchone()
        if row is None:
            return None
        version, body_hash, fetched_at, blocks = row
        moment = datetime.fromisoformat(fetched_at)
        return StoredText(ArxivId(paper.number, version or None), body_hash, moment, blocks)

    def papers(self) -> tuple[ArxivId, ...]:
        """The papers, with version, whose texts are kept here."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT paper, version FROM texts ORDER BY paper, version").fetchall()
        return tuple(ArxivId(paper, version or None) for paper, version in rows)

    def remember(self, paper_id: str, position: TextPosition) -> None:
        """Remember where the reader is in a paper's text.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO text_positions "
                "(paper, version, body_hash, block, address, blocks_below, finished, at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    paper_id,
                    position.version,
                    position.body_hash,
                    position.block,
                    position.address,
                    position.blocks_below,
                    position.finished,
                    self._clock().isoformat(),
                ),
            )

    def position(self, paper_id: str) -> TextPosition | None:
        """Return the reading position in a paper's text; None if it was never opened."""
        return self.positions([paper_id]).get(paper_id)

    def read_texts(self) -> dict[str, ReadText]:
        """Return how far the reader is in each text that was opened, by the paper's id."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT paper, version, address, finished FROM text_positions"
            ).fetchall()
        return {
            paper: ReadText(version=version, address=address, finished=bool(finished))
            for paper, version, address, finished in rows
        }

    def positions(self, paper_ids: Iterable[str]) -> dict[str, TextPosition]:
        """Return where the reader is in the texts of these papers, those that were opened."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT paper, version, body_hash, block, address, blocks_below, finished "
                "FROM text_positions WHERE paper IN (SELECT value FROM json_each(?))",
                (json_values(list(paper_ids)),),
            ).fetchall()
        return {
            paper: TextPosition(version, body_hash, block, address, below, bool(finished))
            for paper, version, body_hash, block, address, below, finished in rows
        }
