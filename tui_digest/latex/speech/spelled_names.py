"""Names that authors spell in italic letters: `Pic(X)`, `Re_τ`, `L_{total}`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tui_digest.latex.formula.units import UNIT_NAMES
from tui_digest.latex.nodes import (
    Alphabet,
    Delimited,
    FormulaText,
    Kind,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Symbol,
)
from tui_digest.latex.speech.kinds import PLAIN_ALPHABETS, text_of

_ALWAYS = frozenset((
    "Re", "Im", "Rm", "Pic", "Hom", "Ext", "End", "Tor", "Gal", "Ker", "Det", "Vol", "Vect", "Diff",
    "Lip", "Coh", "Bun", "Spin", "Ham", "Sym", "Ind", "Res", "Div", "Jac", "Alb", "Bir", "Rep", "Out",
    "Inn", "Stab", "Cov", "Conv", "Isom", "Proj", "Irr", "Reg", "Prob", "Hess", "Ric", "Fun", "Map",
    "Lie", "Mat", "Gr", "Fix", "Per", "Spec", "Tot",
    "char", "diam", "dist", "diag", "supp", "prob", "card", "rank", "true", "proj", "loss", "const",
    "keV", "MeV", "GeV", "TeV", "kpc", "Mpc", "kHz", "MHz", "GHz",
))  # fmt: skip
_BEFORE_BRACKETS = frozenset(("tr", "ln", "do"))
_WITH_SCRIPTS_OR_BRACKETS = frozenset((
    "fix", "sgn", "erf", "vec", "vol", "lcm", "gcd", "ord", "ker", "det", "inf", "sup", "lim", "cov",
    "Op", "Enc", "Dec", "Emb", "Att", "Attn", "St", "Sp", "Ad", "Sz", "Cl", "Gl", "Sl", "Nm", "Pf", "Ob",
    "esssup", "essinf", "var", "span", "supp", "rank", "sign", "area", "cost",
))  # fmt: skip
_ABBREVIATIONS = frozenset(
    ("a.e.", "a.s.", "i.e.", "e.g.", "s.t.", "c.c.", "h.c.", "H.c.", "i.i.d.", "w.r.t.")
)
UNITS = frozenset(("cm", "km", "mm", "nm", "kg", "pb", "fb", "yr", "eV", "Hz", "Gyr", "Myr"))
"""Units that are a name where they are in italic letters with a negative power."""
_ALGEBRAS = frozenset(("sl", "gl", "so", "su", "sp", "se", "pu", "sn", "ad"))
_SEPARATORS = re.compile(r"( |/)")
_VOWELS = frozenset("aeiouy")
_INDICES = frozenset("ijklmnpqrst")
_SHORTEST_OF_HYPHENATED = 3
_SHORT_WORDS = frozenset(("min", "kin", "lim", "sim", "int", "init", "tot", "ind", "mix", "rms"))
_TWO_LETTERS = frozenset(("op", "cr", "tr", "eq", "id"))
_END_OF_RUN = Symbol(",", Kind.PUNCTUATION)
_SHORTEST_WORD = 5
_THIN_SPACE = 0.1
"""A space that parts letters has more ems."""


def join_spelled_names(nodes: list[Node]) -> list[Node]:
    """The nodes of a row, letters that spell a name as this name."""
    if len(nodes) < 2:
        return nodes
    nodes = _join_abbreviations(_join_fraktur(nodes))
    if sum(map(bool, map(_letter, nodes))) < 2:
        return nodes
    if [*map(_text, nodes)] == ["i", "d"]:
        return [Name("id")]
    joined: list[Node] = []
    run: list[Node] = []
    for index, node in enumerate(nodes):
        if not _letter(node):
            joined += run
            run = []
            joined.append(node)
            continue
        run.append(node)
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        if isinstance(node, Scripts) or following is None or not _letter(following):
            joined += _joined(run, following)
            run = []
    return joined


def _join_fraktur(nodes: list[Node]) -> list[Node]:
    r"""The nodes with the name of an algebra in Fraktur as one: `\mathfrak{sl}_2`."""
    if sum(map(bool, map(fraktur_letter, nodes))) < 2:
        return nodes
    joined: list[Node] = []
    run: list[Node] = []
    for node in (*nodes, Row()):
        if fraktur_letter(node):
            run.append(node)
        if not fraktur_letter(node) or isinstance(node, Scripts):
            name = Name("".join(map(fraktur_letter, run)), alphabet=Alphabet.FRAKTUR)
            is_name = names_algebra(name.text)
            last = run[-1] if is_name else None
            joined += run if not is_name else [last.on(name) if isinstance(last, Scripts) else name]
            run = []
        if not fraktur_letter(node):
            joined.append(node)
    return joined[:-1]


def fraktur_letter(node: Node) -> str:
    """The letter in Fraktur that a node is, perhaps with scripts; "" of others."""
    symbol = node.base if isinstance(node, Scripts) else node
    is_fraktur = isinstance(symbol, Symbol) and symbol.alphabet == Alphabet.FRAKTUR
    return symbol.text if is_fraktur and symbol.text.isalpha() else ""  # type: ignore[union-attr]


def names_algebra(letters: str) -> bool:
    """Tell whether letters in Fraktur are a Lie algebra's name, no product."""
    return letters in _ALGEBRAS or (len(letters) > 2 and letters.islower())


