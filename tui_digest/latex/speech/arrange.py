"""The nodes of a row as they are heard.

Groups dissolved, brackets paired, spellings made one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

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
    Root,
    Row,
    Scripts,
    Space,
    Stack,
    Symbol,
)
from tui_digest.latex.speech.kinds import (
    JOINING,
    is_equation_array,
    is_large,
    is_operand,
    kind_of,
    only,
    text_of,
)
from tui_digest.latex.speech.spelled_names import join_spelled_names, join_words, units_of_text, word_of_group
from tui_digest.latex.speech.words import SPELLINGS, STYLED_LETTERS
from tui_digest.latex.symbols.table import CHARACTERS, COMMANDS

COMMA = Symbol(",", Kind.PUNCTUATION)
_FULL_STOP = Symbol(".", Kind.PUNCTUATION)
_NEW_LINE = Symbol(";", Kind.PUNCTUATION)
_TRANSPOSED = Row((Symbol("⊤"),))
_DEEPEST = 12
"""How many brackets within brackets are paired; people do not write more."""
_LONGEST_KET = 60
_WORD_SPACE = 0.3
"""A space of fewer ems is thin."""
# Powers that are at nothing behind an index, `x_i{}^2` and the charge of `NH_4{}^+`.
_POWERS_APART = frozenset(("2", "3", "+", "−"))
_SAID_AS_NAMES = frozenset(("mod", "s.t."))
_TWO_DOTS = Symbol("…")
_COMPOUND_NAMES = {
    (first, second): Name(text, operator=True, limits=True)
    for first, second, text in (
        ("arg", "min", "argmin"),
        ("arg", "max", "argmax"),
        ("lim", "sup", "lim sup"),
        ("lim", "inf", "lim inf"),
    )
}
_LARGE_SIGNS = {"Σ": "∑", "Π": "∏", "∩": "⋂", "∪": "⋃", "⊕": "⨁", "⊗": "⨂", "⊔": "⨆", "∧": "⋀", "∨": "⋁"}
"""Large signs by what is written instead of them, with bounds."""
_INDEPENDENT = {"⊥": "⫫", "⊥\u0338": "⫫\u0338"}
_DOUBLED = {"⊂": "⋐", "⊃": "⋑", "/": "⫽"}
LINES = frozenset(
    (
        "aligned",
        "align",
        "alignat",
        "alignedat",
        "gather",
        "gathered",
        "split",
        "eqnarray",
        "multline",
        "flalign",
    )
)
"""The environments of aligned equations."""
_AMBIGUOUS_NAMES = ("min", "sec", "deg", "mod", "Re", "Im", "in", "id", "op", "d")
_FUNCTION_NAMES = {
    name.text: name
    for name in COMMANDS.values()
    if isinstance(name, Name) and name.text not in _AMBIGUOUS_NAMES
}


def arrange_row(row: Row | None) -> list[Node]:
    """The nodes of a row as they are heard.

    Groups dissolved, brackets paired, wide gaps as commas.
    """
    if row is None or not row.items:
        return []
    nodes = join_spelled_names(_attach_powers(_pair_brackets(_audible_items(row.items))))
    return _bars_between([_function_named(node) for node in nodes])


def _bars_between(nodes: list[Node]) -> list[Node]:
    r"""The nodes with each bar between two operands as the relation that `\mid` is."""
    for index in range(1, len(nodes) - 1):
        bar = nodes[index]
        if (
            isinstance(bar, Symbol)
            and bar.text in ("|", "‖")
            and bar.kind == Kind.ORDINARY
            and is_operand(nodes[index - 1])
            and not is_large(nodes[index - 1])
            and is_operand(nodes[index + 1])
        ):
            nodes[index] = Symbol(bar.text, Kind.RELATION)
    return nodes


def _function_named(node: Node) -> Node:
    """The name of a function as one that takes an argument; every other node as it is."""
    match node:
        case Name(text, operator=False, alphabet=Alphabet.ROMAN) if text in _FUNCTION_NAMES:
            return _FUNCTION_NAMES[text]
        case Scripts(base=(Name() | Accent()) as base) if (named := _function_named(base)) is not base:
            return node.on(named)
        case Accent(base=base) if (
            named := _function_named(base.bare().single())
        ) is not base.bare().single():
            return Accent(Row((named,)), node.mark, node.wide)
        case _:
            return node


def _attach_powers(nodes: list[Node]) -> list[Node]:
    r"""The nodes with powers at nothing where they belong: `x_i{}^2`, `{}^tA`."""
    if not any(isinstance(node, Scripts) and isinstance(node.base, Row) for node in nodes):
        return nodes
    attached: list[Node] = []
    for node, following in pairwise((*nodes, COMMA)):
        last = attached[-1] if attached else None
        power = node.only() if isinstance(node, Scripts) and node.subscript is None else None
        text = text_of(power.bare().single()) if power is not None else ""
        has_others = isinstance(last, Scripts) and (last.subscript or last.primes)
        if text in _POWERS_APART and isinstance(last, Scripts) and last.superscript is None and has_others:
            attached[-1] = Scripts(last.base, last.subscript, power, last.primes, last.limits)
        elif isinstance(node, Scripts) and _carries(last, node, text, following):
            attached[-1] = node.on(attached[-1])
        elif text == "t" and is_operand(following):
            attached.append(Scripts(Row(), None, _TRANSPOSED))
        else:
            attached.append(node)
    return attached


def _carries(last: Node | None, scripts: Scripts, text: str, following: Node) -> bool:
    r"""Tell whether scripts are at nothing and those of the node before.

    As in `Ps{}_n(x)`, `\log{}^2t` and the degrees of `20\,{}^\circ`; `text` is that of a power.
    """
    if not isinstance(scripts.base, Row) or scripts.base.items or scripts.primes:
        return False
    if isinstance(last, Name) and last.operator and not is_large(last):
        return True
    if scripts.only() is None or not isinstance(last, (Symbol, Name)):
        return False
    if text == "∘" and last.text[-1:].isdigit():
        return True
    if kind_of(last) not in (Kind.ORDINARY, Kind.OPERATOR):
        return False
    is_bracket = isinstance(following, Delimited) and following.left == "("
    return not is_large(last) and (is_bracket or not is_operand(following))


def cell_nodes(cell: Row) -> list[Node]:
    """The nodes of a matrix's cell as they are heard, without a comma that ends it."""
    return _line(arrange_row(cell))


