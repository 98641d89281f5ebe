"""Extent of claims: all, some, most, or a single one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tui_digest.explain.checking.evidence import Difference, Evidence
from tui_digest.explain.checking.number_claims import spoken_quantity
from tui_digest.explain.checking.vocabulary import (
    LIMITED,
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
            yield Difference.source(f"says '{rival}'", (place,))
            return
        if (
            "almost" in evidence.sentence.texts
            and "almost" not in texts
            and "probability" not in texts
            and "almost" in _before_universals(evidence.sentence)
        ):
            yield Difference.source("says 'almost'", (place,))
            return
        existing = text in ("all", "every", "any") and evidence.quoted.vocabulary & {"exist", "exists"}
        if quoted & (_PLAIN_UNIVERSALS - {"always"} if existing else _PLAIN_UNIVERSALS):
            continue
        limited = evidence.quoted.vocabulary & LIMITED
        if limited and not said.vocabulary & LIMITED:
            yield Difference.source(f"says '{evidence.quoted.first_of(limited)}'", (place,))
            return
        if near & _WIDE_SOURCES or _heads_of(said, place) & _universal_heads(evidence.record.wording):
            continue
        yield Difference.unquoted(f"'{text}'", (place,), doubt=True)
        return
    yield from _all_for_most(said, evidence)
    universal = _universal_heads(evidence.sentence)
    for place, text in enumerate(texts):
        if text in ("arbitrary", "unconditionally") and not _heads_of(said, place) & universal:
            yield Difference.unquoted(f"'{text}'", (place,), doubt=True)
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
        yield Difference.source(f"says '{evidence.quoted.first_of(universals)}'", (place,))


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


def _before_universals(wording: Wording) -> set[str]:
    """The words right before those that speak of all."""
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
