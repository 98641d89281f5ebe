"""Explanations of papers by models, with their receipts."""

from __future__ import annotations

from tui_digest.entry import Explanation
from tui_digest.library.cells import Change
from tui_digest.library.database import Database
from tui_digest.library.entries import (
    EXPLANATION_COLUMNS,
    NEWEST_FIRST,
    latest_explanations,
    read_explanation,
)
from tui_digest.library.explanation_cells import explanation_subject, insert_explanation
from tui_digest.library.replication import Replication


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
                f"SELECT {EXPLANATION_COLUMNS} FROM explanations WHERE key = ? AND complete "
                f"ORDER BY {NEWEST_FIRST} LIMIT 1",
                (key,),
            ).fetchone()
        return read_explanation(row) if row else None

    def latest(self, paper_id: str) -> Explanation | None:
        """The newest complete explanation of a paper, whichever model wrote it."""
        with self._database.reading() as connection:
            return latest_explanations(connection, [paper_id]).get(paper_id)

    def complete(self, paper_id: str) -> tuple[Explanation, ...]:
        """All complete explanations of a paper, the newest first."""
        return tuple(explanation for explanation in self.all(paper_id) if explanation.receipt.complete)

    def all(self, paper_id: str) -> tuple[Explanation, ...]:
        """All explanations of a paper, newest first, incomplete ones too."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {EXPLANATION_COLUMNS} FROM explanations WHERE paper = ? ORDER BY {NEWEST_FIRST}",
                (paper_id,),
            )
            return tuple(read_explanation(row) for row in rows)
