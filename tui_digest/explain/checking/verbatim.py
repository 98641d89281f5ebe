"""Verbatim search of quotations, and of context that changes their meaning."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from tui_digest.explain.checking.formula_tokens import TokenKind
from tui_digest.explain.checking.passage import Passage, Token
from tui_digest.explain.checking.vocabulary import word_set

FEWEST_WORDS = 4
_FORMULA_WORDS = 2
_MOST_GAPS = 3
# How many words may lie between a word that turns the meaning and the quotation that it governs.
_REACH_BEFORE = 3

_RATES = frozenset("OoΩΘ")


class Match(NamedTuple):
    """Place of a quotation: the tokens from `first` to `last` of a passage.

    `cut` is the word beside the quotation, or omitted from it, that turns its meaning ("" for none).
    """

    passage: Passage
    first: int
    last: int
    cut: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """The place of the quotation in the passage's text."""
        tokens = self.passage.tokens
        return tokens[self.first].start, tokens[self.last - 1].end


def find_quotation(quotation: Passage, passage: Passage) -> Match | None:
    """Return where the quotation is in the passage, None if it is not there.

    Parts around an ellipsis must come in order within one sentence. Of several places the one
    whose context says the same is taken.
    """
    parts = _parts(quotation)
    if not parts or len(parts) > _MOST_GAPS + 1:
        return None
    best: Match | None = None
    for places in _places(parts, passage):
        first, last = places[0][0], places[-1][1]
        found = Match(passage, first, last, _turning_word(passage, places))
        if not found.cut:
            return found
        best = best or found
    return best


def is_evidence(quotation: Passage) -> bool:
    """Tell whether a quotation is long enough to carry a statement.

    That is four words, a formula beside words counting as two of them, or a formula that says
    something: a relation or a rate.
    """
    words = 0
    formulas: dict[int, list[Token]] = {}
    for token in quotation.tokens:
        if token.formula >= 0:
            formulas.setdefault(token.formula, []).append(token)
        elif token.kind in (TokenKind.WORD, TokenKind.NUMBER) and not token.joined:
            words += 1
    if words + (_FORMULA_WORDS * len(formulas) if words else 0) >= FEWEST_WORDS:
        return True
    return any(_says_something(tokens) for tokens in formulas.values())


def _says_something(formula: list[Token]) -> bool:
    """Tell whether a formula is a relation with something on a side, or a rate."""
    if len(formula) < 2:
        return False
    if any(token.kind is TokenKind.RELATION for token in formula):
        return True
    return any(
        token.text in _RATES and following.text in "([{" and token.depth == following.depth
        for token, following in pairwise(formula)
    )


