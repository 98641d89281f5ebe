"""The receipt line."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from tui_digest.entry import LENGTH_LIMIT, Receipt, StatementCounts
from tui_digest.explain.prompt import PROMPT_VERSION
from tui_digest.model_service import model_name
from tui_digest.render.receipt import receipt_line, stop_advice

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


def test_the_receipt_counts_all_statements() -> None:
    counts = StatementCounts(evidence=9, interpretation=3, none=1, flagged=1)
    line = receipt_line(msgspec.structs.replace(RECEIPT, statements=counts))
    assert line.endswith(
        "14 statements: 9 with words of the abstract, 3 interpretation, 1 without evidence, 1 flagged"
    )
    one = msgspec.structs.replace(RECEIPT, statements=StatementCounts(none=1))
    assert receipt_line(one).endswith("1 statement: 1 without evidence")


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("/models/qwen/Qwen3-8B-Q4.gguf", "Qwen3-8B-Q4.gguf"),
        (r"C:\\models\\a.gguf", "a.gguf"),
        ("./a.bin", "a.bin"),
        ("meta-llama/Llama-3-8B", "meta-llama/Llama-3-8B"),
        ("gpt-5.4-mini", "gpt-5.4-mini"),
    ],
)
def test_a_model_named_by_its_path_shows_the_last_part(model: str, name: str) -> None:
    assert model_name(model) == name


def test_the_advice_after_a_length_stop_is_a_longer_limit() -> None:
    stopped = msgspec.structs.replace(RECEIPT, complete=False, stopped=LENGTH_LIMIT)
    assert "max_tokens" in stop_advice(stopped)
    assert "ask again" in stop_advice(msgspec.structs.replace(stopped, stopped="the connection broke"))
