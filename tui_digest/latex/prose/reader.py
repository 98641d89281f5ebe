"""The prose between the formulas.

Accents, groups, quotes, dashes, ties, addresses, to styled segments.

One pass from left to right with a stack of open groups: no recursion, so nothing can be nested too deep.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from tui_digest.latex.find import TEXT_LETTERS, Formula, find_formulas, find_split_formulas, split_at_dollars
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.prose.context import MacroContext
from tui_digest.latex.segment import Macro, Segment, Style
from tui_digest.latex.symbols.glyphs import Level
from tui_digest.latex.symbols.text_accents import ACCENTS, LETTERS, add_accent

# Every alternative begins with a literal, so that the search skips quickly what is plain.
_TOKEN = r"\\([A-Za-z]+)|\\(.)|``|''|---*|~~*|\{|\}|\^(?=\{)|_(?=\{)"
_ADDRESS = r"|h(ttps?://[^\s{}\\$<>\"]+)"
_LOW_QUOTE = r"|,,(?=[^\s,])"
# Two characters are found faster by a pattern that is one literal than by `in`.
_TWO_HYPHENS, _SPACE_AT_AN_END = re.compile("--"), re.compile(r"\\[ ,;:](?:\$|(?<=\$\\.))")
_WORD, _SIGN, _URL = 1, 2, 3
# Compiled when a text first needs them, which few do; a literal first makes a search several times as fast.
_SINGLE_QUOTES = r"`(?<![`\w\\]`)(?!`)([^`'\n]{1,300}(?:'(?=[A-Za-z])[^`'\n]{1,300}){0,5})(?<!\\)'(?!')"
# A quotation that is closed by a straight mark: ``model-independent".
_MIXED_QUOTES = r"(``(?:(?!'')[^`\"]){1,300}(?<![\s(]))\"(?!\w)"
# Marks that read alike whatever is around them. An escaped apostrophe before these letters may be a
# genitive's, a hyphen beside an angle is an arrow's, and two hyphens behind a space may begin an option.
_PLAIN_MACRO = r"\\(?:([\"^]|'(?!s|t|em))(?:([A-Za-z])|\{([A-Za-z])\})|([%&#_]))"
_PLAIN_DASH = r"--(?:(?<=[^\s<-]--)(?![->])|(?<= --)(?= )|-(?<=[^<-]---)(?![->]))"
_CLOSING_QUOTE = r"''|``|“"
_PROTECTED = r"[A-Z][A-Za-z0-9-]*|[^\x00-\x7f]{1,2}"
_SPACES_AT_END = ("~", "\\ ", "\\,", "\\;", "\\:")
_SPACES = frozenset(_SPACES_AT_END)
_LAST_OF_SPACES = frozenset("~ ,;:")
# Behind an ordinal's letters there is none: `$n\,$th`.
_ORDINAL = r"(?:th|st|nd|rd)(?![a-z])"
# Braces behind these, around a condition, are a set's.
_LONGEST_OPERATOR = 12
_LONGEST_SET = 120
_BEFORE_SET = (
    r"(?:=|(?<![A-Za-z])(?:min|max|sup|inf|set|spectrum|family|sequence)"
    r"|\\(?:in|notin|subset|subseteq|cup|cap|setminus|backslash))\s*\Z"
)
_SET = (
    r"(?!\s*\\(?:cal|rm|bf|it|em)(?![A-Za-z]))(?:[^{}]|\{[^{}]*\}){0,200}?"
    r"(?::\s|\\in(?![A-Za-z])|[=<>|]|\\(?:neq?|leq?|geq?|mid|[lc]?dots)(?![A-Za-z])|,\s?\.\.)"
)
# Small letters or numbers in braces that are a part of something, or hold a list.
_MEMBERS = r"\{[a-z0-9](?:_\w)?(?:,\s?[a-z0-9](?:_\w)?)*\}\s*\\(?:subset|subseteq|cup|cap)(?![A-Za-z])"
# The name of a root that lost its backslash: its braces are all that says how far it goes.
_ROOT = re.compile(r"(?<![A-Za-z\\])sqrt\Z")
# A raised letter o behind the number before its formula is a degree sign: `20 $^o$C`.
_NUMBER_BEFORE = r"\d[ ~]?\Z"
_RAISED_O = r"\A\^(?:o|\{\s*(?:\\(?:mathrm|text)\s*\{o\}|(?:\\rm\s+)?o)\s*\})"
# A tie beside the space before a unit: `9300 ~\AA`.
_AMOUNT_AND_UNIT = r"\d ~\$?\\(?:AA|mu|micron|degr|circ|Omega)(?![A-Za-z])"
_BEFORE_DISPLAY = frozenset("([{~\\-")
# What is before a program's option; other words behind two hyphens are a remark of the sentence.
_BEFORE_OPTION = (
    r"(?:\A|[`‘][^`‘’']* |--[\w-]+(?:=\S*)?,? (?:and |or )?"
    r"|(?<![A-Za-z])(?:use|using|with|run|now|pass|passing|via|flags?|options?) )\Z"
)
_TRAILING = r"[.,;:!?'\"*]+$"
_PUNCTUATION = frozenset(",.;:!?)]}’”'\"%")
_RAISED = frozenset("*†‡′″°⁺⁻")
_PLAIN, _FORMULA = Style.PLAIN, Style.FORMULA
_UNDELIMITED = Style.FORMULA | Style.UNDELIMITED
_DISPLAYED = Style.FORMULA | Style.DISPLAY
_LONGEST_QUOTATION = 400
_DEEPEST_PART = 6


def read_unicode(text: str, level: Level) -> str:
    """Return a text in plain TeX as Unicode, in the glyphs of a level."""
    parts = split_at_dollars(text)
    if parts is not None and (prose := _plain_prose(parts, text, level)) is not None:
        words, formulas = parts[::2], parts[1::2]
        parts[::2] = prose
        for place, formula in enumerate(formulas):
            line = formula_to_unicode(formula, level)
            if line[1:2] == " ":
                before = parts[2 * place][-1:] or ("$" if place else " ")
                # The relation that a formula begins with is apart from the words before it.
                line = f" {line}" if _is_apart_from(before, line[0]) else line
            parts[2 * place + 1] = line
        read = "".join(parts)
        has_ties = "~" in text and ("~$" in text or "$~" in text)
        if "ᵒ" not in read and not has_ties and _SPACE_AT_AN_END.search(text) is None:
            return read
        parts[::2], parts[1::2] = words, formulas
    return _reader(text, level, parts, styled=False).read_plain()


def _plain_prose(parts: list[str], text: str, level: Level) -> list[str] | None:
    r"""Return the prose of a text whose marks read alike whatever is around them.

    Accents on a letter, escaped signs, dashes between words; None where there are others.
    """
    words = parts[::2]
    prose = "$".join(words)
    if not _has_marks(prose):
        return words
    if "`" in prose or "~" in prose:
        return None
    if "\\" in prose:
        prose = _plain_macro().sub(_plain_macro_read, prose)
        if "\\" in prose:
            return None
    if "--" in prose and level != "ascii" and "://" not in text:
        prose = _plain_dash().sub(lambda dash: "–" if dash[0] == "--" else "—", prose)
    return None if _has_marks(prose) else prose.split("$")


@cache
def _plain_macro() -> re.Pattern[str]:
    return re.compile(_PLAIN_MACRO)


@cache
def _plain_dash() -> re.Pattern[str]:
    return re.compile(_PLAIN_DASH)


def _plain_macro_read(macro: re.Match[str]) -> str:
    accent, letter, braced, sign = macro.groups()
    return add_accent(letter or braced, ACCENTS[accent]) if accent else sign


def read_segments(text: str, level: Level) -> tuple[Segment, ...]:
    """Return a text in plain TeX as styled segments, in the glyphs of a level."""
    return _reader(text, level, split_at_dollars(text), styled=True).read()


def _has_marks(prose: str) -> bool:
    """Tell whether there is anything to read in prose: else it is nothing but words."""
    return (
        "\\" in prose or "{" in prose or "}" in prose or "~" in prose or "`" in prose
        or _TWO_HYPHENS.search(prose) is not None or ("'" in prose and "''" in prose)
        or _has_low_quotes(prose)
    )  # fmt: skip


def _reader(text: str, level: Level, parts: list[str] | None, styled: bool) -> ProseReader:
    if "$" not in text and "\\" not in text:
        return ProseReader(text, [], level, "^{" in text or "_{" in text, styled)
    return ProseReader(text, find_split_formulas(text, parts), level, True, styled)


def _is_apart_from(before: str, sign: str) -> bool:
    """Tell whether a sign that begins a formula takes a space before it.

    The relation of `IoU$=0.7$` does, which has one behind it; punctuation and what is raised, as in
    `MIP$^* = $`, do not.
    """
    is_close = sign.isalnum() or sign in _PUNCTUATION or sign in _RAISED
    return (before.isalnum() or before in ")]}$") and not is_close


def _has_low_quotes(text: str) -> bool:
    """Tell whether two commas could open a quotation, which an upper mark closes."""
    return ("'" in text or "“" in text or "`" in text) and ",," in text


@cache
def _token(addresses: bool, commas: bool) -> re.Pattern[str]:
    """Return what the reader stops at.

    Commas, and the letter of an address, only in texts that have them.
    """
    pattern = _TOKEN + (_ADDRESS if addresses else "") + (_LOW_QUOTE if commas else "")
    return re.compile(pattern, re.DOTALL)


@cache
def _macro_reader() -> Callable[[MacroContext, str, int, int], Macro]:
    """Return the reader of macros, imported for the first: titles seldom have one."""
    from tui_digest.latex.prose.macros import read_macro

    return read_macro


class _Group:
    """An open brace.

    Where it ends, the style before it, what is printed and left out at its end.
    """

    __slots__ = ("closing", "end", "omitted", "style", "url")

    def __init__(self, end: int, style: Style, url: str, closing: str, omitted: int) -> None:
        self.end = end
        self.style = style
        self.url = url
        self.closing = closing
        self.omitted = omitted


class ProseReader(MacroContext):
    """Reads one text.

    `text` and `position` are for the macros, which take their arguments themselves.
    """

    def __init__(
        self,
        text: str,
        formulas: list[Formula],
        level: Level,
        has_tex: bool,
        styled: bool = True,
        depth: int = 0,
    ) -> None:
        """A reader of a text whose formulas were found; without TeX, braces are braces.

        When not `styled` it makes no segments, which is quicker. `depth` is how many readers are above
        this one, which reads an argument.
        """
        if "`" in text:
            text = re.sub(_SINGLE_QUOTES, "‘\\1’", text)
            text = re.sub(_MIXED_QUOTES, "\\1”", text) if '"' in text else text
        super().__init__(text, formulas, level)
        self.has_tex = has_tex
        self.segments: list[Segment] = []
        self._token = _token("/" in text and "://" in text, _has_low_quotes(text))
        self._styled = styled
        self._depth = depth
        self._plain: list[str] = []
        # How many of these cannot be taken back: a reader that is `styled` has made segments of them.
        self._settled = 0
        self._last_segment = ""
        self._groups: list[_Group] = []
        self._style = _PLAIN
        self._url = ""
        self._pending: Macro | None = None
        self._low_quotes = self._open_quotes = 0

    def read(self) -> tuple[Segment, ...]:
        """The whole text as segments."""
        self._read()
        self._flush()
        return tuple(self.segments)

    def read_plain(self) -> str:
        """The whole text, if the reader is not `styled`."""
        self._read()
        return "".join(self._plain)

    def _read(self) -> None:
        for formula in self.formulas:
            self._prose(formula.start)
            self._formula(formula)
        self._prose(len(self.text))

    def _formula(self, formula: Formula) -> None:
        start, end, tex, display = formula
        if self.position > start:
            return
        if tex in TEXT_LETTERS and self.text[end : end + 1].isalpha():
            # A letter of a name, not of a formula: `$\L$ojasiewicz`.
            self._plain.append(LETTERS[tex.strip("\\{}")])
            self.position = end
            return
        text = formula_to_unicode(tex, self.level)
        if text[:1] == "ᵒ" and re.search(_NUMBER_BEFORE, self.text[max(0, start - 2) : start]):
            tex = re.sub(_RAISED_O, r"^\\circ ", tex)
            text = formula_to_unicode(tex, self.level)
        self.position = end
        if not display:
            if tex.startswith(_SPACES_AT_END) and start and text and self.text[start - 1].isalnum():
                # The space of `10$\,\mu$m` is the sentence's, too.
                self._plain.append(" ")
            elif text[1:2] == " " and start and _is_apart_from(self.text[start - 1], text[0]):
                self._plain.append(" ")
            if self._styled:
                self._append(text, _FORMULA, tex, self._url)
            else:
                # As `_append` does, which most formulas are spared.
                self._plain.append(text)
                self._settled = len(self._plain)
            if tex[-1:] in _LAST_OF_SPACES and tex.endswith(_SPACES_AT_END) and text[-1:] != " ":
                # The space of `$A~$respectively` is the sentence's.
                self._plain.append(self._space_before_word(end, tex))
            return
        # A display is apart from the words around it, though its source may touch them.
        if start and not self.text[start - 1].isspace() and self.text[start - 1] not in _BEFORE_DISPLAY:
            self._plain.append(" ")
        self._append(text, _DISPLAYED, tex, self._url)
        if self.text[end : end + 1].isalnum() or self.text[end : end + 1] in ("$", "("):
            self._plain.append(" ")

    def _space_before_word(self, end: int, tex: str) -> str:
        """Return a space if a word follows the formula, or a number a sign between spaces."""
        after = self.text[end : end + 1]
        is_word = after.isalpha() and not re.compile(_ORDINAL).match(self.text, end)
        return " " if is_word or (after.isdigit() and tex[:2] in _SPACES) else ""

    def _prose(self, end: int) -> None:
        """Read up to `end`, where a formula begins or the text ends."""
        text = self.text
        search = self._token.search
        while self.position < end:
            match = search(text, self.position, end)
            if match is None:
                self._plain.append(text[self.position : end])
                self.position = end
                return
            self._plain.append(text[self.position : match.start()])
            self.position = match.end()
            group = match.lastindex
            if group is None:
                self._mark(match[0], match.start(), end)
            elif group == _URL:
                self._address(match[0])
            else:
                self._macro(match[group], match.start(), end)

    def _macro(self, name: str, start: int, end: int) -> None:
        macro = _macro_reader()(self, name, start, self._limit(end))
        if macro.url:
            self.link(macro.text, macro.url)
        else:
            self._plain.append(macro.text)
        if macro.opens:
            self._pending = macro
        elif macro.style is not _PLAIN and self._groups:
            self._restyle(self._style | macro.style, self._url)
        # An argument between two signs of one kind, as of `\verb`, may have a brace of the text in it.
        while self._groups and self._groups[-1].end < self.position:
            self._close(self._groups[-1].end)

    def _limit(self, end: int) -> int:
        """Return what an argument may not pass: the end of the group around it, and `end`."""
        return min(end, self._groups[-1].end) if self._groups else end

    def _mark(self, mark: str, start: int, end: int) -> None:
        if mark == "{":
            self._open(start, end)
        elif mark == "}":
            self._close(start)
        elif mark[0] == "~":
            self._plain.append(self._tie(mark, start))
        elif mark == "``" or mark == "''":
            self._plain.append(self.in_level(self._quotation_mark(mark, start)))
        elif mark == ",,":
            self._plain.append(self._low_quotation_mark(start))
        elif mark[0] == "-":
            self._plain.append(self._dash(mark, start))
        else:
            self._script(mark, start, end)

    def _quotation_mark(self, mark: str, start: int) -> str:
        """English marks, or the upper one that closes a German quotation."""
        if self._low_quotes and (mark == "''" or not self.text[start - 1].isspace()):
            self._low_quotes -= 1
            return "“"
        opens = (mark == "``" and not self._closes_quotation(start)) or (
            mark == "''"
            and not self._open_quotes
            and self.text[start - 1 : start] in ("", " ", "(", "\n")
            and self.text[start + 2 : start + 3].isalnum()
        )
        self._open_quotes = self._open_quotes + 1 if opens else 0
        return "“" if opens else "”"

    def _closes_quotation(self, start: int) -> bool:
        """Tell whether two grave accents end the word of a quotation: ``so``."""
        before, behind = self.text[start - 1 : start], self.text[start + 2 : start + 3]
        return self._open_quotes > 0 and not (before.isspace() or before in "([" or behind.isalnum())

    def _low_quotation_mark(self, start: int) -> str:
        """Two commas before a word open a German quotation if it is closed."""
        ahead = self.text[self.position : self.position + _LONGEST_QUOTATION]
        closing = re.search(_CLOSING_QUOTE, ahead)
        if closing is None or self.text[start - 1 : start].isalnum():
            return ",,"
        self._low_quotes += closing[0] != "“"
        return self.in_level("„")

    def _open(self, start: int, end: int) -> None:
        pending, self._pending = self._pending, None
        close = self._group_ends(start).get(start)
        if close is None:
            between_words = (
                self.text[start - 1 : start].isalnum() and self.text[start + 1 : start + 2].isalnum()
            )
            self._plain.append(" " if between_words and self.has_tex else "" if self.has_tex else "{")
            return
        if close == start + 1 and self._begins_word(start, close):
            self.position = close + 1
            return
        is_plain = not self.has_tex and not self._parts_thousands(start, close)
        literal = is_plain and not re.compile(_PROTECTED).fullmatch(self.text, start + 1, close)
        if literal or self._is_template(start, close) or (pending is None and self._is_set(start, close)):
            self._plain.append("{")
            self._groups.append(_Group(close, self._style, self._url, "}", 0))
            return
        if pending is None and self._formula_group(start, close, end):
            return
        if self._is_between_spaces(start):
            self.position += 1
        closing, omitted = (pending.closing, pending.omitted) if pending else ("", 0)
        self._groups.append(_Group(close, self._style, self._url, closing, omitted))
        if pending is not None and pending.style is not _PLAIN:
            self._restyle(self._style | pending.style, self._url)

    def _begins_word(self, start: int, close: int) -> bool:
        """Whether empty braces keep a mailer from quoting a word: `{}From`."""
        text = self.text
        return text[start - 1 : start] in ("", " ", "\n") and text[close + 1 : close + 5] == "From"

    def _parts_thousands(self, start: int, close: int) -> bool:
        """Whether a group is the comma of a number: `10{,}369`."""
        text = self.text
        around = text[start - 1 : start] + text[close + 1 : close + 2]
        return text[start + 1 : close] == "," and len(around) == 2 and around.isdigit()

    def _is_template(self, start: int, close: int) -> bool:
        """Whether a brace is one of two that programs write around a name: `{{ name }}`."""
        text = self.text
        if text.startswith("{{ ", start):
            return text.startswith(" }}", close - 2)
        return text.startswith("{{ ", start - 1) and text.startswith(" }}", close - 1)

    def _is_set(self, start: int, close: int) -> bool:
        r"""Tell whether braces are those of a set: `= {x\in R: x>0}`, `min{i: a_i=0}`."""
        before = self.text[max(0, start - _LONGEST_OPERATOR) : start]
        if _ROOT.search(before):
            return True
        if before[-1:] in ("", " ", "\n", "(") and re.compile(_MEMBERS).match(self.text, start):
            return True
        return (
            close - start <= _LONGEST_SET
            and re.search(_BEFORE_SET, before) is not None
            and re.compile(_SET).match(self.text, start + 1, close) is not None
        )

    def _formula_group(self, start: int, close: int, end: int) -> bool:
        r"""Read a group that is a formula, such as `{\cal O}` or arXiv's `{\deg}`.

        False if it is none.
        """
        if self.text.find("\\", start, close) < 0:
            return False
        if self.text.startswith("{\\deg}", start):
            self._plain.append("°")
            self.position = close + 1
            return True
        from tui_digest.latex.prose.undelimited import is_formula_group, read_formula

        if not is_formula_group(self.text, start, close):
            return False
        read_formula(self, start, self._limit(end))
        return self.position > start + 1

    def _close(self, start: int) -> None:
        if not self._groups:
            self._plain.append("" if self.has_tex else "}")
            return
        group = self._groups.pop()
        self._plain.append(group.closing)
        if not group.closing and self._is_between_spaces(start):
            self.position += 1
        self._restyle(group.style, group.url)
        for _ in range(group.omitted):
            self.group()

    def _is_between_spaces(self, place: int) -> bool:
        """Tell whether the brace here, which is not shown, has a space on both sides."""
        return self.text.startswith(" ", place + 1) and self.text[place - 1 : place] == " "

    def _script(self, mark: str, start: int, end: int) -> None:
        """A script outside of any formula.

        Raised or lowered, or prose in parentheses when it is words.
        """
        if not self.has_group():
            self._plain.append(mark)
            return
        if self.opens_prose():
            group = self._group_start()
            body = self.text[self.position + 1 : self._group_ends(group)[group]]
            enclosed = body.startswith("(") and body.endswith(")")
            self._plain.append(mark if enclosed else mark + "(")
            self._pending = Macro(opens=True, closing="" if enclosed else ")")
            return
        from tui_digest.latex.prose.undelimited import append_formula

        self.group()
        append_formula(self, start, self._limit(end))

    def _tie(self, ties: str, start: int) -> str:
        """A tie as it is shown: a space, or itself where it says "about" or is typed."""
        before = self.text[start - 1] if start else " "
        after = self.text[self.position] if self.position < len(self.text) else " "
        if len(ties) > 1:
            return ties if before.isspace() and after.isspace() else " "
        if before.isspace() and re.compile(_AMOUNT_AND_UNIT).match(self.text, max(0, start - 2)):
            return ""
        if before.isspace() or before == "(":
            return "~" if after.isdigit() or after in "$\\./" or after.isspace() else ""
        if after.isspace():
            return ""
        if before == "/" and self.text[start - 2 : start - 1] == "~":
            return " "
        return "~" if before == "/" or (before.isdigit() and after.isdigit()) else " "

    def _dash(self, mark: str, start: int) -> str:
        """Two hyphens are a dash, three a long one; an option such as ` --all` stays."""
        end = start + len(mark)
        is_option = mark == "--" and self._begins_option(start, end)
        is_arrow = self.text.startswith(">", end) or self.text.startswith("<", start - 1)
        if len(mark) > 3 or self.level == "ascii" or is_option or is_arrow:
            return mark
        return "–" if mark == "--" else "—"

    def _begins_option(self, start: int, end: int) -> bool:
        """Tell whether two hyphens begin the option of a program, not a remark."""
        is_apart = start == 0 or self.text[start - 1] == " "
        if not is_apart or not self.text[end : end + 1].isalpha():
            return False
        return re.search(_BEFORE_OPTION, self.text[max(0, start - 40) : start]) is not None

    def _address(self, url: str) -> None:
        tail = re.search(_TRAILING, url)
        address = url[: tail.start()] if tail else url
        while (
            address
            and address[-1] in ")]"
            and address.count(address[-1]) > address.count("(["[address[-1] == "]"])
        ):
            address = address[:-1]
        self.link(address, address)
        self._plain.append(url[len(address) :])

    def link(self, text: str, url: str) -> None:
        """Append a link of its own."""
        self._append(text, Style.LINK, "", url)

    def _append(self, text: str, style: Style, tex: str, url: str) -> None:
        """Append a piece in a style of its own, beside the one around it."""
        if not self._styled:
            self._plain.append(text)
            self._settled = len(self._plain)
            return
        self._flush()
        if self._style is not _PLAIN:
            style |= self._style
        self.segments.append(Segment(text, style, tex, url))
        self._last_segment = text or self._last_segment

    def read_part(self, text: str) -> str:
        """An argument as Unicode."""
        if self._depth >= _DEEPEST_PART:
            return text
        return ProseReader(text, find_formulas(text), self.level, True, False, self._depth + 1).read_plain()

    def drop_space_before(self) -> None:
        """Take back the space that was read last."""
        if len(self._plain) > self._settled:
            self._plain[-1] = self._plain[-1].rstrip()

    def space_between_words(self) -> str:
        """A space, where the words before and after would touch without one."""
        before = self.last_text()
        if self.text.startswith(("\\item", "\\begin", "\\end"), self.position):
            return ""
        after = self.text[self.position : self.position + 1]
        return " " if before and not before[-1].isspace() and after and not after.isspace() else ""

    def append_plain(self, text: str) -> None:
        """Append words in the style around them."""
        self._plain.append(text)

    def append_formula(self, text: str, tex: str) -> None:
        """Append a formula that has no delimiters, and its source."""
        self._append(text, _UNDELIMITED, tex, self._url)

    def last_text(self) -> str:
        """Return the piece that was read last, of those with any text."""
        plain = self._plain
        while len(plain) > 1 and not (plain[-1] or plain[-2]):
            plain.pop()
        self._settled = min(self._settled, len(plain))
        return next((text for text in reversed(plain) if text), self._last_segment)

    def take_last(self) -> str:
        """Take back the plain piece that was read last, of those with any text."""
        plain = self._plain
        while len(plain) > self._settled and not plain[-1]:
            plain.pop()
        return plain.pop() if len(plain) > self._settled else ""

    def closings(self, closing: str) -> int:
        """Return how many open groups end with this text."""
        return sum(group.closing == closing for group in self._groups)

    def _restyle(self, style: Style, url: str) -> None:
        if style is self._style and url == self._url:
            return
        if self._styled:
            self._flush()
        else:
            self._settled = len(self._plain)
        self._style, self._url = style, url

    def _flush(self) -> None:
        plain = self._plain
        if not plain:
            return
        text = plain[0] if len(plain) == 1 else "".join(plain)
        plain.clear()
        if text:
            self.segments.append(Segment(text, self._style, url=self._url))
            self._last_segment = text
