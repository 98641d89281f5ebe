"""Frame of a paper: title, authors, sections, theorem-like statements, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui_digest.fulltext.blocks import (
    Content,
    Place,
    PlaceKind,
    Run,
    TextHeading,
    TextParagraph,
    content_in_role,
    content_text,
    with_words,
)
from tui_digest.fulltext.builder import Builder, one_line_text, trim
from tui_digest.fulltext.page_tree import Element

_LEVELS = {"ltx_paragraph": 4, "ltx_subparagraph": 5}
_DEEPEST_LEVEL = 6
_BODY = ("ltx_para", "ltx_abstract", "ltx_authors", "ltx_section")
_PROOF_OF = re.compile(r"proof\b", re.IGNORECASE)
_BREAKS = re.compile(r",?\s*\n\s*")
_ENVIRONMENT = re.compile(r"\{[A-Za-z*]+\}")
_RESTATED = re.compile(
    r"(?:\[[^\]\n]*\])?\s*(theorem|thm|lemma|lem|proposition|prop|corollary|cor|definition|defn?|remark|rem"
    r"|example|conjecture|claim|assumption|fact)(\w*?)\*?\s*\n",
    re.IGNORECASE,
)
_FULL_NAMES = {
    "thm": "theorem", "lem": "lemma", "prop": "proposition", "cor": "corollary", "def": "definition",
    "defn": "definition", "rem": "remark",
}  # fmt: skip
_ERRORS_OF_A_BROKEN_PART = 4
_WORDS_AN_ERROR = 6
"""A paragraph is broken when it has that many unknown commands, and fewer than these words for each."""


def not_converted(commands: int) -> str:
    """The sentence in place of a part that arXiv's converter could not read."""
    return f"Not converted by arXiv: {commands} commands it does not know. The PDF has it."


def is_broken(element: Element, caption: Element | None = None) -> int:
    """Return how many unknown commands make a part unreadable, its caption apart.

    The number is 0 for a readable part.
    """
    errors = _unknown_in(element)
    words = len(element.text().split())
    if caption is not None:
        errors -= _unknown_in(caption)
        words -= len(caption.text().split())
    return errors if errors >= _ERRORS_OF_A_BROKEN_PART and words < _WORDS_AN_ERROR * errors else 0


def _unknown_in(element: Element) -> int:
    """The unknown commands among the words of a part, those of its formulas left out."""
    inside = [child for child in element.elements() if child.tag != "math"]
    return sum(("ltx_ERROR" in child.classes) + _unknown_in(child) for child in inside)


def document(builder: Builder, element: Element) -> None:
    """Read the article. What is before its title and is broken is the preamble."""
    children = element.children
    titles = [
        place
        for place, child in enumerate(children)
        if isinstance(child, Element) and "ltx_title_document" in child.classes
    ]
    for place, child in enumerate(children):
        if isinstance(child, str):
            builder.words(child)
        elif titles and place < titles[0] and (errors := child.count("ltx_ERROR")):
            builder.counts["commands"] += errors
            builder.notice(f"Left out: {errors} commands of the preamble, with which arXiv's page begins.")
        else:
            builder.read(child)
    builder.flush()


def title(builder: Builder, element: Element) -> None:
    """Read notes at the title: thanks, journal. The title itself is the document's."""
    builder.flush()
    notes = element.find("ltx_pubnotes")
    if notes is not None:
        _author_lines(builder, [builder.content(note) for note in _notes_in(notes)])
    for child in element.elements():
        if _is_body(child):
            builder.read(child)


def title_content(builder: Builder, element: Element) -> Content:
    """The title of the paper, without notes."""
    content = builder.content_in(element, "ltx_pubnotes", "ltx_note", unless=_is_body)
    return tuple(
        Run(run.text.replace("\n", " "), "" if run.role == "strong" else run.role, run.target, run.url)
        for run in content
    )


def _is_body(element: Element) -> bool:
    """Tell whether an element in a title is body text: a title may never be closed.

    That happens on damaged pages.
    """
    return any(name in element.classes or element.find(name) is not None for name in _BODY)


