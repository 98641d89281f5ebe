"""Lists as queries show what a plain look at every paper shows: by scan and by index."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date

import pytest
from msgspec.structs import replace

from tests.library.entry_matcher import Matcher
from tests.library.invented import DAY, counting_clock, fold, make_digest, make_paper
from tui_digest.entry import Entry, Explanation, Mark, Receipt
from tui_digest.interests import InterestKind, Stance
from tui_digest.library import list_flags, list_selection
from tui_digest.library.database import LibraryLockedError
from tui_digest.library.library import Library
from tui_digest.library.query.parser import QueryError, parse
from tui_digest.lists import PARTS, Arranged, HiddenReason, Order, Scope, View, ViewOptions, day_part
from tui_digest.paper import AnnounceType, Completeness, CompletenessState, Paper
from tui_digest.picking.interest_match import Interests
from tui_digest.settings import Sort
from tui_digest.tags import TagChanges

CATEGORIES = ("cs.LG", "math.OC")
KINDS = tuple(AnnounceType)
WORDS = ("gradient", "descent", "stochastic", "dual", "Lyapunov", "graphs", "über", "proof")
NAMES = ("Ada Example", "A. Example", "Bo Mustermann", "Wei Li", "Wei Ligand", "Émile Borel")
QUERIES = (
    "gradient",
    "grad*",
    '"gradient descent"',
    "-dual",
    "gradient or dual",
    "au:li",
    "ti:proof stochastic",
    "is:unread -is:marked",
    "is:replaced",
    "has:note or has:explanation",
    "cat:math.OC",
    "cat:math",
    "tag:seminar",
    "has:tag -tag:later",
    "note:remember",
    "after:2026-11-20 uber",
    "before:2026-11-20",
    "id:2611.00007",
    "(gradient or has:tag) -(is:new au:borel)",
)


def papers(count: int) -> list[Paper]:
    chance = random.Random(3)
    return [
        make_paper(
            number,
            title=f"{chance.choice(WORDS)} {chance.choice(WORDS)} of case {number}",
            abstract=" ".join(chance.choices(WORDS, k=6)),
            authors=tuple(chance.sample(NAMES, 2)),
            categories=chance.choice((("cs.LG",), ("cs.LG", "math.OC"), ("math.OC", "math.PR"))),
            primary=chance.choice(("cs.LG", "math.OC", "stat.ML")),
            announce_type=chance.choice(KINDS),
        )
        for number in range(1, count + 1)
    ]


@pytest.fixture(params=["scan", "index"])
def stocked(request: pytest.FixtureRequest, library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Forty papers of a day, some of them decided upon."""
    if request.param == "index":
        monkeypatch.setattr(list_selection, "SCANNED_ROWS", 0)
    listed = papers(40)
    library.mailings.store_digest(make_digest(*listed[:5], date=date(2026, 11, 19)))
    library.mailings.store_digest(make_digest(*listed))
    ids = [paper.id for paper in listed]
    library.marks.mark(ids[3:9], Mark.DISMISSED)
    library.marks.mark(ids[9:14], Mark.TO_READ)
    library.marks.mark(ids[14:16], Mark.DONE)
    library.marks.set_read(ids[5:20:2])
    library.marks.note(ids[11], "remember the gradient")
    library.tags.change(ids[:6], TagChanges(add=("seminar",)))
    library.tags.change(ids[4:8], TagChanges(add=("later",)))
    library.following.set(InterestKind.AUTHOR, "Wei Li", Stance.MUTE)
    library.following.set(InterestKind.WORD, "graph", Stance.MUTE)
    receipt = Receipt(
        provider="p",
        model="m",
        asked_at=counting_clock()(),
        prompt_version="1",
        paper_version=1,
        complete=True,
    )
    library.explanations.keep("k", Explanation(paper_id=ids[20], text="So.", receipt=receipt))
    return library


def day_scope(library: Library, categories: tuple[str, ...] = CATEGORIES) -> Scope:
    digest = library.lists.digest(DAY, categories)
    assert digest is not None
    return digest.scope


