"""`latex`, `keys`, `cache`: commands without network and library."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from tui_digest.cli.streams import require_input
from tui_digest.errors import UsageError


def latex(arguments: argparse.Namespace) -> int:
    """Convert text with TeX to Unicode, line by line."""
    from tui_digest.latex import to_unicode
    from tui_digest.text.sanitise import sanitise

    for line in _lines(arguments.file):
        print(to_unicode(sanitise(line.rstrip("\n"))))
    return 0


def _lines(file: str) -> Iterable[str]:
    if file == "-":
        require_input()
        yield from sys.stdin
        return
    try:
        with open(file, encoding="utf-8", errors="replace") as lines:  # noqa: PTH123 - a filter starts at once
            yield from lines
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {(error.strerror or 'it failed').lower()}.") from error


def keys(arguments: argparse.Namespace) -> int:
    """Print the reader's keys by place, with the user's own."""
    from tui_digest.cli.output import print_json, warn
    from tui_digest.config_file import load_settings
    from tui_digest.folders import places
    from tui_digest.tui.keymap.dialogs import DIALOGS
    from tui_digest.tui.keymap.keymap import Keymap, key_records

    keymap = Keymap(load_settings(places().config_file).keys)
    if arguments.format == "json":
        print_json(key_records(keymap))
        return 0
    group = ""
    for place in (keymap, *map(keymap.at, DIALOGS)):
        for command in place.commands:
            if command.group != group:
                print(f"{'' if not group else chr(10)}{command.group}")
                group = command.group
            print(f"  {place.labels_of(command.id):14}  {command.title:24}  {command.help}")
    for problem in keymap.problems:
        warn(f"config.toml: {problem}.")
    return 0


def cache(arguments: argparse.Namespace) -> int:
    """Print the size of the cache of arXiv's answers, or clear it."""
    from tui_digest.arxiv.cache import AnswerCache
    from tui_digest.cli.container import utc_now
    from tui_digest.folders import places
    from tui_digest.render.labels import size_words

    answers = AnswerCache(places().cache, now=utc_now)
    if arguments.what == "clear":
        print(f"{answers.clear()} answers of arXiv were removed. Nothing of yours was in there.")
    else:
        info = answers.info()
        print(
            f"{info.answers} answers of arXiv, {size_words(info.bytes)} of at most "
            f"{size_words(info.limit)}, in {info.folder}"
        )
    return 0
