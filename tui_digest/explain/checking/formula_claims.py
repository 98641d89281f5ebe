"""Relations, terms and rates of a statement, against those of its evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tui_digest.explain.checking.evidence import Difference, Evidence, Record
from tui_digest.explain.checking.passage import Passage
from tui_digest.explain.checking.rates import power_form
from tui_digest.explain.checking.relations import FLIPPED, Operand, Relation, conflict
from tui_digest.explain.checking.vocabulary import SPOKEN_SETS, SPOKEN_TERMS
from tui_digest.explain.checking.wording import Wording, is_content

_STRUCTURAL = frozenset(("0", "1", "2"))


def check_relations(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Comparisons that the evidence makes otherwise."""
    for relation in said.relations:
        if relation.sign == "=" and "from" in said.texts[max(0, relation.place - 2) : relation.place]:
            continue
        yield from _contradicted(relation, evidence)


def _contradicted(said: Relation, evidence: Evidence) -> Iterator[Difference]:
    """Yield where the quoted words or their sentence compare the same terms otherwise."""
    stated = {(relation.left, relation.sign, relation.right) for relation in evidence.sentence.relations}
    if said.left and said.right and (said.left, said.sign, said.right) in stated:
        quoted = [relation for relation in evidence.quoted.relations if relation.left]
        quoted += [relation for relation in map(_flip, quoted) if relation is not None]
        same = [relation for relation in quoted if (relation.left, relation.right) == (said.left, said.right)]
        if same and all(conflict(said, relation) for relation in same):
            yield Difference.quoted(f"say {same[0].sign}", (said.place,), doubt=True)
        return
    for source in (evidence.quoted, evidence.sentence, evidence.record.wording):
        candidates = [
            other
            for relation in source.relations
            for other in (relation, _flip(relation))
            if other is not None
        ]
        same = [
            candidate
            for candidate in candidates
            if _same_terms(said, candidate, strict=source is not evidence.quoted)
        ]
        if any(
            not conflict(said, relation) and (relation.sign == said.sign or relation.loose or said.loose)
            for relation in same
        ):
            return
        clashing = [relation for relation in same if conflict(said, relation)]
        if clashing:
            # Elsewhere in the paper the same terms may be compared under another condition.
            doubt = source is evidence.record.wording or "=" in (said.sign, clashing[0].sign)
            yield Difference.source(f"says {clashing[0].sign}", (said.place,), doubt=doubt)
            return
        if said.left and said.right and said.sign not in ("~", "≈"):
            other = [
                candidate
                for candidate in candidates
                if candidate.left == said.left and candidate.sign == said.sign and candidate.right
            ]
            if any(relation.right == said.right for relation in other):
                return
            if other and source is not evidence.record.wording:
                doubt = all(_shortens(said.right, relation.right) for relation in other)
                yield Difference.source(f"says {_shown(other[0])}", (said.place,), doubt=doubt)
                return
            if other and not evidence.record.has_term(Operand((said.right,), 0)):
                yield Difference.source(f"says {_shown(other[0])}", (said.place,))
                return


def _shortens(one: str, other: str) -> bool:
    """Tell whether a term leaves out letters of another, as a sum without its range."""
    mine, theirs = ({sign for sign in text if sign.isalnum() or sign == "∞"} for text in (one, other))
    return mine < theirs


def _shown(relation: Relation) -> str:
    return relation.written or f"{relation.left} {relation.sign} {relation.right}".strip()


def _flip(relation: Relation) -> Relation | None:
    sign = FLIPPED.get(relation.sign, relation.sign if relation.sign in "=≠~≈≡" else "")
    if not sign or relation.subject:
        return None
    return relation._replace(left=relation.right, sign=sign, right=relation.left)


def _same_terms(said: Relation, other: Relation, *, strict: bool) -> bool:
    """Tell whether two relations compare the same terms.

    Prose on a side may be anything, unless `strict`.
    """
    if said.left and said.left == other.left and _leading_number(said) == _leading_number(other) != "":
        return True
    if said.right != other.right or not said.right:
        return False
    if said.left and other.left:
        return said.left == other.left
    if said.size and other.size and not strict and said.sign in "≤≥" and other.sign in "≤≥":
        return True
    if said.right in _STRUCTURAL and not (said.subject and said.subject == other.subject):
        return False
    if said.subject and other.subject:
        return said.subject == other.subject or not strict
    return not strict


def _leading_number(relation: Relation) -> str:
    """The number that a right side begins with: 1 of `E ≥ 1 TeV`, "" for none."""
    right = relation.written.rpartition(relation.sign)[2]
    match = _NUMBER.match(right)
    return match[1] if match is not None else ""


_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?![\^·/+\d-])")


