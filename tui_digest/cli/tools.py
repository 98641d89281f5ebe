"""`latex`, `keys`, `cache`: commands without network and library."""

from __future__ import annotations

import sys

from tui_digest.cli.streams import require_input
from tui_digest.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Final, TextIO

    from tui_digest.arxiv.cache import AnswerCache
    from tui_digest.tui.keymap.keymap import Keymap

LONGEST_LINE: Final = 1_000_000
"""Characters of a line up to which it is converted; a text is held in memory about thirty times."""


def latex(arguments: argparse.Namespace) -> int:
    """Convert text with TeX to Unicode, line by line."""
    return convert_file(arguments.file)


def convert_file(file: str) -> int:
    """Print a file's lines, with their TeX as Unicode; of `-`, standard input's.

    A line longer than `LONGEST_LINE` is printed as it is, without its control characters.
    """
    from tui_digest.latex import to_unicode
    from tui_digest.text.sanitise import sanitise

    for line, is_part in _lines(file):
        if is_part:
            print(sanitise(line), end="")
        else:
            print(to_unicode(sanitise(line.rstrip("\n"))))
    return 0


def _lines(file: str) -> Iterator[tuple[str, bool]]:
    """Yield lines, long ones in parts, and whether each is a part."""
    if file == "-":
        require_input()
        yield from _cut(sys.stdin)
        return
    try:
        with open(file, encoding="utf-8", errors="replace") as lines:  # noqa: PTH123 - a filter starts at once
            yield from _cut(lines)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {(error.strerror or 'it failed').lower()}.") from error


def _cut(lines: TextIO) -> Iterator[tuple[str, bool]]:
    """Yield lines, those longer than `LONGEST_LINE` in parts, and tell of these."""
    is_long, number = False, 1
    while text := lines.readline(LONGEST_LINE):
        ends = text.endswith("\n")
        if not is_long and not ends and len(text) == LONGEST_LINE:
            is_long = True
            _tell(f"Line {number:,} is longer than {LONGEST_LINE:,} characters and was not converted.")
        yield text, is_long
        is_long, number = is_long and not ends, number + ends


def _tell(sentence: str) -> None:
    from tui_digest.cli.output import warn

    warn(sentence)


def keys(arguments: argparse.Namespace) -> int:
    """Print the reader's keys by place, with the user's own."""
    if arguments.format == "text":
        return print_keys()
    from tui_digest.cli.output import print_json
    from tui_digest.tui.keymap.keymap import key_records

    print_json(key_records(_keymap()))
    return 0


def print_keys() -> int:
    """Print the reader's keys as text."""
    from tui_digest.tui.keymap.dialogs import DIALOGS

    keymap = _keymap()
    group = ""
    for place in (keymap, *map(keymap.at, DIALOGS)):
        for command in place.commands:
            if command.group != group:
                print(f"{'' if not group else chr(10)}{command.group}")
                group = command.group
            print(f"  {place.labels_of(command.id):14}  {command.title:24}  {command.help}")
    for problem in keymap.problems:
        _tell(f"config.toml: {problem}.")
    return 0


def _keymap() -> Keymap:
    from tui_digest.config_text import plain_keys, read_config
    from tui_digest.folders import places
    from tui_digest.tui.keymap.keymap import Keymap

    file = places().config_file
    own = plain_keys(read_config(file))
    return Keymap(_checked_keys(file) if own is None else own)


def _checked_keys(file: Path) -> Mapping[str, str | tuple[str, ...]]:
    from tui_digest.cli.process_start import import_msgspec

    import_msgspec()
    from tui_digest.config_file import load_settings

    return load_settings(file).keys


def cache(arguments: argparse.Namespace) -> int:
    """Print the size of the cache of arXiv's answers, or clear it."""
    if arguments.what == "info":
        return print_cache_size()
    removed = _answers().clear()
    print(f"Removed {_answers_words(removed)} of arXiv. Nothing of yours was in there.")
    return 0


def _answers_words(number: int) -> str:
    return f"{number} answer{'' if number == 1 else 's'}"


def print_cache_size() -> int:
    """Print how many answers of arXiv are cached, and their size."""
    from tui_digest.arxiv.cache_size import SIZE_LIMIT, stored_size
    from tui_digest.folders import places

    folder = places().cache
    if (stored := stored_size(folder)) is None:
        info = _answers().info()  # repairs a damaged one
        stored = info.answers, info.bytes
    answers, size = stored
    print(
        f"{_answers_words(answers)} of arXiv, {size / 1e6:.1f} MB of at most "
        f"{SIZE_LIMIT / 1e6:.0f} MB, in {folder}"
    )
    return 0


def _answers() -> AnswerCache:
    from tui_digest.cli.process_start import import_msgspec

    import_msgspec()
    from tui_digest.arxiv.cache import AnswerCache
    from tui_digest.cli.container import utc_now
    from tui_digest.folders import places

    return AnswerCache(places().cache, now=utc_now)
