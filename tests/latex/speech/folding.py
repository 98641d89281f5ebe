"""Formulas in a folded form, in which spellings of the same formula are equal, as in a search key.

A folded row is a list of tuples, each a sign or a construct. Brackets are signs, and only scripts, fractions,
roots, accents and tables hold rows. Groups, sizes and narrow spaces are gone; a wide space is a comma.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from tui_digest.latex.formula.units import UNIT_NAMES
from tui_digest.latex.nodes import (
    Accent,
    Alphabet,
    Binomial,
    Brace,
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
    Unknown,
)
from tui_digest.latex.speech.spelled_names import UNITS, join_words, names_algebra, spells_name, word_of_group
from tui_digest.latex.speech.words import MARKS, NAMES, PARTS
from tui_digest.latex.symbols.alphabets import GLYPHS
from tui_digest.latex.symbols.table import CHARACTERS, COMMANDS

Item: TypeAlias = tuple[Any, ...]
Items: TypeAlias = list[Any]

_SPELLINGS = dict(
    zip("-*·⋯≼≽⟶⟵⟹⟺∶∣∆µ’ε⊺φϑ⫋⫌≦≧⫅⫆⪇⪈◁", "−∗⋅…⪯⪰→←⇒⇔:|Δμ′ϵ⊤φϑ⊊⊋≤≥⊆⊇≨≩⊲", strict=True),
    **{":=": "≔", "=:": "≕"},
)
_KINDS = {
    symbol.text: symbol.kind
    for symbol in (*COMMANDS.values(), *CHARACTERS.values())
    if isinstance(symbol, Symbol)
}
_KINDS |= {unicodedata.normalize("NFD", text): kind for text, kind in _KINDS.items()}
_KINDS |= {
    "∣": Kind.RELATION,
    "∗": Kind.BINARY,
    "|": Kind.OPENING,
    "‖": Kind.OPENING,
    "/": Kind.BINARY,
    ".": Kind.PUNCTUATION,
    "≔": Kind.RELATION,
}
_STYLED = {
    glyph: (letter, alphabet)
    for alphabet, letters in GLYPHS.items()
    for letter, glyph in letters.items()
    if glyph not in "ℜℑ"
}
_LARGE_SIGNS = dict(zip("ΣΠ∩∪⊕⊗⊔∧∨", "∑∏⋂⋃⨁⨂⨆⋀⋁", strict=True))
_LINES = ("align", "gather", "split", "eqnarray", "multline", "flalign")
_ORDERS = frozenset("OoΩΘ")
_SAID_AS_SIGNS = {
    "in": "∈",
    "for all": "∀",
    "there exists": "∃",
    "if and only if": "⇔",
    "implies": "⇒",
    "such that": "|",
}


def fold(row: Row) -> Items:
    """The folded form of a parsed formula."""
    return normalised(_fold_items(row.items))


def whole(items: Items) -> Items:
    """A formula that is nothing but letters as the word that they are."""
    is_word = len(items) > 3 and all(item[0] == "x" and item[2] == "" and item[1].isalpha() for item in items)
    return [("w", item[1], "") for item in joined(items) or []] if is_word else items


def sign(text: str, alphabet: str = "") -> Item:
    """A folded letter, number or sign."""
    text = _SPELLINGS.get(text, text)
    if text in _STYLED:
        text, alphabet = _STYLED[text]
    plain = alphabet in (Alphabet.NORMAL, Alphabet.ROMAN) or not (text.isalnum() or text in "∇∂ℓ∑")
    return ("x", unicodedata.normalize("NFD", text), "" if plain else alphabet)


def words(text: str, alphabet: str = "") -> Items:
    """The folded form of a name or text."""
    alphabet = "" if alphabet in (Alphabet.NORMAL, Alphabet.ROMAN) else alphabet
    text = " ".join(text.split())
    text = NAMES.get(text, text)
    if text in ("-", "--", "–"):
        return [sign("−")]
    if text in _SAID_AS_SIGNS:
        return [sign(_SAID_AS_SIGNS[text])]
    if text in LARGE_NAMES:
        alphabet = ""
    units = [part for part in re.split("( |/)", text) if part.strip()]
    are_units = all(part in UNIT_NAMES or part == "/" for part in units)
    if "/" in units and are_units and not re.fullmatch("[A-Z/ ]+", text):
        return [item for part in units for item in (words(part) if part != "/" else [sign("/")])]
    if text in LARGE_NAMES or text in NAMES.values():
        return [("w", text, alphabet)]
    return [
        sign(word, alphabet) if len(word) == 1 or word[0].isdigit() else ("w", word, alphabet)
        for word in text.split()
    ]


def _fold_items(items: Sequence[Node]) -> Items:
    folded: Items = []
    kind = Kind.PUNCTUATION
    is_wide = False
    gap = 0.0
    for item in _without_groups(items):
        base = item.base if isinstance(item, Scripts) else item
        last = folded[-1][1] if folded and folded[-1][0] == "x" else ""
        text = base.text if isinstance(base, Symbol) else ""
        is_decimal = re.fullmatch(r"\d+\.(\d{3})+ \d{1,3}", f"{last} {text}")
        is_number = is_decimal or re.fullmatch(r"\d{1,3}(,\d{3})* \d{3}", f"{last} {text}")
        if is_number and 0 < gap < 0.3:
            number = Symbol(f"{folded.pop()[1]}{'' if is_decimal else ','}{text}")
            item = item.on(number) if isinstance(item, Scripts) else number
        gap = item.width if isinstance(item, Space) else 0.0
        if isinstance(item, Scripts) and isinstance(item.base, Row) and item.base.items:
            first = item.base.items[0]
            is_wide = is_wide or (isinstance(first, Space) and first.width >= 1 and kind not in _JOINING)
        if isinstance(item, Space):
            is_wide = is_wide or (item.width >= 1 and kind not in _JOINING)
            continue
        folded += [sign(",")] if is_wide else []
        is_wide = False
        folded += _fold(item)
        base = item.base if isinstance(item, Scripts) else item
        kind = base.kind if isinstance(base, Symbol) and base.text != "/" else Kind.ORDINARY
        kind = {"/": Kind.BINARY, ".": Kind.PUNCTUATION}.get(getattr(base, "text", ""), kind)
        kind = base.kind if isinstance(base, Stack) else kind
        kind = kind_of(folded[-1]) if isinstance(base, Accent) else kind
        kind = Kind.PUNCTUATION if folded and folded[-1] == sign(",") else kind
    return folded


def _without_groups(items: Sequence[Node]) -> Iterator[Node]:
    for item in join_words(items):
        if word_of_group(item):
            yield Name(word_of_group(item))
        elif isinstance(item, Row):
            yield from _without_groups(item.items)
        else:
            yield item


_JOINING = (Kind.BINARY, Kind.RELATION, Kind.PUNCTUATION)


def _fold(node: Node) -> Items:
    match node:
        case Symbol("<" | ">" as text, Kind.OPENING | Kind.CLOSING):
            return [sign("⟨" if text == "<" else "⟩")]
        case Symbol(text) if text[0:1] == "−" and len(text) > 1:
            return [sign("−"), sign(text[1:])]
        case Symbol(text) if text[:1].isalpha() and "\u0338" in unicodedata.normalize("NFD", text):
            return [("a", [sign(unicodedata.normalize("NFD", text)[0], node.alphabet)], "slashed")]
        case Symbol("½"):
            return [("f", [sign("1")], [sign("2")])]
        case Symbol(text, _, alphabet) if len(text) > 1 and text.isalpha():
            return words(text, alphabet)
        case Symbol(text, _, alphabet):
            return [sign(text, alphabet)] if text else []
        case Name(text, False, _, Alphabet.BOLD) if len(text) == 2 and text.isalpha():
            return [sign(letter, Alphabet.BOLD) for letter in text]
        case Name(text, _, _, alphabet):
            return words(text, alphabet)
        case FormulaText(parts):
            return [item for part in parts for item in (words(part) if isinstance(part, str) else fold(part))]
        case Unknown(name):
            return [("u", name)]
        case Row(items):
            return words(word) if (word := word_of_group(node)) else _fold_items(items)
        case Space():
            return []
        case Delimited("{", "", body) if len(body.items) == 1 and isinstance(body.items[0], Matrix):
            table = body.items[0]
            rows = [[stripped(fold(cell)) for cell in row] for row in table.rows]
            if table.environment.startswith(_LINES) or _are_equations(table):
                lines = [Row(tuple(item for cell in row for item in cell.items)) for row in table.rows]
                return [("m", "system", [[stripped(fold(line))] for line in lines])]
            return [("m", "cases", rows)]
        case Delimited(left, right, body):
            return [*_brackets(left), *_fold_items(body.items), *_brackets(right)]
        case Fraction(upper, lower, bar):
            return [("f" if bar else "atop", fold(upper), fold(lower))]
        case Binomial(upper, lower):
            return [("b", fold(upper), fold(lower))]
        case Root(radicand, degree):
            index = fold(degree) if degree is not None else None
            return [("r", None if index == [sign("2")] else index or None, fold(radicand))]
        case Accent(base, mark):
            return [("a", fold(base), MARKS.get(mark, "accent"))]
        case Brace(base, over):
            return [("brace", over, fold(base), None)]
        case Stack():
            return _fold_stack(node)
        case Matrix():
            return _fold_matrix(node)
        case Scripts(base=Symbol("(" | "[" | "{" as text, Kind.OPENING)):
            return [sign(text), *_fold_scripts(node.on(Row()))]
        case Scripts():
            return _fold_scripts(node)
        case _:
            raise TypeError(node)


def _are_equations(table: Matrix) -> bool:
    """Whether the cells of cases are whole equations or their sides, cut at their relations."""
    rows = [[cell for cell in row if cell.items] for row in table.rows]
    if len(rows) > 1 and all(len(row) == 1 and _is_equation(row[0]) for row in rows):
        return True
    cuts = [
        (one.items[-1], other.items[0])
        for row in table.rows
        for one, other in pairwise(cell for cell in row if cell.items)
    ]
    return bool(cuts) and all(any(_kind(node) == Kind.RELATION for node in cut) for cut in cuts)


def _is_equation(cell: Row) -> bool:
    """Whether a cell has a relation before its first comma and text."""
    ends = (Symbol, FormulaText)
    for node in cell.bare().items:
        if _kind(node) == Kind.RELATION:
            return True
        if isinstance(node, ends) and getattr(node, "text", ",") == ",":
            return False
    return False


def _kind(node: Node) -> int:
    while isinstance(node, Scripts):
        node = node.base
    return getattr(node, "kind", Kind.ORDINARY)


def _brackets(text: str) -> Items:
    return [sign(text)] if text else []


def _fold_stack(node: Stack) -> Items:
    base = fold(node.base)
    over = joined(fold(node.over)) or [] if node.over else []
    under = joined(fold(node.under)) or [] if node.under else []
    if len(base) == 1 and is_large(base[0]):
        return scripted(base, under or None, over or None, 0)
    return [("o", base, over, under)]


def _fold_matrix(node: Matrix) -> Items:
    cells = [[fold(cell) for cell in row] for row in node.rows]
    is_plain = node.environment == "array" and not (node.left or node.bars or node.lines)
    is_aligned = is_plain and (len(cells) == 1 or node.columns.startswith("r")) and _are_equations(node)
    if is_aligned or node.environment.startswith((*_LINES, "substack", "subarray")):
        separator = "," if node.environment.startswith("sub") else ";"
        lines = [stripped([item for cell in row for item in cell]) for row in cells]
        return [item for n, line in enumerate(lines) for item in ([sign(separator)] * (n > 0) + line)]
    names = {"(": "matrix", "[": "matrix", "|": "determinant", "‖": "norm matrix", "{": "brace matrix"}
    if node.environment.endswith("cases") and _are_equations(node):
        return [("m", "system", [[stripped([item for cell in row for item in cell])] for row in cells])]
    name = "cases" if node.environment.endswith("cases") else names.get(node.left, "array")
    columns = max((len(row) for row in cells), default=0)
    rules = [("bar", str(number + 1)) for number in node.bars if 0 < number < columns]
    rules += [("line", str(number + 1)) for number in node.lines if 0 < number < len(cells)]
    return [
        ("m", name, [[stripped(cell) for cell in row] for row in cells], *(rules if name != "cases" else []))
    ]


def stripped(items: Items) -> Items:
    while items and items[-1] in (sign(","), sign(";")):
        items = items[:-1]
    return items


def _fold_scripts(node: Scripts) -> Items:
    if isinstance(node.base, Brace):
        label = node.superscript if node.base.over else node.subscript
        brace = ("brace", node.base.over, fold(node.base.base), fold(label) if label else None)
        rest = node.subscript if node.base.over else node.superscript
        small = fold(rest) if rest is not None else None
        return scripted(
            [brace], small if node.base.over else None, None if node.base.over else small, node.primes
        )
    bold = node.base.text if isinstance(node.base, Name) and node.base.alphabet == Alphabet.BOLD else ""
    base = words(bold, Alphabet.BOLD) or _fold(node.base)
    subscript = fold(_larger_print(node.subscript)) if node.subscript is not None else None
    superscript = fold(_larger_print(node.superscript)) if node.superscript is not None else None
    sum_sign = str(base[0][1]) if len(base) == 1 and base[0][0] == "x" else ""
    joints = [sign("=")] if sum_sign.isalpha() else [sign("="), sign("∈")]
    is_sum = (subscript or [])[1:2] in [[joint] for joint in joints]
    if sum_sign in _LARGE_SIGNS and is_sum and (superscript or not sum_sign.isalpha()):
        base = [sign(_LARGE_SIGNS[sum_sign])]
    return scripted(base, subscript or None, superscript or None, node.primes)


def _larger_print(script: Row) -> Row:
    """A script that is nothing but another one at nothing as that one: `x_{_N}` is `x_N`."""
    only = script.bare().single()
    smaller = only.only() if isinstance(only, Scripts) else None
    return script if smaller is None else _larger_print(smaller)


def scripted(base: Items, subscript: Items | None, superscript: Items | None, primes: int) -> Items:
    """A base with scripts, which in TeX are at its last item."""
    subscript = [sign("∗")] if subscript == [sign("⋆")] else subscript
    superscript = [sign("c")] if superscript == [sign("∁")] else superscript
    if superscript in ([sign("T")], [sign("⋆")]):
        superscript = [sign("⊤" if superscript == [sign("T")] else "∗")]
    if subscript is None and superscript is None and not primes:
        return base
    if not base:
        return [("s", None, joined(subscript), joined(superscript), primes)]
    last = base[-1]
    if last[0] == "brace" and last[3] is not None and (superscript if last[1] else subscript):
        closing = ("s", sign(")"), joined(subscript), joined(superscript), primes)
        return [sign("("), *base, closing]
    if last[0] == "s":
        clashes = (last[2] and subscript) or (last[3] and superscript) or (last[3] and primes)
        if clashes:
            closing = ("s", sign(")"), joined(subscript), joined(superscript), primes)
            return [sign("("), *base, closing]
        scripts = (
            "s",
            last[1],
            last[2] or joined(subscript),
            last[3] or joined(superscript),
            last[4] + primes,
        )
        return [*base[:-1], scripts]
    return [*base[:-1], ("s", last, joined(subscript), joined(superscript), primes)]


def joined(items: Items | None) -> Items | None:
    """A script whose letters that are side by side are one word: `i j` is `ij`, as in a search key."""
    if items is None:
        return None
    found: Items = []
    for item in items:
        plain = item[0] in "xw" and item[2] == "" and item[1].isascii() and item[1].isalpha()
        if plain and found and found[-1][0] == "w" and found[-1][2] == "letters":
            found[-1] = ("w", found[-1][1] + item[1], "letters")
        else:
            found.append(("w", item[1], "letters") if plain else item)
    return [
        ("w", NAMES.get(item[1], item[1]), "letters") if item[0] == "w" and item[2] == "letters" else item
        for item in found
    ]


def base_of(item: Item | None) -> Item | None:
    """What an item is under its scripts and accents."""
    while item is not None and item[0] in "sa":
        item = item[1] if item[0] == "s" else (item[1][0] if len(item[1]) == 1 else None)
    return item


def kind_of(item: Item | None) -> int:
    """The class of an item; that of a sign with scripts or small print is the sign's."""
    while item is not None and item[0] in "soa":
        item = item[1] if item[0] == "s" else item[1][0] if len(item[1]) == 1 else None
    return (
        _KINDS.get(item[1].removesuffix("\u0338"), Kind.ORDINARY)
        if item and item[0] == "x"
        else Kind.ORDINARY
    )


