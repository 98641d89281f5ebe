"""The whole text of a paper as Markdown: TeX, tables, footnotes and anchors.

Anchors are named after what readers see, `theorem-2-1`, `eq-5`, `ref-12`: as HTML, or in Obsidian as
block names, `^theorem-2-1`. The paper's own references lead to them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote

import msgspec

from tui_digest.export.markdown_escape import (
    Dialect,
    address,
    escape_prose,
    formula,
    literal_markdown,
    segments_markdown,
)
from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.fulltext.blocks import (
    Block,
    Caption,
    Cell,
    CodeListing,
    Content,
    Document,
    Drawing,
    Equation,
    Notice,
    Picture,
    Place,
    Reference,
    Run,
    TextHeading,
    TextParagraph,
    TextTable,
)
from tui_digest.fulltext.source_text import content_source
from tui_digest.latex.segment import Segment, Style

_DEEPEST_HEADING = 6
_STARS = {"emphasis": Style.EMPHASIS, "strong": Style.STRONG}
_LINE_START = re.compile(r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=[-+:>=^#])")
_PUNCTUATION = re.compile(r"[^\w\- ]")
_OBSIDIAN_HEADING = re.compile(r"[#^|\[\]%]")
_PREFIXES = {"equation": "eq", "reference": "ref", "section": "sec"}


class ExportedText(msgspec.Struct, frozen=True):
    """A paper's text as exports take it: the blocks, and their source in a sentence."""

    document: Document
    source: str
    version: int
    fetched_at: datetime
    page_address: str


def text_section(text: ExportedText, dialect: Dialect, level: int, name: str) -> Iterator[str]:
    """The lines of a paper's text under a heading of the given level.

    Args:
        text: The text.
        dialect: Which program reads the Markdown.
        level: Of the heading "Text"; the paper's own headings are below it.
        name: Sets the anchors and footnotes of this paper apart from those of others in the file.
    """
    yield f"{'#' * level} Text"
    yield ""
    yield f"*{literal_markdown(text.source, dialect)}*"
    yield ""
    yield from _Writer(text, dialect, level, name).lines()


