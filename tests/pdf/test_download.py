"""PDFs from arXiv: resumed by the ETag, checked at both ends, and arXiv's bad days."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.invented import make_paper
from tests.servers.arxiv_home import Clock, eastern
from tests.servers.pdfs import PdfServer, make_pdf
from tui_digest.arxiv.client import Client
from tui_digest.arxiv.errors import (
    BrokenAnswerError,
    CoolDownError,
    ForbiddenAddressError,
    UnreachableError,
)
from tui_digest.arxiv.rate_limit import RateLimiter
from tui_digest.arxiv.urls import PageAddresses
from tui_digest.errors import ExportError
from tui_digest.pdf import download
from tui_digest.pdf.download import PDFS, NoPdfError, PdfDownloads
from tui_digest.pdf.folder import PdfFolder
from tui_digest.settings import ArxivSettings, PdfSettings

PAPER = make_paper(1)
OTHER = make_paper(2)


class Downloads:
    """A user's folder of PDFs, and the way to arXiv as every process of the user has one."""

    def __init__(self, home: Path, server: PdfServer) -> None:
        self.folder = PdfFolder(str(home / "pdf"), PdfSettings().name)
        self.home, self.server = home, server
        self.clock = Clock(eastern(20))
        self.interval = 0.0
        self.deadline = 20.0
        self.told: list[str] = []

    async def fetch(self, paper: object = PAPER) -> bytes:
        settings = ArxivSettings(
            interval=self.interval, pdf_url=self.server.url, html_url=self.server.url.replace("pdf", "html")
        )
        addresses = PageAddresses(settings)
        pacing = RateLimiter(
            self.home / "state", addresses.interval(), now=self.clock.now, sleep=self.clock.sleep
        )
        async with Client(
            addresses,
            pacing,
            deadline=self.deadline,
            expects=PDFS,
            now=self.clock.now,
            sleep=self.clock.sleep,
            jitter=lambda: 0.0,
        ) as client:
            downloads = PdfDownloads(client, addresses, self.folder)
            path = await downloads.fetch(paper, self.told.append)  # type: ignore[arg-type]
        return path.read_bytes()

    @property
    def files(self) -> list[str]:
        """The endings of the files in the folder."""
        folder = self.folder.path(PAPER).parent
        return sorted(path.name.partition(".pdf")[2] or "whole" for path in folder.glob("*"))


@pytest.fixture
def server() -> Iterator[PdfServer]:
    with PdfServer() as server:
        yield server


@pytest.fixture
def pdfs(tmp_path: Path, server: PdfServer) -> Downloads:
    return Downloads(tmp_path, server)


async def test_the_address_has_no_suffix_and_the_file_is_whole(pdfs: Downloads, server: PdfServer) -> None:
    assert await pdfs.fetch() == server.content
    ((path, headers),) = server.asked
    assert (path, headers["Accept"]) == ("/pdf/2611.00001v1", "application/pdf")
    assert headers["Accept-Encoding"] == "identity"
    assert pdfs.files == ["whole"]


async def test_one_that_is_there_is_not_asked_for(pdfs: Downloads, server: PdfServer) -> None:
    await pdfs.fetch()
    await pdfs.fetch()
    assert len(server.asked) == 1


async def test_a_short_answer_is_resumed_where_it_stopped(pdfs: Downloads, server: PdfServer) -> None:
    server.faults = ["short"]
    assert await pdfs.fetch() == server.content
    assert server.ranges == [None, "bytes=40000-"]
    assert server.asked[1][1]["If-Range"] == '"one"'
    assert pdfs.files == ["whole"]


async def test_it_is_resumed_by_another_process(pdfs: Downloads, server: PdfServer) -> None:
    server.faults = ["short"] + ["503"] * 9
    with pytest.raises(UnreachableError):
        await pdfs.fetch()
    assert pdfs.files == [".part", ".part.etag"]
    server.faults = []
    assert await pdfs.fetch() == server.content
    assert server.ranges[-1] == "bytes=40000-"


@pytest.mark.parametrize("etag", ["", 'W/"weak"', "bare", '"é"'])
async def test_without_a_strong_etag_it_begins_anew(pdfs: Downloads, server: PdfServer, etag: str) -> None:
    server.etag, server.faults = etag, ["short"]
    if etag == '"é"':
        server.etag = '"Ã©"'
    assert await pdfs.fetch() == server.content
    assert server.ranges == [None, None]


async def test_with_a_changed_etag_it_begins_anew(pdfs: Downloads, server: PdfServer) -> None:
    server.faults = ["short"] + ["503"] * 9
    with pytest.raises(UnreachableError):
        await pdfs.fetch()
    server.content, server.etag, server.faults = make_pdf(70_000, b"y"), '"two"', []
    assert await pdfs.fetch() == server.content


