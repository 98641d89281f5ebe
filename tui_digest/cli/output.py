"""Print results to standard output and progress to standard error."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import msgspec

from tui_digest.cli.streams import terminal_columns
from tui_digest.errors import UsageError
from tui_digest.paper import Digest, Paper
from tui_digest.render.labels import STATE_LABELS, counts_by_label
from tui_digest.text.sanitise import one_line, printable_json


def print_json(value: object) -> None:
    """Print a value as indented JSON."""
    print(printable_json(msgspec.json.format(msgspec.json.encode(value), indent=2).decode()))


def terminal_width(most: int = 100) -> int:
    """Return the columns of the terminal, up to a limit."""
    return min(terminal_columns(), most)


_NO_TERMINAL = (
    "The reader needs a terminal; `tui-digest list` prints the papers without one, and "
    "`tui-digest read --plain` reads them line by line."
)


def require_terminal(environment: Mapping[str, str], otherwise: str = _NO_TERMINAL) -> None:
    """Check that standard input and standard error are a terminal for the reader.

    Args:
        environment: the process's.
        otherwise: the sentence that says so when there is none.

    Raises:
        UsageError: there is none, or one that cannot be drawn on.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(otherwise)
    if environment.get("TERM") == "dumb":
        raise UsageError(
            "This terminal cannot be drawn on (TERM is dumb); `tui-digest read --plain` reads the "
            "same papers line by line."
        )


def show_progress(words: str) -> None:
    """Print progress to standard error, if that is a terminal."""
    if sys.stderr.isatty():
        print(f"{one_line(words)} …", file=sys.stderr)


def warn(problem: object) -> None:
    """Print a problem that does not stop the command to standard error."""
    print(one_line(str(problem)), file=sys.stderr)


def paper_name(paper: Paper) -> str:
    """Return a paper's title with its id: `Trees without roots (2611.00012v1)`."""
    from tui_digest.latex import to_unicode

    return f"{to_unicode(one_line(paper.title))} ({paper.arxiv_id})"


def digest_line(digest: Digest) -> str:
    """Format a digest in one line: day, completeness, papers by announce type."""
    completeness = digest.completeness
    head = f"{digest.date} {STATE_LABELS[completeness.state]}"
    note = f" {one_line(completeness.note)}" if completeness.note else ""
    if not digest.papers:
        return f"{head}.{note}"  # an empty answer where papers were expected is no number of papers
    promised = "" if completeness.announced is None else f"/{completeness.announced}"
    counts = "".join(f", {kind} {count}" for kind, count in counts_by_label(completeness.counts).items())
    return f"{head}: {completeness.shown}{promised} papers{counts}.{note}"
