"""Comparison of an explanation with its paper: a state for every statement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

import msgspec
from msgspec.structs import replace

from tui_digest.entry import CUT_OFF, NO_MARK, Statement, StatementCounts, StatementState
from tui_digest.explain.checking.comparison import differences
from tui_digest.explain.checking.evidence import Difference, Evidence, Record
from tui_digest.explain.checking.language import is_english
from tui_digest.explain.checking.marks import ABSTRACT, ANYWHERE, MarkKind, SourceMark
from tui_digest.explain.checking.name_claims import check_numbering
from tui_digest.explain.checking.passage import Passage
from tui_digest.explain.checking.statements import StatementSpan, blank_marks, find_statements
from tui_digest.explain.checking.verbatim import Match, find_quotation, is_evidence
from tui_digest.paper import Paper

TITLE = "title"
_LONG_WORD = re.compile(r"[a-z]{5,}")
_SEPARATORS = re.compile(r"[\s\-–]+")
_KINDS = (
    (r"§+|sec(?:tion)?\.?", "§"),
    (r"thm\.?|theorem", "theorem "),
    (r"lem\.?|lemma", "lemma "),
    (r"prop\.?|proposition", "proposition "),
    (r"cor\.?|corollary", "corollary "),
    (r"def\.?|definition", "definition "),
    (r"tab\.?|table", "table "),
    (r"fig\.?|figure", "figure "),
    (r"eqs?\.?|equations?", ""),
    (r"app\.?|appendix", "appendix "),
)
_ADDRESS = [(re.compile(rf"(?:{names})\s*(?=[\d(A-Za-z])", re.IGNORECASE), kind) for names, kind in _KINDS]


class Assessment(msgspec.Struct, frozen=True):
    """The statements of an explanation, each with its state."""

    statements: tuple[Statement, ...]

    @property
    def counts(self) -> StatementCounts:
        """How many statements are in each state."""
        return count(self.statements)

    def cut_off(self, end: int) -> Assessment:
        """Return the same for a text that was cut off at `end`."""
        if not self.statements or self.statements[-1].end < end or self.statements[-1].why != NO_MARK:
            return self
        return Assessment((*self.statements[:-1], replace(self.statements[-1], why=CUT_OFF)))


def count(statements: tuple[Statement, ...]) -> StatementCounts:
    """Return how many statements are in each state."""
    states = [statement.state for statement in statements]
    return StatementCounts(
        evidence=states.count(StatementState.EVIDENCE),
        interpretation=states.count(StatementState.INTERPRETATION),
        none=states.count(StatementState.NONE),
        flagged=states.count(StatementState.FLAGGED),
    )


def assess(text: str, paper: Paper, places: Mapping[str, str] | None = None) -> Assessment:
    """Compare every statement of an explanation with the paper.

    Args:
        text: The explanation, Markdown with TeX and marks such as `[abstract: "…"]`.
        paper: The paper; its title, abstract and authors' names are the record.
        places: Texts of the paper by their addresses (`§3.1`, `Theorem 2.1`, `(5)`, `Table 1`)
            where more than the abstract was shown; a mark is checked within the place that it names.
    """
    sources = _Sources(paper, places or {})
    spans = find_statements(text)
    said = [Passage(blank_marks(text, span)) for span in spans]
    english = is_english(said)
    return Assessment(
        tuple(
            _assessed(text, span, one, sources, english=english)
            for span, one in zip(spans, said, strict=True)
        )
    )


class _Sources:
    """The texts that quotations may be from, read when they are first asked for."""

    def __init__(self, paper: Paper, places: Mapping[str, str]) -> None:
        self._paper = paper
        self._texts = {normal_address(address): text for address, text in places.items()}
        self._shown = {normal_address(address): address for address in places}
        self._texts[ABSTRACT] = paper.abstract
        self._texts[TITLE] = paper.title
        self._passages: dict[str, Passage] = {}
        self.whole = bool(places)
        self.name = "the text" if places else "the abstract"

    @cached_property
    def record(self) -> Record:
        """The whole record."""
        return Record(
            [self.passage(address) for address in self._outermost], self._paper.authors, self._texts
        )

    def passage(self, address: str) -> Passage:
        """The text of a place."""
        if address not in self._passages:
            self._passages[address] = Passage(self._texts[address])
        return self._passages[address]

    def within(self, address: str) -> list[str]:
        """Return the places that an address names.

        Those are a section with its subsections, or for the abstract the title too.
        """
        if address == ANYWHERE and self.whole:
            return self._by_size
        if address in (ABSTRACT, ANYWHERE, "record"):
            return [ABSTRACT, TITLE]
        return [place for place in self._texts if place == address or place.startswith(f"{address}.")]

    def address_of(self, passage: Passage) -> str:
        """The address of a passage, as it is shown."""
        address = next(address for address, one in self._passages.items() if one is passage)
        return self._shown.get(address, address)

    def name_of(self, address: str) -> str:
        """The name of a place in a sentence; that of all that was shown for none."""
        if not self.whole or not address:
            return self.name
        return f"the {address}" if address in (ABSTRACT, TITLE) else address

    def elsewhere(self, quotation: Passage, besides: list[str]) -> Match | None:
        """The quotation in the smallest other place that has it."""
        words = {
            token.text for token in quotation.tokens if token.formula < 0 and _LONG_WORD.fullmatch(token.text)
        }

        def first_of(addresses: list[str]) -> Match | None:
            likely = (
                address for address in addresses if all(word in self._compact[address] for word in words)
            )
            found = (
                find_quotation(quotation, self.passage(address))
                for address in likely
                if address not in besides
            )
            return next((match for match in found if match is not None), None)

        return first_of(self._by_size) if first_of(self._outermost) is not None else None

    @cached_property
    def _by_size(self) -> list[str]:
        return sorted(self._texts, key=lambda address: len(self._texts[address]))

    @cached_property
    def _outermost(self) -> list[str]:
        """Return the places that are in no other.

        To read all places of a long paper takes a second.
        """
        kept: list[str] = []
        for address in reversed(self._by_size):
            if not any(self._texts[address] in self._texts[other] for other in kept):
                kept.append(address)
        return kept

    @cached_property
    def _compact(self) -> dict[str, str]:
        """The texts without spaces and hyphens, to look for words in."""
        return {address: _SEPARATORS.sub("", text).casefold() for address, text in self._texts.items()}


def normal_address(address: str) -> str:
    """An address in one form: `Section 3.1`, `Sec. 3.1` and `§3.1` are one."""
    plain = " ".join(address.split()).lower()
    for pattern, kind in _ADDRESS:
        match = pattern.match(plain)
        if match is not None:
            return kind + plain[match.end() :].strip()
    return plain


def _assessed(
    text: str, span: StatementSpan, said: Passage, sources: _Sources, *, english: bool
) -> Statement:
    blank = unchecked_statement(text, span)
    quoting = [mark for mark in span.marks if mark.kind is MarkKind.QUOTATION]
    if not quoting:
        return _unquoted(span, said, blank, sources)
    matches: list[Match] = []
    enough = False
    for mark in quoting:
        for start, end in mark.quotations:
            quotation = Passage(text[start:end])
            match, problem = _find(quotation, mark, sources)
            stated = blank if match is None else _with_place(blank, match, sources)
            if problem:
                return replace(stated, state=StatementState.FLAGGED, why=problem)
            if match is not None:
                matches.append(match)
                enough = enough or is_evidence(quotation)
    if not matches:
        return replace(blank, why="no words are quoted")
    stated = _with_place(blank, matches[0], sources)
    if not enough:
        return replace(stated, why="too few words are quoted")
    evidence = Evidence(matches, sources.record)
    doubt: Difference | None = None
    for difference in differences(said, evidence, english=english):
        if not difference.doubt:
            return _with_difference(stated, StatementState.FLAGGED, said, difference, sources)
        doubt = doubt or difference
    if doubt is not None:
        return _with_difference(stated, StatementState.NONE, said, doubt, sources)
    return replace(stated, state=StatementState.EVIDENCE)


def _with_difference(
    statement: Statement, state: StatementState, said: Passage, difference: Difference, sources: _Sources
) -> Statement:
    why = difference.sentence(sources.name, sources.name_of(statement.place))
    return replace(statement, state=state, why=why, words=_words(said, difference))


def unchecked_statement(text: str, span: StatementSpan) -> Statement:
    """The statement before anything is known of it."""
    marks = tuple(
        (mark.start - span.start, mark.end - span.start)
        for mark in span.marks
        if span.start <= mark.start < span.end
    )
    return Statement(
        text=text[span.start : span.end],
        start=span.start,
        end=span.end,
        state=StatementState.NONE,
        marks=marks,
    )


def _unquoted(span: StatementSpan, said: Passage, blank: Statement, sources: _Sources) -> Statement:
    """A statement that is the model's own reading, or has no mark at all."""
    if not span.marks:
        return replace(blank, why=NO_MARK)
    # Also an interpretation may name no theorem that the paper does not have.
    difference = next(check_numbering(said.tokens, sources.record), None)
    if difference is not None:
        return _with_difference(blank, StatementState.FLAGGED, said, difference, sources)
    return replace(blank, state=StatementState.INTERPRETATION)


