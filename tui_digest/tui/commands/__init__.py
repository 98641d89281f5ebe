"""What the commands do: each action is the function of the command's id in one of these modules."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Final

from tui_digest.tui.commands import (
    application,
    clipboard,
    days,
    explanation,
    export,
    filters,
    interests,
    library,
    marks,
    navigation,
    notes,
    paper,
    pipe,
    search,
    selection,
    settings,
)
from tui_digest.tui.keymap.definitions import COMMANDS

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen

Action = Callable[["ReaderScreen", int | None], None]
"""Takes the reader and the count that was typed before the key (None: none)."""

_MODULES: tuple[ModuleType, ...] = (
    navigation,
    selection,
    marks,
    filters,
    search,
    days,
    library,
    paper,
    explanation,
    notes,
    interests,
    export,
    clipboard,
    pipe,
    settings,
    application,
)


def _find(command_id: str) -> Action:
    action: Action = next(getattr(module, command_id) for module in _MODULES if hasattr(module, command_id))
    return action


ACTIONS: Final[dict[str, Action]] = {command.id: _find(command.id) for command in COMMANDS}
