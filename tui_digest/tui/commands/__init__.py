"""What the commands do: each action is the function of the command's id in one of these modules."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Final

from tui_digest.tui.commands import application as program
from tui_digest.tui.commands import clipboard as copying
from tui_digest.tui.commands import days, notes, paper
from tui_digest.tui.commands import explanation as explaining
from tui_digest.tui.commands import export as exporting
from tui_digest.tui.commands import filters as views
from tui_digest.tui.commands import interests as following
from tui_digest.tui.commands import library as shelves
from tui_digest.tui.commands import marks as marking
from tui_digest.tui.commands import navigation as moving
from tui_digest.tui.commands import pipe as piping
from tui_digest.tui.commands import search as searching
from tui_digest.tui.commands import selection as selecting
from tui_digest.tui.commands import settings as configuring
from tui_digest.tui.keymap.definitions import COMMANDS

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen

Action = Callable[["ReaderScreen", int | None], None]
"""Takes the reader and the count that was typed before the key (None: none)."""

_MODULES: tuple[ModuleType, ...] = (
    moving,
    selecting,
    marking,
    views,
    searching,
    days,
    shelves,
    paper,
    explaining,
    notes,
    following,
    exporting,
    copying,
    piping,
    configuring,
    program,
)


def _find(command_id: str) -> Action:
    action: Action = next(getattr(module, command_id) for module in _MODULES if hasattr(module, command_id))
    return action


ACTIONS: Final[dict[str, Action]] = {command.id: _find(command.id) for command in COMMANDS}
