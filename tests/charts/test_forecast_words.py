"""What a forecast says in words are the figures that were worked out."""

from __future__ import annotations

import pytest

from salesmetrics.analysis.forecast.landing import Landing
from salesmetrics.charts.forecast_words import errors_in_words, landing_in_words, way_in_words
from salesmetrics.model.calendar import Grain
from salesmetrics.query.forecasts import Stand
from tests.charts.forecasts_of import Q1, told


def test_errors_in_words_are_those_of_the_backtest():
    found = told()
    said = errors_in_words(found).replace("\u00a0", " ")
    ours, naive = found.whole.errors(12), found.whole.naive_errors(12)
    assert ours is not None
    assert naive is not None
    assert ours.wape is not None
    assert naive.wape is not None
    assert f"off by {ours.wape:.1%}".replace("%", " %") in said
    assert f"been off by {naive.wape:.1%}".replace("%", " %") in said
    assert "last 12 months" in said
    assert f"{found.whole.trust:.1%}".replace("%", " %") in way_in_words(found).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("land", "words"),
    [
        (Landing(100, 900, 800, 1000, 1000, 0.1), "90.0 % of the quota of 1,000: to reach it is unlikely (about 1 in 10)"),
        (Landing(100, 900, 800, 1000, 700, 0.97), "very likely (more than 9 in 10)"),
        (Landing(750, 900, 800, 1000, 700, 0.99), "Its quota of 700 is reached already."),
        (Landing(100, 900, None, None, 1000, None), "how far that may be off cannot be told yet"),
        (Landing(100, 900, 800, 1000), "between 800 and 1,000 in 8 of 10 cases."),
    ],
)  # fmt: skip
def test_where_a_period_lands_is_said_with_its_chance(land: Landing, words: str):
    said = landing_in_words(Stand(Grain.QUARTER, Q1, land)).replace("\u00a0", " ")
    assert said.startswith("Q1 2025 is expected to land at 900")
    assert words in said
