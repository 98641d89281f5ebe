"""Functions of the commands, each named after the command's id."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Final

from tui_digest.tui.commands import (
    application,
    clipboard,
    days,
    digests,
    explanation,
    export,
    filters,
    interests,
    library,
    library_search,
    marks,
    navigation,
    notes,
    paper,
    pipe,
    search,
    settings,
    tags,
    text,
    text_links,
    zotero,
)
from tui_digest.tui.keymap.definitions import COMMANDS

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader

CommandFunction = Callable[["Reader", int | None], None]
"""Takes the reader and the count that was typed before the key (None: none)."""

_MODULES: tuple[ModuleType, ...] = (
    navigation,
    marks,
    filters,
    search,
    days,
    digests,
    library,
    library_search,
    tags,
    paper,
    explanation,
    notes,
    interests,
    export,
    clipboard,
    pipe,
    settings,
    application,
    text,
    text_links,
    zotero,
)


def _find(command_id: str) -> CommandFunction:
    function: CommandFunction = next(
        getattr(module, command_id) for module in _MODULES if hasattr(module, command_id)
    )
    return function


FUNCTIONS: Final[dict[str, CommandFunction]] = {command.id: _find(command.id) for command in COMMANDS}
