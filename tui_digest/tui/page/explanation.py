"""Explanations as part of a page: texts with the checks' results, and receipts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace
from textual.content import Content

from tui_digest.entry import Explanation, Statement
from tui_digest.render.explanation import STATE_END, STATE_NUMBER, STATE_START, unchecked_reason, with_states
from tui_digest.render.labels import KIND_LABELS
from tui_digest.render.receipt import receipt_line
from tui_digest.settings import Glyphs
from tui_digest.tui.page.blocks import PLACE_MARK, PageBlock
from tui_digest.tui.text import plain
from tui_digest.tui.theme.symbols import UNICODE, SymbolSet

_MARK = re.compile(r'\[(?:abstract(?:: ?"[^"\n]*")?|interpretation)\]')
_FLAG = re.compile(r"\(not in the abstract\)")
_STATE = re.compile(
    f"{STATE_START}(?P<sign>.)(?P<words>[^{STATE_END}{STATE_NUMBER}]*)"
    f"(?:{STATE_NUMBER}(?P<number>[0-9]+))?{STATE_END}"
)


def explanation_blocks(
    explanations: Sequence[Explanation],
    glyphs: Glyphs,
    outdated: str = "",
    *,
    symbols: SymbolSet = UNICODE,
    unfinished: Explanation | None = None,
    failure: str = "",
) -> tuple[PageBlock, ...]:
    """Return the page's section of explanations, and the result of the last request.

    Args:
        explanations: the complete ones that the library keeps, the newest first.
        glyphs: which signs formulas are written in.
        outdated: in a sentence, what the newest is older than: the paper's version or the question.
        symbols: the signs of the states.
        unfinished: what came of asking last when that ended early.
        failure: in a sentence, why nothing came of asking last.
    """
    blocks = [*heading_blocks()]
    if failure:
        blocks.append(PageBlock(plain(failure), "warning", gap=1))
    if unfinished is not None:
        stopped = unfinished.receipt.stopped or "it stopped early"
        blocks.append(PageBlock(plain(f"Not complete: {stopped}."), "warning", gap=1))
        blocks += _text_and_receipt(unfinished, glyphs, symbols, 0)
    first = int(unfinished is not None)
    for number, explanation in enumerate(explanations):
        if number or unfinished is not None:
            words = _heading_words(explanation, complete=not number)
            blocks.append(PageBlock(plain(words), "heading", gap=2))
        if not number and outdated:
            blocks.append(PageBlock(plain(outdated), "warning", gap=1))
        blocks += _text_and_receipt(explanation, glyphs, symbols, first + number)
    return tuple(blocks)


def statement_of_mark(explanations: Sequence[Explanation], mark: str) -> Statement | None:
    """Return the statement of a mark such as `place:0.3`, counting as on the page."""
    explanation, _, statement = mark.partition(":")[2].partition(".")
    if not (explanation.isdecimal() and statement.isdecimal() and int(explanation) < len(explanations)):
        return None
    statements = explanations[int(explanation)].statements
    return statements[int(statement)] if int(statement) < len(statements) else None


def _heading_words(explanation: Explanation, *, complete: bool) -> str:
    """Return how an explanation that is not the first on the page is headed."""
    words = "The earlier one, complete" if complete else "Earlier"
    kind = explanation.receipt.kind
    return words if kind == "mathematics" else f"{words}: {KIND_LABELS.get(kind, kind)}"


def _text_and_receipt(
    explanation: Explanation, glyphs: Glyphs, symbols: SymbolSet, number: int
) -> Iterable[PageBlock]:
    # Markdown's parser costs a fifth of a start; it is imported for the first explanation.
    from tui_digest.tui.page.markdown import markdown_blocks

    if reason := unchecked_reason(explanation):
        yield PageBlock(plain(reason), "warning", gap=1)
        yield from with_marks(markdown_blocks(explanation.text, glyphs))
    else:
        text = with_states(explanation, symbols.states)
        yield from with_marks(markdown_blocks(text, glyphs), symbols, number)
    yield PageBlock(plain(receipt_line(explanation.receipt)), "receipt", gap=1, hang=2)


def with_marks(
    blocks: Iterable[PageBlock], symbols: SymbolSet = UNICODE, explanation: int = 0
) -> tuple[PageBlock, ...]:
    """Return the blocks with their statements' marks muted, and what was flagged.

    `explanation` is the number of the explanation on its page.
    """
    return tuple(replace(block, content=_with_marks(block.content, symbols, explanation)) for block in blocks)


def _with_marks(content: Content, symbols: SymbolSet, explanation: int) -> Content:
    content = content.highlight_regex(_MARK, style="muted").highlight_regex(_FLAG, style="warning")
    if STATE_START not in content.plain:
        return content
    pieces: list[Content] = []
    place = 0
    for state in _STATE.finditer(content.plain):
        role = "warning" if state["sign"] == symbols.states.flagged else "muted"
        told = Content.styled(f"{state['sign']}{state['words']}", role)
        if state["number"] is not None:
            told = told.stylize(f"{PLACE_MARK}:{explanation}.{state['number']}", 2)
        pieces += [content[place : state.start()], told]
        place = state.end()
    return Content("").join([*pieces, content[place:]])


def heading_blocks() -> tuple[PageBlock, ...]:
    """The heading of the section."""
    return (PageBlock(Content("Explanation"), "section", gap=2),)


def waiting_blocks(words: str) -> tuple[PageBlock, ...]:
    """The line under the text while more is to come."""
    return (PageBlock(plain(words), "muted", gap=1),)
