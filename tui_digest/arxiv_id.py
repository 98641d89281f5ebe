"""arXiv's identifiers in the forms in which they are written and copied.

The command line asks for them before anything else is imported, so this module needs nothing but `re`.
"""

from __future__ import annotations

import re

_VERSION = r"(?:[vV](?P<version>[1-9]\d{0,2}))?"
_NEW_ID = rf"(?a)(?P<number>\d{{4}}\.\d{{4,5}}){_VERSION}"
_OLD_ID = rf"(?a)(?P<archive>[a-zA-Z][a-zA-Z-]{{1,15}})(?:\.[a-zA-Z-]{{2,10}})?(?P<number>/\d{{7}}){_VERSION}"
_PAGES = (
    r"(?:[\w-]+\.)?arxiv\.org/(?:[\w-]+/)+",
    r"xxx\.lanl\.gov/abs/",
    r"(?:www\.)?(?:alphaxiv\.org/(?:[\w-]+/)+|ar5iv\.(?:labs\.arxiv\.)?org/(?:html|abs)/)",
    r"(?:(?:www\.)?huggingface\.co|hf\.co)/papers/",
    r"(?:www\.)?(?:scirate\.com|papers\.cool|semanticscholar\.org|connectedpapers\.com)/arxiv/",
    r"inspirehep\.net/(?:api/)?arxiv/",
)
_PREFIXES = (
    rf"(?i)(?:(?:https?:)?//)?(?:(?:{'|'.join(_PAGES)})"
    r"|(?:(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.|oai:arxiv\.org:|arxiv(?:\.org)?(?::\s*|\s+)"
    r"|/?(?:abs|pdf|html)/)"
)
_SUFFIXES = r"(?:\.pdf|\.md)?/?(?:[?#]\S*)?(?:\s*\[[\w.-]+\])?"
"""What may follow an id: `.pdf`, a slash, the query and fragment of an address, the primary category."""

_INVISIBLE = "[\u200b-\u200f\u2060\ufeff]"
_AROUND = " \t\r\n\xa0<>()[]{}\"'`“”‘’«»,;:.!"
"""What a sentence, a mail or Markdown puts around an id."""

_NAMED = (
    r"(?ai)(?<![\w.-])(?:(?:[\w-]+\.)?arxiv\.org/\S*?[/=:]|arxiv(?:\.org)?(?::\s*|\s+)|eprint\s*=\s*[{\"]"
    r"|\A\W*?\[)"
    r"(\d{4}\.\d{4,5}(?:v[1-9]\d{0,2})?|[a-z][a-z-]{1,15}(?:\.[a-z-]{2,10})?/\d{7}(?:v[1-9]\d{0,2})?)"
    r"(?!\w|\.\d)"
)
"""An id in a longer text: after arXiv's name or address, or in brackets at its start, as in pages' titles."""

_BIBCODE = r"(?a)\b\d{4}arXiv(\d{4})(\d{5})[A-Z]\b"
"""The Astrophysics Data System's name of a paper: `2026arXiv261110001E`."""

_LONGEST_ADDRESS = 2_000


def parse_arxiv_id(text: str) -> tuple[str, int | None]:
    """Parse an identifier; return its number, with an old one's archive, and version.

    It may be bare or as `arXiv:2611.10001v1 [cs.LG]`, the address of its page, PDF or HTML at arXiv or
    at a site that shows arXiv's papers by their ids, or its DOI; also with quotes, brackets or a period
    around it, and in a reference or the title of arXiv's page if that names one paper. An old id's subject
    class is left out (`math.GT/0309136` is `math/0309136`), as arXiv does.

    Raises:
        ValueError: the text is not an arXiv identifier; the message names it.
    """
    match = None
    if len(text) <= _LONGEST_ADDRESS and any(map(str.isdigit, text)):  # a word needs no pattern
        match = _match_id(text.strip()) or _match_id(_id_within(text))
    if match is None:
        raise ValueError(f"{text[:80]!r} is not an arXiv id; ids look like 2512.21208 or hep-th/9901001")
    version = match["version"]
    archive = match.groupdict().get("archive") or ""
    return archive.lower() + match["number"], int(version) if version else None


def _match_id(text: str) -> re.Match[str] | None:
    """Match an id, its address or DOI; None if the text is anything else."""
    bare = re.sub(_PREFIXES, "", text, count=1)
    match = re.fullmatch(_NEW_ID + _SUFFIXES, bare) or re.fullmatch(_OLD_ID + _SUFFIXES, bare)
    return match if match is not None and _plausible_month(match["number"]) else None


def _id_within(text: str) -> str:
    """Return the id that a pasted text holds, without what is around it, or "".

    A longer text must call it arXiv's, and name no other.
    """
    text = re.sub(_INVISIBLE, "", text).replace("%20", " ")
    bare = text.strip(_AROUND)
    if _match_id(bare) is not None:
        return bare
    named = set(re.findall(_NAMED, text)) or {".".join(code) for code in re.findall(_BIBCODE, text)}
    return named.pop() if len(named) == 1 else ""


def _plausible_month(number: str) -> bool:
    digits = number.rpartition("/")[2]
    return 1 <= int(digits[2:4]) <= 12
