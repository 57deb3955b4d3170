"""The fan draws what was booked and what is expected as they are, and says the same in words."""

from __future__ import annotations

import math
from datetime import date

import pytest

from salesmetrics.analysis.forecast.outlook import NARROW, WIDE
from salesmetrics.charts import fan_figure, forecast_test_figure
from salesmetrics.charts.forecast_words import errors_in_words
from salesmetrics.model.calendar import Period, add_months
from tests.charts.forecasts_of import Q1, sold, told


def test_history_and_forecast_stand_in_their_months():
    found = told()
    figure = fan_figure(found)
    columns = figure.columns
    assert columns["start"][0].date() == date(2022, 1, 1)
    assert columns["start"][-1].date() == date(2025, 12, 1)
    assert columns["booked"][:36] == found.history.values[-36:].tolist()
    assert columns["expected"][36:] == found.whole.expected.tolist()
    assert columns["again"][36:] == found.history.values[-12:].tolist()
    for names, share in ((("low", "high"), NARROW), (("wide_low", "wide_high"), WIDE)):
        for name, ends in zip(names, found.whole.interval(share) or (), strict=True):
            assert columns[name][36:] == pytest.approx(ends.tolist())
            # Bands hang on to the last month that is over.
            assert columns[name][35] == found.history.values[-1]
    assert all(math.isnan(value) for value in columns["booked"][36:])


def test_a_month_that_has_begun_is_dashed():
    columns = fan_figure(told(booked=321.0)).columns
    assert columns["begun"][35:37] == [sold(48)[-1], 321.0]
    assert columns["is_begun"].count(True) == 1
    assert columns["booked_text"][36] == "321.00"
    assert not any(fan_figure(told()).columns["is_begun"])


def test_quotas_are_a_rule_where_there_are_any():
    quotas = {Period(add_months(Q1.start, place), add_months(Q1.start, place + 1)): 1500.0 for place in range(3)}
    with_quota = fan_figure(told(), quotas=quotas)
    assert with_quota.columns["quota"][36:39] == [1500.0] * 3
    assert math.isnan(with_quota.columns["quota"][39])
    assert "Quota" in str(with_quota.spec)
    assert "Quota" not in str(fan_figure(told()).spec)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_specifications_are_valid(theme: str):
    for figure in (fan_figure(told(), theme), forecast_test_figure(told(), theme), fan_figure(told(9), theme)):
        assert figure.chart().to_dict()["layer"]


def test_title_and_text_tell_the_figures_of_the_chart():
    found = told()
    figure = fan_figure(found)
    ahead, before = found.whole.expected.sum(), found.history.values[-12:].sum()
    assert f"{ahead / 1000:.1f}" in figure.title
    assert f"{(ahead / before - 1) * 100:+.1f}".replace("-", "\u2212") in figure.title
    assert "Dec 2025" in figure.text
    assert figure.text.count(" to ") >= 12


def test_short_histories_have_no_bands_and_say_so():
    found = told(9)
    figure = fan_figure(found)
    assert "band" not in figure.subtitle
    assert figure.columns["narrow_text"][-1] == "–"
    assert "too few to test" in errors_in_words(found)
    assert forecast_test_figure(found).empty
    reason = fan_figure("n_too_small")
    assert reason.empty
    assert "too few" in reason.text
