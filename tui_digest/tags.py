"""Tags as words: which words can be one, and changes as a reader types them. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec

from tui_digest.errors import UsageError
from tui_digest.text.sanitise import one_line

LONGEST_TAG: Final = 60
"""Characters that a tag has at most."""

_NOT_IN_TAGS = r"[\s,\"'“”‘’„]"


class TagChanges(msgspec.Struct, frozen=True):
    """Tags to put on papers and to take off them, as `+a -b` says."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The changes as they are typed: `+a -b`."""
        return " ".join([*(f"+{tag}" for tag in self.add), *(f"-{tag}" for tag in self.remove)])

    def needed(self, present: Collection[str]) -> TagChanges:
        """Return the changes that are not so already on a paper with these tags."""
        return TagChanges(
            tuple(tag for tag in self.add if tag not in present),
            tuple(tag for tag in self.remove if tag in present),
        )


def parse_changes(words: Sequence[str]) -> TagChanges:
    """Parse `+a`, `-b` and `a` (short for `+a`); the last word on a tag counts.

    Raises:
        UsageError: a word cannot be a tag; the message says what a tag is.
    """
    wanted: dict[str, bool] = {}
    for word in words:
        tag = checked_tag(word.removeprefix("+") if not word.startswith("-") else word[1:])
        wanted.pop(tag, None)
        wanted[tag] = not word.startswith("-")
    return TagChanges(
        add=tuple(tag for tag, wants in wanted.items() if wants),
        remove=tuple(tag for tag, wants in wanted.items() if not wants),
    )


def folded_tag(text: str) -> str:
    """A tag as it is stored: case does not count, nor does a `#` before it."""
    return one_line(text).strip().lstrip("#").casefold()


def is_tag(text: str) -> bool:
    """Tell whether a text is a tag as it is stored."""
    fits = 0 < len(text) <= LONGEST_TAG and text[0] not in "+-"
    return fits and not re.search(_NOT_IN_TAGS, text) and folded_tag(text) == text


def checked_tag(text: str) -> str:
    """A tag as it is stored.

    Raises:
        UsageError: the text cannot be a tag; the message says what a tag is.
    """
    tag = folded_tag(text)
    if not is_tag(tag):
        raise UsageError(
            f"{text!r} cannot be a tag: a tag has 1 to {LONGEST_TAG} characters, no spaces, commas or "
            "quotes, and does not begin with + or -."
        )
    return tag


class TagCompletion:
    """Completes the last word of a line of changes; after `-` with the papers' tags.

    Other words are completed to any known tag.

    Args:
        counts: how many papers each known tag has; the commonest are offered first.
        present: the tags of the papers that are to be changed.
    """

    def __init__(self, counts: Mapping[str, int], present: Sequence[str]) -> None:
        self._known = sorted(counts, key=lambda tag: (-counts[tag], tag))
        self._present = present
        self._typed = self._completed = ""
        self._number = 0

    def candidates(self, line: str) -> list[str]:
        """Return the words, with sign, that a line's last word may become."""
        before, word = _last_word(line)
        sign = word[:1] if word[:1] in ("+", "-") else ""
        stem = folded_tag(word.removeprefix(sign))
        written = {folded_tag(other.lstrip("+-")) for other in before.split()}
        tags = self._present if sign == "-" else [tag for tag in self._known if tag not in self._present]
        begun = [tag for tag in tags if tag.startswith(stem) and tag not in written]
        return [f"{sign or '+'}{tag}" for tag in begun if f"{sign}{tag}" != word or not sign]

    def complete(self, line: str) -> str:
        """Return the line with its last word completed; repeated calls cycle the answers."""
        if line != self._completed or not line:
            self._typed, self._number = line, 0
        candidates = self.candidates(self._typed)
        if not candidates:
            return line
        before, _ = _last_word(self._typed)
        self._completed = before + candidates[self._number % len(candidates)]
        self._number += 1
        return self._completed


def _last_word(line: str) -> tuple[str, str]:
    """A line up to its last word, and that word; the word is empty after a space."""
    start = max(line.rfind(" "), line.rfind("\u00a0")) + 1
    return line[:start], line[start:]
