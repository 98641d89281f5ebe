"""Identifiers of arXiv in every form that people write and copy."""

from __future__ import annotations

import pytest

from tui_digest.paper import ArxivId

NEW = [
    "2611.10001",
    " 2611.10001 ",
    "arXiv:2611.10001",
    "arXiv: 2611.10001",
    "arXiv:2611.10001 [cs.LG]",
    "https://arxiv.org/abs/2611.10001",
    "http://www.arxiv.org/abs/2611.10001/",
    "https://export.arxiv.org/abs/2611.10001",
    "https://browse.arxiv.org/html/2611.10001",
    "arxiv.org/abs/2611.10001",
    "arxiv.org/pdf/2611.10001.pdf",
    "https://arxiv.org/pdf/2611.10001",
    "https://arxiv.org/html/2611.10001",
    "https://arxiv.org/html/2611.10001#S3.E5",
    "https://arxiv.org/abs/2611.10001?context=cs.LG",
    "https://arxiv.org/format/2611.10001",
    "10.48550/arXiv.2611.10001",
    "doi:10.48550/ARXIV.2611.10001",
    "https://doi.org/10.48550/arXiv.2611.10001",
    "https://www.alphaxiv.org/abs/2611.10001",
    "https://www.alphaxiv.org/overview/2611.10001",
    "https://huggingface.co/papers/2611.10001",
    "https://www.semanticscholar.org/arxiv/2611.10001",
    "https://api.semanticscholar.org/arXiv:2611.10001",
    "https://ar5iv.labs.arxiv.org/html/2611.10001",
    "https://ar5iv.org/abs/2611.10001",
    "https://scirate.com/arxiv/2611.10001",
    "oai:arXiv.org:2611.10001",
    "<https://arxiv.org/abs/2611.10001>",
    "“2611.10001”",
    "`arXiv:2611.10001`",
    "(arXiv:2611.10001 [cs.LG])",
    "https://arxiv.org/abs/2611.10001.",
    "https://arxiv.org/abs/2611.10001),",
    "\u200b2611.10001\ufeff",
    "https://arxiv.org/abs/2611.10001%20",
    "[2611.10001] A bound of 2512.00001",
    "[A bound](https://arxiv.org/abs/2611.10001)",
    "Example et al., arXiv preprint arXiv:2611.10001, 2026",
    "arXiv:2611.10001  [cs.LG]  15 Nov 2026",
    "eprint = {2611.10001},",
    "arXiv 2611.10001",
    "arXiv.org:2611.10001",
    "/abs/2611.10001",
    "//arxiv.org/pdf/2611.10001",
    "https://arxiv.org/abs/arXiv:2611.10001",
    "https://arxiv.org/show-email/0ab1/2611.10001",
    "https://arxiv.org/html/2611.10001/x1.png",
    "https://export.arxiv.org/api/query?id_list=2611.10001",
    "https://web.archive.org/web/2026/https://arxiv.org/abs/2611.10001",
    "https://www.semanticscholar.org/paper/arXiv:2611.10001",
    "https://hf.co/papers/2611.10001",
    "https://huggingface.co/papers/2611.10001.md",
    "https://www.alphaxiv.org/de/overview/2611.10001?chatId=1",
    "https://papers.cool/arxiv/2611.10001",
    "https://inspirehep.net/api/arxiv/2611.10001",
    "https://ui.adsabs.harvard.edu/abs/2026arXiv261110001E/abstract",
]


@pytest.mark.parametrize("text", NEW)
def test_an_id_is_read_in_any_form(text: str) -> None:
    assert ArxivId.parse(text) == ArxivId("2611.10001")


@pytest.mark.parametrize(
    ("text", "number", "version"),
    [
        ("arXiv:2611.10001v1 [cs.LG]", "2611.10001", 1),
        ("https://arxiv.org/pdf/2611.10001v12.pdf", "2611.10001", 12),
        ("https://arxiv.org/html/2611.10001v2/#bib", "2611.10001", 2),
        ("hep-th/9901001v2", "hep-th/9901001", 2),
        ("math.GT/0309136", "math/0309136", None),
        ("https://arxiv.org/abs/math.GT/0309136v1", "math/0309136", 1),
        ("10.48550/arXiv.math/0309136", "math/0309136", None),
        ("Math.GT/0309136V2", "math/0309136", 2),
        ("cond-mat.str-el/0309136", "cond-mat/0309136", None),
        ("https://xxx.lanl.gov/abs/hep-th/9901001", "hep-th/9901001", None),
        ("[hep-th/9901001v3] A bound", "hep-th/9901001", 3),
        ("2611.10001V2.pdf", "2611.10001", 2),
        ("0704.0001", "0704.0001", None),
    ],
)
def test_versions_and_old_ids(text: str, number: str, version: int | None) -> None:
    assert ArxivId.parse(text) == ArxivId(number, version)


def test_what_is_longer_than_any_address_is_refused_in_a_short_sentence() -> None:
    with pytest.raises(ValueError, match="is not an arXiv id") as refused:
        ArxivId.parse("2611.10001?" + "x" * 5_000)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2611",
        "2613.10001",
        "2611.10001v0",
        "2611.10001x",
        "https://example.org/abs/2611.10001",
        "https://arxiv.org.example.org/abs/2611.10001",
        "https://arxiv.org@example.org/abs/2611.10001",
        "10.1000/2611.10001",
        "2611.10001 2611.10002",
        "2611.10001 2611.10002 [cs.LG]",
        "arXiv:2611.10001 and arXiv:2611.10002",
        "https://arxiv.org/abs/2611.10001v1v2",
        "arXiv:2611.100012",
        "arXiv:2613.10001",
        "https://notarxiv.org/abs/2611.10001",
        "A bound of 2611.10001 things",
        "[1] 2611.10001",
        "-2611.10001",
        "２６１１.10001",
    ],
)
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not an arXiv id"):
        ArxivId.parse(text)
