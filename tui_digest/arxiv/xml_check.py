"""Check that an answer is one whole XML document before it is parsed.

feedparser falls back to a lenient parser when XML is malformed, and then returns a part of the papers,
or an HTML page as an empty feed. Part of a day is worse than none, so the answer goes through expat
first, which also rejects documents that declare entities.
"""

from __future__ import annotations

import re
from xml.parsers import expat
from xml.parsers.expat import errors

from tui_digest.arxiv.errors import KEPT, BrokenAnswerError, TruncatedAnswerError

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
_ALLOWED = ((0x20, 0xD800), (0xE000, 0xFFFE), (0x10000, 0x110000))
_MOST_ATTRIBUTES = 64
_MOST_ELEMENTS = 400_000


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
    depth = elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        elements += 1
        # feedparser takes a second for a thousand attributes, and minutes for more.
        if len(attributes) > _MOST_ATTRIBUTES or elements > _MOST_ELEMENTS:
            raise _NotAFeedError
        if depth == 0 and name not in _ROOTS:
            raise _NotAFeedError
        depth += 1

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
