"""The pick on real abstracts: it learns a field from fifty marks, and keeps the first digest's order."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.corpus import SHARED
from tests.library.invented import make_paper
from tui_digest.latex import search_key
from tui_digest.picking.likeness import learn
from tui_digest.picking.pick import Candidate, pick
from tui_digest.settings import READY_MADE_DIGESTS, DigestSettings, Settings, digest_settings
from tui_digest.text.words import count_terms, folded_words

ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"
FIRST_DIGEST = SHARED / "data" / "seed_digest.md"
TOPICS = ("math.OC", "math.PR", "quant-ph", "cs.LG", "hep-th", "stat.ML")
MARKED, OTHERS, WANTED, DAY = 50, 400, 100, 1000

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not ABSTRACTS.exists(), reason=f"there are no real abstracts in {SHARED}"),
]


def folded(text: str) -> str:
    return " ".join(folded_words(text, search_key))


@cache
def abstracts() -> list[tuple[str, bytes]]:
    """The primary category and the term counts of every third paper of the topics, and of others."""
    with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for number, line in enumerate(lines) if number % 3 == 0]
    return [
        (each["primary"], count_terms(folded(each["title"]), folded(each["abstract"]))) for each in records
    ]


def area_under_curve(wanted: list[float], others: list[float]) -> float:
    """The probability that a wanted paper has a higher score than another one."""
    ranked = sorted([(score, True) for score in wanted] + [(score, False) for score in others])
    ranks = sum(rank for rank, (_, is_wanted) in enumerate(ranked, start=1) if is_wanted)
    return (ranks - len(wanted) * (len(wanted) + 1) / 2) / (len(wanted) * len(others))


def trials() -> Iterator[tuple[float, float]]:
    """The area under the curve and the part of wanted papers among the first fifty, by topic."""
    for topic in TOPICS:
        papers = abstracts()[:]
        random.Random(topic).shuffle(papers)
        liked = [packed for primary, packed in papers if primary == topic]
        others = [packed for primary, packed in papers if primary != topic]
        likeness = learn(liked[:MARKED], others[:OTHERS])
        assert likeness is not None
        wanted = [likeness.score(packed) for packed in liked[MARKED : MARKED + WANTED]]
        rest = [likeness.score(packed) for packed in others[OTHERS : OTHERS + DAY - WANTED]]
        first = sorted([(-score, True) for score in wanted] + [(-score, False) for score in rest])[:50]
        yield area_under_curve(wanted, rest), sum(is_wanted for _, is_wanted in first) / 50


def test_a_field_is_learned_from_fifty_marks() -> None:
    """As well as by scikit-learn 1.9 (TfidfVectorizer, LogisticRegression), measured on these trials."""
    areas, precisions = zip(*trials(), strict=True)
    assert sum(areas) / len(areas) >= 0.98 * 0.925
    assert sum(precisions) / len(precisions) >= 0.95 * 0.677


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
