"""`explain`, and the explanations that `fetch` and `export` request."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Callable, Sequence
from contextlib import aclosing

from tui_digest.cli.container import Parts
from tui_digest.cli.output import paper_name, show_progress, terminal_width
from tui_digest.cli.selection import find_papers
from tui_digest.cli.whole_text import text_shown
from tui_digest.entry import Entry, Explanation, Receipt
from tui_digest.errors import ModelError, TuiDigestError, UsageError
from tui_digest.explain.errors import NotSetUp
from tui_digest.explain.prompt import outdated_reason
from tui_digest.explain.shown_text import ShownText
from tui_digest.export.markdown import explanation_markdown as as_markdown
from tui_digest.export.markdown_escape import Dialect
from tui_digest.latex.markdown import Block, MarkdownStream, parse_markdown
from tui_digest.model_service import Finished, NewText, Restarted, RetryNotice
from tui_digest.paper import ArxivId, Paper
from tui_digest.render.explanation import annotate, note_of, unchecked_reason
from tui_digest.render.labels import count_words, token_words
from tui_digest.render.plain_markdown import block_text
from tui_digest.render.receipt import receipt_line, stop_advice
from tui_digest.settings import ExplanationKind


def explain(arguments: argparse.Namespace) -> int:
    """Print the explanation of a paper with its receipt; return 4 if it is incomplete."""
    with Parts() as parts:
        whole = bool(arguments.full or arguments.section)
        if whole and arguments.kind == "translation":
            raise UsageError("A translation is of title and abstract; --full goes with the other kinds.")
        asks_anew = arguments.again or arguments.section
        if not asks_anew and _print_kept(parts, arguments.id, arguments.kind, whole=whole):
            return 0
        require_model(parts)
        (paper,) = find_papers(parts, [arguments.id], offline=False, tell=show_progress)
        shown = text_shown(parts, paper, arguments.section) if whole else None
        kind = arguments.kind
        if whole and kind is None and parts.settings.model.kind == "translation":
            kind = "mathematics"  # translated are title and abstract alone
        options = {"again": arguments.again, "kind": kind, "shown": shown}
        if sys.stdout.isatty():
            screen = _Screen(terminal_width())
            asked = _follow(
                parts,
                paper,
                **options,
                piece=screen.piece,
                restarted=screen.restarted,
                finished=screen.finished,
            )
        else:
            show_progress(f"waiting for {parts.explainer.model()}")
            asked = _follow(parts, paper, **options, finished=_print_markdown)
        receipt = parts.run(asked)
        if shown is not None and receipt.complete:
            parts.texts(offline=True).keep(paper)
        if not receipt.complete:
            raise _stopped_early(paper, receipt)
        return 0


def _print_kept(parts: Parts, wanted: ArxivId, kind: ExplanationKind | None, *, whole: bool) -> bool:
    """Print the newest stored explanation of this kind; tell whether there is one.

    `whole` is whether it has to be one from the paper's text.
    """
    kept = [
        one
        for one in parts.library.explanations.all(wanted.number)
        if one.receipt.complete
        and (kind is None or one.receipt.kind == kind)
        and (one.receipt.shows_text or not whole)
    ]
    paper = parts.library.mailings.paper(wanted.number, wanted.version)
    if not kept or paper is None:
        return False
    if older := outdated_reason(kept[0], paper):
        show_progress(older)
    if sys.stdout.isatty():
        _Screen(terminal_width()).finished(kept[0])
    else:
        _print_markdown(kept[0])
    return True


def require_model(parts: Parts) -> None:
    """Check that a model is set up before anything else is done.

    Raises:
        ModelError: none is; the message says how to set one up.
    """
    if unready := parts.explainer.ready():
        raise NotSetUp(unready)


def explain_all(parts: Parts, entries: Sequence[Entry]) -> tuple[int, TuiDigestError | None]:
    """Explain the papers that have no stored explanation, one after the other.

    Returns how many papers are explained, and the error if not all of them are. Each explanation is
    stored before the next request. After a refusal no more requests are sent; after an answer that
    stopped early they are.
    """
    return parts.run(_explain_all(parts, entries))


def usage_line(parts: Parts) -> str:
    """Describe today's requests to models: their number, tokens and price."""
    spent = parts.explainer.spent()
    price = "" if spent.price is None else f", {spent.price:.4f} by your prices"
    requests = count_words(spent.requests, "request")
    return f"today {requests}, {token_words(spent.tokens_in, spent.tokens_out)}{price}"


