"""What the page says of a later version of a paper that was read before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tests.tui.fakes import kept, make_app, make_digest, make_paper, page_text, reader_of
from tui_digest.paper import Digest
from tui_digest.text.word_diff import word_changes
from tui_digest.tui.page.version_diff import show_changes

WIDE = (120, 36)
OLD = "We bound the error by $\\mathcal{O}(1/T)$. " + "The proof goes on for a while. " * 6 + "It is tight."
NEW = "We bound the error by $\\mathcal{O}(1/T^2)$. " + "The proof goes on for a while. " * 6 + "It is sharp."


def versions(abstract: str = NEW, **changes: object) -> tuple[Digest, Digest]:
    older = make_paper(0, version=1, abstract=OLD, comment="9 pages")
    newer = make_paper(0, version=2, abstract=abstract, **changes)
    return make_digest(papers=(older,)), make_digest(papers=(newer,))


async def page_of(older: Digest, newer: Digest) -> str:
    """The page of the newer version, after the older one was read."""
    app = make_app(first=older)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("r")
        reader.open_day(kept(app, newer))
        await pilot.pause()
        return page_text(reader)


async def test_what_changed_is_shown_word_by_word_with_its_mathematics() -> None:
    text = await page_of(*versions(comment="12 pages"))
    assert "You read v1; this is v2" in text
    assert "Changed since v1" in text
    flat = " ".join(text.split())
    assert "Comment: [-9-]{+12+} pages" in flat
    assert "[-𝒪(1/T)-] {+𝒪(1/T²)+}. The proof goes on for a while. …" in flat
    assert "… proof goes on for a while. It is [-tight.-] {+sharp.+}" in flat
    assert "Title:" not in text


async def test_a_version_that_changed_nothing_says_so() -> None:
    text = await page_of(*versions(OLD, comment="9 pages"))
    assert "Title, comment and abstract are as they were in v1." in text


async def test_a_paper_that_was_not_read_before_shows_no_changes() -> None:
    _, newer = versions()
    app = make_app(first=newer)
    async with app.run_test(size=WIDE):
        assert "Changed" not in page_text(reader_of(app))


words = st.lists(st.sampled_from(["a", "bb", "$x_1$", "c.", "dd"]), max_size=60).map(" ".join)


@given(words, words)
def test_changes_shown_lose_no_changed_word(older: str, newer: str) -> None:
    pieces = word_changes(older, newer)
    shown = show_changes(pieces, Content, "…").plain
    for piece in pieces:
        if piece.kind != "same":
            assert piece.text.strip() in shown