class _Writer:
    """Writes one paper."""

    def __init__(self, text: ExportedText, dialect: Dialect, level: int, name: str) -> None:
        self._text = text
        self._document = text.document
        self._dialect = dialect
        self._level = level
        self._name = name
        self._finder = PlaceFinder(text.document)
        self._anchors: dict[int, list[Place]] = {}
        for place in text.document.places:
            if place.kind not in ("proof", "note") and place.row <= 0:
                self._anchors.setdefault(place.first, []).append(place)
        self._marks: dict[str, int] = {}
        self._notes: dict[str, int] = {}

    def lines(self) -> Iterator[str]:
        quoted = False
        for number, block in enumerate(self._document.blocks):
            lines = list(self._block(block))
            if not lines:
                continue
            before, behind = self._anchor(number)
            opening, following = self._margins(block)
            lines[0] = f"{before}{lines[0]}" if not isinstance(block, TextHeading) else lines[0]
            if behind and isinstance(block, TextTable | CodeListing | Equation):
                lines.append(behind)
            elif behind and not isinstance(block, TextHeading):
                lines[-1] += f" {behind}"
            # A quotation goes on over a line with its sign, and ends with an empty one.
            if number:
                yield following.rstrip() if quoted and following.startswith(">") else ""
            quoted = following.startswith(">")
            for place, line in enumerate(lines):
                written_line = f"{following if place else opening}{line}"
                yield written_line if line.endswith("  ") else written_line.rstrip()
        yield ""

    def _anchor(self, number: int) -> tuple[str, str]:
        """Return what is before and behind a block so that references find it."""
        places = [place for place in self._anchors.get(number, ()) if place.kind != "section"]
        if not places:
            return "", ""
        if self._dialect is Dialect.OBSIDIAN:
            return "", f"^{self._slug(places[0])}"
        return "".join(f'<a id="{self._slug(place)}"></a>' for place in places), ""

    def _slug(self, place: Place) -> str:
        folded = unicodedata.normalize("NFKD", place.address).encode("ascii", "ignore").decode().lower()
        words = re.sub(r"[^a-z0-9]+", "-", folded).strip("-") or "here"
        prefix = _PREFIXES.get(place.kind, "")
        slug = f"{prefix}-{words}" if prefix else words
        return f"{self._name}-{slug}" if self._name else slug

    def _margins(self, block: Block) -> tuple[str, str]:
        opening = following = ""
        for margin in block.margins:
            boxed = margin.kind == "statement" and self._dialect is not Dialect.KRAMDOWN
            if margin.kind == "quotation" or boxed:
                opening, following = f"{opening}> ", f"{following}> "
            elif margin.kind == "note":
                label = self._note_label(margin.marker, self._notes, count=margin.opens)
                opening += f"[^{label}]: " if margin.opens else "    "
                following += "    "
            elif margin.kind == "item":
                mark = (
                    f"- {escape_prose(margin.marker, self._dialect)} "
                    if margin.marker not in ("", "•")
                    else "- "
                )
                opening += mark if margin.opens else "  "
                following += "  "
        return opening, following

    def _note_label(self, mark: str, seen: dict[str, int], *, count: bool) -> str:
        """A label for the note of a mark; the same mark may come again in a paper."""
        if count:
            seen[mark] = seen.get(mark, 0) + 1
        words = re.sub(r"[^A-Za-z0-9]+", "", unicodedata.normalize("NFKD", mark)) or "note"
        times = seen.get(mark, 1)
        label = words if times == 1 else f"{words}-{times}"
        return f"{self._name}-{label}" if self._name else label

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case TextHeading():
                yield from self._heading(block)
            case TextParagraph():
                lead = f"{self._inline(block.lead)} " if block.lead else ""
                lines = f"{lead}{self._inline(block.content)}".strip().split("\n")
                for place, line in enumerate(lines):
                    yield _as_text(line) + ("  " if place < len(lines) - 1 else "")
            case Equation():
                yield from self._equation(block)
            case TextTable():
                yield from self._table(block)
            case CodeListing():
                yield from self._listing(block)
            case Caption():
                stop = "" if block.label.endswith(")") else "."
                label = f"**{escape_prose(block.label, self._dialect)}{stop}** " if block.label else ""
                yield f"{label}{self._inline(block.content)}".replace("\n", " ")
            case Picture():
                yield from self._picture(block)
            case Reference():
                yield f"{escape_prose(block.label, self._dialect)} {self._inline(block.content)}"
            case Drawing():
                words = ", ".join(self._inline(label).replace("\n", " ") for label in block.labels)
                yield f"*(a drawing: {words})*" if words else "*(a drawing)*"
            case Notice():
                yield f"*{escape_prose(block.text, self._dialect)}*"

    def _heading(self, block: TextHeading) -> Iterator[str]:
        depth = min(self._level + block.level, _DEEPEST_HEADING)
        number = f"{escape_prose(block.number, self._dialect)} " if block.number else ""
        yield f"{'#' * depth} {number}{self._inline(block.content, linked=False)}".replace("\n", " ")

    def _equation(self, block: Equation) -> Iterator[str]:
        rows = [row for row in block.rows if row.cells or row.words]
        if any(row.words for row in rows):
            for row in rows:
                words = self._inline(row.words) if row.words else None
                yield words if words is not None else self._display(_tagged(" ".join(row.cells), row.number))
            return
        if len(rows) == 1:
            yield self._display(_tagged(" ".join(rows[0].cells), rows[0].number))
            return
        lines = " \\\\ ".join(_tagged(" & ".join(row.cells), row.number) for row in rows)
        environment = "align" if any(row.number for row in rows) else "aligned"
        yield self._display(f"\\begin{{{environment}}} {lines} \\end{{{environment}}}")

    def _display(self, tex: str) -> str:
        return formula(" ".join(tex.split()), self._dialect, display=True)

    def _table(self, block: TextTable) -> Iterator[str]:
        rows = [self._cells(row.cells, block.columns) for row in block.rows]
        width = max(len(row) for row in rows)
        for number, row in enumerate(rows):
            filled = [*row, *[""] * (width - len(row))]
            yield f"| {' | '.join(filled)} |"
            if number == 0:
                yield f"|{'---|' * width}"

    def _cells(self, cells: Sequence[Cell], columns: int) -> list[str]:
        texts: list[str] = []
        for cell in cells:
            text = self._inline(cell.content).replace("\n", "<br>").replace("|", "\\|")
            texts += [re.sub(r"\\\\\|", r"\\|", text), *[""] * (cell.width - 1)]
        return texts[:columns]

    def _listing(self, block: CodeListing) -> Iterator[str]:
        contents = [line.content for line in block.lines]
        if any(run.role == "formula" for content in contents for run in content):
            for line in block.lines:
                number = f"{escape_prose(line.number, self._dialect)} " if line.number else ""
                yield f"{number}{_indented(self._inline(line.content, keep_spaces=True))}  "
            return
        code = [content_source(content) for content in contents]
        fence = "`" * max(
            3, 1 + max((len(ticks) for line in code for ticks in re.findall("`+", line)), default=0)
        )
        yield f"{fence}{re.sub('[^A-Za-z0-9+#-]', '', block.language).lower()}"
        yield from code
        yield fence

    def _picture(self, block: Picture) -> Iterator[str]:
        for source in block.sources:
            target = (
                source if source.startswith("https://") else f"{self._text.page_address.rstrip('/')}/{source}"
            )
            words = escape_prose(block.alternative, self._dialect) or "picture"
            yield f"[{words}]({address(target)})"
        if block.missing:
            yield "*(a picture that arXiv did not convert; the PDF has it)*"

    def _inline(self, content: Content, *, linked: bool = True, keep_spaces: bool = False) -> str:
        """Running text, with its references and links where `linked`."""
        pieces: list[str] = []
        group: list[Run] = []
        for run in (*content, Run("")):
            if group and (run.target, run.url) != (group[0].target, group[0].url):
                pieces.append(self._group(group, linked=linked))
                group = []
            if run.text:
                group.append(run)
        if group:
            pieces.append(self._group(group, linked=linked))
        text = "".join(pieces)
        return text if keep_spaces else text.strip()

    def _group(self, runs: Sequence[Run], *, linked: bool) -> str:
        text = self._runs(runs)
        target, url = runs[0].target, runs[0].url
        if not linked or not text.strip():
            return text
        if url:
            return f"[{text}]({address(url)})"
        place = self._finder.of_target(target) if target else None
        return f"[{text}]({self._link(place)})" if place is not None else text

    def _link(self, place: Place) -> str:
        if place.kind == "section":
            return self._section_link(place)
        return f"#^{self._slug(place)}" if self._dialect is Dialect.OBSIDIAN else f"#{self._slug(place)}"

    def _section_link(self, place: Place) -> str:
        heading = self._document.blocks[place.first]
        if self._dialect is Dialect.OBSIDIAN and isinstance(heading, TextHeading):
            words = f"{heading.number} {place.title}".strip()
            return f"#{quote(_OBSIDIAN_HEADING.sub(' ', words))}"
        # GitHub and kramdown name a heading by its words: small letters, no punctuation, hyphens.
        words = f"{getattr(heading, 'number', '')} {place.title}".strip().lower()
        return f"#{quote(_PUNCTUATION.sub('', words).replace(' ', '-'))}"

    def _runs(self, runs: Sequence[Run]) -> str:
        pieces: list[str] = []
        pending: list[Segment] = []
        for run in _with_neighbours_joined(runs):
            match run.role:
                case "formula":
                    pending.append(Segment(run.text, Style.FORMULA, tex=" ".join(run.text.split())))
                case "emphasis" | "strong":
                    pending.append(Segment(run.text, _STARS[run.role]))
                case "code":
                    pieces += [self._flush(pending), _code(run.text)]
                case "note":
                    label = self._note_label(run.text, self._marks, count=True)
                    pieces += [self._flush(pending), f"[^{label}]"]
                case "super" | "sub":
                    tag = "sup" if run.role == "super" else "sub"
                    inner = escape_prose(run.text, self._dialect)
                    pieces += [self._flush(pending), f"<{tag}>{inner}</{tag}>"]
                case _:
                    pending.append(Segment(run.text))
        return "".join([*pieces, self._flush(pending)])

    def _flush(self, pending: list[Segment]) -> str:
        text = segments_markdown(tuple(pending), self._dialect) if pending else ""
        pending.clear()
        return text