def check_formulas(said: Wording, evidence: Evidence, passage: Passage) -> Iterator[Difference]:
    """Terms and rates that the record does not have."""
    record = evidence.record
    in_rates: set[int] = set()
    for order, inside, place in said.rates:
        in_rates |= set(range(max(0, place - 1), place + 40))
        token = said.tokens[place]
        difference = _rate_difference(
            order, inside, passage.text[token.start : token.end].strip("$ "), evidence
        )
        if difference is not None:
            yield difference._replace(places=(place,))
            return
    named = _named_by_relations(said, evidence)
    for operand in said.operands:
        if operand.place in in_rates or operand.place in named:
            continue
        if record.has_term(operand) or _is_number_in_words(operand, evidence) or _is_range(operand, record):
            continue
        if _is_either_sign(operand, evidence):
            continue
        if _is_named_in_words(operand, record) or _has_turned_script(operand, record):
            continue
        unknown = [
            text
            for text in operand.texts
            if text.isalpha()
            and len(text) == 1
            and text not in record.wording.letters
            and text not in ("d", "e", "π")
            and not SPOKEN_SETS.get(text, frozenset()) & record.wording.vocabulary
        ]
        if not unknown and (len(operand.texts) == 1 or _is_plain(operand, record)):
            continue
        rival = next((other for other in evidence.quoted.operands if _is_rival(operand, other)), None)
        shown = unknown[0] if unknown else _readable(operand)
        # A term that replaces none of the quoted words' may be the statement's own name for what they say.
        yield Difference.absent(f"{shown}", (operand.place,), doubt=rival is None)
        return
    yield from _check_unquoted(said, evidence, in_rates | named)


def _check_unquoted(said: Wording, evidence: Evidence, skipped: set[int]) -> Iterator[Difference]:
    """Terms in place of which the quoted words have a similar one."""
    stated = {power_form(one.texts) for one in said.operands}
    near = {power_form(one.texts) for one in evidence.sentence.operands}
    quoted = {power_form(one.texts) for one in evidence.quoted.operands}
    for operand in said.operands:
        term = power_form(operand.texts)
        if operand.place in skipped or term in quoted or _is_either_sign(operand, evidence):
            continue
        signs = _signs(operand)
        if any(_signs(other)[: len(signs)] == signs for other in evidence.quoted.operands):
            continue
        rival = next((other for other in evidence.quoted.operands if _is_rival(operand, other)), None)
        if rival is not None and power_form(rival.texts) not in stated:
            yield Difference.quoted(f"say {_readable(rival)}", (operand.place,), doubt=term in near)
            return


def _is_either_sign(operand: Operand, evidence: Evidence) -> bool:
    """Tell whether the term is one of the two that the sentence has as `±v`."""
    return operand.texts[0] == "-" and "±" in evidence.sentence.texts


def _is_rival(operand: Operand, other: Operand) -> bool:
    """Tell whether two terms differ in signs only: N^(1/3) and N^(2/3)."""
    if power_form(operand.texts) == power_form(other.texts):
        return False
    shorter, longer = sorted((_signs(operand), _signs(other)), key=len)
    if longer[: len(shorter)] == shorter or (shorter != longer and not Counter(shorter) - Counter(longer)):
        return False
    mine, theirs = _base(operand), _base(other)
    return mine == theirs and bool(mine) and (shorter != longer or "√" in shorter)


_SILENT = frozenset("^_()[]{}·×*|‖")


def _signs(operand: Operand) -> list[str]:
    """The tokens of a term without those that only raise, lower or group."""
    return [text for text in operand.texts if text not in _SILENT]


def _base(operand: Operand) -> tuple[str, ...]:
    """The letters of a term that are in no script."""
    base: list[str] = []
    depth = 0
    skip = False
    for text in operand.texts:
        if text in ("^", "_"):
            skip = True
        elif text in ("(", "[", "{"):
            depth += 1
        elif text in (")", "]", "}"):
            depth -= 1
            skip = skip and depth > 0
        else:
            if not skip and text.isalpha():
                base.append(text)
            skip = skip and depth > 0
    return tuple(base)


def _rate_difference(order: str, inside: str, shown: str, evidence: Evidence) -> Difference | None:
    """Return what is wrong with a rate: its order, its argument, or both."""
    quoted, near, record = (
        {(one, term) for one, term, _ in wording.rates}
        for wording in (evidence.quoted, evidence.sentence, evidence.record.wording)
    )
    if (order, inside) in quoted | near:
        return None
    other = next((one for one, term in quoted if term == inside and one != order), "")
    if other:
        return Difference.source(f"says {other}({inside})")
    if (order, inside) in record or (order == "O" and inside in evidence.record.terms):
        return Difference.quoted(f"have another rate than {shown}", doubt=True) if quoted else None
    return Difference.absent(f"rate {shown}", doubt=not quoted)


