"""A reference of a bibliography: arXiv id, keywords and collections as tags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from tui_digest.errors import UsageError
from tui_digest.paper import ArxivId
from tui_digest.tags import LONGEST_TAG, checked_tag
from tui_digest.text.sanitise import one_line

_ID: Final = r"(\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?!\d)"
_NAMED: Final = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|10\.48550/arxiv\.|\barxiv(?:\s*:\s*|\s+preprint\s+|[\s/.]\s*))" + _ID,
    re.IGNORECASE,
)
_NOT_IN_TAGS: Final = re.compile(r"[\s,\"'“”‘’„]+")


class ImportedReference(msgspec.Struct, frozen=True, kw_only=True):
    """A reference's title, its arXiv id without version ("" if none), and its tags."""

    title: str
    number: str = ""
    tags: tuple[str, ...] = ()


def reference(
    title: str, texts: Iterable[str], words: Iterable[str], *, eprint: str = ""
) -> ImportedReference:
    """Make a reference.

    Args:
        title: its title as the file has it.
        texts: what may name its arXiv id: addresses, DOIs, notes, the surest first.
        words: its keywords and collections.
        eprint: what is its arXiv id if it is one at all.
    """
    tags = (tag_of(word) for word in words)
    return ImportedReference(
        title=one_line(title).strip(),
        number=_bare_id(eprint) or _named_id(texts),
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
    )


def tag_of(words: str) -> str:
    """Return a keyword or a collection's name as a tag; "" if nothing of it can be."""
    joined = re.sub("-{2,}", "-", _NOT_IN_TAGS.sub("-", one_line(words).strip()))
    joined = joined.lstrip("-+#")[:LONGEST_TAG].rstrip("-")
    try:
        return checked_tag(joined)
    except UsageError:
        return ""


def _bare_id(text: str) -> str:
    try:
        return ArxivId.parse(text).number
    except ValueError:
        return ""


def _named_id(texts: Iterable[str]) -> str:
    for text in texts:
        for match in _NAMED.finditer(text):
            if number := _bare_id(match[1]):
                return number
    return ""
