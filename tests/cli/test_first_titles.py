"""Titles that a start shows first are kept as they were read, and used by the same program alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.tui.fakes import make_app, reader_of, shown
from tui_digest.cli import first_titles
from tui_digest.cli.first_titles import FILE_NAME, load_first_titles, save_first_titles
from tui_digest.tui import text
from tui_digest.tui.text import ReadLine, know_lines, read_lines, tex_line

TITLES = (
    r"On $\ell_2$ norms and $\mathcal{O}(1/\sqrt{T})$ rates",
    r"\emph{Early} stopping, ``quoted'' -- and $x < y$",
    "No TeX at all",
    "Two\n  lines",
    "",
)


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    text._known.clear()
    text._tex_line.cache_clear()
    yield
    text._known.clear()
    text._tex_line.cache_clear()


def test_known_titles_look_as_if_they_were_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = [tex_line(title) for title in TITLES]
    save_first_titles(tmp_path / "state", TITLES, "full")
    text._tex_line.cache_clear()
    load_first_titles(tmp_path / "state")
    assert {known.text for known in text._known.values()} == {TITLES[0], TITLES[1], TITLES[3]}
    monkeypatch.setattr(text, "to_segments", None)
    for title, content in zip(TITLES, read, strict=True):
        if (title, "full") in text._known:
            again = tex_line(title)
            assert (again.plain, again.spans) == (content.plain, content.spans)


def test_titles_are_read_again_for_the_next_start(tmp_path: Path) -> None:
    know_lines([ReadLine(TITLES[0], "full", "as an earlier version read it", ())])
    assert read_lines(TITLES[:1], "full")[0].plain == "On ℓ₂ norms and 𝒪(1/√T) rates"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.chmod(0o644),
        lambda file: file.write_bytes(file.read_bytes()[:-5]),
        lambda file: file.write_bytes(b""),
        lambda file: file.unlink(),
        lambda file: file.rename(file.with_name("x")) and file.symlink_to("x"),
    ],
)
def test_a_file_that_is_not_whole_and_private_is_not_used(tmp_path: Path, spoil: object) -> None:
    save_first_titles(tmp_path, TITLES, "full")
    assert callable(spoil)
    spoil(tmp_path / FILE_NAME)
    load_first_titles(tmp_path)
    assert text._known == {}


def test_another_program_reads_titles_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_first_titles(tmp_path, TITLES, "full")
    monkeypatch.setattr(first_titles, "program_status", lambda: (1, 2, 3))
    load_first_titles(tmp_path)
    assert text._known == {}


def test_no_control_sequence_comes_from_the_file() -> None:
    know_lines([ReadLine("a title", "full", "a \x1b[2Jtitle", ())])
    assert tex_line("a title").plain == "a title"


def test_a_folder_that_cannot_be_written_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    save_first_titles(tmp_path / "file", TITLES, "full")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


async def test_titles_around_the_place_are_noted_as_the_reader_is_left() -> None:
    noted: list[str] = []
    app = make_app()
    app.services = replace(app.services, note_titles=noted.extend)
    async with app.run_test(size=(120, 12)) as pilot:
        await pilot.press("j")
        entries = shown(reader_of(app))
        expected = [entry.paper.title for entry in entries[:6]]
        await pilot.press("q")
    assert noted == expected
