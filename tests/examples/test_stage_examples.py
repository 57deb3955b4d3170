"""The worked examples of stages: conversion, funnel, time in stage, bottleneck, and why deals are lost."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

import salesmetrics as sm
from salesmetrics.model.dataset import Dataset
from tests.company import (
    AS_OF,
    EXAMPLE_OPPORTUNITIES,
    EXAMPLE_STAGE_HISTORY,
    H1,
    Q1,
    Q2,
    answers,
    ask,
    dataset,
    example_company,
)

BY_STAGE = ("stage",)


def _course(deal: str, stages: str, status: str = "won", first: str = "2024-01-01", step: int = 1):
    """Give a deal that enters a stage every `step` days (`Q P` ...), and its close one step after the last."""
    start = date.fromisoformat(first)
    entries = [
        {"opportunity_id": deal, "stage": stage, "entered_at": f"{start + timedelta(days=step * place)} 10:00"}
        for place, stage in enumerate(stages.split())
    ]
    close = start + timedelta(days=step * len(entries)) if status != "open" else None
    return {
        "opportunity_id": deal,
        "status": status,
        "created_date": start,
        "close_date": close,
        "amount": 10,
    }, entries


def _company(folder: Path, *courses) -> Dataset:
    return dataset(
        {"opportunities": [deal for deal, _e in courses], "stage_history": [e for _d, entries in courses for e in entries]},
        folder,
    )  # fmt: skip


def _places(data: Dataset, **more) -> dict[str, float]:
    return {
        stage: answer.details["place"]
        for stage, answer in answers(data, "funnel", H1, by=BY_STAGE, **more).items()
    }


def test_conversion_counts_decided_deals_and_shows_the_raw_share_beside():
    found = answers(example_company(), "stage_conversion", H1, by=BY_STAGE)
    qualify, proposal = found["Qualify"], found["Proposal"]
    assert (qualify.numerator, qualify.denominator, qualify.value) == (4, 5, 0.8)
    assert (qualify.details["raw_conversion"], qualify.details["waiting"]) == (pytest.approx(4 / 6), 1)
    assert (proposal.numerator, proposal.denominator, proposal.value) == (3, 3, 1)
    # One of six deals is still in Qualify, one of four in Proposal.
    assert not qualify.warns("many_waiting")
    assert proposal.warns("many_waiting")


def test_conversion_is_placed_by_the_entry():
    found = answers(example_company(), "stage_conversion", Q2, by=BY_STAGE)
    # D5 advanced and D6 sits in Qualify; D4 was won from Proposal and D5 sits there.
    assert {stage: (a.numerator, a.denominator) for stage, a in found.items()} == {
        "Qualify": (1, 1), "Proposal": (1, 1),
    }  # fmt: skip


def test_the_funnel_counts_those_who_reached_a_stage():
    found = answers(example_company(), "funnel", H1, by=BY_STAGE)
    assert {stage: answer.value for stage, answer in found.items()} == {"Qualify": 6, "Proposal": 4}
    assert (found["Proposal"].details["won"], found["Qualify"].details["conversion"]) == (3, 0.8)


def test_without_stage_changes_there_is_only_where_open_deals_stand(tmp_path: Path):
    deals = [
        {**deal, "stage": "Qualify" if deal["amount"] == 200 else "Proposal"} for deal in EXAMPLE_OPPORTUNITIES
    ]
    data = dataset({"opportunities": deals}, tmp_path)
    for metric in ("funnel", "stage_conversion", "time_in_stage", "bottleneck"):
        answer = ask(data, metric, H1)
        assert (answer.value, answer.reason) == (None, "missing_column:stage_history.stage")
    now = answers(data, "open_opportunities", H1, by=BY_STAGE)
    assert {stage: answer.value for stage, answer in now.items()} == {"Proposal": 1, "Qualify": 1}
    assert "open_opportunities" in sm.CATALOGUE["funnel"].members


def test_a_skipped_stage_is_reached_and_a_move_back_takes_nothing_away(tmp_path: Path):
    data = _company(
        tmp_path,
        _course("all", "Q D P"), _course("skips", "Q P", "lost", step=3), _course("back", "Q D Q", "lost"),
        _course("straight", "Q", "won"),
    )  # fmt: skip
    found = answers(data, "funnel", H1, by=BY_STAGE)
    # The deal won straight from Q has passed D and P too.
    assert {stage: answer.value for stage, answer in found.items()} == {"Q": 4, "D": 4, "P": 3}
    conversion = answers(data, "stage_conversion", H1, by=BY_STAGE)
    assert {stage: (a.numerator, a.denominator) for stage, a in conversion.items()} == {
        "Q": (4, 4), "D": (3, 4), "P": (2, 3),
    }  # fmt: skip
    assert found["D"].details["entered"] == 2


def test_a_skipped_stage_is_reached_on_the_day_of_the_next(tmp_path: Path):
    data = _company(tmp_path, _course("1", "Q D P", step=2), _course("2", "Q P", "open", "2024-03-30", step=4))
    found = answers(data, "funnel", Q2, by=BY_STAGE)
    # Entered Q in March and P on 3 April: D counts in April as well.
    assert {stage: answer.value for stage, answer in found.items()} == {"D": 1, "P": 1}


def test_the_order_of_stages_is_told_by_the_deals(tmp_path: Path):
    # Most skip Demo, one goes back, one history begins late, and the names say nothing.
    data = _company(
        tmp_path,
        *(_course(f"short{k}", "Zero Offer Close1") for k in range(6)),
        _course("full", "Zero Demo Offer Close1"), _course("back", "Zero Demo Offer Zero Offer Close1"),
        _course("late", "Offer Close1"), *(_course(f"early{k}", "Zero Demo", "lost") for k in range(9)),
    )  # fmt: skip
    assert _places(data) == {"Zero": 1, "Demo": 2, "Offer": 3, "Close1": 4}


def test_a_stage_that_only_says_how_a_deal_ended_is_no_stage(tmp_path: Path):
    data = _company(
        tmp_path, _course("1", "Q P Closed-Won"), _course("2", "Q 6_Closed_Lost", "lost"), _course("3", "Q 赢单"),
        _course("4", "Q Warm", "open"), _course("5", "Q P Lost", "lost"),
    )  # fmt: skip
    assert set(_places(data)) == {"Q", "P", "Warm"}


def test_time_in_stage_counts_those_still_there():
    found = answers(example_company(), "time_in_stage", H1, by=BY_STAGE)
    qualify, proposal = found["Qualify"], found["Proposal"]
    # 10, 20, 45, 60, 61 days and one at 60+: 5/6, 4/6, 3/6.
    assert (qualify.value, qualify.details["completed_median"], qualify.n) == (45, 45, 6)
    assert (qualify.details["lost_share"], qualify.details["still_there"]) == (0.2, 1)
    assert qualify.details["p90"] == pytest.approx(60.6)
    # 20, 40, 59 days and one at 45+: 3/4, 2/4.
    assert (proposal.value, proposal.details["completed_median"], proposal.details["p90"]) == (40, 40, None)


def test_time_in_a_stage_that_hardly_anyone_left_is_not_reached(tmp_path: Path):
    data = _company(tmp_path, _course("1", "Q P"), _course("2", "Q", "open"), _course("3", "Q", "open"))
    found = answers(data, "time_in_stage", H1, by=BY_STAGE)
    assert (found["Q"].value, found["Q"].reason, found["P"].value) == (None, "not_reached", 1)


def test_each_return_to_a_stage_is_a_stay_and_a_stage_logged_twice_is_one(tmp_path: Path):
    data = _company(tmp_path, _course("1", "Q P Q P"), _course("2", "Q Q Q P"))
    found = answers(data, "time_in_stage", H1, by=BY_STAGE)
    # 1, 1 and 3 days in Q; 1, 1 and 1 in P.
    assert {stage: (a.value, a.n) for stage, a in found.items()} == {"Q": (1, 3), "P": (1, 3)}
    assert found["Q"].details["still_there"] == 0


def test_a_deal_closed_before_it_entered_its_stage_is_left_out_and_counted(tmp_path: Path):
    deal, entries = _course("1", "Q P", step=5)
    data = _company(tmp_path, ({**deal, "close_date": "2024-01-03"}, entries))
    found = answers(data, "time_in_stage", H1, by=BY_STAGE)
    assert (found["Q"].value, found["P"].value, found["P"].warnings) == (5, None, ("stays_backwards:1",))


def test_the_bottleneck_is_where_the_days_of_closed_deals_go():
    found = answers(example_company(), "bottleneck", H1, by=BY_STAGE)
    # Qualify 10 + 20 + 60 + 61 days, Proposal 20 + 40 + 59; open deals leave it alone.
    assert (found["Qualify"].numerator, found["Qualify"].denominator) == (151, 270)
    assert found["Proposal"].value == pytest.approx(119 / 270)
    assert (found["Qualify"].details["lost_share"], found["Qualify"].details["median"]) == (0.25, 40)
    # Four stays are too few to call it slower.
    assert found["Qualify"].details["worst"] == 0


def test_the_worst_stage_is_the_longest_only_where_it_became_slower(tmp_path: Path):
    def deals(year: int, long: int, short: int, count: int = 10):
        for place in range(count):
            start = date(year, 1, 1 + place)
            days = [start, start + timedelta(days=long), start + timedelta(days=long + short)]
            deal = {
                "opportunity_id": f"{year} {place}",
                "status": "won",
                "created_date": start,
                "close_date": days[2],
            }
            yield (
                deal,
                [
                    {"opportunity_id": deal["opportunity_id"], "stage": stage, "entered_at": f"{day} 09:00"}
                    for stage, day in zip(("Long", "Short"), days, strict=False)
                ],
            )

    def worst(name: str, *courses) -> dict[str, tuple[float, float]]:
        folder = tmp_path / name
        folder.mkdir()
        found = answers(_company(folder, *courses), "bottleneck", H1, by=BY_STAGE)
        return {stage: (answer.details["slower"], answer.details["worst"]) for stage, answer in found.items()}

    # 40 days after 32 are a quarter more, 5 after 2 as well: the longest of the two is the worst.
    assert worst("slower", *deals(2023, 32, 2), *deals(2024, 40, 5)) == {"Long": (1, 1), "Short": (1, 0)}
    assert worst("as ever", *deals(2023, 33, 2), *deals(2024, 40, 5)) == {"Long": (0, 0), "Short": (1, 0)}
    assert worst("few", *deals(2023, 32, 2, 9), *deals(2024, 40, 5)) == {"Long": (0, 0), "Short": (0, 0)}


def test_losses_by_reason_and_by_the_last_stage_reached():
    found = answers(example_company(), "loss_reasons", H1)
    assert [(a.value, a.details["amount"]) for a in found.values()] == [(1, 400)]
    [by_reason] = answers(example_company(), "loss_reasons", H1, by=("loss_reason",)).items()
    assert (by_reason[0], by_reason[1].value) == ("(unknown)", 1)
    by_stage = answers(example_company(), "loss_reasons", H1, by=BY_STAGE)
    assert {stage: answer.value for stage, answer in by_stage.items()} == {"Qualify": 1}


def test_losses_with_a_competitor_and_the_share_of_each_reason(tmp_path: Path):
    lost = [
        {"opportunity_id": str(k), "status": "lost", "created_date": "2024-01-01", "close_date": "2024-02-01",
         "amount": amount, "loss_reason": reason, "competitor": rival, "stage": "Closed Lost"}
        for k, (reason, amount, rival) in enumerate(
            [("Price", 100, "X"), ("Price", None, None), ("Price", 50, "Y"), (None, None, None)]
        )
    ]  # fmt: skip
    found = answers(dataset({"opportunities": lost}, tmp_path), "loss_reasons", Q1, by=("loss_reason",))
    price, unknown = found["Price"], found["(unknown)"]
    assert (price.value, price.details["amount"], price.details["share"]) == (3, 150, 0.75)
    assert (price.details["with_amount"], price.details["competitor_named"]) == (2, 2)
    assert (unknown.value, unknown.details["amount"]) == (1, None)
    # A stage that only says that it was lost is no stage it reached.
    stages = answers(dataset({"opportunities": lost}, tmp_path), "loss_reasons", Q1, by=BY_STAGE)
    assert set(stages) == {"(unknown)"}


def test_stages_are_as_they_stood_on_an_earlier_day():
    # On 10 May D4 was in Proposal, D5 and D6 in Qualify.
    found = answers(example_company(), "funnel", H1, by=BY_STAGE, as_of=date(2024, 5, 10))
    assert {stage: (a.value, a.details["waiting"]) for stage, a in found.items()} == {
        "Qualify": (6, 2), "Proposal": (3, 1),
    }  # fmt: skip
    assert {e["stage"] for e in EXAMPLE_STAGE_HISTORY} == set(found)


def test_the_days_of_a_deal_s_stays_are_the_days_from_first_entry_to_close():
    rows = sm.records(example_company(), sm.MetricQuery(("bottleneck",), H1, by=BY_STAGE, as_of=AS_OF))
    spent = rows.groupby("opportunity_id")["days"].sum().to_dict()
    assert spent == {"D1": 30, "D2": 60, "D3": 60, "D4": 120}
    assert all(first <= later for first, later in pairwise(sorted(rows["closed_on"])))
