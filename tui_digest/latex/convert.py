"""Whole texts: titles, abstracts, comments, answers of models, as Unicode or as styled segments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_digest.latex.segment import Segment

if TYPE_CHECKING:
    from tui_digest.latex.prose.reader import Reader
    from tui_digest.latex.symbols.glyphs import Level

_SPECIAL = re.compile(r"\\|\$|\{|\}|~|`|--|''|https?://")
_ONLY_ADDRESSES = re.compile(r"\\|\$|\{|\}|~|`|--|''")
_TEX = re.compile(r"\\|\$|\^\{|_\{")


def to_unicode(text: str, glyphs: Level = "full") -> str:
    r"""A text as arXiv or a model writes it, in TeX, as one running text in Unicode.

    Total: it never raises and loses no word, digit, symbol or bracket; a macro that nobody knows
    shows its name. A text without TeX comes back as the same object.

    Args:
        text: prose with formulas between `$…$`, `$$…$$`, `\(…\)`, `\[…\]` or in environments.
        glyphs: `full`; `basic` without the mathematical alphabets and most raised letters, for
            modest fonts; `ascii` with formulas in ASCII.
    """
    if _ONLY_ADDRESSES.search(text) is None:
        return text
    return _reader(text, glyphs, styled=False).read_plain()


def to_segments(text: str, glyphs: Level = "full") -> tuple[Segment, ...]:
    """The same reading as `to_unicode`, as styled pieces; their texts together are its result."""
    if _SPECIAL.search(text) is None:
        return (Segment(text),) if text else ()
    return _reader(text, glyphs, styled=True).read()


def _reader(text: str, glyphs: Level, styled: bool) -> Reader:
    # Plain texts are shown without the rest of the package.
    from tui_digest.latex.find import find_formulas
    from tui_digest.latex.prose.reader import Reader

    has_tex = _TEX.search(text) is not None
    return Reader(text, find_formulas(text) if has_tex else [], glyphs, has_tex, styled)
