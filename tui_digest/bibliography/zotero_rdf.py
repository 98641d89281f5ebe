"""References of Zotero's RDF, with tags and collections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from tui_digest.bibliography.references import ImportedReference, reference
from tui_digest.errors import UsageError

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NO_REFERENCES: Final = ("Collection", "Attachment", "Memo", "Journal", "UserItem")
_NOT_SEARCHED: Final = ("abstract", "title", "subject", "isReferencedBy", "relation")


def read_zotero_rdf(text: str) -> Iterator[ImportedReference]:
    """Read the references.

    Raises:
        UsageError: it is not XML, or XML that declares entities.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UsageError("The file declares entities, which Zotero never does; it is not read.")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise UsageError(f"The file is no XML that can be read: {error}.") from None
    collections = dict(_collections(root))
    for element in root:
        if _name(element) not in _NO_REFERENCES:
            yield _reference(element, collections)


def _collections(root: ElementTree.Element) -> Iterator[tuple[str, list[str]]]:
    """The names of the collections of each thing that is in one."""
    found: dict[str, list[str]] = {}
    for collection in root:
        if _name(collection) == "Collection":
            title = _child_text(collection, "title")
            for part in collection:
                if _name(part) == "hasPart":
                    found.setdefault(part.get(f"{_RDF}resource", ""), []).append(title)
    yield from found.items()


def _reference(element: ElementTree.Element, collections: dict[str, list[str]]) -> ImportedReference:
    about = element.get(f"{_RDF}about", "")
    texts = [about]
    for child in element:
        if _name(child) not in _NOT_SEARCHED:
            texts += (text for text in child.itertext() if text.strip())
    subjects = ["".join(child.itertext()) for child in element if _name(child) == "subject"]
    return reference(_child_text(element, "title"), texts, [*subjects, *collections.get(about, ())])


def _child_text(element: ElementTree.Element, name: str) -> str:
    return next((child.text or "" for child in element if _name(child) == name), "")


def _name(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
