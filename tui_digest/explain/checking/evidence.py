"""Evidence of a statement: the quoted words, their sentences, the paper's record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from tui_digest.explain.checking.passage import Passage
from tui_digest.explain.checking.rates import power_form
from tui_digest.explain.checking.relations import Operand
from tui_digest.explain.checking.verbatim import Match
from tui_digest.explain.checking.wording import Wording


class DifferenceKind(Enum):
    """Why a claim has no evidence, as a sentence about `what` is claimed or said."""

    ABSENT = "no {what} in {record}"
    UNQUOTED = "no {what} in the quoted words"
    SOURCE = "{source} {what}"
    QUOTED = "the quoted words {what}"


class Difference(NamedTuple):
    """A claim without evidence.

    Attributes:
        kind: why it has none.
        what: what is claimed, or what the source or the quoted words do instead, as `says 3`.
        places: the statement's tokens that make the claim.
        doubt: whether nothing in the quoted words says otherwise; they only do not say it.
    """

    kind: DifferenceKind
    what: str
    places: tuple[int, ...] = ()
    doubt: bool = False

    @classmethod
    def absent(cls, what: str, places: tuple[int, ...] = (), *, doubt: bool = False) -> Difference:
        """Nothing that was shown of the paper has it."""
        return cls(DifferenceKind.ABSENT, what, places, doubt)

    @classmethod
    def unquoted(cls, what: str, places: tuple[int, ...] = (), *, doubt: bool = False) -> Difference:
        """The quoted words do not have it."""
        return cls(DifferenceKind.UNQUOTED, what, places, doubt)

    @classmethod
    def source(cls, what: str, places: tuple[int, ...] = (), *, doubt: bool = False) -> Difference:
        """The place of the quoted words does something else: `says 3`."""
        return cls(DifferenceKind.SOURCE, what, places, doubt)

    @classmethod
    def quoted(cls, what: str, places: tuple[int, ...] = (), *, doubt: bool = False) -> Difference:
        """The quoted words do something else: `say 3`."""
        return cls(DifferenceKind.QUOTED, what, places, doubt)

    def sentence(self, record: str, source: str) -> str:
        """Return the reason in words.

        Args:
            record: the name of all that was shown of the paper, as `the abstract`.
            source: the name of the place that the quoted words are from.
        """
        return self.kind.value.format(what=self.what, record=record, source=source)


class Evidence:
    """What a statement rests on: the quoted words, their sentences, the whole record."""

    def __init__(self, matches: Sequence[Match], record: Record) -> None:
        self.record = record
        self.quoted = Wording(
            [token for match in matches for token in match.passage.tokens[match.first : match.last]]
        )
        self.sentence = record.sentences(matches)


class Record:
    """What is known of a paper: its title, abstract or text, and its authors' names."""

    def __init__(
        self, passages: Iterable[Passage], authors: Iterable[str] = (), addresses: Iterable[str] = ()
    ) -> None:
        self.passages = list(passages)
        self.addresses = frozenset(address.replace(" ", "") for address in addresses)
        self.authors = [Passage(author) for author in authors]
        self._sentences: dict[tuple[tuple[int, int, int], ...], Wording] = {}

    def sentences(self, matches: Sequence[Match]) -> Wording:
        """Return the sentences that quotations are from, each once; read once and cached."""
        spans = {
            (id(match.passage), *match.passage.sentence_of(match.first, match.last - 1)): match.passage
            for match in matches
        }
        key = tuple(spans)
        if key not in self._sentences:
            tokens = [token for (_, start, end), one in spans.items() for token in one.tokens[start:end]]
            self._sentences[key] = Wording(tokens)
        return self._sentences[key]

    @cached_property
    def wording(self) -> Wording:
        """All passages as one run of tokens."""
        return Wording([token for passage in self.passages for token in passage.tokens])

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word of the passages and of the authors' names."""
        own = {word.text for author in self.authors for word in Wording(author.tokens).words}
        texts = {token.text for token in self.wording.tokens}
        return self.wording.vocabulary | own | texts

    @cached_property
    def initials(self) -> str:
        """Return the words' first letters in order, as an abbreviation would have them."""
        return "".join([word.text[0] for word in self.wording.words])

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of all formulas, in one form."""
        return frozenset(power_form(operand.texts) for operand in self.wording.operands)

    @cached_property
    def strings(self) -> list[str]:
        """The passages' tokens as strings."""
        return [passage.comparable.raw for passage in self.passages]

    def has_term(self, operand: Operand) -> bool:
        """Tell whether the term is anywhere in the record, in this or an equal form."""
        if power_form(operand.texts) in self.terms:
            return True
        return any(_contains(passage, operand) for passage in self.passages)


def _contains(passage: Passage, operand: Operand) -> bool:
    """Tell whether a passage has a term's tokens in a row, with no script cut off."""
    source = passage.comparable
    wanted = "".join(text for text in operand.texts)
    plain = wanted.replace("(", "").replace(")", "")
    for needle in {wanted, plain} - {""}:
        place = source.raw.find(needle)
        while place >= 0:
            end = place + len(needle)
            if (
                place in source.edges
                and end in source.edges
                and (len(operand.texts) == 1 or source.raw[end : end + 1] not in ("^", "′"))
            ):
                return True
            place = source.raw.find(needle, place + 1)
    return False
