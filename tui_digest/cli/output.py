"""Results on standard output, progress on standard error."""

from __future__ import annotations

import shutil
import sys

import msgspec


def print_json(value: object) -> None:
    """Print a value as JSON that people can read too."""
    print(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def terminal_width(most: int = 100) -> int:
    """The columns of the terminal, at most so many."""
    return min(shutil.get_terminal_size((80, 24)).columns, most)


def tell(words: str) -> None:
    """Progress, on standard error where someone may be watching."""
    if sys.stderr.isatty():
        print(f"{words} …", file=sys.stderr)
