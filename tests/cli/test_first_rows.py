"""What a start shows first is kept as it was read, and used by the same program alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.library.invented import make_paper
from tests.servers.arxiv import StandIn
from tests.tui.fakes import make_app, reader_of, shown
from tui_digest.cli import first_rows
from tui_digest.cli.container import Parts
from tui_digest.cli.first_rows import FILE_NAME, load_first_rows, save_first_rows
from tui_digest.folders import places
from tui_digest.paper import Paper
from tui_digest.render import author_names
from tui_digest.render.author_names import read_authors
from tui_digest.tui import text
from tui_digest.tui.text import ReadLine, know_lines, read_lines, tex_line

TITLES = (
    r"On $\ell_2$ norms and $\mathcal{O}(1/\sqrt{T})$ rates",
    r"\emph{Early} stopping, ``quoted'' -- and $x < y$",
    "No TeX at all",
    "Two\n  lines",
    "",
)
AUTHORS = (r"J\"urgen von Example", "The Sample Collaboration (Bo Sample et al.)")
PAPERS = [
    make_paper(number, title=title, authors=AUTHORS[: number % 3]) for number, title in enumerate(TITLES)
]


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    forget()
    yield
    forget()


def forget() -> None:
    text._known.clear()
    text._tex_line.cache_clear()
    author_names._known.clear()
    read_authors.cache_clear()


def test_known_titles_look_as_if_they_were_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = [tex_line(title) for title in TITLES]
    save_first_rows(tmp_path / "state", PAPERS, "full")
    forget()
    load_first_rows(tmp_path / "state")
    assert {known.text for known in text._known.values()} == {TITLES[0], TITLES[1], TITLES[3]}
    monkeypatch.setattr(text, "to_segments", None)
    for title, content in zip(TITLES, read, strict=True):
        if (title, "full") in text._known:
            again = tex_line(title)
            assert (again.plain, again.spans) == (content.plain, content.spans)


def test_known_authors_are_named_as_if_they_were_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = {paper.authors: read_authors(paper.authors) for paper in PAPERS}
    assert read[AUTHORS].names[0].short == "von Example"
    save_first_rows(tmp_path, PAPERS, "full")
    forget()
    load_first_rows(tmp_path)
    monkeypatch.setattr(author_names, "split_name", None)
    assert {authors: read_authors(authors) for authors in read} == read


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
    save_first_rows(tmp_path, PAPERS, "full")
    assert callable(spoil)
    spoil(tmp_path / FILE_NAME)
    load_first_rows(tmp_path)
    assert (text._known, author_names._known) == ({}, {})


def test_another_program_reads_titles_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_first_rows(tmp_path, PAPERS, "full")
    monkeypatch.setattr(first_rows, "program_status", lambda: (1, 2, 3))
    load_first_rows(tmp_path)
    assert (text._known, author_names._known) == ({}, {})


def test_no_control_sequence_comes_from_the_file() -> None:
    know_lines([ReadLine("a title", "full", "a \x1b[2Jtitle", ())])
    assert tex_line("a title").plain == "a title"


def test_a_folder_that_cannot_be_written_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    save_first_rows(tmp_path / "file", PAPERS, "full")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


async def test_rows_around_the_place_are_noted_as_the_reader_is_left() -> None:
    noted: list[Paper] = []
    app = make_app()
    app.services = replace(app.services, note_first_rows=noted.extend)
    async with app.run_test(size=(120, 12)) as pilot:
        await pilot.press("j")
        entries = shown(reader_of(app))
        expected = [entry.paper for entry in entries[:6]]
        await pilot.press("q")
    assert noted == expected


def test_a_fetched_day_is_read_for_the_next_start(fetched: StandIn) -> None:
    forget()
    load_first_rows(places().state)
    with Parts() as parts:
        digest = parts.stored_digest(None)
        assert digest is not None
        listed = parts.library.lists.rows(digest.scope, range(min(digest.scope.size, 5)))
    assert {entry.paper.authors for entry in listed} <= set(author_names._known)
