"""Comparison of a statement with its quoted words: contradictions, additions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tui_digest.explain.checking.evidence import Difference, Evidence, Record
from tui_digest.explain.checking.formula_claims import check_formula_nouns, check_formulas, check_relations
from tui_digest.explain.checking.formula_tokens import TokenKind
from tui_digest.explain.checking.names import PLACES, is_acronym, is_known, names_in, numbered_in
from tui_digest.explain.checking.number_claims import check_digits, check_dimensions, check_numbers
from tui_digest.explain.checking.passage import Passage, Token
from tui_digest.explain.checking.polarity import check_negations, check_opposites
from tui_digest.explain.checking.quantifiers import check_quantifiers
from tui_digest.explain.checking.roles import (
    check_alternatives,
    check_bindings,
    check_denied,
    check_directions,
    check_order,
    check_superior,
    check_than,
    check_values,
)
from tui_digest.explain.checking.strength import check_strength
from tui_digest.explain.checking.vocabulary import (
    NEGATORS,
    PROPERTIES,
    REQUIREMENTS,
    SOFT_PROPERTIES,
    UNITS,
    stem,
    word_set,
)
from tui_digest.explain.checking.wording import Wording, is_content


def differences(said: Passage, evidence: Evidence, *, english: bool = True) -> Iterator[Difference]:
    """Yield what the statement says otherwise than its evidence.

    The first difference is reason enough to flag the statement.

    Args:
        said: The statement without its marks.
        evidence: What it rests on.
        english: Whether the statement's words can be compared; its formulas and numbers always are.
    """
    wording = Wording(said.tokens)
    yield from check_relations(wording, evidence)
    yield from check_formulas(wording, evidence, said)
    if not english:
        yield from check_digits(wording, evidence)
        return
    for check in _CHECKS:
        yield from check(wording, evidence)


def claims_beyond(said: Passage, record: Record) -> Iterator[Difference]:
    """Yield claims not even an interpretation may make: a numbered theorem or section."""
    yield from _numbered(said.tokens, record)


def _numbered(tokens: Sequence[Token], record: Record) -> Iterator[Difference]:
    """Yield numbered theorems, sections and the like that the record does not have.

    They are looked for among its words and among its places.
    """
    strings = [passage.comparable.folded for passage in record.passages]
    for place, shown, key in numbered_in(tokens):
        if key not in record.addresses and not any(key in string for string in strings):
            yield Difference(f"no {shown} in the abstract", (place,))


_ENGLISH = word_set(
    """
    the of and is are to for that with by it this which from not be has have its as two both in a an on
    or we can was were if all any each than more less only when
    """
)
_OTHER = word_set(
    """
    der die das und ist nicht ein eine für mit auf den dem von wird le la les des est une et dans pour
    sur du que el los las es una y para con il è di che per della um uma não och att som det een het van
    """
)
_SHORT = 8


def is_english(passages: Iterable[Passage]) -> bool:
    """Tell whether a text seems to be English.

    A text of a few words counts as English unless they are of another language.
    """
    words = [
        token.text
        for passage in passages
        for token in passage.tokens
        if token.kind is TokenKind.WORD and token.formula < 0
    ]
    if any(ord(word[0]) > _LATIN for word in words if len(word) > 1):
        return False
    english = sum(word in _ENGLISH for word in words)
    if sum(word in _OTHER for word in words) > english:
        return False
    return english * 12 >= len(words) or len(words) < _SHORT


_LATIN = 0x24F


def _check_properties(said: Wording, evidence: Evidence) -> Iterator[Difference]:
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
                text[:5] == one[:5] for one in stems if len(text) > 6
            ):
                yield Difference(f"no '{text}' in the abstract", (place,), doubt=text in SOFT_PROPERTIES)
                return
        elif required and _is_only_denied(family, evidence.record.wording):
            yield Difference(f"the abstract does not ask for '{text}'", (place,))
            return
        elif required and not family & near and not family & evidence.quoted.vocabulary:
            yield Difference(f"no '{text}' in the quoted words", (place,), doubt=True)
            return


def _check_requirements(said: Wording, evidence: Evidence) -> Iterator[Difference]:
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
            yield Difference(f"no '{word.text}' in the abstract", (word.place,), doubt=True)
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


def _check_names(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Names of people, theorems, data sets and methods that the record does not have."""
    for place, shown, parts in names_in(said.tokens):
        if parts in UNITS:
            continue
        if not is_known(parts, evidence.record.names, evidence.record.initials):
            doubt = parts in PLACES or _is_spelled_out(parts, evidence.sentence)
            doubt = doubt or (is_acronym(shown) and not _has_rival(said, evidence))
            yield Difference(f"no '{shown}' in the abstract", (place,), doubt=doubt)
            return
    yield from _check_exchanged_names(said, evidence)
    yield from _numbered(said.tokens, evidence.record)


