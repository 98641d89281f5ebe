"""The nodes that are the same wherever they are: made once, drawn once.

Those of single tokens, and letters with a single script.
"""

from __future__ import annotations

from tui_digest.latex.formula.tokens import SPELLED_NAMES
from tui_digest.latex.nodes import Alphabet, Name, Node, Row, Scripts, Symbol
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

SHARED_NODES: set[Node] = {
    *FIXED_NODES.values(),
    *(symbol for letters in FIXED_LETTERS.values() for symbol in letters.values()),
}
"""The nodes that are the same in all formulas, so that a layout may remember how it draws them."""

_SHARED_ROWS = frozenset((*FIXED_ROWS.values(), None))
_MOST_SHARED_SCRIPTS = 4096
_SHARED_SCRIPTS: dict[tuple[Node, Row | None, Row | None, int, bool], Scripts] = {}


def shared_scripts(
    base: Node, subscript: Row | None, superscript: Row | None, primes: int, limits: bool
) -> Scripts:
    """Return a base with its scripts, the same node each time where all are fixed."""
    key = base, subscript, superscript, primes, limits
    scripts = _SHARED_SCRIPTS.get(key)
    if scripts is None:
        scripts = Scripts(*key)
        if (
            base in SHARED_NODES
            and subscript in _SHARED_ROWS
            and superscript in _SHARED_ROWS
            and len(_SHARED_SCRIPTS) < _MOST_SHARED_SCRIPTS
        ):
            _SHARED_SCRIPTS[key] = scripts
            SHARED_NODES.add(scripts)
    return scripts
