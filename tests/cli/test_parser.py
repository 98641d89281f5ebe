"""How commands are called: help, wrong usage, wrong settings."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from tests.cli.conftest import Run
from tui_digest.cli.parser import parse_arguments
from tui_digest.cli.reader import NO_ARGUMENTS, OFFLINE
from tui_digest.errors import UsageError
from tui_digest.folders import places

COMMANDS = (
    "read", "fetch", "list", "show", "search", "export", "explain", "mark", "note", "history",
    "library", "latex", "keys", "doctor", "cache", "config",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    result = run(command, "--help")
    usage, _, rest = result.out.partition("\n\n")
    assert result.code == 0
    assert usage.startswith(f"usage: tui-digest {command}")
    assert rest.partition("\n\n")[0].rstrip().endswith(".")
    assert "show this help" in rest
    assert max(len(line) for line in result.lines) <= 100


def test_help_names_every_command_and_exit_code(run: Run) -> None:
    result = run("--help")
    assert [command for command in COMMANDS if f"    {command} " not in result.out] == []
    assert "2 wrong usage or settings" in result.out


def test_the_version_is_that_of_the_installed_package(run: Run) -> None:
    assert run("--version").out == f"tui-digest {version('tui_digest')}\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("lst",), "There is no command 'lst'; did you mean list?"),
        (("xyzzy",), "There is no command 'xyzzy';"),
        (("show",), "tui-digest show: the following arguments are required: ID"),
        (("show", "1234.12345x"), "'1234.12345x' is not an arXiv id"),
        (("list", "--date", "yesterday"), "'yesterday' is not a day; write it as 2026-11-20"),
        (("list", "--date", "0001-01-01"), "arXiv began on 1991-08-14"),
        (("list", "--picked", "-3"), "'-3' is not a number from 1 to 1000000"),
        (("list", "--picked", "0"), "'0' is not a number"),
        (("list", "--marked", "--all"), "not allowed with argument --marked"),
        (("list", "2611.00011", "--marked"), "argument --marked: not allowed with argument ID"),
        (("list", "--form=json"), "unrecognized arguments: --form=json"),
        (("list", "--format", "yaml"), "invalid choice: 'yaml'"),
        (("mark", "2611.00011", "--as", "later"), "invalid choice: 'later'"),
        (("export", "--explain", "--offline"), "--explain asks a language model, and --offline asks nobody"),
        (("fetch", "--explain", "2", "--offline"), "--explain asks a language model, and --offline"),
        (("list", "--category", "cs.ML", "--offline"), "'cs.ML' is not an arXiv category; did you mean"),
    ],
)
def test_wrong_usage_is_told_in_one_line_and_is_2(run: Run, words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert result.code == 2
    assert told in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("categories = ['cs.LG", "line 1: this is not TOML"),
        ("colour = true", "line 1: there is no setting colour; settings and tables are categories"),
        ("[arxiv]\nintervall = 3", "line 2: there is no setting arxiv.intervall; did you mean interval?"),
        ("[reader]\nsort = 'size'", "line 2: reader.sort is 'size', but must be one of pick, number, title"),
        (
            "categories = ['cs.ML']",
            "config.toml, line 1: categories is wrong: 'cs.ML' is not an arXiv category; did you mean",
        ),
    ],
)
def test_wrong_settings_name_file_key_and_what_is_allowed(run: Run, text: str, told: str) -> None:
    file = places().config_file
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    result = run("list", "--offline")
    assert result.code == 2
    assert told in result.err
    assert result.err.count(str(file)) == 1


def test_every_mistake_in_the_settings_is_told_once(run: Run) -> None:
    file = places().config_file
    file.parent.mkdir(parents=True)
    file.write_text('[reader]\nrows = 4\nsign = "ascii"\n[pick]\ncount = "x"\n', encoding="utf-8")
    result = run("list", "--offline")
    assert (result.code, result.out) == (2, "")
    assert [line.partition(":")[0] for line in result.err.splitlines()] == [
        f"{file}, line {line}" for line in (2, 3, 5)
    ]


def test_the_reader_needs_a_terminal(process: Run) -> None:
    result = process("--demo")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("The reader needs a terminal; `tui-digest list`")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["2611.10001"], "2611.10001"),
        (["https://arxiv.org/abs/2611.10001v2"], "2611.10001v2"),
        (["arXiv:2611.10001v1", "[cs.LG]", "--offline"], "2611.10001v1"),
        (["math.GT/0309136"], "math/0309136"),
        (["--offline", "hep-th/9901001"], "hep-th/9901001"),
        (["read", "2611.10001"], "2611.10001"),
    ],
)
def test_an_id_in_place_of_a_command_is_read(words: list[str], wanted: str) -> None:
    assert str(parse_arguments(words).id) == wanted


def test_without_a_command_it_is_the_reader() -> None:
    assert parse_arguments([]).run is not parse_arguments(["list"]).run


def test_what_an_empty_command_line_means_is_known_without_the_parser() -> None:
    parsed = vars(parse_arguments([]))
    assert {name: parsed[name] for name in parsed if name not in ("run", "version")} == vars(NO_ARGUMENTS)
    offline = vars(parse_arguments(["--offline"]))
    assert {name: offline[name] for name in offline if name not in ("run", "version")} == vars(OFFLINE)
    assert parse_arguments(["--demo"]).demo
    with pytest.raises(UsageError):
        parse_arguments(["--picked"])
