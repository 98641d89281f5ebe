"""Results on standard output, progress on standard error."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Mapping

import msgspec

from tui_digest.errors import UsageError
from tui_digest.paper import Digest
from tui_digest.render.labels import STATE_LABELS, counts_by_label
from tui_digest.text.sanitise import one_line, printable_json


def prepare_streams() -> None:
    """Pipes and files speak UTF-8, whatever the locale; what a terminal cannot show becomes `?`."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def print_json(value: object) -> None:
    """Print a value as JSON that people can read too."""
    print(printable_json(msgspec.json.format(msgspec.json.encode(value), indent=2).decode()))


def terminal_width(most: int = 100) -> int:
    """The columns of the terminal, at most so many."""
    return min(shutil.get_terminal_size((80, 24)).columns, most)


def require_terminal(environment: Mapping[str, str]) -> None:
    """Look whether there is a terminal for the reader: it reads standard input and draws on standard error.

    Raises:
        UsageError: there is none, or one that cannot be drawn on.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "The reader needs a terminal; `tui-digest list` prints the papers without one, and "
            "`tui-digest read --plain` reads them line by line."
        )
    if environment.get("TERM") == "dumb":
        raise UsageError(
            "This terminal cannot be drawn on (TERM is dumb); `tui-digest read --plain` reads the "
            "same papers line by line."
        )


def tell(words: str) -> None:
    """Progress, on standard error where someone may be watching."""
    if sys.stderr.isatty():
        print(f"{one_line(words)} …", file=sys.stderr)


def warn(problem: object) -> None:
    """What went wrong without stopping the command, on standard error."""
    print(one_line(str(problem)), file=sys.stderr)


def digest_line(digest: Digest) -> str:
    """A digest in one line: its day, how complete it is, how many papers of which announce types."""
    completeness = digest.completeness
    head = f"{digest.date} {STATE_LABELS[completeness.state]}"
    note = f" {one_line(completeness.note)}" if completeness.note else ""
    if not digest.papers:
        return f"{head}.{note}"  # nothing came where papers were due: that is no number of papers
    promised = "" if completeness.announced is None else f"/{completeness.announced}"
    counts = "".join(f", {kind} {count}" for kind, count in counts_by_label(completeness.counts).items())
    return f"{head}: {completeness.shown}{promised} papers{counts}.{note}"
