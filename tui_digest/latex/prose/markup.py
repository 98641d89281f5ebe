"""HTML that came into a text of TeX, mostly from publishers.

Entities, `<sub>`, `<br>`, `<i>`.

Angle brackets are also relations and averages (`<E>`, `<n|A|n>`), so that a tag counts only when it is
closed, and only those tags count that titles and abstracts are set with.
"""

from __future__ import annotations

import re
import unicodedata
from html.entities import html5

_ENTITY = re.compile(
    r"&(?:#(?P<decimal>\d{1,7})|#[xX](?P<hexadecimal>[0-9A-Fa-f]{1,6})|(?P<name>[A-Za-z]+\d*));"
)
_BREAK = re.compile(r"<br\s*/?>[ \t]*|</p>\s*<p>", re.IGNORECASE)
_PAIRED_TAG = re.compile(
    r"<(?P<tag>(?:jats:)?(?:sub|sup|inf|i|em|italic|b|strong|bold|tt|code|u|s|p|sc|small|span))"
    r"(?P<attributes>\s[^<>]{0,80})?>(?P<content>(?:(?!<(?P=tag)[\s>]).){0,2000}?)</(?P=tag)>",
    re.IGNORECASE | re.DOTALL,
)
_TEX = {
    "sub": "_{%s}",
    "inf": "_{%s}",
    "sup": "^{%s}",
    **dict.fromkeys(("i", "em", "italic"), r"\emph{%s}"),
    **dict.fromkeys(("b", "strong", "bold"), r"\textbf{%s}"),
    **dict.fromkeys(("tt", "code"), r"\texttt{%s}"),
}
_MOST_NESTED = 4


def html_to_tex(text: str) -> str:
    r"""Return the text with HTML's entities as characters and its tags as TeX.

    `x<sub>i</sub>` is `x_{i}`.

    Whatever is no entity or tag, such as `a <b and c> d` or `&c;`, stays.
    """
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if "<" in text:
        text = _BREAK.sub("\n", text)
        for _ in range(_MOST_NESTED):
            text, replaced = _PAIRED_TAG.subn(_as_tex, text)
            if not replaced:
                break
    return text


def _character(entity: re.Match[str]) -> str:
    """The character that an entity stands for, where it is one that can be printed."""
    if entity["name"]:
        character = html5.get(f"{entity['name']};", "")
    else:
        number = int(entity["decimal"] or entity["hexadecimal"], 10 if entity["decimal"] else 16)
        character = chr(number) if 0 < number < 0x110000 else ""
    if character in ("\u00a0", "\u2002", "\u2003", "\u2009"):
        return " "
    if "ﬀ" <= character <= "ﬆ":
        return unicodedata.normalize("NFKC", character)
    if not character or not character.isprintable():
        return entity[0]
    return character


def _as_tex(tag: re.Match[str]) -> str:
    content = tag["content"]
    return _TEX.get(tag["tag"].lower().removeprefix("jats:"), "%s").replace("%s", content)
