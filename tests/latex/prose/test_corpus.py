"""Real titles, abstracts and names without their formulas: no letter, accent or alphabet is dropped."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.corpus import SHARED
from tui_digest.latex import to_unicode
from tui_digest.latex.find import find_formulas

ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not ABSTRACTS.exists(), reason=f"there are no abstracts at {ABSTRACTS}"),
]

# What TeX does not print: names of macros and environments, settings, labels.
UNPRINTED = re.compile(
    r"\\(?:[hv]skip|kern)\s*-?[\d.]+\s*(?:pt|mm|cm|em|ex|in)(?![a-z])|\\SI\{[^{}]*\}"
    r"|\\hyperlink\{[^{}]*\}|\\qtyrange\[[^\]]*\]"
    r"|\\(?:begin|end|label|vspace|hspace|color|includegraphics)\*?\s*(?:\[[^\]]*\])*\{[^{}]*\}(?:\{[clr|]+\})?"
    r"|\\textcolor\{[^{}]*\}|\\[A-Za-z]+|\\\\\[[^\]]*\]|</?(?:sub|sup|i|b|em)>|&#?\w+;"
)
ACCENT = re.compile(
    # The apostrophes of `Player\\'s` and `Hold\\'em`, escaped by a program, are none.
    r"\\(?!(?<=[a-z]{4}\\)'s(?![A-Za-z])|(?<=[Hh]old\\)'em)['`^\"~=.]\s*(?:\{\s*)?(?:\\[ij](?![A-Za-z])|[A-Za-z])"
    r"|\\[cvuHkrdb](?:\{\s*|\s+)(?:\\[ij](?![A-Za-z])|[A-Za-z])"
    r"|\\(?:bar|hat|tilde|vec|dot|ddot|overline|widehat|widetilde|check|breve|not)(?![A-Za-z])\s*\{?[A-Za-z\\=]"
)
ALPHABET = re.compile(r"\\(?:mathbb|mathcal|mathfrak|mathscr|Bbb)\s*\{?\s*[A-Z]|\{\s*\\(?:cal|frak)\s+[A-Z]")


# A link whose words are its address shows it once.
ADDRESS_TWICE = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{(?:\\texttt\{|\\url\{|\\textcolor\{\w+\}\{)?(?=\1\})")


def texts() -> Iterator[str]:
    with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            for text in (record["title"], record["abstract"], *record["authors"]):
                if "\\" in text or "{" in text or "&" in text:
                    yield _without_formulas(text)


def _without_formulas(text: str) -> str:
    for formula in reversed(find_formulas(text)):
        text = f"{text[: formula.start]} {text[formula.end :]}"
    return text


def _letters(text: str) -> Counter[str]:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return Counter(character for character in folded if character.isalnum())


def _marks(text: str) -> int:
    """The accents on letters, and those behind brackets around several: `(sl(2))ˆ`."""
    decomposed = unicodedata.normalize("NFD", text)
    return sum(unicodedata.combining(character) > 0 or character in "ˆ˜ˇ˘˙¨" for character in decomposed)


def _in_alphabets(text: str) -> int:
    return sum("\U0001d400" <= character <= "\U0001d7ff" or "℀" <= character <= "⅏" for character in text)


def test_no_letter_accent_or_alphabet_is_dropped() -> None:
    seen = 0
    dropped: list[str] = []
    for text in texts():
        seen += 1
        shown = to_unicode(text)
        lost = _letters(UNPRINTED.sub(" ", ADDRESS_TWICE.sub(" ", text))) - _letters(shown)
        marks = len(ACCENT.findall(text)) + _marks(text) - _marks(shown)
        alphabets = len(ALPHABET.findall(text)) - _in_alphabets(shown)
        if lost or marks > 0 or alphabets > 0:
            dropped.append(f"{dict(lost)} {marks} {alphabets}: {text} -> {shown}")
    assert seen > 15_000
    assert not dropped
