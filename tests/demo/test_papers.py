"""The invented papers: they can be nobody's, and there is in them what a reader has to cope with."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from tui_digest.demo.papers import DemoPaper, cut_off, load_papers
from tui_digest.paper import ArxivId

PAPERS = load_papers()
CATEGORIES = ("cs.LG", "stat.ML", "math.OC")
TUESDAY = date(2026, 11, 24)


def test_ids_are_read_as_ids_but_arxiv_never_gave_them() -> None:
    for paper in PAPERS:
        assert ArxivId.parse(paper.versioned_id) == ArxivId(paper.id, paper.version)
        # Ids of this form began with April 2007, and have five digits since January 2015.
        assert paper.id[:4] < "0704"
        assert len(paper.id) == len("0612.90001")


def test_ids_and_titles_are_unique() -> None:
    assert len({paper.id for paper in PAPERS}) == len(PAPERS)
    assert len({paper.title for paper in PAPERS}) == len(PAPERS)


def test_dois_are_of_the_prefix_kept_for_tests() -> None:
    dois = [paper.doi for paper in PAPERS if paper.doi]
    assert len(dois) >= 3
    assert all(doi.startswith("10.5555/") for doi in dois)


def test_a_day_has_every_announce_type() -> None:
    counts = Counter(paper.announce_type(CATEGORIES).value for paper in PAPERS)
    assert counts == {"new": 18, "cross": 7, "replace": 4, "replace-cross": 3}


def test_the_announce_type_is_seen_from_the_categories() -> None:
    crossed = next(paper for paper in PAPERS if paper.categories[0] == "math.PR" and paper.version == 1)
    assert crossed.announce_type(("stat.ML",)) == "cross"
    assert crossed.announce_type(("math.PR",)) == "new"
    assert crossed.announce_type(("math",)) == "new"


def test_abstracts_are_of_usual_length_and_on_one_line() -> None:
    for paper in PAPERS:
        assert 600 <= len(paper.abstract) <= 1600, paper.id
        assert "\n" not in paper.title + paper.abstract


def test_formulas_are_closed() -> None:
    for paper in PAPERS:
        text = f"{paper.title} {paper.abstract}".replace(r"\$", "")
        assert text.count("$") % 2 == 0, paper.id
        assert text.count("{") == text.count("}"), paper.id
        assert text.count(r"\begin{") == text.count(r"\end{"), paper.id
        assert len(re.findall(r"\\left\b", text)) == len(re.findall(r"\\right\b", text)), paper.id


@pytest.mark.parametrize(
    ("tex", "at_least"),
    [
        ("$", 32),
        ("$$", 25),
        (r"\frac", 20),
        (r"\sum", 5),
        (r"\mathcal{O}", 8),
        (r"\|", 12),
        (r"\begin{pmatrix}", 4),
        (r"\begin{cases}", 1),
        (r"\left(", 2),
        (r"\E", 5),
        (r"\KL", 3),
        (r"\emph{", 5),
        (r"\$", 2),
        (r"\%", 3),
        ("https://", 1),
        (r"Erd\H{o}s", 1),
        ("``", 2),
        ("~", 1),
    ],
)
def test_abstracts_are_rich_in_tex(tex: str, at_least: int) -> None:
    assert sum(tex in paper.abstract for paper in PAPERS) >= at_least


def test_some_titles_have_formulas_and_accents() -> None:
    assert sum("$" in paper.title for paper in PAPERS) >= 4
    assert any(r"\'" in paper.title for paper in PAPERS)


def test_one_paper_has_sixty_authors() -> None:
    assert max(len(paper.authors) for paper in PAPERS) == 60
    names = [author.name for paper in PAPERS for author in paper.people]
    assert len(set(names)) == len(names)


def test_affiliations_stand_apart_from_names() -> None:
    people = [author for paper in PAPERS for author in paper.people]
    assert not any("(" in author.name for author in people)
    assert "University of Nyvik, Nyvik" in {author.affiliation for author in people}


@pytest.mark.parametrize("day", [TUESDAY, date(2026, 11, 23), date(2026, 7, 1)])
def test_new_and_replaced_papers_are_submitted_in_the_days_window(day: date) -> None:
    for paper in PAPERS:
        if paper.announce_type(CATEGORIES) != "cross":
            assert cut_off(day) - timedelta(days=1) < paper.updated(day) < cut_off(day)
        assert paper.published(day) < cut_off(day)
        assert (paper.published(day) < paper.updated(day)) == (paper.version > 1)


def test_some_papers_are_cross_listed_after_their_own_mailing() -> None:
    friday = date(2026, 11, 20)
    submitted = [paper.published(date(2026, 11, 23)) for paper in PAPERS]
    assert sum(cut_off(friday) - timedelta(days=1) < moment < cut_off(friday) for moment in submitted) == 3


def test_a_mondays_papers_are_cut_off_on_friday() -> None:
    assert cut_off(date(2026, 11, 23)) == datetime(2026, 11, 20, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "found"), [("math.OC", True), ("math", True), ("mat", False), ("cs", False)]
)
def test_an_archive_holds_its_categories(wanted: str, found: bool) -> None:
    paper = DemoPaper(
        id="0612.90000", title="T", authors=(), abstract="A", categories=("math.OC",), minutes=1
    )
    assert paper.is_in(wanted) is found
