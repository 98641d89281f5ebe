"""The pieces of a text that was read.

What it says, how it is set, where it comes from. Annotations are evaluated as the classes are made: `typing`
would compile the text of each, and for the first Python makes its syntax trees, a millisecond.
"""

from enum import Flag, auto
from typing import NamedTuple


class Style(Flag):
    """How a piece of text is set. Styles combine; `PLAIN` is none of them."""

    PLAIN = 0
    FORMULA = auto()
    DISPLAY = auto()
    EMPHASIS = auto()
    STRONG = auto()
    CODE = auto()
    LINK = auto()
    UNDELIMITED = auto()


class Segment(NamedTuple):
    """A piece of text in one style.

    `tex` is a formula's source without its delimiters ("" for what is no formula); a formula in a
    display of its own has both `FORMULA` and `DISPLAY`, one that the author wrote in prose without
    delimiters `FORMULA` and `UNDELIMITED`. `url` is where a link leads.
    """

    text: str
    style: Style = Style.PLAIN
    tex: str = ""
    url: str = ""


class Macro(NamedTuple):
    """What a macro of prose comes to.

    Text, perhaps a link; or, for the group that follows, a style, what is printed at its end, and how
    many groups after it are left out.
    """

    text: str = ""
    url: str = ""
    opens: bool = False
    style: Style = Style.PLAIN
    closing: str = ""
    omitted: int = 0
