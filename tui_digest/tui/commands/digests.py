"""Named digests: choosing the one whose days are shown."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.settings import DEFAULT_DIGEST
from tui_digest.tui.tasks.fetch import FETCH, start_fetch

if TYPE_CHECKING:
    from tui_digest.core.services import NamedDigest
    from tui_digest.lists import StoredDigest
    from tui_digest.tui.dialogs.chooser import Chosen
    from tui_digest.tui.reader import Reader


def digests(reader: Reader, count: int | None) -> None:
    """Choose the digest whose days are shown."""
    from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen
    from tui_digest.tui.text import plain_line

    known = reader.services.days.choices()
    names = [digest.name for digest in known]
    now = reader.state.digest_name

    def on_chosen(answer: Chosen[str] | None) -> None:
        if answer is not None and answer.value is not None:
            choose_digest(reader, answer.value)

    choices = [Choice(plain_line(digest_words(digest)), digest.name) for digest in known]
    at = names.index(now) if now in names else 0
    reader.open_dialog(ChooserScreen(reader.keymap, "Digests", choices, at=at), on_chosen)


def digest_words(digest: NamedDigest) -> str:
    """A digest's name and categories."""
    ready = ", ready-made" if digest.ready_made else ""
    return f"{digest.name} ({' '.join(digest.categories)}){ready}"


def choose_digest(reader: Reader, name: str) -> None:
    """Show the day of another digest: the one that is shown, or its newest.

    Raises:
        UsageError: there is no such digest, or the reader is offline and no day of it is stored.
    """
    days, state = reader.services.days, reader.state
    before, shown = state.digest_name, state.digest
    days.choose(name)
    stored = (days.stored(shown.date) if shown is not None else None) or days.stored(None)
    if stored is None and state.options.offline:
        days.choose(before)
        reader.notify(f"No day of {name} is stored, and the reader is offline.")
        return
    reader.cancel(FETCH)
    reader.begin_digest(name)
    reader.writes.save_digest_choice()
    if stored is not None:
        open_with_pick(reader, stored)
    if not state.options.offline:
        start_fetch(reader, None)
    reader.notify(f"Digest: {name}.")


def open_with_pick(reader: Reader, digest: StoredDigest) -> None:
    """Show a stored day; one that another digest fetched gets its pick first."""
    name, rules = reader.state.digest_name, reader.state.settings.pick
    picks = reader.services.library.picks
    if name == DEFAULT_DIGEST or not rules.count or picks.stored(digest.scope, name):
        reader.open_day(digest)
        return

    async def pick_and_open() -> None:
        await asyncio.to_thread(partial(picks.update, digest.scope, name, rules))
        if reader.is_open and reader.state.digest_name == name:
            reader.open_day(digest)

    reader.run_in_background(pick_and_open, "day")
