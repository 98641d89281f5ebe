"""Conversion of the tree to blocks: running text is gathered until a block begins.

Handlers know the blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

from msgspec.structs import replace

from tui_digest.fulltext.blocks import (
    Block,
    Caption,
    CodeListing,
    Content,
    Drawing,
    Equation,
    MarginKind,
    Notice,
    ParagraphRole,
    Place,
    Reference,
    Role,
    Run,
    TextHeading,
    TextMargin,
    TextParagraph,
    TextTable,
    content_text,
)
from tui_digest.fulltext.page_tree import Element

Handler: TypeAlias = Callable[["Builder", Element], None]

_SAFE_ADDRESSES = ("https://", "http://", "mailto:")
_LONGEST_ADDRESS = 2000
_COUNTED = ("commands", "pictures", "drawings", "labels", "citations", "parts")
_BLOCK_TAGS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "figure", "footer", "h1",
     "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "section", "table", "tr",
     "ul")
)  # fmt: skip
_ROLES: dict[str, Role] = {
    "ltx_font_italic": "emphasis",
    "ltx_font_slanted": "emphasis",
    "ltx_emph": "emphasis",
    "ltx_font_bold": "strong",
    "ltx_font_typewriter": "code",
    "ltx_verbatim": "code",
    "ltx_font_smallcaps": "smallcaps",
    "ltx_font_upright": "",
    "ltx_font_medium": "",
    "ltx_sup": "super",
    "ltx_sub": "sub",
    "ltx_underline": "emphasis",
}
_TAG_ROLES: dict[str, Role] = {
    "em": "emphasis",
    "i": "emphasis",
    "b": "strong",
    "strong": "strong",
    "code": "code",
    "tt": "code",
    "sup": "super",
    "sub": "sub",
}
# LaTeXML folds long TeX with a comment sign; xy-pic leaves a trail of \ignorespaces.
_FOLDED = re.compile(r"(?<!\\)%\s*\n\s*")
_NOISE = re.compile(r"\\(?:ignorespaces|relax)(?![A-Za-z])\s*")
_INTERNAL = "\\lx@"
_ACTIVE = re.compile(r"[\\{}$%&#_^~]")
_ESCAPES = {"\\": r"\backslash ", "^": r"\char`\^ ", "~": r"\sim "}


def clean_tex(tex: str) -> str:
    """A formula's source without what only the converter needs."""
    if "%" in tex:
        tex = _FOLDED.sub("", tex)
    if "\\ignorespaces" in tex or "\\relax" in tex:
        tex = _NOISE.sub("", tex)
    return tex.strip()


def formula_tex(math: Element) -> str:
    """Return a formula's TeX, or what its MathML says if the TeX is the converter's.

    That is so where only macros of the converter make the formula.
    """
    tex = clean_tex(math.tex)
    if (not tex or _INTERNAL in tex) and math.said:
        return _ACTIVE.sub(lambda sign: _ESCAPES.get(sign[0], f"\\{sign[0]}"), " ".join(math.said.split()))
    return tex


class _OpenMargin:
    """A margin that blocks are in, and whether its marker was set."""

    def __init__(self, kind: MarginKind, marker: str) -> None:
        self.kind = kind
        self.marker = marker
        self.opens = True


