"""An answer is taken out of what models wrap around it."""

from __future__ import annotations

import textwrap

import pytest

from tui_digest.explain.answer_cleanup import tidy

ANSWER = "### Intuition\nText one. [interpretation]\n\n### Guarantees\nText two. [interpretation]"
FENCED = f"```markdown\n{ANSWER}\n```"


@pytest.mark.parametrize(
    "text",
    [
        FENCED,
        f"```\n{ANSWER}\n```",
        f"~~~markdown\n{ANSWER}\n~~~",
        f"````Markdown\n{ANSWER}\n````",
        f"```plaintext\n{ANSWER}\n```",
        f'```mdx title="x"\n{ANSWER}\n```',
        f"```{{.markdown}}\n{ANSWER}\n```",
        f"``` md\n{ANSWER}\n```",
        f"```markdown\n{ANSWER}",
        f"```markdown\n{ANSWER}```",
        textwrap.indent(FENCED, "   "),
        textwrap.indent(ANSWER, "    "),
        textwrap.indent(ANSWER, "\t"),
        textwrap.indent(FENCED, "> ", lambda line: True),
        f"\ufeff{FENCED}",
        f"Paper #1, from `abstract` alone.\nAbout 300 words:\n\n{FENCED}",
        f"{FENCED}\n\n" + "Let me know if you would like me to change anything. " * 4,
        f"{ANSWER}\n\nLet me know if you need anything else!",
        f"Here’s the explanation of the paper:\n\n{ANSWER}",
        ANSWER.replace("\n\n", "\n```\n\n```markdown\n").join(("```markdown\n", "\n```")),
        f"<explanation>\n{ANSWER}\n</explanation>",
        f"<pre>\n{FENCED}\n</pre>",
        f'"""\n{ANSWER}\n"""',
        f"analysis\nWe look.\nassistant\nfinal\n{ANSWER}",
        f"Here is my thought process:\nWe look.\n\nHere is my response:\n\n{ANSWER}",
        f"Thinking...\nWe look.\n...done thinking.\n\n{ANSWER}",
        f"assistant\n{ANSWER}",
        f"assistantcommentaryWe look.assistantfinal{ANSWER}",
    ],
)
def test_what_is_around_an_answer_goes(text: str) -> None:
    assert tidy(text) == ANSWER


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        (
            "### A\n```\nText. [interpretation]\n```\n### B\n```text\nMore. [interpretation]\n```",
            "### A\nText. [interpretation]\n### B\nMore. [interpretation]",
        ),
        (
            "### A\n```\nThe method is optimal for all inputs.\n```",
            "### A\nThe method is optimal for all inputs.",
        ),
        ("### A\n```math\nx^2\n```\nText.", "### A\n\n$$\nx^2\n$$\n\nText."),
        ("### A\n```latex\n\\begin{align}x\\end{align}\n```", "### A\n\\begin{align}x\\end{align}"),
        ("### A\n```python\nx = step(x)\n```", "### A\n```python\nx = step(x)\n```"),
        ("### A\n```\nx = step(x)\n```", "### A\n```\nx = step(x)\n```"),
        ("```md\n### A\n```py\nx\n```\n\nMore text.", "### A\n```py\nx\n```\n\nMore text."),
        (f"{FENCED}\n\n### Note\nMore.", f"{ANSWER}\n\n### Note\nMore."),
        ("The rule, in short:\n\n### A\nText.", "The rule, in short:\n\n### A\nText."),
        ("### A\nIf you need speed, use 2 steps.", "### A\nIf you need speed, use 2 steps."),
    ],
)
def test_code_and_content_stay(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    "piece", ["```md\n", "```\n```\n", "```\n# a\n```\n", "    \n", "~~~\n", "analysis "]
)
def test_what_is_opened_over_and_over_is_read_to_its_end(piece: str) -> None:
    assert tidy(piece * 5000) is not None
