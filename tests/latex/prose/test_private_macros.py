"""Authors' macros in sentences: a guess of a formula's letter is no word."""

from __future__ import annotations

import pytest

from tui_digest.latex import to_unicode

WORDS = [
    (r"leptons in \ep\ collisions", "leptons in ep collisions"),
    (r"Relativistic \ep collisions", "Relativistic ep collisions"),
    (r"$e^+e^-$ and \ep scattering", "e⁺e⁻ and ep scattering"),
    (r"the dispersion bias, \bvp, is equal to \bvs\ with", "the dispersion bias, bvp, is equal to bvs with"),
    (r"\be decay and \si detectors", "be decay and si detectors"),
    (r"a \BZ of the crystal, \IR divergences", "a BZ of the crystal, IR divergences"),
    (r"\PP collisions and \CC interactions", "PP collisions and CC interactions"),
    (r"an open source \R{} package", "an open source R package"),
    (r"software for \R, as for all $x$ in \R", "software for R, as for all x in ℝ"),
    (r"write a \S equation for", "write a S equation for"),
    (r"considering the \bE{maximum} over", "considering the bE maximum over"),
    (r"the Gurevi{\vc} pressure of Pe{\vs} and Fran{\cc}ois", "the Gurevič pressure of Peš and François"),
]

LETTERS = [
    (r"E_{\ep}, for \ep \in (0, 1], and each", "E_ε, for ε ∈ (0, 1], and each"),
    (r"a 1 + \eps factor, reaches 9-\eps.", "a 1 + ε factor, reaches 9-ε."),
    (r"the exponents \al, \be with \al=1", "the exponents α, β with α=1"),
    (r"some \de>0 and \la_1", "some δ>0 and λ₁"),
    (r"over \RR and \QQ, in \RR^n", "over ℝ and ℚ, in ℝⁿ"),
    (r"the field \IR of reals", "the field ℝ of reals"),
    (r"a \Z-grading over \C, for \Q\ and", "a ℤ-grading over ℂ, for ℚ and"),
    (r"matrix, \cA, of maximal codimension", "matrix, 𝒜, of maximal codimension"),
    (r"see \S 4, \S\ref{a} and \S~6", "see § 4, §[a] and § 6"),
    (r"a 200\mum depth, 24000 \kms\ wide", "a 200μm depth, 24000 km/s wide"),
]


@pytest.mark.parametrize(("tex", "text"), WORDS)
def test_a_macro_among_words_is_its_name(tex: str, text: str) -> None:
    assert to_unicode(tex) == text


@pytest.mark.parametrize(("tex", "text"), LETTERS)
def test_a_macro_of_a_formula_is_its_letter(tex: str, text: str) -> None:
    assert to_unicode(tex) == text