@pytest.mark.parametrize("fault", ["range all the same", "416 of another size"])
async def test_a_range_of_something_else_is_not_put_together(
    pdfs: Downloads, server: PdfServer, fault: str
) -> None:
    server.faults = ["short", "503", "503", "503"]
    with pytest.raises(UnreachableError):
        await pdfs.fetch()
    server.content, server.etag, server.faults = make_pdf(70_000, b"y"), '"two"', [fault]
    assert await pdfs.fetch() == server.content


async def test_a_file_that_lacked_only_its_name_gets_it(pdfs: Downloads, server: PdfServer) -> None:
    server.faults = ["short"] + ["503"] * 9
    server.cut_at = len(server.content)
    part = pdfs.folder.path(PAPER)
    part.parent.mkdir()
    part.with_name(f"{part.name}.part").write_bytes(server.content)
    part.with_name(f"{part.name}.part.etag").write_text('"one"')
    server.faults = ["416"]
    assert await pdfs.fetch() == server.content
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ("html", BrokenAnswerError, "a page instead of the PDF"),
        ("html as pdf", BrokenAnswerError, "a page instead of the PDF"),
        ("packed", BrokenAnswerError, "came packed"),
        ("404", NoPdfError, "arXiv has no PDF of 2611.00001v1"),
        ("429", CoolDownError, "wants a pause"),
        ("rate exceeded", CoolDownError, "wants a pause"),
        ("redirect", ForbiddenAddressError, "is not arXiv"),
        ("503", UnreachableError, "failed .503."),
        ("406", UnreachableError, "throttling"),
        ("no end", UnreachableError, "stopped in the middle"),
    ],
)
async def test_bad_days_are_told_and_leave_no_pdf(
    pdfs: Downloads, server: PdfServer, fault: str, error: type[Exception], words: str
) -> None:
    server.faults = [fault] * 9
    with pytest.raises(error, match=words):
        await pdfs.fetch()
    assert "whole" not in pdfs.files
    assert ".part" not in pdfs.files
    if error is not CoolDownError:
        server.faults = []
        assert await pdfs.fetch() == server.content


async def test_a_server_that_says_nothing_is_left_at_the_deadline(pdfs: Downloads, server: PdfServer) -> None:
    server.faults, pdfs.deadline = ["hang"], 0.2
    with pytest.raises(UnreachableError, match="did not answer within"):
        await pdfs.fetch()


@pytest.mark.parametrize("stated", [True, False])
async def test_what_is_too_large_is_not_kept(
    pdfs: Downloads, server: PdfServer, monkeypatch: pytest.MonkeyPatch, stated: bool
) -> None:
    monkeypatch.setattr(download, "LARGEST_PDF", 50_000)
    server.faults = [] if stated else ["no length"]
    with pytest.raises(BrokenAnswerError, match="larger than"):
        await pdfs.fetch()
    assert pdfs.files == []


async def test_a_cancelled_download_is_resumed(pdfs: Downloads, server: PdfServer) -> None:
    server.faults = ["hold"]
    task = asyncio.create_task(pdfs.fetch())
    await asyncio.to_thread(server.sent.wait)
    while not (pdfs.files == [".part", ".part.etag"] and _size(pdfs) == server.cut_at):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    server.go_on.set()
    assert await pdfs.fetch() == server.content
    assert server.ranges == [None, f"bytes={server.cut_at}-"]


def _size(pdfs: Downloads) -> int:
    path = pdfs.folder.path(PAPER)
    return path.with_name(f"{path.name}.part").stat().st_size


async def test_several_come_one_after_the_other_in_the_pacing(pdfs: Downloads, server: PdfServer) -> None:
    pdfs.interval = 15.0
    start = pdfs.clock.moment
    await asyncio.gather(pdfs.fetch(), pdfs.fetch(OTHER))
    assert (pdfs.clock.moment - start).total_seconds() >= 15
    assert len(server.asked) == 2


async def test_progress_is_told(pdfs: Downloads, server: PdfServer) -> None:
    server.content = make_pdf(2**20 + 2**19)
    await pdfs.fetch()
    assert any(words.endswith("of 1.5 MB") for words in pdfs.told)


async def test_a_folder_that_cannot_be_written_is_one_sentence(pdfs: Downloads, tmp_path: Path) -> None:
    (tmp_path / "pdf").write_text("a file")
    with pytest.raises(ExportError, match=r"could not be written: .*config.toml"):
        await pdfs.fetch()
