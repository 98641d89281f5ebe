"""What is done on Windows and macOS alone, their calls simulated: neither was ever at hand to run on."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from textual import events

from tests.tui.fakes import make_app
from tui_digest import saved_screen
from tui_digest.cli import doctor, first_frame_process
from tui_digest.cli.system import browser_and_viewer, shell_command
from tui_digest.explain import api_keys
from tui_digest.explain.api_keys import Key
from tui_digest.library import integrity
from tui_digest.text import files
from tui_digest.tui.tasks import signals

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="simulates the systems that it does not run on"
)


class WindowsOs:
    """The module `os` as Windows has it, as far as the program asks for what only POSIX has."""

    name = "nt"
    _MISSING = frozenset(
        ("O_NOFOLLOW", "O_NONBLOCK", "getuid", "killpg", "posix_spawn", "set_blocking", "tcsetpgrp")
    )

    def __init__(self) -> None:
        self.started: list[Path] = []

    def startfile(self, path: Path) -> None:
        self.started.append(path)

    def __getattr__(self, name: str) -> object:
        if name in self._MISSING:
            raise AttributeError(name)
        return getattr(os, name)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> WindowsOs:
    """Each module believes to run on Windows."""
    system = WindowsOs()
    for module in (api_keys, doctor, files, integrity, shell_command, browser_and_viewer, saved_screen):
        monkeypatch.setattr(module, "os", system)
    monkeypatch.setattr(sys, "platform", "win32")
    return system


def test_windows_writes_files_without_flushing_folders(
    windows: WindowsOs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    real = os.open

    def open_(path: Path, *rest: int) -> int:
        opened.append(path)
        return real(path, *rest)

    monkeypatch.setattr(os, "open", open_)
    abandoned = tmp_path / ".note.md.999999999-0badcafe.tmp"
    abandoned.touch()
    files.write_atomic(tmp_path / "note.md", b"text")
    assert (tmp_path / "note.md").read_bytes() == b"text"
    assert tmp_path not in opened
    assert abandoned.exists()  # whether its process runs cannot be asked there


def test_windows_has_no_permissions_to_complain_of(windows: WindowsOs, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("secret")
    key.chmod(0o644)
    assert api_keys._file_problem(str(key)) == ""
    assert list(integrity._private(key, 0o600)) == []
    tmp_path.chmod(0o755)
    assert doctor._place(tmp_path).well


def test_other_systems_complain_of_a_key_that_others_can_read(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("secret")
    key.chmod(0o644)
    assert "chmod 600" in api_keys._file_problem(str(key))


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (r"C:\tools\pass.exe show arxiv", [r"C:\tools\pass.exe", "show", "arxiv"]),
        (r'"C:\Program Files\pass.exe" show "my key"', [r"C:\Program Files\pass.exe", "show", "my key"]),
    ],
)
async def test_windows_keeps_the_backslashes_of_a_command_for_the_key(
    command: str, words: list[str], windows: WindowsOs, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    async def run(given: list[str]) -> Key:
        ran.append(given)
        return Key("k", "the command")

    monkeypatch.setattr(api_keys, "_run", run)
    assert isinstance(await api_keys._from_command(command), Key)
    assert ran == [words]


def test_windows_opens_a_pdf_by_its_own_call(windows: WindowsOs, tmp_path: Path) -> None:
    browser_and_viewer.FileViewer(()).open(tmp_path / "a.pdf")
    assert windows.started == [tmp_path / "a.pdf"]


def test_macos_opens_a_pdf_by_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def start(command: list[str]) -> int:
        started.append(command)
        return 0

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(browser_and_viewer, "start_quietly", start)
    browser_and_viewer.FileViewer(()).open(tmp_path / "a.pdf")
    assert started == [["open", str(tmp_path / "a.pdf")]]


async def test_windows_stops_a_command_by_ending_its_process(
    windows: WindowsOs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell_command, "_GRACE", 0.0)
    ended: list[str] = []
    process = SimpleNamespace(exited=asyncio.Event())
    transport = SimpleNamespace(kill=lambda: ended.append("kill"))
    await shell_command._end(transport, process)  # type: ignore[arg-type]
    assert set(ended) == {"kill"}


def test_windows_leaves_signals_alone(windows: WindowsOs, console: object) -> None:
    app = make_app()
    before = signal.getsignal(signal.SIGTERM)
    signals.end_on_signals(app, lambda: None, str)  # outside of an event loop it would fail elsewhere
    assert signal.getsignal(signal.SIGTERM) is before


class Console:
    """The Windows console's calls that Textual makes: each read gives some of the typed characters."""

    def __init__(self, reads: list[str], ended: threading.Event) -> None:
        self.reads = reads
        self._ended = ended

    def WaitForMultipleObjects(self, *_: object) -> int:
        if not self.reads:
            self._ended.set()
        return 0

    def ReadConsoleInputW(
        self, _handle: object, records: SimpleNamespace, _most: int, count: SimpleNamespace
    ) -> None:
        typed = self.reads.pop(0) if self.reads else ""
        count._obj.value = len(typed)
        for record, character in zip(records._obj, typed, strict=False):
            record.EventType = 1
            record.Event.KeyEvent.bKeyDown = True
            record.Event.KeyEvent.uChar.UnicodeChar = character

    def __getattr__(self, name: str) -> object:
        return MagicMock(name=name, return_value=1)


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], list[str]]:
    """What the reader is told where the console gives these reads."""
    ended = threading.Event()
    calls = Console([], ended)
    monkeypatch.setitem(sys.modules, "msvcrt", MagicMock())
    monkeypatch.setattr(ctypes, "WinDLL", lambda *_, **__: calls, raising=False)
    from textual.drivers import win32

    from tui_digest.tui.windows_driver import LastingEventMonitor

    monkeypatch.setattr(win32, "KERNEL32", calls)

    def told(reads: list[str]) -> list[str]:
        calls.reads = reads
        keys: list[str] = []

        def tell(event: events.Event) -> None:
            if isinstance(event, events.Key):
                keys.append(event.key)

        LastingEventMonitor(MagicMock(), MagicMock(), ended, tell).run()
        return keys

    return told


