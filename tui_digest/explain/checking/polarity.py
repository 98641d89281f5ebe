"""Negations and opposites: whether a statement turns what its evidence says."""

from __future__ import annotations

from collections.abc import Iterator

from tui_digest.explain.checking.evidence import Difference, Evidence
from tui_digest.explain.checking.opposites import sides_of
from tui_digest.explain.checking.vocabulary import (
    EXCUSES,
    FORBIDDING,
    LIGHT_WORDS,
    NEGATIVE_PREFIXES,
    NEGATORS,
    SOFT_NEGATIVES,
    word_set,
)
from tui_digest.explain.checking.wording import Wording, is_content

_SCOPE = 6
_CLAUSE_ENDS = word_set("and but or while which that because where when although")
_PARTING = frozenset(",;:()-–—")


def check_negations(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Yield negations that the statement lacks, or has and the quoted words do not."""
    negative = is_negative(said, evidence.quoted.vocabulary)
    if not negative:
        direct = {word for word, scope in _negated(evidence.quoted, directly=True) if scope & said.stems}
        for word, scope in _negated(evidence.quoted):
            if scope & said.stems:
                # What is negated may also be said in other words, such as `stays` for `cannot change`.
                doubt = word not in direct
                yield Difference.source(f"says '{word}'", _places(said, scope), doubt=doubt)
                return
        yield from _forbidden(said, evidence)
        return
    sure = evidence.quoted.vocabulary & _SURE
    if (
        sure
        and not said.vocabulary & _SURE
        and ("need not" in " ".join(said.texts) or "cannot" in said.texts)
    ):
        yield Difference.source(f"says '{next(iter(sure))}'")
        return
    yield from _with_and_without(said, evidence)
    if is_negative(evidence.quoted):
        return
    for word, scope in _negated(said, directly=True):
        if scope & evidence.quoted.stems and not _is_excused(evidence.quoted, scope):
            doubt = word.startswith(("lack", "fail", "unable", "imposs"))
            yield Difference.absent(f"'{word}'", _places(said, scope), doubt=doubt)
            return


def _is_excused(quoted: Wording, scope: frozenset[str]) -> bool:
    """Tell whether what is negated has a word of negative sense near it."""
    excuses = EXCUSES - {"only", "but"} if "not only" in " ".join(quoted.texts) else EXCUSES
    return all(
        set(quoted.texts[max(0, word.place - _NEAR) : word.place + _NEAR + 1]) & excuses
        for word in quoted.words
        if word.stem in scope
    )


_NEAR = 6
_SURE = word_set("must always")


def _with_and_without(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Yield `without X` where the quoted words say `with X`."""
    quoted = evidence.quoted
    texts = quoted.texts
    if is_negative(quoted):
        return
    for word, scope in _negated(said):
        if word in ("without", "no"):
            for other in quoted.words:
                if other.stem in scope and "with" in texts[max(0, other.place - 3) : other.place]:
                    yield Difference.source("says 'with'", _places(said, scope))
                    return


def _forbidden(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Yield what is asserted although the quoted words say it is prevented."""
    if said.vocabulary & FORBIDDING:
        return
    stems = {word.place: word.stem for word in evidence.quoted.words if is_content(word.text)}
    for word in evidence.quoted.words:
        if word.text in FORBIDDING:
            scope = _scope(evidence.quoted, stems, word.place, 1, directly=True)
            if scope & said.stems:
                doubt = word.text.startswith(("preclud", "prevent"))
                yield Difference.source(f"says '{word.text}'", _places(said, scope), doubt=doubt)
                return


def is_negative(wording: Wording, besides: frozenset[str] = frozenset()) -> bool:
    """Tell whether a text has a negation, or a word for one that is not in `besides`."""
    texts = wording.texts
    return any(
        (word.text in NEGATORS and texts[word.place + 1 : word.place + 2] != ["only"])
        or (word.text not in NEGATORS and word.text not in besides and _is_negative_word(word.text))
        for word in wording.words
    ) or any(token.text in ("≠", "∉", "≰", "≱", "⊄") for token in wording.tokens)


def _is_negative_word(word: str) -> bool:
    if word in NEGATORS or word in SOFT_NEGATIVES or word.endswith(("less", "free", "n't")):
        return True
    return len(word) > 5 and word.startswith(NEGATIVE_PREFIXES) and word not in _NOT_NEGATIVE


_NOT_NEGATIVE = word_set(
    """
    under understand understanding understood unit units united unify unified unifies unifying union
    unions unique uniquely uniqueness uniform uniformly universal universally universe university
    information inequality inequalities interest interesting interpretation interval intervals
    interpret into indeed index individual integral integer integers integrable infer inference
    initial initially inner input inside instance instances intermediate introduce introduced
    introduces introducing invariant invariants invariance inverse investigate investigated image
    images implement implemented implies imply implied important importance impose imposed improve
    improved improves improvement improving impact distance distances distribution distributions
    discuss discussed discrete disk discs display displacement dissipative dissipation distinct
    distinguish distributed discover discovered discovery increase increases increased increasing
    indicate indicates indicated induce induced infinite infinitely infinity include includes
    included including intrinsic intersection intersections irreducible unitary unital unstable
    incompressible insight insights inspired integrate integrated integration intensity interact
    interaction interactions interface internal international interior industrial inductive
    induction influence instead institute intelligence intelligent intended intuition intuitive
    invest inventory involve involves involved unbounded uncertainty immediately immersion imaging
    dissection
    """
) - {"instead", "infinite", "unbounded", "irreducible"}


def _negated(wording: Wording, *, directly: bool = False) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each negation with the stems of what it negates.

    With `directly` that is the nearest content word only.
    """
    tokens, texts = wording.tokens, wording.texts
    stems = {word.place: word.stem for word in wording.words if is_content(word.text)}
    for place, text in enumerate(texts):
        if text not in NEGATORS or tokens[place].formula >= 0:
            continue
        following = texts[place + 1 : place + 3]
        if (
            following[:1] in (["only"], ["every"], ["all"], ["each"])
            or following[1:2] == ["than"]
            or following[:1] in (["more"], ["less"], ["fewer"], ["larger"], ["worse"], ["better"], ["later"])
            or texts[max(0, place - 1) : place] == ["even"]
            or texts[max(0, place - 2) : place] in (["with", "and"], ["with", "or"])
            or (text == "no" and following[:1] == ["matter"])
        ):
            continue
        behind = _scope(wording, stems, place, 1, directly=directly)
        wide = text.startswith("fail") or (directly and not behind) or text in ("neither", "none", "nor")
        before = _scope(wording, stems, place, -1, directly=directly) if wide or not behind else frozenset()
        word = "need not" if text == "not" and place and texts[place - 1] == "need" else text
        yield word, behind | before


def _scope(
    wording: Wording, stems: dict[int, str], place: int, step: int, *, directly: bool
) -> frozenset[str]:
    tokens, texts = wording.tokens, wording.texts
    found: set[str] = set()
    for distance in range(1, _SCOPE + 1):
        index = place + step * distance
        if not 0 <= index < len(tokens):
            break
        edge = tokens[index] if step > 0 else tokens[index + 1]
        word = tokens[index].text
        if step > 0 and texts[place] in _PARTITIVE and word in ("of", "which", "them", "these", "those"):
            continue
        if set(edge.gap) & _PARTING or word in _CLAUSE_ENDS:
            break
        if word in LIGHT_WORDS:
            continue
        if index in stems:
            found.add(stems[index])
            if directly:
                break
        elif directly and tokens[index].formula >= 0:
            break
    return frozenset(found)


_PARTITIVE = frozenset(("neither", "none"))


def _places(said: Wording, stems: frozenset[str]) -> tuple[int, ...]:
    return tuple(word.place for word in said.words if word.stem in stems)[:3]


def check_opposites(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """A word whose opposite the quoted words have, unless a negation makes up for it."""
    stated, quoted = _free_words(said), _free_words(evidence.quoted)
    flipped = _is_negated(said) != _is_negated(evidence.quoted)
    if not flipped:
        for first, second in sides_of(stated):
            if stated & second or quoted & first:
                continue
            if not quoted & second:
                yield from _opposite_nearby(said, evidence, first, second)
                continue
            theirs = [word.text for word in evidence.quoted.words if word.text in second]
            if not theirs:
                continue
            doubt = not _same_company(said, evidence, first, second)
            places = said.places_of(first)
            yield Difference.source(f"says '{theirs[0]}'", places, doubt=doubt)
            if not doubt:
                return
    yield from _prefixes(said, evidence, flipped=flipped)


def _opposite_nearby(
    said: Wording, evidence: Evidence, first: frozenset[str], second: frozenset[str]
) -> Iterator[Difference]:
    """Yield an opposite beside the same word elsewhere in the sentence."""
    near = evidence.sentence
    if near.vocabulary & first or not near.vocabulary & second or _is_negated(near):
        return
    if _neighbours(said, first) & _neighbours(near, second):
        theirs = next(word.text for word in near.words if word.text in second)
        places = said.places_of(first)
        yield Difference.source(f"says '{theirs}'", places, doubt=True)


def _free_words(wording: Wording) -> frozenset[str]:
    """Return the words apart from comparisons with a number or formula.

    Those are compared as comparisons.
    """
    texts = wording.texts
    bound = {
        word.text
        for word in wording.words
        if word.place in wording.comparing or texts[word.place - 1 : word.place] == ["than"]
    }
    return wording.vocabulary - bound if bound else wording.vocabulary


def _same_company(said: Wording, evidence: Evidence, first: frozenset[str], second: frozenset[str]) -> bool:
    """Tell whether a word and its opposite are beside the same word."""
    return bool(_neighbours(said, first) & _neighbours(evidence.quoted, second))


def _neighbours(wording: Wording, words: frozenset[str]) -> set[str]:
    """The stems of the content words beside the words, two on either side."""
    content = [word for word in wording.words if is_content(word.text) or word.text in words]
    return {
        other.stem
        for index, word in enumerate(content)
        if word.text in words
        for other in content[max(0, index - 2) : index + 3]
        if other.text not in words
    }


_GRADING = word_set(
    """
    non un in im ir il dis de sub super quasi semi pseudo anti near hyper a
    """
)


_QUALITIES = tuple(
    word_set(
        """
        ar al ate ic ous ive ly ex ave ble ant ent ed ian ary oth act ity ness ence ance ect ute ite
        ain ure ple ase ise rsal
        """
    )
)


def _prefixes(said: Wording, evidence: Evidence, *, flipped: bool) -> Iterator[Difference]:
    """Yield words that only one side has with a prefix that changes their meaning."""
    texts = said.texts
    stated = [
        word for word in said.words if len(word.text) > 4 and texts[word.place - 1 : word.place] != ["than"]
    ]
    quoted = [word for word in evidence.quoted.words if len(word.text) > 4]
    near = evidence.sentence.vocabulary
    for one in stated:
        company = _neighbours(said, frozenset((one.text,))) if one.text in near else None
        if company is not None and one.text in evidence.quoted.vocabulary:
            continue
        for other in quoted:
            if other.text in said.vocabulary:
                continue
            shorter, longer = sorted((one.text, other.text), key=len)
            prefix = longer.removesuffix(shorter)
            if prefix not in _GRADING or not shorter.endswith(_QUALITIES):
                continue
            if company is not None and not company & _neighbours(evidence.quoted, frozenset((other.text,))):
                continue
            if not (flipped and prefix in NEGATIVE_PREFIXES):
                doubt = prefix in ("semi", "quasi", "pseudo", "near")
                yield Difference.source(f"says '{other.text}'", (one.place,), doubt=doubt)
                return


def _is_negated(wording: Wording) -> bool:
    texts = wording.texts
    return any(
        text in NEGATORS
        and texts[place + 1 : place + 2] != ["only"]
        and texts[place + 2 : place + 3] != ["than"]
        for place, text in enumerate(texts)
    )
