"""Papers from every form in which arXiv has served them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers.arxiv_formats import Invented, api_error, api_page, invented, rss, rss_error
from tui_digest.arxiv.errors import BrokenAnswerError, RefusedError, TruncatedAnswerError
from tui_digest.arxiv.feed import parse_api, parse_daily
from tui_digest.paper import AnnounceType

DAY = date(2026, 11, 20)

ATOM_DAILY = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>http://rss.arxiv.org/atom/cs.AI</id><title>cs.AI updates on arXiv.org</title>
  <updated>2026-11-20T05:00:19.866337+00:00</updated>
  <entry>
    <id>oai:arXiv.org:2611.00007v2</id>
    <title>Invented gardens</title>
    <updated>2026-11-20T05:00:19+00:00</updated>
    <summary>arXiv:2611.00007v2 Announce Type: replace-cross
Abstract: If $x&lt;y$ and $y>z$, nothing is lost.</summary>
    <category term="cs.CL"/><category term="cs.AI"/>
    <published>2026-11-20T00:00:00-05:00</published>
    <arxiv:announce_type>replace-cross</arxiv:announce_type>
    <dc:creator>Andr\\'e Example (Lab of Things, Some City), Przemys{\\l}aw Sample</dc:creator>
  </entry>
</feed>"""

RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
         xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://arxiv.org/"><title>hep-ex updates on arXiv.org</title></channel>
<item rdf:about="http://arxiv.org/abs/1805.00001">
<title>Invented jets. (arXiv:1805.00001v1 [hep-ex])</title><link>http://arxiv.org/abs/1805.00001</link>
<description rdf:parseType="Literal">&lt;p&gt;At $2.6&amp;lt;\\eta$ we
invent jets.&lt;/p&gt;</description>
<dc:creator> &lt;a href="http://arxiv.org/find"&gt;Ada Example&lt;/a&gt; (Some Collaboration),
&lt;a href="http://arxiv.org/find"&gt;Bo Sample&lt;/a&gt;</dc:creator>
</item>
<item rdf:about="http://arxiv.org/abs/1805.00002">
<title>More jets. (arXiv:1805.00002v1 [nucl-ex] CROSS LISTED)</title></item>
<item rdf:about="http://arxiv.org/abs/1805.00003">
<title>Old jets. (arXiv:1805.00003v4 [hep-ex] UPDATED)</title></item>
</rdf:RDF>"""

API_OLD = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: id_list=math/0211001</title>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/math.DG/0211001v3</id>
    <updated>2003-01-02T16:11:49Z</updated><published>2002-11-11T16:11:49Z</published>
    <title>An invented flow
  on invented manifolds</title>
    <summary>  We wrap lines.
And wrap again.
</summary>
    <author><name>Ada Example</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Some Lab</arxiv:affiliation></author>
    <author><name> The Invented Collaboration</name></author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">39 pages,
  2 figures</arxiv:comment>
    <arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">J. Inv. 1 (2003) 1-39</arxiv:journal_ref>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/invented</arxiv:doi>
    <link title="doi" href="http://dx.doi.org/10.1000/invented" rel="related"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="math.DG"/>
    <category term="math.DG" scheme="http://arxiv.org/schemas/atom"/>
    <category term="53C30; 53C25" scheme="http://arxiv.org/schemas/atom"/>
    <category term="I.2.6" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
</feed>"""


def test_daily_rss() -> None:
    tricky = Invented(
        id="2611.00001",
        kind="cross",
        categories=("stat.ML", "cs.LG"),
        title="Bounds for <b>bold</b> lattices: $a<b>c$",
        authors=("Shuli Example (Richard)", " Qiuyi (Richard)", "", "Zhang (for the X Collaboration)"),
        abstract="For $x<y>z$ & all <i>that</i>,\nan abstract in two lines: {{ site }} 100% [/b].",
    )
    feed = parse_daily(rss("cs.LG", DAY, [tricky]).encode())
    (paper,) = feed.papers
    assert (feed.day, feed.entries, feed.unreadable) == (DAY, 1, 0)
    assert (paper.id, paper.version) == ("2611.00001", 1)
    assert paper.title == tricky.title
    assert paper.abstract == tricky.abstract
    assert paper.authors == ("Shuli Example", "Qiuyi", "Zhang (for the X Collaboration)")
    assert paper.categories == ("stat.ML", "cs.LG")
    assert paper.primary == "stat.ML"
    assert paper.announce_type is AnnounceType.CROSS
    assert paper.licence == "http://creativecommons.org/licenses/by/4.0/"
    assert (paper.published, paper.comment) == (None, None)


def test_daily_atom() -> None:
    feed = parse_daily(ATOM_DAILY.encode())
    (paper,) = feed.papers
    assert feed.day == DAY
    assert str(paper.arxiv_id) == "2611.00007v2"
    assert paper.abstract == "If $x<y$ and $y>z$, nothing is lost."
    assert paper.authors == ("Andr\\'e Example", "Przemys{\\l}aw Sample")
    assert paper.announce_type is AnnounceType.REPLACE_CROSS


