"""The worked examples of training and of what became of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import spearmanr

import salesmetrics as sm
from salesmetrics.analysis.ranks import together
from salesmetrics.model.dataset import Dataset
from tests.company import EXAMPLE_TABLES, Q1, Q2, answers, ask, dataset, example_company

HOURS = (1, 2, 3, 4, 5, 6, 7, 8)
CHANGE_RANKS = (1, 3, 2, 4, 6, 5, 7, 8)
AFTER_Q2 = date(2024, 6, 30)


def _session(rep: str, day: str, hours: float, topic: str | None = "Product") -> dict[str, Any]:
    return {"rep_id": rep, "date": day, "hours": hours, "topic": topic}


def _trained(folder: Path, *sessions: dict[str, Any], **tables: Any) -> Dataset:
    folder.mkdir(exist_ok=True)
    # What was trained last says how far the training file reaches.
    reach = [_session("nobody", "2024-01-01", 0), _session("nobody", "2024-06-30", 0)]
    return dataset({**EXAMPLE_TABLES, "training": [*sessions, *reach], **tables}, folder)


def test_training_hours_per_rep(tmp_path: Path):
    answer = ask(_trained(tmp_path, _session("R1", "2024-04-10", 6)), "training_hours_per_rep", Q2)
    # R2 had none and counts.
    assert (answer.value, answer.numerator, answer.denominator) == (3, 6, 2)
    assert answer.details["reps_trained"] == 1


def test_training_hours_by_topic_and_by_rep(tmp_path: Path):
    data = _trained(tmp_path, _session("R1", "2024-04-10", 4), _session("R2", "2024-05-10", 1),
                    _session("R1", "2024-05-11", 2, "Onboarding"), _session("R2", "2024-06-11", 1, None))  # fmt: skip
    topics = ask(data, "training_hours_per_rep", Q2).details
    assert (topics["topic: Product"], topics["topic: Onboarding"], topics["topic: (unknown)"]) == (2.5, 1, 0.5)
    reps = answers(data, "training_hours_per_rep", Q2, by=("rep",))
    assert {rep: a.value for rep, a in reps.items() if rep in ("R1", "R2")} == {"R1": 6, "R2": 2}
    assert ask(data, "training_hours_per_rep", Q2, rep="R2").value == 2


def test_a_rep_counts_for_the_days_employed(tmp_path: Path):
    reps = [{"rep_id": "R1", "hire_date": "2024-01-01", "leave_date": "2024-05-15"},
            {"rep_id": "R2", "hire_date": "2022-03-15", "leave_date": None}]  # fmt: skip
    answer = ask(_trained(tmp_path, _session("R2", "2024-04-10", 6), reps=reps), "training_hours_per_rep", Q2)
    assert answer.denominator == pytest.approx(1 + 45 / 91)


def test_hours_of_reps_without_a_hire_date_leave_the_average(tmp_path: Path):
    data = _trained(tmp_path, _session("R1", "2024-04-10", 6), _session("R9", "2024-04-10", 2))
    answer = ask(data, "training_hours_per_rep", Q2)
    assert (answer.numerator, answer.denominator) == (6, 2)
    assert answer.warns("coverage:0.75")
    assert ask(example_company(), "training_hours_per_rep", Q2).reason.startswith("missing_column:training")


def _sold_against(rep: str, before: float, after: float) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Write a rep's quotas of 100 for two quarters and sales that reach these shares of them."""
    quarters = (("2024-01-01", "2024-03-31", before), ("2024-04-01", "2024-06-30", after))
    quotas = [{"scope": "rep", "scope_id": rep, "period_start": start, "period_end": end, "amount": 100}
              for start, end, _share in quarters]  # fmt: skip
    orders = [{"order_id": f"{rep}{start}", "order_date": start, "amount": round(100 * share, 6), "rep_id": rep}
              for start, _end, share in quarters]  # fmt: skip
    return quotas, orders


def _team(
    folder: Path, shares: list[tuple[float, float]], sessions: list[dict[str, Any]], hired: list[str] | None = None
) -> Dataset:
    reps, quotas, orders = [], [], []
    for place, (before, after) in enumerate(shares):
        rep = f"R{place}"
        reps.append({"rep_id": rep, "hire_date": hired[place] if hired else "2020-01-01"})
        more_quotas, more_orders = _sold_against(rep, before, after)
        quotas, orders = quotas + more_quotas, orders + more_orders
    return _trained(folder, *sessions, reps=reps, quotas=quotas, orders=orders)


def _eight(folder: Path) -> Dataset:
    shares = [(0.5, 0.5 + rank / 10) for rank in CHANGE_RANKS]
    return _team(folder, shares, [_session(f"R{place}", "2024-02-01", hours) for place, hours in enumerate(HOURS)])


