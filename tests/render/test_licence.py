"""Licences by the names people know."""

from __future__ import annotations

import pytest

from tui_digest.render.licence import licence_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0", "CC BY-NC-SA 4.0"),
        ("http://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND 4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("http://creativecommons.org/licenses/publicdomain/", "public domain"),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", "arXiv non-exclusive 1.0"),
        ("http://arxiv.org/licenses/assumed-1991-2003/", "assumed by arXiv (1991 to 2003)"),
        ("All rights\x1b[31m reserved", "All rights reserved"),
        (
            "http://creativecommons.org/licenses/by/4.0/evil",
            "http://creativecommons.org/licenses/by/4.0/evil",
        ),
    ],
)
def test_known_licences_have_their_names_and_others_stay(text: str, name: str) -> None:
    assert licence_name(text) == name
