"""What the reader needs from the rest of the program, as protocols: it is handed all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

import msgspec

from tui_digest.core.listing import Question
from tui_digest.entry import Action, Entry, Explanation, Found, Mark, StoredDay
from tui_digest.errors import UsageError
from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.paper import Digest, Paper
from tui_digest.settings import ExplanationKind, ModelSettings
from tui_digest.text.words import Fold

if TYPE_CHECKING:
    from tui_digest.core.texts import Texts

Progress = Callable[[str], None]
"""Takes one short sentence on what is being done, for the user."""


class Answer(msgspec.Struct, frozen=True):
    """A digest, and what went wrong on the way to it, in one sentence (empty: nothing).

    With a problem, the digest is the last good one.
    """

    digest: Digest
    problem: str = ""


class Days(Protocol):
    """The days' papers, from what is stored or from arXiv. Failures are TuiDigestErrors."""

    def newest(self) -> date:
        """The day of arXiv's newest mailing."""

    def older(self, day: date) -> date | None:
        """The mailing day before."""

    def newer(self, day: date) -> date | None:
        """The mailing day after; None when there is none yet."""

    def why_quiet(self, day: date) -> str:
        """Why a day has no mailing, as `a Saturday`; empty when it has one."""

    def stored(self, day: date | None) -> Digest | None:
        """The digest of a day as it is stored; None as the day means the newest stored one."""

    async def fetch(self, day: date | None, *, again: bool, progress: Progress) -> Answer:
        """The digest of a day (None: the newest), asking arXiv only when needed, or again when told to."""

    async def catch_up(self, progress: Progress) -> str:
        """Fetch the mailings that were missed, oldest first; what went wrong, in one sentence.

        It can be stopped at any time and goes on from there the next time.
        """

    async def complete(self, digest: Digest, progress: Progress) -> Digest:
        """The digest with what the daily feed lacks: comments, journals, dates."""


