"""Every screen at four widths, made from the demo off line; `test_snapshots` has their looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from tests.tui.fakes import (
    FakeDays,
    FakeModels,
    checked_explanation,
    finished,
    library_of,
    page_text,
    reader_of,
    settle,
    until,
)
from tests.tui.pictures import Compare, MakeDemo, Prepare, paste, then
from tui_digest.core.services import CommandEnd
from tui_digest.demo.explanation import sample_explanation
from tui_digest.demo.papers import load_papers
from tui_digest.tui.app import ReaderApp

pytestmark = pytest.mark.snapshot

LOOKS = {
    "light": '[reader]\ntheme = "digest-light"',
    "contrast": '[reader]\ntheme = "digest-contrast-light"',
    "ansi": '[reader]\ntheme = "ansi-dark"',
    "no_colour": "",
}
SIZES = {"200": (200, 36), "120": (120, 30), "80": (80, 24), "40": (40, 16)}


def as_it_is(app: ReaderApp) -> None:
    """The reader as the demo makes it."""


@dataclass(frozen=True)
class Picture:
    """What is done before a screen is drawn: to the reader before it runs, and in it."""

    prepare: Prepare
    hand: Callable[[ReaderApp], None] = as_it_is
    stored: bool = True

    def app(self, demo: MakeDemo, config: str = "") -> ReaderApp:
        """The demo off line, with what the picture needs."""
        app = demo(config, stored=self.stored, offline=True)
        self.hand(app)
        return app


def typing(keys: str, text: str, *after: str) -> Prepare:
    """Press these keys (with spaces between them), paste a text, press further keys."""

    async def run(pilot: Pilot[str]) -> None:
        await then(*keys.split())(pilot)
        paste(pilot, text)
        await pilot.pause()
        await pilot.press(*after)
        await settle(pilot)

    return run


def arxiv_fails(app: ReaderApp) -> None:
    """The day is stored, and arXiv does not answer."""
    assert app.first is not None
    problem = "arXiv did not answer within 30 seconds; what is shown was fetched before. R asks again."
    library = library_of(app)
    digest = library.mailings.digest(app.first.date, app.first.categories)
    assert digest is not None
    days = FakeDays(
        {digest.date: digest},
        stored_days={digest.date},
        problem=problem,
        library=library,
        rules=app.settings.pick,
    )
    app.services = replace(app.services, days=days)
    app.options = replace(app.options, offline=False)


def no_network_yet(app: ReaderApp) -> None:
    """Nothing is stored, and arXiv cannot be reached."""
    days = FakeDays(error="arXiv could not be reached: the network is unreachable. Nothing is stored yet.")
    app.services = replace(app.services, days=days)
    app.options = replace(app.options, offline=False, demo=False)


def not_the_demo(app: ReaderApp) -> None:
    """Started off line before anything was fetched."""
    app.options = replace(app.options, demo=False)


def at_first(app: ReaderApp) -> None:
    """The first start of all: the first steps are asked before anything is fetched."""
    app.options = replace(app.options, demo=False, setup=True, first=True)
    app.services = replace(app.services, models=FakeModels())


def choosing(*keys: str) -> Prepare:
    """In the first steps, search for optimization, take it, and press further keys."""

    async def run(pilot: Pilot[str]) -> None:
        await pilot.press(*"optimi", *keys)
        await finished(pilot.app)

    return run


def with_a_command(app: ReaderApp) -> None:
    """A command that says something and complains of something."""

    async def run(command: str, text: str) -> CommandEnd:
        return CommandEnd(1, output=f"{len(text.split())} words\n" * 3, errors="no printer is connected\n")

    app.services = replace(app.services, run_command=run)


def with_a_model(app: ReaderApp) -> None:
    """A model that says what the test has it say."""
    app.services = replace(app.services, models=FakeModels())


WRONG = 'It holds for $17$ epochs. [abstract: "and the best overparametrized predictor is"]'


async def flagged(pilot: Pilot[str]) -> None:
    """A flagged statement beside the abstract."""
    await explaining(whole=True)(pilot)
    await pilot.press("exclamation_mark")
    await settle(pilot)


def explaining(whole: bool) -> Prepare:
    """Ask for the fourth paper's explanation, and let it come in part or whole."""

    async def run(pilot: Pilot[str]) -> None:
        await then("4", "j")(pilot)
        await pilot.press("e")
        reader = reader_of(pilot.app)
        models, chosen = reader.services.models, reader.papers.chosen
        assert isinstance(models, FakeModels)
        assert chosen is not None
        paper_id = chosen.paper.id
        text = sample_explanation(next(paper for paper in load_papers() if paper.id == paper_id))
        if whole:
            models.say(paper_id, checked_explanation(chosen.paper, f"{text}\n{WRONG}\n"))
            await settle(pilot)
            await pilot.press("l", "G")
        else:
            models.say(paper_id, text[: text.index("$$", text.index("$$") + 2) - 4])
            heading = text.partition("\n")[0].strip("# ")
            await until(pilot, lambda: heading in page_text(reader))
            await pilot.pause()

    return run


