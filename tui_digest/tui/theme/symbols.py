"""The symbols of list and header, in Unicode and in ASCII; words say the same."""

from __future__ import annotations

from typing import Final

import msgspec

from tui_digest.entry import Mark
from tui_digest.render.explanation import StateSigns
from tui_digest.render.labels import ASCII_MARKS


class SymbolSet(msgspec.Struct, frozen=True):
    """One set of symbols; each is one cell wide."""

    to_read: str
    done: str
    dismissed: str
    unread: str
    selected: str
    cursor: str
    pending: str
    followed: str
    picked: str
    note: str
    explained: str
    withdrawn: str
    more: str
    dot: str
    rule: str
    strong_rule: str
    bar: str
    thumb: str
    states: StateSigns

    def of_mark(self, mark: Mark | None) -> str:
        """The sign of a mark; a space for none."""
        if mark is None:
            return " "
        return {Mark.TO_READ: self.to_read, Mark.DONE: self.done, Mark.DISMISSED: self.dismissed}[mark]


UNICODE: Final = SymbolSet(
    to_read="★",
    done="✓",
    dismissed="✕",
    unread="●",
    selected="■",
    cursor="▌",
    pending="○",
    followed="♦",
    picked="▸",
    note="✎",
    explained="∴",
    withdrawn="⊘",
    more="…",
    dot="·",
    rule="─",
    strong_rule="━",
    bar="│",
    thumb="┃",
    states=StateSigns(evidence="✓", interpretation="◇", none="○", flagged="▲"),
)
ASCII: Final = SymbolSet(
    to_read=ASCII_MARKS[Mark.TO_READ],
    done=ASCII_MARKS[Mark.DONE],
    dismissed=ASCII_MARKS[Mark.DISMISSED],
    unread="o",
    selected="#",
    cursor="|",
    pending="?",
    followed="+",
    picked=">",
    note="n",
    explained="e",
    withdrawn="w",
    more="~",
    dot="-",
    rule="-",
    strong_rule="=",
    bar="|",
    thumb="#",
    states=StateSigns(evidence="+", interpretation="~", none="?", flagged="!"),
)


def symbol_set(name: str) -> SymbolSet:
    """The set of that name: `unicode` or `ascii`."""
    return ASCII if name == "ascii" else UNICODE


class LegendEntry(msgspec.Struct, frozen=True):
    """A sign, what it means, and the role in which it is drawn."""

    sign: str
    meaning: str
    role: str = "mark"


def legend(symbols: SymbolSet) -> tuple[LegendEntry, ...]:
    """Return every sign of the list, the page and explanations with its meaning."""
    states = symbols.states
    return (
        LegendEntry(symbols.unread, "unread", "unread"),
        LegendEntry(symbols.to_read, "marked to read"),
        LegendEntry(symbols.done, "done; beside a statement: the words that it quotes are in the paper"),
        LegendEntry(symbols.dismissed, "dismissed"),
        LegendEntry(symbols.pending, "a decision that is being written; beside a statement: nothing quoted"),
        LegendEntry(symbols.selected, "selected"),
        LegendEntry(symbols.picked, "picked for you, with the reasons below the abstract", "picked"),
        LegendEntry(symbols.followed, "an author or a word that you follow", "followed"),
        LegendEntry(symbols.note, "has a note of yours"),
        LegendEntry(symbols.explained, "has an explanation", "followed"),
        LegendEntry(symbols.withdrawn, "withdrawn by its authors or by arXiv", "warning"),
        LegendEntry(states.interpretation, "beside a statement: an interpretation"),
        LegendEntry(states.flagged, "beside a statement: flagged by the check", "warning"),
        LegendEntry("#", "a tag", "tag"),
    )
