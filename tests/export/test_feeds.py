"""Papers as an Atom feed, a page and a mail: well-formed, harmless, the same ids for the same papers."""

from __future__ import annotations

import email
import xml.etree.ElementTree as ET
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import msgspec
from hypothesis import given

from tests.export.samples import COLLECTION, FIRST, SECOND, collection, hostile_entries, patient
from tui_digest.entry import Entry, Reading
from tui_digest.export.rendering import render
from tui_digest.settings import ExportContents

ATOM = "{http://www.w3.org/2005/Atom}"


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_formula_is_unicode_with_its_tex_beside() -> None:
    page = Elements(render("html", COLLECTION))
    formulas = [attributes["title"] for tag, attributes in page.found if attributes.get("class") == "math"]
    assert r"\mathcal{O}(1/\sqrt{T})" in formulas
    assert "𝒪(1/√T)" in page.text


@patient
@given(hostile_entries())
def test_no_text_becomes_markup(entry: Entry) -> None:
    page = Elements(render("html", collection(entry)))
    allowed = {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "em",
        "strong", "code", "span", "article", "blockquote", "pre", "table", "tr", "th", "td", "hr",
    }  # fmt: skip
    assert {tag for tag, _ in page.found} <= allowed
    for _, attributes in page.found:
        assert not {name for name in attributes if name.startswith("on")}
        assert (attributes.get("href") or "https://").startswith(("https://", "http://"))


@patient
@given(hostile_entries())
def test_a_feed_is_well_formed_whatever_is_in_it(entry: Entry) -> None:
    feed = ET.fromstring(render("atom", collection(entry)).encode("utf-8", "replace"))
    (found,) = feed.findall(f"{ATOM}entry")
    for name in ("title", "id", "updated", "author"):
        assert found.find(f"{ATOM}{name}") is not None


def test_an_id_is_a_papers_and_its_versions_own() -> None:
    def ids(*entries: Entry) -> list[str | None]:
        feed = ET.fromstring(render("atom", collection(*entries)))
        return [found.findtext(f"{ATOM}id") for found in feed.findall(f"{ATOM}entry")]

    later = msgspec.structs.replace(FIRST, paper=msgspec.structs.replace(FIRST.paper, version=2))
    assert ids(FIRST, SECOND) == ids(SECOND, FIRST)[::-1]
    assert ids(FIRST) != ids(later)
    noted = msgspec.structs.replace(FIRST, reading=Reading(note="now with a note"))
    assert ids(FIRST) == ids(noted)


def test_a_feed_has_the_id_of_its_name() -> None:
    def feed_id(name: str, papers: int = 1) -> str | None:
        named = msgspec.structs.replace(COLLECTION, name=name, entries=COLLECTION.entries[:papers])
        return ET.fromstring(render("atom", named)).findtext(f"{ATOM}id")

    names = ("seminar", "#seminar", "To read", "cat:math.OC is:unread", "日報", "週報", "")
    assert len({feed_id(name) for name in names}) == len(names)
    assert all((feed_id(name) or " ").isascii() for name in names)
    assert feed_id("seminar") == feed_id("seminar", papers=2)


def test_the_summary_in_a_feed_has_its_formulas_in_unicode() -> None:
    paper = msgspec.structs.replace(FIRST.paper, abstract="Rates of $\\mathcal{O}(1/\\sqrt{T})$ in $\\R^d$.")
    feed = ET.fromstring(render("atom", collection(msgspec.structs.replace(FIRST, paper=paper))))
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == "Rates of 𝒪(1/√T) in ℝᵈ."


def test_the_headings_of_an_explanation_follow_its_own() -> None:
    explanation = FIRST.explanation
    assert explanation is not None
    for marks in ("#", "###"):
        text = f"{marks} Problem setup\n\nOne.\n\n{marks}# Details\n\nTwo."
        entry = msgspec.structs.replace(
            FIRST, explanation=msgspec.structs.replace(explanation, text=text), reading=Reading()
        )
        headings = [
            tag
            for tag, _ in Elements(render("html", collection(entry))).found
            if tag[0] == "h" and tag[1:].isdigit()
        ]
        assert headings == ["h1", "h2", "h3", "h4", "h5"]


def read_mail(text: str) -> EmailMessage:
    message = email.message_from_string(text, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_has_a_text_and_a_page_and_can_be_sent() -> None:
    raw = render("eml", COLLECTION, ExportContents(mail_to="group@example.org"))
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) < 998
    message = read_mail(raw)
    assert (message["To"], message["Subject"]) == (
        "group@example.org",
        "arXiv digest, Fri 20 Nov 2026 (Made-up day): 2 papers",
    )
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    assert "𝒪(1/√T)" in text.get_content()
    assert page.get_content().replace("\r\n", "\n").strip() == render("html", COLLECTION).strip()


@patient
@given(hostile_entries())
def test_no_text_becomes_a_header_or_a_part_of_a_mail(entry: Entry) -> None:
    hostile = msgspec.structs.replace(collection(entry), name=f"x\r\nBcc: {entry.paper.title}")
    message = read_mail(render("eml", hostile))
    assert set(message.keys()) == {"Subject", "MIME-Version", "Content-Type"}
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
