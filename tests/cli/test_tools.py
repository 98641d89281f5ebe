"""`latex`, `keys`, `cache`, `config`, and what the program does as a Unix tools."""

from __future__ import annotations

import io
import json
import os
import signal
import stat
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from tests.cli.conftest import Run, Start
from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import invented
from tests.servers.models import ModelServer
from tui_digest.cli import container, settings_toml, tools
from tui_digest.cli.explain import explain_all
from tui_digest.demo import model_transport
from tui_digest.folders import places
from tui_digest.settings import DigestSettings, Settings


def test_latex_is_a_filter(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a rate of $\\mathcal{O}(1/\\sqrt{T})$\n\x1b[31m$x^2$\n"))
    assert run("latex").out == "a rate of 𝒪(1/√T)\nx²\n"
    file = tmp_path / "abstract.tex"
    file.write_bytes(b"$\\alpha$ \xff\n")
    assert run("latex", str(file)).out == "α \ufffd\n"
    assert run("latex", str(tmp_path / "missing")).code == 2


def test_a_line_that_would_fill_the_memory_is_not_converted(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_digest.cli.tools.LONGEST_LINE", 10)
    monkeypatch.setattr("sys.stdin", io.StringIO("$x^2$\n$x^{2}$ \x1b and $y^2$\n$x_1$\n"))
    done = run("latex")
    assert done.out == "x²\n$x^{2}$  and $y^2$\nx₁\n"
    assert done.err == "Line 2 is longer than 10 characters and was not converted.\n"


def test_keys_are_listed_with_the_users_own(run: Run) -> None:
    commands = json.loads(run("keys", "--format", "json").out)
    assert {"id", "keys", "title", "help", "group", "place", "dialogs"} == set(commands[0])
    assert len({command["id"] for command in commands}) == len(commands)
    file = places().config_file
    file.parent.mkdir(parents=True)
    own = f'[keys]\n{commands[0]["id"]} = "ctrl+y"\ncalendar.newest = "N"\nfilters.save = "ctrl+y"\n'
    file.write_text(own, encoding="utf-8")
    result = run("keys")
    assert "Ctrl-y" in result.out
    calendar = result.out.partition("In the calendar\n")[2].partition("\n\n")[0]
    assert "  Ctrl-y          A week on " in calendar
    assert "  N               Newest " in calendar
    clash = "in the saved filters Ctrl-y is both 'down' and 'filters.save'; it does 'down'."
    assert result.err.splitlines() == [f"config.toml: {clash}"]


def test_keys_are_listed_though_another_setting_is_wrong(run: Run) -> None:
    file = places().config_file
    file.parent.mkdir(parents=True)
    file.write_text('[reader]\nrows = 9\n[keys]\nquit = ["ctrl+y"]\n', encoding="utf-8")
    assert "  Ctrl-y  " in run("keys").out
    file.write_text("[keys]\nquit = 1\n", encoding="utf-8")
    refused = run("keys")
    assert (refused.code, "keys.quit is 1, but must be" in refused.err) == (2, True)


def test_the_cache_is_shown_and_cleared(fetched: StandIn, run: Run) -> None:
    assert run("cache", "info").out.split()[0] != "0"
    assert run("cache", "clear").out.endswith("Nothing of yours was in there.\n")
    assert run("cache", "info").out.startswith("0 answers")
    assert len(run("list", "--format", "jsonl", "--offline").lines) == 4


def test_a_first_config_holds_every_setting_and_is_private(run: Run) -> None:
    file = Path(run("config", "path").lines[0])
    assert run("config", "init").code == 0
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text(encoding="utf-8")
    assert run("config", "show").code == 0
    uncommented = "\n".join(line.removeprefix("# ") for line in text.splitlines()[1:])
    assert msgspec.convert(tomllib.loads(uncommented), Settings) == Settings()
    refused = run("config", "init")
    assert refused.code == 2
    assert "is there already" in refused.err
    assert file.read_text(encoding="utf-8") == text


def test_show_is_toml_that_says_what_holds(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_MODEL", 'named in the "environment"')
    shown = msgspec.convert(tomllib.loads(run("config", "show").out), Settings)
    assert shown.model.model == 'named in the "environment"'
    digests = {"a b": DigestSettings(words=("x",), pick=0), "c": DigestSettings(words={"é": 2.0})}
    odd = Settings(name='a \\ "b" — ü', keys={"a-b": ("x", "y")}, digest=digests)
    assert msgspec.convert(tomllib.loads(settings_toml.as_toml(odd)), Settings) == odd


LIGHT = (
    "list", "list --offline", "list --format jsonl", "list --marked", "list --picked", "show 2611.00011",
    "search steps", "mark 2611.00011", "note 2611.00011", "history", "export", "export --format bibtex",
    f"latex {os.devnull}", "keys", "config show", "cache info", "doctor --offline",
)  # fmt: skip

# Runs each of the commands, in one process, and says after each what it has imported.
_EACH = f"""
import sys
from datetime import datetime
import tui_digest.cli.container as container
container.utc_now = lambda: datetime.fromisoformat(sys.argv[1])
from tui_digest.cli import main
heavy = ("textual", "rich", "httpx", "feedparser", "markdown_it")
for words in {LIGHT!r}:
    code = main(words.split())
    print(words, code, [name for name in heavy if name in sys.modules], file=sys.stderr)
"""


def test_light_commands_import_nothing_heavy(fetched: StandIn, process: Run) -> None:
    told = process("--version", watch=_EACH).err.splitlines()
    assert [line for line in told if line.endswith("]")] == [f"{words} 0 []" for words in LIGHT]


def test_head_ends_it_silently(arxiv: StandIn, run: Run, start: Start) -> None:
    arxiv.mailings[arxiv.today] = invented(600)
    run("fetch")
    with start("list", "--format", "jsonl", "--offline") as running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith(b'{"id":"2611.00001"')
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full")
@pytest.mark.parametrize("words", [["list", "--offline"], ["--help"], ["list", "--help"], ["--version"]])
def test_a_full_disk_is_told(fetched: StandIn, start: Start, words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full, start(*words, stdout=full) as running:
        assert running.stderr is not None
        assert b"no space left on device" in running.stderr.read()
    assert running.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("words", [["fetch"], ["list"], ["show", "2611.00001"]])
def test_ctrl_c_is_130_without_a_word(arxiv: StandIn, start: Start, words: list[str]) -> None:
    arxiv.fault = "hang"
    with start(*words) as running:
        assert arxiv.was_asked.wait(30)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (130, b"", b"")


def test_results_are_utf8_whatever_the_locale(
    fetched: StandIn, process: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "POSIX")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    monkeypatch.setenv("PYTHONUTF8", "0")
    result = process("list", "--offline")
    assert result.code == 0
    assert "𝒪(1/T)" in result.out


def test_what_never_should_happen_is_a_sentence_and_a_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise KeyError("nobody thought of this")

    monkeypatch.setattr(tools, "print_keys", broken)
    result = run("keys")
    file = places().state / "last-crash.txt"
    assert result.code == 1
    assert result.err.startswith("Something went wrong that never should have (KeyError)")
    assert str(file) in result.err
    assert result.err.count("\n") == 1
    assert "nobody thought of this" in file.read_text(encoding="utf-8")
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_report_has_no_key_and_stays_readable(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise KeyError("sk-secret-of-mine was refused, exactly")

    monkeypatch.setattr(tools, "print_keys", broken)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-of-mine")
    monkeypatch.setenv("LLM_API_KEY", "x")
    run("keys")
    report = (places().state / "last-crash.txt").read_text(encoding="utf-8")
    assert report.splitlines()[-1] == "KeyError: '(a key) was refused, exactly'"


def test_the_demo_has_papers_and_a_sample_of_its_own(
    home: Path, monkeypatch: pytest.MonkeyPatch, model: ModelServer
) -> None:
    monkeypatch.setattr(model_transport, "_PAUSE", 0)
    with container.Parts(home=home / "demo", demo=True) as parts:
        digest = parts.run(parts.source.digest(None, categories=parts.categories)).digest
        entries = parts.library.entries(digest.papers[:1])
        assert explain_all(parts, entries) == (1, None)
        (entry,) = parts.library.entries(digest.papers[:1])
    assert entry.explanation is not None
    assert "made-up sample" in entry.explanation.text
    assert model.asked == []
    assert [path.name for path in home.iterdir()] == ["demo"]
