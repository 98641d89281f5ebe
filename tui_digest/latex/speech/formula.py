"""A formula's tree in words, by the grammar in `grammar`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tui_digest.latex.nodes import (
    Accent,
    Alphabet,
    Binomial,
    Brace,
    Delimited,
    FormulaNode,
    FormulaText,
    Fraction,
    Kind,
    Matrix,
    Name,
    Node,
    Root,
    Row,
    Scripts,
    Stack,
    Symbol,
    Unknown,
)
from tui_digest.latex.speech.arrange import arrange_row
from tui_digest.latex.speech.brackets import application, say_brackets
from tui_digest.latex.speech.constructs import accent, binomial, brace, fraction, matrix, root, stack
from tui_digest.latex.speech.grammar import OUTERMOST, Context, part
from tui_digest.latex.speech.indices import RaisedIndex, with_raised_indices
from tui_digest.latex.speech.joints import with_joint
from tui_digest.latex.speech.kinds import (
    PLAIN_ALPHABETS,
    continues,
    innermost,
    is_large,
    is_operand,
    kind_of,
    large_name,
    node_at,
    only,
    plain_text,
    text_of,
)
from tui_digest.latex.speech.parts import (
    argument_of,
    common_fraction,
    has_relation,
    is_atom,
    is_unit,
    may_be_function,
    pieces,
)
from tui_digest.latex.speech.scripts import (
    index_in_words,
    operator_in_words,
    power_in_words,
    prime_words,
)
from tui_digest.latex.speech.signs import sign_beside
from tui_digest.latex.speech.spelled_names import words_apart, words_in_scripts
from tui_digest.latex.speech.words import (
    ALPHABETS,
    BINARY_SUMS,
    ORDERS,
    name_in_words,
    sign_in_words,
    text_in_words,
)

_ORDER_ALPHABETS = (Alphabet.NORMAL, Alphabet.ROMAN, Alphabet.CALLIGRAPHIC)
_BOUNDS = Context(in_bounds=True)
_SIZES_OF_GROUPS = re.compile(r"[2-9]|\d+ , \d+")
_STAR = re.compile(r"(?<! small) star\b(?! operator)")
_SHORTEST_WORD = 5
_BEFORE_SETS = frozenset("∂↦×∪∩⊂⊆∖Ss")
_BEHIND_SETS = frozenset("⊂⊆⊃×∪∩∖")
_BEFORE_FACTORS = frozenset(
    ("limit", "limit superior", "limit inferior", "supremum", "infimum", "maximum", "minimum")
)
_SIDES = {"+": "from above", "−": "from below"}


def row_in_words(items: Sequence[Node]) -> str:
    """The nodes of a formula in words."""
    nodes = arrange_row(with_raised_indices(Row(tuple(items))))
    letters = "".join(map(text_of, nodes))
    if len(letters) >= _SHORTEST_WORD and all(map(text_of, nodes)) and letters[1:].islower():
        nodes = [*words_apart(items)] or words_in_scripts(nodes)
    try:
        words = say(nodes, OUTERMOST)
    except RecursionError:
        return _signs_in_words(items)
    if nodes and isinstance(nodes[0], Scripts) and isinstance(nodes[0].base, Row):
        words = words.removeprefix("left ")
    # Papers use one of two shapes of epsilon, and of a raised star, and call it so.
    if "epsilon" not in words.split():
        words = words.replace("varepsilon", "epsilon")
    return words if _STAR.search(words) else words.replace(" small star", " star")


def _signs_in_words(items: Sequence[Node]) -> str:
    """The letters and signs of a formula that is nested too deep, in order."""
    words: list[str] = []
    waiting: list[object] = [*reversed(items)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Symbol):
            words.append(sign_in_words(node))
        elif isinstance(node, (Name, Unknown)):
            words.append(node.text if isinstance(node, Name) else node.name)
        elif isinstance(node, FormulaNode):
            waiting += reversed([*node.fields()])
        elif isinstance(node, tuple):
            waiting += reversed(node)
        elif isinstance(node, str) and node.strip():
            words.append(node.strip())
    return " ".join(words)


def say(nodes: Sequence[Node], context: Context, is_followed: bool = False) -> str:
    """Say the arranged nodes of a row.

    Args:
        nodes: the nodes, as `arranged` gives them.
        context: what surrounds the row.
        is_followed: whether something comes after the row that could be taken for a part of its end.
    """
    words = ""
    index = 0
    while index < len(nodes):
        piece, taken = _item(nodes, index, context, is_followed)
        if piece in (",", ";", "."):
            words += piece
        elif piece:
            if index:
                words = with_joint(words, nodes[index - 1], piece, nodes[index], context)
            words += f" {piece}" if words else piece
        index += taken
    return words


def _item(nodes: Sequence[Node], index: int, context: Context, is_followed: bool) -> tuple[str, int]:
    """The next thing in words, and how many nodes it takes."""
    node, before, following = nodes[index], node_at(nodes, index - 1), node_at(nodes, index + 1)
    goes_on = is_followed if following is None else continues(following)
    if _ends_count(nodes, index):
        context = context._replace(in_bounds=True)
    is_last = following is None and is_followed
    is_behind_factor = before is not None and is_operand(before) and not is_large(before)
    is_term = isinstance(node, Scripts) and not (is_behind_factor or is_operand(following) or is_last)
    context = context._replace(is_term=is_term) if context.is_term != is_term else context
    if text_of(node) == "∇" and text_of(following) in ("⋅", "×") and is_operand(node_at(nodes, index + 2)):
        return ("div" if text_of(following) == "⋅" else "curl"), 2
    if text_of(before) in ("⋅", "×") and text_of(node_at(nodes, index - 2)) == "∇":
        before = nodes[index - 2]
    pair = argument_of(node, following, nodes)
    after = node_at(nodes, index + 2)
    if (
        pair is not None
        and following is not None
        and not _is_first_factor(node, pair, after, pair is not following)
    ):
        goes_on = is_followed if after is None else continues(after)
        # What "and" joins is heard to go on before a plus: "the maximum of a and b plus c".
        goes_on = goes_on or (is_large(node) and _is_operation(after))
        is_set = text_of(after) in _BEHIND_SETS or text_of(before) in _BEFORE_SETS or _is_place(before)
        is_set = is_set and not _is_one_of_orders(nodes, index)
        return _application(node, following, pair, goes_on, context, is_set), 2
    if isinstance(before, Scripts) and isinstance(node, Scripts) and isinstance(node.base, Row):
        return _scripts(node, context).replace("left ", "then "), 1
    if text_of(node) in BINARY_SUMS and before is not None and is_operand(before) and following is not None:
        return BINARY_SUMS[text_of(node)], 1
    if is_large(node):
        return _large(node, following, is_followed, context), 1
    spin = _spin(nodes[index : index + 3], context)
    if spin and _is_alone(before, node_at(nodes, index + 3), is_followed and index + 3 == len(nodes)):
        return spin, 3
    common = common_fraction(nodes[index : index + 3])
    if common and _is_alone(before, node_at(nodes, index + 3), is_followed and index + 3 == len(nodes)):
        return common, 3
    if isinstance(node, Symbol):
        return sign_beside(nodes, index, context), 1
    if text_of(innermost(node)) == "|" and isinstance(node, Scripts) and not _has_left_side(nodes, index):
        return ("vertical bar" + index_in_words(node, context, say) + power_in_words(node, context, say)), 1
    if text_of(before) == "→" and (limit := _one_sided(node, nodes[:index], context)):
        return limit, 1
    if isinstance(node, Fraction):
        is_alone = not context.in_fraction and _is_alone(before, following, goes_on and following is None)
        return fraction(node, is_alone, context, say), 1
    if isinstance(node, Binomial):
        is_alone = not context.in_fraction and _is_alone(before, following, goes_on and following is None)
        return binomial(node, is_alone, context, say), 1
    if may_be_function(before, node):
        return _in_brackets(node, context), 1
    if isinstance(node, Delimited):
        is_state = isinstance(following, Delimited) and "|" in (following.left, following.right)
        is_domain = node.left in ("[", "(") and text_of(following) == "→"
        goes_on = (goes_on and not is_state) or is_domain
        goes_on = goes_on or (node.left == "⟨" and _is_operation(following))
        return say_brackets(node, before, goes_on, context, say), 1
    is_charge = isinstance(node, Scripts) and text_of(following) in ("+", "−") and _ends_with_sign(node)
    return _node(node, goes_on, context) + (" end superscript" if is_charge else ""), 1


def _large(node: Node, following: Node | None, is_followed: bool, context: Context) -> str:
    """A sum, a limit, a maximum with its bounds.

    A name before a sign is no more than a name, `Pr = 1`.
    """
    has_operand = continues(following) or (following is not None and kind_of(following) == Kind.BINARY)
    name = node.base if isinstance(node, Scripts) else node
    is_bare = name is node and (following is None or kind_of(following) == Kind.BINARY) and not is_followed
    if isinstance(name, Name) and (
        context.in_script or is_bare or (following is not None and not has_operand)
    ):
        name = Name(name.text)
        return _node(
            node.on(name) if isinstance(node, Scripts) else name, True, context._replace(in_script=True)
        )
    says_of = has_operand or following is not None or is_followed or context.in_fraction
    return operator_in_words(node, says_of, context, say)


def _spin(nodes: Sequence[Node], context: Context) -> str:
    """A common fraction with a parity, as the spin `1/2^-`; "" for all else."""
    last = nodes[-1] if len(nodes) == 3 else None
    if not isinstance(last, Scripts) or last.subscript is not None or last.primes:
        return ""
    parity = arrange_row(last.superscript)
    common = common_fraction((*nodes[:2], last.base))
    is_parity = len(parity) == 1 and text_of(parity[0]) in ("+", "−", "±")
    return common + power_in_words(last, context, say) if common and is_parity else ""


def _is_first_factor(large: Node, pair: Delimited, after: Node | None, is_power: bool) -> bool:
    """Tell whether brackets behind a limit are a factor, as in `lim (1/n) log x`.

    Or the base of a power, as in `lim (1+1/n)^n`.
    """
    name = innermost(large)
    is_limit = isinstance(name, Name) and name.limits and large_name(name) in _BEFORE_FACTORS
    is_one = pair.left in ("(", "[") and len(pieces(arrange_row(pair.body))) == 1
    is_factor = after is not None and is_operand(after)
    return is_limit and is_one and (is_factor or is_power)


def _one_sided(node: Node, before: Sequence[Node], context: Context) -> str:
    """The end of a one-sided limit, as in `x → 0^+`; "" for all else."""
    if not isinstance(node, Scripts) or node.superscript is None or node.primes or len(before) != 2:
        return ""
    signs = arrange_row(node.superscript)
    side = _SIDES.get(text_of(signs[0]), "") if len(signs) == 1 else ""
    is_variable = is_atom(before[0]) and text_of(innermost(before[0])).isalpha()
    is_limit = context.in_bounds or (text_of(node.base) == "0" and not context.within)
    if not (side and is_variable and is_limit):
        return ""
    return f"{_node(node.base, True, context)}{index_in_words(node, context, say)} {side}"


def _is_operation(node: Node | None) -> bool:
    return node is not None and kind_of(node) == Kind.BINARY


def _ends_with_sign(node: Scripts) -> bool:
    """Tell whether a lone plus or minus is raised, as in `Na^+`."""
    signs = arrange_row(node.superscript)
    return len(signs) == 1 and text_of(signs[0]) in ("+", "−", "±", "∓")


def _is_one_of_orders(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether a letter is one of several that say how fast a thing grows.

    As in `O(n²) ∩ Ω(n)`.
    """
    beside = {text_of(node_at(nodes, index - 1)), text_of(node_at(nodes, index + 2))}
    others = (*nodes[:index], *nodes[index + 2 :])
    return not beside.isdisjoint("∩∪") and any(
        plain_text(one) in ORDERS and text_of(one) != text_of(nodes[index]) and isinstance(other, Delimited)
        for one, other in pairwise(others)
    )


