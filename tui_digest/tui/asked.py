"""What models were asked for in this session, as far as the library does not keep it."""

from __future__ import annotations

from tui_digest.reading import Explanation


class Asked:
    """The explanations that are awaited, those that are not complete, and why there is none. By paper's id.

    Attributes:
        awaited: the papers whose explanation was asked for and has not come to its end on the screen.
        unfinished: what came of the last request that ended early; a complete one takes its place.
        failures: why the last request came to nothing, in a sentence.
    """

    def __init__(self) -> None:
        self.awaited: set[str] = set()
        self.unfinished: dict[str, Explanation] = {}
        self.failures: dict[str, str] = {}

    def ask(self, paper_id: str) -> None:
        """A paper's explanation was asked for."""
        self.awaited.add(paper_id)
        self.failures.pop(paper_id, None)

    def finished(self, explanation: Explanation) -> None:
        """An explanation came, complete or not."""
        paper_id = explanation.paper_id
        self.awaited.discard(paper_id)
        self.unfinished.pop(paper_id, None)
        if not explanation.receipt.complete:
            self.unfinished[paper_id] = explanation

    def failed(self, paper_id: str, sentence: str) -> None:
        """Nothing came of a request; what an earlier one left stays."""
        self.awaited.discard(paper_id)
        self.failures[paper_id] = sentence
