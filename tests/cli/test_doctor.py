"""`doctor`: what is wrong is found, with how to mend it, and nothing is changed."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Clock, Run
from tests.servers.arxiv import StandIn
from tests.servers.models import ModelServer
from tui_digest.folders import places

KEY = "sk-very-secret-0123456789"


def wrong(run: Run, *words: str) -> dict[str, dict[str, str]]:
    """The findings that are not well, by subject; the exit code must say the same."""
    result = run("doctor", "--format", "json", *words)
    findings = [finding for finding in json.loads(result.out) if not finding["well"]]
    assert result.code == (1 if findings else 0)
    return {finding["subject"]: finding for finding in findings}


def test_all_is_well(fetched: StandIn, run: Run) -> None:
    result = run("doctor")
    assert (result.code, result.lines[-1]) == (0, "All is well.")
    assert len(fetched.requests) == 1
    for subject in ("settings", "integrity", "permissions", "space", "cache", "arxiv", "model"):
        assert any(line.split()[:2] == ["well", subject] for line in result.lines), subject


def test_on_a_new_home_all_is_well_and_nothing_is_made(run: Run, home: Path) -> None:
    assert wrong(run, "--offline") == {}
    assert list(home.iterdir()) == []


def test_holidays_that_run_out_are_told_until_the_settings_have_later_ones(run: Run, clock: Clock) -> None:
    assert any("holidays are known until 2026-12-31" in line for line in run("doctor", "--offline").lines)
    clock.now = datetime(2027, 1, 2, tzinfo=UTC)
    found = wrong(run, "--offline")["holidays"]
    assert "known only until 2026-12-31" in found["found"]
    assert "holidays under [arxiv]" in found["mend"]
    places().config_file.parent.mkdir(0o700, parents=True)
    places().config_file.write_text("[arxiv]\nholidays = [2027-12-31]\n", encoding="utf-8")
    assert wrong(run, "--offline") == {}


def test_a_locale_that_cannot_show_mathematics(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: "ISO-8859-1")
    found = wrong(run, "--offline")
    assert found["terminal"]["found"] == "The locale's encoding is ISO-8859-1."
    assert "LANG=C.UTF-8" in found["terminal"]["mend"]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_folders_and_files_open_to_others(fetched: StandIn, run: Run) -> None:
    places().cache.chmod(0o755)
    places().library_file.chmod(0o644)
    found = wrong(run, "--offline")
    assert found["place"]["mend"] == f"chmod 700 '{places().cache}'"
    assert found["permissions"]["mend"].startswith("chmod 600 ")


def test_a_ruined_library_is_named_and_left(fetched: StandIn, run: Run) -> None:
    file = places().library_file
    file.write_bytes(b"ruined" * 1000)
    assert "is damaged or is not a library" in wrong(run, "--offline")["library"]["found"]
    assert file.read_bytes() == b"ruined" * 1000


def test_a_file_in_the_place_of_the_library_does_not_stop_it(run: Run, home: Path) -> None:
    file = places().config_file
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_text(f'[sync]\nfolder = "{home}"\n', encoding="utf-8")
    places().data.parent.mkdir(parents=True, exist_ok=True)
    places().data.touch()
    found = wrong(run, "--offline")
    assert "is a file where a folder should be" in found["place"]["found"]
    assert "a file stands where its folder should be" in found["sync"]["found"]


def test_wrong_settings_do_not_stop_it(fetched: StandIn, run: Run) -> None:
    file = places().config_file
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_text("colour = 1\n", encoding="utf-8")
    found = wrong(run, "--offline")
    assert list(found) == ["settings"]
    assert "there is no setting colour" in found["settings"]["found"]
    assert str(file) in found["settings"]["mend"]


def test_what_the_environment_says_holds_also_where_config_toml_is_wrong(
    arxiv: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLM_PROVIDER", "ollama")
    monkeypatch.setenv("LLM_MODEL", "a-model")
    places().config_file.parent.mkdir(0o700, parents=True)
    places().config_file.write_text("categories = 3\n", encoding="utf-8")
    out = run("doctor").out
    assert f"{arxiv.base}/api/query answers." in out
    assert "a-model" in out


def test_a_theme_that_there_is_none_of_is_named(run: Run) -> None:
    file = places().config_file
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_text('[reader]\ntheme = "drakula"\n', encoding="utf-8")
    found = wrong(run, "--offline")
    assert "there is no theme 'drakula'; did you mean 'dracula'?" in found["theme"]["found"]


def test_keys_that_clash_are_named(run: Run) -> None:
    file = places().config_file
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_text('[keys]\nno_such_command = "x"\n', encoding="utf-8")
    assert "no_such_command" in wrong(run, "--offline")["keys"]["found"]


def test_arxiv_that_does_not_answer(arxiv: StandIn, run: Run) -> None:
    arxiv.fault = "html"
    assert "arxiv" in wrong(run)


def test_arxiv_that_wants_a_pause_is_not_asked(arxiv: StandIn, run: Run) -> None:
    arxiv.fault = "429"
    run("fetch")
    asked = len(arxiv.requests)
    assert "wants a pause until" in wrong(run)["arxiv"]["found"]
    assert len(arxiv.requests) == asked


def test_the_model_is_not_asked_and_the_key_not_shown(
    model: ModelServer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLM_API_KEY", KEY)
    result = run("doctor", "--offline")
    assert result.code == 0
    assert "key: from LLM_API_KEY" in result.out
    assert KEY not in result.out + result.err
    assert model.asked == []


def test_a_model_that_is_half_set_up_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_PROVIDER", "openai")
    assert "OPENAI_API_KEY" in wrong(run, "--offline")["model"]["found"]


@pytest.mark.skipif(sys.platform != "linux", reason="the locale's encoding is Linux's")
def test_a_locale_without_mathematics_is_told(process: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "POSIX")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    monkeypatch.setenv("PYTHONUTF8", "0")
    result = process("doctor", "--offline")
    assert result.code == 1
    assert "WRONG  terminal" in result.out
