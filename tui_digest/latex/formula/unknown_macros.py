r"""Macros that are none of ours: what an author may mean by them.

An evident meaning by the name, another package's sign, or the name with its arguments in brackets.
"""

from __future__ import annotations

import re

from tui_digest.latex.formula.author_macros import guess, split_glued
from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.formula.scripts import read_scripts
from tui_digest.latex.nodes import (
    EMPTY,
    Alphabet,
    Delimited,
    Fraction,
    Kind,
    Name,
    Node,
    Row,
    Scripts,
    Symbol,
    Unknown,
)
from tui_digest.latex.symbols.lookup import rare_character, symbol_of_package
from tui_digest.latex.symbols.table import CHARACTERS

# What would be a letter's name, but takes two arguments: `\scal{a}{b}`.
_PRODUCTS = frozenset(("scal",))
_SHORT_SIGNS = {"la": "≲", "ga": "≳"}
# What comes behind the real numbers `\BR^n`, and not behind a branching ratio.
_BEHIND_REALS = frozenset(("^", "}"))
_ORDERS = frozenset(("bigO", "BigO"))
# Authors' names of bold, before one letter in braces: `\b{x}`.
_BOLD = frozenset(("b", "B"))
# Authors' names of alphabets, before a capital: `\mc G`.
_SHORT_FONTS = {"mc": Alphabet.CALLIGRAPHIC, "mf": Alphabet.FRAKTUR}
_LONGEST_STATE = 120
_NUMBER_ABOVE = r"\^(?:\d|\{[-−]?[\d.]+(?:/\d+)?\})"
# Astronomers' unit over the decimal point: `56\fs7` is 56.7 s.
_FRACTIONS_OF_TIME = frozenset(("fs", "fm", "fh", "fd"))


def read_unknown(parser: FormulaContext, name: str) -> Node | None:
    r"""A macro that is not ours.

    Its evident meaning, a rare character, or its name with its arguments.

    Arguments are in brackets, `\Order{n}` as `Order(n)`, so that they do not run into what follows.
    """
    if (sign := _short_sign(parser, name)) is not None:
        return sign
    if name == "f" and parser.peek()[:1].isdigit():
        return Fraction(parser.argument(), parser.argument())
    if name == "BR" and parser.peek() in _BEHIND_REALS:
        return Symbol("R", alphabet=Alphabet.BLACKBOARD)
    if name in _FRACTIONS_OF_TIME and _is_between_digits(parser):
        return Row((Scripts(EMPTY, superscript=Row((Symbol(name[1]),))), Symbol(".")))
    symbol = guess(name) if name not in _PRODUCTS or parser.peek() != "{" else None
    if symbol is not None and name in _ORDERS and parser.peek() == "{":
        return name_with_arguments(parser, symbol)
    if symbol is not None and not (len(name) == 2 and name[1] == "c" and parser.peek() == "{"):
        return symbol
    if name in _BOLD and re.match(
        r"\{[A-Za-z]\}", "".join(parser.tokens[parser.position : parser.position + 3])
    ):
        return parser.argument(Alphabet.BOLD).single()
    alphabet = _SHORT_FONTS.get(name)
    if alphabet is not None and re.match(
        r"\{?[A-Z]", "".join(parser.tokens[parser.position : parser.position + 2])
    ):
        return parser.argument(alphabet).single()
    internal = parser.readers.get(name.partition("@")[0] + "@") if "@" in name else None
    if internal is not None:
        return internal(parser, name)
    package_symbol = symbol_of_package(name)
    if package_symbol is not None:
        return package_symbol
    text = rare_character(name)
    if text:
        return Symbol(text)
    if glued := split_glued(name):
        sign, capitals = glued
        letter = Name(capitals, joined=True) if len(capitals) > 1 else parser.symbol(capitals)
        return Row((sign, read_scripts(parser, letter) or letter))
    return name_with_arguments(parser, Unknown(name))


def _is_between_digits(parser: FormulaContext) -> bool:
    """Tell whether a number is before the macro just read, and one comes next."""
    before = parser.tokens[parser.position - 2] if parser.position > 1 else ""
    return before[-1:].isdigit() and parser.peek()[:1].isdigit()


def _short_sign(parser: FormulaContext, name: str) -> Symbol | None:
    r"""Read `\la` and `\ga` where they are no letters, and `\e`, which is ε.

    Before `\ra` the first is a bracket, before an amount they are astronomers' comparisons.
    """
    if name == "e":
        exponent = "".join(parser.tokens[parser.position :][:8])
        # Euler's number has an exponent with letters.
        return Symbol("e" if exponent[:1] == "^" and not re.match(_NUMBER_ABOVE, exponent) else "ε")
    if name not in _SHORT_SIGNS:
        return None
    ahead = parser.tokens[parser.position : parser.position + _LONGEST_STATE]
    if name == "la" and "\\ra" in ahead:
        parser.tokens[parser.position + ahead.index("\\ra")] = "\\rangle"
        return Symbol("⟨", Kind.OPENING)
    return Symbol(_SHORT_SIGNS[name], Kind.RELATION) if parser.compares_amounts else None


def name_with_arguments(parser: FormulaContext, name: Node) -> Node:
    """The name of an author's macro with its arguments in brackets, if there are any."""
    arguments: list[Row] = []
    while parser.skip("{"):
        arguments.append(parser.block("}"))
    arguments = [argument for argument in arguments if argument.items]
    if not arguments:
        return name
    if len(arguments) == 1 and isinstance(name, (Name, Symbol)) and _is_bracketed(arguments[0]):
        return Row((name, *arguments[0].items))
    body = list(arguments[0].items)
    for argument in arguments[1:]:
        body += (CHARACTERS[","], *argument.items)
    return Row((name, Delimited("(", ")", Row(tuple(body)))))


def _is_bracketed(row: Row) -> bool:
    """Tell whether an argument has brackets of its own."""
    first, last = row.items[0], row.items[-1]
    if isinstance(first, Delimited):
        return first is last
    return isinstance(first, Symbol) and first.text in "([" and isinstance(last, Symbol) and last.text in ")]"
