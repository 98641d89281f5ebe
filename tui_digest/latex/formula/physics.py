r"""Macros of the physics, braket and derivative packages.

For example `\pdv[2]{u}{t}`, `\comm{A}{B}`, `\ketbra{0}{1}`.
"""

from __future__ import annotations

from collections.abc import Callable

from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.formula.groups import may_be_repeated
from tui_digest.latex.formula.text import read_text
from tui_digest.latex.nodes import (
    Accent,
    Alphabet,
    Delimited,
    Fraction,
    Kind,
    Matrix,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Symbol,
    Unknown,
)

_COMMA = Symbol(",", Kind.PUNCTUATION)
_BAR = Symbol("|")
_DIFFERENTIALS = {"p": "∂", "f": "δ", "v": "δ"}
_BRACKETS = {"comm": ("[", "]"), "commutator": ("[", "]")}
_BRACKETS |= dict.fromkeys(("acomm", "anticomm", "anticommutator", "poissonbracket", "pb"), ("{", "}"))
_QUANTITIES = {"p": ("(", ")"), "b": ("[", "]"), "B": ("{", "}"), "v": ("|", "|"), "": ("", "")}
_PAIRS = {"(": ")", "[": "]"}


def read_derivative(parser: FormulaContext, name: str) -> Node:
    r"""`\dv`, `\pdv`, `\fdv`: order, function, variables; of one argument an operator."""
    letter = Symbol(_DIFFERENTIALS.get(name[0], "d"))
    parser.skip("*")
    order = parser.optional()
    arguments = [parser.argument()]
    while parser.peek() == "{" and len(arguments) < 3:
        arguments.append(parser.argument())
    function, *variables = arguments if len(arguments) > 1 else (Row(), arguments[0])
    variables = [part for variable in variables for part in _between_commas(variable)]
    if order is None and len(variables) > 1:
        order = Row((Symbol(str(len(variables))),))
    upper = Scripts(letter, superscript=order) if order is not None else letter
    lower: list[Node] = []
    raised = order is not None and len(variables) == 1 and may_be_repeated(order)
    for variable in variables:
        last = variable.single()
        lower += (letter, Scripts(last, superscript=order) if raised else last)
    return Fraction(Row((upper, *function.items)), Row(tuple(lower)))


def _between_commas(row: Row) -> list[Row]:
    parts: list[list[Node]] = [[]]
    for item in row.items:
        if isinstance(item, Symbol) and item.text == ",":
            parts.append([])
        else:
            parts[-1].append(item)
    return [Row(tuple(part)) for part in parts]


def read_differential(parser: FormulaContext, name: str) -> Node:
    r"""`\dd{x}`, `\dd[3]{x}`.

    A `d`, perhaps raised, and its variable if that is in braces.
    """
    letter: Node = Symbol(_DIFFERENTIALS.get(name[0], "d"))
    order = parser.optional()
    if order is not None:
        letter = Scripts(letter, superscript=order)
    return Row((letter, *parser.argument().items)) if parser.peek() == "{" else letter


def read_commutator(parser: FormulaContext, name: str) -> Node:
    r"""`\comm{A}{B}` and its kin: two things in brackets."""
    left, right = _BRACKETS[name]
    if parser.peek() != "{":
        return Unknown(name)
    first, second = parser.argument(), parser.argument()
    return Delimited(left, right, Row((*first.items, _COMMA, *second.items)))


def read_state(parser: FormulaContext, name: str) -> Node:
    r"""`\braket`, `\ketbra`, `\expval`, `\mel` and their kin.

    States and what is between them.
    """
    parser.skip("*")
    if parser.peek() in ("", "^", "_", ")", "]", "}", ",", "="):
        return Unknown(name)
    first = parser.argument()
    if name in ("ketbra", "dyad", "outerproduct", "op"):
        second = parser.argument() if parser.peek() == "{" else first
        if second is first and not may_be_repeated(first):
            return Row((Unknown(name), Delimited("(", ")", first)))
        return Row((Delimited("|", "⟩", first), Delimited("⟨", "|", second)))
    if name in ("mel", "matrixel", "matrixelement"):
        operator, last = parser.argument(), parser.argument()
        return Delimited("⟨", "⟩", Row((*first.items, _BAR, *operator.items, _BAR, *last.items)))
    if parser.peek() != "{":
        return Delimited("⟨", "⟩", first)
    second = parser.argument()
    if name in ("ip", "inner"):
        return Delimited("⟨", "⟩", Row((*first.items, _COMMA, *second.items)))
    if name in ("ev", "expval", "expectationvalue") and may_be_repeated(second):
        return Delimited("⟨", "⟩", Row((*second.items, _BAR, *first.items, _BAR, *second.items)))
    return Delimited("⟨", "⟩", Row((*first.items, _BAR, *second.items)))


