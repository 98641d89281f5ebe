"""Trials of the pick: a field is learned from fifty marked papers, and found again in a day of a thousand.

Shared by the test over real abstracts and by the benchmark that compares with scikit-learn.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from tui_digest.latex import search_key
from tui_digest.picking.likeness import learn
from tui_digest.text.words import count_terms, folded_words

TOPICS = ("math.OC", "math.PR", "quant-ph", "cs.LG", "hep-th", "stat.ML")
MARKED, OTHERS, WANTED, DAY = 50, 400, 100, 1000
"""Papers that are marked and that are not, those of the field in the day, and the day."""


class TrialPaper:
    """A real paper by its primary category and texts."""

    def __init__(self, primary: str, title: str, abstract: str) -> None:
        self.primary = primary
        self.title = title
        self.abstract = abstract

    @cached_property
    def terms(self) -> bytes:
        """The term counts that the library stores with a paper."""
        return count_terms(folded(self.title), folded(self.abstract))


Scorer = Callable[[Sequence[TrialPaper], Sequence[TrialPaper], Sequence[TrialPaper]], Sequence[float]]
"""Gives a day's papers scores, from papers that were marked and papers that were not."""


def folded(text: str) -> str:
    """The folded words of a text, with a space between them."""
    return " ".join(folded_words(text, search_key))


def read_papers(file: Path, every: int = 1) -> list[TrialPaper]:
    """Read each so manieth paper of a file of JSON lines, gzipped if its name says so.

    A line has `primary`, `title` and `abstract`, as `tui-digest list --format jsonl` prints them.
    """
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for number, line in enumerate(lines) if number % every == 0]
    return [TrialPaper(each["primary"], each["title"], each["abstract"]) for each in records]


def own_scores(
    marked: Sequence[TrialPaper], others: Sequence[TrialPaper], day: Sequence[TrialPaper]
) -> list[float]:
    """Score a day as the pick does."""
    likeness = learn([paper.terms for paper in marked], [paper.terms for paper in others])
    assert likeness is not None
    return [likeness.score(paper.terms) for paper in day]


def run_trials(
    papers: Sequence[TrialPaper], score: Scorer, topics: Sequence[str] = TOPICS
) -> Iterator[tuple[float, float]]:
    """Yield, by topic, the area under the curve and the wanted part of the first fifty."""
    for topic in topics:
        shuffled = list(papers)
        random.Random(topic).shuffle(shuffled)
        liked = [paper for paper in shuffled if paper.primary == topic]
        others = [paper for paper in shuffled if paper.primary != topic]
        day = liked[MARKED : MARKED + WANTED] + others[OTHERS : OTHERS + DAY - WANTED]
        scores = score(liked[:MARKED], others[:OTHERS], day)
        wanted, rest = scores[:WANTED], scores[WANTED:]
        ranked = sorted([(-each, True) for each in wanted] + [(-each, False) for each in rest])
        yield area_under_curve(wanted, rest), sum(is_wanted for _, is_wanted in ranked[:50]) / 50


def area_under_curve(wanted: Sequence[float], others: Sequence[float]) -> float:
    """The probability that a wanted paper has a higher score than another one."""
    ranked = sorted([(score, True) for score in wanted] + [(score, False) for score in others])
    ranks = sum(rank for rank, (_, is_wanted) in enumerate(ranked, start=1) if is_wanted)
    return (ranks - len(wanted) * (len(wanted) + 1) / 2) / (len(wanted) * len(others))
