"""`read --plain`: the reader for screen readers, dumb terminals and pipes."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

from tui_digest.arxiv.types import no_progress
from tui_digest.cli.container import Parts
from tui_digest.cli.output import digest_line, show_progress
from tui_digest.cli.plain.dialogue import Dialogue, DialogueServices
from tui_digest.cli.plain.whole_text import TextReading
from tui_digest.cli.selection import digest_of
from tui_digest.cli.whole_text import fetched_text, source_sentences
from tui_digest.core.navigation import Browsing
from tui_digest.entry import Entry
from tui_digest.errors import LibraryError
from tui_digest.paper import Digest
from tui_digest.settings import Mathematics


def read_plainly(parts: Parts, arguments: argparse.Namespace | SimpleNamespace) -> int:
    """Read a day line by line until the user quits, or standard input ends."""
    tell = no_progress if parts.demo else show_progress  # the demo asks nobody
    digest = digest_of(parts, arguments.date, offline=arguments.offline, tell=tell)
    dialogue = open_dialogue(parts, digest, arguments.plain, offline=arguments.offline)
    _say(digest_line(digest))
    if not dialogue.browsing.day.count:
        return 0
    _say("help lists what you can say; quit ends.")
    _say(dialogue.here())
    try:
        _converse(dialogue)
    finally:
        with suppress(LibraryError):  # a library that cannot be written is read all the same
            parts.library.positions.remember(digest.date, dialogue.browsing.day.place, parts.digest.name)
    return 0


def open_dialogue(parts: Parts, digest: Digest, mathematics: Mathematics, *, offline: bool) -> Dialogue:
    """Open the dialogue on a day, at the paper that was read last."""
    browsing = Browsing(parts.library, parts.settings.reader)
    stored = parts.stored_digest(digest.date)
    if stored is not None:
        parts.update_pick(stored)
        name = parts.digest.name
        picked = parts.library.picks.stored(stored.scope, name)
        browsing.open_day(stored, picked, parts.library.positions.paper(digest.date, name) or "")
    listing = browsing.day
    if listing.count:
        listing.place = listing.rows[listing.place_of(listing.place)].paper.id

    def explain(entry: Entry) -> None:
        from tui_digest.cli.explain import explain_all, require_model

        require_model(parts)
        _say("The model is being asked; that may take a minute.")
        problem = explain_all(parts, [entry])[1]
        if problem is not None:
            raise problem

    texts = parts.texts(offline=offline)

    def open_text(entry: Entry) -> TextReading:
        text = fetched_text(parts, entry.paper, offline=offline)
        return TextReading(text, source_sentences(parts, text), texts.place(text))

    def remember_text(reading: TextReading) -> None:
        texts.remember(reading.text, reading.place)

    def download_pdf(entry: Entry) -> Path:
        return parts.run(parts.pdfs(offline=offline).fetch(entry.paper, show_progress))

    def send(entry: Entry) -> str:
        from tui_digest.cli.zotero import send_from_reader

        return send_from_reader(parts, [entry], show_progress).sentence

    services = DialogueServices(
        explain, webbrowser.open, open_text, remember_text, download_pdf=download_pdf, send_to_zotero=send
    )
    return Dialogue(browsing, parts.library, services, mathematics)


def _converse(dialogue: Dialogue) -> None:
    """Answer lines of standard input; a terminal is shown a prompt for each."""
    while not dialogue.over:
        if sys.stdin.isatty():
            print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            return
        _say(dialogue.answer(line))


def _say(words: str) -> None:
    print(f"{words}\n", flush=True)
