"""Where an explanation comes from, in one line of plain text."""

from __future__ import annotations

from tui_digest.entry import Receipt
from tui_digest.render.labels import count_words, token_words


def receipt_line(receipt: Receipt) -> str:
    """The receipt in one line, e.g. `MODEL (PROVIDER) · 2026-11-20 09:12 UTC · … · 12.3 s · complete`."""
    parts = [
        f"{receipt.model} ({receipt.provider})",
        f"{receipt.asked_at:%Y-%m-%d %H:%M} UTC",
        f"prompt {receipt.prompt_version}",
        f"{receipt.shown}, version {receipt.paper_version}",
        _tokens(receipt),
        "" if receipt.seconds is None else f"{receipt.seconds:.1f} s",
        "complete" if receipt.complete else f"incomplete: {receipt.stopped or 'it stopped early'}",
        _unsupported(receipt.unsupported),
    ]
    return " · ".join(part for part in parts if part)


def _tokens(receipt: Receipt) -> str:
    if receipt.tokens_in is None and receipt.tokens_out is None:
        return ""
    return token_words(receipt.tokens_in, receipt.tokens_out)


def _unsupported(number: int) -> str:
    return f"{count_words(number, 'statement')} not in the abstract" if number else ""
