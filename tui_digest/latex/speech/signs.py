"""Signs that are read by what is beside them: `×`, `∼`, `|`, `/`, a minus."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_digest.latex.nodes import (
    Alphabet,
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Name,
    Node,
    Row,
    Scripts,
    Stack,
    Symbol,
)
from tui_digest.latex.speech.arrange import arrange_row
from tui_digest.latex.speech.grammar import OUTERMOST, Context
from tui_digest.latex.speech.kinds import (
    PLAIN_ALPHABETS,
    QUANTIFIERS,
    innermost,
    is_large,
    is_operand,
    kind_of,
    node_at,
    only,
    plain_text,
    text_of,
)
from tui_digest.latex.speech.parts import is_atom, is_length, is_unit_of_measure
from tui_digest.latex.speech.scripts import is_open_power
from tui_digest.latex.speech.words import LONE_SIGNS, ORDERS, leading_words, sign_in_words

_LAWS = frozenset("NPQDUFBμνπρpq")
_VARIABLES = frozenset("XYZWUVxyzwvustθξεϵζηω")
_RANDOM_VARIABLES = frozenset("XYZWUVST")
_SIZES = frozenset("ijklmnpqrdsNMKLDTHW")
_MARKS_IN_CELLS = {",": "comma", ";": "semicolon"}
_ARROWS = ("→", "↦")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ACRONYM = re.compile(r"[A-Z].*[A-Z]")
_MOST_VARIABLES = 60
_BINDERS = QUANTIFIERS | frozenset("λμνΛ")
_PREFIXES = frozenset("kMGTm")


def sign_beside(nodes: Sequence[Node], index: int, context: Context) -> str:
    """A sign of a row in words, some of them by what is beside it.

    Args:
        nodes: the arranged row.
        index: the place of the sign; "" is returned for what is no symbol.
        context: what surrounds the row.
    """
    node, before, following = nodes[index], node_at(nodes, index - 1), node_at(nodes, index + 1)
    if not isinstance(node, Symbol):
        return ""
    match node.text:
        case "," | ";":
            return node.text if node.text not in context.taken else _MARKS_IN_CELLS[node.text]
        case ".":
            return "." if before is not None and _is_full_stop(nodes, index) else "point"
        case "1" if text_of(following) == "/" and plain_text(node):
            return "one"
        case "/":
            return _slash(nodes, index, context)
        case "×":
            return _times(nodes, index, context)
        case "↓" | "↑" if text_of(following) == "∞" or text_of(following)[:1].isdigit():
            return "down to" if node.text == "↓" else "up to"
        case "#" if _is_counting_problem(nodes, index):
            return "sharp"
        case "#" if is_operand(following) and not is_operand(before):
            is_plural = isinstance(following, Name) and following.text.islower()
            return "the number of" if is_plural else "the number of elements of"
        case "←" if is_operand(before) and is_operand(following) and _is_assigned(nodes, context):
            return "gets"
        case "⇒" if _is_transformation(nodes, index):
            return "double arrow to"
        case "⊕" if _are_bits(before, following):
            return "circled plus"
        case "⋆" if _is_blank(before, following):
            return "star sign"
        case "∘" if context.in_script or (before is None and context.within == "superscript"):
            return "circle"
        case "⋅":
            return "center dot" if "…" in (text_of(before), text_of(following)) else "dot"
        case "∥" | "⊥" | "!" if context.in_script:
            return LONE_SIGNS[node.text]
        case "⊥" if context.within in ("sub", "superscript") and _is_blank(before, following):
            return "perpendicular"
        case "⊥" if not is_operand(before) or not is_operand(following):
            return "bottom"
        case "|" | "‖" if not _has_operands(before, following):
            return "vertical bar" if node.text == "|" else "double bar"
        case "|":
            return _bar(nodes, index, context)
        case "¬" if is_operand(following) and text_of(following) not in QUANTIFIERS:
            return "not"
        case ":" if context.has_conditions and not any(text_of(one) in _ARROWS for one in nodes[index:]):
            return "where"
        case "≃" if _is_amount(following, node_at(nodes, index + 2)):
            return "is approximately equal to" if before is not None else "approximately equal to"
        case "∼":
            is_law = context.of_mean and is_operand(before) and is_operand(following)
            return "is distributed as" if is_law else _similar(before, following, node_at(nodes, index + 2))
        case "−" if _is_said_as_dash(nodes, index, context):
            return "dash"
        case "→" if context.in_bounds:
            return "goes to"
        case "μ" if _is_prefix(before, following):
            return "micro"
        case "Ω" if text_of(before) in _PREFIXES and text_of(node_at(nodes, index - 2))[:1].isdigit():
            return "ohm"
    is_first = before is None or kind_of(before) == Kind.PUNCTUATION or _is_quantified(nodes[:index])
    is_bound = context.in_bounds and is_operand(before) and _is_one_relation(nodes)
    words = sign_in_words(node)
    return leading_words(words) if is_first or is_bound else words


def _slash(nodes: Sequence[Node], index: int, context: Context) -> str:
    """The sign /: "per" between units, "slash" between names, else "over"."""
    before, following = node_at(nodes, index - 1), node_at(nodes, index + 1)
    if is_unit_of_measure(before) and _are_units(following):
        return "per"
    is_name = _are_names(before, following) or _is_queue(nodes) or _has_advice(nodes, index)
    return "slash" if context.in_fraction or is_name else "over"


def _bar(nodes: Sequence[Node], index: int, context: Context) -> str:
    """A bar between two things: "divides", "given", "such that"."""
    if context.bar == "given" and _are_numbers(node_at(nodes, index - 1), node_at(nodes, index + 1)):
        return "vertical bar"
    if context.bar == "divides" and not _may_divide(nodes, index):
        return "given"
    return context.bar


def _is_said_as_dash(nodes: Sequence[Node], index: int, context: Context) -> bool:
    """Tell whether a minus is that of a range, a label or the place of an argument."""
    before, following = node_at(nodes, index - 1), node_at(nodes, index + 1)
    if _is_dash(nodes, index) or (index and following is None and context is OUTERMOST):
        return True
    if context.within and not context.in_script and _is_blank(before, following):
        return True
    return context.within in ("sub", "superscript") and _is_hyphen(nodes, index)


def _is_full_stop(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether a dot ends something, and is no point between two things."""
    node, following = nodes[index], node_at(nodes, index + 1)
    if following is None or (isinstance(node, Symbol) and node.kind == Kind.PUNCTUATION):
        return True
    return _ends_clause(nodes, index) or (isinstance(following, FormulaText) and _begins_sentence(following))


