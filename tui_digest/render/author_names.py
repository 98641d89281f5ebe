"""Author names in parts (family, given, particle, suffix) for rows, pages, keys.

arXiv's author lists hold more than names: collaborations, affiliations in parentheses that commas have cut
apart, `:` between a collaboration and its members, `et al.`, `(for the X Collaboration)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from tui_digest.latex import to_unicode
from tui_digest.text.sanitise import one_line


class AuthorName(msgspec.Struct, frozen=True, array_like=True):
    """A person's name in its parts, or a group's name in `family` and `whole`."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    whole: bool = False

    @property
    def full(self) -> str:
        """The name as it is spoken: `Given particle Family Suffix`."""
        return " ".join(part for part in (self.given, self.particle, self.family, self.suffix) if part)

    @property
    def short(self) -> str:
        """The family name with its particle; a group without its article."""
        if self.whole:
            return self.family.removeprefix("The ").removeprefix("the ")
        return f"{self.particle} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """The name as `particle Family, Given, Suffix`, as RIS wants it."""
        return ", ".join(part for part in (self.short_or_whole, self.given, self.suffix) if part)

    @property
    def short_or_whole(self) -> str:
        """The family name with its particle; a group in full."""
        return self.family if self.whole else self.short


class AuthorList(msgspec.Struct, frozen=True, array_like=True):
    """The authors of a paper; `others` says that the list ends with `et al.`."""

    names: tuple[AuthorName, ...]
    others: bool = False


# Patterns are compiled when they are used: a start needs few of them.
_GROUP_NAMES = """
collaboration collaborations consortium team group network observatory initiative committee project survey
alliance institute institution laboratory laboratories university foundation society association community
collective council academy agency center centre division department lab labs inc llc ltd gmbh corporation
company technologies research institut instituto istituto universität université università universidad
deepmind openai nvidia
"""
_GROUP_WORDS = frozenset(_GROUP_NAMES.split())
_SUFFIX = r"(?i)[JS]r\.?|I{2,3}|IV|VI{0,3}|2nd|3rd"
_DEGREE = r"(?i)Ph\.?\s?D\.?|M\.?\s?D\.?|M\.?Sc\.?|B\.?Sc\.?|Dr\.?|Prof\.?|Esq\.?"
_PARTICLE_WORDS = """
von van vom van't der den de del della dello dei degli des di da dal dalla das dos do du la le les lo ter ten
te zu zum zur am auf af av al el bin ibn ben 't 's d' st. in op y e
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
# Between the two family names of a Spaniard, Portuguese, Catalan or Italian: José Ramón y Cajal.
_JOINING = frozenset(("y", "e", "i", "o"))
# Words behind a Portuguese family name that tell a son from his father, and are part of it.
_DESCENDANTS = frozenset(["Filho", "Neto", "Netto", "Júnior", "Junior", "Sobrinho"])
# Written with a capital they belong to the family name: Lieven De Lathauwer, Jérôme Le Rousseau.
_CAPITAL_WORDS = (
    "De Del Della Di Da Dal Dos Du Den Der Von Van Vander Vanden Ten Ter El Al Ben Ibn Abu St. Le La Les Lo "
    "Mac Mc Ó Ní Dello Delle Degli Dalla Zu"
)
_CAPITAL = frozenset(_CAPITAL_WORDS.split())
# Beside these a capital Van, Le or Du is a middle name.
_VIETNAMESE_WORDS = """
Nguyen Nguyễn Tran Trần Le Lê Pham Phạm Hoang Hoàng Phan Vu Vũ Vo Võ Dang Đặng Bui Bùi Ngo Ngô Huynh Huỳnh
Truong Trương Dinh Đinh Duong Dương Thi Thị Văn Duc Đức Minh Quang Thanh
"""
_VIETNAMESE = frozenset(_VIETNAMESE_WORDS.split())
# Behind one of these syllables' names a capital Da, Di, Du, Lo or La is a given name.
_CHINESE_WORDS = """
Li Wang Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Tang Han
Cao Deng Feng Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Shen Yao Lo Chan
Wong Cheung Lau Ng Leung Ho Chang Hsu Tsai Kim Lee Park Choi Jung Kang Cho Yoon Lim Shi Song Bai Hao Kong Qin
"""
_CHINESE = frozenset(_CHINESE_WORDS.split())