def is_large(item: Item | None) -> bool:
    """Whether an item is a sum, an integral, a limit."""
    base = item[1] if item is not None and item[0] == "s" else item
    if base is None:
        return False
    return kind_of(base) == Kind.OPERATOR or (base[0] == "w" and base[1] in LARGE_NAMES)


LARGE_NAMES = frozenset(
    ("maximum", "minimum", "supremum", "infimum", "arg max", "arg min", "probability", "determinant", "limit",
     "limit superior", "limit inferior", "gcd", "essential supremum", "essential infimum",
     "inverse limit", "direct limit",
     "injective limit", "projective limit",
     "plim", "Argmin", "Argmax")
)  # fmt: skip


def normalised(items: Items) -> Items:
    """A folded row with what is written in two ways made one."""
    items = _signs_joined(_names_joined(_intervals_unified(_algebras_joined(items))))
    items = _calls_unified(items)
    items = _tables_unified(items)
    items = _fractions_opened(items)
    return items


def _algebras_joined(items: Items) -> Items:
    """Letters in Fraktur that are the name of an algebra, as in sl_2, as this name."""
    found: Items = []
    for start, item in enumerate(items):
        letters = ""
        for length, one in enumerate(items[start:], 1):
            base = _base(one)
            if base[0] != "x" or base[2] != Alphabet.FRAKTUR or not base[1].isalpha():
                break
            letters += base[1]
            is_last = one[0] == "s" or _base((*items, sign("."))[start + length])[-1] != Alphabet.FRAKTUR
            is_first = not start or _base(items[start - 1])[-1] != Alphabet.FRAKTUR
            if is_last and (is_first or items[start - 1][0] == "s") and names_algebra(letters):
                rest = _algebras_joined(items[start + length :])
                return [*found, _with_base(one, ("w", letters, Alphabet.FRAKTUR)), *rest]
            if is_last:
                break
        found.append(item)
    return found


