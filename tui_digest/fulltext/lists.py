"""Lists, the bibliography, the index."""

from __future__ import annotations

from tui_digest.fulltext.blocks import Content, Place, Reference, content_in_role, content_text, with_words
from tui_digest.fulltext.builder import Builder, one_line_text, trim
from tui_digest.fulltext.page_tree import Element
from tui_digest.fulltext.sections import notes

_LONG_ITEM = 600
_LONGEST_MARKER = 24


def item_list(builder: Builder, element: Element) -> None:
    """Read a list; short items follow each other without blank lines."""
    builder.flush()
    builder.claim_id(element)
    items = [child for child in element.elements() if child.tag in ("li", "dt", "dd")]
    compact = all(item.count("ltx_p") <= 1 and len(item.text()) < _LONG_ITEM for item in items)
    term: Content = ()
    first = True
    for child in element.children:
        if isinstance(child, str):
            builder.words(child)
        elif child.tag == "dt":
            term = trim(builder.content_in(child))
            builder.claim_id(child)
        elif child.tag in ("li", "dd") and "ltx_bibitem" not in child.classes:
            if compact and not first:
                builder.tighten()
            _item(builder, child, term)
            term, first = (), False
        else:
            builder.read(child)
    if term:
        builder.lead(content_in_role(term, "strong"))
    builder.end_lead()


def _item(builder: Builder, item: Element, term: Content) -> None:
    tag = item.child("ltx_tag")
    marker = one_line_text(builder.content_in(tag)) if tag is not None else ""
    if len(marker) > _LONGEST_MARKER or (not marker and not term):
        term, marker = (builder.content_in(tag), "") if tag is not None else (term, "")
    builder.claim_id(item)
    with builder.margin("item", marker):
        if term:
            builder.lead(content_in_role(term, "strong"))
        builder.read_children(item, without=tag)
        builder.flush()
        notes(builder)


def bibliography_item(builder: Builder, element: Element) -> None:
    """Read an entry of the bibliography: its label, and what it says on one line."""
    builder.flush()
    tag = element.child("ltx_tag_bibitem")
    label = one_line_text(builder.content_in(tag)) if tag is not None else ""
    parts: list[Element | str] = []
    for child in element.children:
        if child is tag:
            continue
        if isinstance(child, Element) and "ltx_bib_cited" in child.classes:
            continue
        parts += [child, " "]
    content = with_words(trim(builder.content(*parts)), lambda text: text.replace("\n", " "))
    if not label and not content_text(content).strip():
        return
    address = label or f"[{1 + sum(place.kind == 'reference' for place in builder.places)}]"
    first = len(builder.blocks)
    builder.claim_id(element)
    builder.tighten()
    builder.emit(Reference(label=address, content=content))
    ids = (element.id,) if element.id else ()
    builder.places.append(Place(address=address, kind="reference", first=first, end=first + 1, ids=ids))
    notes(builder)


def index_entry(builder: Builder, element: Element) -> None:
    """Read an entry of the index, and those under it a little to the right."""
    builder.flush()
    builder.tighten()
    outer, builder.paragraph_role = builder.paragraph_role, "index"
    for child in element.children:
        if isinstance(child, Element) and "ltx_indexlist" in child.classes:
            builder.flush()
            with builder.margin("item", ""):
                builder.walk(child)
        elif isinstance(child, str):
            builder.words(child)
        else:
            builder.read(child)
    builder.flush()
    builder.paragraph_role = outer
