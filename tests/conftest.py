"""What every test starts from: a home of its own, no colour or address from outside, no real network."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.corpus import SHARED
from tui_digest.library import database

# How long an example takes says more of what else the machine does than of the example.
settings.register_profile("without a deadline", deadline=None)
settings.load_profile("without a deadline")

_OURS = ("TUI_DIGEST_", "LLM_", "XDG_")
_FOREIGN = ("_API_KEY", "_API_TOKEN", "_PROXY")
_LOOKS = ("NO_COLOR", "COLORTERM", "COLUMNS", "LINES")


def pytest_collection_finish() -> None:
    """Leave what was imported out of later garbage collections: each start of the reader asks for two."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_frozen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The reader has the collector leave alone what its start has made; here other tests follow."""
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(gc, "unfreeze", lambda: None)
    usual = gc.get_threshold()
    yield
    gc.set_threshold(*usual)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder; nothing of the developer's own settings, keys or colours comes through."""
    for name in list(os.environ):
        if name.startswith(_OURS) or name.upper().endswith(_FOREIGN) or name in _LOOKS:
            monkeypatch.delenv(name)
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("TZ", "UTC")
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    return folder


@pytest.fixture(autouse=True)
def nothing_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test cuts the power: nothing in this process waits for the disk, of which all workers have one."""
    settings = tuple(each for each in database._SETTINGS if not each.startswith(("synchronous", "fullfsync")))
    monkeypatch.setattr(database, "_SETTINGS", ("synchronous=OFF", *settings))
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections leave for this machine only; anything else fails at once and by name."""
    connect = socket.socket.connect

    def only_loopback(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in ("127.0.0.1", "::1", "localhost", "local"):
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", only_loopback)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recorded answers and real abstracts; tests marked `corpus` skip where it is missing."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the recorded answers and abstracts are not on this machine")
    return SHARED
