"""Split abstracts into sentences, without splitting a formula."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\$\$.*?\$\$|(?<!\\)\$.*?(?<!\\)\$", re.DOTALL)
_END = re.compile(r"(?:(?<=[.?!])|(?<=[.?!]\$\$))\s+(?=[A-Z$`\\])")
_PLAIN_WORDS = re.compile(r"(?<![\w'{\\-])[A-Za-z](?:[A-Za-z' ,;:-]*[A-Za-z])?(?![\w'\\-])")
_LONGEST_QUOTATION = 12
_SHORTEST_QUOTATION = 4


def sentences(abstract: str) -> list[str]:
    """The sentences of an abstract, in order; a full stop within a formula ends none."""
    formulas = [match.span() for match in _FORMULA.finditer(abstract)]
    pieces: list[str] = []
    start = 0
    for end in _END.finditer(abstract):
        if not any(first < end.start() < last for first, last in formulas):
            pieces.append(abstract[start : end.start()])
            start = end.end()
    return [*pieces, abstract[start:]]


def telling_words(sentence: str) -> str:
    """Return the longest run of at most twelve words without a formula or command.

    If no run has four words, the fewest that can support a statement, it is the whole sentence.
    """
    text = _FORMULA.sub("\n", sentence)
    words = max(_PLAIN_WORDS.findall(text), key=len).split(" ")
    if len(words) < _SHORTEST_QUOTATION:
        return sentence.rstrip(".")
    return " ".join(words[:_LONGEST_QUOTATION]).rstrip(",;:")
