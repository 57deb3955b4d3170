"""The worked examples of the pipeline: wins, cycle and open deals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import salesmetrics as sm
from tests.company import EXAMPLE_OPPORTUNITIES, H1, Q1, Q2, answers, ask, dataset, example_company


@pytest.mark.parametrize(
    ("metric", "numerator", "denominator", "value"),
    [("win_rate", 3, 4, 0.75), ("win_rate_value", 600, 1000, 0.6), ("avg_deal_size", 600, 3, 200)],
)
def test_wins_of_the_half_year(metric, numerator, denominator, value):
    answer = ask(example_company(), metric, H1)
    assert (answer.numerator, answer.denominator, answer.value) == (numerator, denominator, value)


def test_a_deal_is_placed_by_its_close():
    assert (ask(example_company(), "win_rate", Q1).value, ask(example_company(), "win_rate", Q2).value) == (1, 0.5)


def test_win_rate_without_closed_deals_is_unknown_not_zero(tmp_path: Path):
    data = dataset({"opportunities": EXAMPLE_OPPORTUNITIES}, tmp_path)
    answer = ask(data, "win_rate", sm.Period(date(2024, 5, 1), date(2024, 6, 1)))
    assert (answer.value, answer.reason) == (None, "zero_denominator")


def test_the_cycle_of_won_deals():
    # 30, 60 and 120 days; a p90 needs five.
    answer = ask(example_company(), "sales_cycle_length", H1)
    assert (answer.value, answer.n) == (60, 3)
    assert answer.details["mean"] == 70
    assert answer.details.get("p90") is None


def test_the_cycle_of_all_closed_deals():
    # 30, 60, 60 and 120 days.
    answer = ask(example_company(), "sales_cycle_length", H1, params={"sales_cycle_length.outcome": "closed"})
    assert (answer.value, answer.n) == (60, 4)
    assert answer.details["mean"] == 67.5


def test_the_ninetieth_percentile_interpolates(tmp_path: Path):
    deals = [
        {"opportunity_id": str(days), "created_date": "2024-01-01", "status": "won", "amount": 1,
         "close_date": date.fromordinal(date(2024, 1, 1).toordinal() + days)}
        for days in (10, 20, 30, 40, 100)
    ]  # fmt: skip
    answer = ask(dataset({"opportunities": deals}, tmp_path), "sales_cycle_length", H1)
    # h = 4 * 0.9 = 3.6: 40 + 0.6 * 60.
    assert (answer.value, answer.details["p90"]) == (30, pytest.approx(76))


def test_the_cycle_starts_at_the_lead_where_one_is_linked(tmp_path: Path):
    tables = {
        "opportunities": [
            {"opportunity_id": "1", "created_date": "2024-02-01", "close_date": "2024-03-01", "status": "won",
             "amount": 1, "lead_id": "L"},
        ],
        "leads": [{"lead_id": "L", "created_at": "2024-01-01 23:00"}],
    }  # fmt: skip
    assert ask(dataset(tables, tmp_path), "sales_cycle_length", Q1).value == 60


def test_a_deal_closed_before_it_was_created_leaves_the_cycle(tmp_path: Path):
    deals = [
        {"opportunity_id": "1", "created_date": "2024-02-01", "close_date": "2024-03-01", "status": "won"},
        {"opportunity_id": "2", "created_date": "2024-03-01", "close_date": "2024-02-01", "status": "won"},
    ]
    answer = ask(dataset({"opportunities": deals}, tmp_path), "sales_cycle_length", Q1)
    assert (answer.value, answer.n) == (29, 1)


@pytest.mark.parametrize(("metric", "value"), [("pipeline_value", 600), ("open_opportunities", 2)])
def test_the_open_pipeline(metric, value):
    assert ask(example_company(), metric, Q2).value == value


def test_the_weighted_pipeline():
    assert ask(example_company(), "weighted_pipeline", Q2).value == 240


@pytest.mark.parametrize(
    ("metric", "by_month"),
    [
        ("pipeline_value", [300, 700, 600, 600, 800, 600]),
        ("open_opportunities", [1, 2, 2, 2, 3, 2]),
    ],
)
def test_the_pipeline_at_past_month_ends(metric, by_month):
    # Open at a day: created by then, and not closed by then.
    months = answers(example_company(), metric, H1, grain=sm.Grain.MONTH)
    assert [answer.value for answer in months.values()] == by_month


def test_a_balance_is_taken_at_the_end_and_never_summed():
    assert ask(example_company(), "pipeline_value", Q1).value == 600
    assert ask(example_company(), "pipeline_value", H1).value == 600


def test_the_pipeline_as_it_stood_on_an_earlier_day():
    assert ask(example_company(), "pipeline_value", Q1, as_of=date(2024, 2, 29)).value == 700


def test_an_overdue_open_deal_stays_in_the_pipeline(tmp_path: Path):
    deals = [
        {"opportunity_id": str(amount), "created_date": "2024-02-01", "close_date": close, "status": "open",
         "amount": amount}
        for close, amount in (("2024-03-01", 5), (None, 7))
    ]  # fmt: skip
    assert ask(dataset({"opportunities": deals}, tmp_path), "pipeline_value", Q2).value == 12


def test_a_deal_without_created_date_counts_now_but_not_in_the_past(tmp_path: Path):
    deals = [
        {"opportunity_id": "1", "created_date": "2024-02-01", "status": "open", "amount": 5},
        {"opportunity_id": "2", "created_date": None, "status": "open", "amount": 7},
    ]
    data = dataset({"opportunities": deals}, tmp_path)
    assert ask(data, "pipeline_value", Q2).value == 12
    assert ask(data, "pipeline_value", Q1).value == 5


def test_average_deal_size_leaves_out_wins_without_an_amount(tmp_path: Path):
    deals = [
        {"opportunity_id": str(k), "created_date": "2024-01-01", "close_date": "2024-02-01", "status": "won",
         "amount": amount}
        for k, amount in enumerate((100, 300, None))
    ]  # fmt: skip
    answer = ask(dataset({"opportunities": deals}, tmp_path), "avg_deal_size", Q1)
    assert (answer.value, answer.denominator) == (200, 2)
