"""Words, numbers and relations of a run of tokens, for comparison with another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from tui_digest.explain.checking.formula_tokens import TokenKind
from tui_digest.explain.checking.passage import Token
from tui_digest.explain.checking.quantities import (
    Quantity,
    WrittenNumber,
    number_in,
    power_of_ten,
    times_power,
)
from tui_digest.explain.checking.rates import power_form
from tui_digest.explain.checking.relations import Operand, Relation, interval_bounds, split_formula
from tui_digest.explain.checking.vocabulary import (
    CARDINALS,
    COMPARISONS,
    GREEK,
    STOP_WORDS,
    UNITS,
    stem,
    word_set,
)

_PREFIXES = word_set(
    """
    non un quasi sub semi anti pseudo near super hyper in self pre post near nearly
    """
)
_ASIDE = word_set(
    """
    is are be been of has have the a an that with must to was were being strictly itself always
    necessarily
    """
)
_REACH = 4
_BEFORE_NUMBER = word_set("a an the or to about some factor of order")
_FRACTIONS = word_set("half third thirds quarter quarters fourth fifth")

_LOOSE_PHRASES = frozenset(
    (
        ("less", "than"), ("smaller", "than"), ("fewer", "than"), ("lower", "than"), ("below",), ("under",),
        ("more", "than"), ("larger", "than"), ("greater", "than"), ("bigger", "than"), ("higher", "than"),
        ("above",), ("over",), ("beyond",), ("exceeding",), ("exceeds",), ("exceed",), ("shorter", "than"),
        ("longer", "than"), ("up", "to"),
    )
)  # fmt: skip
_STARTS: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _phrase, _sign in COMPARISONS:
    _STARTS.setdefault(_phrase[0], []).append((_phrase, _sign))


_SIGNED = {"positive": ">", "negative": "<", "nonnegative": "≥", "nonpositive": "≤"}


class Word(NamedTuple):
    """A word of prose; `place` is its first token's, in the run of tokens."""

    text: str
    stem: str
    place: int


