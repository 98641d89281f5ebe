"""`mark`, `note`, `history`: the reader's decisions about papers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import msgspec

from tui_digest.cli.container import Parts
from tui_digest.cli.output import paper_name, print_json, show_progress, warn
from tui_digest.cli.selection import find_papers, is_selection, select_papers
from tui_digest.cli.streams import require_input
from tui_digest.core.step_words import words_of_steps
from tui_digest.entry import Action, Mark
from tui_digest.errors import UsageError
from tui_digest.paper import ArxivId
from tui_digest.render.labels import local_time
from tui_digest.text.sanitise import sanitise

_LONGEST_NOTE = 1_000_000
"""Characters that are read from standard input, which may have no end."""

_BACK_OR_AGAIN = {"undo": "Undid", "redo": "Did again"}


def mark(arguments: argparse.Namespace) -> int:
    """Mark the selected papers in one step of the history; fetch missing ones first."""
    if not is_selection(arguments):
        raise UsageError("Say which papers: ids, --marked, --picked, --tag, --filter, or --all.")
    with Parts(arguments.category, arguments.digest) as parts:
        selected = select_papers(parts, arguments, show_progress)
        ids = [entry.paper.id for entry in selected.entries]
        if not ids:
            print("No paper is selected.")
            return 0
        action = parts.library.marks.mark(ids, None if arguments.mark == "none" else Mark(arguments.mark))
        print(step_sentence(parts, action) if action else "They already have that mark.")
        return 0


def _read_input() -> str:
    require_input()
    text = sys.stdin.read(_LONGEST_NOTE + 1)
    if len(text) > _LONGEST_NOTE:
        raise UsageError(f"A note takes no more than {_LONGEST_NOTE:,} characters; nothing was changed.")
    return text


def note(arguments: argparse.Namespace) -> int:
    """Print the note on a paper, or write it; an empty text removes it."""
    with Parts() as parts:
        if arguments.text is None:
            return _show_note(parts, arguments.id)
        text = _read_input() if arguments.text == "-" else arguments.text
        (paper,) = find_papers(parts, [arguments.id], offline=arguments.offline, tell=show_progress)
        action = parts.library.marks.note(paper.id, text)
        if text.strip():
            parts.texts(offline=True).keep(paper)
        print(step_sentence(parts, action) if action else "The note already says that.")
        return 0


def history(arguments: argparse.Namespace) -> int:
    """Print the history, newest first, or undo or redo a step."""
    with Parts() as parts:
        if arguments.what == "list":
            _list_history(parts, parts.library.history.recent(arguments.limit), arguments.format)
            return 0
        steps = parts.library.history
        action = steps.undo() if arguments.what == "undo" else steps.redo()
        if action is None:
            print(f"There is nothing to {arguments.what}.")
        else:
            (words,) = words_of_steps(parts.library.lists, [action])
            print(f"{_BACK_OR_AGAIN[arguments.what]}: {words.plain}.")
        return 0


def _show_note(parts: Parts, wanted: ArxivId) -> int:
    (paper,) = find_papers(parts, [wanted], offline=True, tell=show_progress)
    text = parts.library.entries([paper])[0].reading.note
    if text:
        print(sanitise(text))
    else:
        warn(f"There is no note on {paper_name(paper)}.")
    return 0


def step_sentence(parts: Parts, action: Action) -> str:
    """Return what a step did as a sentence: `Marked to read: A bound (2611.10001).`."""
    (words,) = words_of_steps(parts.library.lists, [action])
    return words.sentence


def _list_history(parts: Parts, steps: Sequence[Action], format_name: str) -> None:
    if format_name == "json":
        print_json([msgspec.to_builtins(step) for step in steps])
        return
    for step, words in zip(steps, words_of_steps(parts.library.lists, steps), strict=True):
        taken_back = f"{step.kind}: " if step.kind in _BACK_OR_AGAIN else ""
        print(f"{step.step:6}  {local_time(step.at)}  {taken_back}{words.plain}")
