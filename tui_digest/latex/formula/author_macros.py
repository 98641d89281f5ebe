r"""Meanings of authors' own macros by their names.

`\cX` is calligraphic X, `\bbR` blackboard R.

Authors define such macros in their papers; an abstract arrives without the definitions.
"""

from __future__ import annotations

import re

from tui_digest.latex.nodes import Accent, Alphabet, Kind, Name, Row, Scripts, Symbol
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
    "ma": Alphabet.CALLIGRAPHIC,
    "scr": Alphabet.CALLIGRAPHIC,
    "c": Alphabet.CALLIGRAPHIC,
    "frak": Alphabet.FRAKTUR,
    "mf": Alphabet.FRAKTUR,
    "f": Alphabet.FRAKTUR,
    "bf": Alphabet.BOLD,
    "bs": Alphabet.BOLD,
    "bm": Alphabet.BOLD,
    "b": Alphabet.BLACKBOARD,
    "I": Alphabet.BLACKBOARD,
    "B": Alphabet.BLACKBOARD,
}
# Greek letters by the first two or three letters of their names, units, the Sun's mass.
_GREEK_SHORT = """
al alpha alp alpha be beta bet beta ga gamma gam gamma Ga Gamma Gam Gamma de delta del delta De Delta Del
Delta ze zeta ka kappa kap kappa la lambda lam lambda La Lambda Lam Lambda si sigma sig sigma Si Sigma Sig
Sigma om omega ome omega Om Omega Ome Omega vph varphi vphi varphi vep varepsilon veps varepsilon vrho
varrho vth vartheta vsi varsigma
"""
_UNITS = {
    "mum": "μm",
    "mus": "μs",
    "gev": "GeV",
    "mev": "MeV",
    "tev": "TeV",
    "kev": "keV",
    "kms": "km/s",
    "kmps": "km/s",
}
_SOLAR = {name: name[0].upper() for name in ("Msun", "msun", "Msol", "Mo", "Lsun", "lsun", "Rsun", "rsun")}
_INVERSE_BARNS = r"(?:inv([afp]b)|i([afp]b)|([afp]b)(?:inv|i))"
_RELATIONS = {
    "onto": "↠",
    "into": "↪",
    "rarrow": "→",
    "rta": "→",
    "longto": "→",
    "isom": "≅",
    "isomorph": "≅",
    "ltwid": "≲",
    "gtwid": "≳",
    "goto": "→",
    "arrow": "→",
    "les": "≲",
    "ltorder": "≲",
    "gtorder": "≳",
    "simless": "≲",
    "simgreat": "≳",
    "lessim": "≲",
    "lapp": "≲",
    "gapp": "≳",
    "leqs": "≤",
    "geqs": "≥",
    "mincir": "≲",
    "magcir": "≳",
    "getsrandomly": "←ᴿ",
    "getsr": "←ᴿ",
    "rgets": "←ᴿ",
}
SHORT_GREEK = dict(zip(_GREEK_SHORT.split()[::2], _GREEK_SHORT.split()[1::2], strict=True))
"""Greek letters by the beginnings of their names."""

_PREFIXED = (
    r"(bb|mbb|ds|[cC]al|mcl?|ma|scr|c|frak|mf|f|bf|bs|bm|b|I(?=[CDEFHKNPQRZ]\Z)|B(?=[CFNPQZ]\Z))([A-Z])"
    r"|(bf|bs|bm|v|vec|b)([a-z])|bb([a-z])"
)
# Letters that are bold by this name, where `\be` is a beta and `\ba` an ideal.
_VECTORS = frozenset("uvwxyz")
_SUFFIXED = r"([A-Za-z])(bb|cal|scr|frak|bf)|([A-Z])c"
_TRIPLED = r"([CNQRZ])\1\1"
_ACCENTED = r"([A-Z]|[A-Za-z]{2,})(bar|hat|tilde)"
_GLUED = r"([A-Za-z]*[a-z])([A-Z]{1,4})"
_SHORTEST_SIGN = 4
_GREEK = r"(?:b|bf|bs|bm|v|vec)(?!v?p\Z|ep\Z)([a-z]+|[A-Z][a-z]+)"


