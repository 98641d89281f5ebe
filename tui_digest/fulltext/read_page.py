"""A page of arXiv's HTML to the record of the whole paper."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui_digest.fulltext import drawings, equations, floats, lists, sections, tables
from tui_digest.fulltext.blocks import Content, Document, Losses, Place, Run
from tui_digest.fulltext.builder import Builder, Handler
from tui_digest.fulltext.page_tree import Element, PageTree, read_tree
from tui_digest.fulltext.private_signs import name_private_signs

_SKIPPED = (
    "ltx_dates", "ltx_date", "ltx_rdf", "ltx_pagination", "ltx_page_footer", "ltx_page_header",
    "ltx_page_navbar", "ltx_page_logo", "ltx_TOC", "ltx_bib_cited", "ltx_listing_data", "ltx_rule",
    "ltx_contact_name", "infobox", "ltx_note_type", "package-alerts", "ltx_role_newpage",
)  # fmt: skip
_SKIPPED_TAGS = ("head", "nav", "footer", "header", "button", "input", "select", "textarea")
_SECTIONS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph",
             "appendix", "bibliography", "index", "glossary")  # fmt: skip
_NAMED_PARTS = ("ltx_keywords", "ltx_classification", "ltx_acknowledgements")
_LISTS = ("ltx_itemize", "ltx_enumerate", "ltx_description", "ltx_inline-enumerate")

# The first of an element's classes that is here decides; those that narrow others are first in pages.
HANDLERS: Mapping[str, Handler] = {
    **dict.fromkeys(_SKIPPED, sections.skip),
    **{f"<{tag}>": sections.skip for tag in _SKIPPED_TAGS},
    **{f"ltx_{name}": sections.section for name in _SECTIONS},
    **dict.fromkeys(_NAMED_PARTS, sections.named_part),
    **dict.fromkeys(_LISTS, lists.item_list),
    "<ul>": lists.item_list,
    "<ol>": lists.item_list,
    "<dl>": lists.item_list,
    "<br>": sections.break_line,
    "<img>": floats.picture,
    "<svg>": drawings.drawing,
    "<table>": tables.table,
    "<figure>": floats.float_part,
    "<pre>": floats.verbatim,
    "<blockquote>": sections.quotation,
    "ltx_document": sections.document,
    "ltx_title_document": sections.title,
    "ltx_authors": sections.authors,
    "ltx_abstract": sections.abstract,
    "ltx_theorem": sections.statement,
    "ltx_proof": sections.statement,
    "ltx_para": sections.paragraph_group,
    "ltx_p": sections.paragraph,
    "ltx_quote": sections.quotation,
    "ltx_ERROR": sections.unknown_command,
    "ltx_missing_label": sections.missing_label,
    "ltx_missing_citation": sections.missing_citation,
    "ltx_break": sections.break_line,
    "ltx_note": sections.note_mark,
    "ltx_equation": equations.equation,
    "ltx_equationgroup": equations.equation,
    "ltx_tabular": tables.table,
    "ltx_figure": floats.float_part,
    "ltx_table": floats.float_part,
    "ltx_float": floats.float_part,
    "ltx_graphics": floats.picture,
    "ltx_picture": drawings.drawing,
    "ltx_listing": floats.listing,
    "ltx_verbatim": floats.verbatim,
    "ltx_block": floats.minipage,
    "ltx_minipage": floats.minipage,
    "ltx_logical-block": floats.minipage,
    "ltx_biblist": sections.walk_in,
    "ltx_bibitem": lists.bibliography_item,
    "ltx_indexlist": sections.walk_in,
    "ltx_indexentry": lists.index_entry,
}


def read_page(page: bytes | str) -> Document:
    """The paper that a page of arXiv's HTML holds.

    Total: any bytes give a document. What the page has no place for is counted in its `losses`; a
    part that cannot be read becomes a `Notice` and takes no other down.
    """
    tree = read_tree(page)
    name_private_signs(tree.root)
    article = tree.root.find("ltx_document") or _body(tree.root)
    builder = Builder(HANDLERS, _targets(tree.root))
    title = _title(builder, article, tree)
    builder.read(article)
    builder.end_lead()
    sections.notes(builder)
    places = sorted(builder.places, key=lambda place: (place.first, -place.end, place.row))
    return Document(
        title=title,
        blocks=tuple(builder.blocks),
        places=tuple(places),
        anchors=_anchors(builder, places),
        losses=Losses(**builder.counts, cut=tree.cut),
        generator=tree.generator,
        licence=_licence(tree.root),
    )


def _body(root: Element) -> Element:
    """Return the page's body where it has no article, or the page without a body."""
    for child in root.elements():
        if child.tag == "body":
            return child
        if (found := _body(child)) is not child:
            return found
    return root


def _targets(root: Element) -> frozenset[str]:
    """The ids that links lead to."""
    found: set[str] = set()
    pending = [root]
    while pending:
        element = pending.pop()
        if element.tag == "a" and (fragment := element.attributes.get("href", "").partition("#")[2]):
            found.add(fragment)
        pending += element.elements()
    return frozenset(found)


def _title(builder: Builder, article: Element, tree: PageTree) -> Content:
    title = article.find("ltx_title_document")
    if title is not None and (content := sections.title_content(builder, title)):
        return content
    return (Run(" ".join(tree.title.split())),) if tree.title.strip() else ()


def _licence(root: Element) -> str:
    """The licence that the page states, in words."""
    box = root.find("infobox")
    text = " ".join(box.text().split()) if box is not None else ""
    licence = re.search(r"License:\s*(.{1,80}?)(?=\s*arXiv:|$)", text)
    return licence[1].strip() if licence else ""


def _anchors(builder: Builder, places: list[Place]) -> dict[str, int]:
    """The ids of the page with the numbers of the blocks that they lead to."""
    anchors: dict[str, int] = {}
    for number, block in enumerate(builder.blocks):
        for name in block.ids:
            anchors.setdefault(name, number)
    for place in places:
        for name in place.ids:
            anchors[name] = place.first
    for name in builder.ids_left():
        anchors.setdefault(name, max(0, len(builder.blocks) - 1))
    return anchors
