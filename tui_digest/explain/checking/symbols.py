r"""The letters that a formula speaks of, in one form: `\mathbf{x}` is x, `\varepsilon` is ε."""

from __future__ import annotations

import re
import unicodedata

from tui_digest.explain.checking.normalise import letter_of
from tui_digest.explain.checking.spans import find_spans, formulas, prose

_NOT_SYMBOLS = re.compile(
    r"\\(?:text|mathrm|textrm|operatorname\*?|mathop|mathsf|mathtt|textsf|texttt|textit|label|tag|begin|end)"
    r"\s*\{[^{}]*\}|\\mathbb\s*(?:\{[^{}]*\}|[A-Za-z])"
)
# Big-O letters in front of a bracket, and the d of an integral.
_ORDER = re.compile(
    r"\\(?:mathcal|tilde|widetilde)\s*\{?\s*O\s*\}*|[Oo]\s*(?=\\?(?:left|big+l?)?\s*\()|\\,\s*d(?=[a-z])"
)
_INDEX = re.compile(
    r"_\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|\S)|\^\s*(?:\\top|T|\\prime|\\ast)(?![A-Za-z])"
)
_LETTER = re.compile(r"\\(?P<command>[A-Za-z]+)|(?P<letter>[^\W\d_])")
_GREEK = re.compile("[\u0391-\u03a9\u03b1-\u03c9]")
_ALONE = re.compile(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])")
# Constants and differentials that need no introduction.
_KNOWN = frozenset("eπd")


def symbols_of(formula: str) -> set[str]:
    """The letters of a formula, without words, operators, number sets, indices and constants."""
    bare = _INDEX.sub(" ", _ORDER.sub(" ", _NOT_SYMBOLS.sub(" ", formula)))
    return _letters(bare) - _KNOWN


def greek_in(words: str) -> set[str]:
    """The Greek letters that stand in prose."""
    return set(_GREEK.findall(unicodedata.normalize("NFKC", words))) - _KNOWN


def all_symbols(text: str) -> set[str]:
    """Every letter that a TeX text uses as a symbol: in formulas, indices too, or alone in its prose."""
    spans = find_spans(text, markdown=False)
    words = unicodedata.normalize("NFKC", prose(text, spans))
    symbols = set(_ALONE.findall(words)) | greek_in(words)
    for formula in formulas(text, spans):
        symbols |= _letters(formula)
    return symbols | _letters(" ".join(re.findall(r"\\[A-Za-z]+", words)))


def _letters(formula: str) -> set[str]:
    letters = set()
    for match in _LETTER.finditer(formula):
        name = match["command"]
        letter = match["letter"] if name is None else letter_of(name)
        letters |= {sign for sign in unicodedata.normalize("NFKC", letter) if sign.isalpha()}
    return letters
