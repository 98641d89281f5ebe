"""Report unexpected errors: a sentence for the user, the details in a file."""

from __future__ import annotations

import contextlib
import os
import re
import traceback
from collections.abc import Mapping
from pathlib import Path

from tui_digest.errors import UsageError
from tui_digest.folders import places, private_folder

_LONGEST_LINE = 200
_SECRET = re.compile("KEY|TOKEN|SECRET|PASSWORD")
_SHORTEST_SECRET = 6
"""Shorter values, such as the `x` that a local server is given, are no keys; they occur in every word."""


def report_crash(error: Exception) -> str:
    """Write a report to the state folder, and return the sentence for the user.

    The report holds the traceback and the beginning of the error's message, without the keys of the
    environment: neither a key nor an abstract.
    """
    file = _write(without_secrets("".join(traceback.format_exception(error)), os.environ))
    details = f"the details are in {file}" if file else "the details could not be written"
    return (
        f"Something went wrong that never should have ({type(error).__name__}); what was stored is kept, and "
        f"{details}. `tui-digest doctor` checks whether all is well."
    )


def without_secrets(text: str, environment: Mapping[str, str]) -> str:
    """Return the text with long lines cut, without keys and tokens of the environment."""
    for name, value in environment.items():
        if len(value) >= _SHORTEST_SECRET and _SECRET.search(name):
            text = text.replace(value, "(a key)")
    lines = (line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…" for line in text.splitlines())
    return "\n".join(lines) + "\n"


def crash_file() -> Path:
    """Return the path of the last report."""
    return places().state / "last-crash.txt"


def _write(text: str) -> Path | None:
    """Write the report, readable by its owner only; None if that fails."""
    with contextlib.suppress(OSError, UsageError):
        file = crash_file()
        private_folder(file.parent)
        file.unlink(missing_ok=True)
        with os.fdopen(
            os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as out:
            out.write(text)
        return file
    return None
