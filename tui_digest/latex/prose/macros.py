"""The macros of prose: what each prints, and what it takes."""

from __future__ import annotations

import re
from collections.abc import Callable

from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.nodes import Name, Space
from tui_digest.latex.prose.context import MacroContext
from tui_digest.latex.prose.environments import begin_environment, end_environment, read_item
from tui_digest.latex.prose.private_macros import is_word_of_sentence, lost_accent
from tui_digest.latex.prose.undelimited import is_formula_macro, read_formula
from tui_digest.latex.segment import Macro, Style
from tui_digest.latex.symbols.lookup import rare_character
from tui_digest.latex.symbols.table import COMMANDS
from tui_digest.latex.symbols.text_accents import ACCENTS, LETTERS, SIGN_ACCENTS, add_accent, take_accented


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NOTHING = Macro()
# Letters whose names are words, after which TeX passes over a space.
_WORD_LETTERS = _names("ss ae AE oe OE aa AA SS ij IJ ohorn OHORN uhorn UHORN")
# Letters that no word is made of alone, and so are an author's macros there.
_RARE_LETTERS = _names("dh ng th dj")
_ALONE = r"(?:\s|\A)\\?[a-z]{2}[\s.,;:)]"
_SIGNS = {"\\": "\n", " ": " ", ",": " ", ";": " ", ":": " ", "\n": "\n", "\t": " ", "|": "‖"}
_SILENT_SIGNS = frozenset("!-@/()[]")
# The signs that are the same whatever is around them.
_SIGN_MACROS = {sign: Macro(_SIGNS.get(sign, sign)) for sign in "%&#$_|"}
_SIGN_MACROS |= dict.fromkeys(_SILENT_SIGNS, _NOTHING)

