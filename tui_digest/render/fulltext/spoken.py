"""A whole paper for speech: no columns or signs, mathematics in words, by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tui_digest.fulltext.blocks import (
    Block,
    Caption,
    CodeListing,
    Content,
    Document,
    Drawing,
    Equation,
    Notice,
    Picture,
    Reference,
    TextHeading,
    TextParagraph,
    TextTable,
)
from tui_digest.latex import spoken

Speak = Callable[[str], str]
"""Gives a text with formulas between dollar signs in words, or in Unicode."""

_SCRIPTS = {"super": " to the ", "sub": " sub "}


def spoken_lines(document: Document, sentences: Sequence[str] = (), speak: Speak = spoken) -> Iterator[str]:
    """Yield the paper's lines from its title on, an empty one between blocks.

    A line has about a sentence.

    Args:
        document: The paper.
        sentences: What is said under its title: where the text came from, what it lacks.
        speak: How formulas are said.
    """
    title = _words(document.title, speak)
    if title:
        yield _sentence(title)
    for sentence in sentences:
        yield _sentence(sentence.replace(" · ", ", "))
    if title or sentences:
        yield ""
    yield from spoken_blocks(document.blocks, speak)


def spoken_blocks(blocks: Sequence[Block], speak: Speak = spoken) -> Iterator[str]:
    """The lines of blocks, an empty one between two."""
    said = [[line for line in spoken_block_lines(block, speak) if line.strip()] for block in blocks]
    for number, lines in enumerate(filter(None, said)):
        if number:
            yield ""
        yield from lines


def spoken_block_lines(block: Block, speak: Speak = spoken) -> Iterator[str]:
    """The lines of one block."""
    opens = "".join(_opening(margin.kind, margin.marker) for margin in block.margins if margin.opens)
    match block:
        case TextHeading():
            number = f"{_section(block.number)}: " if block.number else ""
            yield f"{number}{_sentence(_words(block.content, speak))}"
        case TextParagraph():
            lead = f"{_lead(_words(block.lead, speak))} " if block.lead else ""
            for line in f"{lead}{_words(block.content, speak)}".split("\n"):
                yield f"{opens}{line}"
                opens = ""
        case Equation():
            for row in block.rows:
                words = _words(row.words, speak) if row.words else _formula(" ".join(row.cells), speak)
                number = f"Equation {row.number.strip('()')}: " if row.number else ""
                yield f"{opens}{number}{words}"
                opens = ""
        case TextTable():
            yield from _table(block, speak)
        case CodeListing():
            for code in block.lines:
                number = f"Line {code.number.rstrip(':.')}: " if code.number else ""
                yield f"{number}{_words(code.content, speak)}"
        case Caption():
            yield (
                f"{block.label}: {_words(block.content, speak)}"
                if block.label
                else _words(block.content, speak)
            )
        case Picture():
            yield f"Picture: {block.alternative}" if block.alternative else "A picture."
        case Drawing():
            yield from _drawing(block, speak)
        case Reference():
            yield f"Reference {block.label.strip('[]')}: {_words(block.content, speak)}"
        case Notice():
            yield block.text


def _opening(kind: str, marker: str) -> str:
    match kind:
        case "note":
            return f"Footnote {marker}: "
        case "quotation":
            return "Quotation: "
        case "item" if marker and marker != "•":
            return f"{marker} "
        case _:
            return ""


def _section(number: str) -> str:
    return number if " " in number else f"Section {number}"


def _drawing(drawing: Drawing, speak: Speak) -> Iterator[str]:
    """The words of a drawing; of a diagram, an arrow a line."""
    labels = [_words(label, speak) for label in drawing.labels]
    if not drawing.arrows:
        yield f"A drawing with the words {', '.join(labels)}."
        return
    yield "A diagram:"
    for arrow in drawing.arrows:
        name = _words(arrow.label, speak)
        yield f"from {labels[arrow.start]} to {labels[arrow.end]}{f': {name}' if name else ''}"


def _table(table: TextTable, speak: Speak) -> Iterator[str]:
    """A row a line, its cells parted by commas."""
    for row in table.rows:
        cells = [_words(cell.content, speak).replace("\n", " ") for cell in row.cells]
        yield ", ".join(filter(None, cells))


def _words(content: Content, speak: Speak) -> str:
    """A content with its formulas said; marks of footnotes are left to the footnotes."""
    words = ""
    after_formula = False
    for run in content:
        if run.role == "note":
            continue
        is_formula = run.role == "formula"
        piece = _formula(run.text, speak) if is_formula else f"{_SCRIPTS.get(run.role, '')}{run.text}"
        touches = words[-1:].isalnum() and piece[:1].isalnum()
        words += f" {piece}" if touches and (is_formula or after_formula) else piece
        after_formula = is_formula
    return words


def _formula(tex: str, speak: Speak) -> str:
    return speak(f"${' '.join(tex.split())}$").strip()


def _lead(words: str) -> str:
    return words if words.endswith((".", "?", "!", ":", ")", ",", ";", "—", "–", "-")) else f"{words}:"


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!", ":")) else f"{words}."
