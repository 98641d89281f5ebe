"""Indices, powers, primes and the bounds of sums and limits in words."""

from __future__ import annotations

from collections.abc import Sequence

from tui_digest.latex.nodes import (
    Accent,
    Alphabet,
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Name,
    Node,
    Row,
    Scripts,
    Symbol,
)
from tui_digest.latex.speech.arrange import arrange_row
from tui_digest.latex.speech.grammar import Context, Say, part
from tui_digest.latex.speech.indices import RaisedIndex
from tui_digest.latex.speech.kinds import (
    PLAIN_ALPHABETS,
    TENSOR_INDICES,
    end_name,
    innermost,
    kind_of,
    large_name,
    plain_text,
    text_of,
)
from tui_digest.latex.speech.parts import is_atom, is_plain, is_signed, pieces
from tui_digest.latex.speech.spelled_names import words_apart, words_in_scripts
from tui_digest.latex.speech.words import LONE_SIGNS, NAMES

_POWERS = {
    "2": "squared",
    "3": "cubed",
    "−1": "inverse",
    "∗": "star",
    "†": "dagger",
    "⊤": "transpose",
    "⊺": "transpose",
    "⊥": "perp",
    "∗∗": "double star",
    "⋆": "small star",
    "∁": "complement",
    "th": "th",
    "°": "degrees",
}
_PRIMES = {0: "", 1: " prime", 2: " double prime", 3: " triple prime"}
_QUANTITIES = (Symbol, Scripts, Accent, Fraction)
_LONE_INDICES = {"∗": "star", "⋆": "small star", **LONE_SIGNS}
_CHARGES = frozenset("+−±∓")
_LIMITS = frozenset(("limit", "limit superior", "limit inferior"))
_LATIN_INDICES = frozenset("ijkl")
_TENSORS = frozenset("RTSGFCKMghab")
_TRANSPOSES = frozenset("T⊤⊺∗†")
_COUNTS = frozenset("ijtsabceghluvwxyzABCDEFGHILOPQRSUVWXYZ")
"""Letters that are indices behind another index, as in `x_n^t`."""
_SETS = frozenset("ABEFSUVΩ")
"""Letters that mostly are sets or events: their power c is the complement."""
_FUNCTORS = frozenset(("Ext", "Tor", "CH", "HH", "Hom"))
_POWER_NAMES = frozenset(NAMES) | frozenset(("log", "exp", "lg", "sgn"))
"""Names of functions that have powers, as the sine."""
_DIMENSIONS = frozenset("ijknmpqrds")
_POLICIES = frozenset("π")
_LABELS = frozenset(("an", "ab", "ad", "ss", "sm", "ac", "nr"))
"""Abbreviations that are raised behind a capital, as the `an` of an analytic space."""
_MEANS = frozenset(("E", "P", "Pr", "Var", "Cov"))
_LOGARITHMS = frozenset(("log", "ln", "lg"))


def index_in_words(scripts: Scripts, context: Context, say: Say) -> str:
    """A subscript with the primes after it: " sub i", " sub t plus 1 end sub prime"."""
    words = prime_words(scripts.primes)
    nodes = _script_nodes(scripts.subscript)
    if not nodes:
        return words
    lone = _LONE_INDICES.get(text_of(nodes[0])) if len(nodes) == 1 else None
    if lone:
        return f" {'left ' if isinstance(scripts.base, Row) else ''}sub {lone}{words}"
    opening, name = "sub", "sub"
    if text_of(scripts.base) in _LOGARITHMS:
        opening, name = "base", "base"
    elif isinstance(scripts.base, Row):
        opening = "left sub"
    has_postfix = isinstance(nodes[-1], Scripts) and bool(nodes[-1].primes or nodes[-1].superscript)
    is_open = (is_plain(nodes) or is_signed(nodes)) and not has_postfix
    of_mean = text_of(scripts.base) in _MEANS
    inner = context._replace(bar="given", in_script=len(nodes) == 1, of_mean=of_mean)
    return f" {part(say, opening, nodes, name, is_open, inner)}{words}"


def _script_nodes(row: Row | None) -> list[Node]:
    """The nodes of a script as they are heard.

    Smaller print, as in `x_{_N}`, is heard as any.
    """
    only = row.bare().single() if row is not None else None
    if isinstance(only, Scripts) and (smaller := only.only()) is not None:
        return _script_nodes(smaller)
    words = words_apart(row.items) if row is not None else []
    if words and all(len(word.text) > 2 for word in words):
        return [*words]
    return words_in_scripts(arrange_row(row))


def prime_words(count: int) -> str:
    """Return primes in words: " double prime"."""
    return _PRIMES.get(count) or " prime" * count


