"""Files are written whole, in their place, and never over what somebody else wrote."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from tests.export.samples import hostile_text, patient
from tui_digest.errors import ExportError
from tui_digest.export.files import WriteOutcome, file_state, place, safe_name, write_file

# Writes ever longer texts of one letter to the file, without end.
ENDLESS = """
import sys, itertools
from pathlib import Path
from tui_digest.export.files import file_state, write_file
path = Path(sys.argv[1])
for number in itertools.count(1):
    write_file(path, "abcdefgh"[number % 8] * 400_000, file_state(path))
    print(number, flush=True)
"""

# Writes a long text where files may have 1000 bytes.
LIMITED = """
import resource, sys
from pathlib import Path
from tui_digest.errors import ExportError
from tui_digest.export.files import file_state, write_file
path = Path(sys.argv[1])
seen = file_state(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_file(path, "new" * 100_000, seen)
except ExportError as error:
    print(error)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    folder = tmp_path / "exports"
    folder.mkdir()
    return folder


def test_a_new_file_and_its_folder_are_made_and_the_same_text_is_left_alone(folder: Path) -> None:
    path = folder / "a" / "b" / "new.md"
    assert write_file(path, "é\n", file_state(path)) == (path, WriteOutcome.NEW)
    assert path.read_bytes() == "é\n".encode()
    assert write_file(path, "é\n", file_state(path)).outcome is WriteOutcome.UNCHANGED
    assert write_file(path, "other", file_state(path)).outcome is WriteOutcome.REPLACED
    assert [file.name for file in path.parent.iterdir()] == ["new.md"]


def test_a_replaced_file_keeps_its_permissions(folder: Path) -> None:
    path = folder / "private.md"
    path.write_text("old")
    path.chmod(0o600)
    write_file(path, "new", file_state(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("before", ["old", None])
def test_a_file_changed_meanwhile_is_left_alone(folder: Path, before: str | None) -> None:
    path = folder / "digest.md"
    if before is not None:
        path.write_text(before)
    seen = file_state(path)
    path.write_text("somebody else's")
    with pytest.raises(ExportError, match="changed by another program"):
        write_file(path, "ours", seen)
    assert path.read_text() == "somebody else's"
    assert list(folder.iterdir()) == [path]


def test_a_file_removed_meanwhile_is_not_brought_back(folder: Path) -> None:
    path = folder / "digest.md"
    path.write_text("old")
    seen = file_state(path)
    path.unlink()
    with pytest.raises(ExportError, match="changed by another program"):
        write_file(path, "ours", seen)
    assert list(folder.iterdir()) == []


def test_a_link_is_not_written_through(folder: Path) -> None:
    elsewhere = folder / "elsewhere.md"
    elsewhere.write_text("not ours")
    link = folder / "digest.md"
    link.symlink_to(elsewhere)
    with pytest.raises(ExportError, match="is a link"):
        file_state(link)
    assert elsewhere.read_text() == "not ours"


def test_a_link_that_appears_meanwhile_is_not_written_through(folder: Path) -> None:
    elsewhere = folder / "elsewhere.md"
    path = folder / "digest.md"
    seen = file_state(path)
    path.symlink_to(elsewhere)
    with pytest.raises(ExportError):
        write_file(path, "ours", seen)
    assert not elsewhere.exists()


def test_a_folder_in_the_place_of_the_file_is_told(folder: Path) -> None:
    with pytest.raises(ExportError, match="is not a file"):
        file_state(folder)


def test_a_file_in_the_place_of_the_folder_is_told(folder: Path) -> None:
    (folder / "folder").write_text("a file")
    path = folder / "folder" / "digest.md"
    with pytest.raises(ExportError, match=r"could not be written: a (file stands|part of its path)"):
        write_file(path, "text", file_state(path))


@pytest.mark.parametrize(
    ("code", "reason"),
    [(errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "quota"), (errno.EACCES, "no permission")],
)
def test_the_old_file_is_intact_when_the_disk_refuses(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, reason: str
) -> None:
    path = folder / "digest.md"
    path.write_text("old")

    def refuse(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ExportError, match=rf"could not be written: .*{reason}"):
        write_file(path, "new" * 100, file_state(path))
    assert path.read_text() == "old"
    assert list(folder.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="there are no limits on the size of files")
def test_the_old_file_is_intact_when_writing_stops_in_the_middle(folder: Path) -> None:
    path = folder / "digest.md"
    path.write_text("old")
    result = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, timeout=60
    )
    assert "could not be written" in result.stdout, result.stderr
    assert path.read_text() == "old"
    assert list(folder.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_device_is_not_a_file_to_write() -> None:
    with pytest.raises(ExportError, match="is not a file"):
        file_state(Path("/dev/full"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_folder_without_permission_is_told(folder: Path) -> None:
    folder.chmod(0o500)
    try:
        path = folder / "digest.md"
        with pytest.raises(ExportError, match="no permission"):
            write_file(path, "text", file_state(path))
    finally:
        folder.chmod(0o700)


def test_a_file_system_without_hard_links_is_written_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    path = folder / "digest.md"
    assert write_file(path, "text", file_state(path)).outcome is WriteOutcome.NEW
    assert path.read_text() == "text"


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
@pytest.mark.parametrize("writes", [1, 2, 5, 9])
def test_kill_9_while_writing_leaves_a_whole_file(folder: Path, writes: int) -> None:
    path = folder / "digest.md"
    command = [sys.executable, "-c", ENDLESS, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(writes):
            assert writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    text = path.read_text()
    assert len(text) == 400_000
    assert len(set(text)) == 1


RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("2026-11-20-arxiv-digest.md", "2026-11-20-arxiv-digest.md"),
        ("hep-th/9901001v2.md", "hep-th-9901001v2.md"),
        ("../../etc/passwd", "__-..-etc-passwd"),
        ("/etc/passwd", "-etc-passwd"),
        ("C:\\windows\\x", "C--windows-x"),
        ("..", "_"),
        (".hidden", "_hidden"),
        ("con.md", "_con.md"),
        ("LPT1", "_LPT1"),
        ("name. ", "name"),
        ("", "_"),
        ("a\x00b\nc", "a-b-c"),
        ("Éxample.md", "Éxample.md"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@patient
@given(hostile_text)
def test_any_name_is_one_file_in_the_folder_on_every_system(name: str) -> None:
    folder = Path("/somewhere/named")
    path = place(folder, name)
    assert path.parent == folder
    assert path.resolve().parent == folder.resolve()
    safe = path.name
    assert 0 < len(safe.encode()) <= 180
    assert not set(safe) & set('<>:"/\\|?*\x00\n')
    assert not safe.startswith((".", " "))
    assert not safe.endswith((".", " "))
    assert RESERVED.fullmatch(safe) is None
    assert safe_name(safe) == safe


def test_long_names_stay_apart_and_keep_their_suffix() -> None:
    one, other = safe_name("ü" * 300 + "1.md"), safe_name("ü" * 300 + "2.md")
    assert one != other
    assert one.endswith(".md")


def test_the_users_home_is_meant_by_a_tilde(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    assert place(Path("~/digest"), "a.md") == folder / "digest" / "a.md"
