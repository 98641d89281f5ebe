"""Bytes from a terminal as text and pastes; every byte is accepted.

Four things are settled here before Textual's parser sees the input:

- A byte that is no UTF-8 becomes the character of Latin-1 (a terminal in that encoding), a C1 control
  becomes U+FFFD. Nothing is refused.
- The mouse reports of X10 (`ESC [ M` and three bytes, which past column 95 are no UTF-8) become
  reports of mode 1006 (`ESC [ < b ; x ; y M`).
- What a terminal answers beyond keys is dropped: strings (OSC, DCS, APC), sequences longer than any
  key's, and sizes that no terminal has. The parser would take their characters for keys.
- A paste comes as one piece of at most `LONGEST_PASTE` characters without control sequences: the
  parser would look at each of its characters for a sequence.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

import msgspec

LONGEST_PASTE: Final = 256 * 1024
"""Bytes of a paste that are kept; what goes beyond is dropped."""

UNMARKED_PASTE: Final = 512
"""Characters that come at once without the marks of a paste and are taken for one: nobody types so fast."""

_PASTE_BEGINS: Final = b"\x1b[200~"
_PASTE_ENDS: Final = b"\x1b[201~"
_X10_MOUSE: Final = rb"(?s)\x1b\[M(.)(.)(.)"
_INCOMPLETE: Final = rb"(?s)\x1b\[(?:M.{0,2}|20?0?)\Z"
"""The beginning of an X10 report or of the mark of a paste, cut by the end of the read."""
_STRING_BEGINS: Final = rb"\x1b(?:\]\d{1,4};|P[\d;]*[>+$!][|r]|_G)"
"""How answers begin that are strings: of colours and the clipboard, of capabilities, of kitty's pictures."""
_STRING: Final = _STRING_BEGINS + rb"[^\x07\x1b]*(?:\x07|\x1b\\)"
"""Such a string, ended as ECMA-48 or as xterm does."""
_UNENDED_STRING: Final = _STRING_BEGINS + rb"[^\x07\x1b]*\x1b?\Z"
_STRING_ENDS: Final = rb"\x07|\x1b\\?"
_LONG_SEQUENCE: Final = rb"\x1b\[[0-?]{30,}[ -/]*[@-~]?"
"""A control sequence longer than any key's; device attributes are."""
_SIZE: Final = rb"\x1b\[48;(\d+)[\d:]*;(\d+)[\d:;]*t"
"""A report of the window's lines and columns (mode 2048)."""
_SEQUENCE: Final = r"(?s)\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|O.|[ -~])?"
_PART: Final = r"\x1b\[[0-?]*[ -/]*[@-~]|[^\x1b]+|\x1b"
_X10_RELEASE: Final = 3

MOST_COLUMNS: Final = 1000
"""Columns that are drawn at most; a terminal of more is mistaken, and its screen would fill the memory."""

MOST_LINES: Final = 500
"""Lines that are drawn at most."""


class PastedText(msgspec.Struct, frozen=True):
    """Text that was pasted, without control sequences.

    Attributes:
        text: what was pasted, as far as it was kept.
    """

    text: str


