"""A formula's tree on one line, as a mathematician would type it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

from tui_digest.latex.formula.fixed_nodes import SHARED_NODES
from tui_digest.latex.formula.parse import parse_formula
from tui_digest.latex.inline.context import (
    begins_item,
    colon,
    continues_prefix,
    full_stop,
    has_same_scripts,
    inside_braces,
    is_before_factorial,
    is_before_left_script,
    is_beside_line,
    is_factor,
    is_followed,
    is_word_apart,
    with_arrow_below,
)
from tui_digest.latex.inline.parentheses import (
    ends_raised,
    is_closed_script,
    is_differential,
    is_enclosed,
    is_half_of_pair,
    is_inline_atom,
    is_inline_unit,
    is_sum,
    is_word,
    stands_alone,
)
from tui_digest.latex.inline.spacing import LinePiece, Mode, Slot, join_pieces
from tui_digest.latex.nodes import (
    EMPTY,
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
from tui_digest.latex.symbols.alphabets import MARKS_BELOW
from tui_digest.latex.symbols.glyphs import MARK_NAMES, GlyphSet, Level, glyphs_of

_SYMBOLS_ALONE = frozenset((Symbol,))
_BARS = frozenset("|‖")
_DEPENDENT = frozenset("|‖:.{}…")
_WORD = re.compile(r"[A-Za-z]{4,}")
_LOWERED_LETTER = re.compile(r"_[A-Za-z]")
_LOSING_SPACES = frozenset((Slot.PUNCTUATION, Slot.BINARY))
_QUOTES = frozenset(("“”", '""', '"”', "''", "‘’"))
_APART = frozenset((Slot.TIGHT, Slot.SPACE))
_QUANTIFIERS = frozenset("∀∃∄")
_PREFIXES = frozenset("¬#")
_NAME = Slot.NAME
_OPEN_ENDED = frozenset("^⏟⏞")
_NAMES = frozenset((Slot.NAME, Slot.JOINED))
_STACKED_LIKE_LETTERS = frozenset((Slot.ORDINARY, Slot.DELIMITED, Slot.CLOSING, Slot.FRACTION))

# Lines and strokes go through everything under them, brackets and signs too. A single letter has the
# short form of a line, so that one line over two letters differs from a line over each.
_LONG_MARKS = {"\u0304": "\u0305", "\u0331": "\u0332"}
_MARKS_BEHIND = {"\u0302": "ˆ", "\u0303": "˜", "\u030c": "ˇ", "\u0306": "˘", "\u0307": "˙", "\u0308": "¨"}
# The affine algebra of sl(2), in Fraktur or another alphabet of mathematics, is written with a hat on its
# first letter; in roman that would read as the product of ŝ and l.
_ALGEBRA = r"(?:sl|gl|su|so|sp|osp|psl|pgl)(?:\([^()]*\))?"
# What an accent over nothing, or over a space, is placed on.
_NO_BASE = "\u00a0"
# How often a mark is on each character, at most: nobody could count more.
_MOST_MARKS = 4
_SHORT_MARKS = {"\u0305": "\u0304", "\u0332": "\u0331", "\u0338": "\u0338"}
# Globals: Python looks an attribute of a class up anew at each use.
_CLOSE, _LOOSE, _SNUG = Mode.CLOSE, Mode.LOOSE, Mode.SNUG
_BINARY, _DELIMITED, _FRACTION, _JOINED, _OPENING = (
    Slot.BINARY,
    Slot.DELIMITED,
    Slot.FRACTION,
    Slot.JOINED,
    Slot.OPENING,
)
_QUANTIFIER, _RELATION, _SIGN, _SPACE, _TEXT = (
    Slot.QUANTIFIER,
    Slot.RELATION,
    Slot.SIGN,
    Slot.SPACE,
    Slot.TEXT,
)
_TIGHT = Slot.TIGHT
_INNER, _OPERATOR, _ORDINARY = Kind.INNER, Kind.OPERATOR, Kind.ORDINARY
_NORMAL = Alphabet.NORMAL


@lru_cache(maxsize=4096)
def formula_to_unicode(formula: str, level: Level = "full") -> str:
    """A formula, given as TeX without its delimiters, on one line in NFC."""
    line = _line(level).formula(parse_formula(formula))
    return line if line.isascii() else unicodedata.normalize("NFC", line)


@cache
def _line(level: Level) -> LineLayout:
    return LineLayout(glyphs_of(level))


class LineLayout:
    """The layout of a tree on one line in the glyphs of one level."""

    tells_nesting = True
    """Whether brackets tell a letter that is a script's script, `x_{_L}`, and two bars that are a script."""

    def __init__(self, glyphs: GlyphSet) -> None:
        """The layout for one level of glyphs."""
        self.glyphs = glyphs
        self._fixed: dict[Node, LinePiece] = {}
        self._drawn: dict[tuple[str, int, str], LinePiece] = {}
        # The longer scripts of the formula at hand. They are asked for twice and more, each with those in it.
        self._long_scripts: dict[tuple[Row, bool, int], tuple[str, bool]] = {}
        self._layouts: dict[type, Callable[[Any, int], LinePiece]] = {
            Name: self._name,
            FormulaText: self._text,
            Space: self._space,
            Unknown: self._unknown,
            Row: self._group,
            Scripts: self._scripts,
            Fraction: self._fraction,
            Binomial: self._binomial,
            Root: self._root,
            Accent: self._accent,
            Brace: self._brace,
            Stack: self._stack,
            Delimited: self._delimited,
            Matrix: self._matrix,
        }

    def formula(self, row: Row) -> str:
        """A whole formula as text."""
        text = join_pieces(self.pieces(row.items, _LOOSE))
        if self._long_scripts:
            self._long_scripts.clear()
        return (self.glyphs.plain(text) if self.glyphs.ascii else text).strip()

    def row(self, row: Row, mode: int = _LOOSE, braces: bool = False) -> str:
        """A row of nodes as text.

        `braces` says that it is between braces, where a bar is a relation.
        """
        text = join_pieces(self.pieces(row.items, mode, braces), mode)
        return self.glyphs.plain(text) if self.glyphs.ascii else text

    def pieces(self, items: Sequence[Node], mode: int, braces: bool = False) -> list[LinePiece]:
        """The items as pieces of a line."""
        # Of what was not drawn before there is None, for a moment.
        pieces: list[Any] = list(map(self._fixed.get, items))
        if all(pieces):
            return pieces
        in_braces: Sequence[bool] = ()
        for index, piece in enumerate(pieces):
            if piece is not None:
                continue
            item = items[index]
            if type(item) is Scripts:
                piece = self._scripts(item, mode)
                if piece.slot == _NAME:
                    is_joined = continues_prefix(items, index)
                    piece = LinePiece(piece.text, _JOINED, piece.open_end) if is_joined else piece
                elif item in SHARED_NODES:
                    self._fixed[item] = piece
            elif type(item) is Space and is_before_left_script(items, index):
                piece = LinePiece("⋅", _BINARY)
            elif type(item) is not Symbol:
                piece = self._construct(items, index, mode)
            elif item.text not in _DEPENDENT:
                piece = self._symbol(item)
            elif item.text == ":":
                in_braces = in_braces or inside_braces(items, braces)
                piece = LinePiece(":", colon(items, index, in_braces[index]))
            elif item.text == ".":
                piece = LinePiece(".", full_stop(items, index))
            elif item.text == "…":
                # In a list it is apart from what follows, also where the author left out the comma.
                is_item = index > 0 and mode != _CLOSE and begins_item(items, index)
                piece = LinePiece(self.glyphs.draw("…"), _FRACTION if is_item else item.kind)
            elif item.text in _BARS and item.kind == _ORDINARY:
                # One that neither opens nor closes: a relation between braces, else it divides an argument.
                in_braces = in_braces or inside_braces(items, braces)
                is_relation = in_braces[index] and not begins_item(items, index)
                piece = LinePiece(self.glyphs.draw(item.text), _RELATION if is_relation else _TIGHT)
            else:
                piece = self._symbol(item)
            pieces[index] = piece
        return pieces

    def _construct(self, items: Sequence[Node], index: int, mode: int) -> LinePiece:
        """Return what is no symbol, as a piece of a line.

        Parentheses or spaces keep it from running into others.
        """
        item = items[index]
        kind = type(item)
        if isinstance(item, Accent) and _is_line(item.mark) and is_beside_line(items, index):
            piece = self._accent(item, mode, enclosed=True)
        else:
            piece = self._layouts[kind](item, mode)
        slot = piece.slot
        if slot == _NAME:
            return LinePiece(piece.text, _JOINED) if continues_prefix(items, index) else piece
        if slot == _FRACTION:
            return _apart(piece) if is_factor(items, index) else piece
        if slot == _TEXT:
            if piece.text[:1] == "-":
                # The hyphen of `{\rm Mod}\mbox{-}R` is a word's, too.
                return LinePiece(piece.text, _TIGHT if piece.text == "-" else _JOINED)
            if continues_prefix(items, index):
                return LinePiece(piece.text, _JOINED)
            if piece.text.endswith((",", ";")) and is_followed(items, index):
                return LinePiece(f"{piece.text} ", slot)
            return LinePiece(piece.text, _NAME) if is_word_apart(piece.text, items, index) else piece
        if kind is Root and is_before_factorial(items, index):
            return _apart(piece)
        return piece

    def piece(self, node: Node, mode: int) -> LinePiece:
        """One node as a piece of a line."""
        if type(node) is not Symbol:
            return self._layouts[type(node)](node, mode)
        return self._fixed.get(node) or self.pieces((node,), mode)[0]

    def _symbol(self, symbol: Symbol) -> LinePiece:
        key = (symbol.text, symbol.kind, symbol.alphabet)
        piece = self._drawn.get(key)
        if piece is None:
            piece = self._draw(symbol)
            if len(symbol.text) == 1:
                self._drawn[key] = piece
        if symbol in SHARED_NODES and symbol.text not in _DEPENDENT:
            self._fixed[symbol] = piece
        return piece

    def _draw(self, symbol: Symbol) -> LinePiece:
        text = self.glyphs.draw(symbol.text, symbol.alphabet)
        slot = symbol.kind
        if symbol.text == "/":
            slot = _TIGHT
        elif symbol.text in _QUANTIFIERS:
            slot = _QUANTIFIER
        elif symbol.text in _PREFIXES:
            slot = _SIGN
        elif slot == _ORDINARY and len(text) > 1 and text.isalpha():
            slot = _NAME
        return LinePiece(text, slot)

    def _name(self, name: Name, mode: int) -> LinePiece:
        if name.limits and (limit := with_arrow_below(name)):
            return self._scripts(limit, mode)
        return LinePiece(self.glyphs.draw(name.text, name.alphabet), _JOINED if name.joined else _NAME)

    def _text(self, text: FormulaText, mode: int) -> LinePiece:
        parts = [part if isinstance(part, str) else self.row(part, mode) for part in text.parts]
        return LinePiece("".join(parts), _RELATION if _is_quoted_relation(text) else _TEXT)

    def _space(self, space: Space, mode: int) -> LinePiece:
        width = 0 if space.width <= 0 else 2 if space.width >= 1 and mode != _CLOSE else 1
        return LinePiece(" " * width, _SPACE)

    def _unknown(self, unknown: Unknown, mode: int) -> LinePiece:
        return LinePiece(unknown.name, _NAME)

    def _group(self, row: Row, mode: int) -> LinePiece:
        """A group in braces.

        Of one node, what that is, but punctuation and signs lose their spaces.
        """
        if len(row.items) == 1:
            piece = self.piece(row.items[0], mode)
            if row.kind == _ORDINARY and piece.slot in _LOSING_SPACES:
                return piece._replace(slot=_ORDINARY)
            if row.kind == _OPERATOR and piece.text.isalpha():
                return piece._replace(slot=_NAME)
            return piece if row.kind == _ORDINARY else piece._replace(slot=row.kind)
        pieces = self.pieces(row.items, mode)
        text = join_pieces(pieces, mode)
        if row.kind == _INNER:
            return LinePiece(text, _FRACTION)
        slot = row.kind
        if slot == _ORDINARY and pieces and pieces[0].slot in _NAMES:
            slot = pieces[0].slot
        elif slot == _ORDINARY and pieces and pieces[0].slot == _OPENING and is_inline_atom(pieces):
            slot = _DELIMITED
        return LinePiece(text, slot, bool(pieces) and pieces[-1].open_end)

    def _scripts(self, scripts: Scripts, mode: int) -> LinePiece:
        if type(scripts.base) is Name and scripts.base.limits:
            scripts = with_arrow_below(scripts) or scripts
        text, slot = self._base(scripts.base, mode)
        if type(scripts.base) is Row and has_same_scripts(scripts):
            text = f"({text})"
        lower = upper = ""
        lower_open = upper_open = False
        if scripts.subscript is not None:
            lower, lower_open = self.script(scripts.subscript, raised=False)
        if scripts.superscript is not None:
            upper, upper_open = self.script(scripts.superscript, raised=True)
        if scripts.primes:
            marks = self.glyphs.primes(scripts.primes)
            if slot == _OPERATOR:
                text += marks
            else:
                upper = marks + upper
        if lower_open and upper and not upper_open and slot != _OPERATOR:
            return LinePiece(text + upper + lower, slot, open_end=True)
        return LinePiece(text + lower + upper, slot, open_end=upper_open or (lower_open and not upper))

    def _base(self, node: Node, mode: int) -> tuple[str, int]:
        """What scripts belong to: nothing before `{}_2F_1`; a word, when it is a text."""
        text, slot, _ = self.piece(node, mode)
        if not text:
            return "", _SIGN
        while type(node) is Row and len(node.items) == 1:
            node = node.items[0]
        if slot == _FRACTION or type(node) is Root:
            return f"({text})", _ORDINARY
        if slot in _APART or (slot == _RELATION and text in _BARS):
            return text, _ORDINARY
        return text, _NAME if slot == _TEXT and text[-1] != " " else slot

    def script(self, row: Row, raised: bool, shortest_word: int = 3) -> tuple[str, bool]:
        """A script as text, and whether a letter after it would seem to belong to it.

        Words of `shortest_word` letters and more are not raised or lowered letter by letter.
        """
        table = self.glyphs.raised if raised else self.glyphs.lowered
        only = row.items[0] if len(row.items) == 1 else None
        if type(only) is Symbol and only.alphabet == _NORMAL and only.text in table:
            return table[only.text], False
        if set(map(type, row.items)) == _SYMBOLS_ALONE:  # nothing nested that is drawn at each level
            return self._draw_script(row, raised, shortest_word)
        key = row, raised, shortest_word
        drawn = self._long_scripts.get(key)
        if drawn is None:
            drawn = self._long_scripts[key] = self._draw_script(row, raised, shortest_word)
        return drawn

    def _draw_script(self, row: Row, raised: bool, shortest_word: int) -> tuple[str, bool]:
        table = self.glyphs.raised if raised else self.glyphs.lowered
        only = row.items[0] if len(row.items) == 1 else None
        inner = only.only() if type(only) is Scripts else only
        if type(inner) is Row:
            text, is_open = self.script(inner, raised, shortest_word)
            if type(only) is Scripts and self.tells_nesting and _LOWERED_LETTER.fullmatch(text):
                return f"_({'^' if only.subscript is None else '_'}{text[1:]})", False
            return text, is_open
        text = self.row(row, _CLOSE).strip()
        if not text:
            return "", False
        if raised and (sign := self.glyphs.raised_sign(text)):
            return sign, False
        if len(text) < shortest_word or not (is_word(text, row) or _WORD.search(text)):
            drawn = "".join([table.get(character, " ") for character in text])
            if " " not in drawn:
                return drawn, False
        sign = "^" if raised else "_"
        if stands_alone(text, row) and not (text == "‖" and self.tells_nesting):
            return sign + text, True
        if text.count("(") != text.count(")"):
            if any(map(_is_relation, row.items)):
                # The brackets of a half-open interval do not show where the script ends; spaces do.
                text = self.row(row, _SNUG).strip()
            elif is_half_of_pair(text):
                # Of the indices `T_{(ab}S_{c)d}`: no bracket of the script must seem to close theirs.
                return f"{sign}[{text}]", False
        return f"{sign}{text}" if is_closed_script(text) else f"{sign}({text})", False

    def _fraction(self, fraction: Fraction, mode: int) -> LinePiece:
        if not fraction.bar:
            return self._pile(fraction, mode)
        snug = max(mode, _SNUG)
        upper = self.pieces(fraction.numerator.bare().items, snug)
        lower = self.pieces(fraction.denominator.bare().items, snug)
        numerator, denominator = join_pieces(upper, snug), join_pieces(lower, snug)
        if not is_inline_unit(lower) and not is_differential(numerator, lower):
            denominator = f"({denominator})"
        if is_sum(upper):
            numerator = f"({numerator})"
        return LinePiece(f"{numerator}/{denominator}", _FRACTION)

    def _pile(self, pile: Fraction, mode: int) -> LinePiece:
        """One thing atop another without a bar, as under a sum."""
        upper, lower = self.row(pile.numerator, mode), self.row(pile.denominator, mode)
        return LinePiece(f"{upper},{lower}" if mode == _CLOSE else f"({upper} atop {lower})", _ORDINARY)

    def _binomial(self, binomial: Binomial, mode: int) -> LinePiece:
        snug = max(mode, _SNUG)
        upper, lower = self.row(binomial.upper, snug), self.row(binomial.lower, snug)
        return LinePiece(f"({upper} choose {lower})", _ORDINARY)

    def _root(self, root: Root, mode: int) -> LinePiece:
        snug = max(mode, _SNUG)
        pieces = self.pieces(root.radicand.bare().items, snug)
        radicand = join_pieces(pieces, snug)
        open_end = True
        if (
            self.glyphs.ascii
            or not is_inline_atom(pieces)
            or not _OPEN_ENDED.isdisjoint(radicand)
            or ends_raised(root.radicand.bare())
        ):
            radicand = radicand if is_enclosed(radicand) else f"({radicand})"
            open_end = False
        slot = _NAME if self.glyphs.ascii else _ORDINARY
        degree = self.row(root.degree, _CLOSE).strip() if root.degree is not None else ""
        return LinePiece(self.glyphs.radical(degree) + radicand, slot, open_end)

    def _accent(self, accent: Accent, mode: int, enclosed: bool = False) -> LinePiece:
        """A base with its mark; a line is on brackets where it is to be `enclosed`."""
        *before, last = accent.base.items or (Symbol(_NO_BASE),)
        if (
            isinstance(last, Scripts)
            and _has_only_index(last)
            and not enclosed
            and not self.covers_index(accent)
        ):
            base = Accent(Row((*before, last.base)), accent.mark, accent.wide)
            return self._scripts(last.on(base), mode)
        snug = max(mode, _SNUG)
        pieces = self.pieces((*before, last), snug)
        text = join_pieces(pieces, snug) or _NO_BASE
        slot = pieces[0].slot if len(pieces) == 1 and text != "." else _ORDINARY
        if self.glyphs.ascii and accent.mark in MARK_NAMES:
            return LinePiece(f"{MARK_NAMES[accent.mark]}({text})", _NAME)
        return LinePiece(_with_mark(text, accent.mark, enclosed), slot)

    def covers_index(self, accent: Accent) -> bool:
        r"""Tell whether a line is over a letter and its index, which is one lowered sign.

        `\overline{x_i}` is not `\overline{x}_i`, but `\overline{M_{g,n}}` is read as that.
        """
        last = accent.base.bare().items[-1:]
        script = last[0].subscript if last and isinstance(last[0], Scripts) else None
        return (
            accent.wide
            and _is_line(accent.mark)
            and script is not None
            and self.script(script, raised=False)[0][:1] not in ("_", "")
        )

    def _brace(self, brace: Brace, mode: int) -> LinePiece:
        pieces = self.pieces(brace.base.bare().items, mode)
        text = join_pieces(pieces, mode)
        sign = self.glyphs.draw("⏞" if brace.over else "⏟")
        return LinePiece((text if is_inline_atom(pieces) else f"({text})") + sign, _ORDINARY)

    def _stack(self, stack: Stack, mode: int) -> LinePiece:
        """Small print over and under a relation or operator as scripts.

        Elsewhere it says where it is.
        """
        inner = stack.base.bare().single()
        if type(inner) is Stack and inner.over and not (inner.under or stack.over):
            # Over and under an operator, as `\underset{i}{\overset{n}{\sum}}`: limits like any other's.
            stack = Stack(inner.base, inner.over, stack.under, kind=stack.kind or inner.kind)
        base = self._group(stack.base, mode)
        slot = base.slot if stack.kind == _ORDINARY else stack.kind
        if slot in _STACKED_LIKE_LETTERS and not isinstance(stack.base.bare().single(), Brace):
            text = base.text if is_enclosed(base.text) or len(base.text) < 3 else f"({base.text})"
            for sign, row, place in (("_", stack.under, "below"), ("^", stack.over, "above")):
                text += f"{sign}({self.row(row, _CLOSE).strip()} {place})" if row else ""
            return LinePiece(text, _ORDINARY)
        under, _ = self.script(stack.under or EMPTY, raised=False)
        over, over_open = self.script(stack.over or EMPTY, raised=True, shortest_word=4)
        if slot == _OPERATOR and base.slot == _NAME:
            slot = _NAME
        return LinePiece(base.text + under + over, slot, over_open)

    def _delimited(self, delimited: Delimited, mode: int) -> LinePiece:
        braces = delimited.left == "{" or delimited.right == "}"
        only = delimited.body.bare().single()
        if isinstance(only, Fraction) and not only.bar:
            body = f"{self.row(only.numerator, mode)} atop {self.row(only.denominator, mode)}"
        elif not delimited.left and delimited.right in _BARS:
            pieces = self.pieces(delimited.body.items, mode)
            body = join_pieces(pieces, mode)
            body = body if is_inline_atom(pieces) or is_enclosed(body) else f"({body})"
        else:
            body = self.row(delimited.body, mode, braces)
        left, right = self.glyphs.draw(delimited.left), self.glyphs.draw(delimited.right)
        if left == "{" and not right and isinstance(only, Matrix):
            # A brace before lines has no partner in two dimensions; on one line they need an end.
            return LinePiece(left + _close_lines(body, self.glyphs.draw("}")), _DELIMITED)
        return LinePiece(f"{left}{body}{right}", _DELIMITED)

    def _matrix(self, matrix: Matrix, mode: int) -> LinePiece:
        is_cases = matrix.environment.endswith("cases")
        left, right = ("{", "}") if is_cases else (matrix.left, matrix.right)
        from tui_digest.latex.inline.rows import rows_on_a_line

        rows = rows_on_a_line(matrix, mode, self.row)
        separator = "; "
        if matrix.environment in ("substack", "subarray"):
            separator = "," if mode == _CLOSE and not any("," in row for row in rows) else ", "
        body, closing = separator.join(rows), self.glyphs.draw(right)
        return LinePiece(
            self.glyphs.draw(left) + (_close_lines(body, closing) if is_cases else body + closing),
            _ORDINARY,
        )


