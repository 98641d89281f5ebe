"""From keys to commands: sequences, counts, the user's own keys, and their clashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tui_digest.tui.keymap.definitions import COMMANDS, Command

# Counts begin with these; 1, 2 and 3 are commands of their own, so `0` stands before such counts.
_COUNT_STARTS = frozenset("0456789")
_GREATEST_COUNT = 99_999

SYMBOLS: Mapping[str, str] = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "space",
}


def key_label(keys: str) -> str:
    """A key or a sequence of keys as people write it: `ctrl+d` is `Ctrl-d`, `g g` is `gg`."""
    parts = [_one_label(key) for key in keys.split()]
    return ("" if all(len(part) == 1 for part in parts) else " ").join(parts)


def _one_label(key: str) -> str:
    if key.startswith("ctrl+"):
        return f"Ctrl-{key.removeprefix('ctrl+')}"
    return SYMBOLS.get(key, key)


class KeyPress(msgspec.Struct, frozen=True):
    """What a key press came to.

    Either a command with its count (None: none was typed), or keys that wait for more (`pending`,
    with the commands that may follow), or neither: the key means nothing here.
    """

    command: Command | None = None
    count: int | None = None
    pending: str = ""
    following: tuple[tuple[str, Command], ...] = ()


class Keymap:
    """The commands by their keys, and the keys typed so far.

    Args:
        commands: what can be done.
        own: the user's keys by command id; they replace the command's keys. An empty tuple takes
            a command its keys.
    """

    def __init__(
        self, commands: Iterable[Command] = COMMANDS, own: Mapping[str, str | tuple[str, ...]] | None = None
    ) -> None:
        own = own or {}
        self.commands = tuple(commands)
        self._keys = {command.id: _as_tuple(own.get(command.id, command.keys)) for command in self.commands}
        self._by_keys: dict[str, Command] = {}
        self.problems = [f"there is no command {name!r}" for name in own if name not in self._keys]
        for command in self.commands:
            for keys in self._keys[command.id]:
                self._claim(keys, command)
        self.problems += self._untypable()
        self._typed: list[str] = []
        self._digits = ""

    def _claim(self, keys: str, command: Command) -> None:
        holder = self._by_keys.setdefault(keys, command)
        if holder is not command:
            self.problems.append(
                f"{key_label(keys)} is both {holder.id!r} and {command.id!r}; it does {holder.id!r}"
            )

    def _untypable(self) -> Iterator[str]:
        """What is wrong with sequences of keys that begin with the keys of another command."""
        for keys in self._by_keys:
            beginning = keys
            while beginning := beginning.rpartition(" ")[0]:
                if beginning in self._by_keys:
                    sequence, alone = key_label(keys), key_label(beginning)
                    yield f"{sequence} can never be typed: {alone} is a command of its own"

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command, the user's own if there are any."""
        return self._keys[command.id]

    def label_of(self, command_id: str) -> str:
        """The first key of a command as people write it; empty when it has none."""
        return next((key_label(keys) for keys in self._keys[command_id]), "")

    @property
    def pending(self) -> str:
        """What was typed and waits for more, as people write it."""
        return self._digits + key_label(" ".join(self._typed))

    def clear(self) -> None:
        """Forget what was typed."""
        self._typed.clear()
        self._digits = ""

    def press(self, key: str) -> KeyPress:
        """Take one key, by its character or its name, and say what it came to."""
        if not self._typed and key.isdecimal() and (self._digits or key in _COUNT_STARTS):
            self._digits = str(min(int(self._digits + key), _GREATEST_COUNT)) if self._digits else key
            return KeyPress(pending=self.pending)
        if key == "escape" and (self._typed or self._digits):
            self.clear()
            return KeyPress()
        self._typed.append(key)
        keys = " ".join(self._typed)
        if command := self._by_keys.get(keys):
            count = int(self._digits) if self._digits.strip("0") else None
            self.clear()
            return KeyPress(command=command, count=count)
        following = tuple(
            (longer.removeprefix(f"{keys} "), command)
            for longer, command in self._by_keys.items()
            if longer.startswith(f"{keys} ")
        )
        if following:
            return KeyPress(pending=self.pending, following=following)
        self.clear()
        return KeyPress()


def _as_tuple(keys: str | tuple[str, ...]) -> tuple[str, ...]:
    return (keys,) if isinstance(keys, str) and keys else tuple(keys)
