"""A file that is written whole or not at all, and read only where that ends."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tui_digest.text.files import read_regular, write_atomic

# Writes ever longer texts of one letter to the file, without end.
ENDLESS = """
import itertools, sys
from pathlib import Path
from tui_digest.text.files import write_atomic
for number in itertools.count(1):
    write_atomic(Path(sys.argv[1]), b"abcdefgh"[number % 8 :][:1] * 400_000)
    print(number, flush=True)
"""

# Writes a long text where files may have 1000 bytes.
LIMITED = """
import resource, sys
from pathlib import Path
from tui_digest.text.files import write_atomic
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_atomic(Path(sys.argv[1]), b"new" * 100_000)
except OSError as error:
    print(error.strerror)
"""


def python(code: str, path: Path) -> list[str]:
    return [sys.executable, "-c", code, str(path)]


def test_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes")
def test_it_is_the_owners_only_unless_told_and_keeps_its_mode(tmp_path: Path) -> None:
    write_atomic(tmp_path / "private", b"")
    write_atomic(tmp_path / "open", b"", mode=0o644)
    (tmp_path / "there").touch(0o640)
    write_atomic(tmp_path / "there", b"new")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("private", "open", "there")]
    assert modes == [0o600, 0o644, 0o640]


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path) -> None:
    other, path = tmp_path / "other", tmp_path / "file"
    other.write_bytes(b"not ours")
    path.symlink_to(other)
    write_atomic(path, b"ours")
    assert other.read_bytes() == b"not ours"
    assert not path.is_symlink()


@pytest.mark.parametrize("refused", ["os.fsync", "pathlib.Path.replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(refused, refuse)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"old")
    end = subprocess.run(python(LIMITED, path), capture_output=True, text=True, check=True)
    assert "too large" in end.stdout
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_while_writing_there_is_one_text_or_the_other(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for round_ in range(1, 6):
        with subprocess.Popen(python(ENDLESS, path), stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(round_):
                process.stdout.readline()
            process.kill()
        data = path.read_bytes()
        assert len(data) == 400_000
        assert len(set(data)) == 1


def test_what_a_killed_process_left_is_cleared_by_the_next_write(tmp_path: Path) -> None:
    target = tmp_path / "list.md"
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    process.wait()
    abandoned = tmp_path / f".list.md.{process.pid}-0badcafe.tmp"
    running = tmp_path / f".list.md.{os.getpid()}-0badcafe.tmp"
    other = tmp_path / ".notes.md.1-0badcafe.tmp"
    for path in (abandoned, running, other):
        path.touch()
    write_atomic(target, b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([running.name, other.name, "list.md"])


def test_a_folder_is_looked_through_once_however_many_files_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []
    scandir = os.scandir

    def counting(path: Path) -> object:
        looked.append(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", counting)
    for number in range(20):
        write_atomic(tmp_path / f"{number}.md", b"note")
    assert looked == [tmp_path]


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_regular(path, 5) == b"12345"
    with pytest.raises(OSError, match="larger than 4 bytes"):
        read_regular(path, 4)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are no files there")
def test_a_pipe_is_not_waited_for_and_a_device_not_read(tmp_path: Path) -> None:
    pipe, endless = tmp_path / "pipe", tmp_path / "endless"
    os.mkfifo(pipe)
    endless.symlink_to("/dev/zero")
    for path in (pipe, endless, tmp_path):
        with pytest.raises(OSError, match="not a regular file"):
            read_regular(path, 10)
