"""Results on standard output, progress on standard error."""

from __future__ import annotations

import io
import shutil
import sys

import msgspec

from tui_digest.sanitise import one_line


def prepare_streams() -> None:
    """Pipes and files speak UTF-8, whatever the locale; what a terminal cannot show becomes `?`."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def print_json(value: object) -> None:
    """Print a value as JSON that people can read too."""
    print(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def terminal_width(most: int = 100) -> int:
    """The columns of the terminal, at most so many."""
    return min(shutil.get_terminal_size((80, 24)).columns, most)


def tell(words: str) -> None:
    """Progress, on standard error where someone may be watching."""
    if sys.stderr.isatty():
        print(f"{one_line(words)} …", file=sys.stderr)


def warn(problem: object) -> None:
    """What went wrong without stopping the command, on standard error."""
    print(one_line(str(problem)), file=sys.stderr)
