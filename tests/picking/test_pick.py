"""The pick follows its rules, says why in words, and is the same for the same input."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.invented import fold, make_paper
from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.latex import search_key
from tui_digest.paper import AnnounceType, Paper
from tui_digest.picking.likeness import Likeness, learn
from tui_digest.picking.pick import Candidate, is_common, pick
from tui_digest.settings import PickSettings
from tui_digest.text.words import count_terms, folded_words, term_of, unpack_counts

SOME_WORDS = PickSettings(
    words={
        "optimization": 2.0,
        "convergence": 2.0,
        "proximal": 2.0,
        "ADMM": 2.0,
        "gradient": 1.0,
        "dual": 1.0,
    },
    categories={"math.OC": 1.0},
)


def candidate(paper: Paper, position: int = 0, *, dismissed: bool = False) -> Candidate:
    title, abstract = (" ".join(folded_words(text, fold)) for text in (paper.title, paper.abstract))
    return Candidate(
        position=position,
        paper=paper,
        title=title,
        abstract=abstract,
        terms=count_terms(title, abstract),
        dismissed=dismissed,
    )


def plain(number: int, title: str = "A title", abstract: str = "An abstract.", **known: object) -> Paper:
    fields: dict[str, object] = {"authors": ("Ada Example",), "categories": ("cs.LG",), **known}
    return make_paper(number, title=title, abstract=abstract, **fields)


def picked(
    papers: list[Paper],
    *interests: Interest,
    rules: PickSettings = PickSettings(),  # noqa: B008
    count: int = 9,
    likeness: Likeness | None = None,
) -> list[tuple[int, tuple[str, ...]]]:
    candidates = [candidate(paper, position) for position, paper in enumerate(papers, start=1)]
    found = pick(candidates, interests, rules, count, likeness=likeness, fold=fold)
    return [(one.position, one.reasons) for one in found]


def follow(kind: str, text: str, stance: Stance = Stance.FOLLOW) -> Interest:
    return Interest(kind=InterestKind(kind), text=text, stance=stance)


def packed(text: str) -> bytes:
    return count_terms("", " ".join(folded_words(text, fold)))


@pytest.fixture(scope="module")
def likeness() -> Likeness:
    """Learned from papers on Lyapunov functions, against wombats and plain things."""
    liked = [packed(f"Current methods called Lyapunov stability of kind{n}") for n in range(5)]
    others = [packed(f"Wombats of the sort{n}") for n in range(4)]
    others += [packed(f"We study plain things of type{n}") for n in range(40)]
    learned = learn(liked, others)
    assert learned is not None
    return learned


def test_without_words_marks_and_interests_there_is_no_pick() -> None:
    assert picked([plain(1, "Convergence of proximal ADMM", categories=("math.OC",))]) == []


def test_the_words_and_categories_of_the_settings_decide() -> None:
    papers = [
        plain(1, "Cats"),
        plain(2, "Cats", "We use a proximal step."),
        plain(3, "Convergence of ADMM"),
        plain(4, "Cats", categories=("cs.LG", "math.OC")),
    ]
    assert picked(papers, rules=SOME_WORDS) == [
        (3, ("convergence, ADMM from the words of your digest",)),
        (2, ("proximal from the words of your digest",)),
        (4, ("in math.OC",)),
    ]


def test_a_followed_author_comes_before_words() -> None:
    papers = [plain(1, "Convergence of convergence"), plain(2, authors=("Ronald Katende",))]
    assert picked(papers, follow("author", "Katende"), rules=SOME_WORDS) == [
        (2, ("follows Katende",)),
        (1, ("convergence from the words of your digest",)),
    ]


def test_the_reasons_are_the_terms_that_weighed_most(likeness: Likeness) -> None:
    paper = plain(1, "Variational Stability", "By Lyapunov's method.", authors=("Ronald Katende",))
    assert picked([paper], follow("author", "Katende"), likeness=likeness) == [
        (1, ("follows Katende", "Stability, Lyapunov as in 5 papers you marked"))
    ]


def test_words_of_every_paper_are_no_reasons(likeness: Likeness) -> None:
    common = ("a", "called", "current", "the", "method", "art", "herein", "everything")
    assert [is_common(word) for word in (*common, "wombats", "lled", "")] == [True] * 8 + [False] * 3
    assert picked([plain(1, "Current wombats", "So called methods.")], likeness=likeness) == []
    ((_, reasons),) = picked([plain(1, "Current Lyapunov", "Called so.")], likeness=likeness)
    assert reasons == ("Lyapunov as in 5 papers you marked",)


def test_reasons_are_words_as_the_paper_spells_them() -> None:
    def terms(paper: Paper) -> tuple[str, str, bytes]:
        title, abstract = (" ".join(folded_words(text, search_key)) for text in (paper.title, paper.abstract))
        return title, abstract, count_terms(title, abstract)

    paper = plain(
        1, r"A Schr\"odinger--Einstein flow", r"On $\nabla u$ at $\infty$, state-of-the-art: $\lambda$."
    )
    title, abstract, counts = terms(paper)
    learned = learn([counts] * 5, [terms(plain(2, "Other words"))[2]] * 20)
    one = Candidate(position=1, paper=paper, title=title, abstract=abstract, terms=counts)
    (row,) = pick([one], (), PickSettings(), 1, likeness=learned, fold=search_key)
    assert row.reasons == ("flow, Schrödinger, Einstein as in 5 papers you marked",)


def test_a_followed_word_counts_and_is_told() -> None:
    papers = [plain(1), plain(2, abstract="Optimal transports.")]
    assert picked(papers, follow("word", "optimal transport")) == [(2, ("follows optimal transport",))]


def test_what_is_like_other_papers_counts_less(likeness: Likeness) -> None:
    both = plain(1, abstract="Lyapunov wombats.")
    one = plain(2, abstract="Lyapunov functions.")
    assert picked([both, one], likeness=likeness)[0][0] == 2


def test_dismissed_and_muted_papers_are_never_picked() -> None:
    dismissed = candidate(plain(1, "Convergence"), 1, dismissed=True)
    muted = candidate(plain(2, "Convergence", authors=("Ada Example",)), 2)
    kept = candidate(plain(3, "Convergence", authors=("Jo Mustermann",)), 3)
    interests = [follow("author", "Ada Example", Stance.MUTE)]
    for rules in (SOME_WORDS, PickSettings(words=SOME_WORDS.words, rule="stems")):
        found = pick([dismissed, muted, kept], interests, rules, 9, fold=fold)
        assert [one.position for one in found] == [3]


def test_a_replacement_counts_half() -> None:
    papers = [plain(1, "Convergence", announce_type=AnnounceType.REPLACE), plain(2, "Gradient", "Dual dual")]
    rules = PickSettings(words={"convergence": 1.5, "gradient": 1.0})
    assert [position for position, _ in picked(papers, rules=rules)] == [2, 1]


def test_equal_papers_come_in_the_order_of_the_announcement() -> None:
    papers = [plain(number, "Convergence") for number in (5, 3, 8, 1)]
    assert [position for position, _ in picked(papers, rules=SOME_WORDS, count=3)] == [1, 2, 3]


def test_a_paper_without_a_reason_is_not_picked(likeness: Likeness) -> None:
    assert picked([plain(1, "Cats")], likeness=likeness) == []
    assert picked([plain(1, "Convergence")], rules=PickSettings(words={"convergence": -1.0})) == []


def test_many_words_are_cut_short() -> None:
    rules = PickSettings(words=dict.fromkeys(("one", "two", "three", "four", "five"), 1.0))
    assert picked([plain(1, "one two three four five")], rules=rules) == [
        (1, ("one, two, three and 2 more from the words of your digest",))
    ]


def test_stems_count_once_each_wherever_they_are_and_the_newest_comes_first() -> None:
    rules = PickSettings(words={"dual": 9.0, "gradient": 1.0}, rule="stems")
    papers = [
        plain(3, "Residual networks, gradients"),
        plain(1, "The dual of the dual"),
        plain(7, "Subgradient"),
        plain(9, "Cats"),
        plain(8, "Individual things", announce_type=AnnounceType.REPLACE),
    ]
    assert picked(papers, rules=rules) == [
        (1, ("dual, gradient from the words of your digest",)),
        (5, ("dual from the words of your digest",)),
        (3, ("gradient from the words of your digest",)),
        (2, ("dual from the words of your digest",)),
    ]


def test_too_few_marks_say_nothing() -> None:
    others = [packed(f"plain {n}") for n in range(9)]
    assert learn([packed("Lyapunov")], others) is None
    assert learn([packed("Lyapunov"), packed("Lyapunov")], []) is None
    assert learn([packed("Lyapunov"), packed("Lyapunov")], others) is not None


def test_counts_survive_packing() -> None:
    counts = unpack_counts(count_terms("gradient descent", "gradient " * 300 + "a of"))
    assert counts == {term_of("gradient"): 255, term_of("descent"): 2, term_of("of"): 1}
    assert unpack_counts(b"") == {}


WORDS = st.lists(
    st.sampled_from(["Convergence", "dual", "Lyapunov", "wombats", "cats", "stability"]), max_size=6
)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=12), st.integers(0, 12))
def test_the_same_input_gives_the_same_pick(texts: list[tuple[list[str], list[str]]], count: int) -> None:
    papers = [
        plain(number, " ".join(title), " ".join(abstract))
        for number, (title, abstract) in enumerate(texts, start=1)
    ]
    shuffled = dict(random.Random(1).sample(sorted(SOME_WORDS.words.items()), len(SOME_WORDS.words)))
    candidates = [candidate(paper, position) for position, paper in enumerate(papers)]
    first = pick(candidates, (), SOME_WORDS, count, fold=fold)
    again = pick(candidates, (), PickSettings(words=shuffled, categories={"math.OC": 1.0}), count, fold=fold)
    assert [(one.position, one.score) for one in first] == [(one.position, one.score) for one in again]
    assert len(first) <= count
    assert [one.score for one in first] == sorted((one.score for one in first), reverse=True)
    assert all(one.score > 0 and one.reasons for one in first)
