"""How numbers, changes and periods are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesmetrics.charts.values import change, compact, full, period_name, use_fiscal_year
from salesmetrics.i18n import use_language


@pytest.mark.parametrize(
    ("value", "unit", "short", "long"),
    [
        (2326534.345, "money", "2.33 M", "2,326,534.35"),
        (9999.4, "money", "9,999", "9,999.40"),
        (999_600.0, "money", "1.00 M", "999,600.00"),
        (183.333, "money", "183.3", "183.33"),
        (0.0, "money", "0", "0.00"),
        (-0.001, "money", "0", "0.00"),
        (-1234.5, "money", "−1,234", "−1,234.50"),
        (4738.0, "count", "4,738", "4,738"),
        (0.6321, "percent", "63.2 %", "63.2100 %"),
        (57.0, "days", "57 d", "57"),
        (57.25, "days", "57.2 d", "57.25"),
        (0.5, "hours", "30 min", "30 min"),
        (49.0, "hours", "2.04 d", "2.04 d"),
        (1.2, "times", "1.20×", "1.2"),
        (14.3, "points", "+14.3", "14.3"),
        (None, "money", "–", "–"),
        (float("nan"), "count", "–", "–"),
    ],
)
def test_values(value: float | None, unit: str, short: str, long: str) -> None:
    assert compact(value, unit).replace("\u00a0", " ") == short
    assert full(value, unit).replace("\u00a0", " ") == long


@given(st.floats(min_value=-1e14, max_value=1e14, allow_nan=False), st.sampled_from(["money", "count", "units"]))
def test_a_short_value_is_near_the_full_one(value: float, unit: str) -> None:
    text = compact(value, unit).replace("−", "-").replace(",", "")
    number, _space, letter = text.partition("\u00a0")
    read = float(number) * {"": 1, "k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}[letter]
    assert read == pytest.approx(value, rel=0.006, abs=0.006)
    assert len(number.lstrip("-").replace(".", "")) <= 4 or abs(value) >= 1e15


@pytest.mark.parametrize(
    ("difference", "growth", "unit", "text"),
    [
        (-0.021, -0.03, "percent", "−2.1 pp"),
        (10.0, 0.1, "money", "+10.0 %"),
        (10.0, 12.5, "money", "+1,250 %"),
        (0.0, 0.0, "count", "±0.0 %"),
        (-300.0, None, "money", "−300"),
        (5.0, None, "points", "+5.0"),
        (None, None, "money", "–"),
    ],
)
def test_changes(difference: float | None, growth: float | None, unit: str, text: str) -> None:
    assert change(difference, growth, unit).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (date(2022, 11, 1), date(2022, 12, 1), "Nov 2022"),
        (date(2022, 4, 1), date(2022, 7, 1), "Q2 2022"),
        (date(2022, 5, 1), date(2022, 8, 1), "May 2022 – Jul 2022"),
        (date(2022, 1, 1), date(2023, 1, 1), "2022"),
        (date(2022, 12, 29), date(2022, 12, 30), "29 Dec 2022"),
        (date(2025, 9, 29), date(2025, 10, 6), "29 Sep – 5 Oct 2025"),
        (date(2024, 12, 30), date(2025, 1, 6), "30 Dec 2024 – 5 Jan 2025"),
    ],
)
def test_periods(start: date, end: date, name: str) -> None:
    assert period_name(start, end) == name


def test_metric_titles_follow_the_language() -> None:
    from salesmetrics.charts import metric_title
    from salesmetrics.metrics import CATALOGUE

    use_language("zh")
    assert metric_title(CATALOGUE["revenue"]) == CATALOGUE["revenue"].title_zh
    use_language("en")
    assert metric_title(CATALOGUE["revenue"]) == "Revenue"


def test_quarters_are_named_by_number_only_where_years_begin_in_january() -> None:
    second = date(2025, 4, 1), date(2025, 7, 1)
    assert period_name(*second) == "Q2 2025"
    use_fiscal_year(4)
    try:
        assert period_name(*second) == "Apr 2025 – Jun 2025"
    finally:
        use_fiscal_year(1)
