"""Sources of the palette: commands, settings, papers, days, categories, tags.

Saved filters are one more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher

from tui_digest.core.listing import SMALL_LIST
from tui_digest.errors import LibraryError
from tui_digest.tui.commands.days import go_to_day
from tui_digest.tui.commands.digests import choose_digest, digest_words
from tui_digest.tui.commands.filters import apply_filter
from tui_digest.tui.commands.library import mailing_calendar
from tui_digest.tui.commands.palette_match import PaletteMatcher
from tui_digest.tui.commands.paper_by_id import open_by_id, parse_id
from tui_digest.tui.commands.settings import choose_setting, setting_choices
from tui_digest.tui.commands.tags import show_tagged, tag_words
from tui_digest.tui.keymap.keymap import key_label
from tui_digest.tui.text import name, plain, tex_line

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader

_AUTHORS_SEARCHED = 6
_FIRST = 100.0
"""The score of what is named letter by letter; Textual's matcher gives up to about 40."""
_BY_OTHER_NAME = 50.0
"""The score of another name, as `:w` of Export, typed in full; a little less for later ones."""


def _highlight(matcher: Matcher, text: str) -> Content:
    """Highlight the matching characters; Textual's own way reads the text as markup."""
    content = plain(text)
    _, places = matcher.fuzzy_search.match(matcher.query, content.plain)
    for place in places:
        content = content.stylize(matcher.match_style, place, place + 1)
    return content


def _has_words(query: str, text: str) -> bool:
    """Tell whether a text has all typed words; scattered letters would match too much."""
    folded = text.casefold()
    return all(word in folded for word in query.casefold().split())


def _score_by_name(query: str, names: str) -> float:
    """Return the score of something by its other names; 0 where a typed word is none.

    The palette is opened with the colon of vim's commands, so `w` is `:w` too.
    """
    known = [name.removeprefix(":") for name in names.split()]
    words = [word.removeprefix(":") for word in query.casefold().split()]
    if not words or not all(word in known for word in words):
        return 0.0
    return _BY_OTHER_NAME - 0.1 * min(map(known.index, words))


def _as_markup(words: str) -> str:
    """Our own words where Textual expects markup, such as `[model] in config.toml`."""
    return words.replace("[", r"\[")


class ReaderProvider(Provider):
    """Provider that knows the reader; `palette_providers` makes classes for a reader."""

    reader: ClassVar[Reader]

    def matcher(self, user_input: str, case_sensitive: bool = False) -> Matcher:
        """Return what finds a query in texts, in bounded time."""
        return PaletteMatcher(super().matcher(user_input, case_sensitive))

    async def search(self, query: str) -> Hits:
        """Yield matches, as far as readable while another program holds the library."""
        with suppress(LibraryError):
            for hit in self.hits(query):
                yield hit

    def hits(self, query: str) -> Iterator[Hit]:
        """Yield what matches.

        Raises:
            LibraryError: the library could not be read.
        """
        raise NotImplementedError


def palette_providers(reader: Reader) -> list[type[Provider]]:
    """Return the palette's provider classes for a reader; Textual instantiates them.

    It makes one of each for a screen.
    """
    kinds = (
        CommandProvider,
        SettingProvider,
        IdProvider,
        PaperProvider,
        DayProvider,
        CategoryProvider,
        TagProvider,
        DigestProvider,
        FilterProvider,
    )
    return [type(kind.__name__, (kind,), {"reader": reader}) for kind in kinds]


class CommandProvider(ReaderProvider):
    """Every command of the reader; those that cannot be done now say why."""

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        with suppress(LibraryError):
            for hit in self._commands():
                yield hit

    def _commands(self) -> Iterator[DiscoveryHit]:
        reader = self.reader
        situation = reader.command_context()
        for command in reader.keymap.commands:
            if command.id != "palette" and not command.when(situation):
                keys = ", ".join(key_label(keys) for keys in reader.keymap.keys_of(command))
                yield DiscoveryHit(
                    Content.assemble(command.title, (f"  {keys}", "dim")),
                    partial(reader.request_command, command.id),
                    text=command.title,
                    help=command.help,
                )

    def hits(self, query: str) -> Iterator[Hit]:
        """The commands whose title or help matches."""
        reader = self.reader
        matcher = self.matcher(query)
        situation = reader.command_context()
        for command in reader.keymap.commands:
            known_by = f"{command.help} {command.words}"
            in_help = matcher.match(known_by) * 0.6 if _has_words(query, known_by) else 0.0
            same = query.casefold() == command.title.casefold()
            in_title = _FIRST if same else matcher.match(command.title)
            if (score := max(in_title, in_help, _score_by_name(query, command.words))) <= 0:
                continue
            reason = command.when(situation)
            yield Hit(
                score,
                _highlight(matcher, command.title),
                partial(reader.request_command, command.id),
                text=command.title,
                help=_as_markup(f"Not now: {reason.words}." if reason else command.help),
            )


