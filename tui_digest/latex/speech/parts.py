"""Which parts are units, and whether brackets hold an argument, pair or interval."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tui_digest.latex.formula.units import UNIT_NAMES
from tui_digest.latex.nodes import (
    Accent,
    Alphabet,
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Matrix,
    Name,
    Node,
    Scripts,
    Symbol,
    Unknown,
)
from tui_digest.latex.speech.arrange import arrange_row
from tui_digest.latex.speech.kinds import (
    TENSOR_INDICES,
    innermost,
    is_large,
    is_operand,
    kind_of,
    only,
    plain_text,
    text_of,
)
from tui_digest.latex.speech.words import MARKS, PREFIXED_MARKS, part_in_words

_FUNCTIONS = frozenset("fghFGHPJLEOoφψϕΦΨΩΘΓζ")
_NUMBERS_OR_FUNCTIONS = frozenset("PLHJEGg")
# Letters that are functions, but constants too: brackets around a sum tell nothing.
_CONSTANTS_TOO = frozenset("LJHG")
# Letters that are mostly numbers: brackets behind them hold a factor.
_NUMBERS = frozenset("abcijklmnε")
_PERHAPS_FUNCTIONS = frozenset("uvwpqQVDdKσμρ")
_NO_FUNCTIONS = frozenset(
    [
        "mod",
        "in",
        "on",
        "for",
        "if",
        "with",
        "and",
        "or",
        "where",
        "as",
        "at",
        "by",
        "of",
        "to",
        "is",
        "from",
        "when",
        "else",
        "otherwise",
        "cm",
        "mm",
        "km",
        "nm",
        "kg",
        "eV",
        "keV",
        "MeV",
        "GeV",
        "TeV",
        "Mpc",
        "kpc",
        "Hz",
        "kHz",
        "MHz",
        "GHz",
    ]
)
_ENDS = ("ab", "cd", "st", "αβ")
"""The letters that are the ends of an interval, where `[x,y]` may be a commutator."""
_EXPECTATIONS = frozenset("EP")
_MEASURES = frozenset("VDHI")
"""Letters with double strokes that take arguments, as variance and entropy."""
_LENGTHS = frozenset(("m", "cm", "mm", "km", "nm", "μm", "µm", "Å", "px", "pc", "kpc", "Mpc"))
_MORE_UNITS = """
mbar kbar Torr mTorr kyr Myr Gyr kpc Mpc Gpc mK nK μK PeV EeV arcsec arcmin mas ppm ppb rpm sccm KB MB GB
TB PB kbps Mbps Gbps cal kcal mJy dBm dBi AU ab fb pb nb mb mrad emu Oe mOe kOe mG kG Ry hr hrs bits nats
fps
"""
_UNITS = UNIT_NAMES.union(_MORE_UNITS.split())
_DERIVATIONS = frozenset("∂∇Δ")
_STATES = frozenset(("aq", "s", "l", "g"))
_SUBSTANCE = re.compile(r"(?:[A-Z][a-z]?)+")
_NO_UNITS = frozenset("|‖/.:?!'…⋮⋱&\\%′\"")
_NAME_LIKE_POWERS = frozenset("∗*⋆†")
# What is between things that are no numbers: brackets around them hold an argument.
_NO_SUMS = frozenset("|‖;∪∩∖")
_SETS = frozenset("∈⊂⊆∉⊃⊇")
_ELEMENTS = frozenset("BCDFHIKNOPSUVWY")
"""The elements whose signs are one letter, and deuterium."""


def pieces(nodes: Sequence[Node]) -> list[list[Node]]:
    """The nodes between the commas of a row."""
    found: list[list[Node]] = [[]]
    for node in nodes:
        if text_of(node) == ",":
            found.append([])
        else:
            found[-1].append(node)
    return found


def argument_of(node: Node, following: Node | None, row: Sequence[Node] = ()) -> Delimited | None:
    """The brackets behind a node if they hold its argument, as in `f(x)`.

    Those of `n(n+1)` hold a factor. What is a function in one place of the row is one in all.
    """
    pair = following.base if isinstance(following, Scripts) else following
    if not isinstance(pair, Delimited) or pair.left + pair.right not in ("()", "[]", "{}"):
        return None
    base = innermost(node)
    body = arrange_row(pair.body)
    if body and text_of(body[0]) == "mod":
        return None
    if isinstance(base, Delimited):
        return pair if pair.left == "(" and _is_function(node, base) else None
    if _is_state(node, base, body, row) or _is_ligand(base, following):
        return None
    if isinstance(base, Name) or (isinstance(base, FormulaText) and _is_one_word(base)):
        is_set = pair.left == "{" and has_relation(body)
        return None if is_set or _word_of(base) in _NO_FUNCTIONS else pair
    if isinstance(base, Unknown):
        return pair if pair.left == "(" else None
    if (
        isinstance(base, Symbol)
        and base.text in "1I"
        and base.alphabet in (Alphabet.BLACKBOARD, Alphabet.BOLD)
    ):
        return pair
    if not isinstance(base, Symbol) or base.kind != Kind.ORDINARY or not base.text.isalpha():
        return None
    if pair.left == "(" and (_is_sign_factor(following) or _is_factor(base, body, row)):
        return None
    if base.text in "λσ" and _has_extreme_index(node) and pair.left == "(":
        return pair
    if _is_growth(following, base, body):
        return None
    is_measure = base.text in _MEASURES and base.alphabet == Alphabet.BLACKBOARD
    is_mean = base.text in _EXPECTATIONS or is_measure
    if is_mean or pair.left != "(":
        return pair if is_mean else None
    if pair is not following and _is_squared_number(node, base):
        return None
    is_factor = is_tensor(node) or _is_before_derivatives(node, body)
    if _is_sum(body) and (is_factor or _is_between(node, base, following, row)):
        return None
    if _is_sum(body) and any(map(_is_transposed, row)):
        # Among matrices brackets hold a factor, as in `A^T B(x-y)`.
        return None
    return pair if _is_argument(base, body) or _is_applied(node, base, body, row) else None


def is_tensor(node: Node | None) -> bool:
    """Tell whether a node has several Greek indices on one side, as a metric has."""
    sides = (node.subscript, node.superscript) if isinstance(node, Scripts) else ()
    indices = [arrange_row(side) for side in sides]
    return any(len(side) > 1 and all(plain_text(one) in TENSOR_INDICES for one in side) for side in indices)


def _is_before_derivatives(node: Node, body: Sequence[Node]) -> bool:
    r"""Tell whether a node with indices above is a factor: `g^{kl}(\partial_i g + …)`."""
    above = arrange_row(node.superscript) if isinstance(node, Scripts) else []
    are_indices = len(above) > 1 and all(plain_text(one).isalpha() for one in above)
    return are_indices and any(text_of(innermost(one)) in _DERIVATIONS for one in body)


def is_element(node: Node) -> bool:
    """Tell whether a node is an upright letter that is a chemical element."""
    return isinstance(node, Symbol) and node.alphabet == Alphabet.ROMAN and node.text in _ELEMENTS


def _is_state(node: Node, substance: Node, body: Sequence[Node], row: Sequence[Node]) -> bool:
    """Tell whether brackets around a body are a substance's state, as in `CO_2(g)`."""
    if not isinstance(substance, (Name, Symbol)) or substance.alphabet != Alphabet.ROMAN:
        return False
    if "".join(map(text_of, body)) not in _STATES or _SUBSTANCE.fullmatch(substance.text) is None:
        return False
    if isinstance(substance, Name):
        return isinstance(node, Scripts) or substance.joined or not substance.text.isupper()
    before = next((one for one, other in pairwise(row) if innermost(other) is substance), None)
    base = before.base if isinstance(before, Scripts) else None
    return isinstance(base, FormulaText) or getattr(base, "alphabet", "") == Alphabet.ROMAN