def _audible_items(items: Sequence[Node]) -> Iterator[Node]:
    """The items without what has no sound.

    Braces, narrow spaces, invisible delimiters, sizes.
    """
    for item in join_words(items):
        match item:
            case Symbol(text) if text[0:1] == "−" and len(text) > 1:
                yield from (Symbol("−", Kind.BINARY), Symbol(text[1:]))
            case Name(text) if text[0:1] == "·" and len(text) > 1:
                yield from (Symbol("⋅", Kind.BINARY), Symbol(text[1:]))
            case Symbol("½"):
                yield Fraction(Row((Symbol("1"),)), Row((Symbol("2"),)))
            case Symbol():
                yield _respell(item)
            case Row() if word := word_of_group(item):
                yield Name(word)
            case Scripts(base=base) if word := word_of_group(base):
                yield item.on(Name(word))
            case Row():
                yield from _audible_items(item.items)
            case Delimited("", right, body):
                yield from _audible_items(body.items)
                yield from [Symbol(right, Kind.ORDINARY)] if right else []
            case Delimited(left, "", body) if not _is_cases(item):
                yield Symbol(left, Kind.ORDINARY)
                yield from _audible_items(body.items)
            case Scripts(base=Space()):
                yield item.on(Row())
            case FormulaText(parts):
                yield from _text_nodes(parts)
            case Scripts(base=FormulaText((str() as text,))) if units := units_of_text(text):
                yield from units[:-1]
                yield item.on(units[-1])
            case Scripts(base=FormulaText((str() as text,))) if text.strip() in _FUNCTION_NAMES:
                yield item.on(_FUNCTION_NAMES[text.strip()])
            case Name(text, operator=False) if text in _FUNCTION_NAMES and item.alphabet != Alphabet.BOLD:
                yield _FUNCTION_NAMES[text]
            case Scripts(base=Symbol(kind=Kind.OPENING) as base) if base.text in "([{":
                yield base
                yield item.on(Row())
            case Scripts(base=Symbol(text)) if text in _LARGE_SIGNS and _counts(item):
                yield item.on(Symbol(_LARGE_SIGNS[text], Kind.OPERATOR))
            case Scripts(base=Symbol() as base):
                yield item.on(_respell(base))
            case Scripts(base=(Row() | Delimited("", "")) as base):
                yield from _with_scripts(list(_audible_items((base,))), item)
            case Scripts(base=Delimited("", right, body)):
                yield from _audible_items(body.items)
                yield item.on(Symbol(right, Kind.ORDINARY))
            case Scripts(base=Delimited(left, "") as base) if not _is_cases(base):
                yield from _with_scripts(list(_audible_items((base,))), item)
            case Stack(base, over, under) if _is_large_row(
                inner := _pair_brackets(_audible_items(base.items))
            ):
                yield from _with_scripts(inner, Scripts(Row(), under, over, limits=True))
            case Stack(base=Row((FormulaText((str() as text,)),)), over=over, under=under) if (
                text.strip().isalpha()
            ):
                yield Stack(Row((Name(text.strip()),)), over, under, kind=item.kind)
            case Accent(base=Row((FormulaText((str() as text,)),)), mark=mark, wide=wide) if text.isalpha():
                yield Accent(Row((Name(text),)), mark, wide)
            case Matrix(environment, rows) if environment in LINES or is_equation_array(item):
                for number, cells in enumerate(rows):
                    yield from [_NEW_LINE] if number else []
                    line = [node for cell in cells for node in _audible_items(cell.items)]
                    yield from _line(line) if len(rows) > 1 else line
            case Matrix(_, ((cell,),), "", "", _, (), ()):
                yield from _audible_items(cell.items)
            case Matrix("substack" | "subarray", rows):
                for number, cells in enumerate(rows):
                    yield from [COMMA] if number else []
                    yield from _line([node for cell in cells for node in _audible_items(cell.items)])
            case Name(text, operator=False, alphabet=Alphabet.BOLD) if len(text) == 2 and text.isalpha():
                yield from (Symbol(letter, alphabet=Alphabet.BOLD) for letter in text)
            case _:
                yield item


