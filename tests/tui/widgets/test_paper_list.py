"""The list through its keys: headings, density, signs, and which line shows which paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region, Size
from textual.widget import Widget

from tests.tui.fakes import library_of, make_app, make_digest, make_explanation, make_paper, reader_of
from tui_digest.lists import DayPart, ListPart
from tui_digest.paper import AnnounceType
from tui_digest.settings import PickSettings, ReaderSettings, Settings
from tui_digest.tui.reader import Reader
from tui_digest.tui.widgets.list_geometry import HEADING, ListGeometry, ListLine
from tui_digest.tui.widgets.paper_list import PaperList

WIDE = (120, 36)


def list_lines(reader: Reader) -> list[str]:
    """The lines of the list as they are drawn."""
    papers = reader.papers
    return [strip.text.rstrip(" ┃") for strip in papers.render_lines(papers.size.region)]


def row(reader: Reader, place: int) -> list[str]:
    """The lines of the paper at a place."""
    lines = reader.papers.lines_of(place)
    return list_lines(reader)[lines.start : lines.stop]


def headings(reader: Reader) -> list[str]:
    return [line.strip(" ─") for line in list_lines(reader)[1:] if line.startswith("──")]


@given(st.integers(1, 3), st.lists(st.integers(1, 5), max_size=5))
def test_every_line_shows_one_line_of_one_paper_or_a_heading(height: int, sizes: list[int]) -> None:
    starts = [sum(sizes[:number]) for number in range(len(sizes))]
    count = sum(sizes) or 3
    parts = [ListPart(DayPart.NEW, start, size) for start, size in zip(starts, sizes, strict=True)]
    geometry = ListGeometry(count, height, parts)
    expected = []
    for place in range(count):
        if place in starts:
            expected.append(ListLine(place, HEADING))
        assert geometry.top_of(place) == len(expected)
        expected += [ListLine(place, line) for line in range(height)]
    assert [geometry.at(line) for line in range(geometry.total)] == expected
    assert geometry.at(-1) is None
    assert geometry.at(geometry.total) is None


async def test_headings_stand_where_parts_begin_and_braces_go_between_them() -> None:
    papers = (*(make_paper(number) for number in range(6)), make_paper(6, title="On proximal methods"))
    app = make_app(
        first=make_digest(papers=papers), settings=Settings(pick=PickSettings(words={"proximal": 1}))
    )
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        assert headings(reader) == ["Picked 1", "New 3", "Cross-listed 3"]
        places = []
        for key in ("}", "}", "}", "{", "j", "{", "2", "{"):
            await pilot.press(key)
            places.append(reader.papers.cursor)
        assert places == [1, 4, 4, 1, 2, 1, 1, 0]
        await pilot.press("G", "S")
        assert headings(reader) == ["Cross-listed 3", "New 3", "Picked 1"]
        await pilot.press("s", "t")
        assert headings(reader) == []
        await pilot.press("}")
        assert "no parts" in reader.status.footer.message


async def test_headings_count_what_is_shown() -> None:
    app = make_app()
    async with app.run_test(size=(200, 60)) as pilot:
        reader = reader_of(app)
        assert headings(reader) == ["New 3", "Cross-listed 3", "Replaced 6"]
        await pilot.press("d", "r")
        assert headings(reader) == ["New 2", "Cross-listed 3", "Replaced 6"]
        await pilot.press("U", "T", "c")
        assert headings(reader) == ["New 1", "Replaced 6"]
        await pilot.press("g", "1", "T", "c", "f", *"number 4", "enter")
        assert headings(reader) == ["Cross-listed 1"]
        await pilot.press("escape", "m", "g", "q")
        assert headings(reader) == []


async def test_papers_of_a_day_that_is_stored_in_another_order_are_brought_into_parts() -> None:
    kinds = (AnnounceType.CROSS, AnnounceType.NEW, AnnounceType.REPLACE, AnnounceType.NEW)
    papers = tuple(make_paper(number, announce_type=kind) for number, kind in enumerate(kinds))
    app = make_app(first=make_digest(papers=papers))
    async with app.run_test(size=WIDE):
        reader = reader_of(app)
        assert headings(reader) == ["New 2", "Cross-listed 1", "Replaced 1"]
        assert [reader.listing.rows[place].paper.id[-1] for place in range(4)] == ["1", "3", "0", "2"]


async def test_gv_gives_a_paper_three_lines_or_two_or_one() -> None:
    papers = tuple(
        make_paper(number, title=f"A title {number} " + "long " * (number * 12)) for number in range(3)
    )
    app = make_app(first=make_digest(papers=papers))
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        assert [line[4:].rstrip() for line in row(reader, 0)] == [
            "A title 0",
            "Number0, Second",
            "math.OC cs.LG                          new",
        ]
        assert row(reader, 1)[1].startswith("    long")
        assert "Number1, Second · math.OC" in row(reader, 1)[2]
        await pilot.press("j", "g", "v")
        assert "2 lines" in reader.status.footer.message
        assert row(reader, 1)[0].endswith("…")
        assert "Number1, Second · math.OC" in row(reader, 1)[1]
        await pilot.press("g", "v")
        (line,) = row(reader, 1)
        assert line.startswith("▌●  A title 1 long")
        assert line.endswith("Number1  math.OC")
        assert reader.papers.cursor == 1
        await pilot.press("g", "v")
        assert len(row(reader, 1)) == 3
    app = make_app(settings=Settings(reader=ReaderSettings(rows=1, sort="announced")))
    async with app.run_test(size=WIDE):
        assert len(row(reader_of(app), 0)) == 1


@pytest.mark.parametrize("rows", [3, 2, 1])
async def test_what_a_paper_has_is_said_by_a_sign_of_its_own(rows: int) -> None:
    papers = (
        make_paper(0, comment="Withdrawn: an error in Lemma 2"),
        make_paper(1, abstract="This paper has been withdrawn by the authors."),
        make_paper(2, abstract="Energy is withdrawn from the system."),
        make_paper(3),
    )
    settings = Settings(reader=ReaderSettings(rows=rows, sort="announced"))  # type: ignore[arg-type]
    app = make_app(first=make_digest(papers=papers), settings=settings)
    library_of(app).marks.note("0612.90003", "remember")
    library_of(app).explanations.keep("k", make_explanation("0612.90003", "So."))
    async with app.run_test(size=WIDE):
        reader = reader_of(app)
        shown = ["".join(row(reader, place)) for place in range(4)]
        assert ["⊘" in text for text in shown] == [True, True, False, False]
        assert ["✎" in text for text in shown] == [False, False, False, True]
        assert ["∴" in text for text in shown] == [False, False, False, True]
        if rows > 1:
            assert [text.endswith("withdrawn") for text in shown] == [True, True, False, False]


async def test_the_panes_have_names_and_show_which_has_the_focus() -> None:
    app = make_app(first=make_digest(40))
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)

        def names() -> tuple[str, str]:
            lines = (
                reader.papers.render_lines(reader.papers.size.region)[0],
                reader.pane.render_lines(reader.pane.size.region)[0],
            )
            return lines[0].text[:12].rstrip(), lines[1].text[:9].rstrip()

        await pilot.pause()
        assert names() == ("━━ Papers ━━", "│── Paper")
        await pilot.press("l")
        await pilot.pause()
        assert names() == ("── Papers ──", "│━━ Paper")
        await pilot.press("h", "G")
        assert "Papers · Replaced" in list_lines(reader)[0]


async def test_rows_are_set_for_the_width_for_which_they_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(first=make_digest(5), settings=Settings(reader=ReaderSettings(rows=1)))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        reader = reader_of(app)
        before = list_lines(reader)
        # It is drawn for its new size before it is told of it.
        monkeypatch.setattr(PaperList, "size", property(lambda self: Size(40, 18)))
        lines = list_lines(reader)
        assert max(map(len, before)) > 40 >= max(map(len, lines))
        assert sum(line.endswith("math.OC") for line in lines) == 5


async def test_what_is_shown_again_as_it_was_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(first=make_digest(papers=[make_paper(n, title=f"A bound for {n}") for n in range(40)]))
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("f", *"bou")
        await pilot.pause()
        repainted: dict[Widget, set[int]] = {reader.papers: set(), reader.pane: set()}
        refresh = Widget.refresh

        def recorded(widget: Widget, *regions: Region, **how: bool) -> Widget:
            drawn = regions or (Region(0, 0, *widget.size),)
            repainted.get(widget, set()).update(y for region in drawn for y in region.line_range)
            return refresh(widget, *regions, **how)

        monkeypatch.setattr(Widget, "refresh", recorded)
        await pilot.press("n")
        await pilot.pause()
        assert reader.status.footer.message.startswith("40 of 40")
        assert repainted == {reader.papers: set(), reader.pane: set()}
        await pilot.press("ctrl+u")
        await pilot.pause()
        titles = {reader.papers.lines_of(place).start for place in range(40)}
        assert repainted[reader.papers] == titles & set(range(reader.papers.size.height))
        assert 0 < len(repainted[reader.pane]) < reader.pane.size.height // 4  # where the word is
