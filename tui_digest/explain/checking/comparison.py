"""Comparison of a statement with its quoted words: contradictions, additions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui_digest.explain.checking.connectives import check_equivalence, check_exclusive, check_or_not
from tui_digest.explain.checking.evidence import Difference, Evidence
from tui_digest.explain.checking.formula_claims import check_formula_nouns, check_formulas, check_relations
from tui_digest.explain.checking.name_claims import check_names
from tui_digest.explain.checking.number_claims import check_digits, check_dimensions, check_numbers
from tui_digest.explain.checking.passage import Passage
from tui_digest.explain.checking.polarity import check_negations, check_opposites
from tui_digest.explain.checking.property_claims import check_compounds, check_properties, check_requirements
from tui_digest.explain.checking.quantifiers import check_quantifiers
from tui_digest.explain.checking.roles import (
    check_alternatives,
    check_bindings,
    check_denied,
    check_directions,
    check_order,
    check_superior,
    check_than,
    check_values,
)
from tui_digest.explain.checking.strength import check_strength
from tui_digest.explain.checking.wording import Wording

_CHECKS: tuple[Callable[[Wording, Evidence], Iterator[Difference]], ...] = (
    check_dimensions,
    check_numbers,
    check_negations,
    check_opposites,
    check_quantifiers,
    check_strength,
    check_properties,
    check_requirements,
    check_compounds,
    check_equivalence,
    check_exclusive,
    check_formula_nouns,
    check_names,
    check_directions,
    check_superior,
    check_than,
    check_order,
    check_denied,
    check_bindings,
    check_values,
    check_alternatives,
    check_or_not,
)


def differences(said: Passage, evidence: Evidence, *, english: bool = True) -> Iterator[Difference]:
    """Yield what the statement says otherwise than its evidence.

    The first difference is reason enough to flag the statement.

    Args:
        said: The statement without its marks.
        evidence: What it rests on.
        english: Whether the statement's words can be compared; its formulas and numbers always are.
    """
    wording = Wording(said.tokens)
    yield from check_relations(wording, evidence)
    yield from check_formulas(wording, evidence, said)
    if not english:
        yield from check_digits(wording, evidence)
        return
    for check in _CHECKS:
        yield from check(wording, evidence)
