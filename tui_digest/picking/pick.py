"""The pick: which papers come first, by readable rules, with reasons. Pure.

A paper's score is the sum of

- `FOLLOWED_AUTHOR` for each author and `FOLLOWED_WORD` for each word that the reader follows;
- the weight of each of the settings' words, twice when it is in the title;
- the weight of the settings' categories that it is in;
- `LIKENESS` times the logarithm of the odds that it is like the papers marked (`likeness`).

A later version of a paper counts half. Dismissed and muted papers are never picked, nor is a paper
without a reason. Of equal ones the one that arXiv announced first comes first.

With the rule `stems` the score is how many of the settings' words are in the paper, also as parts of
other words, and of equal ones the newest comes first: the rule of the script from which this program
grew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from heapq import nsmallest
from itertools import islice
from pathlib import Path

import msgspec

from tui_digest.interests import Interest, InterestKind
from tui_digest.latex import to_unicode
from tui_digest.lists import PickedRow
from tui_digest.paper import Paper
from tui_digest.picking.interest_match import Interests, has_phrase
from tui_digest.picking.likeness import Contribution, Likeness
from tui_digest.render.labels import count_words
from tui_digest.settings import PickSettings
from tui_digest.text.words import Fold, folded_words, term_of

# Function words, and words of abstracts in every field: they say nothing of what a paper is about.
_COMMON_WORDS = Path(__file__).with_name("common_words.txt")

FOLLOWED_AUTHOR = 8.0
FOLLOWED_WORD = 4.0
LIKENESS = 2.0
_SHOWN = 3
_SHORTEST_REASON = 3

_WORD = re.compile(r"[^\W\d_](?:['’]?[^\W_])+")
"""A word of two letters or more, also with an apostrophe in it: `Itô’s`."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that may be picked: position in the day, folded texts, term counts.

    One that was `learned_from` is not judged by its likeness to itself.
    """

    position: int
    paper: Paper
    title: str
    abstract: str
    terms: bytes
    dismissed: bool = False
    learned_from: bool = False


class _Ground(msgspec.Struct, frozen=True):
    """A rule's contribution to the score, and its reason in words."""

    points: float
    say: Callable[[], str]


class _Scored(msgspec.Struct, frozen=True):
    """A paper of which the rules say something."""

    score: float
    tie: tuple[int, ...]
    position: int
    grounds: Sequence[_Ground]


def pick(
    candidates: Iterable[Candidate],
    interests: Sequence[Interest],
    rules: PickSettings,
    count: int,
    *,
    likeness: Likeness | None = None,
    fold: Fold,
) -> tuple[PickedRow, ...]:
    """Return at most `count` of the papers, the best first; deterministic.

    Args:
        candidates: the papers in the order of the announcement; they are gone through once.
        interests: what the reader follows and has muted.
        rules: the settings' words and categories.
        count: how many to pick at most.
        likeness: what was learned from marked papers; None when there are too few.
        fold: the folding of the candidates' texts.
    """
    judge = (_StemJudge if rules.rule == "stems" else _Judge)(interests, rules, likeness, fold)
    scored = (judge.scored(candidate) for candidate in candidates if not candidate.dismissed)
    found = (paper for paper in scored if paper is not None)
    # More than are wanted: some may have a score and no reason. To spell reasons out takes longest.
    best = nsmallest(4 * count + 16, found, key=lambda each: (-each.score, each.tie))
    told = ((paper, tuple(filter(None, (ground.say() for ground in paper.grounds)))) for paper in best)
    picked = (PickedRow(one.position, round(one.score, 3), reasons) for one, reasons in told if reasons)
    return tuple(islice(picked, count))


