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
from collections.abc import Sequence

import msgspec

from tui_digest.paper import Paper
from tui_digest.picking.interests import Interests, stands_in
from tui_digest.reading import Entry, Mark
from tui_digest.settings import PickSettings
from tui_digest.taste import InterestKind, Taste, Term
from tui_digest.words import Fold, words

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
    """What one rule adds to the score, and how it says so."""

    points: float
    reason: str


def pick(
    entries: Sequence[Entry], taste: Taste, rules: PickSettings, count: int, *, fold: Fold
) -> tuple[Picked, ...]:
    """At most `count` papers of those given, the best first. The same input gives the same pick."""
    interests = Interests(taste.interests, fold)
    scored = []
    for place, entry in enumerate(entries):
        paper = entry.paper
        if entry.reading.mark is Mark.DISMISSED or interests.muted(paper):
            continue
        title, abstract = _padded(paper.title, fold), _padded(paper.abstract, fold)
        grounds = [
            *_followed(paper, interests),
            *_words(title, abstract, rules, fold),
            *_categories(paper, rules),
            *_likeness(paper, set(title.split()) | set(abstract.split()), taste.terms, fold),
        ]
        score = sum(ground.points for ground in grounds)
        if paper.announce_type is not None and paper.announce_type.is_replacement:
            score /= 2
        if score > 0:
            scored.append((-score, place, paper.id, grounds))
    scored.sort(key=lambda one: one[:2])
    return tuple(
        Picked(paper_id=paper_id, score=-negative, reasons=_reasons(grounds))
        for negative, _, paper_id, grounds in scored[:count]
    )


def _padded(text: str, fold: Fold) -> str:
    return f" {' '.join(words(text, fold))} "


def _reasons(grounds: Sequence[_Ground]) -> tuple[str, ...]:
    told = [ground for ground in grounds if ground.points > 0]
    return tuple(ground.reason for ground in sorted(told, key=lambda ground: -ground.points))


def _followed(paper: Paper, interests: Interests) -> list[_Ground]:
    followed = interests.followed(paper)
    if not followed:
        return []
    points = sum(
        FOLLOWED_AUTHOR if interest.kind is InterestKind.AUTHOR else FOLLOWED_WORD for interest in followed
    )
    return [_Ground(points, f"follows {_listed([interest.text for interest in followed])}")]


def _words(title: str, abstract: str, rules: PickSettings, fold: Fold) -> list[_Ground]:
    found: dict[str, float] = {}
    for word, weight in rules.words.items():
        sought = words(word, fold)
        times = 2 * stands_in(sought, title) or 1 * stands_in(sought, abstract)
        if times:
            found[word] = times * weight
    if not found:
        return []
    wanted = sorted((word for word in found if found[word] > 0), key=lambda word: -found[word])
    return [_Ground(sum(found.values()), f"{_listed(wanted)} from the words of your digest")]


def _categories(paper: Paper, rules: PickSettings) -> list[_Ground]:
    found = [name for name in rules.categories if name in paper.categories]
    if not found:
        return []
    return [_Ground(sum(rules.categories[name] for name in found), f"in {_listed(found)}")]


def _likeness(paper: Paper, folded: set[str], terms: dict[str, Term], fold: Fold) -> list[_Ground]:
    known = [(terms[word].weight, word) for word in folded & terms.keys()]
    liked = sorted((-weight, word) for weight, word in known if weight > 0)[:_TERMS]
    disliked = sorted((weight, word) for weight, word in known if weight < 0)[:_TERMS]
    points = -LIKENESS * sum(weight for weight, _ in liked) + LIKENESS * sum(weight for weight, _ in disliked)
    if not liked:
        return [_Ground(points, "")] if disliked else []
    shown = sorted((word for _, word in liked), key=lambda word: (-terms[word].papers, word))[:_SHOWN]
    least = min(terms[word].papers for word in shown)
    as_in = f"{least} paper{'' if least == 1 else 's'} you marked"
    return [_Ground(points, f"{_listed([_spelt(word, paper, fold) for word in shown])} as in {as_in}")]


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
