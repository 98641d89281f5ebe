"""The user's folders, found without platformdirs where that is slower than the command."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import platformdirs
import pytest

from tui_digest.folders import APPLICATION, places


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": "/u"},
        {"HOME": "/u/"},
        {"HOME": "/"},
        {"HOME": "/u", "XDG_CONFIG_HOME": "/c/", "XDG_DATA_HOME": "/d", "XDG_CACHE_HOME": "/e//f"},
        {"HOME": "/u", "XDG_CONFIG_HOME": "relative", "XDG_STATE_HOME": ""},
        {"HOME": "relative"},
        {},
        {f"XDG_{name}_HOME": "/x" for name in ("CONFIG", "DATA", "CACHE", "STATE")},
    ],
)
def test_the_folders_are_those_of_platformdirs(
    environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", *(f"XDG_{name}_HOME" for name in ("CONFIG", "DATA", "CACHE", "STATE"))):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    folders = platformdirs.PlatformDirs(APPLICATION, appauthor=False)
    found = places()
    assert (found.config, found.data, found.cache, found.state) == (
        folders.user_config_path,
        folders.user_data_path,
        folders.user_cache_path,
        folders.user_state_path,
    )