def _join_abbreviations(nodes: list[Node]) -> list[Node]:
    """The nodes with single letters before full stops as one name: `a.e.`, `i.i.d.`."""
    if "." not in map(_text, nodes) or not any(map(_is_abbreviated, pairwise(nodes))):
        return nodes
    joined: list[Node] = []
    index = 0
    while index < len(nodes):
        end = index
        while _is_abbreviated(nodes[end : end + 2]):
            end += 2
        text = "".join(map(_text, nodes[index:end]))
        is_joined = len(text) > 2 and (text in _ABBREVIATIONS or not (joined and _letter(joined[-1])))
        joined.append(Name(text) if is_joined else nodes[index])
        index = end if is_joined else index + 1
    return joined


def _is_abbreviated(nodes: Sequence[Node]) -> bool:
    """Tell whether two nodes are a plain letter and a full stop."""
    letter, *stop = map(_text, nodes) if nodes else [""]
    return stop == ["."] and len(letter) == 1 and letter.isascii() and letter.isalpha()


def _text(node: Node | None) -> str:
    is_plain = isinstance(node, Symbol) and node.alphabet in (Alphabet.NORMAL, Alphabet.ROMAN)
    return node.text if is_plain else ""  # type: ignore[union-attr]


def join_words(items: Sequence[Node]) -> Sequence[Node]:
    """The items of a row with letters that are a word as a name: `north`."""
    if len(items) < _SHORTEST_WORD - 1 or sum(map(bool, map(_letter, items))) < _SHORTEST_WORD - 1:
        return items
    joined: list[Node] = []
    run: list[Node] = []
    after_stop = after_bracket = False
    for item in (*items, Row()):
        if isinstance(item, Space) and item.width < _THIN_SPACE:
            continue
        if _letter(item):
            run.append(item)
        if not _letter(item) or isinstance(item, Scripts):
            is_alone = after_bracket and _text(item) in (")", "]", "}")
            joined += _word_of_letters(run, 3 if after_stop else 4 if is_alone else _SHORTEST_WORD)
            after_bracket = _text(item) in ("(", "[", "{")
            after_stop = _text(item) in (".", "_") and len(run) > 1
            run = []
        if not _letter(item):
            joined.append(item)
    return joined[:-1]


def _word_of_letters(run: Sequence[Node], shortest: int) -> Sequence[Node]:
    """A run of letters as a word, or as it is."""
    word = "".join(map(_letter, run))
    is_word = len(word) >= shortest and word[1:].islower() and (shortest == 3 or _is_word(word))
    if not is_word and word not in _ALWAYS:
        return run
    last = run[-1]
    return [last.on(Name(word)) if isinstance(last, Scripts) else Name(word)]


def word_of_group(group: Node) -> str:
    r"""The word that a group of letters is, as `\mathit{false}`; "" of others."""
    if not isinstance(group, Row) or len(group.items) < 4 or not all(map(_letter, group.items)):
        return ""
    word = "".join(map(_letter, group.items))
    is_bare = all(isinstance(item, Symbol) for item in group.items)
    return word if is_bare and word[1:].islower() and _has_sound(word) else ""


def _has_sound(word: str) -> bool:
    return not _VOWELS.isdisjoint(word[1:]) and not set(word) <= _INDICES


def _is_word(word: str) -> bool:
    """Tell whether letters are a word, and no product as `vuvuv` or `dxdydz`."""
    is_product = len(set(word)) < 3 or "dx" in word or "abcd" in word
    return not is_product and not set(word) <= _INDICES and not set("aeiou").isdisjoint(word[1:])


def spells_name(word: str, has_scripts: bool, has_brackets: bool) -> bool:
    """Tell whether letters side by side are a name.

    Args:
        word: all letters that are together.
        has_scripts: whether the last one has an index or power.
        has_brackets: whether a bracket follows.
    """
    if word in _ALWAYS:
        return True
    if word == "id":
        return has_scripts
    if not (has_scripts or has_brackets):
        return False
    if word in _WITH_SCRIPTS_OR_BRACKETS or (has_brackets and word in _BEFORE_BRACKETS):
        return True
    if word[:1].isupper():
        return len(word) > 2 and word[1:].islower() and _has_sound(word)
    return len(word) > 3 and word.islower() and _has_sound(word) and has_brackets


