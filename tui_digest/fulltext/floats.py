"""Figures, tables, algorithms with captions; pictures; listings, verbatim text."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Literal, TypeAlias

from tui_digest.fulltext.blocks import (
    Caption,
    CodeListing,
    Content,
    ListingLine,
    Picture,
    Place,
    Role,
    Run,
    TextParagraph,
)
from tui_digest.fulltext.builder import Builder, is_code, one_line_text, trim
from tui_digest.fulltext.page_tree import Element
from tui_digest.fulltext.sections import is_broken, not_converted, notes
from tui_digest.text.sanitise import sanitise

Kind: TypeAlias = Literal["figure", "table", "algorithm", "listing"]

_KINDS: dict[str, Kind] = {
    "ltx_table": "table",
    "ltx_algorithm": "algorithm",
    "ltx_float_algorithm": "algorithm",
    "ltx_lstlisting": "listing",
    "ltx_figure": "figure",
}
_LABELS: dict[str, Kind] = {"tab": "table", "alg": "algorithm", "lis": "listing", "fig": "figure"}
_LONGEST_TITLE = 160
_LONGEST_SOURCE = 300
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_NO_DESCRIPTION = ("Refer to caption", "[Uncaptioned image]")
_INDENT_BAR = "│"
_WIDE_SPACES = re.compile("[\u2000-\u200a]+")
_EM_OF_SPACE = {"\u2000": 0.5, "\u2001": 1.0, "\u2002": 0.5, "\u2003": 1.0, "\u2004": 1 / 3, "\u2007": 0.5}


def float_part(builder: Builder, element: Element) -> None:
    """Read a figure, a table or an algorithm: its caption first, then what it shows."""
    builder.flush()
    notes(builder)
    caption = element.child("ltx_caption")
    kind = _kind_of(element, caption)
    first = len(builder.blocks)
    builder.claim_id(element)
    label = _caption(builder, caption, kind) if caption is not None else ""
    address = f"{builder.float_label}{label}" if label.startswith("(") else label
    title = _caption_title(builder)
    outer, builder.float_label = builder.float_label, label or builder.float_label
    statement, builder.statement = builder.statement, ""
    if errors := is_broken(element, caption):
        builder.counts["commands"] += errors
        builder.notice(not_converted(errors))
    else:
        for child in element.children:
            if isinstance(child, str):
                builder.words(child)
            elif child is not caption:
                builder.read(child)
        builder.flush()
        merge_pictures(builder, first)
    builder.statement, builder.float_label = statement, outer
    notes(builder)
    end = len(builder.blocks)
    if end > first and address:
        ids = (element.id,) if element.id else ()
        builder.places.append(
            Place(address=address, kind=kind, first=first, end=end, title=title if label else "", ids=ids)
        )


def _caption_title(builder: Builder) -> str:
    """The beginning of the caption that was just read, to know the figure by."""
    last = builder.blocks[-1] if builder.blocks else None
    return one_line_text(last.content)[:_LONGEST_TITLE] if isinstance(last, Caption) else ""


def _kind_of(element: Element, caption: Element | None) -> Kind:
    label = "" if caption is None else caption.text().strip()[:3].lower()
    if label in _LABELS:
        return _LABELS[label]
    return next((_KINDS[name] for name in element.classes if name in _KINDS), "figure")


def _caption(builder: Builder, caption: Element, kind: Kind) -> str:
    tag = caption.find("ltx_tag")
    label = one_line_text(builder.content_in(tag)).rstrip(".: ") if tag is not None else ""
    content = _without_label(builder.content(caption), label)
    if label or content:
        builder.emit(Caption(kind=kind, label=label, content=content))
        builder.tighten()
    return label


def _without_label(content: Content, label: str) -> Content:
    """Return the caption without the label at its head, which may have its own style."""
    left = label.replace(" ", "")
    runs = list(content)
    while left and runs:
        text, place = runs[0].text, 0
        while left and place < len(text):
            if text[place] == left[0]:
                left = left[1:]
            elif not text[place].isspace():
                return content
            place += 1
        rest = text[place:]
        if not left:
            rest = rest.lstrip(" .:")
        runs[0] = Run(rest, runs[0].role, runs[0].target, runs[0].url)
        if not rest:
            runs.pop(0)
    while runs and runs[0].role != "formula" and not runs[0].text.strip(" .:"):
        runs.pop(0)
    if runs and runs[0].role != "formula":
        runs[0] = Run(runs[0].text.lstrip(" .:"), runs[0].role, runs[0].target, runs[0].url)
    return tuple(runs)


def picture(builder: Builder, element: Element) -> None:
    """Read a picture: a block of its own, or a sign for it inside a sentence."""
    source = picture_source(element.attributes.get("src", ""))
    missing = not source or "ltx_missing" in element.classes
    builder.counts["pictures"] += missing
    alternative = " ".join(element.attributes.get("alt", "").split())
    if alternative in _NO_DESCRIPTION:
        alternative = ""
    if builder.in_paragraph and builder.has_words:
        builder.add(alternative or "[picture]", "picture")
        return
    builder.claim_id(element)
    sources = () if missing else (source,)
    builder.emit(Picture(sources=sources, alternative=alternative, missing=int(missing)))


def picture_source(address: str) -> str:
    """Return a picture's address beside the page; "" if it must not be fetched."""
    if not address or len(address) > _LONGEST_SOURCE or address.startswith("//"):
        return ""
    if _SCHEME.match(address) and not address.startswith("https://arxiv.org/html/"):
        return ""
    return address


