"""Whole texts: titles, abstracts, comments, answers of models, as Unicode or as styled segments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_digest.latex.segment import Segment

if TYPE_CHECKING:
    from tui_digest.latex.prose.reader import ProseReader
    from tui_digest.latex.symbols.glyphs import Level

_ONLY_ADDRESSES = re.compile(r"\\|\$|\{|\}|~|`|--|''|&(?=#?\w{1,9};)|</|<br")
_SPECIAL = re.compile(rf"{_ONLY_ADDRESSES.pattern}|https?://")
_GERMAN_QUOTES = r"\"`([^\"`]{1,300})\"'"
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
    text = written_out(text)
    return _reader(text, glyphs, styled=False).read_plain()


def to_segments(text: str, glyphs: Level = "full") -> tuple[Segment, ...]:
    """The same reading as `to_unicode`, as styled pieces; their texts together are its result."""
    if _SPECIAL.search(text) is None:
        return (Segment(text),) if text else ()
    text = written_out(text)
    return _reader(text, glyphs, styled=True).read()


def written_out(text: str) -> str:
    """Return the text in plain TeX: HTML's entities and tags read, the macros that it defines applied."""
    if "&" in text or "<" in text:
        from tui_digest.latex.prose.markup import html_to_tex

        text = html_to_tex(text)
    if '"`' in text:
        text = re.sub(_GERMAN_QUOTES, "„\\1“", text)
    if "command" in text or "def\\" in text or "\\let" in text or "\\Declare" in text:
        from tui_digest.latex.definitions import apply_definitions

        text = apply_definitions(text)
    return text


def _reader(text: str, glyphs: Level, styled: bool) -> ProseReader:
    # Plain texts are shown without the rest of the package.
    from tui_digest.latex.find import find_formulas
    from tui_digest.latex.prose.reader import ProseReader

    has_tex = _TEX.search(text) is not None
    return ProseReader(text, find_formulas(text) if has_tex else [], glyphs, has_tex, styled)
