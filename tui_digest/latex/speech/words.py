"""How the signs of mathematics are read aloud."""

from __future__ import annotations

import unicodedata
from functools import cache

from tui_digest.latex.nodes import Alphabet, Symbol
from tui_digest.latex.symbols.alphabets import GLYPHS
from tui_digest.latex.symbols.table import COMMANDS

SIGNS = {
    "=": "equals", "≠": "is not equal to", "<": "is less than", ">": "is greater than", "≤": "is at most",
    "≥": "is at least", "≪": "is much less than", "≫": "is much greater than", "≲": "is at most about",
    "≳": "is at least about", "≈": "is approximately", "∼": "is similar to", "≃": "is similar or equal to",
    "≅": "is isomorphic to", "≡": "is equivalent to", "≍": "is asymptotic to", "∝": "is proportional to",
    "≔": "is defined as", "≜": "equals by definition", "≐": "dotted equals", "≕": "defines",
    "≺": "precedes", "≻": "succeeds", "⪯": "precedes or equals", "⪰": "succeeds or equals",
    "∈": "in", "∉": "not in", "∋": "contains", "⊂": "is a subset of",
    "⊆": "is a subset of or equal to", "⊊": "is a proper subset of", "⊃": "is a superset of",
    "⊇": "is a superset of or equal to", "⊋": "is a proper superset of", "⋐": "is compactly contained in",
    "⋑": "compactly contains", "→": "to", "←": "left arrow",
    "↔": "corresponds to", "↦": "maps to", "⇒": "implies", "⇐": "is implied by", "⇔": "if and only if",
    "↪": "embeds in", "↠": "maps onto", "⇀": "converges weakly to", "↑": "up arrow", "↓": "down arrow",
    "⊥": "is perpendicular to", "∥": "is parallel to", "∦": "is not parallel to", "⊢": "proves",
    "⊨": "models", "|": "divides", "∤": "does not divide", "‖": "double bar", ":": "colon",
    "⫫": "is independent of", "+": "plus", "−": "minus", "±": "plus or minus", "∓": "minus or plus",
    "×": "cross", "⋅": "dot", "∗": "asterisk", "⋆": "star operator", "★": "black star", "/": "over",
    "⫽": "double slash",
    "÷": "divided by", "∘": "composed with", "∩": "intersect", "∪": "union", "⊔": "disjoint union",
    "∖": "set minus", "∧": "wedge", "∨": "vee", "⊗": "tensor", "⊕": "direct sum", "⊙": "circled dot",
    "⊖": "circled minus", "⋊": "semidirect product", "⋉": "left semidirect product", "⊎": "multiset union",
    "⊠": "boxed times", "⊞": "boxed plus", "⊟": "boxed minus", "⊡": "boxed dot",
    "≀": "wreath product", "↷": "acts on", "↶": "is acted on by", "•": "bullet", "∑": "sum",
    "∏": "product", "∐": "coproduct", "∫": "integral", "∬": "double integral", "∭": "triple integral",
    "⨌": "quadruple integral", "∮": "contour integral", "∯": "surface integral", "⨍": "mean integral",
    "⋃": "union", "⋂": "intersection", "⨁": "direct sum", "⨂": "tensor product", "⨀": "circled dot product",
    "⋁": "join", "⋀": "meet", "⨆": "disjoint union", "⨄": "multiset union", "⨉": "cross product",
    "(": "open paren", ")": "close paren",
    "[": "open bracket", "]": "close bracket", "{": "open brace", "}": "close brace", "⟨": "open angle",
    "⟩": "close angle", "⌊": "open floor", "⌋": "close floor", "⌈": "open ceiling", "⌉": "close ceiling",
    "⟦": "open double bracket", "⟧": "close double bracket", "!": "factorial", "∞": "infinity",
    "∂": "partial", "∇": "nabla", "∅": "the empty set", "∀": "for all", "∃": "there exists",
    "∃!": "there exists a unique",
    "∄": "there does not exist", "¬": "negation", "ℏ": "h-bar", "ℓ": "ell", "…": "dot dot dot",
    "⋮": "vertical dots", "⋱": "diagonal dots", "°": "degrees", "′": "prime sign", "†": "dagger sign",
    "∔": "dotted plus", "″": "arc seconds", "←ᴿ": "gets at random",
    "‡": "double dagger sign", "⊤": "top", "⊺": "intercalate", "∠": "angle", "√": "root sign",
    "%": "percent", "&": "ampersand", "#": "number sign", "\\": "backslash", "ℜ": "the real part",
    "ℑ": "the imaginary part", "℘": "Weierstrass p", "∎": "tombstone", "□": "box", "■": "black square",
    "△": "triangle", "✓": "check mark", "∴": "therefore", "∵": "because", "♯": "sharp", "♭": "flat",
    "♮": "natural sign", "_": "underscore", "?": "question mark", ".": "point", "~": "tilde sign",
    "^": "caret", "ϕ": "phi", "φ": "varphi", "ϵ": "epsilon", "ε": "varepsilon", "ϑ": "vartheta",
    "ϱ": "varrho",
    "ς": "varsigma", "ϖ": "varpi", "ϰ": "varkappa", "ı": "dotless i", "ȷ": "dotless j",
    "≂": "is equal or similar to", "⇝": "leads to", "⇢": "dashed arrow", "⊣": "is left adjoint to",
    "⋄": "diamond",
    "↗": "increases to", "↘": "decreases to",
    "⋘": "is very much less than", "⋙": "is very much greater than", "⪅": "is less than or approximately",
    "⪆": "is greater than or approximately", "≨": "is less than but not equal to",
    "≩": "is greater than but not equal to", "≶": "is less than or greater than",
    "≷": "is greater than or less than", "⋚": "is less than or equal to or greater than",
    "⋛": "is greater than or equal to or less than", "⊏": "is a square subset of",
    "⊑": "is a square subset of or equal to", "⊐": "is a square superset of",
    "⊒": "is a square superset of or equal to", "≾": "precedes or is similar to",
    "≿": "succeeds or is similar to", "≊": "is approximately or equal to",
    "≎": "is geometrically equivalent to", "≑": "is geometrically equal to", "⋔": "is transverse to",
    "⇌": "is in equilibrium with", "↣": "injects into", "↾": "restriction to", "⇉": "two arrows to",
    "⇄": "arrows to and from", "⇑": "double up arrow", "⇓": "double down arrow", "↻": "clockwise arrow",
    "↺": "anticlockwise arrow", "▽": "down triangle", "▷": "right triangle", "⊓": "square intersection",
    "⊘": "circled slash", "⊛": "circled asterisk", "⊚": "circled ring", "⨿": "small coproduct", "@": "at",
    "⊲": "is normal in", "⊴": "is normal in or equal to",
}  # fmt: skip
"""What is said for a sign that always reads the same; two signs never share their words, save the large
ones, which have "the" before them."""

