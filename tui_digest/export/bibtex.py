r"""BibTeX entries: formulas stay TeX, prose becomes TeX that any LaTeX sets.

A bibliography is run by TeX, so nothing but formulas and our own accents reaches it as a command:
the rest is escaped, and braces always balance, as BibTeX demands even of `\{`.
"""

from __future__ import annotations

import re
from pathlib import Path

from tui_digest.entry import Entry
from tui_digest.export.bibtex_accents import accents_to_tex, formula_to_tex, without_accents
from tui_digest.export.citation_keys import issued, keyed_entries
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.export.mathjax_safety import formulas
from tui_digest.export.segments import text_paragraphs, text_segments
from tui_digest.latex.segment import Segment, Style
from tui_digest.render.author_names import AuthorName, read_authors
from tui_digest.settings import ExportContents
from tui_digest.text.sanitise import one_line, sanitise

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_TEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    **{sign: f"\\{sign}" for sign in "%&#$_"},
}
_SPECIAL = re.compile("[" + re.escape("".join(_TEX_SPECIAL)) + "]")

# Names that titles often hold; BibTeX styles set titles in lower case, which names must survive.
_EPONYMS_TEXT = """
Anderson Banach Bayes Bayesian Bellman Boltzmann Brownian Cauchy Clifford Coulomb Dirac Dirichlet
Einstein Euclidean Euler Fermi Feynman Fisher Fokker Fourier Frobenius Galois Gauss Gaussian Green
Hamilton Hamiltonian Hardy Heisenberg Hermitian Hessian Higgs Hilbert Hopf Ising Jacobi Jacobian Kerr
Krylov Lagrange Lagrangian Langevin Laplace Laplacian Lasso Lebesgue Levy Lie Lipschitz Lorentz  Lyapunov
Majorana Markov Maxwell Monte Carlo Navier Nesterov Neumann Newton Newtonian Noether  Pareto Planck
Poincare Poisson Ramsey Riemann Riemannian Rademacher Rayleigh Schrodinger Schwarzschild  Shannon Sobolev
Stokes Taylor Thompson Turing Wasserstein Weyl Wiener Yang Mills
"""
_EPONYMS = frozenset(_EPONYMS_TEXT.split())
_NOT_VERBATIM = re.compile(r"[{}\\\"\s]")
_CAPITAL_INSIDE = re.compile(r".+[A-Z]|\d.*[A-Z]|[B-Z]")


