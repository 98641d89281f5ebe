"""`config`: the path of the settings, the effective settings, a first file."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from tui_digest.config_file import load_settings
from tui_digest.errors import UsageError
from tui_digest.settings import Settings, places, private_folder
from tui_digest.text.sanitise import sanitise


def config(arguments: argparse.Namespace) -> int:
    """Print the path of the settings or the effective ones, or write a first file."""
    file = places().config_file
    if arguments.what == "path":
        print(file)
    elif arguments.what == "show":
        print(as_toml(load_settings(file)), end="")
    else:
        _write_first(file)
    return 0


def first_config() -> str:
    """Return every setting with its default, commented out, as TOML."""
    head = "# Settings of tui-digest. Every line shows a default; take the # away to change one.\n"
    return head + as_toml(Settings(), comment="# ")


def as_toml(settings: Settings, comment: str = "") -> str:
    """Format settings as TOML, each with `comment` before it."""
    lines = _table_lines(msgspec.to_builtins(settings), (), comment)
    return "\n".join(lines) + "\n"


def _table_lines(table: Mapping[str, object], path: tuple[str, ...], comment: str) -> Iterator[str]:
    """Yield the lines of a table, then those of its tables."""
    inner = {name: value for name, value in table.items() if isinstance(value, dict)}
    for name, value in table.items():
        if name not in inner and value is not None:  # None: the setting outside of the digest applies
            yield f"{comment}{toml_line(name, value)}"
    for name, value in inner.items():
        here = (*path, name)
        if value or not path:
            yield from ("", f"{comment if path else ''}[{'.'.join(map(_key, here))}]")
            yield from _table_lines(value, here, comment)


def toml_line(name: str, value: object) -> str:
    """Format a key and its value; JSON writes strings, numbers and lists as TOML does."""
    return f"{_key(name)} = {_json(value)}"


def _key(name: str) -> str:
    is_bare = name.replace("_", "").replace("-", "").isalnum() and name.isascii()
    return name if is_bare else _json(name)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _write_first(file: Path) -> None:
    """Write a config.toml with every setting as a comment, unless there is one."""
    try:
        private_folder(file.parent)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(f"{file} is there already; it was not changed.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(first_config())
    print(sanitise(f"Wrote {file}: every setting is in it as a comment."))