LEADING = frozenset(f"is {words}" for words in (
    "less than", "greater than", "at most", "at least", "much less than", "much greater than",
    "at most about", "at least about", "approximately", "proportional to", "not equal to",
))  # fmt: skip
"""Comparisons that are said without their "is" at the beginning of a formula or script."""

BINARY_SUMS = {"⋃": "big union", "⋂": "big intersection", "⨁": "big direct sum", "⨂": "big tensor"}
"""Large signs that are between two things, as in `A\\bigcup B`."""

LONE_SIGNS = {"∥": "parallel", "⊥": "perp", "!": "shriek", "⊙": "sun"}
"""Signs that are a script, as in `k_∥`, `f_!` and `M_⊙`."""

SPELLINGS = {
    "-": "−", "*": "∗", "·": "⋅", ":=": "≔", "=:": "≕", "∶": ":", "∣": "|", "⋯": "…", "≼": "⪯", "≽": "⪰",
    "⟶": "→", "⟵": "←", "⟹": "⇒", "⟺": "⇔", "⟸": "⇐", "⟷": "↔", "⟼": "↦", "∆": "Δ", "µ": "μ", "’": "′",
    "∙": "•", "⫋": "⊊", "⫌": "⊋", "≦": "≤", "≧": "≥", "⫅": "⊆", "⫆": "⊇", "⪇": "≨", "⪈": "≩",
    "◁": "⊲", "ℎ": "h", "Ω": "Ω",
}  # fmt: skip
"""Signs that are other spellings of one sign."""

