"""`sync`: two homes on one folder, git between them, and what doctor tells of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tui_digest.cli.container import Parts
from tui_digest.cli.reader import make_app
from tui_digest.folders import places
from tui_digest.library.library import Library
from tui_digest.operation import Operation
from tui_digest.sync.folder import SyncFolder

PAPER = "2611.00011"


@pytest.fixture
def share(tmp_path: Path) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        places().config_file.parent.mkdir(parents=True, exist_ok=True)
        places().config_file.write_text(
            f'[sync]\nfolder = "{folder.as_posix()}"\nname = "laptop"\n', encoding="utf-8"
        )

    return write


def elsewhere(folder: Path, **operation: object) -> None:
    """Have another machine decide something."""
    fields = {"machine": "desktop-1234", "sequence": 1, "clock": 1 << 60, "aspect": "mark", "subject": PAPER}
    made = Operation(**{**fields, **operation})  # type: ignore[arg-type]
    SyncFolder(folder).append(made.machine, [made])


def test_without_a_folder_it_says_how_to_set_one(fetched: StandIn, run: Run) -> None:
    result = run("sync")
    assert result.code == 2
    assert "set folder under [sync]" in result.err


def test_decisions_go_out_and_others_come_in(
    fetched: StandIn, run: Run, tmp_path: Path, share: Callable[[Path], None]
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    share(folder)
    run("note", "2611.00012", "mine")
    elsewhere(folder, value=["to-read", "2026-11-20T10:00:00+00:00"])
    report = json.loads(run("sync", "--format", "json").out)
    assert (report["sent"], report["changed"], report["damaged"]) == (1, 1, 0)
    assert json.loads(run("show", PAPER, "--format", "json", "--offline").out)["mark"] == "to-read"
    assert run("sync").out == "0 decisions sent; nothing new from others.\n"
    assert "desktop: marked" in run("history").out


def test_a_hostile_operation_changes_nothing_and_sends_nothing_to_the_terminal(
    fetched: StandIn, run: Run, tmp_path: Path, share: Callable[[Path], None]
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    share(folder)
    elsewhere(folder, value=["shredded", "x"])
    elsewhere(folder, sequence=2, aspect="note", value="\x1b]52;c;QQ==\x07kept\x1b[31m")
    elsewhere(
        folder, sequence=3, aspect="tag", subject=f"{PAPER} \x1b[2jsly", value="2026-11-20T10:00:00+00:00"
    )
    elsewhere(folder, sequence=4, aspect="unheard-of", subject="x", value="later version")
    result = run("sync")
    assert result.code == 0
    assert "1 decision refused" in result.out
    shown = run("show", PAPER, "--offline").out + run("history").out + run("doctor", "--offline").out
    assert "\x1b" not in shown
    assert "kept" in shown


def test_a_folder_in_the_home_of_nobody_is_one_sentence(
    fetched: StandIn, run: Run, share: Callable[[Path], None]
) -> None:
    share(Path("~nobody-of-this-name/shared"))
    for words in (["sync"], ["doctor", "--offline"]):
        result = run(*words)
        assert result.code in (1, 2)
        assert "no such user's home folder" in result.out + result.err


def test_a_folder_that_is_not_there_is_one_sentence(
    fetched: StandIn, run: Run, tmp_path: Path, share: Callable[[Path], None]
) -> None:
    share(tmp_path / "unplugged")
    result = run("sync")
    assert result.code == 1
    assert "is not there. Decisions are kept here" in result.err
    assert "the shared folder" in run("doctor", "--offline").out.lower()


def test_papers_that_are_not_here_are_named_and_settled_once_they_are(
    fetched: StandIn, run: Run, tmp_path: Path, share: Callable[[Path], None]
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    share(folder)
    of_yesterday = {"subject": "2611.00001", "title": "On $\\alpha$", "authors": ("Ada Example",)}
    elsewhere(folder, value=["to-read", "2026-11-19T10:00:00+00:00"], **of_yesterday)
    assert run("sync").lines[1:] == [
        "1 paper decided on elsewhere not here yet; `tui-digest show ID` fetches one:",
        "  2611.00001  On α (Ada Example)",
    ]
    (waiting,) = json.loads(run("sync", "--format", "json").out)["waiting"]
    assert waiting == {"id": "2611.00001", "title": "On $\\alpha$", "authors": ["Ada Example"]}
    assert json.loads(run("show", "2611.00001", "--format", "json").out)["mark"] == "to-read"
    assert json.loads(run("sync", "--format", "json").out)["waiting"] == []


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def clones(
    tmp_path: Path, share: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Path]:
    """Two checkouts of one repository; ours is the shared folder."""
    for name, value in {"NAME": "Test", "EMAIL": "test@example.org"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    remote, ours, theirs = (tmp_path / name for name in ("remote", "ours", "theirs"))
    remote.mkdir()
    git(remote, "init", "--bare")
    for clone in (ours, theirs):
        git(tmp_path, "clone", str(remote), clone.name)
    share(ours)
    return ours, theirs


def push(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--message", "made elsewhere")
    git(folder, "push")


def test_through_git(fetched: StandIn, run: Run, clones: tuple[Path, Path]) -> None:
    _, theirs = clones
    run("mark", PAPER)
    assert run("sync", "--git").code == 0
    git(theirs, "pull")
    assert list(theirs.glob("laptop-*/000001.jsonl"))
    elsewhere(theirs, aspect="note", value="from the desk")
    push(theirs)
    run("mark", "2611.00012")
    result = run("sync", "--git")
    assert result.out == "1 decision sent; 1 changed here by other machines.\n"
    assert json.loads(run("show", PAPER, "--format", "json", "--offline").out)["note"] == "from the desk"


def test_through_git_a_machine_that_was_restored_meets_what_it_sent_before(
    fetched: StandIn, run: Run, clones: tuple[Path, Path]
) -> None:
    _, theirs = clones
    run("mark", PAPER)
    assert run("sync", "--git").code == 0
    git(theirs, "pull")
    (own,) = (folder.name for folder in theirs.glob("laptop-*"))
    elsewhere(theirs, machine=own, sequence=2, aspect="note", value="sent before the disk failed")
    push(theirs)
    run("tag", PAPER, "+restored")
    assert run("sync", "--git").code == 0
    git(theirs, "pull")
    for folder in clones:
        lines = (folder / own / "000001.jsonl").read_text()
        assert "sent before the disk failed" in lines
        assert "restored" in lines
        assert "<<<" not in lines
    paper = json.loads(run("show", PAPER, "--format", "json", "--offline").out)
    assert (paper["note"], paper["tags"]) == ("sent before the disk failed", ["restored"])


@pytest.mark.parametrize("branch", ["main", "trunk"])
@pytest.mark.parametrize("decided", [True, False])
def test_two_clones_of_an_empty_repository_meet(
    branch: str, decided: bool, fetched: StandIn, run: Run, clones: tuple[Path, Path]
) -> None:
    """The other machine was the first to send, on a branch of its own name."""
    ours, theirs = clones
    git(theirs, "checkout", "-b", branch)
    elsewhere(theirs, aspect="note", value="the first")
    git(theirs, "add", "--all")
    git(theirs, "commit", "--message", "made elsewhere")
    git(theirs, "push", "--set-upstream", "origin", branch)
    git(ours.with_name("remote"), "symbolic-ref", "HEAD", f"refs/heads/{branch}")
    if decided:
        run("mark", "2611.00012")
    for _ in range(2):
        result = run("sync", "--git")
        assert (result.code, result.err) == (0, "")
    assert json.loads(run("show", PAPER, "--format", "json", "--offline").out)["note"] == "the first"
    git(theirs, "pull")
    assert bool(list(theirs.glob("laptop-*/000001.jsonl"))) is decided


def test_nothing_is_sent_where_nobody_has_decided(
    fetched: StandIn, run: Run, clones: tuple[Path, Path]
) -> None:
    result = run("sync", "--git")
    assert (result.code, result.out) == (0, "0 decisions sent; nothing new from others.\n")


def test_a_remote_that_refuses_is_told_with_its_reason(
    fetched: StandIn, run: Run, clones: tuple[Path, Path]
) -> None:
    ours, _ = clones
    git(ours, "remote", "set-url", "origin", str(ours.with_name("gone")))
    run("mark", PAPER)
    result = run("sync", "--git")
    assert result.code == 1
    assert "fatal: " in result.err
    assert "Decisions are kept here." in result.err
    git(ours, "remote", "set-url", "origin", str(ours.with_name("remote")))
    assert run("sync", "--git").code == 0


def test_a_rebase_of_the_users_own_is_left_alone(
    fetched: StandIn, run: Run, clones: tuple[Path, Path]
) -> None:
    ours, _ = clones
    run("mark", PAPER)
    run("sync", "--git")
    (ours / ".git" / "rebase-merge").mkdir()
    result = run("sync", "--git")
    assert result.code == 1
    assert "A rebase is under way" in result.err


def test_a_folder_without_git_is_told(
    fetched: StandIn, run: Run, tmp_path: Path, share: Callable[[Path], None]
) -> None:
    share(tmp_path)
    result = run("sync", "--git")
    assert result.code == 1
    assert "is no git checkout" in result.err


def test_a_killed_process_loses_and_repeats_nothing(
    fetched: StandIn, run: Run, tmp_path: Path, share: Callable[[Path], None]
) -> None:
    """What a file has and the library still holds for sending is sent once: a kill between the two."""
    folder = tmp_path / "shared"
    folder.mkdir()
    share(folder)
    run("mark", PAPER)
    assert run("sync").code == 0
    run("mark", "2611.00012")
    with Library(places().library_file, str.casefold) as library:
        waiting = library.replication.outbox(10)
        SyncFolder(folder).append(library.replication.machine(), waiting)
    assert len(waiting) == 1
    assert run("sync").out == "0 decisions sent; nothing new from others.\n"
    assert len(list(folder.iterdir())) == 1


def test_doctor_tells_the_machines_their_last_sign_of_life_and_damaged_lines(
    fetched: StandIn, run: Run, tmp_path: Path, share: Callable[[Path], None]
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    share(folder)
    assert "no machine has written to it yet" in run("doctor", "--offline").out
    run("mark", "2611.00012")
    at = int(datetime(2026, 11, 19, 21, 30, tzinfo=UTC).timestamp() * 1000)
    elsewhere(folder, clock=at << 16, value=["done", "2026-11-19T21:30:00+00:00"])
    with (folder / "desktop-1234" / "000001.jsonl").open("a") as file:
        file.write("torn\n")
    assert "1 damaged line skipped" in run("sync").out
    result = run("doctor", "--offline", "--format", "json")
    told = [each["found"] for each in json.loads(result.out) if each["subject"] == "sync"]
    assert "desktop-1234 (another machine): 1 decision, the last on 19 Nov 2026 21:30 UTC." in told
    assert any(words.startswith("laptop-") and "(this machine): 1 decision," in words for words in told)
    assert any(words.startswith("Skipped 1 line of") for words in told)
    assert result.code == 1
    steps = json.loads(run("history", "--format", "json").out)
    assert f"desktop: marked {PAPER} done" in [step["label"] for step in steps]


def test_the_reader_is_told_also_of_what_a_sync_beside_it_brought(
    fetched: StandIn, run: Run, tmp_path: Path, share: Callable[[Path], None]
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    share(folder)
    run("sync")
    with Parts() as parts:
        synchronise = make_app(parts).services.synchronise
        assert synchronise is not None
        assert synchronise() == 0
        elsewhere(folder, value=["done", "2026-11-19T21:30:00+00:00"])
        assert run("sync").code == 0
        elsewhere(folder, sequence=2, aspect="note", value="from the desk")
        assert [synchronise(), synchronise()] == [2, 0]
