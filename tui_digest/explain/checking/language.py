"""Whether a text is English: only then its words can be compared."""

from __future__ import annotations

from collections.abc import Iterable

from tui_digest.explain.checking.formula_tokens import TokenKind
from tui_digest.explain.checking.passage import Passage
from tui_digest.explain.checking.vocabulary import word_set

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
_LATIN = 0x24F


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
