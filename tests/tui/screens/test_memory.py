"""What is closed is gone: no dialog, no field, none of their widgets; a key leaves nothing to collect.

And what Textual and Rich cache does not grow with what was read.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from collections import Counter
from collections.abc import Iterator
from gc import freeze  # what the reader calls is replaced
from pathlib import Path
from weakref import ReferenceType, ref

import pytest
from rich.cells import cached_cell_len
from rich.color import ColorSystem
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.css.parse import parse as textual_parse
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from tests.tui.fakes import finished, reader_of, settle
from tests.tui.pictures import MakeDemo
from tui_digest.tui.tasks.dwell import Dwell
from tui_digest.tui.widgets import memory

DIALOGS = {
    "calendar": ("D", "escape"),
    "help": ("?", "escape"),
    "settings": (",", "escape"),
    "palette": (":", "escape"),
    "export": ("W", "escape"),
    "triage": ("g c", "escape"),
    "history": ("m g h", "escape"),
    "links": ("L", "escape"),
}
FIELDS = {
    "search": ("/", "escape"),
    "search everything": ("g s", "escape"),
    "note": ("i", "escape"),
    "whole text": ("g f", "escape escape"),
}
"""The keys that open something, and those that close it."""


def live_widgets() -> Counter[str]:
    """The widgets in memory by class, and the lines that Textual keeps of widgets."""
    gc.collect()
    kept = (each for each in gc.get_objects() if isinstance(each, Widget | StylesCache))
    return Counter(type(each).__name__ for each in kept)


async def opened_and_closed(pilot: Pilot[str], keys: tuple[str, str]) -> ReferenceType[object]:
    """Open something and close it; what was opened, if that still lives."""
    app = pilot.app
    opening, closing = keys
    await pilot.press(*opening.split())
    await finished(app)
    reader = reader_of(app)
    opened: object = app.screen if len(app.screen_stack) > 1 else reader.field or reader.panes.text
    assert opened is not None
    await pilot.press(*closing.split())
    await finished(app)
    await pilot.pause()
    assert len(app.screen_stack) == 1
    assert reader.field is None
    return ref(opened)


@pytest.fixture(autouse=True)
def collected_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is put off: asyncio keeps what a stopped timer refers to while an earlier one runs."""
    monkeypatch.setattr(memory, "COLLECT_DELAY_S", 0.0)


@pytest.fixture(autouse=True)
def others_left_out() -> None:
    """What earlier tests left is neither looked through nor counted: that is most of what there is."""
    gc.collect()
    freeze()


@pytest.fixture
def collector_left_off() -> Iterator[None]:
    """A test may switch the collector off."""
    yield
    gc.enable()


async def test_keys_leave_next_to_no_garbage(demo: MakeDemo, collector_left_off: None) -> None:
    async with demo().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for keys, most in (("j", "k"), 200), (("m", "u"), 5_000):
            await pilot.press(*keys)
            await pilot.pause()
            gc.collect()
            gc.disable()
            await pilot.press(*keys, *keys, *keys, *keys)
            await pilot.pause()
            assert gc.collect() <= most, keys
            gc.enable()


async def test_what_is_closed_is_gone(demo: MakeDemo) -> None:
    async with demo().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        before = live_widgets()
        for name, keys in DIALOGS.items():
            dialog = await opened_and_closed(pilot, keys)
            after = live_widgets()
            assert after - before == Counter(), name
            assert dialog() is None, name
            before = after
        await pilot.press("/", *"one-page", "enter")  # the paper that has a whole text
        for name, keys in FIELDS.items():
            await opened_and_closed(pilot, keys)  # Textual remembers the last one that had the focus
            before = live_widgets()
            await opened_and_closed(pilot, keys)
            assert live_widgets() - before == Counter(), name


async def test_the_style_of_a_role_is_kept_without_a_node(demo: MakeDemo) -> None:
    async with demo().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert reader_of(pilot.app).papers._styles
        gc.collect()
        nodes = [each for each in gc.get_objects() if type(each) is DOMNode]
        assert [node for node in nodes if any(name.startswith("role-") for name in node.classes)] == []


async def test_another_theme_leaves_no_rules_of_the_first_one(
    demo: MakeDemo, collector_left_off: None
) -> None:
    async with demo().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await opened_and_closed(pilot, DIALOGS["settings"])
        gc.collect()
        gc.disable()
        rules = [ref(rule) for rule in pilot.app.stylesheet.rules]
        assert len(rules) > 100
        pilot.app.theme = "digest-light"
        await pilot.pause()
        assert sum(rule() is not None for rule in rules) < 20  # those of one sheet may be left


