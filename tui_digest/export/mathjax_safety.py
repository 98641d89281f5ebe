r"""Formulas for pages and bibliographies: TeX that draws and does nothing else."""

from __future__ import annotations

import re

from tui_digest.latex.find import Formula, find_formulas

# What stands for an environment inside the delimiters of a display.
_INNER_ENVIRONMENTS = {
    "align": "aligned",
    "flalign": "aligned",
    "eqnarray": "aligned",
    "alignat": "alignedat",
    "gather": "gathered",
    "multline": "gathered",
}
_ENVIRONMENT = re.compile(
    r"(?s)\\begin\{(?P<name>" + "|".join(_INNER_ENVIRONMENTS) + r")\*?\}(?P<body>.*)\\end\{\w+\*?\}"
)

# What TeX or MathJax would do, rather than draw: read and write files, follow a link, load a
# package, style the page, or change what the formulas after it mean.
_ACTIVE = re.compile(
    r"\\(?P<name>input|include|includegraphics|InputIfFileExists|openin|openout|read|write|immediate|special"
    r"|directlua|catcode|csname|endcsname|def|edef|gdef|xdef|let|futurelet|global|newcommand|renewcommand"
    r"|providecommand|newenvironment|renewenvironment|DeclareMathOperator|usepackage|RequirePackage|require"
    r"|href|url|class|cssId|style|data|html[A-Z][A-Za-z]*|mmlToken|unicode|loop|expandafter|everymath"
    r"|verbatiminput|lstinputlisting|textbackslash|newwrite|newread|jobname|toks)(?![A-Za-z])"
)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n")
_PER_CENT = re.compile(r"(?<!\\)((?:\\\\)*)%")


def formulas(text: str, *, markdown: bool = False) -> tuple[Formula, ...]:
    """Return the formulas of a text in order, each with TeX safe between delimiters."""
    found = (
        formula._replace(tex=exported_tex(formula.tex)) for formula in find_formulas(text, markdown=markdown)
    )
    return tuple(formula for formula in found if formula.tex)


def exported_tex(tex: str) -> str:
    """Return a formula's TeX, as the finder gives it, for between a page's delimiters."""
    environment = _ENVIRONMENT.fullmatch(tex.strip())
    if environment is not None:
        inner = _INNER_ENVIRONMENTS[environment["name"]]
        tex = f"\\begin{{{inner}}}{environment['body']}\\end{{{inner}}}"
    return harmless(tex)


def harmless(tex: str) -> str:
    r"""Return a formula on one line, without comments and commands that do not draw.

    Such a command is printed instead: `\href` reads `\backslash href`. A `%` that no line break
    follows is meant as per cent.
    """
    tex = _PER_CENT.sub(r"\1\\%", _COMMENT.sub(r"\1 ", tex)).replace("^^", "^{}^")
    tex = " ".join(_ACTIVE.sub(r"\\backslash \g<name> ", tex).split())
    ends_in_command = (len(tex) - len(tex.rstrip("\\"))) % 2
    return f"{tex} {{}}" if ends_in_command else tex