def _counts(scripts: Scripts) -> bool:
    """Tell whether scripts are those of a sum or product: from `i=1` to n."""
    lower = scripts.subscript.bare().items if scripts.subscript is not None else ()
    joint = text_of(lower[1]) if len(lower) > 2 else ""
    is_letter = isinstance(scripts.base, Symbol) and scripts.base.text.isalpha()
    return (joint == "=" and scripts.superscript is not None) or (joint in ("=", "∈") and not is_letter)


def _respell(symbol: Symbol) -> Symbol:
    """A symbol in the spelling that stands for all others, ℝ as a blackboard R."""
    text, kind = symbol.text, symbol.kind
    if text in SPELLINGS:
        return Symbol(SPELLINGS[text], kind, symbol.alphabet)
    if text in STYLED_LETTERS:
        return Symbol(STYLED_LETTERS[text][0], kind, STYLED_LETTERS[text][1])
    if text in ("<", ">") and kind in (Kind.OPENING, Kind.CLOSING):
        return Symbol("⟨" if text == "<" else "⟩", kind)
    return symbol


def _text_nodes(parts: Sequence[str | Row]) -> Iterator[Node]:
    """The formulas and words of a text.

    A letter, a mark, the name of a function as what they are.
    """
    for piece in parts:
        text = piece.strip() if isinstance(piece, str) else ""
        if isinstance(piece, Row):
            yield from _audible_items(piece.items)
        elif text in _FUNCTION_NAMES:
            yield _FUNCTION_NAMES[text]
        elif text in _SAID_AS_NAMES:
            yield Name(text)
        elif units := units_of_text(text):
            yield from units
        elif len(text) == 1 and (text.isalnum() or text in ",;.:"):
            yield CHARACTERS.get(text, Symbol(text, alphabet=Alphabet.ROMAN))
        elif text:
            yield FormulaText((text,))