def _replace(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that is no UTF-8 as Latin-1, a C1 control as U+FFFD."""
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start]
    return (chr(byte) if byte >= 0xA0 else "\ufffd"), error.start + 1


codecs.register_error("latin-1-fallback", _replace)


class TerminalDecoder:
    """Decodes what a terminal sends, across reads that cut characters and sequences."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="latin-1-fallback")
        self._kept = b""
        self._paste: bytearray | None = None
        self._in_string = False

    def decode(self, data: bytes) -> list[str | PastedText]:
        """Decode the bytes of one read.

        Returns:
            Text for the parser of key sequences, and pastes, in order.
        """
        found: list[str | PastedText] = []
        rest = self._kept + data
        self._kept = b""
        while rest:
            if self._in_string:
                rest = self._after_string(rest)
            elif self._paste is not None:
                rest = self._in_paste(rest, found)
            else:
                rest = self._in_keys(rest, found)
        return found

    def _after_string(self, data: bytes) -> bytes:
        """Drop what belongs to a string that began before; gives what follows it."""
        end = re.search(_STRING_ENDS, data)
        self._in_string = end is None
        return data[end.end() :] if end else b""

    def _in_keys(self, data: bytes, found: list[str | PastedText]) -> bytes:
        """Decode up to the mark of a paste; gives what follows it."""
        keys, mark, rest = data.partition(_PASTE_BEGINS)
        keys = re.sub(_LONG_SEQUENCE, b"", re.sub(_SIZE, _possible_size, re.sub(_STRING, b"", keys)))
        if not mark and (unended := re.search(_UNENDED_STRING, keys)):
            keys = keys[: unended.start()]
            self._in_string = True
        if mark:
            self._paste = bytearray()
        elif incomplete := re.search(_INCOMPLETE, keys):
            self._kept = keys[incomplete.start() :]
            keys = keys[: incomplete.start()]
        if text := self._decoder.decode(re.sub(_X10_MOUSE, _sgr_report, keys)):
            found.append(_unmarked_paste(text) or text)
        return rest

    def _in_paste(self, data: bytes, found: list[str | PastedText]) -> bytes:
        """Collect a paste up to its end; gives what follows it."""
        assert self._paste is not None
        content, mark, rest = data.partition(_PASTE_ENDS)
        if not mark:
            cut = _length_of_cut_mark(content)
            self._kept = content[len(content) - cut :]
            content = content[: len(content) - cut]
        self._paste += content[: LONGEST_PASTE - len(self._paste)]
        if mark:
            pasted = self._paste.decode("utf-8", errors="latin-1-fallback")
            self._paste = None
            found.append(PastedText(re.sub(_SEQUENCE, "", pasted)))
        return rest

    @property
    def is_unended(self) -> bool:
        """Whether a paste or a string has begun but not ended."""
        return self._paste is not None or self._in_string

    def incomplete(self) -> list[str]:
        """Return the beginning of a report that nothing followed in time: keys.

        Esc, `[` and `M` typed quickly are one, and would take the next three keys along.
        """
        if self._paste is not None or not self._kept:
            return []
        kept, self._kept = self._kept, b""
        return [self._decoder.decode(kept)]

    def end(self) -> list[str | PastedText]:
        """End a paste or a string whose end never came."""
        self._in_string = False
        return self.decode(_PASTE_ENDS) if self._paste is not None else []


def split_sequences(text: str) -> list[str]:
    """Split text into control sequences and what is between them."""
    return re.findall(_PART, text)


def _length_of_cut_mark(content: bytes) -> int:
    """Return how many final bytes may be the beginning of the mark that ends a paste."""
    return next((n for n in range(len(_PASTE_ENDS) - 1, 0, -1) if content.endswith(_PASTE_ENDS[:n])), 0)


def _unmarked_paste(text: str) -> PastedText | None:
    """Return the paste that unmarked text is, or None if it is keys or mouse reports."""
    if len(text) < UNMARKED_PASTE:
        return None
    plain = re.sub(_SEQUENCE, "", text)
    return PastedText(plain) if len(plain) >= UNMARKED_PASTE else None


def _possible_size(report: re.Match[bytes]) -> bytes:
    """Return the report of a size that a terminal can have, else nothing."""
    lines, columns = report[1], report[2]
    fits = len(lines) < 5 and len(columns) < 5
    return report[0] if fits and 0 < int(lines) <= MOST_LINES and 0 < int(columns) <= MOST_COLUMNS else b""


def _sgr_report(report: re.Match[bytes]) -> bytes:
    """Return an X10 mouse report in the form of mode 1006."""
    button, column, line = (max(group[0] - 32, 0) for group in report.groups())
    released = button & 3 == _X10_RELEASE and not button & 0b1100_0000 and not button & 0b10_0000
    return b"\x1b[<%d;%d;%d%c" % (button, column, line, ord("m" if released else "M"))
