"""What README.md says of the program is true of it."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from tui_digest.settings import VARIABLES
from tui_digest.tui.keymap.definitions import COMMANDS
from tui_digest.tui.keymap.keymap import key_label

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_nothing_is_installed_by_a_name_that_is_not_ours_in_the_index() -> None:
    by_name = re.compile(r"""(?:install|uvx|pipx run)\s+(?:-\S+\s+)*['"]?tui[_-]digest\b""")
    files = [*ROOT.glob(".github/**/*.yml"), *ROOT.glob("*.md"), *ROOT.glob("tui_digest/**/*.py")]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    assert ROOT / "README.md" in texts
    assert {path.name: by_name.findall(text) for path, text in texts.items() if by_name.search(text)} == {}


def test_the_workflow_installs_from_a_checkout_that_the_user_names() -> None:
    (workflow,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    steps = yaml.safe_load(workflow)["jobs"]["post"]["steps"]
    (checkout,) = [step["with"] for step in steps if "repository" in step.get("with", {})]
    installs = [step["run"] for step in steps if "install" in step.get("run", "")]
    assert installs == [f"pip install ./{checkout['path']}"]
    assert checkout["persist-credentials"] is False


def test_every_test_that_holds_a_promise_is_there() -> None:
    promised = README.partition("What is promised, and which test holds it")[2].partition("</details>")[0]
    named = set(re.findall(r"`((?:tests/[\w/]+/)?(?:test_)?\w+\.py)`", promised))
    known = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/**/*.py")}
    assert len(named) > 15
    assert [
        name for name in named if not any(path == name or path.endswith(f"/{name}") for path in known)
    ] == []


def test_the_keys_that_are_named_are_the_default_ones() -> None:
    (table,) = re.findall(r"## Keys\n\n(.*?)\n\n", README, re.DOTALL)
    cells = [cell for row in table.splitlines()[2:] for cell in row.split(" | ")[::2]]
    named = {key for cell in cells for words in re.findall(r"`([^`]+)`", cell) for key in words.split()}
    labels = {key_label(key) for command in COMMANDS for key in command.keys}
    counted = {key for key in named if re.match(r"\d", key)}
    assert len(named) > 60
    assert named - counted - labels == set()
    assert {key.lstrip("0123456789") for key in counted} <= labels


def test_the_variables_that_go_before_the_file_are_named() -> None:
    (named,) = re.findall(r"\nIn the environment (.*?)\n\n", README, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", named)) == set(VARIABLES.values())
