"""The meanings of macros without arguments, in all tables.

Those of the packages and the rare characters are imported when a macro is met that `COMMANDS` lacks, which
few formulas have.
"""

from __future__ import annotations

from tui_digest.latex.nodes import Name, Space, Symbol
from tui_digest.latex.symbols.table import COMMANDS


def symbol_of_package(name: str) -> Symbol | None:
    """Return the symbol of a package's macro; None if no package that is known has it."""
    from tui_digest.latex.symbols.packages import PACKAGE_SYMBOLS

    return PACKAGE_SYMBOLS.get(name)


def command_or_symbol(name: str) -> Symbol | Name | Space | None:
    """Return what a macro of LaTeX or of a package stands for; None if neither has it.

    Args:
        name: The macro's name without the backslash.
    """
    return COMMANDS.get(name) or symbol_of_package(name)


def rare_character(name: str) -> str:
    """Return what a macro without arguments stands for that formulas seldom have.

    Args:
        name: The macro's name without the backslash.

    Returns:
        The characters, "" if the macro is not known.
    """
    from tui_digest.latex.symbols.rare_characters import RARE_CHARACTERS

    return RARE_CHARACTERS.get(name, "")
