r"""Find the formulas of a text.

`$…$`, `$$…$$`, `\(…\)`, `\[…\]` and environments, but not prices.

This is the only finder: the screen, search, exports, Markdown and the checks of explanations all use it,
so that a formula is the same piece of text everywhere.
"""

import re
from functools import cache
from typing import NamedTuple

_ENVIRONMENT_NAMES = (
    "equation displaymath math subequations eqnarray multline split align aligned alignat flalign gather "
    "gathered dmath cases array matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix"
)
_ENVIRONMENTS = frozenset(_ENVIRONMENT_NAMES.split())
_OPENING_SOURCE = (
    r"\\\\|\\\(|\\\[|\\\$|\\begin\{(?P<environment>[A-Za-z]+\*?)\}|\$\$?|\\verb\*?(?P<bar>[^A-Za-z\s*])"
)
_OPENING = re.compile(_OPENING_SOURCE)
_OPENING_IN_PROSE = re.compile(r"\\(?:[\\(\[$]|begin\{|verb)")
_CLOSING = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_ESCAPES = ("\\\\", "\\$")
_WRAPPERS = ("equation", "displaymath", "math", "subequations", "dmath")
_INLINE = ("math", "cases", "array")
_LONGEST = 4000
TEXT_LETTERS = frozenset(f"{before}\\{name}{behind}" for name in "LOo" for before, behind in (("", ""), "{}"))
"""Letters of names that authors put between dollar signs; in a formula they stand for other things."""

# Four words of prose in a row do not occur in a formula, except in the arguments of these.
_PROSE = re.compile(r"(?:(?<![\\A-Za-z])[A-Za-z]{2,}[,;:.]?\s+){3}[A-Za-z]{2,}")
# The other patterns are compiled when a text first needs them, which few do.
_TEXT_ARGUMENT = (
    r"\\(?:text|mbox|textrm|textit|textbf|mathrm|operatorname\*?|textnormal|hbox|textup|texttt|textsf|textsc|emph|"
    r"mathit|mathsf|mathtt|mathbf)\s*\{(?:[^{}\\]|\\.)*\}"
)
_SENTENCE = r"(?<![\\A-Za-z])[A-Za-z]{2,}(?:\s+[A-Za-z]{2,}){2}"
_SHORTEST_PROSE = len("if it is so")
_DIGITS = frozenset("0123456789")
_DOUBTFUL_FIRST = frozenset(" \t\n,.;:)")
_DOUBTFUL_LAST = frozenset(" \t\n\\")

# Groups whose argument is prose, in which `$` begins a formula inside the formula.
_TEXT_GROUP = (
    r"\\(?:text[a-z]*|[mhf]box|emph|cases|(?:short)?intertext|tag|footnote|mathrm|mathit|operatorname)\*?\s*\{"
    r"|\\(?:raise|scale|rotate|reflect|make|frame|par|(?:f?color|resize)(?:box\s*\{[^{}$]*\})?)box"
    r"(?:\s*\[[^][$]*\])*(?:\s*\{[^{}$]*\})?\s*\{"
)
_NESTING = rf"(?s)(?P<prose>{_TEXT_GROUP})|\\.|[{{}}$]|\n[ ]*\n"
_DEEPEST = 16

# What an amount of money looks like behind its sign, and the currencies whose sign has letters.
_AMOUNT = r"\d[\d,.]*(?:\s?(?:[kKMBT]|bn|mn|million|billion|trillion|thousand)\b)?(?![\^_\\])"
_CURRENCY = r"(?<![A-Za-z])(?:US|NZ|HK|AU|CA|SG|TW|NT|Can|Mex|A|C|S|R|U\.S\.|CAD|USD) ?$"
_VARIABLE = r"[A-Z_]{2,}\b"
_MATHEMATICAL = re.compile(r"[\\^_=<>+*/|{}\d]|(?<![A-Za-z])[A-Za-z](?![A-Za-z])")
_WORD = r"(?<![\\A-Za-z{])[A-Za-z]{2,}"
_MACRO = r"\\[A-Za-z]+(?:\s*\{[^{}]*\})?"

# How doubtful a reading is: of a dollar sign as no delimiter, and of two as a formula's.
_STRAY, _VARIABLE_SIGN, _PRICE, _PRICE_IN_NAMED_CURRENCY = 3.0, 1.0, 0.5, 0.0
_MOST_DOUBT = 2 * _STRAY
_SPACE = 0.4
_IMPOSSIBLE = float("inf")