class Builder:
    """Gathers blocks while the tree is walked.

    Attributes:
        blocks: what was built so far.
        places: the places of the paper, unordered.
        counts: the losses so far, by the fields of `Losses`.
        statement: whether paragraphs are in a `statement` or a `proof`.
        paragraph_role: what the paragraphs that are read are, where it is no running text.
        in_paragraph: whether running text is read, so that an unknown command is named in it.
        depth: the number of sections that are open.
        appendix: whether the sections are those of an appendix.
        last_statement: the address of the last theorem-like statement.
        float_label: the label of the figure or table that is being read.
        upright_is_emphasis: whether the surroundings are in italics, so that upright words stand out.
    """

    def __init__(self, handlers: Mapping[str, Handler], targets: frozenset[str]) -> None:
        """Build with handlers by class; `targets` are the ids that the page links to."""
        self.blocks: list[Block] = []
        self.places: list[Place] = []
        self.counts: dict[str, int] = dict.fromkeys(_COUNTED, 0)
        self.statement: ParagraphRole = ""
        self.paragraph_role: ParagraphRole = ""
        self.in_paragraph = False
        self.depth = 0
        self.appendix = False
        self.upright_is_emphasis = False
        self.last_statement = ""
        self.float_label = ""
        self._handlers = handlers
        self._targets = targets
        self._runs: list[Run] = []
        self._lead: Content = ()
        self._margins: list[_OpenMargin] = []
        self._ids: list[str] = []
        self._role: Role = ""
        self._target = self._url = ""
        self._verbatim = False
        self._tight = False
        self._notes: list[Element] = []
        self._coming: list[Place] = []

    def walk(self, element: Element) -> None:
        """Read what is in an element."""
        for child in element.children:
            if isinstance(child, str):
                self.words(child)
            else:
                self.read(child)

    def read(self, element: Element) -> None:
        """Read an element by its class's handler, else as running text or as a part."""
        if element.id in self._targets:
            self._ids.append(element.id)
        if element.tag == "math":
            self.formula(element)
            return
        for name in element.classes:
            handler = self._handlers.get(name)
            if handler is not None:
                self._guarded(handler, element)
                return
        handler = self._handlers.get(f"<{element.tag}>")
        if handler is not None:
            self._guarded(handler, element)
        elif element.tag in _BLOCK_TAGS or "ltx_p" in element.classes:
            self.flush()
            self.walk_styled(element)
            self.flush()
        else:
            self.walk_styled(element)

    def _guarded(self, handler: Handler, element: Element) -> None:
        """Read a part; one that cannot be read becomes a notice and stops no other."""
        margins, depth = len(self._margins), self.depth
        running = self._role, self._target, self._url, self._verbatim
        part = self.statement, self.upright_is_emphasis, self.appendix, self.paragraph_role
        try:
            handler(self, element)
        except Exception:
            del self._margins[margins:]
            self.depth = depth
            self._role, self._target, self._url, self._verbatim = running
            self.statement, self.upright_is_emphasis, self.appendix, self.paragraph_role = part
            self.flush()
            self.notice("A part of arXiv's page could not be read here. The PDF has it.")

    def walk_styled(self, element: Element) -> None:
        """Read what is in an element, in the role and with the link that it gives."""
        role, target, url = self._role, self._target, self._url
        self._role = self._role_of(element)
        if element.tag == "a":
            self._link(element.attributes.get("href", ""))
        self.walk(element)
        self._role, self._target, self._url = role, target, url

    def _role_of(self, element: Element) -> Role:
        role = _TAG_ROLES.get(element.tag, self._role)
        if role in ("super", "sub"):
            return role
        for name in element.classes:
            found = _ROLES.get(name)
            if found is None:
                continue
            role = found
            if self.upright_is_emphasis and name in ("ltx_font_italic", "ltx_font_upright", "ltx_emph"):
                role = "emphasis" if name == "ltx_font_upright" else ""
        return role

    def _link(self, address: str) -> None:
        path, _, fragment = address.partition("#")
        if fragment and (not path or "/html/" in path):
            self._target, self._url = fragment[:200], ""
        elif address.startswith(_SAFE_ADDRESSES) and len(address) <= _LONGEST_ADDRESS:
            self._target, self._url = "", address

    def read_children(self, element: Element, *, without: Element | None = None) -> None:
        """Read what is in an element, `without` its heading or label."""
        for child in element.children:
            if isinstance(child, str):
                self.words(child)
            elif child is not without:
                self.read(child)

    def words(self, text: str) -> None:
        """Add running text, its white space as one space each; verbatim text as it is."""
        if self._verbatim:
            self.add(text.replace("\u00a0", " "), self._role)
            return
        if not text.strip():
            if text and self._runs and not self._runs[-1].text.endswith((" ", "\n")):
                self.add(" ", self._role)
            return
        collapsed = " ".join(text.split())
        if text[0].isspace() and self._runs and not self._runs[-1].text.endswith((" ", "\n")):
            collapsed = f" {collapsed}"
        if text[-1].isspace():
            collapsed += " "
        if self._runs:
            last = self._runs[-1]
            if last.text.endswith((" ", "\n")):
                collapsed = collapsed.lstrip(" ")
            elif last.role == "unknown" and collapsed[:1].isalnum():
                collapsed = f" {collapsed}"  # TeX took the space for the command's end
        self.add(collapsed, self._role)

    def add(self, text: str, role: Role) -> None:
        """Add a run in a role, with the link of its surroundings."""
        if not text:
            return
        runs = self._runs
        if runs and role not in ("formula", "note"):
            last = runs[-1]
            if last.role == role and last.target == self._target and last.url == self._url:
                runs[-1] = Run(last.text + text, role, self._target, self._url)
                return
        runs.append(Run(text, role, self._target, self._url))

    def formula(self, math: Element) -> None:
        """Add a formula to the running text."""
        self.counts["commands"] += math.errors
        tex = formula_tex(math)
        if tex:
            self.add(tex, "formula")

    def line_break(self) -> None:
        """End the line inside running text."""
        if self._runs:
            self._runs[-1] = replace(self._runs[-1], text=self._runs[-1].text.rstrip(" "))
            self.add("\n", "")

    def flush(self) -> None:
        r"""End the running text: what was gathered becomes a paragraph.

        The mark of a note alone is none, as \thanks leaves one: the note has its mark itself.
        """
        content = trim(self._runs)
        self._runs = []
        if content and (self._lead or any(run.role != "note" for run in content)):
            self._emit_paragraph(content)

    def end_lead(self) -> None:
        """Set a run-in head on a line of its own where no running text followed it."""
        self.flush()
        if self._lead:
            self._emit_paragraph(())

    def _emit_paragraph(self, content: Content) -> None:
        lead, self._lead = self._lead, ()
        role = self.paragraph_role or self.statement
        self.emit(TextParagraph(content=content, lead=lead, role=role))

    def emit(self, block: Block) -> None:
        """Add a block in the present margins, with the ids that led up to it."""
        if self._runs or (self._lead and not isinstance(block, TextParagraph)):
            self.end_lead()
        margins = tuple(
            TextMargin(kind=margin.kind, marker=margin.marker, opens=margin.opens) for margin in self._margins
        )
        for margin in self._margins:
            margin.opens = False
        ids, self._ids = tuple(dict.fromkeys(self._ids)), []
        tight, self._tight = self._tight or block.tight, False
        number = len(self.blocks)
        self.blocks.append(replace(block, ids=ids, margins=margins, tight=tight))
        # Places inside what became one content, as an equation in a table's cell, are in this block.
        self.places += [replace(place, first=number, end=number + 1, row=-1) for place in self._coming]
        self._coming = []

    def notice(self, text: str) -> None:
        """Say in a sentence that a part is missing."""
        self.counts["parts"] += 1
        self.emit(Notice(text=text))

    def lead(self, content: Content) -> None:
        """Set the run-in head of the next paragraph."""
        self.end_lead()
        self._lead = content

    def tighten(self) -> None:
        """Omit the blank line before the next block."""
        self._tight = True

    @contextmanager
    def margin(self, kind: MarginKind, marker: str = "") -> Iterator[None]:
        """Put the blocks within into a margin."""
        self.end_lead()
        self._margins.append(_OpenMargin(kind, marker))
        yield
        self.end_lead()
        self._margins.pop()

    @contextmanager
    def verbatim(self) -> Iterator[None]:
        """Keep spaces as they are."""
        before, self._verbatim = self._verbatim, True
        yield
        self._verbatim = before

    def note(self, element: Element) -> None:
        """Keep a footnote for the end of its paragraph."""
        self._notes.append(element)

    def take_notes(self) -> list[Element]:
        """The footnotes that were met since they were last taken."""
        notes, self._notes = self._notes, []
        return notes

    def claim_id(self, element: Element) -> None:
        """Make an element's id lead to the next block."""
        if element.id:
            self._ids.append(element.id)

    def claim_name(self, name: str) -> None:
        """Make an id lead to the next block."""
        self._ids.append(name)

    @property
    def has_words(self) -> bool:
        """Whether running text is being gathered."""
        return bool(self._runs)

    def ids_left(self) -> list[str]:
        """The ids for which no block came."""
        return self._ids

    def content(self, *parts: Element | str) -> Content:
        """Elements and texts as running text alone: what are blocks in them become lines."""
        inner = self._inner()
        for part in parts:
            inner.words(part) if isinstance(part, str) else inner.read(part)
        return self._adopt(inner)

    def content_in(
        self, element: Element, *without: str, unless: Callable[[Element], bool] | None = None
    ) -> Content:
        """Return an element's running text, without its children of some classes or kind."""
        inner = self._inner()
        inner._role = inner._role_of(element)
        for child in element.children:
            if isinstance(child, str):
                inner.words(child)
            elif not any(name in child.classes for name in without) and not (unless and unless(child)):
                inner.read(child)
        return self._adopt(inner)

    def _inner(self) -> Builder:
        inner = Builder(self._handlers, self._targets)
        inner.counts = self.counts
        inner.upright_is_emphasis = self.upright_is_emphasis
        inner._verbatim = self._verbatim
        inner.in_paragraph = True
        return inner

    def _adopt(self, inner: Builder) -> Content:
        inner.end_lead()
        self._notes += inner.take_notes()
        for block in inner.blocks:
            self._ids += block.ids
        self._ids += inner.ids_left()
        self._coming += inner.places
        return flatten(inner.blocks)


