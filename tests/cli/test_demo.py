"""The demo writes nothing among the user's own files, and says where it wrote."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.tui.fakes import reader_of, settle
from tui_digest.cli.container import Parts
from tui_digest.cli.reader import make_app
from tui_digest.tui.app import ReaderApp

MORNING = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
FOLDER = "~/demo/data/export"


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.message


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_nothing_of_the_demo_comes_among_the_users_files(home: Path) -> None:
    (home / "arxiv-digest").mkdir()
    with Parts(home=home / "demo", demo=True, now=lambda: MORNING) as parts:
        app = make_app(parts)
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)
            await pilot.press("m", "w")
            await settle(pilot)
            assert f"Wrote {FOLDER}/" in message(app)
            assert message(app).endswith("The demo's own folder goes when the demo ends.")
            await pilot.press("j", "W")
            await pilot.pause()
            await pilot.press("enter")
            await settle(pilot)
            assert f"Wrote {FOLDER}/" in message(app)
            await pilot.press("i", *"A note.", "escape")
            await settle(pilot)
            for key in ("comma", "j", "enter", "j", "enter"):
                await pilot.press(key)
                await settle(pilot)
            kept = home / "demo" / "config" / "config.toml"
            for _ in range(200):  # it is written beside the keys
                if kept.exists():
                    break
                await pilot.pause()
            assert 'glyphs = "basic"' in kept.read_text(encoding="utf-8")
            await pilot.press("escape")
            await settle(pilot)
            await pilot.press("comma", "j", "j", "j", "j", "enter")
            await pilot.pause()
            assert "made up" in message(app)
        assert len(names_in(home / "demo" / "data" / "export")) == 2
    assert names_in(home) == ["arxiv-digest", "demo"]
    assert names_in(home / "arxiv-digest") == []


def test_a_folder_of_the_demos_own_settings_holds(home: Path) -> None:
    config = home / "demo" / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[export]\nfolder = "/elsewhere"\n', encoding="utf-8")
    with Parts(home=home / "demo", demo=True) as parts:
        assert parts.settings.export.folder == "/elsewhere"
    with Parts(home=home / "mine") as parts:
        assert parts.settings.export.folder == "~/arxiv-digest"
