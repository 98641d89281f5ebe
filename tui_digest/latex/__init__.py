"""TeX to Unicode: one line, two dimensions, and speech.

The text of a title, an abstract or a model's answer goes through the stages of a small compiler:
`find` locates the formulas, `prose` reads the text between them, `formula` parses a formula to a tree,
`inline` lays the tree out on one line, `display` in two dimensions, `speech` in words. `markdown`
reads the answers of models. Public names are imported when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.latex import markdown
    from tui_digest.latex.convert import is_shown_as_written, paragraphs, to_segments, to_unicode
    from tui_digest.latex.display import to_display
    from tui_digest.latex.notation_card import Notation, notation, paper_notation
    from tui_digest.latex.search_keys import search_key
    from tui_digest.latex.segment import Segment, Style
    from tui_digest.latex.speech import spoken

__all__ = [
    "Notation",
    "Segment",
    "Style",
    "is_shown_as_written",
    "markdown",
    "notation",
    "paper_notation",
    "paragraphs",
    "search_key",
    "spoken",
    "to_display",
    "to_segments",
    "to_unicode",
]

_HOMES = {
    "Notation": "notation_card",
    "Segment": "segment",
    "Style": "segment",
    "is_shown_as_written": "convert",
    "notation": "notation_card",
    "paper_notation": "notation_card",
    "paragraphs": "convert",
    "search_key": "search_keys",
    "spoken": "speech",
    "to_display": "display",
    "to_segments": "convert",
    "to_unicode": "convert",
}


def __getattr__(name: str) -> object:
    """Import a public name from its module.

    Raises:
        AttributeError: there is no such name.
    """
    if name == "markdown":
        return import_module(f"{__name__}.markdown")
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return value
