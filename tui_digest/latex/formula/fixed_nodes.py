"""The nodes of tokens that are the same wherever they are: made once, drawn once."""

from __future__ import annotations

from tui_digest.latex.formula.tokens import SPELLED_NAMES
from tui_digest.latex.nodes import Alphabet, Name, Node, Row, Symbol
from tui_digest.latex.symbols.table import AUTHORS_NAMES, CHARACTERS, COMMANDS

# Without the module `string`, which makes a pattern for its templates when it is imported.
_ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_ORDINARY = _ALPHANUMERIC + "|/.αβγδεζηθικλμνξοπρστυφχψωϕϵΓΔΘΛΞΠΣΦΨΩ"
_LETTERS = {character: Symbol(character) for character in _ORDINARY} | CHARACTERS
WITH_ARGUMENTS = AUTHORS_NAMES | {"E", "P"}
"""Names that may have an argument in braces, and letters that have: an expectation, a probability."""
# `]` may end an optional argument.
FIXED_NODES: dict[str, Node] = {**{f"\\{name}": node for name, node in COMMANDS.items()}, **_LETTERS}
for _token in ("]", "\\_", "\\o", *(f"\\{name}" for name in WITH_ARGUMENTS)):
    del FIXED_NODES[_token]
FIXED_NODES |= {
    name: COMMANDS["bmod" if name == "mod" else name] for name in SPELLED_NAMES if name != "const"
}
FIXED_NODES["div"] = Name("div", operator=True)
FIXED_NODES["const"] = Name("const")
"""The nodes of the tokens that are the same wherever they are."""

FIXED_ROWS = {token: Row((node,)) for token, node in FIXED_NODES.items()}
"""The rows of a single one of them, as most arguments are."""

FIXED_LETTERS = {
    alphabet: {character: Symbol(character, alphabet=alphabet) for character in _ALPHANUMERIC}
    for alphabet in (
        Alphabet.ROMAN,
        Alphabet.BOLD,
        Alphabet.BLACKBOARD,
        Alphabet.CALLIGRAPHIC,
        Alphabet.FRAKTUR,
    )
}
"""Letters and digits in each alphabet beside the normal one."""

FIXED_ARGUMENTS = {
    Alphabet.NORMAL: FIXED_ROWS,
    **{
        alphabet: {character: Row((symbol,)) for character, symbol in letters.items()}
        for alphabet, letters in FIXED_LETTERS.items()
    },
}
"""The rows of a single token in each alphabet, such as the R of a blackboard."""
