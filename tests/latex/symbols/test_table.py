"""The table of symbols, as the commands in it are written."""

from __future__ import annotations

from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.symbols.table import COMMANDS


def test_every_symbol_reads_the_same_with_a_space_or_empty_braces_behind_it() -> None:
    for name in COMMANDS:
        if not name.isalpha():
            continue
        shown = formula_to_unicode(rf"x\{name} 2")
        assert shown == formula_to_unicode(rf"x\{name}{{}}2"), name