def _line(nodes: list[Node]) -> list[Node]:
    """A line or cell without the comma or full stop that ends it."""
    while nodes and (isinstance(nodes[-1], Space) or text_of(nodes[-1]) in (",", ";")):
        nodes.pop()
    return nodes


def _is_large_row(nodes: Sequence[Node]) -> bool:
    return len(nodes) == 1 and is_large(nodes[0])


def _is_cases(node: Delimited) -> bool:
    return node.left == "{" and isinstance(only(node.body), Matrix)


def _with_scripts(base: list[Node], scripts: Scripts) -> Iterator[Node]:
    """A base in braces with its scripts, which in TeX are at its last node.

    `{ab}^2` is a b².
    """
    while base and isinstance(base[-1], Space):
        base.pop()
    if not base:
        yield scripts.on(Row())
        return
    last = base[-1]
    if not isinstance(last, Scripts):
        yield from base[:-1]
        yield scripts.on(last)
        return
    clashes = (last.subscript and scripts.subscript) or (last.superscript and scripts.superscript)
    if clashes or (last.superscript and scripts.primes):
        yield scripts.on(Delimited("(", ")", Row(tuple(base))))
        return
    yield from base[:-1]
    yield Scripts(
        last.base,
        last.subscript or scripts.subscript,
        last.superscript or scripts.superscript,
        last.primes + scripts.primes,
        last.limits,
    )


def _pair_brackets(items: Iterator[Node]) -> list[Node]:
    """The nodes with paired brackets made one, and a comma for each wide gap."""
    nodes: list[Node] = []
    opened: list[int] = []
    gap = 0.0
    for item in _join_outward_brackets([*items]):
        base = item.base if isinstance(item, Scripts) else item
        is_thousands = 0 < gap < _WORD_SPACE and _goes_on(nodes, base)
        gap = item.width if isinstance(item, Space) else 0.0
        if isinstance(item, Space):
            if item.width >= 1 and nodes and kind_of(nodes[-1]) not in JOINING:
                nodes.append(COMMA)
            elif item.width >= 1 and nodes and text_of(nodes[-1]) == ".":
                nodes[-1] = _FULL_STOP
        elif is_thousands and isinstance(base, Symbol):
            last_digits = text_of(nodes.pop())
            number = Symbol(f"{last_digits}{'' if '.' in last_digits else ','}{base.text}")
            nodes.append(item.on(number) if isinstance(item, Scripts) else number)
        elif isinstance(base, Symbol) and base.kind == Kind.CLOSING and base.text != "!":
            _close(nodes, opened, base.text, item)
        elif isinstance(item, Delimited) and (item.left, item.right) == ("⟨", "⟩"):
            nodes += _bra_and_ket(arrange_row(item.body)) or [item]
        elif nodes and nodes[-1] is COMMA and _joins_sides(item):
            # The gap of `a \quad = \quad b` is no pause.
            nodes[-1] = item
        elif (merged := _merge_items(nodes, item)) is not None:
            nodes[-len(merged[1]) :] = [merged[0]]
        else:
            if isinstance(item, Symbol) and item.kind == Kind.OPENING and len(opened) < _DEEPEST:
                opened.append(len(nodes))
            nodes.append(item)
    while opened:
        _close_bra(nodes, opened)
    while nodes and nodes[-1] is COMMA:
        nodes.pop()
    return nodes


def _join_outward_brackets(items: list[Node]) -> list[Node]:
    """The items with intervals whose brackets are turned outwards as one: `]0,1[`."""
    texts = [text_of(item.base if isinstance(item, Scripts) else item) for item in items]
    if "[" not in texts and "]" not in texts:
        return items
    joined: list[Node] = []
    depths = [0, *accumulate((text == "[") - (text == "]") for text in texts)]
    index = 0
    while index < len(items):
        end = _end_of_outward(texts, index, depths)
        last = items[end]
        if end:
            pair = Delimited(texts[index], texts[end], Row(tuple(items[index + 1 : end])))
            joined.append(last.on(pair) if isinstance(last, Scripts) else pair)
        else:
            joined.append(items[index])
        index = end + 1 if end else index + 1
    return joined


