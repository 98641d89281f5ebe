"""The services that the reader is given, as protocols and records."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from tui_digest.core.arxiv_search import ArxivSearch, NoArxivSearch
from tui_digest.entry import Action, Entry, Explanation, Mark, ReadText, StoredDay
from tui_digest.errors import UsageError
from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.lists import (
    Arranged,
    DayScope,
    KeyScope,
    Matches,
    PickedRow,
    Scope,
    SearchHits,
    SimilarPapers,
    StoredDigest,
    ViewOptions,
)
from tui_digest.paper import ArxivId, Digest, Paper
from tui_digest.settings import DEFAULT_DIGEST, ExplanationKind, ModelSettings, PickSettings, Settings
from tui_digest.tags import TagChanges

if TYPE_CHECKING:
    from tui_digest.core.categories import CategoryTable
    from tui_digest.core.texts import PaperText, Texts
    from tui_digest.fulltext.blocks import Place

Progress = Callable[[str], None]
"""Takes one short sentence on what is being done, for the user."""


class Answer(msgspec.Struct, frozen=True):
    """A digest, and the message of the error while fetching it (empty: none).

    With a problem, the digest is the last good one. One that has just come from arXiv is not `judged`
    before `Days.complete` knows when its papers were submitted.
    """

    digest: StoredDigest
    problem: str = ""
    judged: bool = True


class NamedDigest(msgspec.Struct, frozen=True):
    """A digest that can be chosen; `ready_made` says that it is not in config.toml."""

    name: str
    categories: tuple[str, ...]
    ready_made: bool = False


class Days(Protocol):
    """Days of a digest and single papers, stored or fetched.

    Failures are TuiDigestErrors.
    """

    def choices(self) -> tuple[NamedDigest, ...]:
        """The digests that can be chosen, the default first."""

    def choose(self, name: str) -> None:
        """Answer for another digest from now on."""

    def use_settings(self, settings: Settings) -> None:
        """Answer for the default digest of these settings from now on."""

    def newest(self) -> date:
        """The day of arXiv's newest mailing."""

    def older(self, day: date) -> date | None:
        """The mailing day before."""

    def newer(self, day: date) -> date | None:
        """The mailing day after; None when there is none yet."""

    def why_quiet(self, day: date) -> str:
        """Why a day has no mailing, as `a Saturday`; empty when it has one."""

    def stored(self, day: date | None) -> StoredDigest | None:
        """Return a day's digest as stored; the newest stored one if the day is None."""

    def all_stored(self) -> tuple[StoredDay, ...]:
        """The stored days with what is left to do in each, newest first."""

    def papers(self, day: date) -> Digest | None:
        """The same with all its papers: for exports."""

    async def fetch(self, day: date | None, *, again: bool, progress: Progress) -> Answer:
        """Return the digest of a day (None: the newest), fetched if it is not fresh."""

    async def paper(self, wanted: ArxivId, progress: Progress) -> Paper:
        """Return a paper by its id: the stored one, else fetched and then stored."""

    async def catch_up(self, progress: Progress) -> str:
        """Fetch missed mailings, oldest first; return the error message, if any.

        It can be stopped at any time and goes on from there the next time.
        """

    async def complete(self, day: date, progress: Progress) -> StoredDigest | None:
        """Add what the daily feed lacks (comments, dates); None if nothing changed."""