async def test_a_style_sheet_is_read_once(demo: MakeDemo, monkeypatch: pytest.MonkeyPatch) -> None:
    async with demo().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        read: Counter[str] = Counter()

        def parse(scope: str, css: str, read_from: tuple[str, str], **more: bool | int) -> object:
            read[Path(read_from[0]).name] += 1
            return textual_parse(scope, css, read_from, **more)  # type: ignore[arg-type]

        monkeypatch.setattr("textual.css.stylesheet.parse", parse)
        for name in ("calendar", "help", "export"):
            await opened_and_closed(pilot, DIALOGS[name])
        own = {sheet: count for sheet, count in read.items() if sheet.endswith(".tcss")}
        assert own.keys() >= {"calendar.tcss", "help.tcss", "export.tcss"}
        assert set(own.values()) == {1}


@pytest.fixture
def collections() -> Iterator[list[int]]:
    """The full collections of garbage, each by what it found."""
    found: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == 2:
            found.append(info["collected"])

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


def fill_caches() -> None:
    """Style and measure as many different pieces as are drawn in an hour."""
    for number in range(2 * memory.MOST_ENTRIES):
        Strip.render_ansi(Style(meta={"offset": (number, 0)}), ColorSystem.TRUECOLOR)
        cached_cell_len(f"line {number}")
        Color(0, 0, 0).blend(Color(255, 255, 255), number / 10_000)


def largest_cache() -> int:
    return max(int(cached.cache_info().currsize) for cached in memory.LARGE_CACHES)


@pytest.mark.parametrize("keys", [DIALOGS["help"], FIELDS["search"], FIELDS["whole text"]])
async def test_what_is_closed_is_collected_and_caches_are_small_again(
    demo: MakeDemo, keys: tuple[str, str], collector_left_off: None, collections: list[int]
) -> None:
    async with demo().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("/", *"one-page", "enter")  # the paper that has a whole text
        fill_caches()
        assert largest_cache() > memory.MOST_ENTRIES
        gc.disable()
        collections.clear()
        await opened_and_closed(pilot, keys)
        assert largest_cache() <= memory.MOST_ENTRIES
        assert Color.blend.cache_info().currsize <= memory.MOST_ENTRIES
        assert collections


async def test_what_dialogs_leave_within_a_second_is_collected_before_it_has_passed(
    demo: MakeDemo, monkeypatch: pytest.MonkeyPatch, collections: list[int]
) -> None:
    monkeypatch.setattr(memory, "COLLECT_DELAY_S", 60.0)
    async with demo().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        gc.collect()
        collections.clear()
        for name in ("help", "palette", "help"):  # 42,000 objects
            await pilot.press(DIALOGS[name][0])
            await finished(pilot.app)
            await pilot.press("escape")
            await finished(pilot.app)
        assert sum(collections) > 5_000


async def test_what_is_closed_soon_after_is_collected_with_it_or_once_more(
    monkeypatch: pytest.MonkeyPatch, collector_left_off: None, collections: list[int]
) -> None:
    given_back: list[int] = []
    monkeypatch.setattr(memory, "give_memory_back", lambda: given_back.append(len(collections)))
    gc.disable()
    collections.clear()
    for closed, collected in ((1, 1), (5, 2)):
        for _ in range(closed):
            memory.release_removed()
        assert not collections
        for _ in range(10):
            await asyncio.sleep(0)
        assert len(collections) == collected
        assert given_back == [*range(1, collected + 1)]
        collections.clear()
        given_back.clear()


@pytest.mark.parametrize(("system", "asked"), [("linux", ["malloc_trim"]), ("darwin", []), ("win32", [])])
def test_freed_memory_is_given_back_where_the_library_keeps_it(
    monkeypatch: pytest.MonkeyPatch, system: str, asked: list[str]
) -> None:
    class Library:
        def __init__(self, name: None) -> None:
            pass

        def __getattr__(self, name: str) -> object:
            called.append(name)
            raise AttributeError(name)  # as musl's does

    called: list[str] = []
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(ctypes, "CDLL", Library)
    memory.give_memory_back()
    assert called == asked


async def test_caches_are_small_again_when_the_cursor_rests(demo: MakeDemo) -> None:
    async with demo().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        fill_caches()
        Dwell(reader_of(pilot.app)).save()
        assert largest_cache() <= memory.MOST_ENTRIES
