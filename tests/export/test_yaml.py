"""Front matter that PyYAML and Psych read back equal."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.export.samples import FRAGMENTS, hostile_text, patient
from tui_digest.export.yaml import front_matter, yaml_list, yaml_text


def whole(text: str) -> str:
    """The text with lone surrogates as U+FFFD, as UTF-8 needs it."""
    return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)


@patient
@given(st.lists(hostile_text, max_size=4), hostile_text)
def test_any_text_is_read_back_equal_from_one_line(items: list[str], text: str) -> None:
    head = front_matter({"title": text, "authors": items, "version": 2, "read": True})
    lines = head.split("\n")
    assert (lines[0], lines[-2:]) == ("---", ["---", ""])
    assert len(lines) == 7
    read = yaml.safe_load("\n".join(lines[1:-2]))
    assert read == {
        "title": whole(text),
        "authors": [whole(item) for item in items],
        "version": 2,
        "read": True,
    }


@pytest.mark.parametrize(
    "text", ["2611.10", "yes", "null", "~", "- a", "a: b", "---", "1e3", "=", "0x1F", ""]
)
def test_text_stays_text(text: str) -> None:
    assert yaml.safe_load(yaml_text(text)) == text
    assert yaml.safe_load(yaml_list([text])) == [text]


def test_days_and_plain_words_are_not_quoted() -> None:
    assert front_matter({"announced": date(2026, 11, 20)}) == "---\nannounced: 2026-11-20\n---\n"
    assert yaml_list(["arxiv", "ml", "no", "C++"]) == '[arxiv, ml, "no", "C++"]'


@pytest.mark.skipif(shutil.which("ruby") is None, reason="Ruby is not installed")
def test_psych_reads_what_pyyaml_reads() -> None:
    text = front_matter({"title": "".join(FRAGMENTS), "authors": FRAGMENTS}).split("---\n")[1]
    program = "require 'json'; puts JSON.generate(YAML.load(STDIN.read))"
    command = ["ruby", "-Ku", "-ryaml", "-e", program]
    ruby = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60)
    assert json.loads(ruby.stdout) == yaml.safe_load(text)
    assert json.loads(ruby.stdout)["authors"] == [whole(fragment) for fragment in FRAGMENTS]
