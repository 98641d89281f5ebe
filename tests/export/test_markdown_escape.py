"""Markdown that shows a paper's text and nothing else, read by a real Markdown parser."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from tests.export.samples import SECOND, collection, hostile_entries, hostile_text, patient
from tui_digest.entry import Entry
from tui_digest.export.collection import Collection
from tui_digest.export.markdown import render_markdown
from tui_digest.export.markdown_embed import block
from tui_digest.export.markdown_escape import Dialect, inline_markdown, paragraph_markdown
from tui_digest.export.segments import is_formula_segment, text_segments

PLAIN = MarkdownIt("gfm-like", {"linkify": False})
MATHEMATICS = MarkdownIt("gfm-like", {"linkify": False}).use(dollarmath_plugin, double_inline=True)


def flat(tokens: Iterable[Token]) -> list[Token]:
    """The tokens with their children."""
    return [each for token in tokens for each in (token, *flat(token.children or []))]


def shown(tokens: Iterable[Token]) -> str:
    """What a reader sees."""
    kinds = {"text", "text_special", "math_inline", "math_inline_double", "code_inline"}
    return "".join(token.content for token in flat(tokens) if token.type in kinds)


@pytest.mark.parametrize("dialect", [Dialect.MARKDOWN, Dialect.OBSIDIAN])
@patient
@given(hostile_text)
def test_prose_reads_as_it_did(dialect: Dialect, text: str) -> None:
    prose = "".join(segment.text for segment in text_segments(text) if not is_formula_segment(segment))
    tokens = MATHEMATICS.parse(f"> {paragraph_markdown(text, dialect)}\n")
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in flat(tokens)}
    mathematics = {"math_inline", "math_inline_double", "math_block"}
    assert kinds - mathematics <= {
        "blockquote",
        "paragraph",
        "inline",
        "text",
        "text_special",
        "em",
        "strong",
    }
    if not any(map(is_formula_segment, text_segments(text))):
        assert shown(tokens).split() == prose.split()


@patient
@given(hostile_text)
def test_without_mathematics_formulas_do_nothing_either(text: str) -> None:
    tokens = flat(
        PLAIN.parse(
            f"# {inline_markdown(text, Dialect.MARKDOWN)}\n\n> {paragraph_markdown(text, Dialect.MARKDOWN)}\n"
        )
    )
    assert not {"html_inline", "html_block", "link_open", "image", "fence", "code_block"} & {
        token.type for token in tokens
    }


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a*b_c <d> #5 |e| `f` [g](h)", r"a\*b_c \<d> \#5 \|e\| \`f\` \[g\](h)"),
        ("_emphasis_ a_b_", r"_emphasis\_ a_b\_"),
        (r"\(x\) and \[y\]", "$x$ and $$y$$"),
        (r"\emph{so} and un\emph{so}", "*so* and unso"),
        ("$5 or $10 for $x_i$", r"\$5 or \$10 for $x_i$"),
        (r"$\sim$10 GeV", r"$\sim$&#49;0 GeV"),
        ("$a<b$", "$a< b$"),
        ("$x^{{a}}$", "$x^{{a}}$"),
        ("$a$$b$", "$a b$"),
    ],
)
def test_markdown_is_escaped_where_it_must(text: str, markdown: str) -> None:
    assert inline_markdown(text, Dialect.MARKDOWN) == markdown


@pytest.mark.parametrize(
    "text", ["1. We", "- We", "+ We", "> We", "# We", "=== We", ": We", "    We", "12) We"]
)
def test_a_paragraph_stays_a_paragraph(text: str) -> None:
    tokens = PLAIN.parse(paragraph_markdown(text, Dialect.MARKDOWN))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert shown(tokens) == text.strip()


@patient
@given(hostile_text)
def test_a_models_markdown_cannot_act(text: str) -> None:
    for dialect in Dialect:
        tokens = flat(PLAIN.parse(block(text, dialect, 3)))
        assert not {"html_block", "image"} & {token.type for token in tokens}
        markup = {token.content for token in tokens if token.type == "html_inline"}
        assert markup <= ({"<span>", "</span>"} if dialect is Dialect.KRAMDOWN else set())
        assert all(token.tag not in ("h1", "h2", "h3") for token in tokens)
        links = [token.attrGet("href") for token in tokens if token.type == "link_open"]
        assert all(str(link).startswith("https://") for link in links)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# Setup\n\n## Part", "#### Setup\n\n##### Part"),
        ("**bold** _it_ `x_i <b>`", "**bold** _it_ `x_i < b>`"),
        ("see [here](https://a.example/x?y=1&z=2)", "see [here](https://a.example/x?y=1&z=2)"),
        ("[a](javascript:b) ![i](https://a.example/i)", r"\[a\](javascript:b) !\[i\](https://a.example/i)"),
        ("\\[\nx\n\\]\n\n$$\ny\n$$", "$$x$$\n\n$$y$$"),
        ("- one\n  - two\n\n    more", "- one\n  - two\n\n    more"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("Title\n=====\n\nPart\n---", "Title\n\\=====\n\nPart\n\n* * *"),
        ("```python\nx < y\n", "```\nx < y\n```"),
        ("$5 is \\$5", r"\$5 is \$5"),
        (r"$a$$b$ and $\sim$10", r"$a$ $b$ and $\sim$&#49;0"),
        ("<b>x</b> &lt;", r"\<b>x\</b> &amp;lt;"),
    ],
)
def test_a_models_markdown_keeps_its_form(text: str, written: str) -> None:
    assert block(text, Dialect.MARKDOWN, 3) == written


@pytest.mark.parametrize("text", ["~~~ never closed", "- ~~~ in an item", "> ~~~~ quoted", "a\n~~~"])
def test_tildes_that_open_no_code_open_nothing(text: str) -> None:
    for dialect in (Dialect.MARKDOWN, Dialect.OBSIDIAN):
        tokens = PLAIN.parse(f"{block(text, dialect, 2)}\n\n## Ours")
        assert "fence" not in {token.type for token in tokens}
        assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2"]


def test_code_that_obsidian_would_run_is_text() -> None:
    assert block("`= this.file` and `$= dv.x` but `x = y`", Dialect.OBSIDIAN, 2) == (
        r"= this.file and \$= dv.x but `x = y`"
    )


@patient
@given(hostile_entries())
def test_a_hostile_paper_stays_one_section(entry: Entry) -> None:
    text = render_markdown(collection(entry, entry))
    tokens = PLAIN.parse(text)
    assert sum(token.tag == "h1" for token in tokens if token.nesting == 1) == 1
    assert sum(token.tag == "h2" for token in tokens if token.nesting == 1) == 2
    assert not {"html_inline", "html_block", "image"} & {token.type for token in flat(tokens)}


def test_a_paper_by_itself_begins_with_its_title() -> None:
    assert render_markdown(Collection(entries=(SECOND,))).startswith("# A note on Lyapunov exponents")


@pytest.mark.parametrize(
    "text",
    ["{{ x }}", "{% raw %}", "<script>", "[a](b)", "**", "#", "~~", "%%", "%%%", "==", "^"],
)
def test_signs_are_shown_in_a_title(text: str) -> None:
    for dialect in (Dialect.MARKDOWN, Dialect.OBSIDIAN):
        assert shown(PLAIN.parse(f"# a {inline_markdown(text, dialect)} b")) == f"a {text} b"


def test_an_entity_is_read_once() -> None:
    for dialect in (Dialect.MARKDOWN, Dialect.OBSIDIAN):
        assert shown(PLAIN.parse(f"# {inline_markdown('a &lt; b &amp;lt; c', dialect)}")) == "a < b &lt; c"