class Lists(Protocol):
    """Queries of lists to the library; failures are TuiDigestErrors."""

    def queue(self, mark: Mark = Mark.TO_READ) -> KeyScope:
        """The papers with a mark over all days, the one marked first at the head."""

    def tagged(self, tag: str) -> KeyScope:
        """The papers of a tag over all days, the one tagged first at the head."""

    def papers(self, ids: Iterable[str]) -> KeyScope:
        """The papers of these ids, of those that are stored."""

    def arrange(self, scope: Scope, options: ViewOptions, *, interruptible: bool = False) -> Arranged:
        """Return which papers the options show, in order; interrupted by the next call."""

    def matches(
        self, scope: Scope, query: str, *, typing: bool = False, interruptible: bool = False
    ) -> Matches:
        """The positions that a query finds; while typing it may break off anywhere."""

    def rows(
        self, scope: Scope, positions: Sequence[int], *, patience: float | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries at these positions, waiting `patience` seconds for a lock.

        The lock is another program's.
        """

    def ids(self, scope: Scope, positions: Sequence[int]) -> tuple[str, ...]:
        """The ids with version of the papers at these positions."""

    def positions(self, scope: Scope, ids: Collection[str]) -> dict[str, int]:
        """The positions of papers by their ids, of those that a scope has."""

    def category_counts(self, scope: Scope) -> Counter[str]:
        """Return how many papers are in each category."""

    def author_counts(self, scope: Scope) -> Counter[str]:
        """Return how many papers each author has, by the author's name."""


class Marks(Protocol):
    """Decisions on papers; each call is one step of the history, or None if no change."""

    def mark(self, ids: Iterable[str], mark: Mark | None) -> Action | None:
        """Mark papers, or take their marks off."""

    def toggle_mark(self, ids: Iterable[str], mark: Mark) -> Action | None:
        """Mark papers, or take the mark off them when all of them have it."""

    def set_read(self, ids: Iterable[str], read: bool = True) -> Action | None:
        """Mark papers as read or unread; an id with a version says which one was read."""

    def mark_opened(self, ids: Iterable[str]) -> Action | None:
        """Mark papers as read because they were shown: no step that undo takes back."""

    def toggle_read(self, ids: Iterable[str]) -> Action | None:
        """Mark papers as read, or as unread when all of them are read."""

    def note(self, paper_id: str, text: str) -> Action | None:
        """Write a paper's note in place of the one before; an empty text takes it away."""


class Tags(Protocol):
    """Tags of papers; each change is one step of the history, or None if no change."""

    def change(self, ids: Iterable[str], changes: TagChanges) -> Action | None:
        """Add and remove tags of papers."""

    def counts(self) -> dict[str, int]:
        """Return how many papers each tag has, in the order of the tags."""


class Following(Protocol):
    """Followed and muted authors, words and categories."""

    def set(self, kind: InterestKind, text: str, stance: Stance | None) -> Action | None:
        """Follow or mute an author, a word or a category; with None neither."""

    def all(self) -> tuple[Interest, ...]:
        """Everything that is followed or muted."""


class History(Protocol):
    """History of actions, with undo and redo."""

    def undo(self) -> Action | None:
        """Undo the last action that stands."""

    def redo(self) -> Action | None:
        """Do again what was undone last."""

    def undo_labels(self) -> tuple[str, str]:
        """The labels of the next undo and redo; empty where there is nothing."""

    def recent(self, limit: int = 100) -> tuple[Action, ...]:
        """The last steps, newest first."""


class Similar(Protocol):
    """Similar papers among all that are stored."""

    def find(self, paper_id: str) -> SimilarPapers:
        """The papers most similar to one. It may take a while: use a thread."""


class Filters(Protocol):
    """Searches kept under a name."""

    def save(self, name: str, query: str) -> Action | None:
        """Keep a query under a name."""

    def delete(self, name: str) -> Action | None:
        """Delete a saved filter."""

    def all(self) -> dict[str, str]:
        """The saved filters: queries by name."""


class Search(Protocol):
    """The search over everything in the library."""

    def check(self, text: str) -> None:
        """Read a query without asking it; a UsageError says what is wrong."""

    def hits(self, text: str, *, typing: bool = False) -> SearchHits:
        """Return what a query finds. It may take a while; the last one begun wins."""

    def refresh(self, limit: int = 200) -> int:
        """Reindex some papers that another version indexed; return 0 when all are done."""


class Picks(Protocol):
    """The picks of the days."""

    def stored(self, scope: DayScope, digest: str) -> tuple[PickedRow, ...]:
        """The pick of a day as it was computed last."""

    def update(self, scope: DayScope, digest: str, rules: PickSettings) -> bool:
        """Recompute a day's pick if something was decided since; tell whether it changed."""


class Mailings(Protocol):
    """The stored papers."""

    def paper(self, paper_id: str, version: int | None = None) -> Paper | None:
        """A stored paper at a version (None: the newest known)."""


class ReadingPositions(Protocol):
    """The digest that was chosen last, and the reading positions in its days."""

    def remember(self, day: date, paper_id: str, digest: str = DEFAULT_DIGEST) -> None:
        """Remember the paper at which the reader is in a day."""

    def paper(self, day: date, digest: str = DEFAULT_DIGEST) -> str | None:
        """The id of the paper at which the reader was in a day."""

    def remember_digest(self, name: str) -> None:
        """Remember the digest that was chosen, for the next start."""


class KeptExplanations(Protocol):
    """Stored explanations of papers."""

    def complete(self, paper_id: str) -> tuple[Explanation, ...]:
        """All complete explanations of a paper, the newest first."""


class ReadTexts(Protocol):
    """Reading positions in papers' whole texts."""

    def read_texts(self) -> Mapping[str, ReadText]:
        """Return how far the reader is in each text that was opened, by the paper's id."""


class ReaderLibrary(Protocol):
    """The library as the reader uses it; a change is on disk when the call returns."""

    @property
    def lists(self) -> Lists:
        """Queries of lists."""

    @property
    def marks(self) -> Marks:
        """Marks, read and unread, notes."""

    @property
    def tags(self) -> Tags:
        """The tags of papers."""

    @property
    def following(self) -> Following:
        """Follows and mutes."""

    @property
    def history(self) -> History:
        """Undo and redo."""

    @property
    def similar(self) -> Similar:
        """Similar papers."""

    @property
    def filters(self) -> Filters:
        """Saved filters."""

    @property
    def search(self) -> Search:
        """The search over everything."""

    @property
    def picks(self) -> Picks:
        """The picks of the days."""

    @property
    def mailings(self) -> Mailings:
        """The stored papers."""

    @property
    def explanations(self) -> KeptExplanations:
        """Stored explanations."""

    @property
    def texts(self) -> ReadTexts:
        """Reading positions in whole texts."""

    @property
    def positions(self) -> ReadingPositions:
        """Reading positions in days."""


EditText = Callable[[str], str]
"""Edits a text in the user's own editor and returns it; failures are TuiDigestErrors."""


def no_editor(text: str) -> str:
    """Refuse: no editor is set."""
    raise UsageError("No editor is set: name one in EDITOR, for example EDITOR=nano.")


class Clipboard(Protocol):
    """The clipboard of the machine that the reader runs on, beside the terminal's own."""

    note: str
    """What the user can do where the terminal may not take text, without a full stop; may be empty."""

    def put(self, text: str) -> str:
        """Copy a text to the clipboard; return the program used, "" if none."""


class NoClipboard:
    """A machine without a clipboard."""

    note = ""

    def put(self, text: str) -> str:
        """Copy nothing."""
        return ""


class CommandEnd(msgspec.Struct, frozen=True):
    """End of a command: its exit status and the first of its output.

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
    """Refuse to run a command."""
    raise UsageError("Here no command can be run.")


class Patience(msgspec.Struct, frozen=True):
    """A service asked for patience: what to tell the user meanwhile."""

    sentence: str


class Provider(msgspec.Struct, frozen=True):
    """A service that can be chosen: its default model, and the state of its key.

    `asks_address` says that only the user knows where it is.
    """

    name: str
    model: str
    key: str
    asks_address: bool = False


class Tried(msgspec.Struct, frozen=True):
    """The result of a connection test, and the models that the service lists."""

    sentence: str
    models: tuple[str, ...] = ()


class Models(Protocol):
    """Language models; requests run in the background, followed or not."""

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
        """Use the model of these settings for later requests; running ones continue."""

    async def try_out(self) -> Tried:
        """Test the connection at no cost; a failure is a TuiDigestError."""

    def start(self, paper: Paper, *, again: bool, kind: ExplanationKind | None = None) -> None:
        """Request an explanation of the kind of the settings, unless one is running."""

    async def start_from_text(
        self, paper: Paper, text: PaperText, place: Place | None, *, again: bool
    ) -> None:
        """Request an explanation from a paper's text, or from one place, unless one runs.

        A failure to choose what is shown is raised as a TuiDigestError.
        """

    def under_way(self, paper_id: str) -> bool:
        """Tell whether a request for the paper is running."""

    def outdated(self, explanation: Explanation, paper: Paper) -> str:
        """Say how an explanation is outdated: by the paper's version, or the prompt's."""

    def knows(self, paper_id: str) -> bool:
        """Tell whether there is a request to follow, running or finished."""

    def follow(self, paper_id: str) -> AsyncIterator[str | Patience | Explanation]:
        """Yield the paper's request from its beginning: text, at last the explanation.

        A failure is raised as a TuiDigestError.
        """

    async def cancel(self, paper_id: str) -> None:
        """Cancel the paper's request; nothing of it is stored."""

    async def close(self) -> None:
        """Stop all requests."""


class Config(Protocol):
    """The user's config.toml. Settings are values by dotted name, as `reader.theme`."""

    def path(self) -> str:
        """Return where it is."""

    def lines(self, changes: Mapping[str, object]) -> str:
        """The lines of TOML that say these settings."""

    def write(self, changes: Mapping[str, object]) -> None:
        """Change settings in it; a TuiDigestError says why not, and then it is as it was."""


class Browser(Protocol):
    """The browser for addresses; both calls may block for a moment."""

    def takes_terminal(self) -> bool:
        """Tell whether it runs in the terminal and needs the reader suspended."""

    def open(self, address: str) -> bool:
        """Open an address; whether a browser could be started."""


def no_categories() -> CategoryTable:
    """ArXiv's categories are not known."""
    raise UsageError("Here arXiv's categories are not known.")


def no_texts() -> Texts:
    """Texts of papers cannot be had."""
    raise UsageError("Here the texts of papers cannot be read.")


class Pdfs(Protocol):
    """Papers' PDFs in a folder of the user's. Failures are TuiDigestErrors."""

    def stored(self, paper: Paper) -> Path | None:
        """The PDF of a paper at its version, None if it is not here whole."""

    async def fetch(self, paper: Paper, progress: Progress) -> Path:
        """Return a paper's PDF, downloaded if missing; a cancelled download is resumed."""

    def takes_terminal(self) -> bool:
        """Tell whether the viewer draws in the terminal and needs the reader suspended."""

    def open(self, path: Path) -> None:
        """Show a PDF in the viewer; this may take a moment."""


class NoPdfs:
    """A machine on which PDFs cannot be had."""

    def stored(self, paper: Paper) -> Path | None:
        """There is none."""
        return None

    async def fetch(self, paper: Paper, progress: Progress) -> Path:
        """Refuse to download one."""
        raise UsageError("Here PDFs cannot be downloaded.")

    def takes_terminal(self) -> bool:
        """There is no viewer."""
        return False

    def open(self, path: Path) -> None:
        """Refuse to open one."""
        raise UsageError("Here PDFs cannot be opened.")


class ZoteroOutcome(msgspec.Struct, frozen=True):
    """Outcome of sending papers to Zotero, in a sentence; `complete` if all are there."""

    sentence: str
    complete: bool = True


SendToZotero = Callable[[Sequence[Entry], Progress], ZoteroOutcome]
"""Sends papers to the Zotero of this machine, which may take a while; failures are TuiDigestErrors."""


def no_zotero(entries: Sequence[Entry], progress: Progress) -> ZoteroOutcome:
    """Refuse to send papers."""
    raise UsageError("Here nothing can be sent to Zotero.")


Report = Callable[[Exception], str]
"""Writes a crash report, and returns the sentence for the user."""


def unreported(error: Exception) -> str:
    """Re-raise the error: there is nowhere to report it."""
    raise error


class Services(msgspec.Struct, frozen=True):
    """The services of the reader."""

    days: Days
    library: ReaderLibrary
    models: Models
    config: Config
    now: Callable[[], datetime]
    browser: Browser
    category_names: Mapping[str, str] = msgspec.field(default_factory=dict)
    categories: Callable[[], CategoryTable] = no_categories
    edit_text: EditText = no_editor
    clipboard: Clipboard = msgspec.field(default_factory=NoClipboard)
    run_command: RunCommand = no_commands
    report: Report = unreported
    texts: Callable[[], Texts] = no_texts
    arxiv_search: ArxivSearch = msgspec.field(default_factory=NoArxivSearch)
    pdfs: Callable[[], Pdfs] = NoPdfs
    send_to_zotero: SendToZotero = no_zotero
    synchronise: Callable[[], int] | None = None
    """Exchanges decisions with other machines and gives how many changed here; None: no folder is shared."""
