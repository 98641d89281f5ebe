"""Search finds what was stored, ranks it, and asks the same of entries in memory."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.library.entry_matcher import Matcher
from tests.library.invented import assert_index_agrees, counting_clock, fold, make_digest, make_paper
from tui_digest.entry import Entry, Explanation, Mark, Receipt
from tui_digest.latex import search_key
from tui_digest.library.database import SearchInterruptedError
from tui_digest.library.library import Library
from tui_digest.library.query.parser import parse
from tui_digest.library.query.sql import CompiledQuery, Ranking
from tui_digest.paper import AnnounceType
from tui_digest.text.words import folded_words
from tui_digest.text.words import word_spans as find_words

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
        ("is:read", "23"),
        ("is:unread", "1456"),
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
    predicate = Matcher(fold).test(parse(query, fold))
    everything = stocked.search.find("").entries
    assert {entry.paper.id[-1] for entry in everything if predicate(entry)} == set(numbers)


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("学习", True),
        ("深度学习", True),
        ("ti:学习", True),
        ("习学", False),
        ("lojasiewicz", True),
        ("hawaii", True),
        ("360", True),
        ("360°", True),
        ("学习 hawaii", True),
    ],
)
def test_what_people_type_finds_what_is_printed(library_file: Path, query: str, finds: bool) -> None:
    paper = make_paper(1, title="深度学习模型 on 360{\\deg} video", abstract=r"{\L}ojasiewicz in Hawaiʻi.")
    with Library(library_file, search_key) as library:
        library.mailings.store_papers([paper])
        assert bool(library.search.find(query).entries) is finds
    assert Matcher(search_key).test(parse(query, search_key))(Entry(paper=paper)) is finds


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("hawaii", "Hawai`i"),
        ("lhopital", "l’Hôpital"),
        ("ito's", "Itô’s"),
        ("ito", "Itô"),
        ("calculus", "calculus"),
    ],
)
def test_a_match_is_shown_over_an_apostrophe_or_up_to_it(query: str, shown: str) -> None:
    text = "In Hawai`i, l’Hôpital and Itô’s calculus."
    ((start, end),) = find_words(text, folded_words(query, search_key), search_key)
    assert text[start:end] == shown


def test_a_character_of_chinese_is_shown_as_a_match_of_its_own() -> None:
    assert find_words("深度学习 AI模型", folded_words("学习", search_key), search_key) == ((2, 3), (3, 4))


def test_the_folding_of_stored_papers_is_looked_up(library_file: Path) -> None:
    folded: list[str] = []

    def listening(text: str) -> str:
        folded.append(text)
        return fold(text)

    with Library(library_file, listening) as library:
        library.mailings.store_papers(PAPERS[:2])
        with library._database.reading() as connection:
            known = library._index.with_stored_texts(connection, [paper.id for paper in PAPERS[:3]])
    folded.clear()
    for paper in PAPERS[:3]:
        assert folded_words(known(paper.abstract), str) == folded_words(paper.abstract, fold)
        assert folded_words(known(paper.title), str) == folded_words(paper.title, fold)
    assert folded == [PAPERS[2].abstract, PAPERS[2].title]


def test_what_is_stored_already_is_not_folded_again(library_file: Path) -> None:
    folded: list[str] = []

    def listening(text: str) -> str:
        folded.append(text)
        return fold(text)

    with Library(library_file, listening) as library:
        library.mailings.store_papers(PAPERS)
        folded.clear()
        library.mailings.store_papers(msgspec.structs.replace(paper, comment="seen") for paper in PAPERS)
        assert not {paper.abstract for paper in PAPERS} & set(folded)
        assert len(library.search.find("seen").entries) == len(PAPERS)


def test_texts_made_ready_are_not_folded_again() -> None:
    folded: list[str] = []

    def listening(text: str) -> str:
        folded.append(text)
        return fold(text)

    entry = Entry(paper=PAPERS[0])
    matcher = Matcher(listening)
    matcher.prepare([entry])
    folded.clear()
    assert matcher.test(parse("walks", fold))(entry)
    assert PAPERS[0].abstract not in folded
    completed = Entry(paper=msgspec.structs.replace(PAPERS[0], comment="12 pages"))
    assert matcher.test(parse("co:pages", fold))(completed)


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
        predicate = Matcher(fold).test(parse(query, fold))
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
    predicate = Matcher(fold).test(parse(query, fold))
    everything = stocked.search.find("").entries
    assert len(stocked.search.find(query).entries) == sum(map(predicate, everything))
    scope = stocked.lists.papers(entry.paper.id for entry in everything)
    found_here = stocked.lists.matches(scope, query).positions
    assert sorted(found_here) == [n for n, entry in enumerate(everything) if predicate(entry)]


def test_the_best_come_first_and_the_newest_without_words(stocked: Library) -> None:
    assert found(stocked, "dual")[0] == "3"
    assert found(stocked, "cat:math") == "65321"
    assert found(stocked, "is:unread") == "6541"


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


def test_as_one_types_the_newest_hits_are_ranked(stocked: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(stocked, "dual", typing=True) == found(stocked, "dual*")
    monkeypatch.setattr("tui_digest.library.query.sql._RANKED_AS_TYPED", 1)
    assert found(stocked, "random", limit=1) == "1"
    assert found(stocked, "random", typing=True, limit=1) in {"5", "2"}
    assert sorted(found(stocked, "random", typing=True)) == ["1", "2", "5"]
    assert found(stocked, "random cat:math.PR", typing=True) == "1"


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


def test_the_search_begun_last_wins(stocked: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    running, ended = threading.Event(), []
    run = CompiledQuery.run

    def endless(
        question: CompiledQuery, connection: sqlite3.Connection, order: Ranking, limit: int, offset: int
    ) -> list[int]:
        if question.match == '("graphs")':
            numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
            counting = connection.execute(numbers)
            running.set()
            return [x for (x,) in counting if x < 0]
        return run(question, connection, order, limit, offset)

    def search(query: str) -> None:
        with pytest.raises(SearchInterruptedError):
            stocked.search.find(query)
        ended.append(query)

    monkeypatch.setattr(CompiledQuery, "run", endless)
    first = threading.Thread(target=search, args=("graphs",))
    first.start()
    running.wait()
    assert found(stocked, "lyapunov") == "3"
    first.join()
    assert ended == ["graphs"]
    assert found(stocked, "lyapunov") == "3"


def test_a_search_that_waits_gives_up_for_a_newer_one(stocked: Library) -> None:
    ended = []

    def search() -> None:
        with pytest.raises(SearchInterruptedError):
            stocked.search.find("graphs")
        ended.append("graphs")

    with stocked.search._reader._turn:
        waiting = threading.Thread(target=search)
        waiting.start()
        while stocked.search._reader._latest is None:
            pass
        stocked.search.interrupt()
    waiting.join()
    assert ended == ["graphs"]


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
    assert_index_agrees(library_file)