def _is_ligand(substance: Node, brackets: Node | None) -> bool:
    r"""Tell whether brackets are groups of atoms in a substance: `Ca(OH)_2`."""
    if (
        not isinstance(brackets, Scripts)
        or not isinstance(brackets.base, Delimited)
        or not brackets.subscript
    ):
        return False
    groups = [innermost(node) for node in arrange_row(brackets.base.body)]
    return text_of(only(brackets.subscript)).isdigit() and all(
        isinstance(one, (Name, Symbol)) and one.alphabet == Alphabet.ROMAN and _SUBSTANCE.fullmatch(one.text)
        for one in (substance, *groups)
    )


def _is_growth(brackets: Node | None, letter: Symbol, body: Sequence[Node]) -> bool:
    """Tell whether brackets are a growing factor, as in `P(1+r)^t`."""
    has_power = isinstance(brackets, Scripts) and brackets.superscript is not None
    is_number = letter.text in _NUMBERS_OR_FUNCTIONS and letter.alphabet == Alphabet.NORMAL
    return has_power and is_number and _is_sum(body) and text_of(body[0]).isdigit()


def _is_squared_number(node: Node, letter: Symbol) -> bool:
    """Tell whether a node is a variance or the like, a factor as in `σ²(XᵀX)⁻¹`."""
    power = node.superscript if isinstance(node, Scripts) else None
    return power is not None and text_of(only(power)).isdigit() and letter.text in _PERHAPS_FUNCTIONS


