"""The records of what a reader made of a paper: mark, note, explanation, reasons of the pick."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from tui_digest.paper import CompletenessState, Paper


class Mark(StrEnum):
    """The reader's decision on a paper. Read and unread is apart from it."""

    TO_READ = "to-read"
    DONE = "done"
    DISMISSED = "dismissed"


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader decided about one paper; `version_read` is the version last marked as read."""

    mark: Mark | None = None
    read: bool = False
    note: str = ""
    version_read: int | None = None


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """Where an explanation comes from and what it may be trusted for.

    `model` is the name by which the service itself called the model that answered; `asked_at` is
    in UTC; `seconds` is from the request to the last word; `tokens_in` and `tokens_out` are the
    service's own counts (None: it gave none). `complete` is true only when the service's own end
    marker came; `stopped` says in a few words why it is not. `unsupported` counts the statements
    that were flagged as not in the abstract.
    """

    provider: str
    model: str
    asked_at: datetime
    prompt_version: str
    paper_version: int
    shown: str = "title and abstract only"
    tokens_in: int | None = None
    tokens_out: int | None = None
    seconds: float | None = None
    complete: bool = False
    stopped: str = ""
    unsupported: int = 0


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """What a model wrote about one paper, as Markdown with TeX, and its receipt."""

    paper_id: str
    text: str
    receipt: Receipt


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A paper with all that is known of it here: what lists show and exports write."""

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
    """A day of the calendar: how complete its digest is and what is left to do in it.

    `unread` leaves out dismissed papers.
    """

    date: date
    state: CompletenessState
    total: int
    unread: int
    to_read: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found: the entries asked for, the folded words to show in them, whether there are more.

    A word that ends with `*` stands for all words that begin with it.
    """

    entries: tuple[Entry, ...]
    words: tuple[str, ...]
    more: bool