def _notes_in(element: Element) -> Iterator[Element]:
    for child in element.elements():
        if "ltx_pubnote" in child.classes:
            yield child
        else:
            yield from _notes_in(child)


def authors(builder: Builder, element: Element) -> None:
    """Read the authors as printed: a name a line with its notes, or all on one line."""
    builder.flush()
    creators = [child for child in element.elements() if "ltx_creator" in child.classes]
    if not creators:
        builder.paragraph_role = "authors"
        builder.walk(element)
        builder.flush()
        builder.paragraph_role = ""
        return
    people = [_author(builder, creator) for creator in creators]
    if any(notes for _, notes in people):
        for number, (name, notes) in enumerate(people):
            builder.emit(TextParagraph(content=name, role="authors", tight=number > 0))
            _author_lines(builder, notes)
    else:
        runs: list[Run] = []
        for number, (name, _) in enumerate(people):
            separated = "\n" in content_text(name) or (runs and "\n" in content_text(tuple(runs)))
            runs += ([Run("\n" if separated else ", ")] if number else []) + list(name)
        if runs:
            builder.emit(TextParagraph(content=tuple(runs), role="authors"))


def _author(builder: Builder, creator: Element) -> tuple[Content, list[Content]]:
    """A name, and the notes at it without their labels; empty ones are left out."""
    name = builder.content_in(creator, "ltx_author_notes")
    notes = []
    contacts = creator.find("ltx_author_notes")
    for contact in _contacts(contacts) if contacts is not None else ():
        content = builder.content_in(contact, "ltx_contact_name")
        if content_text(content).strip(" :,"):
            notes.append(_commas_close(content))
    return name, notes


def _commas_close(content: Content) -> Content:
    """Remove the space before commas in an affiliation.

    Its parts are on lines of their own in the page, with a space before each comma.
    """
    return with_words(content, lambda text: re.sub(r"\s+,", ",", text))


def _contacts(element: Element) -> Iterator[Element]:
    for child in element.elements():
        if "ltx_contact" in child.classes:
            yield child
        else:
            yield from _contacts(child)


def _author_lines(builder: Builder, notes: list[Content]) -> None:
    """Set what is noted of an author on one line of its own."""
    runs: list[Run] = []
    for note in notes:
        if content_text(note).strip():
            runs += [Run("; ")] if runs else []
            runs += with_words(note, lambda text: _BREAKS.sub(", ", text))
    if runs:
        builder.emit(TextParagraph(content=tuple(runs), role="affiliation", tight=True))


def abstract(builder: Builder, element: Element) -> None:
    """Read the abstract as a section without a number."""
    _part(builder, element, "Abstract")


def section(builder: Builder, element: Element) -> None:
    """Read a section, an appendix, the bibliography, with all that is in it."""
    _part(builder, element, "References" if "ltx_bibliography" in element.classes else "")


def _part(builder: Builder, element: Element, name: str) -> None:
    builder.flush()
    notes(builder)
    heading = element.child("ltx_title")
    number = content = ()  # type: Content
    if heading is not None:
        tag = heading.find("ltx_tag")
        number = builder.content_in(tag) if tag is not None else ()
        content = builder.content_in(heading, "ltx_tag")
    elif name:
        content = (Run(name),)
    outer_depth, outer_appendix = builder.depth, builder.appendix
    builder.depth += 1
    builder.appendix = outer_appendix or "ltx_appendix" in element.classes
    level = next((_LEVELS[name] for name in element.classes if name in _LEVELS), builder.depth)
    first = len(builder.blocks)
    builder.claim_id(element)
    label = one_line_text(number).strip(" .:")
    if content or label:
        builder.emit(
            TextHeading(content=_plain_heading(content), level=min(level, _DEEPEST_LEVEL), number=label)
        )
        notes(builder)
    builder.read_children(element, without=heading)
    builder.flush()
    notes(builder)
    said = one_line_text(content).rstrip(".:")
    if said or label:
        builder.places.append(
            Place(
                address=section_address(label, said),
                kind="section",
                first=first,
                end=len(builder.blocks),
                title=said,
                level=builder.depth,
                appendix=builder.appendix,
                ids=(element.id,) if element.id else (),
            )
        )
    builder.depth, builder.appendix = outer_depth, outer_appendix


