"""Cached texts of papers: pages and their blocks, by id, version and hash.

arXiv converts papers again under the same version, so a page is identified by its hash. All of it can
be deleted: pages can be fetched again, and blocks made from their page.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from datetime import datetime

import msgspec

from tui_digest.arxiv.cache import AnswerCache
from tui_digest.arxiv.html_pages import LARGEST_PAGE
from tui_digest.entry import StoredText
from tui_digest.paper import ArxivId

_PREFIX = "text "
_HASH_LENGTH = 16


class _Entry(msgspec.Struct, frozen=True):
    body_hash: str
    fetched_at: datetime


def hash_of(body: bytes) -> str:
    """Return the hash that identifies a page's body."""
    return hashlib.sha256(body).hexdigest()[:_HASH_LENGTH]


class TextStore:
    """The cached texts of papers. Calls block; run them in a thread."""

    def __init__(self, cache: AnswerCache) -> None:
        self._cache = cache

    def get(self, paper: ArxivId) -> StoredText | None:
        """Return the stored text of a paper at its version."""
        entry = self._entry(paper)
        if entry is None:
            return None
        blocks = self._cache.read(_key(paper, entry.body_hash, "blocks"))
        return None if blocks is None else StoredText(paper, entry.body_hash, entry.fetched_at, blocks)

    def page(self, paper: ArxivId) -> tuple[bytes, datetime] | None:
        """Return the page of a paper as arXiv served it last, and when."""
        entry = self._entry(paper)
        packed = self._cache.read(_key(paper, entry.body_hash, "page")) if entry is not None else None
        if entry is None or packed is None:
            return None
        try:
            unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
            body = unpacker.decompress(packed, LARGEST_PAGE)
        except zlib.error:
            return None
        return (body, entry.fetched_at) if unpacker.eof and hash_of(body) == entry.body_hash else None

    def picture(self, paper: ArxivId, source: str) -> bytes | None:
        """Return the stored picture of a paper's page, by its address there."""
        entry = self._entry(paper)
        return None if entry is None else self._cache.read(_key(paper, entry.body_hash, "picture", source))

    def keep_picture(self, paper: ArxivId, source: str, body: bytes) -> None:
        """Store a picture of a paper's page; it goes with that conversion of the page."""
        entry = self._entry(paper)
        if entry is not None:
            self._cache.write(_key(paper, entry.body_hash, "picture", source), body)

    def keep(self, paper: ArxivId, body: bytes, blocks: bytes, fetched_at: datetime) -> StoredText:
        """Store a page and its blocks, replacing an earlier conversion of the version."""
        entry = _Entry(hash_of(body), fetched_at)
        before = self._entry(paper)
        self._cache.write(_key(paper, entry.body_hash, "page"), gzip.compress(body, 6, mtime=0))
        self._cache.write(_key(paper, entry.body_hash, "blocks"), blocks)
        self._cache.write(_key(paper), msgspec.json.encode(entry))
        if before is not None and before.body_hash != entry.body_hash:
            for key in self._cache.keys(f"{_key(paper, before.body_hash)} "):
                self._cache.remove(key)
        return StoredText(paper, entry.body_hash, fetched_at, blocks)

    def papers(self) -> tuple[ArxivId, ...]:
        """Return the papers, with version, whose texts are stored."""
        found = [key.removeprefix(_PREFIX) for key in self._cache.keys(_PREFIX)]
        return tuple(sorted(ArxivId.parse(name) for name in found if " " not in name))

    def _entry(self, paper: ArxivId) -> _Entry | None:
        packed = self._cache.read(_key(paper))
        if packed is None:
            return None
        try:
            return msgspec.json.decode(packed, type=_Entry)
        except msgspec.DecodeError:
            return None


def _key(paper: ArxivId, *parts: str) -> str:
    return _PREFIX + " ".join((str(paper), *parts))
