"""What the footer offers: the commands that have a word for it, or what may follow the keys typed so far."""

from __future__ import annotations

from itertools import groupby

from tui_digest.tui.keymap.definitions import PROGRAM, Situation
from tui_digest.tui.keymap.keymap import Keymap, Press, key_label
from tui_digest.tui.widgets.footer import KeyHint


def offered(keymap: Keymap, situation: Situation) -> tuple[KeyHint, ...]:
    """The footer's commands; neighbours with the same word share one place.

    Help and quitting stay also where there is room for few.
    """
    with_keys = (c for c in keymap.commands if c.footer and keymap.keys_of(c))
    hints = []
    for word, group in groupby(with_keys, key=lambda command: command.footer):
        commands = tuple(group)
        keys = tuple((key_label(keymap.keys_of(command)[0]), command.id) for command in commands)
        possible = any(not command.when(situation) for command in commands)
        hints.append(KeyHint(keys, word, possible, lasting=commands[0].group == PROGRAM))
    return tuple(hints)


def following(press: Press, situation: Situation) -> tuple[KeyHint, ...]:
    """The commands that the next key of a sequence may lead to."""
    return tuple(
        KeyHint(((key_label(keys), command.id),), command.title.lower(), not command.when(situation))
        for keys, command in press.following
    )
