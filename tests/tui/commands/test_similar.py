"""Similar papers in the reader: a list over the list, with the words that the papers share."""

from __future__ import annotations

from tests.tui.commands.test_library import header
from tests.tui.fakes import page_text, reader_of, settle, shown, work_done
from tests.tui.pictures import MakeDemo

WIDE = (120, 36)


async def test_similar_papers_are_shown_with_what_they_share_and_esc_goes_back(demo: MakeDemo) -> None:
    app = demo()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        chosen = reader.papers.chosen
        assert chosen is not None
        await pilot.press("g", "r")
        await work_done(app)
        await pilot.pause()
        assert "Similar to" in header(app)
        papers = shown(reader)
        assert f"1 of {len(papers)}" in header(app)
        assert papers
        assert chosen.paper.id not in {entry.paper.id for entry in papers}
        assert papers[0].reasons[0].startswith("shares ")
        assert "Shares " in page_text(reader)
        assert "Picked: shares" not in page_text(reader)
        await pilot.press("escape")
        await pilot.pause()
        assert reader.listing.place == chosen.paper.id
