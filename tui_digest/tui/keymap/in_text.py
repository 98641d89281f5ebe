"""Commands of the list and the page in a whole text: words, and those not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tui_digest.tui.keymap.definitions import COMMANDS, TEXT, Command

READING: Final = "In the whole text"

TEXT_HELP: Final = {
    "down": "Move a line down; with a number before it, that many.",
    "up": "Move a line up; with a number before it, that many.",
    "half_page_down": "Move half a page down.",
    "half_page_up": "Move half a page up.",
    "page_down": "Move a page down.",
    "page_up": "Move a page up.",
    "select": "Move a page down.",
    "first": "Go to the title.",
    "last": "Go to the end.",
    "next_section": "Go to the next section.",
    "previous_section": "Go to the section before, or to the beginning of this one.",
    "other_pane": "Go to the next reference, link or picture; below it in an explanation, to the next mark.",
    "open_paper": "Show what a reference leads to, and again go there; show a picture, or the words that the "
    "mark of an explanation quotes.",
    "open_abstract": "Open the link or picture of the line, or arXiv's page at this section, in the browser.",
    "search": "Search in the text, as you type.",
    "next_match": "Go to the next match.",
    "previous_match": "Go to the match before.",
    "tex": "Show TeX as written, or rendered.",
    "notation": "List the paper's symbols with their TeX and where each first appears.",
    "copy_link": "Copy the address of the section on arXiv's page.",
    "copy_tex": "Copy the TeX of the formula or block on the line.",
    "note": "Write a note, with a line for the section or statement that leads back here.",
    "explain": "Explain the current statement or section, with what it uses, below the text.",
    "explain_again": "Ask for another explanation of the statement or section.",
    "explain_text": "Explain the paper from its whole text.",
    "scroll_down": "Scroll the explanation below the text down.",
    "scroll_up": "Scroll the explanation below the text up.",
    "back": "Close the card, the explanation or the search; then leave the text.",
    "leave": "Close the card, the explanation or the search; then leave the text.",
    "ask_again": "Ask arXiv for the text again: it may have been converted again.",
}
"""By the command's id."""

NOT_IN_TEXT: Final = frozenset(
    ("list_pane", "paper_pane", "view_all", "view_unread", "view_to_read",
     "show_hidden", "type_new", "type_cross", "type_replaced", "filter", "saved_filters", "sort_pick",
     "sort_number", "sort_title", "sort_author", "sort_announced", "reverse", "rows", "older_day",
     "newer_day", "calendar", "queue", "search_library", "select_range", "select_all", "triage", "all_read",
     "zen", "links", "all_authors", "whole_text", "explain_kind")
)  # fmt: skip
"""Commands that are about the list or the page."""


def text_commands() -> Iterator[Command]:
    """Yield the commands of a whole text, in its words, its own ones first."""
    for command in COMMANDS:
        if command.id in TEXT_HELP or command.group == TEXT:
            yield command.listed_in(READING, TEXT_HELP.get(command.id, command.help))
    for command in COMMANDS:
        if command.id not in NOT_IN_TEXT and command.id not in TEXT_HELP and command.group != TEXT:
            yield command
