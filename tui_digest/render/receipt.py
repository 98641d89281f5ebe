"""The receipt of an explanation in one line of plain text."""

from __future__ import annotations

from tui_digest.entry import LENGTH_LIMIT, Receipt
from tui_digest.model_service import model_name
from tui_digest.render.labels import count_words, token_words


def receipt_line(receipt: Receipt) -> str:
    """Format a receipt: `MODEL (PROVIDER) · 2026-11-20 09:12 UTC · … · complete`."""
    parts = [
        f"{model_name(receipt.model)} ({receipt.provider})",
        f"{receipt.asked_at:%Y-%m-%d %H:%M} UTC",
        f"prompt {receipt.prompt_version}",
        f"{receipt.shown}, version {receipt.paper_version}",
        _tokens(receipt),
        "" if receipt.seconds is None else f"{receipt.seconds:.1f} s",
        "complete" if receipt.complete else f"incomplete: {receipt.stopped or 'it stopped early'}",
        statements_line(receipt),
    ]
    return " · ".join(part for part in parts if part)


def stop_advice(receipt: Receipt) -> str:
    """Return what the user can do about an answer that is not complete."""
    if receipt.stopped == LENGTH_LIMIT:
        return "set a longer limit with max_tokens under [model], or fewer words"
    return "ask again, or choose another model"


def _tokens(receipt: Receipt) -> str:
    if receipt.tokens_in is None and receipt.tokens_out is None:
        return ""
    return token_words(receipt.tokens_in, receipt.tokens_out)


def statements_line(receipt: Receipt) -> str:
    """Return the counts: `14 statements: 9 with words of the abstract, 1 flagged`."""
    counts = receipt.statements
    if counts is None:
        number = receipt.unsupported
        return f"{count_words(number, 'statement')} not in the abstract" if number else ""
    parts = [
        f"{number} {words}"
        for number, words in (
            (counts.evidence, f"with words of the {'text' if receipt.shows_text else 'abstract'}"),
            (counts.interpretation, "interpretation"),
            (counts.none, "without evidence"),
            (counts.flagged, "flagged"),
        )
        if number
    ]
    return f"{count_words(counts.total, 'statement')}: {', '.join(parts)}" if parts else "no statements"