_STYLES = {
    Style.EMPHASIS: ("emph textit textsl tmtextit tmem", "it em sl itshape slshape"),
    Style.STRONG: ("textbf tmtextbf tmstrong", "bf bfseries boldmath"),
    Style.CODE: ("texttt lstinline tmtexttt tmverbatim", "tt ttfamily"),
    Style.PLAIN: (
        "textsc textrm textsf text mbox hbox underline uline textmd textup textnormal title section "
        "subsection subsubsection paragraph abstract MakeUppercase uppercase lowercase "
        "MakeLowercase fbox framebox makebox uwave sout st ul hl textmarkup foreignquote "
        # Authors' marks of what is new or theirs, around prose: the words alone are shown.
        "rev revised revision revise blue red green magenta cyan orange purple teal brown black new added "
        "add changed change chg edited edit updated update modified modify corrected correct highlight mark "
        # And of what a sentence defines.
        "defi defn dfn defterm newterm",
        "sc rm sf scshape rmfamily sffamily noindent noi small large Large LARGE huge Huge centering xspace "
        "protect footnotesize scriptsize tiny normalsize upshape mdseries unboldmath maketitle "
        "relax null leavevmode normalfont sloppy raggedright ignorespaces selectfont nobreak",
    ),
}
_OPENERS = {name: style for style, (names, _) in _STYLES.items() for name in names.split()}
_SWITCHES = {name: style for style, (_, names) in _STYLES.items() for name in names.split()}
_BREAKS = {
    **dict.fromkeys(("newline", "linebreak", "break", "cr"), "\n"),
    **dict.fromkeys(("par", "smallskip", "medskip", "bigskip", "newpage", "clearpage"), "\n"),
    **dict.fromkeys(("hfill", "dotfill", "hrulefill"), " "),
}
# Quotation marks by name: of babel, csquotes and the German and French packages.
_QUOTES = {
    "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "flq": "‹", "frq": "›",
    "quotedblbase": "„", "quotesinglbase": "‚", "guillemotleft": "«", "guillemotright": "»",
    "guillemetleft": "«", "guillemetright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
    "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedbl": '"', "textquotesingle": "'", "lq": "‘", "rq": "’", "og": "« ", "fg": " »",
    "lqq": "“", "rqq": "”", "ldq": "“", "rdq": "”",
}  # fmt: skip
_DOUBLED_QUOTES = {"lq": "“", "rq": "”"}
# The apostrophe of `Player\'s`, escaped by a program; Podleś is a name.
_GENITIVE = r"(?:(?!odle)[a-z]{4}\\'s|.?[A-Za-z]{2}n\\'t|[Hh]old\\'em)(?![A-Za-z])"
_GENITIVE_ENDS = ("s", "t", "em")
# Acronyms of the glossaries and acronym packages, by what follows the argument: their plurals have an s.
_ACRONYMS = (
    "ac acs acl acf acrshort acrlong acrfull gls glsentryshort glsentrylong Ac Acs Acl Acf Gls",
    "acp acsp aclp acfp acrshortpl acrlongpl acrfullpl glspl Acp Aclp Glspl",
)
# Astronomers' comparisons, before an amount: "\\la 10 kpc".
_COMPARISONS = {"la": "≲", "ga": "≳"}
_AMOUNT_BEHIND = r"\s*\$?[+-]?\.?\d"
_DEGREES = _names("degr degree textdegree")
# Signs and letters of prose that before a bracket or a script are a formula's: `\P(S_n>x)`.
_CALLED = _names("P O")
_CALL = r"[(\[_^]|\\\{"
# A unit behind its prefix, where the space ends the prefix's name: `28.8 \mu m`.
_UNIT_BEHIND = r"\s+(?:[msgWAVKTJFHLlGNC]|Hz|eV|rad|Pa|as|mol|bar)(?![A-Za-z])"
_SPACES = frozenset(" ,;:")
_LONGEST_SET = 400
# What acts on a group from the left, and the group, in prose.
_QUOTIENT = r"[A-Za-z)] \\ [A-Z](?:\(|_|/)"
_BROKEN_WORD = r"-\\\\[a-z]"
# Abbreviations that authors define, with the stop that ends the last; another stop behind it is the same.
_ABBREVIATIONS = {
    "ie": "i.e.", "eg": "e.g.", "Ie": "I.e.", "Eg": "E.g.", "etal": "et al.", "cf": "cf.", "etc": "etc.",
    "wrt": "w.r.t.", "iid": "i.i.d.", "aka": "a.k.a.", "viz": "viz.", "vs": "vs.", "wlog": "w.l.o.g.",
    "whp": "w.h.p.",
}  # fmt: skip
# What an apostrophe parts from a word: `project\textquoteright s`.
_WORD_END = r"\s+(?:s|t|re|ve|ll|d)(?!\w)"
# Behind an author's macro: the s of its plural, no word, a part of a sentence that it marks.
_PLURAL = r"\s+s(?![\w'])"
_NO_WORD = r"\{(?:s?\}|\$[_^])"
_MARKED_WORDS = r"\{(?:[a-z]+(?:\s[A-Za-z]+){2}|[A-Z][\w,-]*(?:\s[^\s{}]+){5})"
_OPENING_QUOTES = frozenset("„‚«‹“‘")
_CHARACTERS = {
    "S": "§", "P": "¶",
    "textasciigrave": "`", "textasciiacute": "´", "textasciidieresis": "¨", "textasciimacron": "¯",
    "textbraceleft": "{", "textbraceright": "}", "textdollar": "$", "textcent": "¢", "textsterling": "£",
    "texteuro": "€", "textyen": "¥", "textcopyright": "©", "textdagger": "†", "textdaggerdbl": "‡",
    "textparagraph": "¶", "textordfeminine": "ª", "textordmasculine": "º", "textexclamdown": "¡",
    "textquestiondown": "¿", "textellipsis": "…", "textpm": "±", "texttimes": "×", "textdiv": "÷",
    "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "textonesuperior": "¹",
    "texttwosuperior": "²", "textthreesuperior": "³", "textvisiblespace": "␣", "textnumero": "№",
    "textperthousand": "‰", "textrightarrow": "→", "textleftarrow": "←", "textmu": "µ", "textohm": "Ω",
    "textminus": "−", "textcelsius": "℃", "textasteriskcentered": "∗", "textcircledP": "℗",
    "textquotestraightdblbase": '"', "slash": "/", "nobreakdash": "", "hyp": "-",
}  # fmt: skip
# Signs before numbers, which before words are authors' macros: "the \\S equation".
_SECTIONS = _names("S P")
_WORD_BEHIND = r"(?:\\ |\{\}\s|\s+)(?!and |or |to |in |for )[a-z]{2,}(?![A-Za-z.)])"
# What is before a unit, and so touches it, as in TeX.
_PREFIXES = _names("textmu textohm textcelsius")
_REFERENCES = _names("ref eqref autoref cref Cref pageref nameref vref")
_HIDDEN = _names(
    "label vspace includegraphics bibliographystyle bibliography pagestyle thispagestyle phantom hphantom "
    "vphantom nocite rule setcounter addtocounter setlength addtolength footnotemark usepackage"
)
# Macros of settings, by how many groups come before the text.
_SETTINGS = {
    "textcolor": 1, "colorbox": 1, "color": 1, "fcolorbox": 2, "foreignlanguage": 1, "raisebox": 1,
    "scalebox": 1, "resizebox": 2, "rotatebox": 1, "parbox": 1, "fontsize": 2, "selectlanguage": 1,
    "hypertarget": 1, "hyperlink": 1, "hyperref": 0, "multicolumn": 2, "multirow": 2, "textmarker": 1,
}  # fmt: skip


