"""One declaration a command: its keys, its words, and when it applies.

Key presses, the palette, the help, the footer and `tui-digest keys` are all made from `COMMANDS`.
Importing this module costs nothing: it knows neither Textual, msgspec nor the screens. What a command does
is the function of its name in `tui_digest.tui.commands`.
"""

from __future__ import annotations

from enum import Enum, auto

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

    from tui_digest.tui.keymap.context import CommandContext

    When = Callable[[CommandContext], "Reason | None"]
    """Tells why a command cannot be done; None when it can."""


class Typing(Enum):
    """Whether text is typed in a dialog, where printable keys are no commands."""

    NEVER = auto()
    IN_A_LINE = auto()
    """Text is typed while a line has the focus, and not while a list has."""
    ALWAYS = auto()


class Reason:
    """Why a command cannot be done now.

    Attributes:
        words: that, as they follow a colon: without a capital and a full stop.
        advice: the sentence that is told in their place when the command is tried, with what the user can
            do; empty when the words say all.
    """

    __slots__ = ("advice", "words")

    def __init__(self, words: str, advice: str = "") -> None:
        self.words = words
        self.advice = advice


def always(context: CommandContext) -> Reason | None:
    """There is no context in which the command cannot be done."""
    return None


def with_paper(context: CommandContext) -> Reason | None:
    """A paper must be chosen."""
    return None if context.paper else Reason("no paper is chosen")


def with_row(context: CommandContext) -> Reason | None:
    """The cursor must be on a paper, or on the line below the papers."""
    return None if context.paper or context.offer else Reason("no paper is chosen")


def with_papers(context: CommandContext) -> Reason | None:
    """The list must not be empty."""
    return None if context.papers else Reason("no papers are shown")


def online(context: CommandContext) -> Reason | None:
    """The network may be used, and no request is under way."""
    if not context.online:
        return Reason("the reader is offline")
    return Reason("arXiv is being asked already") if context.fetching else None


def not_offline(context: CommandContext) -> Reason | None:
    """The network may be used."""
    return None if context.online else Reason("the reader is offline")


def with_nothing(context: CommandContext) -> Reason | None:
    """Nothing may be shown."""
    return Reason("papers are shown") if context.papers else None


def with_undecided(context: CommandContext) -> Reason | None:
    """A paper without a mark must be shown."""
    if not context.papers:
        return Reason("no papers are shown")
    return None if context.undecided() else Reason("every paper shown is decided on")


def with_older(context: CommandContext) -> Reason | None:
    """There must be an older day to go to."""
    return None if context.older else Reason("no older day can be shown")


def with_newer(context: CommandContext) -> Reason | None:
    """There must be a newer day to go to."""
    return None if context.newer() else Reason("this is the newest mailing")


def with_model(context: CommandContext) -> Reason | None:
    """A paper must be chosen and a model set up."""
    return with_paper(context) or (Reason("no model can be asked", context.model) if context.model else None)


def in_text(context: CommandContext) -> Reason | None:
    """A whole text must be open."""
    return None if context.in_text else Reason("no text is open; gf opens the whole text of a paper")


def with_parts(context: CommandContext) -> Reason | None:
    """A whole text must be open, or a list that has parts."""
    return None if context.in_text or context.in_parts else Reason("this list has no parts")


def with_undo(context: CommandContext) -> Reason | None:
    """There must be an action to take back."""
    return None if context.undo else Reason("there is nothing to undo")


def with_redo(context: CommandContext) -> Reason | None:
    """There must be an undone action."""
    return None if context.redo else Reason("there is nothing to redo")


class Command:
    """One thing the reader can do.

    `keys` are as a person types them: a character, or a name such as `ctrl+d` or `pagedown`; the
    keys of a sequence have spaces between them. `footer` is the word with which the footer of a dialog
    offers it, empty when it does not; those of the reader are in `widgets.footer`.
    """

    __slots__ = ("footer", "group", "help", "id", "keys", "title", "when")

    def __init__(
        self,
        id: str,
        keys: tuple[str, ...],
        title: str,
        help: str,
        group: str,
        when: When = always,
        footer: str = "",
    ) -> None:
        self.id = id
        self.keys = keys
        self.title = title
        self.help = help
        self.group = group
        self.when = when
        self.footer = footer

    def listed_in(self, group: str, help: str) -> Command:
        """Return the same command under another heading, with its help there."""
        return Command(self.id, self.keys, self.title, help, group, self.when, self.footer)

    @property
    def words(self) -> str:
        """Words that people look for it by, beside those of its title and help."""
        return SEARCH_WORDS.get(self.id, "")