def guess(name: str) -> Symbol | Accent | Name | Scripts | None:
    """Return what a private macro of this name stands for in nearly every paper.

    None where it could be anything.
    """
    if name in SHORT_GREEK:
        letter = COMMANDS[SHORT_GREEK[name]]
        return letter if isinstance(letter, Symbol) else None
    if name in _RELATIONS:
        return Symbol(_RELATIONS[name], Kind.RELATION)
    if name == "bigO" or name == "BigO":
        return Symbol("O", alphabet=Alphabet.CALLIGRAPHIC)
    if name in _UNITS:
        return Name(_UNITS[name])
    if name in _SOLAR:
        return Scripts(Symbol(_SOLAR[name]), Row((Symbol("⊙"),)))
    barn = re.fullmatch(_INVERSE_BARNS, name)
    if barn is not None:
        unit = Name(barn[1] or barn[2] or barn[3])
        return Scripts(unit, superscript=Row((Symbol("−", Kind.BINARY), Symbol("1"))))
    if name.startswith("text") and name[4:] in COMMANDS:
        # The upright Greek letters of the textgreek package.
        greek = COMMANDS[name[4:]]
        return greek if isinstance(greek, Symbol) and greek.text.isalpha() else None
    return _letter(name)


def split_glued(name: str) -> tuple[Symbol, str] | None:
    r"""Return the sign of `\alphaH`, whose space was lost, and the capitals behind it."""
    glued = re.fullmatch(_GLUED, name)
    known = COMMANDS.get(glued[1]) if glued else None
    if glued is None or not isinstance(known, Symbol) or known.text.isascii():
        return None
    is_letter = _is_letter(known.text)
    return (known, glued[2]) if is_letter or len(glued[1]) >= _SHORTEST_SIGN > len(glued[2]) + 2 else None


def _is_letter(text: str) -> bool:
    """Tell whether a text is one Latin or Greek letter."""
    return len(text) == 1 and ((text.isascii() and text.isalpha()) or "Α" <= text <= "ϵ")


def _letter(name: str) -> Symbol | Accent | None:
    """A letter in an alphabet, or with an accent, by a macro's name.

    For example `bbR`, `cX`, `IR`, `Kbar`.
    """
    tripled = re.fullmatch(_TRIPLED, name)
    if tripled is not None:
        return Symbol(tripled[1], alphabet=Alphabet.BLACKBOARD)
    accented = re.fullmatch(_ACCENTED, name)
    if accented is not None:
        letter = Symbol(accented[1]) if len(accented[1]) == 1 else COMMANDS.get(accented[1])
        if isinstance(letter, Symbol) and _is_letter(letter.text):
            return Accent(Row((letter,)), *ACCENTS[accented[2]])
    match = re.fullmatch(_PREFIXED, name)
    if match is not None:
        if match[5]:
            return Symbol(match[5].upper(), alphabet=Alphabet.BLACKBOARD)
        if match[2]:
            return Symbol(match[2], alphabet=_PREFIXES[match[1]])
        return Symbol(match[4], alphabet=Alphabet.BOLD) if match[3] != "b" or match[4] in _VECTORS else None
    suffixed = re.fullmatch(_SUFFIXED, name)
    if suffixed is not None:
        if suffixed[3]:
            return Symbol(suffixed[3], alphabet=Alphabet.CALLIGRAPHIC)
        return Symbol(suffixed[1].upper(), alphabet=_PREFIXES[suffixed[2]])
    greek = re.fullmatch(_GREEK, name)
    if greek is not None:
        letter = COMMANDS.get(greek[1])
        if isinstance(letter, Symbol) and _is_letter(letter.text) and not letter.text.isascii():
            return Symbol(letter.text, letter.kind, Alphabet.BOLD)
    return None
