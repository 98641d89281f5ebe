"""Two machines on one folder: what travels, what is kept when they clash, and what a backup brings back."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import msgspec
import pytest

from tests.library.invented import DAY, make_paper, mark_as_0_1_0
from tests.sync.world import PAPERS, Machine, explanation
from tui_digest.core.step_words import words_of_steps
from tui_digest.entry import Mark, Statement, StatementState
from tui_digest.interests import InterestKind, Stance
from tui_digest.library.explanation_cells import explanation_subject
from tui_digest.operation import FileState, Operation, next_clock
from tui_digest.sync.folder import SEGMENT_BYTES, SETTLED_NS, SyncFolder, SyncFolderError
from tui_digest.tags import TagChanges

FIRST, SECOND = PAPERS[:2]


def machine(home: Path, name: str, shared: Path, ahead: timedelta = timedelta(), papers: int = 4) -> Machine:
    made = Machine(home / name, name, ahead, papers)
    made.folder = shared
    return made


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def laptop(tmp_path: Path, shared: Path) -> Iterator[Machine]:
    made = machine(tmp_path, "laptop", shared)
    yield made
    made.close()


@pytest.fixture
def desktop(tmp_path: Path, shared: Path) -> Iterator[Machine]:
    made = machine(tmp_path, "desktop", shared, timedelta(hours=-3))
    yield made
    made.close()


def exchange(*machines: Machine) -> None:
    for _ in range(2):
        for each in machines:
            each.sync()


def test_every_kind_of_decision_travels(laptop: Machine, desktop: Machine) -> None:
    laptop.sync()
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.library.marks.set_read([SECOND])
    laptop.library.marks.note(FIRST, "Compare with the lower bound.")
    laptop.library.tags.change([FIRST], TagChanges(add=("seminar",)))
    laptop.library.following.set(InterestKind.AUTHOR, "Ada Example", Stance.FOLLOW)
    laptop.library.filters.save("mine", "convergence")
    exchange(laptop, desktop)
    assert desktop.decisions() == laptop.decisions()
    assert desktop.decisions()[FIRST].note == "Compare with the lower bound."
    assert desktop.library.following.all() == laptop.library.following.all()
    assert desktop.library.filters.all() == laptop.library.filters.all()


def test_what_an_open_reader_of_0_1_0_decides_travels(laptop: Machine, desktop: Machine) -> None:
    """It records no operations: neither those before a step of this release, nor those after it."""
    exchange(laptop, desktop)
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    exchange(laptop, desktop)
    with closing(
        sqlite3.connect(laptop.home / "data" / "library.sqlite3", isolation_level=None)
    ) as still_open:
        mark_as_0_1_0(still_open, FIRST, None, laptop.clock().isoformat())
        mark_as_0_1_0(still_open, SECOND, "done", laptop.clock().isoformat())
        exchange(laptop, desktop)
        assert desktop.decisions() == laptop.decisions()
        assert (desktop.decisions()[FIRST].mark, desktop.decisions()[SECOND].mark) == (None, Mark.DONE)

        mark_as_0_1_0(still_open, FIRST, "dismissed", laptop.clock().isoformat())
        laptop.library.marks.note(SECOND, "a step of this release")
        exchange(laptop, desktop)
        assert desktop.decisions()[FIRST].mark is Mark.DISMISSED

        sent = laptop.library.replication.sent_sequence()
        exchange(laptop, desktop)
        assert laptop.library.replication.sent_sequence() == sent


def test_of_an_open_reader_of_0_1_0_and_another_machine_the_later_decision_holds(
    laptop: Machine, desktop: Machine
) -> None:
    exchange(laptop, desktop)
    with closing(
        sqlite3.connect(laptop.home / "data" / "library.sqlite3", isolation_level=None)
    ) as still_open:
        mark_as_0_1_0(still_open, FIRST, "done", laptop.clock().isoformat())
        mark_as_0_1_0(still_open, SECOND, "done", laptop.clock().isoformat())
    desktop.now = laptop.now
    desktop.library.marks.mark([FIRST], Mark.DISMISSED)
    desktop.now -= timedelta(hours=1)
    desktop.library.marks.mark([PAPERS[2]], Mark.TO_READ)
    exchange(desktop, laptop)
    assert desktop.decisions() == laptop.decisions()
    assert [laptop.decisions()[paper].mark for paper in PAPERS[:3]] == [
        Mark.DISMISSED, Mark.DONE, Mark.TO_READ
    ]  # fmt: skip


def test_a_search_tells_who_gave_a_shared_tag(laptop: Machine, desktop: Machine) -> None:
    exchange(laptop, desktop)
    laptop.library.tags.change([FIRST], TagChanges(add=("seminar", "mine")))
    desktop.library.tags.change([SECOND], TagChanges(add=("seminar",)))
    desktop.library.tags.change([PAPERS[2]], TagChanges(add=("other",)))
    exchange(laptop, desktop)

    def found(query: str) -> list[str]:
        return sorted(entry.paper.id for entry in laptop.library.search.find(query).entries)

    assert found("tag:seminar by:laptop") == [FIRST]
    assert found("by:Desktop tag:seminar") == [SECOND]
    assert found("by:desktop") == [SECOND, PAPERS[2]]
    assert found("tag:seminar -by:laptop") == [SECOND]
    assert found("tag:sem* by:desk") == []
    assert found("by:nobody") == []
    assert found("tag:seminar") == [FIRST, SECOND]


def test_an_explanation_travels_with_its_receipt_and_statements(laptop: Machine, desktop: Machine) -> None:
    laptop.sync()
    text = "The rate is $1/T$."
    statement = Statement(text=text, start=0, end=len(text), state=StatementState.FLAGGED, why="no such rate")
    written = msgspec.structs.replace(explanation(FIRST, text, laptop.now), statements=(statement,))
    laptop.library.explanations.keep("key", written)
    exchange(laptop, desktop)
    assert desktop.library.explanations.complete(FIRST) == (written,)
    assert desktop.library.explanations.explanation("key") == written
    assert [step.label for step in desktop.library.history.recent()] == [f"laptop: had {FIRST} explained"]


def test_the_newest_explanation_is_the_same_everywhere(laptop: Machine, desktop: Machine) -> None:
    exchange(laptop, desktop)
    for each, text in ((laptop, "asked last, at the laptop"), (desktop, "asked first, at the desk")):
        each.library.explanations.keep("key", explanation(FIRST, text, each.now))
    exchange(laptop, desktop)
    for each in (laptop, desktop):
        newest = each.library.explanations.latest(FIRST)
        assert newest is not None
        assert newest.text == "asked last, at the laptop"
        assert len(each.library.explanations.complete(FIRST)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"subject": f"{FIRST} 0123456789abcdef"},
        {"text": "another text than the subject names"},
        {"receipt": "{}"},
        {"receipt": "no JSON"},
        {"statements": '[{"text":"x","start":0,"end":99999,"state":"evidence"}]'},
        {"statements": '[{"text":"x","start":0,"end":1,"state":"evidence","words":[[0,5]]}]'},
    ],
)
def test_an_explanation_that_is_not_what_it_says_is_refused(
    laptop: Machine, shared: Path, change: dict[str, str]
) -> None:
    laptop.sync()
    made = explanation(FIRST, "The rate is $1/T$.", laptop.now)
    fields = {
        "subject": explanation_subject(FIRST, made.receipt.asked_at, made.text),
        "receipt": msgspec.json.encode(made.receipt).decode(),
        "text": made.text,
        "statements": "[]",
    } | change
    operation = Operation(
        "sly-1", 1, 1 << 50, "explanation", fields["subject"], ["key", *(fields[n] for n in _STORED)]
    )
    SyncFolder(shared).append("sly-1", [operation])
    assert (laptop.sync().refused, laptop.library.explanations.all(FIRST)) == (1, ())


_STORED = ("receipt", "text", "statements")


def test_the_place_in_a_day_travels_each_time_it_changes(laptop: Machine, desktop: Machine) -> None:
    exchange(laptop, desktop)
    for paper in (FIRST, SECOND):
        laptop.library.positions.remember(DAY, paper)
        exchange(laptop, desktop)
        assert desktop.library.positions.paper(DAY) == paper
    assert desktop.library.history.recent() == ()


def test_decisions_from_before_the_folder_travel_and_the_later_one_wins(
    laptop: Machine, desktop: Machine
) -> None:
    desktop.library.marks.mark([FIRST], Mark.DONE)  # its clock is three hours behind
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    desktop.library.marks.note(SECOND, "from before")
    exchange(laptop, desktop)
    assert laptop.decisions() == desktop.decisions()
    assert desktop.decisions()[FIRST].mark is Mark.TO_READ
    assert laptop.decisions()[SECOND].note == "from before"


def test_a_decision_made_after_seeing_another_wins_though_the_clock_is_behind(
    laptop: Machine, desktop: Machine
) -> None:
    exchange(laptop, desktop)
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    exchange(laptop, desktop)
    desktop.library.marks.mark([FIRST], Mark.DISMISSED)
    exchange(desktop, laptop)
    assert laptop.decisions()[FIRST].mark is Mark.DISMISSED


def test_notes_that_clash_are_both_kept_and_dated(laptop: Machine, desktop: Machine) -> None:
    exchange(laptop, desktop)
    laptop.library.marks.note(FIRST, "on the train")
    desktop.library.marks.note(FIRST, "at the desk")
    exchange(laptop, desktop)
    note = laptop.decisions()[FIRST].note
    assert note == desktop.decisions()[FIRST].note
    assert note.startswith("on the train\n\n[desktop, 2026-11-")
    assert note.endswith("UTC]\nat the desk")
    desktop.library.marks.note(FIRST, "settled")
    exchange(desktop, laptop)
    assert laptop.decisions()[FIRST].note == "settled"


def test_undo_is_local_and_keeps_what_was_decided_later_elsewhere(laptop: Machine, desktop: Machine) -> None:
    exchange(laptop, desktop)
    laptop.library.marks.mark([FIRST, SECOND], Mark.TO_READ)
    exchange(laptop, desktop)
    desktop.library.marks.mark([FIRST], Mark.DONE)
    exchange(desktop, laptop)
    undone = laptop.library.history.undo()
    assert undone is not None
    assert undone.label == "marked 2 papers to read; 1 changed later on desktop stays"
    exchange(laptop, desktop)
    for each in (laptop, desktop):
        assert each.decisions()[FIRST].mark is Mark.DONE
        assert each.decisions()[SECOND].mark is None


def test_an_undo_that_takes_nothing_back_says_so(laptop: Machine, desktop: Machine) -> None:
    exchange(laptop, desktop)
    laptop.library.marks.note(FIRST, "on the train")
    exchange(laptop, desktop)
    desktop.library.marks.note(FIRST, "at the desk")
    exchange(desktop, laptop)
    undone = laptop.library.history.undo()
    assert undone is not None
    (words,) = words_of_steps(laptop.library.lists, [undone])
    assert words.done == "saved a note; changed later on desktop, so it stays"
    assert words.title == make_paper(1).title
    assert laptop.decisions()[FIRST].note == "at the desk"


def test_several_versions_of_a_note_are_one_papers(laptop: Machine, desktop: Machine) -> None:
    laptop.library.marks.note(FIRST, "one")
    exchange(laptop, desktop)
    laptop.library.marks.note(FIRST, "two")
    laptop.library.marks.note(FIRST, "three")
    exchange(laptop, desktop)
    newest = desktop.library.history.recent()[0]
    (words,) = words_of_steps(desktop.library.lists, [newest])
    assert words.done == "laptop: wrote a note"


def test_what_another_machine_did_is_in_the_history_and_not_undone_here(
    laptop: Machine, desktop: Machine
) -> None:
    exchange(laptop, desktop)
    desktop.library.marks.mark([SECOND], Mark.DONE)
    laptop.library.marks.mark([FIRST, SECOND], Mark.TO_READ)
    exchange(laptop, desktop)
    assert "laptop: marked 2 papers to read" in [step.label for step in desktop.library.history.recent()]
    assert desktop.library.undo_labels()[0] == f"marked {SECOND} done"


def test_a_paper_that_is_not_here_waits_with_its_title(tmp_path: Path, shared: Path, laptop: Machine) -> None:
    small = machine(tmp_path, "small", shared, papers=1)
    exchange(laptop, small)
    laptop.library.marks.mark([PAPERS[3]], Mark.TO_READ)
    exchange(laptop, small)
    title = "On the convergence of method 4"
    assert small.library.replication.waiting_papers() == [
        (PAPERS[3], title, ("Ada Example", "Jo Mustermann"))
    ]
    small.library.mailings.store_papers([make_paper(4)])
    assert small.decisions()[PAPERS[3]].mark is Mark.TO_READ
    assert small.library.replication.waiting_papers() == []
    small.close()


def test_a_restored_backup_loses_nothing_that_was_sent_or_decided_since(
    laptop: Machine, desktop: Machine
) -> None:
    exchange(laptop, desktop)
    laptop.back_up()
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.library.marks.note(FIRST, "sent before the disk failed")
    laptop.sync()
    laptop.restore()
    laptop.library.marks.mark([SECOND], Mark.DONE)
    laptop.library.marks.note(SECOND, "written after the backup was restored")
    laptop.library.marks.set_read([SECOND])
    exchange(laptop, desktop)
    assert laptop.decisions() == desktop.decisions()
    assert desktop.decisions()[FIRST].mark is Mark.TO_READ
    assert desktop.decisions()[FIRST].note == "sent before the disk failed"
    assert desktop.decisions()[SECOND].mark is Mark.DONE
    assert desktop.decisions()[SECOND].note == "written after the backup was restored"


def test_a_machine_whose_whole_disk_was_restored_gives_numbers_twice_and_loses_nothing(
    laptop: Machine, desktop: Machine, tmp_path: Path
) -> None:
    """Its folder is restored too, and the files from before come back beside the new ones."""
    laptop.folder = laptop.home / "shared"
    laptop.sync()
    laptop.back_up()
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.library.marks.note(FIRST, "before the disk failed")
    laptop.sync()
    shutil.copytree(laptop.folder, desktop.folder, dirs_exist_ok=True)
    desktop.sync()
    laptop.restore(whole=True)
    laptop.library.marks.mark([SECOND], Mark.DONE)
    laptop.library.marks.note(SECOND, "after it was restored")
    laptop.sync()
    for mine, theirs in ((laptop, desktop), (desktop, laptop)):
        for file in list(mine.folder.glob("laptop-*/000001.jsonl")):
            copy = theirs.folder / file.parent.name / "000001.sync-conflict-20261127-101010-ABCDEFG.jsonl"
            shutil.copy(file, copy)
    exchange(laptop, desktop)
    assert laptop.decisions() == desktop.decisions()
    assert [laptop.decisions()[paper].mark for paper in (FIRST, SECOND)] == [Mark.TO_READ, Mark.DONE]
    assert laptop.decisions()[FIRST].note == "before the disk failed"
    assert desktop.decisions()[SECOND].note == "after it was restored"


def test_notes_on_one_paper_before_and_after_a_whole_disk_was_restored_are_both_kept(
    laptop: Machine, desktop: Machine
) -> None:
    laptop.folder = laptop.home / "shared"
    laptop.sync()
    laptop.back_up()
    laptop.library.marks.note(FIRST, "before the disk failed")
    laptop.sync()
    shutil.copytree(laptop.folder, desktop.folder, dirs_exist_ok=True)
    desktop.sync()
    laptop.restore(whole=True)
    laptop.library.marks.note(FIRST, "after it was restored")
    laptop.sync()
    for mine, theirs in ((laptop, desktop), (desktop, laptop)):
        for file in list(mine.folder.glob("laptop-*/000001.jsonl")):
            shutil.copy(file, theirs.folder / file.parent.name / "000001 (conflicted copy).jsonl")
    exchange(laptop, desktop)
    note = laptop.decisions()[FIRST].note
    assert note == desktop.decisions()[FIRST].note
    assert "before the disk failed" in note
    assert "after it was restored" in note


def test_what_a_note_replaced_before_a_whole_disk_was_restored_stays_replaced(laptop: Machine) -> None:
    """A version known by name alone, from the one that replaces it, is not taken for one that came."""
    laptop.sync()
    made = Operation("desktop-1", 1, 10 << 16, "note", FIRST, "first")
    emptied = msgspec.structs.replace(
        made, sequence=2, clock=11 << 16, value=None, replaces=(("desktop-1", made.clock),)
    )
    again = msgspec.structs.replace(
        made, machine="desktop-2", clock=12 << 16, value="second", replaces=(("desktop-1", emptied.clock),)
    )
    numbered_twice = Operation("desktop-1", 2, 9 << 16, "tag", f"{FIRST} seminar", DAY.isoformat())
    for number, operation in enumerate((made, numbered_twice, again, emptied)):
        replication = laptop.library.replication
        replication.apply([operation], f"desktop/{number}.jsonl", FileState(0, 0, 0, 0))
    assert laptop.decisions()[FIRST].note == "second"


def test_two_decisions_of_one_number_and_time_are_told_apart() -> None:
    """As when a disk was restored while another machine's clock was far ahead: then the time is a counter."""
    clocks = {next_clock(1 << 60, 0, content) for content in (b"one", b"another")}
    assert len(clocks) == 2
    assert min(clocks) > 1 << 60


