r"""What authors' own macros evidently mean: `\cX` is calligraphic X, `\bbR` blackboard R.

Authors define such macros in their papers; an abstract arrives without the definitions.
"""

from __future__ import annotations

import re

from tui_digest.latex.nodes import Accent, Alphabet, Row, Symbol
from tui_digest.latex.symbols.alphabets import ACCENTS
from tui_digest.latex.symbols.table import COMMANDS

_PREFIXES = {
    "bb": Alphabet.BLACKBOARD,
    "mbb": Alphabet.BLACKBOARD,
    "ds": Alphabet.BLACKBOARD,
    "cal": Alphabet.CALLIGRAPHIC,
    "Cal": Alphabet.CALLIGRAPHIC,
    "mc": Alphabet.CALLIGRAPHIC,
    "mcl": Alphabet.CALLIGRAPHIC,
    "scr": Alphabet.CALLIGRAPHIC,
    "c": Alphabet.CALLIGRAPHIC,
    "frak": Alphabet.FRAKTUR,
    "mf": Alphabet.FRAKTUR,
    "f": Alphabet.FRAKTUR,
    "bf": Alphabet.BOLD,
    "bs": Alphabet.BOLD,
    "bm": Alphabet.BOLD,
    "b": Alphabet.BLACKBOARD,
}
_PREFIXED = r"(bb|mbb|ds|[cC]al|mcl?|scr|c|frak|mf|f|bf|bs|bm|b)([A-Z])|(bf|bs|bm|v|vec|b)([a-z])|bb([a-z])"
_SUFFIXED = r"([A-Za-z])(bb|cal|scr|frak|bf)|([A-Z])c"
_ACCENTED = r"([A-Z])(bar|hat|tilde)"
_GREEK = r"(?:b|bf|bs|bm|v|vec)([a-z]+|[A-Z][a-z]+)"


def guess(name: str) -> Symbol | Accent | None:
    """The letter that a private macro of this name stands for in nearly every paper, if there is one."""
    accented = re.fullmatch(_ACCENTED, name)
    if accented is not None:
        return Accent(Row((Symbol(accented[1]),)), *ACCENTS[accented[2]])
    match = re.fullmatch(_PREFIXED, name)
    if match is not None:
        if match[5]:
            return Symbol(match[5].upper(), alphabet=Alphabet.BLACKBOARD)
        if match[2]:
            return Symbol(match[2], alphabet=_PREFIXES[match[1]])
        return Symbol(match[4], alphabet=Alphabet.BOLD) if match[3] != "b" else None
    suffixed = re.fullmatch(_SUFFIXED, name)
    if suffixed is not None:
        if suffixed[3]:
            return Symbol(suffixed[3], alphabet=Alphabet.CALLIGRAPHIC)
        return Symbol(suffixed[1].upper(), alphabet=_PREFIXES[suffixed[2]])
    greek = re.fullmatch(_GREEK, name)
    if greek is not None:
        letter = COMMANDS.get(greek[1])
        if isinstance(letter, Symbol) and len(letter.text) == 1 and "Α" <= letter.text <= "ϵ":
            return Symbol(letter.text, letter.kind, Alphabet.BOLD)
    return None
