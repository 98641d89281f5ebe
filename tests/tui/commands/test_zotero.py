"""Papers sent to Zotero from the reader, beside what is being read."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from tests.tui.fakes import finished, make_app, reader_of, settle
from tui_digest.core.services import Progress, ZoteroOutcome
from tui_digest.entry import Entry
from tui_digest.errors import TuiDigestError


class FakeZotero:
    """A Zotero that takes its time."""

    def __init__(self, outcome: ZoteroOutcome | TuiDigestError) -> None:
        self.outcome = outcome
        self.sent: list[list[str]] = []
        self.go_on = threading.Event()

    def send(self, entries: Sequence[Entry], progress: Progress) -> ZoteroOutcome:
        progress(f"sending 1 of {len(entries)} to Zotero")
        self.go_on.wait(30)
        self.sent.append([entry.paper.id for entry in entries])
        if isinstance(self.outcome, TuiDigestError):
            raise self.outcome
        return self.outcome


async def test_the_selection_goes_while_one_reads_on() -> None:
    zotero = FakeZotero(ZoteroOutcome("1 paper sent to Zotero; 1 paper already in Zotero."))
    app = make_app(send_to_zotero=zotero.send)
    async with app.run_test(size=(120, 30)) as pilot:
        reader = reader_of(app)
        await settle(pilot)
        await pilot.press("space", "space", "g", "z")
        while not reader.state.progress:
            await pilot.pause()
        assert reader.state.progress == "sending 1 of 2 to Zotero"
        await pilot.press("j")
        assert reader.papers.cursor == 3
        await pilot.press("g", "z")
        assert reader.status.footer.message.startswith("Papers are being sent to Zotero already")
        zotero.go_on.set()
        await finished(app)
        assert zotero.sent == [["0612.90000", "0612.90001"]]
        assert reader.status.footer.message == "1 paper sent to Zotero; 1 paper already in Zotero."
        assert reader.state.progress == ""


async def test_without_zotero_it_is_told_where_the_papers_are() -> None:
    zotero = FakeZotero(TuiDigestError("Zotero is not running. The papers were written as RIS to ~/x.ris."))
    zotero.go_on.set()
    app = make_app(send_to_zotero=zotero.send)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("g", "z")
        await finished(app)
        assert reader_of(app).status.footer.message == str(zotero.outcome)
