"""The worked examples of KPIs and reviews in EXAMPLES.md, through the whole engine where it has a part in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salesmetrics.analysis.kpi_status import Kpi, Status
from salesmetrics.analysis.reviews import action_close_rate, review_on_time_rate
from salesmetrics.query import compute_many
from salesmetrics.query.kpis import board, kpis_in_files
from salesmetrics.query.reviews import last_day, reviews_in_files
from tests.company import dataset


def test_revenue_of_550_of_700_is_off_and_so_are_two_hours_where_one_was_wanted(tmp_path: Path) -> None:
    data = dataset(
        {
            "orders": [{"order_date": "2024-04-10", "amount": 200}, {"order_date": "2024-06-30", "amount": 350}],
            "leads": [
                {"lead_id": "L1", "created_at": "2024-06-30 09:00", "first_response_at": "2024-06-30 10:00"},
                {"lead_id": "L2", "created_at": "2024-06-30 09:00", "first_response_at": "2024-06-30 11:00"},
                {"lead_id": "L3", "created_at": "2024-06-30 09:00", "first_response_at": "2024-06-30 12:00"},
            ],
            "kpis": [
                {"metric_id": "revenue", "objective": "Grow", "target": 700, "period": "2024-Q2", "owner": "Ann"},
                {"metric_id": "lead_response_time", "objective": "Be quick", "target": 1, "period": "2024-Q2",
                 "owner": "Bo"},
            ],
        },
        tmp_path,
    )  # fmt: skip
    asked = board(data, kpis_in_files(data))
    revenue, response = asked.lines(compute_many(data, asked.questions))
    assert revenue.kpi == Kpi("revenue", "2024-Q2", "Grow", 700.0, "Ann")
    for line, value, reached in ((revenue, 550, 0.786), (response, 2, 0.5)):
        assert line.value == pytest.approx(value)
        assert line.standing is not None
        assert line.standing.reached == pytest.approx(reached, abs=5e-4)
        assert line.standing.status is Status.OFF


def test_three_of_four_reviews_on_time_and_six_of_eight_actions_done(tmp_path: Path) -> None:
    held = [
        ("2024-01-30", "2024-01-30"),
        ("2024-02-28", "2024-03-02"),
        ("2024-03-30", "2024-04-09"),
        ("2024-04-30", "2024-04-29"),
    ]
    data = dataset(
        {
            "orders": [{"order_date": "2024-05-31", "amount": 10}],
            "reviews": [
                {"scheduled_on": planned, "held_on": on, "actions_open": number % 2, "actions_done": 1 + number % 2}
                for number, (planned, on) in enumerate(held)
            ],
        },
        tmp_path,
    )  # fmt: skip
    found, day = reviews_in_files(data), last_day(data)
    assert day == date(2024, 5, 31)
    assert review_on_time_rate(found, day).share == 0.75
    rate = action_close_rate(found)
    assert (rate.numerator, rate.denominator, rate.share) == (6, 8, 0.75)
