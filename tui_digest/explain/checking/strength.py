"""Strength of claims: proved, conjectured, suggested, necessary, better."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tui_digest.explain.checking.evidence import Difference, Evidence
from tui_digest.explain.checking.polarity import is_negative
from tui_digest.explain.checking.vocabulary import (
    COMPARABLE_WORDS,
    CONJECTURED,
    INTENDED,
    MODAL_SOURCES,
    MODALS,
    PROVED,
    SHOWN,
    SUGGESTED,
    SUPERIOR_WORDS,
    SUPPOSED,
    word_set,
)
from tui_digest.explain.checking.wording import Wording

# A statement of fewer content words is a formula, or says nothing of how sure it is.
_FEWEST_STEMS = 2


class _Claim:
    """The words of a statement and its evidence, without proper names."""

    def __init__(self, said: Wording, evidence: Evidence) -> None:
        self.said = said
        self.evidence = evidence
        self.stated, self.quoted, self.near = (
            wording.vocabulary - _named_conjectures(wording)
            for wording in (said, evidence.quoted, evidence.sentence)
        )
        self.is_guarded = bool(self.stated & _GUARDS)

    def difference(
        self, words: frozenset[str], claim: frozenset[str] = frozenset(), *, doubt: bool = False
    ) -> Difference:
        """Return that the abstract has one of these words."""
        word = self.evidence.quoted.first_of(words) or self.evidence.sentence.first_of(words)
        return Difference.source(f"says '{word}'", self.said.places_of(claim), doubt=doubt)


def check_strength(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """A claim that is stronger, or weaker, than the sentence that it is taken from."""
    if len(said.stems) < _FEWEST_STEMS:
        return
    claim = _Claim(said, evidence)
    for check in (_check_proof, _check_conjecture, _check_guards, _check_open, _check_necessity, _check_rank):
        yield from check(claim)


def _check_proof(claim: _Claim) -> Iterator[Difference]:
    """Yield a proof, or a finding, where the words only suppose, suggest or intend it."""
    stated, quoted, near = claim.stated, claim.quoted, claim.near
    proved, shown = stated & PROVED, stated & _SHOWN_BY
    if proved and not near & PROVED:
        supposed = _supposed_by_others(claim.evidence.sentence)
        if supposed:
            yield claim.difference(frozenset((supposed,)), proved)
        own = quoted & _WEAK
        weak = own or near & _WEAK
        if weak and not (quoted if own else near) & _FIRM:
            doubt = proved <= {"rigorous", "rigorously"}
            yield claim.difference(weak, proved, doubt=doubt)
        if near & _EMPIRICAL and not stated & _EMPIRICAL:
            yield claim.difference(near & _EMPIRICAL, proved, doubt=True)
    if shown and near & CONJECTURED and not stated & CONJECTURED and not near & (PROVED | _SHOWN_BY):
        yield claim.difference(near & CONJECTURED, shown)
    if (proved or shown) and near & _UNFINISHED and not stated & _UNFINISHED and not claim.is_guarded:
        yield claim.difference(near & _UNFINISHED, doubt=True)


def _check_conjecture(claim: _Claim) -> Iterator[Difference]:
    """Yield a conjecture of which the words say more, or nothing."""
    conjectured, near = claim.stated & CONJECTURED, claim.near
    if not conjectured or near & (CONJECTURED | SUGGESTED | MODALS | SUPPOSED | {"knowledge"}):
        return
    doubt = bool(claim.evidence.record.wording.vocabulary & CONJECTURED)
    firm = near & (PROVED | _FIRM)
    if firm:
        yield claim.difference(firm, conjectured, doubt=doubt)
    else:
        yield Difference.absent("conjecture", claim.said.places_of(conjectured), doubt=doubt)


def _check_guards(claim: _Claim) -> Iterator[Difference]:
    """Yield a plain claim of what the words conjecture, expect or hold possible."""
    if claim.is_guarded or is_negative(claim.said):
        return
    conjecture = claim.quoted & CONJECTURED
    if conjecture and not claim.stated & PROVED:
        yield claim.difference(conjecture)
    hedge = claim.quoted & _HEDGES
    if hedge:
        # A guarded sentence can be put in many other words, and `may` also tells what is allowed.
        yield claim.difference(hedge, doubt=True)


def _check_open(claim: _Claim) -> Iterator[Difference]:
    """Yield a question said to be open where the quoted words settle it."""
    said = claim.said
    proved = claim.evidence.quoted.vocabulary & PROVED
    if proved and said.vocabulary & _SUPPOSED and not said.vocabulary & (PROVED | _SETTLED):
        yield claim.difference(proved, doubt=True)
        return
    left_open = said.vocabulary & _OPEN
    if left_open and not claim.evidence.record.wording.vocabulary & _OPEN_SOURCES:
        what = f"'{said.first_of(left_open)}'"
        yield Difference.absent(what, said.places_of(left_open), doubt=True)


def _check_necessity(claim: _Claim) -> Iterator[Difference]:
    """Yield a necessity of which the sentence says nothing."""
    necessary = claim.stated & _NECESSARY
    if necessary and not claim.near & _NECESSARY_SOURCES and not is_negative(claim.said):
        what = f"'{claim.said.first_of(necessary)}'"
        yield Difference.unquoted(what, claim.said.places_of(necessary), doubt=True)


def _check_rank(claim: _Claim) -> Iterator[Difference]:
    """Yield `better` where the words say `comparable`."""
    better, level = claim.stated & SUPERIOR_WORDS, claim.quoted & COMPARABLE_WORDS
    if better and level and not claim.near & SUPERIOR_WORDS:
        yield claim.difference(level, better)


_FIRM = SHOWN - word_set(
    "is are has have result results present presents presented describe describes described"
)
_SHOWN_BY = word_set(
    """
    show shows showed shown demonstrate demonstrates demonstrated establish establishes established
    confirm confirms confirmed
    """
)


def _named_conjectures(wording: Wording) -> frozenset[str]:
    """The words of proper names, such as `Continuum Hypothesis`, that guard nothing."""
    tokens = wording.tokens
    return frozenset(
        word.text
        for word in wording.words
        if word.text in CONJECTURED and word.place and tokens[word.place].raw[:1].isupper()
    )


def _supposed_by_others(wording: Wording) -> str:
    """The verb of `it is generally assumed that`, "" for none."""
    texts = wording.texts
    return next(
        (text for text, after in pairwise(texts) if text in SUPPOSED and after == "that"),
        "",
    )


_NECESSARY = word_set("necessary necessarily necessity")
_NECESSARY_SOURCES = _NECESSARY | word_set(
    """
    need needs needed require requires required requirement requirements must only iff essential
    essentially crucial equivalent equivalently indispensable prerequisite minimum minimal unless
    """
)
_UNFINISHED = word_set("preliminary towards toward tentative possible attempt attempts hope plan partial")
_EMPIRICAL = word_set(
    """
    numerical numerically experiment experiments experimental experimentally empirically simulations
    observed
    """
)
_POINTING = word_set("point points pointing sign signs signal signals trace traces imply implies")
_SUPPOSED = word_set("conjectured conjectures conjecturally suspected believed")
_SETTLED = word_set(
    "settle settles settled confirm confirms confirmed verify verified true hold holds resolve resolved shown"
)
_OPEN = word_set("open unknown unclear unresolved unproved unproven conjecturally")
_OPEN_SOURCES = _OPEN | CONJECTURED | word_set(
    "question questions whether remain remains unsettled unanswered problem challenge future"
)  # fmt: skip


_HEDGES = MODALS | word_set(
    """
    would
    suggest suggests suggesting believe believes believed expect expects expected likely hypothesize
    hypothesise speculate
    """
)
_WEAK = CONJECTURED | SUGGESTED | INTENDED | {"whether"}
_GUARDS = CONJECTURED | SUGGESTED | INTENDED | MODALS | MODAL_SOURCES | _POINTING