def all_entries(library: Library, categories: tuple[str, ...] = CATEGORIES) -> tuple[Entry, ...]:
    digest = library.mailings.digest(DAY, categories)
    assert digest is not None
    return library.entries(digest.papers)


def shown(arranged: Arranged) -> list[int]:
    return list(Order(arranged.base, gone=arranged.gone))


def finds(query: str, entries: tuple[Entry, ...]) -> list[bool]:
    return [Matcher(fold).test(parse(query, fold))(entry) for entry in entries]


def part_number(entry: Entry) -> int:
    """The place of a paper's part in a day's list: new, cross-listed, replaced."""
    return min(KINDS.index(entry.paper.announce_type), 2) if entry.paper.announce_type else 3


@pytest.mark.parametrize("query", QUERIES)
def test_a_filter_shows_what_each_paper_says_itself(stocked: Library, query: str) -> None:
    entries = all_entries(stocked)
    found = stocked.lists.matches(day_scope(stocked), query)
    assert sorted(found.positions) == [n for n, meant in enumerate(finds(query, entries)) if meant]


def test_a_filter_finds_the_same_typed_letter_by_letter(stocked: Library) -> None:
    scope, ids = day_scope(stocked), [entry.paper.id for entry in all_entries(stocked)]
    typed = [
        *QUERIES,
        "gradient descent proof",
        "-gra grad",
        "grad -gra",
        "is:unread gradient",
        "au:li is:read",
    ]
    for number, query in enumerate(typed):
        for end in [*range(len(query) + 1), len(query) - 1, len(query) - 2]:
            if end == 13:  # words have come, and now the papers' states change
                stocked.marks.set_read(ids, read=bool(number % 2))
            try:
                found = stocked.lists.matches(scope, query[:end], typing=True).positions
            except QueryError:
                continue
            arranged = stocked.lists.arrange(scope, ViewOptions(filter=query[:end], typing=True))
            assert set(arranged.base) == found, query[:end]


def typed_at_random(chance: random.Random, letters: int) -> Iterator[str]:
    """What stands in a field after each letter that is typed, taken back or typed into the middle."""
    text, rest = "", ""
    for _ in range(letters):
        rest = rest or f"{chance.choice(QUERIES)} "
        change = chance.random()
        if change < 0.2:
            text, rest = text[: -chance.randint(1, 4)], ""
        elif change < 0.23:
            place = chance.randrange(len(text) + 1)
            text = f"{text[:place]}{chance.choice('adgs -')}{text[place:]}"
        else:
            text, rest = text + rest[0], rest[1:]
        if len(text) > 30:
            text, rest = "", ""
        yield text.strip()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("scanned", [0, 2_000])
