"""The package costs little to import: tables of rare macros wait until one is met."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import tui_digest.latex

HEAVY = ("markdown_it", "mdit_py_plugins", "msgspec", "httpx", "textual", "inspect")


def _modules_after(code: str) -> set[str]:
    program = f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(result.stdout))


def test_reading_a_text_imports_nothing_heavy() -> None:
    code = r"""from tui_digest.latex import to_unicode, search_key, notation
assert to_unicode(r"R\'enyi and $\frac{1}{2}$, \emph{so}") == "Rényi and 1/2, so"
search_key("$x$"), notation("$x$")"""
    assert not _modules_after(code).intersection(HEAVY)


def test_a_plain_text_needs_no_parser() -> None:
    code = """from tui_digest.latex import to_segments
assert to_segments("plain words")[0].text == "plain words" """
    modules = _modules_after(code)
    assert not {"tui_digest.latex.formula.parse", "tui_digest.latex.prose.reader"} & modules


def test_rare_characters_are_imported_with_the_first_one() -> None:
    table = "tui_digest.latex.symbols.rare_characters"
    code = r"""from tui_digest.latex import to_unicode
assert to_unicode(r"\"o and $\alpha$") == "ö and α" """
    assert table not in _modules_after(code)
    code += r"""
assert to_unicode(r"\textlangle") == "〈" """
    assert table in _modules_after(code)


def test_what_a_macro_of_an_authors_own_may_mean_is_imported_with_the_first_one() -> None:
    meanings = {"tui_digest.latex.formula.unknown_macros", "tui_digest.latex.formula.author_macros"}
    code = r"""from tui_digest.latex import to_unicode
assert to_unicode(r"a rate of $\mathcal{O}(1/\sqrt{T})$ and $x\in\mathbb{R}^d$") """
    assert not meanings & _modules_after(code)
    code += r"""
assert to_unicode(r"$\cX$") == "𝒳" """
    assert meanings <= _modules_after(code)


def test_no_annotation_is_compiled() -> None:
    """Python makes the classes of its syntax trees for the first: as much work as a quarter of its start."""
    _modules_after(r"""import typing
def compile(text, *_):
    raise AssertionError(f"the module of a named tuple with {text!r} has its annotations as texts")
typing.compile = compile
from tui_digest.latex import to_unicode
assert to_unicode(r"$\frac{1}{2}$ {\em so} $a \over b$ \textbf{x}") == "1/2 so a/b x" """)


def test_every_public_name_is_there() -> None:
    for name in tui_digest.latex.__all__:
        assert getattr(tui_digest.latex, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="to_braille"):
        tui_digest.latex.to_braille  # noqa: B018 - the look-up itself is the test
