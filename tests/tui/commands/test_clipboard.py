"""Copying, the notation card, folded authors, links: what the reader takes from a page."""

from __future__ import annotations

import threading

import pytest

from tests.tui.fakes import (
    DAY,
    Browser,
    FakeClipboard,
    FakeDays,
    make_app,
    make_digest,
    make_paper,
    page_text,
    reader_of,
    screen_of,
    settle,
)
from tui_digest.core.links import addresses_in, checked_address, links_of
from tui_digest.entry import Entry, Reading
from tui_digest.paper import Paper
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.links import LinksScreen

WIDE = (140, 40)


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.message


def one_paper(
    clipboard: FakeClipboard | None = None, browser: Browser | None = None, **changes: object
) -> ReaderApp:
    digest = make_digest(papers=(make_paper(0, **changes), make_paper(1)))
    return make_app(FakeDays({DAY: digest}), digest, clipboard=clipboard, browser=browser)


async def test_y_copies_the_link_and_claims_no_more_than_is_known() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("y")
        await settle(pilot)
        assert app.clipboard == "https://arxiv.org/abs/0612.90000v1"
        assert message(app).startswith("Link sent to the terminal's clipboard (if nothing arrived")
        await pilot.press("space", "space", "y")
        await settle(pilot)
        assert app.clipboard.split("\n") == [
            "https://arxiv.org/abs/0612.90000v1",
            "https://arxiv.org/abs/0612.90001v2",
        ]


async def test_what_is_known_of_the_terminal_is_said() -> None:
    app = make_app(clipboard=FakeClipboard(note="tmux needs: x"))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("y")
        await settle(pilot)
        assert message(app) == "Link sent to the terminal's clipboard (tmux needs: x)."


async def test_the_machines_own_clipboard_gets_the_text_too() -> None:
    clipboard = FakeClipboard(program="pbcopy")
    app = make_app(clipboard=clipboard)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("Y")
        await settle(pilot)
        assert clipboard.texts == [app.clipboard]
        assert app.clipboard.startswith("@misc{number0-0612.90000")
        assert message(app) == "BibTeX copied with pbcopy, and sent to the terminal's clipboard."


async def test_the_palette_copies_markdown_title_and_tex() -> None:
    app = one_paper(title="On [/b] $\\ell_1$\x1b[31m", abstract="Let $x \\in \\mathbb{R}$.\u202e")
    async with app.run_test(size=WIDE) as pilot:
        screen = screen_of(app)
        screen.dispatcher.run_by_id("copy_title")
        await settle(pilot)
        assert app.clipboard == "On [/b] $\\ell_1$"
        screen.dispatcher.run_by_id("copy_tex")
        await settle(pilot)
        assert app.clipboard == "Let $x \\in \\mathbb{R}$."
        screen.dispatcher.run_by_id("copy_markdown")
        await settle(pilot)
        assert app.clipboard.startswith("# arXiv digest")
        assert "$x \\in \\mathbb{R}$" in app.clipboard


async def test_a_long_text_is_said_to_be_long() -> None:
    app = one_paper(abstract="word " * 16_000)
    async with app.run_test(size=WIDE) as pilot:
        screen_of(app).dispatcher.run_by_id("copy_tex")
        await settle(pilot)
        assert "80 kB, which some terminals drop" in message(app)


async def test_t_shows_the_notation_with_its_tex_and_hides_it() -> None:
    app = one_paper(abstract="Let $\\hat{x} \\in \\mathbb{R}^n$ and $f$; $f$ is convex.")
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("t")
        lines = page_text(reader).split("\n")
        assert "Notation" in lines
        row = next(line for line in lines if "\\hat{x} \\in \\mathbb{R}^n" in line)
        assert row.startswith("x̂ ∈ ℝⁿ ")
        assert "f ×2" in page_text(reader)
        await pilot.press("t")
        assert "Notation" not in page_text(reader)


async def test_the_notation_card_says_when_there_is_none_and_comes_into_view() -> None:
    app = one_paper(abstract="No mathematics at all. " * 100)
    async with app.run_test(size=(100, 20)) as pilot:
        reader = reader_of(app)
        await pilot.press("t")
        assert "This abstract has no formulas." in page_text(reader)
        place = next(n for n, line in enumerate(reader.pane.lines) if line.content.plain == "Notation")
        assert reader.pane.top < place < reader.pane.top + reader.pane.size.height


async def test_plus_unfolds_a_long_list_of_authors() -> None:
    app = one_paper(authors=tuple(f"Author Number{n}" for n in range(40)))
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await settle(pilot)
        assert "and 28 more" in page_text(reader)
        await pilot.press("+")
        assert "Number39" in page_text(reader)
        await pilot.press("+")
        assert "and 28 more" in page_text(reader)


