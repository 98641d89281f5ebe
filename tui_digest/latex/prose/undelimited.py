r"""Formulas that are in prose without delimiters.

For example `b\bar b`, `\tilde O(n)`, `U_i{\cal R}_1`, `10^{15}`.

How far a macro's arguments go is the formula parser's rule, so that `\bar b` reads as `$\bar b$` does.
"""

from __future__ import annotations

import re

from tui_digest.latex.find import is_formula
from tui_digest.latex.formula.author_macros import guess, split_glued
from tui_digest.latex.formula.macros import HANDLERS
from tui_digest.latex.formula.parse import parse_formula, parse_macro
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.nodes import Fraction, Kind, Name, Node, Symbol
from tui_digest.latex.prose.context import MacroContext
from tui_digest.latex.symbols.alphabets import ACCENTS
from tui_digest.latex.symbols.lookup import rare_character
from tui_digest.latex.symbols.table import CHARACTERS, COMMANDS
from tui_digest.latex.symbols.text_accents import closing_brace

_LONGEST, _MOSTLY = 400, 80
_SCRIPT_SIGNS = frozenset("_^")
_SCRIPT = r"[_^](?:\{[^{}]*\}|\\[A-Za-z]+|[\w*])"
# A macro without arguments, alone or in braces.
_LONE_MACRO = re.compile(r"\{?\\[A-Za-z]+\}?")
_SCRIPTS = re.compile(rf"\s*(?:{_SCRIPT})+")
# A letter with scripts that touches a formula belongs to it, before it and behind it.
_BEFORE = re.compile(
    rf"((?:(?:(?<![A-Za-z0-9\\])[A-Za-z]|(?<=[+*\d}}])[A-Za-z]|[)\]])(?:{_SCRIPT})+)+)([-/]?)\Z"
)
_OPEN_SCRIPT = re.compile(r"(?<![A-Za-z\\_^])[A-Za-z][_^]\Z")
_BEHIND = re.compile(rf"[A-Za-z](?:{_SCRIPT})+(?![A-Za-z])")
_FONT_GROUP = re.compile(r"\{\s*\\(?:cal|mit|frak|scr|goth|Bbb)(?![A-Za-z])")
_INFIX = re.compile(r"\\(?:over|atop|choose)(?![A-Za-z])")
_NAME = re.compile(r"\\([A-Za-z]+)")
_WRITTEN = re.compile(r"[+=*<>|&#@()]|\w\s+\w|[A-Z]{2}[_^][A-Z]{2}")
_MACRO = re.compile(r"\\[A-Za-z]+\s*")
_LAST_NAME = re.compile(r"\\([A-Za-z]+)\Z")
_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}")
# The parser takes every apostrophe for a prime; these are a quotation mark's or a genitive's.
_NO_PRIME = re.compile(r"'(?=['A-Za-z])|(?<=')'")
# A letter alone, behind a space.
_FACTOR = re.compile(r"\s+[A-Za-z](?![A-Za-z'])")
# Where something is taken, in the subscript of `y(t,x)_{|x=0}` and `y(t,x)_{|_{x=0}}`.
_BEHIND_BAR = (
    r"\s*(?:\||\\(?:mid|vert)(?![A-Za-z]))\s*"
    r"(?:_\{([^|{}]*)\}|(?![a-z]*\Z)(?!.*\\rangle)((?:[^|{}]|\{[^|{}]*\})+))"
)
_RUN_OF_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}(?:\s+[A-Za-z]{2,})+")
_SIGNS_OF_TEXT = frozenset("…§¶†‡©®£€¥°–—‘’“”•™¡¿«»")
_FRACTIONS = ("frac", "dfrac", "tfrac", "sqrt", "not", "binom", "Bbb", "operatorname", "bm", "boldsymbol")


def is_formula_macro(name: str) -> bool:
    """Tell whether a macro is one of formulas, by its name without the backslash."""
    if name in HANDLERS or name in COMMANDS or guess(name) is not None:
        return True
    return split_glued(name) is not None and not rare_character(name)


def is_formula_group(text: str, start: int, end: int) -> bool:
    r"""Tell whether the group from `start` to `end` is a formula, as `{\cal O}` is."""
    if end - start > _LONGEST:
        return False
    body = text[start + 1 : end]
    if "\\" not in body or "$" in body or _WORDS.search(body):
        return False
    scripted = text.startswith(("_", "^"), end + 1)
    return scripted or _FONT_GROUP.match(text, start) is not None or _INFIX.search(body) is not None


def _signs(kind: int) -> frozenset[str]:
    nodes: list[Node] = [*COMMANDS.values(), *CHARACTERS.values()]
    signs = {node.text for node in nodes if isinstance(node, Symbol) and node.kind == kind}
    return frozenset(sign for sign in signs if len(sign) == 1 and not sign.isascii())


