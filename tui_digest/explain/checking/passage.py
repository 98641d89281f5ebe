r"""A text as the checks compare it: words, numbers and formula tokens with places.

An abstract, a quotation and a statement are read alike, whether their mathematics is between
dollars, in bare TeX (`\epsilon^{-1/2}`) or in Unicode (`ε⁻¹ᐟ²`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from tui_digest.explain.checking.bare_formulas import ACCENT, bare_formulas
from tui_digest.explain.checking.formula_tokens import TokenKind, fold_word, formula_tokens
from tui_digest.explain.checking.vocabulary import GREEK
from tui_digest.latex.find import find_formulas


class Token(NamedTuple):
    """A word, number or sign of a text, in the form in which it is compared.

    Attributes:
        text: The folded form; letters of formulas keep their case.
        raw: The form as written, without accents' TeX.
        kind: What it is.
        start, end: Its place in the text; that of the whole formula for a token of a formula.
        formula: The number of its formula in the text, -1 for prose.
        depth: Brackets and scripts around it, within its formula.
        gap: The punctuation and space before it.
        joined: Whether it is one word with the token before it, as in `non-convex`, `L2`, `95%`.
        compared: False for what a quotation may have or not.
    """

    text: str
    raw: str
    kind: TokenKind
    start: int
    end: int
    formula: int = -1
    depth: int = 0
    gap: str = " "
    joined: bool = False
    compared: bool = True


_LETTER_MACRO = r"\\(?:ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])(?:\{\}|\s)?"
_STYLES = (
    r"\\(?:emph|text(?:it|bf|sc|rm|sf|tt|sl|up|md)?|mbox|hbox|underline|uline|textnormal|textsuperscript"
    r"|textsubscript|em|it|bf|sc|rm|sf|tt|sl|itshape|bfseries|scshape|small|large|noindent|par|xspace"
    r"|footnotesize)(?![A-Za-z])\s*"
)
_REFERENCE = (
    r"\\(?:[a-z]*cite[a-z]*|eqref|ref|cref|autoref|label|tag|footnote)\*?(?:\[[^\]\n]{0,80}\]){0,2}"
    r"\{[^{}]{0,200}\}"
)
_DECODED = re.compile(
    rf"(?P<accent>{ACCENT})|(?P<letter>{_LETTER_MACRO})|(?P<reference>{_REFERENCE})|(?P<style>{_STYLES})"
    r"|(?P<dots>\\l?dots(?![A-Za-z]))"
    r"|(?P<nothing>\\[-/!@]|[{}])|(?P<space>\\[ ,;:\\\n]|~)|(?P<sign>\\[%&$#_{}|])|(?P<macro>\\[A-Za-z]+)"
)
_LETTERS = {"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å"}
_LETTERS |= {"o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "i", "j": "j"}
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*|(?<![\w.])\.\d+)"
    r"|(?P<word>[iI]\.\s?[iI]\.\s?[dD](?![^\W\d_])|[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<ellipsis>\.{3,}|…|\[\s?(?:\.{3}|…)\s?\])"
    r"|(?P<dash>-{3}|—)"
    r"|(?P<hyphen>--|[-‐‑–−])"
    r"|(?P<sign>[%$€£°±×+=<>≤≥≈≠~∼/|·])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_POSSESSIVE = re.compile(r"(.*)['’](s)$", re.IGNORECASE)
_SPELLED = re.compile(r"(?<![A-Za-z\\])(?:" + "|".join(GREEK) + r")(?![A-Za-z])")
_GROUPED_DIGITS = re.compile(r"(?<=\d)(?:\\[, ]|\{,\}|~)(?=\d{3}(?!\d))")
_PERCENT = frozenset(("percent", "percents"))
_ABBREVIATION = re.compile(
    r"(?<![A-Za-z])(?:e\.g|i\.e|cf|vs|resp|al|etc|approx|w\.r\.t|a\.s|i\.i\.d|fig|eq|eqs|thm|sec|prop|lem|def|dr|st|no|vol|pp"
    r"|phys|math|comput|rev|lett|amer|soc|proc|ann|adv|appl|sci|prof|ref|refs|ch|ca|\b\w)$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?…][\"”'’)\]}]*\s")


class Passage:
    """A text and its tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = _Reader(text).tokens

    @cached_property
    def words(self) -> list[str]:
        """The folded text of each token."""
        return [token.text for token in self.tokens]

    @cached_property
    def sentences(self) -> list[int]:
        """The number of the sentence that each token is in."""
        numbers = []
        number = 0
        for place in range(len(self.tokens)):
            if place and self._ends_before(place):
                number += 1
            numbers.append(number)
        return numbers

    @cached_property
    def comparable(self) -> Comparable:
        """The tokens as strings to search in."""
        return Comparable(self.tokens)

    def sentence_of(self, first: int, last: int) -> tuple[int, int]:
        """The tokens, from and up to, of the sentences that these two tokens are in."""
        numbers = self.sentences
        return numbers.index(numbers[first]), bisect_right(numbers, numbers[last])

    def _ends_before(self, place: int) -> bool:
        token, before = self.tokens[place], self.tokens[place - 1]
        gap = token.gap
        if token.formula == before.formula and token.formula >= 0:
            return False
        if "\n\n" in gap:
            return True
        if not _STOP.search(gap) and not (
            before.formula >= 0
            and token.start - before.end > 0
            and self.text[: before.end].rstrip("$])} ").endswith(".")
        ):
            return False
        if token.raw[:1].islower():
            return False
        return _ABBREVIATION.search(self.text, max(0, before.start - 8), before.end) is None


