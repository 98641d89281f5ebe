"""A text as it is read: moving, jumping, references, searching. No widget is needed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.fulltext.pages import paragraph
from tests.tui.fake_texts import FILLER, made_up_paper, make_text
from tests.tui.fakes import make_paper
from tui_digest.fulltext.read_page import read_page
from tui_digest.latex import search_key
from tui_digest.render.fulltext.layout import TextLayout
from tui_digest.text.words import word_spans as find_words
from tui_digest.tui.page.text_view import TextView

LAYOUT = TextLayout(60)


def where(text: str, words: Sequence[str]) -> Sequence[tuple[int, int]]:
    return find_words(text, words, search_key)


@pytest.fixture
def view() -> TextView:
    view = TextView(make_text(make_paper(1), read_page(made_up_paper())), ("Its source.",), where)
    view.lay_out(LAYOUT, height=20)
    return view


def said(view: TextView) -> str:
    return view.lines[view.current].text.strip()


def test_the_first_screen_does_not_wait_for_the_end(view: TextView) -> None:
    assert not view.complete
    assert view.lines[0].text == "A made-up paper"
    assert view.lines[1].text == "Its source."
    while view.fill(1.0):
        pass
    assert view.complete


def test_lines_are_the_same_whichever_way_they_were_laid_out() -> None:
    def lines(start: int | None) -> list[str]:
        view = TextView(make_text(make_paper(1)), (), where)
        view.lay_out(LAYOUT, 10, start)
        view.complete_now()
        return [line.text for line in view.lines]

    assert lines(None) == lines(7) == lines(12)


def test_a_text_begins_where_it_was_left() -> None:
    view = TextView(make_text(make_paper(1)), (), where)
    view.lay_out(LAYOUT, 10, 5)
    assert view.block_at(view.current) == 5
    assert view.place().block == 5
    again = TextView(make_text(make_paper(1)), (), where)
    again.lay_out(LAYOUT, 10, view.place().block)
    assert (again.lines[again.current], again.place()) == (view.lines[view.current], view.place())


def test_moving_keeps_the_line_in_view(view: TextView) -> None:
    for _ in range(200):
        view.move(1)
        assert view.top <= view.current < view.top + view.height
    assert view.finished
    for _ in range(300):
        view.move(-1)
        assert view.top <= view.current < view.top + view.height
    assert (view.current, view.top) == (0, 0)


def test_pages_move_by_the_height(view: TextView) -> None:
    view.page(1.0)
    assert view.top == 20
    view.page(-0.5)
    assert view.top == 10
    view.last()
    assert view.current == len(view.lines) - 1
    view.first()
    assert view.current == 0


def test_sections_and_statements_are_gone_to(view: TextView) -> None:
    assert view.step(view.places.sections(), 1)
    assert said(view) == "Abstract"
    assert view.step(view.places.sections(), 2)
    assert said(view) == "2  Rates"
    assert view.step(view.places.statements(), 1)
    assert said(view).startswith("Theorem 1.")
    assert not view.step(view.places.statements(), 1)
    view.move(2)
    assert view.step(view.places.sections(), -1)
    assert said(view) == "2  Rates"


def test_back_leads_to_where_a_jump_began(view: TextView) -> None:
    view.move(3)
    before = view.current
    view.go_to_block(view.places.sections()[2])
    view.go_to_block(view.places.sections()[3])
    assert view.back()
    assert view.back()
    assert view.current == before
    assert not view.back()


def test_a_jump_right_after_opening_lays_out_what_is_around_it_and_back_leads_to_the_same_line() -> None:
    view = TextView(make_text(make_paper(1), read_page(made_up_paper(FILLER * 30))), (), where)
    view.lay_out(LAYOUT, height=10)
    view.move(7)
    before, top = said(view), view.current - view.top
    view.go_to_block(view.places.sections()[-1])
    assert said(view) == "References"
    assert not view.complete
    assert view.top <= view.current < view.top + view.height
    view.last()
    assert view.finished
    assert view.share() == 100
    assert view.back()
    assert said(view) == "References"
    assert view.back()
    assert (said(view), view.current - view.top) == (before, top)
    view.complete_now()
    assert (said(view), view.current - view.top) == (before, top)


@pytest.mark.parametrize("step", [1, -1, 4, -4, 40, -40])
def test_moving_where_not_all_is_laid_out_is_moving_where_it_is(step: int) -> None:
    document = read_page(made_up_paper(FILLER * 3))
    walked = []
    for complete in (True, False):
        view = TextView(make_text(make_paper(1), document), (), where)
        view.lay_out(LAYOUT, 10, 9 if step < 0 else None)
        if complete:
            view.complete_now()
        for _ in range(4):
            view.move(step)
            view.scroll(step)
            view.page(step / 10)
        walked.append((said(view), view.block_at(view.top), view.current - view.top))
    assert walked[0] == walked[1]


def test_references_are_met_one_after_the_other(view: TextView) -> None:
    met = []
    while view.step_link(1):
        assert view.link is not None
        met.append((view.link.span.target, view.link.span.url))
    assert met == [
        ("Thm1", ""),
        ("S1.E1", ""),
        ("bib.bib1", ""),
        ("", "x1.png"),
        ("", "https://example.org/paper"),
    ]
    assert view.step_link(-1)
    assert view.link is not None
    assert view.link.span.url == "x1.png"


def test_a_card_shows_the_place_and_following_goes_there(view: TextView) -> None:
    assert view.show_card("Thm1")
    assert view.card is not None
    assert view.card.title == "Theorem 1"
    assert "ℓ₂ is sublinear" in view.card.lines[0].text
    view.go_to_block(view.card.block)
    assert said(view).startswith("Theorem 1.")
    assert view.card is None


def test_a_reference_to_an_equation_goes_to_its_row(view: TextView) -> None:
    assert view.follow("S1.E1")
    assert view.lines[view.current].text.endswith("(1)")
    assert not view.follow("nowhere")
    assert not view.show_card("nowhere")


def test_a_figure_gives_its_picture(view: TextView) -> None:
    view.search("curves")
    assert view.picture() == "x1.png"
    view.first()
    assert view.picture() == ""


@pytest.mark.parametrize("query", ["epsilon", "ε", r"\varepsilon"])
def test_a_symbol_is_found_however_it_is_written(view: TextView, query: str) -> None:
    view.search(query)
    assert len(view.matches) == 1
    assert "ε" in said(view)


@pytest.mark.parametrize("query", ["l2", "ℓ₂", "L2"])
def test_a_formula_is_found_by_what_a_keyboard_has(view: TextView, query: str) -> None:
    view.search(query)
    assert "ℓ₂" in said(view)
    spans = view.spans_of_match(view.current)
    assert spans is not None
    assert [view.lines[view.current].text[start:end] for start, end in spans] == ["ℓ₂"]


def test_words_are_found_over_the_end_of_a_line(view: TextView) -> None:
    view.complete_now()
    for number, line in enumerate(view.lines[:-1]):
        following = view.lines[number + 1].text.split()
        if line.text.split() and following and line.block == view.lines[number + 1].block >= 0:
            words = f"{line.text.split()[-2]} {line.text.split()[-1]} {following[0]} {following[1]}"
            view.search(words)
            assert any(match.line == number for match in view.matches), words
            return
    raise AssertionError("no line goes on in the next")


def test_a_display_is_found_by_what_it_says(view: TextView) -> None:
    view.search("x = y + z")
    assert view.matches
    assert said(view).endswith("(1)")


def test_matches_are_gone_round(view: TextView) -> None:
    view.search("scroll")
    count = len(view.matches)
    assert count > 3
    seen = {view.current}
    numbers = [view.step_match(1) for _ in range(count)]
    seen.add(view.current)
    assert sorted(numbers) == list(range(1, count + 1))
    view.search("")
    assert view.matches == ()


def test_the_section_and_how_far_down_are_known(view: TextView) -> None:
    view.go_to_block(view.places.sections()[2])
    section = view.section()
    assert section is not None
    assert section.address == "§2"
    assert view.address() == "https://arxiv.org/html/0612.90001v2#S2"
    view.last()
    assert view.share() == 100


def test_the_tex_of_the_line_is_taken(view: TextView) -> None:
    view.search("epsilon")
    assert view.tex() == r"\varepsilon"
    view.search("Curves")
    assert view.tex() == "Figure 1: Curves."


def test_another_width_keeps_the_place(view: TextView) -> None:
    view.go_to_block(view.places.statements()[0])
    block = view.block_at(view.current)
    view.lay_out(LAYOUT._replace(width=40), height=12)
    assert view.block_at(view.current) == block
    assert all(len(line.text) <= 40 for line in view.lines)


def test_what_is_explained_is_the_statement_also_from_its_proof_else_the_section() -> None:
    proof = f'<div class="ltx_proof"><h6 class="ltx_title">Proof.</h6>{paragraph("It is clear.")}</div>'
    html = made_up_paper().replace(paragraph(FILLER), proof + paragraph(FILLER))
    view = TextView(make_text(make_paper(1), read_page(html)), (), where)
    view.lay_out(LAYOUT, 20)
    subjects = []
    for words in ("rate in", "It is clear", "fill the lines of a page"):
        view.search(words)
        subjects.append(view.subject())
    assert [place.address if place is not None else "" for place in subjects] == [
        "Theorem 1",
        "Theorem 1",
        "§2",
    ]