def test_a_note_that_was_not_sent_yet_survives_an_emptied_folder(
    laptop: Machine, desktop: Machine, shared: Path
) -> None:
    laptop.library.marks.note(FIRST, "sent")
    laptop.sync()
    laptop.library.marks.note(FIRST, "not sent yet")
    for folder in shared.iterdir():
        shutil.rmtree(folder)
    exchange(laptop, desktop)
    assert [each.decisions()[FIRST].note for each in (laptop, desktop)] == ["not sent yet", "not sent yet"]


def test_a_decision_that_is_numbered_again_does_not_go_back_behind_a_later_one(laptop: Machine) -> None:
    laptop.sync()
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    replication = laptop.library.replication
    (own,) = replication.outbox(10)

    def arrives(machine: str, later: int, mark: Mark) -> None:
        operation = msgspec.structs.replace(
            own,
            machine=machine,
            sequence=1,
            clock=own.clock + later,
            value=[mark.value, laptop.now.isoformat()],
        )
        replication.apply([operation], f"{machine}/000001.jsonl", FileState(0, 0, 0, 0))

    arrives("desktop-1", 1000, Mark.DONE)
    replication.become("laptop-again")
    arrives("tablet-1", 500, Mark.DISMISSED)
    assert laptop.decisions()[FIRST].mark is Mark.DONE


