"""PDFs in the reader: one is opened when it is here, several come one after the other, Esc stops."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.tui.fakes import Browser, finished, make_app, reader_of, settle
from tui_digest.core.services import Progress
from tui_digest.errors import ArxivError, TuiDigestError
from tui_digest.paper import Paper
from tui_digest.settings import PdfSettings, ReaderSettings, Settings
from tui_digest.tui.app import ReaderApp

SIZE = (120, 30)


@dataclass
class FakePdfs:
    """PDFs that come when they are let through."""

    errors: dict[str, TuiDigestError] = field(default_factory=dict)
    gate: asyncio.Event | None = None
    asked: list[str] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)
    in_terminal: bool = False
    broken: str = ""

    def stored(self, paper: Paper) -> Path | None:
        return None

    async def fetch(self, paper: Paper, progress: Progress) -> Path:
        self.asked.append(paper.id)
        progress(f"asking arXiv for the PDF of {paper.arxiv_id}")
        if self.gate is not None:
            await self.gate.wait()
        if paper.id in self.errors:
            raise self.errors[paper.id]
        return Path("/pdf") / f"{paper.id}.pdf"

    def takes_terminal(self) -> bool:
        return self.in_terminal

    def open(self, path: Path) -> None:
        if self.broken:
            raise TuiDigestError(self.broken)
        self.opened.append(path)


def app_with(pdfs: FakePdfs, browser: Browser | None = None, **pdf: object) -> ReaderApp:
    settings = Settings(reader=ReaderSettings(sort="announced"), pdf=PdfSettings(**pdf))  # type: ignore[arg-type]
    return make_app(pdfs=lambda: pdfs, settings=settings, browser=browser)


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.message


async def test_gp_downloads_the_pdf_and_opens_it() -> None:
    pdfs = FakePdfs()
    app = app_with(pdfs)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("g", "p")
        await finished(app)
        assert pdfs.opened == [Path("/pdf/0612.90000.pdf")]
        assert message(app) == f"The PDF is open in the viewer: {pdfs.opened[0]}"
        assert reader_of(app).state.progress == ""


async def test_several_come_one_after_the_other_and_none_is_opened() -> None:
    pdfs = FakePdfs(gate=asyncio.Event())
    app = app_with(pdfs)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("3", "g", "p")
        await pilot.pause()
        assert pdfs.asked == ["0612.90000"]
        assert reader_of(app).state.progress.endswith("(1 of 3)")
        await pilot.press("G", "g", "p")
        assert message(app) == "3 PDFs will be downloaded after the one that is coming."
        assert pdfs.gate is not None
        pdfs.gate.set()
        await finished(app)
        assert pdfs.asked == ["0612.90000", "0612.90001", "0612.90002", "0612.90011"]
        assert (pdfs.opened, message(app)) == ([], f"4 PDFs are in {Path('/pdf')}.")


async def test_escape_in_the_list_stops_it_and_it_can_be_asked_for_again() -> None:
    pdfs = FakePdfs(gate=asyncio.Event())
    app = app_with(pdfs)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("2", "g", "p")
        await pilot.press("escape")
        assert message(app).startswith("Downloading was stopped; what came is kept")
        await finished(app)
        assert pdfs.gate is not None
        pdfs.gate.set()
        await pilot.press("g", "p")
        await finished(app)
        assert pdfs.asked == ["0612.90000", "0612.90000"]
        assert len(pdfs.opened) == 1


async def test_one_without_a_pdf_does_not_keep_the_others_from_coming() -> None:
    pdfs = FakePdfs(errors={"0612.90001": TuiDigestError("arXiv has no PDF of 0612.90001v2.")})
    app = app_with(pdfs)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("3", "g", "p")
        await finished(app)
        assert len(pdfs.asked) == 3
        assert message(app) == "2 PDFs downloaded. arXiv has no PDF of 0612.90001v2."


async def test_where_arxiv_cannot_be_asked_the_rest_is_given_up() -> None:
    pdfs = FakePdfs(errors={"0612.90000": ArxivError("arXiv wants a pause until 14:00.")})
    app = app_with(pdfs)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("3", "g", "p")
        await finished(app)
        assert len(pdfs.asked) == 1
        assert message(app) == "arXiv wants a pause until 14:00. 2 more were not asked for."


@pytest.mark.parametrize("where", ["browser", "viewer"])
async def test_p_does_what_the_settings_say(where: str) -> None:
    pdfs, browser = FakePdfs(), Browser()
    app = app_with(pdfs, browser, open=where)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("p")
        await finished(app)
    assert (len(pdfs.opened), len(browser.opened)) == ((1, 0) if where == "viewer" else (0, 1))


async def test_a_viewer_that_cannot_be_started_is_told() -> None:
    app = app_with(FakePdfs(broken="The viewer zathura could not be started."))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("g", "p")
        await finished(app)
        assert message(app) == "The viewer zathura could not be started."


async def test_where_a_viewer_of_the_terminal_cannot_have_it_the_file_is_named() -> None:
    app = app_with(FakePdfs(in_terminal=True))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("g", "p")
        await finished(app)
        assert message(app).endswith(f"the PDF is {Path('/pdf/0612.90000.pdf')}.")
