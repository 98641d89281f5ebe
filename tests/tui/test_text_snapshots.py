"""The whole text of the demo paper as pictures: each kind of block, at three widths and in two looks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from tests.tui.fakes import FakeModels, make_explanation, reader_of, settle
from tests.tui.pictures import Compare, MakeDemo, paste
from tui_digest.demo.explanation import sample_from_text
from tui_digest.explain.checking import assess
from tui_digest.explain.kinds import PLACE
from tui_digest.explain.shown_text import choose_shown_text
from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.tui.widgets.text_pane import TextPane

pytestmark = pytest.mark.snapshot

LOOKS = {"dark": "", "ascii": '[reader]\ntheme = "digest-light"\nglyphs = "ascii"\nsigns = "ascii"'}
SIZES = {"120": (120, 40), "80": (80, 40), "40": (40, 40)}
PLACES = {
    "title": "",
    "table": "Table 1",
    "diagram": "Figure 1",
    "theorem": "Theorem 3.2",
    "algorithm": "Algorithm 1",
    "figures": "Figure 2",
    "references": "References",
}


async def open_text(pilot: Pilot[str], address: str, *keys: str) -> None:
    """Open the whole text of the demo paper at an address."""
    await settle(pilot)
    await pilot.press("slash")
    paste(pilot, "one-page proof")
    await pilot.pause()
    await pilot.press("enter")
    await settle(pilot)
    await pilot.press("g", "f")
    await pilot.app.workers.wait_for_complete()
    await settle(pilot)
    pane = pilot.app.screen.query_one(TextPane)
    if address:
        place = next(one for one in pane.view.document.places if address in (one.address, one.title))
        pane.view.go_to_block(place.first)
        pane.refresh()
    await pilot.press(*keys)
    await settle(pilot)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PLACES)
def test_text(demo: MakeDemo, snap_compare: Compare, name: str, size: str, look: str) -> None:
    async def run(pilot: Pilot[str]) -> None:
        await open_text(pilot, PLACES[name])

    assert snap_compare(demo(LOOKS[look]), terminal_size=SIZES[size], run_before=run)


def test_card(demo: MakeDemo, snap_compare: Compare) -> None:
    async def run(pilot: Pilot[str]) -> None:
        await open_text(pilot, "", "tab", "enter")

    assert snap_compare(demo(), terminal_size=(100, 36), run_before=run)


def test_contents(demo: MakeDemo, snap_compare: Compare) -> None:
    async def run(pilot: Pilot[str]) -> None:
        await open_text(pilot, "", "g", "o")

    assert snap_compare(demo(), terminal_size=(100, 36), run_before=run)


def test_explanation_below_the_text(demo: MakeDemo, snap_compare: Compare) -> None:
    app, models = demo(), FakeModels()
    app.services = replace(app.services, models=models)

    async def run(pilot: Pilot[str]) -> None:
        await open_text(pilot, "Theorem 3.2", "e")
        pane, chosen = pilot.app.screen.query_one(TextPane), reader_of(app).papers.chosen
        assert chosen is not None
        document = pane.view.document
        shown = choose_shown_text(document, PlaceFinder(document).find("Theorem 3.2"))
        text = sample_from_text(shown.text, shown.about, PLACE.headings)
        found = assess(text, chosen.paper, shown.places)
        made = make_explanation(chosen.paper.id, text, shown=shown.scope, statements=found.counts)
        models.say(chosen.paper.id, replace(made, statements=found.statements))
        await settle(pilot)
        await pilot.press("tab")
        await pilot.pause()

    assert snap_compare(app, terminal_size=(100, 36), run_before=run)
