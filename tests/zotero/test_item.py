"""A paper as Zotero's item."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.library.invented import make_paper
from tui_digest.entry import Entry, Reading
from tui_digest.zotero.item import item, item_notes, tags


def test_the_item_has_the_fields_of_a_preprint() -> None:
    paper = make_paper(
        authors=("Ada Example", "Gödel Team", "Émile van der Berg"),
        doi="10.1000/xyz",
        published=datetime(2026, 11, 19, tzinfo=UTC),
    )
    made = item(Entry(paper=paper))
    assert made["itemType"] == "preprint"
    assert made["creators"] == [
        {"firstName": "Ada", "lastName": "Example", "creatorType": "author"},
        {"name": "Gödel Team", "creatorType": "author"},
        {"firstName": "Émile", "lastName": "van der Berg", "creatorType": "author"},
    ]
    assert (made["repository"], made["archiveID"], made["DOI"], made["url"]) == (
        "arXiv",
        "arXiv:2611.00001",
        "10.48550/arXiv.2611.00001",
        "https://arxiv.org/abs/2611.00001",
    )
    assert made["extra"] == "arXiv:2611.00001 [cs.LG]\nJournal DOI: 10.1000/xyz"
    assert str(made["date"]).startswith("2026-11-")


def test_what_is_not_known_is_left_out() -> None:
    made = item(Entry(paper=make_paper(abstract="", announced=None, authors=())))
    assert not {"abstractNote", "creators", "notes"} & made.keys()


def test_the_formulas_of_a_note_are_those_of_zoteros_editor() -> None:
    markdown = (
        r"A norm $\|x\|_2 < 1$ and \(\beta_k\), for $5 each." + "\n\n"
        r"\[ x_{k+1} = x_k - \eta \; \nabla f(x_k) \]" + "\n\n"
        r"| bound |" + "\n|---|\n" + r"| $|x|^2$ |" + "\n\n![a picture](https://example.org/a.png)"
    )
    (note,) = item_notes(Entry(paper=make_paper(), reading=Reading(note=markdown)))
    assert r'<span class="math">$\|x\|_2 &lt; 1$</span>' in note
    assert r'<span class="math">$\beta_k$</span>, for $5 each.' in note
    assert r'<pre class="math">$$x_{k+1} = x_k - \eta \; \nabla f(x_k)$$</pre>' in note
    assert '<td><span class="math">$|x|^2$</span></td>' in note
    assert "<img" not in note


def test_a_note_is_html_and_html_in_it_is_text() -> None:
    entry = Entry(
        paper=make_paper(), reading=Reading(note="*See* <script>x</script>\n\n- one"), tags=("later",)
    )
    (note,) = item_notes(entry)
    assert "<em>See</em> &lt;script&gt;" in note
    assert "<li>one</li>" in note
    assert tags(entry) == ["later"]
