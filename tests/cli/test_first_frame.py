"""The saved first screen through the front door: painted, taken over, stale, and given back."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tui_digest import saved_screen
from tui_digest.cli import first_frame
from tui_digest.folders import places

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of POSIX", allow_module_level=True)

from tests.cli.test_reader_terminal import assert_restored
from tests.servers.terminal import PATIENCE, Terminal

LAUNCH = ("-c", "from tui_digest.launch import main; main()", "--offline")
PAINTED = b"\x1b[?1049h\x1b[?25l\x1b[1;1H"


def saved() -> Path:
    return places().state / "first-screen"


def wait_until(reached: Callable[[], bool], otherwise: str) -> None:
    """Wait for the process that saves the screen, which is nobody's child."""
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, otherwise
        select.select([], [], [], 0.01)


def run_once(size: tuple[int, int] = (100, 30), **environment: str) -> None:
    """Start the reader, quit it, and wait until the next first screen is saved."""
    with Terminal(LAUNCH, size=size, environment=environment) as terminal:
        terminal.see("Trees without")
        terminal.press("q")
        assert terminal.job_news() == "0"
    wait_until(saved().exists, "no screen was saved")


def cells(frame: bytes) -> dict[tuple[int, int], tuple[str, str]]:
    """The characters of a frame and their styles, by line and column."""
    found: dict[tuple[int, int], tuple[str, str]] = {}
    line = column = 1
    style = ""
    for part in re.split(r"(\x1b\[[\d;]*[Hm])", frame.decode()):
        if part.startswith("\x1b") and part.endswith("H"):
            line, column = map(int, part[2:-1].split(";"))
        elif part.startswith("\x1b"):
            first, _, more = part[2:-1].partition(";")
            style = more if first in ("", "0") else f"{style};{part[2:-1]}".lstrip(";")
        else:
            found |= {(line, column + place): (letter, style) for place, letter in enumerate(part)}
            column += len(part)
    return found


def test_a_compact_frame_looks_the_same() -> None:
    frame = (
        "\x1b[1;1H\x1b[1;38;2;0;0;0mbold\x1b[0m\x1b[31m\x1b[0m\x1b[1;38;2;0;0;0m too\x1b[0m plain"
        "\x1b[2;1H\x1b[31m\x1b[4mtwo styles\x1b[m\x1b[0m\x1b[31m"
    )
    compacted = first_frame.compact(frame)
    assert cells(compacted.encode()) == cells(frame.encode())
    assert compacted == (
        "\x1b[1;1H\x1b[0;1;38;2;0;0;0mbold too\x1b[0m plain\x1b[2;1H\x1b[0;31;4mtwo styles\x1b[0m"
    )


def test_the_next_start_paints_it_and_the_reader_goes_on_from_there(fetched: StandIn) -> None:
    run_once()
    with Terminal(LAUNCH) as terminal:
        terminal.see("Trees without")
        assert terminal.everything.startswith(PAINTED)
        terminal.press("m")
        terminal.see("Marked")
        assert terminal.everything.count(b"\x1b[?1049h") == 1
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)


@pytest.mark.parametrize("look", ["digest-dark", "digest-light", "NO_COLOR"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_readers_first_frame_is_the_saved_one(size: tuple[int, int], look: str, fetched: StandIn) -> None:
    environment = {"NO_COLOR": "1"} if look == "NO_COLOR" else {}
    if not environment:
        places().config_file.parent.mkdir(parents=True, exist_ok=True)
        places().config_file.write_text(f'[reader]\ntheme = "{look}"\n', encoding="utf-8")
    run_once(size, **environment)
    frame = saved_screen.split(saved().read_bytes())[1]
    with Terminal(LAUNCH, size=size, environment=environment) as terminal:
        terminal.see("Trees without")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        written = terminal.everything.replace(b"\r\n", b"")
    painted = saved_screen.ENTER + frame
    assert written.startswith(painted)
    lines = (rb"\x1b\[%d;1H(?:[^\x1b]|\x1b\[[\d;]*m)*" % line for line in range(1, size[1] + 1))
    first = re.search(b"".join(lines), written[len(painted) :])
    assert first is not None
    assert cells(first[0]) == cells(frame)
    assert len(frame) < 0.8 * len(first[0])
    if size[0] == 120:
        assert b"proximal gradient steps reach" in frame, "the page is not in the frame"


def test_the_digest_that_was_chosen_last_opens_with_its_saved_screen(fetched: StandIn) -> None:
    file = places().config_file
    file.parent.mkdir(parents=True, exist_ok=True)
    settings = 'categories = ["cs.LG"]\n[digest.geometry]\ncategories = ["math.OC"]\n'
    file.write_text(settings, encoding="utf-8")
    with Terminal(LAUNCH) as terminal:
        terminal.see("Trees without")
        terminal.press("gdj\r")
        terminal.see("complete 1/1")
        terminal.press("q")
        assert terminal.job_news() == "0"
    wait_until(saved().exists, "no screen was saved")
    with Terminal(LAUNCH) as terminal:
        terminal.see("geometry")
        assert terminal.everything.startswith(PAINTED)
        terminal.press("Q")
        assert terminal.job_news() == "0"


def test_keys_typed_while_the_program_loads_are_answered(fetched: StandIn) -> None:
    run_once()
    with Terminal(LAUNCH) as terminal:
        terminal.press("m")
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_while_the_program_loads_gives_the_terminal_back(
    number: signal.Signals, code: int, fetched: StandIn
) -> None:
    run_once()
    slow = (
        "-c",
        "import sys\nfrom tui_digest import launch, saved_screen\n"
        "class Slow:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'tui_digest.cli':\n"
        "            import select; select.select([], [], [], 60)\n"
        "sys.meta_path.insert(0, Slow())\n"
        "launch.main()",
        "--offline",
    )
    with Terminal(slow) as terminal:
        terminal.see("Trees without")
        terminal.send(number)
        assert terminal.job_news() == str(code)
        assert_restored(terminal)


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGTERM)", "143"),
        (
            "from tui_digest.tui.driver import PosixDriver as d; d.start_application_mode = fail; run(app)",
            "1",
        ),
    ],
    ids=["SIGTERM", "no memory"],
)
def test_a_reader_that_cannot_start_gives_the_terminal_back(
    failure: str, code: str, fetched: StandIn
) -> None:
    run_once()
    patched = (
        "import os, signal, sys\n"
        "from tui_digest import launch, saved_screen\n"
        "def fail(self): raise MemoryError\n"
        "class Patch:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'tui_digest.cli.first_rows':\n"
        "            from tui_digest.tui.app import ReaderApp\n"
        "            run = ReaderApp.run\n"
        f"            def fails(app): {failure}\n"
        "            ReaderApp.run = fails\n"
        "sys.meta_path.insert(0, Patch())\n"
        "launch.main()"
    )
    with Terminal(("-c", patched, "--offline")) as terminal:
        assert terminal.job_news() == code
        assert terminal.everything.startswith(PAINTED)
        assert_restored(terminal)
        assert code != "1" or b"not enough memory" in terminal.everything.partition(b"\x1b[?1049l")[2]