def _plain_heading(content: Content) -> Content:
    """A heading without bold letters, which all of it is."""
    plain = [Run(run.text, "" if run.role == "strong" else run.role, run.target, run.url) for run in content]
    return trim(plain)


def section_address(number: str, name: str) -> str:
    """Return a section's usual name: "§3.1", "Appendix A", or its title."""
    if not number:
        return name
    return number if " " in number else f"§{number}"


def named_part(builder: Builder, element: Element) -> None:
    """Read keywords, classification or acknowledgements as text with a run-in head."""
    builder.flush()
    heading = element.child("ltx_title")
    if heading is not None:
        head = trim(builder.content_in(heading))
        name = content_text(head).rstrip(":. ")
        builder.lead((Run(f"{name}:", "strong"),))
    builder.read_children(element, without=heading)
    builder.end_lead()
    notes(builder)


def statement(builder: Builder, element: Element) -> None:
    """Read a theorem-like statement or a proof, its head run into its first paragraph."""
    builder.flush()
    notes(builder)
    heading = element.child("ltx_title")
    head = trim(builder.content_in(heading)) if heading is not None else ()
    said = one_line_text(head).rstrip(".: ")
    proof = "ltx_proof" in element.classes or "ltx_theorem_proof" in element.classes
    tag = heading.find("ltx_tag_theorem") if heading is not None and not proof else None
    address = one_line_text(builder.content_in(tag)).rstrip(".: ") if tag is not None else said
    if proof:
        address = _proof_address(said, builder)
    head = _spaced_head(head, address)
    first = len(builder.blocks)
    builder.claim_id(element)
    outer = builder.statement, builder.upright_is_emphasis
    builder.statement = "proof" if proof else "statement"
    builder.upright_is_emphasis = not proof and _in_italics(element)
    if proof:
        _statement_body(builder, element, heading, head)
    else:
        with builder.margin("statement"):
            _statement_body(builder, element, heading, head)
    notes(builder)
    builder.statement, builder.upright_is_emphasis = outer
    if address and len(builder.blocks) > first:
        name = said.removeprefix(address).strip(" ().:") if not proof else ""
        kind: PlaceKind = "proof" if proof else "statement"
        ids = (element.id,) if element.id else ()
        end = len(builder.blocks)
        builder.places.append(Place(address=address, kind=kind, first=first, end=end, title=name, ids=ids))
        builder.last_statement = builder.last_statement if proof else address


def _spaced_head(head: Content, address: str) -> Content:
    """Insert the space before a head's name in parentheses, which pages leave to CSS."""
    runs: list[Run] = []
    if head and head[0].text.startswith(f"{address}("):
        first = head[0]
        text = f"{address} {first.text[len(address) :]}"
        head = (Run(text, first.role, first.target, first.url), *head[1:])
    for run in head:
        before = runs[-1].text[-1:] if runs else " "
        opens = run.role != "formula" and run.text.startswith("(") and not before.isspace()
        runs.append(Run(f" {run.text}", run.role, run.target, run.url) if opens else run)
    return tuple(runs)


def _proof_address(said: str, builder: Builder) -> str:
    if said.lower() in ("proof", "") and builder.last_statement:
        return f"Proof of {builder.last_statement}"
    return said if _PROOF_OF.search(said) else f"Proof ({said})" if said else "Proof"


def _statement_body(builder: Builder, element: Element, heading: Element | None, head: Content) -> None:
    if head:
        builder.lead(content_in_role(head, "emphasis" if builder.statement == "proof" else "strong"))
    builder.read_children(element, without=heading)
    builder.end_lead()


def _in_italics(element: Element) -> bool:
    """Tell whether a statement's text is all in italics, as most styles have it."""
    paragraph = element.find("ltx_p")
    if paragraph is None:
        return False
    for child in paragraph.children:
        if isinstance(child, Element) and child.tag != "math":
            return "ltx_font_italic" in child.classes
        if isinstance(child, str) and child.strip(" \n.,;:()"):
            return False
    return False


