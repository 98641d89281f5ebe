"""Search finds what was stored, ranks it, and asks the same of entries in memory."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.library.invented import counting_clock, fold, make_digest, make_paper
from tui_digest.errors import LibraryError
from tui_digest.library.library import Library
from tui_digest.library.matching import find_words
from tui_digest.library.question import Question
from tui_digest.paper import AnnounceType
from tui_digest.reading import Explanation, Mark, Receipt

PAPERS = (
    make_paper(1, title="Random walks on graphs", abstract="A walk that is random.", categories=("math.PR",)),
    make_paper(2, title="Optimal transport", abstract="Graphs, and random noise.", comment="12 pages, ICML"),
    make_paper(3, title="Lyapunov stability", abstract="The dual.", authors=("Zoë Müller", "Li Wang")),
    make_paper(
        4, title="Duals", abstract="A walking robot.", categories=("hep-th", "math-ph"), primary="hep-th"
    ),
    make_paper(
        5,
        title="Wang tilings",
        abstract="Random.",
        announce_type=AnnounceType.REPLACE,
        announced=date(2026, 11, 24),
    ),
    make_paper(
        6,
        title="Never announced",
        abstract="A dual graph.",
        announce_type=None,
        announced=None,
        published=datetime(2025, 5, 1, tzinfo=UTC),
        journal_ref="J. Inv. 1",
        doi="10.1/x",
    ),
)


def fill(library: Library) -> Library:
    library.mailings.store_digest(make_digest(*PAPERS[:4]))
    library.mailings.store_papers(PAPERS[4:])
    library.marks.mark(["2611.00001"], Mark.TO_READ)
    library.marks.mark(["2611.00002"], Mark.DONE)
    library.marks.mark(["2611.00003"], Mark.DISMISSED)
    library.marks.set_read(["2611.00002", "2611.00004"])
    library.mailings.store_papers([msgspec.structs.replace(PAPERS[3], version=2)])
    library.marks.note("2611.00004", "see the graph of Müller")
    receipt = Receipt(
        provider="p",
        model="m",
        asked_at=datetime(2026, 11, 20, tzinfo=UTC),
        prompt_version="1",
        paper_version=1,
        complete=True,
    )
    library.explanations.keep("key", Explanation(paper_id="2611.00005", text="Tiles.", receipt=receipt))
    return library


@pytest.fixture
def stocked(library: Library) -> Library:
    return fill(library)


def found(library: Library, query: str, **how: object) -> str:
    """The last digits of the papers found, in order."""
    result = library.search.find(query, **how)  # type: ignore[arg-type]
    return "".join(entry.paper.id[-1] for entry in result.entries)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("random", "521"),
        ("random walks", "1"),
        ('"walks on graphs"', "1"),
        ('"graphs on walks"', ""),
        ("walk*", "14"),
        ("au:muller", "3"),
        ("au:wang", "3"),
        ("ti:wang", "5"),
        ("wang", "35"),
        ("abs:dual", "36"),
        ("note:graph", "4"),
        ("co:icml", "2"),
        ("co:inv", "6"),
        ("cat:math.PR", "1"),
        ("cat:math", "12356"),
        ("cat:hep-th", "4"),
        ("random -walk", "25"),
        ("-random", "346"),
        ("random or dual", "12356"),
        ("(random or dual) cat:math.OC", "2356"),
        ("is:to-read", "1"),
        ("is:done", "2"),
        ("is:dismissed", "3"),
        ("is:marked", "123"),
        ("is:read", "2"),
        ("is:unread", "13456"),
        ("is:new", "1234"),
        ("is:replaced", "5"),
        ("is:cross", ""),
        ("has:note", "4"),
        ("has:explanation", "5"),
        ("has:comment", "2"),
        ("has:journal has:doi", "6"),
        ("after:2026-11-21", "5"),
        ("before:2026-11-21", "12346"),
        ("before:2026", "6"),
        ("2611.00003", "3"),
        ("-(is:read or is:marked)", "456"),
        ("", "123456"),
    ],
)
def test_a_query_finds_what_it_asks_for_here_and_in_memory(
    stocked: Library, query: str, numbers: str
) -> None:
    assert sorted(found(stocked, query)) == sorted(numbers)
    predicate = stocked.predicate(query)
    everything = stocked.search.find("").entries
    assert {entry.paper.id[-1] for entry in everything if predicate(entry)} == set(numbers)


WORDS = st.sampled_from(["random", "walk", "dual", "graph", "wang", "a", "zzz"])
TERMS = st.one_of(
    WORDS,
    WORDS.map(lambda word: f"{word[:2]}*"),
    st.tuples(st.sampled_from(["ti", "abs", "au", "note", "co"]), WORDS).map(":".join),
    st.sampled_from(
        ['"random walk"', '"the dual"', "is:read", "is:marked", "has:note", "cat:math", "cat:hep-th"]
    ),
    st.sampled_from(["after:2026-11-20", "before:2026-11-24", "is:replaced", "is:unread"]),
)
QUERIES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        inner.map("-{}".format) | inner.map("({})".format),
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map("({0[0]} or {0[1]})".format),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("search") / "library.sqlite3"
    with Library(file, fold, counting_clock()) as library:
        fill(library)
    return file


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
def test_search_and_memory_always_agree(filled: Path, query: str) -> None:
    with Library(filled, fold) as library:
        predicate = library.predicate(query)
        everything = library.search.find("", limit=100).entries
        expected = sorted(entry.paper.id for entry in everything if predicate(entry))
        for typing in (False, True):
            result = library.search.find(f"{query} ", limit=100, typing=typing)
            assert sorted(entry.paper.id for entry in result.entries) == expected


@pytest.mark.parametrize(
    "term", ["a ", "-a ", "is:read ", "a or ", "is:read or ", "(a or is:read) ", "-(a b) "]
)
def test_the_longest_queries_are_answered(stocked: Library, term: str) -> None:
    query = term * ((1000 - len("a")) // len(term)) + "a"
    predicate = stocked.predicate(query)
    everything = stocked.search.find("").entries
    assert len(stocked.search.find(query).entries) == sum(map(predicate, everything))


def test_the_best_come_first_and_the_newest_without_words(stocked: Library) -> None:
    assert found(stocked, "dual")[0] == "3"
    assert found(stocked, "cat:math") == "65321"
    assert found(stocked, "is:unread") == "65431"


def test_a_word_weighs_more_in_the_title(library: Library) -> None:
    library.mailings.store_papers(
        [
            make_paper(1, title="Proximal methods", abstract="None."),
            make_paper(2, title="Methods", abstract="A proximal step, and proximal maps."),
        ]
    )
    assert found(library, "proximal") == "12"


def test_hits_come_in_pages(stocked: Library) -> None:
    first = stocked.search.find("", limit=4)
    assert (len(first.entries), first.more) == (4, True)
    assert found(stocked, "", limit=4) + found(stocked, "", limit=4, offset=4) == "654321"
    assert not stocked.search.find("", limit=4, offset=4).more


def test_while_typing_the_last_word_goes_on_and_short_ones_are_newest_first(stocked: Library) -> None:
    assert found(stocked, "w", typing=True) == "5431"
    assert found(stocked, "wal", typing=True) in {"14", "41"}
    assert found(stocked, "wal") == ""
    assert found(stocked, "wal ", typing=True) == ""


def test_ranking_as_one_types_reaches_beyond_the_newest_when_too_few_are_found(
    stocked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_digest.library.question._RANKED_AS_TYPED", 1)
    assert sorted(found(stocked, "random", typing=True)) == ["1", "2", "5"]
    assert found(stocked, "random cat:math.PR", typing=True) == "1"
    assert stocked.search.find("rando", typing=True, limit=1).more


def test_hits_say_which_words_to_show(stocked: Library) -> None:
    assert stocked.search.find("random wal", typing=True).words == ("random", "wal*")


@pytest.mark.parametrize(
    ("text", "sought", "shown"),
    [
        ("Random walks, walking at random", ("random",), ["Random", "random"]),
        ("Random walks, walking", ("walk*",), ["walks", "walking"]),
        ("Zoë Müller", ("muller",), ["Müller"]),
        ("a Mu\u0308ller", ("muller",), ["Mu\u0308ller"]),
        ("‖x‖₂ of ℝⁿ", ("rn",), ["ℝⁿ"]),
        ("nothing here", ("random", "walk*"), []),
        ("nothing here", (), []),
    ],
)
def test_the_words_are_found_where_they_are_shown(
    text: str, sought: tuple[str, ...], shown: list[str]
) -> None:
    assert [text[start:end] for start, end in find_words(text, sought, fold)] == shown


def test_a_new_search_puts_an_end_to_the_one_that_runs(
    stocked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, outcome = threading.Event(), []
    run = Question.run

    def endless(question: Question, connection, *arguments: object, **how: object) -> list[int]:  # type: ignore[no-untyped-def]  # noqa: ANN001
        if question.match != '("graphs")':
            return run(question, connection, *arguments, **how)  # type: ignore[arg-type]
        counting = connection.execute(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
        )
        begun.set()
        return [x for (x,) in counting if x < 0]

    def search() -> None:
        try:
            stocked.search.find("graphs")
        except LibraryError as error:
            outcome.append(type(error).__name__)

    monkeypatch.setattr(Question, "run", endless)
    thread = threading.Thread(target=search)
    thread.start()
    begun.wait()
    assert found(stocked, "lyapunov") == "3"
    thread.join()
    assert outcome == ["SearchInterruptedError"]


def test_papers_are_indexed_anew_when_the_folding_changes(library_file: Path) -> None:
    with Library(library_file, str.casefold, counting_clock()) as before:
        fill(before)
        assert found(before, "muller") == ""
    with Library(library_file, fold, counting_clock()) as after:
        assert after.search.refresh(limit=4) == 4
        assert after.search.refresh(limit=4) == 2
        assert after.search.refresh(limit=4) == 0
        assert sorted(found(after, "muller")) == ["3", "4"]
        assert after.search.find("Müller random").entries == ()
