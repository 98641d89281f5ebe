"""Download of PDFs: streamed to a part file, resumed by its ETag, then checked.

RFC 9110, sections 13.1.5 (If-Range) and 14 (range requests). The address has no `.pdf`: arXiv answers
406 to it.
"""

from __future__ import annotations

import asyncio
import os
import re
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui_digest.arxiv.client import RATE_EXCEEDED, Client, Expectation, TransientError
from tui_digest.arxiv.errors import BrokenAnswerError, RefusedError
from tui_digest.arxiv.types import Progress, no_progress
from tui_digest.errors import KEPT, ExportError
from tui_digest.folders import shown_path
from tui_digest.paper import ArxivId, Paper
from tui_digest.pdf.folder import HEAD, HEAD_WITHIN, TAIL, TAIL_WITHIN, PdfFolder
from tui_digest.text.files import flush_folder, read_regular, write_atomic

if TYPE_CHECKING:
    import httpx

    from tui_digest.arxiv.urls import PageAddresses

LARGEST_PDF: Final = 300 * 1024 * 1024

DEADLINE_S: Final = 900.0
"""The longest time of one download; a connection without data ends much sooner."""

PDFS: Final = Expectation(
    what="PDF",
    largest=LARGEST_PDF,
    statuses=(200, 206, 404, 416),
    accept="application/pdf",
    stops_early=lambda body: False,
)

_TOLD_EVERY: Final = 512 * 1024
_LONGEST_ETAG: Final = 4096  # bytes
_WHOLE_AGAIN: Final = 2
"""How often a PDF is fetched that does not end as one."""

_CONTENT_RANGE: Final = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


class NoPdfError(RefusedError):
    """arXiv has no PDF of a paper."""

    exit_code = 1


class PdfDownloads:
    """Downloads PDFs one at a time, in arXiv's pacing.

    Args:
        client: fetches what `PDFS` describes.
        addresses: where PDFs are.
        folder: where they go.
    """

    def __init__(self, client: Client, addresses: PageAddresses, folder: PdfFolder) -> None:
        self._client = client
        self._addresses = addresses
        self._folder = folder

    async def fetch(self, paper: Paper, tell: Progress = no_progress) -> Path:
        """Download the PDF of a paper, or only what is missing of it, and return its file.

        What came before a failure, a cancellation or a kill stays in a part file, and is not asked for
        again.

        Raises:
            NoPdfError: arXiv has none.
            BrokenAnswerError: the answer is no PDF, or a larger one than is possible.
            ArxivError: the request failed.
            ExportError: the file could not be written.
        """
        path = self._folder.path(paper)
        if self._folder.find(paper) is not None:
            return path
        part = PartFile(path)
        try:
            part.make_folder()
            reception = _Reception(paper.arxiv_id, part, tell, self._client.cool_down)
            await self._client.fetch(
                self._addresses.pdf(paper.arxiv_id), reception.receive, tell, reception.headers
            )
            return path
        except OSError as error:
            reason = (error.strerror or "it failed").lower()
            raise ExportError(
                f"{shown_path(path)} could not be written: {reason}. What came of it is kept; make room or "
                "name another folder under [pdf] in config.toml."
            ) from error


class PartFile:
    """Received part of a file, and the ETag that it came with.

    `NAME.part` and `NAME.part.etag` beside the file: both outlive the process.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_name(f"{path.name}.part")
        self._etag = path.with_name(f"{path.name}.part.etag")

    def make_folder(self) -> None:
        """Make the folder of the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)

    def resumable(self) -> tuple[int, str]:
        """Return how many bytes there are, and their ETag; none without an ETag."""
        with suppress(OSError, UnicodeDecodeError):
            etag = read_regular(self._etag, _LONGEST_ETAG).decode("ascii").strip()
            status = self._part.lstat()
            if is_strong_etag(etag) and stat.S_ISREG(status.st_mode) and status.st_size:
                return status.st_size, etag
        return 0, ""

    def begin(self, etag: str) -> None:
        """Begin an empty file; its ETag is on disk before its first byte.

        What has its name is removed: a pipe would be waited for, a link written through.
        """
        self._etag.unlink(missing_ok=True)
        self._part.unlink(missing_ok=True)
        self._part.touch()
        if is_strong_etag(etag):
            write_atomic(self._etag, etag.encode())

    def append(self, data: bytes) -> int:
        """Append bytes and return how many there are now."""
        with self._part.open("ab") as file:
            file.write(data)
            return file.tell()

    def head(self) -> bytes:
        """Return the first bytes."""
        with self._part.open("rb") as file:
            return file.read(HEAD_WITHIN)

    def tail(self) -> bytes:
        """Return the last bytes."""
        with self._part.open("rb") as file:
            file.seek(max(0, self._part.stat().st_size - TAIL_WITHIN))
            return file.read()

    def finish(self) -> None:
        """Rename the file to its name, on disk."""
        with self._part.open("ab") as file:
            os.fsync(file.fileno())
        self._part.replace(self.path)
        self._etag.unlink(missing_ok=True)
        flush_folder(self.path.parent)

    def discard(self) -> None:
        """Forget what came."""
        self._part.unlink(missing_ok=True)
        self._etag.unlink(missing_ok=True)