def read_macro(reader: MacroContext, name: str, start: int, end: int) -> Macro:
    r"""Read the macro `\name` at `start` with its arguments.

    The reader has just passed the name.

    Nothing after `end` belongs to it. A macro of formulas is appended by the reader itself.
    """
    sign = _SIGN_MACROS.get(name)
    if sign is not None:
        return sign
    if name in SIGN_ACCENTS:
        if name == "'" and _is_genitive(reader.text, start):
            return Macro("'")
        return Macro(_accented_letter(reader, name, end) or name)
    if name == "\\" and re.compile(_BROKEN_WORD).match(reader.text, start - 1):
        return _NOTHING
    if name in _CALLED and re.compile(_CALL).match(reader.text, reader.position):
        read_formula(reader, start, end)
        return _NOTHING
    is_letter = name in LETTERS or name in _CHARACTERS
    if name[0].isupper() and len(name) == 1 and not is_letter and _is_quotient(reader.text, start):
        return Macro(f"\\{name}")
    if name == "," and reader.text[reader.position : reader.position + 1] in tuple(",.;"):
        return _NOTHING
    if name in _SPACES and (
        reader.text[start - 1 : start] == " " or reader.text.startswith(" ", reader.position)
    ):
        return _space_beside_space(reader, start)
    if name == "{" and reader.text.find("\\}", start, start + _LONGEST_SET) > 0:
        reader.skip_space()
    if name == "}" and reader.text.rfind("\\{", max(0, start - _LONGEST_SET), start) >= 0:
        reader.drop_space_before()
    if not name[0].isalpha():
        return Macro("" if name in _SILENT_SIGNS else _SIGNS.get(name, name))
    if name in ACCENTS and (accented := _accented_letter(reader, name, end)):
        return Macro(accented)
    if name in _RARE_LETTERS and re.compile(_ALONE).match(reader.text, max(0, start - 1)):
        return Macro(name)
    if name in LETTERS:
        # Authors have macros of their own by the names of rarer letters; inside a word none is meant.
        if len(name) == 1 or name in _WORD_LETTERS or reader.text[start - 1 : start].isalpha():
            reader.skip_space()
        return Macro(LETTERS[name])
    if len(name) == 2 and (accent := lost_accent(reader.text, name, start)):
        return Macro(add_accent(name[1], ACCENTS[accent]))
    if name in _ABBREVIATIONS and (reader.text.startswith("{}", reader.position) or not reader.has_group()):
        ends = reader.text.startswith(".", reader.position)
        return Macro(_ABBREVIATIONS[name].removesuffix("." if ends else ""))
    if name == "mu" and _is_prefix_of_unit(reader, start):
        reader.skip_space()
    special = _READERS.get(name)
    if special is not None:
        return special(reader, name)
    if name in _OPENERS:
        return _opener(reader, name)
    if name in _SWITCHES:
        reader.skip_space()
        return Macro(style=_SWITCHES[name])
    if name in _BREAKS:
        reader.skip_space()
        return Macro(_BREAKS[name])
    if name in ("textemdash", "textendash"):
        reader.skip_space()
        return Macro("—" if name == "textemdash" else "–")
    if name in _SECTIONS and re.compile(_WORD_BEHIND).match(reader.text, reader.position):
        return Macro(name)
    if name in _CHARACTERS:
        if name in _PREFIXES:
            reader.skip_space()
        return Macro(_CHARACTERS[name])
    return _formula_or_name(reader, name, start, end)


