"""The command line as a user has it: a home, a fixed clock, and arXiv and a model on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import Invented
from tests.servers.in_thread import Wait, model_server
from tests.servers.models import ModelServer
from tui_digest.cli import container, main
from tui_digest.folders import places

ROOT = Path(__file__).resolve().parents[2]
FRIDAY = date(2026, 11, 20)
THURSDAY = date(2026, 11, 19)
WEDNESDAY = date(2026, 11, 18)

# The program in a process of its own, with the clock that the test has set. Ctrl-C ends it even where the
# tests were started in the background, which has it ignored.
RUNNER = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from datetime import datetime; import tui_digest.cli.container as container; "
    "container.utc_now = lambda: datetime.fromisoformat(sys.argv[1]); "
    "from tui_digest.cli import main; raise SystemExit(main(sys.argv[2:]))"
)


@dataclass
class Clock:
    """The time that the commands are told."""

    now: datetime = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Result:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Standard output, line by line."""
        return self.out.splitlines()


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    """The locale of the machine has no part in what commands print."""
    monkeypatch.setattr("locale.getencoding", lambda: "UTF-8")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Friday, 20 November 2026, nine in the morning US Eastern, until a test sets it."""
    clock = Clock()
    monkeypatch.setattr(container, "utc_now", lambda: clock.now)
    return clock


@pytest.fixture
def arxiv(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[StandIn]:
    """ArXiv on loopback with three mailings, to which the commands are pointed."""
    mailings = {
        FRIDAY: [
            Invented(
                id="2611.00011",
                categories=("math.OC", "cs.LG"),
                title=r"Proximal steps at rate $\mathcal{O}(1/T)$",
                authors=("Ada Example", "Bo Sample"),
                abstract=r"We show that proximal gradient steps reach $\epsilon$ in $\ell_2$ norm.",
                comment="12 pages",
            ),
            Invented(id="2611.00012", title="Trees without roots", authors=("Cy Made",)),
            Invented(id="2611.00013", kind="cross", categories=("cs.CL", "cs.LG"), title="Words in heaps"),
            Invented(id="2610.00014", kind="replace", version=2, categories=("stat.ML",), title="Bags again"),
        ],
        THURSDAY: [
            Invented(
                id="2611.00001",
                title="Yesterday's invention",
                submitted=datetime(2026, 11, 18, 12, 0, tzinfo=UTC),
            )
        ],
        WEDNESDAY: [Invented(id="2610.00021", submitted=datetime(2026, 11, 17, 12, 0, tzinfo=UTC))],
    }
    with StandIn(mailings=mailings, today=FRIDAY) as server:
        monkeypatch.setenv("TUI_DIGEST_API_URL", f"{server.base}/api/query")
        monkeypatch.setenv("TUI_DIGEST_FEED_URL", f"{server.base}/rss")
        monkeypatch.setenv("TUI_DIGEST_HTML_URL", f"{server.base}/html")
        monkeypatch.setenv("TUI_DIGEST_PDF_URL", f"{server.base}/pdf")
        monkeypatch.setenv("TUI_DIGEST_INTERVAL", "0")
        yield server


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], clock: Clock) -> Run:
    """Run a command in this process."""

    def run(*words: str) -> Result:
        capsys.readouterr()
        try:
            code = main(words)
        except SystemExit as end:
            code = int(end.code or 0)
        return Result(code, *capsys.readouterr())

    return run


@pytest.fixture
def fetched(arxiv: StandIn, run: Run) -> StandIn:
    """The day is stored, and arXiv has forgotten who asked."""
    assert run("fetch").code == 0
    arxiv.requests.clear()
    return arxiv


@pytest.fixture
def words_of_interest() -> None:
    """The user picks by two words."""
    file = places().config_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[pick]\nwords = {proximal = 2, gradient = 1}\n", encoding="utf-8")


@pytest.fixture
def model(model_and_wait: tuple[ModelServer, Wait]) -> ModelServer:
    """A model service on loopback, to which the commands are pointed."""
    return model_and_wait[0]


@pytest.fixture
def model_and_wait(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ModelServer, Wait]]:
    """The same, with what waits for one of its events."""
    with model_server() as (server, wait):
        monkeypatch.setenv("LLM_PROVIDER", "compatible")
        monkeypatch.setenv("LLM_MODEL", "asked")
        monkeypatch.setenv("LLM_BASE_URL", f"{server.url}/v1")
        yield server, wait


Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(clock: Clock) -> Start:
    """Start a command in a process of its own, with pipes; `watch` is code that the process runs first."""

    def start(*words: str, watch: str = "", stdout: Any = subprocess.PIPE) -> subprocess.Popen[bytes]:  # noqa: ANN401
        return subprocess.Popen(
            [sys.executable, "-c", f"{watch}\n{RUNNER}", clock.now.isoformat(), *words],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=stdout,
            stderr=subprocess.PIPE,
        )

    return start


@pytest.fixture
def process(start: Start) -> Run:
    """Run a command in a process of its own, to its end."""

    def process(*words: str, watch: str = "") -> Result:
        with start(*words, watch=watch) as running:
            out, err = running.communicate(timeout=60)
        return Result(running.returncode, out.decode(), err.decode())

    return process