def is_strong_etag(etag: str) -> bool:
    """Tell whether an ETag vouches for the bytes: a weak one (`W/"…"`) does not."""
    return len(etag) > 2 and etag.startswith('"') and etag.endswith('"') and etag.isascii()


class _Reception:
    """Reads the answers of one download, one for each attempt."""

    def __init__(
        self, paper: ArxivId, part: PartFile, tell: Progress, cool_down: Callable[[httpx.Response], None]
    ) -> None:
        self._paper = paper
        self._part = part
        self._tell = tell
        self._cool_down = cool_down

    def headers(self) -> Mapping[str, str]:
        """Return the headers of the next request; a packed answer could not be resumed."""
        size, etag = self._part.resumable()
        resumed = {"Range": f"bytes={size}-", "If-Range": etag} if size else {}
        return {"Accept-Encoding": "identity", **resumed}

    async def receive(self, response: httpx.Response) -> None:
        """Write an answer's body to the part file, and make it the file once it is whole."""
        if response.status_code == 404:
            raise NoPdfError(f"arXiv has no PDF of {self._paper}; its page says why.")
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise BrokenAnswerError(
                f"arXiv's PDF of {self._paper} came packed, as it was not asked to. {KEPT}"
            )
        if response.status_code == 416:
            return await self._finish_unless_more(response)
        received = self._start(response)
        due = received + int(response.headers.get("Content-Length", "0") or 0)
        if due > LARGEST_PDF:
            raise self._too_large()
        told = received
        async for data in response.aiter_raw():
            if received + len(data) > LARGEST_PDF:
                raise self._too_large()
            is_first = received < HEAD_WITHIN
            received = self._part.append(data)
            if is_first and not self._may_be_pdf():
                raise self._no_pdf(response)
            if received - told >= _TOLD_EVERY:
                told = received
                self._tell(f"PDF of {self._paper}: {_megabytes(received, due)}")
        await self._finish(response)

    async def _finish_unless_more(self, response: httpx.Response) -> None:
        """Finish a file that lacks only its name; else discard it."""
        size, _ = self._part.resumable()
        if size and response.headers.get("Content-Range", "") == f"bytes */{size}":
            return await self._finish(response)
        self._part.discard()
        raise TransientError("The partial PDF could not be resumed")

    def _start(self, response: httpx.Response) -> int:
        """Return the offset at which the answer continues; truncate unless it resumes."""
        size, etag = self._part.resumable()
        if response.status_code == 206:
            stated = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
            same = response.headers.get("ETag", etag) == etag
            if size and stated and int(stated[1]) == size and same:
                return size
            self._part.discard()
            raise TransientError("The PDF changed at arXiv meanwhile")
        self._part.begin(response.headers.get("ETag", ""))
        return 0

    def _may_be_pdf(self) -> bool:
        head = self._part.head()
        return HEAD in head or (len(head) < HEAD_WITHIN and b"<html" not in head.lower())

    async def _finish(self, response: httpx.Response) -> None:
        if HEAD not in self._part.head():
            raise self._no_pdf(response)
        if TAIL not in self._part.tail():
            self._part.discard()
            raise TransientError(f"arXiv's PDF of {self._paper} stopped in the middle", tries=_WHOLE_AGAIN)
        await asyncio.to_thread(self._part.finish)

    def _no_pdf(self, response: httpx.Response) -> BrokenAnswerError:
        said = self._part.head()
        self._part.discard()
        if said.strip() == RATE_EXCEEDED:
            self._cool_down(response)
        return BrokenAnswerError(
            f"arXiv's server sent a page instead of the PDF of {self._paper}; it may want to see a browser. "
            "Nothing was kept of it. Try again later, or open the PDF in the browser."
        )

    def _too_large(self) -> BrokenAnswerError:
        self._part.discard()
        return BrokenAnswerError(
            f"The PDF of {self._paper} is larger than {LARGEST_PDF // 2**20} MB and was not kept; open it in "
            "the browser."
        )


def _megabytes(received: int, due: int) -> str:
    """Return how much there is: `3.2 of 12.0 MB`."""
    of = f" of {due / 2**20:.1f}" if due > received else ""
    return f"{received / 2**20:.1f}{of} MB"