def test_after_a_restored_backup_what_was_done_before_it_can_be_undone(
    laptop: Machine, desktop: Machine
) -> None:
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.sync()
    laptop.back_up()
    laptop.library.marks.mark([SECOND], Mark.DONE)
    laptop.sync()
    laptop.restore()
    laptop.sync()
    laptop.library.history.undo()
    exchange(laptop, desktop)
    assert [desktop.decisions()[paper].mark for paper in (FIRST, SECOND)] == [None, Mark.DONE]


def test_a_library_that_was_copied_to_another_machine_becomes_one_of_its_own(
    tmp_path: Path, shared: Path, laptop: Machine
) -> None:
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.sync()
    copy = machine(tmp_path, "copy", shared)
    copy.library.close()
    shutil.copy(laptop.home / "data" / "library.sqlite3", copy.home / "data" / "library.sqlite3")
    copy.name, copy.library = "laptop", copy._open()
    copy.library.marks.mark([SECOND], Mark.DONE)
    laptop.library.marks.mark([SECOND], Mark.DISMISSED)
    exchange(copy, laptop)
    assert copy.decisions() == laptop.decisions()
    assert len(list(shared.iterdir())) == 2
    copy.close()


def test_a_folder_that_was_emptied_is_filled_again(laptop: Machine, desktop: Machine, shared: Path) -> None:
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.sync()
    for folder in shared.iterdir():
        shutil.rmtree(folder)
    exchange(laptop, desktop)
    assert desktop.decisions()[FIRST].mark is Mark.TO_READ


