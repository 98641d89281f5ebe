r"""TeX gone wrong: every command that the tables know, with odd arguments, in a row and nested.

The commands are found in the tables themselves, so that a new one is among them by itself.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

from hypothesis import strategies as st

from tui_digest import latex

_NAME = re.compile(r"\\?([A-Za-z@]{1,24}\*?|[^\w\s\\])")


def _names_in_tables() -> Iterator[str]:
    """The words of all tables: names of macros, and others that are then unknown macros."""
    for module in pkgutil.walk_packages(latex.__path__, f"{latex.__name__}."):
        for table in vars(import_module(module.name)).values():
            if isinstance(table, (dict, frozenset, tuple)):
                words = (word for key in table if isinstance(key, str) for word in key.split())
                yield from (name[1] for word in words if (name := _NAME.fullmatch(word)))


COMMANDS = sorted({f"\\{name}" for name in _names_in_tables()} | {"\\ ", "\\\n", "\\\\", "\\unknownmacro"})
"""Macros, and words of the tables as macros that nobody knows."""

ENVIRONMENTS = [
    *("matrix", "pmatrix", "vmatrix", "smallmatrix", "cases", "rcases", "array", "tabular", "subarray"),
    *("align", "aligned", "alignat", "gather", "split", "multline", "eqnarray", "equation", "displaymath"),
    *("math", "CD", "tikzcd", "enumerate", "itemize", "theorem", "proof", "verbatim", "nonsense"),
]

ARGUMENTS = [
    *("", "{}", "~", "\\ ", "\\,", "\\!", "[]", "{~}", "{\\,}", "{ }", "{{}}", "{x}", "{ab}", "{1}", "[x]"),
    *(
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "$",
        "{$",
        "}$",
        "*",
        "^",
        "_",
        "^{}",
        "_{}",
        "'",
        "''",
        "&",
        "\\\\",
        "%",
    ),
    *(
        "\n",
        "\n\n",
        ".",
        "/",
        "|",
        "<",
        "=",
        "-",
        "12",
        "1,000",
        "x",
        "word and the ",
        "\\hat",
        "\\not",
        "\\left",
    ),
    *(
        "\\text{}",
        "\\mathrm{ }",
        "\\color{red}",
        "\\limits",
        "`",
        '"',
        "α",
        "𝒪",
        "√",
        "²",
        "\u0301",
        "‖",
        "#1",
    ),
]
"""What may be where an argument is expected."""

_HOLES = [
    *("x_{%s}", "x^{%s}", "(%s)", "[%s)", r"\left(%s\right)", r"\left(%s", "|%s|", r"\{%s\}", r"\langle %s|"),
    *("{%s}_b", "%s/b", "%s!", r"\to(%s", r"\in[%s,b)", r"\sum_{%s}", r"f(%s)", r"a\over %s", r"%s\atop b"),
    *(r"\text{if $%s$}", r"\overline{ab}\,\overline{%s}", r"\begin{cases}%s&b\\c&d\end{cases}", "{%s", "-%s"),
    *(r"\begin{array}{c|c}a&%s\end{array}", r"\def\a{%s}\a", r"\sqrt[%s]{x}", r"\dv[%s]{x}", "$%s$", r"%s\\"),
]


def _nested(holes: list[str], depth: int) -> str:
    text = "x"
    for level in range(depth):
        text = holes[level % len(holes)].replace("%s", text)
    return text


commands = st.sampled_from(COMMANDS)
arguments = st.sampled_from(ARGUMENTS)
_environments = st.builds(
    "\\{}{{{}}}{}".format,
    st.sampled_from(["begin", "end"]),
    st.sampled_from(ENVIRONMENTS),
    st.sampled_from(["", "", "*", "{c|c}", "[t]"]),
)
_pieces = st.one_of(st.builds("{}{}".format, commands, arguments), arguments, _environments, st.characters())
_rows = st.lists(_pieces, max_size=12).map("".join)
_holes = st.one_of(
    st.sampled_from(_HOLES),
    st.builds(
        "{}{}".format, commands, st.sampled_from(["{%s}", "{a}{%s}", "{%s}{b}", "[%s]{x}", "%s", " %s"])
    ),
)
_nests = st.builds(_nested, st.lists(_holes, min_size=1, max_size=3), st.integers(2, 40))

hostile_tex = st.one_of(_rows, _rows, _rows, _nests)
"""Commands one after the other, each with something odd behind it; or one within the other."""
