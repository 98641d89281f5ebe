"""Real titles and abstracts, where they are at hand: nothing raises, little TeX is left, words stay."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator

import pytest

from tests.corpus import SHARED
from tui_digest.latex import notation, to_segments, to_unicode
from tui_digest.latex.find import find_formulas

ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not ABSTRACTS.exists(), reason=f"there are no abstracts at {ABSTRACTS}"),
]

LEFT_OVER = re.compile(r"\\[A-Za-z]|\\[^\sA-Za-z]|[{}]")
_NO_LETTER = r"\\unicode\{\w+\}|\\[A-Za-z]+|\^\{?(?:th|st|nd|rd)"
WORD = re.compile(r"(?<![\w\\'`^\"~{}$-])[A-Za-z]{4,}(?![\w\\'`^\"~{}$-])")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    def read() -> Iterator[str]:
        with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record["title"]
                yield record["abstract"]

    return list(read())


def test_texts_come_out_without_tex(texts: list[str]) -> None:
    with_tex = [text for text in texts if "\\" in text or "$" in text]
    left = [text for text in with_tex if _has_left_over(text)]
    share = 100 * len(left) / len(with_tex)
    print(f"\n{len(texts)} texts, {len(with_tex)} with TeX; TeX is left in {len(left)} ({share:.3f} %)")
    assert share < 0.1


def _has_left_over(text: str) -> bool:
    """Whether commands or braces that the source does not write as signs are left outside of formulas."""
    prose = "".join(segment.text for segment in to_segments(text) if not segment.tex)
    sources = ("backslash", "setminus", "\\{", "\\}", "\\verb", "{,", "http")
    return LEFT_OVER.search(prose) is not None and not any(source in text for source in sources)


def test_words_of_the_prose_stay(texts: list[str]) -> None:
    lost = 0
    for text in texts:
        prose = text
        for formula in reversed(find_formulas(text)):
            prose = f"{prose[: formula.start]} $ {prose[formula.end :]}"
        prose = re.sub(r"\\[A-Za-z]+\s*(?:\[[^\]]*\])?(?:\{[^{}]*\})?", " $ ", prose)
        shown = to_unicode(text)
        lost += any(word not in shown for word in WORD.findall(prose))
    print(f"\nwords were lost in {lost} of {len(texts)} texts ({100 * lost / len(texts):.3f} %)")
    assert lost / len(texts) < 0.0005


def test_every_formula_has_its_line_in_the_notation(texts: list[str]) -> None:
    formulas = 0
    for text in texts[1::20]:
        found = find_formulas(text)
        formulas += len(found)
        card = {line.tex for line in notation(text)}
        shown = {line.text for line in notation(text)}
        for formula in found:
            if not re.search(r"[A-Za-z]", re.sub(_NO_LETTER, "", formula.tex)):
                continue  # numbers and signs have no line
            if re.fullmatch(
                r"\s*\(?(?:[ivx]+|[abc])\)\s*|\d+\s*\^\W*o\W*|\\(?:text..|emph)\{.*\}", formula.tex
            ):
                continue  # nor have the numbers of items, degrees, words
            if re.match(r"(?:\{\})?\s*[_^]", formula.tex):
                continue  # nor has a script at nothing
            bare = re.sub(r"\\label\s*\{[^{}]*\}", "", " ".join(formula.tex.split())).strip().rstrip(" ,.;-")
            bare = re.sub(r"(?:\\[ ,;:!]|\\q?quad|[ ,.;-])+\Z", "", bare)
            # A bracket of the sentence is no part of the formula in it.
            forms = {bare, bare[:-1]} if bare.endswith((")", "]")) else {bare, bare.lstrip("([")}
            # Nor is the punctuation in the last row of a system.
            forms |= {
                re.sub(r"[ ,.;]+((?:\s*\\end\{[a-z]+\*?\}|\s*\\right\s*\.?)+)\Z", r"\1", form)
                for form in forms
            }
            if "..." in formula.tex[-8:]:
                forms = {" ".join(formula.tex.split()).rstrip(", ")}  # the dots of a list stay
            is_shown = any(form in card or to_unicode(f"${form}$") in shown | {""} for form in forms)
            assert is_shown or bare[-1:] in ("\\", "^", "_")
    print(f"\n{formulas} formulas")
