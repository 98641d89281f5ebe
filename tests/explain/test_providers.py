"""Choosing a service and finding its key, from settings and environment."""

from __future__ import annotations

import asyncio
import os
import shlex
import sys
from pathlib import Path

import pytest

from tests.servers.explaining import KEY
from tui_digest.config_file import load_settings
from tui_digest.explain.api_keys import Key, find_key
from tui_digest.explain.diagnostics import diagnose
from tui_digest.explain.errors import NotSetUp
from tui_digest.explain.providers import PRESETS, choose
from tui_digest.settings import ModelSettings


def test_every_preset_can_be_chosen_by_name_and_key_alone() -> None:
    for name in set(PRESETS) - {"ollama", "compatible"}:
        environment = {PRESETS[name].key_variables[0]: KEY, "CF_ACCOUNT_ID": "abc123"}
        settings = ModelSettings(provider=name)
        service = choose(settings, environment)
        assert service.base_url.startswith("https://")
        assert service.model
        assert diagnose(settings, environment).problem == ""


def test_the_environment_chooses_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[model]\nprovider = "openai"\nmodel = "a"\n')
    environment = {"LLM_PROVIDER": "groq", "LLM_MODEL": "b", "LLM_BASE_URL": "https://relay.example/v1"}
    service = choose(load_settings(file, environment).model, environment)
    assert (service.provider, service.model, service.base_url) == ("groq", "b", "https://relay.example/v1")


@pytest.mark.parametrize(
    ("settings", "environment", "words"),
    [
        ({}, {}, "set LLM_PROVIDER"),
        ({}, {"GROQ_API_KEY": KEY}, "LLM_PROVIDER=groq"),
        ({"provider": "opnai"}, {}, "no provider 'opnai'"),
        ({"provider": "openai"}, {}, "OPENAI_API_KEY"),
        ({"provider": "ollama"}, {}, "LLM_MODEL"),
        ({"provider": "compatible", "model": "m"}, {}, "LLM_BASE_URL"),
        ({"provider": "cloudflare"}, {"CF_API_TOKEN": KEY}, "CF_ACCOUNT_ID"),
        ({"provider": "cloudflare"}, {"CF_API_TOKEN": KEY, "CF_ACCOUNT_ID": "../x"}, "CF_ACCOUNT_ID"),
        ({"provider": "openai", "base_url": "ftp://host"}, {}, "https://host/path"),
        ({"provider": "openai", "base_url": f"https://me:{KEY}@host"}, {}, "without a name, password"),
        ({"provider": "openai", "base_url": "https://host:port/"}, {}, "https://host/path"),
        ({"provider": "openai", "key_variable": "MINE"}, {}, "MINE"),
        ({"provider": "openai", "base_url": "http://host/v1"}, {"OPENAI_API_KEY": KEY}, "neither https"),
        (
            {"provider": "openai", "base_url": "http://localhost.evil.example/v1"},
            {"LLM_API_KEY": KEY},
            "neither https",
        ),
    ],
)
def test_what_is_missing_is_told_in_one_sentence(
    settings: dict[str, str], environment: dict[str, str], words: str
) -> None:
    problem = diagnose(ModelSettings(**settings), environment).problem  # type: ignore[arg-type]
    assert words in problem
    assert KEY not in problem
    assert "\n" not in problem


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://models.example", "https://models.example:443"),
        ("[::1]:9000", "http://[::1]:9000"),
        ("", "http://127.0.0.1:11434"),
    ],
)
def test_ollama_is_found_where_its_own_variable_says(host: str, address: str) -> None:
    service = choose(ModelSettings(provider="ollama", model="m"), {"OLLAMA_HOST": host})
    assert service.base_url == address


@pytest.mark.parametrize("host", ["http://localhost:1/v1", "http://127.0.0.9/v1", "http://[::1]:8/v1"])
def test_a_key_may_go_to_this_machine_unencrypted(host: str) -> None:
    settings = ModelSettings(provider="compatible", model="m", base_url=host)
    assert diagnose(settings, {"LLM_API_KEY": KEY}).problem == ""


def found(settings: ModelSettings, environment: dict[str, str]) -> Key:
    key = asyncio.run(find_key(choose(settings, environment), settings, environment))
    assert key is not None
    return key


def test_the_general_variable_goes_before_the_providers_own() -> None:
    settings = ModelSettings(provider="openai")
    assert found(settings, {"OPENAI_API_KEY": "own", "LLM_API_KEY": KEY}).reveal() == KEY
    assert found(settings, {"OPENAI_API_KEY": "own"}).reveal() == "own"