def _with_neighbours_joined(runs: Sequence[Run]) -> list[Run]:
    """Join runs of one role; Markdown cannot end emphasis and begin it at one place."""
    joined: list[Run] = []
    for run in runs:
        if joined and run.role == joined[-1].role and run.role in ("emphasis", "strong", "code"):
            joined[-1] = Run(joined[-1].text + run.text, run.role)
        else:
            joined.append(run)
    return joined


def _tagged(tex: str, number: str) -> str:
    return f"{tex} \\tag{{{number.strip('()')}}}" if number else tex


def _code(text: str) -> str:
    words = text.replace("\n", " ")
    ticks = "`" * (1 + max((len(found) for found in re.findall("`+", words)), default=0))
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{ticks}{pad}{words}{pad}{ticks}" if words.strip() else words


def _as_text(line: str) -> str:
    """A line that cannot be read as a list, a heading or the like."""
    start = _LINE_START.match(line)
    if start is None or not line:
        return line
    number = start["number"] or ""
    return f"{number}\\{line[len(number) :]}" if number else f"&#{ord(line[0])};{line[1:]}"


def _indented(line: str) -> str:
    """The line with its leading spaces as ones that Markdown keeps."""
    bare = line.lstrip(" ")
    return "\u2003" * ((len(line) - len(bare) + 1) // 2) + bare