def _is_between(node: Node, letter: Symbol, following: Node | None, row: Sequence[Node]) -> bool:
    """Tell whether brackets are between a letter and itself, as in `ψ̄(D - m)ψ`."""
    place = next((index for index, one in enumerate(row) if one is following), len(row))
    after = innermost(row[place + 1]) if place + 1 < len(row) else None
    is_same = isinstance(after, Symbol) and (after.text, after.alphabet) == (letter.text, letter.alphabet)
    return is_same and not isinstance(node, Symbol)


def _is_factor(letter: Symbol, body: Sequence[Node], row: Sequence[Node]) -> bool:
    """Tell whether brackets after a capital are a factor.

    In `P(1-r)+Pr` it is a number.
    """
    is_sum = any(text_of(node) in ("+", "−") for node in body[1:]) and len(pieces(body)) == 1
    if not is_sum or letter.text not in _NUMBERS_OR_FUNCTIONS or letter.alphabet != Alphabet.NORMAL:
        return False
    beside = ((node, following) for node, following in pairwise((*row, Symbol(","))))
    return any(
        text_of(innermost(node)) == letter.text and not _is_round(following) for node, following in beside
    )


def _has_extreme_index(node: Node) -> bool:
    """Tell whether a letter is an extreme eigenvalue of what follows: `λ_min`."""
    index = arrange_row(node.subscript) if isinstance(node, Scripts) else []
    return "".join(map(text_of, index)) in ("min", "max")


def may_be_function(node: Node | None, brackets: Node) -> bool:
    """Tell whether round brackets behind a letter may hold an argument or a factor.

    They are then said as they are: "lambda paren 2 minus s end paren".
    """
    base = innermost(node) if node is not None else None
    pair = brackets.base if isinstance(brackets, Scripts) else brackets
    if not isinstance(base, Symbol) or not isinstance(pair, Delimited) or pair.left + pair.right != "()":
        return False
    body = arrange_row(pair.body)
    is_number = base.text in _NUMBERS and not (isinstance(node, Scripts) and node.subscript is not None)
    is_number = is_number and not _are_capitals(body) and not _is_applied_inside(body)
    is_letter = base.kind == Kind.ORDINARY and base.text.isalpha() and not is_number
    if not is_letter or not body or len(pieces(body)) > 1 or text_of(body[0]) == "mod":
        return False
    if _holds(body, base) and not _is_starred(node):
        return False
    if is_tensor(node) or (node is not None and _is_transposed(node)):
        return False
    if (
        isinstance(node, Scripts)
        and node.superscript is not None
        and text_of(only(node.superscript)).isdigit()
    ):
        return False
    is_factor = _is_sign_factor(brackets) or isinstance(only(pair.body), Matrix)
    return not is_factor and not (base.text in _NUMBERS_OR_FUNCTIONS and base.text in "PE")


def _is_applied_inside(body: Sequence[Node]) -> bool:
    """Tell whether brackets hold nothing but a letter before other brackets."""
    return len(body) == 2 and text_of(innermost(body[0])).isalpha() and isinstance(body[1], Delimited)


