"""Whether an answer is one whole XML document, before anything is read from it.

feedparser falls back to a forgiving parser when XML is malformed and then gives back a part of
the papers, or a page of HTML as an empty feed. Half a day's list is worse than none, so the
answer goes through expat first, which also refuses documents that declare entities.
"""

from __future__ import annotations

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


def stops_early(body: bytes) -> bool:
    """Whether the body begins as a feed and does not end as one: cheap, for asking again at once."""
    return any(opening in body[:1000] for opening in _OPENINGS) and not body.rstrip().endswith(_CLOSINGS)


def check_feed(body: bytes) -> None:
    """Raise unless the body is one whole, well-formed RSS, Atom or RDF document in UTF-8 without a DTD.

    Raises:
        TruncatedAnswerError: the document stops before its end.
        BrokenAnswerError: anything else is wrong with it.
    """
    parser = expat.ParserCreate()
    depth = 0

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal depth
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
