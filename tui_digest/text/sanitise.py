"""Sanitise all text from arXiv and from models."""

from __future__ import annotations

import re
from functools import cache

# Unicode's format characters (category Cf): invisible, and able to reorder, join or hide what one
# reads. Losing the joiners of some scripts is accepted. Written out because asking unicodedata for
# a million characters costs more than all of a start's other imports.
_FORMAT = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"
)
# Variation selectors that ask for a picture or for text: programs disagree on how wide a character is with
# one, so that a heart in a title moves what is behind it in tmux.
_SELECTORS = "\ufe0e\ufe0f"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"

# ECMA-48: a control sequence, and a string sequence with its payload (title, clipboard, hyperlink).
# Their visible parts say nothing of a paper, so they go with the control characters.
_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|(?:\x1b[\]P^_X]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{0,4}[0-~]"
)
# References to no character: Unicode has none beyond a million.
_LONG_REFERENCE = r"&#(?:0*[1-9]\d{7,}|[xX]0*[1-9A-Fa-f][0-9A-Fa-f]{6,});?"
_BREAKS = "\r\n?|[\u2028\u2029\x85]"
_SURROGATE = "[\ud800-\udfff]"
_UNESCAPED = f"[\x7f-\x9f\u2028\u2029{_FORMAT}]"


@cache
def _suspect() -> re.Pattern[str]:
    """Return the pattern of forbidden characters, compiled when it is first needed."""
    return re.compile(f"[{_CONTROL}\t\u2028\u2029\ud800-\udfff{_FORMAT}{_SELECTORS}]")


def sanitise(text: str) -> str:
    r"""Return the text without what could mislead a terminal or a reader.

    Escape sequences, control characters and Unicode's format characters (bidi controls, zero-width
    characters) are removed, and so is the choice between a picture and text (U+FE0F, U+FE0E); tabs
    become spaces, other line breaks `\n`, lone surrogates U+FFFD.
    A text that arrives in pieces must be sanitised as a whole: a sequence may be split over pieces.
    Clean text comes back as the same object.
    """
    if text.isprintable() and (text.isascii() or ("\ufe0f" not in text and "\ufe0e" not in text)):
        return text
    if _suspect().search(text) is None:
        return text
    text = re.sub(_SEQUENCE, "", text)
    text = re.sub(_BREAKS, "\n", text).replace("\t", " ")
    text = re.sub(_SURROGATE, "\ufffd", text)
    return _suspect().sub("", text)


def without_long_references(markup: str) -> str:
    """Return HTML without references whose numbers are longer than any character's."""
    return re.sub(_LONG_REFERENCE, "\ufffd", markup) if "&#" in markup else markup


def one_line(text: str) -> str:
    """Return the sanitised text on one line: for titles, names and comments."""
    return " ".join(sanitise(text).split())


def printable_json(text: str) -> str:
    """Return equivalent JSON without what could mislead a terminal or a reader.

    JSON escapes control characters, but not all of them and no format characters; here all are
    escaped, so that whoever reads the JSON gets each text as it is stored.
    """
    return text if text.isascii() and "\x7f" not in text else re.sub(_UNESCAPED, _escaped, text)


def _escaped(character: re.Match[str]) -> str:
    units = character[0].encode("utf-16-be")
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in zip(units[::2], units[1::2], strict=True))