_CUT_OFF = r"\$\{?\\[A-Za-z]+ ?[^\s$]{1,30}\s*"
_BLANK_LINE = r"\n[ ]*\n"
# The citation `\[12\]`, whose brackets Markdown's escapes protect.
_CITATION = r"[\d\s,;–-]*"
_PROSE_WORD = r"\s*(?:(?:\\\S|[^\s\\])+|\S)"
_CODE = r"(?m)(?<!\\)(?P<ticks>`+)|^[ \t>]*(?P<fence>`{3,}|~{3,})"


class Formula(NamedTuple):
    """A formula's place in a text, from `start` to `end` with its delimiters.

    `tex` is without them.
    """

    start: int
    end: int
    tex: str
    display: bool


class Code(NamedTuple):
    """A code span or fenced block of Markdown, from `start` to `end`, ticks included."""

    start: int
    end: int
    fenced: bool


def find_formulas(text: str, *, markdown: bool = False) -> list[Formula]:
    r"""Return the formulas of a text in order.

    A `$` that opens nothing, or a price, is left to the prose.

    A closing `$` is the first one outside of the groups that were opened since: `$\text{if $x$ is odd}$`
    is one formula. Where dollar signs can be read in more than one way, as in `We spend $500 on $k$
    GPUs`, the reading of the whole text that has the fewest doubtful formulas and stray signs is taken.

    Args:
        text: TeX prose, or Markdown.
        markdown: Whether the text is Markdown: there is no formula in code then, nor is `\[12\]` one.
    """
    if "$" not in text and "\\" not in text:
        return []
    if markdown:
        return _Finder(text, find_code(text)).all()
    return find_split_formulas(text, split_at_dollars(text))


def find_split_formulas(text: str, parts: list[str] | None) -> list[Formula]:
    """Return the formulas of a text, given what `split_at_dollars` makes of it."""
    if parts is None:
        return _Finder(text, None).all()
    formulas: list[Formula] = []
    end = -1
    for place in range(1, len(parts), 2):
        start = end + 1 + len(parts[place - 1])
        end = start + 1 + len(parts[place])
        formulas.append(Formula(start, end + 1, parts[place], False))
    return formulas


def split_words(text: str) -> list[str]:
    """Return the words of TeX prose with the space before each; a formula is one."""
    words: list[str] = []
    end = 0
    for formula in find_formulas(text):
        prose = text[end : formula.start]
        end = formula.end
        words += re.findall(_PROSE_WORD, prose)
        words.append(prose[len(prose.rstrip()) :] + text[formula.start : end])
    return words + re.findall(_PROSE_WORD, text[end:])


def split_at_dollars(text: str) -> list[str] | None:
    """Split a text at its dollar signs, if every one evidently delimits a formula.

    Prose and formulas alternate; None where a sign is doubtful.

    So are most texts read, at a fraction of the cost.
    """
    parts = text.split("$")
    if len(parts) % 2 == 0:
        return None
    prose = "$".join(parts[::2])
    if "\\" in prose and (prose[-1] == "\\" or _OPENING_IN_PROSE.search(prose) is not None):
        return None
    doubt = 0.0
    for place in range(1, len(parts), 2):
        body = parts[place]
        # A letter or a few are a formula whatever is around them.
        if body.isalpha() and len(body) < _SHORTEST_PROSE:
            continue
        if not _is_evident(body, parts[place - 1], parts[place + 1]):
            doubt += _doubt_if_spaced(body)
            if doubt > _MOST_DOUBT:
                return None
    # Any other reading leaves at least two signs that delimit nothing.
    return parts if not doubt or doubt <= _doubt_of_two_strays(text, parts) else None


def formula_at(text: str, start: int) -> Formula | None:
    """Return the formula that opens at `start` in a Markdown text, if there is one."""
    opening = _OPENING.match(text, start)
    return None if opening is None else _Finder(text, []).at(opening)


