"""Which kind of bibliography a file is, and its references."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Final

from tui_digest.bibliography.references import ImportedReference
from tui_digest.errors import UsageError

_FORMATS: Final = "BibTeX, RIS, CSL-JSON and Zotero's RDF are read."


def read_references(content: bytes) -> tuple[ImportedReference, ...]:
    """Read a file's references: BibTeX, RIS, CSL-JSON or Zotero's RDF by its content.

    Raises:
        UsageError: it is none of these, or cannot be read.
    """
    text = _decoded(content)
    return tuple(_read(text))


def _read(text: str) -> Iterator[ImportedReference]:
    beginning = text.lstrip()[:1]
    if beginning == "<":
        from tui_digest.bibliography.zotero_rdf import read_zotero_rdf

        return read_zotero_rdf(text)
    if beginning in ("[", "{"):
        from tui_digest.bibliography.ris_csl import read_csl

        return read_csl(text)
    if text.startswith("TY  -") or "\nTY  -" in text:
        from tui_digest.bibliography.ris_csl import read_ris

        return read_ris(text)
    if "@" in text:
        from tui_digest.bibliography.bibtex import read_bibtex

        return read_bibtex(text)
    raise UsageError(f"The file is no bibliography. {_FORMATS}")


def _decoded(content: bytes) -> str:
    """The text of a file in UTF-8, or where it is not that, in UTF-16 or Latin-1."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").replace("\r\n", "\n")
    if b"\0" in content:
        raise UsageError(f"The file is not text. {_FORMATS}")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return content.decode("latin-1").replace("\r\n", "\n")