def power_in_words(scripts: Scripts, context: Context, say: Say) -> str:
    """A superscript.

    " squared", " inverse", " to the n", " to the power n plus 1 end power".
    """
    is_exponential = plain_text(scripts.base) == "e"
    nodes = arrange_row(scripts.superscript) if is_exponential else _script_nodes(scripts.superscript)
    if not nodes:
        return ""
    label = "".join(map(text_of, nodes))
    if label in _LABELS and text_of(scripts.base).isupper():
        nodes = [Name(label)]
    left = "left " if isinstance(scripts.base, Row) and scripts.subscript is None else ""
    is_counted = isinstance(scripts.superscript, RaisedIndex)
    fixed = "" if is_counted else _fixed_power(nodes, scripts.base)
    if fixed == "transpose" and (context.in_bounds or (_is_group(scripts) and text_of(nodes[0]) == "T")):
        fixed = ""
    if fixed == "transpose" and context.is_term and _is_scalar(scripts, nodes[0]):
        fixed, is_counted = "", True
    if fixed:
        return f" {left}{fixed}"
    inner = context._replace(bar="given", in_script=len(nodes) == 1)
    only = nodes[0] if len(nodes) == 1 else None
    if isinstance(only, Delimited) and (only.left, only.right) == ("(", ")"):
        body = arrange_row(only.body)
        return f" {part(say, f'{left}superscript paren', body, 'paren', is_plain(body), inner)}"
    if isinstance(only, Delimited) and (only.left, only.right) == ("[", "]"):
        words = say(nodes, Context(bar="given"))
        end = "" if words.startswith("bracket ") else " end superscript"
        return f" {left}superscript {words}{end}"
    is_iterated = len(nodes) > 1 and kind_of(nodes[0]) == Kind.BINARY and text_of(nodes[0]) not in _CHARGES
    if is_counted or is_iterated or _is_index(nodes, scripts):
        is_open = isinstance(only, Symbol) or (only is not None and is_atom(only))
        return f" {part(say, f'{left}superscript', nodes, 'superscript', is_open, inner)}"
    if is_plain(nodes) or is_signed(nodes):
        return f" {left}to the {say(nodes, inner)}"
    power = say(nodes, Context(bar="given", in_size=_is_size(nodes, scripts.base)))
    is_short = _is_size(nodes, scripts.base) and len(nodes) == 3 and is_atom(nodes[0]) and is_atom(nodes[2])
    return f" {left}to the {power}" if is_short else f" {left}to the power {power} end power"


def _is_size(nodes: Sequence[Node], base: Node) -> bool:
    """Tell whether a power is that of `R^{m×n}`."""
    is_field = isinstance(base, Symbol) and base.alphabet == Alphabet.BLACKBOARD
    return is_field and any(text_of(node) == "×" for node in nodes)


def is_open_power(node: Node) -> bool:
    """Whether a node ends with a power that what follows could be taken for a part of."""
    if not isinstance(node, Scripts) or node.superscript is None:
        return False
    nodes = _script_nodes(node.superscript)
    is_sign = len(nodes) == 1 and (_is_sign(nodes[0]) or _is_raised_zero(nodes[0], node.base))
    return bool(nodes) and not is_sign and not _fixed_power(nodes, node.base)


def _fixed_power(nodes: Sequence[Node], base: Node) -> str:
    """The words of a power that has a name of its own; "" for any other."""
    text = "".join(map(text_of, nodes)) if all(map(text_of, nodes)) else ""
    if text == "∘" and isinstance(base, Symbol) and base.text[:1].isdigit():
        return "degrees"
    if isinstance(base, Row) and text in ("2", "3"):
        return ""
    if text == "−1" and isinstance(base, Symbol) and base.text[:1].isdigit():
        return ""
    if text == "T" and isinstance(nodes[0], Symbol):
        is_transposed = _may_be_transposed(base) or _is_upright(nodes[0], base)
        return "transpose" if is_transposed and nodes[0].alphabet in PLAIN_ALPHABETS else ""
    if text == "c" and _may_be_complement(base):
        return "complement"
    return _POWERS.get(text, "")


def _may_be_complement(base: Node) -> bool:
    """Tell whether a raised c is the complement of a set, as in `A^c` and `(A∪B)^c`."""
    if isinstance(base, Delimited):
        return any(text_of(node) in ("∪", "∩", "∖") for node in arrange_row(base.body))
    return plain_text(base) in _SETS


def _is_scalar(scripts: Scripts, letter: Node) -> bool:
    """Tell whether a raised T may be a label, as at a small letter with an index."""
    is_plain_letter = isinstance(letter, Symbol) and letter.text == "T" and letter.alphabet == Alphabet.NORMAL
    return is_plain_letter and scripts.subscript is not None and plain_text(scripts.base).islower()


