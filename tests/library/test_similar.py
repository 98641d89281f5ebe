"""Similar papers: which are found, in what order, and by which words; on real abstracts, how many."""

from __future__ import annotations

import gzip
import json
import math
import random
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from tests.corpus import SHARED
from tests.library.invented import fold, make_paper
from tui_digest.latex import search_key
from tui_digest.library.library import Library
from tui_digest.library.papers import UnknownPaperError
from tui_digest.text.words import count_terms, folded_words, unpack_counts

ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"
PAPERS = (
    make_paper(
        1, title="Proximal splitting", abstract="Douglas-Rachford splitting and duality in Hilbert space."
    ),
    make_paper(2, title="Splitting methods", abstract="We study duality of Douglas-Rachford iterations."),
    make_paper(3, title="Random graphs", abstract="Components of sparse random graphs."),
    make_paper(4, title="A note on duality", abstract="Fenchel duality is reviewed."),
    make_paper(5, title="Galaxies", abstract="Rotation curves of dwarf galaxies."),
)


def stocked(folder: Path) -> Library:
    library = Library(folder / "library.sqlite3", fold)
    library.mailings.store_papers(PAPERS)
    return library


def test_papers_that_share_rare_words_come_first_with_these_words(tmp_path: Path) -> None:
    with stocked(tmp_path) as library:
        found = library.similar.find(PAPERS[0].id)
        ids = library.lists.ids(found.scope, range(found.scope.size))
        assert [each.rpartition("v")[0] for each in ids] == [PAPERS[1].id, PAPERS[3].id]
        first, second = found.rows
        assert first.score > second.score > 0
        shared = first.reasons[0].removeprefix("shares ").split(", ")
        assert {"Douglas", "Rachford", "splitting"} <= {word.split("-")[0] for word in shared}
        assert second.reasons == ("shares duality",)


def test_a_paper_with_nothing_in_common_with_others_has_none(tmp_path: Path) -> None:
    with stocked(tmp_path) as library:
        assert library.similar.find(PAPERS[4].id).scope.size == 0
        with pytest.raises(UnknownPaperError):
            library.similar.find("2611.99999")


def test_a_new_paper_is_found_at_once(tmp_path: Path) -> None:
    with stocked(tmp_path) as library:
        library.similar.find(PAPERS[4].id)
        library.mailings.store_papers(
            [make_paper(9, title="Dwarf galaxies", abstract="Rotation of galaxies.")]
        )
        assert library.similar.find(PAPERS[4].id).scope.size == 1


@pytest.mark.corpus
@pytest.mark.skipif(not ABSTRACTS.exists(), reason=f"there are no real abstracts in {SHARED}")
def test_most_of_what_exact_tf_idf_finds_is_found(tmp_path: Path) -> None:
    with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for number, line in enumerate(lines) if number % 40 == 0]
    papers = [
        make_paper(number, title=record["title"], abstract=record["abstract"])
        for number, record in enumerate(records)
    ]
    vectors = _vectors({paper.id: f"{paper.title}\n{paper.abstract}" for paper in papers})
    asked = random.Random(1).sample(sorted(vectors), 15)
    with Library(tmp_path / "library.sqlite3", search_key) as library:
        library.mailings.store_papers(papers)
        found = []
        for paper_id in asked:
            similar = library.similar.find(paper_id, 10)
            ids = library.lists.ids(similar.scope, range(similar.scope.size))
            found.append(len(_exact(vectors, paper_id) & {each.rpartition("v")[0] for each in ids}))
    assert mean(found) >= 8


def _vectors(texts: dict[str, str]) -> dict[str, dict[int, float]]:
    """The tf-idf vectors of papers, of length 1."""
    counts = {}
    for paper_id, text in texts.items():
        title, abstract = (" ".join(folded_words(part, search_key)) for part in text.split("\n", 1))
        counts[paper_id] = unpack_counts(count_terms(title, abstract))
    papers = Counter(term for terms in counts.values() for term in terms)
    idf = {term: math.log((1 + len(texts)) / (1 + number)) + 1 for term, number in papers.items()}
    vectors = {}
    for paper_id, terms in counts.items():
        vector = {term: (1 + math.log(number)) * idf[term] for term, number in terms.items()}
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors[paper_id] = {term: value / length for term, value in vector.items()}
    return vectors


def _exact(vectors: dict[str, dict[int, float]], paper_id: str) -> set[str]:
    """The ten papers with the greatest cosine."""
    own = vectors[paper_id].items()
    scores = Counter(
        {
            other: sum(value * vector.get(term, 0.0) for term, value in own)
            for other, vector in vectors.items()
            if other != paper_id
        }
    )
    return {other for other, _ in scores.most_common(10)}
