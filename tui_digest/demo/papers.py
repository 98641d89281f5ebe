"""Read the invented papers of the demo from `papers.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

import msgspec

from tui_digest.paper import AnnounceType

# 14:00 US Eastern, arXiv's cut-off, is 18:00 UTC in summer and 19:00 in winter: the earlier of the
# two keeps every submission before the cut-off, and within the right day, all the year.
_CUT_OFF = time(18, tzinfo=UTC)
_FRIDAY = 4


class Author(msgspec.Struct, frozen=True):
    """An invented author, with an affiliation if one is in the feed."""

    name: str
    affiliation: str | None = None


class DemoPaper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented paper: TeX in title, abstract and comment, names in Unicode.

    `minutes` is how long before the cut-off of its mailing a version was submitted; the mailing of
    the first version was `mailings_before` ago. The first category is the primary one.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    categories: tuple[str, ...]
    minutes: int
    version: int = 1
    mailings_before: int = 0
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None

    @property
    def versioned_id(self) -> str:
        """The id with the version, as arXiv prints it."""
        return f"{self.id}v{self.version}"

    @property
    def people(self) -> tuple[Author, ...]:
        """The authors, each name apart from its affiliation."""
        return tuple(_author(text) for text in self.authors)

    def is_in(self, category: str) -> bool:
        """Tell whether the paper is in a category, or in one of an archive's (`math`)."""
        return any(_belongs(own, category) for own in self.categories)

    def announce_type(self, categories: Sequence[str]) -> AnnounceType:
        """Return how arXiv announces the paper to readers of these categories."""
        at_home = any(_belongs(self.categories[0], category) for category in categories)
        if self.version > 1:
            return AnnounceType.REPLACE if at_home else AnnounceType.REPLACE_CROSS
        return AnnounceType.NEW if at_home else AnnounceType.CROSS

    def updated(self, day: date) -> datetime:
        """Return the submission (UTC) of this version, in the mailing of `day`."""
        return self._submitted(day) if self.version > 1 else self.published(day)

    def published(self, day: date) -> datetime:
        """Return the submission (UTC) of version 1, with this one in the mailing of `day`."""
        for _ in range(self.mailings_before):
            day = _weekday_before(day)
        return self._submitted(day)

    def _submitted(self, day: date) -> datetime:
        return cut_off(day) - timedelta(minutes=self.minutes)


def cut_off(day: date) -> datetime:
    """Return the end of submissions (UTC) for the mailing of `day`."""
    return datetime.combine(_weekday_before(day), _CUT_OFF)


def _weekday_before(day: date) -> date:
    day -= timedelta(days=1)
    while day.weekday() > _FRIDAY:
        day -= timedelta(days=1)
    return day


@cache
def load_papers() -> tuple[DemoPaper, ...]:
    """All papers of the made-up day, titles and abstracts each on one line."""
    text = files("tui_digest.demo").joinpath("papers.toml").read_text(encoding="utf-8")
    papers = msgspec.convert(tomllib.loads(text)["papers"], tuple[DemoPaper, ...])
    return tuple(
        msgspec.structs.replace(paper, abstract=" ".join(paper.abstract.split())) for paper in papers
    )


def _belongs(own: str, wanted: str) -> bool:
    return own == wanted or own.startswith(f"{wanted}.")


def _author(text: str) -> Author:
    name, found, rest = text.partition(" (")
    return Author(name, rest.removesuffix(")") if found else None)