def _space_beside_space(reader: MacroContext, start: int) -> Macro:
    r"""Read a space beside another, which is one; or the quotient's of `Gamma \ G(R)`."""
    if re.compile(_QUOTIENT).match(reader.text, start - 2):
        return Macro("\\ ")
    if reader.text[start - 1 : start] == " ":
        reader.skip_space()
    return _NOTHING


def _is_prefix_of_unit(reader: MacroContext, start: int) -> bool:
    is_behind_number = reader.text[max(0, start - 2) : start].rstrip()[-1:].isdigit()
    return is_behind_number and re.compile(_UNIT_BEHIND).match(reader.text, reader.position) is not None


def _is_genitive(text: str, start: int) -> bool:
    """Tell whether an escaped apostrophe is no accent."""
    if not text.startswith(_GENITIVE_ENDS, start + 2):
        return False
    return re.compile(_GENITIVE).match(text, max(0, start - 4)) is not None


def _is_quotient(text: str, start: int) -> bool:
    r"""Tell whether a backslash is a quotient's: `SL(2,Z)\H`."""
    return text[start - 1 : start] in (")", "]") and not text[start + 2 : start + 3].isalpha()


def _formula_or_name(reader: MacroContext, name: str, start: int, end: int) -> Macro:
    """A macro of formulas in prose, or one that nobody knows; then its name stays."""
    known = COMMANDS.get(name)
    if isinstance(known, Space):
        return Macro(" " if known.width > 0 else "")
    if name in _DEGREES and re.compile(r"\s+[CFK](?![A-Za-z])").match(reader.text, reader.position):
        reader.skip_space()
        return Macro("°")
    if name == "deg" and reader.text[start - 1 : start].isdigit():
        return Macro("°")
    if isinstance(known, Name) and not reader.text.startswith(("_", "^", "\\"), reader.position):
        return Macro(f"{_space_behind_factor(reader, start) if known.operator else ''}{known.text}")
    if name in _COMPARISONS and re.compile(_AMOUNT_BEHIND).match(reader.text, reader.position):
        return Macro(f"{_space_behind_factor(reader, start)}{_COMPARISONS[name]}")
    if is_word_of_sentence(reader.text, name, start, reader.position):
        return _unknown(reader, name)
    if is_formula_macro(name):
        if name.startswith(("math", "bm", "bold")) and reader.opens_prose():
            return Macro(opens=True, style=Style.STRONG if "bf" in name or "bold" in name else Style.PLAIN)
        read_formula(reader, start, end)
        return _NOTHING
    if character := rare_character(name):
        return Macro(character)
    if name.lower().startswith("cite") and not reader.has_group():
        return _NOTHING
    return _unknown(reader, name)


def _space_behind_factor(reader: MacroContext, start: int) -> str:
    r"""Return the space between a factor and a function or relation: `b\log x`."""
    before = reader.text[start - 1 : start]
    return " " if before.isalnum() or before == ")" else ""


def _unknown(reader: MacroContext, name: str) -> Macro:
    """An author's own macro: its name, or the words alone that it marks."""
    if not reader.has_group():
        if re.compile(_PLURAL).match(reader.text, reader.position):
            reader.skip_space()
        return Macro(name)
    if re.compile(_MARKED_WORDS).match(reader.text, reader.position):
        return Macro(opens=True)
    return Macro(name if re.compile(_NO_WORD).match(reader.text, reader.position) else name + " ")


