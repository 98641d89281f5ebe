"""Texts that mean harm, as a paper, a model or a note might carry them."""

from __future__ import annotations

from datetime import timedelta

from tests.tui.fakes import DAY, NOW, make_digest, make_paper
from tui_digest.paper import Digest

TEXTS = {
    "markup": "[/bold] [@click=app.quit]quit[/] [Re] [red]x[/red] [link=file:///]y[/link] [[ ]] [/",
    "escapes": "a\x1b[31mred\x1b]0;title\x07\x1b]52;c;aGk=\x07\x1b[2J\x1bPdevice\x1b\\b\x1b",
    "c1": "a\x9b31mred\x9d0;title\x9c\x85b\x90x",
    "controls": "a\x00b\x07c\x08d\x0be\x0cf\rg\x7fh\x0e",
    "bidi": "a\u202egnp.exe\u2066x\u2069\u200f\u061c\u200b\ufeff\U000e0041b",
    "lines": "a\r\nb\u2028c\u2029d\te\n\nf",
    "long-word": "W" * 4000,
    "combining": "e" + "\u0301" * 300 + " Z\u0351\u036b\u0343",
    "wide": "\u6f22\u5b57" * 300 + " \U0001f469\u200d\U0001f469\u200d\U0001f467 \uac00",
    "tex": "$\\frac{[/bold]}{\\begin{x}$ {{{ $$ \\[ \\href{javascript:x}{y} $\\color{\x1b[31m}",
    "markdown": "# [x](javascript:a) <script> ![i](file:///etc/passwd) `\x1b[2J`\n\n| a |\n|-|\n| [/b] |",
}
"""By the kind of harm."""

_TOGETHER = {
    "control": ("escapes", "c1", "controls", "bidi", "lines"),
    "markup-and-tex": ("markup", "tex", "markdown"),
    "long-word": ("long-word",),
    "combining": ("combining",),
    "wide": ("wide",),
}
MIXED = {name: " ".join(TEXTS[kind] for kind in kinds) for name, kinds in _TOGETHER.items()}
"""All of them in few texts: for tours through many screens."""


def hostile_digest(text: str) -> Digest:
    """Three papers with the text in every field that arXiv fills, and in the digest's own sentence."""
    fields = {
        "title": text,
        "authors": (text, f"{text} Second"),
        "abstract": f"{text} $x^2$ {text}",
        "comment": text,
        "journal_ref": text,
        "doi": text,
        "published": NOW - timedelta(days=2),
    }
    papers = tuple(make_paper(number, announced=DAY, **fields) for number in range(3))
    return make_digest(papers=papers)
