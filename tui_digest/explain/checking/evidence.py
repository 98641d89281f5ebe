"""What title and abstract say, ready to be compared with what is said about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from tui_digest.explain.checking.names import find_names, find_numbered
from tui_digest.explain.checking.normalise import Fold
from tui_digest.explain.checking.quantities import all_values, find_quantities
from tui_digest.explain.checking.quotations import find_quotations, is_quoted_from, quoted_words, squeeze
from tui_digest.explain.checking.rates import canonical, find_rates
from tui_digest.explain.checking.spans import find_spans, formulas
from tui_digest.explain.checking.symbols import all_symbols, greek_in, symbols_of
from tui_digest.paper import Paper

_STRUCTURAL = frozenset(map(Decimal, (0, 1, 2)))
_RELATION = re.compile(
    r"\\(?:leq?|geq?|lesssim|gtrsim|sim|simeq|approx|propto|asymp)(?![A-Za-z])|[=<>]|\\[()\[\]]"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PACE = r"((?:sub|super)?-?(?:linear|quadratic|cubic|exponential|polynomial|logarithmic|geometric))"
_SPEED = re.compile(
    rf"(?<![\w-]){_PACE}(?:ly|ally)?\W+(?:\w+\W+){{0,2}}?(?:converg|rates?\b|complexit|regret)"
    rf"|\b(?:converg\w*|decay\w*|scales?)\W+(?:\w+\W+)?(?<!-){_PACE}(?:ly|ally)",
    re.IGNORECASE,
)


class Evidence:
    """The title and abstract of one paper, and its authors' names."""

    def __init__(self, paper: Paper, fold: Fold) -> None:
        """Reads the paper once for all checks."""
        text = f"{paper.title}\n{paper.abstract}"
        self._fold = fold
        self._squeezed = squeeze(text, fold)
        self._people = [squeeze(author, fold) for author in paper.authors]
        self._values = all_values(text)
        self._symbols = all_symbols(text)
        self._rates = set(find_rates(text))
        # A rate of $1/T$ may be told as O(1/T).
        said = formulas(text, find_spans(text, markdown=False))
        self._terms = {canonical(term) for formula in said for term in _RELATION.split(formula)}
        self._words = {word.lower().replace("-", "") for word in _WORD.findall(text)}

    def lacks_quotation(self, words: str) -> bool:
        """Whether a sentence quotes what is not there."""
        return any(not self._has_quotation(quotation) for quotation in find_quotations(words))

    def lacks_marked(self, words: str) -> bool:
        """Whether a mark quotes what is not there."""
        return any(not self._has_quotation(quotation) for quotation in quoted_words(words))

    def lacks_number(self, words: str, said: Iterable[str]) -> bool:
        """Whether there is a number that is not there; 0, 1 and 2 are part of many a formula's form."""
        inside = [number for formula in said for number in find_quantities(formula)]
        numbers = find_quantities(words) + [number for number in inside if number.value not in _STRUCTURAL]
        return any(not number.values & self._values for number in numbers)

    def lacks_rate(self, text: str) -> bool:
        """Whether a rate, in symbols or in words, is not there."""
        if any(rate not in self._rates and rate.inside not in self._terms for rate in find_rates(text)):
            return True
        speeds = [(first or second).lower().replace("-", "") for first, second in _SPEED.findall(text)]
        return any(not any(word.startswith(speed) for word in self._words) for speed in speeds)

    def lacks_symbol(self, words: str, said: Iterable[str]) -> bool:
        """Whether a letter stands for something that title and abstract do not speak of."""
        used = greek_in(words).union(*map(symbols_of, said))
        return not used <= self._symbols

    def lacks_name(self, words: str) -> bool:
        """Whether a theorem, or somebody's work, is named that is not named there."""
        names = [squeeze(name, self._fold) for group in find_names(words) for name in group]
        known = [self._squeezed, *self._people]
        return any(not any(name in text for text in known) for name in names) or any(
            squeeze(numbered, self._fold) not in self._squeezed for numbered in find_numbered(words)
        )

    def _has_quotation(self, quotation: str) -> bool:
        return is_quoted_from(quotation, self._squeezed, self._fold)
