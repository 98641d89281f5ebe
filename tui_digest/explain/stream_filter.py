"""Sanitising a text that arrives in pieces."""

from __future__ import annotations

import re

from tui_digest.text.sanitise import sanitise

# The beginnings of what `sanitise` removes or replaces as a whole, as far as the end of the text:
# a control sequence, a string sequence with its payload, an escape; and the first half of \r\n.
_UNDECIDED = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}\Z"
    r"|(?:\x1b[\]P^_X]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]{0,4096}\x1b?\Z"
    r"|\x1b[ -/]{0,4}\Z"
    r"|\r\Z"
)

_HIGH = "[\ud800-\udbff]"
_PAIR = re.compile(f"{_HIGH}[\udc00-\udfff]")


class SurrogateJoiner:
    """Joins the two halves of a character that a service splits over two events.

    JSON escapes characters beyond the first plane in two halves; each alone is no character.
    """

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> str:
        """Return this piece with whole characters; a half at its end is held back."""
        text, self._held = self._held + piece, ""
        if text and re.match(_HIGH, text[-1]):
            text, self._held = text[:-1], text[-1]
        return _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


class OpeningFence:
    """Filter of the opening fence of an answer wrapped in a block of Markdown."""

    def __init__(self) -> None:
        self._held: str | None = ""

    def feed(self, piece: str) -> str:
        """Return what can be shown now."""
        if self._held is None:
            return piece
        self._held += piece
        line, newline, rest = self._held.lstrip().partition("\n")
        if newline or not _FENCE_LINE.match(line) or len(line) > _LONGEST_FENCE:
            held, self._held = self._held, None
            return rest if newline and _FENCE.fullmatch(line.strip()) else held
        return ""

    def finish(self) -> str:
        """Return what was held back, now that nothing follows."""
        held, self._held = self._held, None
        return held or ""


_LONGEST_FENCE = 20
_FENCE = re.compile(r"`{3,}(?:markdown|md)", re.IGNORECASE)
_FENCE_LINE = re.compile(r"\A(?:`{0,2}\Z|`{3})")


class StreamCleaner:
    """Sanitises a stream as a whole and emits text once what follows cannot change it.

    An escape sequence may be split over pieces; so the end of the text is held back while it could
    still be the beginning of one.
    """

    def __init__(self) -> None:
        """A stream that nothing has come of yet."""
        self._held = ""

    def feed(self, piece: str) -> str:
        """Return what can be shown now that this piece is there."""
        text = self._held + piece
        undecided = _UNDECIDED.search(text)
        end = undecided.start() if undecided else len(text)
        self._held = text[end:]
        return sanitise(text[:end])

    def finish(self) -> str:
        """Return what was held back, now that nothing follows."""
        held, self._held = self._held, ""
        return sanitise(held)