def _are_capitals(body: Sequence[Node]) -> bool:
    """Tell whether brackets hold nothing but capitals, as the sets of `c(G-S)`."""
    texts = (text_of(innermost(node)) for node in body if kind_of(node) not in (Kind.BINARY, Kind.RELATION))
    return all(text.isupper() for text in texts)


def _is_sign_factor(node: Node | None) -> bool:
    """Tell whether brackets are a sign, as those of `F(-1)^n`."""
    if not isinstance(node, Scripts) or node.superscript is None or not isinstance(node.base, Delimited):
        return False
    return [text_of(item) for item in arrange_row(node.base.body)] == ["−", "1"]


def _is_round(node: Node) -> bool:
    pair = node.base if isinstance(node, Scripts) else node
    return isinstance(pair, Delimited) and pair.left in ("(", "[", "{")


def _is_function(node: Node, brackets: Delimited) -> bool:
    """Tell whether brackets hold a function: `(f∘g)(x)`, `(f+g)'(0)`."""
    is_round = brackets.left == "(" and brackets.right == ")"
    has_primes = isinstance(node, Scripts) and node.primes > 0
    return is_round and (has_primes or any(text_of(item) == "∘" for item in arrange_row(brackets.body)))


def _is_applied(function: Node, letter: Symbol, body: Sequence[Node], row: Sequence[Node]) -> bool:
    """Tell whether a letter is surely a function elsewhere: `u(x+h)-u(x)`.

    With another index it may be another thing: `C_0(1+a)C_n(x)`.
    """
    if _holds(body, letter) or has_relation(body):
        return False
    for node, following in pairwise(row):
        base = innermost(node)
        index = _index(function)
        has_index = not index.isdigit() or _index(node) == index
        is_same = isinstance(base, Symbol) and (base.text, base.alphabet) == (letter.text, letter.alphabet)
        if isinstance(base, Symbol) and is_same and has_index:
            pair = following.base if isinstance(following, Scripts) else following
            if not isinstance(pair, Delimited) or pair.left + pair.right != "()":
                continue
            if _is_argument(base, arrange_row(pair.body)):
                return True
    return False


def _is_sum(body: Sequence[Node]) -> bool:
    return len(pieces(body)) == 1 and any(text_of(node) in ("+", "−") for node in body[1:])


def _is_transposed(node: Node) -> bool:
    power = node.superscript if isinstance(node, Scripts) else None
    return power is not None and text_of(only(power)) in ("⊤", "⊺", "T")


def _index(node: Node) -> str:
    return text_of(only(node.subscript)) if isinstance(node, Scripts) and node.subscript else ""


def _is_starred(node: Node | None) -> bool:
    """Tell whether a node is a conjugate, a function as that of `f^*(f(x)-y)`."""
    power = node.superscript if isinstance(node, Scripts) else None
    return power is not None and text_of(only(power)) in _NAME_LIKE_POWERS


def _holds(body: Sequence[Node], letter: Symbol) -> bool:
    same = (node for node in map(innermost, body) if text_of(node) == letter.text)
    return any(not isinstance(node, Symbol) or node.alphabet == letter.alphabet for node in same)


