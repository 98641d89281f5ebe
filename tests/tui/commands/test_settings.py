"""The settings: a change holds at once and is kept in config.toml, where nothing else changes."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event

from textual.widgets import OptionList

from tests.tui.fakes import DAY, FakeDays, make_app, make_digest, make_paper, reader_of, settle
from tui_digest.settings import Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.chooser import ChooserScreen
from tui_digest.tui.dialogs.search_chooser import SearchChooserScreen

WIDE = (100, 34)


def config_file() -> Path:
    return Path(os.environ["HOME"]) / "config.toml"


def rows(app: ReaderApp) -> list[str]:
    assert isinstance(app.screen, ChooserScreen | SearchChooserScreen)
    return [str(option.prompt) for option in app.screen.options.options]


def title(app: ReaderApp) -> str:
    return str(app.screen.query_one("#chooser-title").render())


async def test_what_is_set_is_shown() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma")
        assert rows(app) == [
            "reader.theme: digest-dark",
            "reader.glyphs: full",
            "reader.signs: unicode",
            "categories: cs.LG stat.ML math.OC",
            "model: fake · model-1, key from FAKE_KEY",
            "export.folder: ~/arxiv-digest",
            "pdf.open: browser",
            "first steps: categories, theme, model and exports on one screen",
            "followed and muted: 0 followed, 0 muted",
        ]
        await pilot.press("escape")
        assert not config_file().exists()


async def test_a_theme_is_tried_under_the_cursor_and_left_again() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "enter", "j")
        await pilot.pause()
        assert app.theme == "digest-light"
        await pilot.press("escape")
        await pilot.pause()
        assert app.theme == "digest-dark"
        assert title(app).startswith("Settings. ")
        assert not config_file().exists()


async def test_a_change_holds_at_once_and_is_kept() -> None:
    config_file().write_text('# mine\nname = "Mine"\n\n[reader]\nsort = "title"  # so\n', encoding="utf-8")
    before = config_file().read_text(encoding="utf-8")
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "j", "j", "enter", "j", "enter")
        await pilot.pause()
        assert reader_of(app).papers.symbols.unread == "o"
        assert config_file().read_text(encoding="utf-8") == f'{before}signs = "ascii"\n'
        assert title(app) == "Settings. A change holds at once and is kept in ~/config.toml."
        assert rows(app)[2] == "reader.signs: ascii"


async def test_a_change_that_is_being_written_is_not_called_one_for_this_session() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        written = Event()
        reader = reader_of(app)
        reader.writes.writer.submit((), lambda: written.wait(5), lambda outcome: None)  # the disk is slow
        await pilot.press("comma", "j", "space", "j", "space")
        await pilot.pause()
        assert rows(app)[1] == "reader.glyphs: basic"
        assert title(app) == "Settings. A change holds at once and is kept in ~/config.toml."
        assert app.screen.query_one(OptionList).highlighted == 1
        written.set()
        await settle(pilot)
        assert config_file().read_text(encoding="utf-8") == '[reader]\nglyphs = "basic"\n'


async def test_for_this_session_only_is_told_and_can_be_kept_later() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "s")
        await pilot.pause()
        assert title(app).startswith("Settings, for this session only")
        await pilot.press("j", "enter", "j", "space")
        await pilot.pause()
        assert rows(app)[1] == "reader.glyphs: basic (this session)"
        assert title(app).endswith('[reader]\nglyphs = "basic"')
        assert not config_file().exists()
        await pilot.press("y")
        await pilot.pause()
        assert app.clipboard == '[reader]\nglyphs = "basic"'
        await pilot.press("comma", "w")
        await pilot.pause()
        assert "Written to ~/config.toml" in reader_of(app).status.footer.message
        assert config_file().read_text(encoding="utf-8") == '[reader]\nglyphs = "basic"\n'


async def test_what_cannot_be_kept_holds_for_this_session_and_that_is_told() -> None:
    config_file().mkdir()
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "j", "enter", "j", "enter", "escape")
        await pilot.pause()
        reader = reader_of(app)
        assert reader.state.settings.reader.glyphs == "basic"
        assert reader.status.footer.message.startswith("The change is for this session only. ")
        assert "is not a file" in reader.status.footer.message


async def test_categories_are_found_by_name_and_the_day_is_shown_by_them() -> None:
    days = FakeDays({DAY: make_digest(12, categories=("cs.LG", "stat.ML", "math.OC"))}, stored_days={DAY})
    app = make_app(days, days.digests[DAY])
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        days.asked.clear()
        days.digests[DAY] = make_digest(5, categories=("stat.ML", "math.OC"))
        await pilot.press("comma", "j", "j", "j", "enter")
        await pilot.pause()
        assert rows(app) == [
            "[x] cs.LG Machine Learning (218 a day)",
            "[x] stat.ML Machine Learning (31 a day)",
            "[x] math.OC Optimization and Control (29 a day)",
            "[ ] cs.RO Robotics (40 a day)",
        ]
        await pilot.press(*"cs.LG", "down", "space")
        await pilot.pause()
        assert rows(app) == ["[ ] cs.LG Machine Learning (218 a day)"]
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert config_file().read_text(encoding="utf-8") == 'categories = ["stat.ML", "math.OC"]\n'
        assert [each.categories for each in days.settings] == [("stat.ML", "math.OC")]
        assert days.asked == [(None, False)]
        assert reader_of(app).listing.count == 5


async def test_the_last_category_stays() -> None:
    app = make_app(first=make_digest(3), settings=Settings(categories=("cs.LG",)))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "j", "j", "j", "enter", "enter", "escape")
        await pilot.pause()
        assert reader_of(app).state.settings.categories == ("cs.LG",)
        assert not config_file().exists()


async def test_the_folder_of_exports_is_typed() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "j", "j", "j", "j", "j", "enter")
        await pilot.pause()
        await pilot.press("ctrl+u", *"~/out", "enter")
        await pilot.pause()
        assert "export.folder: ~/out" in rows(app)
        assert config_file().read_text(encoding="utf-8") == '[export]\nfolder = "~/out"\n'


async def test_who_is_followed_can_be_let_go_of() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("a", "enter", "comma", "G", "enter")
        await pilot.pause()
        assert rows(app) == ["followed: author Ada Number0"]
        await pilot.press("enter")
        await pilot.pause()
        assert app.services.library.following.all() == ()
        assert title(app) == "Nothing is followed or muted yet."
        await pilot.press("escape")
        await pilot.pause()
        assert "0 followed" in rows(app)[-1]


async def test_names_are_shown_as_one_reads_them() -> None:
    paper = make_paper(0, authors=(r"P\'al Erd\H{o}s", "Bo Second"))
    app = make_app(first=make_digest(papers=(paper,)))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "G", "enter", "a", *"erdős")
        await pilot.pause()
        assert rows(app)[0] == "Pál Erdős"
        await pilot.press("enter")
        await pilot.pause()
        assert rows(app) == ["followed: author Pál Erdős"]
        assert reader_of(app).state.browsing.followed(paper)


async def test_an_author_is_followed_by_name_found_or_typed() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "G", "enter", "a")
        await pilot.pause()
        assert rows(app) == ["Ada Number0", "Ada Number1", "Ada Number2", "Bo Second (3 papers here)"]
        await pilot.press(*"number1", "enter")
        await pilot.pause()
        assert rows(app) == ["followed: author Ada Number1"]
        await pilot.press("a", *"Cy Far")
        await pilot.pause()
        assert rows(app) == ["the author Cy Far, as typed"]
        await pilot.press("enter")
        await pilot.pause()
        assert rows(app) == ["followed: author Ada Number1", "followed: author Cy Far"]
        await pilot.press("a", *"Ada Number1", "enter")
        await pilot.pause()
        assert rows(app) == ["followed: author Ada Number1", "followed: author Cy Far"]
        await pilot.press("escape", "escape", "u")
        await pilot.pause()
        assert [each.text for each in app.services.library.following.all()] == ["Ada Number1"]


async def test_where_pdfs_are_opened_is_chosen_and_kept() -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press(",")
        await pilot.pause()
        place = next(n for n, row in enumerate(rows(app)) if row.startswith("pdf.open"))
        await pilot.press(*["down"] * place, "enter")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert reader_of(app).state.settings.pdf.open == "viewer"
        assert "pdf.open: viewer" in rows(app)