# Characters by what they are in a formula: → and ∈; × and ∪; ⟨ and ⌊; ⟩ and ⌋.
_RELATIONS, _OPERATORS = _signs(Kind.RELATION), _signs(Kind.BINARY)
_OPENINGS, _CLOSINGS = _signs(Kind.OPENING), _signs(Kind.CLOSING)


def read_formula(reader: MacroContext, start: int, end: int) -> None:
    """Read the formula without delimiters that begins at `start`, and append it.

    A single character or word is text like any other; a relation is between spaces.

    Args:
        reader: What reads the prose, behind the first macro or brace of the formula.
        start: The place of that macro's backslash or of the brace.
        end: What may not be passed.
    """
    reader.position = max(reader.position, _formula_end(reader.text, start, end))
    append_formula(reader, start, end)


def append_formula(reader: MacroContext, start: int, end: int) -> None:
    """Append the formula from `start` to the reader's position, and what touches it."""
    reader.position = _scripts_end(reader.text, reader.position, end)
    tex = reader.text[start : reader.position]
    if len(tex.split(None, 1)) > 1:
        tex = re.sub(_RUN_OF_WORDS, r"\\text{\g<0>}", tex)
    lone = _LONE_MACRO.fullmatch(tex) is not None
    before = reader.take_last()
    letters, hyphen = _scripted_before(before)
    if lone:
        letters, hyphen = _open_script_before(before), ""
        lone = not letters
    reader.append_plain(before[: len(before) - len(letters) - len(hyphen)])
    if hyphen:
        reader.append_formula(formula_to_unicode(letters, reader.level), letters)
        reader.append_plain(hyphen)
        letters = ""
    tex = letters + tex
    text = _unicode_with_written_scripts(reader, tex)
    last = (before or reader.last_text())[-1:]
    touches = last.isalnum() or last in tuple(")]}+-*|‖")
    is_function = _begins_with_function(tex)
    spaced_signs = _spaced_signs(reader, start, text, touches and not is_function, end)
    begins, ends = _fractions_at_ends(tex)
    if text[:1] in spaced_signs or ((last.isalnum() or last == ")") and (is_function or begins)):
        reader.append_plain(" ")
    if text in _CLOSINGS:
        reader.drop_space_before()
    if lone and (text.isascii() or text in _SIGNS_OF_TEXT):
        reader.append_plain(text)
    else:
        reader.append_formula(text, tex)
    ends_in_sign = ends or text[-1:] in spaced_signs or (not lone and text[-1:] in _RELATIONS)
    after = reader.text[reader.position : end][:1]
    if ends_in_sign and (after.isalnum() or (after and after in "([{|")):
        reader.append_plain(" ")


def _begins_with_function(tex: str) -> bool:
    name = _NAME.match(tex)
    function = COMMANDS.get(name[1]) if name else None
    return isinstance(function, Name) and function.operator


def _fractions_at_ends(tex: str) -> tuple[bool, bool]:
    r"""Tell whether a formula begins and ends with a fraction, between factors."""
    if "frac" not in tex and "\\over" not in tex:
        return False, False
    items = parse_formula(tex).bare().items
    return bool(items) and type(items[0]) is Fraction, bool(items) and type(items[-1]) is Fraction


def _unicode_with_written_scripts(reader: MacroContext, tex: str) -> str:
    """A formula without delimiters as Unicode.

    Scripts that are sums or calls stay as they are written.

    In prose `x^{a+b}` and `E_{7(7)}` are often all there is of a formula, beside `a+b` and `7(7)`.
    """
    pieces: list[str] = []
    position = 0
    for start, end, body in _written_scripts(tex):
        pieces.append(formula_to_unicode(tex[position:start], reader.level) if start > position else "")
        place = re.compile(_BEHIND_BAR).fullmatch(body) if "|" in body or "\\" in body else None
        mark = tex[start]
        if place is not None:
            body, mark = place[1] or place[2], f"|{mark}"
        words = reader.read_part(body)
        bare = len(body) == 1 or (words[:1] == "(" and words[-1:] == ")")
        pieces.append(f"{mark}{words}" if bare else f"{mark}({words})")
        position = end
    pieces.append(formula_to_unicode(tex[position:], reader.level) if position < len(tex) else "")
    # As the prose around it writes a minus.
    return "".join(pieces).replace("−", "-")


def _spaced_signs(reader: MacroContext, start: int, text: str, touches: bool, end: int) -> frozenset[str]:
    r"""Return the signs that are between spaces here, as in `A\cup B` and `p\to q`.

    A space in the source often does no more than end a macro's name: behind an opening delimiter
    and before a factor of one letter, it is passed over.

    Args:
        reader: What reads the prose, behind the formula.
        start: Where the formula begins in the prose.
        text: The formula.
        touches: Whether a letter or digit touches it on the left.
        end: Where the prose ends.
    """
    spaced = reader.text.startswith(" ", reader.position)
    if (
        spaced
        and reader.text[start] not in _SCRIPT_SIGNS
        and (
            text in _OPENINGS
            or (touches and text.isalpha() and _FACTOR.match(reader.text, reader.position, end))
        )
    ):
        reader.skip_space()
        return frozenset()
    if not touches:
        return frozenset()
    return _RELATIONS | _OPERATORS if spaced else _RELATIONS