def test_training_against_performance(tmp_path: Path):
    answer = ask(_eight(tmp_path), "training_vs_performance", Q1, as_of=AFTER_Q2)
    assert round(answer.value, 3) == 0.952
    assert (
        answer.value
        == pytest.approx(1 - 6 * 4 / (8 * 63))
        == pytest.approx(spearmanr(HOURS, CHANGE_RANKS).statistic)
    )
    assert answer.n == 8
    # By all 40,320 orders: 0.0011 of them bring as much.
    assert answer.details["p"] == pytest.approx(0.0011, abs=0.001)
    assert answer.warns("regression_to_the_mean")


def test_the_chance_of_as_much_is_that_of_all_orders():
    from itertools import permutations

    hours, changes = (0, 0, 1, 2, 3, 3, 5), (2, 1, 3, 3, 5, 4, 4)
    rho = spearmanr(hours, changes).statistic
    found = together(hours, changes, ["q"] * 7)
    as_much = [
        abs(spearmanr(hours, order).statistic) >= abs(rho) - 1e-9 for order in list(permutations(changes))[::7]
    ]
    assert found.rho == pytest.approx(rho)
    assert found.p == pytest.approx(sum(as_much) / len(as_much), abs=0.02)


def test_seven_reps_are_too_few(tmp_path: Path):
    shares = [(0.5, 0.5 + place / 10) for place in range(7)]
    sessions = [_session(f"R{place}", "2024-02-01", place + 1) for place in range(7)]
    answer = ask(_team(tmp_path, shares, sessions), "training_vs_performance", Q1, as_of=AFTER_Q2)
    assert (answer.value, answer.reason, answer.n) == (None, "n_too_small", 7)


def test_a_quarter_whose_next_is_not_over_says_nothing(tmp_path: Path):
    assert ask(_eight(tmp_path), "training_vs_performance", Q1, as_of=date(2024, 6, 29)).reason == "no_rows"
    assert ask(_eight(tmp_path / "next"), "training_vs_performance", Q2, as_of=AFTER_Q2).reason == "no_rows"


def test_where_all_had_the_same_there_is_nothing_to_correlate(tmp_path: Path):
    shares = [(0.5, 0.5 + place / 10) for place in range(8)]
    answer = ask(_team(tmp_path, shares, []), "training_vs_performance", Q1, as_of=AFTER_Q2)
    assert (answer.value, answer.reason) == (None, "model_not_identified")


def test_within_a_band_of_eight_and_not_of_fewer(tmp_path: Path):
    shares = [(0.5, 0.5 + rank / 10) for rank in (*CHANGE_RANKS, 4)]
    sessions = [_session(f"R{place}", "2024-02-01", hours) for place, hours in enumerate((*HOURS, 2))]
    hired = ["2020-01-01"] * 8 + ["2023-12-01"]
    data = _team(tmp_path, shares, sessions, hired)
    details = ask(data, "training_vs_performance", Q1, as_of=AFTER_Q2).details
    assert round(details["rho: 2-5y"], 3) == 0.952
    assert details["cases: 2-5y"] == 8
    assert "rho: 0-3m" not in details
    bands = answers(data, "training_vs_performance", Q1, by=("tenure",), as_of=AFTER_Q2)
    assert (bands["0-3m"].reason, bands["2-5y"].reason) == ("n_too_small", None)


def test_a_topic_is_set_against_reps_without_training(tmp_path: Path):
    shares = [(0.5, 0.8), (0.5, 0.9), (0.5, 0.6), (0.5, 0.8)]
    sessions = [_session("R0", "2024-02-01", 3, "Closing"), _session("R1", "2024-02-01", 3, "Closing"),
                _session("R1", "2024-03-01", 1, "Product")]  # fmt: skip
    details = ask(_team(tmp_path, shares, sessions), "training_vs_performance", Q1, as_of=AFTER_Q2).details
    # Without training: +10 and +30 points, on average 20. Closing: +30 and +40; Product: +40.
    assert details["effect: Closing"] == pytest.approx(0.15)
    assert details["effect: Product"] == pytest.approx(0.20)
    assert (details["reps: Closing"], details["reps: Product"]) == (2, 1)


def test_a_good_quarter_for_all_is_no_effect_of_training():
    # In the second quarter everybody trained more and everybody's attainment rose more.
    hours, changes = (1, 2, 3, 4, 11, 12, 13, 14), (4, 3, 2, 1, 14, 13, 12, 11)
    assert spearmanr(hours, changes).statistic > 0.5
    assert together(hours, changes, ["q1"] * 4 + ["q2"] * 4).rho == pytest.approx(-1)


def test_several_quarters_are_taken_together(tmp_path: Path):
    year = sm.Period(date(2024, 1, 1), date(2024, 7, 1))
    answer = ask(_eight(tmp_path), "training_vs_performance", year, as_of=AFTER_Q2)
    assert round(answer.value, 3) == 0.952
