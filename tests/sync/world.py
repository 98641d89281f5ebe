"""Machines, each with a library and a copy of the shared folder that lags, tears and doubles."""

from __future__ import annotations

import random
import shutil
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tests.library.invented import DAY, fold, make_paper
from tui_digest.entry import Explanation, Mark, Receipt
from tui_digest.interests import InterestKind, Stance
from tui_digest.library.library import Library
from tui_digest.library.replication import Replication
from tui_digest.sync.folder import SyncFolder
from tui_digest.sync.synchronise import SyncReport, synchronise
from tui_digest.tags import TagChanges

PAPERS = tuple(f"2611.{number:05}" for number in range(1, 5))
TAGS = ("seminar", "later")


class Decisions(NamedTuple):
    """What was decided on a paper."""

    mark: Mark | None
    read: bool
    note: str
    tags: frozenset[str]
    explained: tuple[str, ...]


class Everything(NamedTuple):
    """All that was decided: on papers, and the follows, the filters and the places in days."""

    papers: dict[str, Decisions]
    follows: frozenset[tuple[str, str]]
    filters: tuple[tuple[str, str], ...]
    places: tuple[str | None, ...]


class Killed(Exception):
    """The process ended."""


class KilledAfter:
    """A library's side of a synchronisation, whose process is killed after some calls."""

    def __init__(self, replication: Replication, calls: int) -> None:
        self._replication = replication
        self._calls = calls

    def __getattr__(self, name: str) -> object:
        if self._calls == 0:
            raise Killed
        self._calls -= 1
        return getattr(self._replication, name)


class Machine:
    """A machine: its library, its clock, which may be wrong, and its copy of the shared folder."""

    def __init__(self, home: Path, name: str, wrong_by: timedelta, papers: int) -> None:
        self.home, self.name = home, name
        self.now = datetime(2026, 11, 20, tzinfo=UTC) + wrong_by
        self.folder = home / "shared"
        self.folder.mkdir(parents=True)
        self.library = self._open()
        self.library.mailings.store_papers([make_paper(number) for number in range(1, papers + 1)])

    @property
    def file(self) -> Path:
        """The library's."""
        return self.home / "data" / "library.sqlite3"

    def _open(self) -> Library:
        return Library(self.file, fold, self.clock)

    def clock(self) -> datetime:
        """The next moment by this machine's own clock."""
        self.now += timedelta(milliseconds=7)
        return self.now

    def known(self) -> tuple[str, ...]:
        return tuple(paper for paper in PAPERS if self.library.mailings.paper(paper) is not None)

    def decide(self, chance: random.Random) -> None:
        """Decide something, or take a decision back."""
        library, paper = self.library, chance.choice(self.known())
        match chance.randrange(12):
            case 0 | 1:
                library.marks.mark([paper], chance.choice([*Mark, None]))
            case 2:
                library.marks.set_read([paper], chance.random() < 0.7)
            case 3 | 4:
                text = f"{self.name} {chance.randrange(10**6)}" if chance.random() < 0.8 else ""
                library.marks.note(paper, text)
            case 5:
                tag = chance.choice(TAGS)
                library.tags.change([paper], TagChanges(**{chance.choice(["add", "remove"]): (tag,)}))
            case 6:
                library.history.undo()
            case 7:
                library.history.redo()
            case 8:
                library.explanations.keep("key", explanation(paper, f"{self.name} {self.clock()}", self.now))
            case 9:
                digest = chance.choice(["default", "seminar"])
                library.positions.remember(DAY + timedelta(days=chance.randrange(2)), paper, digest)
            case 10:
                stance = chance.choice([Stance.FOLLOW, Stance.MUTE, None])
                library.following.set(InterestKind.WORD, chance.choice(TAGS), stance)
            case 11:
                library.filters.save(chance.choice(TAGS), f"method {chance.randrange(100)}")

    def sync(self) -> SyncReport:
        return synchronise(
            self.library.replication, SyncFolder(self.folder), self.name, self.home / "machine"
        )

    def sync_in_part(self, calls: int) -> None:
        """Be killed after `calls` transactions of a synchronisation."""
        with suppress(Killed):
            synchronise(
                KilledAfter(self.library.replication, calls),  # type: ignore[arg-type]
                SyncFolder(self.folder),
                self.name,
                self.home / "machine",
            )
        self._reopen()

    def back_up(self) -> None:
        """Copy the whole disk."""
        self.library.close()
        backup = self.home.with_name(f"{self.name}.backup")
        shutil.rmtree(backup, ignore_errors=True)
        shutil.copytree(self.home, backup)
        self.library = self._open()

    def restore(self, whole: bool = False) -> None:
        """Put the library of the backup in place; with `whole` also the folder and the machine's name."""
        backup = self.home.with_name(f"{self.name}.backup")
        if backup.exists():
            self.library.close()
            if whole:
                shutil.rmtree(self.home)
                shutil.copytree(backup, self.home)
            else:
                shutil.copy(backup / "data" / "library.sqlite3", self.home / "data" / "library.sqlite3")
            self.library = self._open()

    def _reopen(self) -> None:
        self.library.close()
        self.library = self._open()

    def decisions(self) -> dict[str, Decisions]:
        """All that was decided on papers, as it is in the library."""
        papers = [self.library.mailings.paper(paper) for paper in PAPERS]
        entries = self.library.entries([paper for paper in papers if paper is not None])
        return {
            entry.paper.id: Decisions(
                entry.reading.mark,
                entry.reading.read,
                entry.reading.note,
                frozenset(entry.tags),
                tuple(sorted(kept.text for kept in self.library.explanations.complete(entry.paper.id))),
            )
            for entry in entries
        }

    def everything(self) -> Everything:
        library = self.library
        days = [(DAY + timedelta(days=day), digest) for day in (0, 1) for digest in ("default", "seminar")]
        return Everything(
            self.decisions(),
            frozenset((each.text, each.stance) for each in library.following.all()),
            tuple(sorted(library.filters.all().items())),
            tuple(library.positions.paper(day, digest) for day, digest in days),
        )

    def close(self) -> None:
        self.library.close()