async def test_a_letter_opens_its_link_and_esc_leaves() -> None:
    browser = Browser()
    app = one_paper(
        browser=browser, comment="Code: https://example.org/a_b. [@click=app.quit]", doi="10.1000/x(1)"
    )
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("L")
        await pilot.pause()
        assert isinstance(app.screen, LinksScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert browser.opened == []
        for letter in "abcd":
            await pilot.press("L")
            await pilot.pause()
            await pilot.press(letter)
            await pilot.pause()
        assert browser.opened == [
            "https://arxiv.org/abs/0612.90000v1",
            "https://arxiv.org/pdf/0612.90000v1",
            "https://doi.org/10.1000/x(1)",
            "https://example.org/a_b",
        ]
        assert "https://example.org/a_b" in message(app)


async def test_a_letter_without_a_link_and_the_mouse_open_nothing() -> None:
    browser = Browser()
    app = one_paper(browser=browser)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("L")
        await pilot.pause()
        await pilot.press("x")
        await pilot.click("#links-text", offset=(8, 1))
        await pilot.pause()
        assert isinstance(app.screen, LinksScreen)
        assert browser.opened == []


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("see https://a.org/x.", ["https://a.org/x"]),
        ("(https://a.org/x_(y))", ["https://a.org/x_(y)"]),
        (r"\url{https://a.org/x\_y\%20z}", ["https://a.org/x_y%20z"]),
        (r"\href{http://a.org/~b}{here}", ["http://a.org/~b"]),
        ("[text](https://a.org/b), **https://c.org/d**", ["https://a.org/b", "https://c.org/d"]),
        ("https://a.org/\u202egpj.exe", ["https://a.org/gpj.exe"]),
        ("https://a.org/\x1b]8;;evil\x07x", ["https://a.org/x"]),
        ("javascript:alert(1) file:///etc/passwd ftp://a.org", []),
        ("https://arxiv.org@evil.org/x", []),
        ("https://аrxiv.org/x", ["https://xn--rxiv-43d.org/x"]),
        ("https://a.org:99999/x https://:80/ https://-/", []),
        ("https://a.org/ü?q=ä#ö", ["https://a.org/%C3%BC?q=%C3%A4#%C3%B6"]),
        ("HTTPS://A.ORG/X", ["https://a.org/X"]),
    ],
)
def test_only_addresses_that_say_where_they_lead_are_links(text: str, addresses: list[str]) -> None:
    assert list(addresses_in(text)) == addresses


def test_a_checked_address_checks_again() -> None:
    for text in ("https://a.org/ü?q=%20#ö", "http://b.org:8080", "https://münchen.de/a b"):
        address = checked_address(text)
        assert address.isascii()
        assert checked_address(address) == address


def test_a_paper_with_a_false_id_has_no_page_and_each_address_stands_once() -> None:
    paper: Paper = make_paper(0, id="../evil", comment="https://a.org https://a.org")
    entry = Entry(paper=paper, reading=Reading(note="https://a.org"))
    assert [(link.where, link.address) for link in links_of(entry)] == [("comment", "https://a.org")]


class SlowBrowser(Browser):
    """A browser that takes its time to be found."""

    def __init__(self) -> None:
        super().__init__()
        self.found = threading.Event()

    def takes_terminal(self) -> bool:
        assert self.found.wait(20)
        return False


async def test_two_pages_asked_for_at_once_are_both_opened() -> None:
    browser = SlowBrowser()
    app = make_app(first=make_digest(2), browser=browser)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("o", "p")
        browser.found.set()
        await settle(pilot)
    assert sorted(address.split("/")[3] for address in browser.opened) == ["abs", "pdf"]


async def test_where_a_browser_of_the_terminal_cannot_have_it_the_address_is_told() -> None:
    app = make_app(first=make_digest(2), browser=Browser(in_terminal=True))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert reader_of(app).status.footer.message.startswith(
            "No browser could be started: https://arxiv.org/abs/"
        )


async def test_ctrl_c_copies_what_is_selected_and_else_says_how_to_quit() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+c")
        await settle(pilot)
        assert message(app) == "Ctrl-C copies what the mouse selected. Q quits."
        app.screen.text_select_all()
        await pilot.press("ctrl+c")
        await settle(pilot)
        assert message(app).startswith("The selection sent to the terminal")
        assert "Paper number 0" in app.clipboard


async def test_t_in_a_narrow_list_opens_the_paper_with_its_notation() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reader = reader_of(app)
        await pilot.press("t")
        await pilot.pause()
        assert reader.panes.paper_open
        assert "Notation" in page_text(reader)
        await pilot.press("t")
        assert "Notation" not in page_text(reader)
        await pilot.press("escape", "t")
        assert "Notation" in page_text(reader)
