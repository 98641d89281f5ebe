"""Plain TOML files with one setting changed: as `tomllib` reads it, and all else to the byte."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_digest.text.plain_toml_edit import set_plain_value

FILE = """\
# mine
categories = ["cs.LG", "math.CO"]

[reader]
  theme =  "digest-dark"
rows = 1

# how many
[pick]
count = 3
"""


@pytest.mark.parametrize(
    ("name", "value", "changed"),
    [
        ("reader.theme", "x", FILE.replace('"digest-dark"', '"x"')),
        ("reader.rows", 2, FILE.replace("rows = 1", "rows = 2")),
        ("pick.count", 4, FILE.replace("3", "4")),
        ("categories", ("cs.CL",), FILE.replace('"cs.LG", "math.CO"', '"cs.CL"')),
        ("reader.sort", "pick", FILE.replace("rows = 1\n", 'rows = 1\nsort = "pick"\n')),
        ("pick.on", True, FILE + "on = true\n"),
        ("model.name", "é", FILE + '\n[model]\nname = "é"\n'),
    ],
)
def test_a_plain_setting_is_changed_on_its_line(name: str, value: object, changed: str) -> None:
    assert set_plain_value(FILE, name, value) == changed


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("a = 1 # mine\n", "a", 2),
        ("a = 'x'\n", "a", "y"),
        ("[[a]]\nb = 1\n", "a.b", 2),
        ("[a.b]\nc = 1\n", "a.d", 2),
        ("[a]\nb = 1\n", "c", 2),
        ("[a]\n", 'a."b c"', 1),
        ("a = 1\r\n", "a", 2),
        ("a = 1\n", "a", None),
        ("a = 1\n", "a", 'x"y'),
        ("a = 1\n", "a", "x\\y"),
        ("a = 1\n", "a", "x\ny"),
        ("a = 1\n", "a", [1]),
        ("a = 1\n", "a", {"b": 1}),
        ("a = 1\n", "a.b", 1),
    ],
)
def test_what_is_not_plain_is_left_to_a_whole_parser(text: str, name: str, value: object) -> None:
    assert set_plain_value(text, name, value) is None


LITERALS = st.sampled_from(["1", "true", '"x"', '["x", "y"]', "[]"])
SETTINGS = st.dictionaries(st.sampled_from("xyz"), LITERALS, max_size=3)
TABLES = st.dictionaries(st.sampled_from(["", "a", "a.b", "b"]), SETTINGS, max_size=3)
VALUES = st.one_of(
    st.booleans(), st.integers(0), st.text('ab "\\\né', max_size=3), st.lists(st.text(max_size=2))
)


@given(TABLES, st.sampled_from(["", "a.", "b.", "a.b.", "c."]), st.sampled_from("xyz"), VALUES)
def test_a_changed_file_has_that_value_and_all_else(
    tables: dict[str, dict[str, str]], table: str, key: str, value: object
) -> None:
    lines = []
    for name, entries in sorted(tables.items()):
        lines += (
            [f"[{name}]"] * bool(name) + [f"{entry} = {entries[entry]}" for entry in entries] + ["# c", ""]
        )
    text = "".join(f"{line}\n" for line in lines)
    path = [*filter(None, table.split(".")), key]
    changed = set_plain_value(text, ".".join(path), value)
    if changed is None:
        return
    wanted = tomllib.loads(text)
    changed_table = wanted
    for name in path[:-1]:
        changed_table = changed_table.setdefault(name, {})
    changed_table[key] = value
    assert tomllib.loads(changed) == wanted
    after = changed.splitlines()
    kept = iter(after)
    if len(after) == len(lines):
        assert sum(old != new for old, new in zip(lines, after, strict=True)) <= 1
    else:
        assert all(line in kept for line in lines)