def _intervals_unified(items: Items) -> Items:
    """The brackets of `]0,1[` as round ones."""
    found = list(items)
    left, right = sign("["), sign("]")
    for start, item in enumerate(items):
        ends = [n for n in range(start + 1, len(items)) if _base(items[n]) in (left, right)]
        if item not in (left, right) or not ends or items[start : ends[0]].count(sign(",")) != 1:
            continue
        if items[start : ends[0]].count(sign("(")) != [*map(_base, items[start : ends[0]])].count(sign(")")):
            continue
        end = _base(items[ends[0]])
        depth = sum((one == left) - (one == right) for one in map(_base, items[:start]))
        rest = sum((one == left) - (one == right) for one in map(_base, items[ends[0] + 1 :]))
        if (item == right and depth <= 0 and (end == right or rest >= 0)) or (
            item == end == left and rest >= 0
        ):
            found[start] = sign("(") if item == right else left
            found[ends[0]] = _with_base(items[ends[0]], sign(")") if end == left else right)
    return found


def _names_joined(items: Items) -> Items:
    """Letters that spell a name, as in `Pic(X)`, as this name."""
    found: Items = []
    run: Items = []
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        letter = _base(item)
        if not _is_plain_letter(letter):
            found.append(item)
            continue
        run.append(item)
        after = _base(following) if following is not None else None
        if item[0] == "s" or after is None or not _is_plain_letter(after):
            word = "".join(_base(one)[1] for one in run)
            has_brackets = following in (sign("("), sign("["), sign("@"))
            is_identity = word == "id" and found[-1:] in ([sign("(")], []) and after in (sign(")"), None)
            is_negative = item[0] == "s" and len(item[3] or []) > 1 and item[3][0] == sign("−")
            is_identity = is_identity or (word in UNITS and is_negative)
            if (len(run) > 1 and is_identity) or (
                len(run) > 1 and spells_name(word, item[0] == "s", has_brackets)
            ):
                found.append(_with_base(item, words(word)[0]))
            else:
                found += run
            run = []
    return found


