"""pylatexenc as the dictionary for macros that our own table lacks. Its only import; it costs 25 ms."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any


def character(name: str) -> str:
    """The character that pylatexenc knows for a macro without arguments; "" when it knows none."""
    specification = _context().get_macro_spec(name)
    replacement = getattr(specification, "simplify_repl", None)
    if specification is None or not isinstance(replacement, str) or "%" in replacement:
        return ""
    text = unicodedata.normalize("NFC", replacement.strip())
    return text if text.isprintable() else ""


@cache
def _context() -> Any:  # noqa: ANN401 - pylatexenc has no types
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()
