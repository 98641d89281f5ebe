"""How the signs of mathematics are read aloud."""

from __future__ import annotations

import unicodedata
from functools import cache

from tui_digest.latex.nodes import Alphabet, Symbol
from tui_digest.latex.symbols.table import COMMANDS

_SIGNS = {
    "=": "equals", "≠": "is not equal to", "<": "is less than", ">": "is greater than", "≤": "is at most",
    "≥": "is at least", "≪": "is much less than", "≫": "is much greater than", "≲": "is at most about",
    "≳": "is at least about", "≈": "is approximately", "∼": "tilde", "≃": "is similar to",
    "≅": "is isomorphic to", "≡": "is equivalent to", "≍": "is asymptotic to", "∝": "is proportional to",
    "≔": "is defined as", "≜": "is defined as", "≐": "is defined as", "≺": "precedes", "≻": "succeeds",
    "⪯": "precedes or equals", "⪰": "succeeds or equals", "≼": "precedes or equals",
    "≽": "succeeds or equals", "∈": "in", "∉": "not in", "∋": "contains", "⊂": "is a subset of",
    "⊆": "is a subset of or equal to", "⊊": "is a proper subset of", "⊃": "is a superset of",
    "⊇": "is a superset of or equal to", "→": "to", "←": "from", "↔": "corresponds to", "↦": "maps to",
    "⇒": "implies", "⇐": "is implied by", "⇔": "if and only if", "↪": "embeds in", "↠": "maps onto",
    "⇀": "converges weakly to", "↑": "up", "↓": "down", "⊥": "is perpendicular to", "∥": "is parallel to",
    "⊢": "proves", "⊨": "models", "∣": "divides", "∤": "does not divide", "|": "bar", "‖": "double bar",
    ":": "colon", "∶": "colon", "⫫": "is independent of", "+": "plus", "-": "minus", "−": "minus",
    "±": "plus or minus", "∓": "minus or plus", "×": "times", "⋅": "times", "·": "times", "∗": "star",
    "*": "star", "⋆": "star", "/": "over", "÷": "divided by", "∘": "composed with", "∩": "intersect",
    "∪": "union", "⊔": "disjoint union", "∖": "set minus", "∧": "and", "∨": "or", "⊗": "tensor",
    "⊕": "direct sum", "⊙": "circled dot", "⊖": "circled minus", "⋊": "semidirect product", "∑": "sum",
    "∏": "product", "∐": "coproduct", "∫": "integral", "∬": "double integral", "∭": "triple integral",
    "∮": "contour integral", "⋃": "union", "⋂": "intersection", "⨁": "direct sum", "⨂": "tensor product",
    "⋁": "join", "⋀": "meet", "⨆": "disjoint union", "(": "open paren", ")": "close paren",
    "[": "open bracket", "]": "close bracket", "{": "open brace", "}": "close brace", "⟨": "open angle",
    "⟩": "close angle", "⌊": "open floor", "⌋": "close floor", "⌈": "open ceiling", "⌉": "close ceiling",
    "⟦": "open double bracket", "⟧": "close double bracket", "!": "factorial", "∞": "infinity",
    "∂": "partial", "∇": "nabla", "∅": "the empty set", "∀": "for all", "∃": "there exists",
    "∄": "there does not exist", "¬": "not", "ℓ": "ell", "ℏ": "h bar", "…": "dot dot dot",
    "⋯": "dot dot dot", "⋮": "dot dot dot", "⋱": "dot dot dot", "°": "degrees", "′": "prime",
    "†": "dagger", "‡": "double dagger", "⊤": "top", "⊺": "transpose", "∠": "angle", "√": "root",
    "%": "percent", "&": "and", "#": "number", "\\": "backslash", "ℜ": "the real part",
    "ℑ": "the imaginary part", "∎": "end of proof", "□": "box", "■": "black square", "△": "triangle",
    "★": "star", "✓": "check mark", "∴": "therefore", "∵": "because", "½": "one half",
}  # fmt: skip
_NAMES = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "cot": "cotangent", "sec": "secant",
    "csc": "cosecant", "sinh": "hyperbolic sine", "cosh": "hyperbolic cosine",
    "tanh": "hyperbolic tangent", "arcsin": "arc sine", "arccos": "arc cosine", "arctan": "arc tangent",
    "ln": "natural log", "det": "determinant", "dim": "dimension", "ker": "kernel", "tr": "trace",
    "Tr": "trace", "argmin": "arg min", "argmax": "arg max", "max": "maximum", "min": "minimum",
    "sup": "supremum", "inf": "infimum", "lim": "limit", "lim sup": "limit superior",
    "lim inf": "limit inferior", "Pr": "probability", "diag": "diagonal", "Var": "variance",
    "Cov": "covariance", "mod": "modulo", "deg": "degree", "gcd": "greatest common divisor", "KL": "K L",
    "s.t.": "such that",
}  # fmt: skip
MARKS = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot",
    "\u0308": "double dot", "\u20db": "triple dot", "\u20dc": "four dots", "\u030c": "check",
    "\u0306": "breve", "\u0301": "acute", "\u0300": "grave", "\u030a": "ring", "\u0332": "underlined",
    "\u0330": "under tilde", "\u20d7": "vector", "\u20d6": "left vector", "\u20e1": "vector",
    "\u0338": "negated",
}  # fmt: skip
_ALPHABETS = {Alphabet.BOLD: "bold", Alphabet.CALLIGRAPHIC: "script", Alphabet.FRAKTUR: "fraktur"}
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PARTS = {"2": "half", "3": "third", "4": "quarter", "5": "fifth", "6": "sixth", "8": "eighth", "10": "tenth"}


def sign_in_words(symbol: Symbol) -> str:
    """A symbol as it is read: "alpha", "capital Sigma", "bold x", "is at most"."""
    text = symbol.text
    words = text if text.isascii() and text.isalnum() else _SIGNS.get(text) or _named(text)
    alphabet = _ALPHABETS.get(symbol.alphabet)
    return f"{alphabet} {words}" if alphabet else words


def name_in_words(name: str) -> str:
    """The name of an operator as it is read: "sine", "log"."""
    return _NAMES.get(name, name)


def part_in_words(numerator: str, denominator: str) -> str:
    """A common fraction, "three quarters"; "" for any other."""
    part = _PARTS.get(denominator)
    if part is None or not numerator.isascii() or not numerator.isdigit() or not 0 < int(numerator) <= 10:
        return ""
    plural = "halves" if part == "half" else f"{part}s"
    return f"{_COUNTS[int(numerator)]} {part if numerator == '1' else plural}"


@cache
def _named(text: str) -> str:
    """A character by the name of its command, or by Unicode's; words as they are."""
    if len(text) != 1:
        return text
    command = _commands().get(text)
    if command is not None:
        return f"capital {command}" if command[0].isupper() and "Α" <= text <= "Ω" else command
    folded = unicodedata.normalize("NFKC", text)
    if folded != text:
        return folded
    if text.isalnum():
        return text
    return unicodedata.name(text, text).lower()


@cache
def _commands() -> dict[str, str]:
    """The first command that gives a character, by the character."""
    names: dict[str, str] = {}
    for name, symbol in COMMANDS.items():
        if isinstance(symbol, Symbol) and len(symbol.text) == 1 and name.isalpha() and len(name) > 1:
            names.setdefault(symbol.text, name.removeprefix("var"))
    return names
