"""Explanations of an older version or an earlier prompt."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from tui_digest.entry import Explanation, Receipt
from tui_digest.explain.prompt import PROMPT_VERSION
from tui_digest.explain.staleness import outdated_reason
from tui_digest.paper import Paper

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


def test_an_explanation_of_something_older_says_so(paper: Paper) -> None:
    explanation = Explanation(paper_id=paper.id, text="", receipt=RECEIPT)
    assert "version 1; the paper is at version 2" in outdated_reason(explanation, paper)
    assert outdated_reason(explanation, msgspec.structs.replace(paper, version=1)) == ""
    other = msgspec.structs.replace(RECEIPT, prompt_version="0", paper_version=2)
    assert "earlier form" in outdated_reason(Explanation(paper_id=paper.id, text="", receipt=other), paper)
