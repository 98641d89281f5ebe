"""The pick: which papers come first, by rules that one can read, and why. Pure.

A paper's score is the sum of

- `FOLLOWED_AUTHOR` for each author and `FOLLOWED_WORD` for each word that the reader follows;
- the weight of each of the settings' words, twice when it stands in the title;
- the weight of the settings' categories that it is in;
- `LIKENESS` times the weights of the few terms that most make it like the papers marked, less those
  that make it like the papers dismissed.

A later version of a paper counts half. Dismissed and muted papers are never picked, nor is a paper
without a reason. Of equal ones the one that arXiv announced first comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from tui_digest.entry import Entry, Mark
from tui_digest.interests import InterestKind, Taste
from tui_digest.paper import Paper
from tui_digest.picking.interest_match import Interests, stands_in
from tui_digest.settings import PickSettings
from tui_digest.text.words import Fold, words

FOLLOWED_AUTHOR = 8.0
FOLLOWED_WORD = 4.0
LIKENESS = 0.5
# So many terms of a paper speak for it, and so many against it: long abstracts have no advantage.
_TERMS = 8
_SHOWN = 3

_SPELT = re.compile(r"[^\W\d_][\w-]*")


class Picked(msgspec.Struct, frozen=True, kw_only=True):
    """A picked paper: its id, its score, and the reasons in words, the strongest first."""

    paper_id: str
    score: float
    reasons: tuple[str, ...]


class _Ground(msgspec.Struct, frozen=True):
    """What one rule adds to the score, and how it says so when it is asked."""

    points: float
    say: Callable[[], str]


def pick(
    entries: Sequence[Entry], taste: Taste, rules: PickSettings, count: int, *, fold: Fold
) -> tuple[Picked, ...]:
    """At most `count` papers of those given, the best first. The same input gives the same pick."""
    judge = _Judge(taste, rules, fold)
    scored = []
    for place, entry in enumerate(entries):
        if entry.reading.mark is Mark.DISMISSED or judge.interests.muted(entry.paper):
            continue
        grounds = judge.grounds(entry.paper)
        score = sum(ground.points for ground in grounds)
        if entry.paper.announce_type is not None and entry.paper.announce_type.is_replacement:
            score /= 2
        if score > 0:
            scored.append((-score, place, entry.paper.id, grounds))
    scored.sort(key=lambda one: one[:2])
    return tuple(
        Picked(paper_id=paper_id, score=-negative, reasons=_reasons(grounds))
        for negative, _, paper_id, grounds in scored[:count]
    )


def _reasons(grounds: Sequence[_Ground]) -> tuple[str, ...]:
    told = [ground for ground in grounds if ground.points > 0]
    return tuple(ground.say() for ground in sorted(told, key=lambda ground: -ground.points))


class _Judge:
    """Applies the rules to papers, with what they look for folded once."""

    def __init__(self, taste: Taste, rules: PickSettings, fold: Fold) -> None:
        self.interests = Interests(taste.interests, fold)
        self._terms = taste.terms
        self._words = [(word, words(word, fold), points) for word, points in rules.words.items()]
        self._categories = rules.categories
        self._fold = fold

    def grounds(self, paper: Paper) -> list[_Ground]:
        """What speaks for a paper, and against it."""
        title, abstract = words(paper.title, self._fold), words(paper.abstract, self._fold)
        found = (
            self._followed(paper),
            self._of_words(f" {' '.join(title)} ", f" {' '.join(abstract)} "),
            self._in_categories(paper),
            self._likeness(paper, {*title, *abstract}),
        )
        return [ground for ground in found if ground is not None]

    def _followed(self, paper: Paper) -> _Ground | None:
        followed = self.interests.followed(paper)
        points = sum(
            FOLLOWED_AUTHOR if interest.kind is InterestKind.AUTHOR else FOLLOWED_WORD
            for interest in followed
        )
        names = [interest.text for interest in followed]
        return _Ground(points, lambda: f"follows {_listed(names)}") if followed else None

    def _of_words(self, title: str, abstract: str) -> _Ground | None:
        found = {
            word: points * (2 if stands_in(sought, title) else 1)
            for word, sought, points in self._words
            if stands_in(sought, title) or stands_in(sought, abstract)
        }
        wanted = sorted((word for word in found if found[word] > 0), key=lambda word: -found[word])
        if not found:
            return None
        return _Ground(sum(found.values()), lambda: f"{_listed(wanted)} from the words of your digest")

    def _in_categories(self, paper: Paper) -> _Ground | None:
        found = [name for name in self._categories if name in paper.categories]
        points = sum(self._categories[name] for name in found)
        return _Ground(points, lambda: f"in {_listed(found)}") if found else None

    def _likeness(self, paper: Paper, folded: set[str]) -> _Ground | None:
        known = sorted((-self._terms[word].weight, word) for word in folded & self._terms.keys())
        liked = [(weight, word) for weight, word in known if weight < 0][:_TERMS]
        disliked = [(weight, word) for weight, word in reversed(known) if weight > 0][:_TERMS]
        points = -LIKENESS * sum(weight for weight, _ in (*liked, *disliked))
        return _Ground(points, lambda: self._as_in(paper, [word for _, word in liked])) if known else None

    def _as_in(self, paper: Paper, liked: Sequence[str]) -> str:
        """The terms that most marked papers have, as this one spells them."""
        shown = sorted(liked, key=lambda word: (-self._terms[word].papers, word))[:_SHOWN]
        least = min(self._terms[word].papers for word in shown)
        spelt = _listed([_spelt(word, paper, self._fold) for word in shown])
        return f"{spelt} as in {least} paper{'' if least == 1 else 's'} you marked"


def _spelt(term: str, paper: Paper, fold: Fold) -> str:
    """A folded term as the paper spells it."""
    for text in (paper.abstract, paper.title):
        for match in _SPELT.finditer(text):
            if words(match[0], fold) == [term]:
                return match[0]
    return term


def _listed(names: Sequence[str]) -> str:
    """Names with commas between, not more than one takes in at a glance."""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
