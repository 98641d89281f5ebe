r"""Markdown that a model or the user wrote, as part of a page of ours.

Its paragraphs, lists, emphasis, code and formulas stay; its headings move below ours. Raw HTML,
images, templates and links that are not plain web addresses are shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from tui_digest.export.markdown_escape import Dialect, break_markup, escape_prose, escaped_sign, formula
from tui_digest.export.mathjax_safety import formulas
from tui_digest.text.sanitise import sanitise

_FENCE = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?P<code>.*?)(?:^[ ]{0,3}(?P=fence)[`~]*[ ]*$|\Z)", re.M | re.S
)
_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>[^\n]+?)(?<!`)(?P=ticks)(?!`)")
_LINK = re.compile(r"(?<![!\\])\[(?P<words>[^\[\]\n]{1,500})\]\((?P<url>https?://[^\s()<>\"']{1,2000})\)")
_DIGIT = re.compile(r"[0-9]")
_IN_ADDRESSES = ":/?#=&%+~,;@._-"
_LINE = re.compile(
    r"(?P<indent> *)(?P<quote>(?:> ?)*)"
    r"(?:(?P<heading>#{1,6})[ ]+|(?P<item>[-*+]|\d{1,9}[.)])[ ]+)?(?P<rest>.*)"
)
_RULE = re.compile(r" *([-*_])(?: *\1){2,}")
_UNDERLINE = re.compile(r" *[-=]+")
_TABLE_ROW = re.compile(r"\|.*\|")
_MEANING = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])|(?P<special>%(?=%)|(?<=%)%|=(?==)|(?<==)=|&(?=[#A-Za-z])|[\\`<\[\]{#$^])|(?P<pipe>\|)"
)
_SIGNS = frozenset("\\`*_<[]{#|~$^&")
_STAYS_ESCAPED = frozenset("-+.!>:()\"'=")

# Code points reserved for use inside a program: around the number of a formula, a code span or a link
# that is set aside while the text around it is escaped.
_ASIDE = "\ufdd0{}\ufdd1"
_MARKED = re.compile("\ufdd0(\\d+)\ufdd1")
_OWN = re.compile("[\ufdd0\ufdd1]")


def block(text: str, dialect: Dialect, depth: int) -> str:
    """Return a model's or the user's Markdown as part of a page, below level `depth`."""
    text = _OWN.sub("", sanitise(text))
    pieces: list[str] = []
    position = 0
    for fence in _FENCE.finditer(text):
        pieces += (_lines(text[position : fence.start()], dialect, depth), _fenced(fence["code"], dialect))
        position = fence.end()
    pieces.append(_lines(text[position:], dialect, depth))
    return "\n\n".join(piece for piece in pieces if piece)


def _fenced(code: str, dialect: Dialect) -> str:
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{break_markup(code, dialect).rstrip()}\n{fence}"


def _lines(text: str, dialect: Dialect, depth: int) -> str:
    aside: list[str] = []

    def set_aside(markup: str) -> str:
        aside.append(markup)
        return _ASIDE.format(len(aside) - 1)

    text = _CODE.sub(lambda code: set_aside(_code(code, dialect)), text)
    text = _without_formulas(text, dialect, set_aside)
    text = _LINK.sub(lambda link: set_aside(_link(link, dialect)), text)
    lines: list[str] = []
    in_list = False
    for line in text.split("\n"):
        shape = _LINE.fullmatch(line.rstrip())
        assert shape is not None  # every part of it may be empty
        in_list = bool(shape["item"]) or (in_list and (not line.strip() or line[0] == " "))
        lines.append(_line(shape, dialect, depth, in_list=in_list))
    page = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    while _MARKED.search(page):
        page = _MARKED.sub(lambda marked: aside[int(marked[1])], page)
    return page


def _code(span: re.Match[str], dialect: Dialect) -> str:
    if dialect is Dialect.OBSIDIAN and span["code"].lstrip().startswith(("=", "$=")):
        return escape_prose(span["code"], dialect)  # plug-ins run such code
    return break_markup(span[0], dialect)


def _without_formulas(text: str, dialect: Dialect, set_aside: Callable[[str], str]) -> str:
    """Set the text's formulas aside, apart from what would keep dollars from closing."""
    pieces: list[str] = []
    position = 0
    for found in formulas(text, markdown=True):
        between = text[position : found.start]
        pieces += (
            between if between or not pieces else " ",
            set_aside(formula(found.tex, dialect, display=found.display)),
        )
        position = found.end
        if _DIGIT.match(text, position) and dialect is not Dialect.KRAMDOWN:
            pieces.append(set_aside(f"&#{ord(text[position])};"))
            position += 1
    return "".join([*pieces, text[position:]])


def _link(link: re.Match[str], dialect: Dialect) -> str:
    return f"[{_text(link['words'], dialect)}]({quote(link['url'], safe=_IN_ADDRESSES)})"


def _line(shape: re.Match[str], dialect: Dialect, depth: int, *, in_list: bool) -> str:
    line = shape[0]
    if _RULE.fullmatch(line):
        return "\n* * *\n"
    if _UNDERLINE.fullmatch(line):
        return f"\\{line.strip()}"
    indent = shape["indent"] if in_list else ""
    rest = _text(shape["rest"], dialect, keep_pipes=bool(_TABLE_ROW.fullmatch(shape["rest"])))
    if shape["heading"]:
        return f"{'#' * min(6, depth + len(shape['heading']))} {rest}"
    if rest.startswith((":", "^", "~~~")):  # tildes without code after them would open a block all the same
        rest = f"&#{ord(rest[0])};{rest[1:]}"
    item = f"{shape['item']} " if shape["item"] else ""
    return f"{indent}{shape['quote']}{item}{rest}"


def _text(text: str, dialect: Dialect, *, keep_pipes: bool = False) -> str:
    """Text with its emphasis, and nothing else that means something."""

    def write(match: re.Match[str]) -> str:
        if match["pipe"]:
            return "|" if keep_pipes else "\\|"
        following = text[match.end() : match.end() + 1]
        if match["special"]:
            return escaped_sign(match["special"], following, dialect)
        sign = match["sign"]
        if sign in _STAYS_ESCAPED:
            return f"\\{sign}"
        return escaped_sign(sign, "", dialect) if sign in _SIGNS else sign

    return _MEANING.sub(write, text)
