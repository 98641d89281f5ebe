"""Explanations that are outdated by a newer version of the paper or prompt."""

from __future__ import annotations

from tui_digest.entry import Explanation
from tui_digest.explain.prompt import PROMPT_VERSION
from tui_digest.paper import Paper


def outdated_reason(explanation: Explanation, paper: Paper) -> str:
    """Say how an explanation is outdated, by paper or prompt; "" if it is not."""
    receipt = explanation.receipt
    if receipt.paper_version < paper.version:
        return f"This explains version {receipt.paper_version}; the paper is at version {paper.version} now."
    if receipt.prompt_version != PROMPT_VERSION:
        return "This was written for an earlier form of the question; it can be asked again."
    return ""
