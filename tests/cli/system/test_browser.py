"""The user's browser: which takes the terminal, which must not write to it, and how failures are told."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

import pytest

from tui_digest.cli.system.browser_and_viewer import MachineBrowser

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")

ADDRESS = "https://arxiv.org/abs/2611.00001v1"


@pytest.fixture(autouse=True)
def no_browser_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """`webbrowser` looks for them again, as in a process that has just started, and finds none installed."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(webbrowser, "_tryorder", None)
    monkeypatch.setattr(webbrowser, "_browsers", {})


def script(folder: Path, code: str) -> Path:
    file = folder / "browser"
    file.write_text(f"#!/bin/sh\n{code}\n", encoding="utf-8")
    file.chmod(0o700)
    return file


def test_one_in_a_window_writes_nothing_to_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    program = script(tmp_path, 'echo warning; echo warning >&2; printf %s "$1" > "$0.opened"')
    monkeypatch.setenv("BROWSER", f"{program} %s &")
    browser = MachineBrowser()
    assert not browser.takes_terminal()
    assert browser.open(ADDRESS)
    assert program.with_name("browser.opened").read_text() == ADDRESS
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("ending", ["", " %s", " %s &"])
@pytest.mark.parametrize("code", ["exit 3", "kill -9 $$"])
def test_one_that_fails_is_told(
    code: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", f"{script(tmp_path, code)}{ending}")
    assert not MachineBrowser().open(ADDRESS)


def test_a_variable_that_is_no_command_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "browser 'unclosed %s")
    browser = MachineBrowser()
    assert not browser.takes_terminal()
    assert not browser.open(ADDRESS)


def test_elinks_takes_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda _name: webbrowser.Elinks("elinks"))
    assert MachineBrowser().takes_terminal()
    monkeypatch.setattr(webbrowser, "get", lambda _name: webbrowser.Chrome("chromium"))
    assert not MachineBrowser().takes_terminal()


def test_the_first_of_several_that_can_opens_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = script(tmp_path, 'printf %s "$1" > "$0.opened"')
    monkeypatch.setenv("BROWSER", f"/nowhere/browser %s &:unclosed ' %s:{program}")
    assert MachineBrowser().takes_terminal()
    assert MachineBrowser().open(ADDRESS)
    assert program.with_name("browser.opened").read_text() == ADDRESS
