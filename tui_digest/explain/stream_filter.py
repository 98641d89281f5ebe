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


FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*(?P<language>\{?\.?(?P<name>[A-Za-z]*)[^`\n]*)")
"""A line that opens or closes a block of code."""

MARKDOWN = frozenset(("markdown", "md", "mdx", "gfm", "mkd", "commonmark"))
"""Languages in which a block of code is an answer, and no code."""

PLAIN = frozenset(("", "text", "txt", "plaintext", "plain", "latex", "tex"))
"""Languages in which it is one if what is in it reads like one."""

_MAY_BE_FENCE = re.compile(r"[ \t]*(?:[`~]{1,2}\Z|`{3}|~{3}|\Z)")
_LONGEST_FENCE = 80
_LONGEST_PREAMBLE = 600


class WrappingFence:
    """Filter of the fence around an answer, so that the answer is not shown as code.

    A preamble may be before it. A line that may be such a fence is held back until it is known what
    follows; behind an answer's first heading, or code, there is none.
    """

    def __init__(self) -> None:
        self._held = ""
        self._is_line_start = True
        self._is_inside = False
        self._is_nested = False
        self._preamble = _LONGEST_PREAMBLE

    def feed(self, piece: str) -> str:
        """Return what can be shown now."""
        if not self._is_watching:
            return piece
        text, self._held = self._held + piece, ""
        shown = ""
        while text and self._is_watching:
            line, newline, rest = text.partition("\n")
            if self._is_line_start and len(line) <= _LONGEST_FENCE and _MAY_BE_FENCE.match(line):
                is_wrapping = self._wraps(line, rest) if newline else None
                if is_wrapping is None:
                    self._held = text
                    return shown
                if is_wrapping:
                    self._preamble = 0 if self._is_inside else self._preamble
                    self._is_inside, text = not self._is_inside, rest
                    continue
            if not self._is_inside:
                is_answer = self._is_line_start and line.lstrip()[:1] in ("#", "`", "~") and line.strip()
                self._preamble = 0 if is_answer else self._preamble - len(line)
            shown += line + newline
            self._is_line_start = bool(newline)
            text = rest
        return shown + text

    def finish(self) -> str:
        """Return what was held back, now that nothing follows."""
        held, self._held = self._held, ""
        return "" if self._is_inside and FENCE.fullmatch(held.strip()) else held

    @property
    def _is_watching(self) -> bool:
        return self._is_inside or self._preamble > 0

    def _wraps(self, line: str, rest: str) -> bool | None:
        """Tell whether a line is a fence around the answer; None if that is not known yet."""
        fence = FENCE.fullmatch(line)
        if fence is None:
            return False
        if self._is_inside:
            closes = not fence["language"]
            is_nested, self._is_nested = self._is_nested, not closes
            return closes and not is_nested
        if fence["name"].lower() in MARKDOWN:
            return True
        if fence["name"].lower() not in PLAIN:
            return False
        following = rest.lstrip()
        return following.startswith("#") if following else None


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
