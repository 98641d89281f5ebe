"""Which of the followed and muted authors, words and categories a paper has. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.paper import Paper
from tui_digest.render.author_names import read_authors
from tui_digest.text.words import Fold, folded_words


class Interests:
    """Finder of interests in papers; what was found for a paper is cached."""

    def __init__(self, interests: Sequence[Interest], fold: Fold) -> None:
        """Prepare for what is followed and muted, with the folding that equates spellings."""
        self._fold = fold
        self._sought = [(interest, interest_words(interest, fold)) for interest in interests]
        self._with_words = any(interest.kind is InterestKind.WORD for interest in interests)
        self._found: dict[str, tuple[Paper, tuple[Interest, ...]]] = {}

    def followed(self, paper: Paper) -> tuple[Interest, ...]:
        """The followed authors and words that a paper has."""
        return tuple(interest for interest in self._of(paper) if interest.stance is Stance.FOLLOW)

    def muted(self, paper: Paper) -> tuple[Interest, ...]:
        """The muted authors, words and categories that a paper has."""
        if not self._sought:
            return ()
        return tuple(interest for interest in self._of(paper) if interest.stance is Stance.MUTE)

    def _of(self, paper: Paper) -> tuple[Interest, ...]:
        if not self._sought:
            return ()
        kept = self._found.get(paper.id)
        if kept is None or kept[0] != paper:  # of another version, or not yet completed
            kept = self._found[paper.id] = (paper, self._look(paper))
        return kept[1]

    def _look(self, paper: Paper) -> tuple[Interest, ...]:
        authors = author_words(paper.authors, self._fold)
        text = ""
        if self._with_words:
            title, abstract = folded_words(paper.title, self._fold), folded_words(paper.abstract, self._fold)
            text = f" {' '.join(title)} | {' '.join(abstract)} "

        def has(interest: Interest, found: list[str]) -> bool:
            match interest.kind:
                case InterestKind.AUTHOR:
                    return any(is_author(found, author) for author in authors)
                case InterestKind.WORD:
                    return has_phrase(text, found)
                case InterestKind.CATEGORY:
                    return any(
                        known == interest.text or known.startswith(f"{interest.text}.")
                        for known in paper.categories
                    )

        return tuple(interest for interest, found in self._sought if has(interest, found))


def interest_words(interest: Interest, fold: Fold) -> list[str]:
    """Return an interest's folded words; an author's family name comes last.

    It does so also when the interest is written "Doe, Jane".
    """
    text = interest.text
    if interest.kind is InterestKind.AUTHOR and "," in text:
        family, _, given = text.partition(",")
        text = f"{given} {family}"
    return folded_words(text, fold)


def author_words(authors: Sequence[str], fold: Fold) -> list[list[str]]:
    """Return the folded words of each author's name, also without its suffix."""
    names = read_authors(tuple(authors)).names
    full = [name.full for name in names]
    full += [name.full.removesuffix(name.suffix) for name in names if name.suffix]
    return [folded_words(text, fold) for text in full]


def is_author(name: Sequence[str], author: Sequence[str]) -> bool:
    """Tell whether a followed name is an author's, by family and given names.

    A name may leave given names out or shorten them to initials: "Doe" and "J. Doe" are Jane Doe.
    """
    if not name or not author or name[-1] != author[-1]:
        return False
    rest = iter(author[:-1])
    return all(any(_agree(given, other) for other in rest) for given in name[:-1])


def has_phrase(text: str, phrase: Sequence[str]) -> bool:
    """Tell whether folded words are adjacent in a folded text with words in spaces.

    A plural in s of the last one counts.
    """
    joined = " ".join(phrase)
    return bool(joined) and (f" {joined} " in text or f" {joined}s " in text)


def _agree(given: str, other: str) -> bool:
    shorter, longer = sorted((given, other), key=len)
    return given == other or (len(shorter) == 1 and longer.startswith(shorter))
