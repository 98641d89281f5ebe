"""The commands of each dialog: those it shares with the list, and its own."""

from __future__ import annotations

from tui_digest.tui.keymap.definitions import BY_ID, Command, Typing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final


class DialogKeys:
    """The commands of one dialog.

    `shared` are commands of the list, by their ids, with what they do here; they have the list's keys.
    `own` are the dialog's, with the ids `place.name`. The user may remap both by their ids.
    """

    __slots__ = ("own", "place", "shared", "title", "typing")

    def __init__(
        self,
        place: str,
        title: str,
        shared: Mapping[str, str],
        own: tuple[Command, ...] = (),
        typing: Typing = Typing.NEVER,
    ) -> None:
        self.place = place
        self.title = title
        self.shared = shared
        self.own = own
        self.typing = typing

    def commands(self) -> tuple[Command, ...]:
        """All commands of the dialog, with the words that hold in it."""
        shared = (
            Command(name, BY_ID[name].keys, words, f"{words}.", self.title)
            for name, words in self.shared.items()
        )
        return (*shared, *self.own)


_PAGES: Final = ("down", "up", "page_down", "page_up")
_SCROLL: Final = {
    "down": "Scroll down",
    "up": "Scroll up",
    "half_page_down": "Scroll half a page down",
    "half_page_up": "Scroll half a page up",
    "page_down": "Scroll a page down",
    "page_up": "Scroll a page up",
}
_MOVE: Final = {
    "down": "Next choice",
    "up": "Previous choice",
    "half_page_down": "A page down",
    "half_page_up": "A page up",
    "page_down": "A page down",
    "page_up": "A page up",
}
_CLOSE: Final = {"back": "Close", "leave": "Close"}


def _own(name: str, keys: tuple[str, ...], title: str, help: str, footer: str = "") -> Command:
    """A command of a dialog; it is listed under the dialog's title."""
    return Command(name, keys, title, help, "", footer=footer)


_CHOOSE: Final = _own("chooser.choose", ("enter",), "Choose", "Take the choice under the cursor.")
_TOGGLE: Final = _own("chooser.toggle", ("space",), "Select", "Take the choice under the cursor, or drop it.")


def _dialog(
    place: str,
    title: str,
    shared: Mapping[str, str],
    *own: Command,
    typing: Typing = Typing.NEVER,
) -> DialogKeys:
    return DialogKeys(
        place, title, shared, tuple(command.listed_in(title, command.help) for command in own), typing
    )


def _chooser(place: str, title: str, *own: Command) -> DialogKeys:
    shared = {**_MOVE, "first": "First choice", "last": "Last choice", **_CLOSE}
    return _dialog(place, title, shared, _CHOOSE, _TOGGLE, *own)


