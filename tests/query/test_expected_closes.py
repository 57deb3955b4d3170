"""Open deals by the month in which they are expected to close."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from salesmetrics.model.calendar import Period
from salesmetrics.query.expected_closes import expected_closes
from salesmetrics.query.request import MetricQuery
from tests.company import AS_OF, dataset, example_company


def test_open_deals_of_the_example_close_in_july():
    found = expected_closes(example_company(), MetricQuery(("weighted_pipeline",), as_of=AS_OF))
    assert not isinstance(found, str)
    [july] = found.months
    assert (july.month, july.deals, july.weighed) == (date(2024, 7, 1), 2, 2)
    assert (july.amount, july.weighted) == (600.0, 240.0)
    assert found.in_period(Period(date(2024, 7, 1), date(2024, 10, 1))) == 240.0
    assert found.overdue.deals == found.undated.deals == 0


def test_deals_past_their_expected_close_stand_in_no_month(tmp_path: Path):
    deals = [
        {"opportunity_id": f"D{number}", "created_date": "2024-01-05", "status": "open", "close_date": close,
         "amount": amount, "probability": chance}
        for number, (close, amount, chance) in enumerate([
            ("2024-02-10", 100, 0.5), ("2024-06-10", 100, 0.5), ("2024-07-10", 300, 0.1), (None, 50, 0.2),
            ("2024-07-20", None, 0.9), ("2024-07-30", 80, None),
        ])
    ]  # fmt: skip
    deals.append({"opportunity_id": "W", "created_date": "2024-01-05", "status": "won", "close_date": "2024-06-05",
                  "amount": 10, "probability": 1})  # fmt: skip
    found = expected_closes(dataset({"opportunities": deals}, tmp_path), MetricQuery(("weighted_pipeline",)))
    assert not isinstance(found, str)
    assert found.day == date(2024, 6, 5)
    assert [(one.month, one.deals, one.weighed, one.amount, one.weighted) for one in found.months] == [
        (date(2024, 6, 1), 1, 1, 100.0, 50.0), (date(2024, 7, 1), 3, 1, 380.0, 30.0),
    ]  # fmt: skip
    assert (found.overdue.deals, found.overdue.weighted) == (1, 50.0)
    assert (found.undated.deals, found.undated.weighted) == (1, 10.0)