_ODD = r"(?i)[():;,\[\]{}\\$]|\d|\bet\.? ?al\b|\band\b|\bfor the\b|\bbehalf\b|^\W*$"
_OTHERS = r"(?i)(?:and\s+)?(?:et\.?\s*al(?:ii|\.)?|others)\.?"
_ET_AL = r"(?i)\s*,?\s*\bet\.?\s*al(?:ii)?\b\.?\s*\Z"
_ON_BEHALF = r"(?i)\(?\s*(?:for|on\s+behalf\s+of|representing)\s+(?P<group>(?:the\s+)?[^()]*)\)?\s*\Z"
_INNERMOST = r"\(([^()]*)\)"
_NICKNAME = r"[^\W\d_]{2,}\.?\Z"
_NO_AUTHOR = (
    r"(?i)\d+\s*(?:pages?|figures?|tables?|pp)\b.*|(?:plain\s*|la|ams|rev)*tex"
    r"|available\s+(?:up)?on\s+request|[\W\d_]*"
)
_TITLE = r"\A(?i:(?:Dr|Prof|Mr|Mrs|Ms)\.\s*)+(?=\S+\s)"
_IDEOGRAPHS = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\s]+"
_APPENDIX_BY = r"(?i)(?:(?:with|and)\s+)?(?:\w+\s+)?appendi(?:x|ces)\s+by\s+"
# Accents as old records have them, without a backslash: J"urg, Trov`o.
_UMLAUT = r"(?<=[^\W\d_])\"(?=[aeiouAEIOU])([aeiouAEIOU])"
_GRAVE = r"(?<=[^\W\d_])`([aeiou])"
# arXiv sets the hyphen of A.-L. apart.
_HYPHEN = r"(?<=[\w.])\s+(?:--?|–)\s*(?=[^\W\d_])(?![A-Z]{2})"
_INITIAL = r"[^\W\d_]\.?(?:-?[^\W\d_]\.)*"
_GLUED_INITIALS = r"((?:[^\W\d_]{1,4}\.-?)+)([^\W\d_][^\W\d_]+(?:['’-][^\W\d_]+)*)"


_known: Final[dict[tuple[str, ...], AuthorList]] = {}


def know_authors(lists: Iterable[tuple[tuple[str, ...], AuthorList]]) -> None:
    """Take these authors as they were read before, without the patterns of names."""
    _known.update(lists)


@lru_cache(maxsize=256)
def read_authors(authors: tuple[str, ...]) -> AuthorList:
    """Read the authors of a paper, in TeX as arXiv names them.

    Affiliations, marks of notes and what names nobody are left out; a group that an author speaks for
    follows the author.
    """
    if (known := _known.get(authors)) is not None:
        return known
    others = False
    names: list[AuthorName] = []
    for text in _apart(list(map(_plain, authors))):
        if re.fullmatch(_OTHERS, text):
            others = True
        elif name := split_name(text):
            names.append(name)
    return AuthorList(tuple(names), others)


def author_line(authors: Sequence[str], shown: int | None = None) -> str:
    """Return the full names of all or the first few authors, and how many more."""
    read = read_authors(tuple(authors))
    names = read.names
    listed = ", ".join(name.full for name in names[:shown])
    hidden = len(names) - shown if shown is not None else 0
    if hidden > 0:
        return f"{listed} and {hidden} more"
    return f"{listed} et al." if read.others and listed else listed


def _plain(author: str) -> str:
    """An author in Unicode, on one line."""
    return one_line(to_unicode(one_line(author)))


