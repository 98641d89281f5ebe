"""The receipt line."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from tui_digest.entry import Receipt
from tui_digest.explain.prompt import PROMPT_VERSION
from tui_digest.render.receipt import receipt_line

RECEIPT = Receipt(
    provider="openai",
    model="m-1",
    asked_at=datetime(2026, 11, 20, 9, 12, tzinfo=UTC),
    prompt_version=PROMPT_VERSION,
    paper_version=1,
    tokens_in=412,
    tokens_out=903,
    seconds=12.34,
    complete=True,
    unsupported=1,
)


def test_a_receipt_is_told_on_one_line() -> None:
    assert receipt_line(RECEIPT) == (
        f"m-1 (openai) · 2026-11-20 09:12 UTC · prompt {PROMPT_VERSION} · title and abstract only, version 1"
        " · 412 → 903 tokens · 12.3 s · complete · 1 statement not in the abstract"
    )
    broken = msgspec.structs.replace(
        RECEIPT,
        complete=False,
        stopped="the connection broke",
        unsupported=0,
        tokens_in=None,
        tokens_out=None,
    )
    assert receipt_line(broken).endswith("version 1 · 12.3 s · incomplete: the connection broke")
