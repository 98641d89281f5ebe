"""`If and only if`, `only` and `or not` in a statement, against its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from tui_digest.explain.checking.evidence import Difference, Evidence
from tui_digest.explain.checking.vocabulary import NEGATORS, word_set
from tui_digest.explain.checking.wording import Wording


def check_equivalence(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`If and only if` where the quoted words and their sentence say less."""
    text = f" {' '.join(said.texts)} "
    phrase = next((equivalence for equivalence in _EQUIVALENCES if f" {equivalence} " in text), "")
    sources = (evidence.quoted.vocabulary, evidence.sentence.vocabulary)
    if not phrase or any(words & _EQUIVALENT for words in sources):
        return
    if "⇔" in evidence.sentence.texts or "only if" in " ".join(evidence.sentence.texts):
        return
    places = said.places_of(frozenset(("only", "iff", "necessary")))[:1]
    yield Difference.absent(f"'{phrase}'", places)


_EQUIVALENCES = ("if and only if", "iff", "necessary and sufficient", "sufficient and necessary")
_EQUIVALENT = word_set(
    """
    iff equivalent equivalently equivalence equivalences exactly precisely characterize characterise
    characterizes characterises characterized characterised characterization characterisation criterion
    criteria necessary coincide coincides classify classifies classification
    """
)


def check_exclusive(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`Only` where the quoted words and their sentence have no word of the kind."""
    for place, text in enumerate(said.texts):
        if text not in ("only", "solely", "exclusively") or said.tokens[place].formula >= 0:
            continue
        if said.texts[place - 1 : place] in (["not"], ["and"], ["if"]):
            return
        if "both" not in evidence.quoted.vocabulary and evidence.sentence.vocabulary & _EXCLUSIVE:
            return
        yield Difference.unquoted(f"'{text}'", (place,), doubt=True)
        return


_EXCLUSIVE = NEGATORS | word_set(
    """
    only solely exclusively alone just merely sole single purely entirely simply limited restricted
    previously unique uniquely unless except exactly precisely at most small few rather instead
    """
)


def check_or_not(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`Connected or not` where the quoted words or their sentence ask for `connected`."""
    texts = said.texts
    for place in range(1, len(texts) - 1):
        if texts[place : place + 2] == ["or", "not"]:
            word = next((before for before in said.words if before.place == place - 1), None)
            named = word is not None and word.stem in evidence.sentence.stems
            if word is not None and named and f"non{word.text}" not in evidence.sentence.vocabulary:
                yield Difference.source(f"says '{word.text}'", (word.place,))
                return
