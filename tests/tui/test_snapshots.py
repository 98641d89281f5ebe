"""Every screen as a picture, made from the demo. The README's pictures are these."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.tui.fakes import FakeDays, make_app, make_digest
from tests.tui.pictures import Compare, MakeDemo, then
from tui_digest.paper import Completeness, CompletenessState

pytestmark = pytest.mark.snapshot

WIDE = (120, 36)
LIGHT = '[reader]\ntheme = "digest-light"'
CONTRAST = '[reader]\ntheme = "digest-contrast-dark"'


def test_list_and_paper(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=WIDE, run_before=then("j", "j"))


def test_list_and_paper_light(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(LIGHT), terminal_size=WIDE, run_before=then("j", "j", "j"))


def test_list_and_paper_on_a_large_terminal(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=(200, 60), run_before=then("1", "2", "j"))


def test_high_contrast(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(CONTRAST), terminal_size=WIDE, run_before=then("j"))


def test_the_terminals_own_colours(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo('[reader]\ntheme = "ansi-dark"'), terminal_size=WIDE, run_before=then("j"))


def test_no_colour(demo: MakeDemo, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(demo(), terminal_size=(80, 24), run_before=then("j"))


def test_ascii_signs_and_glyphs(demo: MakeDemo, snap_compare: Compare) -> None:
    config = '[reader]\nglyphs = "ascii"\nsigns = "ascii"'
    assert snap_compare(demo(config), terminal_size=WIDE, run_before=then("j", "j"))


def test_narrow_list(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=(60, 24), run_before=then("j"))


def test_narrow_paper(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=(80, 24), run_before=then("j", "enter"))


def test_the_smallest_terminal(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=(40, 12), run_before=then("j", "j"))


def test_tex_as_written(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=WIDE, run_before=then("j", "j", "\\"))


def test_only_the_paper(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=WIDE, run_before=then("j", "z"))


def test_help(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=WIDE, run_before=then("?"))


def test_what_may_follow_a_key(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=(80, 24), run_before=then("g"))


def test_nothing_stored_and_no_network(snap_compare: Compare) -> None:
    days = FakeDays(error="arXiv could not be reached: the network is unreachable. Nothing is stored yet.")
    assert snap_compare(make_app(days), terminal_size=WIDE, run_before=then())


def test_an_incomplete_day_says_so(snap_compare: Compare) -> None:
    partial = Completeness(
        state=CompletenessState.PARTIAL,
        shown=12,
        announced=40,
        counts={"new": 3, "cross": 3, "replace": 6},
        note="arXiv promised 40 papers and gave 12; R asks again.",
    )
    digest = make_digest(completeness=partial)
    days = FakeDays({digest.date: digest})
    assert snap_compare(make_app(days, digest), terminal_size=WIDE, run_before=then("j"))


def test_an_explanation_with_its_receipt(demo: MakeDemo, snap_compare: Compare) -> None:
    async def run(pilot: Pilot[str]) -> None:
        await then("j", "j", "e")(pilot)
        await then("tab", "G")(pilot)

    assert snap_compare(demo(), terminal_size=WIDE, run_before=run)


def test_marks_selection_and_undo(demo: MakeDemo, snap_compare: Compare) -> None:
    keys = then("j", "m", "j", "x", "j", "space", "space", "G", "k", "d", "u")
    assert snap_compare(demo(), terminal_size=WIDE, run_before=keys)


def test_searching_the_list(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=WIDE, run_before=then("/", *"gradient"))


def test_a_filter_that_is_wrong_says_where(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=(80, 24), run_before=then("f", *"is:purple", "enter"))


def test_the_calendar_of_days(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=WIDE, run_before=then("D"))


def test_a_note(demo: MakeDemo, snap_compare: Compare) -> None:
    text = ("i", *"See $", "backslash", *"ell_1$ in **2.3**", "escape")
    assert snap_compare(demo(), terminal_size=WIDE, run_before=then("j", *text))


def test_tags(demo: MakeDemo, snap_compare: Compare) -> None:
    keys = ("j", "#", *"+seminar +later", "enter", "#", *"+s")
    assert snap_compare(demo(), terminal_size=WIDE, run_before=then(*keys))


def test_the_queue_over_all_days(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=(80, 24), run_before=then("m", "j", "m", "g", "q"))


def test_the_history(demo: MakeDemo, snap_compare: Compare) -> None:
    assert snap_compare(demo(), terminal_size=(80, 24), run_before=then("m", "j", "d", "u", "g", "h"))
