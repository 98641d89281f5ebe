"""Markdown with mathematics: no formula is broken, and a stream ends as the whole text reads."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_digest.latex.markdown import (
    Block,
    CodeBlock,
    Content,
    DisplayFormula,
    Heading,
    MarkdownStream,
    Paragraph,
    Rule,
    Table,
    parse_markdown,
)
from tui_digest.latex.segment import Segment, Style


def shown(content: Content) -> str:
    return "".join(segment.text for segment in content)


def lines(text: str) -> list[str]:
    """The blocks of a text, a line each, with their margins."""
    return [block.first_margin + _line(block) for block in parse_markdown(text)]


def _line(block: Block) -> str:
    match block:
        case Heading(level=level, content=content):
            return f"h{level} {shown(content)}"
        case Paragraph(content=content):
            return shown(content)
        case DisplayFormula(tex=tex):
            return f"[{' '.join(tex.split())}]"
        case CodeBlock(text=text, language=language):
            return f"{language}`{text}`"
        case Table(header=header, rows=rows):
            return " / ".join("|".join(shown(cell) for cell in row) for row in (header, *rows))
        case Rule():
            return "---"


def formulas(text: str) -> list[str]:
    """The TeX of all formulas of a text, in order."""
    found: list[str] = []
    for block in parse_markdown(text):
        match block:
            case DisplayFormula(tex=tex):
                found.append(tex)
            case Heading(content=content) | Paragraph(content=content):
                found += [segment.tex for segment in content if segment.tex]
            case Table(header=header, rows=rows):
                cells = [cell for row in (header, *rows) for cell in row]
                found += [segment.tex for cell in cells for segment in cell if segment.tex]
    return found


@pytest.mark.parametrize(
    "tex",
    [
        r"a_1*b_2*c",
        r"x_{i} + y_{i}",
        r"\{1, \dots, n\}",
        r"\|x\|_2",
        r"|x| < |y|",
        r"a \\ b",
        r"50\%",
        r"\text{if } x \ge 0",
        r"*",
        r"x^*",
        r"[a](b)",
        r"![a](b)",
        r"a<b>c",
        r"\&",
        r"&amp;",
        r"\#1",
        r"x' _y_",
        r"\sum_{k=1}^{n} k",
        r"m \in \{NC, DAC, DDC, TLC, EP\}",
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        "{}",
        "*A* {} b_",
        "- item {}\n  more",
        "> quote {}",
        "# {}",
        "**bold {}**",
        "1. a\n   - {}",
        "[{}](http://a.b)",
    ],
)
@pytest.mark.parametrize("delimiters", [("$", "$"), (r"\(", r"\)")])
def test_no_formula_in_a_line_is_broken(tex: str, place: str, delimiters: tuple[str, str]) -> None:
    assert formulas(place.format(tex.join(delimiters))) == [tex]


@pytest.mark.parametrize("tex", ["|x|", r"\|x\|", "a | b", r"P(A \mid B) = |c|", r"\left| x \right|_2"])
def test_bars_of_a_formula_part_no_cells(tex: str) -> None:
    text = f"| a | ${tex}$ |\n|---|:-:|\n| \\({tex}\\) | b \\| c |\n"
    assert formulas(text) == [tex, tex]
    (table,) = parse_markdown(text)
    assert isinstance(table, Table)
    assert shown(table.rows[0][1]) == "b | c"
    assert table.alignments == ("", "center")


@pytest.mark.parametrize(
    "body", ["x = y", "x\n= y", "- a\n+ b", "a\n---\nb", "# a", "> a", "1. a", "    a", "a &= b \\\\\n&= c"]
)
@pytest.mark.parametrize("delimiters", ["$$ $$", r"\[ \]", "$$\n \n$$", "\\[\n \n\\]"])
@pytest.mark.parametrize(
    "place", ["{}", "text\n{}\nmore", "- item\n  {}\n  more", "> {}", "- {}", "1. a\n\n   {}\n\n2. b"]
)
def test_no_display_formula_is_broken(body: str, delimiters: str, place: str) -> None:
    opening, closing = delimiters.split(" ")
    formula = f"{opening}{body}{closing}"
    indent = {"- item": "  ", "1. a": "   ", "> {}": "> ", "- {}": "  "}.get(place.split("\n")[0], "")
    (found,) = formulas(place.format(formula.replace("\n", f"\n{indent}")))
    assert found.split() == body.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs $5 and $10.", "It costs $5 and $10."),
        ("from $630K to $1.2 million", "from $630K to $1.2 million"),
        ("$5 or $x$", "$5 or x"),
        ("$10, not more than $x$", "$10, not more than x"),
        ("$10 for `$x$`", "$10 for $x$"),
        (r"\$5 and \$10", "$5 and $10"),
        ("a single $ sign", "a single $ sign"),
        ("`$x_1$` and ``$y$``", "$x_1$ and $y$"),
        (r"as shown in \[12, 3\]", "as shown in [12, 3]"),
        ("$ x_1 $ and $x_2 $", "x₁ and x₂"),
        (r"<b>bold</b> & <script>", "<b>bold</b> & <script>"),
        ("&lt;b&gt; &#8364;", "<b> €"),
        ("![a figure](http://a.b/c.png)", "a figure (http://a.b/c.png)"),
        ("![](http://a.b/c.png)", "http://a.b/c.png"),
        ("a  \nb\nc", "a\nb c"),
        ("[ref]: http://a.b", "[ref]: http://a.b"),
    ],
)
def test_what_is_no_formula_stays(text: str, expected: str) -> None:
    (block,) = parse_markdown(text)
    assert _line(block) == expected


def test_styles_combine() -> None:
    (block,) = parse_markdown("**bold $x_1$ and *both* `code`** [a *link*](https://arxiv.org/abs/1)")
    assert isinstance(block, Paragraph)
    assert block.content == (
        Segment("bold ", Style.STRONG),
        Segment("x₁", Style.STRONG | Style.FORMULA, "x_1"),
        Segment(" and ", Style.STRONG),
        Segment("both", Style.STRONG | Style.EMPHASIS),
        Segment(" ", Style.STRONG),
        Segment("code", Style.STRONG | Style.CODE),
        Segment(" "),
        Segment("a ", Style.LINK, "", "https://arxiv.org/abs/1"),
        Segment("link", Style.LINK | Style.EMPHASIS, "", "https://arxiv.org/abs/1"),
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_nothing_but_the_web_is_linked_to(address: str) -> None:
    (block,) = parse_markdown(f"[a]({address})")
    assert isinstance(block, Paragraph)
    assert all(not segment.url for segment in block.content)


@pytest.mark.parametrize(
    "text", ["a&#x1b;[31m", "a&#x202e;b", "a\x1b[31mb", "```\na\x1b[0m\n```", "![\u202e](http://a.b)"]
)
def test_nothing_that_steers_a_terminal_comes_through(text: str) -> None:
    (line,) = lines(text)
    assert not {"\x1b", "\u202e"} & set(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n# b\nc\n\n---\n\nd\n===", ["a", "h1 b", "c", "---", "h1 d"]),
        ("- a\n- b\n  c\n\n  d\n- e", ["• a", "• b c", "  d", "• e"]),
        ("1. a\n2. b\n\n   c\n5. d", ["1. a", "2. b", "   c", "3. d"]),
        ("7) a\n8) b", ["7) a", "8) b"]),
        ("- a\n  - b\n    1. c\n- d", ["• a", "  • b", "    1. c", "• d"]),
        ("- 1. a", ["• 1. a"]),
        ("-\n- a", ["• ", "• a"]),
        ("> a\n> - b\n>   c\n\nd", ["│ a", "│ • b c", "d"]),
        ("- > a\n  > b", ["• │ a b"]),
        ("- a:\n  $$\n  x\n  $$\n  b\n- c", ["• a:", "  [x]", "  b", "• c"]),
        ("- $$x$$\n- b", ["• [x]", "• b"]),
        ("1. a\n$$\nx\n$$\n2. b", ["1. a", "[x]", "2. b"]),
        ("- a\n  ```py\n  x = 1\n    y\n  ```\n  b", ["• a", "  py`x = 1\n  y`", "  b"]),
        ("so $$x = 1,$$ and \\[y\\].", ["so", "[x = 1,]", "and", "[y]", "."]),
        ("$$x$$ is", ["[x]", "is"]),
        ("$$\nx\n$$, where $y$\nis z", ["[x]", ", where y is z"]),
        ("$$\nx\n$$.", ["[x.]"]),
        ("\\begin{align}\na &= b\n\\end{align}", ["[\\begin{align} a &= b \\end{align}]"]),
        ("```math\nx_1\n```", ["[x_1]"]),
        ("```\n$x$\n```", ["`$x$`"]),
        ("    $x$", ["`$x$`"]),
        ("$$\nx\n\ny\n$$", ["$$ x", "y $$"]),
        ("|a|b|\n|-|-|\n|1|\n", ["a|b / 1|"]),
        ("# $x_1$ #", ["h1 x₁"]),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_items_say_whether_a_blank_line_stands_before_them() -> None:
    assert [block.tight for block in parse_markdown("- a\n- b\n\n- c\n> d\n>\n> e")] == [
        False,
        True,
        False,
        True,
        False,
    ]


def test_margins_are_as_wide_on_every_line() -> None:
    for block in parse_markdown("> 10. a\n>\n>     b\n>     - c"):
        assert len(block.first_margin) == len(block.margin)
    assert [block.margin for block in parse_markdown("> 10. a\n>     - c")] == ["│     ", "│       "]


def test_glyphs() -> None:
    (block,) = parse_markdown(r"- $\alpha \le x_1$", "ascii")
    assert block.first_margin + _line(block) == "- alpha <= x_1"


def test_nesting_deeper_than_anyone_writes_loses_nothing() -> None:
    text = ">" * 500 + " deep"
    assert "deep" in "".join(lines(text))
    nested = "\n".join("  " * depth + "- a" for depth in range(300)) + " end"
    assert "end" in "".join(lines(nested))


def feed(text: str, cuts: list[int]) -> tuple[Block, ...]:
    """The blocks of a text that comes in pieces; the open blocks are looked at each time."""
    stream = MarkdownStream()
    closed: list[Block] = []
    places = sorted({cut % (len(text) + 1) for cut in cuts})
    for start, end in zip([0, *places], [*places, len(text)], strict=True):
        closed += stream.feed(text[start:end])
        assert all(block.first_margin is not None for block in stream.open)
    return (*closed, *stream.finish())


FRAGMENTS = st.sampled_from(
    [
        *("a", "b c", "x_1", "1", "5", " ", "  ", "    ", "\n", "\n\n", ",", ".", "*", "**", "<b>", "&amp;"),
        *("- ", "+ ", "1. ", "2) ", "10. ", "> ", "# ", "\n- ", "\n1. ", "\n   ", "---", "===\n"),
        *("$", "$$", "$|x|$", "$$ x $$", "\n$$\n", r"\(", r"\)", r"\[", r"\]", "\\"),
        *(r"\begin{align}", r"\end{align}", "`", "```", "~~~", "![a](b)", "[a](http://b)"),
        *("|", "| a | b |\n|---|---|\n"),
    ]
)
TEXTS = st.one_of(
    st.lists(FRAGMENTS, max_size=30).map("".join), st.text("ab \n-*>#$`|1.\\[](){}_=~+", max_size=60)
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.lists(st.integers(0, 10_000), max_size=8))
@example("- a\n- b\n\n- c", [5])
@example("1. a\n1. b\n1. c\n\n   d", [6, 10])
@example("$$\na\n- b\n$$\nc", [5, 8])
@example("- a\n  $$\n  x\n- b\n  $$\n", [10])
@example("> $$\nb\n\nc", [6])
@example("a\n#\nb", [3])
@example("$$\nx\n$$ | a |\n|---|\n", [])
def test_a_stream_ends_as_the_whole_text_reads(text: str, cuts: list[int]) -> None:
    assert feed(text, cuts) == parse_markdown(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    parse_markdown(text)


def test_closed_blocks_leave_the_stream() -> None:
    stream = MarkdownStream()
    closed = stream.feed("# A\n\nfirst\n\n- one\n- two $x")
    assert [_line(block) for block in closed] == ["h1 A", "first"]
    assert [_line(block) for block in stream.open] == ["one", "two $x"]
    closed = stream.feed("_1$\n- three")
    assert [_line(block) for block in closed] == ["one"]
    assert [_line(block) for block in stream.open] == ["two x₁", "three"]
    assert [_line(block) for block in stream.finish()] == ["two x₁", "three"]


def test_a_long_list_is_closed_item_by_item() -> None:
    stream = MarkdownStream()
    closed: list[Block] = []
    for number in range(200):
        closed += stream.feed(f"1. item {number} with $x_{{{number}}}$\n")
        assert len(stream.open) <= 2
    closed += stream.finish()
    assert [block.first_margin for block in closed] == [f"{number + 1}. " for number in range(200)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"so \(x_1 \\ y_", [r"so \(x_1 \\ y_"]),
        (r"so $x_1 + *y* + ", [r"so $x_1 + *y* + "]),
        ("so\n$$\n\\frac{a}{b_1} \\\\", ["so", "$$\n\\frac{a}{b_1} \\\\"]),
        ("- a\n  \\[\n  x_1*y*", ["• a", "  \\[\nx_1*y*"]),
        ("it is $5 and *so", ["it is $5 and *so"]),
    ],
)
def test_a_formula_that_is_not_closed_stays_as_written(text: str, expected: list[str]) -> None:
    stream = MarkdownStream()
    stream.feed(text)
    assert [block.first_margin + _line(block).rstrip() for block in stream.open] == [
        line.rstrip() for line in expected
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "$a " * 30_000,
        r"\[" * 50_000,
        "$$\n" * 30_000,
        ">" * 100_000,
        "*a" * 50_000,
        "- " * 50_000,
    ],
    ids=["brackets", "dollars", "displays", "lines", "quotations", "emphasis", "items"],
)
def test_text_made_to_hang_a_reader_is_read(text: str) -> None:
    assert parse_markdown(text)


def test_a_formula_longer_than_anyone_writes_stays_as_written() -> None:
    tex = "a+" * 3000
    assert formulas(f"$$\n{tex}\n$$") == []
    assert tex in "".join(lines(f"$$\n{tex}\n$$"))


def test_markdown_is_imported_only_when_it_is_used() -> None:
    code = (
        "import sys; from tui_digest.latex import to_display, spoken\n"
        "to_display('x'); spoken('$x$')\n"
        "print('markdown_it' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
