"""Strength and extent of claims: prove or conjecture, all or some."""

from __future__ import annotations

from collections.abc import Iterator

from tui_digest.explain.checking.evidence import Difference, Evidence
from tui_digest.explain.checking.number_claims import spoken_quantity
from tui_digest.explain.checking.polarity import is_negative
from tui_digest.explain.checking.vocabulary import (
    COMPARABLE_WORDS,
    CONJECTURED,
    INTENDED,
    LIMITED,
    MODAL_SOURCES,
    MODALS,
    PROVED,
    SHOWN,
    SUGGESTED,
    SUPERIOR_WORDS,
    UNIVERSAL_SOURCES,
    UNIVERSALS,
    word_set,
)
from tui_digest.explain.checking.wording import Wording, is_content


def check_quantifiers(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`all` where the quoted words say `some`, or say nothing of the kind."""
    quoted, near = _universals(evidence.quoted), _universals(evidence.sentence)
    texts = said.texts
    for place, text in enumerate(texts):
        if text not in UNIVERSALS or said.tokens[place].formula >= 0:
            continue
        if place and texts[place - 1] in _BEFORE_UNIVERSAL:
            continue
        rival = _number_for(said, place, evidence) if text in ("every", "any") and text not in quoted else ""
        if rival:
            yield Difference(f"the abstract says '{rival}'", (place,))
            return
        if (
            "almost" in evidence.sentence.texts
            and "almost" not in texts
            and "almost" in _before(evidence.sentence, text)
        ):
            yield Difference("the abstract says 'almost'", (place,))
            return
        if quoted & _PLAIN_UNIVERSALS:
            continue
        limited = evidence.quoted.vocabulary & LIMITED
        if limited and not said.vocabulary & LIMITED:
            yield Difference(f"the abstract says '{_first(evidence.quoted, limited)}'", (place,))
            return
        if near or _heads_of(said, place) & _universal_heads(evidence.record.wording):
            continue
        yield Difference(f"no '{text}' in the quoted words", (place,))
        return


# A statement of fewer content words is a formula, or says nothing of how sure it is.
_FEWEST_STEMS = 2
_BEFORE_UNIVERSAL = word_set("almost nearly not at after above")


_PLAIN_UNIVERSALS = UNIVERSALS | {"each", "arbitrary", "general", "whenever", "arbitrarily"}


def _universals(wording: Wording) -> frozenset[str]:
    """The words of a text that speak of all; `arbitrarily small` does not."""
    texts = wording.texts
    return frozenset(
        text
        for place, text in enumerate(texts)
        if text in UNIVERSAL_SOURCES
        and not (text.startswith("arbitrar") and texts[place + 1 : place + 2] in (["small"], ["large"]))
    )


def _before(wording: Wording, text: str) -> set[str]:
    """The words right before a word, and before its kin among the universals."""
    texts = wording.texts
    return {texts[place - 1] for place, one in enumerate(texts) if place and one in UNIVERSALS | {"surely"}}


def _heads_of(wording: Wording, place: int) -> set[str]:
    """The stems of what a quantifier speaks of."""
    return {word.stem for word in wording.words if place < word.place <= place + 4 and is_content(word.text)}


def _universal_heads(wording: Wording) -> set[str]:
    texts = wording.texts
    places = [place for place, text in enumerate(texts) if text in UNIVERSALS]
    return {
        word.stem
        for word in wording.words
        if is_content(word.text)
        for place in places
        if place < word.place <= place + 5
    }


def _number_for(said: Wording, place: int, evidence: Evidence) -> str:
    """The number that the quoted words have where the statement says `every`."""
    heads = {word.stem for word in said.words if place < word.place <= place + 3 and is_content(word.text)}
    for quantity in evidence.quoted.quantities:
        if not quantity.ordinal and heads & set(quantity.after[:2]):
            return spoken_quantity(quantity, evidence.quoted)
    return ""


def check_strength(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """A claim that is stronger, or weaker, than the sentence that it is taken from."""
    stated, quoted, near = said.vocabulary, evidence.quoted.vocabulary, evidence.sentence.vocabulary
    if len(said.stems) < _FEWEST_STEMS:
        return
    proved, conjectured = stated & PROVED, stated & CONJECTURED
    if proved and not near & PROVED:
        own = quoted & (CONJECTURED | SUGGESTED | INTENDED | {"whether"})
        weak = own or near & (CONJECTURED | SUGGESTED | INTENDED)
        firm = (quoted if own else near) & _FIRM
        if weak and not firm:
            yield Difference(f"the abstract says '{_first(evidence.sentence, weak)}'", _of(said, proved))
            return
    if conjectured and not near & (CONJECTURED | SUGGESTED | MODAL_SOURCES):
        firm = near & (PROVED | _FIRM)
        yield Difference(
            f"the abstract says '{_first(evidence.sentence, firm)}'"
            if firm
            else "no conjecture in the abstract",
            _of(said, conjectured),
        )
        return
    guarded = CONJECTURED | SUGGESTED | INTENDED | MODALS | MODAL_SOURCES
    conjecture = quoted & CONJECTURED
    if conjecture and not stated & (guarded | PROVED) and not is_negative(said):
        yield Difference(f"the abstract says '{_first(evidence.quoted, conjecture)}'")
        return
    if (
        (stated & _SHOWN_BY)
        and near & CONJECTURED
        and not stated & CONJECTURED
        and not near & (PROVED | _SHOWN_BY)
    ):
        yield Difference(
            f"the abstract says '{_first(evidence.sentence, near & CONJECTURED)}'",
            _of(said, stated & _SHOWN_BY),
        )
        return
    hedge = quoted & _HEDGES
    if hedge and not stated & guarded and not is_negative(said):
        yield Difference(f"the abstract says '{_first(evidence.quoted, hedge)}'")
        return
    if stated & SUPERIOR_WORDS and quoted & COMPARABLE_WORDS and not near & SUPERIOR_WORDS:
        yield Difference(
            f"the abstract says '{_first(evidence.quoted, quoted & COMPARABLE_WORDS)}'",
            _of(said, stated & SUPERIOR_WORDS),
        )


_FIRM = SHOWN - word_set(
    "is are has have result results present presents presented describe describes described"
)
_SHOWN_BY = word_set(
    """
    show shows showed shown demonstrate demonstrates demonstrated establish establishes established
    confirm confirms confirmed
    """
)


_HEDGES = MODALS | word_set(
    """
    suggest suggests suggesting believe believes believed expect expects expected likely hypothesize
    hypothesise speculate
    """
)


def _first(wording: Wording, words: frozenset[str]) -> str:
    return next((word.text for word in wording.words if word.text in words), "")


def _of(said: Wording, words: frozenset[str]) -> tuple[int, ...]:
    return tuple(word.place for word in said.words if word.text in words)