def _is_upright(letter: Symbol, base: Node) -> bool:
    """Tell whether a letter is upright, and what is below it a Greek one."""
    is_greek = isinstance(base, Symbol) and "α" <= base.text <= "ω"
    return is_greek and letter.alphabet == Alphabet.ROMAN


def _is_group(scripts: Scripts) -> bool:
    """Tell whether a base is the group Z_2 or K_*, which is not transposed."""
    index = _script_nodes(scripts.subscript)
    text = text_of(index[0]) if len(index) == 1 else ""
    return text == "∗" or (text_of(scripts.base) == "Z" and text.isdigit())


def _may_be_transposed(base: Node) -> bool:
    if not isinstance(base, Symbol):
        return not isinstance(base, (Row, Name))
    is_number_or_greek = base.text[:1].isdigit() or ("α" <= base.text <= "ω" and plain_text(base) != "")
    return not is_number_or_greek and base.alphabet in (Alphabet.NORMAL, Alphabet.ROMAN, Alphabet.BOLD)


def _is_sign(node: Node | None) -> bool:
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Symbol) and not is_atom(base)


def _is_index(nodes: Sequence[Node], scripts: Scripts) -> bool:
    """Tell whether a superscript is no power.

    A sign, a word, several indices, those of a tensor.
    """
    if kind_of(scripts.base) == Kind.RELATION:
        return True
    if len(nodes) == 1:
        node = nodes[0]
        if (
            scripts.subscript is not None
            and plain_text(innermost(scripts.base)).isalpha()
            and plain_text(node) in _COUNTS
        ):
            return True
        base = plain_text(innermost(scripts.base))
        if plain_text(innermost(node)) in _POLICIES and (base.isupper() or base in ("d", "ρ")):
            return True
        if plain_text(node) in ("p", "P") and base in ("Σ", "Π", "Δ") and scripts.subscript is not None:
            # A level of the polynomial hierarchy.
            return True
        if plain_text(node) in TENSOR_INDICES and _is_tensor(scripts.subscript):
            return True
        if plain_text(node).isalpha() and _is_indexed_object(scripts, plain_text(node)):
            return True
        if _is_greek_with_t(scripts.base, node) or _starts_at(scripts.base, node):
            return True
        if text_of(node) == "∞" and text_of(innermost(scripts.base)).isupper():
            return True
        is_label = isinstance(node, Symbol) and node.alphabet == Alphabet.CALLIGRAPHIC
        if is_label and not text_of(scripts.base)[:1].isdigit():
            return True
        if _counts_dimension(scripts.base) and plain_text(node) in _DIMENSIONS:
            return True
        is_first = text_of(node) == "1" and text_of(innermost(scripts.base)).isalpha()
        is_first = (is_first and text_of(scripts.base) != "e") or _is_raised_zero(node, scripts.base)
        is_left = isinstance(scripts.base, Row) and text_of(node).isdigit()
        is_upright = isinstance(node, Symbol) and node.alphabet == Alphabet.ROMAN and node.text.isalpha()
        return (
            is_first
            or (is_upright and isinstance(scripts.base, Symbol) and scripts.base.alphabet != Alphabet.ROMAN)
            or is_left
            or _is_sign(node)
            or (isinstance(node, FormulaText) and len(node.parts) == 1)
            or text_of(node) in ("#", "♯", "♭", "♮")
            or (is_atom(node) and not isinstance(node, _QUANTITIES) and _is_word(node))
        )
    if (
        text_of(nodes[0]) in _CHARGES
        and text_of(scripts.base)[:1].isdigit()
        and scripts.subscript is not None
    ):
        # How much more and less a measured number may be.
        return True
    if _is_label(nodes, scripts) or _is_next_index(nodes, scripts):
        return True
    is_numbered = (
        isinstance(nodes[0], Delimited) and nodes[0].left == "(" and text_of(nodes[-1]) in _TRANSPOSES
    )
    if any(text_of(node) == "=" for node in nodes[1:]) or (is_numbered and len(nodes) == 2):
        # The case `N=4`, and the transpose of `W^{(j)}`.
        return True
    if len(pieces(nodes)) > 1 or all(text_of(node) in _CHARGES for node in nodes):
        return True
    if len(nodes) == 2 and text_of(nodes[0]).isdigit() and text_of(nodes[1]) in _CHARGES:
        # The charge of an ion.
        return True
    is_tensor = len(nodes) > 2 or (len(nodes) > 1 and text_of(scripts.base) in _TENSORS)
    if is_tensor and all(plain_text(node) in _LATIN_INDICES for node in nodes):
        return True
    greek = all(isinstance(node, Symbol) and node.text in TENSOR_INDICES for node in nodes)
    return greek and text_of(scripts.base) not in ("e", "2", "10")


