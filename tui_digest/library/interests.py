"""Authors, words and categories that the reader follows or has muted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tui_digest.entry import Action
from tui_digest.errors import UsageError
from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.library.database import Database
from tui_digest.text.sanitise import one_line
from tui_digest.text.words import Fold, folded_words

if TYPE_CHECKING:
    from tui_digest.library.cells import CellValue
    from tui_digest.library.history import History

_SET = {Stance.FOLLOW: "followed", Stance.MUTE: "muted"}
_UNSET = {Stance.FOLLOW: "unfollowed", Stance.MUTE: "unmuted"}


class Following:
    """Follows and mutes; each call is one step of the history, following unmutes."""

    def __init__(self, database: Database, history: Callable[[], History], fold: Fold) -> None:
        """Use the open library and its history; `fold` equates spellings.

        The history is made for the first step.
        """
        self._database = database
        self._history = history
        self._fold = fold

    def set(self, kind: InterestKind, text: str, stance: Stance | None) -> Action | None:
        """Follow or mute an author, word or category, or neither with a stance of None.

        Return None if nothing changed.

        Raises:
            UsageError: the text has no letter or digit, or a category is to be followed.
            LibraryError: it could not be written; nothing was changed.
        """
        from tui_digest.library.cells import interest_subject

        text = one_line(text)
        folded = text if kind is InterestKind.CATEGORY else " ".join(folded_words(text, self._fold))
        if not folded:
            raise UsageError(f"{text!r} has no letter or digit to follow or mute.")
        if kind is InterestKind.CATEGORY and stance is Stance.FOLLOW:
            raise UsageError("Categories cannot be followed; those of the digest are in the settings.")
        value: CellValue = [stance.value, text] if stance else None

        def plan(_connection: sqlite3.Connection, _now: datetime) -> list[tuple[str, str, CellValue]]:
            return [("interest", interest_subject(kind, folded), value)]

        verb = _SET[stance] if stance is not None else self._unset_verb(kind, folded)
        return self._history().act("interest", lambda _count: f"{verb} the {kind} {text}", plan)

    def _unset_verb(self, kind: InterestKind, folded: str) -> str:
        """The word for taking off what an author, a word or a category has now."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT stance FROM interests WHERE kind = ? AND folded = ?", (kind, folded)
            ).fetchone()
        return _UNSET[Stance(row[0])] if row is not None else "unfollowed"

    def all(self) -> tuple[Interest, ...]:
        """Everything that is followed or muted, by kind and then by text."""
        with self._database.reading() as connection:
            return interests(connection)


def interests(connection: sqlite3.Connection) -> tuple[Interest, ...]:
    """Everything that is followed or muted, by kind and then by text."""
    rows = connection.execute("SELECT kind, text, stance FROM interests ORDER BY kind, folded")
    return tuple(
        Interest(kind=InterestKind(kind), text=text, stance=Stance(stance)) for kind, text, stance in rows
    )
