"""Relations between terms: `x ≤ 3` in a formula, `at least 3` in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui_digest.explain.checking.formula_tokens import TokenKind
from tui_digest.explain.checking.passage import Token
from tui_digest.explain.checking.rates import power_form

FLIPPED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "≪": "≫", "≫": "≪", "≲": "≳", "≳": "≲"}
"""Each inequality with the one that its sides exchanged have."""

_GROUPS = {
    **dict.fromkeys("<≤≪≲≺≼", "upper"),
    **dict.fromkeys(">≥≫≳≻≽", "lower"),
    **dict.fromkeys("=≡≔≅", "equal"),
    **dict.fromkeys("≠≢", "unequal"),
    **dict.fromkeys("~≈", "about"),
}


class Relation(NamedTuple):
    """Two terms compared, `left sign right`, each in one form; "" for prose.

    `loose` is true of words that need not mean a strict inequality, such as `over`. `subject` is the
    stem of the noun where the left side is prose, `size` the number of words of a comparison in words,
    `written` the comparison as its formula has it, "" for one in words.
    """

    left: str
    sign: str
    right: str
    place: int
    loose: bool = False
    subject: str = ""
    size: int = 0
    written: str = ""


class Operand(NamedTuple):
    """A term of a formula: its tokens' texts, and the place of its first token."""

    texts: tuple[str, ...]
    place: int

    @property
    def text(self) -> str:
        """The tokens one behind the other."""
        return "".join(self.texts)


def conflict(first: Relation, second: Relation) -> bool:
    """Tell whether two relations of the same terms contradict each other."""
    one, other = _GROUPS.get(first.sign), _GROUPS.get(second.sign)
    if one is None or other is None:
        pairs = {first.sign, second.sign}
        return len(pairs) == 2 and pairs in ({"∈", "∉"}, {"⊂", "⊃"}, {"⊆", "⊇"}, {"→", "←"}, {"↗", "↘"})
    if "about" in (one, other):
        return False
    if one != other:
        return True
    strict = {first.sign, second.sign} & set("<>") and {first.sign, second.sign} & set("≤≥")
    return bool(strict) and not first.loose and not second.loose


def split_formula(tokens: Sequence[Token], start: int, end: int) -> list[tuple[Operand | None, str]]:
    """Split a formula into its terms: at relations, colons, commas outside brackets."""
    parts: list[tuple[Operand | None, str]] = []
    texts: list[str] = []
    first = start
    script, opened = -1, start
    for place in range(start, end + 1):
        token = tokens[place] if place < end else None
        if token is not None and script >= 0 and token.depth <= script and place > opened:
            script = -1
        if token is not None and token.kind is TokenKind.SCRIPT and script < 0:
            script, opened = token.depth, place + 1
        if token is None or (script < 0 and _is_parting(token)):
            kept = _unbracketed(texts)
            sign = token.text if token is not None and token.kind is TokenKind.RELATION else ""
            if kept or sign:
                parts.append((Operand(tuple(kept), first) if kept else None, sign))
            texts = []
        else:
            if not texts:
                first = place
            if token.kind is not TokenKind.SEPARATOR:
                texts.append(token.text)
    return parts


def _is_parting(token: Token) -> bool:
    if token.kind is TokenKind.SEPARATOR:
        return token.depth == 0 or token.text == ":"
    return token.kind in (TokenKind.RELATION, TokenKind.WORD)


def _unbracketed(texts: list[str]) -> list[str]:
    """The texts without brackets at the ends that nothing closes or opens."""
    kept = list(texts)
    while len(kept) > 1 and kept[-1] in ("…", "×", "·"):
        kept.pop()
    opened = sum(text in "([{" for text in kept)
    closed = sum(text in ")]}" for text in kept)
    while kept and opened > closed and kept[0] in "([{":
        del kept[0]
        opened -= 1
    while kept and closed > opened and kept[-1] in ")]}":
        kept.pop()
        closed -= 1
    return kept


def interval_bounds(tokens: Sequence[Token], left: str, start: int, place: int) -> list[Relation]:
    """Return what `x ∈ (a, b)` says of x, as two inequalities.

    `start` is the token of the bracket.
    """
    opening = tokens[start]
    if opening.text not in ("(", "[") or opening.formula < 0:
        return []
    ends: list[list[str]] = [[]]
    for token in tokens[start + 1 : start + 30]:
        if token.depth == opening.depth and token.kind is TokenKind.CLOSING:
            if len(ends) == 2 and all(ends):
                lower = "<" if opening.text == "(" else "≤"
                upper = "<" if token.text == ")" else "≤"
                return [
                    Relation(power_form(ends[0]), lower, left, place),
                    Relation(left, upper, power_form(ends[1]), place),
                ]
            return []
        if token.kind is TokenKind.SEPARATOR and token.depth == opening.depth + 1:
            ends.append([])
        else:
            ends[-1].append(token.text)
    return []
