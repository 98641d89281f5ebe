"""`config`: where the settings are, what they are, and a first file of them."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import msgspec

from tui_digest.errors import UsageError
from tui_digest.settings import Settings, load_settings, places, private_folder


def config(arguments: argparse.Namespace) -> int:
    """The path of the settings, what holds now (with the environment laid over it), or a first file."""
    file = places().config_file
    if arguments.what == "path":
        print(file)
    elif arguments.what == "show":
        print(as_toml(load_settings(file)), end="")
    else:
        _write_first(file)
    return 0


def first_config() -> str:
    """Every setting with its default, commented out, as TOML."""
    head = "# Settings of tui-digest. Every line shows a default; take the # away to change one.\n"
    return head + as_toml(Settings(), comment="# ")


def as_toml(settings: Settings, comment: str = "") -> str:
    """Settings as TOML, each with `comment` before it."""
    values = msgspec.to_builtins(settings)
    tables = {name: value for name, value in values.items() if isinstance(value, dict)}
    lines = [f"{comment}{toml_line(name, value)}" for name, value in values.items() if name not in tables]
    for name, table in tables.items():
        inner = {key: value for key, value in table.items() if isinstance(value, dict)}
        lines += ["", f"[{name}]"]
        lines += [f"{comment}{toml_line(key, value)}" for key, value in table.items() if key not in inner]
        for key, entries in inner.items():
            lines += ["", f"{comment}[{name}.{key}]"]
            lines += [f"{comment}{toml_line(word, value)}" for word, value in entries.items()]
    return "\n".join(lines) + "\n"


def toml_line(name: str, value: object) -> str:
    """A key and its value. JSON writes strings, numbers and lists as TOML does."""
    is_bare = name.replace("_", "").replace("-", "").isalnum() and name.isascii()
    return f"{name if is_bare else _json(name)} = {_json(value)}"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _write_first(file: Path) -> None:
    """A config.toml in which every setting stands as a comment, unless there is one already."""
    try:
        private_folder(file.parent)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(f"{file} is there already; it was left as it is.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(first_config())
    print(f"Wrote {file}: every setting is in it as a comment.")
