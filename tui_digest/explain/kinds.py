"""The kinds of explanation that a model can be asked for, and what each asks."""

from __future__ import annotations

import msgspec

from tui_digest.settings import ExplanationKind


class KindOfExplanation(msgspec.Struct, frozen=True):
    """One kind: the headings of its answer, and what the model is asked to write.

    `task` and `form` are parts of the prompt; `marked` is false where nothing is quoted, as in a
    translation.
    """

    headings: tuple[str, ...]
    task: str
    form: str
    marked: bool = True


RECORD_SEEN, TEXT_SEEN = "nothing but its arXiv record", "nothing of it but what is quoted below"
"""What a task says that the researcher has seen: of a paper's record, and where its text is shown."""

_EXPLAIN = f"You explain the mathematics of one research paper to a researcher who has seen {RECORD_SEEN}."

KINDS: dict[ExplanationKind, KindOfExplanation] = {
    "mathematics": KindOfExplanation(
        ("Intuition", "Problem setup", "Key method", "Guarantees", "Practical takeaways"),
        _EXPLAIN,
        "Intuition: the question, and why the idea could answer it. Problem setup: objects, spaces, "
        "assumptions, notation. Key method: the idea, as far as it is stated. Guarantees: each claim with "
        "its conditions and quantifiers. Practical takeaways: when it helps, and what to verify in the "
        "paper.\nAbout WORDS words in all. One to three display formulas, each as $$…$$ on lines of its own.",
    ),
    "three-lines": KindOfExplanation(
        (),
        _EXPLAIN,
        "Write three list items of one sentence each, without headings: what is asked; what is shown, with "
        "its conditions; how. No display formulas.",
    ),
    "student": KindOfExplanation(
        ("What it is about", "What one has to know", "The idea", "What is shown"),
        "You explain one research paper to a student in the second year of mathematics, physics or computer "
        f"science who has seen {RECORD_SEEN}.",
        "What it is about: the question in plain words, with a small example. What one has to know: the "
        "notions that the record uses, each in a sentence. The idea: as far as it is stated. What is shown: "
        "each claim with its conditions.\nAbout WORDS words in all.",
    ),
    "method": KindOfExplanation(
        ("Setting", "Method", "Cost and conditions"),
        _EXPLAIN,
        "Only the method: in which setting it works, what it does step by step as far as the record says, "
        "what it costs and what it needs. At most half of WORDS words in all.",
    ),
    "translation": KindOfExplanation(
        (),
        "You translate the title and the abstract of one research paper into LANGUAGE for researchers of "
        "its field.",
        "Write the title as one heading (### …), then the abstract as it is divided, and nothing else. "
        "Every formula stays the same TeX, character by character; numbers, names, citations and units stay "
        "as they are. Leave nothing out and add nothing.",
        marked=False,
    ),
}

PLACE = KindOfExplanation(
    ("What it says", "What it uses", "Why it holds", "What to check"),
    KINDS["mathematics"].task,
    "What it says: the statement in full, with its quantifiers and conditions, then in plain words; of a "
    "section, what it sets up or shows. What it uses: the definitions, assumptions and earlier statements, "
    "each by its name in the paper. Why it holds: the idea of the proof or of the argument, step by step as "
    "far as it is shown. What to check: where it is delicate, and what it does not say.\n"
    "About WORDS words in all. One to three display formulas, each as $$…$$ on lines of its own.",
)
"""What is asked about one section or statement of a paper's text."""
