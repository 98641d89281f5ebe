"""The symbols of list and header, in Unicode and in ASCII; words say the same."""

from __future__ import annotations

from typing import Final

import msgspec

from tui_digest.entry import Mark
from tui_digest.render.explanation import StateSigns


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
    to_read="*",
    done="x",
    dismissed="-",
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