@pytest.mark.parametrize("change", ["config", "mode", "damage", "size"])
def test_a_screen_that_does_not_fit_is_not_painted(change: str, fetched: StandIn) -> None:
    run_once()
    size = (100, 30)
    if change == "config":
        places().config_file.parent.mkdir(parents=True, exist_ok=True)
        places().config_file.write_text('[reader]\ntheme = "digest-light"\n', encoding="utf-8")
    elif change == "mode":
        saved().chmod(0o644)
    elif change == "damage":
        saved().write_bytes(saved().read_bytes()[:-5])
    else:
        size = (90, 30)
    with Terminal(LAUNCH, size=size) as terminal:
        terminal.see("Trees without")
        assert not terminal.everything.startswith(PAINTED)
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)


def test_where_it_is_not_wanted_none_is_kept(fetched: StandIn) -> None:
    run_once()
    places().config_file.parent.mkdir(parents=True, exist_ok=True)
    places().config_file.write_text("[reader]\ninstant_start = false\n", encoding="utf-8")
    with Terminal(LAUNCH) as terminal:
        terminal.see("Trees without")
        terminal.press("q")
        assert terminal.job_news() == "0"
    wait_until(lambda: not saved().exists(), "the screen is still kept")


def test_a_start_with_an_id_opens_the_paper_and_leaves_the_saved_screen(fetched: StandIn) -> None:
    run_once()
    before = saved().read_bytes()
    with Terminal((*LAUNCH[:2], "2611.00011", "--offline")) as terminal:
        terminal.see("proximal gradient steps reach")
        assert not terminal.everything.startswith(PAINTED)
        terminal.press("Q")
        assert terminal.job_news() == "0"
    assert saved().read_bytes() == before


def test_a_fetch_draws_it_again_for_the_same_start(fetched: StandIn, run: Run) -> None:
    run_once()
    before = saved_screen.read_saved(os.environ)
    run("mark", "2611.00012")
    assert run("fetch").code == 0
    wait_until(lambda: saved_screen.read_saved(os.environ) != before, "the screen was not drawn again")
    with Terminal(LAUNCH) as terminal:
        terminal.see("Trees without")
        assert terminal.everything.startswith(PAINTED)
        terminal.press("Q")
        assert terminal.job_news() == "0"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("nothing", "The saved first screen is shown at the next start."),
        ("mark", "since a first screen was saved the library changed."),
        ("size", "since a first screen was saved the terminal's size changed."),
        ("setting", "instant_start under [reader] is false"),
        ("mode", "cannot be used"),
        ("none", "No first screen is saved yet"),
    ],
)
def test_doctor_tells_whether_it_works_here(
    change: str, sentence: str, fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = os.terminal_size((100, 30))
    paths = (str(places().library_file), str(places().config_file))
    places().state.mkdir(parents=True, exist_ok=True)
    key = saved_screen.current_key([], os.environ, size, paths)
    if change != "none":
        saved().write_bytes(saved_screen.pack_frame(key, b"\x1b[1;1Ha list"))
        saved().chmod(0o600)
    if change == "mark":
        run("mark", "2611.00012")
    elif change == "size":
        size = os.terminal_size((101, 30))
    elif change == "setting":
        places().config_file.parent.mkdir(parents=True, exist_ok=True)
        places().config_file.write_text("[reader]\ninstant_start = false\n", encoding="utf-8")
    elif change == "mode":
        saved().chmod(0o644)
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: size)
    assert sentence in run("doctor", "--offline").out
