"""What models wrote about papers, with the receipts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from tui_digest.entry import Explanation, Receipt, Statement
from tui_digest.library.database import Database

_receipt = msgspec.json.Decoder(Receipt)
_statements = msgspec.json.Decoder(tuple[Statement, ...])
_COLUMNS = "paper, receipt, text, statements"


class Explanations:
    """Keeps explanations by the key of what was asked: paper, model, prompt and settings."""

    def __init__(self, database: Database) -> None:
        """Take the open library."""
        self._database = database

    def keep(self, key: str, explanation: Explanation) -> None:
        """Keep an explanation. Complete ones are kept for good; an incomplete one until the next of its key.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            connection.execute("DELETE FROM explanations WHERE key = ? AND NOT complete", (key,))
            connection.execute(
                "INSERT INTO explanations (key, paper, kind, prompt_version, complete, receipt, text, "
                "statements) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    key,
                    explanation.paper_id,
                    explanation.receipt.kind,
                    explanation.receipt.prompt_version,
                    explanation.receipt.complete,
                    msgspec.json.encode(explanation.receipt).decode(),
                    explanation.text,
                    msgspec.json.encode(explanation.statements).decode(),
                ),
            )

    def explanation(self, key: str) -> Explanation | None:
        """The last complete explanation of a key, None when it was never asked or never completed."""
        with self._database.reading() as connection:
            row = connection.execute(
                f"SELECT {_COLUMNS} FROM explanations WHERE key = ? AND complete "
                "ORDER BY number DESC LIMIT 1",
                (key,),
            ).fetchone()
        return _explanation(row) if row else None

    def latest(self, paper_id: str) -> Explanation | None:
        """The last complete explanation of a paper, whichever model wrote it."""
        with self._database.reading() as connection:
            return latest(connection, [paper_id]).get(paper_id)

    def complete(self, paper_id: str) -> tuple[Explanation, ...]:
        """All complete explanations of a paper, the newest first."""
        return tuple(one for one in self.all(paper_id) if one.receipt.complete)

    def all(self, paper_id: str) -> tuple[Explanation, ...]:
        """All explanations of a paper, newest first, incomplete ones too."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM explanations WHERE paper = ? ORDER BY number DESC",
                (paper_id,),
            )
            return tuple(_explanation(row) for row in rows)


def latest(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Explanation]:
    """The last complete explanation of each paper that has one, by the paper's id."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM explanations WHERE number IN ("
        "SELECT max(number) FROM explanations WHERE complete AND paper IN (SELECT value FROM json_each(?)) "
        "GROUP BY paper)",
        (msgspec.json.encode(ids).decode(),),
    )
    return {row[0]: _explanation(row) for row in rows}


def _explanation(row: tuple[str, str, str, str]) -> Explanation:
    paper, receipt, text, statements = row
    return Explanation(
        paper_id=paper, text=text, receipt=_receipt.decode(receipt), statements=_statements.decode(statements)
    )
