"""Writing papers from the reader: at once, and by the dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from tests.tui.fakes import (
    DAY,
    FakeDays,
    FakeModels,
    make_app,
    make_digest,
    make_explanation,
    make_paper,
    reader_of,
    screen_of,
    settle,
)
from tui_digest.core.entry_rows import NOT_READ_YET
from tui_digest.errors import LibraryError
from tui_digest.settings import ExportSettings, PickSettings, ReaderSettings, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.commands.export_selection import collection
from tui_digest.tui.dialogs.export import ExportScreen

WIDE = (120, 36)
FILE = "0612.90000v1.md"


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.message


def settings(**changes: object) -> Settings:
    return Settings(
        reader=ReaderSettings(sort="announced"),
        export=ExportSettings(**changes),  # type: ignore[arg-type]
    )


def folder(home: Path) -> Path:
    return home / "arxiv-digest"


def dialog(app: ReaderApp) -> ExportScreen:
    screen = app.screen
    assert isinstance(screen, ExportScreen)
    return screen


def preview(app: ReaderApp) -> str:
    return "\n".join(line.content.plain for line in dialog(app).preview.lines)


async def open_dialog(pilot: Pilot[str]) -> None:
    await pilot.press("W")
    await pilot.pause()


async def test_w_writes_the_chosen_paper_and_says_where(home: Path) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("w")
        await settle(pilot)
        assert message(app) == f"Wrote ~/arxiv-digest/{FILE}: 1 paper."
    text = (folder(home) / FILE).read_text(encoding="utf-8")
    assert "Paper number 0 on $\\ell_0$ norms" in text


async def test_w_writes_the_selection_as_part_of_the_digest_and_never_over_another_file(home: Path) -> None:
    app = make_app()
    name = "2026-11-20-arxiv-digest"
    folder(home).mkdir()
    (folder(home) / f"{name}.md").write_text("mine", encoding="utf-8")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("space", "j", "space", "w")
        await settle(pilot)
        assert message(app) == f"Wrote ~/arxiv-digest/{name}-2.md: 2 papers."
    assert (folder(home) / f"{name}.md").read_text(encoding="utf-8") == "mine"
    text = (folder(home) / f"{name}-2.md").read_text(encoding="utf-8")
    assert text.count("\n## ") == 2
    assert "number 0" in text
    assert "number 2" in text


async def test_w_follows_the_settings(home: Path) -> None:
    app = make_app(settings=settings(format="bibtex", folder=str(home / "refs")))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("w")
        await settle(pilot)
    assert "@misc{number0-0612.90000" in (home / "refs" / "0612.90000v1.bib").read_text(encoding="utf-8")


async def test_a_mail_without_a_recipient_is_told(home: Path) -> None:
    app = make_app(settings=settings(format="eml", folder=str(home / "mails")))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("w")
        await settle(pilot)
        assert "The mail has no recipient" in reader_of(app).status.footer.message


async def test_an_explanation_just_made_is_written_with_its_receipt(home: Path) -> None:
    models = FakeModels()
    app = make_app(models=models)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("e")
        models.say("0612.90000", make_explanation("0612.90000", "It is convex [abstract]."))
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
    text = (folder(home) / FILE).read_text(encoding="utf-8")
    assert "It is convex" in text
    assert "model-1" in text


async def test_a_folder_that_cannot_be_is_told_in_a_sentence(home: Path) -> None:
    (home / "file").write_text("", encoding="utf-8")
    app = make_app(settings=settings(folder=str(home / "file" / "folder")))
    async with app.run_test(size=(200, 36)) as pilot:
        await pilot.press("w")
        await settle(pilot)
        assert "could not be written" in message(app)
        await pilot.press("j")
        assert reader_of(app).papers.cursor == 1


async def test_nothing_can_be_written_where_nothing_is_shown() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "3", "w")
        assert "no paper is chosen" in message(app)


async def test_the_dialog_shows_the_file_as_it_will_be_written(home: Path) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await open_dialog(pilot)
        assert f"{FILE}: 1 paper" in preview(app)
        assert "$\\ell_0$" in preview(app)
        assert "We bound" in preview(app)
        await pilot.press("tab", "tab", "space")
        await pilot.pause()
        assert "We bound" not in preview(app)
        await pilot.press("shift+tab", "down")
        await pilot.pause()
        assert "2026-11-20-arxiv-digest.md: 12 papers, the first 3 shown" in preview(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "12 papers." in message(app)
    text = (folder(home) / "2026-11-20-arxiv-digest.md").read_text(encoding="utf-8")
    assert text.count("\n## ") == 12
    assert "We bound" not in text


async def test_the_dialog_writes_another_format_to_a_file_that_is_named(home: Path) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await open_dialog(pilot)
        await pilot.press("down", "down", "down")
        await pilot.pause()
        assert dialog(app).format_name == "bibtex"
        assert "@misc{" in preview(app)
        dialog(app).place.value = str(home / "mine.bib")
        await pilot.press("enter")
        await settle(pilot)
        assert message(app) == "Wrote ~/mine.bib: 1 paper."
        await open_dialog(pilot)
        dialog(app).place.value = str(home / "mine.bib")
        await pilot.press("enter")
        await settle(pilot)
        assert "is there already, so it was left as it is" in str(dialog(app).problem.render())
    assert (home / "mine.bib").read_text(encoding="utf-8").startswith("@misc{")


@pytest.mark.parametrize(("format_name", "written"), [("markdown", FILE), ("obsidian", "0612.90000.md")])
async def test_the_dialog_writes_what_was_chosen_when_the_list_changes_below_it(
    home: Path, format_name: str, written: str
) -> None:
    app = make_app(FakeDays(), make_digest(3), settings=settings(format=format_name))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await open_dialog(pilot)
        listing = reader_of(app).listing
        listing.arrange(replace(listing.options, filter="is:done"))
        assert listing.count == 0
        await pilot.press("tab", "tab", "tab", "tab", "enter")
        await settle(pilot)
    assert [path.name for path in folder(home).iterdir()] == [written]


async def test_papers_that_cannot_be_read_are_not_exported() -> None:
    app = make_app(FakeDays(), make_digest(1))
    async with app.run_test() as pilot:
        await settle(pilot)
        for papers in ((), (NOT_READ_YET,)):
            with pytest.raises(LibraryError, match="nothing was exported"):
                collection(reader_of(app), papers, "obsidian")


async def test_esc_leaves_the_dialog_and_writes_nothing(home: Path) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await open_dialog(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen_of(app)
    assert not folder(home).exists()


async def test_the_dialog_says_what_a_format_lacks() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("m", "g", "q")
        await open_dialog(pilot)
        await pilot.press("down")
        await pilot.pause()
        assert "needs the day of a digest" in str(dialog(app).problem.render())
        assert preview(app) == ""
        dialog(app).place.value = " "
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "Name a folder or a file" in str(dialog(app).problem.render())


async def test_the_dialog_offers_the_marked_and_the_pick() -> None:
    picking = PickSettings(words={"norms": 1.0})
    app = make_app(settings=Settings(reader=ReaderSettings(sort="pick"), pick=picking))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("m", "space", "space")
        await open_dialog(pilot)
        names = [str(option.prompt) for option in dialog(app).whose.options]
        assert names == ["the 2 selected", "all 12 shown", "marked to read, of these", "the pick"]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (250, 60)])
async def test_the_dialog_fits_any_size(size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await open_dialog(pilot)
        assert (dialog(app).preview.size.height > 0) == (size[1] >= 24)
        assert dialog(app).query_one("#export-form").size.height >= 4
        assert dialog(app).place.region.bottom <= size[1]


async def test_hostile_text_stays_text_in_the_preview() -> None:
    hostile = make_paper(0, title="[/bold] [@click=app.quit]x[/] \x1b[31m", abstract="[red]a[/red] " * 900)
    digest = make_digest(papers=(hostile,))
    app = make_app(FakeDays({DAY: digest}), digest)
    async with app.run_test(size=WIDE) as pilot:
        await open_dialog(pilot)
        for _ in range(7):
            assert "click=app.quit" in preview(app)
            assert "\x1b" not in preview(app)
            await pilot.press("down")
            await pilot.pause()
