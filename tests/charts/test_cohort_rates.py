"""Leads by month and what share became customers: ranges, months still open, and what the title dares to say."""

from __future__ import annotations

import math
from typing import Any

import pytest

from salesmetrics.charts import Figure, cohort_rates_figure
from salesmetrics.query.request import Grain
from tests.charts.results import nothing, over_time

METRIC = "lead_conversion_rate"
Cohort = tuple[int, int, int, float]
"""Leads old enough, those of them that became customers, younger leads, and what share of these did so far."""


def drawn(*cohorts: Cohort, **differing: Any) -> Figure:
    result = over_time(
        METRIC,
        [won / leads if leads else None for leads, won, _young, _early in cohorts],
        n=[leads for leads, *_rest in cohorts],
        numerator=[float(won) for _leads, won, *_rest in cohorts],
        denominator=[float(leads) for leads, *_rest in cohorts],
        details=[{"too_young": float(young), "provisional": early} for *_known, young, early in cohorts],
    )
    return cohort_rates_figure(result, METRIC, **differing)


KNOWN: tuple[Cohort, ...] = ((200, 20, 0, 0.0), (100, 12, 0, 0.0))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_specification_that_is_sent_is_valid(theme: Any) -> None:
    assert drawn(*KNOWN, (0, 0, 50, 0.1), theme=theme).chart().to_dict()["layer"]


def test_a_month_of_which_some_leads_have_days_left_is_hollow_and_counts_them_too() -> None:
    data = drawn(*KNOWN, (40, 4, 60, 0.05)).data
    # 4 of 40, and 3 of the 60 others so far.
    assert data["provisional"].tolist()[2] == pytest.approx(7 / 100)
    assert math.isnan(data["over"].tolist()[2])
    assert data["provisional"].isna().tolist() == [True, True, False]
    assert data["open"].isna().tolist() == [True, False, False]
    assert data["range_text"].tolist()[2] == "not over yet"


def test_the_range_of_a_share_is_that_of_wilson() -> None:
    data = drawn(*KNOWN).data
    # 20 of 200, by the closed form.
    z, share, leads = 1.959964, 0.1, 200
    middle = (share + z * z / (2 * leads)) / (1 + z * z / leads)
    half = z * math.sqrt(share * (1 - share) / leads + z * z / (4 * leads**2)) / (1 + z * z / leads)
    assert (data["low"][0], data["high"][0]) == pytest.approx((middle - half, middle + half), abs=1e-6)


def test_the_title_says_when_months_differ_by_chance_only() -> None:
    assert drawn(*KNOWN).title.endswith("earlier months differ by no more than chance")
    assert "chance" not in drawn((1000, 300, 0, 0.0), (1000, 100, 0, 0.0)).title


def test_the_range_of_a_handful_of_leads_does_not_set_the_scale() -> None:
    data = drawn((2, 0, 0, 0.0), *KNOWN).data
    assert data["high"][0] == max(data["high"][1:])
    assert data["opacity"].tolist() == [0.4, 1.0, 1.0]
    assert "65.8" in data["range_text"][0]


def test_where_every_month_has_days_left_it_is_too_early_to_tell() -> None:
    assert drawn((0, 0, 50, 0.1)).title.startswith("Too early to tell")


def test_what_cannot_be_had_says_why() -> None:
    figure = cohort_rates_figure(nothing(METRIC, "missing_column:leads.converted_at", Grain.MONTH), METRIC)
    assert figure.empty
    assert "converted at" in figure.text
