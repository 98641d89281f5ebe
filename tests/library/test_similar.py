"""Similar papers: which are found, in what order, and by which words; on real abstracts, how many."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from statistics import mean

import pytest

from tests.corpus import SHARED
from tests.library.exact_tfidf import found_of_exact_ten, tfidf_vectors
from tests.library.invented import fold, make_paper
from tui_digest.latex import search_key
from tui_digest.library.library import Library
from tui_digest.library.papers import UnknownPaperError

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
    vectors = tfidf_vectors(papers)
    asked = random.Random(1).sample(sorted(vectors), 15)
    with Library(tmp_path / "library.sqlite3", search_key) as library:
        library.mailings.store_papers(papers)
        found = found_of_exact_ten(library, vectors, asked)
    assert mean(found) >= 8
