"""Mathematical alphabets, raised and lowered characters, combining marks."""

from __future__ import annotations

from tui_digest.latex.nodes import Alphabet

_GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"


def _letters(upper: int, lower: int, digits: int | None = None, elsewhere: str = "") -> dict[str, str]:
    """The alphabet that starts at these code points.

    `elsewhere` lists `letter+glyph` of its gaps.
    """
    table = {chr(ord("A") + i): chr(upper + i) for i in range(26)}
    table |= {chr(ord("a") + i): chr(lower + i) for i in range(26)}
    if digits is not None:
        table |= {str(i): chr(digits + i) for i in range(10)}
    return table | {pair[0]: pair[1] for pair in elsewhere.split()}


GLYPHS: dict[str, dict[str, str]] = {
    Alphabet.NORMAL: {},
    Alphabet.ROMAN: {},
    Alphabet.BOLD: _letters(0x1D400, 0x1D41A, 0x1D7CE)
    | {letter: chr(0x1D6A8 + i) for i, letter in enumerate(_GREEK)},
    Alphabet.BLACKBOARD: _letters(0x1D538, 0x1D552, 0x1D7D8, "Cℂ Hℍ Nℕ Pℙ Qℚ Rℝ Zℤ Γℾ Πℿ γℽ πℼ ∑⅀"),
    Alphabet.CALLIGRAPHIC: _letters(0x1D49C, 0x1D4B6, None, "Bℬ Eℰ Fℱ Hℋ Iℐ Lℒ Mℳ Rℛ eℯ gℊ oℴ"),
    Alphabet.FRAKTUR: _letters(0x1D504, 0x1D51E, None, "Cℭ Hℌ Iℑ Rℜ Zℨ"),
}

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)

# The Sun's sign needs no lowering: `M⊙`.
SUBSCRIPTS |= {"⊙": "⊙", "☉": "☉"}

# Accents of formulas, by macro: the combining character, and whether it spans its whole base.
ACCENTS: dict[str, tuple[str, bool]] = {
    "hat": ("\u0302", False),
    "widehat": ("\u0302", True),
    "bar": ("\u0304", False),
    "overline": ("\u0305", True),
    "tilde": ("\u0303", False),
    "widetilde": ("\u0303", True),
    "vec": ("\u20d7", False),
    "overrightarrow": ("\u20d7", True),
    "overleftarrow": ("\u20d6", True),
    "overleftrightarrow": ("\u20e1", True),
    "dot": ("\u0307", False),
    "ddot": ("\u0308", False),
    "dddot": ("\u20db", False),
    "ddddot": ("\u20dc", False),
    "check": ("\u030c", False),
    "widecheck": ("\u030c", True),
    "breve": ("\u0306", False),
    "acute": ("\u0301", False),
    "grave": ("\u0300", False),
    "mathring": ("\u030a", False),
    "ring": ("\u030a", False),
    "overparen": ("\u0311", True),
    "wideparen": ("\u0311", True),
    "overarc": ("\u0311", True),
    "underline": ("\u0332", True),
    "underbar": ("\u0332", True),
    "undertilde": ("\u0330", True),
    "utilde": ("\u0330", True),
    "wt": ("\u0303", True),
    "wh": ("\u0302", True),
    "ol": ("\u0305", True),
    "overbar": ("\u0305", True),
    "widebar": ("\u0305", True),
    "ul": ("\u0332", True),
}
# In amsmath's older spelling, `\Hat`.
ACCENTS |= {
    name.capitalize(): ACCENTS[name]
    for name in ("hat", "tilde", "bar", "vec", "dot", "ddot", "check", "breve", "acute", "grave")
}
STROKE = "\u0338"
MARKS_BELOW = frozenset("\u0332\u0330\u0323\u0327\u0328\u0331")