def test_typed_in_any_order_a_filter_finds_what_each_paper_says(
    library: Library, monkeypatch: pytest.MonkeyPatch, seed: int, scanned: int
) -> None:
    """With keys by the dozen, little kept, and papers whose order is not that of their numbers."""
    monkeypatch.setattr(list_selection, "SCANNED_ROWS", scanned)
    monkeypatch.setattr(list_flags, "_KEYS_AT_ONCE", 12)
    monkeypatch.setattr(list_flags, "_COLLECTED_AT_ONCE", 15)
    monkeypatch.setattr(list_flags, "_PIECE", 30)
    monkeypatch.setattr(list_flags, "_KEPT_BYTES", 300)
    monkeypatch.setattr(list_flags, "_HITS_TO_COUNT", 2)
    chance = random.Random(seed)
    listed = papers(40)
    chance.shuffle(listed)
    library.mailings.store_digest(make_digest(*listed))
    library.marks.mark([paper.id for paper in listed[3:9]], Mark.DISMISSED)
    library.marks.mark([paper.id for paper in chance.sample(listed[9:], 12)], Mark.TO_READ)
    scopes = (day_scope(library), day_scope(library, ("math.OC",)), library.lists.queue())
    answers, matcher = 0, Matcher(fold)
    number, options = 0, ViewOptions(typing=True)
    for query in typed_at_random(chance, 150):
        if chance.random() < 0.1:
            number = chance.randrange(3)
            options = ViewOptions(
                view=chance.choice(list(View)),
                kinds=frozenset(chance.sample(KINDS, chance.randint(2, len(KINDS)))),
                sort=chance.choice(("announced", "title")),
                everything=chance.random() < 0.5,
                typing=True,
            )
        if chance.random() < 0.02:
            library.marks.set_read([chance.choice(listed).id])
        scope = scopes[number]
        try:
            arranged = library.lists.arrange(scope, replace(options, filter=query))
        except QueryError:
            continue
        test = matcher.test(parse(query, fold, typing=True))
        entries = library.lists.rows(scope, range(scope.size))
        meant = {position for position, entry in enumerate(entries) if test(entry)}
        everything = library.lists.arrange(scope, replace(options, filter=""))
        assert list(arranged.base) == [each for each in everything.base if each in meant], query
        inside = set(library.lists.arrange(scope, ViewOptions(everything=True)).base)
        assert library.lists.matches(scope, query, typing=True).positions == meant & inside
        assert sum(size for _, size in arranged.parts) in (0, len(arranged.base))
        answers += bool(meant)
    assert answers > 10


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("kinds", [frozenset(KINDS), frozenset({AnnounceType.NEW, AnnounceType.CROSS})])
@pytest.mark.parametrize("query", ["", "gradient", "-dual is:unread"])
@pytest.mark.parametrize("everything", [False, True])
def test_hidden_papers_are_counted_by_their_first_reason(
    stocked: Library, view: View, kinds: frozenset[AnnounceType], query: str, everything: bool
) -> None:
    entries = all_entries(stocked)
    muted = Interests(stocked.following.all(), fold)
    hidden: dict[HiddenReason, int] = {}
    expected = []
    for position, (entry, meant) in enumerate(zip(entries, finds(query, entries), strict=True)):
        if not everything and entry.reading.mark is Mark.DISMISSED:
            reason: HiddenReason | None = HiddenReason.DISMISSED
        elif not everything and muted.muted(entry.paper):
            reason = HiddenReason.MUTED
        elif entry.paper.announce_type not in kinds:
            reason = HiddenReason.TYPE
        else:
            reason = None if meant else HiddenReason.FILTER
        if reason is not None:
            hidden[reason] = hidden.get(reason, 0) + 1
        elif view is View.ALL or (
            not entry.reading.read if view is View.UNREAD else entry.reading.mark is Mark.TO_READ
        ):
            expected.append(position)
    options = ViewOptions(view=view, kinds=kinds, filter=query, everything=everything)
    arranged = stocked.lists.arrange(day_scope(stocked), options)
    expected.sort(key=lambda position: part_number(entries[position]))
    assert shown(arranged) == expected
    assert [size for _, size in arranged.parts] == [
        size
        for part in range(4)
        if (size := sum(part_number(entries[position]) == part for position in arranged.base))
    ]
    assert arranged.hidden == hidden
    assert arranged.total == len(entries)


@pytest.mark.parametrize("sort", ["pick", "announced", "number", "title", "author"])
def test_sorts(stocked: Library, sort: Sort) -> None:
    entries = all_entries(stocked)
    keys: dict[str, Callable[[Entry], str]] = {
        "number": lambda entry: entry.paper.id,
        "title": lambda entry: fold(entry.paper.title),
        "author": lambda entry: entry.paper.authors[0].split()[-1].casefold(),
    }
    if sort in keys:
        expected = sorted(range(len(entries)), key=lambda position: keys[sort](entries[position]))
    else:
        expected = sorted(range(len(entries)), key=lambda position: part_number(entries[position]))
    arranged = stocked.lists.arrange(day_scope(stocked), ViewOptions(sort=sort, everything=True))
    assert list(arranged.base) == expected


