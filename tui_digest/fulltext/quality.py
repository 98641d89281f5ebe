"""Quality of arXiv's HTML: what was lost, and warnings that text may be missing."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui_digest.fulltext.blocks import Document, Reference
from tui_digest.fulltext.source_text import block_source

WORDS_A_PAGE = 150
"""With fewer words for each page that the comment promises, the text seems to stop early."""

_PAGES = re.compile(r"\b(\d{1,4})\s*(?:\+\s*(\d{1,4})\s*)?(?:pages?|pp)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FORMULA = re.compile(r"\$[^$]*\$")
_SHORT_PAPER = 400
_FORMULA_WORDS = 3
"""How many words a formula counts for: papers of formulas have fewer words a page."""


class Quality(NamedTuple):
    """A text's quality: its words, the pages its comment promises (0: none), warnings.

    Each warning is one sentence for the user.
    """

    words: int
    pages: int
    references: int
    warnings: tuple[str, ...]


def promised_pages(comment: str | None) -> int:
    """Return a comment's number of pages: 18 for "15+3 pages, 4 figures", 0 if none."""
    match = _PAGES.search(comment or "")
    return int(match[1]) + int(match[2] or 0) if match else 0


def assess_quality(document: Document, comment: str | None = None) -> Quality:
    """Return whether a text seems to be whole.

    Args:
        document: The paper as arXiv's HTML gives it.
        comment: The authors' comment, which often says how many pages it has.
    """
    words = 0
    for block in document.blocks:
        source = block_source(block)
        words += len(_WORD.findall(_FORMULA.sub(" ", source))) + _FORMULA_WORDS * (source.count("$") // 2)
    references = sum(isinstance(block, Reference) for block in document.blocks)
    pages = promised_pages(comment)
    return Quality(words, pages, references, tuple(_warnings(document, words, pages, references)))


def _warnings(document: Document, words: int, pages: int, references: int) -> list[str]:
    warnings = []
    if document.losses.cut:
        warnings.append("The page is larger than what is read; the end of the text is missing here.")
    if not words:
        warnings.append("arXiv's page holds no text of the paper; the PDF has it.")
    elif pages and words < WORDS_A_PAGE * pages:
        warnings.append(
            f"The text seems to stop early: about {words:,} words for {pages} pages. The PDF has all of it."
        )
    elif not references:
        short = words < _SHORT_PAPER
        why = "is very short and has no references" if short else "has no references"
        warnings.append(f"arXiv's HTML {why}, so its end may be missing; the PDF has all of it.")
    return warnings
