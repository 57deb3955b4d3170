"""Numbers under the conventions of a company: other quarters, years, weeks, and bounds of coverage."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import salesmetrics as sm
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import default_period
from tests.company import AS_OF, H1, Q1, Q2, dataset, example_company

APRIL = sm.Conventions(fiscal_year_start=4)
SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return sm.read([SAMPLE])


def _frame(
    data: Dataset, metric: str, conventions: sm.Conventions, grain: sm.Grain | None, **more
) -> pd.DataFrame:
    query = sm.MetricQuery((metric,), grain=grain, conventions=conventions, **more)
    return sm.compute(data, query).frame


def _values(data: Dataset, metric: str, conventions: sm.Conventions, grain: sm.Grain, **more) -> dict[date, float]:
    frame = _frame(data, metric, conventions, grain, **more)
    return dict(zip(frame["period_start"].dt.date, frame["value"], strict=True))


def test_fiscal_quarters_of_the_example():
    # 29 Feb lies in the quarter from February; the orders by hand: O1 300 in January, O2 100 in February,
    # O3 300 and O4 200 in April, O5 100 - 100 and O4R -100 in May, O6 150 in June.
    february = sm.Conventions(fiscal_year_start=2)
    found = _values(example_company(), "revenue", february, sm.Grain.QUARTER, period=H1, as_of=AS_OF)
    assert found == {date(2024, 1, 1): 300, date(2024, 2, 1): 600, date(2024, 5, 1): 50}


def test_days_that_other_months_lack_stay_in_their_quarter(tmp_path):
    days = ["2023-08-31", "2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "2024-05-31"]
    rows = [{"order_date": day, "amount": 10**place} for place, day in enumerate(days)]
    data = dataset({"orders": rows}, tmp_path)
    for start, expected in (
        (3, {"2023-06-01": 1, "2023-09-01": 10, "2023-12-01": 11100, "2024-03-01": 1100000}),
        (2, {"2023-08-01": 1, "2023-11-01": 1110, "2024-02-01": 110000, "2024-05-01": 1000000}),
    ):
        found = _values(data, "revenue", sm.Conventions(fiscal_year_start=start), sm.Grain.QUARTER)
        assert {day.isoformat(): value for day, value in found.items()} == expected


def test_without_a_period_whole_fiscal_years_are_given(sample):
    found = _frame(sample, "revenue", APRIL, sm.Grain.YEAR)
    assert set(found["period_start"].dt.month) == {4}
    assert set(found["period_end"].dt.month) == {4}


@pytest.mark.parametrize("by", [(), ("region",)])
def test_a_fiscal_quarter_is_the_sum_of_its_months(sample, by):
    conventions = sm.Conventions(fiscal_year_start=6)
    period = sm.Period(date(2024, 6, 1), date(2025, 6, 1))
    quarters = _frame(sample, "revenue", conventions, sm.Grain.QUARTER, period=period, by=by)
    months = _frame(sample, "revenue", conventions, sm.Grain.MONTH, period=period, by=by)
    assert quarters["period_start"].dt.month.unique().tolist() == [6, 9, 12, 3]
    for row in quarters.to_dict("records"):
        inside = (months["period_start"] >= row["period_start"]) & (months["period_start"] < row["period_end"])
        for name in by:
            inside &= months[name] == row[name]
        assert inside.sum() == 3
        assert row["value"] == pytest.approx(months.loc[inside, "value"].sum(), abs=1e-6)


@pytest.mark.parametrize(
    ("grain", "conventions", "buckets"),
    [
        (sm.Grain.WEEK, sm.Conventions(week_start=7), "W-SAT"),
        (sm.Grain.WEEK, sm.Conventions(week_start=3), "W-TUE"),
        (sm.Grain.QUARTER, APRIL, "Q-MAR"),
        (sm.Grain.QUARTER, sm.Conventions(fiscal_year_start=2), "Q-JAN"),
        (sm.Grain.YEAR, APRIL, "Y-MAR"),
        (sm.Grain.YEAR, sm.Conventions(fiscal_year_start=12), "Y-NOV"),
    ],
)
def test_weeks_quarters_and_years_as_pandas_cuts_them(sample, grain, conventions, buckets):
    orders = pd.read_parquet(sample.folder / "orders.parquet")
    sold = orders[(orders["amount"].astype(float) >= 0) & (orders["status"].str.lower() != "cancelled")]
    deals = pd.read_parquet(sample.folder / "opportunities.parquet")
    closed = deals[deals["status"] != "open"]

    def cut(days: pd.Series) -> pd.Series:
        return pd.to_datetime(days).dt.to_period(buckets).dt.start_time.dt.date

    gross = sold["amount"].astype(float).groupby(cut(sold["order_date"])).sum()
    won = (closed["status"] == "won").groupby(cut(closed["close_date"])).mean()
    for metric, expected in (("gross_sales", gross), ("win_rate", won)):
        found = {day: value for day, value in _values(sample, metric, conventions, grain).items() if value > 0}
        expected = {day: value for day, value in expected.items() if value > 0}
        assert len(found) > 2
        assert found == pytest.approx(expected, abs=1e-6)


def test_last_year_of_a_fiscal_quarter_is_the_quarter_a_year_before(sample):
    conventions = sm.Conventions(fiscal_year_start=2)
    both = sm.Period(date(2024, 2, 1), date(2026, 2, 1))
    frame = _frame(sample, "gross_sales", conventions, sm.Grain.QUARTER, period=both, compare=tuple(sm.Compare))
    values = frame["value"].tolist()
    assert len(values) == 8
    assert frame["last_year_value"].tolist()[4:7] == values[:3]
    assert frame["previous_value"].tolist()[1:7] == values[:6]


def test_the_quarter_a_page_opens_with_is_the_last_complete_fiscal_one():
    assert default_period(example_company(), AS_OF) == Q2
    opened = default_period(example_company(), AS_OF, conventions=sm.Conventions(fiscal_year_start=3))
    assert opened == sm.Period(date(2024, 3, 1), date(2024, 6, 1))


def test_from_what_share_of_the_data_a_number_is_given(tmp_path):
    rows = [
        {"order_date": f"2024-01-{day:02}", "amount": 10, "cost": 4 if day <= 7 else None} for day in range(1, 11)
    ]
    data = dataset({"orders": rows}, tmp_path)

    def margin(**bounds: float) -> dict:
        return _frame(data, "gross_margin", sm.Conventions(**bounds), None).iloc[0].to_dict()

    assert margin()["value"] == pytest.approx(0.6)
    assert margin()["warnings"] == ("coverage:0.700",)
    assert margin(full_coverage=0.7)["warnings"] == ()
    assert margin(low_coverage=0.8)["reason"] == "low_coverage"
    assert pd.isna(margin(low_coverage=0.8)["value"])


def test_a_weighted_pipeline_is_given_from_the_share_that_is_set(tmp_path):
    deals = [
        {"opportunity_id": str(place), "created_date": "2024-01-01", "status": "open", "probability": 0.5,
         "amount": 100 if place < 4 else None}
        for place in range(10)
    ]  # fmt: skip
    data = dataset({"opportunities": deals}, tmp_path)
    usual = _frame(data, "weighted_pipeline", sm.Conventions(), None)
    lenient = _frame(data, "weighted_pipeline", sm.Conventions(low_coverage=0.4), None)
    assert usual["reason"].tolist() == ["low_coverage"]
    assert lenient["value"].tolist() == [200]


def test_for_how_long_customers_may_not_be_new():
    def warned(days: int) -> bool:
        conventions = sm.Conventions(left_edge_days=days)
        frame = _frame(example_company(), "new_customers", conventions, None, period=Q2, as_of=AS_OF)
        return "left_truncated" in frame["warnings"].iloc[0]

    # The first order is of 10 January, the quarter starts 82 days later.
    assert [warned(days) for days in (82, 83)] == [False, True]


def test_a_page_opens_on_when_leads_came_in_and_not_on_when_they_converted(tmp_path: Path) -> None:
    days = pd.date_range("2024-01-01", "2024-03-31").strftime("%Y-%m-%d")
    leads = [{"lead_id": day, "created_at": day, "converted_at": "2024-11-30"} for day in days]
    data = dataset({"leads": leads}, tmp_path, read_on=date(2024, 12, 31))
    assert default_period(data) == Q1
