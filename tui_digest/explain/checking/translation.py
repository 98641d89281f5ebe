"""Check of a translation against its original: formulas and numbers have to stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from tui_digest.entry import Statement, StatementState
from tui_digest.explain.checking.assessment import Assessment, unchecked_statement
from tui_digest.explain.checking.formula_tokens import TokenKind
from tui_digest.explain.checking.passage import Passage, Token
from tui_digest.explain.checking.statements import find_statements
from tui_digest.paper import Paper

_SHOWN = 40


def assess_translation(text: str, paper: Paper) -> Assessment:
    """Compare every sentence of a translation with title and abstract.

    A sentence is flagged for a formula or a number in digits that the paper does not have, and the
    last one for formulas that are missing. What remains is the model's own rendering.
    """
    source = Passage(f"{paper.title}\n\n{paper.abstract}")
    known = Counter(key for key, _ in _formulas(source.tokens))
    numbers = _numbers(source.tokens)
    used: Counter[str] = Counter()
    statements: list[Statement] = []
    for span in find_statements(text, headings=False):
        own = text[span.start : span.end]
        said = Passage(own)
        statement = replace(unchecked_statement(text, span), state=StatementState.INTERPRETATION)
        for key, tokens in _formulas(said.tokens):
            used[key] += 1
            if key not in known:
                where = ((tokens[0].start, tokens[0].end),)
                why = f"no {own[tokens[0].start : tokens[0].end].strip('$ ')[:_SHOWN]} in the abstract"
                statement = replace(statement, state=StatementState.FLAGGED, why=why, words=where)
        for token in said.tokens:
            if token.formula < 0 and token.kind is TokenKind.NUMBER and token.text not in numbers:
                statement = replace(
                    statement,
                    state=StatementState.FLAGGED,
                    why=f"no {token.raw} in the abstract",
                    words=((token.start, token.end),),
                )
        statements.append(statement)
    missing = known - used - Counter(_headings(text, known))
    if missing and statements:
        last = statements[-1]
        why = f"the formula {next(iter(missing))[:_SHOWN]} is missing"
        why = f"{last.why}; {why}" if last.state is StatementState.FLAGGED else why
        statements[-1] = replace(last, state=StatementState.FLAGGED, why=why)
    return Assessment(tuple(statements))


def _formulas(tokens: Sequence[Token]) -> list[tuple[str, list[Token]]]:
    """The formulas, each with its tokens' texts as its key."""
    found: dict[int, list[Token]] = {}
    for token in tokens:
        if token.formula >= 0:
            found.setdefault(token.formula, []).append(token)
    return [
        ("".join([token.text for token in formula if token.compared]), formula) for formula in found.values()
    ]


def _numbers(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.text for token in tokens if token.kind is TokenKind.NUMBER)


def _headings(text: str, known: Counter[str]) -> list[str]:
    """The formulas of headings, which are no statements."""
    lines = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    return [key for line in lines for key, _ in _formulas(Passage(line).tokens) if key in known]
