"""Plain TOML is read as `tomllib` reads it; anything else is left to it."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_digest.text.plain_toml import parse_plain_toml


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing but words\n\n",
        '[reader]\ntheme = "nord"\nrows = 2\ninstant_start = false\n',
        'categories = ["cs.LG", "stat.ML"]\n[pick.words]\n"a b" = 2',
        'a = "nö # no comment"\n  [digest.one-more]\n  weight = 0.25\n  none = []\n[digest.b]\n',
        "[a.b]\nc = 1\n[a.d]\n",
        'a = [ "b, c" ,"d" ]\nb = [ ]\nc = ""\nd = [""]\n',
    ],
)
def test_plain_toml_is_read_without_tomllib(text: str) -> None:
    read = parse_plain_toml(text)
    assert read == (None if '"a b"' in text else tomllib.loads(text))


@pytest.mark.parametrize(
    "text",
    ["a = 1\na = 2", "[a]\n[a]", "a = 1\n[a.b]", "[a.b]\nb = 1\n[a]", '["a b".c]', "[[a]]", "[a..b]", "[a]]"]
    + [f"a = {value}" for value in ("1_0", "010", "-0", "null", "1.", "1e3", '"\\n"', "'b'", '"b" # c', "{}")]
    + [
        f"a = {value}"
        for value in (
            "[1]",
            "[null]",
            '["b",]',
            "[",
            '["a" "b"]',
            '["a]',
            '["a",, "b"]',
            '"a"b"',
            '"',
            "",
            "true false",
            "2026-11-01",
            "inf",
        )
    ]
    + ["a.b = 1", "\ta = 1", "a = 1\r\n", "a", "= 1", "\ufeffa = 1", "a\x85b = 1", 'a = """b"""'],
)
def test_other_toml_is_left_to_tomllib(text: str) -> None:
    assert parse_plain_toml(text) is None


_LINES = st.sampled_from(
    [
        "[a]",
        "[a.b]",
        "[b]",
        "[c.d.e]",
        "[[a]]",
        " # b",
        "",
        "a = 1",
        "b=true",
        "b.c = 1",
        '"a" = 1',
        "d = [",
        "]",
    ]
)
_VALUES = st.text("0123456789.\"[],-+_eE#\\' tfrualsn", max_size=8)


@given(st.lists(st.one_of(_LINES, st.builds("{} = {}".format, st.sampled_from("abcd"), _VALUES)), max_size=6))
def test_plain_toml_is_what_tomllib_reads(lines: list[str]) -> None:
    text = "\n".join(lines)
    read = parse_plain_toml(text)
    if read is not None:
        assert repr(read) == repr(tomllib.loads(text))