def _end_of_outward(texts: Sequence[str], start: int, depths: Sequence[int]) -> int:
    """The place where an interval as `]0,1[` ends; 0 if none begins here.

    `depths` is how many square brackets are open before each place, and behind the last.
    """
    if texts[start] not in ("[", "]"):
        return 0
    end = next((index for index in range(start + 1, len(texts)) if texts[index] in ("[", "]")), 0)
    inner = texts[start:end]
    if not end or texts[start] + texts[end] == "[]" or inner.count(",") != 1:
        return 0
    if inner.count("(") != inner.count(")"):
        return 0
    is_opened = depths[start] > 0
    is_closed = depths[-1] < depths[end + 1]
    return 0 if (is_opened and texts[start] == "]") or (is_closed and texts[end] == "[") else end


def _joins_sides(node: Node) -> bool:
    return kind_of(node) == Kind.RELATION or (kind_of(node) == Kind.BINARY and text_of(node) not in "−-±∓")


def _goes_on(nodes: Sequence[Node], base: Node) -> bool:
    r"""Tell whether a number goes on behind a thin space: the 096 of `4\,096`."""
    last = text_of(nodes[-1]) if nodes and isinstance(nodes[-1], Symbol) else ""
    if re.fullmatch(r"\d+\.(\d{3})+", last):
        return re.fullmatch(r"\d{1,3}", text_of(base)) is not None
    return (
        last.replace(",", "").isdigit()
        and len(last.split(",")[-1]) <= 3
        and re.fullmatch(r"\d{3}", text_of(base)) is not None
    )


def _merge_items(nodes: Sequence[Node], item: Node) -> tuple[Node, Sequence[Node]] | None:
    r"""Return what a node is together with the last ones, and these.

    For example `⊥⊥`, `⋅⋅⋅`, `\arg\min`, `√n`.
    """
    last = nodes[-1] if nodes else None
    text_before = text_of(last)
    if not text_before:
        return None
    name = item.base if isinstance(item, Scripts) else item
    text = text_of(item)
    if text_before == "√" and is_operand(item):
        return Root(Row((item,))), nodes[-1:]
    if text == "⊥" and text_before in _INDEPENDENT and isinstance(item, Symbol):
        return Symbol(_INDEPENDENT[text_before], Kind.RELATION), nodes[-1:]
    if text in _DOUBLED and text == text_before and isinstance(item, Symbol):
        return Symbol(_DOUBLED[item.text], kind_of(item)), nodes[-1:]
    if text == "⋅" and [text_of(node) for node in nodes[-2:]] == ["⋅", "⋅"]:
        return Symbol("…"), nodes[-2:]
    if (
        text_of(name) == "|" == text_before
        and isinstance(last, Symbol)
        and last.kind == kind_of(name) not in (Kind.OPENING, Kind.CLOSING)
    ):
        norm = Symbol("‖", kind_of(name))
        return (item.on(norm) if isinstance(item, Scripts) else norm), nodes[-1:]
    if text == "." and (text_before == "." or last is _TWO_DOTS):
        return _TWO_DOTS if text_before == "." else Symbol("…"), nodes[-1:]
    if text == "!" and text_before == "∃":
        return Symbol("∃!"), nodes[-1:]
    if text == "=" and text_before == ":":
        return Symbol("≔", Kind.RELATION), nodes[-1:]
    both = _COMPOUND_NAMES.get((text_before, text_of(name)))
    if both is not None:
        return (item.on(both) if isinstance(item, Scripts) else both), nodes[-1:]
    return None