def _apart(authors: list[str]) -> Iterator[str]:
    """Yield the authors singly, without affiliations, groups they write for last."""
    if not any(re.search(_ODD, author) for author in authors):
        yield from authors
        return
    if any(author.count("(") != author.count(")") for author in authors):
        # Commas inside affiliations have cut the list apart.
        authors = [", ".join(authors)]
    for author in authors:
        for part in _parts(_without_affiliations(author)):
            yield from _with_group(part)


def _without_affiliations(text: str) -> str:
    """Drop what is in parentheses, but for groups that are spoken for and given names."""
    kept: list[str] = []

    def drop(match: re.Match[str]) -> str:
        content = match[1].strip()
        within = match.string[match.end() :].lstrip()[:1].isalpha() and re.match(_NICKNAME, content)
        if re.fullmatch(_ON_BEHALF, content) or within:
            kept.append(content)
            return f"\0{len(kept) - 1}\0"  # no sign of any sanitised text
        return ", "  # an author may follow whose comma is missing

    while (shorter := re.sub(_INNERMOST, drop, text)) != text:
        text = shorter
    text = text.partition("(")[0] if "(" in text else text.replace(")", " ")
    text = re.sub("\0([0-9]+)\0", lambda place: f"({kept[int(place[1])]})", text)
    return " ".join(text.split())


def _parts(text: str) -> Iterator[str]:
    """Yield the authors in one entry: separated by commas, semicolons or `and`."""
    pieces = [piece.strip() for piece in re.split(r"[;,]|(?<=\w)\s*:\s*|^\s*:\s*", text)]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) == 2 and _is_inverted(*pieces):
        yield ", ".join(pieces)
        return
    joined: list[str] = []
    for piece in pieces:
        if joined and (re.fullmatch(_SUFFIX, piece) or re.fullmatch(_DEGREE, piece)):
            joined[-1] += f", {piece}" if re.fullmatch(_SUFFIX, piece) else ""
        else:
            joined.append(piece)
    for piece in joined:
        first, _, second = piece.partition(" and ")
        if len(first.split()) > 1 and len(second.split()) > 1 and not _names_group(piece):
            yield from (first, second)
        else:
            yield piece.removeprefix("and ")


def _names_group(text: str) -> bool:
    """Tell whether a text has a word that is in the names of groups."""
    words = re.findall(r"\w+", text)
    return "AI" in words or not _GROUP_WORDS.isdisjoint(word.lower() for word in words)


def _is_inverted(before: str, behind: str) -> bool:
    """Tell whether two parts are a family name and a given name: `de Sample, Bo`."""
    if any(
        _names_group(part) or re.search(_ET_AL, part) or re.search(_ON_BEHALF, part)
        for part in (before, behind)
    ):
        return False
    family = before.split()
    one_family = len(family) == 1 or family[0] in _PARTICLES or family[0] in _CAPITAL
    return one_family and not any(
        re.fullmatch(pattern, behind) for pattern in (_SUFFIX, _DEGREE, _OTHERS, _NO_AUTHOR)
    )


def _with_group(author: str) -> Iterator[str]:
    """Yield an author, the group that the author speaks for, and a trailing `et al.`."""
    alone = re.sub(_ET_AL, "", author)
    if alone and alone != author:
        yield from (*_with_group(alone), "et al.")
        return
    spoken_for = re.search(_ON_BEHALF, author)
    if spoken_for is None or not _names_group(spoken_for["group"]):
        yield author
        return
    yield from filter(None, (author[: spoken_for.start()].strip(), spoken_for["group"].strip()))


def _tidy(text: str) -> str:
    """Return a name without marks of notes, its accents and hyphens as they are meant."""
    name = text.strip(" ,;:*†‡§¶").lstrip(". ")
    if '"' in name or "`" in name:
        name = re.sub(_UMLAUT, "\\1\N{COMBINING DIAERESIS}", name)
        name = re.sub(_GRAVE, "\\1\N{COMBINING GRAVE ACCENT}", name).replace("`", "'")
        name = unicodedata.normalize("NFC", name)
    name = re.sub(_APPENDIX_BY, "", re.sub(_HYPHEN, "-", name), count=1)
    return re.sub(_TITLE, "", name, count=1)


