"""Names of people, theorems, data sets and methods in a statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tui_digest.explain.checking.formula_tokens import TokenKind
from tui_digest.explain.checking.passage import Token
from tui_digest.explain.checking.vocabulary import KNOWN_NAMES, word_set

_KINDS = word_set(
    """
    theorem lemma corollary proposition assumption definition algorithm section figure table
    equation eq appendix fig sec thm prop lem chapter remark conjecture example
    """
)
_OPENERS = frozenset(".!?:;—|•*")
_LABEL_WORDS = 5


def names_in(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """The proper names: their place, as written, and folded.

    A capital at the beginning of a sentence makes no name, one inside a word does (`ImageNet`).
    """
    label = _label_end(tokens)
    for place, token in enumerate(tokens):
        if token.kind is not TokenKind.WORD or token.formula >= 0 or len(token.raw) < 2 or place < label:
            continue
        raw = token.raw
        if not raw[0].isupper() and not any(letter.isupper() for letter in raw[1:]):
            continue
        inner = any(letter.isupper() for letter in raw[1:])
        if not inner and (place == 0 or set(token.gap) & _OPENERS):
            possessive = place + 1 < len(tokens) and tokens[place + 1].gap == "'"
            paired = _is_paired(tokens, place)
            if not possessive and not paired:
                continue
        if token.text in KNOWN_NAMES or token.text.rstrip("s") in KNOWN_NAMES:
            continue
        yield place, raw, token.text


# Names that everybody knows, which say nothing about a paper's own methods and data.
PLACES = word_set(
    """
    milky way galaxy earth sun moon mercury venus mars jupiter saturn uranus neptune africa america
    asia europe australia china india germany france japan russia italy spain british chinese indian
    german french japanese russian standard model universe
    """
)
_LONGEST_ACRONYM = 6


def is_acronym(name: str) -> bool:
    """Tell whether a name is a short form in capitals: MHD, PDEs, QFT."""
    letters = name.rstrip("s")
    return 2 <= len(letters) <= _LONGEST_ACRONYM and letters.isupper()


def _is_paired(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a capitalised word is the first of a hyphenated pair or of `et al`."""
    if place + 2 >= len(tokens):
        return False
    first, second = tokens[place + 1], tokens[place + 2]
    if first.text == "-" and second.raw[:1].isupper():
        return True
    return first.text == "et" and second.text == "al"


def _label_end(tokens: Sequence[Token]) -> int:
    """Return where a label such as `Key Idea:` ends; 0 if the statement has none."""
    for place, token in enumerate(tokens[1 : _LABEL_WORDS + 1], start=1):
        if ":" in token.gap:
            return place
    return 0


def numbered_in(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Yield numbered theorems and the like: place, as written, folded without a space."""
    for place, (token, number) in enumerate(pairwise(tokens)):
        if token.text.rstrip("s") not in _KINDS or token.formula >= 0 or not token.raw[0].isupper():
            continue
        if number.kind is TokenKind.NUMBER or (len(number.raw) == 1 and number.raw.isupper()):
            yield place, f"{token.raw} {number.raw}", f"{token.text.rstrip('s')}{number.text.casefold()}"


def is_numbering(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a number only names a theorem, a section or the like."""
    return place > 0 and tokens[place - 1].text.rstrip("s.") in _KINDS


def is_known(name: str, known: frozenset[str], initials: str) -> bool:
    """Tell whether a name is among the record's words, in any form, or their initials."""
    if name in known:
        return True
    plain = name.replace("oe", "o").replace("ue", "u").replace("ae", "a")
    bare = name[:-1] if name.endswith("s") and len(name) > 3 else name
    if bare in known or plain in known or name + "s" in known:
        return True
    if 2 <= len(bare) <= 5 and (bare in initials or any(_shortens(bare, word) for word in known)):
        return True
    if len(name) < 5:
        return False
    if any(word.endswith(name) for word in known):
        return True
    trunk = _trunk(plain)
    return any(
        _trunk(word.replace("oe", "o").replace("ue", "u").replace("ae", "a")) == trunk for word in known
    )


def _shortens(short: str, word: str) -> bool:
    """Tell whether a short form has a word's letters in order: MHD, Ly."""
    if len(word) < len(short) + 3 or word[0] != short[0]:
        return False
    letters = iter(word)
    return word.startswith(short) or (len(short) > 2 and all(letter in letters for letter in short))


def _trunk(name: str) -> str:
    """A name without the endings of its adjectives: Markovian and Markov are one."""
    name = name.removesuffix("e")
    for ending in ("ians", "ian", "ean", "ists", "ist", "ically", "ical", "ic", "s"):
        if name.endswith(ending) and len(name) - len(ending) >= 4:
            return name[: -len(ending)]
    return name