def _is_quoted_relation(text: FormulaText) -> bool:
    """Tell whether a text is a relation in quotation marks: A “=” B."""
    rows = [part.single() for part in text.parts if isinstance(part, Row)]
    words = "".join(part for part in text.parts if isinstance(part, str)).strip()
    relation = rows[0] if len(rows) == 1 else None
    return isinstance(relation, Symbol) and relation.kind == _RELATION and words in _QUOTES


def _has_only_index(scripts: Scripts) -> bool:
    return scripts.superscript is None and not scripts.primes


def _close_lines(body: str, closing: str) -> str:
    """Lines with the brace that closes them, before the mark that ends their sentence."""
    bare = body.rstrip(",;. ")
    return bare + closing + body[len(bare) :].strip()


def _is_relation(node: Node) -> bool:
    return isinstance(node, Symbol) and node.kind == _RELATION


def _apart(piece: LinePiece) -> LinePiece:
    """A piece in parentheses of its own."""
    return LinePiece(f"({piece.text})", _DELIMITED)


def _with_mark(text: str, mark: str, enclosed: bool = False) -> str:
    """Return the text with a combining mark.

    A mark is on a single character, a line on every one. Any other mark is on brackets around what is
    longer, a line too if it is to be `enclosed`; or behind them, as mathematicians write `(f∗g)ˆ`.
    """
    if mark not in MARKS_BELOW:
        text = text.replace("ı", "i").replace("ȷ", "j")
    length = sum(not unicodedata.combining(character) for character in text)
    if length == 1:
        return text + _SHORT_MARKS.get(mark, mark)
    is_styled = mark in _MARKS_BEHIND and text[0] > "\uffff"
    if is_styled and re.fullmatch(_ALGEBRA, unicodedata.normalize("NFKC", text)):
        return text[0] + mark + text[1:]
    mark = _LONG_MARKS.get(mark, mark)
    if text.count(mark) > _MOST_MARKS * length:
        return text
    if mark in _SHORT_MARKS and not enclosed:
        return "".join([_mark_character(character, mark) for character in text])
    return (text if is_enclosed(text) else f"({text})") + _MARKS_BEHIND.get(mark, mark)


def _is_line(mark: str) -> bool:
    """Tell whether a mark is a line over or under all of its base."""
    return mark in _LONG_MARKS or (mark in _SHORT_MARKS and mark != "\u0338")


def _mark_character(character: str, mark: str) -> str:
    return character if character.isspace() or unicodedata.combining(character) else character + mark
