"""What happens when something happens that must not: a sentence for the user, the details in a file."""

from __future__ import annotations

import contextlib
import os
import re
import traceback
from collections.abc import Mapping
from pathlib import Path

from tui_digest.settings import places, private_folder

_LONGEST_LINE = 200
_SECRET = re.compile("KEY|TOKEN|SECRET|PASSWORD")


def told(error: Exception) -> str:
    """The sentence that the user is told; what whoever mends it needs is written to the state folder.

    The file holds where in the program it happened, and of what the error itself says only its
    beginning, without the keys of the environment: neither a key nor an abstract.
    """
    file = _write(without_secrets("".join(traceback.format_exception(error)), os.environ))
    details = f"the details are in {file}" if file else "the details could not be written"
    return (
        f"Something went wrong that never should have ({type(error).__name__}); what was stored is kept, and "
        f"{details}. `tui-digest doctor` checks whether all is well."
    )


def without_secrets(text: str, environment: Mapping[str, str]) -> str:
    """The text with its long lines cut, and without the keys and tokens of the environment."""
    for name, value in environment.items():
        if value and _SECRET.search(name):
            text = text.replace(value, "(a key)")
    lines = (line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…" for line in text.splitlines())
    return "\n".join(lines) + "\n"


def crash_file() -> Path:
    """Where the last such failure is told."""
    return places().state / "last-crash.txt"


def _write(text: str) -> Path | None:
    """The file with the text, for its owner only; None where it could not be written."""
    with contextlib.suppress(OSError):
        file = crash_file()
        private_folder(file.parent)
        file.unlink(missing_ok=True)
        with os.fdopen(
            os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as out:
            out.write(text)
        return file
    return None
