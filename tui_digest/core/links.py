"""The links of a paper's page, checked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec

from tui_digest.entry import Entry
from tui_digest.paper import ArxivId, Paper
from tui_digest.text.sanitise import sanitise

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]{3,2000}", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>{}\\^`]{1,300}")
_ESCAPED_IN_TEX = re.compile(r"\\([_%#&~])")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)
_ENDS = ".,;:!?'*$"
_PAIRS = {")": "(", "]": "["}


class Link(msgspec.Struct, frozen=True):
    """A link's place in a text, and its address."""

    where: str
    address: str


def links_of(entry: Entry) -> tuple[Link, ...]:
    """Return a paper's links, each once: arXiv's pages, DOIs, then those in its texts."""
    found: dict[str, Link] = {}
    for link in _all_links(entry):
        found.setdefault(link.address, link)
    return tuple(found.values())


def _all_links(entry: Entry) -> Iterator[Link]:
    paper = entry.paper
    yield from _own_pages(paper)
    for doi in _DOI.findall(sanitise(paper.doi or "")):
        yield Link("DOI", f"https://doi.org/{quote(doi, safe='/:;()._-')}")
    texts = {
        "comment": paper.comment,
        "journal": paper.journal_ref,
        "abstract": paper.abstract,
        "explanation": entry.explanation.text if entry.explanation is not None else "",
        "note": entry.reading.note,
    }
    for where, text in texts.items():
        yield from (Link(where, address) for address in addresses_in(text or ""))


def _own_pages(paper: Paper) -> Iterator[Link]:
    """ArXiv's pages of the paper, from its id if it is one."""
    try:
        ArxivId.parse(str(paper.arxiv_id))
    except ValueError:
        return
    yield Link("abstract page", paper.abs_url)
    yield Link("PDF", paper.pdf_url)


def addresses_in(text: str) -> Iterator[str]:
    r"""Yield the http and https addresses in a text, as they may be opened.

    TeX's `\_` and the like are taken back, and what only follows an address in its sentence is cut off.
    """
    for match in _ADDRESS.finditer(_ESCAPED_IN_TEX.sub(r"\1", sanitise(text))):
        if address := checked_address(_without_sentence(match[0])):
            yield address


def checked_address(address: str) -> str:
    """Return the address in ASCII; empty if it is not a plain http or https one.

    One with a user's name before the host is refused, for `https://arxiv.org@example.com` reads as
    what it is not; a host in other letters is shown in its ASCII form.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:  # also what the codec raises
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return ""
    path, query, fragment = (quote(part, safe="/:;,~!$&'()*+=@?%-._") for part in parts[2:])
    return urlunsplit((parts.scheme, host + port, path, query, fragment))


def _without_sentence(address: str) -> str:
    """Remove the punctuation and closing brackets of the sentence around an address."""
    while address:
        last = address[-1]
        if last in _ENDS or (last in _PAIRS and address.count(last) > address.count(_PAIRS[last])):
            address = address[:-1]
        else:
            break
    return address