def _is_place(before: Node | None) -> bool:
    """Tell whether the domain of an equation follows, as in `u = 0 on Ω(t)`."""
    words = before.parts[0] if isinstance(before, FormulaText) and len(before.parts) == 1 else ""
    return isinstance(words, str) and words.strip() in ("in", "on")


def _ends_count(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether a node is the last number of a list, as the N of `1, …, N`."""
    return (
        text_of(node_at(nodes, index - 1)) == ","
        and text_of(node_at(nodes, index - 2)) == "…"
        and text_of(nodes[0]).isdigit()
    )


def _is_alone(before: Node | None, following: Node | None, is_followed: bool) -> bool:
    """Tell whether no factor and no slash is beside a node.

    A sum before or behind it is none.
    """
    if is_followed or text_of(before) == "/" or text_of(following) == "/":
        return False
    is_free_before = before is None or (not continues(before) and kind_of(before) != Kind.CLOSING)
    is_free_after = following is None or not continues(following)
    return (is_free_before or is_large(before)) and (is_free_after or is_large(following))  # type: ignore[arg-type]


def _has_left_side(nodes: Sequence[Node], index: int) -> bool:
    """Tell whether something is before a bar, which its index restricts.

    In `(S, |_p)` nothing is.
    """
    return index > 0 and kind_of(nodes[index - 1]) != Kind.PUNCTUATION


def _node(node: Node, goes_on: bool, context: Context) -> str:
    """One node that reads the same whatever is before it."""
    match node:
        case _ if is_large(node) and not context.in_script:
            return operator_in_words(node, goes_on or context.in_fraction, context, say)
        case Symbol():
            return sign_in_words(node)
        case Name():
            words = text_in_words(node.text) if context.in_script else name_in_words(node.text)
            alphabet = ALPHABETS.get(node.alphabet)
            return f"{alphabet} {words}" if alphabet else words
        case FormulaText(parts=pieces):
            said = (text_in_words(p) if isinstance(p, str) else say(arrange_row(p), context) for p in pieces)
            return " ".join(filter(None, said))
        case Unknown(name=name):
            return name
        case Scripts():
            return _scripts(node, context)
        case Root():
            return root(node, goes_on, context, say)
        case Accent():
            return accent(node, say)
        case Brace():
            return brace(node, None, say)
        case Stack():
            return stack(node, context, say)
        case Matrix():
            return matrix(node, say)
        case Fraction():
            return fraction(node, False, context, say)
        case Binomial():
            return binomial(node, False, context, say)
        case Delimited():
            return say_brackets(node, None, goes_on, context, say)
        case _:
            return ""


def _scripts(node: Scripts, context: Context) -> str:
    """A base with what is below and above it, in this order."""
    base = node.base
    if isinstance(base, Brace):
        label = node.superscript if base.over else node.subscript
        words = brace(base, label, say)
        lower, upper = (node.subscript, None) if base.over else (None, node.superscript)
        rest = Scripts(base, lower, upper, node.primes)
        return words + index_in_words(rest, context, say) + power_in_words(rest, context, say)
    if text_of(base) == "|" and node.subscript is not None:
        return _evaluated(node, context)
    if isinstance(base, Delimited) and (base.left, base.right) == ("‖", "‖"):
        index = arrange_row(node.subscript)
        if len(index) == 1 and isinstance(index[0], Symbol) and is_atom(index[0]):
            name = f"the {sign_in_words(index[0])}-norm of"
            words = part(say, name, arrange_row(base.body), "norm", False, context) + prime_words(node.primes)
            return words + power_in_words(node, context, say)
    words = "" if isinstance(base, Row) else _node(base, True, context)
    if isinstance(base, Delimited) and node.superscript is not None and not node.primes:
        index = arrange_row(node.subscript)
        is_evaluated = (base.left, base.right) == ("[", "]") and _is_lower_end(index)
        if is_evaluated or any(text_of(one) == "=" for one in index):
            end = say(arrange_row(node.superscript), _BOUNDS)
            return f"{words} from {say(index, _BOUNDS)} to {end} end range"
    return (words + index_in_words(node, context, say) + power_in_words(node, context, say)).strip()


def _is_lower_end(index: Sequence[Node]) -> bool:
    """Tell whether the index of brackets is where an integral begins: `[x²]_0^1`."""
    texts = [text_of(node) for node in index]
    number = texts[1:] if texts[:1] == ["−"] else texts
    return len(number) == 1 and (number[0].isdigit() or number[0] in ("a", "∞", "π"))


def _evaluated(node: Scripts, context: Context) -> str:
    """A bar with an index.

    "evaluated at x equals 0 end evaluation", "restricted to U".
    """
    nodes = arrange_row(node.subscript)
    name = "evaluation" if has_relation(nodes) else "restriction"
    opening = "evaluated at" if has_relation(nodes) else "restricted to"
    is_open = is_unit(nodes) and node.superscript is None and not node.primes
    words = part(say, opening, nodes, name, is_open, context) + prime_words(node.primes)
    return words + power_in_words(node, context, say)


def _application(
    node: Node, argument: Node, pair: Delimited, goes_on: bool, context: Context, is_set: bool
) -> str:
    """A function with its argument, and the scripts of its brackets.

    "f of x end f squared".
    """
    symbol = innermost(node)
    if isinstance(node, Scripts) and (_is_italic_t(node.superscript) or _is_dimension(node)):
        # A function is hardly transposed, the p^T(x) of a teacher, nor is H^2(X) a square.
        index = RaisedIndex(node.superscript.items) if node.superscript else None
        node = Scripts(node.base, node.subscript, index, node.primes)
    name = _node(node, True, context)
    is_order = isinstance(symbol, Symbol) and symbol.text in ORDERS and pair.left == "("
    is_order = is_order and not (is_set or (_is_group(node) and _is_size_of_group(pair)))
    if isinstance(symbol, Symbol) and is_order and _is_order(node, symbol):
        name = name.replace(sign_in_words(symbol), ORDERS[symbol.text], 1)
    name = name.removesuffix(" of") if is_large(node) else name
    words = application(node, name, argument, pair, goes_on, context, say)
    if isinstance(argument, Scripts):
        words += index_in_words(argument, context, say) + power_in_words(argument, context, say)
    return words


def _is_italic_t(superscript: Row | None) -> bool:
    letter = only(superscript) if superscript is not None else None
    return isinstance(letter, Symbol) and letter.text == "T" and letter.alphabet == Alphabet.NORMAL


def _is_dimension(function: Scripts) -> bool:
    """Tell whether a number is a degree of cohomology or smoothness: `C^2(Ω)`."""
    number = only(function.superscript) if function.superscript is not None else None
    letter, index = plain_text(function.base), arrange_row(function.subscript)
    is_space = letter == "H" or (letter == "C" and all(text_of(one) in ("0", "b", "c") for one in index))
    return is_space and text_of(number).isdigit()


def _in_brackets(node: Node, context: Context) -> str:
    """Round brackets as they are, with scripts: "paren x end paren squared"."""
    pair = node.base if isinstance(node, Scripts) else node
    body = arrange_row(pair.body) if isinstance(pair, Delimited) else []
    words = f"paren {say(body, Context(within='paren', bar='given'))} end paren"
    if isinstance(node, Scripts):
        words += index_in_words(node, context, say) + power_in_words(node, context, say)
    return words


def _is_group(node: Node) -> bool:
    """Tell whether a letter may be the name of an orthogonal group."""
    return isinstance(node, Symbol) and node.text in "Oo" and node.alphabet in PLAIN_ALPHABETS


def _is_size_of_group(pair: Delimited) -> bool:
    """Tell whether an O before these brackets is an orthogonal group: O(3), O(2,3)."""
    sizes = " ".join(text_of(node) or "?" for node in arrange_row(pair.body))
    return _SIZES_OF_GROUPS.fullmatch(sizes) is not None


def _is_order(node: Node, symbol: Symbol) -> bool:
    """Whether a letter says how fast something grows.

    One with an index does not, nor does the Ω^k of forms.
    """
    if not isinstance(node, Scripts):
        return symbol.alphabet in _ORDER_ALPHABETS
    has_index = node.subscript is not None or (node.superscript is not None and symbol.text in "ΩΘ")
    return symbol.alphabet in _ORDER_ALPHABETS and not has_index
