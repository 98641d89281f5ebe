"""Tags: changing those of papers, and going to the papers of one."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from tui_digest.core.listing import OF_ALL_DAYS
from tui_digest.render.labels import count_words
from tui_digest.tags import TagCompletion, folded_tag, parse_changes
from tui_digest.tui.commands.marks import tell, without_versions

if TYPE_CHECKING:
    from tui_digest.core.listing import ChosenPapers
    from tui_digest.tui.reader import Reader

_LOOKED_AT = 200
"""The most papers of which tags are offered for removal."""
_OFFERED = 8


def tag(reader: Reader, count: int | None) -> None:
    """Ask for tags to put on papers and to take off them."""
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    papers = reader.targets(count)
    ids = papers.ids()
    completion = TagCompletion(reader.services.library.tags.counts(), _tags_of(papers))

    def on_typed(text: str) -> None:
        if offered := completion.candidates(text):
            reader.notify("   ".join(offered[:_OFFERED]))
        else:
            reader.clear_message()

    request = TextRequest(
        partial(_change, reader, ids), on_typed, completed=completion.complete, tab_words="complete"
    )
    ask_line(reader, "tag" if len(ids) == 1 else f"tag {len(ids)} papers", request)
    on_typed("")


def _tags_of(papers: ChosenPapers) -> tuple[str, ...]:
    found = {tag for entry in islice(papers, _LOOKED_AT) for tag in entry.tags}
    return tuple(sorted(found))


def _change(reader: Reader, ids: tuple[str, ...], text: str) -> None:
    changes = parse_changes(text.replace(",", " ").split())
    if not changes.add and not changes.remove:
        return
    reader.writes.perform(
        lambda: reader.services.library.tags.change(ids, changes),
        lambda action: tell(reader, action),
        papers=without_versions(ids),
    )


def tagged(reader: Reader, count: int | None) -> None:
    """Choose a tag and show its papers, of all days."""
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.dialogs.search_chooser import SearchChooserScreen
    from tui_digest.tui.text import plain

    counts = reader.services.library.tags.counts()
    if not counts:
        reader.notify("No paper has a tag yet: # puts one on.")
        return
    chosen_paper = reader.papers.chosen
    here = chosen_paper.tags if chosen_paper is not None else ()
    choices = [
        Choice(plain(tag_words(name, counts[name])), name)
        for name in sorted(counts, key=lambda name: (name not in here, -counts[name], name))
    ]

    def on_chosen(name: str | None) -> None:
        if name is not None:
            show_tagged(reader, name)

    reader.open_dialog(SearchChooserScreen(reader.keymap, "The papers of a tag", choices), on_chosen)


def tag_words(name: str, count: int) -> str:
    """A tag and how many papers it has."""
    return f"#{name}   {count_words(count, 'paper')}"


def show_tagged(reader: Reader, name: str) -> None:
    """Show the papers of a tag, of all days."""
    name = folded_tag(name)
    scope = reader.services.library.lists.tagged(name)
    if scope.size:
        reader.enter_list(f"#{name}{OF_ALL_DAYS}", scope)
    else:
        reader.notify(f"No paper has the tag {name}.")
