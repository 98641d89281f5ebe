"""The licences under which arXiv has papers, by the names people know."""

from __future__ import annotations

import re

from tui_digest.sanitise import one_line

# As arXiv writes them (info.arxiv.org/help/license): addresses, some of which have long since moved.
_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/licenses/(?P<kind>by(?:-nc)?(?:-sa|-nd)?)/(?P<version>\d\.\d)/?"
)
_OTHERS = (
    (re.compile(r"https?://arxiv\.org/licenses/nonexclusive-distrib/(\d\.\d)/?"), r"arXiv non-exclusive \1"),
    (re.compile(r"https?://arxiv\.org/licenses/assumed-1991-2003/?"), "assumed by arXiv (1991 to 2003)"),
    (re.compile(r"https?://creativecommons\.org/publicdomain/zero/(\d\.\d)/?"), r"CC0 \1"),
    (re.compile(r"https?://creativecommons\.org/licenses/publicdomain/?"), "public domain"),
)


def licence_name(text: str) -> str:
    """A licence as people call it, e.g. `CC BY-SA 4.0`; one that is not known as arXiv has it."""
    text = one_line(text)
    if match := _CREATIVE_COMMONS.fullmatch(text):
        return f"CC {match['kind'].upper()} {match['version']}"
    for pattern, name in _OTHERS:
        if match := pattern.fullmatch(text):
            return match.expand(name)
    return text
