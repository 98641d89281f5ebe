"""The chosen row and selected text are told from their ground, and read, in every theme."""

from __future__ import annotations

import pytest
from rich.color import Color
from rich.style import Style
from textual.color import Color as TextualColor
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.theme import BUILTIN_THEMES
from textual.widgets import OptionList

from tests.tui.fakes import make_app, make_digest, reader_of, screen_of, settle
from tests.tui.theme.contrast import contrast
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.page.presenter import PagePresenter
from tui_digest.tui.theme.themes import BLOCK_CONTRAST, TEXT_CONTRAST, THEMES, cursor_colours, sheet
from tui_digest.tui.widgets.month_grid import MonthGrid

ALL = sorted({*THEMES, *BUILTIN_THEMES} - {"ansi-dark", "ansi-light", "textual-ansi"})


async def test_the_chosen_row_in_every_theme() -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        papers = reader_of(app).papers

        def styles(place: int) -> list[Style]:
            strips = [papers.render_line(y) for y in papers.lines_of(place)]
            return [part.style for strip in strips for part in strip if part.style and part.text.strip(" ┃▌")]

        for name in ALL:
            app.theme = name
            blocks = set()
            for key in ("h", "l"):
                await pilot.press(key)
                await pilot.pause()
                ground = styles(1)[0].bgcolor
                blocks.add(styles(0)[0].bgcolor)
                for style in styles(0):
                    assert contrast(style.bgcolor, ground) >= BLOCK_CONTRAST, (name, key)
                    assert contrast(style.color, style.bgcolor) >= TEXT_CONTRAST, (name, key)
                    if name in THEMES:
                        assert all(contrast(each.color, ground) >= BLOCK_CONTRAST for each in styles(1))
            assert len(blocks) == 2, f"{name}: the focus is not shown"


@pytest.mark.parametrize("name", sorted(THEMES))
async def test_only_one_row_is_bold_and_unread_is_said_by_its_sign(name: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        app.theme = name
        await pilot.pause()
        papers = reader_of(app).papers
        strip = papers.render_line(papers.lines_of(1).start)
        bold = "".join(part.text for part in strip if part.style is not None and part.style.bold)
        assert bold.strip() == "●"


DIALOGS = {
    "chooser": ("g", "h"),
    "categories": (",", "j", "j", "j", "enter"),
    "first steps": (",", "G", "k", "enter", *"opti"),
    "export": ("W",),
    "palette": (":", *"theme", "down"),
    "calendar": ("D",),
}
"""The keys that open a dialog in which something is chosen."""


@pytest.mark.parametrize("dialog", DIALOGS)
async def test_what_is_chosen_in_a_dialog_is_a_block_that_can_be_read(dialog: str) -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("m")
        for name in ("digest-dark", "digest-light"):  # the colours of all others are held by the test below
            app.theme = name
            await pilot.pause()
            await pilot.press(*DIALOGS[dialog])
            await pilot.pause()
            variables = cursor_variables(app)
            for each in [*app.screen.query(OptionList), *app.screen.query(MonthGrid)]:
                ground = each.background_colors[1].rich_color
                drawn = [part for y in range(each.size.height) for part in each.render_line(y)]
                blocks = [part for part in drawn if part.style and colour(part.style.bgcolor) in variables]
                if each.id == "export-parts":
                    assert not blocks  # parts are taken in and out: none is chosen
                    continue
                assert "".join(part.text for part in blocks).strip(), (name, each)
                for part in blocks:
                    assert part.style is not None
                    assert contrast(part.style.color, part.style.bgcolor) >= TEXT_CONTRAST, (name, part)
                    assert contrast(part.style.bgcolor, ground) >= BLOCK_CONTRAST, (name, part)
            while app.screen is not screen_of(app):
                await pilot.press("escape")


def colour(drawn: Color | None) -> str:
    """A colour as style sheets write it."""
    return "" if drawn is None else drawn.get_truecolor().hex.upper()


def cursor_variables(app: ReaderApp) -> set[str]:
    """The grounds of what is chosen, with the focus and without."""
    variables = app.get_css_variables()
    return {variables[name].upper() for name in ("row-cursor", "row-cursor-blurred")}


@pytest.mark.parametrize("name", ALL)
def test_what_is_chosen_differs_from_panes_and_dialogs_in_every_theme(name: str) -> None:
    theme = {**BUILTIN_THEMES, **THEMES}[name]
    generated = theme.to_color_system().generate()
    colours = cursor_colours(theme) | theme.variables
    for block, text in (("row-cursor", "row-cursor-text"), ("row-cursor-blurred", "row-cursor-blurred-text")):
        painted = TextualColor.parse(colours[block]).rich_color
        for ground in ("background", "surface"):
            assert contrast(painted, TextualColor.parse(generated[ground]).rich_color) >= BLOCK_CONTRAST
        assert contrast(TextualColor.parse(colours[text]).rich_color, painted) >= TEXT_CONTRAST


async def test_the_first_screen_reads_no_sheet_of_pages_and_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take an eighth of the time that all sheets of the start take."""
    monkeypatch.setattr(PagePresenter, "begin", lambda self, entry: None)
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert reader_of(app).papers.render_line(3).text.strip()
        assert not app.stylesheet.has_source(sheet("page_roles"))
        assert not app.stylesheet.has_source(sheet("field"))


async def test_the_sheets_of_pages_and_fields_are_read_with_the_first_of_them() -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert app.stylesheet.has_source(sheet("page_roles"))
        assert reader_of(app).pane.role_style("section").underline
        await pilot.press("slash")
        await settle(pilot)
        assert app.stylesheet.has_source(sheet("field"))
        line = screen_of(app).query_one("PromptLine")
        assert line.size.height == 1


async def test_the_first_screen_is_styled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    styled: list[DOMNode] = []
    apply = Stylesheet.apply

    def note(self: Stylesheet, node: DOMNode, **options: bool) -> None:
        styled.append(node)
        apply(self, node, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Stylesheet, "apply", note)
    app = make_app()
    async with app.run_test(size=(120, 36)):
        assert styled.count(reader_of(app).status.header) == 1
        assert styled.count(reader_of(app).pane) == 1
