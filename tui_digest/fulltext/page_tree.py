"""HTML as a small tree of elements, limited in depth and size; MathML as its TeX."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tui_digest.text.sanitise import sanitise, without_long_references

LARGEST_PAGE = 16 * 1024 * 1024
"""Bytes of a page that are read; arXiv's largest are some 2 million."""

DEEPEST = 120
"""Elements inside each other; deeper ones become children of the last. Papers have some 40."""

MOST_NODES = 200_000
"""Elements and texts of a page that are read; what follows is left out and told."""

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_IGNORED = frozenset(("script", "style", "template", "noscript", "iframe", "object"))
# A marked section with a keyword of no standard, which the standard library's parser does not read.
_UNKNOWN_SECTION = r"<!\[(?!CDATA\[)"
_TEX_ENCODING = "application/x-tex"
_LOOKED_BACK = 40
"""Open elements among which an end tag looks for its own; malformed pages cost no more."""


class Element:
    """An element: its tag, classes, attributes, and the elements and texts in it.

    A `math` element has no children but `tex`, its source, `said`, the text of its MathML, and
    `errors`, the number of commands in it that the converter does not know.
    """

    __slots__ = ("attributes", "children", "classes", "errors", "said", "tag", "tex")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.classes: tuple[str, ...] = tuple(attributes.get("class", "").split())
        self.children: list[Element | str] = []
        self.tex = ""
        self.said = ""
        self.errors = 0

    @property
    def id(self) -> str:
        """The element's id, empty where it has none."""
        return self.attributes.get("id", "")

    def find(self, *classes: str) -> Element | None:
        """The first element inside with one of these classes, in the page's order."""
        for child in self.children:
            if isinstance(child, Element):
                if any(name in child.classes for name in classes):
                    return child
                if (found := child.find(*classes)) is not None:
                    return found
        return None

    def child(self, *classes: str) -> Element | None:
        """The first child with one of these classes."""
        for child in self.children:
            if isinstance(child, Element) and any(name in child.classes for name in classes):
                return child
        return None

    def elements(self) -> list[Element]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def text(self) -> str:
        """All text inside, as written; a formula is its TeX."""
        if self.tag == "math":
            return self.tex
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def count(self, name: str) -> int:
        """Return how many elements inside have this class."""
        if self.tag == "math" and name == "ltx_ERROR":
            return self.errors
        return sum((name in child.classes) + child.count(name) for child in self.elements())


class PageTree:
    """A page as a tree, and what its head and comments say of it.

    Attributes:
        root: an element that holds the page.
        generator: the converter with its version, as `LaTeXML oxide (version 0.7.6)`.
        title: the page's own title.
        cut: whether the page is larger than what is read.
    """

    def __init__(self, root: Element, generator: str, title: str, cut: bool) -> None:
        self.root = root
        self.generator = generator
        self.title = title
        self.cut = cut


def read_tree(page: bytes | str) -> PageTree:
    """The tree of a page. Total: whatever comes, a tree results."""
    text = page.decode("utf-8", "replace") if isinstance(page, bytes) else page
    cut = len(page) > LARGEST_PAGE
    text = without_long_references(text[:LARGEST_PAGE])
    if "<![" in text:
        text = re.sub(_UNKNOWN_SECTION, "&lt;![", text)
    reader = _TreeReader()
    reader.feed(text)
    reader.close()
    generator = re.search(r"Generated .{0,60}?by (LaTeXML[^()<>]{0,20}\([^()<>]{0,40}\))", reader.comments)
    return PageTree(reader.root, generator[1] if generator else "", reader.title.strip(), cut or reader.full)


class _TreeReader(HTMLParser):
    """Builds the tree while the standard library's parser reads the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("html", {})
        self.comments = ""
        self.title = ""
        self.full = False
        self._open = [self.root]
        self._nodes = 0
        self._ignored = ""
        self._in_title = False
        self._math: Element | None = None
        self._in_tex = False
        self._annotated = False
        self._said: list[str] = []
        self._tex: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._math is not None:
            self._inside_math(tag, attrs)
            return
        if self._ignored or self.full:
            return
        if tag in _IGNORED:
            self._ignored = tag
            return
        self._in_title = tag == "title" and not self.title
        element = Element(tag, {name: sanitise(value) if value else "" for name, value in attrs})
        self._add(element)
        if tag == "math":
            self._math, self._said, self._tex, self._annotated = element, [], [], False
        elif tag not in _VOID and len(self._open) < DEEPEST:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._math is not None:
            self._in_tex = False
            if tag == "math":
                self._end_math()
            return
        if self._ignored:
            if tag == self._ignored:
                self._ignored = ""
            return
        self._in_title = False
        for place in range(len(self._open) - 1, max(0, len(self._open) - 1 - _LOOKED_BACK), -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        # Character references are resolved by now, so this is where control characters are seen.
        if self._math is not None:
            if self._in_tex:
                self._tex.append(data)
            elif not self._annotated:
                self._said.append(data)
        elif self._in_title:
            self.title += sanitise(data[:400])
        elif not self._ignored and not self.full:
            self._add(sanitise(data))

    def handle_comment(self, data: str) -> None:
        if len(self.comments) < 2000:
            self.comments += f"{data[:300]}\n"

    def close(self) -> None:
        super().close()
        if self._math is not None:
            self._end_math()

    def _add(self, node: Element | str) -> None:
        self._nodes += 1
        self.full = self._nodes >= MOST_NODES
        self._open[-1].children.append(node)

    def _inside_math(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep MathML's TeX annotation; an unclosed formula ends with the paragraph."""
        if tag == "merror" and self._math is not None:
            self._math.errors += 1
        if tag in ("annotation", "annotation-xml"):
            self._annotated = True
        if tag == "annotation":
            self._in_tex = any(name == "encoding" and value == _TEX_ENCODING for name, value in attrs)
        elif tag in ("p", "div", "section", "math", "li", "tr"):
            self._end_math()
            self.handle_starttag(tag, attrs)

    def _end_math(self) -> None:
        if (math := self._math) is not None:
            math.said = sanitise("".join(self._said)).strip()
            math.tex = sanitise("".join(self._tex) or math.attributes.get("alttext", ""))
            self._math, self._in_tex = None, False