class Shelf(Protocol):
    """The library, as far as the reader uses it. What is done is on disk when the call returns.

    An action gives the step of the history that it became, or None when nothing changed. Failures
    are TuiDigestErrors; then nothing was changed.
    """

    def entries(self, papers: Sequence[Paper]) -> tuple[Entry, ...]:
        """The papers with what the reader made of them."""

    def queue(self) -> tuple[Entry, ...]:
        """All papers marked to read, over all days, the one marked first at the head."""

    def days(self) -> tuple[StoredDay, ...]:
        """The stored days with what is left to do in each, newest first."""

    def paper(self, paper_id: str, version: int | None = None) -> Paper | None:
        """A stored paper at a version (None: the newest known)."""

    def mark(self, ids: Sequence[str], mark: Mark | None) -> Action | None:
        """Mark papers, or take their marks off."""

    def set_read(self, ids: Sequence[str], read: bool) -> Action | None:
        """Mark papers as read or unread; an id with a version says which one was read."""

    def write_note(self, paper_id: str, text: str) -> Action | None:
        """Write a paper's note in place of the one before; an empty text takes it away."""

    def set_interest(self, kind: InterestKind, text: str, stance: Stance | None) -> Action | None:
        """Follow or mute an author, a word or a category; with None neither."""

    def interests(self) -> tuple[Interest, ...]:
        """Everything that is followed or muted."""

    def fold_known(self, papers: Sequence[Paper]) -> Fold:
        """The folding of the library, quick for the titles and abstracts of these stored papers."""

    def undo(self) -> Action | None:
        """Take back the last action that stands."""

    def redo(self) -> Action | None:
        """Do again what was undone last."""

    def tend(self) -> int:
        """Index anew some papers that another version of the program indexed; 0 when all are done."""

    def standing(self) -> tuple[str, str]:
        """What undo and redo would take now, in words; empty where there is nothing."""

    def history(self, limit: int) -> tuple[Action, ...]:
        """The last steps, newest first."""

    def question(self, query: str, *, typing: bool = False) -> Question:
        """A query, ready to be asked of entries; while typing it may break off anywhere."""

    def where(self, text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
        """Where in a shown text the folded words of a question stand, as (start, end)."""

    def search(self, query: str, *, typing: bool = False) -> Found:
        """What a query finds in the whole library. It may take a while; the last one begun wins."""

    def filters(self) -> dict[str, str]:
        """The saved filters: queries by name."""

    def save_filter(self, name: str, query: str) -> Action | None:
        """Keep a query under a name."""

    def delete_filter(self, name: str) -> Action | None:
        """Forget a saved filter."""

    def pick(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The papers to put first, the best first, with their reasons. It may take a while."""

    def remember(self, day: date, paper_id: str) -> None:
        """Remember where in a day the reader is."""

    def place(self, day: date) -> str:
        """The id of the paper at which the reader was in a day; empty when he was not there."""


EditText = Callable[[str], str]
"""Has a text edited in the user's own editor and gives it back; a TuiDigestError says why not."""


def no_editor(text: str) -> str:
    """There is no editor."""
    raise UsageError("No editor is set: name one in EDITOR, for example EDITOR=nano.")


class Clipboard(Protocol):
    """The clipboard of the machine that the reader runs on, beside the terminal's own."""

    note: str
    """What the user can do where the terminal may not take text, without a full stop; may be empty."""

    def put(self, text: str) -> str:
        """Put a text into the machine's clipboard; the program that took it, empty when there is none."""


class NoClipboard:
    """A machine without a clipboard."""

    note = ""

    def put(self, text: str) -> str:
        """Nothing takes the text."""
        return ""


class CommandEnd(msgspec.Struct, frozen=True):
    """How a command ended, and the first of what it wrote.

    `exit_code` is negative where a signal ended it, None where it was stopped after `seconds`,
    for it took too long; `output_cut` and `errors_cut` say that more came.
    """

    exit_code: int | None
    output: str = ""
    errors: str = ""
    output_cut: bool = False
    errors_cut: bool = False
    seconds: float = 0.0


RunCommand = Callable[[str, str], Awaitable[CommandEnd]]
"""Runs a command line of the user's with a text as its input; cancelling it stops the command."""


async def no_commands(command: str, text: str) -> CommandEnd:
    """Nothing can be run."""
    raise UsageError("Here no command can be run.")


class Patience(msgspec.Struct, frozen=True):
    """A service asked for patience: what to tell the user meanwhile."""

    sentence: str


class Provider(msgspec.Struct, frozen=True):
    """A service that can be chosen: its default model (may be empty), and in words where its key stands.

    `asks_address` says that only the user knows where it is.
    """

    name: str
    model: str
    key: str
    asks_address: bool = False


class Tried(msgspec.Struct, frozen=True):
    """What trying a model showed, in a sentence, and the models that its service lists."""

    sentence: str
    models: tuple[str, ...] = ()


class Models(Protocol):
    """Language models, asked in the background; a request goes on whoever looks at it."""

    def ready(self) -> str:
        """Empty when a model can be asked, else the sentence that says how to set one up."""

    def name(self) -> str:
        """The provider and the model that would be asked."""

    async def prepare(self) -> None:
        """Import ahead what a question takes; nothing is asked."""

    def about(self) -> str:
        """The model that is set up and where its key would come from, never the key."""

    def providers(self) -> tuple[Provider, ...]:
        """The services that can be chosen; none where the model is given."""

    def set_up(self, settings: ModelSettings) -> None:
        """Have the model of these settings asked from now on; what is under way goes on."""

    async def try_out(self) -> Tried:
        """Ask the service for what costs nothing, and only that. A failure is raised as a TuiDigestError."""

    def start(self, paper: Paper, *, again: bool, kind: ExplanationKind | None = None) -> None:
        """Ask for the explanation of a paper, of the kind of the settings, unless that is under way."""

    def under_way(self, paper_id: str) -> bool:
        """Whether an explanation of the paper is being made."""

    def outdated(self, explanation: Explanation, paper: Paper) -> str:
        """In a sentence, what an explanation is older than: the paper's version, or the question."""

    def knows(self, paper_id: str) -> bool:
        """Whether there is something to follow: an explanation in the making, or what came of the last."""

    def follow(self, paper_id: str) -> AsyncIterator[str | Patience | Explanation]:
        """What comes of the paper's request from its beginning: words, and at last the explanation.

        A failure is raised as a TuiDigestError.
        """

    async def cancel(self, paper_id: str) -> None:
        """Stop the paper's request; nothing of it is kept."""

    async def close(self) -> None:
        """Stop all requests."""


class Config(Protocol):
    """The user's config.toml. Settings are values by dotted name, as `reader.theme`."""

    def path(self) -> str:
        """Where it is."""

    def lines(self, changes: Mapping[str, object]) -> str:
        """The lines of TOML that say these settings."""

    def write(self, changes: Mapping[str, object]) -> None:
        """Change settings in it; a TuiDigestError says why not, and then it is as it was."""


class Browser(Protocol):
    """Where addresses are opened. Both may take a moment."""

    def takes_terminal(self) -> bool:
        """Whether it is shown in the terminal, so that the reader has to make room for it."""

    def open(self, address: str) -> bool:
        """Open an address; whether a browser could be started."""


def no_texts() -> Texts:
    """Texts of papers cannot be had."""
    raise UsageError("Here the texts of papers cannot be read.")


Report = Callable[[Exception], str]
"""Writes down what happened that never should, and gives the sentence that the user is told."""


def unreported(error: Exception) -> str:
    """Nobody writes it down, so it ends the reader."""
    raise error


class Services(msgspec.Struct, frozen=True):
    """All that the reader is handed."""

    days: Days
    shelf: Shelf
    models: Models
    config: Config
    now: Callable[[], datetime]
    browser: Browser
    category_names: Mapping[str, str] = msgspec.field(default_factory=dict)
    edit_text: EditText = no_editor
    clipboard: Clipboard = msgspec.field(default_factory=NoClipboard)
    run_command: RunCommand = no_commands
    report: Report = unreported
    texts: Callable[[], Texts] = no_texts
