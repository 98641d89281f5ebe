"""The services that the reader is given, as protocols and records."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from tui_digest.entry import Entry, Explanation, StoredDay
from tui_digest.errors import UsageError
from tui_digest.lists import StoredDigest
from tui_digest.paper import ArxivId, Digest, Paper
from tui_digest.settings import ExplanationKind, ModelSettings, Settings

if TYPE_CHECKING:
    from tui_digest.core.arxiv_search import ArxivSearch
    from tui_digest.core.categories import CategoryTable
    from tui_digest.core.library import ReaderLibrary
    from tui_digest.core.texts import PaperText, Texts
    from tui_digest.fulltext.blocks import Place
    from tui_digest.model_service import ConnectionTest, Event, Provider

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

    def older(self, day: date) -> date:
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

    async def try_out(self) -> ConnectionTest:
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

    def follow(self, paper_id: str) -> AsyncIterator[Event]:
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
        """Open an address; tell whether a browser could be started."""


def no_categories() -> CategoryTable:
    """ArXiv's categories are not known."""
    raise UsageError("Here arXiv's categories are not known.")


def no_texts() -> Texts:
    """Texts of papers cannot be had."""
    raise UsageError("Here the texts of papers cannot be read.")


def no_arxiv_search() -> ArxivSearch:
    """Return a search that refuses to ask."""
    from tui_digest.core.arxiv_search import NoArxivSearch

    return NoArxivSearch()


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


def raise_error(error: Exception) -> str:
    """Re-raise the error: there is nowhere to report it."""
    raise error


def forget_rows(papers: Sequence[Paper]) -> None:
    """Keep no rows."""


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
    report: Report = raise_error
    texts: Callable[[], Texts] = no_texts
    arxiv_search: Callable[[], ArxivSearch] = no_arxiv_search
    pdfs: Callable[[], Pdfs] = NoPdfs
    send_to_zotero: SendToZotero = no_zotero
    synchronise: Callable[[], int] | None = None
    """Exchanges decisions with other machines and gives how many changed here; None: no folder is shared."""
    note_first_rows: Callable[[Sequence[Paper]], None] = forget_rows
    """Takes the papers whose rows the next start is likely to show first."""
