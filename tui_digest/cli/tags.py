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
from tui_digest.render.labels import count_words
from tui_digest.text.sanitise import one_line

_USAGE = "write tui-digest tag ID... +a -b, tag list, or tag rename A B"


def tag(arguments: argparse.Namespace) -> int:
    """Change the tags of papers, print all tags, or rename one."""
    words = _take_options(arguments)
    if not words:
        raise UsageError(f"Nothing is to be tagged: {_USAGE}.")
    with Parts() as parts:
        if words == ["list"]:
            return _list(parts, arguments.format)
        if words[0] == "rename":
            return _rename(parts, words[1:], arguments.format)
        return _change(parts, words, arguments)


def _take_options(arguments: argparse.Namespace) -> list[str]:
    """Return the words without the options among them, which the parser left there.

    It takes all that follows the first word as words, so that `-tag` is one.
    """
    words = []
    rest = iter(arguments.words)
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--offline":
            arguments.offline = True
        elif name == "--format":
            arguments.format = value if equals else next(rest, "")
        elif word != "--":
            words.append(word)
    if arguments.format not in ("text", "json"):
        raise UsageError("--format is text or json.")
    return words


def _list(parts: Parts, format_name: str) -> int:
    counts = parts.library.tags.counts()
    if format_name == "json":
        print_json(counts)
        return 0
    for name, count in counts.items():
        print(f"{name}  {count_words(count, 'paper')}")
    return 0


def _rename(parts: Parts, names: Sequence[str], format_name: str) -> int:
    if len(names) != 2:
        raise UsageError(f"A rename takes the old and the new tag: {_USAGE}.")
    action = parts.library.tags.rename(*names)
    if format_name == "json":
        return _list(parts, format_name)
    if action is None:
        print(f"No paper has the tag {one_line(names[0])}, or that is its name already.")
        return 0
    print(step_sentence(parts, action))
    return 0


def _change(parts: Parts, words: Sequence[str], arguments: argparse.Namespace) -> int:
    from tui_digest.tags import parse_changes

    first = next((number for number, word in enumerate(words) if word[0] in "+-"), len(words))
    changes = parse_changes(words[first:])
    if not first or not (changes.add or changes.remove):
        raise UsageError(f"Papers and changes are needed: {_USAGE}.")
    try:
        wanted = [ArxivId.parse(word) for word in words[:first]]
    except ValueError as error:
        raise UsageError(f"{error}; {_USAGE}.") from None
    papers = find_papers(parts, wanted, offline=arguments.offline, tell=show_progress)
    action = parts.library.tags.change([paper.id for paper in papers], changes)
    if arguments.format == "json":
        print_json({entry.paper.id: entry.tags for entry in parts.library.entries(papers)})
        return 0
    print(step_sentence(parts, action) if action else "They already have these tags.")
    return 0