def find_code(text: str) -> list[Code]:
    """Return the code spans and fenced blocks of a Markdown text, after CommonMark."""
    spans: list[Code] = []
    if "`" not in text and "~~~" not in text:
        return spans
    position = 0
    unclosed: set[str] = set()
    opening = re.compile(_CODE)
    while match := opening.search(text, position):
        position = match.end()
        opened = match["fence"] or match["ticks"]
        if match["fence"] or (
            len(opened) >= 3 and not text[_line_start(text, match) : match.start()].strip()
        ):
            closing = re.compile(rf"^[ \t>]*{opened[0]}{{{len(opened)},}}[ \t]*$", re.M).search(
                text, position
            )
            position = closing.end() if closing else len(text)
            spans.append(Code(match.start(), position, fenced=True))
        elif opened not in unclosed:
            end = _closing_ticks(text, opened, position)
            if end < 0:
                unclosed.add(opened)
            elif "\n\n" not in text[position:end]:
                position = end + len(opened)
                spans.append(Code(match.start(), position, fenced=False))
    return spans


def _line_start(text: str, match: re.Match[str]) -> int:
    return text.rfind("\n", 0, match.start()) + 1


def _closing_ticks(text: str, ticks: str, position: int) -> int:
    """Return where a run of as many backticks begins from `position` on.

    -1 when there is none.
    """
    closing = re.compile(rf"(?<!`){ticks}(?!`)").search(text, position)
    return -1 if closing is None else closing.start()


def is_formula(body: str) -> bool:
    """Tell whether the text between two delimiters is a formula, not prose."""
    if not body or body.isspace() or (body.count("\n") > 1 and re.search(_BLANK_LINE, body)):
        return False
    return len(body.split(None, 3)) < 4 or not _reads_as_prose(body)


def _is_evident(body: str, before: str, behind: str) -> bool:
    """Tell whether the text between two dollar signs is a formula at first sight.

    Args:
        body: The text between the signs.
        before: What comes before the first of them, or the end of it.
        behind: What comes behind the second, or the beginning of it.
    """
    if not body or body[0] in _DOUBTFUL_FIRST or body[-1] in _DOUBTFUL_LAST or "\n" in body:
        return False
    if "{" in body and body.count("{") > body.count("}"):
        return False
    length = len(body)
    if length >= _SHORTEST_PROSE:
        if length >= _LONGEST or (len(body.split(None, 3)) > 3 and _reads_as_prose(body)):
            return False
    elif body in TEXT_LETTERS:
        return not behind[:1].isalpha()
    return body[0] not in _DIGITS or body.isdigit() or not _doubt_of_amount(before, body, behind)


def _doubt_if_spaced(body: str) -> float:
    """How doubtful a formula is for its spaces and line ends: `$ x^2 $`.

    Infinite where there is another doubt.
    """
    if not is_formula(body) or body in TEXT_LETTERS or len(body) >= _LONGEST:
        return _IMPOSSIBLE
    if body.count("{") > body.count("}") or body[0].isdigit() or body[0] in ",.;:)" or body[-1] == "\\":
        return _IMPOSSIBLE
    return _doubt_of_spaces(body)


def _doubt_of_spaces(body: str) -> float:
    """How doubtful spaces at its ends, or a mark of prose before it, make a formula."""
    first, last = body[0], body[-1]
    doubt = 0.0
    if first.isspace() or first in ",.;:)":
        doubt += _SPACE if first.isspace() else 1.0 if body[1:2].isspace() else 0.0
    if last.isspace():
        doubt += _SPACE
    if doubt:
        bare = re.sub(_MACRO, " ", body)
        doubt += 1.5 if re.search(_WORD, bare) else 0.0
        doubt += 1.5 if _MATHEMATICAL.search(body) is None else 0.0
    return doubt


def _reads_as_prose(body: str) -> bool:
    """Tell whether four words or more follow each other as in a sentence.

    A list such as `$SML, MED, LRG, MULTI$` is none.
    """
    if _PROSE.search(body) is None:
        return False
    bare = re.sub(_TEXT_ARGUMENT, " ", body)
    if _PROSE.search(bare) is None:
        return False
    return (
        body[0].isspace() or body[-1].isspace() or body[-1] == "(" or re.search(_SENTENCE, bare) is not None
    )


