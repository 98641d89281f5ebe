"""Changes of a paper since the version that was read, as Content."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.content import Content

from tui_digest.latex.find import split_words
from tui_digest.paper import Paper
from tui_digest.text.word_diff import DiffKind, DiffPart, word_changes

_CONTEXT = 8
"""Unchanged words that are shown before and after a change."""


def changed_parts(
    older: Paper, newer: Paper, render: Callable[[str], Content], more: str
) -> Iterator[tuple[str, Content]]:
    """The parts of a paper that differ, by name, each with its changes.

    Args:
        older: the version that was read.
        newer: the version that is shown.
        render: shows a piece of TeX.
        more: the sign for words that are left out.
    """
    pairs = (
        ("Title", older.title, newer.title),
        ("Comment", older.comment or "", newer.comment or ""),
        ("Abstract", older.abstract, newer.abstract),
    )
    for name, before, after in pairs:
        pieces = word_changes(before, after)
        if any(piece.kind is not DiffKind.SAME for piece in pieces):
            yield name, show_changes(pieces, render, more)


def show_changes(pieces: tuple[DiffPart, ...], render: Callable[[str], Content], more: str) -> Content:
    """Return changed words in `[-brackets-]` and `{+braces+}` with some context."""
    shown: list[Content] = []
    for number, piece in enumerate(pieces):
        if number and piece.text.startswith(" "):
            shown.append(Content(" "))
        match piece.kind:
            case DiffKind.SAME:
                text = _shorten(piece.text, at_start=number == 0, at_end=number == len(pieces) - 1, more=more)
                shown.append(render(text))
            case DiffKind.REMOVED:
                shown.append(Content.assemble("[-", render(piece.text), "-]").stylize("removed"))
            case DiffKind.ADDED:
                shown.append(Content.assemble("{+", render(piece.text), "+}").stylize("added"))
    return Content("").join(shown)


def _shorten(text: str, *, at_start: bool, at_end: bool, more: str) -> str:
    """Unchanged words, only those near a change when there are many."""
    words = split_words(text)  # a formula is one word, so that none is cut
    before, after = 0 if at_start else _CONTEXT, 0 if at_end else _CONTEXT
    if len(words) <= before + after + 1:
        return text.strip()
    first, last = "".join(words[:before]).strip(), "".join(words[len(words) - after :]).strip()
    return " ".join(part for part in (first, more, last) if part)
