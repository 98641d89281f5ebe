"""The state of the reader: settings, the day and its lists, problems, requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from tui_digest.settings import DEFAULT_DIGEST, Settings, digest_settings

if TYPE_CHECKING:
    from tui_digest.core.arxiv_search import HitList
    from tui_digest.core.listing import Listing
    from tui_digest.core.navigation import Browsing
    from tui_digest.entry import Explanation, ReadText
    from tui_digest.lists import StoredDigest
    from tui_digest.paper import ArxivId, Paper

PLAY_DEMO = "demo"
"""What the application returns when the user asked for the demo."""


class ReaderOptions(msgspec.Struct, frozen=True):
    """Options that the reader was started with.

    Attributes:
        day: the mailing that is opened; None for the newest.
        paper: the paper that is opened first, over the day.
        digest: the digest whose days are shown.
        offline: whether arXiv is not asked.
        demo: whether the papers are the demo's.
        colour: whether the terminal may be sent colours.
        page_at_once: whether the first frame has the page beside the list. Otherwise the list is
            drawn first and can be read a twentieth earlier; a saved first screen has both.
        setup: whether the first steps are asked before anything is fetched.
        first: whether this is the first start: the first steps have defaults to fall back on.
    """

    day: date | None = None
    paper: ArxivId | None = None
    digest: str = DEFAULT_DIGEST
    offline: bool = False
    demo: bool = False
    colour: bool = True
    page_at_once: bool = False
    setup: bool = False
    first: bool = False


class PageToggles(msgspec.Struct):
    """Parts of all pages that the reader switched on or off.

    Attributes:
        tex: whether TeX is shown as written.
        all_authors: whether long lists of authors are unfolded.
        notation: whether the notation card is shown.
    """

    tex: bool = False
    all_authors: bool = False
    notation: bool = False


class PdfQueue(msgspec.Struct):
    """The PDFs that are downloaded one after the other.

    Attributes:
        waiting: the papers whose PDFs are wanted, the one that is coming first.
        done: how many have come since nothing was waiting.
    """

    waiting: list[Paper] = msgspec.field(default_factory=list)
    done: int = 0


class PipeOptions(msgspec.Struct):
    """The last command that papers were piped to, and its export format."""

    command: str = ""
    format: str = "markdown"


class ExplanationRequests(msgspec.Struct):
    """Requests of explanations in this session that the library does not store.

    Attributes:
        unfinished: what came of the last request that ended early; a complete one takes its place.
        failures: why the last request came to nothing, in a sentence.
        withdrawn_asked: withdrawn papers of which it was asked whether they are to be explained.
    """

    unfinished: dict[str, Explanation] = msgspec.field(default_factory=dict)
    failures: dict[str, str] = msgspec.field(default_factory=dict)
    withdrawn_asked: set[str] = msgspec.field(default_factory=set)

    def begin(self, paper_id: str) -> None:
        """Discard the failure of the last request, as a new one was made."""
        self.failures.pop(paper_id, None)

    def keep_unfinished(self, explanation: Explanation) -> None:
        """Keep an explanation that ended early; a complete one is in the library."""
        paper_id = explanation.paper_id
        self.unfinished.pop(paper_id, None)
        if not explanation.receipt.complete:
            self.unfinished[paper_id] = explanation

    def keep_failure(self, paper_id: str, sentence: str) -> None:
        """Keep why a request failed; what an earlier one left stays."""
        self.failures[paper_id] = sentence


class OpenHits(msgspec.Struct, frozen=True):
    """A list of arXiv's hits that is shown or has others over it."""

    listing: Listing
    hits: HitList


class ReaderState(msgspec.Struct):
    """The state of one reader. It knows no widget.

    Attributes:
        settings: the settings as they hold now in the digest that is shown.
        user_settings: the settings as they hold now outside of named digests.
        digest_name: the digest that is shown.
        options: how the reader was started.
        browsing: the day's list, and the lists opened over it.
        digest: the day that is shown; None until there is one.
        problem: what went wrong with arXiv, in a sentence; empty when nothing did.
        progress: what is being fetched, in a few words; empty when nothing is.
        judging: the day of which it is not known yet whether it is complete; None when it is.
        model_problem: why no model can be asked, in a sentence; empty when one can.
        sync_problem: why decisions could not be exchanged last; empty when they could.
        changed_settings: what was changed for this session only, by dotted name.
        keep_settings: whether a change of a setting is written to config.toml.
        page: what is switched on for all pages.
        pipe: what papers were piped to last.
        pdfs: the PDFs that are being downloaded.
        explanations: what models were asked for.
        arxiv_hits: the lists of arXiv's hits that are open.
        read_texts: how far the reader is in whole texts, by the paper's id.
        ready: whether the work that waits for the first paint has begun.
        touched: whether the user has pressed a key or clicked: from then on nothing is swapped.
    """

    user_settings: Settings
    options: ReaderOptions
    browsing: Browsing
    digest: StoredDigest | None = None
    problem: str = ""
    progress: str = ""
    judging: date | None = None
    model_problem: str = ""
    sync_problem: str = ""
    changed_settings: dict[str, object] = msgspec.field(default_factory=dict)
    keep_settings: bool = True
    page: PageToggles = msgspec.field(default_factory=PageToggles)
    pipe: PipeOptions = msgspec.field(default_factory=PipeOptions)
    pdfs: PdfQueue = msgspec.field(default_factory=PdfQueue)
    explanations: ExplanationRequests = msgspec.field(default_factory=ExplanationRequests)
    arxiv_hits: list[OpenHits] = msgspec.field(default_factory=list)
    read_texts: Mapping[str, ReadText] = msgspec.field(default_factory=dict)
    ready: bool = False
    touched: bool = False
    settings: Settings = Settings()
    digest_name: str = ""

    def __post_init__(self) -> None:
        """Start with the digest of the options."""
        self.choose_digest(self.options.digest)

    def choose_digest(self, name: str) -> None:
        """Switch to the settings of another digest.

        Raises:
            UsageError: there is none of that name.
        """
        self.settings = digest_settings(self.user_settings, name)
        self.digest_name = name

    @property
    def listing(self) -> Listing:
        """The list that is shown: the day's papers, the queue, or what a search found."""
        return self.browsing.current

    def change_setting(self, name: str, value: object) -> None:
        """Change a setting, by its dotted name in config.toml."""
        table, _, key = name.rpartition(".")
        known = self.user_settings
        if table:
            self.user_settings = replace(known, **{table: replace(getattr(known, table), **{key: value})})
        else:
            self.user_settings = replace(known, **{key: value})
        self.settings = digest_settings(self.user_settings, self.digest_name)