def test_a_folder_that_is_not_there_is_told_and_nothing_is_lost(
    laptop: Machine, desktop: Machine, shared: Path
) -> None:
    exchange(laptop, desktop)
    away = shared.rename(shared.with_name("away"))
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    with pytest.raises(SyncFolderError, match="is not there"):
        laptop.sync()
    away.rename(shared)
    exchange(laptop, desktop)
    assert desktop.decisions()[FIRST].mark is Mark.TO_READ


def test_a_damaged_copy_that_is_deleted_is_no_longer_told(laptop: Machine, desktop: Machine) -> None:
    laptop.library.marks.mark([FIRST], Mark.DONE)
    exchange(laptop, desktop)
    (file,) = desktop.folder.glob("laptop-*/*.jsonl")
    copy = file.with_name("000001.sync-conflict-20261127.jsonl")
    copy.write_bytes(file.read_bytes() + b"torn\n")
    assert desktop.sync().damaged == 1
    copy.unlink()
    report = desktop.sync()
    assert (report.damaged, report.changed) == (0, 0)
    assert desktop.decisions()[FIRST].mark is Mark.DONE


def test_damaged_lines_are_counted_and_the_rest_is_read(
    laptop: Machine, desktop: Machine, shared: Path
) -> None:
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.library.marks.mark([SECOND], Mark.DONE)
    laptop.sync()
    file = next(shared.glob("laptop-*/000001.jsonl"))
    lines = file.read_bytes().replace(b"to-read", b"dismissed").splitlines(keepends=True)
    file.write_bytes(b"".join([lines[0], b"not a line\n", *lines[1:], b'{"crc']))
    report = desktop.sync()
    assert report.damaged == 2
    assert desktop.decisions()[FIRST].mark is None
    assert desktop.decisions()[SECOND].mark is Mark.DONE


