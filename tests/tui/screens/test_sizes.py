"""On a narrow or short terminal nothing that one needs is cut off."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette
from textual.content import Content

from tests.tui.fakes import (
    DAY,
    FakeDays,
    make_app,
    make_digest,
    make_paper,
    page_text,
    reader_of,
    settle,
    until,
)
from tests.tui.pictures import paste
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.chooser import ChooserScreen
from tui_digest.tui.page.blocks import PageBlock, lay_out
from tui_digest.tui.page.markdown import markdown_blocks
from tui_digest.tui.state import ReaderOptions

OFFLINE = ReaderOptions(offline=True)
SMALL = (40, 12)
NARROW = (40, 16)


def footer(app: ReaderApp) -> str:
    return " ".join(reader_of(app).status.footer.render_line(0).text.split())


def seen(app: ReaderApp) -> str:
    """All that is on the reader's screen."""
    lines = app.screen_stack[0]._compositor.render_strips()
    return "\n".join(strip.text for strip in lines)


async def test_a_view_without_papers_says_so_where_there_is_one_pane() -> None:
    app = make_app(options=OFFLINE)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.press("g", "3")
        await pilot.pause()
        assert "No papers are shown" in seen(app)
        assert "all papers" in seen(app)
        await pilot.press("g", "1")
        await pilot.pause()
        assert "Paper number 0" in seen(app)
        assert reader_of(app).papers.has_focus


async def test_a_search_over_everything_says_what_it_searches_until_it_finds() -> None:
    app = make_app(options=OFFLINE)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("g", "s")
        await pilot.pause()
        assert page_text(reader_of(app)).startswith("Search everything")
        await pilot.press(*"nothingatall")
        await settle(pilot)
        assert page_text(reader_of(app)).startswith("No papers found")


@pytest.mark.parametrize("width", [40, 80, 120])
async def test_help_and_quitting_are_offered_at_any_width(width: int) -> None:
    app = make_app(options=OFFLINE)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        assert footer(app).startswith("Enter open j k move")
        assert footer(app).endswith("? help q quit")


@pytest.mark.parametrize(
    ("keys", "offered"),
    [("/", "Enter done Esc cancel"), ("i", "Esc save and close"), ("|", "Enter done Esc cancel Tab format")],
)
async def test_while_one_writes_only_the_keys_that_end_it_are_offered(keys: str, offered: str) -> None:
    app = make_app(options=OFFLINE)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.press(keys)
        await pilot.pause()
        assert footer(app) == offered
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert footer(app).startswith("Enter open j k move")


async def test_a_click_on_what_ends_the_writing_ends_it() -> None:
    app = make_app(options=OFFLINE)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await pilot.pause()
        await pilot.click("#keys", offset=(2, 0))
        await pilot.pause()
        assert footer(app) == "The note is as it was."


async def test_what_arxiv_did_not_give_is_told_to_its_end() -> None:
    problem = "arXiv did not answer within 30 seconds; what is shown was fetched before. R asks again."
    app = make_app(FakeDays({DAY: make_digest(3)}, problem=problem))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        assert problem in " ".join(seen(app).split())


async def test_names_are_shown_as_one_reads_them_wherever_they_are_chosen_from() -> None:
    paper = make_paper(0, authors=("{\\DJ}or{\\dj}e Maslari\\'c", "Bo Second"))
    app = make_app(first=make_digest(papers=(paper,)), options=OFFLINE)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, ChooserScreen)
        assert str(app.screen.options.options[0].prompt) == "Đorđe Maslarić"
        await pilot.press("enter")
        await settle(pilot)
        assert "Đorđe Maslarić" in footer(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "follows Đorđe Maslarić" in " ".join(page_text(reader_of(app)).split())
        await pilot.press("escape", ":")
        await pilot.pause()
        palette = app.screen
        assert isinstance(palette, CommandPalette)
        paste(pilot, "Maslarić")
        await until(
            pilot,
            lambda: "Đorđe Maslarić" in "\n".join(s.text for s in palette._compositor.render_strips()),
        )


@pytest.mark.parametrize("key", [",", "g h", "F", "a"])
async def test_a_list_to_choose_from_shows_its_keys(key: str) -> None:
    app = make_app(options=OFFLINE)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press(*key.split())
        await pilot.pause()
        assert isinstance(app.screen, ChooserScreen)
        keys = app.screen.query_one("#chooser-keys")
        assert keys.region.height > 0
        assert keys.region.bottom < SMALL[1]
        assert not keys.region.overlaps(app.screen.options.region)


def test_a_wide_indent_gives_way_on_a_narrow_page() -> None:
    block = PageBlock(Content("key" + " " * 12 + "what it does in some words"), hang=15)
    assert [line.content.plain for line in lay_out((block,), 26)][1:] == ["    does in some words"]
    assert [line.content.plain for line in lay_out((block,), 31)][1:] == [" " * 15 + "some words"]


SET_IN_LINES = """
| quantity | bound | remark |
| :-- | --: | --- |
| gradient norm | $\\epsilon^{-7/4}$ | holds for every small step |
| loss | | by convexity |

```
x = x - eta * grad(x)   # the step of the method
    return x
```
"""


def test_tables_and_code_wider_than_the_page_are_not_cut() -> None:
    blocks = markdown_blocks(SET_IN_LINES, "full")
    assert [line.content.plain.rstrip() for line in lay_out(blocks, 40)] == [
        "quantity: gradient norm · bound:",
        "    ϵ^(−7/4) · remark: holds for every",
        "    small step",
        "quantity: loss · remark: by convexity",
        "",
        "x = x - eta * grad(x)   # the step of",
        "    the method",
        "    return x",
    ]
    wide = [line.content.plain.rstrip() for line in lay_out(blocks, 60)]
    assert wide[0] == "quantity          bound  remark"
    assert wide[-2:] == ["x = x - eta * grad(x)   # the step of the method", "    return x"]
    for width in range(1, 60):
        words = "".join("".join(line.content.plain for line in lay_out(blocks, width)).split())
        assert "x=x-eta*grad(x)#thestepofthemethodreturnx" in words
        assert "holdsforeverysmallstep" in words
