"""Numbers, units and dimensions of a statement, against those of its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tui_digest.explain.checking.evidence import Difference, Evidence
from tui_digest.explain.checking.formula_tokens import TokenKind
from tui_digest.explain.checking.names import is_numbering
from tui_digest.explain.checking.passage import Token
from tui_digest.explain.checking.quantities import Quantity
from tui_digest.explain.checking.rates import power_form
from tui_digest.explain.checking.vocabulary import CARDINALS, word_set
from tui_digest.explain.checking.wording import Wording

_ITEMS = word_set("step stage phase part case idea point item")
_STRUCTURAL = frozenset(("0", "1", "2"))
_MOST_DIGITS = 9


def check_digits(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Yield the numbers in digits that the record does not have.

    In languages other than English nothing else can be checked.
    """
    known = evidence.record.wording.numbers
    for quantity in said.quantities:
        if quantity.digits and quantity.value not in known and quantity.value not in _STRUCTURAL:
            yield Difference.absent(f"{quantity.value}", (quantity.place,))


def check_numbers(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Numbers that the quoted words do not have, or have otherwise."""
    stated = [quantity for quantity in said.quantities if not is_numbering(said.tokens, quantity.place)]
    agreeing = [
        quantity
        for quantity in stated
        if any(_agrees(quantity, other) for other in evidence.quoted.quantities)
    ]
    values = {power_form(operand.texts) for operand in evidence.sentence.operands}
    grouped = _grouped(stated, {other.value for other in evidence.sentence.quantities})
    for quantity in stated:
        if quantity.place in grouped or quantity.value in values or quantity.after[:1] == ("dimen",):
            continue
        if quantity in agreeing:
            yield from _check_agreeing(quantity, said, evidence)
            continue
        difference = _number_difference(quantity, said, evidence, alone=not agreeing)
        if difference is not None:
            yield difference


def _check_agreeing(one: Quantity, said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """A number of the quoted words with another unit there, or of something else."""
    quoted = evidence.quoted.quantities
    if one.unit == "%" and one.digits and all(_is_bare(other, one.value) for other in quoted):
        yield Difference.unquoted(spoken_quantity(one, said), (one.place,), doubt=True)
    noun = _counted_otherwise(one, quoted, evidence)
    if noun:
        yield Difference.source(f"says {said.tokens[one.place].raw} {noun}", (one.place,), doubt=True)
    if not said.tokens[one.place].joined and _is_exchanged(one, quoted):
        what = f"says {spoken_quantity(one, said)} of something else"
        yield Difference.source(what, (one.place,), doubt=True)


def _number_difference(one: Quantity, said: Wording, evidence: Evidence, *, alone: bool) -> Difference | None:
    """Return what is wrong with a number that the quoted words do not have.

    Args:
        one: the number.
        said: the statement.
        evidence: what it rests on.
        alone: whether the quoted words have no number of the statement.
    """
    quoted, sentence = evidence.quoted.quantities, evidence.sentence.quantities
    units = [other for other in quoted if other.value == one.value and one.unit != other.unit]
    if units and one.unit and units[0].unit and one.digits:
        return Difference.source(f"says {units[0].value} {units[0].unit}", (one.place,))
    rival = next((other for other in quoted if _counts_the_same(one, other)), None)
    if rival is not None and not any(_agrees(one, other) and _shares(one, other) for other in sentence):
        what = f"says {spoken_quantity(rival, evidence.quoted)}"
        return Difference.source(what, (one.place,), doubt=_is_small_word(one) and _is_small_word(rival))
    if one.ordinal or _counts_items(said, one.place):
        return None
    shape = [other for other in quoted if _same_shape(one, other)]
    if one.value in evidence.sentence.numbers or any(_agrees(one, other) for other in sentence):
        if shape and alone and one.digits and one.value not in _STRUCTURAL:
            return Difference.quoted(f"say {spoken_quantity(shape[0], evidence.quoted)}", (one.place,))
        return None
    if not one.unit and (
        one.value in _STRUCTURAL or (one.value in evidence.record.wording.numbers and not shape)
    ):
        return None
    # A small number in words may count what the statement itself lists.
    return Difference.unquoted(spoken_quantity(one, said), (one.place,), doubt=_is_small_word(one))


_SMALL = frozenset("123456")


def _is_small_word(one: Quantity) -> bool:
    return not one.digits and not one.unit and one.value in _SMALL


def _grouped(stated: list[Quantity], values: set[str]) -> set[int]:
    """The places of numbers that are one number in groups of three digits: 80 757."""
    pairs = [(one, other) for one, other in pairwise(stated) if len(other.value) == 3]
    return {
        quantity.place
        for one, other in pairs
        if other.place == one.place + 1 and one.value + other.value in values
        for quantity in (one, other)
    }


def _counted_otherwise(one: Quantity, quoted: list[Quantity], evidence: Evidence) -> str:
    """The noun that the quoted words have where the statement has a unit."""
    if not one.unit or one.unit in ("%", "points", "×") or not one.digits:
        return ""
    for other in quoted:
        if other.value == one.value and not other.unit and other.after:
            words = evidence.quoted.words
            return next((word.text for word in words if word.stem == other.after[0]), "")
    return ""


def _is_bare(other: Quantity, value: str) -> bool:
    """Tell whether a number is this one without a unit, or no percentage."""
    return not other.unit if other.value == value else other.unit != "%" and not _is_share(other, value)


def _is_share(other: Quantity, percent: str) -> bool:
    return _agrees(other, other._replace(value=percent, unit="%"))


def _is_exchanged(one: Quantity, quoted: list[Quantity]) -> bool:
    """Tell whether a number has the company of another of the quoted words."""
    beside = set(one.after) if one.after else set(one.before)
    own = [set(other.after) | set(other.before) for other in quoted if _agrees(one, other)]
    others = [
        set(other.after) if one.after else set(other.before)
        for other in quoted
        if not _agrees(one, other) and one.unit == other.unit and one.digits and other.digits
    ]
    return not any(beside & words for words in own) and sum(bool(beside & words) for words in others) == 1


def _counts_items(said: Wording, place: int) -> bool:
    """Tell whether a number only counts the items of a list, as in `(2)` and `Step 2`."""
    tokens = said.tokens
    behind = tokens[place + 1].gap if place + 1 < len(tokens) else ""
    if tokens[place].gap.endswith("(") and behind.startswith(")"):
        return True
    return bool(place) and tokens[place - 1].text in _ITEMS


def _agrees(one: Quantity, other: Quantity) -> bool:
    if one.value == other.value:
        return not (one.unit and other.unit) or one.unit == other.unit
    if {one.unit, other.unit} == {"%", ""}:
        percent, share = (one, other) if one.unit == "%" else (other, one)
        try:
            return abs(float(percent.value) / 100 - float(share.value)) < 1e-12
        except ValueError:
            return False
    return False


def _counts_the_same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers count the same thing and so contradict each other."""
    if one.value == other.value or (one.unit and other.unit and one.unit != other.unit):
        return False
    return _shares(one, other)


def _shares(one: Quantity, other: Quantity) -> bool:
    if one.after and other.after and one.ordinal == other.ordinal:
        return bool(set(one.after[:2]) & set(other.after[:2]))
    if not one.after or not other.after:
        return bool(one.before[:1]) and one.before[:1] == other.before[:1]
    return False


def _same_shape(one: Quantity, other: Quantity) -> bool:
    """Tell whether both are percentages, decimals or years, or have the same unit."""
    if one.unit or other.unit:
        return one.unit == other.unit
    return (
        one.digits
        and other.digits
        and ("." in one.value) == ("." in other.value)
        and (len(one.value) == 4) == (len(other.value) == 4)
    )


def spoken_quantity(quantity: Quantity, wording: Wording) -> str:
    """The number as it was written, with its unit."""
    token = wording.tokens[quantity.place]
    if not quantity.unit:
        return token.raw
    return f"{token.raw}{'' if quantity.unit == '%' else ' '}{quantity.unit}"


def check_dimensions(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Dimensions other than those of the quoted words or their sentence."""
    stated = _dimensions_of(said)
    if not stated:
        return
    near = _dimensions_of(evidence.quoted) or _dimensions_of(evidence.sentence)
    values = {value for value, _ in near} | {value for value, _ in _dimensions_of(evidence.sentence)}
    everywhere = {value for value, _ in _dimensions_of(evidence.record.wording)}
    for value, place in stated:
        if value in values:
            continue
        if value not in everywhere:
            known = sorted(number for number in values | everywhere if number.isdigit())
            if not value.isdigit() and value != "any":
                continue
            if known:
                yield Difference.source(f"says dimension {known[0]}", (place,))
                return
            if value.isdigit():
                yield Difference.absent(f"dimension {value}", (place,), doubt=True)
                return
        elif near and not any(other in values for other, _ in stated):
            yield Difference.quoted(f"say dimension {near[0][0]}", (place,))
            return


def _summed(tokens: Sequence[Token], place: int) -> str:
    """The dimension of `1+2 dimensions`, "" for one that is no sum."""
    before = [token for token in tokens[max(0, place - 5) : place] if token.text not in ("(", ")", "-")]
    if len(before) < 3 or before[-2].text != "+":
        return ""
    time, space = before[-3].text, before[-1].text
    are_numbers = time.isdecimal() and space.isdecimal() and max(len(time), len(space)) <= _MOST_DIGITS
    return str(int(time) + int(space)) if are_numbers else ""


def _dimension_behind(tokens: Sequence[Token], place: int) -> Token:
    """Return what gives the dimension behind the word: 3 of `dimension $d = 3$`."""
    formula = tokens[place].formula
    if formula < 0:
        return tokens[place]
    own = [token for token in tokens[place : place + 4] if token.formula == formula]
    if len(own) == 3 and own[1].text == "=":
        return own[2]
    return own[-1] if len(own) == 2 else own[0]


_EVERY = frozenset(["any", "every", "all", "arbitrary", "each"])


def _dimensions_of(wording: Wording) -> list[tuple[str, int]]:
    """Return the dimensions that a text names, with their places.

    For example `two-dimensional`, `dimension one`, `in any number of dimensions`.
    """
    found = []
    tokens = wording.tokens
    for place, token in enumerate(tokens):
        if token.formula >= 0 or not token.text.startswith("dimension") or token.text == "dimensionless":
            if token.raw in ("D", "d") and token.joined and place:
                number = tokens[place - 1] if tokens[place - 1].text != "-" else tokens[place - 2]
                if number.kind is TokenKind.NUMBER or number.text in CARDINALS:
                    found.append((_dimension(number), place - 1))
            continue
        before = tokens[place - 1] if place else None
        if before is not None and before.text == "-" and place > 1:
            before = tokens[place - 2]
        value = _summed(tokens, place) or _dimension(before)
        at = place
        if not value and token.text in ("dimension", "dimensions") and place + 1 < len(tokens):
            following = _dimension_behind(tokens, place + 1)
            if following.text in ("larger", "greater", "higher", "at") or (
                following.text == "d"
                and place + 2 < len(tokens)
                and tokens[place + 2].kind is TokenKind.RELATION
            ):
                value = "higher"
            else:
                value = _dimension(following)
        if not value and before is not None and before.text == "of":
            earlier = {one.text for one in tokens[max(0, place - 4) : place]}
            value = "any" if earlier & _EVERY else ""
        if value:
            found.append((value, at))
    return found


def _dimension(token: Token | None) -> str:
    if token is None:
        return ""
    if token.text in _EVERY:
        return "any"
    if token.text in ("higher", "high", "large", "low"):
        return "low" if token.text == "low" else "higher"
    quantity = next(iter(Wording([token]).quantities), None)
    if quantity is not None and not quantity.ordinal:
        return quantity.value
    return token.text if token.formula >= 0 and token.kind in (TokenKind.LETTER, TokenKind.NUMBER) else ""
