"""`config`: the path of the settings, the effective settings, a first file."""

from __future__ import annotations

import os

from tui_digest.cli.process_start import import_msgspec
from tui_digest.errors import UsageError
from tui_digest.folders import places, private_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def config(arguments: argparse.Namespace) -> int:
    """Print the path of the settings or the effective ones, or write a first file."""
    if arguments.what == "path":
        return print_path()
    if arguments.what == "show":
        return print_settings()
    _write_first(places().config_file)
    return 0


def print_path() -> int:
    """Print the path of config.toml."""
    print(places().config_file)
    return 0


def print_settings() -> int:
    """Print the settings that hold, as TOML."""
    import_msgspec()
    from tui_digest.cli.settings_toml import as_toml
    from tui_digest.config_file import load_settings

    print(as_toml(load_settings(places().config_file)), end="")
    return 0


def _write_first(file: Path) -> None:
    """Write a config.toml with every setting as a comment, unless there is one."""
    import_msgspec()
    from tui_digest.cli.settings_toml import first_config
    from tui_digest.text.sanitise import sanitise

    try:
        private_folder(file.parent)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(f"{file} is there already; it was not changed.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(first_config())
    print(sanitise(f"Wrote {file}: every setting is in it as a comment."))