def test_daily_rdf_of_before_2024() -> None:
    feed = parse_daily(RDF.encode())
    assert [str(paper.arxiv_id) for paper in feed.papers] == ["1805.00001v1", "1805.00002v1", "1805.00003v4"]
    assert [paper.announce_type for paper in feed.papers] == [
        AnnounceType.NEW,
        AnnounceType.CROSS,
        AnnounceType.REPLACE,
    ]
    first = feed.papers[0]
    assert first.title == "Invented jets"
    assert first.abstract == "At $2.6&lt;\\eta$ we\ninvent jets."
    assert first.authors == ("Ada Example", "Bo Sample")
    assert first.primary == "hep-ex"


def test_an_empty_daily_feed_is_a_feed() -> None:
    feed = parse_daily(rss("cs.LG", DAY, []).encode())
    assert (feed.papers, feed.entries, feed.day) == ((), 0, DAY)


def test_a_paper_twice_in_a_feed_is_one_paper_with_its_first_type() -> None:
    twice = [Invented(id="2611.00001", kind="cross"), Invented(id="2611.00001", kind="new")]
    feed = parse_daily(rss("cs.LG", DAY, twice).encode())
    assert feed.entries == 2
    assert [paper.announce_type for paper in feed.papers] == [AnnounceType.NEW]


def test_what_is_no_paper_is_counted() -> None:
    feed = parse_daily(rss("cs.LG", DAY, [Invented(id="1234.12345x"), Invented(id="2611.00002")]).encode())
    assert [paper.id for paper in feed.papers] == ["2611.00002"]
    assert (feed.entries, feed.unreadable) == (2, 1)


def test_api_page() -> None:
    one = Invented(
        id="2611.00001", version=3, authors=(" Ada Example", "Bo Sample"), categories=("math.OC", "cs.LG")
    )
    page = parse_api(api_page([one], 700).encode())
    (paper,) = page.papers
    assert (page.total, page.entries) == (700, 1)
    assert (paper.version, paper.comment, paper.primary) == (3, "3 pages", "math.OC")
    assert paper.authors == ("Ada Example", "Bo Sample")
    assert paper.published == one.submitted
    assert (paper.announce_type, paper.announced, paper.doi) == (None, None, None)


def test_api_page_of_the_old_software() -> None:
    (paper,) = parse_api(API_OLD.encode()).papers
    assert str(paper.arxiv_id) == "math/0211001v3"
    assert paper.title == "An invented flow on invented manifolds"
    assert paper.abstract == "We wrap lines.\nAnd wrap again."
    assert paper.authors == ("Ada Example", "The Invented Collaboration")
    assert paper.categories == ("math.DG",)
    assert (paper.comment, paper.doi) == ("39 pages, 2 figures", "10.1000/invented")
    assert paper.journal_ref == "J. Inv. 1 (2003) 1-39"
    assert paper.updated == datetime(2003, 1, 2, 16, 11, 49, tzinfo=UTC)


def test_an_api_page_without_results() -> None:
    page = parse_api(api_page([], 0).encode())
    assert (page.papers, page.total, page.entries) == ((), 0, 0)


def test_an_error_is_never_a_paper() -> None:
    with pytest.raises(RefusedError, match=r"arXiv refused the question: incorrect id format for abc\."):
        parse_api(api_error("incorrect id format for abc").encode())
    with pytest.raises(RefusedError, match=r"Bad archive 'nope'\. What was stored is kept\.$"):
        parse_daily(rss_error("nope").encode())


@pytest.mark.parametrize("parse", [parse_daily, parse_api])
@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="zero bytes"),
        pytest.param("Rate exceeded.", id="rate exceeded"),
        pytest.param("<!DOCTYPE html><html><body>Are you human?</body></html>", id="html with a doctype"),
        pytest.param("<html><body>Are you human?</body></html>", id="html"),
        pytest.param("<html><body>Are you <br> human?</body></html>", id="html that is not xml"),
        pytest.param("<rss><channel></rss>", id="malformed"),
        pytest.param('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "e">]><feed/>', id="entities"),
        pytest.param('<?xml version="1.0" encoding="no-such"?><feed/>', id="unknown encoding"),
        pytest.param('{"papers": []}', id="json"),
    ],
)
def test_what_is_not_a_feed_is_an_error(parse: type, body: str) -> None:
    with pytest.raises(BrokenAnswerError, match=r"What was stored is kept\. Try again later\."):
        parse(body.encode())