def merge_pictures(builder: Builder, first: int) -> None:
    """Make pictures that follow each other without words one block."""
    blocks = builder.blocks
    for place in range(len(blocks) - 1, first, -1):
        block, before = blocks[place], blocks[place - 1]
        if not isinstance(block, Picture) or not isinstance(before, Picture):
            continue
        if block.margins != before.margins:
            continue
        alternative = "; ".join(filter(None, (before.alternative, block.alternative)))
        blocks[place - 1] = Picture(
            ids=before.ids + block.ids,
            margins=before.margins,
            tight=before.tight,
            sources=before.sources + block.sources,
            alternative=alternative,
            missing=before.missing + block.missing,
        )
        del blocks[place]


def minipage(builder: Builder, element: Element) -> None:
    """Read a part set beside others. Lines of code in it are one listing."""
    builder.flush()
    first = len(builder.blocks)
    builder.walk_styled(element)
    builder.flush()
    inside = builder.blocks[first:]
    if len(inside) > 1 and all(
        isinstance(block, TextParagraph) and is_code(block.content) for block in inside
    ):
        lines = tuple(
            ListingLine(content=block.content) for block in inside if isinstance(block, TextParagraph)
        )
        ids = tuple(name for block in inside for name in block.ids)
        del builder.blocks[first:]
        for name in ids:
            builder.claim_name(name)
        builder.emit(CodeListing(lines=lines))


def verbatim(builder: Builder, element: Element) -> None:
    """Read verbatim text: a listing, or code inside a sentence."""
    with builder.verbatim():
        if element.tag != "pre":
            builder.walk_styled(element)
            return
        builder.flush()
        text = element.text().strip("\n").replace("\u00a0", " ")
        lines = tuple(ListingLine(content=(Run(line, "code"),) if line else ()) for line in text.split("\n"))
        builder.claim_id(element)
        builder.emit(CodeListing(lines=lines))


def listing(builder: Builder, element: Element) -> None:
    """Read code or an algorithm by lines, code as written where the page has that."""
    builder.flush()
    rows = _listing_lines(element)
    if not rows:
        builder.walk_styled(element)
        builder.flush()
        return
    lines = [_line(builder, row) for row in rows]
    written = _written(element)
    if written and len(written) == len(lines) and not _has_math(element):
        lines = [
            ListingLine(content=(Run(text, "code"),) if text else (), number=line.number)
            for text, line in zip(written, lines, strict=True)
        ]
    while lines and not lines[-1].content and not lines[-1].number:
        lines.pop()
    language = next((name[17:] for name in element.classes if name.startswith("ltx_lst_language_")), "")
    builder.claim_id(element)
    if lines:
        builder.emit(CodeListing(lines=tuple(lines), language=language))


