"""The macros of prose: what each prints, and what it takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_digest.latex.formula.author_macros import guess
from tui_digest.latex.formula.macros import HANDLERS
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.nodes import Name, Space
from tui_digest.latex.segment import Macro, Style
from tui_digest.latex.symbols.table import COMMANDS

if TYPE_CHECKING:
    from tui_digest.latex.prose.reader import Reader


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NOTHING = Macro()
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_SIGN_ACCENTS = frozenset("'`^\"~=.")
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "SS": "ẞ",
}  # fmt: skip
_LIGATURES = frozenset(("ss", "ae", "AE", "oe", "OE", "aa", "AA"))
_LETTER_ARGUMENT = r"\s*(\\[ij](?![A-Za-z])\s?|[^\W\d_])"
_SIGNS = {"\\": "\n", " ": " ", ",": " ", ";": " ", ":": " ", "\n": "\n", "\t": " ", "|": "‖"}
_SILENT_SIGNS = frozenset("!-@/()[]")

_STYLES = {
    Style.EMPHASIS: ("emph textit textsl", "it em sl itshape slshape"),
    Style.STRONG: ("textbf", "bf bfseries boldmath"),
    Style.CODE: ("texttt", "tt ttfamily"),
    Style.PLAIN: (
        "textsc textrm textsf text mbox hbox underline uline textmd textup textnormal title section "
        "subsection subsubsection paragraph abstract keywords MakeUppercase uppercase lowercase "
        "ensuremath fbox",
        "sc rm sf scshape rmfamily sffamily noindent small large Large LARGE huge centering par newline "
        "smallskip medskip bigskip xspace protect footnotesize scriptsize tiny normalsize upshape "
        "mdseries unboldmath maketitle clearpage newpage hfill relax null leavevmode",
    ),
}
_OPENERS = {name: style for style, (names, _) in _STYLES.items() for name in names.split()}
_SWITCHES = {name: style for style, (_, names) in _STYLES.items() for name in names.split()}
_REFERENCES = _names(
    """
    cite citep citet citealp citealt citeauthor citeyear cites parencite textcite autocite ref eqref
    autoref cref Cref pageref nocite
    """
)
_HIDDEN = _names("label vspace includegraphics bibliographystyle bibliography pagestyle thispagestyle")
# Macros of formulas that people also write outside of them.
_FORMULAS = _names(
    """
    frac dfrac tfrac nicefrac sqrt binom mathbb mathcal mathscr mathfrak mathbf mathrm mathsf boldsymbol
    bm hat widehat bar overline tilde widetilde vec dot ddot operatorname Bbb underbrace overset
    underset stackrel xrightarrow substack
    """
)
_SCRIPTS = r"(?:[_^](?:\{[^{}]*\}|\\[A-Za-z]+|\w))*"


def read_macro(reader: Reader, name: str, end: int) -> Macro:
    r"""Read the macro `\name`, which the reader has just passed, with its arguments."""
    if name in _SIGN_ACCENTS:
        return Macro(_accented(reader, name) or name)
    if not name[0].isalpha():
        return Macro("" if name in _SILENT_SIGNS else _SIGNS.get(name, name))
    if name in _ACCENTS and (accented := _accented(reader, name)):
        return Macro(accented)
    if name in _LETTERS:
        if len(name) == 1 or name in _LIGATURES:
            _skip_space(reader)
        return Macro(_LETTERS[name])
    special = _READERS.get(name)
    if special is not None:
        return special(reader, name)
    if name in _OPENERS:
        if reader.has_group():
            _skip_space(reader)
            return Macro(opens=True, style=_OPENERS[name])
        return _NOTHING
    if name in _SWITCHES:
        _skip_space(reader)
        return Macro(style=_SWITCHES[name])
    return Macro(_symbol(reader, name))


def _symbol(reader: Reader, name: str) -> str:
    """A macro of formulas in prose, or one that nobody knows; then its name stays."""
    if name in _FORMULAS and reader.has_group():
        arguments = f"\\{name}"
        while reader.has_group():
            arguments += "{" + reader.group() + "}"
        scripts = re.compile(_SCRIPTS).match(reader.text, reader.position)
        if scripts is not None:
            reader.position = scripts.end()
            arguments += scripts[0]
        return formula_to_unicode(arguments, reader.level)
    known = COMMANDS.get(name)
    if name == "textquotedblleft":
        _skip_space(reader)
    if isinstance(known, Space):
        return " " if known.width > 0 else ""
    if isinstance(known, Name):
        return known.text
    if known is not None or guess(name) is not None:
        return formula_to_unicode(f"\\{name}", reader.level)
    if name in HANDLERS or name.startswith("cite"):
        return ""
    from tui_digest.latex.symbols.fallback import character

    known_to_pylatexenc = character(name)
    if known_to_pylatexenc:
        if name.endswith("left"):
            _skip_space(reader)
        return known_to_pylatexenc
    return (
        name + " "
        if reader.has_group() and reader.text[reader.position + 1 : reader.position + 2] != "}"
        else name
    )


def _accented(reader: Reader, name: str) -> str:
    """A letter with an accent, from a group or the next letter; "" when neither comes."""
    start = reader.position
    if reader.has_group():
        base = reader.group().strip()
        if len(base) > 4 and not base.startswith("\\"):
            reader.position = start
            return ""
    else:
        match = re.compile(_LETTER_ARGUMENT).match(reader.text, start)
        if match is None or (name.isalpha() and not match[0][0].isspace() and match[0][0] != "\\"):
            return ""
        base = match[1].strip()
        reader.position = match.end()
    base = {"\\i": "i", "\\j": "j"}.get(base, base)
    if base.startswith("\\"):
        base = _LETTERS.get(base[1:].strip(), base[1:])
    return unicodedata.normalize("NFC", base[:1] + _ACCENTS[name] + base[1:]) if base else ""


def _skip_space(reader: Reader) -> None:
    """TeX takes the space after a macro's name for its end."""
    text = reader.text
    while text[reader.position : reader.position + 1].isspace():
        reader.position += 1


