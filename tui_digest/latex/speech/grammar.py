r"""How a formula is said, so that it is heard in one way only.

A formula is said from left to right, and what is said can be turned back into the formula: the reader in
`tests/latex/speech/spoken_reader.py` does so, from this grammar and the words in `words` alone. Capitals
stand for parts, `[ ]` for what may be missing, `|` for a choice.

**A row** is its items one after another. `,` `;` and `.` stick to the word before them; a wide gap is heard
as `,` and the end of a line of aligned equations as `;`. Things that are side by side are multiplied:
"times" is said between them only where they could run together. Between two numbers it is the sign × ("3
times 10 to the 5"); elsewhere × is "cross", or "by" in a size ("m by n"), and ⋅ is "dot".

**Units** stay together without help: a letter, number, word or sign; with its alphabet before it ("bold x",
"blackboard R", "script L", "fraktur g", "capital Sigma") and its accents behind it ("x hat", but "vector v");
with an index and primes ("x sub i prime"), "star", "small star" or "dagger"; and "one half" and its kin.

**Parts.** A part that is a unit needs no end: "the square root of n", "f of x", "x sub i". Every other part
has its end word: "the square root of x plus y end root", "f of x plus y end f", "x sub i j end sub". So has a
unit where what follows could be taken for more of it: "the square root of a end root b". An end word closes
the last part of its name that is still open; inside a part that is closed, parts of its name are all closed.

    sub PART                    [end sub]           superscript PART           [end superscript]
    FUNCTION of PART            [end NAME]          superscript paren PART     [end paren]
    the square root of PART     [end root]          the root of order PART of PART     [end root]
    the absolute value of PART  [end absolute value]    the size of PART       [end size]
    the norm of PART, the N-norm of PART  [end norm]    the floor of PART      [end floor]
    the ceiling of PART         [end ceiling]       the inner product of PART and PART  [end inner product]
    the interval from PART to PART  [end interval]  modulo PART                [end modulo]
    ket PART  [end ket]         bra PART  [end bra]     log base PART          [end base]
    evaluated at PART           [end evaluation]    restricted to PART         [end restriction]

NAME is the last word of the function's name without its accents: "end f", "end log", "end O".
These have both words always:

    to the power ROW end power                      the fraction ROW over ROW end fraction
    the quantity ROW end quantity       (a + b)     paren ROW end paren        (a), (a = b)
    the pair | tuple ROW end pair | tuple  (a, b)   the set ROW end set        {a}
    bracket ROW end bracket             [a]         angle bracket ROW end angle bracket
    double bracket ROW end double bracket  ⟦a⟧      double angle bracket ROW end double angle bracket
    the binomial ROW choose ROW end binomial        the stack ROW atop ROW end stack
    the MARK over | under ROW end MARK              the base ROW end base with ROW above with ROW below
    brace ROW end brace                 {a}         arrow with ROW above with ROW below to
    the underbrace | overbrace ROW with label ROW end underbrace | overbrace
    the M by N matrix | determinant | array RULES, row 1: CELL, CELL; row 2: …; end matrix | …
    the cases: CELL, CELL; CELL, CELL; end cases    the system: ROW; ROW; end system
    BRACKET from ROW to ROW end range               a bracket with both ends, [x²]₀¹
    “WORDS”                                         a text that could be taken for mathematics

RULES are "with a bar before column N" and "with a line above row N", as often as there are any.
"left" is said before an index or power that nothing carries, "then" where it follows another one.

**Powers.** "squared", "cubed", "inverse", "transpose", "star", "dagger", "perp", "degrees", "complement",
and "from above" or "from below" at what a variable goes to; "to the n" for a unit, perhaps with a sign ("to
the minus n"); "to the power n plus 1 end power" for all else. Signs, words, indices in brackets and several
indices are no powers, nor are 0, 1, the ∘n of f^{∘n}, capitals side by side, the letters of what has an
index already, save some as k and n, and what is an index elsewhere in the formula, the μ of γ^μ D_μ:
"superscript plus", "superscript paren k", "x sub t superscript i". "superscript" is right of powers too,
and is said where nothing tells. A star with five points is "small star" where the other one has been said.

**Fractions.** "a over b" is a / b. A fraction whose numerator is a product of simple factors, whose
denominator is one factor, and beside which no factor is, means the same as a / b and is said so.
All others have "the fraction" before and "end fraction" behind them; inside these, "slash" is the sign /.

**Functions.** "of" after a letter says that brackets follow: "f of x" is f(x). After the name of a function
or operator brackets round a unit are not heard: "log of n" is log(n) and log n.

**Sums, integrals, limits**: "the sum [from ROW to ROW | over ROW | to ROW] of", "the limit as ROW of". In the
ROWs "goes to" is the arrow that otherwise is "to"; one ends with "end bounds" where the "of" behind it could
be taken for a function's.

**Signs.** A comparison with nothing before it, behind a quantifier and its variables, or alone in a bound,
has no "is": "at most 5", "x sub at least 0 end sub", "for all i less than n", "the sum over j not equal to
i". ← is "gets" where it assigns, ⇒ "double arrow to" between functors, ⊕ "circled plus" between bits, μ
before a unit "micro". The minus of a range of numbers, and one that is the place of an argument, is "dash".
A slash between units is "per", one between two names "slash". A bar is "divides", in brackets and indices
"given", in a set "such that", and a colon there "where". ∼ is "is distributed as", "is similar to", "is
about", "about" or, between two numbers, "through". ∇⋅ is "div", ∇× is "curl".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tui_digest.latex.nodes import Node


class Context(NamedTuple):
    """What surrounds the nodes that are said.

    Attributes:
        within: the name of the innermost part that an end word will close; "" if there is none.
        bar: how a bar is said here.
        has_conditions: whether a colon is "where", as in a set.
        in_bounds: whether the nodes are bounds of a sum or a limit, which "of" or "to" ends.
        in_fraction: whether they are the numerator or denominator of "the fraction".
        taken: the punctuation that ends them, in a cell of a matrix, and is said as words in them.
        in_script: whether they are a single node above or below another.
        in_size: whether × means a size, as in the power of R^{m×n}.
        is_term: whether no factor is beside a node, which then is hardly transposed.
        of_mean: whether they are the index of a mean or probability, where ∼ is before a law.
    """

    within: str = ""
    bar: str = "divides"
    has_conditions: bool = False
    in_bounds: bool = False
    in_fraction: bool = False
    taken: str = ""
    in_script: bool = False
    in_size: bool = False
    is_term: bool = False
    of_mean: bool = False


OUTERMOST = Context()


class Say(Protocol):
    """Says the arranged nodes of a row."""

    def __call__(self, nodes: Sequence[Node], context: Context, is_followed: bool = False) -> str:
        """Return the nodes in words.

        Args:
            nodes: the nodes, as `arrange_row` gives them.
            context: what surrounds the row.
            is_followed: whether something behind the row could be taken for a part of its end.
        """
        ...


def part(say: Say, opening: str, nodes: Sequence[Node], name: str, is_open: bool, context: Context) -> str:
    """A part after its opening words, with its end word unless it needs none.

    Args:
        say: says the part's nodes.
        opening: the words before the part.
        nodes: the part.
        name: what its end word is called.
        is_open: whether the part is a unit after which nothing could be taken for more of it.
        context: what surrounds the construct.
    """
    inner = Context(within=name, bar="given", in_script=context.in_script, of_mean=context.of_mean)
    inner = context if is_open else inner
    words = say(nodes, inner)
    end = "" if is_open and context.within != name else f" end {name}"
    return f"{opening} {words}".rstrip() + end