SEARCH_WORDS: Final = {
    "write": "export save file :w",
    "write_as": "export save as format mail email html atom feed rss ris latex print",
    "to_read": "bookmark star favourite favorite keep later",
    "dismiss": "hide delete remove",
    "done": "archive finished",
    "all_read": "catch up",
    "ask_again": "refresh reload update fetch",
    "settings": "theme light dark colour color category categories mouse preferences options config font"
    " language key interests keywords first steps :set",
    "mute": "unsubscribe block hide",
    "follow": "subscribe unsubscribe author",
    "quit": "exit close :q! :qa :wq :x",
    "leave": ":q exit close cancel",
    "back": "cancel clear close",
    "help": "keys shortcuts legend tutorial manual :help :h",
    "palette": "commands menu",
    "search": "find",
    "search_library": "find everywhere",
    "ask_arxiv": "find online api",
    "filter": "narrow query",
    "view_to_read": "bookmarks starred",
    "queue": "bookmarks starred saved reading list",
    "rows": "density compact layout size",
    "zen": "zen fullscreen full screen zoom focus layout maximise maximize",
    "sort_pick": "order",
    "sort_number": "order",
    "sort_title": "order",
    "sort_author": "order",
    "sort_announced": "order date",
    "note": "annotate comment",
    "open_abstract": "web page url",
    "open_pdf": "view",
    "links": "urls addresses code github",
    "synchronise": "exchange machines devices",
    "download_pdf": "file viewer folder zathura save",
    "send_to_zotero": "reference manager library cite",
    "copy_link": "yank url address clipboard",
    "copy_bibtex": "yank cite citation reference clipboard",
    "copy_markdown": "yank clipboard",
    "copy_title": "yank clipboard",
    "copy_tex": "yank clipboard latex",
    "copy_selection": "yank clipboard",
    "pipe": "shell command print",
    "tex": "latex source",
    "notation": "latex symbols formulas",
    "whole_text": "html full section figure equation",
    "explain": "ai llm model",
    "explain_kind": "translate translation language summary",
    "calendar": "date go to day today yesterday week month",
    "digests": "category categories list",
    "triage": "review decide",
    "similar": "related like recommend",
    "history": "recent log",
    "undo": "revert back",
    "tag": "label list collection",
    "tagged": "label list collection",
    "play_demo": "tour example",
}
"""By the command's id."""

MOVING: Final = "Moving"
DECIDING: Final = "Deciding"
SHOWING: Final = "What is shown"
DAYS: Final = "Days"
LIBRARY: Final = "The library"
PAPER: Final = "The paper"
TEXT: Final = "In the whole text, and by parts of the list"
LEAVING: Final = "Taking papers out"
PROGRAM: Final = "The program"

