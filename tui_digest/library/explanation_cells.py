"""Explanations as cells, to travel between machines: written once, never changed.

The subject of a cell is the paper's id and a hash of what a model wrote when; so the same explanation
is one cell on every machine, also in libraries that were copied before they knew of each other.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

import msgspec

from tui_digest.entry import Explanation, Receipt, Statement
from tui_digest.text.sanitise import one_line, sanitise

_HASH_DIGITS = 16


def explanation_subject(paper_id: str, asked_at: datetime, text: str) -> str:
    """Return the subject of an explanation's cell."""
    import hashlib  # not needed before the first page

    content = "\n".join((paper_id, asked_at.isoformat(), sanitise(text)))
    return f"{paper_id} {hashlib.sha256(content.encode()).hexdigest()[:_HASH_DIGITS]}"


def decided_explanations(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return aspect and subject of every complete explanation."""
    rows = connection.execute("SELECT paper, receipt, text FROM explanations WHERE complete").fetchall()
    return [("explanation", _subject(*row)) for row in rows]


def get_explanation(connection: sqlite3.Connection, subject: str) -> list[str | int | None] | None:
    """Return the request's key, the receipt, the text and the statements, or None.

    None means that the explanation is not here.
    """
    rows = connection.execute(
        "SELECT key, receipt, text, statements FROM explanations WHERE paper = ? AND complete",
        (subject.partition(" ")[0],),
    ).fetchall()
    paper = subject.partition(" ")[0]
    return next((list(row) for row in rows if _subject(paper, row[1], row[2]) == subject), None)


def put_explanation(connection: sqlite3.Connection, subject: str, value: object) -> None:
    """Add an explanation; one that is there stays, for none is ever taken back."""
    if not isinstance(value, list) or get_explanation(connection, subject) is not None:
        return
    key, receipt, text, statements = value
    about = msgspec.json.decode(receipt, type=Receipt)
    explanation = Explanation(
        paper_id=subject.partition(" ")[0],
        text=text,
        receipt=about,
        statements=msgspec.json.decode(statements, type=tuple[Statement, ...]),
    )
    insert_explanation(connection, key, explanation)


def insert_explanation(connection: sqlite3.Connection, key: str, explanation: Explanation) -> None:
    """Add a row for an explanation, in the caller's transaction."""
    receipt = explanation.receipt
    connection.execute(
        "INSERT INTO explanations (key, paper, kind, prompt_version, complete, receipt, text, "
        "statements) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            explanation.paper_id,
            receipt.kind,
            receipt.prompt_version,
            receipt.complete,
            msgspec.json.encode(receipt).decode(),
            explanation.text,
            msgspec.json.encode(explanation.statements).decode(),
        ),
    )


def cleaned_explanation(subject: str, value: list[str | int | None]) -> list[str | int | None] | None:
    """Return the value of an explanation from elsewhere as it can be stored and shown.

    None if it makes no sense: it is not complete, not the one that the subject names, or a statement
    lies outside of its text.
    """
    match value:
        case [str() as key, str() as receipt, str() as text, str() as statements]:
            pass
        case _:
            return None
    text = sanitise(text)
    try:
        about, found = (
            msgspec.json.decode(receipt, type=Receipt),
            msgspec.json.decode(statements, type=tuple[Statement, ...]),
        )
    except msgspec.MsgspecError:
        return None
    inside = all(_is_inside(statement, text) for statement in found)
    paper = subject.partition(" ")[0]
    if not (about.complete and inside and explanation_subject(paper, about.asked_at, text) == subject):
        return None
    words = {name: one_line(getattr(about, name)) for name in _WORDS_OF_RECEIPT}
    said = [
        msgspec.structs.replace(
            statement,
            text=sanitise(statement.text),
            why=one_line(statement.why),
            place=one_line(statement.place),
        )
        for statement in found
    ]
    return [
        one_line(key),
        msgspec.json.encode(msgspec.structs.replace(about, **words)).decode(),
        text,
        msgspec.json.encode(said).decode(),
    ]


_WORDS_OF_RECEIPT = ("provider", "model", "prompt_version", "shown", "stopped", "kind")


def _is_inside(statement: Statement, text: str) -> bool:
    spans = (*statement.words, *statement.marks)
    return 0 <= statement.start <= statement.end <= len(text) and all(
        0 <= start <= end <= len(statement.text) for start, end in spans
    )


def _subject(paper_id: str, receipt: str, text: str) -> str:
    return explanation_subject(paper_id, msgspec.json.decode(receipt, type=Receipt).asked_at, text)