def _formula_end(text: str, start: int, end: int) -> int:
    r"""Return where the formula ends that begins with the macro or group at `start`.

    `start` if there is none.

    It goes on over macros, groups and letters with scripts that touch it.

    Args:
        text: The prose.
        start: The place of the backslash or brace.
        end: What may not be passed: the end of the group around it, or of the prose.
    """
    source = text[start : min(end, start + _LONGEST)]
    if "'" in source:
        source = _NO_PRIME.sub("\0", source)
    position = _macro_end(source, 0) if source[0] == "\\" else _group_end(source, 0)
    if position == 0:
        return start
    while position < len(source):
        after = _next_piece_end(source, position)
        if after == position:
            break
        position = after
    return start + position


def _next_piece_end(source: str, position: int) -> int:
    """Where the next piece of a formula ends; `position` if none goes on with it.

    Behind a relation or an operator a macro or group may come after a space.
    """
    if source[position] == " " and _ends_with_sign(source, position):
        goes_on = source[position + 1 : position + 2] in ("\\", "{")
        after = _next_piece_end(source, position + 1) if goes_on else position
        return after if after > position + 1 else position
    if source[position] == "\\":
        match = _NAME.match(source, position)
        goes_on = match is not None and _goes_on(match[1])
        return _macro_end(source, position) if goes_on else position
    if source[position] == "{":
        return _group_end(source, position)
    if source[position] == "'":
        return position + 1
    behind = _BEHIND.match(source, position)
    return behind.end() if behind else position


def _ends_with_sign(source: str, position: int) -> bool:
    name = _LAST_NAME.search(source, max(0, position - 40), position)
    node = COMMANDS.get(name[1]) if name else None
    return isinstance(node, Symbol) and node.kind in (Kind.RELATION, Kind.BINARY)


def _goes_on(name: str) -> bool:
    is_construct = name in ACCENTS or name in _FRACTIONS or name.startswith("math")
    return name in COMMANDS or (is_construct and name in HANDLERS) or guess(name) is not None


def _macro_end(source: str, position: int) -> int:
    name = _NAME.match(source, position)
    if name is None:
        return position
    if name[1] in COMMANDS and not source.startswith(("_", "^"), name.end()):
        return name.end()
    if name[1] == "left" and "\\right" not in source[position:]:
        return name.end()
    after = _parsed_end(source, position)
    return after if is_formula(source[position:after]) else name.end()


def _group_end(source: str, position: int) -> int:
    close = closing_brace(source, position, len(source))
    if close < 0 or not is_formula_group(source, position, close):
        return position
    return _parsed_end(source, position)


def _parsed_end(source: str, position: int) -> int:
    """Return where the parser is done with a macro or a group, which mostly is soon."""
    near = position + _MOSTLY
    _, after = parse_macro(source, position, min(near, len(source)))
    return after if after < near else parse_macro(source, position, len(source))[1]


def _scripts_end(text: str, position: int, end: int) -> int:
    """Where the scripts end that begin at this place; the place itself if none do."""
    scripts = _SCRIPTS.match(text, position, end)
    return scripts.end() if scripts else position


def _written_scripts(tex: str) -> list[tuple[int, int, str]]:
    """The scripts of a formula that are more than a name or number.

    Start, end and body of each.
    """
    found: list[tuple[int, int, str]] = []
    if "_" not in tex and "^" not in tex:
        return found
    position = depth = 0
    while position < len(tex):
        sign = tex[position]
        if sign == "\\":
            position += 2
            continue
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and sign in "_^" and position + 1 < len(tex):
            close = closing_brace(tex, position + 1, len(tex)) if tex[position + 1] == "{" else -1
            end = close + 1 if close > 0 else position + 2
            body = tex[position + 2 : close] if close > 0 else tex[position + 1]
            if body == "-" or (body != "*" and _WRITTEN.search(_MACRO.sub("", body))):
                found.append((position, end, body))
            position = end
            continue
        position += 1
    return found


def _scripted_before(prose: str) -> tuple[str, str]:
    """The letters with scripts at the end of prose, which a formula continues.

    The second text is a hyphen or slash between them and the formula.
    """
    end = prose[-40:]
    match = _BEFORE.search(end) if "_" in end or "^" in end else None
    return (match[1], match[2]) if match else ("", "")


def _open_script_before(prose: str) -> str:
    r"""The letter at the end of prose whose script a formula is: the `M_` of `M_\odot`."""
    match = _OPEN_SCRIPT.search(prose[-3:])
    return match[0] if match else ""