class _Judge:
    """Applies the rules to papers, with what they look for folded once."""

    def __init__(
        self, interests: Sequence[Interest], rules: PickSettings, likeness: Likeness | None, fold: Fold
    ) -> None:
        self._words = [(word, folded_words(word, fold), points) for word, points in rules.words.items()]
        self._categories = rules.categories
        self._likeness = likeness
        self._fold = fold
        self._known: dict[str, str] = {}
        self._interests = Interests(interests, self._folded)

    def scored(self, candidate: Candidate) -> _Scored | None:
        """Return the paper with its score and its reasons; None if it is not to be picked."""
        if self.is_muted(candidate):
            return None
        found = (
            _followed(self._interests.followed(candidate.paper)),
            self._of_words(f" {candidate.title} ", f" {candidate.abstract} "),
            self._in_categories(candidate.paper),
            self._like_marked(candidate),
        )
        grounds = [ground for ground in found if ground is not None]
        score = sum(ground.points for ground in grounds)
        if candidate.paper.announce_type is not None and candidate.paper.announce_type.is_replacement:
            score /= 2
        told = sorted((each for each in grounds if each.points > 0), key=lambda ground: -ground.points)
        return _Scored(score, (candidate.position,), candidate.position, told) if score > 0 else None

    def is_muted(self, candidate: Candidate) -> bool:
        """Tell whether the reader has muted something that the paper has."""
        self._known = {candidate.paper.title: candidate.title, candidate.paper.abstract: candidate.abstract}
        return bool(self._interests.muted(candidate.paper))

    def _folded(self, text: str) -> str:
        """The folding, which for the texts of the paper at hand is known."""
        return self._known.get(text) or self._fold(text)

    def _of_words(self, title: str, abstract: str) -> _Ground | None:
        found = {
            word: points * (2 if has_phrase(title, sought) else 1)
            for word, sought, points in self._words
            if has_phrase(title, sought) or has_phrase(abstract, sought)
        }
        wanted = sorted((word for word in found if found[word] > 0), key=lambda word: -found[word])
        return _Ground(sum(found.values()), lambda: _from_words(wanted)) if found else None

    def _in_categories(self, paper: Paper) -> _Ground | None:
        found = [name for name in self._categories if name in paper.categories]
        points = sum(self._categories[name] for name in found)
        return _Ground(points, lambda: f"in {_listed(found)}") if found else None

    def _like_marked(self, candidate: Candidate) -> _Ground | None:
        likeness = self._likeness
        if likeness is None or candidate.learned_from:
            return None
        points = LIKENESS * likeness.score(candidate.terms)
        return _Ground(points, lambda: _as_in_marked(candidate, likeness, self._fold))


class _StemJudge(_Judge):
    """Counts the words that a paper has, also within other words."""

    def scored(self, candidate: Candidate) -> _Scored | None:
        """The paper with the number of its words; None when it has none or is muted."""
        if self.is_muted(candidate):
            return None
        text = f"{candidate.title} | {candidate.abstract}"
        found = [word for word, sought, _ in self._words if sought and " ".join(sought) in text]
        if not found:
            return None
        newest_first = tuple(-int(digits) for digits in re.findall(r"\d+", candidate.paper.id))
        ground = _Ground(len(found), lambda: _from_words(found))
        return _Scored(len(found), newest_first, candidate.position, [ground])


def _followed(followed: Sequence[Interest]) -> _Ground | None:
    points = sum(
        FOLLOWED_AUTHOR if interest.kind is InterestKind.AUTHOR else FOLLOWED_WORD for interest in followed
    )
    names = [interest.text for interest in followed]
    return _Ground(points, lambda: f"follows {_listed(names)}") if followed else None


def _from_words(found: Sequence[str]) -> str:
    return f"{_listed(found)} from the words of your digest" if found else ""


def _as_in_marked(candidate: Candidate, likeness: Likeness, fold: Fold) -> str:
    """Return the terms that weighed most, as this paper spells them; "" if none helps."""
    words_by_term = {term_of(word): word for word in f"{candidate.title} {candidate.abstract}".split()}
    spelt = spellings(candidate.paper, fold)
    told: list[tuple[str, Contribution]] = []
    for contribution in likeness.reasons(candidate.terms):
        word = words_by_term.get(contribution.term, "")
        if len(word) >= _SHORTEST_REASON and not is_common(word) and word in spelt:
            told.append((spelt[word], contribution))
    told = told[:_SHOWN]
    if not told:
        return ""
    least = min(contribution.papers for _, contribution in told)
    return f"{_listed([word for word, _ in told])} as in {count_words(least, 'paper')} you marked"


def is_common(word: str) -> bool:
    """Tell whether a folded word is never a reason."""
    return f" {word} " in _common_words()


@cache
def _common_words() -> str:
    """Return all in one string: a fifteenth of what a set takes."""
    return f" {' '.join(_COMMON_WORDS.read_text(encoding='utf-8').split())} "


def spellings(paper: Paper, fold: Fold) -> dict[str, str]:
    """Return a paper's first spelling of each folded word, in abstract or title.

    What is no word there has none: a symbol, the name of one in TeX.
    """
    found: dict[str, str] = {}
    for text in (paper.abstract, paper.title):
        for word in _WORD.findall(to_unicode(text)):
            for part in (word, *re.split("['’]", word)):
                if len(folded := folded_words(part, fold)) == 1:
                    found.setdefault(folded[0], part)
    return found


def _listed(names: Sequence[str]) -> str:
    """Join the first names with commas, and count the rest."""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