STYLED_LETTERS = {
    glyph: (letter, alphabet)
    for alphabet, letters in GLYPHS.items()
    for letter, glyph in letters.items()
    if glyph not in SIGNS
}
"""Letters that were typed in an alphabet of their own, ℝ, with the plain letter and the alphabet."""

NAMES = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "cot": "cotangent", "sec": "secant",
    "csc": "cosecant", "sinh": "hyperbolic sine", "cosh": "hyperbolic cosine",
    "tanh": "hyperbolic tangent", "arcsin": "arc sine", "arccos": "arc cosine", "arctan": "arc tangent",
    "ln": "natural log", "det": "determinant", "dim": "dimension", "ker": "kernel", "tr": "trace",
    "Tr": "trace", "argmin": "arg min", "arg min": "arg min", "arg max": "arg max",
    "argmax": "arg max", "max": "maximum", "min": "minimum",
    "sup": "supremum", "inf": "infimum", "lim": "limit",
    "lim ←": "inverse limit", "lim →": "direct limit", "inj lim": "injective limit",
    "proj lim": "projective limit",
    "lim sup": "limit superior",
    "lim inf": "limit inferior", "limsup": "limit superior", "liminf": "limit inferior", "Pr": "probability",
    "esssup": "essential supremum", "ess sup": "essential supremum", "essinf": "essential infimum",
    "ess inf": "essential infimum", "Var": "variance", "Cov": "covariance", "deg": "degree",
    "s.t.": "such that", "°C": "degrees C",
}  # fmt: skip
ORDERS = {"O": "big O", "o": "little o", "Ω": "big Omega", "Θ": "big Theta"}
"""Letters that say how fast something grows, before round brackets."""

MARKS = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "overdot",
    "\u0308": "double dot", "\u20db": "triple dot", "\u20dc": "four dots", "\u030c": "check",
    "\u0306": "breve", "\u0311": "arc", "\u0301": "acute", "\u0300": "grave", "\u030a": "ring",
    "\u0332": "underline", "\u0330": "under tilde", "\u20d7": "vector", "\u20d6": "left vector",
    "\u20e1": "double vector",
    "\u0338": "slashed",
}  # fmt: skip
PREFIXED_MARKS = frozenset(("vector", "left vector", "double vector"))
"""The accents that are said before their letter."""
ALPHABETS = {
    Alphabet.BOLD: "bold",
    Alphabet.CALLIGRAPHIC: "script",
    Alphabet.FRAKTUR: "fraktur",
    Alphabet.BLACKBOARD: "blackboard",
}
COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PARTS = {"2": "half", "3": "third", "4": "quarter", "5": "fifth", "6": "sixth", "8": "eighth", "10": "tenth"}
_STYLED_SIGNS = frozenset("∇∂ℓ∑")
_NEGATION = "\u0338"


def sign_in_words(symbol: Symbol) -> str:
    """A symbol as it is read: "alpha", "capital Sigma", "bold x", "is at most"."""
    words = _text_in_words(symbol.text)
    alphabet = (
        ALPHABETS.get(symbol.alphabet) if symbol.text.isalnum() or symbol.text in _STYLED_SIGNS else None
    )
    return f"{alphabet} {words}" if alphabet else words


def leading_words(words: str) -> str:
    """The words of a comparison with nothing before it: "at most", "less than"."""
    return words.removeprefix("is ") if words in LEADING else words


def name_in_words(name: str) -> str:
    """The name of an operator as it is read: "sine", "log".

    Quoted if it could be taken for mathematics.
    """
    return NAMES.get(name) or text_in_words(name)


def text_in_words(text: str) -> str:
    """Words of a formula, quoted where they could be taken for mathematics."""
    words = " ".join(text.split())
    if words in ("-", "–"):
        return "dash"
    if (
        words in NAMES.values()
        or not words
        or words in _HEARD_AS_SIGNS
        or words == "per"
        or len(words) == 1
        or words.replace(".", "", 1).isdigit()
    ):
        return words
    is_plain = all(len(word) > 1 and word.replace("-", "").isalpha() for word in words.split())
    return f"“{words}”" if not is_plain or _has_phrase(words) else words


def negate_words(words: str) -> str:
    """The words of a sign with a stroke through it: "is not similar to", "not to"."""
    if words in _VERBS:
        return f"does not {_VERBS[words]}"
    return f"is not {words[3:]}" if words.startswith("is ") else f"not {words}"


