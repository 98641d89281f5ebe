"""The states of statements in an explanation's text: marks become a sign and a word."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tui_digest.entry import REFUSAL, Explanation, Receipt
from tui_digest.explain.checking import assess
from tui_digest.paper import Paper
from tui_digest.render.explanation import (
    DECLINED,
    NO_MARKS,
    STATE_END,
    STATE_START,
    StateSigns,
    annotate,
    with_states,
)

PAPER = Paper(
    id="2611.00001",
    version=1,
    title="Gradient descent with momentum",
    authors=("Ada Sample",),
    abstract="The iterates converge at the rate $O(1/k)$ for every step size.",
    categories=(),
    primary="math.OC",
)
SIGNS = StateSigns(evidence="+", interpretation="~", none="o", flagged="!")
QUOTED = 'abstract: "iterates converge at the rate"'


def explained(text: str, stopped: str = "") -> Explanation:
    receipt = Receipt(
        provider="p",
        model="m",
        asked_at=datetime(2026, 11, 20, tzinfo=UTC),
        prompt_version="2",
        paper_version=1,
        complete=not stopped,
        stopped=stopped,
    )
    statements = assess(text, PAPER).statements
    return Explanation(paper_id=PAPER.id, text=text, receipt=receipt, statements=statements)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"It has a rate [{QUOTED}].", "It has a rate <+ abstract>."),
        (f"It has a rate **[{QUOTED}]**.", "It has a rate <+ abstract>."),
        (f"It has a rate *[{QUOTED}]*.", "It has a rate <+ abstract>."),
        (f"It has a rate ([{QUOTED}]).", "It has a rate <+ abstract>."),
        (f"It has a rate<sup>[{QUOTED}]</sup>.", "It has a rate <+ abstract>."),
        (f"**It has a rate** `[{QUOTED}]`.", "**It has a rate** <+ abstract>."),
        (f"**[{QUOTED}]** It has a rate.", "<+ abstract> It has a rate."),
        (f"It has a rate.\n\n[{QUOTED}]", "It has a rate.\n\n<+ abstract>"),
        (f"- [{QUOTED}]", f"- [{QUOTED}] <+ abstract>"),
        ("It is so. It matters. [interpretation]", "It is so. It matters. <~ interpretation>"),
        ("**It is so.**", "**It is so.** <o without evidence: no mark>"),
    ],
)
def test_a_state_takes_the_place_of_its_mark(text: str, shown: str) -> None:
    told = with_states(explained(text), SIGNS)
    assert re.sub(STATE_START, "<", told).replace(STATE_END, ">") == shown


def test_what_could_not_be_checked_is_said_first() -> None:
    text = "### A\nIt is so."
    assert annotate(explained(text)) == f"{NO_MARKS}\n\n{text}"
    assert annotate(explained("I cannot help.", REFUSAL)) == f"{DECLINED}\n\nI cannot help."
    assert annotate(explained(f"It is so. [{QUOTED}]")).startswith("It is so.")