class Comparable:
    """Tokens as one string of their characters, with what may be cut and what may not.

    Attributes:
        folded: All compared tokens, one behind the other.
        raw: The same with the case as written, of the same length.
        token: For each character, the number of its token.
        begins, ends: Whether a quotation may begin with a character, or end with it.
        hard: Places where two words meet: a quotation must part them as well.
        edges: All places where two tokens meet.
        formula: Whether the character is part of a formula.
    """

    def __init__(self, tokens: list[Token]) -> None:
        folded: list[str] = []
        raw: list[str] = []
        self.token: list[int] = []
        self.begins: list[bool] = []
        self.ends: list[bool] = []
        self.formula: list[bool] = []
        self.hard: set[int] = set()
        self.edges: set[int] = {0}
        place = 0
        before: Token | None = None
        shown = [(number, token) for number, token in enumerate(tokens) if token.compared]
        cuts = [_may_cut(tokens, number) for number, _ in shown]
        for index, (number, token) in enumerate(shown):
            text = token.text
            size = len(text)
            if before is not None and _parts(before, token):
                self.hard.add(place)
            if index and not cuts[index]:
                self.ends[-1] = False
            folded.append(text.casefold() if len(text.casefold()) == size else text)
            raw.append(token.raw if len(token.raw) == size else text)
            self.token += [number] * size
            self.begins += [cuts[index] or index == 0] + [False] * (size - 1)
            self.ends += [False] * (size - 1) + [True]
            self.formula += [token.formula >= 0] * size
            place += size
            self.edges.add(place)
            before = token
        self.folded = "".join(folded)
        self.raw = "".join(raw)


def _parts(before: Token, token: Token) -> bool:
    """Tell whether no quotation may run these two together."""
    if token.joined:
        return before.kind is TokenKind.NUMBER and token.kind is TokenKind.NUMBER
    if before.formula >= 0 and before.formula == token.formula:
        return before.kind is TokenKind.NUMBER and token.kind is TokenKind.NUMBER
    return before.kind in (TokenKind.WORD, TokenKind.NUMBER) and token.kind in (
        TokenKind.WORD,
        TokenKind.NUMBER,
    )


# A dash between words may also part two clauses: `over EP--in terms of accuracy`.
_DASHES = frozenset(("--", "–"))


def _may_cut(tokens: list[Token], number: int) -> bool:
    """Tell whether a quotation may begin before a token, or end there."""
    token = tokens[number]
    if token.joined:
        return number > 0 and bool({token.raw, tokens[number - 1].raw} & _DASHES)
    if token.formula < 0 or number == 0:
        return True
    before = tokens[number - 1]
    while before.formula == token.formula and not before.compared and number > 1:
        number -= 1
        before = tokens[number - 1]
    if before.formula != token.formula or not before.compared:
        return True
    if token.kind is TokenKind.ELLIPSIS:
        return True
    parting = (TokenKind.RELATION, TokenKind.SEPARATOR, TokenKind.WORD)
    return token.depth == 0 and (before.kind in parting or token.kind in (TokenKind.RELATION, TokenKind.WORD))


