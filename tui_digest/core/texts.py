"""The whole text of a paper as both front ends have it, and its source."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import msgspec

from tui_digest.fulltext.blocks import Document
from tui_digest.paper import ArxivId, Paper

Progress = Callable[[str], None]
"""Takes one short sentence on what is being done, for the user."""


class PaperText(msgspec.Struct, frozen=True):
    """A paper's text with where it came from.

    `later` is the number of a newer version of the paper, 0 where there is none; `warnings` are
    sentences on what may be missing; `changed` says that arXiv converted the version again since the
    reader was in it.
    """

    paper: ArxivId
    document: Document
    body_hash: str
    fetched_at: datetime
    page_address: str
    warnings: tuple[str, ...] = ()
    later: int = 0
    changed: bool = False


class TextPlace(msgspec.Struct, frozen=True):
    """Reading position in a text: a block, and whether its end was seen."""

    block: int
    finished: bool = False


class Texts(Protocol):
    """Papers' texts, from what is stored or from arXiv. Failures are TuiDigestErrors."""

    def stored(self, paper: Paper) -> PaperText | None:
        """Return the stored text of a paper, else that of an earlier version."""

    async def fetch(self, paper: Paper, *, again: bool, progress: Progress) -> PaperText:
        """The text of a paper, asking arXiv where it is not stored, or again when told to."""

    async def picture(self, text: PaperText, source: str, progress: Progress) -> bytes:
        """A picture of a text's page, by its address there."""

    def place(self, text: PaperText) -> TextPlace | None:
        """Return the reading position in a text, found by its section after a conversion."""

    def remember(self, text: PaperText, place: TextPlace) -> None:
        """Remember where the reader is in a text."""

    def keep(self, paper: Paper) -> None:
        """Move the text of a paper to the library: something was written about it."""