def _listing_lines(element: Element) -> list[Element]:
    found: list[Element] = []
    for child in element.elements():
        if "ltx_listingline" in child.classes:
            found.append(child)
        elif "ltx_listing_data" not in child.classes:
            found += _listing_lines(child)
    return found


def _line(builder: Builder, row: Element) -> ListingLine:
    tag = row.find("ltx_tag_listingline")
    number = " ".join(tag.text().split()) if tag is not None else ""
    runs = _Line(builder, row).runs
    return ListingLine(content=trimmed_end(tuple(runs)), number=number)


def trimmed_end(content: Content) -> Content:
    """A line of code without spaces at its end; those at its head are its indentation."""
    guarded = trim((Run("\u0000", "code"), *content))
    return tuple(run for run in guarded if run.text != "\u0000") if guarded else ()


class _Line:
    """Reader of one listing line: spaces count, the page's own line breaks do not."""

    def __init__(self, builder: Builder, row: Element) -> None:
        self.runs: list[Run] = []
        self._builder = builder
        self._walk(row, "")

    def _walk(self, element: Element, role: Role) -> None:
        for child in element.children:
            if isinstance(child, str):
                self._words(child, role, spaces="ltx_lst_space" in element.classes)
            elif child.tag == "math" or "ltx_note" in child.classes or child.tag in ("a", "cite"):
                self.runs += self._builder.content(child)
            elif "ltx_rule" in child.classes:
                self.runs.append(Run(_INDENT_BAR))
            elif "ltx_tag_listingline" in child.classes:
                continue
            elif child.tag == "br":
                self.runs.append(Run("\n"))
            elif "ltx_ERROR" in child.classes:
                self._builder.counts["commands"] += 1
            else:
                self._comment_apart(child)
                self._walk(child, _line_role(child, role))

    def _comment_apart(self, child: Element) -> None:
        if "float:right" in child.attributes.get("style", "") and self.runs:
            self.runs.append(Run("  "))

    def _words(self, text: str, role: Role, *, spaces: bool) -> None:
        if spaces:
            text = text.replace("␣", " ")
        else:
            text = re.sub(r"[ \t\r\n]+", " ", text)
            if not self.runs or self.runs[-1].text.endswith((" ", "\n")):
                text = text.lstrip(" ")
        if text:
            text = text.replace("\u00a0", " ")
            self.runs.append(Run(_WIDE_SPACES.sub(_as_cells, text), role))


def _as_cells(spaces: re.Match[str]) -> str:
    """Return the spaces that indent algorithms, 1.5 em a level, as two cells a level."""
    em = sum(_EM_OF_SPACE.get(space, 0.25) for space in spaces[0])
    return " " * max(1, round(em * 4 / 3))


def _line_role(element: Element, role: Role) -> Role:
    if "ltx_font_bold" in element.classes or "ltx_lst_keyword" in element.classes:
        return "strong"
    if "ltx_font_italic" in element.classes or "ltx_lst_comment" in element.classes:
        return "emphasis"
    return "code" if "ltx_font_typewriter" in element.classes and not role else role


def _has_math(element: Element) -> bool:
    return any(child.tag == "math" or _has_math(child) for child in element.elements())


def _written(element: Element) -> list[str]:
    """Return a listing's lines as written, which LaTeXML keeps for downloading."""
    data = element.find("ltx_listing_data")
    link = data.elements()[0] if data is not None and data.elements() else None
    head, _, packed = (link.attributes.get("href", "") if link is not None else "").partition(",")
    if not head.startswith("data:text/plain") or not head.endswith("base64"):
        return []
    try:
        text = base64.b64decode(packed, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return []
    return [sanitise(line.expandtabs(4)) for line in text.strip("\n").split("\n")]
