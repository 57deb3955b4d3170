"""A forecast of a made-up company, as charts are given it."""

from __future__ import annotations

from datetime import date

import numpy as np

from salesmetrics.analysis.forecast.history import Values
from salesmetrics.analysis.forecast.outlook import outlook
from salesmetrics.model.calendar import Period, add_months
from salesmetrics.query.forecasts import Forecasts
from salesmetrics.query.monthly_series import History

FIRST = date(2021, 1, 1)
Q1 = Period(date(2025, 1, 1), date(2025, 4, 1))


def sold(months: int) -> Values:
    dice = np.random.default_rng(12)
    season = 1 + 0.4 * np.sin(2 * np.pi * np.arange(months) / 12)
    return np.asarray(np.round(1000 * season * dice.lognormal(0.01 * np.arange(months), 0.1), 2))


def told(months: int = 48, booked: float = 0.0) -> Forecasts:
    values = sold(months)
    whole = outlook(values)
    assert whole is not None
    return Forecasts(History(FIRST, values, {}, add_months(FIRST, months), booked, {}), whole, {}, "")
