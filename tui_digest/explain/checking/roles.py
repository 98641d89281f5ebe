"""Roles that a statement exchanges although its words are those of the paper."""

from __future__ import annotations

from collections.abc import Iterator

from tui_digest.explain.checking.evidence import Difference, Evidence
from tui_digest.explain.checking.formula_tokens import TokenKind
from tui_digest.explain.checking.names import names_in
from tui_digest.explain.checking.opposites import sides_of
from tui_digest.explain.checking.rates import power_form
from tui_digest.explain.checking.vocabulary import DIRECTED, NEGATORS, SUPERIOR_WORDS, word_set
from tui_digest.explain.checking.wording import Wording, is_content

_REACH = 3
_CLAUSE_SIGNS = frozenset(",;:()—")
_JOINING = frozenset(("and", "or", "-"))
_CLAUSE_WORDS = word_set("while whereas but and although though when where if because whether")


def check_directions(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Two things compared the other way round: A outperforms B, and B outperforms A."""
    for source in (evidence.quoted, evidence.sentence):
        for mine in _directed(said):
            for theirs in _directed(source):
                verb, before, after, place = mine
                other, first, second, _ = theirs
                if verb != other:
                    continue
                both = before & after | first & second
                swapped = ((before & second) - both, (after & first) - both)
                straight = (before & first | after & second) - both
                if all(swapped) and len(swapped[0] | swapped[1]) > len(straight):
                    yield Difference.source("compares them the other way round", (place,))
                    return


def _keys(wording: Wording) -> list[tuple[int, str]]:
    """The stems of content words and the terms of formulas, each with its place."""
    compounds = {part: text for text, place in wording.compounds for part in _parts_of(wording, place)}
    keys = [
        (word.place, compounds.get(word.place, word.stem))
        for word in wording.words
        if (is_content(word.text) and not word.text.endswith("ly")) or word.place in compounds
    ]
    return keys + [(operand.place, power_form(operand.texts)) for operand in wording.operands]


def _parts_of(wording: Wording, place: int) -> range:
    """The places of the parts of the hyphenated word that begins with a token."""
    end = place + 1
    while end < len(wording.tokens) and wording.tokens[end].joined:
        end += 1
    return range(place, end)


def _directed(wording: Wording) -> Iterator[tuple[str, frozenset[str], frozenset[str], int]]:
    """Each verb that compares, with the stems on either side and its place."""
    keys = _keys(wording)
    texts = wording.texts
    for word in wording.words:
        if word.text not in DIRECTED:
            continue
        before = frozenset(key for place, key in keys if place < word.place and key != word.stem)
        after = frozenset(key for place, key in keys if place > word.place and key != word.stem)
        passive = "by" in texts[word.place + 1 : word.place + 4]
        name = "than" if word.text == "than" else word.stem
        yield (name, after, before, word.place) if passive else (name, before, after, word.place)


def check_superior(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`A is better than B` where the quoted words rank B higher."""
    mine = _ranked(said)
    if mine is None:
        return
    better, worse, place = mine
    for source in (evidence.quoted, evidence.sentence):
        theirs = _ranked(source)
        if theirs is not None:
            first, second, _ = theirs
            both = better & worse | first & second
            if (
                ((worse & first) - both or (better & second) - both)
                and not (better & first) - both
                and not (worse & second) - both
            ):
                yield Difference.source("compares them the other way round", (place,))
            return


_OVER = word_set("than over to")
_RANKING = SUPERIOR_WORDS | word_set(
    "superiority advantage advantages improvement faster cheaper stronger more higher larger outperforming"
)


def _ranked(wording: Wording) -> tuple[frozenset[str], frozenset[str], int] | None:
    """Return what a text ranks higher and what lower: `superiority of A over B`."""
    texts = wording.texts
    if set(texts) & (NEGATORS | {"worse", "inferior", "less", "as", "fewer"}):
        return None
    rank = next((place for place, text in enumerate(texts) if text in _RANKING), -1)
    if rank < 0:
        return None
    over = next((place for place in range(rank, len(texts)) if texts[place] in _OVER), len(texts))
    keys = [key for key in _keys(wording) if texts[key[0]] not in _RANKING]
    of = texts[rank + 1 : rank + 2] == ["of"]
    better = frozenset(key for place, key in keys if (rank < place < over if of else place < rank))
    if over == len(texts) and texts[rank] not in DIRECTED:
        return better, frozenset(), rank
    edge = over if over < len(texts) else rank
    worse = frozenset(key for place, key in keys if place > edge)
    return better, worse if better else frozenset(), rank


def check_than(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`… than A` where the quoted words have A before their `than`."""
    mine, theirs = _around_than(said), _around_than(evidence.quoted)
    if mine is None or theirs is None:
        return
    before, after, place = mine
    first, second, _ = theirs
    if before & second and not after & second:
        yield Difference.source("compares them the other way round", (place,), doubt=not after & first)


def _around_than(wording: Wording) -> tuple[frozenset[str], frozenset[str], int] | None:
    """The stems before `than`, and the first two behind it; hyphenated words are one."""
    texts = wording.texts
    if texts.count("than") != 1 or set(texts) & (NEGATORS | {"rather", "other"}):
        return None
    than = texts.index("than")
    keys = sorted(_keys(wording))
    before = frozenset(key for place, key in keys if place < than)
    after = frozenset([key for place, key in keys if place > than][:2])
    return (before, after, than) if after else None


def check_order(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`From A to B` where the quoted words go from B to A."""
    mine = _from_to(said)
    theirs = _from_to(evidence.quoted) or _from_to(evidence.sentence)
    if mine and theirs and (mine[0], mine[1]) == (theirs[1], theirs[0]) and mine[0] != mine[1]:
        yield Difference.source(f"says from {theirs[0]} to {theirs[1]}", (mine[2],))


def _from_to(wording: Wording) -> tuple[str, str, int] | None:
    """The numbers or terms of `from … to …`."""
    texts = wording.texts
    for place, text in enumerate(texts):
        if text == "from":
            start = _value(wording, place + 1)
            for to in range(place + 2, min(place + 8, len(texts))):
                if texts[to] == "to" and start and (end := _value(wording, to + 1)):
                    return start, end, place
    return None


def _value(wording: Wording, place: int) -> str:
    for token in wording.tokens[place : place + 2]:
        if token.kind is TokenKind.NUMBER:
            return token.text
    return next((word.stem for word in wording.words if word.place == place and is_content(word.text)), "")


_DENYING = (("rather", "than"), ("instead", "of"), ("as", "opposed", "to"), ("not",))


def check_denied(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`B rather than A`, or `B, not A`, where the quoted words have `A rather than B`."""
    mine, theirs = _asserted(said), _asserted(evidence.quoted)
    if mine is None or theirs is None:
        return
    asserted, denied, place = mine
    first, second, _ = theirs
    both = asserted & denied | first & second
    if (asserted & second) - both and (denied & first) - both and not (denied & second) - both:
        yield Difference.source("has it the other way round", (place,))


def _asserted(wording: Wording) -> tuple[frozenset[str], frozenset[str], int] | None:
    """Return what a text asserts and, behind `rather than` and the like, denies."""
    texts = wording.texts
    for place in range(1, len(texts)):
        phrase = next(
            (denying for denying in _DENYING if tuple(texts[place : place + len(denying)]) == denying), None
        )
        if phrase is None or (phrase == ("not",) and not _is_contrast(wording, place)):
            continue
        end = next(
            (
                index
                for index in range(place + len(phrase) + 1, len(texts))
                if texts[index] in ("but", "and", "while") or set(wording.tokens[index].gap) & _CLAUSE_SIGNS
            ),
            len(texts),
        )
        keys = [(word.place, word.stem) for word in wording.words if is_content(word.text)]
        denied = frozenset(key for at, key in keys if place < at < end)
        return frozenset(key for at, key in keys if at < place or at >= end), denied, place
    return None


def _is_contrast(wording: Wording, place: int) -> bool:
    """Tell whether a `not` sets two things against each other: `A, not B`."""
    return "," in wording.tokens[place].gap or wording.texts[place - 1] in ("but", "and")


def check_alternatives(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """`A and also B` where the quoted words say `A or B`."""
    keys = sorted(_keys(evidence.quoted))
    mine = sorted(_keys(said))
    for place, text in enumerate(evidence.quoted.texts):
        if text != "or":
            continue
        before = [key for at, key in keys if at < place][-1:]
        after = [key for at, key in keys if at > place][:1]
        first = next((at for at, key in mine if [key] == before), -1)
        second = next((at for at, key in reversed(mine) if [key] == after), -1)
        between = said.texts[first + 1 : second] if 0 <= first < second else []
        if "and" in between and "or" not in said.texts:
            yield Difference.source("says 'or'", (first + 1 + between.index("and"),), doubt=True)
            return


def check_values(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Two numbers or terms that have exchanged the words they are said of."""
    theirs = _values_with_words(evidence.sentence)
    mine = _values_with_words(said)
    shared = [value for value in mine if value in theirs]
    for index, one in enumerate(shared):
        for other in shared[index + 1 :]:
            own, rival = theirs[one][1] - theirs[other][1], theirs[other][1] - theirs[one][1]
            first, second = mine[one][1], mine[other][1]
            swapped, straight = (first & rival, second & own), (first & own) | (second & rival)
            if all(swapped) and len(swapped[0] | swapped[1]) > len(straight):
                places = (mine[one][0], mine[other][0])
                yield Difference.source("has them the other way round", places, doubt=bool(straight))
                return


def _values_with_words(wording: Wording) -> dict[str, tuple[int, set[str]]]:
    """The numbers and terms, each with its place and the stems beside it."""
    values = {operand.place: power_form(operand.texts) for operand in wording.operands}
    values |= {quantity.place: quantity.value for quantity in wording.quantities}
    values |= {place: name for place, shown, name in names_in(wording.tokens) if not shown[1:].islower()}
    words = {
        word.place: word.stem for word in wording.words if is_content(word.text) and word.place not in values
    }
    found: dict[str, tuple[int, set[str]]] = {}
    places = sorted(values)
    for index, place in enumerate(places):
        low = places[index - 1] if index else -1
        high = places[index + 1] if index + 1 < len(places) else len(wording.tokens)
        low, high = max(low, place - _SPAN), min(high, place + _SPAN)
        beside = {
            word
            for at, word in words.items()
            if low < at < high and not _parted(wording, min(at, place), max(at, place))
        }
        if values[place] in found:
            beside |= found[values[place]][1]
        found[values[place]] = (place, beside)
    return found


_SPAN = 7


def check_bindings(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Two opposites that have exchanged what they are said of."""
    stated, near = said.vocabulary, evidence.sentence.vocabulary
    for first, second in sides_of(stated):
        if not near & first or not near & second:
            continue
        mine, own, other = (
            _bound(wording, words, against)
            for wording, words, against in (
                (said, first, second),
                (evidence.sentence, first, second),
                (evidence.sentence, second, first),
            )
        )
        if mine & (other - own) and not mine & own:
            theirs = _bound(said, second, first)
            swapped = bool(theirs & (own - other)) and not theirs & other
            if stated & second and not swapped:
                continue
            word = next(word for word in evidence.sentence.words if word.text in second)
            places = said.places_of(first)
            yield Difference.source(f"says it of '{word.text}'", places, doubt=not swapped)
            return


def _bound(wording: Wording, words: frozenset[str], against: frozenset[str]) -> set[str]:
    """The stems beside the words in their clause, nearer than their opposites."""
    found: set[str] = set()
    content = [word for word in wording.words if is_content(word.text) or word.text in words | against]
    for index, word in enumerate(content):
        if word.text not in words:
            continue
        for step in (1, -1):
            for other in content[index + step : index + step * (_REACH + 1) or None : step]:
                low, high = sorted((word.place, other.place))
                if other.text in against:
                    # `maximal and average` share what they are said of.
                    if not set(wording.texts[low:high]) & _JOINING:
                        break
                    continue
                if _parted(wording, low, high):
                    break
                found.add(other.stem)
    return found


def _parted(wording: Wording, low: int, high: int) -> bool:
    """Tell whether a clause ends between two tokens."""
    return any(
        set(wording.tokens[place].gap) & _CLAUSE_SIGNS or wording.texts[place] in _CLAUSE_WORDS
        for place in range(low + 1, high + 1)
    )
