"""The post: the seed's to the byte, and harmless in Jekyll whatever a paper holds."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given

from tests.corpus import SHARED
from tests.export.samples import (
    COLLECTION,
    DAY,
    FIRST,
    FRAGMENTS,
    SECOND,
    collection,
    hostile_entries,
    patient,
)
from tui_digest.entry import Entry
from tui_digest.errors import UsageError
from tui_digest.export.collection import Collection
from tui_digest.export.jekyll import is_untouched_post, render_jekyll
from tui_digest.paper import Completeness, CompletenessState, Paper

NO_MODEL = "_(No LLM key configured — showing abstract only."
SITE = {
    "_config.yml": "markdown: kramdown\nkramdown:\n  input: GFM\n",
    "_layouts/post.html": "<html><body>{{ content }}</body></html>",
}


def entries_of_post(text: str) -> tuple[Entry, ...]:
    """The papers that a post without a model was made from."""
    entries = []
    for section in re.split(r"(?m)^## \d+\) ", text)[1:]:
        title, authors, links, categories, *_ = section.split("\n")
        names = tuple(categories.removeprefix("- **Categories:** ").split(", "))
        paper = Paper(
            id=links.partition("[")[2].partition("]")[0],
            version=1,
            title=title,
            authors=tuple(authors.removeprefix("- **Authors:** ").split(", ")),
            abstract=section.partition("### Abstract\n> ")[2].partition("\n")[0],
            categories=names,
            primary=names[0],
        )
        entries.append(Entry(paper=paper))
    return tuple(entries)


@pytest.mark.corpus
def test_the_first_digest_is_given_to_the_byte() -> None:
    file = SHARED / "data" / "seed_digest.md"
    if not file.exists():
        pytest.skip(f"no {file.name} beside the repository")
    seed = file.read_bytes().decode()
    entries = entries_of_post(seed)
    assert len(entries) == 5
    digest = Collection(entries=entries, name="ML + Optimization", date=date(2025, 12, 25))
    assert render_jekyll(digest) == seed


def test_five_papers_without_a_model_are_the_post_in_the_file() -> None:
    post = (Path(__file__).parent / "golden" / "five.md").read_bytes().decode()
    digest = Collection(entries=entries_of_post(post), name="ML + Optimization", date=date(2026, 11, 20))
    assert len(digest.entries) == 5
    assert render_jekyll(digest) == post


def test_an_explanation_and_its_receipt_stand_in_place_of_the_line_on_the_model() -> None:
    explained, unexplained = render_jekyll(collection(FIRST)), render_jekyll(collection(SECOND))
    assert NO_MODEL in unexplained
    assert NO_MODEL not in explained
    assert "a-model:7b (ollama) · 2026-11-20 09:12 UTC" in explained
    assert "This paper was not explained" in render_jekyll(COLLECTION)


def test_a_post_says_when_it_is_not_complete() -> None:
    complete = Completeness(state=CompletenessState.COMPLETE, shown=2, announced=2)
    assert "This digest is partial: 2 of 3 papers. One paper could not be fetched." in render_jekyll(
        COLLECTION
    )
    assert "This digest is" not in render_jekyll(msgspec.structs.replace(COLLECTION, completeness=complete))


def test_the_readers_marks_and_notes_are_not_published() -> None:
    post = render_jekyll(COLLECTION)
    assert "last* week" not in post
    assert "to read" not in post


def test_a_post_needs_a_day() -> None:
    with pytest.raises(UsageError, match="--date"):
        render_jekyll(Collection(entries=(FIRST,)))


def test_a_post_of_ours_is_known_until_somebody_writes_into_it() -> None:
    post = render_jekyll(COLLECTION)
    assert is_untouched_post(post, DAY)
    assert not is_untouched_post(post, date(2026, 11, 19))
    assert not is_untouched_post(post.replace("### Abstract", "My own view.\n\n### Abstract", 1), DAY)
    assert not is_untouched_post("---\ntitle: mine\n---\n", DAY)
    assert not is_untouched_post("", DAY)


@patient
@given(hostile_entries())
def test_no_field_reaches_the_template_language(entry: Entry) -> None:
    post = render_jekyll(collection(entry, entry))
    assert "{{" not in post
    assert "{%" not in post


@patient
@given(hostile_entries())
def test_the_front_matter_and_the_number_of_papers_are_ours(entry: Entry) -> None:
    post = render_jekyll(collection(entry, entry))
    head = post.split("---\n")[1]
    assert yaml.safe_load(head)["title"] == "Daily arXiv Digest — 2026-11-20 (Made-up day)"
    assert len(re.findall(r"(?m)^## \d+\) ", post)) == 2
    assert post.count("\n### ") == 4


class _Page(HTMLParser):
    """What a page shows and what it could do."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


HARMLESS_TAGS = "html body blockquote p h2 h3 h4 h5 h6 ul ol li strong em a code pre div span hr br del"
VISIBLE = (
    "{{ site.title }} {% raw %} {% endraw %} {% nonsense %} <script>alert(1)</script> "
    "[a](javascript:alert(1)) {: onclick=a} {::nomarkdown} *a* _b_ |c| ~~d~~ "
    "# e `f` &lt; C:\\g <!-- h --> ![i](j) [k]: l [^1]: m"
)
FORMULA = r"x^{{a}} < \{y_{1}\}' + b_{2} |z| \\ \% \, *w*"

FORMULA_SHOWN = r"$x^{ {a}} < \{y_{1}\}' + b_{2} |z| \\ \% \, *w*$"


def _build(folder: Path, post: str) -> _Page:
    for name, text in (*SITE.items(), (f"_posts/{DAY}-arxiv-digest.md", post)):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    command = ["jekyll", "build", "--source", str(folder), "--destination", str(folder / "_site"), "--future"]
    subprocess.run([*command, "--disable-disk-cache"], check=True, capture_output=True, timeout=120)
    (built,) = (folder / "_site").rglob("arxiv-digest.html")
    page = _Page()
    page.feed(built.read_text(encoding="utf-8"))
    return page


@pytest.mark.skipif(shutil.which("jekyll") is None, reason="Jekyll is not installed")
def test_jekyll_builds_the_hostile_post_as_visible_text(tmp_path: Path) -> None:
    paper = msgspec.structs.replace(
        FIRST.paper,
        title=f"T {VISIBLE}",
        authors=(VISIBLE,),
        abstract=f"{VISIBLE} ${FORMULA}$ and $5 or $10.",
    )
    assert FIRST.explanation is not None
    words = "\n\n".join(fragment for fragment in FRAGMENTS if fragment not in ("```", "~~~"))
    told = msgspec.structs.replace(
        FIRST.explanation, text=f"{words}\n\n${FORMULA}$\n\n```\n{VISIBLE}\nunclosed"
    )
    hostile = Entry(paper=paper, explanation=told)
    page = _build(tmp_path, render_jekyll(collection(hostile, SECOND)))

    shown = page.text.translate(str.maketrans("“”‘’", "\"\"''"))
    assert shown.count(VISIBLE) == 3
    assert shown.count(FORMULA_SHOWN) == 2
    assert "A note on Lyapunov exponents of M-theory" in shown
    assert page.tags <= set(HARMLESS_TAGS.split())
    assert {name for name, _ in page.attributes} <= {"href", "id", "class"}
    addresses = {value for name, value in page.attributes if name == "href"}
    assert all(value is not None and value.startswith("https://arxiv.org/") for value in addresses)
