"""The parts of a paper's page: each that is known is there, each that is not leaves no trace."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.tui.fakes import make_app, make_digest, make_explanation, make_paper, page_text, reader_of, settle
from tui_digest.entry import Entry
from tui_digest.paper import Paper
from tui_digest.tui.page.blocks import lay_out
from tui_digest.tui.page.builder import PageOptions, page

FULL = make_paper(
    0,
    version=3,
    comment="12 pages, $n^2$ figures",
    journal_ref="J. Invented 7 (2026) 1--9",
    doi="10.1234/abc",
    licence="http://creativecommons.org/licenses/by/4.0/",
    published=datetime(2026, 11, 2, tzinfo=UTC),
    updated=datetime(2026, 11, 18, tzinfo=UTC),
)


def text_of(paper: Paper, options: PageOptions | None = None) -> str:
    options = options or PageOptions(category_names={"math.OC": "Optimization and Control"})
    lines = lay_out(page(Entry(paper=paper), options), 88)
    return "\n".join(line.content.plain for line in lines)


def test_all_that_is_known_is_there() -> None:
    text = text_of(FULL)
    for words in (
        "Paper number 0 on ℓ₀ norms",
        "Ada Number0, Bo Second",
        "0612.90000v3 · new · math.OC cs.LG · 20 Nov 2026",
        "Dates: announced 20 Nov 2026 · submitted 2 Nov 2026 · v3 of 18 Nov 2026",
        "Categories: math.OC Optimization and Control",
        "Comment: 12 pages, n² figures",
        "Journal: J. Invented 7 (2026) 1–9",
        "DOI: 10.1234/abc",
        "Licence: CC BY 4.0",
        "We bound ‖x‖₀ by 𝒪(1/√T) in case 0.",
    ):
        assert words in text, words


def test_the_abstract_comes_before_all_that_is_said_of_the_paper() -> None:
    lines = text_of(FULL).split("\n")
    assert lines.index("") == 3
    assert lines[4].startswith("We bound")


def test_paragraphs_of_an_abstract_stand_apart_and_its_lines_do_not() -> None:
    abstract = "One thing, e.g.\n  in $x^2$, is\nshown.\n  Another is\nnot.\n  (ii) A third."
    paper = make_paper(0, abstract=abstract)
    assert "One thing, e.g. in x², is shown.\n\nAnother is not.\n\n(ii) A third.\n" in text_of(paper)
    as_written = text_of(paper, PageOptions(tex=True))
    assert "in $x^2$, is shown.\n\nAnother is not.\n\n(ii) A third.\n" in as_written


def test_what_is_not_known_leaves_no_trace() -> None:
    text = text_of(make_paper(0, version=1))
    for label in ("Comment", "Journal", "DOI", "Licence", "submitted", "v1 of"):
        assert label not in text


async def test_a_long_list_of_authors_is_folded_and_unfolded() -> None:
    authors = tuple(f"Ada Number{number}" for number in range(400))
    app = make_app(first=make_digest(papers=(make_paper(0, authors=authors),)))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert "and 388 more (+ shows them)" in " ".join(page_text(reader).split())
        await pilot.press("plus")
        await pilot.pause()
        assert "Ada Number399" in page_text(reader)
        await pilot.press("plus")
        await pilot.pause()
        assert "Ada Number399" not in page_text(reader)


async def test_a_key_copies_the_tex_of_the_abstract() -> None:
    app = make_app(first=make_digest(2))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        assert app.clipboard == make_paper(0).abstract


def test_an_explanation_of_the_session_needs_no_library() -> None:
    half = make_explanation("0612.90000", "A half.", complete=False, stopped="it was cut")
    text = text_of(FULL, PageOptions(unfinished=half))
    assert "Not complete: it was cut." in text
    assert "incomplete: it was cut" in text
    assert "The service failed." in text_of(FULL, PageOptions(failure="The service failed."))