def read_vector(parser: FormulaContext, name: str) -> Node:
    r"""`\vb`, `\va`, `\vu` and their long names.

    A vector in bold, perhaps with an arrow or a hat.
    """
    parser.skip("*")
    bold = parser.argument(Alphabet.BOLD)
    if name in ("va", "vectorarrow"):
        return Accent(bold, "\u20d7")
    return Accent(bold, "\u0302") if name in ("vu", "vectorunit") else bold.single()


def read_evaluated(parser: FormulaContext, name: str) -> Node:
    r"""`\eval{f}_a^b`: a function and the bar behind it, which takes the limits."""
    parser.skip("*")
    if parser.peek() != "{":
        return Unknown(name)
    return Delimited("", "|", parser.argument())


def read_order(parser: FormulaContext, name: str) -> Node:
    r"""`\order{x}`: a Landau symbol with its argument."""
    if parser.peek() != "{":
        return Unknown(name)
    return Row((Symbol("O", alphabet=Alphabet.CALLIGRAPHIC), Delimited("(", ")", parser.argument())))


def read_physical_quantity(parser: FormulaContext, name: str) -> Node | None:
    r"""`\qty(…)` and `\pqty{…}`: growing brackets; `\qty{10}{\metre}` is siunitx's."""
    parser.skip("*")
    if name == "qty" and parser.peek() == "{":
        start = parser.position
        parser.raw()
        is_unit = parser.peek() == "{"
        parser.position = start
        if is_unit:
            from tui_digest.latex.formula.units import read_quantity

            return read_quantity(parser, name)
        return Delimited("{", "}", parser.argument())
    if name == "quantity" and parser.peek() == "{":
        return Delimited("{", "}", parser.argument())
    if name in ("qty", "quantity"):
        return None if parser.peek()[:1] in ("(", "[", "|", "\\") else Unknown(name)
    left, right = _QUANTITIES[name[0]]
    return Delimited(left, right, parser.argument()) if parser.peek() == "{" else Unknown(name)


def read_matrix_quantity(parser: FormulaContext, name: str) -> Node:
    r"""`\mqty(a & b \\ c & d)`, `\pmqty{…}`: a matrix without an environment."""
    parser.skip("*")
    if name in ("matrixdeterminant", "mdet"):
        name = "vmqty"
    left, right = _QUANTITIES.get(name.removeprefix("small").removeprefix("s")[:1], ("", ""))
    opening = parser.peek()
    if opening == "{":
        parser.take()
        grid = parser.grid("}")
    elif opening in ("(", "[", "|"):
        left, right = opening, _PAIRS.get(opening, opening)
        parser.take()
        raw = parser.up_to(right)
        grid = parser.nested_parser(raw).grid("")
    else:
        return Unknown(name)
    return Matrix("matrix", tuple(cells for cells in grid if any(cell.items for cell in cells)), left, right)


def read_quoted_text(parser: FormulaContext, name: str) -> Node:
    r"""`\qq{if}`, `\qand`, `\qc`: words with a wide space on either side."""
    parser.skip("*")
    if name == "qc":
        return Row((_COMMA, Space(1.0)), Kind.INNER)
    if name in ("qq", "qqtext"):
        return Row((Space(1.0), read_text(parser, parser.raw()), Space(1.0)), Kind.INNER)
    return Row((Space(1.0), Name(name[1:]), Space(1.0)), Kind.INNER)


def _readers() -> dict[str, Callable[[FormulaContext, str], Node | None]]:
    tables = (
        (read_derivative, "dv pdv fdv odv mdv derivative partialderivative functionalderivative pderivative"),
        (read_differential, "dd differential variation"),
        (read_commutator, " ".join(_BRACKETS)),
        (read_state, "braket Braket ketbra dyad outerproduct innerproduct ip inner ev expval mel matrixel"),
        (read_state, "expectationvalue matrixelement"),
        (read_vector, "vb va vu vectorbold vectorarrow vectorunit"),
        (read_evaluated, "eval evaluated"),
        (read_order, "order"),
        (read_physical_quantity, "qty quantity pqty bqty Bqty vqty"),
        (read_matrix_quantity, "mqty pmqty bmqty vmqty smqty matrixquantity matrixdeterminant mdet"),
        (read_quoted_text, "qq qqtext qc qand qor qif qthen qelse qfor qwhere qwith qin qas"),
    )
    return {name: reader for reader, names in tables for name in names.split()}


READERS = _readers()
"""The readers by macro name."""
