"""The saved first screen: when it is painted, what is refused, and that the terminal comes back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tui_digest import saved_screen

if sys.platform == "win32":
    pytest.skip("the saved screen is for POSIX terminals", allow_module_level=True)

SAFE = "\x1b[1;1H\x1b[38;2;1;2;3mTrees of 𝒪(n)\x1b[0m\x1b[2;1Hé".encode()


@pytest.fixture
def paths(tmp_path: Path) -> tuple[str, str]:
    library = tmp_path / "library.sqlite3"
    with sqlite3.connect(library) as connection:
        connection.execute("CREATE TABLE paper (id)")
    connection.close()
    return str(library), str(tmp_path / "config.toml")


def key(paths: tuple[str, str], *words: str, size: tuple[int, int] = (80, 24), **environment: str) -> str:
    return saved_screen.current_key(words, environment, size, paths)


def test_content_is_split_as_it_was_joined() -> None:
    content = saved_screen.pack_frame("a\nb\nc\n", SAFE)
    assert saved_screen.split(content) == (b"a\nb\nc\n", SAFE)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content.replace(b"screen", b"screem"),
        lambda content: b"",
        lambda content: content.replace(b"\n6\n", b"\nsix\n"),
    ],
)
def test_damaged_content_is_refused(damage: object) -> None:
    assert callable(damage)
    with pytest.raises(ValueError):  # noqa: PT011 - every ValueError means an ordinary start
        saved_screen.split(damage(saved_screen.pack_frame("a\nb\nc\n", SAFE)))


def test_text_colours_and_cursor_moves_are_safe() -> None:
    assert saved_screen.is_safe(SAFE)


@pytest.mark.parametrize(
    "frame",
    [
        b"\x1b]52;c;QQ==\x07",
        b"\x1b]0;title\x1b\\",
        b"\x1b[2J",
        b"\x1b[?1049h",
        b"\x1b[1;1",
        b"\x1bc",
        b"a\nb",
        b"\x07",
        b"\x9b1m",
        "\x9b31m".encode(),
        b"\x1b[1;1H\x1b",
        b"\x1b[5n",
    ],
)
def test_anything_else_is_not(frame: bytes) -> None:
    try:
        safe = saved_screen.is_safe(frame)
    except UnicodeDecodeError:
        safe = False
    assert not safe


def test_a_commit_to_the_library_makes_another_key(paths: tuple[str, str]) -> None:
    before = key(paths)
    assert key(paths) == before
    connection = sqlite3.connect(paths[0])
    with connection:
        connection.execute("INSERT INTO paper VALUES (1)")
    connection.close()
    assert key(paths) != before


def test_what_the_frame_depends_on_is_in_the_key(paths: tuple[str, str]) -> None:
    keys = {
        key(paths),
        key(paths, "--offline"),
        key(paths, size=(81, 24)),
        key(paths, NO_COLOR="1"),
        key(paths, TERM="xterm"),
        key(paths, TUI_DIGEST_FEED_URL="http://127.0.0.1:1"),
        key(paths, LLM_PROVIDER="openai"),
    }
    assert len(keys) == 7
    Path(paths[1]).write_text("[reader]\n", encoding="utf-8")
    assert key(paths) not in keys


def test_no_secret_is_written_down(paths: tuple[str, str]) -> None:
    assert "sk-secret" not in key(paths, LLM_API_KEY="sk-secret")


def test_a_library_that_is_being_written_has_no_key(paths: tuple[str, str]) -> None:
    Path(paths[0] + "-journal").touch()
    with pytest.raises(ValueError, match="being written"):
        key(paths)


def test_a_pipe_in_the_place_of_the_library_is_not_waited_for(paths: tuple[str, str]) -> None:
    os.unlink(paths[0])  # noqa: PTH108
    os.mkfifo(paths[0])
    script = f"from tui_digest import saved_screen; saved_screen.current_key([], {{}}, (80, 24), {paths})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=False)
    assert b"ValueError" in done.stderr


def test_a_write_ahead_log_has_no_key(paths: tuple[str, str]) -> None:
    connection = sqlite3.connect(paths[0])
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    with pytest.raises(ValueError, match="write-ahead"):
        key(paths)


def test_little_is_imported_before_it_is_painted() -> None:
    program = (
        "import sys; before = set(sys.modules); import tui_digest.launch; "
        "print(*sorted(set(sys.modules) - before))"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert set(printed.stdout.split()) <= {
        "__future__",
        "tui_digest",
        "tui_digest.launch",
        "tui_digest.saved_screen",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_no_key_is_echoed_into_the_frame() -> None:
    program = (
        "import termios; from tui_digest import saved_screen; "
        "saved_screen._write_all = lambda data: print(termios.tcgetattr(0)[3] & termios.ECHO); "
        "saved_screen._paint(b'')"
    )
    master, terminal = os.openpty()
    try:
        printed = subprocess.run(
            [sys.executable, "-c", program], stdin=terminal, capture_output=True, text=True, check=True
        )
    finally:
        os.close(master)
        os.close(terminal)
    assert printed.stdout == "0\n"


def test_a_file_that_others_may_read_or_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "first-screen"
    file.write_bytes(b"x")
    file.chmod(0o600)
    assert saved_screen.read_private(str(file)) == b"x"
    link = tmp_path / "link"
    link.symlink_to(file)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    file.chmod(0o640)
    for path in (file, link, pipe):
        with pytest.raises((OSError, ValueError)):
            saved_screen.read_private(str(path))