def test_a_key_does_not_show_itself() -> None:
    key = found(ModelSettings(provider="openai"), {"OPENAI_API_KEY": KEY})
    assert KEY not in repr(key) + str(key) + f"{key}"
    assert "OPENAI_API_KEY" in repr(key)


def test_a_command_can_print_the_key() -> None:
    command = shlex.join([sys.executable, "-c", f"print({KEY!r})"])
    settings = ModelSettings(provider="openai", key_command=command)
    assert diagnose(settings, {}).key == "from the command key_command"
    assert found(settings, {}).reveal() == KEY


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (shlex.join([sys.executable, "-c", f"import sys; sys.exit({KEY!r})"]), "failed with status 1"),
        ("/nonexistent/keys", "could not be run"),
        ("'unclosed", "not a command line"),
        (shlex.join([sys.executable, "-c", "pass"]), "is empty"),
        (shlex.join([sys.executable, "-c", f"print({KEY!r}, 'and', {KEY!r})"]), "is not a key"),
    ],
)
def test_a_command_that_fails_is_told_without_what_it_said(command: str, words: str) -> None:
    with pytest.raises(NotSetUp, match=words) as raised:
        found(ModelSettings(provider="openai", key_command=command), {})
    assert KEY not in str(raised.value)


def test_a_command_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tui_digest.explain.api_keys.COMMAND_SECONDS", 0.5)
    pid = tmp_path / "pid"
    program = f"import os, time; open({str(pid)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    with pytest.raises(NotSetUp, match="did not end within"):
        found(ModelSettings(provider="openai", key_command=shlex.join([sys.executable, "-c", program])), {})
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


@pytest.mark.skipif(sys.platform == "win32", reason="commands of a Unix shell")
def test_a_command_that_prints_without_end_is_ended() -> None:
    command = shlex.join([sys.executable, "-c", "import os\nwhile True: os.write(1, b'k' * 65536)"])
    with pytest.raises(NotSetUp, match="printed more than a key"):
        found(ModelSettings(provider="openai", key_command=command), {})


@pytest.mark.skipif(sys.platform == "win32", reason="commands of a Unix shell")
def test_what_a_command_leaves_running_is_not_waited_for() -> None:
    command = f"sh -c 'echo {KEY}; sleep 600 & exit 0'"
    assert found(ModelSettings(provider="openai", key_command=command), {}).reveal() == KEY


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
def test_what_is_no_key_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "long").write_text("k" * 100_000 + "\n")
    (tmp_path / "long").chmod(0o600)
    told = {
        "~nobody-of-that-name/x": "there is no such user's home folder",
        str(tmp_path): "is not a file",
        str(tmp_path / "pipe"): "is not a file",
        str(tmp_path / "long"): "is longer than a key",
        "x" * 5000: "cannot be read: file name too long",
    }
    for name, words in told.items():
        settings = ModelSettings(provider="openai", key_file=name)
        assert words in diagnose(settings, {}).problem
        with pytest.raises(NotSetUp, match=words):
            found(settings, {})


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are POSIX")
def test_a_key_file_is_read_only_if_it_is_the_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "the key"
    file.write_text(f"{KEY}\n")
    settings = ModelSettings(provider="openai", key_file=str(file))
    for mode in (0o644, 0o640, 0o604, 0o620):
        file.chmod(mode)
        with pytest.raises(NotSetUp) as raised:
            found(settings, {})
        assert str(raised.value).endswith(f"chmod 600 '{file}'")
    file.chmod(0o600)
    assert found(settings, {}).reveal() == KEY
    file.unlink()
    assert "no such file" in diagnose(settings, {}).problem


def test_a_broken_key_is_not_quoted() -> None:
    for broken in (f"{KEY}\nX-Evil: 1", f"{KEY}\x00", f"{KEY}é", f"two {KEY}"):
        with pytest.raises(NotSetUp) as raised:
            found(ModelSettings(provider="openai"), {"OPENAI_API_KEY": broken})
        assert KEY not in str(raised.value)


def test_the_doctor_says_what_is_set_and_runs_nothing(tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    settings = ModelSettings(provider="anthropic", key_command=f"touch {trace}")
    setup = diagnose(settings, {})
    assert (setup.provider, setup.address, setup.problem) == ("anthropic", "https://api.anthropic.com", "")
    assert setup.key == "from the command key_command"
    assert not trace.exists()
    assert diagnose(ModelSettings(provider="ollama", model="m"), {}).key == "not needed"
