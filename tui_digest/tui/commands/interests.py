"""Following and muting: authors, words, categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.interests import InterestKind, Stance
from tui_digest.text.sanitise import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from tui_digest.interests import Interest
    from tui_digest.paper import Paper
    from tui_digest.tui.dialogs.chooser import Choice, Chosen
    from tui_digest.tui.reader import Reader

_WORD_ASKED = (InterestKind.WORD, "")
"""Stands for a word that is still to be asked for."""


def follow(reader: Reader, count: int | None) -> None:
    """Toggle following one of the paper's authors."""
    from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen

    entry = reader.papers.chosen
    authors = _authors(entry.paper) if entry is not None else []
    if not authors:
        reader.notify("This paper names no authors.")
        return
    if len(authors) == 1:
        _toggle(reader, InterestKind.AUTHOR, authors[0], Stance.FOLLOW)
        return
    choices = [
        Choice(_stance_words(reader, InterestKind.AUTHOR, author, author), author) for author in authors
    ]

    def on_chosen(answer: Chosen[str] | None) -> None:
        if answer is not None and (author := answer.value) is not None:
            _toggle(reader, InterestKind.AUTHOR, author, Stance.FOLLOW)

    reader.open_dialog(ChooserScreen(reader.keymap, "Follow or unfollow", choices), on_chosen)


def mute(reader: Reader, count: int | None) -> None:
    """Toggle muting an author, a category or a word."""
    from tui_digest.tui.dialogs.chooser import ChooserScreen

    entry = reader.papers.chosen
    choices = _to_mute(reader, entry.paper if entry is not None else None)

    def on_chosen(answer: Chosen[tuple[InterestKind, str]] | None) -> None:
        if answer is None or answer.value is None:
            return
        if answer.value == _WORD_ASKED:
            _ask_word(reader)
        else:
            kind, text = answer.value
            _toggle(reader, kind, text, Stance.MUTE)

    reader.open_dialog(ChooserScreen(reader.keymap, "Mute or unmute", choices), on_chosen)


def _to_mute(reader: Reader, paper: Paper | None) -> list[Choice[tuple[InterestKind, str]]]:
    """Return the choices to mute: a typed word, categories, authors, those muted."""
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.text import plain

    here = [(InterestKind.CATEGORY, name) for name in paper.categories] if paper is not None else []
    here += [(InterestKind.AUTHOR, name) for name in _authors(paper)] if paper is not None else []
    muted = [(i.kind, i.text) for i in reader.services.library.following.all() if i.stance is Stance.MUTE]
    things = [*here, *(thing for thing in muted if thing not in here)]
    return [
        Choice(plain("a word or a phrase, to be typed"), _WORD_ASKED),
        *(Choice(_stance_words(reader, kind, text, f"{kind} {text}"), (kind, text)) for kind, text in things),
    ]


def _authors(paper: Paper) -> list[str]:
    """The authors of a paper by their full names, groups among them."""
    from tui_digest.render.author_names import read_authors

    return [name.full for name in read_authors(paper.authors).names]


def _ask_word(reader: Reader) -> None:
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    ask_line(
        reader,
        "mute the word",
        TextRequest(lambda text: _toggle(reader, InterestKind.WORD, text, Stance.MUTE)),
    )


def _stance_words(reader: Reader, kind: InterestKind, text: str, words: str) -> Content:
    """Something to follow or mute, and whether it is already."""
    from tui_digest.tui.text import name, plain

    stance = _stance(reader, kind, text)
    already = {Stance.FOLLOW: "   (followed)", Stance.MUTE: "   (muted)", None: ""}[stance]
    shown = name(words, reader.state.settings.reader.glyphs) if kind is InterestKind.AUTHOR else words
    return plain(f"{shown}{already}")


def _stance(reader: Reader, kind: InterestKind, text: str) -> Stance | None:
    from tui_digest.tui.text import name

    known = {
        (interest.kind, name(interest.text).casefold()): interest.stance
        for interest in reader.services.library.following.all()
    }
    return known.get((kind, name(text).casefold()))


def _toggle(reader: Reader, kind: InterestKind, text: str, stance: Stance) -> None:
    """Follow or mute; unfollow or unmute what is followed or muted already."""
    from tui_digest.tui.commands.marks import tell

    wanted = None if _stance(reader, kind, text) is stance else stance
    following = reader.services.library.following
    reader.writes.perform(
        lambda: following.set(kind, text, wanted),
        lambda action: tell(reader, action),
    )


def choose_interests(reader: Reader, back: Callable[[], None]) -> None:
    """Show what is followed or muted, to change it or follow an author; then `back`."""
    from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen
    from tui_digest.tui.text import name, plain_line

    glyphs = reader.state.settings.reader.glyphs
    interests = reader.services.library.following.all()
    words = {Stance.FOLLOW: "followed", Stance.MUTE: "muted"}
    choices = [
        Choice(plain_line(f"{words[known.stance]}: {known.kind} {name(known.text, glyphs)}"), known)
        for known in interests
    ]
    title = (
        "Followed and muted: choose one to unfollow or unmute it"
        if interests
        else "Nothing is followed or muted yet."
    )

    def on_chosen(answer: Chosen[Interest] | None) -> None:
        if answer is None:
            back()
        elif answer.command_id == "interests.follow":
            _find_author(reader, back)
        else:
            if (interest := answer.value) is not None:
                reader.run_guarded(lambda: _toggle(reader, interest.kind, interest.text, interest.stance))
            choose_interests(reader, back)

    screen = ChooserScreen(reader.keymap, title, choices, place="interests", offered=("interests.follow",))
    reader.open_dialog(screen, on_chosen)


def _find_author(reader: Reader, back: Callable[[], None]) -> None:
    """Follow an author found by typing, of the papers at hand or any other."""
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.dialogs.search_chooser import SearchChooserScreen
    from tui_digest.tui.text import name, plain_line

    glyphs = reader.state.settings.reader.glyphs
    interests = reader.services.library.following.all()
    followed = {interest.text.casefold() for interest in interests if interest.stance is Stance.FOLLOW}
    counts = reader.listing.author_counts()
    choices = [
        Choice(plain_line(name(author, glyphs) + (f" ({count} papers here)" if count > 1 else "")), author)
        for author, count in sorted(counts.items(), key=lambda known: _last_name(known[0]))
        if one_line(author).casefold() not in followed
    ]

    def typed_choice(words: str) -> Choice[str]:
        return Choice(plain_line(f"the author {words}, as typed"), words)

    def on_chosen(author: str | None) -> None:
        if author is not None:
            reader.run_guarded(lambda: _follow(reader, author))
        choose_interests(reader, back)

    title = "Follow an author: type a name"
    reader.open_dialog(SearchChooserScreen(reader.keymap, title, choices, typed_choice), on_chosen)


def _follow(reader: Reader, author: str) -> None:
    if _stance(reader, InterestKind.AUTHOR, author) is not Stance.FOLLOW:
        _toggle(reader, InterestKind.AUTHOR, author, Stance.FOLLOW)


def _last_name(author: str) -> str:
    return author.rpartition(" ")[2].casefold()
