"""The footer: available commands, pending key sequence, last message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui_digest.tui.keymap.context import CommandContext
from tui_digest.tui.keymap.definitions import BY_ID
from tui_digest.tui.keymap.keymap import Keymap, KeyPress, key_label
from tui_digest.tui.page.wrap import few_lines, fit
from tui_digest.tui.widgets.line_widget import LineWidget

_GAP = "   "
_MOST = 3
"""The lines of a message over the panes, at most."""

_Hints = tuple[tuple[str, tuple[str, ...]], ...]

_OPEN: Final = ("open", ("open_paper",))
_MARK: Final[_Hints] = (("to read", ("to_read",)), ("dismiss", ("dismiss",)))
_OUTPUT: Final[_Hints] = (("explain", ("explain",)), ("export", ("write",)), ("help", ("help",)))
_MOVE_AND_MARK: Final[_Hints] = (
    ("move", ("down", "up")),
    *_MARK,
    ("search", ("search",)),
    ("undo", ("undo",)),
)

_IN_LIST: Final[_Hints] = (
    _OPEN,
    *_MOVE_AND_MARK,
    ("day", ("older_day", "newer_day")),
    *_OUTPUT,
    ("quit", ("leave",)),
)
"""What the footer offers in the list: a word, and the commands whose first keys are before it."""

_IN_OTHER_LIST: Final[_Hints] = (_OPEN, ("back", ("back",)), *_MOVE_AND_MARK, *_OUTPUT)
"""In a list over the day's: the papers to read, those of a tag or of a search."""

_IN_SEARCH: Final[_Hints] = (
    _OPEN,
    ("next match", ("next_match",)),
    ("end", ("back",)),
    *_MARK,
    *_OUTPUT,
)
"""While words are searched for in the list."""

_IN_PAPER: Final[_Hints] = (
    ("back", ("back",)),
    ("next", ("next_match",)),
    ("whole paper", ("whole_text",)),
    *_MARK,
    ("explain", ("explain",)),
    ("open", ("open_abstract", "open_pdf")),
    ("export", ("write",)),
    ("help", ("help",)),
)
"""In the paper."""

_IN_TEXT: Final[_Hints] = (
    ("back", ("back",)),
    ("section", ("previous_section", "next_section")),
    ("statement", ("previous_statement", "next_statement")),
    ("contents", ("contents",)),
    ("search", ("search",)),
    ("explain", ("explain",)),
    ("to read", ("to_read",)),
    ("PDF", ("open_pdf",)),
    ("help", ("help",)),
)
"""In the whole text of a paper."""

_LASTING: Final = frozenset(("open_paper", "back", "help", "leave"))
"""What the footer offers also where there is room for few."""


class KeyHint(msgspec.Struct, frozen=True):
    """Keys, each with its command's id, and a word for it; grey if not available.

    A key without an id is told, and not to be clicked. Of more hints than there is room for, those
    that are `lasting` stay.
    """

    keys: tuple[tuple[str, str], ...]
    words: str
    possible: bool = True
    lasting: bool = False

    @property
    def width(self) -> int:
        """Its width in cells."""
        return sum(len(label) + 1 for label, _ in self.keys) + len(self.words)


