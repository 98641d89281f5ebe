"""Steps of the history in words: a step on one paper names it by its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from tui_digest.entry import Action
from tui_digest.latex import to_unicode
from tui_digest.text.sanitise import one_line

if TYPE_CHECKING:
    from tui_digest.core.library import Lists


class StepWords(msgspec.Struct, frozen=True):
    """Words for a step, with the title if it was on one stored paper.

    Attributes:
        done: the step in words, with the id of a paper whose title is not known.
        title: the paper's title on one line, in TeX; empty if the step is about several, or none.
        paper_id: the paper's id; empty as the title is.
    """

    done: str
    title: str = ""
    paper_id: str = ""

    @property
    def plain(self) -> str:
        """The words on one line, as `dismissed: Variance reduction (2611.10001)`."""
        return f"{self.done}: {to_unicode(self.title)} ({self.paper_id})" if self.title else self.done

    @property
    def sentence(self) -> str:
        """The words as a sentence with its period."""
        return f"{self.plain[:1].upper()}{self.plain[1:]}."


def words_of_steps(lists: Lists, steps: Sequence[Action]) -> list[StepWords]:
    """Return what was done in each of some steps of the history."""
    single = list(dict.fromkeys(step.papers[0] for step in steps if len(step.papers) == 1))
    scope = lists.papers(single)
    titles = {entry.paper.id: one_line(entry.paper.title) for entry in lists.rows(scope, range(scope.size))}
    return [_words_of_step(step, titles.get(step.papers[0], "") if step.papers else "") for step in steps]


def _words_of_step(step: Action, title: str) -> StepWords:
    """Return a step's words; `title` is that of the first of its papers."""
    label = one_line(step.label)
    if len(step.papers) != 1 or step.papers[0] not in label or not title:
        return StepWords(label)
    words = re.sub(rf"(?:\s*\bon)?\s*\b{re.escape(step.papers[0])}(?=;|$)", "", label)
    words = re.sub(rf"\s*\b{re.escape(step.papers[0])}", "", words)
    return StepWords(words.strip(), title, step.papers[0])