@lru_cache(maxsize=2048)
def split_name(text: str) -> AuthorName | None:
    """Return a name's parts in Unicode, `Given particle Family Suffix`, or None.

    None means that nobody is named.

    A group stays whole; a single word is a family name. A lower-case particle begins the family name;
    what is before it is given.
    """
    name = _tidy(text)
    if re.fullmatch(_NO_AUTHOR, name):
        return None
    if _names_group(name):
        return AuthorName(name, whole=True)
    if not name.isascii() and re.fullmatch(_IDEOGRAPHS, name):
        return AuthorName(name)  # the family name is first, and not always the first word
    before, comma, after = name.partition(",")
    suffix = ""
    if comma and re.fullmatch(_SUFFIX, after.strip()):
        name, suffix = before, after.strip()
    elif comma and before.strip() and after.strip():
        return _inverted(before.strip(), after.strip())
    words = name.replace(",", " ").split()
    if len(words) > 2 and re.fullmatch(_DEGREE, words[-1]):
        words.pop()
    if len(words) > 2 and not suffix and re.fullmatch(_SUFFIX, words[-1]) and len(words[-1]) > 1:
        suffix = words.pop()
    return _from_words(words, suffix)


def _inverted(family: str, rest: str) -> AuthorName:
    """A name that came with its family name first."""
    given, _, suffix = (part.strip() for part in rest.partition(","))
    words = family.split()
    particles = _leading_particles(words)
    return AuthorName(" ".join(words[particles:]), given, " ".join(words[:particles]), suffix)


def _from_words(words: list[str], suffix: str) -> AuthorName:
    words = [part for word in words for part in _apart_from_initials(word)]
    if len(words) < 2:
        return AuthorName(" ".join(words), suffix=suffix)
    words[-1] = re.sub(r"(?<=[^\W\d_]{4})\.\Z", "", words[-1])
    start = _family_start(words)
    family = words[start:]
    particles = _leading_particles(family)
    given = " ".join(words[:start])
    return AuthorName(" ".join(family[particles:]), given, " ".join(family[:particles]), suffix)


def _apart_from_initials(word: str) -> Sequence[str]:
    """Return a word of a name, or two where initials are glued to it: `J.C.Meyer`."""
    glued = re.fullmatch(_GLUED_INITIALS, word) if "." in word[:-1] else None
    return glued.groups() if glued else (word,)


def _family_start(words: list[str]) -> int:
    """Return where the family name begins.

    That is at the first particle after the first word, else at the last word, with what belongs to it.
    """
    capitals_are_particles = words[-1] not in _CHINESE and not _holds_any(words, _VIETNAMESE)
    van_is_given = words[0] in _VIETNAMESE  # Phan van Tin
    for index, word in enumerate(words[1:-1], start=1):
        if word in _JOINING:
            return max(index - 1, 1)
        if word.rpartition("-")[2] in _PARTICLES and not (van_is_given and word == "van"):
            return index
        if word in _CAPITAL and capitals_are_particles and not re.fullmatch(_INITIAL, words[index + 1]):
            return index
    return _last_family_word(words)


def _last_family_word(words: list[str]) -> int:
    """Return where a family name without particle begins.

    That is at the last word that is no initial. Initials behind it are of a second family name or of
    a father (Fernández C., Arun K. R.); E and O are family names themselves.
    """
    last = len(words) - 1
    while last and words[last] not in ("E", "O") and re.fullmatch(_INITIAL, words[last]):
        last -= 1
    if re.fullmatch(_INITIAL, words[last]):
        return len(words) - 1
    if words[last] in _DESCENDANTS and last > 1 and not re.fullmatch(_INITIAL, words[last - 1]):
        return last - 1
    return last


def _holds_any(words: Iterable[str], wanted: frozenset[str]) -> bool:
    return any(word in wanted and word not in _CAPITAL for word in words)


def _leading_particles(words: list[str]) -> int:
    count = 0
    while count < len(words) - 1 and words[count] in _PARTICLES:
        count += 1
    return count
