"""Assumptions and properties of a statement, against those of its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from tui_digest.explain.checking.evidence import Difference, Evidence
from tui_digest.explain.checking.vocabulary import (
    NEGATORS,
    PROPERTIES,
    REQUIREMENTS,
    SOFT_PROPERTIES,
    stem,
    word_set,
)
from tui_digest.explain.checking.wording import Wording, is_content


def check_properties(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """An assumption or property that neither the quoted words nor the record have."""
    record, near = evidence.record.wording.vocabulary, evidence.sentence.vocabulary
    record = record | {part for compound in record if "-" in compound for part in compound.split("-")}
    stems = evidence.record.wording.stems
    stated = {word.text: word.place for word in said.words} | dict(said.compounds)
    comparing = said.comparing
    texts = " ".join(said.texts)
    required = bool(said.vocabulary & REQUIREMENTS) or "have to" in texts or "has to" in texts
    for text, place in stated.items():
        family = PROPERTIES.get(text)
        if family is None or _is_denied(said, place) or place in comparing:
            continue
        power = _POWERS.get(text)
        if power is not None and any(power in string for string in evidence.record.strings):
            continue
        if text == "bounded" and {"below", "above", "by", "from"} & set(said.texts[place + 1 : place + 2]):
            continue
        if (
            text.startswith(("un", "non"))
            and PROPERTIES.get(text.removeprefix("un").removeprefix("non"), record) & record
        ):
            continue
        if not family & record:
            if not {text, stem(text)} & stems and not any(
                text[:5] == known[:5] for known in stems if len(text) > 6
            ):
                yield Difference.absent(f"'{text}'", (place,), doubt=text in SOFT_PROPERTIES)
                return
        elif required and _is_only_denied(family, evidence.record.wording):
            yield Difference.source(f"does not ask for '{text}'", (place,))
            return
        elif required and not family & near and not family & evidence.quoted.vocabulary:
            yield Difference.unquoted(f"'{text}'", (place,), doubt=True)
            return


def check_requirements(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`Must be X`, `is assumed to be X`, where the paper does not have the word."""
    record, texts = evidence.record.wording.stems, said.texts
    if evidence.quoted.vocabulary & REQUIREMENTS or set(texts) & NEGATORS:
        return
    for word in said.words:
        before = texts[max(0, word.place - 4) : word.place]
        asked = "be" in before and (
            set(before) & _ASKING or {"has", "to"} <= set(before) or {"have", "to"} <= set(before)
        )
        if asked and len(word.text) > 2 and is_content(word.text) and word.stem not in record:
            yield Difference.absent(f"'{word.text}'", (word.place,), doubt=True)
            return


_ASKING = word_set("must should assumed required supposed")
_POWERS = {"quadratic": "^2", "quadratically": "^2", "cubic": "^3"}


def _is_denied(said: Wording, place: int) -> bool:
    """Tell whether a negation precedes the word.

    What is said not to be assumed need not be in the evidence.
    """
    before = said.texts[max(0, place - 4) : place]
    after = said.texts[place + 1 : place + 8]
    return bool(set(before) & (NEGATORS | {"non"})) or bool(set(after) & {"not", "no"})


def _is_only_denied(family: frozenset[str], record: Wording) -> bool:
    """Tell whether the record has a property only to say that it is not needed."""
    places = [place for place, text in enumerate(record.texts) if text in family]
    return bool(places) and all(
        set(record.texts[max(0, place - 4) : place]) & {"not", "without", "non", "beyond", "no"}
        for place in places
    )


def check_compounds(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`A-complete` where the quoted words say `B-complete`."""
    quoted = [text for text, _ in evidence.quoted.compounds]
    for text, place in said.compounds:
        head, _, tail = text.rpartition("-")
        if not head or not tail or not tail.isalpha() or text in evidence.sentence.vocabulary:
            continue
        rivals = [compound for compound in quoted if compound.rpartition("-")[2] == tail and compound != text]
        if not rivals or text in quoted or set(rivals) & said.vocabulary:
            continue
        denied = rivals[0].startswith("non-") and set(said.texts) & NEGATORS
        if tail in _CLASS_TAILS or (not denied and head not in evidence.sentence.vocabulary):
            yield Difference.source(f"says '{rivals[0]}'", (place,))
            return


_CLASS_TAILS = word_set("complete hard dimensional free order optimal continuous time")