def _check_exchanged_names(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """A name of the paper where the quoted words, and their sentence, have another."""
    stated = _names_beyond(said, evidence.sentence)
    theirs = _names_beyond(evidence.quoted, said)
    if stated and theirs:
        place, _ = stated[0]
        yield Difference(f"the quoted words say '{theirs[0][1]}'", (place,), doubt=True)


def _names_beyond(wording: Wording, other: Wording) -> list[tuple[int, str]]:
    """The names of a text that another does not have in any form, each with its place."""
    initials = "".join([word.text[0] for word in other.words])
    known = other.vocabulary | frozenset(other.texts)
    return [
        (place, shown)
        for place, shown, parts in names_in(wording.tokens)
        if not is_known(parts, known, initials) and not _is_spelled_out(parts, other)
    ]


def _is_spelled_out(name: str, other: Wording) -> bool:
    """Tell whether a name is a part of what the other text abbreviates: `Dual` of DPA."""
    return any(
        len(token.raw) > 1 and token.raw[:-1].isupper() and name[:1] in token.text for token in other.tokens
    )


def _has_rival(said: Wording, evidence: Evidence) -> bool:
    """Tell whether the quoted words have a name that the statement has not."""
    mine = said.vocabulary
    return any(
        parts not in mine for _, shown, parts in names_in(evidence.quoted.tokens) if not shown[1:].islower()
    )


def _check_equivalence(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`If and only if` where the quoted words and their sentence say less."""
    text = f" {' '.join(said.texts)} "
    phrase = next((one for one in _EQUIVALENCES if f" {one} " in text), "")
    sources = (evidence.quoted.vocabulary, evidence.sentence.vocabulary)
    if not phrase or any(words & _EQUIVALENT for words in sources):
        return
    if "⇔" in evidence.sentence.texts or "only if" in " ".join(evidence.sentence.texts):
        return
    places = said.places_of(frozenset(("only", "iff", "necessary")))[:1]
    yield Difference(f"no '{phrase}' in the abstract", places)


_EQUIVALENCES = ("if and only if", "iff", "necessary and sufficient", "sufficient and necessary")
_EQUIVALENT = word_set(
    """
    iff equivalent equivalently equivalence equivalences exactly precisely characterize characterise
    characterizes characterises characterized characterised characterization characterisation criterion
    criteria necessary coincide coincides classify classifies classification
    """
)


def _check_exclusive(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`Only` where the quoted words and their sentence have no word of the kind."""
    for place, text in enumerate(said.texts):
        if text not in ("only", "solely", "exclusively") or said.tokens[place].formula >= 0:
            continue
        if said.texts[place - 1 : place] in (["not"], ["and"], ["if"]):
            return
        if "both" not in evidence.quoted.vocabulary and evidence.sentence.vocabulary & _EXCLUSIVE:
            return
        yield Difference(f"no '{text}' in the quoted words", (place,), doubt=True)
        return


_EXCLUSIVE = NEGATORS | word_set(
    """
    only solely exclusively alone just merely sole single purely entirely simply limited restricted
    previously unique uniquely unless except exactly precisely at most small few rather instead
    """
)


def _check_or_not(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`Connected or not` where the quoted words or their sentence ask for `connected`."""
    texts = said.texts
    for place in range(1, len(texts) - 1):
        if texts[place : place + 2] == ["or", "not"]:
            word = next((one for one in said.words if one.place == place - 1), None)
            named = word is not None and word.stem in evidence.sentence.stems
            if word is not None and named and f"non{word.text}" not in evidence.sentence.vocabulary:
                yield Difference(f"the abstract says '{word.text}'", (word.place,))
                return


def _check_compounds(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`A-complete` where the quoted words say `B-complete`."""
    quoted = [text for text, _ in evidence.quoted.compounds]
    for text, place in said.compounds:
        head, _, tail = text.rpartition("-")
        if not head or not tail or not tail.isalpha() or text in evidence.sentence.vocabulary:
            continue
        rivals = [one for one in quoted if one.rpartition("-")[2] == tail and one != text]
        if (
            rivals
            and not (rivals[0].startswith("non-") and set(said.texts) & NEGATORS)
            and text not in quoted
            and not set(rivals) & said.vocabulary
            and head not in evidence.sentence.vocabulary
        ):
            yield Difference(f"the abstract says '{rivals[0]}'", (place,))
            return
        if rivals and not set(rivals) & said.vocabulary and tail in _CLASS_TAILS and text not in quoted:
            yield Difference(f"the abstract says '{rivals[0]}'", (place,))
            return


_CLASS_TAILS = word_set(
    """
    complete hard dimensional free order optimal continuous time
    """
)


_CHECKS: tuple[Callable[[Wording, Evidence], Iterator[Difference]], ...] = (
    check_dimensions,
    check_numbers,
    check_negations,
    check_opposites,
    check_quantifiers,
    check_strength,
    _check_properties,
    _check_requirements,
    _check_compounds,
    _check_equivalence,
    _check_exclusive,
    check_formula_nouns,
    _check_names,
    check_directions,
    check_superior,
    check_than,
    check_order,
    check_denied,
    check_bindings,
    check_values,
    check_alternatives,
    _check_or_not,
)