def _ends_clause(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether a full stop ends `∀ x ∈ A.` or is before an equation's number."""
    number = only(nodes[-1].body) if isinstance(nodes[-1], Delimited) and index == len(nodes) - 2 else None
    is_quantified = text_of(nodes[0]) in QUANTIFIERS and all(text_of(node) != "." for node in nodes[:index])
    return is_quantified or text_of(number).isdigit() or _is_bound(nodes[:index])


def _begins_sentence(text: FormulaText) -> bool:
    words = text.parts[0] if isinstance(text.parts[0], str) else ""
    return words.strip()[:1].isupper()


def _is_bound(nodes: Sequence[Node]) -> bool:
    """Tell whether nodes end with a variable that is bound: `λx`, `μX`."""
    return len(nodes) > 1 and text_of(nodes[-2]) in _BINDERS and is_atom(nodes[-1])


def _is_assigned(nodes: Sequence[Node], context: Context) -> bool:
    """Tell whether a ← is an assignment, and no arrow of a diagram or of an index."""
    is_diagram = any(text_of(node) in _ARROWS or isinstance(node, Stack) for node in nodes)
    return not is_diagram and not context.in_bounds and context.within not in ("sub", "superscript")


def _is_transformation(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether a ⇒ is a natural transformation's, as in `η: F ⇒ G`."""
    is_named = len(nodes) > 1 and text_of(nodes[1]) == ":" and is_atom(nodes[0])
    return is_named and not any(kind_of(node) == Kind.RELATION for node in nodes[2:index])


def _are_bits(before: Node | None, following: Node | None) -> bool:
    """Tell whether a ⊕ is between bits: a small letter or number is before it."""
    text = plain_text(innermost(before)) if before is not None and following is not None else ""
    return text.isascii() and (text.islower() or text.isdigit())


def _is_one_relation(nodes: Sequence[Node]) -> bool:
    """Tell whether a bound is one comparison, `j ≠ i`, and no chain, `1 ≤ i ≤ n`."""
    return sum(kind_of(node) == Kind.RELATION for node in nodes) == 1


def _is_prefix(before: Node | None, following: Node | None) -> bool:
    """Tell whether a μ is the prefix of a unit, as in `5 μm`."""
    number = innermost(before) if before is not None else None
    is_measured = number is None or text_of(number)[:1].isdigit()
    return is_measured and is_unit_of_measure(following) and len(text_of(innermost(following or Row()))) < 3


def _are_units(node: Node | None) -> bool:
    """Tell whether a node is a unit or several in brackets, as in `W/(m² K)`."""
    nodes = arrange_row(node.body) if isinstance(node, Delimited) else [node]
    return bool(nodes) and all(is_unit_of_measure(unit) for unit in nodes)


def _are_names(before: Node | None, following: Node | None) -> bool:
    """Tell whether a slash joins two names, as those of AdS/CFT and J/ψ."""
    if (text_of(before), text_of(following)) == ("J", "ψ"):
        return True
    names = [innermost(node) for node in (before, following) if node is not None]
    return len(names) == 2 and all(
        isinstance(name, Name) and (is_large(name) or _ACRONYM.search(name.text)) for name in names
    )


def _is_counting_problem(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether a # is that of a problem of counting, as `#P` and `#SAT`.

    `#A` and `#GL(V)` are the numbers of a set's elements.
    """
    name, after = node_at(nodes, index + 1), node_at(nodes, index + 2)
    if isinstance(name, Name):
        return name.text.isupper() and not isinstance(after, Delimited)
    if not isinstance(name, Symbol) or is_operand(node_at(nodes, index - 1)):
        return False
    return name.text in ("P", "W") and (name.alphabet == Alphabet.ROMAN or len(nodes) == 2)


def _has_advice(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether a slash is that of a complexity class with advice, as P/poly."""
    machine, advice = nodes[index - 1] if index else None, node_at(nodes, index + 1)
    is_class = isinstance(machine, (Name, Symbol)) and machine.text.isupper()
    is_applied = isinstance(node_at(nodes, index + 2), Delimited)
    return is_class and text_of(advice) in ("poly", "qpoly") and not is_applied


def _is_queue(nodes: Sequence[Node]) -> bool:
    """Tell whether slashes are those of Kendall's names of queues, as M/M/1."""
    texts = [text_of(innermost(node)) for node in nodes[:6]]
    return texts[1::2] == ["/", "/"] and (texts[0] + texts[2]).isalpha() and (texts[0] + texts[2]).isupper()


def _is_hyphen(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether a minus is before a word or capitals of a label: `L_{s-KL}`."""
    following = nodes[index + 1 : index + 3]
    is_word = bool(following) and isinstance(following[0], (Name, FormulaText))
    are_capitals = len(following) == 2 and all(plain_text(node).isupper() for node in following)
    return index > 0 and (is_word or are_capitals)


def _is_blank(before: Node | None, following: Node | None) -> bool:
    """Tell whether a minus is the place of an argument, as in `Hom(-, X)`."""
    return all(beside is None or text_of(beside) == "," for beside in (before, following))


def _is_quantified(nodes: Sequence[Node]) -> bool:
    """Tell whether nodes end with a quantifier and its variables: `∀ x, y`."""
    last = len(nodes) - 1
    for index in range(last, max(-1, last - _MOST_VARIABLES), -1):
        if text_of(nodes[index]) in QUANTIFIERS:
            return index < last
        if text_of(nodes[index]) != "," and not is_atom(nodes[index]):
            return False
    return False


def _has_operands(before: Node | None, following: Node | None) -> bool:
    """Tell whether a bar is between two things, and stands not alone, as in `sup |`."""
    if before is None or following is None or is_large(before):
        return False
    return is_operand(before) or text_of(before) == "⋅"


def _are_numbers(*sides: Node | None) -> bool:
    return all(text_of(side)[:1].isdigit() for side in sides)


def _may_divide(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether both sides of a bar are numbers or small letters.

    "p divides n", but "Y given X" and, before a law, "y given x is distributed as".
    """
    texts = [plain_text(innermost(side)) for side in nodes[max(index - 1, 0) : index + 2 : 2]]
    has_law = any(text_of(node) == "∼" for node in nodes[index:])
    return not has_law and all(text[:1].isdigit() or text.islower() or text == "" for text in texts)


def _times(nodes: Sequence[Node], index: int, context: Context) -> str:
    """The sign ×: "times" between numbers, "by" in a size, else "cross"."""
    node, before, following = nodes[index], node_at(nodes, index - 1), node_at(nodes, index + 1)
    if (following is None or isinstance(following, FormulaText)) and text_of(before)[:1].isdigit():
        return "times"
    is_amount = is_unit_of_measure(before) and text_of(node_at(nodes, index - 2))[:1].isdigit()
    if is_amount and text_of(following)[:1].isdigit():
        return "by" if is_length(before) else "times"
    number = before.base if isinstance(before, Scripts) and before.subscript else before
    is_measured = text_of(number)[:1].isdigit()
    if (is_measured or (isinstance(before, Delimited) and before.left == "(")) and _is_power_of_ten(
        following
    ):
        return "times"
    if before is None and text_of(innermost(following or node))[:1].isdigit() and context is OUTERMOST:
        return "times"
    if context.in_size or (_are_sizes(nodes) and not (context.in_fraction and is_measured)):
        return "by"
    second = following.base if isinstance(following, Scripts) else following
    if not text_of(before)[:1].isdigit():
        after = node_at(nodes, index + 2)
        is_end = not is_operand(after) or text_of(after) == "%"
        is_last = text_of(following)[:1].isdigit() and is_end
        is_scalar = is_operand(before) and plain_text(innermost(before or node)) != ""
        return "multiplied by" if is_last and (is_scalar or isinstance(before, Fraction)) else "cross"
    is_first = index < 2 or not is_operand(nodes[index - 2])
    is_letter = isinstance(second, (Name, Symbol)) and getattr(second, "alphabet", "") in PLAIN_ALPHABETS
    if text_of(second)[:1].isdigit():
        return "by" if _is_measured_size(nodes, index) else "times"
    return "multiplied by" if is_first and is_letter and text_of(second).isalpha() else "cross"


def _is_measured_size(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether numbers are a size: `20×30 cm`, `3×3` before a word."""
    first, last = index - 1, index + 1
    while first > 1 and text_of(nodes[first - 1]) == "×":
        first -= 2
    while text_of(node_at(nodes, last + 1)) == "×":
        last += 2
    texts = [text_of(node) for node in nodes[first : last + 1 : 2]]
    unit = node_at(nodes, last + 1)
    is_named = isinstance(unit, FormulaText) and not is_unit_of_measure(unit) and len({*texts}) == 1
    return all(text.isdigit() for text in texts) and (is_named or is_length(unit))


def _are_sizes(nodes: Sequence[Node]) -> bool:
    """Tell whether a row is a size, as `m×n×3` and `2n×2n`."""
    factors: list[list[Node]] = [[]]
    for node in nodes:
        factors[-1].append(node)
        if text_of(node) == "×":
            factors[-1].pop()
            factors.append([])
    texts = [[plain_text(innermost(node)) for node in factor] for factor in factors]
    are_single = all(len(text) == 1 and (text[0].isdigit() or text[0] in _SIZES) for text in texts)
    are_pairs = all(len(text) == 2 and text[0].isdigit() and len(text[1]) == 1 for text in texts)
    are_plain = not any(is_open_power(node) for factor in factors for node in factor)
    are_letters = are_pairs and all(factor[1] is innermost(factor[1]) for factor in factors)
    return are_plain and (are_single or are_letters)


def _is_power_of_ten(node: Node | None) -> bool:
    return isinstance(node, Scripts) and text_of(node.base) == "10" and node.superscript is not None


def _similar(before: Node | None, following: Node | None, after: Node | None) -> str:
    """The sign ∼ in words: "is distributed as", "about", "through" or "is similar to".

    The first before a law, the second before an amount, the third from one amount to another.
    """
    if following is None and not is_operand(before):
        return "similarity"
    if before is None or not is_operand(before):
        return "about"
    if following is not None and _is_range(before, following):
        return "through"
    law = innermost(following) if following is not None else None
    is_law = text_of(law) in _LAWS or (isinstance(law, (Name, FormulaText)) and not is_large(law))
    is_law = is_law or (isinstance(law, Symbol) and law.alphabet == Alphabet.CALLIGRAPHIC)
    if following is not None and is_open_power(following):
        # A power law: v ∼ N^{-ν}.
        is_law = False
    if text_of(law) in ORDERS and isinstance(after, Delimited):
        return "is similar to"
    if _is_amount(following, after) and not text_of(innermost(before))[:1].isdigit():
        return "is about"
    variable = text_of(innermost(before))
    has_variable = variable in _VARIABLES or isinstance(after, Delimited) or _is_tuple(before)
    is_law = is_law or (variable in _RANDOM_VARIABLES and "α" <= text_of(law) <= "ω")
    return "is distributed as" if is_law and has_variable else "is similar to"


def _is_amount(number: Node | None, after: Node | None) -> bool:
    """Tell whether a number is all that is behind a ∼, save its unit."""
    is_number = number is not None and _NUMBER.fullmatch(text_of(innermost(number))) is not None
    if number is not None and _is_power_of_ten(number):
        return True
    is_last = after is None or is_unit_of_measure(after) or text_of(after) in (",", "−", "×", "%", "±", "μ")
    return is_number and is_last


def _is_tuple(node: Node) -> bool:
    """Tell whether a node is several things in brackets, as the (s, a) of a law."""
    return (
        isinstance(node, Delimited)
        and node.left == "("
        and any(text_of(item) == "," for item in node.body.items)
    )


def _is_dash(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether a minus is the dash of a range.

    Of `5-10` and `2-3×10^5 km`, not of `1-2x`.
    """
    ends = nodes[index - 1 : index + 2 : 2] if index else ()
    if len(ends) != 2 or not _is_range(*ends):
        return False
    are_tens = all(text_of(innermost(end)) == "10" for end in ends)
    if any(isinstance(end, Scripts) for end in ends) and not are_tens:
        return False
    following = nodes[index + 2 : index + 4]
    is_first = index == 1 or text_of(nodes[index - 2]) in ("∼", "≈", "≃", "≲", "≳", "±")
    is_first = is_first or (text_of(nodes[index - 2]) == "=" and index > 2 and not following)
    if [text_of(node) for node in following[:1]] == ["×"] and text_of(innermost(following[-1])) == "10":
        following = nodes[index + 4 : index + 5]
    is_unit = all(
        isinstance(innermost(node), (Name, FormulaText))
        or is_unit_of_measure(node)
        or text_of(node) in ("%", "°", "μ")
        for node in following
    )
    return is_first and is_unit


def _is_range(before: Node, following: Node) -> bool:
    """Tell whether two numbers are the ends of a range.

    As in `25∼30` and `10^3∼10^4`; those of 0∼1 are not.
    """
    first, last = text_of(innermost(before)), text_of(innermost(following))
    if not (_NUMBER.fullmatch(first) and _NUMBER.fullmatch(last)):
        return False
    if isinstance(before, Scripts) or isinstance(following, Scripts):
        return True
    return 0 < float(first.replace(",", "")) < float(last.replace(",", ""))
