"""The order of stages is found again from deals that skip, go back, stop early and begin late."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from salesmetrics.engine import default_engine
from salesmetrics.query.prepare import Prepared
from tests.company import dataset

STAGES = ("New", "Contacted", "Meeting", "Demo", "Offer", "Contract")


def _course(chance: random.Random) -> list[str]:
    """Draw the stages that a deal goes through: four in ten stop at each, one in four stages is skipped."""
    course: list[str] = []
    for place, stage in enumerate(STAGES):
        if chance.random() < 0.75:
            course.append(stage)
        if course and chance.random() < 0.1:
            course.append(chance.choice(STAGES[: place + 1]))
        if chance.random() < 0.4:
            break
    return course[1:] if chance.random() < 0.15 else course


def _found(folder: Path, courses: list[list[str]]) -> list[str]:
    entries = [
        {"opportunity_id": str(deal), "stage": stage, "entered_at": f"2024-01-{day:02} 09:00"}
        for deal, course in enumerate(courses)
        for day, stage in enumerate(course, start=1)
    ]
    deals = [{"opportunity_id": str(deal), "status": "open", "created_date": "2024-01-01"} for deal in range(3)]
    data = dataset({"opportunities": deals, "stage_history": entries}, folder)
    order = default_engine().run(Prepared(default_engine(), data).relation("stage_order"))
    return list(order.sort_values("place")["ordered_stage"])


@pytest.mark.parametrize("seed", range(8))
def test_the_order_is_found_again_from_untidy_deals(seed, tmp_path: Path):
    chance = random.Random(seed)
    assert _found(tmp_path, [_course(chance) for _deal in range(150)]) == list(STAGES)


def test_many_deals_that_stop_early_do_not_push_their_stage_back(tmp_path: Path):
    assert _found(tmp_path, [["A", "B"]] * 100 + [["A", "B", "C", "D"]]) == ["A", "B", "C", "D"]


def test_a_stage_that_a_single_deal_entered_out_of_turn_moves_no_other(tmp_path: Path):
    usual = [["A", "B", "C"]] * 20
    order = _found(tmp_path, [*usual, ["C", "odd", "A"]])
    assert [stage for stage in order if stage != "odd"] == ["A", "B", "C"]


def test_stages_are_numbered_without_any_deal_that_moved(tmp_path: Path):
    assert _found(tmp_path, [["B"], ["A"], ["B"]]) == ["B", "A"]
