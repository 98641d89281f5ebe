"""The chosen row and selected text are told from their ground, and read, in every theme."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.theme import BUILTIN_THEMES

from tests.tui.fakes import make_app, reader_of
from tests.tui.theme.contrast import contrast
from tui_digest.tui.theme.themes import BLOCK_CONTRAST, TEXT_CONTRAST, THEMES

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
