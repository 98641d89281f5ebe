"""TeX to Unicode: one line, two dimensions, and speech.

The text of a title, an abstract or a model's answer goes through the stages of a small compiler:
`scan` finds the formulas, `prose` reads what stands between them, `parse` makes a formula's tree,
and `line` lays the tree out on one line.
"""

from __future__ import annotations

from tui_digest.latex.notation import Notation, notation
from tui_digest.latex.read import to_segments, to_unicode
from tui_digest.latex.search import search_key
from tui_digest.latex.segment import Segment, Style

__all__ = ["Notation", "Segment", "Style", "notation", "search_key", "to_segments", "to_unicode"]