@given(st.data())
def test_a_feed_that_stops_anywhere_is_never_half_a_feed(data: st.DataObject) -> None:
    whole = rss("cs.LG", DAY, [Invented("2611.00001"), Invented("2611.00002")]).rstrip().encode()
    end = data.draw(st.integers(min_value=whole.index(b"<channel>"), max_value=len(whole) - 1))
    with pytest.raises(TruncatedAnswerError):
        parse_daily(whole[:end])


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))), st.binary(max_size=200)
)
def test_nothing_that_comes_leads_to_anything_but_papers_or_our_errors(text: str, noise: bytes) -> None:
    feed = parse_daily(
        rss("cs.LG", DAY, [Invented("2611.00001", title=f"On {text}", abstract=f"We {text}")]).encode()
    )
    assert len(feed.papers) == 1
    with pytest.raises(BrokenAnswerError):
        parse_daily(noise)


def test_everything_goes_through_the_sanitiser() -> None:
    hostile = "\x85red \u202eevil\u200b \x7f"
    one = Invented("2611.00001", title=hostile, abstract=hostile, authors=(hostile,), comment=hostile)
    (daily,) = parse_daily(rss("cs.LG", DAY, [one]).encode()).papers
    (api,) = parse_api(api_page([one], 1).encode()).papers
    for text in (daily.title, daily.abstract, daily.authors[0], api.title, api.abstract, api.comment):
        assert text is not None
        assert not [character for character in text if unicodedata.category(character) in ("Cc", "Cf")]
        assert text.endswith("red evil")


@pytest.mark.parametrize("odd", ["\x0c", "&#12;", "&#x1B;", "\ufffe", "&#xD800;", "\x00"])
def test_a_character_that_xml_forbids_costs_that_character_and_not_the_day(odd: str) -> None:
    body = rss("cs.LG", DAY, invented(3)).replace("Invention 2", f"Inven{odd}tion 2")
    feed = parse_daily(body.encode())
    assert [paper.title for paper in feed.papers] == ["Invention 1", "Invention 2", "Invention 3"]


def test_a_byte_that_is_no_utf_8_costs_that_byte() -> None:
    body = rss("cs.LG", DAY, invented(2)).encode().replace(b"Invention 2", b"Inven\xe9tion 2")
    assert [paper.title for paper in parse_daily(body).papers] == ["Invention 1", "Inven\ufffdtion 2"]


@pytest.mark.parametrize("lost", ["title", "abstract"])
def test_an_item_without_title_or_abstract_is_no_paper(lost: str) -> None:
    papers = [*invented(1), *invented(1, start=2, **{lost: ""})]
    feed = parse_daily(rss("cs.LG", DAY, papers).encode())
    assert ([paper.id for paper in feed.papers], feed.unreadable) == (["2611.00001"], 1)
    assert [paper.id for paper in parse_api(api_page(papers, 2).encode()).papers] == ["2611.00001"]


def test_the_doi_of_a_daily_feed_is_read() -> None:
    body = rss("cs.LG", DAY, invented(1)).replace("</item>", "<arxiv:DOI>10.1000/xyz</arxiv:DOI></item>")
    assert parse_daily(body.encode()).papers[0].doi == "10.1000/xyz"


@pytest.mark.parametrize("total", ["9" * 6_000, "-1", "many", "1e9", "١"])
def test_a_total_that_is_no_number_is_what_came(total: str) -> None:
    body = api_page(invented(2), 2).replace(
        ">2</opensearch:totalResults>", f">{total}</opensearch:totalResults>"
    )
    assert parse_api(body.encode()).total == 2


def test_a_year_that_no_calendar_has_is_unknown() -> None:
    body = api_page(invented(1), 1).replace("2026-11-18T", "99999-11-18T")
    assert parse_api(body.encode()).papers[0].published is None


SLOW = {
    "attributes": "<a " + " ".join(f'a{number}=""' for number in range(300_000)) + "/>",
    "categories": "".join(f"<category>cs.A{number}</category>" for number in range(30_000)),
    "subjects": "".join(f"<dc:subject>cs.A{number}</dc:subject>" for number in range(30_000)),
    "keywords": f"<keywords>{' '.join(map(str, range(30_000)))}</keywords>",
    "namespaces": "".join(f'<a xmlns:b{number}="u{number}"/>' for number in range(30_000)),
    "levels": "<a>" * 30_000 + "</a>" * 30_000,
    "elements": "<guid/>" * 300_000,
}
"""What feedparser takes minutes for; it cannot be stopped."""


@pytest.mark.parametrize("kind", SLOW)
def test_what_would_outlast_the_deadline_is_refused_before_it_is_parsed(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = rss("cs.LG", DAY, invented(1)).replace("</item>", f"{SLOW[kind]}</item>")
    monkeypatch.setattr(feedparser, "parse", lambda *_, **__: pytest.fail("it was parsed"))
    with pytest.raises(BrokenAnswerError):
        parse_daily(body.encode())


def test_a_paper_of_five_thousand_authors_is_read() -> None:
    names = tuple(f"Name{number} Sample" for number in range(5_154))
    page = parse_api(api_page([*invented(1), *invented(1, start=2, authors=names)], 2).encode())
    assert page.papers[1].authors == names