def _accented_letter(reader: MacroContext, name: str, end: int) -> str:
    letters, reader.position = take_accented(reader.text, reader.position, name, end)
    return letters


def _opener(reader: MacroContext, name: str) -> Macro:
    reader.skip_star()
    while reader.option():
        pass
    if not reader.has_group():
        if reader.text.startswith("{", reader.position):
            # A group that is cut off goes on to the end.
            reader.position += 1
            return _NOTHING
        return (
            _NOTHING if _OPENERS[name] is not Style.PLAIN or name.startswith(("text", "sub")) else Macro(name)
        )
    reader.skip_space()
    return Macro(opens=True, style=_OPENERS[name])


def _quotation_mark(reader: MacroContext, name: str) -> Macro:
    mark = _QUOTES[name]
    if name in _DOUBLED_QUOTES and reader.text.startswith(f"\\{name}", reader.position):
        reader.position += len(name) + 1
        mark = _DOUBLED_QUOTES[name]
    ends_word = mark == "’" and re.compile(_WORD_END).match(reader.text, reader.position)
    if mark[0] in _OPENING_QUOTES or ends_word:
        reader.skip_space()
    if reader.text.startswith("{}", reader.position):
        reader.position += 2
    if name == "fg":
        reader.drop_space_before()
    return Macro(reader.in_level(mark))


def _keywords(reader: MacroContext, name: str) -> Macro:
    if not reader.has_group():
        return Macro(name)
    space = reader.space_between_words()
    reader.skip_space()
    return Macro(
        f"{space}Keywords:{'' if reader.text.startswith('{ ', reader.position) else ' '}", opens=True
    )


def _enquote(reader: MacroContext, name: str) -> Macro:
    reader.skip_star()
    if not reader.has_group():
        return Macro(name)
    opening, closing = ("“", "”") if reader.closings("”") % 2 == 0 else ("‘", "’")
    return Macro(reader.in_level(opening), opens=True, closing=reader.in_level(closing))


def _citation(reader: MacroContext, name: str) -> Macro:
    r"""`\citep[see][p.~3]{B}`: the key between what is before and behind it."""
    reader.skip_star()
    notes = [note for _ in range(2) if (note := reader.option_or_none()) is not None]
    if not reader.has_group():
        return Macro(name)
    keys = ", ".join(key.strip() for key in reader.group().split(","))
    before, behind = (notes[0], notes[1]) if len(notes) == 2 else ("", notes[0] if notes else "")
    cited = " ".join(filter(None, (reader.read_part(before), keys)))
    if not notes and _is_in_brackets(reader, name):
        return Macro(cited)
    return Macro(f"[{', '.join(filter(None, (cited, reader.read_part(behind))))}]")


def _is_in_brackets(reader: MacroContext, name: str) -> bool:
    r"""Tell whether a citation, just read, is in square brackets: `[\cite{B}]`."""
    start = reader.text.rfind(f"\\{name}", 0, reader.position)
    return reader.text[start - 1 : start] == "[" and reader.text.startswith("]", reader.position)


def _reference(reader: MacroContext, name: str) -> Macro:
    reader.skip_star()
    if not reader.has_group():
        return Macro(name)
    key = reader.group()
    # An equation whose key is its number or its sign, as the display shows it.
    return Macro(f"({key})" if name == "eqref" and re.fullmatch(r"\d+|\*+", key) else f"[{key}]")


def _skip_hidden(reader: MacroContext, name: str) -> Macro:
    reader.skip_star()
    while reader.option():
        pass
    while reader.has_group() and reader.group():
        if name not in ("rule", "setcounter", "addtocounter", "setlength", "addtolength"):
            break
    return _NOTHING


def _space(reader: MacroContext, name: str) -> Macro:
    reader.skip_star()
    reader.group()
    return Macro(" ")


