"""Records about a paper: mark, note, explanation, reasons of the pick."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from tui_digest.paper import ArxivId, CompletenessState, Paper


class Mark(StrEnum):
    """The reader's decision on a paper; independent of read and unread."""

    TO_READ = "to-read"
    DONE = "done"
    DISMISSED = "dismissed"


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The reader's data on a paper; `version_read` is the version last marked as read."""

    mark: Mark | None = None
    read: bool = False
    note: str = ""
    version_read: int | None = None


LENGTH_LIMIT = "the model's length limit was reached"
"""Why an answer is not complete that was longer than the service, the model or the user allowed."""


REFUSAL = "the model declined to answer"
"""Why an answer is not complete that is none."""


NO_MARK = "no mark"
CUT_OFF = "the answer was cut off here"
"""Why a statement is without evidence that the model did not mark, or did not come to mark."""


class StatementState(StrEnum):
    """Verdict of the checks on one statement of an explanation."""

    EVIDENCE = "evidence"
    INTERPRETATION = "interpretation"
    NONE = "none"
    FLAGGED = "flagged"


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of an explanation, as it was checked.

    Attributes:
        text: The statement with its marks.
        start, end: Its place in the explanation's text.
        state: What the checks say.
        why: The reason in a few words, where it is flagged or without evidence.
        words: The places, within the statement, of the words that differ.
        marks: The places, within the statement, of its marks.
        place: The address of the text that the quoted words are from, as in `abstract`.
        quoted: The place of the quoted words in that text; None where there are none.
    """

    text: str
    start: int
    end: int
    state: StatementState
    why: str = ""
    words: tuple[tuple[int, int], ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    place: str = ""
    quoted: tuple[int, int] | None = None


class StatementCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of an explanation's statements by state."""

    evidence: int = 0
    interpretation: int = 0
    none: int = 0
    flagged: int = 0

    @property
    def total(self) -> int:
        """All statements."""
        return self.evidence + self.interpretation + self.none + self.flagged


RECORD_ONLY = "title and abstract only"
"""What a model is shown where a paper's text is not asked about."""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """Origin of an explanation, and to what extent it can be trusted.

    `model` is the name by which the service itself called the model that answered; `asked_at` is
    in UTC; `seconds` is from the request to the last word; `tokens_in` and `tokens_out` are the
    service's own counts (None: it gave none). `complete` is true only when the service's own end
    marker came; `stopped` says in a few words why it is not. `statements` counts the statements by
    state; it is None for an explanation of release 0.1, which only counted those it flagged
    (`unsupported`). `kind` is the kind of explanation that was asked for.
    """

    provider: str
    model: str
    asked_at: datetime
    prompt_version: str
    paper_version: int
    shown: str = RECORD_ONLY
    tokens_in: int | None = None
    tokens_out: int | None = None
    seconds: float | None = None
    complete: bool = False
    stopped: str = ""
    unsupported: int = 0
    statements: StatementCounts | None = None
    kind: str = "mathematics"

    @property
    def shows_text(self) -> bool:
        """Whether the model was shown more than title and abstract."""
        return not self.shown.startswith("title and abstract")


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A model's text on a paper (Markdown with TeX), its statements, its receipt."""

    paper_id: str
    text: str
    receipt: Receipt
    statements: tuple[Statement, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A paper with all its data: what lists show and exports write."""

    paper: Paper
    reading: Reading = Reading()
    reasons: tuple[str, ...] = ()
    explanation: Explanation | None = None
    tags: tuple[str, ...] = ()


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the reader's history; a bulk action is one step.

    `kind` is `mark`, `read`, `note`, `tag`, `interest`, `filter`, `undo` or `redo`; `label` says it in
    words ("marked 3 papers to read"); `papers` are the ids of the papers it changed; `target` is
    the step that an undo took back or a redo did again.
    """

    step: int
    at: datetime
    kind: str
    label: str
    papers: tuple[str, ...] = ()
    target: int | None = None


class StoredDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the calendar: its completeness, and its unread papers.

    `unread` leaves out dismissed papers.
    """

    date: date
    state: CompletenessState
    total: int
    unread: int
    to_read: int


class ReadText(msgspec.Struct, frozen=True, kw_only=True):
    """Progress in a paper's whole text: version, section, whether the end was seen."""

    version: int
    address: str = ""
    finished: bool = False


class StoredText(msgspec.Struct, frozen=True):
    """A stored whole text: when its page arrived, the page's hash, its packed blocks."""

    paper: ArxivId
    body_hash: str
    fetched_at: datetime
    blocks: bytes


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a search: entries, matching folded words, whether more exist.

    A word that ends with `*` stands for all words that begin with it.
    """

    entries: tuple[Entry, ...]
    words: tuple[str, ...]
    more: bool