def _is_plain_letter(item: Item) -> bool:
    return item[0] == "x" and not item[2] and bool(item[1].isascii() and item[1].isalpha())


def _signs_joined(items: Items) -> Items:
    """`⊥⊥` as one sign, `∇⋅` and `∇×` as names, `⟨a||b⟩` as `⟨a|b⟩`, `90°` as a power."""
    found: Items = []
    items = _abbreviations_joined(_spins_joined(items))
    two_dots = ("x", "…", "two")
    for index, item in enumerate(items):
        before = found[-1] if found else None
        if item == sign("⊥") and before in (sign("⊥"), sign("⊥\u0338")):
            found[-1] = sign("⫫" + before[1][1:])
        elif item[:2] == ("s", None) and item[2:] in _SQUARES and before is not None and _has_index(before):
            found[-1] = (*before[:3], item[3], before[4])
        elif item[:2] == ("s", None) and before is not None and _carries(before, items[index + 1 :]):
            found[-1] = ("s", before, *item[2:])
        elif item == ("s", None, None, joined([sign("t")]), 0):
            found += scripted([], None, [sign("⊤")], 0)
        elif item == before and item in map(sign, "⊂⊃/"):
            found[-1] = sign({"⊂": "⋐", "⊃": "⋑", "/": "⫽"}[item[1]])
        elif before == sign("∇") and item in (sign("⋅"), sign("×")):
            found[-1] = ("w", "div" if item == sign("⋅") else "curl", "")
        elif before == ("w", "arg", "") and _base(item) in (("w", "minimum", ""), ("w", "maximum", "")):
            found[-1] = _with_base(item, ("w", f"arg {_base(item)[1][:3]}", ""))
        elif before == ("w", "limit", "") and _base(item) in (("w", "supremum", ""), ("w", "infimum", "")):
            inferior = _base(item)[1] == "infimum"
            found[-1] = _with_base(item, ("w", f"limit {'inferior' if inferior else 'superior'}", ""))
        elif before == sign("√"):
            found[-1] = ("r", None, [item])
        elif item == sign(".") and before in (sign("."), two_dots):
            found[-1] = two_dots if before == sign(".") else sign("…")
        elif item == sign("!") and before == sign("∃"):
            found[-1] = sign("∃!")
        elif item == sign("=") and before == sign(":"):
            found[-1] = sign("≔")
        elif item == sign("⋅") == before and found[-2:-1] == [sign("⋅")]:
            found[-2:] = [sign("…")]
        elif _base(item) == sign("|") == before and _opens_bra(found):
            found[-1] = item
        elif _base(item) == sign("|") == before:
            found[-1] = _with_base(item, sign("‖"))
        elif item == sign("C") and before is not None and before[-2:] == ([sign("∘")], 0):
            found[-1:] = [*([before[1]] if before[1] else []), ("w", NAMES["°C"], "")]
        elif item == sign("°") and before is not None:
            found[-1:] = scripted([before], None, [sign("∘")], 0)
        elif (
            before is not None
            and before[0] == "s"
            and before[1] is None
            and item[0] == "s"
            and item[1] is None
        ):
            found[-1] = ("s", None, before[2] or item[2], before[3] or item[3], before[4] + item[4])
        else:
            found.append(item)
    return [sign("…") if item == two_dots else item for item in found]


