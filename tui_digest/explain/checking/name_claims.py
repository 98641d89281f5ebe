"""Names and numbered theorems of a statement, against those of its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_digest.explain.checking.evidence import Difference, Evidence, Record
from tui_digest.explain.checking.names import PLACES, is_acronym, is_known, names_in, numbered_in
from tui_digest.explain.checking.passage import Token
from tui_digest.explain.checking.vocabulary import UNITS
from tui_digest.explain.checking.wording import Wording


def check_names(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """Names of people, theorems, data sets and methods that the record does not have."""
    for place, shown, parts in names_in(said.tokens):
        if parts in UNITS:
            continue
        if not is_known(parts, evidence.record.names, evidence.record.initials):
            doubt = parts in PLACES or _is_spelled_out(parts, evidence.sentence)
            doubt = doubt or (is_acronym(shown) and not _has_rival(said, evidence))
            yield Difference.absent(f"'{shown}'", (place,), doubt=doubt)
            return
    yield from _check_exchanged_names(said, evidence)
    yield from check_numbering(said.tokens, evidence.record)


def _check_exchanged_names(said: Wording, evidence: Evidence) -> Iterator[Difference]:
    """A name of the paper where the quoted words, and their sentence, have another."""
    stated = _names_beyond(said, evidence.sentence)
    theirs = _names_beyond(evidence.quoted, said)
    if stated and theirs:
        place, _ = stated[0]
        yield Difference.quoted(f"say '{theirs[0][1]}'", (place,), doubt=True)


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


def check_numbering(tokens: Sequence[Token], record: Record) -> Iterator[Difference]:
    """Yield numbered theorems, sections and the like that the record does not have.

    They are looked for among its words and among its places.
    """
    strings = [passage.comparable.folded for passage in record.passages]
    for place, shown, key in numbered_in(tokens):
        if key not in record.addresses and not any(key in string for string in strings):
            yield Difference.absent(shown, (place,))
