"""The pick on real abstracts: it learns a field from fifty marks, and keeps the first digest's order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.corpus import SHARED
from tests.library.invented import make_paper
from tests.picking.trials import TOPICS, TrialPaper, folded, own_scores, read_papers, run_trials
from tui_digest.latex import search_key
from tui_digest.picking.likeness import learn
from tui_digest.picking.pick import Candidate, pick
from tui_digest.settings import READY_MADE_DIGESTS, DigestSettings, Settings, digest_settings
from tui_digest.text.words import count_terms

ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"
FIRST_DIGEST = SHARED / "data" / "seed_digest.md"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not ABSTRACTS.exists(), reason=f"there are no real abstracts in {SHARED}"),
]


@pytest.fixture(scope="module")
def papers() -> list[TrialPaper]:
    return read_papers(ABSTRACTS, every=3)


def test_a_field_is_learned_from_fifty_marks(papers: list[TrialPaper]) -> None:
    """As well as by scikit-learn 1.9, measured on these trials by `tests/benchmarks/picking.py`."""
    areas, precisions = zip(*run_trials(papers, own_scores), strict=True)
    assert sum(areas) / len(areas) >= 0.98 * 0.925
    assert sum(precisions) / len(precisions) >= 0.95 * 0.677


def test_three_marks_are_enough_to_pick_something_of_the_field(papers: list[TrialPaper]) -> None:
    right = []
    for topic in TOPICS:
        liked = [paper for paper in papers if paper.primary == topic]
        others = [paper for paper in papers if paper.primary != topic]
        day = liked[3:28] + others[200:425]
        likeness = learn([paper.terms for paper in liked[:3]], [paper.terms for paper in others[:200]])
        assert likeness is not None
        likeness = likeness.shifted_to([paper.terms for paper in day])
        first = sorted(day, key=lambda paper: -likeness.score(paper.terms))[:5]
        assert all(likeness.score(paper.terms) > 0 for paper in first)
        right.append(sum(paper.primary == topic for paper in first) / 5)
    assert sum(right) / len(right) >= 0.4


def candidates() -> Iterator[Candidate]:
    """The five papers of the first digest, in the order of their numbers."""
    entries = re.split(r"\n## \d+\) ", FIRST_DIGEST.read_text(encoding="utf-8"))[1:]
    papers = []
    for entry in entries:
        number = re.search(r"abs/(\d+\.\d+)", entry)
        text = re.search(r"### Abstract\n> (.*)\n", entry)
        assert number is not None
        assert text is not None
        papers.append(make_paper(id=number[1], title=entry.splitlines()[0], abstract=text[1]))
    for position, paper in enumerate(sorted(papers, key=lambda paper: paper.id)):
        title, abstract = folded(paper.title), folded(paper.abstract)
        yield Candidate(
            position=position, paper=paper, title=title, abstract=abstract, terms=count_terms(title, abstract)
        )


def test_the_first_digest_comes_in_its_order() -> None:
    known = list(candidates())
    digest: DigestSettings = READY_MADE_DIGESTS["ML + Optimization"]
    rules = digest_settings(Settings(digest={"first": digest}), "first").pick
    found = pick(known, (), rules, rules.count, fold=search_key)
    order = re.findall(r"abs/(\d+\.\d+)", FIRST_DIGEST.read_text(encoding="utf-8"))
    assert [known[each.position].paper.id for each in found] == order
