"""Edit a text in the user's own editor."""

from __future__ import annotations

import locale
import shlex
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tui_digest.cli.system.foreground import run_in_foreground
from tui_digest.errors import TuiDigestError, UsageError
from tui_digest.text.files import read_regular

_LARGEST_NOTE: Final = 1_000_000
"""Bytes."""


def editor_command(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the command in `VISUAL` or `EDITOR`, or an installed editor.

    Raises:
        UsageError: there is none, or the variable holds no command.
    """
    for name in ("VISUAL", "EDITOR"):
        if command := environment.get(name, "").strip():
            try:
                return tuple(shlex.split(command))
            except ValueError as error:
                raise UsageError(f"{name} cannot be read as a command: {str(error).lower()}.") from error
    for program in ("nano", "vi", "notepad"):
        if shutil.which(program):
            return (program,)
    raise UsageError("No editor is set: name one in EDITOR, for example EDITOR=nano.")


def edit_text(text: str, command: Sequence[str]) -> str:
    """Return the text after editing; its file is in a folder only the user can read.

    Where the reader is ended meanwhile, it is the text that the editor wrote last.

    Raises:
        TuiDigestError: the editor could not be started or failed, or left what is not text; the
            note stays as it was.
    """
    with TemporaryDirectory(prefix="tui-digest-note-") as folder:
        file = Path(folder) / "note.md"
        file.write_text(text, encoding="utf-8")
        try:
            end = run_in_foreground([*command, str(file)])
        except OSError as error:
            reason = (error.strerror or "it failed").lower()
            raise TuiDigestError(
                f"The editor {command[0]} could not be started: {reason}. The note is as it was."
            ) from error
        if end.status and not end.was_ended:
            raise TuiDigestError(f"The editor {command[0]} failed with {end.status}. The note is as it was.")
        try:
            return _decoded(read_regular(file, _LARGEST_NOTE))
        except OSError as error:
            reason = (error.strerror or "it failed").lower()
            raise TuiDigestError(
                f"The editor left no note that can be read: {reason}. The note is as it was."
            ) from error
        except UnicodeDecodeError as error:
            raise TuiDigestError(
                "The editor left a file that is not text in UTF-8. The note is as it was."
            ) from error


def _decoded(data: bytes) -> str:
    """Decode what an editor wrote, in UTF-8 or in the locale's encoding."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(locale.getencoding())
