"""`tag`: the tags that the reader gives to papers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tui_digest.cli.container import Parts
from tui_digest.cli.marks import step_sentence
from tui_digest.cli.output import print_json, show_progress
from tui_digest.cli.selection import find_papers
from tui_digest.errors import UsageError
from tui_digest.paper import ArxivId
from tui_digest.text.sanitise import one_line

_USAGE = "write tui-digest tag ID... +a -b, tag list, or tag rename A B"


def tag(arguments: argparse.Namespace) -> int:
    """Change the tags of papers, print all tags, or rename one."""
    words: list[str] = [word for word in arguments.words if word != "--"]
    offline = "--offline" in words
    if offline:
        words.remove("--offline")
    if not words:
        raise UsageError(f"Nothing is to be tagged: {_USAGE}.")
    with Parts() as parts:
        if words[0] == "list":
            return _list(parts, words[1:])
        if words[0] == "rename":
            return _rename(parts, words[1:])
        return _change(parts, words, offline)


def _list(parts: Parts, options: Sequence[str]) -> int:
    if list(options) not in ([], ["--format", "text"], ["--format", "json"]):
        raise UsageError("tag list takes no arguments but --format text or --format json.")
    counts = parts.library.tags.counts()
    if "json" in options:
        print_json(counts)
        return 0
    for name, count in counts.items():
        print(f"{name}  {count} paper{'' if count == 1 else 's'}")
    return 0


def _rename(parts: Parts, names: Sequence[str]) -> int:
    if len(names) != 2:
        raise UsageError(f"A rename takes the old and the new tag: {_USAGE}.")
    action = parts.library.tags.rename(*names)
    if action is None:
        print(f"No paper has the tag {one_line(names[0])}, or it is called so already.")
        return 0
    print(step_sentence(parts, action))
    return 0


def _change(parts: Parts, words: Sequence[str], offline: bool) -> int:
    from tui_digest.tags import parse_changes

    first = next((number for number, word in enumerate(words) if word[0] in "+-"), len(words))
    changes = parse_changes(words[first:])
    if not first or not (changes.add or changes.remove):
        raise UsageError(f"Papers and changes are needed: {_USAGE}.")
    try:
        wanted = [ArxivId.parse(word) for word in words[:first]]
    except ValueError as error:
        raise UsageError(f"{error}; {_USAGE}.") from None
    papers = find_papers(parts, wanted, offline, show_progress)
    action = parts.library.tags.change([paper.id for paper in papers], changes)
    print(step_sentence(parts, action) if action else "They were tagged so already.")
    return 0
