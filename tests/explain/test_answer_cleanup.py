"""An answer's empty sections and links are cleaned up."""

from __future__ import annotations

import pytest

from tui_digest.explain.answer_cleanup import drop_open_mark, tidy


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("### A\nText.\n\n### B\n\n### C\nMore.", "### A\nText.\n\n### C\nMore."),
        ("### A\nText.\n\n### B\nN/A", "### A\nText."),
        ("Sure! Here is the explanation:\n\n### A\nText.", "### A\nText."),
        ("First, words.\n\n### A\nText.", "First, words.\n\n### A\nText."),
        ("## A\n### B\nText.", "## A\n### B\nText."),
        (
            "### A\nText.\n\n### Guarantees\nNot stated in the abstract.\n",
            "### A\nText.\n\nNot stated in the abstract: Guarantees.",
        ),
        (
            "### Bounds\n- Not stated in the abstract. [interpretation]\n\n### Key idea\n*Not specified.*",
            "Not stated in the abstract: Bounds, Key idea.",
        ),
        ("### A\nNot stated in the abstract: constants.", "### A\nNot stated in the abstract: constants."),
        ("```\n### A\n```\n### B\nText.", "```\n### A\n```\n### B\nText."),
        ("```markdown\n### A\nText.\n```", "### A\nText."),
        (
            "Here you go:\n\n```md\n### A\n```py\nx\n```\nText.\n```\nThat is all.",
            "### A\n```py\nx\n```\nText.",
        ),
        ("```\n### A\nText.", "### A\nText."),
        ("```python\n# x\n```", "```python\n# x\n```"),
        ("analysisWe look. assistantfinal### A\nText.", "### A\nText."),
        ("final### A\nText.", "### A\nText."),
        ("![alt](https://a.example/b.png)", "[alt](https://a.example/b.png)"),
        ("- a<br>b<br />c", "- a b c"),
        ("[x](javascript:alert(1)) [y](mailto:a@b) [z](/etc)", "x y z"),
        ("$n![x](y)$ and `![x](y)`", "$n![x](y)$ and `![x](y)`"),
    ],
)
def test_only_content_is_kept(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_what_a_text_is_silent_on_is_said_of_what_was_shown() -> None:
    text = "### A\nText.\n\n### Guarantees\nNot stated in what was shown.\n"
    assert tidy(text, "what was shown") == "### A\nText.\n\nNot stated in what was shown: Guarantees."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It is so. [", "It is so."),
        ("It is so. **[interpreta", "It is so."),
        ('It is so. [abstract: "the rate in $[0,1]$', "It is so."),
        ('Yes [abstract: "a b c d"]. It is so. [abstr', 'Yes [abstract: "a b c d"]. It is so.'),
        ('It is so. [abstract: "a b c d"]', 'It is so. [abstract: "a b c d"]'),
        ("It is in $[", "It is in $["),
        ("It is [abstracted", "It is [abstracted"),
    ],
)
def test_a_mark_that_was_cut_off_goes(text: str, kept: str) -> None:
    assert drop_open_mark(text) == kept
