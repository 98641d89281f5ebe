"""Made-up papers for the export tests, and strategies for text that means harm."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
from hypothesis import settings
from hypothesis import strategies as st

from tui_digest.entry import Entry, Explanation, Mark, Reading, Receipt
from tui_digest.export.collection import Collection
from tui_digest.paper import AnnounceType, Completeness, CompletenessState, Paper

DAY = date(2026, 11, 20)

_FIRST = Paper(
    id="2611.01001",
    version=1,
    title=r"Sampling with PDE constraints: a bound of $\mathcal{O}(1/\sqrt{T})$ for R\'enyi flows",
    authors=("Ada Example", r"Bj\"orn von der Muster", "Cy Sample Jr."),
    abstract=(
        r"We bound $\|\nabla f(x_t)\|_2$ for a*b < c_d, at 95% of $5 cost, from \(x_1\) to "
        r"\[\sum_{i=1}^n x_i\]. "
        r"Na\"ive \emph{restarts} cost [little] -- see #3 | \foo{bar}. $x^{{a}}$ and {{ y }} stay."
    ),
    categories=("math.OC", "cs.LG"),
    primary="math.OC",
    announce_type=AnnounceType.NEW,
    announced=DAY,
    published=datetime(2026, 11, 18, 9, 30, tzinfo=UTC),
    updated=datetime(2026, 11, 18, 9, 30, tzinfo=UTC),
    comment="12 pages, 3 figures & an appendix",
    doi="10.1000/example_(1)",
)
_SECOND = Paper(
    id="hep-th/9901001",
    version=3,
    title="A note on Lyapunov exponents of M-theory",
    authors=("The Example Collaboration", "Ada Example"),
    abstract="Old ids have a slash.",
    categories=("hep-th",),
    primary="hep-th",
    announce_type=AnnounceType.REPLACE,
    announced=DAY,
    journal_ref="J. Examples 12 (1999) 3--14",
)
_RECEIPT = Receipt(
    provider="ollama",
    model="a-model:7b",
    asked_at=datetime(2026, 11, 20, 9, 12, tzinfo=UTC),
    prompt_version="3",
    paper_version=1,
    tokens_in=412,
    tokens_out=903,
    complete=True,
    unsupported=1,
)
_EXPLANATION = r"""# Problem setup

Let $x \in \mathbb{R}^d$ and **consider**

$$
\min_x f(x) = \frac1n \sum_i f_i(x)   % the loss
$$

- a step of size $\eta_t$
- `x = x - eta*g`

See [the page](https://arxiv.org/abs/2611.01001).
"""

FIRST = Entry(
    paper=_FIRST,
    reading=Reading(mark=Mark.TO_READ, read=True, note="Compare with *last* week.\n\n- ask about $T$"),
    reasons=("convergence, gradient as in 2 papers you marked",),
    explanation=Explanation(paper_id=_FIRST.id, text=_EXPLANATION, receipt=_RECEIPT),
)
SECOND = Entry(paper=_SECOND)
COLLECTION = Collection(
    entries=(FIRST, SECOND),
    name="Made-up day",
    date=DAY,
    categories=("math.OC", "hep-th"),
    completeness=Completeness(
        state=CompletenessState.PARTIAL,
        shown=2,
        announced=3,
        counts={"new": 1, "replace": 1},
        note="One paper could not be fetched.",
    ),
    model_configured=True,
)

FRAGMENTS = (
    *("{{ site.title }}", "{% raw %}", "{% endraw %}", "{% nonsense %}", "{{", "}}", "{%", "%}", "$x^{{a}}$"),
    *(
        "<script>alert(1)</script>",
        "</p>",
        "<img src=x onerror=alert(1)>",
        "<!--",
        "-->",
        "<http://x.example>",
    ),
    *("[a](javascript:alert(1))", "![i](http://x.example/i.png)", "[a]: javascript:b", "[[note]]", "[^1]: n"),
    *(
        "{: onclick='a'}",
        "{::nomarkdown}",
        "{:/}",
        "*[abbr]: x",
        "*",
        "**",
        "_",
        "__",
        "`",
        "```",
        "~~~",
        "~~",
    ),
    *("# h", "- i", "1. i", "> q", "---", "===", "|", "a|b", "$", "$$", r"\(", r"\)", r"\[", r"\]", "$a<b$"),
    *("&lt;", "&#60;", "&", "#", "%%", "==", "^", ":", "'", '"', "\\", r"\emph{", r"\'e", "{", "}", "%", ","),
    *(
        "@misc{a,",
        "and",
        "TY  - JOUR",
        "ER  - ",
        "\n",
        "\n\n",
        "\r",
        "\t",
        "  ",
        "\x00",
        "\x1b]0;t\x07",
        "\u2028",
    ),
    *(
        "\u202e",
        "\ud800",
        "\ufeff",
        "\uffff",
        "\ufdd0",
        "\ufdd1",
        "\ue000",
        "😀",
        "数学",
        "é",
        "ß",
        "İ",
        "word",
        "7",
    ),
    *(
        r"\href{javascript:a}{b}",
        r"$\href{javascript:a}{b}$",
        r"$\def\alpha{x}$",
        r"\input{/etc/passwd}",
        "--",
    ),
)
# How fast a test is depends on the machine.
patient = settings(deadline=None, max_examples=60)
hostile_text = st.one_of(
    st.lists(st.sampled_from((*FRAGMENTS, " ")), max_size=12).map("".join),
    st.text(alphabet=st.characters(codec=None), max_size=40),
    st.sampled_from(FRAGMENTS).map(lambda fragment: (fragment * 4000)[:4000]),
)


@st.composite
def hostile_entries(draw: st.DrawFn) -> Entry:
    """A paper of which every field that others fill in is hostile."""
    text = draw(st.lists(hostile_text, min_size=8, max_size=8))
    paper = msgspec.structs.replace(
        _FIRST,
        title=text[0],
        authors=(text[1], text[2]),
        abstract=text[3],
        comment=text[4],
        journal_ref=text[5],
        doi=text[6],
    )
    explanation = msgspec.structs.replace(FIRST.explanation, text=text[7]) if FIRST.explanation else None
    return Entry(paper=paper, reading=Reading(note=text[7]), reasons=(text[4],), explanation=explanation)


def collection(*entries: Entry) -> Collection:
    """The entries as a collection of the made-up day."""
    return Collection(entries=entries, name="Made-up day", date=DAY)
