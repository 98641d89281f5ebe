"""Files in the user's own viewer, or in the system's; what cannot be started is told."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from tui_digest.cli.system.browser_and_viewer import FileViewer
from tui_digest.errors import TuiDigestError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    file = tmp_path / "-a name; with $(odd) 'letters'.pdf"
    file.write_bytes(b"%PDF-")
    return file


def program(folder: Path, name: str) -> Path:
    """A program that writes its last argument beside itself."""
    script = folder / name
    script.write_text('#!/bin/sh\nfor last; do :; done\nprintf %s "$last" > "$0.shown"\n', encoding="utf-8")
    script.chmod(0o700)
    return script


def ended() -> None:
    """Wait for the viewers that were started."""
    for thread in threading.enumerate():
        if thread.name == "viewer":
            thread.join()


def test_the_file_is_the_last_argument_whatever_its_name_is(tmp_path: Path, pdf: Path) -> None:
    script = program(tmp_path, "reader")
    viewer = FileViewer([str(script), "--fork"])
    viewer.open(pdf)
    ended()
    assert not viewer.takes_terminal
    assert script.with_name("reader.shown").read_text() == str(pdf)


def test_a_viewer_of_the_terminal_is_waited_for(tmp_path: Path, pdf: Path) -> None:
    script = program(tmp_path, "tdf")
    viewer = FileViewer([str(script)])
    assert viewer.takes_terminal
    viewer.open(pdf)
    assert script.with_name("tdf.shown").read_text() == str(pdf)


def test_without_one_the_system_opens_it(tmp_path: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "open" if sys.platform == "darwin" else "xdg-open"
    script = program(tmp_path, name)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    FileViewer(()).open(pdf)
    ended()
    assert script.with_name(f"{name}.shown").read_text() == str(pdf)


def test_one_that_is_not_there_is_told(tmp_path: Path, pdf: Path) -> None:
    with pytest.raises(TuiDigestError, match=r"nowhere could not be started: .* The PDF is kept at"):
        FileViewer([str(tmp_path / "nowhere")]).open(pdf)


@pytest.mark.parametrize("name", ["viewer", "tdf"], ids=["in a window", "in the terminal"])
def test_one_that_fails_at_once_is_told(name: str, tmp_path: Path, pdf: Path) -> None:
    script = tmp_path / name
    script.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    script.chmod(0o700)
    with pytest.raises(TuiDigestError, match=r"failed with 3. The PDF is kept at"):
        FileViewer([str(script)]).open(pdf)
