"""Choosing a digest in the reader: its papers, pick and place, with the marks of all."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.tui.fakes import library_of, reader_of, settle, shown, work_done
from tests.tui.pictures import Compare, MakeDemo, then
from tui_digest.core.services import NamedDigest
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.chooser import ChooserScreen

WIDE = (120, 36)
CONFIG = """
[digest.optimization]
categories = ["math.OC"]
words = ["proximal", "gradient"]
pick = 3
sort = "title"
"""


async def choose(pilot: Pilot[str], *keys: str) -> None:
    """Open the chooser, press these keys in it, and wait for the day of the digest that is chosen."""
    await pilot.press("g", "d")
    await pilot.pause()
    assert isinstance(pilot.app.screen, ChooserScreen)
    await pilot.press(*keys, "enter")
    await pilot.pause()
    await work_done(pilot.app)
    await pilot.pause()


def last_digest(app: ReaderApp) -> str:
    """The digest that the next start opens."""
    return library_of(app).positions.last_digest()


async def test_a_digest_has_its_papers_its_order_and_its_place(demo: MakeDemo) -> None:
    app = demo(CONFIG)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        everything = {entry.paper.id for entry in shown(reader)}
        await pilot.press("j", "j", "m")
        marked = reader.listing.place
        await choose(pilot, "j")
        header = reader.status.header.render_line(0).text
        assert "optimization" in header
        assert reader.state.digest_name == "optimization"
        papers = shown(reader)
        assert {entry.paper.id for entry in papers} < everything
        assert all("math.OC" in entry.paper.categories for entry in papers)
        titles = [entry.paper.title.casefold() for entry in papers]
        assert titles == sorted(titles)
        await pilot.press("s", "p")
        assert all(entry.reasons for entry in shown(reader)[:3])
        await pilot.press("j", "j", "j")
        place = reader.listing.place
        assert last_digest(app) == "optimization"
        await choose(pilot, "k")
        assert reader.listing.place == marked
        assert last_digest(app) == "default"
        assert next(entry for entry in shown(reader) if entry.paper.id == marked).reading.mark == "to-read"
        await choose(pilot, "j")
        assert reader.listing.place == place


async def test_the_list_has_the_keys_again_once_the_day_has_come(demo: MakeDemo) -> None:
    app = demo(CONFIG)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        reader.services.days.choose("optimization")
        reader.begin_digest("optimization")
        await pilot.pause()
        assert app.focused is not reader.papers, "the list is hidden as long as there is no day"
        stored = reader.services.days.stored(None)
        assert stored is not None
        reader.open_day(stored)
        await pilot.pause()
        await pilot.press("j")
        assert reader.papers.cursor == 1


async def test_a_ready_made_digest_can_be_chosen(demo: MakeDemo) -> None:
    app = demo()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert [(each.name, each.ready_made) for each in reader.services.days.choices()] == [
            ("default", False), ("sampling", False), ("ML + Optimization", True),
        ]  # fmt: skip
        await choose(pilot, "j")
        assert reader.state.digest_name == "sampling"
        assert all("stat.ML" in entry.paper.categories for entry in shown(reader))
        assert shown(reader)[0].reasons
        await choose(pilot, "j")
        assert reader.state.digest_name == "ML + Optimization"
        assert shown(reader)[0].reasons


async def test_offline_a_digest_of_which_nothing_is_stored_is_not_begun(demo: MakeDemo) -> None:
    app = demo('[digest.algebra]\ncategories = ["math.AG"]\n', offline=True)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        before = len(shown(reader))
        await choose(pilot, "j")
        assert "No day of algebra is stored" in reader.status.footer.render_line(0).text
        assert (reader.state.digest_name, len(shown(reader))) == ("default", before)
        assert last_digest(app) == "default"
        assert NamedDigest("algebra", ("math.AG",)) in reader.services.days.choices()


@pytest.mark.snapshot
def test_the_chooser(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(CONFIG), terminal_size=(100, 24), run_before=then("g", "d", "j"))
