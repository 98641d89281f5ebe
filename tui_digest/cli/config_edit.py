"""The user's config.toml: settings put into it when he says so. Nothing else in it is touched."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tui_digest.cli.config import toml_line
from tui_digest.config_file import load_settings
from tui_digest.errors import UsageError
from tui_digest.settings import VARIABLES, private_folder, shown_path

_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


def with_settings(text: str, changes: Mapping[str, object]) -> str:
    """The text of a config.toml with settings put in, every line that was there as it was.

    Args:
        text: valid TOML.
        changes: values by dotted name, as `reader.theme`.

    Raises:
        UsageError: a setting stands there already, so its line is the user's to change.
    """
    import tomllib

    known = tomllib.loads(text)
    for name, value in changes.items():
        table, _, key = name.rpartition(".")
        inside = known.get(table, {}) if table else known
        if key in inside:
            raise UsageError(
                f"{name} stands in config.toml already, and what you wrote is left alone: change that line "
                f"to {toml_line(key, value)}. Nothing was written."
            )
        text = _put_in(text, table, toml_line(key, value))
    return text


def _put_in(text: str, table: str, line: str) -> str:
    """The text with a line in a table: under its header, else under a header of its own at the end."""
    ended = text if not text or text.endswith("\n") else f"{text}\n"
    if not table:
        first = _TABLE.search(ended)
        place = first.start() if first else len(ended)
        return f"{ended[:place]}{line}\n{ended[place:]}"
    header = re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][^\n]*\n", ended, re.MULTILINE)
    if header is None:
        return f"{ended}\n[{table}]\n{line}\n"
    return f"{ended[: header.end()]}{line}\n{ended[header.end() :]}"


class UserConfig:
    """The config.toml in a folder.

    Args:
        file: where it is, or is to be.
        environment: whose variables go before it.
    """

    def __init__(self, file: Path, environment: Mapping[str, str] | None = None) -> None:
        self._file = file
        self._environment = environment or {}

    def path(self) -> str:
        """Where it is, as one types it."""
        return shown_path(self._file)

    def lines(self, changes: Mapping[str, object]) -> str:
        """The lines that say these settings, as a file of their own would have them.

        What the environment says all the same stands before them, as comments.
        """
        set_there = [VARIABLES[name] for name in changes if self._environment.get(VARIABLES.get(name, ""))]
        note = f"# As long as they are set, these go before the lines below: {', '.join(set_there)}.\n"
        return (note if set_there else "") + with_settings("", changes).strip()

    def append(self, changes: Mapping[str, object]) -> None:
        """Put settings in. The file is replaced at once or not at all, and only when it is right after it.

        Raises:
            UsageError: a setting stands there already, or the file is wrong; nothing was written.
        """
        load_settings(self._file, {})
        before = self._file.read_text(encoding="utf-8") if self._file.exists() else ""
        after = with_settings(before, changes)
        try:
            self._replace(after)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(f"{self._file} could not be written: {reason}. It is as it was.") from error

    def _replace(self, text: str) -> None:
        file = self._file.resolve()  # a link to a file kept elsewhere stays a link
        folder = private_folder(file.parent)
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=".config-")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                out.write(text)
            load_settings(temporary, {})
            if file.exists():
                temporary.chmod(file.stat().st_mode & 0o777)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