def _is_argument(function: Symbol, body: Sequence[Node]) -> bool:
    """Tell whether round brackets behind a letter hold its argument, as people write."""
    has_condition = any(text_of(node) in ("|", "‖") for node in body)
    has_sign = bool(body) and text_of(body[0]) == "∼"
    compared = body[1:] if has_sign else body
    relations = (text_of(node) for node in compared if kind_of(node) == Kind.RELATION)
    if not has_condition and any(text not in ("|", "→") for text in relations):
        return False
    follows = (*body[1:], None)
    is_list = len(pieces(body)) > 1
    before: Node | None = None
    for node, following in zip(body, follows, strict=False):
        # The f of `f(x - ∂_x f, y)` is the function; that of `f(∇Δf - ∇f)` may be a factor.
        is_derived = is_list and before is not None and text_of(innermost(before)) in _DERIVATIONS
        if text_of(node) == function.text and not isinstance(following, Delimited) and not is_derived:
            return False
        before = node
    is_sum = any(kind_of(node) == Kind.BINARY and text_of(node) in ("+", "−", "/") for node in body[1:])
    if function.text.isupper() and _is_quotient_of_sets(body):
        return True
    if is_sum and function.text in _CONSTANTS_TOO and len(pieces(body)) == 1:
        return False
    if is_sum and function.alphabet == Alphabet.BOLD and len(pieces(body)) == 1:
        return False
    if function.alphabet in (Alphabet.BLACKBOARD, Alphabet.CALLIGRAPHIC) or function.text in _FUNCTIONS:
        return True
    if len(pieces(body)) > 1 or any(text_of(node) in _NO_SUMS for node in body):
        return True
    first = innermost(body[0]) if len(body) == 1 else None
    if len(body) == 2 and argument_of(body[0], body[1]) is not None:
        return True
    is_single = first is not None and (is_atom(first) or text_of(first) == "⋅" or _is_bracketed(first))
    is_affine = function.text == "σ" and len(body) > 2 and text_of(innermost(body[-1])) == "b"
    return is_single or is_affine or (function.text in _PERHAPS_FUNCTIONS and not is_sum)


def _is_quotient_of_sets(body: Sequence[Node]) -> bool:
    """Tell whether brackets hold a quotient as that of `H^5(R/Z)`."""
    letters = [node for node in body if text_of(node) != "/"]
    return 0 < len(letters) < len(body) and all(text_of(innermost(node)).isupper() for node in letters)


def _is_bracketed(node: Node) -> bool:
    """Tell whether a node has brackets of its own, which are no round ones."""
    return isinstance(node, Delimited) and node.left != "("


def _is_one_word(text: FormulaText) -> bool:
    """Tell whether a text is a word, perhaps of parts: `word_count`, `Sinkhorn-Knopp`."""
    word = text.parts[0] if len(text.parts) == 1 else ""
    return isinstance(word, str) and word.strip().replace("_", "").replace("-", "").isalnum()


def _word_of(node: Name | FormulaText) -> str:
    if isinstance(node, Name):
        return node.text
    return "".join(part.strip() for part in node.parts if isinstance(part, str))


def has_relation(nodes: Sequence[Node]) -> bool:
    """Tell whether a row says that two things are equal, or in a set, or the like."""
    return any(kind_of(node) == Kind.RELATION or text_of(node) in ("|", ":") for node in nodes)


def is_unit(nodes: Sequence[Node]) -> bool:
    """Tell whether a part is heard as one thing, so that its end need not be said."""
    if len(nodes) == 1:
        return is_atom(nodes[0]) or _is_closed(nodes[0])
    return bool(common_fraction(nodes))


def is_unit_of_measure(node: Node | None) -> bool:
    """Tell whether a node is a unit as `cm`, in upright letters, perhaps with a power."""
    match node.base if isinstance(node, Scripts) else node:
        case Name(text) | Symbol(text, alphabet=Alphabet.ROMAN) | FormulaText((str() as text,)):
            return text.strip() in _UNITS
        case _:
            return False


def is_length(node: Node | None) -> bool:
    """Tell whether a node is a unit of length, as `cm`."""
    match node:
        case Name(text) | Symbol(text, alphabet=Alphabet.ROMAN) | FormulaText((str() as text,)):
            return text.strip() in _LENGTHS
        case _:
            return False


def is_atom(node: Node) -> bool:
    """Whether a node is a letter, number or word, perhaps with an accent or index."""
    match node:
        case Symbol(text, kind):
            return kind == Kind.ORDINARY and text not in _NO_UNITS
        case Name() | Unknown():
            return True
        case FormulaText(parts):
            return len(parts) == 1 and isinstance(parts[0], str) and parts[0].strip().isalnum()
        case Accent():
            return has_simple_base(node) and kind_of(innermost(node)) == Kind.ORDINARY
        case Scripts(base, _, superscript):
            is_name_like = superscript is None or text_of(only(superscript)) in _NAME_LIKE_POWERS
            return is_name_like and is_atom(base) and not is_large(base)
        case Fraction(numerator, denominator):
            return bool(common_fraction((only(numerator), Symbol("/"), only(denominator))))
        case _:
            return False


