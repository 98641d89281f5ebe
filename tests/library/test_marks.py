"""Marks, read and unread, notes: each one step, each joined with the papers that are shown."""

from __future__ import annotations

import pytest

from tests.library.invented import make_digest, make_paper
from tui_digest.entry import Mark, Reading
from tui_digest.library.library import Library
from tui_digest.library.papers import UnknownPaperError

IDS = tuple(f"2611.{number:05}" for number in range(1, 6))


@pytest.fixture
def stocked(library: Library) -> Library:
    library.mailings.store_digest(make_digest(*(make_paper(number) for number in range(1, 6))))
    return library


def reading(library: Library, paper_id: str = IDS[0], version: int | None = None) -> Reading:
    paper = library.mailings.paper(paper_id, version)
    assert paper is not None
    return library.entries([paper])[0].reading


def test_a_paper_is_marked_and_its_mark_taken_off(stocked: Library) -> None:
    action = stocked.marks.mark([IDS[0]], Mark.TO_READ)
    assert action is not None
    assert (action.kind, action.label, action.papers) == ("mark", f"marked {IDS[0]} to read", (IDS[0],))
    assert reading(stocked).mark is Mark.TO_READ
    assert reading(stocked, IDS[1]).mark is None
    stocked.marks.mark([IDS[0]], None)
    assert reading(stocked).mark is None


def test_many_papers_are_one_step(stocked: Library) -> None:
    action = stocked.marks.mark(IDS[:3], Mark.DISMISSED)
    assert action is not None
    assert action.label == "dismissed 3 papers"
    stocked.history.undo()
    assert [reading(stocked, paper_id).mark for paper_id in IDS] == [None] * 5


def test_what_changes_nothing_is_no_step(stocked: Library) -> None:
    stocked.marks.mark(IDS[:1], Mark.DONE)
    assert stocked.marks.mark([IDS[0], IDS[0]], Mark.DONE) is None
    assert stocked.marks.mark([IDS[1]], None) is None
    assert stocked.marks.set_read([IDS[1]], read=False) is None
    assert stocked.marks.note(IDS[1], " \n") is None
    assert len(stocked.history.recent()) == 1


def test_only_what_changed_is_counted(stocked: Library) -> None:
    stocked.marks.mark(IDS[:1], Mark.DONE)
    action = stocked.marks.mark(IDS[:3], Mark.DONE)
    assert action is not None
    assert (action.label, action.papers) == ("marked 2 papers done", IDS[1:3])


def test_an_unknown_paper_stops_the_whole_action(stocked: Library) -> None:
    with pytest.raises(UnknownPaperError, match=r"2611\.99999 is not in the library; nothing was changed"):
        stocked.marks.mark([IDS[0], "2611.99999"], Mark.TO_READ)
    assert reading(stocked).mark is None
    assert stocked.history.recent() == ()


def test_ids_are_understood_as_people_write_them(stocked: Library) -> None:
    stocked.marks.mark([f"https://arxiv.org/abs/{IDS[0]}v1"], Mark.TO_READ)
    assert reading(stocked).mark is Mark.TO_READ


def test_a_later_version_is_unread_and_says_which_was_read(stocked: Library) -> None:
    stocked.marks.set_read([IDS[0]])
    stocked.mailings.store_papers([make_paper(1, version=2)])
    assert reading(stocked, version=1) == Reading(read=True, version_read=1)
    assert reading(stocked, version=2) == Reading(read=False, version_read=1)
    stocked.marks.set_read([IDS[0]])
    assert reading(stocked, version=2) == Reading(read=True, version_read=2)


def test_the_version_that_was_shown_is_the_one_that_was_read(stocked: Library) -> None:
    stocked.mailings.store_papers([make_paper(1, version=2)])
    stocked.marks.set_read([f"{IDS[0]}v1"])
    assert reading(stocked, version=2) == Reading(read=False, version_read=1)


def test_unread_again_remembers_the_version(stocked: Library) -> None:
    stocked.marks.set_read([IDS[0]])
    action = stocked.marks.set_read([IDS[0]], read=False)
    assert action is not None
    assert action.label == f"marked {IDS[0]} as unread"
    assert reading(stocked) == Reading(read=False, version_read=1)


def test_a_note_is_kept_searched_and_taken_off(stocked: Library) -> None:
    stocked.marks.note(IDS[0], "Compare with **Nesterov**, $O(1/k^2)$.\n")
    assert reading(stocked).note == "Compare with **Nesterov**, $O(1/k^2)$."
    assert [entry.paper.id for entry in stocked.search.find("nesterov").entries] == [IDS[0]]
    stocked.marks.note(IDS[0], "Read again.")
    assert stocked.search.find("nesterov").entries == ()
    stocked.history.undo()
    assert [entry.paper.id for entry in stocked.search.find("note:nesterov").entries] == [IDS[0]]
    stocked.marks.note(IDS[0], "")
    assert reading(stocked).note == ""
    assert stocked.search.find("has:note").entries == ()


def test_a_note_cannot_steer_the_terminal(stocked: Library) -> None:
    stocked.marks.note(IDS[0], "plain\x1b]52;c;b3duZWQ=\x07 and \ud800")
    assert reading(stocked).note == "plain and \ufffd"


def test_a_note_stays_when_the_paper_is_stored_again(stocked: Library) -> None:
    stocked.marks.note(IDS[0], "important")
    stocked.mailings.store_papers([make_paper(1, version=2, title="Changed")])
    assert reading(stocked).note == "important"
    assert [entry.paper.id for entry in stocked.search.find("important changed").entries] == [IDS[0]]


def test_the_queue_is_over_all_days_and_sorted_as_one_likes(library: Library) -> None:
    library.mailings.store_papers(
        [make_paper(1, title="Beta"), make_paper(2, title="alpha"), make_paper(3, title="Gamma")]
    )
    for paper_id in (IDS[2], IDS[0], IDS[1]):
        library.marks.mark([paper_id], Mark.TO_READ)

    def queue(**how: object) -> list[str]:
        return [entry.paper.title for entry in library.marked(**how)]  # type: ignore[arg-type]

    assert queue() == ["Gamma", "Beta", "alpha"]
    assert queue(sort="title") == ["alpha", "Beta", "Gamma"]
    assert queue(sort="number", reverse=True) == ["Gamma", "alpha", "Beta"]
    assert queue(sort="title", limit=1, offset=1) == ["Beta"]
    assert library.marked(Mark.DONE) == ()


def test_entries_come_in_the_order_of_the_papers(stocked: Library) -> None:
    papers = [make_paper(number) for number in (4, 1, 3)]
    assert [entry.paper for entry in stocked.entries(papers)] == papers
    assert stocked.entries([make_paper(77)])[0].reading == Reading()
