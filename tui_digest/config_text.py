"""The text of config.toml, and the user's keys in it without the other settings."""

from __future__ import annotations

import stat

from tui_digest.errors import SettingsError
from tui_digest.text.plain_toml import parse_plain_toml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from tui_digest.text.plain_toml import TomlTable

_LARGEST_FILE = 1_000_000  # bytes


def plain_keys(text: str) -> dict[str, str | tuple[str, ...]] | None:
    """Return [keys] of a config.toml of plain lines; None: it needs a whole reading.

    That takes msgspec, which is slower to import than the keys are listed.
    """
    table = parse_plain_toml(text)
    if table is None:
        return None
    join_command_ids(table)
    keys = table.get("keys", {})
    if not isinstance(keys, dict):
        return None
    own: dict[str, str | tuple[str, ...]] = {}
    for name, value in keys.items():
        if not isinstance(value, str | list):
            return None
        own[name] = value if isinstance(value, str) else tuple(value)
    return own


def join_command_ids(table: TomlTable) -> None:
    """Join ids such as `calendar.newest` in [keys], which TOML reads as nested tables."""
    keys = table.get("keys")
    if not isinstance(keys, dict):
        return
    for place, inner in list(keys.items()):
        if isinstance(inner, dict) and not any(isinstance(value, dict) for value in inner.values()):
            del keys[place]
            keys |= {f"{place}.{name}": value for name, value in inner.items()}


def read_config(file: Path) -> str:
    """Read the text of a config.toml; empty where there is none.

    Raises:
        SettingsError: it cannot be read.
    """
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SettingsError([f"{file} is not a file; move it away, or make it a file of settings."])
        if status.st_size > _LARGEST_FILE:
            raise SettingsError([f"{file} is larger than 1 MB, which no file of settings is."])
        return file.read_bytes().decode()  # with the line ends that it has
    except (FileNotFoundError, NotADirectoryError) as error:
        from tui_digest.text.files import link_to_nothing

        if link := link_to_nothing(file):
            raise SettingsError([f"{link}; mend the link or remove it."]) from error
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError([f"{file}, line {line}: it is not UTF-8 text; save it as UTF-8."]) from error
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
        words = f"The settings in {file} cannot be read: {reason}."
        if isinstance(error, PermissionError):
            words += " `tui-digest doctor` says what is closed, and how to open it."
        raise SettingsError([words]) from error
