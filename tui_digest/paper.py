"""Records of papers, of the day's digest, and of its completeness."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Self

import msgspec

# Compiled when an id is first read, which most starts of the program do not do.
_NEW_ID = r"(?a)(?P<number>\d{4}\.\d{4,5})(?:v(?P<version>[1-9]\d{0,2}))?"
_OLD_ID = (
    r"(?a)(?P<archive>[a-z][a-z-]{1,15})(?:\.[A-Z]{2})?(?P<number>/\d{7})(?:v(?P<version>[1-9]\d{0,2}))?"
)
_PAGES = (
    r"(?:[\w-]+\.)?arxiv\.org/(?:abs|pdf|html|format|ps|e-print|src)",
    r"(?:www\.)?(?:alphaxiv\.org/(?:abs|pdf|overview)|ar5iv\.(?:labs\.arxiv\.)?org/(?:html|abs))",
    r"(?:www\.)?huggingface\.co/papers",
    r"scirate\.com/arxiv",
)
_PREFIXES = (
    rf"(?i)(?:https?://)?(?:(?:{'|'.join(_PAGES)})/"
    r"|(?:www\.|api\.)?semanticscholar\.org/(?:arxiv[:/]|graph/v1/paper/arxiv:)"
    r"|(?:(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.|oai:arxiv\.org:|arxiv:\s*)"
)
_SUFFIXES = r"(?:\.pdf)?/?(?:[?#]\S*)?(?:\s*\[[\w.-]+\])?"
"""What may follow an id: `.pdf`, a slash, the query and fragment of an address, the primary category."""

_LONGEST_ADDRESS = 2_000


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
        """Parse an identifier in any of the forms in which it is written and copied.

        That is bare or as `arXiv:2611.10001v1 [cs.LG]`, as the address of its page, PDF or HTML at arXiv or
        at a site that shows arXiv's papers by their ids, or as its DOI. An old id's subject class is
        left out (`math.GT/0309136` is `math/0309136`), as arXiv does.

        Raises:
            ValueError: the text is not an arXiv identifier; the message names it.
        """
        bare = re.sub(_PREFIXES, "", text.strip() if len(text) <= _LONGEST_ADDRESS else "", count=1)
        match = re.fullmatch(_NEW_ID + _SUFFIXES, bare) or re.fullmatch(_OLD_ID + _SUFFIXES, bare)
        if match is None or not _plausible_month(match["number"]):
            raise ValueError(f"{text[:80]!r} is not an arXiv id; ids look like 2512.21208 or hep-th/9901001")
        version = match["version"]
        archive = match.groupdict().get("archive") or ""
        return cls(archive + match["number"], int(version) if version else None)

    def __str__(self) -> str:
        """The id as arXiv prints it."""
        return self.number if self.version is None else f"{self.number}v{self.version}"


def _plausible_month(number: str) -> bool:
    digits = number.rpartition("/")[2]
    return 1 <= int(digits[2:4]) <= 12


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