def test_a_file_that_is_replaced_within_a_tick_of_the_clock_is_read_again(
    laptop: Machine, desktop: Machine, shared: Path
) -> None:
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.sync()
    file = next(shared.glob("laptop-*/000001.jsonl"))
    whole, status = file.read_bytes(), file.stat()
    file.write_bytes(whole.replace(b"crc", b"???"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert desktop.sync().damaged == 1
    file.write_bytes(whole)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert desktop.sync().changed == 1


def test_a_file_that_has_not_changed_for_a_while_is_not_read_again(
    laptop: Machine, desktop: Machine, shared: Path
) -> None:
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.sync()
    file = next(shared.glob("laptop-*/000001.jsonl"))
    long_ago = file.stat().st_mtime_ns - 2 * SETTLED_NS
    os.utime(file, ns=(long_ago, long_ago))
    desktop.sync()
    known = desktop.library.replication.files()
    assert list(SyncFolder(shared).read_changed(known)) == []


def test_after_a_torn_line_the_next_operations_begin_a_file(
    laptop: Machine, desktop: Machine, shared: Path
) -> None:
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.sync()
    file = next(shared.glob("laptop-*/000001.jsonl"))
    file.write_bytes(file.read_bytes() + b'{"crc":"0')
    laptop.library.marks.mark([SECOND], Mark.DONE)
    exchange(laptop, desktop)
    assert [path.name for path in sorted(file.parent.iterdir())] == ["000001.jsonl", "000002.jsonl"]
    assert desktop.decisions() == laptop.decisions()


def test_a_full_file_is_closed(laptop: Machine, shared: Path) -> None:
    laptop.library.marks.note(FIRST, "x" * SEGMENT_BYTES)
    laptop.sync()
    laptop.library.marks.note(FIRST, "y")
    laptop.sync()
    assert len(list(shared.glob("laptop-*/*.jsonl"))) == 2


def test_without_a_folder_nothing_is_recorded(laptop: Machine) -> None:
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    assert laptop.library.replication.outbox(10) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links and names of POSIX")
def test_what_cannot_be_read_keeps_nothing_else_from_being_read(
    laptop: Machine, desktop: Machine, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.library.marks.mark([FIRST], Mark.TO_READ)
    laptop.sync()
    for odd in (shared / "loop", shared / "another-1" / "000001.jsonl"):
        odd.parent.mkdir(exist_ok=True)
        odd.symlink_to(odd)
    (shared / "another-1" / os.fsdecode(b"\xff.jsonl")).write_bytes(b"{}\n")
    refused = shared / "another-1" / "000002.jsonl"
    refused.write_bytes(b"{}\n")
    read = Path.open

    def read_but_one(path: Path, mode: str = "r") -> IO[Any]:
        if path == refused:
            raise PermissionError(errno.EACCES, "permission denied")
        return read(path, mode)

    monkeypatch.setattr(Path, "open", read_but_one)
    assert desktop.sync().damaged == 1
    assert desktop.decisions()[FIRST].mark is Mark.TO_READ