class MessageOverlay(LineWidget):
    """A message too long for the footer, over the panes' last lines without a layout."""

    def __init__(self, message: Content) -> None:
        super().__init__()
        self._message = message

    def _lines(self, width: int) -> list[Content]:
        return few_lines(self._message, width - 2, _MOST)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that the message needs at this width."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """One line of the message."""
        width = self.drawn_size.width
        lines = self._lines(width)
        return self.draw(Content(" ") + lines[y] if y < len(lines) else Content(""), width)


class KeyFooter(LineWidget):
    """The footer. A click on a hint does what its key does.

    Args:
        over: selects the container over whose last lines a message is shown that the footer has no
            room for; without one such a message is cut.
        id: as every widget's.
    """

    class Clicked(Message):
        """A hint was clicked."""

        def __init__(self, command_id: str) -> None:
            super().__init__()
            self.command_id = command_id

    def __init__(self, *, over: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._over = over
        self._lines: MessageOverlay | None = None
        self._hints: tuple[KeyHint, ...] = ()
        self._pending = ""
        self._message = Content("")
        self._places: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[KeyHint], pending: str = "") -> None:
        """Show these hints; `pending` is what was typed so far."""
        hints = tuple(hints)
        if (hints, pending) != (self._hints, self._pending):
            self._hints, self._pending = hints, pending
            self.refresh()

    def show_message(self, message: Content, *, warning: bool = False) -> None:
        """Show a message in place of the hints, until it is cleared."""
        self._message = message.stylize("warning" if warning else "message")
        self._show_lines()
        self.refresh_changed()

    def clear_message(self) -> None:
        """Show the hints again."""
        if self._message:
            self._message = Content("")
            self._show_lines()
            self.refresh()

    def on_resize(self) -> None:
        """Decide again whether a message needs lines of its own."""
        self._show_lines()

    def _show_lines(self) -> None:
        """Show a message that is too long for the footer above it, and no other one."""
        if self._lines is not None:
            self._lines.remove()
            self._lines = None
        if self._is_long and self.is_attached:
            self._lines = MessageOverlay(self._message)
            self.screen.query_one(self._over).mount(self._lines)

    @property
    def _is_long(self) -> bool:
        return bool(self._over) and self._message.cell_length > self.screen.size.width - 2

    @property
    def message(self) -> str:
        """The message shown, empty when there is none."""
        return self._message.plain

    def render_line(self, y: int) -> Strip:
        """Render the message, or the hints that fit."""
        width = self.size.width
        self._places.clear()
        if self._message and not self._is_long:
            return self.draw(fit(Content(" ") + self._message, width), width)
        line = (
            Content.styled(f" {self._pending} ", "pending") + Content(" ") if self._pending else Content(" ")
        )
        for hint in fit_hints(self._hints, width - line.cell_length):
            self._note_places(hint, line.cell_length)
            line = line + _item(hint) + Content(_GAP)
        return self.draw(line, width)

    def _note_places(self, hint: KeyHint, start: int) -> None:
        """Note the columns of each key of a hint; the word belongs to the last one."""
        for number, (label, command_id) in enumerate(hint.keys, 1):
            end = start + len(label) + (1 + len(hint.words) if number == len(hint.keys) else 0)
            self._places.append((start, end, command_id))
            start = end + 1

    def on_click(self, event: events.Click) -> None:
        """Post the command of the hint that was clicked."""
        for start, end, command_id in self._places:
            if command_id and start <= event.x < end:
                self.post_message(self.Clicked(command_id))


def fit_hints(hints: Sequence[KeyHint], width: int) -> list[KeyHint]:
    """Return the hints that fit into `width` cells; the lasting ones are dropped last."""
    chosen = list(hints)
    while len(chosen) > 1 and sum(hint.width + len(_GAP) for hint in chosen) - len(_GAP) > width:
        giving_way = [hint for hint in chosen if not hint.lasting] or chosen
        chosen.remove(giving_way[-1])
    return chosen


def _item(hint: KeyHint) -> Content:
    keys = " ".join(label for label, _ in hint.keys)
    if not hint.possible:
        return Content.styled(f"{keys} {hint.words}", "disabled")
    return Content.assemble((keys, "key"), f" {hint.words}")


def _offered_commands(context: CommandContext) -> _Hints:
    """Return what the footer offers in this situation."""
    if context.in_text:
        return _IN_TEXT
    if context.in_paper:
        return _IN_PAPER
    if context.searching:
        return _IN_SEARCH
    return _IN_LIST if context.in_day else _IN_OTHER_LIST


def offered_hints(keymap: Keymap, context: CommandContext) -> tuple[KeyHint, ...]:
    """Return this situation's commands; grey if unavailable, none without a key."""
    hints = []
    for word, ids in _offered_commands(context):
        commands = [BY_ID[command_id] for command_id in ids if keymap.keys_of(BY_ID[command_id])]
        if commands:
            keys = tuple((key_label(keymap.keys_of(command)[0]), command.id) for command in commands)
            possible = any(not command.when(context) for command in commands)
            hints.append(KeyHint(keys, word, possible, lasting=commands[0].id in _LASTING))
    return tuple(hints)


def following_hints(press: KeyPress, context: CommandContext) -> tuple[KeyHint, ...]:
    """The commands that the next key of a sequence may lead to."""
    return tuple(
        KeyHint(((key_label(keys), command.id),), command.title.lower(), not command.when(context))
        for keys, command in press.following
    )