def explanation(paper: str, text: str, asked_at: datetime) -> Explanation:
    """A complete explanation of a paper."""
    receipt = Receipt(
        provider="compatible",
        model="stand-in",
        asked_at=asked_at,
        prompt_version="1",
        paper_version=1,
        complete=True,
    )
    return Explanation(paper_id=paper, text=text, receipt=receipt)


class World:
    """Machines, and what carries files between them."""

    def __init__(self, folder: Path, chance: random.Random, machines: int) -> None:
        self.chance = chance
        self.machines = [
            Machine(
                folder / f"m{n}", f"m{n}", timedelta(hours=chance.randrange(-24, 25)), chance.choice([2, 4])
            )
            for n in range(machines)
        ]

    def carry(self, sender: Machine, receiver: Machine, whole: bool = True) -> None:
        """Copy the sender's files, perhaps only the beginning of one, or as a conflict copy."""
        for path in sorted(sender.folder.glob("*/*.jsonl")):
            target = receiver.folder / path.relative_to(sender.folder)
            data = path.read_bytes()
            if not whole and self.chance.random() < 0.4:
                data = data[: self.chance.randrange(len(data) + 1)]
            held = target.read_bytes() if target.exists() else b""
            if held.startswith(data) and target.exists():
                continue
            if not data.startswith(held) or (not whole and self.chance.random() < 0.2):
                # Two disks had another file under one name, as after a restored backup, or so it seemed.
                target = target.with_name(f"{target.stem[:6]}.sync-conflict-{zlib.crc32(data):08x}.jsonl")
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(data)

    def step(self) -> None:
        """One thing that happens."""
        machine, other = self.chance.choice(self.machines), self.chance.choice(self.machines)
        match self.chance.randrange(15):
            case 0 | 1 | 2 | 3 | 10 | 11 | 12 | 13:
                machine.decide(self.chance)
            case 4 | 5:
                machine.sync()
            case 14:
                machine.sync_in_part(self.chance.randrange(8))
            case 6 | 7 if machine is not other:
                self.carry(machine, other, whole=self.chance.random() < 0.5)
            case 8 if self.chance.random() < 0.7:
                machine.back_up()
            case 9 if self.chance.random() < 0.7:
                machine.restore(whole=self.chance.random() < 0.4)

    def settle(self) -> None:
        """Have every machine send, receive and apply until nothing is new; then all papers are known."""
        for machine in self.machines:
            machine.library.mailings.store_papers([make_paper(number) for number in range(1, 5)])
        for _ in range(3):
            for machine in self.machines:
                machine.sync()
            for sender in self.machines:
                for receiver in self.machines:
                    if sender is not receiver:
                        self.carry(sender, receiver)
        for machine in self.machines:
            machine.sync()

    def close(self) -> None:
        for machine in self.machines:
            machine.close()
