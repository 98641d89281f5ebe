"""The user's folders, and the files in them.

Commands that only tell where something is need no more than this module.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from tui_digest.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

APPLICATION = "tui-digest"

_XDG_FOLDERS: Final = (
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_CACHE_HOME", ".cache"),
    ("XDG_STATE_HOME", ".local/state"),
)
"""The variables of the XDG Base Directory Specification, and what holds without them, below the home."""

_LOG_ENDINGS: Final = ("-journal", "-wal", "-shm")
"""Of the names of SQLite's files beside a database."""


class Places:
    """The user's folders, each 0700: settings, data, cache and state."""

    def __init__(self, config: Path, data: Path, cache: Path, state: Path) -> None:
        self.config = config
        self.data = data
        self.cache = cache
        self.state = state

    @property
    def config_file(self) -> Path:
        """The user's settings; the program changes single ones when asked."""
        return self.config / "config.toml"

    @property
    def library_file(self) -> Path:
        """The library: the reader's own data."""
        return self.data / "library.sqlite3"


def places(home: Path | None = None) -> Places:
    """Return the platform's folders for this user, or folders below `home`.

    Raises:
        UsageError: the user has no home folder, as in some containers.
    """
    if home is not None:
        return Places(home / "config", home / "data", home / "cache", home / "state")
    if (found := _xdg_places()) is not None:
        return found
    from platformdirs import PlatformDirs

    folders = PlatformDirs(APPLICATION, appauthor=False)
    try:
        return Places(
            folders.user_config_path, folders.user_data_path, folders.user_cache_path, folders.user_state_path
        )
    except RuntimeError:
        raise UsageError(
            "This user has no home folder that is known; set HOME to one that is absolute, as HOME=/tmp/me."
        ) from None


def _xdg_places() -> Places | None:
    """Return the folders as platformdirs does on Linux; None: ask platformdirs.

    That is on other systems, and where no home is known. Importing platformdirs, with `tempfile` and
    `shutil`, takes longer than most commands work.
    """
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ:
        return None
    home = os.environ.get("HOME", "")
    folders = []
    for variable, default in _XDG_FOLDERS:
        folder = os.environ.get(variable, "")
        if not folder.startswith("/"):
            if not home.startswith("/"):
                return None
            folder = f"{home.rstrip('/')}/{default}"
        folders.append(Path(folder, APPLICATION))
    return Places(*folders)


def shown_path(path: Path) -> str:
    """Format a path for the user, with `~` for the home folder."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def private_folder(folder: Path) -> Path:
    """Create a folder readable by its owner only, unless it exists, and return it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def irregular_file(database: Path) -> Path | None:
    """Return what is no file in the place of one of an SQLite database's.

    None if all are well. SQLite waits without end for a pipe in the place of its journal.
    """
    for ending in ("", *_LOG_ENDINGS):
        path = f"{database}{ending}"
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116 - once: a journal comes and goes
        except OSError:
            continue
        if not stat.S_ISREG(mode):
            return Path(path)
    return None


def logs_of(database: Path) -> tuple[Path, ...]:
    """Return the names of SQLite's files beside a database.

    A process that is killed leaves its work in them.
    """
    return tuple(database.with_name(database.name + ending) for ending in _LOG_ENDINGS)