def _link(reader: MacroContext, name: str) -> Macro:
    reader.option()
    url = _bare_address(reader.group())
    if not reader.has_group():
        if url and reader.text.startswith("{", reader.position):
            reader.position += 1
            return Macro(f"{url} ", url)
        return Macro(url, url) if url else Macro(name)
    text = reader.read_part(reader.group())
    return Macro(url, url) if text in (url, "") else Macro(f"{text} ({url})", url)


def _address(reader: MacroContext, name: str) -> Macro:
    url = _bare_address(reader.group() if reader.has_group() else reader.between_bars())
    return Macro(url, url) if "/" in url or "." in url else Macro(url or name)


def _bare_address(url: str) -> str:
    return url.strip().replace("\\", "")


def _note(reader: MacroContext, name: str) -> Macro:
    reader.option()
    if reader.has_group():
        reader.drop_space_before()
        return Macro(" (", opens=True, closing=")")
    if not reader.text.startswith("{", reader.position):
        return Macro(" ")
    # Of a note that is cut off nobody knows the end.
    reader.drop_space_before()
    reader.position += 1
    return Macro(" (")


def _skip_setting(reader: MacroContext, name: str) -> Macro:
    reader.skip_star()
    for _ in range(_SETTINGS[name]):
        reader.option()
        reader.group()
    while reader.option():
        pass
    if name == "color":
        reader.skip_space()
        return _NOTHING
    return Macro(opens=True) if reader.has_group() else _NOTHING


def _acronym(reader: MacroContext, name: str) -> Macro:
    reader.skip_star()
    if not reader.has_group():
        return _formula_or_name(reader, name, reader.position - len(name) - 1, reader.position)
    return Macro(opens=True, closing="s" if name in _ACRONYMS[1].split() else "")


def _chemistry(reader: MacroContext, name: str) -> Macro:
    r"""A substance or reaction; formulas in it, as in `\ce{$n$H2O}`, are its own."""
    start = reader.position - len(name) - 1
    tex = f"\\{name}{{{reader.group()}}}"
    if "$" not in tex:
        reader.position = start + len(name) + 1
        read_formula(reader, start, len(reader.text))
    else:
        reader.append_formula(formula_to_unicode(tex, reader.level), tex)
    return _NOTHING


def _first_of_two(reader: MacroContext, name: str) -> Macro:
    return Macro(opens=True, omitted=1) if reader.has_group() else Macro(name)


def _script(reader: MacroContext, name: str) -> Macro:
    sign = "^" if name == "textsuperscript" else "_"
    if reader.opens_prose():
        return Macro(f"{sign}(", opens=True, closing=")")
    return Macro(formula_to_unicode(f"{sign}{{\\mathrm{{{reader.group()}}}}}", reader.level))


def _verbatim(reader: MacroContext, name: str) -> Macro:
    reader.skip_star()
    return Macro(reader.between_bars())


_READERS: dict[str, Callable[[MacroContext, str], Macro]] = {
    **dict.fromkeys(_REFERENCES, _reference),
    **dict.fromkeys(_HIDDEN, _skip_hidden),
    **dict.fromkeys(_QUOTES, _quotation_mark),
    **dict.fromkeys(_SETTINGS, _skip_setting),
    **dict.fromkeys(("url", "path", "nolinkurl"), _address),
    **dict.fromkeys(("footnote", "thanks", "footnotetext", "tnote", "tablenote"), _note),
    **dict.fromkeys(("textsuperscript", "textsubscript"), _script),
    **dict.fromkeys(("enquote", "say", "textquote", "blockquote"), _enquote),
    **dict.fromkeys(
        _names(
            "cite citep citet citealp citealt citeauthor citeyear cites parencite textcite autocite footcite "
            "citeyearpar Citet Citep fullcite onlinecite citenum citealp citealt Cite ct"
        ),
        _citation,
    ),
    **dict.fromkeys(_names(" ".join(_ACRONYMS)), _acronym),
    "ce": _chemistry,
    "keywords": _keywords,
    "begin": begin_environment,
    "end": end_environment,
    "item": read_item,
    "hspace": _space,
    "href": _link,
    "texorpdfstring": _first_of_two,
    "verb": _verbatim,
}