# fmt: off
COMMANDS: Final[tuple[Command, ...]] = (
    Command("down", ("j", "down"), "Next paper",
            "Move down; with a number before it, that many.", MOVING),
    Command("up", ("k", "up"), "Previous paper",
            "Move up; with a number before it, that many.", MOVING),
    Command("first", ("g g", "home"), "First paper",
            "Go to the top of the list.", MOVING),
    Command("last", ("G", "end"), "Last paper",
            "Go to the end of the list, or to the paper of that number.", MOVING),
    Command("half_page_down", ("ctrl+d",), "Half a page down",
            "Move half a page down.", MOVING),
    Command("half_page_up", ("ctrl+u",), "Half a page up",
            "Move half a page up.", MOVING),
    Command("page_down", ("pagedown", "ctrl+f"), "A page down",
            "Move a page down.", MOVING),
    Command("page_up", ("pageup", "ctrl+b"), "A page up",
            "Move a page up.", MOVING),
    Command("scroll_down", ("J",), "Scroll the paper",
            "Scroll the paper down; the list keeps the focus.", MOVING),
    Command("scroll_up", ("K",), "Scroll the paper up",
            "Scroll the paper up; the list keeps the focus.", MOVING),
    Command("list_pane", ("h", "left"), "To the list",
            "Put the focus on the list.", MOVING),
    Command("paper_pane", ("l", "right"), "To the paper",
            "Put the focus on the paper.", MOVING, with_paper),
    Command("other_pane", ("tab",), "Change pane",
            "Put the focus on the other pane.", MOVING),
    Command("next_match", ("n",), "Next match",
            "Go to the next match; with no search, to the next unread paper.", MOVING, with_papers),
    Command("previous_match", ("N",), "Previous match",
            "Go to the match before; with no search, to the unread paper before.", MOVING, with_papers),
    Command("open_paper", ("enter",), "The whole paper",
            "Show the paper at full width. A paper counts as read once it was opened so, or scrolled "
            "and then left.", MOVING, with_row),
    Command("back", ("escape",), "Back",
            "Leave the paper, the selection, the search, the filter, or whatever was opened last.", MOVING),
    Command("zen", ("z",), "Only the paper",
            "Show nothing but the paper, and back.", MOVING, with_paper),
    Command("to_read", ("m",), "To read",
            "Mark the selected papers, the chosen one, or with a number that many, to read; again takes "
            "the mark off.", DECIDING, with_paper),
    Command("done", ("x",), "Done",
            "Mark as done; again takes the mark off.", DECIDING, with_paper),
    Command("dismiss", ("d",), "Dismiss",
            "Take papers out of the list; H shows them again, u undoes it.",
            DECIDING, with_paper),
    Command("read", ("r",), "Read or unread",
            "Mark as read, or as unread where all are read.", DECIDING, with_paper),
    Command("all_read", ("A",), "All as read",
            "Mark all papers shown as read.", DECIDING, with_papers),
    Command("tag", ("#",), "Tag",
            "Put tags on the selected papers, the chosen one, or with a number that many, or take them off: "
            "+reading-group -later; Tab completes.", DECIDING, with_paper),
    Command("undo", ("u",), "Undo",
            "Undo the last action, also of another day; the footer says which.",
            DECIDING, with_undo),
    Command("redo", ("ctrl+r",), "Redo",
            "Redo what was undone last.", DECIDING, with_redo),
    Command("triage", ("g c",), "One paper at a time",
            "Show the papers without a mark one at a time, a key a decision.", DECIDING, with_undecided),
    Command("select", ("space",), "Select",
            "Select the paper, or take it out of the selection, and go on.", DECIDING, with_paper),
    Command("select_range", ("v",), "Select a range",
            "Begin a range here, or end it; moving draws it.", DECIDING, with_paper),
    Command("select_all", ("*",), "Select all",
            "Select all papers shown, or none.", DECIDING, with_papers),
    Command("view_all", ("g 1",), "All papers",
            "Show all papers.", SHOWING),
    Command("view_unread", ("g 2",), "Unread papers",
            "Show the unread papers.", SHOWING),
    Command("toggle_unread", ("U",), "Unread on or off",
            "Show the unread papers, or all again.", SHOWING),
    Command("view_to_read", ("g 3",), "Papers to read",
            "Show the papers marked to read.", SHOWING),
    Command("show_hidden", ("H",), "Dismissed and muted",
            "Show dismissed and muted papers too, or hide them.", SHOWING),
    Command("type_new", ("T n",), "New papers",
            "Show or hide new papers.", SHOWING),
    Command("type_cross", ("T c",), "Cross-listed papers",
            "Show or hide papers cross-listed from other categories.", SHOWING),
    Command("type_replaced", ("T r",), "Replaced papers",
            "Show or hide later versions of papers.", SHOWING),
    Command("search", ("/",), "Search",
            "Search in what is shown, as you type.", SHOWING, with_papers),
    Command("filter", ("f",), "Filter",
            'Show only what a query finds: words, "a phrase", au:katende, ti:, abs:, cat:math.OC, '
            "is:unread, has:note, tag:seminar, by:laptop, after:2026-11-01, -word, or.", SHOWING),
    Command("saved_filters", ("F",), "Saved filters",
            "Use, save or delete a filter.", SHOWING),
    Command("sort_pick", ("s p",), "Sort by pick",
            "Put the pick first.", SHOWING),
    Command("sort_number", ("s n",), "Sort by number",
            "Sort by arXiv's number.", SHOWING),
    Command("sort_title", ("s t",), "Sort by title",
            "Sort by title.", SHOWING),
    Command("sort_author", ("s a",), "Sort by author",
            "Sort by the first author's last name.", SHOWING),
    Command("sort_announced", ("s d",), "Sort as announced",
            "Sort as arXiv announced the papers.", SHOWING),
    Command("rows", ("g v",), "Rows of three, two or one line",
            "Show papers in three lines, in two or in one.", SHOWING),
    Command("reverse", ("S",), "Reverse the order",
            "Turn the order round.", SHOWING),
    Command("older_day", ("[",), "Older day",
            "Show the mailing before this one.", DAYS, with_older),
    Command("newer_day", ("]",), "Newer day",
            "Show the mailing after this one.", DAYS, with_newer),
    Command("ask_again", ("R",), "Refresh",
            "Ask arXiv again for this day's papers.", DAYS, online),
    Command("calendar", ("D",), "Calendar",
            "Show a month with the papers of each day and what is left to do, and go to a day.", DAYS),
    Command("digests", ("g d",), "Digests",
            "Choose the digest whose days are shown: those of config.toml, and the ready-made ones.", DAYS),
    Command("queue", ("g q",), "Papers to read",
            "Show all papers marked to read, of all days.", LIBRARY),
    Command("tagged", ("g l",), "Papers of a tag",
            "Choose a tag, and show all its papers, of all days.", LIBRARY),
    Command("search_library", ("g s",), "Search everything",
            "Search all papers ever fetched, as you type; the last line, or Tab, asks arXiv.", LIBRARY),
    Command("ask_arxiv", ("g a",), "Ask arXiv",
            "Search at arXiv itself, fifty hits at a time, and again for more of them. They stay once "
            "they are marked, tagged, noted or read.", LIBRARY, not_offline),
    Command("similar", ("g r",), "Similar papers",
            "Show the stored papers most similar to this one, with the words that make them so.", LIBRARY,
            with_paper),
    Command("history", ("g h",), "History",
            "Show what was done, newest first.", LIBRARY),
    Command("synchronise", (), "Sync now",
            "Exchange decisions with your other machines now; it is done every minute anyway.", LIBRARY),
    Command("note", ("i",), "Note",
            "Write a note on the paper, in Markdown with TeX; Esc saves it.", PAPER, with_paper),
    Command("note_in_editor", ("I",), "Note in the editor",
            "Write the note in the editor named by EDITOR.", PAPER, with_paper),
    Command("follow", ("a",), "Follow an author",
            "Follow or unfollow an author of the paper.", PAPER, with_paper),
    Command("mute", ("M",), "Mute",
            "Hide the papers of an author, of a category or with a word, or show them again.", PAPER),
    Command("open_abstract", ("o",), "Open the abstract",
            "Open the paper's page in the browser.", PAPER, with_paper),
    Command("open_pdf", ("p",), "Open the PDF",
            "Open the paper's PDF in the browser, or in the viewer where [pdf] in config.toml says so.",
            PAPER, with_paper),
    Command("download_pdf", ("g p",), "Download the PDF",
            "Download the PDF into the folder of [pdf] in config.toml and open it in the viewer; of the "
            "selected papers, or with a number of that many, only download them.", PAPER, with_paper),
    Command("whole_text", ("g f",), "The whole text",
            "Read the whole paper here, from arXiv's HTML; Enter on an opened paper does it too. It is "
            "kept for reading offline.", PAPER, with_paper),
    Command("links", ("L",), "Links",
            "Give every link of the paper a letter that opens it.", PAPER, with_paper),
    Command("explain", ("e",), "Explain",
            "Ask the model to explain the paper's mathematics, from title and abstract only.", PAPER,
            with_model),
    Command("explain_again", ("E",), "Another explanation",
            "Ask for another explanation; the earlier ones stay below it.", PAPER, with_model),
    Command("explain_kind", ("g e",), "Explain as",
            "Choose the kind of explanation: the mathematics, three lines, for a student, the method, "
            "a translation.", PAPER, with_model),
    Command("explain_text", ("g x",), "Explain from the text",
            "Ask the model to explain the paper from its whole text; the receipt names the sections that "
            "were sent. While the text is read, e explains the current statement or section.", PAPER,
            with_model),
    Command("next_flagged", ("!",), "Flagged statement",
            "Show the next statement that the check flagged, beside the abstract.", PAPER, with_paper),
    Command("tex", ("\\",), "TeX as written",
            "Show TeX as the authors wrote it, or rendered.", PAPER, with_paper),
    Command("notation", ("t",), "Notation card",
            "Show the abstract's formulas and symbols with their TeX, or hide them.", PAPER, with_paper),
    Command("all_authors", ("+",), "All authors",
            "Show a long list of authors in full, or folded.", PAPER, with_paper),
    Command("next_section", ("}",), "Next part or section",
            "Go to the next part of the list; in the whole text to the next section.", TEXT, with_parts),
    Command("previous_section", ("{",), "Part or section before",
            "Go to the beginning of this part of the list, or to the one before; in the whole text the same "
            "by sections.", TEXT, with_parts),
    Command("next_statement", (")",), "Next statement",
            "Go to the next theorem, lemma, definition or the like.", TEXT, in_text),
    Command("previous_statement", ("(",), "Statement before",
            "Go to the statement before.", TEXT, in_text),
    Command("contents", ("g o",), "Contents",
            "Choose a section or statement to go to.", TEXT, in_text),
    Command("previous_link", ("shift+tab",), "Reference before",
            "Go to the reference, link or picture before; Tab goes to the next, Enter shows what it "
            "refers to, and again goes there.", TEXT, in_text),
    Command("jump_back", ("ctrl+o",), "Back from a jump",
            "Go back to where the last jump in the text began.", TEXT, in_text),
    Command("write", ("w",), "Export",
            "Write the selected papers, or the chosen one, to a file at once, as the settings say.",
            LEAVING, with_paper),
    Command("write_as", ("W",), "Export as",
            "Choose format, papers, contents and place, and see the file before it is written.",
            LEAVING, with_papers),
    Command("copy_link", ("y",), "Copy the link",
            "Copy the address of the abstract page; with a selection, of all selected.", LEAVING, with_paper),
    Command("copy_selection", ("ctrl+c",), "Copy what is selected",
            "Copy what the mouse selected; without a selection, say how to quit.", LEAVING),
    Command("copy_bibtex", ("Y",), "Copy BibTeX",
            "Copy the BibTeX entry; with a selection, all of theirs.", LEAVING, with_paper),
    Command("copy_markdown", (), "Copy as Markdown",
            "Copy the paper as Markdown, with what the settings put in.", LEAVING, with_paper),
    Command("copy_title", (), "Copy the title",
            "Copy the title as arXiv has it.", LEAVING, with_paper),
    Command("copy_tex", ("c",), "Copy the TeX",
            "Copy the abstract with its TeX as the authors wrote it.", LEAVING, with_paper),
    Command("send_to_zotero", ("g z",), "Send to Zotero",
            "Send the selected papers, or the chosen one, to the Zotero that runs on this machine, with "
            "tags, note, explanation and PDF; where none runs, write them as RIS.", LEAVING, with_paper),
    Command("pipe", ("|",), "Pipe to a command",
            "Give the selected papers, or the chosen one, to a command's input, as Markdown or JSON lines.",
            LEAVING, with_paper),
    Command("palette", (":", "ctrl+p"), "Command palette",
            "Find a command, paper, day, digest, category, tag or saved filter by its name; an id or a link "
            "opens any paper.", PROGRAM),
    Command("help", ("?",), "Help",
            "Say what every key does, here and now.", PROGRAM),
    Command("settings", (",",), "Settings",
            "Change the settings: theme, glyphs, categories, model, the folder of exports. A change holds at "
            "once and is kept in config.toml.", PROGRAM),
    Command("play_demo", ("P",), "Play the demo",
            "Show a made-up day, without a network.", PROGRAM, with_nothing),
    Command("suspend", ("ctrl+z",), "Suspend",
            "Give the terminal back to the shell; fg comes back here.", PROGRAM),
    Command("leave", ("q",), "Back, or quit",
            "Go back one level; from the list, quit.", PROGRAM),
    Command("quit", ("Q", "ctrl+q", "Z Z"), "Quit",
            "Leave the reader at once; everything is already on disk.", PROGRAM),
)
# fmt: on

BY_ID: Final = {command.id: command for command in COMMANDS}

ASKING_FOR_TEXT: Final = frozenset(("note", "search", "tag", "filter", "search_library", "ask_arxiv", "pipe"))
"""The ids of the commands that a text is typed behind."""