def render_bibtex(collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """The papers as `@misc` entries with arXiv's eprint fields, in their order."""
    return "\n".join(
        _entry(entry, key, contents, collection.pdfs.get(entry.paper.id))
        for entry, key in keyed_entries(collection)
    )


def _entry(entry: Entry, key: str, contents: ExportContents, pdf: Path | None) -> str:
    paper = entry.paper
    escape = contents.bibtex_accents == "escaped"
    day = issued(paper)
    fields = {
        "author": _braced(_authors(paper.authors, escape=escape)),
        "title": _braced(_title(paper.title, escape=escape)),
        "year": _braced(str(day[0]) if day else ""),
        "month": _MONTHS[day[1] - 1] if day else "",
        "eprint": _braced(_verbatim(paper.id)),
        "archivePrefix": "{arXiv}",
        "primaryClass": _braced(_verbatim(paper.primary)),
        "doi": _braced(_verbatim(paper.doi or "")),
        "journal": _braced(_tex(paper.journal_ref or "", escape=escape)),
        "url": _braced(_verbatim(paper.abs_url)),
        "file": _braced(_file(pdf)),
        "note": _braced(_tex(paper.comment or "", escape=escape)),
        "abstract": _braced(_paragraphs(paper.abstract, escape=escape) if contents.abstract else ""),
        "keywords": _braced(_tex(", ".join(entry.tags if contents.marks else ()), escape=escape)),
        "annote": _braced(_note(entry.reading.note, escape=escape) if contents.notes else ""),
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value not in ("", "{}")]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def _braced(value: str) -> str:
    return f"{{{value}}}"


def _authors(authors: tuple[str, ...], *, escape: bool) -> str:
    read = read_authors(authors)
    written = [_author(name, escape=escape) for name in read.names]
    return " and ".join([*written, "others"] if read.others and written else written)


def _author(name: AuthorName, *, escape: bool) -> str:
    """Return a name as `particle Family, Suffix, Given`; a collaboration in braces."""
    if name.whole or not name.given:
        return _braced(_prose(f"{name.family} {name.suffix}".strip(), escape=escape))
    family = f"{name.particle} {_prose(name.family, escape=escape)}".strip()
    rest = [_prose(part, escape=escape) for part in (name.suffix, name.given) if part]
    return ", ".join([family, *(re.sub(r"\band\b", "{and}", part) for part in rest)])


def _title(title: str, *, escape: bool) -> str:
    """Return a title as TeX, in braces where styles must keep the capitals.

    Those are formulas, acronyms and names.
    """
    parts = text_segments(title)
    kept = _words_with_capitals([word for part in parts if not part.tex for word in part.text.split()])

    def write(match: re.Match[str]) -> str:
        tex = _prose(match[0], escape=escape)
        return _braced(tex) if match[0] in kept else tex

    return "".join(
        _braced(_formula(part.tex, escape=escape))
        if part.tex
        else _stressed(part, re.sub(r"\S+", write, part.text))
        for part in parts
    )


def _words_with_capitals(words: list[str]) -> frozenset[str]:
    """The words of a title that are wrong in small letters: acronyms and names.

    Where most words begin with a small letter, a capital means a name; else only names that are
    often in titles are known. A title all in capitals says nothing.
    """
    if not any(character.islower() for word in words for character in word):
        return frozenset()
    long_words = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    capitals_mean_names = 2 * sum(word[0].isupper() for word in long_words) < len(long_words)
    names = {word for word in words[1:] if word[0].isupper()} if capitals_mean_names else set()
    return frozenset(names | {word for word in words if _is_acronym_or_eponym(word)})


def _is_acronym_or_eponym(word: str) -> bool:
    parts = re.findall(r"[^\W_]+", without_accents(word))
    return any(_CAPITAL_INSIDE.fullmatch(part) or part in _EPONYMS for part in parts)


def _paragraphs(text: str, *, escape: bool) -> str:
    r"""Return an abstract as TeX, paragraphs separated by `\par`.

    BibTeX reads an empty line as a space.
    """
    return r" \par ".join(filter(None, (_tex(part, escape=escape) for part in text_paragraphs(text))))


def _tex(text: str, *, escape: bool) -> str:
    """A text of arXiv's as TeX: formulas as they are, prose escaped."""
    return "".join(
        _formula(part.tex, escape=escape) if part.tex else _stressed(part, _prose(part.text, escape=escape))
        for part in text_segments(text)
    )


def _note(text: str, *, escape: bool) -> str:
    """The reader's note as TeX: formulas as they are, all else as it is written."""
    parts = (one_line(part) for part in re.split(r"\n\s*\n", sanitise(text)))
    return r" \par ".join(_with_formulas(part, escape=escape) for part in parts if part.strip())


def _with_formulas(text: str, *, escape: bool) -> str:
    tex, end = "", 0
    for formula in formulas(text, markdown=True):
        tex += _prose(text[end : formula.start], escape=escape)
        tex += _formula(formula.tex, escape=escape)
        end = formula.end
    return tex + _prose(text[end:], escape=escape)


def _stressed(part: Segment, tex: str) -> str:
    if Style.STRONG in part.style:
        return rf"\textbf{{{tex}}}"
    return rf"\emph{{{tex}}}" if Style.EMPHASIS in part.style else tex


def _formula(tex: str, *, escape: bool) -> str:
    """Return a formula in dollars with balanced braces, or as prose if they cannot be.

    Braces are balanced as BibTeX counts them.
    """
    tex = formula_to_tex(tex) if escape else tex
    if not _balanced(tex):
        tex = re.sub(r"(?<!\\)((?:\\\\)*)\\([{}])", _brace_command, tex)
    return f"${tex}$" if _balanced(tex) else _prose(f"${tex}$", escape=escape)


def _brace_command(match: re.Match[str]) -> str:
    return match[1] + (r"\lbrace " if match[2] == "{" else r"\rbrace ")


def _balanced(tex: str) -> bool:
    r"""Tell whether braces balance both for BibTeX, which counts `\{`, and for others."""
    return _closes_what_it_opens(tex) and _closes_what_it_opens(re.sub(r"\\.", "", tex))


def _closes_what_it_opens(tex: str) -> bool:
    depth = 0
    for character in tex:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _prose(text: str, *, escape: bool) -> str:
    """Readable text as TeX that prints it."""
    tex = _SPECIAL.sub(lambda match: _TEX_SPECIAL[match[0]], text)
    return accents_to_tex(tex) if escape else tex


def _file(path: Path | None) -> str:
    """Return the path of a file for programs that open it; "" if it has a brace.

    No style sets the field, so it is not escaped, and a brace could not be closed.
    """
    name = one_line(path.as_posix()) if path is not None else ""
    return "" if "{" in name or "}" in name else name


def _verbatim(text: str) -> str:
    """An id or an address, which BibTeX styles set as it is."""
    return _NOT_VERBATIM.sub(lambda match: f"%{ord(match[0]):02X}", one_line(text))
