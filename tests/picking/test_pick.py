"""The pick follows its rules, says why in words, and is the same for the same input."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.library.invented import fold, make_paper
from tui_digest.entry import Entry, Mark, Reading
from tui_digest.interests import Interest, InterestKind, Stance, Taste, Term
from tui_digest.paper import AnnounceType
from tui_digest.picking.pick import pick
from tui_digest.settings import PickSettings

NO_RULES = PickSettings(words={}, categories={})
UNKNOWN = Taste()


def plain(number: int, title: str = "A title", abstract: str = "An abstract.", **known: object) -> Entry:
    fields: dict[str, object] = {"authors": ("Ada Example",), "categories": ("cs.LG",), **known}
    return Entry(paper=make_paper(number, title=title, abstract=abstract, **fields))


def picked(
    entries: list[Entry], taste: Taste = UNKNOWN, rules: PickSettings = NO_RULES, count: int = 9
) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.paper_id[-1], one.reasons) for one in pick(entries, taste, rules, count, fold=fold)]


def following(kind: str, text: str, stance: Stance = Stance.FOLLOW) -> Taste:
    return Taste(interests=(Interest(kind=InterestKind(kind), text=text, stance=stance),))


LIKED = Taste(
    terms={
        "lyapunov": Term(weight=3.0, papers=4),
        "stability": Term(weight=2.0, papers=5),
        "wombats": Term(weight=-3.0, papers=0),
    }
)


def test_with_nothing_known_the_words_and_categories_of_the_settings_decide() -> None:
    entries = [
        plain(1, "Cats"),
        plain(2, "Cats", "We use a proximal step."),
        plain(3, "Convergence of ADMM"),
        plain(4, "Cats", categories=("cs.LG", "math.OC")),
    ]
    assert picked(entries, rules=PickSettings()) == [
        ("3", ("convergence, ADMM from the words of your digest",)),
        ("2", ("proximal from the words of your digest",)),
        ("4", ("in math.OC",)),
    ]


def test_a_followed_author_comes_before_words() -> None:
    entries = [
        plain(1, "Convergence of convergence"),
        plain(2, authors=("Ronald Katende",)),
    ]
    assert picked(entries, following("author", "Katende"), PickSettings()) == [
        ("2", ("follows Katende",)),
        ("1", ("convergence from the words of your digest",)),
    ]


def test_the_reasons_say_what_speaks_for_a_paper() -> None:
    taste = Taste(interests=following("author", "Katende").interests, terms=LIKED.terms)
    entry = plain(1, "Variational Stability", "By Lyapunov's method.", authors=("Ronald Katende",))
    assert picked([entry], taste) == [
        ("1", ("follows Katende", "Stability, Lyapunov as in 4 papers you marked"))
    ]


def test_a_followed_word_counts_and_is_told() -> None:
    entries = [plain(1), plain(2, abstract="Optimal transports.")]
    assert picked(entries, following("word", "optimal transport")) == [("2", ("follows optimal transport",))]


def test_what_is_like_dismissed_papers_counts_less() -> None:
    both = plain(1, abstract="Lyapunov wombats.")
    one = plain(2, abstract="Lyapunov functions.")
    assert [number for number, _ in picked([both, one], LIKED)] == ["2"]
    assert [number for number, _ in picked([both, one], LIKED, PickSettings(words={"wombats": 1.0}))] == [
        "2",
        "1",
    ]


def test_dismissed_and_muted_papers_are_never_picked() -> None:
    dismissed = Entry(paper=make_paper(1, title="Convergence"), reading=Reading(mark=Mark.DISMISSED))
    muted = plain(2, "Convergence", authors=("Ada Example",))
    kept = plain(3, "Convergence", authors=("Jo Mustermann",))
    taste = following("author", "Ada Example", Stance.MUTE)
    assert [number for number, _ in picked([dismissed, muted, kept], taste, PickSettings())] == ["3"]


def test_a_replacement_counts_half() -> None:
    entries = [
        plain(1, "Convergence", announce_type=AnnounceType.REPLACE),
        plain(2, "Gradient", "Dual"),
    ]
    assert [number for number, _ in picked(entries, rules=PickSettings())] == ["2", "1"]


def test_equal_papers_come_in_the_order_of_the_announcement() -> None:
    entries = [plain(number, "Convergence") for number in (5, 3, 8, 1)]
    assert [number for number, _ in picked(entries, rules=PickSettings(), count=3)] == ["5", "3", "8"]


def test_a_paper_without_a_reason_is_not_picked() -> None:
    assert picked([plain(1, "Cats")], LIKED) == []
    assert picked([plain(1, "Convergence")], rules=PickSettings(words={"convergence": -1.0})) == []


def test_many_words_are_cut_short() -> None:
    rules = PickSettings(words=dict.fromkeys(("one", "two", "three", "four", "five"), 1.0), categories={})
    assert picked([plain(1, "one two three four five")], rules=rules) == [
        ("1", ("one, two, three and 2 more from the words of your digest",))
    ]


def test_a_long_abstract_has_no_advantage() -> None:
    terms = {f"term{number}": Term(weight=1.0, papers=3) for number in range(30)}
    short = plain(1, abstract=" ".join(f"term{number}" for number in range(8)))
    long = plain(2, abstract=" ".join(terms))
    one, other = pick([short, long], Taste(terms=terms), NO_RULES, 2, fold=fold)
    assert one.score == other.score


WORDS = st.lists(
    st.sampled_from(["Convergence", "dual", "Lyapunov", "wombats", "cats", "stability"]), max_size=6
)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=12), st.integers(0, 12))
def test_the_same_input_gives_the_same_pick(texts: list[tuple[list[str], list[str]]], count: int) -> None:
    entries = [
        plain(number, " ".join(title), " ".join(abstract))
        for number, (title, abstract) in enumerate(texts, start=1)
    ]
    shuffled = dict(random.Random(1).sample(sorted(LIKED.terms.items()), len(LIKED.terms)))
    first = pick(entries, LIKED, PickSettings(), count, fold=fold)
    again = pick(entries, Taste(terms=shuffled), PickSettings(), count, fold=fold)
    assert first == again
    assert len(first) <= count
    assert [one.score for one in first] == sorted((one.score for one in first), reverse=True)
    assert all(one.score > 0 and one.reasons for one in first)