def _close(nodes: list[Node], opened: list[int], right: str, item: Node) -> None:
    """Pair a closing bracket with the last one that is open, or with the bar of a ket."""
    while opened and text_of(nodes[opened[-1]]) == "⟨" and right not in ("⟩", "|", "‖"):
        _close_bra(nodes, opened)
    while len(opened) > 1 and right in (")", "]") and text_of(nodes[opened[-1]]) in ("|", "‖"):
        place = opened.pop()
        nodes[place] = Symbol(text_of(nodes[place]), Kind.RELATION)
    # The bar of `\lvert ψ\rangle` is an open one, that of `|ψ⟩` is not.
    if right == "⟩" and (not opened or text_of(nodes[opened[-1]]) not in ("⟨", "|")):
        start = _last_bar(nodes, opened[-1] if opened else -1)
    else:
        start = opened.pop() if opened else -1
    if start < 0:
        nodes.append(item)
        return
    left = "|" if _is_bra(nodes[start]) else text_of(nodes[start])
    if right == "|" == left and opened and _is_between_states(nodes, opened[-1], start):
        nodes[start] = Symbol("|", Kind.RELATION)
        bar = Symbol("|", Kind.RELATION)
        nodes.append(item.on(bar) if isinstance(item, Scripts) else bar)
        return
    inner = nodes[start + 1 :]
    pair: Node = Delimited(left, right, Row(tuple(inner)))
    # A bra, whose bar is the ket's too, stays.
    del nodes[start + _is_bra(nodes[start]) :]
    if isinstance(item, Scripts):
        nodes.append(item.on(pair))
    else:
        nodes += (_bra_and_ket(inner) if (left, right) == ("⟨", "⟩") else []) or [pair]


def _is_between_states(nodes: list[Node], bracket: int, bar: int) -> bool:
    """Tell whether a bar is the first of `⟨a|H|b⟩`.

    What is before it belongs to the bracket.
    """
    return text_of(nodes[bracket]) == "⟨" and bracket < bar - 1 and is_operand(nodes[bar - 1])


def _last_bar(nodes: list[Node], after: int) -> int:
    """The place of the last bar or bra after this place; -1 if there is none."""
    for index in range(len(nodes) - 1, max(after, len(nodes) - _LONGEST_KET), -1):
        if (text_of(nodes[index]) == "|" and isinstance(nodes[index], Symbol)) or _is_bra(nodes[index]):
            return index
    return -1


def _is_bra(node: Node) -> bool:
    return isinstance(node, Delimited) and (node.left, node.right) == ("⟨", "|")


def _close_bra(nodes: list[Node], opened: list[int]) -> None:
    """Close a bracket that found no partner: with the next bar it is a bra."""
    start = opened.pop()
    if text_of(nodes[start]) != "⟨":
        return
    for index in range(start + 1, len(nodes)):
        if text_of(nodes[index]) == "|":
            nodes[start : index + 1] = [Delimited("⟨", "|", Row(tuple(nodes[start + 1 : index])))]
            return


def _parts_between_states(nodes: Sequence[Node], index: int) -> Sequence[Node]:
    """The bars of `⟨a|H|b⟩` and what is between them; every other node itself."""
    node = nodes[index]
    if not isinstance(node, Delimited) or (node.left, node.right) != ("|", "|"):
        return (node,)
    if not 0 < index < len(nodes) - 1 or not (is_operand(nodes[index - 1]) and is_operand(nodes[index + 1])):
        return (node,)
    bar = Symbol("|", Kind.RELATION)
    return (bar, *node.body.items, bar)


def _bra_and_ket(inner: Sequence[Node]) -> list[Node]:
    """The bra and the ket of `⟨a|b⟩`, and what is between two bars.

    Empty if it is something else.
    """
    inner = [part for index, node in enumerate(inner) for part in _parts_between_states(inner, index)]
    bars = [index for index, node in enumerate(inner) if text_of(node) == "|"]
    others = (kind_of(node) for node in inner if text_of(node) != "|")
    if len(bars) not in (1, 2) or any(kind in (Kind.RELATION, Kind.PUNCTUATION) for kind in others):
        return []
    bra = Delimited("⟨", "|", Row(tuple(inner[: bars[0]])))
    ket = Delimited("|", "⟩", Row(tuple(inner[bars[-1] + 1 :])))
    return [bra, *inner[bars[0] + 1 : bars[-1]], ket]