class _Finder:
    """Finds the formulas of one text; `code` is None for a text that is no Markdown."""

    def __init__(self, text: str, code: list[Code] | None) -> None:
        self._text = text
        self._code = code
        self._closings = _Closings(text)
        self._readings: dict[int, Formula | None] | None = None

    def all(self) -> list[Formula]:
        """The formulas in order."""
        text, code = self._text, self._code
        formulas: list[Formula] = []
        position = 0
        while match := _OPENING.search(text, position):
            position = match.end()
            opening = match[0]
            if code and (end := self._end_of_code(match.start())):
                position = end
            elif opening == "$":
                formula = self._between_dollars(position - 1)
                if formula is not None:
                    formulas.append(formula)
                    position = formula.end
            elif match.lastgroup == "bar" and code is None:
                position = _verbatim_end(text, match["bar"], position)
            elif (formula := self.at(match)) is not None:
                formulas.append(formula)
                position = formula.end
        return formulas

    def at(self, opening: re.Match[str]) -> Formula | None:
        """The formula that begins with this opening delimiter."""
        if opening[0] == "$":
            return self._between_dollars(opening.start())
        if opening[0] in _ESCAPES or opening.lastgroup == "bar":
            return None
        return self._between_delimiters(opening)

    def _between_delimiters(self, opening: re.Match[str]) -> Formula | None:
        r"""The formula that begins with this opening `$$`, bracket or `\begin`, if it ends."""
        environment = opening["environment"] or ""
        if environment and environment.removesuffix("*") not in _ENVIRONMENTS:
            return None
        closing = f"\\end{{{environment}}}" if environment else _CLOSING[opening[0]]
        start = opening.end()
        end = self._closings.next(closing, start)
        body = self._text[start:end]
        if not 0 <= end - start <= _LONGEST or not is_formula(body):
            return None
        if self._code is not None and (
            self._holds_code(start, end) or (opening[0] == "\\[" and re.fullmatch(_CITATION, body))
        ):
            return None
        if environment and environment.rstrip("*") not in _WRAPPERS:
            body = self._text[opening.start() : end + len(closing)]
        display = opening[0] != "\\(" and environment not in _INLINE
        return Formula(opening.start(), end + len(closing), body, display)

    def _between_dollars(self, start: int) -> Formula | None:
        """The formula whose opening dollar sign is at `start`, if it is one."""
        if self._readings is None:
            text = self._text
            end = text.find("$", start + 1, start + _LONGEST)
            body = text[start + 1 : end]
            before = text[max(0, start - 5) : start]
            if end < 0 and self._code is None and re.compile(_CUT_OFF).fullmatch(text, start):
                # The last formula of a text that was cut off.
                return Formula(start, len(text), text[start + 1 :], False)
            if end > 0 and self._code is None and _is_evident(body, before, text[end + 1 : end + 2]):
                return Formula(start, end + 1, body, False)
            end = self._closing_dollar(start)
            if end > 0 and self._doubt(start, end) == 0.0:
                return Formula(start, end + 1, self._text[start + 1 : end], display=False)
            self._readings = self._best_readings(start)
        return self._readings.get(start)

    def _closing_dollar(self, start: int) -> int:
        """Where the dollar sign is that closes the one at `start`; -1 when there is none."""
        text = self._text
        limit = start + _LONGEST
        end = text.find("$", start + 1, limit)
        while end > 0 and text[end - 1] == "\\" and text[end - 2 : end] != "\\\\":
            end = text.find("$", end + 1, limit)
        if end <= start + 1:
            return -1
        # Most formulas have no group that holds another one.
        if text.find("{", start, end) < 0 or text.count("{", start, end) <= text.count("}", start, end):
            return end
        return _closing_of_nested(text, start + 1, end)

    def _best_readings(self, start: int) -> dict[int, Formula | None]:
        """The formula at each dollar sign from `start` on, in the least doubtful reading.

        The doubts of a reading are added up from the last sign to the first (dynamic programming).
        """
        text = self._text
        signs = [match.start() for match in re.finditer(r"(?s)\\.|\$", text[start:]) if match[0] == "$"]
        signs = [start + sign for sign in signs if not self._end_of_code(start + sign)]
        doubts = [0.0] * (len(signs) + 1)
        readings: dict[int, Formula | None] = {}
        places = {sign: place for place, sign in enumerate(signs)}
        for place in range(len(signs) - 1, -1, -1):
            sign = signs[place]
            doubts[place] = _doubt_of_stray(text, sign) + doubts[place + 1]
            readings[sign] = None
            end = self._closing_dollar(sign)
            if end not in places:
                continue
            doubt = self._doubt(sign, end) + doubts[places[end] + 1]
            if doubt < _IMPOSSIBLE and doubt <= doubts[place]:
                doubts[place] = doubt
                readings[sign] = Formula(sign, end + 1, text[sign + 1 : end], display=False)
        return readings

    def _doubt(self, start: int, end: int) -> float:
        """Return how doubtful it is that the signs at `start` and `end` delimit a formula."""
        text = self._text
        body = text[start + 1 : end]
        if not is_formula(body) or self._holds_code(start, end):
            return _IMPOSSIBLE
        if body[0].isdigit():
            return _doubt_of_amount(text[max(0, start - 5) : start], body, text[end + 1 : end + 2])
        return _doubt_of_spaces(body)

    def _holds_code(self, start: int, end: int) -> bool:
        """Tell whether code begins between two places."""
        if not self._code:
            return False
        index = _index_behind(self._code, start)
        return index < len(self._code) and self._code[index].start < end

    def _end_of_code(self, position: int) -> int:
        """Return where the code ends that this position is in; 0 when it is in none."""
        if not self._code:
            return 0
        index = _index_behind(self._code, position) - 1
        return self._code[index].end if index >= 0 and position < self._code[index].end else 0


