"""The share that is back after so many days, against the Kaplan-Meier curve of statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from salesmetrics.analysis.coming_back import Comeback


@pytest.mark.parametrize("seed", range(5))
def test_it_is_one_minus_the_survival_curve(seed: int) -> None:
    chance = np.random.default_rng(seed)
    days, back = chance.integers(1, 30, 200), chance.random(200) < 0.6
    found = Comeback.of((int(day), bool(one), 1) for day, one in zip(days, back, strict=True))
    assert found is not None
    fitted = SurvfuncRight(days, back.astype(int))
    known = dict(zip(found.days, found.shares, strict=True))
    expected = {int(day): 1 - left for day, left in zip(fitted.surv_times, fitted.surv_prob, strict=True)}
    assert known == pytest.approx({day: expected[day] for day in known})
    assert set(known) == set(days[back])
    assert found.back == back.sum()


def test_beyond_what_was_seen_nothing_is_said() -> None:
    found = Comeback.of([(10, True, 2), (40, False, 2)])
    assert found is not None
    assert [found.share_after(day) for day in (9, 10, 40, 41)] == [0.0, 0.5, 0.5, None]


def test_without_customers_there_is_no_curve() -> None:
    assert Comeback.of([]) is None