def _spins_joined(items: Items) -> Items:
    """The parity of a spin, as in `1/2^-`, at its fraction."""
    found: Items = []
    for item in items:
        upper = found[-2] if found[-1:] == [sign("/")] and len(found) > 1 else None
        is_spin = item[0] == "s" and item[2:] in [(None, [sign(one)], 0) for one in "+−±"]
        if is_spin and upper is not None and item[1] is not None and _is_common(upper, item[1]):
            found[-2:] = [("s", ("f", [upper], [item[1]]), *item[2:])]
        else:
            found.append(item)
    return found


def _abbreviations_joined(items: Items) -> Items:
    """Letters with full stops, as in `a.e.`, as one word."""
    found: Items = []
    for item in items:
        word = [one[1] for one in (*found[-3:], item) if one[0] == "x" and not one[2]]
        if item == sign(".") and len(found) > 2 and len(word) == 4 and _is_stopped("".join(word), found):
            found[-3:] = words("".join(word))
        elif item == sign(".") and len(found) > 1 and found[-2][0] == "w" and found[-2][1][-1] == ".":
            longer = _is_plain_letter(found[-1]) and found[-2][1].count(".") > 1
            found[-2:] = [("w", f"{found[-2][1]}{found[-1][1]}.", "")] if longer else [*found[-2:], item]
        else:
            found.append(item)
    return found


