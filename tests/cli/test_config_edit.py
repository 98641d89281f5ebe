"""Edits of config.toml: the setting changes, and all else stays to the byte."""

from __future__ import annotations

import stat
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_digest.cli.config_edit import UserConfig, with_settings
from tui_digest.config_file import load_settings
from tui_digest.errors import UsageError

FULL = """\
# My settings.
categories = [ "cs.LG" ]   # the field
name = 'Mine'

[reader] # how it looks
theme   = "digest-dark"  # by day
show = [
  "new",
  "cross", # both
]

# --- words
[pick]
count = 3

[pick.words]
proximal = 2 # much
"graph neural" = 1.5

# --- the end
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "config.toml"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[reader]\ntheme = "x"\n'),
        ("# mine\n", '# mine\n\n[reader]\ntheme = "x"\n'),
        ('name = "a"', 'name = "a"\n\n[reader]\ntheme = "x"\n'),
        ("[reader]\n", '[reader]\ntheme = "x"\n'),
        ("[reader]\nsort = 'pick'\n", "[reader]\nsort = 'pick'\ntheme = \"x\"\n"),
        ("[reader]\nsort = 'pick'", "[reader]\nsort = 'pick'\ntheme = \"x\"\n"),
        ("[reader]\nrows = 1\n\n# about\n[pick]\n", '[reader]\nrows = 1\ntheme = "x"\n\n# about\n[pick]\n'),
        ("[reader]\ntheme = 'y'  # mine\n", "[reader]\ntheme = \"x\"  # mine\n"),
        ('[ reader ]\n  "theme"   =   "y"\n', '[ reader ]\n  "theme"   =   "x"\n'),
        ('reader.theme = "y" # mine\n[pick]\n', 'reader.theme = "x" # mine\n[pick]\n'),
        ("reader.sort = 'pick'\n[pick]\n", "reader.sort = 'pick'\nreader.theme = \"x\"\n[pick]\n"),
        ("reader = {theme = 'y', rows = 1} # mine\n", 'reader = {theme = "x", rows = 1} # mine\n'),
        ("reader = {sort = 'pick'}\n", "reader = {sort = 'pick', theme = \"x\"}\n"),
        ("reader = {}\n", 'reader = {theme = "x"}\n'),
        ("[pick]\ncount = 3\n", '[pick]\ncount = 3\n\n[reader]\ntheme = "x"\n'),
        ("[reader]\r\nsort = 'pick'\r\n", "[reader]\r\nsort = 'pick'\r\ntheme = \"x\"\r\n"),
        ("\ufeff[reader]\nsort = 'pick'\n", "\ufeff[reader]\nsort = 'pick'\ntheme = \"x\"\n"),
    ],
)  # fmt: skip
def test_a_setting_goes_into_its_table_in_the_form_that_it_has(before: str, after: str) -> None:
    assert with_settings(before, {"reader.theme": "x"}) == after


@pytest.mark.parametrize(
    ("name", "value", "old", "new"),
    [
        ("categories", ("math.OC", "cs.LG"), '[ "cs.LG" ] ', '["math.OC", "cs.LG"] '),
        ("name", 'a "b"\n', "'Mine'", r'"a \"b\"\n"'),
        ("reader.theme", "light", '"digest-dark"', '"light"'),
        ("reader.show", ("new",), '[\n  "new",\n  "cross", # both\n]', '["new"]'),
        ("reader.rows", 2, "]\n\n# --- words", "]\nrows = 2\n\n# --- words"),
        ("pick.count", 0, "count = 3", "count = 0"),
        ("pick.words.proximal", 1.0, "= 2 #", "= 1.0 #"),
        ('pick.words."graph neural"', 2.0, "1.5", "2.0"),
        ("pick.words", {"proximal": 2, "dual": 1.0}, '"graph neural" = 1.5\n', "dual = 1.0\n"),
        ("pick.count", None, "count = 3\n", ""),
        ("model.words", None, "", ""),
        ("model.words", 300, "# --- the end\n", "# --- the end\n\n[model]\nwords = 300\n"),
        ('digest."a b".pick', 4, "# --- the end\n", '# --- the end\n\n[digest."a b"]\npick = 4\n'),
    ],
)
def test_every_other_byte_stays(name: str, value: object, old: str, new: str) -> None:
    assert with_settings(FULL, {name: value}) == FULL.replace(old, new)


def test_a_setting_of_the_top_stands_before_all_tables() -> None:
    text = "# mine\n[reader]\nsort = 'pick'\n"
    assert tomllib.loads(with_settings(text, {"categories": ("cs.LG",)})) == {
        "categories": ["cs.LG"],
        "reader": {"sort": "pick"},
    }


_shapes = st.sampled_from(
    [
        "[reader]\nrows = 1\n",
        "reader.rows = 1\n",
        "reader = {rows = 1, theme = 'a'}\n",
        "[digest.a]\npick = 1\n",
        "digest.a.pick = 1\n",
        "digest = {a = {pick = 1}}\n",
        "[model.prices]\nm = [1, 2]\n",
        "pick = {words = {a = 1}}\n",
        "[pick]\nwords.a = 1\n",
        "# a comment\n",
        "\n",
        'name = """\n[reader]\nrows = 2\n"""\n',
    ]
)
_changes = st.dictionaries(
    st.sampled_from(
        [
            "reader.rows",
            "reader.theme",
            "digest.a.pick",
            "digest.b.pick",
            "pick.words",
            "model.prices",
            "name",
        ]
    ),
    st.one_of(
        st.none(), st.integers(0, 3), st.just("x"), st.dictionaries(st.sampled_from("ab"), st.integers())
    ),
    max_size=4,
)


@example("reader.rows = 1\ndigest.a.pick = 1\n", {"reader.rows": {}})
@example("reader.rows = 1\n", {"reader.theme": "x", "reader.rows": None})
@given(st.lists(_shapes, max_size=5).map("".join), _changes)
@settings(deadline=None)
def test_whatever_form_a_file_has_it_means_what_was_asked(text: str, changes: dict[str, object]) -> None:
    try:
        wanted = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    for name, value in changes.items():
        *tables, key = name.split(".")
        table = wanted
        for each in tables:
            table = table.setdefault(each, {}) if value is not None else table.get(each, {})
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
    assert _filled(tomllib.loads(with_settings(text, changes))) == _filled(wanted)


def _filled(table: dict[str, Any]) -> dict[str, Any]:
    """The table without empty ones: what a setting is taken out of may lose its header, or keep it."""
    inner = {key: _filled(value) if isinstance(value, dict) else value for key, value in table.items()}
    return {key: value for key, value in inner.items() if value != {}}


def test_a_file_is_changed_again_and_again_and_keeps_its_mode(file: Path) -> None:
    config = UserConfig(file)
    config.write({"reader.theme": "mine"})
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o640)
    config.write({"reader.theme": "other"})
    config.write({"reader.signs": "ascii"})
    read = load_settings(file, {}).reader
    assert (read.theme, read.signs) == ("other", "ascii")
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("[reader]\nrow = 3\n", {"reader.theme": "x"}),
        ("[reader\n", {"reader.theme": "x"}),
        ("[reader]\nrows = 3\n", {"reader.rows": 9}),
        ("[reader]\nrows = 3\n", {"reader.no": 9}),
    ],
)
def test_a_file_with_a_mistake_before_or_after_is_left_as_it_is(
    file: Path, text: str, changes: dict[str, object]
) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        UserConfig(file).write(changes)
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link_and_one_that_leads_nowhere_is_told(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    real = tmp_path / "dotfiles.toml"
    real.write_text("name = 'a'\n", encoding="utf-8")
    file.symlink_to(real)
    UserConfig(file).write({"name": "b"})
    assert file.is_symlink()
    assert real.read_text(encoding="utf-8") == 'name = "b"\n'
    real.unlink()
    with pytest.raises(UsageError, match="is a link to"):
        UserConfig(file).write({"name": "c"})
    assert not real.exists()


def test_a_file_that_cannot_be_written_is_told(file: Path) -> None:
    file.parent.write_bytes(b"not a folder")
    with pytest.raises(UsageError, match=r"could not be written: .*\. It is as it was"):
        UserConfig(file).write({"name": "b"})


def test_variables_that_override_a_change_are_named(file: Path) -> None:
    config = UserConfig(file, {"LLM_PROVIDER": "groq", "LLM_API_KEY": "secret"})
    lines = config.lines({"model.provider": "openai", "reader.signs": "ascii"})
    assert lines.startswith("# As long as they are set, these go before the lines below: LLM_PROVIDER.\n")
    assert tomllib.loads(lines) == {"model": {"provider": "openai"}, "reader": {"signs": "ascii"}}
    assert "#" not in config.lines({"reader.signs": "ascii"})
    config.write({"model.provider": "openai"})
    assert "#" not in file.read_text(encoding="utf-8")
