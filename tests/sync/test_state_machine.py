"""The worlds of `world.py` as a Hypothesis state machine, which finds the shortest way to a failure."""

from __future__ import annotations

import random
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.sync.test_worlds import check_nothing_lost
from tests.sync.world import Machine, World

NUMBERS = st.integers(0, 2)
CHANCES = st.randoms(use_true_random=False, note_method_calls=True)


class SharingMachines(RuleBasedStateMachine):
    """Machines that decide, send and are restored; at the end all hold the same, and nothing is lost."""

    @initialize(chance=CHANCES, machines=st.integers(2, 3))
    def begin(self, chance: random.Random, machines: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self.folder.name), chance, machines)

    def machine(self, number: int) -> Machine:
        return self.world.machines[number % len(self.world.machines)]

    @rule(number=NUMBERS, chance=CHANCES)
    def decide(self, number: int, chance: random.Random) -> None:
        self.machine(number).decide(chance)

    @rule(number=NUMBERS)
    def sync(self, number: int) -> None:
        self.machine(number).sync()

    @rule(number=NUMBERS, calls=st.integers(0, 8))
    def sync_and_be_killed(self, number: int, calls: int) -> None:
        self.machine(number).sync_in_part(calls)

    @rule(sender=NUMBERS, receiver=NUMBERS, whole=st.booleans(), chance=CHANCES)
    def carry(self, sender: int, receiver: int, whole: bool, chance: random.Random) -> None:
        self.world.chance = chance
        if self.machine(sender) is not self.machine(receiver):
            self.world.carry(self.machine(sender), self.machine(receiver), whole)

    @rule(number=NUMBERS, hours=st.integers(-30, 30))
    def set_the_clock(self, number: int, hours: int) -> None:
        self.machine(number).now += timedelta(hours=hours)

    @rule(number=NUMBERS)
    def back_up(self, number: int) -> None:
        self.machine(number).back_up()

    @precondition(lambda self: bool(self.backups()))
    @rule(number=NUMBERS, whole=st.booleans())
    def restore(self, number: int, whole: bool) -> None:
        self.machine(number).restore(whole)

    def backups(self) -> list[Path]:
        return list(Path(self.folder.name).glob("*.backup"))

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        with self.folder:
            try:
                self.world.settle()
                first, *others = [machine.everything() for machine in self.world.machines]
                assert all(other == first for other in others)
                check_nothing_lost(self.world)
                assert all(machine.sync().changed == 0 for machine in self.world.machines)
            finally:
                self.world.close()


SharingMachines.TestCase.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestSharingMachines = SharingMachines.TestCase