def _is_stopped(word: str, found: Items) -> bool:
    is_after_letter = len(found) > 3 and _is_plain_letter(_base(found[-4]))
    is_known = word in ("a.e.", "a.s.", "i.e.", "e.g.", "s.t.", "c.c.", "h.c.", "H.c.")
    return re.fullmatch(r"([a-zA-Z]\.){2}", word) is not None and (is_known or not is_after_letter)


_SQUARES = [(None, [("x", number, "")], 0) for number in "23"]


def _carries(before: Item, rest: Items) -> bool:
    is_letter = before[0] in "xw" and before[1][0] not in "√|‖!" and kind_of(before) == Kind.ORDINARY
    is_free = not rest or rest[0] == sign("(") or kind_of(rest[0]) in (*_JOINING, Kind.CLOSING)
    return is_letter and not is_large(before) and is_free


def _has_index(item: Item) -> bool:
    return bool(item[0] == "s" and item[1] is not None and item[2] and item[3] is None)


def _opens_bra(items: Items) -> bool:
    return sign("⟨") in items


def _calls_unified(items: Items) -> Items:
    """Brackets behind a name as round ones, and none round a single thing: `\\log(n)` is `\\log n`."""
    found = list(items)
    index = 0
    while index + 1 < len(found):
        base, bracket = base_of(found[index]), found[index + 1]
        is_name = base is not None and base[0] in "wu"
        is_mean = (
            base is not None
            and base[0] == "x"
            and (
                base[1] in ("E", "P")
                or (base[2] == Alphabet.BLACKBOARD and base[1] in "VDHI")
                or (base[1] in ("1", "I") and base[2])
            )
        )
        if base is not None and base[0] == "x" and base[1] in _ORDERS and bracket == sign("("):
            found[index] = _without_alphabet(found[index])
        opens = [sign(one) for one in ("([{" if is_name else "[{" if is_mean else "")]
        if bracket in opens:
            end = _partner(found, index + 1)
            if end is not None:
                found[index + 1] = sign("(")
                found[end] = _with_base(found[end], sign(")"))
        if is_name and found[index + 1] == sign("("):
            end = _partner(found, index + 1)
            after = found[end + 1] if end is not None and end + 1 < len(found) else None
            is_last = after is None or kind_of(after) in (*_JOINING, Kind.CLOSING) or _is_bar(after)
            if end and is_last and _is_unit(found[index + 2 : end]) and found[end] == sign(")"):
                found[index + 1 : end + 1] = found[index + 2 : end]
        index += 1
    return found


