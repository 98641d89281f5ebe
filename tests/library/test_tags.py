"""Tags: one cell a (paper, tag), undone like every decision, found by queries."""

from __future__ import annotations

import pytest

from tests.library.invented import make_paper
from tui_digest.errors import UsageError
from tui_digest.library.library import Library
from tui_digest.library.papers import UnknownPaperError
from tui_digest.tags import TagChanges, checked_tag, parse_changes

FIRST, SECOND = "2611.00001", "2611.00002"


@pytest.fixture
def stocked(library: Library) -> Library:
    library.mailings.store_papers([make_paper(1), make_paper(2)])
    return library


def tags(library: Library, paper_id: str) -> tuple[str, ...]:
    (entry,) = library.lists.rows(library.lists.papers([paper_id]), [0])
    return entry.tags


def test_tags_are_put_on_and_taken_off_in_one_step(stocked: Library) -> None:
    stocked.tags.change([FIRST, SECOND], TagChanges(add=("seminar", "later")))
    action = stocked.tags.change([f"{FIRST}v1"], TagChanges(add=("urgent",), remove=("later",)))
    assert action is not None
    assert action.label == f"tagged {FIRST} +urgent -later"
    assert action.papers == (FIRST,)
    assert tags(stocked, FIRST) == ("seminar", "urgent")
    assert tags(stocked, SECOND) == ("later", "seminar")
    assert stocked.tags.counts() == {"later": 1, "seminar": 2, "urgent": 1}


def test_undo_and_redo(stocked: Library) -> None:
    stocked.tags.change([FIRST], TagChanges(add=("a",)))
    stocked.tags.change([FIRST], TagChanges(add=("b",), remove=("a",)))
    stocked.history.undo()
    assert tags(stocked, FIRST) == ("a",)
    stocked.history.undo()
    assert tags(stocked, FIRST) == ()
    stocked.history.redo()
    stocked.history.redo()
    assert tags(stocked, FIRST) == ("b",)


def test_what_was_so_already_is_no_step(stocked: Library) -> None:
    stocked.tags.change([FIRST], TagChanges(add=("a",)))
    assert stocked.tags.change([FIRST], TagChanges(add=("a",), remove=("b",))) is None
    assert len(stocked.history.recent()) == 1


def test_a_step_is_called_by_what_it_changed(stocked: Library) -> None:
    stocked.tags.change([FIRST], TagChanges(add=("a",)))
    action = stocked.tags.change([FIRST, SECOND], TagChanges(add=("a",), remove=("b",)))
    assert action is not None
    assert (action.label, action.papers) == (f"tagged {SECOND} +a", (SECOND,))


def test_a_rename_joins_what_is_there_and_is_one_step(stocked: Library) -> None:
    stocked.tags.change([FIRST], TagChanges(add=("old", "new")))
    stocked.tags.change([SECOND], TagChanges(add=("old",)))
    action = stocked.tags.rename("Old", "New")
    assert action is not None
    assert action.papers == (FIRST, SECOND)
    assert stocked.tags.counts() == {"new": 2}
    stocked.history.undo()
    assert stocked.tags.counts() == {"new": 1, "old": 2}
    assert stocked.tags.rename("nobody", "somebody") is None
    assert stocked.tags.rename("old", "OLD") is None


def test_an_unknown_paper_leaves_everything(stocked: Library) -> None:
    with pytest.raises(UnknownPaperError):
        stocked.tags.change([FIRST, "2611.99999"], TagChanges(add=("a",)))
    assert stocked.tags.counts() == {}


@pytest.mark.parametrize("text", ["", " ", "a b", "a,b", 'a"b', "“a”", "+a", "-a", "x" * 61])
def test_what_cannot_be_a_tag(text: str) -> None:
    with pytest.raises(UsageError, match="cannot be a tag"):
        checked_tag(text)


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        (["+a", "-b"], TagChanges(("a",), ("b",))),
        (["Reading-Group"], TagChanges(("reading-group",))),
        (["+a", "-A"], TagChanges((), ("a",))),
        (["-a", "+a", "+c"], TagChanges(("a", "c"))),
        (["+ÉCOLE", "+c++"], TagChanges(("école", "c++"))),
        ([], TagChanges()),
    ],
)
def test_changes_as_they_are_typed(words: list[str], changes: TagChanges) -> None:
    assert parse_changes(words) == changes
    assert parse_changes(str(changes).split()) == changes


def test_a_search_finds_tags_also_while_one_types(stocked: Library) -> None:
    stocked.tags.change([FIRST], TagChanges(add=("seminar",)))

    def found(query: str, *, typing: bool = False) -> list[str]:
        return [entry.paper.id for entry in stocked.search.find(query, typing=typing).entries]

    assert found("tag:SEMINAR") == [FIRST]
    assert found("tag:sem") == []
    assert found("tag:sem*") == [FIRST]
    assert found("tag:sem", typing=True) == [FIRST]
    assert found("-tag:seminar") == [SECOND]
    assert found("has:tag method") == [FIRST]
    assert found("convergence -has:tag") == [SECOND]