# fmt: off
_ALL: Final = (
    _dialog(
        "calendar", "In the calendar",
        {
            "down": "A week on", "up": "A week back",
            "list_pane": "A day back", "paper_pane": "A day on",
            "older_day": "A month back", "newer_day": "A month on",
            "page_up": "A month back", "page_down": "A month on",
            "calendar": "Close", **_CLOSE,
        },
        _own("calendar.open", ("enter",), "Open", "Go to the day under the cursor."),
        _own("calendar.newest", ("n",), "Newest", "Go to the newest mailing."),
    ),
    _dialog(
        "triage", "One paper at a time",
        {
            "to_read": "Mark to read, and go on", "done": "Mark as done, and go on",
            "dismiss": "Dismiss, and go on", "select": "Skip", "undo": "Undo, and go back a card",
            **_SCROLL, "scroll_down": "Scroll down", "scroll_up": "Scroll up",
            "quit": "Quit the program", **_CLOSE,
        },
    ),
    _chooser("chooser", "In a list of choices"),
    _chooser(
        "filters", "In the saved filters",
        _own("filters.save", ("s",), "Save", "Save the filter in use under a name.",
             "save the filter in use"),
        _own("filters.delete", ("d",), "Delete", "Delete the filter under the cursor.", "delete"),
    ),
    _chooser(
        "settings", "In the settings",
        _own("settings.session", ("s",), "This session only", "Have changes hold for this session only, or "
             "be kept again.", "this session only, or kept"),
        _own("settings.copy", ("y",), "Copy", "Copy the lines of what was changed for this session.",
             "copy the lines"),
        _own("settings.write", ("w",), "Write", "Write what was changed for this session to config.toml.",
             "write them to config.toml"),
    ),
    _chooser(
        "interests", "In what is followed and muted",
        _own("interests.follow", ("a",), "Follow an author", "Find an author to follow.", "follow an author"),
    ),
    _chooser(
        "model", "In the choice of a model",
        _own("model.try", ("t",), "Try", "Ask the service for its list of models, which costs nothing.",
             "try what is set up"),
        _own("model.name", ("m",), "Another model", "Choose another model of the service.", "another model"),
        _own("model.address", ("a",), "Another address", "Type the address of the service.",
             "another address"),
    ),
    _dialog(
        "search_chooser", "In a list that is searched",
        {**_MOVE, "search": "To the line", "other_pane": "To the list, or to the line", **_CLOSE},
        _CHOOSE, _TOGGLE,
        typing=Typing.IN_A_LINE,
    ),
    _dialog(
        "setup", "In the first steps",
        {**{name: _MOVE[name] for name in _PAGES}, "search": "To the line", "other_pane": "Next field",
         "back": "Close with the defaults, or as it was", "leave": "Close with the defaults, or as it was"},
        _own("setup.accept", ("enter",), "Take it", "Take the category in or out, or go to the next field; "
             "in the last field, begin."),
        _own("setup.quit", ("ctrl+q", "ctrl+c"), "Quit", "Leave without a choice; at the first start, the "
             "program, which asks again the next time."),
        _own("setup.toggle", ("space",), "Select", "Take the category under the cursor in or out."),
        typing=Typing.IN_A_LINE,
    ),
    _dialog(
        "export", "In the export dialog",
        {
            "down": "Next choice", "up": "Previous choice", "other_pane": "Next field",
            "half_page_down": "Scroll the file down", "half_page_up": "Scroll the file up",
            "page_down": "Scroll the file down", "page_up": "Scroll the file up", **_CLOSE,
        },
        _own("export.write", ("enter",), "Export", "Write the papers."),
        _own("export.toggle", ("space",), "In or out", "Put the part under the cursor in, or leave it out."),
        typing=Typing.IN_A_LINE,
    ),
    _dialog(
        "statement", "Beside a statement of an explanation",
        {
            **_SCROLL, "down": "Next statement", "up": "Statement before",
            "scroll_down": "Scroll down", "scroll_up": "Scroll up",
            "next_flagged": "Next flagged statement", "next_match": "Next flagged statement",
            "previous_match": "Flagged statement before",
            "open_paper": "Its place in the whole text", **_CLOSE,
        },
    ),
    _dialog(
        "picture", "In a picture of the whole text",
        {
            "down": "Next picture of the figure", "up": "Picture before",
            "open_abstract": "Open it in the browser", "open_paper": "Close", **_CLOSE,
        },
    ),
    _dialog(
        "output", "In the output of a command",
        {**_SCROLL, **_CLOSE},
        _own("output.close", ("enter",), "Close", "Close; a command that runs goes on."),
        _own("output.stop", ("x", "ctrl+c"), "Stop", "Stop the command."),
    ),
    _dialog("links", "In the links of a paper", {"back": "Close"}, typing=Typing.ALWAYS),
    _dialog(
        "help", "In the help",
        {**{name: _SCROLL[name] for name in _PAGES}, "back": "Close"},
        _own("help.close", ("enter",), "Close", "Close the help."),
        typing=Typing.ALWAYS,
    ),
    _dialog(
        "palette", "In the command palette",
        {**{name: _MOVE[name] for name in _PAGES}, "back": "Close"},
        _own("palette.run", ("enter",), "Run", "Run what is under the cursor."),
        typing=Typing.ALWAYS,
    ),
)
# fmt: on

DIALOGS: Final = {dialog.place: dialog for dialog in _ALL}
"""By the names of their places."""