def _named_by_relations(said: Wording, evidence: Evidence) -> set[int]:
    """The places of letters that name what the quoted words compare: `F ≤ 3`."""
    stated = {(relation.sign, relation.right) for relation in evidence.quoted.relations if not relation.left}
    return {
        relation.place
        for relation in said.relations
        if relation.left and len(relation.left) == 1 and (relation.sign, relation.right) in stated
    }


def _is_named_in_words(operand: Operand, record: Record) -> bool:
    """Tell whether the record has the term in words, such as `unit interval`."""
    if len(operand.texts) == 1 and SPOKEN_SETS.get(operand.text, frozenset()) & record.wording.vocabulary:
        return True
    phrases = SPOKEN_TERMS.get(operand.text, ())
    return any(phrase in " ".join(record.wording.texts) for phrase in phrases)


_SPACES = frozenset("ℓlLH")


def _has_turned_script(operand: Operand, record: Record) -> bool:
    """Tell whether the record has a norm with its index turned: ℓ² and ℓ₂."""
    texts = operand.texts
    if len(texts) < 3 or texts[0] not in _SPACES or texts[1] not in ("^", "_"):
        return False
    turned = (texts[0], "_" if texts[1] == "^" else "^", *texts[2:])
    return record.has_term(Operand(turned, operand.place))


def _readable(operand: Operand) -> str:
    return operand.text if len(operand.text) <= 40 else operand.text[:39] + "…"


def _is_number_in_words(operand: Operand, evidence: Evidence) -> bool:
    """Tell whether the term is a number that the sentence has in words."""
    if len(operand.texts) != 1 or not operand.text[0].isdigit():
        return False
    values = {quantity.value for quantity in evidence.record.wording.quantities}
    return operand.text in values


def _is_range(operand: Operand, record: Record) -> bool:
    """Tell whether the term is an interval with ends that the record compares with it.

    The record compares one thing with both.
    """
    texts = operand.texts
    if len(texts) < 4 or texts[0] not in "([" or texts[-1] not in ")]":
        return False
    stated = record.wording.relations
    lower, upper = "<" if texts[0] == "(" else "≤", "<" if texts[-1] == ")" else "≤"
    for cut in range(2, len(texts) - 1):
        start, end = power_form(texts[1:cut]), power_form(texts[cut:-1])
        between = {relation.right for relation in stated if relation.left == start and relation.sign == lower}
        if any(
            relation.left in between and relation.sign == upper and relation.right == end
            for relation in stated
        ):
            return True
    return False


def _is_plain(operand: Operand, record: Record) -> bool:
    """Tell whether the term is a name such as L2, in the record without scripts."""
    bare = "".join(text for text in operand.texts if text not in ("_", "^", "(", ")"))
    return (
        any(bare in string.replace("_", "").replace("^", "") for string in record.strings)
        and not any(text in ("+", "-", "/", "√") for text in operand.texts)
        and "^" not in operand.texts
    )


def check_formula_nouns(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Another formula beside the same noun: rate ρ where the quoted words say rate θ."""
    quoted = _formula_heads(evidence.quoted)
    stated = {power_form(operand.texts) for operand in said.operands}
    near = _formula_heads(evidence.sentence)
    for (side, noun), one in _formula_heads(said).items():
        other = quoted.get((side, noun))
        term = power_form(one.texts)
        if other is None or power_form(other.texts) == term or _has_turned_script(one, evidence.record):
            continue
        if term in {power_form(beside.texts) for (_, head), beside in near.items() if head == noun}:
            continue
        if term in {power_form(beside.texts) for beside in evidence.quoted.operands}:
            continue
        if power_form(other.texts) in stated or sorted(_signs(one)) == sorted(_signs(other)):
            continue
        doubt = one.text in "".join(evidence.sentence.texts)
        yield Difference.source(f"says {_readable(other)}", (one.place,), doubt=doubt)
        return


def _formula_heads(wording: Wording) -> dict[tuple[str, str], Operand]:
    """The nouns directly beside formulas, with the formulas' terms."""
    found: dict[tuple[str, str], Operand] = {}
    tokens = wording.tokens
    words = {word.place: word for word in wording.words}
    for operand in wording.operands:
        before = words.get(operand.place - 1)
        if before is not None and is_content(before.text) and not tokens[operand.place].gap.strip():
            found.setdefault(("before", before.stem), operand)
        end = operand.place
        formula = tokens[operand.place].formula
        while end < len(tokens) and tokens[end].formula == formula:
            end += 1
        after = words.get(end)
        counts = operand.texts[0].isdigit() and len(operand.texts) > 1
        if counts and after is not None and is_content(after.text) and not tokens[end].gap.strip():
            found.setdefault(("after", after.stem), operand)
    return found