def _base(item: Item) -> Item:
    return item if item[0] != "s" else item[1] or item


def _is_bar(item: Item) -> bool:
    return (item[1] if item[0] == "s" else item) in (sign("|"), sign("‖"))


def _without_alphabet(item: Item) -> Item:
    if item[0] == "x":
        return ("x", item[1], "") if item[2] == Alphabet.CALLIGRAPHIC else item
    if item[0] == "a":
        return ("a", [_without_alphabet(item[1][0])], item[2])
    return item if item[2] else ("s", _without_alphabet(item[1]), *item[2:])


def _with_base(item: Item, base: Item) -> Item:
    return ("s", base, *item[2:]) if item[0] == "s" else base


def _partner(items: Items, start: int) -> int | None:
    """Where the bracket that opens here is closed."""
    level = 0
    for index in range(start, len(items)):
        base = items[index][1] if items[index][0] == "s" else items[index]
        if base is not None and base[0] == "x":
            level += (base[1] in "([{") - (base[1] in ")]}")
        if level == 0:
            return index
    return None


def _is_unit(items: Items) -> bool:
    if len(items) == 1:
        base = base_of(items[0])
        has_power = items[0][0] == "s" and items[0][3] is not None
        if items[0][0] == "f":
            upper, lower = items[0][1:]
            return len(upper) == len(lower) == 1 and _is_common(upper[0], lower[0])
        return (
            (base is not None and base[0] in "xwu" and kind_of(base) == Kind.ORDINARY and not has_power)
            or (has_power and items[0][3][0][1] in ("∗", "⋆", "†"))
            or items[0][0] in "a"
        )
    return len(items) == 3 and items[1] == sign("/") and _is_common(items[0], items[2])


