"""What a receipt says, in words."""

from __future__ import annotations

from datetime import tzinfo

from tui_digest.explain.budget import Prices, price_of
from tui_digest.explain.prompt import PROMPT_VERSION
from tui_digest.paper import Paper
from tui_digest.reading import Explanation, Receipt


def receipt_line(receipt: Receipt, prices: Prices | None = None, zone: tzinfo | None = None) -> str:
    """The receipt on one line, as it stands under an explanation: who, when, from what, how complete.

    The moment is told in `zone` (None: this machine's), a price only from the user's own table.
    """
    parts = [
        receipt.provider,
        receipt.model,
        f"{receipt.asked_at.astimezone(zone):%d %b %Y %H:%M}",
        f"{receipt.shown} of v{receipt.paper_version}",
        _tokens(receipt),
        f"{receipt.seconds:.1f} s" if receipt.seconds is not None else "",
        _price(receipt, prices or {}),
        "complete" if receipt.complete else f"incomplete: {receipt.stopped}",
        _unsupported(receipt.unsupported),
    ]
    return " · ".join(part for part in parts if part)


def is_of_older(explanation: Explanation, paper: Paper) -> str:
    """In a sentence, what the explanation is older than: the paper, or the question; "" if neither."""
    receipt = explanation.receipt
    if receipt.paper_version < paper.version:
        return f"This explains version {receipt.paper_version}; the paper is at version {paper.version} now."
    if receipt.prompt_version != PROMPT_VERSION:
        return "This was written for an earlier form of the question; it can be asked again."
    return ""


def _tokens(receipt: Receipt) -> str:
    if receipt.tokens_in is None and receipt.tokens_out is None:
        return ""
    known = ["?" if count is None else str(count) for count in (receipt.tokens_in, receipt.tokens_out)]
    return f"{' → '.join(known)} tokens"


def _price(receipt: Receipt, prices: Prices) -> str:
    price = price_of((receipt.model,), receipt.tokens_in, receipt.tokens_out, prices)
    return "" if price is None else f"cost {price:.4f}"


def _unsupported(count: int) -> str:
    if not count:
        return ""
    return f"{count} statement{'s' if count > 1 else ''} not in the abstract"
