"""Check that an answer is one whole XML document before it is parsed.

feedparser falls back to a lenient parser when XML is malformed, and then returns a part of the papers,
or an HTML page as an empty feed. Part of a day is worse than none, so the answer goes through expat
first, which also rejects documents that declare entities.
"""

from __future__ import annotations

import re
from xml.parsers import expat
from xml.parsers.expat import errors

from tui_digest.arxiv.errors import BrokenAnswerError, TruncatedAnswerError
from tui_digest.errors import KEPT

_ENDS_EARLY = {
    errors.codes[message]
    for message in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}
_ROOTS = ("rss", "feed", "rdf:RDF")
_OPENINGS = tuple(f"<{root}".encode() for root in _ROOTS)
_CLOSINGS = tuple(f"</{root}>".encode() for root in _ROOTS)


class _NotAFeedError(Exception):
    pass


_FORBIDDEN_BYTES = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
_REFERENCE = re.compile(rb"&#(?:x0*(?P<hex>[0-9a-fA-F]{1,6})|0*(?P<decimal>[0-9]{1,7}));")

# feedparser cannot be stopped, and its time grows with the square of some of these: a megabyte of one
# kind would take minutes. The largest answers of arXiv have some 60,000 elements, 5,000 authors of one
# paper, 6 levels and 10 namespaces.
_MOST_ATTRIBUTES = 64
_MOST_ATTRIBUTES_IN_ALL = 400_000
_MOST_ELEMENTS = 200_000
_MOST_CATEGORIES = 1_000
_MOST_NAMESPACES = 64
_MOST_LEVELS = 64
_ENTRIES = ("item", "entry")
_TAGS = ("category", "subject", "keywords")
"""What feedparser makes tags of, in whatever namespace; each word of `keywords` is one."""


class _FeedSize:
    """Counts what makes feedparser slow."""

    def __init__(self) -> None:
        self._elements = self._attributes = self._most_attributes = 0
        self._categories = self._most_categories = 0
        self._namespaces: set[tuple[str, str]] = set()

    def add(self, name: str, attributes: dict[str, str]) -> None:
        """Count one element."""
        self._elements += 1
        self._attributes += len(attributes)
        self._most_attributes = max(self._most_attributes, len(attributes))
        if name in _ENTRIES:
            self._categories = 0
        elif (local := name.rpartition(":")[2].lower()) in _TAGS:
            self._categories += 1 if local != "keywords" else _MOST_CATEGORIES + 1
            self._most_categories = max(self._most_categories, self._categories)
        self._namespaces.update(pair for pair in attributes.items() if pair[0].startswith("xmlns"))

    @property
    def is_too_large(self) -> bool:
        """Whether no feed of arXiv is like this."""
        return (
            self._elements > _MOST_ELEMENTS
            or self._attributes > _MOST_ATTRIBUTES_IN_ALL
            or self._most_attributes > _MOST_ATTRIBUTES
            or self._most_categories > _MOST_CATEGORIES
            or len(self._namespaces) > _MOST_NAMESPACES
        )


def readable_xml(body: bytes) -> bytes:
    """Return the body as valid UTF-8 without the characters that XML forbids.

    One of them in one title would cost the whole day. https://www.w3.org/TR/xml/#charsets
    """
    clean = body.translate(None, _FORBIDDEN_BYTES)
    if b"&#" in clean:
        clean = _REFERENCE.sub(_allowed_reference, clean)
    try:
        text = clean.decode("utf-8")
    except UnicodeDecodeError:
        text = clean.decode("utf-8", "replace")
    if "\ufffe" in text or "\uffff" in text:
        text = text.replace("\ufffe", "").replace("\uffff", "")
    return text.encode("utf-8")


def _allowed_reference(reference: re.Match[bytes]) -> bytes:
    code = int(reference["hex"], 16) if reference["hex"] else int(reference["decimal"])
    allowed = (
        code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    )
    return reference[0] if allowed else b""


def stops_early(body: bytes) -> bool:
    """Tell whether the body begins as a feed and does not end as one; a cheap check."""
    return any(opening in body[:1000] for opening in _OPENINGS) and not body.rstrip().endswith(_CLOSINGS)


def check_feed(body: bytes) -> None:
    """Raise unless the body is a well-formed RSS, Atom or RDF document without a DTD.

    Raises:
        TruncatedAnswerError: the document stops before its end.
        BrokenAnswerError: anything else is wrong with it.
    """
    parser = expat.ParserCreate()
    depth = 0
    size = _FeedSize()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if depth == 0 and name not in _ROOTS:
            raise _NotAFeedError
        depth += 1
        size.add(name, attributes)
        if depth > _MOST_LEVELS or size.is_too_large:
            raise _NotAFeedError

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: object) -> None:
        raise _NotAFeedError

    def encoded(_: str, encoding: str | None, __: int) -> None:
        if encoding is not None and encoding.lower() != "utf-8":
            raise _NotAFeedError

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = declared
    parser.XmlDeclHandler = encoded
    try:
        parser.Parse(body, True)
    except _NotAFeedError:
        raise BrokenAnswerError(
            f"arXiv's server sent a page that is not a list of papers. {KEPT} Try again later."
        ) from None
    except expat.ExpatError as error:
        if error.code in _ENDS_EARLY and depth > 0:
            raise TruncatedAnswerError(
                f"arXiv's answer stopped in the middle. {KEPT} Try again later."
            ) from error
        raise BrokenAnswerError(
            f"arXiv's answer is malformed in line {error.lineno}. {KEPT} Try again later."
        ) from error
