"""The reader's decisions, written one after the other by a thread of their own."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec

from tui_digest.errors import LibraryError

Result = TypeVar("Result")

GRACE_S = 0.02
"""How long a decision may take before it is shown as pending: as a rule it is on disk by then."""


class Outcome(msgspec.Struct, Generic[Result], frozen=True):
    """Result of a decision: its value, or why it is not on disk."""

    result: Result | None = None
    error: Exception | None = None


class DecisionWriter:
    """Writes decisions in their order; whoever decides does not wait for the disk.

    Args:
        deliver: runs something on the thread of the interface, soon; callable from any thread.
        grace: how many seconds a decision is waited for when nothing is pending before it; None takes
            `GRACE_S`.

    Attributes:
        pending: how many decisions on each paper are not on disk yet, by the paper's id.
    """

    def __init__(self, deliver: Callable[[Callable[[], None]], object], grace: float | None = None) -> None:
        self.pending: Counter[str] = Counter()
        self._deliver = deliver
        self._grace = GRACE_S if grace is None else grace
        self._jobs: deque[Callable[[], None]] = deque()
        self._changed = threading.Condition()
        self._busy = 0
        self._failed: list[Callable[[], None]] = []
        self._thread: threading.Thread | None = None

    @property
    def is_idle(self) -> bool:
        """Whether everything that was decided is on disk, or has failed."""
        return self._busy == 0

    def submit(
        self, papers: Sequence[str], act: Callable[[], Result], done: Callable[[Outcome[Result]], None]
    ) -> bool:
        """Queue a decision to be written after those before it.

        Args:
            papers: the ids of the papers that it is about.
            act: writes it; run on the writer's thread.
            done: told what became of it, on the thread of the interface.

        Returns:
            Whether it was on disk at once, and `done` has been told already.

        Raises:
            LibraryError: the system gives no thread to write in; it was not queued.
        """
        finished = threading.Event()
        told = False
        outcome: Outcome[Result] = Outcome()

        def tell() -> None:
            nonlocal told
            if not told:
                told = True
                if tell in self._failed:
                    self._failed.remove(tell)
                self.pending -= Counter(papers)
                done(outcome)

        def job() -> None:
            nonlocal outcome
            try:
                outcome = Outcome(result=act())
            except Exception as error:
                outcome = Outcome(error=error)
                self._failed.append(tell)
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()
            finished.set()
            self._deliver(tell)

        first = self.is_idle
        with self._changed:
            self._start_thread()
            self.pending.update(papers)
            self._busy += 1
            self._jobs.append(job)
            self._changed.notify_all()
        if first and finished.wait(self._grace):
            tell()
        return told

    def _start_thread(self) -> None:
        """Start the thread, unless it runs.

        Not a daemon: the process does not end before what was decided is on disk.
        """
        if self._thread is None:
            thread = threading.Thread(target=self._write, name="decisions")
            try:
                thread.start()
            except RuntimeError as error:
                raise LibraryError(
                    "This was not written: there is not enough memory. Close other programs and try again."
                ) from error
            self._thread = thread

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until everything is on disk or has failed; False if `seconds` run out."""
        with self._changed:
            return self._changed.wait_for(lambda: self._busy == 0, seconds)

    def tell_failures(self) -> None:
        """Tell of what failed and was not told of yet.

        For an interface that is closing and delivers no more.
        """
        failed, self._failed = self._failed, []
        for tell in failed:
            tell()

    def close(self) -> None:
        """Write what is pending, and end the thread."""
        with self._changed:
            thread = self._thread
            self._thread = None
            self._changed.notify_all()
        if thread is not None:
            thread.join()

    def _write(self) -> None:
        this = threading.current_thread()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._jobs or self._thread is not this)
                if not self._jobs:
                    return
                job = self._jobs.popleft()
            job()
