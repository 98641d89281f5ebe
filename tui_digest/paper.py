"""Records of papers, of the day's digest, and of its completeness."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Self

import msgspec

# Compiled when an id is first read, which most starts of the program do not do.
_VERSION = r"(?:[vV](?P<version>[1-9]\d{0,2}))?"
_NEW_ID = rf"(?a)(?P<number>\d{{4}}\.\d{{4,5}}){_VERSION}"
_OLD_ID = rf"(?a)(?P<archive>[a-zA-Z][a-zA-Z-]{{1,15}})(?:\.[a-zA-Z-]{{2,10}})?(?P<number>/\d{{7}}){_VERSION}"
_PAGES = (
    r"(?:[\w-]+\.)?arxiv\.org/(?:[\w-]+/)+",
    r"xxx\.lanl\.gov/abs/",
    r"(?:www\.)?(?:alphaxiv\.org/(?:[\w-]+/)+|ar5iv\.(?:labs\.arxiv\.)?org/(?:html|abs)/)",
    r"(?:(?:www\.)?huggingface\.co|hf\.co)/papers/",
    r"(?:www\.)?(?:scirate\.com|papers\.cool|semanticscholar\.org|connectedpapers\.com)/arxiv/",
    r"inspirehep\.net/(?:api/)?arxiv/",
)
_PREFIXES = (
    rf"(?i)(?:(?:https?:)?//)?(?:(?:{'|'.join(_PAGES)})"
    r"|(?:(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.|oai:arxiv\.org:|arxiv(?:\.org)?(?::\s*|\s+)"
    r"|/?(?:abs|pdf|html)/)"
)
_SUFFIXES = r"(?:\.pdf|\.md)?/?(?:[?#]\S*)?(?:\s*\[[\w.-]+\])?"
"""What may follow an id: `.pdf`, a slash, the query and fragment of an address, the primary category."""

_INVISIBLE = "[\u200b-\u200f\u2060\ufeff]"
_AROUND = " \t\r\n\xa0<>()[]{}\"'`“”‘’«»,;:.!"
"""What a sentence, a mail or Markdown puts around an id."""

_NAMED = (
    r"(?ai)(?<![\w.-])(?:(?:[\w-]+\.)?arxiv\.org/\S*?[/=:]|arxiv(?:\.org)?(?::\s*|\s+)|eprint\s*=\s*[{\"]"
    r"|\A\W*?\[)"
    r"(\d{4}\.\d{4,5}(?:v[1-9]\d{0,2})?|[a-z][a-z-]{1,15}(?:\.[a-z-]{2,10})?/\d{7}(?:v[1-9]\d{0,2})?)"
    r"(?!\w|\.\d)"
)
"""An id in a longer text: after arXiv's name or address, or in brackets at its start, as in pages' titles."""

_BIBCODE = r"(?a)\b\d{4}arXiv(\d{4})(\d{5})[A-Z]\b"
"""The Astrophysics Data System's name of a paper: `2026arXiv261110001E`."""

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
        at a site that shows arXiv's papers by their ids, or as its DOI; also with quotes, brackets or a
        period around it, and in a reference or the title of arXiv's page if that names one paper. An old
        id's subject class is left out (`math.GT/0309136` is `math/0309136`), as arXiv does.

        Raises:
            ValueError: the text is not an arXiv identifier; the message names it.
        """
        match = _match_id(text.strip()) if len(text) <= _LONGEST_ADDRESS else None
        if match is None and len(text) <= _LONGEST_ADDRESS:
            match = _match_id(_id_within(text))
        if match is None:
            raise ValueError(f"{text[:80]!r} is not an arXiv id; ids look like 2512.21208 or hep-th/9901001")
        version = match["version"]
        archive = match.groupdict().get("archive") or ""
        return cls(archive.lower() + match["number"], int(version) if version else None)

    def __str__(self) -> str:
        """The id as arXiv prints it."""
        return self.number if self.version is None else f"{self.number}v{self.version}"


def _match_id(text: str) -> re.Match[str] | None:
    """Match an id, its address or DOI; None if the text is anything else."""
    bare = re.sub(_PREFIXES, "", text, count=1)
    match = re.fullmatch(_NEW_ID + _SUFFIXES, bare) or re.fullmatch(_OLD_ID + _SUFFIXES, bare)
    return match if match is not None and _plausible_month(match["number"]) else None


def _id_within(text: str) -> str:
    """Return the id that a pasted text holds, without what is around it, or "".

    A longer text must call it arXiv's, and name no other.
    """
    text = re.sub(_INVISIBLE, "", text).replace("%20", " ")
    bare = text.strip(_AROUND)
    if _match_id(bare) is not None:
        return bare
    named = set(re.findall(_NAMED, text)) or {".".join(code) for code in re.findall(_BIBCODE, text)}
    return named.pop() if len(named) == 1 else ""


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