def _reference(reader: Reader, name: str) -> Macro:
    while reader.option():
        pass
    return Macro(f"[{reader.group()}]") if reader.has_group() else _NOTHING


def _hidden(reader: Reader, name: str) -> Macro:
    reader.option()
    reader.group()
    return _NOTHING


def _space(reader: Reader, name: str) -> Macro:
    reader.group()
    return Macro(" ")


def _environment(reader: Reader, name: str) -> Macro:
    reader.group()
    reader.option()
    return _NOTHING


def _item(reader: Reader, name: str) -> Macro:
    label = reader.option()
    _skip_space(reader)
    return Macro(label + " " if label else "• " if reader.level != "ascii" else "* ")


def _link(reader: Reader, name: str) -> Macro:
    url = reader.group().replace("\\", "")
    if not reader.has_group():
        return Macro(url, url) if url else _NOTHING
    from tui_digest.latex.prose.reader import read_prose

    text = read_prose(reader.group())
    return Macro(url, url) if text == url else Macro(f"{text} ({url})", url)


def _address(reader: Reader, name: str) -> Macro:
    url = reader.group().replace("\\", "")
    return Macro(url, url) if "/" in url or "." in url else Macro(url)


def _note(reader: Reader, name: str) -> Macro:
    return Macro(" (", opens=True, closing=")") if reader.has_group() else Macro(" ")


def _coloured(reader: Reader, name: str) -> Macro:
    reader.option()
    reader.group()
    return _NOTHING


def _script(reader: Reader, name: str) -> Macro:
    sign = "^" if name == "textsuperscript" else "_"
    return Macro(formula_to_unicode(f"{sign}{{\\mathrm{{{reader.group()}}}}}", reader.level))


def _verbatim(reader: Reader, name: str) -> Macro:
    bar = reader.text[reader.position : reader.position + 1]
    end = (
        reader.text.find(bar, reader.position + 1, reader.position + 200) if bar and not bar.isalnum() else -1
    )
    if end < 0:
        return _NOTHING
    text = reader.text[reader.position + 1 : end]
    reader.position = end + 1
    return Macro(text)


_READERS: dict[str, Callable[[Reader, str], Macro]] = {
    **dict.fromkeys(_REFERENCES, _reference),
    **dict.fromkeys(_HIDDEN, _hidden),
    **dict.fromkeys(("begin", "end"), _environment),
    **dict.fromkeys(("url", "path", "nolinkurl"), _address),
    **dict.fromkeys(("footnote", "thanks", "footnotetext"), _note),
    **dict.fromkeys(("textcolor", "colorbox", "color"), _coloured),
    **dict.fromkeys(("textsuperscript", "textsubscript"), _script),
    "hspace": _space,
    "item": _item,
    "href": _link,
    "verb": _verbatim,
}
