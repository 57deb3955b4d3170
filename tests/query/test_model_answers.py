"""What models answer, as rows: the same numbers as on the pages, in the columns of a metric's answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

import salesmetrics as sm
from salesmetrics.errors import QueryError
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.forecasts import forecasts

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
LAST_DAY = date(2025, 12, 31)


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return sm.read([SAMPLE])


def asked(**more) -> sm.MetricQuery:
    return sm.MetricQuery(metrics=(), **more)


def test_the_forecast_of_regions_is_that_of_the_whole_to_the_cent(sample: Dataset) -> None:
    whole = sm.model_answer(sample, "forecast", asked()).frame
    parts = sm.model_answer(sample, "forecast", asked(by=("region",))).frame
    assert whole["period_start"].iloc[0].date() == date(2026, 1, 1)
    assert len(whole) == 12
    summed = parts.groupby("period_start")["value"].sum()
    assert summed.tolist() == pytest.approx(whole["value"].tolist(), abs=0.005)
    told = forecasts(sample, sm.MetricQuery(("revenue",)))
    assert not isinstance(told, str)
    assert whole["value"].tolist() == [float(each) for each in told.whole.expected]
    low, high = told.whole.interval(0.8)
    assert [each["low_80"] for each in whole["details"]] == low.tolist()
    assert [each["high_80"] for each in whole["details"]] == high.tolist()


def test_one_region_alone_is_the_whole_under_its_name(sample: Dataset) -> None:
    south = (sm.Filter("region", ("South",)),)
    found = sm.model_answer(sample, "forecast", asked(by=("region",), where=south)).frame
    assert set(found["region"]) == {"South"}
    assert len(found) == 12


def test_a_forecast_that_cannot_be_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("Order Date,Amount\n2024-01-05,10\n2024-02-05,20\n2024-02-29,5\n")
    data = sm.read([tmp_path / "orders.csv"])
    for model in ("forecast", "forecast_mase", "interval_coverage", "clv_predictive"):
        [row] = sm.model_answer(data, model, asked()).frame.to_dict("records")
        assert row["value"] != row["value"]
        assert row["reason"]


def test_how_far_forecasts_were_off_is_what_the_page_tells(sample: Dataset) -> None:
    told = forecasts(sample, sm.MetricQuery(("revenue",)))
    assert not isinstance(told, str)
    errors = told.whole.errors(12)
    for name in ("mase", "wape", "bias"):
        [row] = sm.model_answer(sample, f"forecast_{name}", asked()).frame.to_dict("records")
        assert row["value"] == getattr(errors, name)
    [row] = sm.model_answer(sample, "interval_coverage", asked()).frame.to_dict("records")
    assert row["value"] == row["numerator"] / row["denominator"]
    assert (row["numerator"], row["denominator"]) == told.whole.coverage(0.8)


def test_what_customers_are_worth_adds_up_to_what_all_are(sample: Dataset) -> None:
    [row] = sm.model_answer(sample, "clv_predictive", asked()).frame.to_dict("records")
    each = sm.model_answer(sample, "clv_predictive", asked(by=("customer",))).frame
    assert each["value"].sum() == pytest.approx(row["numerator"])
    assert row["value"] * row["denominator"] == pytest.approx(row["numerator"])
    assert each["value"].notna().sum() == row["denominator"]


def test_a_kpi_stands_where_its_metric_does(sample: Dataset) -> None:
    found = sm.model_answer(sample, "kpi_status", asked()).frame.set_index("kpi")
    year = sm.Period(date(2025, 1, 1), date(2026, 1, 1))
    for metric in ("revenue", "win_rate"):
        row = found.loc[f"{metric} 2025"]
        now = sm.compute(sample, sm.MetricQuery((metric,), year)).frame["value"].iloc[0]
        assert row["numerator"] == now
        assert row["value"] == pytest.approx(now / row["denominator"])
        assert row["details"]["status"] == ("on_track" if row["value"] >= 1 else "at_risk")


def test_reviews_and_actions_are_counted_as_in_their_file(sample: Dataset) -> None:
    with duckdb.connect() as connection:
        [due] = connection.execute(
            f"""SELECT count(*) FILTER (held_on <= scheduled_on + 3), count(*), sum(actions_done),
                       sum(actions_done) + sum(actions_open)
                FROM read_csv('{SAMPLE}/reviews.csv') WHERE scheduled_on <= DATE '{LAST_DAY}' - 3"""
        ).fetchall()
    for model, sides in (("review_on_time_rate", due[:2]), ("action_close_rate", due[2:])):
        [row] = sm.model_answer(sample, model, asked()).frame.to_dict("records")
        assert (row["numerator"], row["denominator"]) == sides
        assert row["value"] == sides[0] / sides[1]


@pytest.mark.parametrize(
    ("model", "more", "words"),
    [
        ("forecast", {"compare": (sm.Compare.PREVIOUS,)}, "“forecast” is not compared with other periods"),
        (
            "forecast",
            {"by": ("tenure",)},
            "“forecast” is not cut by tenure. It can be cut by one of: region, product",
        ),
        ("forecast", {"by": ("region", "rep")}, "“forecast” is not cut by region, rep."),
        ("forecast", {"grain": sm.Grain.WEEK}, "“forecast” is not cut by week"),
        ("kpi_status", {"by": ("region",)}, "“kpi_status” is not cut by region."),
        ("alerts", {}, "“alerts” cannot be asked by itself. These can: forecast"),
    ],
)
def test_what_a_model_cannot_be_asked_is_said(sample: Dataset, model: str, more: dict, words: str) -> None:
    with pytest.raises(QueryError) as raised:
        sm.model_answer(sample, model, asked(**more))
    assert words in str(raised.value)


@pytest.mark.parametrize("model", ["forecast", "driver_decomposition", "alerts", "incentive_payout"])
def test_a_model_among_metrics_says_where_it_is(sample: Dataset, model: str) -> None:
    with pytest.raises(QueryError, match=f"“{model}” is no metric but a model"):
        sm.compute(sample, sm.MetricQuery((model,)))
