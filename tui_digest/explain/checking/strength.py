"""Strength and extent of claims: prove or conjecture, all or some."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

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
    SUPPOSED,
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
        if place and texts[place - 1] in _BEFORE_UNIVERSAL and not _is_at_all(said, place):
            yield from _all_for_not_all(said, place, evidence)
            continue
        rival = _single_of(said, place, evidence) if text not in quoted else ""
        if text in ("every", "any") and text not in quoted and texts[place - 1] not in ("without", "not"):
            rival = rival or _number_for(said, place, evidence)
        if rival:
            yield Difference(f"the abstract says '{rival}'", (place,))
            return
        if (
            "almost" in evidence.sentence.texts
            and "almost" not in texts
            and "probability" not in texts
            and "almost" in _before(evidence.sentence, text)
        ):
            yield Difference("the abstract says 'almost'", (place,))
            return
        existing = text in ("all", "every", "any") and evidence.quoted.vocabulary & {"exist", "exists"}
        if quoted & (_PLAIN_UNIVERSALS - {"always"} if existing else _PLAIN_UNIVERSALS):
            continue
        limited = evidence.quoted.vocabulary & LIMITED
        if limited and not said.vocabulary & LIMITED:
            yield Difference(f"the abstract says '{_first(evidence.quoted, limited)}'", (place,))
            return
        if near & _WIDE_SOURCES or _heads_of(said, place) & _universal_heads(evidence.record.wording):
            continue
        yield Difference(f"no '{text}' in the quoted words", (place,), doubt=True)
        return
    yield from _all_for_most(said, evidence)
    universal = _universal_heads(evidence.sentence)
    for place, text in enumerate(texts):
        if text in ("arbitrary", "unconditionally") and not _heads_of(said, place) & universal:
            yield Difference(f"no '{text}' in the quoted words", (place,), doubt=True)
            return


_SINGLE = word_set("fixed single one particular certain given specific")


def _single_of(said: Wording, place: int, evidence: Evidence) -> str:
    """The word for a single one where the statement says `all` of the same."""
    heads = _heads_of(said, place)
    words = evidence.quoted.words
    for before, word in pairwise(words):
        if before.text in _SINGLE and word.stem in heads:
            return before.text
    return ""


def _is_at_all(said: Wording, place: int) -> bool:
    """Tell whether `all` behind `at` speaks of something, as in `at all times`."""
    return said.texts[place - 1] == "at" and bool(_heads_of(said, place))


def _all_for_not_all(said: Wording, place: int, evidence: Evidence) -> Iterator[Difference]:
    """`not all` where the quoted words say `all` of the same."""
    if said.texts[place - 1] == "not" and evidence.quoted.vocabulary & UNIVERSALS:
        yield from _universal_of(said, place, evidence)


def _all_for_most(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`most`, `few` or `only some` where the quoted words say `all` of the same."""
    texts = said.texts
    for place, text in enumerate(texts):
        if text in _PARTS:
            for difference in _universal_of(said, place, evidence):
                # What holds for all holds for some.
                yield difference._replace(doubt=text == "some")


_PARTS = word_set("most few some partially partly")


def _universal_of(said: Wording, place: int, evidence: Evidence) -> Iterator[Difference]:
    universals = evidence.quoted.vocabulary & UNIVERSALS
    if universals and _heads_of(said, place) & _universal_heads(evidence.quoted):
        yield Difference(f"the abstract says '{_first(evidence.quoted, universals)}'", (place,))


# A statement of fewer content words is a formula, or says nothing of how sure it is.
_FEWEST_STEMS = 2
_BEFORE_UNIVERSAL = word_set("almost nearly not at after above")


_WIDE_SOURCES = UNIVERSAL_SOURCES - word_set("class set collection family both independent uniform uniformly")
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
    places = [place for place, text in enumerate(texts) if text in _PLAIN_UNIVERSALS]
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
    stated, quoted, near = (
        one.vocabulary - _named_conjectures(one) for one in (said, evidence.quoted, evidence.sentence)
    )
    if len(said.stems) < _FEWEST_STEMS:
        return
    proved, conjectured = stated & PROVED, stated & CONJECTURED
    if proved and not near & PROVED and (supposed := _supposed_by_others(evidence.sentence)):
        yield Difference(f"the abstract says '{supposed}'", _of(said, proved))
        return
    if proved and not near & PROVED:
        own = quoted & (CONJECTURED | SUGGESTED | INTENDED | {"whether"})
        weak = own or near & (CONJECTURED | SUGGESTED | INTENDED)
        firm = (quoted if own else near) & _FIRM
        if weak and not firm:
            yield Difference(f"the abstract says '{_first(evidence.sentence, weak)}'", _of(said, proved))
            return
    empirical = near & _EMPIRICAL
    if proved and empirical and not near & PROVED and not stated & _EMPIRICAL:
        yield Difference(
            f"the abstract says '{_first(evidence.sentence, empirical)}'", _of(said, proved), doubt=True
        )
    if conjectured and not near & (CONJECTURED | SUGGESTED | MODALS | SUPPOSED | {"knowledge"}):
        firm = near & (PROVED | _FIRM)
        yield Difference(
            f"the abstract says '{_first(evidence.sentence, firm)}'"
            if firm
            else "no conjecture in the abstract",
            _of(said, conjectured),
            doubt=bool(evidence.record.wording.vocabulary & CONJECTURED),
        )
        return
    guarded = CONJECTURED | SUGGESTED | INTENDED | MODALS | MODAL_SOURCES | _POINTING
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
        # A guarded sentence can be put in many other words, and `may` also tells what is allowed.
        yield Difference(f"the abstract says '{_first(evidence.quoted, hedge)}'", doubt=True)
        return
    yield from _check_open(said, evidence)
    necessary = stated & _NECESSARY
    if necessary and not near & _NECESSARY_SOURCES and not is_negative(said):
        yield Difference(
            f"no '{_first(said, necessary)}' in the quoted words", _of(said, necessary), doubt=True
        )
    unfinished = near & _UNFINISHED
    if stated & (_SHOWN_BY | PROVED) and unfinished and not stated & (_UNFINISHED | guarded):
        yield Difference(f"the abstract says '{_first(evidence.sentence, unfinished)}'", doubt=True)
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


def _check_open(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Yield a question said to be open where the quoted words settle it."""
    proved = evidence.quoted.vocabulary & PROVED
    if proved and said.vocabulary & _SUPPOSED and not said.vocabulary & (PROVED | _SETTLED):
        yield Difference(f"the abstract says '{_first(evidence.quoted, proved)}'", doubt=True)
        return
    left_open = said.vocabulary & _OPEN
    if left_open and not evidence.record.wording.vocabulary & _OPEN_SOURCES:
        yield Difference(f"no '{_first(said, left_open)}' in the abstract", _of(said, left_open), doubt=True)


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


def _first(wording: Wording, words: frozenset[str]) -> str:
    return next((word.text for word in wording.words if word.text in words), "")


def _of(said: Wording, words: frozenset[str]) -> tuple[int, ...]:
    return tuple(word.place for word in said.words if word.text in words)