def part_in_words(numerator: str, denominator: str) -> str:
    """A common fraction, "three quarters"; "" for any other."""
    part = PARTS.get(denominator)
    is_count = numerator.isascii() and numerator.isdigit() and len(numerator) <= 2
    if part is None or not is_count or not 0 < int(numerator) <= 10:
        return ""
    plural = "halves" if part == "half" else f"{part}s"
    return f"{COUNTS[int(numerator)]} {part if numerator == '1' else plural}"


_VERBS = {
    "models": "model", "proves": "prove", "contains": "contain", "implies": "imply", "precedes": "precede",
    "succeeds": "succeed",
}  # fmt: skip
_STRUCTURE = """
of; over; end; sub; left; left sub; superscript; left superscript; then; to the; the; squared; cubed; inverse;
transpose; star; dagger; perp; degrees; prime; double prime; triple prime; times; by; choose; atop; slash;
given; such that; about; through; goes to; is distributed as; bar; hat; tilde; overdot; double dot; triple
dot; four dots; check; breve; acute; grave; ring; underline; under tilde; slashed; vector; left vector;
double vector; bold; script; fraktur; blackboard; capital; big; little; modulo; ket; bra; bracket; angle
bracket; evaluated; restricted; with; above; below; one; two; three; four; five; six; seven; eight; nine;
ten; half; halves; bottom; where; comma; semicolon; row; base; from; and; paren; vertical bar; relative
to; center; not; dash; perpendicular; per; similarity; shriek; star sign; is about; multiplied by; d;
double star; small star; circle; gets; micro; complement; sun; arrow; between;
forces; smile; frown; bowtie; lozenge; multimap; xor; nand
"""
_HEARD_AS_SIGNS = frozenset(("in", "for all", "there exists", "if and only if", "implies", "such that"))
"""Texts that mean what the sign of these words means, and are said without quotation marks."""


@cache
def _phrases() -> frozenset[str]:
    """The phrases by which a text is known to be taken for mathematics."""
    structure = (phrase.strip() for phrase in _STRUCTURE.split(";"))
    return frozenset(
        (
            *structure,
            *SIGNS.values(),
            *map(negate_words, SIGNS.values()),
            *NAMES.values(),
            *_greek_letters().values(),
        )
    )


def _has_phrase(text: str) -> bool:
    words = text.split()
    phrases = _phrases()
    return any(
        " ".join(words[start:end]) in phrases
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + 8) + 1)
    )


@cache
def _text_in_words(text: str) -> str:
    """A sign by its word, a letter by its name; words as they are."""
    if text.isascii() and text.isalnum():
        return text
    text = SPELLINGS.get(text, text)
    words = SIGNS.get(text)
    if words is not None:
        return words
    if len(text) > 1 or _NEGATION in unicodedata.normalize("NFD", text):
        return _compound_in_words(text)
    letter = _greek_letters().get(text)
    if letter is not None:
        return f"capital {letter}" if letter[0].isupper() else letter
    folded = unicodedata.normalize("NFKC", text)
    if folded != text and folded.isalnum():
        return folded
    if text.isalnum():
        return text
    return unicodedata.name(text, text).lower()


def _compound_in_words(text: str) -> str:
    """Several characters: a sign with a stroke through it, or words."""
    parts = unicodedata.normalize("NFD", text)
    if parts.endswith(_NEGATION):
        base = parts.removesuffix(_NEGATION)
        words = _text_in_words(base) if base else ""
        return f"{words} {MARKS[_NEGATION]}" if base.isalpha() else negate_words(words)
    return text if text.replace(".", "").replace(",", "").isalnum() else text_in_words(text)


@cache
def _greek_letters() -> dict[str, str]:
    """The names of Greek and Hebrew letters, as TeX has them, by the letter."""
    names: dict[str, str] = {}
    for name, symbol in COMMANDS.items():
        if isinstance(symbol, Symbol) and symbol.text.isalpha() and name.isalpha() and len(name) > 1:
            is_named = len(symbol.text) == 1 and ("Ͱ" <= symbol.text <= "Ͽ" or "ℵ" <= symbol.text <= "ℸ")
            if is_named and not name.startswith("var"):
                names.setdefault(symbol.text, name)
    return names
