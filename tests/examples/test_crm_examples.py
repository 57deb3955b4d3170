"""The worked examples of how the CRM is used and kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salesmetrics.model.dataset import Dataset
from tests.company import EXAMPLE_OPPORTUNITIES, Q1, Q2, answers, ask, dataset, example_company


def _act(day: str, deal: str | None, **more: Any) -> dict[str, Any]:
    return {"rep_id": "R1", "at": f"{day} 10:00", "type": "call", "opportunity_id": deal, "logged_at": None} | more


def _worked(folder: Path, *done: dict[str, Any]) -> Dataset:
    folder.mkdir(exist_ok=True)
    return dataset({"opportunities": EXAMPLE_OPPORTUNITIES, "activities": list(done)}, folder)


def test_open_deals_with_something_written_down_lately(tmp_path: Path):
    # 10 and 40 days before the end of June.
    answer = ask(_worked(tmp_path, _act("2024-06-20", "D5"), _act("2024-05-21", "D6")), "crm_adoption", Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (0.5, 1, 2)


def test_several_activities_of_a_deal_count_once_and_those_of_closed_deals_never(tmp_path: Path):
    done = [_act("2024-06-20", "D5"), _act("2024-06-21", "D5"), _act("2024-06-22", "D4"), _act("2024-06-22", None)]
    answer = ask(_worked(tmp_path, *done), "crm_adoption", Q2)
    assert (answer.numerator, answer.denominator) == (1, 2)


@pytest.mark.parametrize(("day", "counts"), [("2024-06-16", 0), ("2024-06-17", 1), ("2024-06-30", 1)])
def test_the_last_fourteen_days_end_with_the_day_itself(tmp_path, day, counts):
    assert ask(_worked(tmp_path, _act(day, "D5")), "crm_adoption", Q2).numerator == counts
    wider = ask(_worked(tmp_path / "w", _act(day, "D5")), "crm_adoption", Q2, params={"crm_adoption.days": "15"})
    assert wider.numerator == 1


def test_use_at_an_earlier_day_is_as_it_was_then(tmp_path: Path):
    # At the end of March D3 and D4 were open; D3 was lost on 1 April.
    data = _worked(tmp_path, _act("2024-03-25", "D3"), _act("2024-02-01", "D4"), _act("2024-06-29", "D5"))
    answer = ask(data, "crm_adoption", Q1)
    assert (answer.numerator, answer.denominator) == (1, 2)


def test_use_needs_activities_and_open_deals(tmp_path: Path):
    assert ask(example_company(), "crm_adoption", Q2).reason.startswith("missing_column:activities")
    closed = [deal for deal in EXAMPLE_OPPORTUNITIES if deal["status"] != "open"]
    data = dataset({"opportunities": closed, "activities": [_act("2024-06-30", "D1")]}, tmp_path)
    assert ask(data, "crm_adoption", Q2).reason == "no_rows"


def _deal(number: int, **cells: Any) -> dict[str, Any]:
    return {"opportunity_id": f"D{number}", "status": "open", "created_date": "2024-05-01", "close_date": None,
            "amount": None, "stage": None, "rep_id": None} | cells  # fmt: skip


def test_completeness_counts_the_cells_of_open_deals(tmp_path: Path):
    full = {"close_date": "2024-08-01", "amount": 5, "stage": "Qualify", "rep_id": "R1"}
    deals = [
        _deal(1, **full),
        _deal(2, amount=0, stage="Qualify"),
        _deal(3, **full, status="won") | {"close_date": "2024-06-01"},
    ]
    answer = ask(dataset({"opportunities": deals}, tmp_path), "crm_completeness", Q2)
    # An amount of 0 is filled in; the won deal is no longer asked for.
    assert (answer.numerator, answer.denominator, answer.n) == (6, 8, 2)
    assert {name: answer.details[name] for name in ("amount", "close_date", "stage", "rep_id")} == {
        "amount": 1, "close_date": 0.5, "stage": 1, "rep_id": 0.5,
    }  # fmt: skip


def test_a_column_that_no_file_has_is_not_asked_for():
    answer = ask(example_company(), "crm_completeness", Q2)
    # The example's deals have amounts and close dates, no stage and no rep.
    assert (answer.numerator, answer.denominator) == (4, 4)
    assert (answer.details["stage"], answer.details["rep_id"]) == (None, None)


def test_what_has_closed_since_had_a_close_date(tmp_path: Path):
    answer = ask(example_company(), "crm_completeness", Q1)
    assert (answer.numerator, answer.denominator) == (4, 4)


def test_the_lag_is_from_the_activity_to_the_note(tmp_path: Path):
    logged = ("2024-05-02 11:00", "2024-05-02 14:00", "2024-05-04 10:00", None)
    done = [_act("2024-05-02", "D5", logged_at=at) for at in logged]
    answer = ask(_worked(tmp_path, *done), "crm_lag", Q2)
    assert (answer.value, answer.n, answer.details["p90"]) == (4, 3, None)
    assert answer.details["mean"] == pytest.approx((1 + 4 + 48) / 3)
    assert answer.details["logged"] == 0.75


def test_the_ninth_decile_of_the_lag_takes_five(tmp_path: Path):
    done = [_act("2024-05-02", "D5", logged_at=f"2024-05-02 {10 + hours}:00") for hours in range(1, 7)]
    # Six lags of 1 to 6 hours: the place 5 x 0.9 between the fifth and the sixth.
    assert ask(_worked(tmp_path, *done), "crm_lag", Q2).details["p90"] == pytest.approx(5.5)


def test_a_note_before_the_activity_is_left_out_and_counted(tmp_path: Path):
    done = [
        _act("2024-05-02", "D5", logged_at="2024-05-02 09:00"),
        _act("2024-05-02", "D5", logged_at="2024-05-02 12:00"),
    ]
    answer = ask(_worked(tmp_path, *done), "crm_lag", Q2)
    assert (answer.value, answer.n) == (2, 1)
    assert answer.warns("logged_before:1")


def test_the_lag_by_rep_and_where_nothing_is_logged(tmp_path: Path):
    done = [_act("2024-05-02", "D5", logged_at="2024-05-02 12:00"), _act("2024-06-02", "D5", rep_id="R2")]
    reps = answers(_worked(tmp_path, *done), "crm_lag", Q2, by=("rep",))
    assert {rep: (a.value, a.reason) for rep, a in reps.items()} == {"R1": (2, None), "R2": (None, "no_rows")}
    nothing = ask(_worked(tmp_path / "n", _act("2024-06-02", "D5")), "crm_lag", Q2)
    assert nothing.reason == "missing_column:activities.logged_at"
