"""markdown-it's inline tokens -> segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it.token import Token

from tui_digest.latex.markdown.formulas import DISPLAY, INLINE
from tui_digest.latex.segment import Segment, Style
from tui_digest.text.sanitise import sanitise

_OPENING = {"em_open": Style.EMPHASIS, "strong_open": Style.STRONG, "link_open": Style.LINK}
_CLOSING = {"em_close", "strong_close", "link_close"}
_SAFE_ADDRESSES = ("https://", "http://", "mailto:")


def segments(tokens: Sequence[Token], render: Callable[[str], str]) -> tuple[Segment, ...]:
    """The segments of one run of inline tokens.

    `render` makes a formula's TeX one line of text.

    Neighbours of the same style are one segment. An image is its alternative text and its address.
    """
    found: list[Segment] = []
    styles: list[tuple[Style, str]] = [(Style.PLAIN, "")]
    for token in tokens:
        style, url = styles[-1]
        if token.type in _OPENING:
            url = _address(token, "href") or url
            styles.append((style | _OPENING[token.type], url))
            continue
        if token.type in _CLOSING:
            styles.pop()
            continue
        _append(found, _segment(token, style, url, render))
    return tuple(found)


def _segment(token: Token, style: Style, url: str, render: Callable[[str], str]) -> Segment:
    match token.type:
        case "softbreak":
            return Segment(" ", style, url=url)
        case "hardbreak":
            return Segment("\n", style, url=url)
        case "code_inline":
            return Segment(sanitise(token.content), style | Style.CODE, url=url)
        case "image":
            address = _address(token, "src")
            alternative = sanitise(token.content)
            text = f"{alternative} ({address})" if alternative else address
            return Segment(text, style | Style.LINK, url=address)
        case _ if token.type == INLINE:
            return Segment(render(token.content), style | Style.FORMULA, token.content, url)
        case _ if token.type == DISPLAY:
            return Segment(render(token.content), style | Style.FORMULA | Style.DISPLAY, token.content, url)
        case _:
            return Segment(sanitise(token.content), style, url=url)


def _append(found: list[Segment], segment: Segment) -> None:
    """Add a segment, joined to the one before where nothing but the text differs."""
    if not segment.text:
        return
    if found and not segment.tex and found[-1][1:] == segment[1:]:
        segment = segment._replace(text=found.pop().text + segment.text)
    found.append(segment)


def _address(token: Token, attribute: str) -> str:
    """The address a token points to; nothing but the web and mail is ever linked to."""
    address = sanitise(str(token.attrs.get(attribute, "")))
    return address if address.startswith(_SAFE_ADDRESSES) else ""
