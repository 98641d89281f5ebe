"""What commands depend on: the state of the reader, as far as they ask for it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


def _no() -> bool:
    return False


class CommandContext(msgspec.Struct, frozen=True):
    """State of the reader, as far as commands depend on it.

    What costs something to find out is a question that a command asks only if it depends on it.

    Attributes:
        paper, papers: whether the cursor is on a paper, and whether the list has any.
        offer: whether the cursor is on the line below the papers.
        undecided: whether a paper in the list has no mark.
        older, newer: whether there is a day before and after the one shown.
        selected: the number of selected papers.
        model: empty when a model is ready, else the sentence that says how to set one up.
        undo, redo: the action that would be taken back or brought back, empty when there is none.
        in_text, in_paper: whether a whole text is read, and whether the page has the keys.
        in_parts: whether the list has its headings.
    """

    paper: bool = False
    papers: bool = False
    offer: bool = False
    undecided: Callable[[], bool] = _no
    online: bool = True
    fetching: bool = False
    older: bool = False
    newer: Callable[[], bool] = _no
    selected: int = 0
    searching: bool = False
    model: str = ""
    undo: str = ""
    redo: str = ""
    in_text: bool = False
    in_paper: bool = False
    in_day: bool = True
    in_parts: bool = False