def test_windows_goes_on_reading_after_half_a_character(
    console: Callable[[list[str]], list[str]],
) -> None:
    assert console(["j", "\ud83d", "\ude00k", "m"]) == ["j", "m"]


def test_windows_has_a_driver_whose_input_lasts(
    windows: WindowsOs, console: Callable[[list[str]], list[str]]
) -> None:
    driver = make_app().get_driver_class()
    assert driver.__name__ == "LastingWindowsDriver"
    assert driver.__mro__[1].__module__ == "textual.drivers.windows_driver"


@pytest.mark.parametrize("system", ["darwin", "freebsd14", "linux"])
def test_other_systems_have_the_posix_driver(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert make_app().get_driver_class().__name__ == "PosixDriver"


def test_windows_saves_and_paints_no_first_screen(
    windows: WindowsOs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_screen, "_save_wanted", False)
    saved_screen.want_save()
    assert not saved_screen.is_save_wanted()
    assert not saved_screen.paint([])
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    first_frame_process.redraw_in_background()


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("darwin", {"HOME": "/u"}, "/u/Library/Application Support/tui-digest"),
        ("linux", {"HOME": "/u"}, "/u/.local/state/tui-digest"),
        ("darwin", {"HOME": "/u", "XDG_STATE_HOME": "/s"}, "/s/tui-digest"),
        ("linux", {"HOME": "/u", "XDG_STATE_HOME": "s"}, "/u/.local/state/tui-digest"),
    ],
)
def test_each_system_has_its_folder_for_the_saved_screen(
    platform: str, environment: Mapping[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert saved_screen.state_folder(environment) == folder


def test_a_home_folder_that_is_relative_has_no_saved_screen() -> None:
    with pytest.raises(ValueError, match="no home folder"):
        saved_screen.state_folder({"HOME": "relative"})
