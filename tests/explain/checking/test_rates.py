"""A term has one form, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_digest.explain.checking.passage import Passage
from tui_digest.explain.checking.wording import Wording


def rates(text: str) -> list[tuple[str, str]]:
    return [(order, inside) for order, inside, _ in Wording(Passage(text).tokens).rates]


@pytest.mark.parametrize(
    "same",
    [
        [
            r"$\mathcal{O}(1/\sqrt{T})$",
            r"$O(T^{-1/2})$",
            "O(1/√T)",
            "O(T⁻¹ᐟ²)",
            r"$O\big(\frac1{\sqrt T}\big)$",
        ],
        [r"$\tilde{O}(d/\varepsilon^2)$", r"$\widetilde{\mathcal{O}}(d\,\epsilon^{-2})$"],
        [r"$O(n\log n)$", "O(n log n)", r"${\cal O}(\log(n)\cdot n)$"],
        [r"$O(n^2 + m)$", r"$\mathcal O( n^{2}+m )$"],
        [r"$\Omega(k)$", "Ω(k)"],
        [r"$O(2^{N-k-1})$", r"$O(2^{N-(k+1)})$", r"$O(2^N/2^{k+1})$"],
        [r"$O((n+1)^2)$", r"$O(n^2+2n+1)$"],
        [r"$O(e^{-x})$", r"$O(\exp(-x))$"],
        [r"$O(\|A\|_2^{-1/2})$", r"$O(1/\sqrt{\|A\|_2})$"],
        [r"O($\frac kn$)", r"$O(k/n)$"],
    ],
)
def test_a_rate_has_one_form(same: list[str]) -> None:
    forms = [rates(text) for text in same]
    assert forms == [forms[0]] * len(same)
    assert len(forms[0]) == 1


def test_different_rates_have_different_forms() -> None:
    texts = [
        "O(1/T)",
        r"O(1/\sqrt{T})",
        "O(1/T^2)",
        r"\tilde{O}(1/T)",
        "o(1/T)",
        r"\Omega(1/T)",
        "O(1/k)",
        "O(1)",
        "O(n^0_3)",
        "O(n^0_4)",
        "O(f(a+b))",
        "O(fa+fb)",
        "O(2^{N-k+1})",
        "O(2^{N-k-1})",
        r"O(1/(\eta\sqrt n))",
        r"O(1/\sqrt{\eta n})",
    ]
    assert len({rates(f"${text}$")[0] for text in texts}) == len(texts)


@settings(deadline=None)
@given(st.text(alphabet=r"\O()T{}^_/-12 logsqrtfac+$", max_size=30))
def test_any_rate_can_be_read(text: str) -> None:
    rates(f"O({text})")


@pytest.mark.parametrize(
    "rate",
    [
        f"{'(' * 6}9{'^{60})' * 6}",
        f"{'(' * 3}9{'^{40})' * 3}",
        f"{'f(' * 19}x{')' * 19}",
        f"{'9' * 5000}n+1",
    ],
)
def test_what_no_one_writes_is_read_in_one_pass(rate: str) -> None:
    assert rates(f"$O({rate})$")
