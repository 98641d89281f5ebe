"""Rare characters are those of pylatexenc's tables, and none is in another table."""

from __future__ import annotations

import unicodedata

from pylatexenc.latex2text import get_default_latex_context_db

from tui_digest.latex import to_unicode
from tui_digest.latex.symbols.rare_characters import RARE_CHARACTERS
from tui_digest.latex.symbols.table import COMMANDS


def test_they_are_what_pylatexenc_knows_beside_the_commands() -> None:
    tables = get_default_latex_context_db()
    known = {}
    for category in tables.category_list:
        for macro in tables.d[category]["macros"].values():
            if isinstance(macro.simplify_repl, str) and "%" not in macro.simplify_repl:
                known[macro.macroname] = unicodedata.normalize("NFC", macro.simplify_repl.strip())
    missing = {
        name
        for name, text in known.items()
        if text and text.isprintable() and name not in COMMANDS and RARE_CHARACTERS.get(name) != text
    }
    assert missing == {"today"}  # what it stands for changes from day to day
    assert not RARE_CHARACTERS.keys() & COMMANDS.keys()


def test_they_are_read_in_prose_and_formulas() -> None:
    assert to_unicode(r"{\CYRZH}, \texteuro 5, $\VDash$") == "Ж, € 5, ⊫"
