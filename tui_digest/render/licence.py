"""The usual names of arXiv's licences (info.arxiv.org/help/license)."""

from __future__ import annotations

from tui_digest.text.sanitise import one_line

_CREATIVE_COMMONS = frozenset({"by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd"})


def may_be_published(text: str | None) -> bool:
    """Whether anyone may publish the whole text in any form, naming its authors.

    Args:
        text: what arXiv says of it, as for `licence_name`; of a paper without one nobody may.
    """
    name = licence_name(text or "")
    return name == "public domain" or name.startswith(("CC0 ", "CC BY ", "CC BY-SA "))


def licence_name(text: str) -> str:
    """Return the usual name of a licence, `CC BY-SA 4.0`; an unknown one unchanged.

    Args:
        text: what arXiv says of it: for the licences it offers, an address.
    """
    text = one_line(text)
    match text.removeprefix("https://").removeprefix("http://").removesuffix("/").split("/"):
        case ["creativecommons.org", "licenses", kind, version] if kind in _CREATIVE_COMMONS:
            return f"CC {kind.upper()} {version}"
        case ["creativecommons.org", "publicdomain", "zero", version]:
            return f"CC0 {version}"
        case ["creativecommons.org", "licenses", "publicdomain"]:
            return "public domain"
        case ["arxiv.org", "licenses", "nonexclusive-distrib", version]:
            return f"arXiv non-exclusive {version}"
        case ["arxiv.org", "licenses", "assumed-1991-2003"]:
            return "assumed by arXiv (1991 to 2003)"
    return text
