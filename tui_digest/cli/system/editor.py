"""The user's own editor, for a note."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tui_digest.errors import TuiDigestError, UsageError


def editor_command(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The editor of `VISUAL` or `EDITOR` with its options, or one that is at hand.

    Raises:
        UsageError: none is named and none is at hand, or what is named is no command.
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


def edit(text: str, command: Sequence[str]) -> str:
    """The text as the editor left it. It stands meanwhile in a folder that only the user can read.

    Raises:
        TuiDigestError: the editor could not be started or failed, or left what is not text; the
            note stays as it was.
    """
    with TemporaryDirectory(prefix="tui-digest-note-") as folder:
        file = Path(folder) / "note.md"
        file.write_text(text, encoding="utf-8")
        try:
            status = subprocess.run([*command, str(file)], check=False).returncode
        except OSError as error:
            reason = (error.strerror or "it failed").lower()
            raise TuiDigestError(
                f"The editor {command[0]} could not be started: {reason}. The note is as it was."
            ) from error
        if status:
            raise TuiDigestError(f"The editor {command[0]} failed with {status}. The note is as it was.")
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise TuiDigestError("The editor left no text behind. The note is as it was.") from error