def test_rows_are_the_entries_of_the_day(stocked: Library) -> None:
    entries = all_entries(stocked)
    scope = day_scope(stocked)
    assert stocked.lists.rows(scope, range(40)) == entries
    assert stocked.lists.rows(scope, [7, 3]) == (entries[7], entries[3])
    assert stocked.lists.ids(scope, [7, 3]) == (f"{entries[7].paper.id}v1", f"{entries[3].paper.id}v1")
    assert stocked.lists.positions(scope, [entries[7].paper.id, "2611.99999"]) == {entries[7].paper.id: 7}


def test_a_part_of_a_mailing_is_as_arxiv_would_announce_it(stocked: Library) -> None:
    entries = all_entries(stocked, ("math.OC",))
    whole = stocked.mailings.digest(DAY, ("math.OC",))
    digest = stocked.lists.digest(DAY, ("math.OC",))
    assert digest is not None
    assert whole is not None
    assert digest.completeness == whole.completeness
    arranged = stocked.lists.arrange(digest.scope, ViewOptions(everything=True))
    assert stocked.lists.rows(digest.scope, arranged.base) == tuple(sorted(entries, key=part_number))
    assert arranged.total == len(entries)
    crossed = ViewOptions(kinds=frozenset({AnnounceType.CROSS}), everything=True)
    assert len(stocked.lists.arrange(digest.scope, crossed).base) == sum(
        entry.paper.announce_type is AnnounceType.CROSS for entry in entries
    )


def test_a_version_before_the_newest_is_shown_as_it_was_announced(library: Library) -> None:
    library.mailings.store_digest(make_digest(make_paper(1, title="First title")))
    library.mailings.store_papers([make_paper(1, version=2, title="Second title")])
    digest = library.lists.digest(DAY, CATEGORIES)
    assert digest is not None
    (entry,) = library.lists.rows(digest.scope, [0])
    assert (entry.paper.title, entry.paper.version) == ("First title", 1)


def test_queue_tag_and_papers_are_lists_too(stocked: Library) -> None:
    ids = [entry.paper.id for entry in all_entries(stocked)]
    for scope, expected in (
        (stocked.lists.queue(), ids[9:14]),
        (stocked.lists.tagged("later"), ids[4:8]),
        (stocked.lists.papers([ids[3], "2611.99999", ids[1]]), [ids[3], ids[1]]),
    ):
        assert stocked.lists.ids(scope, range(scope.size)) == tuple(f"{number}v1" for number in expected)
        rows = stocked.lists.rows(scope, range(scope.size))
        assert [entry.paper.id for entry in rows] == expected
        assert stocked.lists.positions(scope, [expected[-1]]) == {expected[-1]: len(expected) - 1}


@pytest.mark.parametrize("query", QUERIES)
def test_a_queue_is_filtered_as_a_day_is(stocked: Library, query: str) -> None:
    scope = stocked.lists.queue()
    entries = stocked.lists.rows(scope, range(scope.size))
    arranged = stocked.lists.arrange(scope, ViewOptions(filter=query, everything=True))
    assert list(arranged.base) == [n for n, meant in enumerate(finds(query, entries)) if meant]


def test_a_day_of_a_digest_with_other_categories_now_is_shown_as_it_was(library: Library) -> None:
    library.mailings.store_digest(make_digest(make_paper(1)))
    assert library.lists.digest(DAY, ("cs.LG", "stat.ML")) is None
    digest = library.lists.digest(DAY, ("cs.LG", "stat.ML"), "default")
    assert digest is not None
    assert digest.categories == CATEGORIES
    assert library.lists.digest(DAY, ("cs.LG", "stat.ML"), "another") is None


def test_completeness_is_the_stored_one(library: Library) -> None:
    stale = Completeness(state=CompletenessState.STALE, shown=1, announced=2, note="It is old.")
    library.mailings.store_digest(make_digest(make_paper(1), completeness=stale))
    digest = library.lists.digest(None, CATEGORIES)
    assert digest is not None
    assert digest.completeness == stale