async def _explain_all(parts: Parts, entries: Sequence[Entry]) -> tuple[int, TuiDigestError | None]:
    explained = 0
    problem: TuiDigestError | None = None
    for number, entry in enumerate(entries, start=1):
        paper = entry.paper
        show_progress(f"explaining {paper_name(paper)}, {number} of {len(entries)}; {usage_line(parts)}")
        try:
            receipt = await _follow(parts, paper)
        except TuiDigestError as refused:
            return explained, refused
        if receipt.complete:
            explained += 1
        else:
            problem = _stopped_early(paper, receipt)
    return explained, problem


async def _follow(
    parts: Parts,
    paper: Paper,
    *,
    again: bool = False,
    kind: ExplanationKind | None = None,
    shown: ShownText | None = None,
    piece: Callable[[str], None] = lambda text: None,
    restarted: Callable[[], None] = lambda: None,
    finished: Callable[[Explanation], None] = lambda explanation: None,
) -> Receipt:
    """Request one explanation, pass on its parts, and return its receipt.

    Raises:
        ModelError: the answer is empty.
        TuiDigestError: it was passed on, but could not be stored.
    """
    async with aclosing(parts.explainer.explain(paper, again=again, kind=kind, shown=shown)) as events:
        async for event in events:
            match event:
                case RetryNotice():
                    show_progress(event.sentence)
                case Restarted():
                    restarted()
                case NewText(text):
                    piece(text)
                case Finished(explanation):
                    receipt = explanation.receipt
                    finished(explanation)
    return receipt


def _stopped_early(paper: Paper, receipt: Receipt) -> ModelError:
    return ModelError(
        f"The explanation of {paper_name(paper)} is not complete ({receipt.stopped}), so it was not kept; "
        f"{stop_advice(receipt)}."
    )


def _print_markdown(explanation: Explanation) -> None:
    print(as_markdown(explanation, Dialect.MARKDOWN, 0))


class _Screen:
    """Prints an explanation on a terminal, block by block as it arrives."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._stream = MarkdownStream()
        self._is_empty = True

    def piece(self, text: str) -> None:
        """Print the blocks that the next text completes."""
        self._print(self._stream.feed(text))

    def restarted(self) -> None:
        """Say that what was printed is no part of the answer."""
        self._print(self._stream.finish())
        self._stream = MarkdownStream()
        print("\n(So far the model was reasoning; its answer follows.)", flush=True)

    def finished(self, explanation: Explanation) -> None:
        """Print the rest, the statements that were flagged, and the receipt."""
        self._print(self._stream.finish())
        if self._is_empty:  # a stored explanation does not arrive in parts
            self._print(parse_markdown(annotate(explanation)))
        else:
            self._print_findings(explanation)
        receipt = textwrap.fill(receipt_line(explanation.receipt), self._width, break_on_hyphens=False)
        print(f"\n{receipt}", flush=True)

    def _print_findings(self, explanation: Explanation) -> None:
        """Print the statements that are flagged or without evidence, each with its reason."""
        found = [(flagged, note) for flagged in explanation.statements if (note := note_of(flagged))]
        if not found:
            return
        if reason := unchecked_reason(explanation):
            print(f"\n{reason}")
            return
        print("\nWhat the check found:")
        for statement, note in found:
            print()
            for block in parse_markdown(f"- {statement.text}"):
                print(block_text(block, self._width))
            print(f"  {note}")

    def _print(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if not (block.tight or self._is_empty):
                print()
            print(block_text(block, self._width), flush=True)
            self._is_empty = False
