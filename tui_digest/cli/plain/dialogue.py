"""The dialogue of `read --plain`: a line in, lines out, one paper at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from tui_digest.cli.plain.whole_text import TextReading
from tui_digest.core.library import ReaderLibrary
from tui_digest.core.navigation import Browsing
from tui_digest.core.step_words import words_of_steps
from tui_digest.entry import Action, Entry, Mark
from tui_digest.errors import LibraryError, TuiDigestError
from tui_digest.render import spoken
from tui_digest.render.labels import count_words
from tui_digest.settings import Mathematics
from tui_digest.tags import parse_changes
from tui_digest.text.sanitise import one_line


@dataclass(frozen=True, slots=True)
class DialogueCommand:
    """A command of the dialogue, with its word and its letter."""

    word: str
    letters: tuple[str, ...]
    help: str
    do: Callable[[Dialogue, str], str]


@dataclass(frozen=True, slots=True)
class DialogueServices:
    """Services of the dialogue: models, browser, arXiv and Zotero.

    All raise TuiDigestErrors.

    An explanation is stored in the library, and so is how far a text was read. `download_pdf` returns
    where the PDF is, `send_to_zotero` what became of the paper in a sentence.
    """

    explain: Callable[[Entry], None]
    open_address: Callable[[str], bool]
    open_text: Callable[[Entry], TextReading]
    remember_text: Callable[[TextReading], None]
    download_pdf: Callable[[Entry], Path]
    send_to_zotero: Callable[[Entry], str]


class Dialogue:
    """A dialogue about the papers of a day; it returns text and prints nothing.

    Args:
        browsing: the listing of the day, opened.
        library: the library.
        outside: models, browser, arXiv and Zotero.
        mathematics: formulas in words or in Unicode.

    Attributes:
        over: whether the user ended it.
    """

    def __init__(
        self,
        browsing: Browsing,
        library: ReaderLibrary,
        outside: DialogueServices,
        mathematics: Mathematics = "spoken",
    ) -> None:
        self.browsing = browsing
        self.library = library
        self.outside = outside
        self.mathematics: Mathematics = mathematics
        self.over = False
        self._text: TextReading | None = None

    def answer(self, line: str) -> str:
        """Answer a line; an empty one goes on in the text, else to the next paper."""
        words = one_line(line)
        if not words and self._text is not None and not self._text.is_over and self._is_here(self._text):
            return self.attempt(lambda: self.read_on(""))
        if words.isdecimal():
            return self.attempt(lambda: self.go_to(int(words[:6]) - 1))
        command, argument = _find(words or "next")
        if command is None:
            return f"{words[:40]} is no command here; help lists them."
        return self.attempt(lambda: command.do(self, argument))

    def attempt(self, act: Callable[[], str]) -> str:
        """Run an action; return the message if it fails."""
        try:
            return act()
        except TuiDigestError as error:
            return one_line(str(error))

    @property
    def place(self) -> int:
        """The index of the paper in the list, from 0."""
        return self.browsing.day.place_of(self.browsing.day.place)

    def shows(self, paper_id: str) -> bool:
        """Tell whether a paper is in the list."""
        return self.browsing.day.place_of(paper_id, -1) >= 0

    @property
    def entry(self) -> Entry:
        """The current paper.

        Raises:
            TuiDigestError: the list is empty.
        """
        day = self.browsing.day
        if not day.count:
            raise TuiDigestError("No paper is left here; all shows all papers, quit ends.")
        return day.rows[self.place]

    def here(self) -> str:
        """Return the position and headline of the paper."""
        entry, listing = self.entry, self.browsing.day
        return f"{self.place + 1} of {listing.count}. {spoken.spoken_headline(entry, self.mathematics)}"

    def go_to(self, place: int) -> str:
        """Go to a paper by its index from 0, and return its headline."""
        day = self.browsing.day
        if 0 <= place < day.count:
            day.place = day.rows[place].paper.id
            return self.here()
        if not day.count:
            return self.here()  # says that nothing is left
        if place < 0:
            return "This is the first paper."
        if place == day.count:
            return f"This is the last of {count_words(day.count, 'paper')}."
        return f"There {'is' if day.count == 1 else 'are'} only {count_words(day.count, 'paper')}."

    def text(self) -> TextReading:
        """The text of the paper, opened where the user was in it.

        Raises:
            TuiDigestError: it is not stored and cannot be fetched.
        """
        if self._text is None or not self._is_here(self._text):
            self._text = self.outside.open_text(self.entry)
        return self._text

    def read_on(self, address: str) -> str:
        """Return the next section of the text, or the place with an address."""
        text = self.text()
        said = text.at(address, self.mathematics) if address else text.go_on(self.mathematics)
        with suppress(LibraryError):
            self.outside.remember_text(text)
        return said

    def _is_here(self, text: TextReading) -> bool:
        return bool(self.browsing.day.count) and text.text.paper.number == self.entry.paper.id

    def apply_step(self, action: Action | None) -> str:
        """Show what a step of the history changed; return a sentence on it."""
        if action is None:
            return "Nothing had to be changed."
        self.browsing.update_changed(action, self.library.undo_labels())
        said = self.step_words(action)
        return f"{said[:1].upper()}{said[1:]}"

    def step_words(self, action: Action) -> str:
        """Return what a step did, with the title of its one paper, up to a period."""
        (words,) = words_of_steps(self.library.lists, [action])
        if not words.title:
            return f"{words.done}."
        title = spoken.spoken_line(words.title, self.mathematics)
        return f"{words.done}: {title}" if title.endswith((".", "?", "!")) else f"{words.done}: {title}."


def _find(words: str) -> tuple[DialogueCommand | None, str]:
    """Return the command that a line begins with, and the rest of the line."""
    folded = words.casefold()
    for command in WORDS:
        for name in (command.word, *command.letters):
            if folded == name or folded.startswith(f"{name} ") or (name in "/#" and folded.startswith(name)):
                return command, words[len(name) :].strip()
    return None, ""


def _next(dialogue: Dialogue, _: str) -> str:
    return dialogue.go_to(dialogue.place + 1)


def _previous(dialogue: Dialogue, _: str) -> str:
    return dialogue.go_to(dialogue.place - 1)


def _where(dialogue: Dialogue, _: str) -> str:
    return dialogue.here()


def _abstract(dialogue: Dialogue, _: str) -> str:
    """Return the abstract, and mark the paper as read."""
    entry = dialogue.entry
    if not entry.reading.read:
        with suppress(LibraryError):  # what cannot be written is read all the same
            dialogue.apply_step(dialogue.library.marks.set_read([str(entry.paper.arxiv_id)]))
    return spoken.spoken_abstract(entry, dialogue.mathematics)


def _text(dialogue: Dialogue, argument: str) -> str:
    return dialogue.read_on(argument)


def _contents(dialogue: Dialogue, _: str) -> str:
    return dialogue.text().contents(dialogue.mathematics)


def _details(dialogue: Dialogue, _: str) -> str:
    parts = (spoken.spoken_details(dialogue.entry), spoken.spoken_note(dialogue.entry, dialogue.mathematics))
    return "\n".join(filter(None, parts))


def _marking(mark: Mark) -> Callable[[Dialogue, str], str]:
    def do(dialogue: Dialogue, _: str) -> str:
        entry = dialogue.entry
        off = entry.reading.mark is mark
        told = dialogue.apply_step(dialogue.library.marks.mark([entry.paper.id], None if off else mark))
        if dialogue.shows(entry.paper.id):
            return told
        return (
            f"{told}\n{dialogue.here()}" if dialogue.browsing.day.count else f"{told} No paper is left here."
        )

    return do


def _tag(dialogue: Dialogue, argument: str) -> str:
    """Change the tags of the paper, or say them."""
    entry = dialogue.entry
    changes = parse_changes(argument.replace(",", " ").split())
    if not changes.add and not changes.remove:
        return f"Tagged {', '.join(entry.tags)}." if entry.tags else "No tag yet; tag seminar puts one on."
    return dialogue.apply_step(dialogue.library.tags.change([entry.paper.id], changes))


def _undo(dialogue: Dialogue, _: str) -> str:
    action = dialogue.library.history.undo()
    if action is None:
        return "There is nothing to undo."
    dialogue.browsing.update_changed(action, dialogue.library.undo_labels())
    if action.papers and dialogue.shows(action.papers[0]):
        dialogue.browsing.day.place = action.papers[0]
    return f"Undone: {dialogue.step_words(action)}"


def _explain(dialogue: Dialogue, _: str) -> str:
    if dialogue.entry.explanation is None:
        paper_id = dialogue.entry.paper.id
        dialogue.outside.explain(dialogue.entry)
        dialogue.browsing.day.papers_changed([paper_id])
    said = spoken.spoken_explanation(dialogue.entry, dialogue.mathematics)
    return said or "The model gave no explanation that could be kept."


def _open(dialogue: Dialogue, argument: str) -> str:
    paper = dialogue.entry.paper
    address = paper.pdf_url if argument.casefold() == "pdf" else paper.abs_url
    opened = dialogue.outside.open_address(address)
    return f"Sent to the browser: {address}" if opened else f"No browser could be started: {address}"


def _pdf(dialogue: Dialogue, _: str) -> str:
    return f"The PDF is at {dialogue.outside.download_pdf(dialogue.entry)}."


def _zotero(dialogue: Dialogue, _: str) -> str:
    return dialogue.outside.send_to_zotero(dialogue.entry)


def _search(dialogue: Dialogue, argument: str) -> str:
    """Show only the papers of the day that a query finds."""
    if not argument:
        return "Say what to search for, as in: search convergence."
    listing = dialogue.browsing.day
    before = listing.options
    listing.arrange(replace(before, filter=argument))
    if not listing.count:
        listing.arrange(before)
        return "No paper of the day matches; nothing was changed."
    listing.place = listing.rows[0].paper.id
    return f"{listing.count} found; all shows all papers again.\n{dialogue.here()}"


def _all(dialogue: Dialogue, _: str) -> str:
    listing = dialogue.browsing.day
    place = listing.place
    listing.arrange(replace(listing.options, filter=""))
    listing.place = place
    return dialogue.here()


def _symbols(dialogue: Dialogue, _: str) -> str:
    if dialogue.mathematics == "spoken":
        dialogue.mathematics = "unicode"
        return "Formulas are written in symbols."
    dialogue.mathematics = "spoken"
    return "Formulas are said in words."


def _help(dialogue: Dialogue, _: str) -> str:
    lines = [f"{command.word}, or {' or '.join(command.letters)}: {command.help}" for command in WORDS]
    rest = "A number goes to the paper of that number. An empty line goes on, in a text as in the list."
    return "\n".join((*lines, rest))


def _quit(dialogue: Dialogue, _: str) -> str:
    dialogue.over = True
    return "Everything is kept."


WORDS: Final[tuple[DialogueCommand, ...]] = (
    DialogueCommand("next", ("n", "j"), "the next paper.", _next),
    DialogueCommand("previous", ("p", "k"), "the paper before.", _previous),
    DialogueCommand("where", ("w",), "which paper this is, again.", _where),
    DialogueCommand("abstract", ("a",), "the abstract; the paper counts as read then.", _abstract),
    DialogueCommand(
        "text", ("t",), "the whole text, a section at a time; text 3.1 or text theorem 2 goes there.", _text
    ),
    DialogueCommand("contents", ("c",), "the sections of the whole text.", _contents),
    DialogueCommand("details", ("i",), "all authors, id, dates, addresses, and your note.", _details),
    DialogueCommand("to read", ("m",), "mark it to read; again takes the mark off.", _marking(Mark.TO_READ)),
    DialogueCommand("done", ("x",), "mark it as done.", _marking(Mark.DONE)),
    DialogueCommand("dismiss", ("d",), "take it out of the list.", _marking(Mark.DISMISSED)),
    DialogueCommand("tag", ("#",), "its tags; tag +a -b puts a on and takes b off.", _tag),
    DialogueCommand("undo", ("u",), "take back what was done last.", _undo),
    DialogueCommand(
        "explain", ("e",), "the explanation; a model is asked where there is none yet.", _explain
    ),
    DialogueCommand("open", ("o",), "open its page in the browser; open pdf opens the PDF.", _open),
    DialogueCommand("pdf", ("g",), "download the PDF, and say where it is.", _pdf),
    DialogueCommand("zotero", ("z",), "send it to the Zotero that runs on this machine.", _zotero),
    DialogueCommand(
        "search", ("/",), "with words after it: only the papers of the day that have them.", _search
    ),
    DialogueCommand("all", ("b",), "all papers again, after a search.", _all),
    DialogueCommand("symbols", ("y",), "formulas in symbols, or in words again.", _symbols),
    DialogueCommand("help", ("?", "h"), "these commands.", _help),
    DialogueCommand("quit", ("q",), "end; everything is kept.", _quit),
)
"""The commands, in the order of the help."""
