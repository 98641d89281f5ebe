"""Decompress answers as they arrive, up to a size limit."""

from __future__ import annotations

import zlib

from tui_digest.arxiv.errors import BrokenAnswerError, TruncatedAnswerError
from tui_digest.errors import KEPT

LARGEST_BODY = 24 * 1024 * 1024
"""The most bytes of a decompressed answer; a feed of 2,000 papers has about 4 million."""

_PIECE = 256 * 1024
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


class DecompressedBody:
    """The decompressed body of one answer.

    The limit holds while decompressing: a few bytes that would become gigabytes use no more memory
    than the limit.
    """

    def __init__(self, encoding: str, cap: int = LARGEST_BODY, what: str = "list of papers") -> None:
        """Expect a `Content-Encoding`: none, gzip or deflate. `what` is named in messages.

        Raises:
            BrokenAnswerError: the encoding is another one.
        """
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise BrokenAnswerError(
                f"arXiv's answer is packed as {encoding[:20]!r}, as it was not asked to. {KEPT}"
            )
        self._unpacker = None if encoding in ("", "identity") else zlib.decompressobj(_GZIP_OR_ZLIB)
        self._cap = cap
        self._what = what
        self._body = bytearray()

    def feed(self, received: bytes) -> None:
        """Add the next bytes.

        Raises:
            BrokenAnswerError: the body exceeds the limit, or is damaged.
        """
        if self._unpacker is None:
            self._append(received)
            return
        try:
            while received and not self._unpacker.eof:
                self._append(self._unpacker.decompress(received, _PIECE))
                received = self._unpacker.unconsumed_tail
        except zlib.error as error:
            raise TruncatedAnswerError("arXiv's answer arrived damaged") from error

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            TruncatedAnswerError: the compressed stream ended early.
        """
        if self._unpacker is not None and not self._unpacker.eof:
            raise TruncatedAnswerError("arXiv's answer stopped in the middle")
        return bytes(self._body)

    def _append(self, piece: bytes) -> None:
        if len(self._body) + len(piece) > self._cap:
            raise BrokenAnswerError(
                f"arXiv's answer is larger than {self._cap // 2**20} MB, which no {self._what} is. {KEPT}"
            )
        self._body += piece