class SettingProvider(ReaderProvider):
    """The settings with their values: a theme, the rows of the list."""

    def hits(self, query: str) -> Iterator[Hit]:
        """The values, and the settings, whose words match."""
        reader = self.reader
        matcher = self.matcher(query)
        for choice in setting_choices(reader):
            if not _has_words(query, f"{choice.title} {choice.words}"):
                continue
            score = 0.8 * max(matcher.match(choice.title), float(_has_words(query, choice.title)), 0.1)
            if choice.value is None or choice.name == "reader.theme":
                score += _score_by_name(query, choice.words)
            yield Hit(
                score,
                _highlight(matcher, choice.title),
                partial(reader.run_guarded, partial(choose_setting, reader, choice)),
                text=choice.title,
                help=f"{choice.name}: a setting." if choice.value is None else f"Set {choice.name} to this.",
            )


class DayProvider(ReaderProvider):
    """The days of the calendar."""

    def hits(self, query: str) -> Iterator[Hit]:
        """The days whose name matches."""
        reader = self.reader
        matcher = self.matcher(query)
        calendar = mailing_calendar(reader)
        for day in calendar.to_go_to():
            words = calendar.words(day)
            if (score := matcher.match(words)) > 0:
                yield Hit(
                    score * 0.8,
                    _highlight(matcher, words),
                    partial(reader.run_guarded, partial(go_to_day, reader, day)),
                    text=words,
                    help="Go to this day.",
                )


class FilterProvider(ReaderProvider):
    """The saved filters, by name and query."""

    def hits(self, query: str) -> Iterator[Hit]:
        """The filters whose name or query matches."""
        reader = self.reader
        matcher = self.matcher(query)
        for called, saved in reader.services.library.filters.all().items():
            words = f"Filter: {called}   {saved}"
            if (score := matcher.match(words)) > 0:
                yield Hit(
                    score * 0.9,
                    _highlight(matcher, words),
                    partial(reader.run_guarded, partial(apply_filter, reader, saved)),
                    text=words,
                    help="Show only what this filter finds.",
                )


class DigestProvider(ReaderProvider):
    """The digests, by name and categories."""

    async def search(self, query: str) -> Hits:
        """The digests whose name or categories match."""
        reader = self.reader
        matcher = self.matcher(query)
        for digest in reader.services.days.choices():
            words = f"Digest: {digest_words(digest)}"
            if (score := matcher.match(words)) > 0 and _has_words(query, words):
                yield Hit(
                    score * 0.9,
                    _highlight(matcher, words),
                    partial(reader.run_guarded, partial(choose_digest, reader, digest.name)),
                    text=words,
                    help="Show the days of this digest.",
                )


class TagProvider(ReaderProvider):
    """The tags, by name."""

    async def search(self, query: str) -> Hits:
        """The tags whose name matches."""
        reader = self.reader
        matcher = self.matcher(query)
        for tag, count in reader.services.library.tags.counts().items():
            words = tag_words(tag, count)
            if _has_words(query.lstrip("#"), tag):
                yield Hit(
                    max(matcher.match(words), 0.1) * 0.9,
                    _highlight(matcher, words),
                    partial(reader.run_guarded, partial(show_tagged, reader, tag)),
                    text=words,
                    help="Show the papers of this tag, of all days.",
                )


class CategoryProvider(ReaderProvider):
    """The categories of the papers at hand, by their names in short and in words."""

    def hits(self, query: str) -> Iterator[Hit]:
        """The categories whose name matches."""
        reader = self.reader
        matcher = self.matcher(query)
        for category, count in reader.listing.category_counts().items():
            words = f"{category}   {reader.services.category_names.get(category, '')}"
            if _has_words(query, words):
                named = category.casefold().startswith(query.casefold())
                yield Hit(
                    _FIRST if named else matcher.match(words),
                    _highlight(matcher, words),
                    partial(reader.run_guarded, partial(apply_filter, reader, f"cat:{category}")),
                    text=words,
                    help=f"Show only papers in this category, {count} of {reader.listing.total}.",
                )


class IdProvider(ReaderProvider):
    """Any paper, by its id or a link to it."""

    async def search(self, query: str) -> Hits:
        """The paper whose id is typed or pasted, whether it is stored or not."""
        wanted = parse_id(query)
        if wanted is not None:
            words = f"Open {wanted}"
            yield Hit(
                _FIRST,
                plain(words),
                partial(self.reader.run_guarded, partial(open_by_id, self.reader, wanted)),
                text=words,
                help="The paper of this id; it is fetched if it is not stored.",
            )


class PaperProvider(ReaderProvider):
    """The papers in the list, by title and author."""

    def hits(self, query: str) -> Iterator[Hit]:
        """The papers whose title or authors match."""
        reader = self.reader
        matcher = self.matcher(query)
        glyphs = reader.state.settings.reader.glyphs
        for place, entry in enumerate(reader.listing.slice(0, min(reader.listing.count, SMALL_LIST))):
            title = tex_line(entry.paper.title, glyphs).plain
            authors = (name(author, glyphs) for author in entry.paper.authors[:_AUTHORS_SEARCHED])
            words = f"{title}   {', '.join(authors)}"
            if _has_words(query, words):
                yield Hit(
                    matcher.match(words) * 0.9,
                    _highlight(matcher, words),
                    partial(reader.papers.move_to, place),
                    text=title,
                )
