"""Records of papers, of the day's digest, and of its completeness."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Self

import msgspec

_WITHDRAWN = (
    r"(?i)^\W*withdrawn\b|\bwithdrawn\s+by\s+(?:its\s+|the\s+)?(?:authors?|arxiv|submitter)"
    r"|\b(?:paper|article|manuscript|submission|preprint|note|work|version)s?\s+"
    r"(?:\w+\s+){0,3}?(?:is|was|has|have)\s+(?:\w+\s+){0,3}?withdrawn\b"
)
"""How an abstract says that the paper itself is withdrawn, and not money or a drug."""


class AnnounceType(StrEnum):
    """arXiv's announce type of a paper, in arXiv's own words and order."""

    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"
    REPLACE_CROSS = "replace-cross"

    @property
    def is_replacement(self) -> bool:
        """Whether this announces a later version of a paper announced before."""
        return self in (AnnounceType.REPLACE, AnnounceType.REPLACE_CROSS)


class ArxivId(msgspec.Struct, frozen=True, order=True):
    """An arXiv identifier: `2512.21208`, `hep-th/9901001`, with or without a version."""

    number: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse an identifier in any of the forms of `parse_arxiv_id`.

        Raises:
            ValueError: as `parse_arxiv_id`.
        """
        from tui_digest.arxiv_id import parse_arxiv_id

        return cls(*parse_arxiv_id(text))

    def __str__(self) -> str:
        """The id as arXiv prints it."""
        return self.number if self.version is None else f"{self.number}v{self.version}"


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """An arXiv record at one version; title, abstract and comment are TeX.

    `announce_type` and `announced` (the day of its mailing, US Eastern) are known for a paper
    that was read in a mailing; `published` is when version 1 was submitted, `updated` this one.
    """

    id: str
    version: int
    title: str
    authors: tuple[str, ...]
    abstract: str
    categories: tuple[str, ...]
    primary: str
    announce_type: AnnounceType | None = None
    announced: date | None = None
    published: datetime | None = None
    updated: datetime | None = None
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    licence: str | None = None

    @property
    def arxiv_id(self) -> ArxivId:
        """The id with this record's version."""
        return ArxivId(self.id, self.version)

    @property
    def is_withdrawn(self) -> bool:
        """Whether comment or abstract say that the authors or arXiv withdrew the paper."""
        if "withdrawn" in (self.comment or "").casefold():
            return True
        return "withdrawn" in self.abstract.casefold() and re.search(_WITHDRAWN, self.abstract) is not None

    @property
    def abs_url(self) -> str:
        """The address of this version's abstract page."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf_url(self) -> str:
        """The address of this version's PDF."""
        return f"https://arxiv.org/pdf/{self.arxiv_id}"


class CompletenessState(StrEnum):
    """Completeness of a digest against arXiv's announcement."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    STALE = "stale"
    QUIET = "quiet"
    UNCONFIRMED = "unconfirmed"
    BY_SUBMISSION_DATE = "by-submission-date"


class Completeness(msgspec.Struct, frozen=True, kw_only=True):
    """Share of a mailing that a digest has, and why it is not more.

    `announced` is how many papers arXiv promised (None: it did not say); `note` is one sentence
    for the user, empty when the digest is complete and there is nothing to say.
    """

    state: CompletenessState
    shown: int
    announced: int | None = None
    counts: dict[str, int] = {}
    note: str = ""


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """The mailing of one day for some categories, each paper once.

    `fetched_at` is when arXiv gave the answer that this was made from, in UTC.
    """

    date: date
    categories: tuple[str, ...]
    papers: tuple[Paper, ...]
    completeness: Completeness
    fetched_at: datetime | None = None


def count_types(papers: tuple[Paper, ...]) -> dict[str, int]:
    """Count papers by announce type, in arXiv's order, without zeros."""
    counts = {kind.value: 0 for kind in AnnounceType}
    for paper in papers:
        if paper.announce_type is not None:
            counts[paper.announce_type.value] += 1
    return {kind: count for kind, count in counts.items() if count}
