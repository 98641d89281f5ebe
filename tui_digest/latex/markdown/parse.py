"""Markdown with mathematics -> blocks, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.markdown import formulas
from tui_digest.latex.markdown.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Content,
    DisplayFormula,
    Heading,
    Margin,
    Paragraph,
    Rule,
    Table,
)
from tui_digest.latex.markdown.inlines import segments
from tui_digest.latex.segment import Segment, Style
from tui_digest.latex.symbols.glyphs import Level
from tui_digest.text.sanitise import sanitise

# markdown-it leaves out what is nested deeper; which is kept as written instead.
_DEEPEST = 120
# markdown-it tries every bracket as a link, each time to the end of the block.
_MOST_BRACKETS = 1000
_ALIGNMENTS: dict[str, Alignment] = {"left": "left", "center": "center", "right": "right"}


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables and formulas; raw HTML is text; no definitions of links.

    A definition could change earlier text, so that no block would ever be final.
    """
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST})
    parser.enable("table").disable(["reference", "html_block", "html_inline"])
    return parser.use(formulas.plugin)


def parse_markdown(text: str, glyphs: Level = "full") -> tuple[Block, ...]:
    """The blocks of a whole Markdown text.

    Formulas are found before Markdown can change them and are rendered in the blocks' segments.
    Raw HTML is text; nothing is fetched; the text is sanitised on its way.
    """
    return MarkdownSource(sanitise(text)).blocks(glyphs)


class MarkdownSource:
    """A Markdown text read as far as its blocks go, each with the lines it is on."""

    def __init__(
        self, text: str, *, before: str = "", number: int | None = None, growing: bool = False
    ) -> None:
        """Read the text.

        Args:
            text: Sanitised Markdown.
            before: The line before it, where the text is the rest of a longer one.
            number: The number of the ordered list that the text goes on with, if it does.
            growing: Whether more may come: a formula that is still open is kept as written.
        """
        self.text = text
        self.lines = [before, *text.split("\n")]
        self.environment: dict[str, object] = {formulas.GROWING: growing}
        self.tokens: list[Token] = []
        _parser().block.parse(text, _parser(), self.environment, self.tokens)
        if number is not None and self.tokens and self.tokens[0].type == "ordered_list_open":
            self.tokens[0].attrs["start"] = number
        if any(token.level >= _DEEPEST - 1 for token in self.tokens):
            self.tokens = [Token(formulas.UNCLOSED, "", 0, map=[0, len(self.lines)], content=text)]

    def blocks(self, glyphs: Level, before_line: int | None = None) -> tuple[Block, ...]:
        """The blocks, or those that begin before a line of the text (counted from 0)."""
        found = _Walk(self, glyphs).blocks()
        return tuple(block for line, block in found if before_line is None or line < before_line)


class _Walk:
    """One walk through the tokens of a source, to flat blocks."""

    def __init__(self, source: MarkdownSource, glyphs: Level) -> None:
        self.source = source
        self.render = partial(formula_to_unicode, level=glyphs)
        self.bullet, self.bar = ("-", ">") if glyphs == "ascii" else ("•", "│")
        self.margins: list[Margin] = []
        self.items: list[Token] = []
        self.numbers: list[int | None] = []
        self.found: list[tuple[int, Block]] = []

    def blocks(self) -> list[tuple[int, Block]]:
        """The blocks, each with the line it begins on."""
        tokens = iter(self.source.tokens)
        for token in tokens:
            match token.type:
                case "heading_open":
                    self._add(token, Heading(level=int(token.tag[1:]), content=self._content(next(tokens))))
                case "paragraph_open":
                    self._paragraph(token, self._content(next(tokens)))
                case "fence" | "code_block":
                    self._code(token)
                case "table_open":
                    self._table(token, tokens)
                case "hr":
                    self._add(token, Rule())
                case formulas.DISPLAY:
                    self._display(token, token.content)
                case formulas.UNCLOSED:
                    self._add(token, Paragraph(content=(Segment(sanitise(token.content)),)))
                case _:
                    self._container(token)
        return self.found

    def _add(self, token: Token, block: Block) -> None:
        """Add a block where it is.

        Markers belong to the first block of their item alone.
        """
        line = token.map[0] if token.map else 0
        tight = bool(self.source.lines[line].strip("> "))
        self.found.append((line, replace(block, margins=tuple(self.margins), tight=tight)))
        self.margins = [replace(margin, opens=False) for margin in self.margins]

    def _container(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self.numbers.append(None)
            case "ordered_list_open":
                self.numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self.numbers.pop()
            case "blockquote_open":
                self.margins.append(Margin(self.bar, quotation=True))
            case "list_item_open":
                self.margins.append(Margin(self._marker(token.markup), opens=True))
                self.items.append(token)
            case "list_item_close":
                item = self.items.pop()
                if self.margins[-1].opens:
                    self._add(item, Paragraph(content=()))
                self.margins.pop()
            case "blockquote_close":
                self.margins.pop()

    def _marker(self, markup: str) -> str:
        number = self.numbers[-1]
        if number is None:
            return self.bullet
        self.numbers[-1] = number + 1
        return f"{number}{markup}"

    def _content(self, token: Token) -> Content:
        """The segments of an inline token, which markdown-it left unread so far."""
        if token.content.count("[") > _MOST_BRACKETS:
            return (Segment(sanitise(token.content)),)
        children: list[Token] = []
        _parser().inline.parse(token.content, _parser(), self.source.environment, children)
        return segments(children, self.render)

    def _paragraph(self, token: Token, content: Content) -> None:
        """A paragraph, parted where a display formula is in the middle of its lines."""
        text: list[Segment] = []
        for segment in content:
            if Style.DISPLAY not in segment.style:
                text.append(segment)
                continue
            self._text(token, text)
            self._display(token, segment.tex)
            text = []
        self._text(token, text)

    def _text(self, token: Token, content: list[Segment]) -> None:
        """A paragraph of these segments, without the white space at its ends."""
        content = [*content]
        if content:
            content[0] = content[0]._replace(text=content[0].text.lstrip())
            content[-1] = content[-1]._replace(text=content[-1].text.rstrip())
        content = [segment for segment in content if segment.text]
        if content:
            self._add(token, Paragraph(content=tuple(content)))

    def _display(self, token: Token, tex: str) -> None:
        tex = sanitise(tex)
        self._add(token, DisplayFormula(tex=tex, text=self.render(tex)))

    def _code(self, token: Token) -> None:
        """A code block; a fence that says `math` holds a display formula."""
        language = sanitise(token.info).strip().partition(" ")[0]
        text = sanitise(token.content).removesuffix("\n")
        if language == "math" and text.strip():
            self._display(token, text.strip())
        else:
            self._add(token, CodeBlock(text=text, language=language))

    def _table(self, opening: Token, tokens: Iterator[Token]) -> None:
        rows: list[list[Content]] = []
        alignments: list[Alignment] = []
        for token in tokens:
            match token.type:
                case "tr_open":
                    rows.append([])
                case "th_open":
                    style = str(token.attrs.get("style", ""))
                    alignments.append(_ALIGNMENTS.get(style.removeprefix("text-align:"), ""))
                case "inline":
                    rows[-1].append(self._content(token))
                case "table_close":
                    break
        header, *others = [tuple(row) for row in rows]
        table = Table(header=header, rows=tuple(others), alignments=tuple(alignments))
        self._add(opening, table)
