"""Explanations of papers by models, with their receipts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from tui_digest.entry import Explanation, Receipt, Statement
from tui_digest.library.cells import Change
from tui_digest.library.database import Database
from tui_digest.library.explanation_cells import explanation_subject, insert_explanation
from tui_digest.library.replication import Replication

_COLUMNS = "paper, receipt, text, statements"
_NEWEST_FIRST = "julianday(json_extract(receipt, '$.asked_at')) DESC, number DESC"
"""By when it was asked: what other machines asked for is numbered by when it came."""


class Explanations:
    """Explanations by the key of what was asked: paper, model, prompt and settings."""

    def __init__(self, database: Database, replication: Replication) -> None:
        self._database = database
        self._replication = replication

    def keep(self, key: str, explanation: Explanation) -> None:
        """Store an explanation: a complete one for good, others until the key's next.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            connection.execute("DELETE FROM explanations WHERE key = ? AND NOT complete", (key,))
            insert_explanation(connection, key, explanation)
            if explanation.receipt.complete:
                asked_at = explanation.receipt.asked_at
                subject = explanation_subject(explanation.paper_id, asked_at, explanation.text)
                self._replication.record(connection, [Change("explanation", subject, None, None)])

    def explanation(self, key: str) -> Explanation | None:
        """Return a key's newest complete explanation, or None."""
        with self._database.reading() as connection:
            row = connection.execute(
                f"SELECT {_COLUMNS} FROM explanations WHERE key = ? AND complete "
                f"ORDER BY {_NEWEST_FIRST} LIMIT 1",
                (key,),
            ).fetchone()
        return _explanation(row) if row else None

    def latest(self, paper_id: str) -> Explanation | None:
        """The newest complete explanation of a paper, whichever model wrote it."""
        with self._database.reading() as connection:
            return latest(connection, [paper_id]).get(paper_id)

    def complete(self, paper_id: str) -> tuple[Explanation, ...]:
        """All complete explanations of a paper, the newest first."""
        return tuple(explanation for explanation in self.all(paper_id) if explanation.receipt.complete)

    def all(self, paper_id: str) -> tuple[Explanation, ...]:
        """All explanations of a paper, newest first, incomplete ones too."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM explanations WHERE paper = ? ORDER BY {_NEWEST_FIRST}",
                (paper_id,),
            )
            return tuple(_explanation(row) for row in rows)


def latest(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Explanation]:
    """The newest complete explanation of each paper that has one, by the paper's id."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM (SELECT {_COLUMNS}, "
        f"row_number() OVER (PARTITION BY paper ORDER BY {_NEWEST_FIRST}) AS place FROM explanations "
        "WHERE complete AND paper IN (SELECT value FROM json_each(?))) WHERE place = 1",
        (msgspec.json.encode(ids).decode(),),
    )
    return {row[0]: _explanation(row) for row in rows}


def _explanation(row: tuple[str, str, str, str]) -> Explanation:
    paper, receipt, text, statements = row
    return Explanation(
        paper_id=paper,
        text=text,
        receipt=msgspec.json.decode(receipt, type=Receipt),
        statements=msgspec.json.decode(statements, type=tuple[Statement, ...]),
    )
