"""Machines that decide, send, lose their connection and are restored: in the end all hold the same."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest

from tests.sync.world import World
from tui_digest.operation import Operation
from tui_digest.sync.lines import decode


def all_operations(world: World) -> dict[tuple[str, int, int], Operation]:
    """Every operation that is in any file, by machine, number and clock.

    A machine whose whole disk was restored gives numbers twice.
    """
    found: dict[tuple[str, int, int], Operation] = {}
    for machine in world.machines:
        for path in machine.folder.glob("*/*.jsonl"):
            for operation in decode(path.read_bytes()).operations:
                key = operation.machine, operation.sequence, operation.clock
                assert found.setdefault(key, operation) == operation, "two operations have one number"
    return found


def check_nothing_lost(world: World) -> None:
    """Each cell has the value of its last operation, each note every text that nobody replaced."""
    cells: dict[tuple[str, str], list[Operation]] = defaultdict(list)
    for operation in all_operations(world).values():
        cells[operation.aspect, operation.subject].append(operation)
    everything = world.machines[0].everything()
    decisions = everything.papers
    for (aspect, subject), operations in cells.items():
        last = max(operations, key=lambda operation: (operation.clock, operation.machine))
        if aspect not in ("mark", "read", "tag", "note", "explanation"):
            continue
        held = decisions[subject.partition(" ")[0]]
        value = last.value if isinstance(last.value, list) else []
        if aspect == "mark":
            assert (held.mark.value if held.mark else None) == (value[0] if value else None)
        elif aspect == "read":
            assert held.read == bool(value and value[0])
        elif aspect == "tag":
            assert (subject.partition(" ")[2] in held.tags) == (last.value is not None)
        elif aspect == "explanation":
            assert all(isinstance(one.value, list) and one.value[2] in held.explained for one in operations)
        elif aspect == "note":
            replaced = {version for operation in operations for version in operation.replaces}
            for operation in operations:
                if (operation.machine, operation.clock) not in replaced:
                    assert str(operation.value or "") in held.note


@pytest.mark.parametrize("seed", range(40))
def test_all_machines_come_to_hold_the_same_and_nothing_is_lost(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    world = World(tmp_path, chance, machines=chance.choice([2, 2, 3, 4]))
    for _ in range(chance.choice([20, 60])):
        world.step()
    world.settle()
    before, *others = [machine.everything() for machine in world.machines]
    assert all(other == before for other in others)
    check_nothing_lost(world)
    for machine in world.machines:
        assert machine.sync().changed == 0
    assert world.machines[0].everything() == before
    world.close()
