"""What title and abstract say, ready to be compared with what is said about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from tui_digest.explain.folding import Fold
from tui_digest.explain.names import find_names, find_numbered
from tui_digest.explain.quantities import Quantity, all_values, find_quantities
from tui_digest.explain.quotations import find_quotations, is_quoted_from, quoted_words, squeeze
from tui_digest.explain.rates import find_rates
from tui_digest.explain.symbols import all_symbols, greek_in, symbols_of
from tui_digest.paper import Paper

_STRUCTURAL = frozenset(map(Decimal, (0, 1, 2)))
_ENUMERATED = re.compile(r"\(\s*$")
_SPEED = re.compile(
    r"\b((?:sub|super)?(?:-)?(?:linear|quadratic|cubic|exponential|polynomial|logarithmic|geometric))(?:ly|ally)?"
    r"\W+(?:\w+\W+){0,2}?(?:converg|rates?\b|complexit|regret)|"
    r"\b(?:converg\w*|decay\w*|scales?)\W+(?:\w+\W+){0,1}?"
    r"((?:sub|super)?(?:-)?(?:linear|quadratic|cubic|exponential|polynomial|logarithmic|geometric))(?:ly|ally)",
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

    def lacks_quotation(self, words: str) -> bool:
        """Whether a sentence quotes what is not there."""
        return any(not self._has_quotation(quotation) for quotation in find_quotations(words))

    def lacks_marked(self, words: str) -> bool:
        """Whether a mark quotes what is not there."""
        return any(not self._has_quotation(quotation) for quotation in quoted_words(words))

    def lacks_number(self, words: str, formulas: Iterable[str]) -> bool:
        """Whether there is a number that is not there; 0, 1 and 2 are part of many a formula's form."""
        in_words = [q for q in find_quantities(words) if not _is_enumeration(words, q)]
        in_formulas = [
            q for formula in formulas for q in find_quantities(formula) if not q.values & _STRUCTURAL
        ]
        return any(not quantity.values & self._values for quantity in [*in_words, *in_formulas])

    def lacks_rate(self, text: str) -> bool:
        """Whether a rate, in symbols or in words, is not there."""
        if any(rate not in self._rates for rate in find_rates(text)):
            return True
        speeds = [squeeze(first or second, self._fold) for first, second in _SPEED.findall(text)]
        return any(speed not in self._squeezed for speed in speeds)

    def lacks_symbol(self, words: str, formulas: Iterable[str]) -> bool:
        """Whether a letter stands for something that title and abstract do not speak of."""
        used = greek_in(words).union(*map(symbols_of, formulas))
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


def _is_enumeration(words: str, quantity: Quantity) -> bool:
    """Whether a number only counts the items of a list, as in (1) and (2)."""
    return bool(_ENUMERATED.search(words[: quantity.start])) and words[quantity.end : quantity.end + 1] == ")"