def _index_behind(codes: list[Code], position: int) -> int:
    """Return the index of the first code that begins behind a position."""
    from bisect import bisect_right

    return bisect_right(codes, position, key=lambda code: code.start)


def _closing_of_nested(text: str, position: int, first: int) -> int:
    """The first dollar sign from `position` on that is in no group of prose.

    Else `first`.
    """
    opened: list[str] = []
    for token in re.compile(_NESTING).finditer(text, position, position + _LONGEST):
        sign = token[0]
        inner = opened[-1] if opened else ""
        if token["prose"]:
            opened.append("prose")
        elif sign == "{":
            opened.append("prose" if inner == "prose" else "{")
        elif sign == "}":
            if inner == "$":
                return first
            if opened:
                opened.pop()
        elif sign == "$":
            if not opened:
                return token.start()
            if inner == "{":
                return first
            if inner == "$":
                opened.pop()
            else:
                opened.append("$")
        elif sign[0] == "\n" or len(opened) > _DEEPEST:
            return first
    return first


def _doubt_of_amount(before: str, body: str, behind: str) -> float:
    """How doubtful a formula is that begins with a digit, and so may be a price.

    For example `$5 for $`.
    """
    amount = _amount().match(body)
    rest = body[amount.end() :] if amount else body
    if not rest:
        return 0.0
    doubt = 1.5 if rest[-1].isspace() or rest[-1] in "(“‘" else 0.0
    another = behind[:1].isdigit()
    doubt += 1.5 if another else 0.0
    if (
        amount
        and re.search(_WORD, rest)
        and re.search(_WORD, re.sub(_MACRO, " ", re.sub(_TEXT_ARGUMENT, " ", rest)))
    ):
        doubt += 2.0 if " " in rest or doubt else 0.5
        doubt += 1.5 if re.search(_CURRENCY, before[-5:]) else 0.0
    elif another and rest[-1] in "-–—/":
        doubt += 1.5
    return doubt


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(_AMOUNT)


def _doubt_of_stray(text: str, sign: int) -> float:
    """Return how doubtful it is that a dollar sign delimits nothing.

    Little where it is a price's.
    """
    first = text[sign + 1 : sign + 2]
    if first.isdigit() and _amount().match(text, sign + 1):
        named = re.search(_CURRENCY, text[max(0, sign - 5) : sign])
        return _PRICE_IN_NAMED_CURRENCY if named else _PRICE
    is_variable = first.isupper() or first == "_"
    return _VARIABLE_SIGN if is_variable and re.compile(_VARIABLE).match(text, sign + 1) else _STRAY


def _doubt_of_two_strays(text: str, parts: list[str]) -> float:
    """The least doubt that two of the signs between these parts delimit nothing."""
    doubts: list[float] = []
    sign = -1
    for part in parts[:-1]:
        sign += len(part) + 1
        doubts.append(_doubt_of_stray(text, sign))
    return sum(sorted(doubts)[:2])


def _verbatim_end(text: str, bar: str, start: int) -> int:
    end = text.find(bar, start, start + 200)
    return start if end < 0 else end + 1


class _Closings:
    """Where closing delimiters are.

    Remembers those that do not come any more, to look once only.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}

    def next(self, closing: str, position: int) -> int:
        """The first place of this delimiter from `position` on; -1 when there is none."""
        known = self._next.get(closing, -2)
        if known != -1 and known < position:
            known = self._text.find(closing, position)
            self._next[closing] = known
        return known