def _counts_dimension(base: Node) -> bool:
    """Tell whether a base is a cohomology, functor or measure of its kind: `H^n(X)`."""
    is_measure = isinstance(base, Symbol) and base.alphabet == Alphabet.CALLIGRAPHIC
    is_letter = plain_text(base) == "H" or (is_measure and text_of(base) == "H")
    return is_letter or (isinstance(base, Name) and base.text in _FUNCTORS)


def _is_indexed_object(scripts: Scripts, letter: str) -> bool:
    """Tell whether a letter is an index above: of `A_i^k`, `Ind_H^G`, `Γ_{ij}^k`."""
    base = scripts.base
    if isinstance(base, Name):
        return base.operator and base.text not in _POWER_NAMES and letter.isupper()
    if scripts.subscript is None or not isinstance(base, Symbol):
        return False
    below = [plain_text(node) for node in arrange_row(scripts.subscript)]
    are_indices = len(below) > 1 and _LATIN_INDICES.issuperset((*below, letter))
    is_object = base.text.isupper() and base.alphabet != Alphabet.BLACKBOARD
    return are_indices or (is_object and all(text.isalpha() for text in below))


def _is_tensor(row: Row | None) -> bool:
    """Tell whether a script is the indices of a tensor."""
    nodes = arrange_row(row)
    return bool(nodes) and all(plain_text(node) in TENSOR_INDICES for node in nodes)


def _starts_at(base: Node, letter: Node) -> bool:
    """Tell whether a letter is where the process of a mean starts: `P^x`."""
    is_mean = isinstance(base, Symbol) and base.alphabet == Alphabet.BLACKBOARD and base.text in "EP"
    return is_mean and plain_text(letter) in ("x", "y", "z", "μ", "ν", "π", "θ", "ω")


def _is_greek_with_t(base: Node, letter: Node) -> bool:
    """Tell whether a raised T is a power or a transpose, which nobody can tell."""
    is_greek = isinstance(base, Symbol) and "α" <= base.text <= "ω" and plain_text(base) != ""
    return is_greek and isinstance(letter, Symbol) and letter.text == "T"


def _is_label(nodes: Sequence[Node], scripts: Scripts) -> bool:
    """Tell whether letters are a label, as in `Φ^{SSM}` and `λ_w^{kd}`."""
    letters = [plain_text(node) for node in nodes]
    if len(letters) == 2 and letters[0].isdigit() and letters[1] == "D":
        return True
    are_letters = all(letter.isascii() and letter.isalpha() for letter in letters)
    if not are_letters or plain_text(scripts.base) == "e" or len(nodes) < 2:
        return False
    return scripts.subscript is not None or all(letter.isupper() for letter in letters)


def _is_next_index(nodes: Sequence[Node], scripts: Scripts) -> bool:
    """Tell whether a superscript is that of `x_t^{i+1}`."""
    texts = [plain_text(node) for node in nodes]
    is_next = (
        len(texts) == 3 and texts[0] in ("i", "j", "t") and texts[1] in ("+", "−") and texts[2].isdigit()
    )
    return is_next and scripts.subscript is not None and plain_text(scripts.base).isalpha()


def _is_raised_zero(superscript: Node, base: Node) -> bool:
    """Tell whether a superscript is a 0, which is the power of no letter but e."""
    letter = text_of(innermost(base))
    return text_of(superscript) == "0" and letter.isalpha() and letter != "e"


def _is_word(node: Node) -> bool:
    return not text_of(node) or isinstance(node, Name)


def operator_in_words(node: Node, has_operand: bool, context: Context, say: Say) -> str:
    """A sum, integral, limit, maximum with its bounds.

    "the sum from i equals 1 to n of".
    """
    scripts = node if isinstance(node, Scripts) else Scripts(node)
    base = scripts.base
    name = large_name(base)
    lower = _bound(arrange_row(scripts.subscript), context, say)
    upper = _bound(arrange_row(scripts.superscript), context, say)
    if name == "meet" and upper and not lower:
        name, words = "exterior power", f" {upper}"
    elif name == "integral" and upper and not lower:
        name, words = "coend", f" over {upper}"
    elif name in _LIMITS and not upper:
        words = f" as {lower}" if lower else ""
    elif lower and upper:
        words = f" from {lower} to {upper}"
    else:
        words = f" over {lower}" if lower else ""
        words += f" to {upper}" if upper else ""
    return f"the {name}{prime_words(scripts.primes)}{words}{' of' if has_operand else ''}"


def _bound(nodes: Sequence[Node], context: Context, say: Say) -> str:
    """A bound, with an end word where the "of" behind it could be a function's."""
    words = say(nodes, Context(within=context.within, has_conditions=True, in_bounds=True))
    is_mistaken = bool(nodes) and context.within != "" and end_name(nodes[-1]) == context.within
    return f"{words} end bounds" if is_mistaken else words
