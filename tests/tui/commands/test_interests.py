"""Following and muting, through their keys: a sign and a word in the list, and hidden papers counted."""

from __future__ import annotations

from tests.tui.fakes import make_app, make_digest, make_paper, page_text, reader_of, settle, shown
from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.settings import PickSettings, ReaderSettings, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.chooser import ChooserScreen

WIDE = (120, 36)
NO_PICK = Settings(reader=ReaderSettings(sort="announced"), pick=PickSettings(count=0))


def choices(app: ReaderApp) -> list[str]:
    screen = app.screen
    assert isinstance(screen, ChooserScreen)
    return [str(option.prompt) for option in screen.options.options]


async def test_an_author_is_chosen_followed_and_let_go_of() -> None:
    app = make_app(settings=NO_PICK)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("a")
        await pilot.pause()
        assert choices(app) == ["Ada Number0", "Bo Second"]
        await pilot.press("enter")
        await settle(pilot)
        assert reader.services.library.following.all() == (
            Interest(kind=InterestKind.AUTHOR, text="Ada Number0", stance=Stance.FOLLOW),
        )
        assert reader.status.footer.message == "Followed the author Ada Number0."
        assert "♦ follows Ada" in reader.papers.render_line(reader.papers.lines_of(0)[-1]).text
        assert "♦ follows Ada Number0" in page_text(reader)
        assert "follows" not in reader.papers.render_line(reader.papers.lines_of(1)[-1]).text
        await pilot.press("a")
        await pilot.pause()
        assert choices(app)[0] == "Ada Number0   (followed)"
        await pilot.press("enter")
        await settle(pilot)
        assert reader.services.library.following.all() == ()
        await pilot.press("u")
        assert "follows" in page_text(reader)


async def test_what_is_no_author_is_not_offered() -> None:
    authors = (
        "The X Collaboration",
        ":",
        r"Andr\'e Number (Lab",
        "Town)",
        "Bo Second (for the Y Team)",
        "et al.",
    )
    names = ["The X Collaboration", "André Number", "Bo Second", "the Y Team"]
    app = make_app(first=make_digest(papers=(make_paper(0, authors=authors),)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert choices(app) == names
        await pilot.press("escape", "M")
        await pilot.pause()
        assert [words for words in choices(app) if words.startswith("author")] == [
            f"author {n}" for n in names
        ]


async def test_the_only_author_is_followed_without_asking() -> None:
    app = make_app(first=make_digest(papers=(make_paper(0, authors=("Solo Artist",)),)))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert reader_of(app).services.library.following.all()[0].text == "Solo Artist"
        assert "♦ follows Solo Artist" in page_text(reader_of(app))


async def test_a_muted_author_is_hidden_and_counted() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("M")
        await pilot.pause()
        assert choices(app) == [
            "a word or a phrase, to be typed",
            "category math.OC",
            "category cs.LG",
            "author Ada Number0",
            "author Bo Second",
        ]
        await pilot.press("j", "j", "j", "enter")
        await settle(pilot)
        assert len(shown(reader)) == 11
        assert "1 muted" in reader.status.header.render_line(0).text
        await pilot.press("u")
        assert len(shown(reader)) == 12


async def test_a_muted_word_is_typed_and_can_be_let_go_of() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("M", "enter")
        await pilot.pause()
        await pilot.press(*"number 7", "enter")
        await settle(pilot)
        assert len(shown(reader)) == 11
        await pilot.press("M")
        await pilot.pause()
        assert choices(app)[-1] == "word number 7   (muted)"
        await pilot.press("G", "enter")
        await settle(pilot)
        assert len(shown(reader)) == 12


async def test_a_muted_category_can_hide_everything() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("M", "j", "enter")
        await settle(pilot)
        assert len(shown(reader)) == 0
        assert "12 muted" in page_text(reader)
        await pilot.press("M")
        await pilot.pause()
        assert "category math.OC   (muted)" in choices(app)


async def test_a_word_without_letters_is_refused_and_stays_to_be_mended() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("M", "enter")
        await pilot.pause()
        await pilot.press(*"?!", "enter")
        await pilot.pause()
        assert "no letter or digit" in reader.status.footer.message
        assert reader.field is not None


async def test_hostile_names_are_shown_as_text() -> None:
    authors = ("[/bold] Mallory", "[@click=app.quit]Eve[/]", "Bo\x1b[31m Red\u202e")
    app = make_app(first=make_digest(papers=(make_paper(0, authors=authors, title="[Re] [/x]"),)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert choices(app) == ["[/bold] Mallory", "[@click=app.quit]Eve[/]", "Bo Red"]
        await pilot.press("j", "enter")
        await settle(pilot)
        assert "follows [@click=app.quit]Eve" in page_text(reader_of(app))