def paragraph_group(builder: Builder, element: Element) -> None:
    """Read a paragraph with its displays; its footnotes follow it."""
    builder.flush()
    before: Element | None = None
    for child in element.children:
        if isinstance(child, str):
            builder.words(child)
            continue
        if before is not None and (restated := _restated(before, child)):
            builder.lead((Run(restated, "strong"),))
            _without_first_line(child)
        builder.read(child)
        before = child
    builder.flush()
    notes(builder)


def _restated(before: Element, paragraph: Element) -> str:
    """Return the head of a theorem whose environment the converter does not know.

    The environment's arguments appear in the text then.
    """
    if "ltx_ERROR" not in before.classes or not _ENVIRONMENT.fullmatch(before.text().strip()):
        return ""
    first = paragraph.children[0] if paragraph.children else ""
    match = _RESTATED.match(first) if isinstance(first, str) else None
    if match is None:
        return ""
    kind = match[1].lower()
    return f"{_FULL_NAMES.get(kind, kind).capitalize()}."


def _without_first_line(paragraph: Element) -> None:
    first = paragraph.children[0]
    if isinstance(first, str):
        paragraph.children[0] = first[first.index("\n") :]


def paragraph(builder: Builder, element: Element) -> None:
    """Read a paragraph of text; one that is mostly unknown commands becomes a notice."""
    builder.flush()
    if errors := is_broken(element):
        builder.counts["commands"] += errors
        builder.notice(not_converted(errors))
        return
    role, within = builder.paragraph_role, builder.in_paragraph
    builder.in_paragraph = True
    if "ltx_align_center" in element.classes and not role and not builder.statement:
        builder.paragraph_role = "centred"
    builder.walk_styled(element)
    builder.flush()
    builder.paragraph_role, builder.in_paragraph = role, within


def quotation(builder: Builder, element: Element) -> None:
    """Read what is quoted."""
    with builder.margin("quotation"):
        builder.walk(element)


def unknown_command(builder: Builder, element: Element) -> None:
    """Read an unknown command: named inside a sentence, else only counted.

    It is one that arXiv's converter does not know.
    """
    builder.counts["commands"] += 1
    name = " ".join(element.text().split())
    if builder.in_paragraph and name.startswith("\\"):
        builder.add(name[:60], "unknown")


def missing_label(builder: Builder, element: Element) -> None:
    """Read a reference to nothing."""
    builder.counts["labels"] += 1
    builder.add("?", "unknown")


def missing_citation(builder: Builder, element: Element) -> None:
    """Read a citation of nothing: its key is what is known."""
    builder.counts["citations"] += 1
    builder.add(" ".join(element.text().split()) or "?", "unknown")


def break_line(builder: Builder, element: Element) -> None:
    """Read a line break."""
    builder.line_break()


def skip(builder: Builder, element: Element) -> None:
    """Leave out what is no part of the paper."""


def note_mark(builder: Builder, element: Element) -> None:
    """Read a footnote: its mark is in the text, its text follows the paragraph."""
    mark = _mark_of(element)
    builder.add(mark, "note")
    builder.note(element)


def _mark_of(note: Element) -> str:
    for child in note.elements():
        if "ltx_note_mark" in child.classes:
            return " ".join(child.text().split())[:12] or "*"
    return "*"


def notes(builder: Builder) -> None:
    """Set the footnotes that were met, each behind its mark."""
    for note in builder.take_notes():
        content = note.find("ltx_note_content") or note
        first = len(builder.blocks)
        builder.claim_id(note)
        mark = _mark_of(note)
        with builder.margin("note", mark):
            builder.tighten()
            statement, builder.statement = builder.statement, ""
            for child in content.children:
                if isinstance(child, str):
                    builder.words(child)
                elif not {"ltx_note_mark", "ltx_tag_note", "ltx_note_type"}.intersection(child.classes):
                    builder.read(child)
            builder.flush()
            builder.statement = statement
        end = len(builder.blocks)
        if end > first:
            ids = (note.id,) if note.id else ()
            builder.places.append(Place(address=f"note {mark}", kind="note", first=first, end=end, ids=ids))


def walk_in(builder: Builder, element: Element) -> None:
    """Read what is in an element that is nothing by itself."""
    builder.flush()
    builder.walk(element)
    builder.flush()
