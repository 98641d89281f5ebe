"""Whole texts of papers, from the cache, the library or arXiv."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tui_digest.core.texts import PaperText, Progress, TextPlace
from tui_digest.errors import TuiDigestError
from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.fulltext.blocks import Document
from tui_digest.fulltext.quality import assess_quality
from tui_digest.fulltext.read_page import read_page
from tui_digest.fulltext.stored_text import decode_document, encode_document
from tui_digest.library.texts import KeptTexts, TextPosition
from tui_digest.paper import ArxivId, Paper

if TYPE_CHECKING:
    from tui_digest.arxiv.html_pages import HtmlPages
    from tui_digest.arxiv.text_store import TextStore
    from tui_digest.library.text_index import TextIndex


class TextNotStoredError(TuiDigestError):
    """The text of a paper is not stored, and arXiv may not be asked."""


class PaperTexts:
    """Brings papers' texts.

    Args:
        store: the texts in the cache.
        kept: the texts in the library.
        pages: gives the way to arXiv's pages when it is first needed; None where arXiv may not be asked.
        address_of: the address of a paper's page, to show and to open.
        index: the full-text file over the stored texts.
        newest: the newest known version of a paper, by its id.
        is_noted: whether there is a note on a paper: its text is kept in the library.
    """

    def __init__(
        self,
        store: TextStore,
        kept: KeptTexts,
        pages: Callable[[], HtmlPages] | None,
        address_of: Callable[[ArxivId], str],
        index: Callable[[], TextIndex] | None = None,
        newest: Callable[[str], int] = lambda paper_id: 0,
        is_noted: Callable[[Paper], bool] = lambda paper: False,
    ) -> None:
        self._store = store
        self._kept = kept
        self._pages = pages
        self._address_of = address_of
        self._index = index
        self._newest = newest
        self._is_noted = is_noted

    def stored(self, paper: Paper) -> PaperText | None:
        """Return the stored text of a paper, else that of an earlier version."""
        for version in range(paper.version, 0, -1):
            found = self._stored(ArxivId(paper.id, version))
            if found is not None:
                return self._text(paper, *found)
        return None

    def _stored(self, paper: ArxivId) -> tuple[ArxivId, Document, str, datetime] | None:
        kept = self._store.get(paper) or self._kept.get(paper)
        document = decode_document(kept.blocks) if kept is not None else None
        if kept is not None and document is not None:
            return paper, document, kept.body_hash, kept.fetched_at
        page = self._store.page(paper)
        if page is None:
            return None
        body, fetched_at = page
        again = read_page(body)
        stored = self._store.keep(paper, body, encode_document(again), fetched_at)
        return paper, again, stored.body_hash, fetched_at

    async def fetch(self, paper: Paper, *, again: bool = False, progress: Progress) -> PaperText:
        """The text of a paper, asking arXiv where it is not stored, or again when told to.

        Raises:
            TextNotStoredError: it is not stored and arXiv may not be asked.
            ArxivError: arXiv has no HTML, or could not be asked.
        """
        if not again:
            stored = await asyncio.to_thread(self.stored, paper)
            if stored is not None and (stored.paper.version == paper.version or self._pages is None):
                return stored
        if self._pages is None:
            raise TextNotStoredError(
                f"The text of {paper.arxiv_id} is not stored, and arXiv is not asked offline. "
                f"Online, `tui-digest show {paper.id} --full` fetches it."
            )
        progress(f"asking arXiv for the HTML of {paper.arxiv_id}")
        page = await self._pages().page(paper.arxiv_id, progress)
        progress("reading the page")
        return await asyncio.to_thread(self._keep_page, paper, page.body, page.fetched_at)

    def _keep_page(self, paper: Paper, body: bytes, fetched_at: datetime) -> PaperText:
        document = read_page(body)
        blocks = encode_document(document)
        stored = self._store.keep(paper.arxiv_id, body, blocks, fetched_at)
        if self._is_noted(paper) or self._kept.get(paper.arxiv_id) is not None:
            self._kept.keep(stored)
        if self._index is not None:
            self._index().add(paper.arxiv_id, document)
        return self._text(paper, paper.arxiv_id, document, stored.body_hash, fetched_at)

    def _text(
        self, paper: Paper, of: ArxivId, document: Document, body_hash: str, fetched_at: datetime
    ) -> PaperText:
        position = self._kept.position(paper.id)
        newest = max(paper.version, self._newest(paper.id))
        same_version = position is not None and position.version == of.version
        return PaperText(
            paper=of,
            document=document,
            body_hash=body_hash,
            fetched_at=fetched_at,
            page_address=self._address_of(of),
            warnings=assess_quality(document, paper.comment).warnings,
            later=newest if newest > (of.version or 0) else 0,
            changed=position is not None and same_version and position.body_hash != body_hash,
        )

    async def picture(self, text: PaperText, source: str, progress: Progress) -> bytes:
        """Return a picture by its address on a text's page, stored or fetched from arXiv.

        A fetched one is stored.

        Raises:
            TextNotStoredError: it is not stored and arXiv may not be asked.
            ArxivError: there is no such picture, or arXiv could not be asked.
        """
        stored = await asyncio.to_thread(self._store.picture, text.paper, source)
        if stored is not None:
            return stored
        if self._pages is None:
            raise TextNotStoredError("This picture is not stored, and arXiv is not asked offline.")
        body = await self._pages().picture(text.paper, source, progress)
        await asyncio.to_thread(self._store.keep_picture, text.paper, source, body)
        return body

    def place(self, text: PaperText) -> TextPlace | None:
        """Return the reading position in a text, found by its section after a conversion."""
        position = self._kept.position(text.paper.number)
        if position is None:
            return None
        last = len(text.document.blocks) - 1
        if position.body_hash == text.body_hash:
            return TextPlace(min(position.block, last), position.finished)
        section = PlaceFinder(text.document).find(position.address) if position.address else None
        if section is None:
            return TextPlace(0)
        return TextPlace(min(section.first + position.blocks_below, section.end - 1, last))

    def remember(self, text: PaperText, place: TextPlace) -> None:
        """Remember where the reader is in a text; that its end was seen stays true.

        Raises:
            LibraryError: it could not be written.
        """
        before = self._kept.position(text.paper.number)
        finished = before is not None and before.finished and before.body_hash == text.body_hash
        section = PlaceFinder(text.document).section_of(place.block)
        position = TextPosition(
            version=text.paper.version or 0,
            body_hash=text.body_hash,
            block=place.block,
            address=section.address if section is not None else "",
            blocks_below=place.block - section.first if section is not None else 0,
            finished=place.finished or finished,
        )
        if position != before:
            self._kept.remember(text.paper.number, position)

    def keep(self, paper: Paper) -> None:
        """Move the text of a paper to the library: something was written about it."""
        stored = self._store.get(paper.arxiv_id)
        kept = self._kept.get(paper.arxiv_id) if stored is not None else None
        if stored is not None and (kept is None or kept.body_hash != stored.body_hash):
            self._kept.keep(stored)
