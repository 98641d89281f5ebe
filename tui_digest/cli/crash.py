"""What happens when something happens that must not: a sentence for the user, the details in a file."""

from __future__ import annotations

import contextlib
import os
import traceback
from pathlib import Path

from tui_digest.settings import places, private_folder


def told(error: Exception) -> str:
    """The sentence that the user is told; what whoever mends it needs is written to the state folder.

    The file holds where in the program it happened and no values of variables, so no key either.
    """
    file = _write("".join(traceback.format_exception(error)))
    details = f"the details are in {file}" if file else "the details could not be written"
    return (
        f"Something went wrong that never should ({type(error).__name__}); what was stored is kept, and "
        f"{details}. `tui-digest doctor` looks whether all is well."
    )


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
