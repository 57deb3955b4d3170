"""A value over time with the range in which it likely lies."""

from __future__ import annotations

import math

import pytest

from salesmetrics.charts import interval_figure
from tests.charts.results import over_time


def with_ranges(values: list[float], ranges: list[tuple[float, float]]):
    result = over_time("csat", values)
    for details, (low, high) in zip(result.columns["details"], ranges, strict=True):
        details |= {"low": low, "high": high}
    return interval_figure(result, "csat")


def test_ranges_that_overlap_are_no_clear_change():
    assert "no clear change" in with_ranges([0.6, 0.7], [(0.5, 0.72), (0.6, 0.8)]).title


def test_ranges_that_lie_apart_are_named_as_a_change():
    title = with_ranges([0.4, 0.8], [(0.3, 0.5), (0.7, 0.9)]).title
    assert "no clear change" not in title
    assert "80" in title
    assert "40" in title


def test_the_band_is_the_interval_of_the_details():
    data = with_ranges([0.4, 0.8], [(0.3, 0.5), (0.7, 0.9)]).data
    assert data["low"].tolist() == [0.3, 0.7]
    assert data["high"].tolist() == [0.5, 0.9]


def test_a_standard_error_gives_the_range_that_holds_95_of_100():
    result = over_time("nps", [10.0])
    result.columns["details"][0]["standard_error"] = 5.0
    [low], [high] = (interval_figure(result, "nps").data[name].tolist() for name in ("low", "high"))
    # The normal distribution leaves 2.5 % beyond each end.
    beyond = 0.5 * math.erfc((high - 10) / 5 / math.sqrt(2))
    assert (beyond, 10 - low) == pytest.approx((0.025, high - 10), abs=1e-6)


def test_nothing_known_says_why():
    figure = interval_figure(over_time("csat", [None, None]), "csat")
    assert figure.empty
    assert figure.text
