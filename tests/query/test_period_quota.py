"""Quotas of periods ahead, and of which sales they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from salesmetrics.model.calendar import Period
from salesmetrics.query.period_quota import period_quotas
from tests.company import AS_OF, Q2, example_company
from tests.query.forecast_data import ASKED, four_years


def test_quotas_of_periods_ahead_count_by_their_days_inside():
    quarter, month = Period(date(2025, 1, 1), date(2025, 4, 1)), Period(date(2025, 2, 1), date(2025, 3, 1))
    none = Period(date(2026, 1, 1), date(2026, 4, 1))
    assert period_quotas(four_years(), ASKED, [quarter, month, none]) == pytest.approx(
        {quarter: 6000, month: 6000 * 28 / 90}
    )


def test_quotas_of_some_of_the_sales_are_not_set_against_all():
    # The example's quotas count what was sold in one quarter; its year had sales of two.
    assert period_quotas(example_company(), replace(ASKED, as_of=AS_OF), [Q2]) == {}
