"""The header fits on its line: what matters most is said, and longest, at any width."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.tui.fakes import NOW, make_app, make_digest, reader_of, settle
from tui_digest.tui.widgets.header import set_parts
from tui_digest.tui.widgets.header_text import HeaderPart

COUNTS = ("complete 242/242 · new 89 · cross 98 · replaced 55", "complete 242/242", "242 papers")
AGE = ("online, fetched 3 min ago", "fetched 3 min ago", "3 min ago")
PARTS = [
    HeaderPart(("Fri 27 Nov 2026", "Fri 27 Nov"), 10),
    HeaderPart(("cs.LG math.OC stat.ML",), 2, optional=True),
    HeaderPart(COUNTS, 7),
    HeaderPart(("1 of 242",), 4),
    HeaderPart(AGE, 6),
]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (140, ("Fri 27 Nov 2026", "cs.LG math.OC stat.ML", COUNTS[0], "1 of 242", AGE[0])),
        (120, ("Fri 27 Nov 2026", "cs.LG math.OC stat.ML", COUNTS[1], "1 of 242", AGE[0])),
        (80, ("Fri 27 Nov 2026", COUNTS[1], "1 of 242", AGE[0])),
        (60, ("Fri 27 Nov 2026", COUNTS[1], "1 of 242", AGE[2])),
        (40, ("Fri 27 Nov", COUNTS[2], AGE[2])),
    ],
)
def test_parts_at_a_width(width: int, shown: tuple[str, ...]) -> None:
    assert tuple(part.strip() for part in set_parts(PARTS, width).plain.split("   ") if part.strip()) == shown


@pytest.mark.parametrize("width", range(20, 200, 3))
def test_the_parts_fit_and_leave_no_room_that_a_longer_form_could_have(width: int) -> None:
    line = set_parts(PARTS, width).plain
    assert len(line) <= width
    left, right = line.rstrip().rpartition("   ")[0].rstrip(), line.rpartition("   ")[2]
    room = width - len(left) - len(right) - 4
    for part in PARTS:
        for longer, shorter in zip(part.forms, part.forms[1:], strict=False):
            if f" {shorter} " in f" {line} " and longer not in line:
                assert len(longer) - len(shorter) > room, (longer, line)


@pytest.mark.parametrize(
    ("width", "papers"),
    [(40, "12 papers"), *((width, "complete 12/12") for width in (60, 80, 120, 200))],
)
async def test_papers_are_counted_in_words_and_the_age_is_one(width: int, papers: str) -> None:
    digest = make_digest(12, fetched_at=NOW - timedelta(minutes=6))
    app = make_app(first=digest)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        header = reader_of(app).status.header.render_line(0).text
        assert papers in header
        assert "6 min ago" in header
