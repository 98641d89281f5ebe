"""The first start on a real terminal, and where it is not asked."""

from __future__ import annotations

import sys
import tomllib

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tui_digest.folders import places

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of POSIX", allow_module_level=True)

from tests.cli.test_reader_terminal import assert_restored, reader

ASKED = "What do you read?"
PAPER = "Proximal steps"


def test_the_first_start_asks_and_fetches_what_was_chosen(arxiv: StandIn) -> None:
    with reader(size=(80, 24)) as terminal:
        terminal.see(ASKED)
        assert arxiv.requests == []
        # Typed at one go: a category, its end, the theme, the model, the folder, begin.
        terminal.press("optimization\r\r\r\r\r")
        terminal.see(PAPER)
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
    assert tomllib.loads(places().config_file.read_text()) == {"categories": ["math.OC"], "name": "math.OC"}
    assert {path.rpartition("/")[2] for path in arxiv.asked("/rss/")} == {"math.OC"}
    with reader(size=(80, 24)) as terminal:
        terminal.see(PAPER)
        assert ASKED.encode() not in terminal.everything
        terminal.press("Q")
        assert terminal.job_news() == "0"


@pytest.mark.parametrize("words", [("--offline",), ("--category", "math.OC"), ("--demo",), ("2611.00011",)])
def test_it_is_not_asked_of_who_said_what_to_read(words: tuple[str, ...], arxiv: StandIn) -> None:
    with reader(*words) as terminal:
        terminal.see("quit")
        assert ASKED.encode() not in terminal.everything
        terminal.press("Q")
        assert terminal.job_news() == "0"
    assert not places().config_file.exists()


def test_setup_asks_where_there_is_a_config(fetched: StandIn) -> None:
    places().config_file.parent.mkdir(parents=True, exist_ok=True)
    places().config_file.write_text('categories = ["cs.LG"]\n', encoding="utf-8")
    with reader("setup") as terminal:
        terminal.see("First steps")
        terminal.press("\x1b[27u")
        terminal.see("Trees without")
        terminal.press("Q")
        assert terminal.job_news() == "0"
    assert places().config_file.read_text(encoding="utf-8") == 'categories = ["cs.LG"]\n'


def test_without_a_terminal_it_says_what_to_do(run: Run) -> None:
    result = run("setup")
    assert (result.code, result.out) == (2, "")
    assert "tui-digest config init" in result.err
    assert not places().config_file.exists()