def _joined(run: list[Node], following: Node | None) -> Sequence[Node]:
    """A run of letters as the name that it spells, or as it is."""
    word = "".join(map(_letter, run))
    last = run[-1]
    pair = following.base if isinstance(following, Scripts) else following
    # The measure of `pass@k` is one word.
    has_brackets = (isinstance(pair, Delimited) and pair.left in ("(", "[")) or _text(pair) == "@"
    has_scripts = isinstance(last, Scripts)
    is_unit = word in UNITS and isinstance(last, Scripts) and _is_negative(last.superscript)
    if len(word) < 2 or not (is_unit or spells_name(word, has_scripts, has_brackets)):
        return run
    return [last.on(Name(word)) if isinstance(last, Scripts) else Name(word)]


def _is_negative(power: Row | None) -> bool:
    return power is not None and len(power.bare().items) > 1 and _text(power.bare().items[0]) in ("−", "-")


def _letter(node: Node) -> str:
    """The italic letter that a node is, perhaps with scripts; "" of others."""
    symbol = node.base if isinstance(node, Scripts) else node
    is_letter = isinstance(symbol, Symbol) and symbol.alphabet == Alphabet.NORMAL and len(symbol.text) == 1
    return symbol.text if is_letter and symbol.text.isascii() and symbol.text.isalpha() else ""  # type: ignore[union-attr]


def words_in_scripts(nodes: list[Node]) -> list[Node]:
    """The nodes of a script, letters that form a word made one name: `L_{total}`."""
    found: list[Node] = []
    run: list[Node] = []
    for node in (*nodes, _END_OF_RUN):
        if node is not _END_OF_RUN and not (isinstance(node, Symbol) and node.text == ","):
            run.append(_text_as_name(node))
            continue
        word = _word_of_script(run)
        found += [Name(word)] if word else _hyphenated(run) or run
        found.append(node)
        run = []
    return found[:-1]


def _hyphenated(run: Sequence[Node]) -> list[Node]:
    """The words of a label as `non-int`; empty if a run is something else."""
    parts: list[str] = [""]
    for node in run:
        if text_of(node) == "−":
            parts.append("")
        elif isinstance(node, Symbol) and node.text.isascii() and node.text.islower():
            parts[-1] += node.text
        else:
            return []
    if len(parts) < 2 or min(map(len, parts)) < _SHORTEST_OF_HYPHENATED:
        return []
    words: list[Node] = []
    for part in parts:
        words += [*([Symbol("−", Kind.BINARY)] if words else []), Name(part)]
    return words


def words_apart(items: Sequence[Node]) -> list[Name]:
    """The words of a formula that is letters with spaces between: `et~alii`."""
    if not all(isinstance(item, Space) or text_of(item).isalpha() for item in items):
        return []
    if any(isinstance(item, Name) and item.operator for item in items):
        return []
    spaced = (" " if isinstance(item, Space) and item.width > 0 else text_of(item) for item in items)
    words = "".join(spaced).split()
    return [Name(word) for word in words] if len(words) > 1 else []


def _text_as_name(node: Node) -> Node:
    """A text of one word as a name; every other node as it is."""
    match node:
        case FormulaText((str() as text,)) if text.strip().isalpha():
            return Name(text.strip())
        case _:
            return node


def _word_of_script(nodes: Sequence[Node]) -> str:
    letters = [node.text for node in nodes if isinstance(node, Symbol) and node.alphabet in PLAIN_ALPHABETS]
    word = "".join(letters)
    if len(letters) != len(nodes) or len(word) != len(nodes) or not word.isalpha():
        return ""
    if len(word) < 3:
        return word if word in _TWO_LETTERS else ""
    if not word.isascii():
        return ""
    follows = all(ord(one) + 1 == ord(other) for one, other in pairwise(word))
    has_sound = any(letter in "aeiouyAEIOUY" for letter in word)
    return word if word in _SHORT_WORDS or (has_sound and not follows and not set(word) <= _INDICES) else ""


def units_of_text(text: str) -> list[Node]:
    """The units and slashes of a text as `mol/L` or `km s`; empty for others."""
    parts = [part for part in _SEPARATORS.split(text.strip()) if part.strip()]
    units = [part for part in parts if part != "/"]
    are_units = len(units) > 1 and all(unit in UNIT_NAMES for unit in units)
    if not are_units or all(len(unit) == 1 and unit.isupper() for unit in units):
        return []
    letters = (Symbol(part, alphabet=Alphabet.ROMAN) if len(part) == 1 else Name(part) for part in parts)
    return [*letters]