NOTE = "See $\\ell_1$ in **2.3**; compare the constant of Theorem 4.\n\n- ask about $d \\to \\infty$"

PICTURES = {
    "list_and_paper": Picture(then("j", "j", "j")),
    "only_the_paper": Picture(then("j", "j", "z")),
    "the_whole_paper": Picture(then("j", "j", "enter")),
    "tex_as_written": Picture(then("j", "j", "enter", "\\")),
    "notation": Picture(then("j", "j", "enter", "t", "G")),
    "explanation": Picture(explaining(whole=True), with_a_model),
    "statement": Picture(flagged, with_a_model),
    "streaming": Picture(explaining(whole=False), with_a_model),
    "selection": Picture(then("j", "m", "j", "x", "j", "space", "j", "v", "j")),
    "empty_view": Picture(then("g", "3")),
    "arxiv_fails": Picture(then("j"), arxiv_fails),
    "no_network_yet": Picture(then(), no_network_yet, stored=False),
    "nothing_off_line": Picture(then(), not_the_demo, stored=False),
    "first_steps": Picture(choosing(), at_first, stored=False),
    "first_steps_at_end": Picture(choosing("enter", "enter", "tab", "j", "tab"), at_first, stored=False),
    "help": Picture(then("?")),
    "palette": Picture(typing(":", "day")),
    "search": Picture(typing("/", "gradient", "enter", "n")),
    "filter_line": Picture(typing("f", "cat:math.OC -gradient")),
    "search_everything": Picture(typing("g s", "gradient")),
    "queue": Picture(then("m", "5", "j", "m", "g", "q")),
    "history": Picture(then("m", "j", "d", "j", "r", "u", "g", "h")),
    "authors": Picture(then("j", "j", "a")),
    "triage": Picture(then("g", "c", "m", "d")),
    "calendar": Picture(then("D")),
    "note": Picture(typing("j i", NOTE)),
    "links": Picture(then("L")),
    "export": Picture(then("W")),
    "pipe_line": Picture(typing("|", "lpr -P upstairs")),
    "output": Picture(typing("|", "lpr -P upstairs", "enter"), with_a_command),
    "settings": Picture(then(",")),
    "categories": Picture(typing(", j j j enter", "stat")),
}


IN_EVERY_LOOK = ("first_steps_at_end", "selection", "explanation", "help", "history", "export")
SHORT = (40, 12)
ON_A_SHORT_TERMINAL = (
    "the_whole_paper",
    "empty_view",
    "arxiv_fails",
    "help",
    "history",
    "note",
    "export",
    "output",
)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("name", PICTURES)
def test_screen(name: str, size: tuple[int, int], demo: MakeDemo, snap_compare: Compare) -> None:
    picture = PICTURES[name]
    assert snap_compare(picture.app(demo), terminal_size=size, run_before=picture.prepare)


@pytest.mark.parametrize("name", ON_A_SHORT_TERMINAL)
def test_short(name: str, demo: MakeDemo, snap_compare: Compare) -> None:
    picture = PICTURES[name]
    assert snap_compare(picture.app(demo), terminal_size=SHORT, run_before=picture.prepare)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", IN_EVERY_LOOK)
def test_look(
    name: str, look: str, demo: MakeDemo, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = PICTURES[name]
    if look == "no_colour":
        monkeypatch.setenv("NO_COLOR", "1")
    app = picture.app(demo, LOOKS[look])
    assert snap_compare(app, terminal_size=SIZES["80"], run_before=picture.prepare)