def _is_closed(node: Node) -> bool:
    """Tell whether a node is said with an end word in any case."""
    match node:
        case Delimited(left, right, body):
            return left + right == "{}" or (left + right == "()" and len(pieces(arrange_row(body))) != 2)
        case Matrix():
            return True
        case _:
            return False


def is_interval(sides: str, listed: Sequence[Sequence[Node]], before: Node | None) -> bool:
    """Tell whether brackets around two things are an interval behind this node."""
    if len(listed) != 2:
        return False
    if sides in ("[)", "(]", "][", "[[", "]]"):
        return True
    if sides not in ("[]", "()") or not all(listed):
        return False
    texts = [text_of(node) for piece in listed for node in piece]
    if len(texts) == 2 and all(map(_is_decimal, texts)) and float(texts[0]) >= float(texts[1]):
        return False
    is_time = texts[0] == "0" and texts[-1] == "T" and len(texts) == 2
    if "∞" in texts or text_of(before) in _SETS or is_time:
        return True
    if text_of(before) == "×" and len(texts) == 2 and texts[0] == "0":
        return True
    nodes = [node for piece in listed for node in piece]
    has_accent = any(isinstance(node.base if isinstance(node, Scripts) else node, Accent) for node in nodes)
    are_plain = not has_accent and not any(map(_is_operator, nodes))
    is_behind_letter = text_of(innermost(before)).isalpha() if before is not None else False
    # Brackets behind a letter may be those of a ring: Z[t, 1/t].
    ends = [text for text in texts if text not in "−,"][:1] if is_behind_letter else texts
    has_number = any(text[:1].isdigit() for text in ends)
    is_known = has_number or "".join(texts) in _ENDS or text_of(before) == ":" or _is_around(listed)
    return sides == "[]" and are_plain and is_known


def _is_around(listed: Sequence[Sequence[Node]]) -> bool:
    """Tell whether two things are the ends of `[x-r, x+r]`, `[x, x+r]` or `[-r, r]`."""
    signs = [node for piece in listed for node in piece if text_of(node) in ("+", "−")]
    first, last = (next((node for node in piece if is_operand(node)), None) for piece in listed)
    return bool(signs) and first is not None and repr(first) == repr(last)


def _is_decimal(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and text.isascii()


def _is_operator(node: Node) -> bool:
    """Whether a node is an adjoint or a transpose: brackets around it are no interval."""
    return (
        isinstance(node, Scripts)
        and node.superscript is not None
        and text_of(only(node.superscript)) in ("†", "⊤")
    )


def is_signed(nodes: Sequence[Node]) -> bool:
    """Tell whether a part is a unit with a sign before it, as in "to the minus n"."""
    return len(nodes) > 1 and text_of(nodes[0]) in ("−", "+") and is_plain(nodes[1:])


def is_plain(nodes: Sequence[Node]) -> bool:
    """Tell whether a part is a unit that begins with no "the".

    What may follow "sub" and "to the".
    """
    return (len(nodes) == 1 and is_atom(nodes[0])) or bool(common_fraction(nodes))


def common_fraction(nodes: Sequence[Node]) -> str:
    """The words of a row that is a common fraction with a slash, `1/2`.

    "" for any other row.
    """
    if len(nodes) != 3 or text_of(nodes[1]) != "/":
        return ""
    return part_in_words(plain_text(nodes[0]), plain_text(nodes[2]))


def has_simple_base(accent: Accent) -> bool:
    """Tell whether an accent is at a single letter or word: "x hat"."""
    base = only(accent.base)
    if isinstance(base, Accent):
        is_prefixed = MARKS.get(base.mark) in PREFIXED_MARKS
        return has_simple_base(base) and (not is_prefixed or MARKS.get(accent.mark) in PREFIXED_MARKS)
    if MARKS.get(accent.mark) == "bar" and text_of(base) == "h":
        return False
    is_bracket = kind_of(base) in (Kind.OPENING, Kind.CLOSING, Kind.PUNCTUATION) or is_large(base)
    is_letter = isinstance(base, Symbol) and not is_bracket and base.text not in _NO_UNITS
    return is_letter or (isinstance(base, Name) and not is_large(base))