def _parts(quotation: Passage) -> list[Passage]:
    """The quotation between its ellipses."""
    gaps = [token for token in quotation.tokens if token.kind is TokenKind.ELLIPSIS and token.formula < 0]
    if not gaps:
        return [quotation] if quotation.comparable.folded else []
    edges = [0, *[edge for gap in gaps for edge in (gap.start, gap.end)], len(quotation.text)]
    parts = [Passage(quotation.text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [part for part in parts if part.comparable.folded]


def _places(parts: list[Passage], passage: Passage) -> list[list[tuple[int, int]]]:
    """Return where the parts are, as token ranges.

    A single part gives all its places; several parts have to be in one sentence.
    """
    found = [_occurrences(part, passage) for part in parts]
    if len(parts) == 1:
        return [[place] for place in found[0]]
    sentences = passage.sentences
    chains = [[place] for place in found[0]]
    for places in found[1:]:
        chains = [
            [*chain, place]
            for chain in chains
            for place in places
            if place[0] >= chain[-1][1] and sentences[place[1] - 1] == sentences[chain[0][0]]
        ][:20]
    return chains


def _occurrences(part: Passage, passage: Passage) -> list[tuple[int, int]]:
    wanted, source = part.comparable, passage.comparable
    size = len(wanted.folded)
    found = []
    place = source.folded.find(wanted.folded)
    while place >= 0:
        end = place + size
        if (
            source.begins[place]
            and source.ends[end - 1]
            and all(place + edge in source.edges for edge in wanted.hard)
            and all(edge - place in wanted.edges for edge in source.hard if place < edge < end)
            and _same_letters(wanted.raw, wanted.formula, source.raw, source.formula, place)
        ):
            found.append(_with_silent(passage, source.token[place], source.token[end - 1] + 1))
        place = source.folded.find(wanted.folded, place + 1)
    return found


def _with_silent(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """Extend a token range by uncompared tokens of the same formula, such as brackets."""
    tokens = passage.tokens
    while (
        last < len(tokens)
        and not tokens[last].compared
        and tokens[last].formula == tokens[last - 1].formula >= 0
    ):
        last += 1
    while (
        first > 0
        and not tokens[first - 1].compared
        and tokens[first - 1].formula == tokens[first].formula >= 0
    ):
        first -= 1
    return first, last


def _same_letters(
    wanted: str, wanted_formula: list[bool], source: str, source_formula: list[bool], place: int
) -> bool:
    """Tell whether the letters of formulas have the same case."""
    if wanted == source[place : place + len(wanted)]:
        return True
    return all(
        letter == source[place + index] or not (wanted_formula[index] or source_formula[place + index])
        for index, letter in enumerate(wanted)
    )


# Words that turn the meaning of what follows them, and of what they follow.
_TURNS_BEFORE = word_set(
    """
    not no never without cannot nor neither hardly fail fails failed failing unable impossible
    unlikely unless whether conjecture conjectures conjectured conjectural hypothesize hypothesise
    hypothesized hypothesised speculate believed unclear unknown disprove disproves refute refutes
    lack lacks lacking absence false don't doesn't didn't isn't aren't wasn't weren't can't couldn't
    won't wouldn't shouldn't hasn't haven't barely scarcely nonexistence
    """
)
_TURNS_BEHIND = word_set(
    """
    refuted disproved disproven rejected debunked
    not cannot never unless except excluding barring fail fails failed only don't doesn't didn't
    isn't aren't can't won't wasn't weren't false unlikely
    """
)
_TURNING_PAIRS = frozenset(
    (
        ("need", "not"),
        ("no", "longer"),
        ("only", "if"),
        ("if", "only"),
        ("only", "when"),
        ("only", "for"),
        ("only", "in"),
    )
)
# Behind these a new clause begins, which a word before them does not govern.
_CLAUSE = word_set(
    """
    but while whereas although though however which because since so hence thus therefore then
    """
)
_JOINING = frozenset(("and", "or"))
_PARTING = frozenset(",;:()—[]")


def _turning_word(passage: Passage, places: list[tuple[int, int]]) -> str:
    """Return the word beside a quotation's parts that turns its meaning, or "".

    It may be just before, just behind or between the parts.
    """
    tokens, sentences = passage.tokens, passage.sentences
    first, last = places[0][0], places[-1][1]
    found = _turn_before(tokens, sentences, first) or _turn_behind(tokens, sentences, last)
    for (_, end), (start, _) in pairwise(places):
        found = (
            found
            or _turn_before(tokens, sentences, start, end)
            or (_turn_behind(tokens, sentences, end) if end < start else "")
        )
    return found


_PAIRS_BEFORE = frozenset((("only", "if"), ("rather", "than"), ("instead", "of"), ("opposed", "to")))


def _turn_before(tokens: list[Token], sentences: list[int], first: int, start: int = 0) -> str:
    """Return the nearest word before the quotation that governs it, or "".

    It is looked for in the same clause, not before `start`.
    """
    place = first
    for _ in range(_REACH_BEFORE + 1):
        if place <= start:
            return ""
        if place >= len(tokens) or set(tokens[place].gap) & _PARTING or "---" in tokens[place].gap:
            return ""
        place -= 1
        if place < 0 or sentences[place] != sentences[first]:
            return ""
        word = tokens[place].text
        if word in _CLAUSE or (word in _JOINING and place < first - 1):
            return ""
        if word in _TURNS_BEFORE and tokens[place].formula < 0 and _governs(tokens, place, first):
            return "" if _is_limit(tokens, place) else _with_partner(tokens, place)
        before = tokens[place - 1].text if place else ""
        if (before, word) in _PAIRS_BEFORE:
            return f"{before} {word}"
    return ""


# These govern what follows as verbs (`fails to`, `conjecture that`), not as nouns and adjectives.
_VERBAL = word_set(
    """
    fail fails failed failing unable unlikely conjecture conjectures conjectured conjectural
    hypothesize hypothesise hypothesized hypothesised speculate believed unclear unknown false
    impossible
    """
)
_LINKS = word_set("to that if whether how for in")
_SUBJECTS = word_set("we i they authors also is are was were")


def _governs(tokens: list[Token], place: int, first: int) -> bool:
    """Tell whether a word that may turn a meaning governs the quotation at `first`."""
    word = tokens[place].text
    if word not in _VERBAL:
        return True
    if word.startswith(("conjectur", "hypothes")):
        return tokens[place + 1].text == "that" or (place > 0 and tokens[place - 1].text in _SUBJECTS)
    return place == first - 1 or tokens[place + 1].text in _LINKS


def _is_limit(tokens: list[Token], place: int) -> bool:
    """Tell whether `no` and `not` only begin `no more than`, `not only`."""
    following = [token.text for token in tokens[place + 1 : place + 3]]
    return following[:1] == ["only"] or (following[1:] == ["than"] and following[0] in _COMPARATIVES)


_COMPARATIVES = word_set("more less fewer later larger smaller greater longer")


def _with_partner(tokens: list[Token], place: int) -> str:
    """The turning word as it is known: `need not`, `no longer`, `not known if`."""
    word = tokens[place].text
    before = tokens[place - 1].text if place else ""
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if word == "not" and before == "need":
        return "need not"
    if word in ("no", "not") and after in ("longer", "known", "clear", "necessarily"):
        return f"{word} {after}"
    return word


def _turn_behind(tokens: list[Token], sentences: list[int], last: int) -> str:
    """The word right behind the quotation that takes it back."""
    if last < len(tokens) and sentences[last] == sentences[last - 1]:
        following = tokens[last + 1].text if last + 1 < len(tokens) else ""
        if tokens[last].text in ("except", "unless", "excluding"):
            return tokens[last].text
        if (tokens[last].text, following) in (("but", "not"), ("but", "only"), ("only", "if")):
            return f"{tokens[last].text} {following}"
    for place in range(last, min(last + 2, len(tokens))):
        if sentences[place] != sentences[last - 1] or set(tokens[place].gap) & _PARTING:
            return ""
        word = tokens[place].text
        following = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if word in _TURNS_BEHIND and tokens[place].formula < 0:
            if word == "only" and (word, following) not in _TURNING_PAIRS:
                return ""
            if _is_limit(tokens, place):
                return ""
            return f"only {following}" if word == "only" else _with_partner(tokens, place)
        if (word, following) in _TURNING_PAIRS:
            return f"{word} {following}"
        if word not in _AUXILIARIES:
            return ""
    return ""


_AUXILIARIES = word_set(
    """
    does do did is are was were need can could will would has have had may might
    """
)
