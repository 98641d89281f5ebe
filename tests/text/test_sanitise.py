"""Nothing that steers a terminal or misleads the eye comes through the sanitiser."""

from __future__ import annotations

import json
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_digest.text.sanitise import one_line, printable_json, sanitise


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("a\x1b]0;owned\x07b", "ab"),
        ("a\x1b]52;c;b3duZWQ=\x1b\\b", "ab"),
        ("an unclosed \x1b]0;title keeps its words", "an unclosed 0;title keeps its words"),
        ("\u202eevil\u202c", "evil"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("tab\there", "tab here"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("bell\x07 back\x08 del\x7f", "bell back del"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("I ❤\ufe0f TeX 1\ufe0f\u20e3", "I ❤ TeX 1\u20e3"),
    ],
)
def test_hostile_text_is_made_harmless(hostile: str, clean: str) -> None:
    assert sanitise(hostile) == clean


def test_clean_text_is_the_same_object() -> None:
    text = "Rényi entropy of $\\mathcal{O}(1/\\sqrt{T})$, 数学, ∫ 😀\nand a second line"
    assert sanitise(text) is text


@given(st.text(alphabet=st.characters(codec=None)))
def test_no_control_or_format_character_survives(text: str) -> None:
    cleaned = sanitise(text)
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in cleaned)
    assert sanitise(cleaned) is cleaned


@given(st.text())
def test_one_line_has_no_line_breaks(text: str) -> None:
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    "text",
    ["plain", "Müller, 𝒪(√T), 日本", "\x7f\x9b31m\x85", "\u202eevil\u200b\u2028", "\U000e0041\U0001d173"],
)
def test_json_is_printable_and_says_the_same(text: str) -> None:
    shown = printable_json(msgspec.json.encode({"title": text}).decode())
    assert sanitise(shown) == shown
    assert json.loads(shown) == {"title": text}