class Wording:
    """A run of tokens with its words, numbers, relations and terms, computed lazily."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    @cached_property
    def texts(self) -> list[str]:
        """The folded texts of all tokens."""
        return [token.text for token in self.tokens]

    @cached_property
    def words(self) -> list[Word]:
        """The words of prose; a word and its prefix are one, as in `non-convex`."""
        return self._words_and_compounds[0]

    @cached_property
    def compounds(self) -> list[tuple[str, int]]:
        """Hyphenated words as wholes, each with the place of its first token."""
        return self._words_and_compounds[1]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All words, and hyphenated words as wholes."""
        return frozenset(word.text for word in self.words) | {text for text, _ in self.compounds}

    def first_of(self, words: frozenset[str]) -> str:
        """Return the first word of the text that is one of these, "" for none."""
        return next((word.text for word in self.words if word.text in words), "")

    def places_of(self, words: frozenset[str]) -> tuple[int, ...]:
        """Return the places of those words of the text that are one of these."""
        return tuple(word.place for word in self.words if word.text in words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the content words."""
        return frozenset(word.stem for word in self.words if is_content(word.text))

    @cached_property
    def _words_and_compounds(self) -> tuple[list[Word], list[tuple[str, int]]]:
        words: list[Word] = []
        compounds: list[tuple[str, int]] = []
        tokens = self.tokens
        place = 0
        while place < len(tokens):
            end = place + 1
            while end < len(tokens) and tokens[end].joined:
                end += 1
            group = [
                (token, index)
                for index, token in enumerate(tokens[place:end], place)
                if token.formula < 0 and token.kind in (TokenKind.WORD, TokenKind.NUMBER)
            ]
            if len(group) > 1:
                parts = [CARDINALS.get(token.text, token.text) for token in tokens[place:end]]
                compounds.append(("".join(parts), place))
                if group[0][0].text in _PREFIXES:
                    joined = group[0][0].text + group[1][0].text
                    words.append(Word(joined, stem(joined), group[0][1]))
                    group = group[2:]
            if words and words[-1].text == "non" and group:  # `non elliptic`, written apart
                joined = "non" + group[0][0].text
                words[-1] = Word(joined, stem(joined), words[-1].place)
                group = group[1:]
            words += [Word(token.text, stem(token.text), index) for token, index in group]
            place = end
        return words, compounds

    @cached_property
    def operands(self) -> list[Operand]:
        """The terms of the formulas between relations, commas and words."""
        return [operand for operand, _ in self._formula_parts if operand is not None]

    @cached_property
    def _formula_parts(self) -> list[tuple[Operand | None, str]]:
        """Return the formulas' terms in order, each with the relation behind it or ""."""
        parts: list[tuple[Operand | None, str]] = []
        tokens = self.tokens
        place = 0
        while place < len(tokens):
            if tokens[place].formula < 0:
                place += 1
                continue
            end = place
            while end < len(tokens) and tokens[end].formula == tokens[place].formula:
                end += 1
            parts += split_formula(tokens, place, end)
            place = end
        return parts

    @cached_property
    def rates(self) -> list[tuple[str, str, int]]:
        """The rates O(…), Ω(…), Θ(…), o(…): order, argument in one form, place."""
        found = []
        tokens = self.tokens
        for place in range(len(tokens) - 1):
            token, opening = tokens[place], tokens[place + 1]
            if token.text in ("O", "o", "Ω", "Θ") and token.formula < 0 and opening.formula >= 0:
                if opening.gap == "(" and (inner := self._formula_from(place + 1)):
                    found.append((token.text, power_form(inner), place))
                continue
            if token.text not in "OoΩΘ" or opening.kind is not TokenKind.OPENING or token.formula < 0:
                continue
            end = place + 2
            while end < len(tokens) and not (
                tokens[end].kind is TokenKind.CLOSING and tokens[end].depth == opening.depth
            ):
                end += 1
            soft = "~" if place and tokens[place - 1].text == "\u0303" else ""
            inside = [
                inner.text for inner in tokens[place + 2 : end] if inner.kind is not TokenKind.SEPARATOR
            ]
            found.append((soft + token.text, power_form(inside), place))
        return found

    def _formula_from(self, place: int) -> list[str]:
        """The texts of the formula that begins with a token."""
        formula = self.tokens[place].formula
        return [
            token.text
            for token in self.tokens[place : place + 40]
            if token.formula == formula and token.kind is not TokenKind.SEPARATOR
        ]

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters of the formulas, and those that are alone in prose."""
        spelled = (GREEK[token.text] for token in self.tokens if token.text in GREEK)
        return frozenset(spelled) | frozenset(
            token.raw if token.formula < 0 else token.text
            for token in self.tokens
            if token.kind is TokenKind.LETTER or (token.kind is TokenKind.WORD and len(token.raw) == 1)
        )

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every number, in digits or words, in formulas or prose."""
        written = {token.text for token in self.tokens if token.kind is TokenKind.NUMBER}
        return frozenset(written | {quantity.value for quantity in self.quantities})

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers of the prose, in digits or words."""
        found = []
        for place, token in enumerate(self.tokens):
            if token.formula >= 0 and not self._is_lone(place):
                continue
            number = number_in(token)
            if number is not None:
                found.append(self._quantity(place, number))
        return found

    def _is_lone(self, place: int) -> bool:
        """Tell whether a formula is one number, with a relation or a unit at most."""
        formula = self.tokens[place].formula
        around = [token for token in self.tokens[max(0, place - 3) : place + 4] if token.formula == formula]
        return all(
            token.kind in (TokenKind.NUMBER, TokenKind.RELATION) or token.text in ("%", "×", "-", "±", "…")
            for token in around
        )

    def _quantity(self, place: int, number: WrittenNumber) -> Quantity:
        tokens, value = self.tokens, number.value
        after = place + 1
        while after < len(tokens) and not number.ordinal and (scale := power_of_ten(tokens[after])):
            value = times_power(value, scale)
            after += 1
        unit = ""
        if after < len(tokens):
            noun = after + (tokens[after].text == "-" and after + 1 < len(tokens))
            text = tokens[noun].text
            # As written first: MW and mW, MeV and meV differ in case only.
            unit = UNITS.get(tokens[noun].raw) or UNITS.get(text.casefold(), "")
            if unit == "%" and after + 1 < len(tokens) and tokens[after + 1].text in ("points", "point"):
                unit = "points"
            if text == "percentage":
                unit = "points"
        return Quantity(
            value,
            unit,
            before=self._content(place, -1, 2),
            after=self._content(after - 1, 1, 3),
            ordinal=number.ordinal,
            digits=number.digits,
            place=place,
        )

    def _content(self, place: int, step: int, most: int) -> tuple[str, ...]:
        """The stems of the next content words in a direction, up to punctuation."""
        found: list[str] = []
        tokens = self.tokens
        for distance in range(1, _REACH + 1):
            index = place + step * distance
            if not 0 <= index < len(tokens):
                break
            edge = tokens[index] if step > 0 else tokens[index + 1]
            if set(edge.gap) & set(",;:()."):
                break
            token = tokens[index]
            if token.kind is TokenKind.WORD and is_content(token.text) and token.text not in UNITS:
                found.append(stem(token.text))
                if len(found) == most:
                    break
        return tuple(found)

    @cached_property
    def relations(self) -> list[Relation]:
        """All comparisons, in symbols and in words."""
        return [*self._symbolic, *self._verbal]

    @cached_property
    def comparing(self) -> frozenset[int]:
        """Return the places of the words that compare, such as `above` in `above 3`."""
        return frozenset(
            place
            for relation in self._verbal
            for place in range(relation.place, relation.place + relation.size)
        )

    @cached_property
    def _symbolic(self) -> list[Relation]:
        found: list[Relation] = []
        parts = self._formula_parts
        for index, (operand, sign) in enumerate(parts):
            if not sign:
                continue
            following = parts[index + 1][0] if index + 1 < len(parts) else None
            left = power_form(operand.texts) if operand is not None else ""
            place = operand.place if operand is not None else (following.place if following else 0)
            right = power_form(following.texts) if following is not None else self._next_number(place)
            subject = "" if left else self._subject(place)
            sides = (side.text if side is not None else "" for side in (operand, following))
            written = f" {sign} ".join(sides).strip()
            found.append(Relation(left, sign, right, place, subject=subject, written=written))
            if sign == "∈" and following is not None:
                found += interval_bounds(self.tokens, left, following.place, place)
        return found

    def _next_number(self, place: int) -> str:
        """The number in prose right behind a formula that ends in a relation."""
        formula = self.tokens[place].formula
        for token in self.tokens[place : place + 40]:
            if token.formula != formula:
                number = number_in(token)
                return number.value if number else ""
        return ""

    @cached_property
    def _verbal(self) -> list[Relation]:
        found: list[Relation] = []
        texts = self.texts
        taken = -1
        for place, text in enumerate(texts):
            if (
                place <= taken
                or (text not in _STARTS and text not in _SIGNED)
                or self.tokens[place].formula >= 0
            ):
                continue
            if text in _SIGNED:
                left, subject = self._left_of(place)
                if left:
                    found.append(Relation(left, _SIGNED[text], "0", place, size=1))
                continue
            for phrase, sign in _STARTS[text]:
                end = place + len(phrase)
                if tuple(texts[place:end]) == phrase:
                    right = self._right_of(end)
                    if right:
                        left, subject = self._left_of(place)
                        found.append(
                            Relation(left, sign, right, place, phrase in _LOOSE_PHRASES, subject, len(phrase))
                        )
                        taken = end - 1
                    break
        return found

    def _right_of(self, place: int) -> str:
        """Return the number or formula right behind a comparison in words."""
        tokens = self.tokens
        while place < len(tokens) and tokens[place].text in _BEFORE_NUMBER:
            place += 1
        if place >= len(tokens) or set(tokens[place].gap) & set(",;:"):
            return ""
        token = tokens[place]
        if token.text in CARDINALS and tokens[place + 1 : place + 2] and tokens[place + 1].text in _FRACTIONS:
            return ""
        if token.formula >= 0:
            if place + 1 < len(tokens) and tokens[place + 1].kind is TokenKind.RELATION:
                return ""
            for operand in self.operands:
                if operand.place >= place:
                    return power_form(operand.texts)
            return ""
        if token.kind is TokenKind.WORD and len(token.raw) == 1 and token.raw not in "aAI":
            return token.raw
        number = number_in(token)
        return number.value if number is not None and not number.ordinal else ""

    def _left_of(self, place: int) -> tuple[str, str]:
        """Return the formula before a comparison in words, else the noun's stem."""
        tokens = self.tokens
        index = place - 1
        while index >= 0 and tokens[index].text in _ASIDE and tokens[index].formula < 0:
            index -= 1
        if index >= 0 and tokens[index].formula >= 0 and not set(tokens[index + 1].gap) & set(",;:"):
            before = [operand for operand in self.operands if operand.place <= index]
            if before:
                return power_form(before[-1].texts), ""
        return "", self._subject(place)

    def _subject(self, place: int) -> str:
        before = self._content(place, -1, 1)
        return before[0] if before else ""


def is_content(word: str) -> bool:
    """Tell whether a word says something of its own."""
    return len(word) > 1 and word not in STOP_WORDS and not word[0].isdigit()
