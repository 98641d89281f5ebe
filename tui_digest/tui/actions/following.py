"""Following and muting: authors, words, categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.sanitise import one_line
from tui_digest.taste import InterestKind, Stance

if TYPE_CHECKING:
    from textual.content import Content

    from tui_digest.paper import Paper
    from tui_digest.tui.screens.chooser import Choice, Chosen
    from tui_digest.tui.screens.reader import ReaderScreen

_WORD_ASKED = (InterestKind.WORD, "")
"""Stands for a word that is still to be asked for."""


def follow(reader: ReaderScreen, count: int | None) -> None:
    """Follow an author of the paper, or let go of one."""
    from tui_digest.tui.screens.chooser import Choice, ChooserScreen

    entry = reader.papers.chosen
    if entry is None or not entry.paper.authors:
        reader.say("This paper names no authors.")
        return
    paper = entry.paper
    if len(paper.authors) == 1:
        _toggle(reader, InterestKind.AUTHOR, paper.authors[0], Stance.FOLLOW)
        return
    choices = [
        Choice(_stance_words(reader, InterestKind.AUTHOR, author, author), author) for author in paper.authors
    ]

    def chosen(answer: Chosen[str] | None) -> None:
        if answer is not None and (author := answer.value) is not None:
            reader.attempt(lambda: _toggle(reader, InterestKind.AUTHOR, author, Stance.FOLLOW))

    reader.app.push_screen(ChooserScreen("Follow, or let go of", choices), chosen)


def mute(reader: ReaderScreen, count: int | None) -> None:
    """Mute an author, a category or a word, or let go of one."""
    from tui_digest.tui.screens.chooser import ChooserScreen

    entry = reader.papers.chosen
    choices = _to_mute(reader, entry.paper if entry is not None else None)

    def chosen(answer: Chosen[tuple[InterestKind, str]] | None) -> None:
        if answer is None or answer.value is None:
            return
        if answer.value == _WORD_ASKED:
            _ask_word(reader)
        else:
            kind, text = answer.value
            reader.attempt(lambda: _toggle(reader, kind, text, Stance.MUTE))

    reader.app.push_screen(ChooserScreen("Mute, or let go of", choices), chosen)


def _to_mute(reader: ReaderScreen, paper: Paper | None) -> list[Choice[tuple[InterestKind, str]]]:
    """A word to be typed, the paper's categories and authors, and all that is muted already."""
    from tui_digest.tui.screens.chooser import Choice
    from tui_digest.tui.text import plain

    here = [(InterestKind.CATEGORY, name) for name in paper.categories] if paper is not None else []
    here += [(InterestKind.AUTHOR, name) for name in paper.authors] if paper is not None else []
    muted = [(i.kind, i.text) for i in reader.services.shelf.interests() if i.stance is Stance.MUTE]
    things = [*here, *(thing for thing in muted if thing not in here)]
    return [
        Choice(plain("a word or a phrase, to be typed"), _WORD_ASKED),
        *(Choice(_stance_words(reader, kind, text, f"{kind} {text}"), (kind, text)) for kind, text in things),
    ]


def _ask_word(reader: ReaderScreen) -> None:
    from tui_digest.tui.writing import Asking

    reader.writing.ask(
        "mute the word", Asking(lambda text: _toggle(reader, InterestKind.WORD, text, Stance.MUTE))
    )


def _stance_words(reader: ReaderScreen, kind: InterestKind, text: str, words: str) -> Content:
    """Something to follow or mute, and whether it is already."""
    from tui_digest.tui.text import name, plain

    stance = _stance(reader, kind, text)
    already = {Stance.FOLLOW: "   (followed)", Stance.MUTE: "   (muted)", None: ""}[stance]
    shown = name(words, reader.settings.reader.glyphs) if kind is InterestKind.AUTHOR else words
    return plain(f"{shown}{already}")


def _stance(reader: ReaderScreen, kind: InterestKind, text: str) -> Stance | None:
    known = {(each.kind, each.text.casefold()): each.stance for each in reader.services.shelf.interests()}
    return known.get((kind, one_line(text).casefold()))


def _toggle(reader: ReaderScreen, kind: InterestKind, text: str, stance: Stance) -> None:
    """Follow or mute; what is followed or muted so already is let go of."""
    from tui_digest.tui.actions.marking import said
    from tui_digest.tui.text import tex_line

    wanted = None if _stance(reader, kind, text) is stance else stance
    action = reader.perform(lambda: reader.services.shelf.set_interest(kind, text, wanted))
    reader.find_pick()
    reader.tell(tex_line(said(action), reader.settings.reader.glyphs))