def trim(runs: list[Run] | Content) -> Content:
    """Runs without white space at both ends and before line breaks."""
    kept = list(runs)
    while kept and kept[-1].role != "formula":
        text = kept[-1].text.rstrip()
        if text:
            kept[-1] = replace(kept[-1], text=text) if text != kept[-1].text else kept[-1]
            break
        kept.pop()
    while kept and kept[0].role != "formula":
        text = kept[0].text.lstrip(" \n") if kept[0].role != "code" else kept[0].text
        if text:
            kept[0] = replace(kept[0], text=text) if text != kept[0].text else kept[0]
            break
        kept.pop(0)
    return tuple(kept)


def flatten(blocks: list[Block]) -> Content:
    """Blocks as the lines of one content, as in a table's cell."""
    lines = [line for block in blocks for line in _lines(block) if line]
    runs: list[Run] = []
    for number, line in enumerate(lines):
        if number:
            runs.append(Run("\n"))
        runs += line
    return tuple(runs)


def _lines(block: Block) -> Iterator[Content]:
    markers = "".join(f"{margin.marker} " for margin in block.margins if margin.opens and margin.marker)
    first = (Run(markers),) if markers else ()
    match block:
        case TextParagraph():
            between = (Run(" "),) if block.lead and block.content else ()
            yield (*first, *block.lead, *between, *block.content)
        case TextHeading() | Reference():
            yield (*first, *block.content)
        case Equation():
            for row in block.rows:
                tex = " ".join(row.cells)
                yield (*row.words, *((Run(tex, "formula"),) if tex else ()), *_number(row.number))
        case TextTable():
            for line in block.rows:
                yield tuple(_joined([cell.content for cell in line.cells if cell.content]))
        case CodeListing():
            for code in block.lines:
                yield code.content
        case Notice():
            yield (Run(block.text),)
        case Drawing():
            yield from block.labels
        case Caption() if block.content:
            yield (*((Run(f"{block.label}: "),) if block.label else ()), *block.content)


def _joined(cells: list[Content]) -> Iterator[Run]:
    for number, cell in enumerate(cells):
        if number:
            yield Run("  ")
        yield from cell


def _number(number: str) -> Content:
    return (Run(f" {number}"),) if number else ()


def one_line_text(content: Content) -> str:
    """A content as one line in Unicode: labels, titles, addresses."""
    from tui_digest.latex.inline.layout import formula_to_unicode

    parts = [
        formula_to_unicode(run.text) if run.role == "formula" else run.text
        for run in content
        if run.role != "note"
    ]
    return " ".join("".join(parts).split())


def is_code(content: Content) -> bool:
    """Tell whether all words of a content are code."""
    return bool(content) and all(run.role == "code" or not run.text.strip() for run in content)


def escaped_words(content: Content) -> str:
    r"""A content as TeX for a formula: formulas as they are, words as `\text`."""
    pieces = []
    for run in content:
        if run.role == "formula":
            pieces.append(run.text)
        elif run.text.strip() or run.text == " ":
            words = _ACTIVE.sub(lambda sign: "" if sign[0] == "\\" else f"\\{sign[0]}", run.text)
            pieces.append(f"\\text{{{words}}}")
    return " ".join(pieces) if content_text(content).strip() else ""
