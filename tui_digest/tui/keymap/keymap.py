"""Keys to commands: sequences, counts, the user's keys, clashes by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tui_digest.tui.keymap.definitions import COMMANDS, Command, Typing

# Counts begin with these; 1, 2 and 3 are commands of their own, so `0` is before such counts.
_COUNT_STARTS = frozenset("0123456789")
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
    """Return keys as people write them: `ctrl+d` is `Ctrl-d`, `g g` is `gg`."""
    parts = [_one_label(key) for key in keys.split()]
    return ("" if all(len(part) == 1 for part in parts) else " ").join(parts)


def _one_label(key: str) -> str:
    if key.startswith("ctrl+"):
        return f"Ctrl-{key.removeprefix('ctrl+')}"
    return SYMBOLS.get(key, key)


def key_name(key: str, character: str | None) -> str:
    """Return a pressed key's name in keymaps: its character if it prints one."""
    name = character if character and character.isprintable() else key
    return "space" if name == " " else name


def _prints(keys: str) -> bool:
    """Tell whether the first key of a sequence prints something."""
    first = keys.partition(" ")[0]
    return len(first) == 1 or first == "space"


class KeyPress:
    """Result of a key press.

    Either a command with its count (None: none was typed), or keys that wait for more (`pending`,
    with the commands that may follow), or neither: the key means nothing here.
    """

    __slots__ = ("command", "count", "following", "pending")

    def __init__(
        self,
        command: Command | None = None,
        count: int | None = None,
        pending: str = "",
        following: tuple[tuple[str, Command], ...] = (),
    ) -> None:
        self.command = command
        self.count = count
        self.pending = pending
        self.following = following


class Keymap:
    """The commands of one place by their keys, and the keys typed so far.

    Args:
        own: the user's keys by command id; they replace the command's keys. An empty tuple takes
            a command its keys.
        commands: what can be done there.
        typing: whether text is typed there.
    """

    def __init__(
        self,
        own: Mapping[str, str | tuple[str, ...]] | None = None,
        commands: Iterable[Command] = COMMANDS,
        typing: Typing = Typing.NEVER,
    ) -> None:
        self._own = dict(own or {})
        self.commands = tuple(commands)
        self._keys = {command.id: self._keys_for(command, typing) for command in self.commands}
        self._by_keys: dict[str, Command] = {}
        self.clashes: list[str] = []
        for command in self.commands:
            for keys in self._keys[command.id]:
                self._claim(keys, command)
        self.clashes += self._untypable()
        self._typed: list[str] = []
        self._digits = ""

    def _keys_for(self, command: Command, typing: Typing) -> tuple[str, ...]:
        """Return a command's keys; where text is typed, one that prints nothing.

        It has one if it ever had one.
        """
        keys = _as_tuple(self._own.get(command.id, command.keys))
        silent = tuple(key for key in keys if not _prints(key))
        if typing is Typing.NEVER or not keys:
            return keys
        if not silent:
            silent = tuple(key for key in command.keys if not _prints(key))
        return silent if typing is Typing.ALWAYS else (*keys, *(each for each in silent if each not in keys))

    def _claim(self, keys: str, command: Command) -> None:
        holder = self._by_keys.setdefault(keys, command)
        if holder is not command:
            self.clashes.append(
                f"{key_label(keys)} is both {holder.id!r} and {command.id!r}; it does {holder.id!r}"
            )

    def _untypable(self) -> Iterator[str]:
        """Find what is wrong with sequences that begin with another command's keys."""
        for keys in self._by_keys:
            beginning = keys
            while beginning := beginning.rpartition(" ")[0]:
                if beginning in self._by_keys:
                    sequence, alone = key_label(keys), key_label(beginning)
                    yield f"{sequence} can never be typed: {alone} is a command of its own"

    @property
    def problems(self) -> tuple[str, ...]:
        """Return problems of the user's keys: unknown commands, clashes within a place."""
        from tui_digest.tui.keymap.dialogs import DIALOGS

        known = {command.id for command in COMMANDS}
        known |= {command.id for dialog in DIALOGS.values() for command in dialog.own}
        found = dict.fromkeys(f"there is no command {name!r}" for name in self._own if name not in known)
        found |= dict.fromkeys(self.clashes)
        for dialog in DIALOGS.values():
            clashes = (clash for clash in self.at(dialog.place).clashes if clash not in found)
            found |= dict.fromkeys([f"{dialog.title.lower()} {clash}" for clash in clashes])
        return tuple(found)

    def at(self, place: str) -> Keymap:
        """The keymap of a dialog, by the name of its place, with the user's keys."""
        from tui_digest.tui.keymap.dialogs import DIALOGS

        dialog = DIALOGS[place]
        return Keymap(self._own, dialog.commands(), dialog.typing)

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command, the user's own if there are any."""
        return self._keys[command.id]

    def label_of(self, command_id: str, *, while_typing: bool = False) -> str:
        """The first key of a command as people write it; empty when it has none.

        Args:
            command_id: the command.
            while_typing: whether only keys count that print nothing.
        """
        keys = (key for key in self._keys[command_id] if not (while_typing and _prints(key)))
        return next(map(key_label, keys), "")

    def name_of(self, command_id: str) -> str:
        """What a sentence calls a command: its first key, without one its title."""
        title = next(command.title for command in self.commands if command.id == command_id)
        return self.label_of(command_id) or f"“{title}”"

    def labels_of(self, command_id: str) -> str:
        """All keys of a command as people write them, with spaces between them."""
        return " ".join(key_label(keys) for keys in self._keys[command_id])

    @property
    def pending(self) -> str:
        """Keys typed that wait for more, as people write them."""
        return self._digits + key_label(" ".join(self._typed))

    def clear(self) -> None:
        """Discard the keys typed so far."""
        self._typed.clear()
        self._digits = ""

    def press(self, key: str) -> KeyPress:
        """Handle a key, by its character or its name, and return the result."""
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


def key_records(keymap: Keymap) -> list[dict[str, object]]:
    """Return every command once, for JSON: keys, place, and use in shared dialogs."""
    from tui_digest.tui.keymap.dialogs import DIALOGS

    records = [
        {
            **_record(keymap, command, "list"),
            "dialogs": {
                dialog.place: dialog.shared[command.id]
                for dialog in DIALOGS.values()
                if command.id in dialog.shared
            },
        }
        for command in keymap.commands
    ]
    known: set[str] = set()
    for dialog in DIALOGS.values():
        for command in dialog.own:
            if command.id not in known:
                known.add(command.id)
                place = command.id.partition(".")[0]
                records.append({**_record(keymap.at(dialog.place), command, place), "dialogs": {}})
    return records


def _record(keymap: Keymap, command: Command, place: str) -> dict[str, object]:
    return {
        "id": command.id,
        "keys": keymap.keys_of(command),
        "title": command.title,
        "help": command.help,
        "group": command.group,
        "place": place,
    }


def _as_tuple(keys: str | tuple[str, ...]) -> tuple[str, ...]:
    return (keys,) if isinstance(keys, str) and keys else tuple(keys)