class _Reader:
    """Reads a text into tokens, formulas and prose in turn."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.tokens: list[Token] = []
        self._formulas = 0
        self._gap = ""
        place = 0
        for formula in find_formulas(text):
            self._prose(place, formula.start)
            self._formula(formula.tex, formula.start, formula.end)
            place = formula.end
        self._prose(place, len(text))

    def _formula(self, tex: str, start: int, end: int) -> None:
        """A formula, its tokens all at its place."""
        gap = self._gap
        before = self.tokens[-1] if self.tokens else None
        touching = before is not None and before.end == start and not gap
        if touching and before is not None and tex.startswith(("^", "_")) and _is_base(before):
            # The base of `10$^{-3}$` and `H$_2$` stands before the formula.
            self.tokens.pop()
            tex, start, gap, touching = before.raw + tex, before.start, before.gap, False
        tex = _GROUPED_DIGITS.sub("", tex)
        for place, token in enumerate(formula_tokens(tex)):
            joined = touching and place == 0 and (before is not None and before.formula < 0)
            self.tokens.append(
                Token(
                    token.text,
                    token.text,
                    token.kind,
                    start,
                    end,
                    self._formulas,
                    token.depth,
                    gap if place == 0 else "",
                    joined,
                    token.compared,
                )
            )
        self._formulas += 1
        self._gap = ""

    def _prose(self, start: int, end: int) -> None:
        """Prose, in which formulas without delimiters may be."""
        place = start
        for first, last in bare_formulas(self._text, start, end):
            self._words(place, first)
            self._formula(_SPELLED.sub(_greek_letter, self._text[first:last]), first, last)
            place = last
        self._words(place, end)

    def _words(self, start: int, end: int) -> None:
        text = self._text[start:end]
        if not text:
            return
        places: list[int] | None = None
        if "\\" in text or "{" in text or "}" in text or "~" in text:
            text, places = _decode(text)
        for match in _TOKEN.finditer(text):
            first, last = match.span()
            if places is None:
                at, stop = start + first, start + last
            else:
                at, stop = start + places[first], start + places[last - 1] + 1
            kind = match.lastgroup
            if kind == "other" or kind == "dash":
                self._gap += match[0]
            elif kind == "word":
                self._word(match[0], at, stop)
            elif kind == "number":
                self._add(match[0].replace(",", ""), match[0], TokenKind.NUMBER, at, stop)
            elif kind == "ellipsis":
                self._add("", "…", TokenKind.ELLIPSIS, at, stop, compared=False)
            elif kind == "hyphen":
                self._hyphen(text, first, last, at, stop)
            else:
                self._sign(match[0], at, stop)

    def _word(self, word: str, start: int, end: int) -> None:
        possessive = _POSSESSIVE.match(word)
        if possessive is not None and possessive[1]:
            self._word(possessive[1], start, end)
            self.tokens.append(Token("s", "s", TokenKind.WORD, end - 1, end, gap="'"))
            return
        folded = fold_word(word)
        if "." in folded:
            folded = "iid"
        if folded in _PERCENT or (
            folded == "cent" and self.tokens and self.tokens[-1].text == "per" and self._gap == " "
        ):
            if folded == "cent":
                self.tokens.pop()
            self._sign("%", start, end)
            return
        if len(word) == 1 and word not in "aA":
            folded = fold_word(word) if word.islower() else fold_word(word).upper()
        self._add(folded, word, TokenKind.WORD, start, end)

    def _sign(self, sign: str, start: int, end: int) -> None:
        sign = {"∼": "~", "⋅": "·"}.get(sign, sign)
        if sign == "%" and self.tokens and self.tokens[-1].kind is TokenKind.NUMBER and not self._gap.strip():
            self._gap = ""
        self._add(sign, sign, TokenKind.RELATION if sign in "=<>≤≥≈≠~" else TokenKind.SIGN, start, end)

    def _hyphen(self, text: str, first: int, last: int, start: int, end: int) -> None:
        """A hyphen that joins words, the minus of a number, or a dash between clauses."""
        before = text[first - 1 : first] if first else self._text[start - 1 : start]
        after = text[last : last + 1] if last < len(text) else self._text[end : end + 1]
        follows = not before.isspace() and bool(before) and bool(self.tokens) and not self._gap
        if (follows and (after.isalnum() or after in "$\\(")) or (not follows and after.isdigit()):
            self._add("-", text[first:last], TokenKind.OPERATOR, start, end)
        else:
            self._gap += text[first:last]

    def _add(
        self, text: str, raw: str, kind: TokenKind, start: int, end: int, *, compared: bool = True
    ) -> None:
        before = self.tokens[-1] if self.tokens else None
        joined = before is not None and not self._gap and before.end <= start and compared and before.compared
        # The letter in front of a possessive is joined to nothing.
        self.tokens.append(
            Token(text, raw, kind, start, end, gap=self._gap, joined=joined, compared=compared)
        )
        self._gap = ""


def _is_base(token: Token) -> bool:
    """Tell whether a token of prose may be what the script behind it belongs to."""
    return token.formula < 0 and (token.kind is TokenKind.NUMBER or len(token.raw) <= _LONGEST_BASE)


_LONGEST_BASE = 2


def _greek_letter(name: re.Match[str]) -> str:
    return GREEK[name[0]]


def _decode(text: str) -> tuple[str, list[int]]:
    """Return prose without TeX, and the place in the text of each of its characters."""
    plain: list[str] = []
    places: list[int] = []
    place = 0
    for match in _DECODED.finditer(text):
        start, end = match.span()
        plain.append(text[place:start])
        places += range(place, start)
        kind = match.lastgroup
        if kind == "accent":
            said = re.sub(r"^\\.|[{}\\\s]", "", match[0])
        elif kind == "letter":
            said = _LETTERS[match[0].strip(" \\{}\n")]
        elif kind == "space":
            said = " "
        elif kind == "dots":
            said = "..."
        elif kind == "sign" or kind == "macro":
            said = match[0][1:]
        else:
            said = ""
        plain.append(said)
        if kind == "dots":
            places += [start, start + 1, end - 1]
        else:
            places += [start + min(index, end - start - 1) for index in range(len(said))]
        place = end
    plain.append(text[place:])
    places += range(place, len(text))
    return "".join(plain), places
