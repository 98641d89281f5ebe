"""Notes: written below the panes or in the user's own editor, kept whatever happens, and hostile ones."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from tests.tui.fakes import entry_of, make_app, make_paper, page_text, reader_of, settle
from tests.tui.screens.test_long_session import key_event
from tui_digest.cli.system.editor import edit_text, editor_command
from tui_digest.errors import LibraryError, TuiDigestError, UsageError
from tui_digest.library.marks import Marks
from tui_digest.tui.app import ReaderApp

WIDE = (120, 36)


def note_on_disk(app: ReaderApp, number: int = 0) -> str:
    reader = reader_of(app)
    return entry_of(app, reader.listing.rows[number].paper.id).reading.note


async def test_a_note_is_written_saved_by_escape_and_shown() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("i")
        await pilot.pause()
        await pilot.press(*"q dm", "enter", "enter", *"so $\\ell_2$", "escape")
        await pilot.pause()
        assert note_on_disk(app) == "q dm\n\nso $\\ell_2$"
        assert reader.papers.has_focus
        text = page_text(reader)
        assert "Note\n\nq dm\n\nso ℓ₂" in text
        assert "Saved a note: Paper number 0" in reader.status.footer.message


async def test_a_note_is_changed_and_taken_away_and_undone() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        reader.writes.perform(lambda: reader.services.library.marks.note("0612.90000", "one"))
        await pilot.press("i")
        await pilot.pause()
        await pilot.press(*" two", "escape")
        await pilot.pause()
        assert note_on_disk(app) == "one two"
        await pilot.press("u")
        assert note_on_disk(app) == "one"
        await pilot.press("i")
        await pilot.pause()
        app.screen.query_one(TextArea).clear()
        await pilot.press("escape")
        await pilot.pause()
        assert note_on_disk(app) == ""


async def test_a_note_that_cannot_be_saved_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)

        def fail(*_: object) -> None:
            raise LibraryError("The disk is full; the note before it stands.")

        await pilot.press("i")
        await pilot.pause()
        with monkeypatch.context() as patched:
            patched.setattr(Marks, "note", fail)
            await pilot.press(*"kept", "escape")
            await pilot.pause()
            assert "The disk is full" in reader.status.footer.message
            assert reader.field is not None
            assert reader.field.text == "kept"
        await pilot.press("escape")
        await pilot.pause()
        assert note_on_disk(app) == "kept"


async def test_a_note_that_was_not_changed_is_closed_also_where_nothing_can_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)

        def fail(*_: object) -> None:
            raise LibraryError("The library cannot be written.")

        monkeypatch.setattr(Marks, "note", fail)
        await pilot.press("i", "escape")
        await pilot.pause()
        assert reader.field is None
        assert "as it was" in reader.status.footer.message


async def test_a_note_that_is_being_written_is_kept_when_the_reader_is_left() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("i")
        await pilot.pause()
        await pilot.press(*"half a thought", "ctrl+q")
    again = make_app()
    async with again.run_test(size=WIDE):
        assert note_on_disk(again) == "half a thought"


async def test_hostile_notes_are_shown_as_text() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        hostile = "[/bold] [@click=app.quit]x[/] \x1b]52;c;aGk=\x07 \u202eevil " + "w" * 4000
        reader.writes.perform(lambda: reader.services.library.marks.note("0612.90000", hostile))
        await pilot.pause()
        text = page_text(reader)
        assert "[/bold] [@click=app.quit]x[/]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        await pilot.press("i")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert reader.field is None


async def test_without_a_terminal_to_hand_over_the_editor_is_refused_in_a_sentence() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("I")
        assert "i writes the note in place" in reader_of(app).status.footer.message


async def test_the_users_own_editor_writes_the_note(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(edit_text=lambda text: f"{text}from afar")
    monkeypatch.setattr(app, "suspend", nullcontext)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("I")
        assert note_on_disk(app) == "from afar"


async def test_a_failing_editor_leaves_the_note(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(edit_text=lambda text: edit_text(text, ("/no/such/editor",)))
    monkeypatch.setattr(app, "suspend", nullcontext)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("I")
        assert "could not be started" in reader_of(app).status.footer.message
        assert note_on_disk(app) == ""


def script(tmp_path: Path, code: str) -> tuple[str, ...]:
    file = tmp_path / "editor.py"
    file.write_text(f"import os, pathlib, sys\npath = pathlib.Path(sys.argv[1])\n{code}\n")
    return (sys.executable, str(file))


def test_the_file_that_is_edited_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    code = "path.write_text(path.read_text() + f' {os.stat(path.parent).st_mode:o} {path}')"
    before, mode, path = edit_text("ä", script(tmp_path, code)).split()
    assert before == "ä"
    assert stat.S_IMODE(int(mode, 8)) == 0o700
    assert not Path(path).exists()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sys.exit(3)", "failed with 3"),
        ("path.unlink()", "no such file"),
        ("path.unlink(); path.mkdir()", "not a regular file"),
        ("path.write_bytes(bytes([255, 254, 65]))", "not text in UTF-8"),
        ("path.write_bytes(b'a' * 1_000_001)", "larger than 1,000,000 bytes"),
    ],
)
def test_an_editor_that_goes_wrong_is_told_in_a_sentence(
    tmp_path: Path, code: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: "UTF-8")
    with pytest.raises(TuiDigestError, match=words):
        edit_text("", script(tmp_path, code))


def test_what_an_editor_writes_in_the_users_own_encoding_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: "ISO-8859-1")
    assert edit_text("", script(tmp_path, "path.write_bytes(b'caf' + bytes([233]))")) == "café"


def test_the_editor_is_the_one_of_the_environment() -> None:
    assert editor_command({"EDITOR": "vim -n"}) == ("vim", "-n")
    assert editor_command({"VISUAL": "'my editor' --wait", "EDITOR": "vi"}) == ("my editor", "--wait")


def test_an_editor_that_is_no_command_is_named() -> None:
    with pytest.raises(UsageError, match="EDITOR cannot be read as a command: no closing quotation"):
        editor_command({"EDITOR": "'my editor"})


def test_without_any_editor_one_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "PATH", "")
    with pytest.raises(UsageError, match="EDITOR"):
        editor_command({})


async def test_what_is_typed_ahead_of_the_note_stands_in_it() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key in "iahead":
            app.post_message(events.Key(key, key))
        await pilot.pause()
        await pilot.press("escape")
        assert sorted(entry_of(app, make_paper(0).id).reading.note) == sorted("ahead")


@pytest.mark.parametrize("leave", [("ctrl+c",), ("enter", *":q!", "enter")])
async def test_a_note_is_left_without_saving(leave: tuple[str, ...]) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("i", *"first", "escape")
        await pilot.pause()
        await pilot.press("i", *" more", *leave)
        await pilot.pause()
        reader = reader_of(app)
        assert reader.field is None
        assert note_on_disk(app) == "first"
        assert "as it was" in reader.status.footer.message
        assert reader.papers.has_focus


async def test_wq_saves_the_note_without_that_line() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("i", *"first", "enter", *":wq", "enter")
        await pilot.pause()
        assert note_on_disk(app) == "first"
        assert reader_of(app).field is None


async def test_no_letter_is_lost_that_is_typed_at_one_go_with_esc() -> None:
    app = make_app()
    async with app.run_test(size=(100, 34)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await pilot.pause()
        for key in (*"all of it", "escape"):
            app.post_message(key_event(key))
        reader = reader_of(app)
        while reader.field is not None:
            await pilot.pause()
        assert reader.listing.rows[0].reading.note == "all of it"