def _is_common(upper: Item, lower: Item) -> bool:
    """Whether a fraction has a name: "three quarters"."""
    return upper[0] == lower[0] == "x" and upper[1].isdigit() and lower[1] in PARTS


def _tables_unified(items: Items) -> Items:
    """Arrays in brackets as matrices, behind an open brace as cases."""
    found: Items = []
    for item in items:
        found.append(item)
        if len(found) > 2 and found[-2][0] == "m" and found[-2][1] == "array":
            closing = base_of(item)
            if (found[-3], closing) in ((sign("("), sign(")")), (sign("["), sign("]"))):
                table = ("m", "matrix", *found[-2][2:])
                found[-3:] = [_with_base(item, table)]
                continue
            for bar, name in (("|", "determinant"), ("‖", "norm matrix")):
                if found[-3] == closing == sign(bar):
                    found[-3:] = [_with_base(item, ("m", name, *found[-2][2:]))]
                    break
        if len(found) > 1 and found[-2] == sign("{") and item[0] == "m" and item[1] == "array":
            found[-2:] = [("m", "cases", item[2])]
    return found


def _fractions_opened(items: Items) -> Items:
    """Fractions that mean the same as `a/b`, beside which no factor is, as `a/b`."""
    found: Items = []
    for index, item in enumerate(items):
        before = items[index - 1] if index else None
        after = items[index + 1] if index + 1 < len(items) else None
        is_alone = _is_free(before, _BEFORE) and _is_free(after, _AFTER)
        if item[0] == "f" and is_alone and _is_product(item[1]) and _is_factor(item[2]):
            found += [*item[1], sign("/"), *item[2]]
        else:
            found.append(item)
    return found


_BEFORE = (*_JOINING, Kind.OPENING)
_AFTER = (*_JOINING, Kind.CLOSING, Kind.OPENING)


def _is_free(beside: Item | None, kinds: Sequence[int]) -> bool:
    if beside is None or is_large(beside) or beside == ("w", "mod", ""):
        return True
    base = beside[1] if beside[0] == "s" else beside
    if base in (sign("/"), sign("!"), sign("("), sign("[")):
        return base in (sign("("), sign("[")) and kinds is _BEFORE
    return kind_of(beside) in kinds


def _is_product(items: Items) -> bool:
    return bool(items) and all((base := base_of(item)) is not None and base[0] == "x" for item in items)


def _is_factor(items: Items) -> bool:
    if len(items) == 1:
        return items[0][0] in "xwuasr" and items[0] != sign("∇")
    first = items[0]
    if kind_of(first) == Kind.OPENING or (first[0] == "x" and first[1] in "|‖"):
        return True
    if len(items) == 2:
        return (
            first in (sign("∂"), sign("d"))
            or first[0] in "wu"
            or (first[0] == "s" and first[1] is not None and first[1][0] == "w")
        )
    return False
