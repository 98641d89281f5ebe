"""What pictures of the reader are made of: the demo on a fixed morning, and keys pressed in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Protocol

from textual import events
from textual.pilot import Pilot

from tests.tui.fakes import finished, settle
from tui_digest.tui.app import ReaderApp

MORNING = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)

Prepare = Callable[[Pilot[str]], Awaitable[None]]
"""Brings a running reader to what the picture shows."""


class Compare(Protocol):
    """pytest-textual-snapshot's fixture, as far as it is used here."""

    def __call__(
        self,
        app: ReaderApp,
        *,
        press: tuple[str, ...] = (),
        terminal_size: tuple[int, int],
        run_before: Prepare | None = None,
    ) -> bool: ...


class MakeDemo(Protocol):
    """Makes the demo's reader; `config` is lines of config.toml."""

    def __call__(self, config: str = "", *, stored: bool = True, offline: bool = False) -> ReaderApp: ...


def then(*keys: str) -> Prepare:
    """Wait until the papers are there, press these keys, and wait for what they set going."""

    async def run(pilot: Pilot[str]) -> None:
        await settle(pilot)
        await pilot.press(*keys)
        await finished(pilot.app)

    return run


def paste(pilot: Pilot[str], text: str) -> None:
    """Hand text over as a terminal does when it is pasted."""
    pilot.app.post_message(events.Paste(text))
