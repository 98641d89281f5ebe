"""The start that a saved screen's key tells of, and what changed since."""

from __future__ import annotations

import os
from ast import literal_eval
from collections.abc import Mapping, Sequence
from typing import Final

from tui_digest.saved_screen import current_key, is_named, key_paths


class Start:
    """A start of the reader that a screen was saved for.

    Attributes:
        arguments: the words of the command line.
        size: columns and lines of the terminal.
        environment: the present one, with the variables that the frame depends on as they were.
    """

    def __init__(
        self, arguments: Sequence[str], size: tuple[int, int], environment: Mapping[str, str]
    ) -> None:
        self.arguments = arguments
        self.size = size
        self.environment = environment


KEY_LINES: Final = (
    "library's place", "settings' place", "command line", "environment", "terminal's size",
    "library", "settings", "program",
)  # fmt: skip
"""What the lines of a key tell; the version of Python follows."""


def changed_inputs(key: bytes, size: tuple[int, int]) -> list[str]:
    """Return what changed since a screen was saved, as names of `KEY_LINES`.

    Args:
        key: of the saved screen.
        size: columns and lines of the terminal.

    Raises:
        ValueError: it is no key of this version, or the library is being written.
        OSError: the library cannot be read.
    """
    saved = key.decode("utf-8", "surrogateescape").split("\n")
    present = current_key(start_of(key).arguments, os.environ, size, key_paths(key)).split("\n")
    names = (*KEY_LINES, *("Python",) * len(saved))
    return [name for name, before, now in zip(names, saved, present, strict=False) if before != now]


def start_of(key: bytes) -> Start:
    """Return the start that a key was made for.

    Raises:
        ValueError: it is no key of this version.
    """
    try:
        lines = key.decode("utf-8", "surrogateescape").split("\n")
        arguments, named, size = (literal_eval(line) for line in lines[2:5])
        environment = {name: value for name, value in os.environ.items() if not is_named(name)}
        return Start(arguments, size, environment | dict(named))
    except (SyntaxError, TypeError) as error:
        raise ValueError("not a key") from error