def test_counts_of_categories_and_authors(library: Library) -> None:
    library.mailings.store_digest(make_digest(make_paper(1), make_paper(2, authors=("Ada Example",))))
    scope = day_scope(library)
    assert library.lists.category_counts(scope) == {"cs.LG": 2, "math.OC": 2}
    assert library.lists.author_counts(scope) == {"Ada Example": 2, "Jo Mustermann": 1}


def test_a_wrong_filter_is_told(stocked: Library) -> None:
    with pytest.raises(QueryError):
        stocked.lists.arrange(day_scope(stocked), ViewOptions(filter="is:nothing"))
    typed = ViewOptions(filter='is:unread "grad', typing=True)
    assert stocked.lists.arrange(day_scope(stocked), typed).words == ("grad",)


def test_rows_do_not_wait_for_another_program(stocked: Library) -> None:
    scope = day_scope(stocked)
    with closing(sqlite3.connect(stocked.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryLockedError):
            stocked.lists.rows(scope, [0], patience=0.01)
        other.execute("ROLLBACK")
    assert len(stocked.lists.rows(scope, [0], patience=0.01)) == 1


class Plans:
    """The plans by which SQLite would answer the statements that are asked."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def of(self, scope: Scope, options: ViewOptions) -> Iterator[str]:
        asked: list[str] = []
        with self.library._database.reading() as connection:
            connection.set_trace_callback(asked.append)
        try:
            self.library.lists.arrange(scope, options)
        finally:
            with self.library._database.reading() as connection:
                connection.set_trace_callback(None)
                for statement in asked:
                    if statement.startswith("SELECT") and "sqlite_master" not in statement:
                        for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall():
                            yield f"{row[3]} <- {statement}"


@pytest.mark.parametrize(
    "options",
    [
        ViewOptions(),
        ViewOptions(filter="lyapunov"),
        ViewOptions(filter="cat:math.OC lyap", typing=True),
        ViewOptions(sort="title"),
    ],
)
def test_no_plan_walks_through_all_papers(
    library: Library, monkeypatch: pytest.MonkeyPatch, options: ViewOptions
) -> None:
    """Neither by the index, as for many papers: a rare word and what is gone come first."""
    monkeypatch.setattr(list_selection, "SCANNED_ROWS", 10)
    library.mailings.store_digest(make_digest(*papers(40)))
    library.marks.mark(["2611.00001"], Mark.DISMISSED)
    scope = day_scope(library)
    plans = list(Plans(library).of(scope, options))
    assert plans
    for plan in plans:
        assert "SCAN p" not in plan
        assert "SCAN a" not in plan
        assert "AUTOMATIC" not in plan
    gone = [plan for plan in plans if "'dismissed'" in plan and "SEARCH a" in plan]
    assert all("announcements_by_paper" in plan for plan in gone)
    assert gone


def test_the_next_letter_looks_only_where_the_word_began(library: Library) -> None:
    library.mailings.store_digest(make_digest(*papers(40), make_paper(41, title="Rare words")))
    scope = day_scope(library)
    assert len(library.lists.arrange(scope, ViewOptions(filter="rar", typing=True)).base) == 1
    plans = list(Plans(library).of(scope, ViewOptions(filter="rare", typing=True)))
    folded = [plan for plan in plans if "SEARCH a" in plan and "f.title" in plan]
    assert folded
    assert all("(mailing=? AND position=?)" in plan for plan in folded)


def test_a_whole_day_is_arranged_without_walking_through_its_papers(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_selection, "SCANNED_ROWS", 10)
    in_parts = sorted(papers(40), key=lambda paper: PARTS.index(day_part(paper.announce_type)))
    library.mailings.store_digest(make_digest(*in_parts))
    assert len(library.lists.arrange(day_scope(library), ViewOptions()).parts) > 1
    plans = list(Plans(library).of(day_scope(library), ViewOptions()))
    assert [plan for plan in plans if "announcements" in plan and "(mailing=?)" in plan] == []
