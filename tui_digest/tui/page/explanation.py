"""An explanation as part of a page: its text with flags, and its receipt."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace
from textual.content import Content

from tui_digest.entry import Explanation
from tui_digest.render.explanation import annotated
from tui_digest.render.receipt import receipt_line
from tui_digest.settings import Glyphs
from tui_digest.tui.page.blocks import PageBlock
from tui_digest.tui.text import plain

_MARK = re.compile(r'\[(?:abstract(?:: ?"[^"\n]*")?|interpretation)\]')
_FLAG = re.compile(r"\((?:not in the abstract|flagged: [^\n]*?|without evidence(?:: [a-z ]+)?)\)")


def explanation_blocks(
    explanation: Explanation | None,
    glyphs: Glyphs,
    outdated: str = "",
    *,
    unfinished: Explanation | None = None,
    failure: str = "",
) -> tuple[PageBlock, ...]:
    """The section of a page with an explanation, and with the last request's outcome.

    Args:
        explanation: the complete one that the library keeps; None when there is none.
        glyphs: which symbols formulas are written in.
        outdated: in a sentence, what it is older than: the paper's version or the question.
        unfinished: what came of asking last when that ended early.
        failure: in a sentence, why nothing came of asking last.
    """
    blocks = [*heading()]
    if failure:
        blocks.append(PageBlock(plain(failure), "warning", gap=1))
    if unfinished is not None:
        stopped = unfinished.receipt.stopped or "it stopped early"
        blocks.append(PageBlock(plain(f"Not complete: {stopped}."), "warning", gap=1))
        blocks += _text_and_receipt(unfinished, glyphs)
        if explanation is not None:
            blocks.append(PageBlock(Content("The earlier one, complete"), "heading", gap=1))
    if explanation is not None:
        if outdated:
            blocks.append(PageBlock(plain(outdated), "warning", gap=1))
        blocks += _text_and_receipt(explanation, glyphs)
    return tuple(blocks)


def _text_and_receipt(explanation: Explanation, glyphs: Glyphs) -> tuple[PageBlock, ...]:
    # Markdown's parser costs a fifth of a start; it is imported for the first explanation.
    from tui_digest.tui.page.markdown import markdown_blocks

    return (
        *with_marks(markdown_blocks(annotated(explanation), glyphs)),
        PageBlock(plain(receipt_line(explanation.receipt)), "receipt", gap=1, hang=2),
    )


def with_marks(blocks: Iterable[PageBlock]) -> tuple[PageBlock, ...]:
    """The blocks with their statements' marks kept in the background, and what was flagged in view."""
    return tuple(replace(block, content=_with_marks(block.content)) for block in blocks)


def _with_marks(content: Content) -> Content:
    return content.highlight_regex(_MARK, style="muted").highlight_regex(_FLAG, style="warning")


def heading() -> tuple[PageBlock, ...]:
    """The heading of the section."""
    return (PageBlock(Content("Explanation"), "section", gap=2),)


def waiting(words: str) -> tuple[PageBlock, ...]:
    """The line under the text while more is to come."""
    return (PageBlock(plain(words), "muted", gap=1),)
