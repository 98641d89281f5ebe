"""The settings, seen and tried; config.toml is written only when told to, and nothing else in it changes."""

from __future__ import annotations

import os
from pathlib import Path

from tests.tui.fakes import make_app, make_digest, make_paper, reader_of, settle
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
        assert title(app) == "Settings"


async def test_a_change_holds_at_once_and_is_written_only_when_told_to() -> None:
    config_file().write_text('# mine\nname = "Mine"\n\n[reader]\nsort = "title"  # so\n', encoding="utf-8")
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "j", "j", "enter", "j", "enter")
        await pilot.pause()
        assert reader_of(app).papers.symbols.unread == "o"
        assert '[reader]\nsigns = "ascii"' in title(app)
        assert "(changed)" in rows(app)[2]
        before = config_file().read_text(encoding="utf-8")
        assert "ascii" not in before
        await pilot.press("w")
        await pilot.pause()
        assert "Written to" in reader_of(app).status.footer.message
        assert config_file().read_text(encoding="utf-8") == f'{before}signs = "ascii"\n'
        await pilot.press("comma")
        await pilot.pause()
        assert title(app) == "Settings"


async def test_the_lines_are_copied() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "j", "enter", "j", "enter", "y")
        await pilot.pause()
        assert app.clipboard == '[reader]\nglyphs = "basic"'
        assert not config_file().exists()


async def test_categories_are_found_by_name_with_their_counts() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "j", "j", "j", "enter")
        await pilot.pause()
        assert "[x] cs.LG Machine Learning (3 in the mailing shown)" in rows(app)
        await pilot.press(*"machine", "enter")
        await pilot.pause()
        assert "[ ] cs.LG Machine Learning (3 in the mailing shown)" in rows(app)
        await pilot.press(*"no such thing", "enter", "escape")
        await pilot.pause()
        assert 'categories = ["stat.ML", "math.OC"]' in title(app)


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
