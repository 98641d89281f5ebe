"""The query language: what it reads, and what it says when it cannot."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.invented import fold
from tui_digest.library.query.nodes import (
    After,
    AllOf,
    AnyOf,
    Before,
    Category,
    Has,
    Id,
    Is,
    Node,
    Not,
    Text,
    shown_words,
)
from tui_digest.library.query.parser import QueryError, parse


def word(*found: str, column: str | None = None, prefix: bool = False) -> Text:
    return Text(found, column, prefix)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", AllOf(())),
        ("  ", AllOf(())),
        ("Convergence", word("convergence")),
        ("méthode", word("methode")),
        ("zero-shot", word("zero", "shot")),
        ("O(n)", word("o", "n")),
        ("conv*", word("conv", prefix=True)),
        ("random walk", AllOf((word("random"), word("walk")))),
        ('"random walk"', word("random", "walk")),
        ('"random wa"*', word("random", "wa", prefix=True)),
        ("au:Doe", word("doe", column="authors")),
        ("AU:Doe", word("doe", column="authors")),
        ('au:"Jane Doe"', word("jane", "doe", column="authors")),
        ("ti:a abs:b co:c note:d", AllOf((
            word("a", column="title"), word("b", column="abstract"),
            word("c", column="comment"), word("d", column="note"),
        ))),
        ("-dual", Not(word("dual"))),
        ("-is:read", Not(Is("read"))),
        ("-(a b)", Not(AllOf((word("a"), word("b"))))),
        ("a or b", AnyOf((word("a"), word("b")))),
        ("a OR b c", AnyOf((word("a"), AllOf((word("b"), word("c")))))),
        ("(a or b) c", AllOf((AnyOf((word("a"), word("b"))), word("c")))),
        ("order oracle", AllOf((word("order"), word("oracle")))),
        ('"or"', word("or")),
        ("cat:math.OC", Category("math.OC")),
        ("cat:hep-th", Category("hep-th")),
        ("is:to-read", Is("to-read")),
        ("has:note", Has("note")),
        ("after:2026-11-01", After(date(2026, 11, 1))),
        ("before:2026-11", Before(date(2026, 11, 1))),
        ("before:2026", Before(date(2026, 1, 1))),
        ("id:2512.21208v3", Id("2512.21208")),
        ("2512.21208", Id("2512.21208")),
        ("hep-th/9901001", Id("hep-th/9901001")),
        ('"2512.21208"', word("2512", "21208")),
    ],
)  # fmt: skip
def test_a_query_is_read(query: str, tree: Node) -> None:
    assert parse(query, fold) == tree


@pytest.mark.parametrize(
    ("query", "position", "problem"),
    [
        ('a "b c', 2, "this quotation mark is never closed"),
        ("a (b", 2, "this parenthesis is never closed"),
        ("a b)", 3, "there is no parenthesis that this one closes"),
        ("a ()", 2, "these parentheses are empty"),
        ("or a", 0, "before `or` a word is missing"),
        ("a or", 2, "after `or` a word is missing"),
        ("a or or b", 2, "after `or` a word is missing"),
        ("(a or) b", 3, "after `or` a word is missing"),
        ("a -", 2, "after `-` a word is missing"),
        ("a +-", 2, "'+-' has no letter or digit to look for"),
        ("au:", 0, "'au:' has no letter or digit to look for"),
        ("cat: x", 0, "after `cat:` a value is missing"),
        ("foo:bar", 0, "there is no field `foo:`"),
        ("x http://a.b", 2, "there is no field `http:`"),
        (
            "is:unred",
            3,
            "`is:` does not know 'unred'; it knows to-read, done, dismissed, marked, read, unread",
        ),
        ("has:money", 4, "`has:` does not know 'money'; it knows note, explanation"),
        ("cat:7", 4, "'7' is not a category"),
        ("id:7", 3, "'7' is not an arXiv id"),
        ("after:tomorrow", 6, "'tomorrow' is not a day; days look like 2026-11-20"),
        ("(" * 21 + "a" + ")" * 21, 20, "more than 20 `(` and `-` in one another are too many"),
        ("a" * 1001, 1000, "a search has at most 1000 characters"),
        ("before:2026-02-30", 7, "'2026-02-30' is not a day"),
    ],
)
def test_a_wrong_query_says_what_is_wrong_and_where(query: str, position: int, problem: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query, fold)
    assert caught.value.position == position
    assert caught.value.problem.startswith(problem)
    assert str(caught.value).startswith(f"The search is wrong at character {position + 1}: {problem}")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("conv", word("conv", prefix=True)),
        ("conv ", word("conv")),
        ("a conv", AllOf((word("a"), word("conv", prefix=True)))),
        ("-du", Not(word("du", prefix=True))),
        ('"random wa', word("random", "wa")),
        ("(a or", word("a")),
        ("a or ", word("a")),
        ("a -", word("a")),
        ("au:", AllOf(())),
        ("au:d", word("d", column="authors", prefix=True)),
        ("a is:unr", word("a")),
        ("a after:2026-1", AllOf((word("a"), After(date(2026, 1, 1))))),
        ("a after:20", word("a")),
        ("a $", word("a")),
    ],
)
def test_a_query_that_is_being_typed_may_break_off(query: str, tree: Node) -> None:
    assert parse(query, fold, typing=True) == tree


def test_what_is_wrong_before_the_end_is_said_while_typing_too() -> None:
    with pytest.raises(QueryError):
        parse("is:unred x", fold, typing=True)


@given(st.text(alphabet='ab é:"()-*$\\ oriscat.2026', max_size=30))
def test_any_text_is_read_or_told_where_it_is_wrong(query: str) -> None:
    for typing in (False, True):
        try:
            parse(query, fold, typing=typing)
        except QueryError as error:
            where = error.position
        else:
            continue
        assert 0 <= where <= len(query)


def test_the_words_to_show_are_those_that_are_sought() -> None:
    tree = parse('ti:random "walks on" graph* -tree is:unread (random or cat:math.PR)', fold)
    assert shown_words(tree) == ("random", "walks", "on", "graph*")
