"""How long leads waited and when they came in: counted against the files themselves, and against the metrics."""

from __future__ import annotations

from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import salesmetrics as sm
import sample_data
from salesmetrics.query.waits import BLOCK, METRICS, Waits, waits
from tests.company import AS_OF, H1, dataset, example_company
from ui import datasets

YEAR = sm.Period(date(2025, 1, 1), date(2026, 1, 1))
MARCH = sm.Period(date(2024, 3, 1), date(2024, 4, 1))


def asked(period: sm.Period, **more: Any) -> sm.MetricQuery:
    return sm.MetricQuery(METRICS, period, **more)


def counted(found: Waits) -> dict[tuple[float, float, bool], int]:
    return {(one.over, one.up_to, one.answered): one.leads for one in found.waits}


def some(folder: Path, *leads: tuple[str, str | None, str | None]) -> sm.Dataset:
    rows = [
        {"lead_id": str(number), "created_at": created, "first_response_at": answered, "converted_at": converted}
        for number, (created, answered, converted) in enumerate(leads)
    ]
    return dataset({"leads": rows}, folder, read_on=date(2024, 7, 1))


def test_the_example_of_the_definitions() -> None:
    # Waits of 0.5, 4, 24, 1 and 2 hours, and one lead that nobody answered.
    found = waits(example_company(), asked(H1, as_of=AS_OF))
    assert found is not None
    assert counted(found) == {
        (0.0, 0.25, True): 0, (0.25, 1.0, True): 2, (1.0, 4.0, True): 2, (4.0, 24.0, True): 1, (24.0, 72.0, True): 0,
        (72.0, inf, True): 0, (72.0, inf, False): 1, (0.0, 72.0, False): 0,
    }  # fmt: skip


def test_the_sample_as_its_files_tell_it() -> None:
    folder = sample_data.folder()
    leads = pd.read_csv(folder / "leads.csv", parse_dates=["created_at", "first_response_at"])
    leads = leads.sort_values("created_at", kind="stable").drop_duplicates("lead_id")
    sent = pd.read_csv(folder / "activities.csv", parse_dates=["at"])
    sent = sent[(sent["direction"] != "in") & (sent["type"].str.lower() != "auto") & sent["lead_id"].notna()]
    leads["first"] = leads["first_response_at"].fillna(leads["lead_id"].map(sent.groupby("lead_id")["at"].min()))
    leads = leads[leads["created_at"].dt.year == 2025]
    hours = (leads["first"] - leads["created_at"]) / pd.Timedelta(hours=1)
    found = waits(datasets.sample().data, asked(YEAR))
    assert found is not None
    for one in found.waits:
        if one.answered:
            within = (hours >= 0) & (hours <= one.up_to) & ((hours > one.over) | (one.over == 0))
            assert one.leads == within.sum()
    assert sum(one.leads for one in found.waits if not one.answered) == hours.isna().sum()
    monday = (leads["created_at"].dt.day_of_week == 0) & (leads["created_at"].dt.hour // BLOCK * BLOCK == 9)
    [told] = [one for one in found.arrivals if (one.weekday, one.hour) == (1, 9)]
    assert (told.leads, told.in_time) == (monday.sum(), (monday & (hours <= 1)).sum())


@pytest.mark.parametrize("region", [None, "North"])
def test_it_counts_the_leads_that_the_metrics_count(region: str | None) -> None:
    data = datasets.sample().data
    params = (
        ("response_within_sla.sla", "30"),
        ("unanswered_rate.grace", "24"),
        ("lead_conversion_rate.horizon", "60"),
    )
    query = asked(YEAR, where=(sm.Filter("region", (region,)),) if region else (), params=params)
    found = waits(data, query)
    assert found is not None
    assert (found.sla, found.grace, found.horizon) == (30, 24, "60")
    due, never, became = sm.compute(data, query).frame.to_dict("records")
    assert sum(one.leads for one in found.arrivals) == due["denominator"]
    assert sum(one.in_time for one in found.arrivals) == due["numerator"]
    assert sum(one.leads for one in found.waits if one.answered and one.up_to <= 0.5) == due["numerator"]
    assert sum(one.leads for one in found.waits if not one.answered and one.up_to == inf) == never["numerator"]
    assert sum(one.judged for one in found.waits) == became["denominator"]
    assert sum(one.converted for one in found.waits) == became["numerator"]


def test_what_is_answered_before_it_came_in_is_of_no_kind(tmp_path: Path) -> None:
    data = some(
        tmp_path,
        ("2024-03-05 10:00", "2024-03-05 09:00", None), ("2024-03-05 10:00", "2024-03-05 11:00", None),
    )  # fmt: skip
    found = waits(data, asked(MARCH))
    assert found is not None
    assert sum(counted(found).values()) == 1
    assert sum(one.leads for one in found.arrivals) == 1


def test_the_agreed_time_is_an_edge_and_counts_as_in_time(tmp_path: Path) -> None:
    data = some(
        tmp_path, ("2024-03-05 10:00", "2024-03-05 11:30", None), ("2024-03-05 10:00", "2024-03-05 11:31", None)
    )
    found = waits(data, asked(MARCH, params=(("response_within_sla.sla", "90"),)))
    assert found is not None
    assert (counted(found)[0.25, 1.5, True], counted(found)[1.5, 4.0, True]) == (1, 1)


def test_a_young_lead_without_an_answer_is_not_yet_unanswered(tmp_path: Path) -> None:
    data = some(
        tmp_path,
        ("2024-03-01 10:00", None, None), ("2024-03-30 10:00", None, None),
        ("2024-03-02 10:00", "2024-03-02 10:05", None),
    )  # fmt: skip
    found = waits(data, asked(MARCH, as_of=date(2024, 3, 31)))
    assert found is not None
    assert (counted(found)[72.0, inf, False], counted(found)[0.0, 72.0, False]) == (1, 1)


def test_what_became_of_leads_counts_once_they_are_old_enough(tmp_path: Path) -> None:
    quick = "2024-03-05 10:30"
    data = some(
        tmp_path,
        ("2024-03-05 10:00", quick, "2024-04-01 10:00"), ("2024-03-05 10:00", quick, "2024-06-30 10:00"),
        ("2024-03-05 10:00", quick, None),
    )  # fmt: skip
    found = waits(data, asked(MARCH, as_of=date(2024, 7, 1)))
    assert found is not None
    [kind] = [one for one in found.waits if one.leads]
    assert (kind.leads, kind.judged, kind.converted) == (3, 3, 1)
    early = waits(data, asked(MARCH, as_of=date(2024, 4, 2)))
    assert early is not None
    assert {one.judged for one in early.waits} == {0}


def test_days_without_hours_tell_nothing_of_hours(tmp_path: Path) -> None:
    found = waits(some(tmp_path, ("2024-03-05", "2024-03-06", None)), asked(MARCH))
    assert found is not None
    assert found.arrivals == ()


def test_without_answers_or_leads_there_is_nothing(tmp_path: Path) -> None:
    rows = [{"lead_id": "1", "created_at": "2024-03-05"}]
    assert waits(dataset({"leads": rows}, tmp_path / "a"), asked(MARCH)) is None
    assert (
        waits(dataset({"orders": [{"order_date": "2024-03-05", "amount": 1}]}, tmp_path / "b"), asked(MARCH))
        is None
    )
    data = some(tmp_path / "c", ("2024-03-05 10:00", "2024-03-05 11:00", None))
    assert waits(data, asked(sm.Period(date(2024, 5, 1), date(2024, 6, 1)))) is None
