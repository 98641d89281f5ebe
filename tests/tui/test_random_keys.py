"""Keys pressed at random: the reader never fails, and what it shows of a paper is what is on disk."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from tests.tui.fakes import DAY, FakeDays, make_app, make_digest, reader_of, settle
from tui_digest.tui.commands import COMMANDS

_LEFT_OUT = {"quit", "leave", "play_demo", "palette", "explain", "explain_again"}
_KEYS = [
    key
    for command in COMMANDS
    if command.id not in _LEFT_OUT
    for keys in command.keys
    for key in keys.split()
    if key != "q"
]
_TYPED = [*"ab:1 n", "backspace", "enter", "enter", "escape", "escape"]


@pytest.mark.parametrize("seed", range(4))
async def test_random_keys_never_break_the_reader(seed: int) -> None:
    chance = random.Random(seed)
    days = {DAY - timedelta(days=back): make_digest(7, DAY - timedelta(days=back)) for back in range(2)}
    app = make_app(FakeDays(days, stored_days=set(days)), days[DAY])
    async with app.run_test(size=(110, 30)) as pilot:
        reader = reader_of(app)
        for _ in range(120):
            await pilot.press(chance.choice([*_KEYS, *_TYPED]))
        await settle(pilot)
        for listing in (reader.browsing.day, reader.listing):
            papers = [entry.paper for entry in listing.entries]
            on_disk = reader.services.shelf.entries(papers)
            assert [entry.reading for entry in listing.entries] == [entry.reading for entry in on_disk]
            assert set(listing.selected) <= {entry.paper.id for entry in listing.shown}
        assert app.is_running