def _find(quotation: Passage, mark: SourceMark, sources: _Sources) -> tuple[Match | None, str]:
    """Return where the quoted words are, and what is wrong with them ("" if nothing)."""
    if not quotation.comparable.folded:
        return None, ""
    within = sources.within(normal_address(mark.address))
    source = {ABSTRACT: "the abstract", ANYWHERE: "the paper"}.get(mark.address, mark.address)
    cut: Match | None = None
    for address in within:
        match = find_quotation(quotation, sources.passage(address))
        if match is not None and not match.cut:
            return match, ""
        cut = cut or match
    if cut is not None:
        return cut, f"{source} says '{cut.cut}'"
    if not within:
        return None, f"the text has no {mark.address}"
    elsewhere = sources.elsewhere(quotation, within) if sources.whole else None
    if elsewhere is not None:
        return elsewhere, f"elsewhere: {sources.address_of(elsewhere.passage)}"
    return (
        None,
        "the quoted words are not in the paper"
        if sources.whole
        else "the quoted words are not in the abstract",
    )


def _with_place(statement: Statement, match: Match, sources: _Sources) -> Statement:
    return replace(statement, place=sources.address_of(match.passage), quoted=match.span)


def _words(said: Passage, difference: Difference) -> tuple[tuple[int, int], ...]:
    """The places, within the statement, of the words that differ."""
    return tuple((said.tokens[place].start, said.tokens[place].end) for place in difference.places)
