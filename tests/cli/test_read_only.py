"""Where nothing can be written, everything is read: files and folders without permission to write."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.conftest import ROOT, Run
from tests.servers.arxiv import StandIn
from tui_digest.errors import LibraryError
from tui_digest.folders import places
from tui_digest.library.integrity import READ_ONLY_DISK, _how_to_write

if sys.platform == "win32":
    pytest.skip("permissions of POSIX", allow_module_level=True)

PAPER = "2611.00011"


def unprivileged(*words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command for which permissions hold: the superuser's overrule them."""
    command = [sys.executable, "-m", "tui_digest", *words]
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("as superuser this needs setpriv")
        command = [setpriv, "--bounding-set=-all", "--inh-caps=-all", *command]
    return subprocess.run(
        command,
        input=said,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(params=[(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)], ids=["file", "folder", "both"])
def read_only(request: pytest.FixtureRequest, fetched: StandIn, run: Run) -> object:
    run("note", PAPER, "from before")
    library = places().library_file
    file_mode, folder_mode = request.param
    library.chmod(file_mode)
    library.parent.chmod(folder_mode)
    yield library
    library.parent.chmod(0o700)
    library.chmod(0o600)


def test_a_library_that_cannot_be_written_is_listed_shown_searched_and_exported(read_only: Path) -> None:
    for words in (["list"], ["show", PAPER], ["search", "trees"], ["export", PAPER, "--output", "-"]):
        offline = [] if words[0] == "search" else ["--offline"]
        done = unprivileged(*words, *offline)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.strip()
    assert "from before" in unprivileged("note", PAPER, "--offline").stdout


def test_it_is_read_line_by_line(read_only: Path) -> None:
    done = unprivileged("read", "--plain", "--offline", said="abstract\nnext\nabstract\nmark\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "proximal gradient steps" in done.stdout
    assert done.stdout.count("cannot be opened or written") <= 1  # by the mark, if that is a word for it


def test_a_disk_that_is_read_only_is_named(
    fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.statvfs(places().data)
    fields = {name: getattr(real, name) for name in dir(real) if name.startswith("f_")}
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(**fields | {"f_flag": os.ST_RDONLY}))
    assert _how_to_write(places().library_file, LibraryError()) == READ_ONLY_DISK
    monkeypatch.setattr(os, "access", lambda _, mode, **__: not mode & os.W_OK)
    assert READ_ONLY_DISK in run("doctor", "--offline").out


def test_what_changes_something_says_that_it_cannot(read_only: Path) -> None:
    for words in (["mark", PAPER], ["note", PAPER, "new"]):
        done = unprivileged(*words, "--offline")
        assert done.returncode == 1
        assert "cannot be opened or written" in done.stderr
        assert done.stderr.count("\n") == 1
    assert "from before" in unprivileged("note", PAPER, "--offline").stdout


def test_doctor_says_what_keeps_it_from_being_written(read_only: Path) -> None:
    done = unprivileged("doctor", "--offline")
    assert done.returncode == 1
    assert "WRONG  writing" in done.stdout
    assert "chmod 600" in done.stdout or "chmod 700" in done.stdout


@pytest.mark.parametrize("folder", ["state", "cache"])
def test_a_folder_that_cannot_be_read_does_not_keep_papers_from_being_listed(
    folder: str, fetched: StandIn
) -> None:
    path: Path = getattr(places(), folder)
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0)
    try:
        assert unprivileged("list", "--offline").returncode == 0
    finally:
        path.chmod(0o700)


@pytest.mark.parametrize("which", ["config_file", "library_file"])
def test_the_doctor_says_how_a_file_that_cannot_be_read_is_opened(which: str, fetched: StandIn) -> None:
    file: Path = getattr(places(), which)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    file.chmod(0)
    done = unprivileged("doctor", "--offline")
    assert f"→ chmod 600 '{file}'" in done.stdout


@pytest.mark.parametrize("above", [False, True], ids=["itself", "the one above"])
@pytest.mark.parametrize("folder", ["config", "data", "state", "cache"])
def test_the_doctor_names_a_folder_that_cannot_be_entered(folder: str, above: bool, fetched: StandIn) -> None:
    path: Path = getattr(places(), folder)
    path.mkdir(parents=True, exist_ok=True)
    if above:
        path = path.parent
    path.chmod(0)
    try:
        done = unprivileged("doctor", "--offline")
        named = unprivileged("list", "--offline").stderr
    finally:
        path.chmod(0o700)
    assert (done.returncode, done.stderr) == (1, "")
    assert "`tui-digest doctor` says" in named or folder in ("state", "cache")
    assert f"chmod u+rwx '{path}'" in done.stdout


def test_a_link_to_a_disk_that_is_not_connected_is_named(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    folder = places().data
    folder.rename(tmp_path / "disk")
    folder.symlink_to(tmp_path / "unplugged")
    named = f"{folder} is a link to {tmp_path / 'unplugged'}, which is not there"
    backup = str(tmp_path / "backup.sqlite3")
    for words in (["list", "--offline"], ["library", "backup", backup], ["library", "restore", __file__]):
        done = run(*words)
        assert done.code == 1
        assert named in done.err
    done = run("doctor", "--offline")
    assert named in done.out
    assert "Connect the disk" in done.out


def test_the_doctor_says_which_folder_cannot_be_made(home: Path) -> None:
    home.chmod(0o500)
    try:
        done = unprivileged("doctor", "--offline")
    finally:
        home.chmod(0o700)
    assert done.returncode == 1
    for folder in (places().config, places().data, places().cache, places().state):
        assert f"{folder} is not there, and cannot be made in {home}." in done.stdout
    assert f"chmod u+wx '{home}'" in done.stdout


@pytest.mark.parametrize("home", [None, "relative"])
def test_a_user_without_a_home_folder_is_told_so(home: str | None, tmp_path: Path) -> None:
    """As in a container whose user is a number that nobody has."""
    unknown = (
        "import pwd\n"
        "def getpwuid(number): raise KeyError(number)\n"
        "pwd.getpwuid = getpwuid\n"
        "from tui_digest.cli import main; raise SystemExit(main(['list']))"
    )
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    environment |= {"PYTHONPATH": str(ROOT)} | ({} if home is None else {"HOME": home})
    done = subprocess.run(
        [sys.executable, "-c", unknown],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert done.stderr.startswith("This user has no home folder that is known; set HOME")
    assert done.stderr.count("\n") == 1
