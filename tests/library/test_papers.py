"""Papers are stored so that nothing known is ever lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from tests.library.invented import DAY, assert_index_agrees, make_digest, make_paper
from tui_digest.library.library import Library
from tui_digest.paper import AnnounceType


def test_a_paper_comes_back_as_it_was_stored(library: Library) -> None:
    paper = make_paper(
        comment="12 pages; $L^2$",
        journal_ref="J. Inv. 1 (2026)",
        doi="10.1/x",
        licence="CC0",
        published=datetime(2026, 11, 18, 17, 59, 1, tzinfo=UTC),
        updated=datetime(2026, 11, 18, 17, 59, 1, tzinfo=UTC),
        authors=('Ada "the first" Example', "Przemys{\\l}aw Ł."),
    )
    library.mailings.store_papers([paper])
    assert library.mailings.paper(paper.id) == paper


def test_an_unknown_paper_is_none(library: Library) -> None:
    assert library.mailings.paper("2611.00001") is None
    assert library.mailings.versions("2611.00001") == ()


def test_a_poorer_record_of_the_same_version_loses_nothing(library: Library) -> None:
    rich = make_paper(comment="12 pages", doi="10.1/x", published=datetime(2026, 11, 18, tzinfo=UTC))
    poor = make_paper(authors=(), announced=None, announce_type=None)
    library.mailings.store_papers([rich])
    library.mailings.store_papers([poor])
    assert library.mailings.paper(rich.id) == rich


def test_a_richer_record_of_the_same_version_completes_it(library: Library) -> None:
    library.mailings.store_papers([make_paper(authors=("A. Example (University of X)",))])
    library.mailings.store_papers(
        [make_paper(comment="v1", announced=None, announce_type=None, authors=("Ada Example",))]
    )
    paper = library.mailings.paper("2611.00001")
    assert paper is not None
    assert (paper.comment, paper.authors) == ("v1", ("Ada Example",))
    assert (paper.announced, paper.announce_type) == (DAY, AnnounceType.NEW)


def test_the_day_and_the_announce_type_are_of_the_later_mailing(library: Library) -> None:
    later = make_paper(announced=date(2026, 11, 24), announce_type=AnnounceType.CROSS)
    library.mailings.store_papers([later])
    library.mailings.store_papers([make_paper()])
    assert library.mailings.paper(later.id) == later


def test_a_new_version_keeps_the_one_before_for_comparing(library: Library) -> None:
    first = make_paper(comment="12 pages", doi="10.1/x", published=datetime(2026, 11, 1, tzinfo=UTC))
    second = make_paper(version=2, title="On something better", announce_type=AnnounceType.REPLACE)
    library.mailings.store_papers([first])
    library.mailings.store_papers([second])
    assert library.mailings.versions(first.id) == (1, 2)
    assert library.mailings.paper(first.id, 1) == first
    newest = library.mailings.paper(first.id)
    assert newest == msgspec.structs.replace(second, doi=first.doi, published=first.published)
    assert library.mailings.paper(first.id, 3) is None


def test_an_older_version_that_comes_later_does_not_replace_the_newer(library: Library) -> None:
    second = make_paper(version=2, title="On something better")
    first = make_paper(comment="12 pages")
    library.mailings.store_papers([second])
    library.mailings.store_papers([first])
    library.mailings.store_papers([make_paper(comment=None)])
    assert library.mailings.paper(first.id) == second
    assert library.mailings.paper(first.id, 1) == first


def test_a_later_version_is_found_by_its_own_words_only(library: Library, library_file: Path) -> None:
    library.mailings.store_papers([make_paper(title="A flawed lemma")])
    library.mailings.store_papers([make_paper(version=2, title="A mended theorem")])
    assert [entry.paper.version for entry in library.search.find("mended").entries] == [2]
    assert library.search.find("flawed").entries == ()
    assert_index_agrees(library_file)


def test_a_paper_that_changes_its_categories_is_found_in_the_new_ones_only(library: Library) -> None:
    library.mailings.store_papers([make_paper(categories=("cs.LG", "math.OC"))])
    library.mailings.store_papers([make_paper(version=2, categories=("cs.LG", "stat.ML"))])
    assert len(library.search.find("cat:stat.ML").entries) == 1
    assert library.search.find("cat:math.OC").entries == ()


def test_old_ids_are_stored_beside_new_ones(library: Library) -> None:
    ids = ("hep-th/9901001", "math/9901001", "0704.0001", "2611.00001", "math.GT/0309136", "0704.00001")
    library.mailings.store_papers([make_paper(id=paper_id) for paper_id in ids])
    assert [library.mailings.paper(paper_id) is not None for paper_id in ids] == [True] * len(ids)
    newest_first = [entry.paper.id for entry in library.search.find("").entries]
    assert newest_first[:2] == ["2611.00001", "0704.0001"]


def test_a_digest_shows_the_version_of_its_day(library: Library) -> None:
    first = make_paper()
    library.mailings.store_digest(make_digest(first))
    later = make_paper(
        version=2, title="Better", announced=date(2026, 11, 24), announce_type=AnnounceType.REPLACE
    )
    library.mailings.store_digest(make_digest(later, date=date(2026, 11, 24)))
    before = library.mailings.digest(DAY, ("cs.LG", "math.OC"))
    after = library.mailings.digest(None, ("cs.LG", "math.OC"))
    assert before is not None
    assert before.papers == (first,)
    assert after is not None
    assert after.papers == (later,)
