from __future__ import annotations

import pytest

from compare.coding.agreement import Pattern, agreement_of, alpha, kappa

# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", example A: two observers, binary, no gaps.
ONE = "0100000010"
OTHER = "1110010000"


def test_figures_are_those_computed_by_hand() -> None:
    found = agreement_of(list(zip(ONE, OTHER, strict=True)))
    assert found.items == 10
    assert found.percent.value == 0.6
    # Chance: 0.8 * 0.6 + 0.2 * 0.4 = 0.56; (0.6 - 0.56) / 0.44.
    assert found.kappa.value == pytest.approx(1 / 11)
    assert found.alpha.value == pytest.approx(0.095, abs=0.0005)
    for figure in (found.percent, found.kappa, found.alpha):
        assert figure.low is not None
        assert figure.high is not None
        assert figure.value is not None
        assert figure.low <= figure.value <= figure.high
    # Code "1": given twice by the one and four times by the other, together once.
    assert {c.code: (c.given, c.agreement) for c in found.per_code}["1"] == (6, 0.3333)


def test_alpha_takes_gaps_and_more_coders() -> None:
    # Krippendorff's example C, nominal: four observers, twelve units, some left open; alpha is 0.743.
    a = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
    b = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
    c = [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None]
    d = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]
    units = [tuple(None if x is None else str(x) for x in u) for u in zip(a, b, c, d, strict=True)]
    cases = {u: units.count(u) for u in units}
    assert alpha(cases) == pytest.approx(0.743, abs=0.0005)


def test_where_nothing_varies_chance_explains_all_and_no_figure_is_made_up() -> None:
    cases: dict[Pattern, int] = {("left out", "left out"): 7}
    assert kappa(cases) is None
    assert alpha(cases) is None
    assert agreement_of([("a", "a")]).percent.low is None
