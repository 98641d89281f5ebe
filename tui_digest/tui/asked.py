"""What models were asked for in this session, as far as the library does not keep it."""

from __future__ import annotations

from tui_digest.entry import Explanation


class Asked:
    """The explanations that are not complete, and why there is none. By paper's id.

    Attributes:
        unfinished: what came of the last request that ended early; a complete one takes its place.
        failures: why the last request came to nothing, in a sentence.
    """

    def __init__(self) -> None:
        self.unfinished: dict[str, Explanation] = {}
        self.failures: dict[str, str] = {}

    def ask(self, paper_id: str) -> None:
        """A paper's explanation was asked for."""
        self.failures.pop(paper_id, None)

    def finished(self, explanation: Explanation) -> None:
        """An explanation came, complete or not."""
        paper_id = explanation.paper_id
        self.unfinished.pop(paper_id, None)
        if not explanation.receipt.complete:
            self.unfinished[paper_id] = explanation

    def failed(self, paper_id: str, sentence: str) -> None:
        """Nothing came of a request; what an earlier one left stays."""
        self.failures[paper_id] = sentence
