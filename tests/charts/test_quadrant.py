"""Effective and efficient: who stands in which quadrant, what is drawn at the edge, and whose name has room."""

from __future__ import annotations

from typing import Any

from salesmetrics.charts import quadrant_figure
from salesmetrics.charts.quadrant import METRIC, quadrant_name
from salesmetrics.metrics.effectiveness import BOTH, EFFECTIVE, EFFICIENT, NEITHER, quadrant
from tests.charts.results import by_value, nothing


def of(reached: float, efficiency: float, by: str = "quota_attainment") -> dict[str, Any]:
    goal = 1.0 if by == "quota_attainment" else 50.0
    return {
        "effectiveness": reached, "effectiveness_by": by, "efficiency": efficiency,
        "quadrant": quadrant(reached >= goal, efficiency >= 50), "response_percentile": 40.0, "cycle_percentile": None,
        "contacts_percentile": None, "revenue_per_contact_percentile": 60.0,
    }  # fmt: skip


def drawn(reps: dict[str, dict[str, Any]]) -> Any:
    values: dict[str, tuple[float | None, float | None]] = {
        rep: (one["efficiency"], None) for rep, one in reps.items()
    }
    return quadrant_figure(by_value(METRIC, "rep", values, details=reps))


TEAM = {"Ann": of(1.2, 70), "Ben": of(1.0, 50), "Cy": of(1.4, 20), "Di": of(0.4, 80), "Ed": of(0.5, 30)}


def test_the_title_counts_those_who_are_both_and_those_who_are_neither() -> None:
    assert drawn(TEAM).title == "2 of 5 reps are effective and efficient; neither: 1"


def test_each_rep_stands_where_effectiveness_and_efficiency_say() -> None:
    columns = drawn(TEAM).columns
    found = dict(zip(columns["key"], columns["quadrant_text"], strict=True))
    expected = {"Ann": BOTH, "Ben": BOTH, "Cy": EFFECTIVE, "Di": EFFICIENT, "Ed": NEITHER}
    assert found == {rep: quadrant_name(one) for rep, one in expected.items()}
    assert [columns[one][0] for one in (BOTH, NEITHER)] == ["Both (2)", "Neither (1)"]


def test_points_lie_within_the_bounds_that_every_layer_has() -> None:
    figure = drawn(TEAM)
    bounds = [
        layer["encoding"][side]["scale"]["domain"]
        for layer in figure.spec["layer"]
        for side, column in (("x", "efficiency"), ("y", "drawn_at"))
        if layer["encoding"].get(side, {}).get("field") == column
    ]
    assert bounds[0][0] < min(figure.columns["efficiency"])
    assert max(figure.columns["efficiency"]) < bounds[0][1]
    assert bounds[1][0] < min(figure.columns["drawn_at"]) < max(figure.columns["drawn_at"]) < bounds[1][1]


def test_a_small_quota_many_times_over_lies_at_the_edge_and_is_said() -> None:
    figure = drawn(TEAM | {"Flo": of(7.5, 60)})
    place = figure.columns["key"].index("Flo")
    assert figure.columns["drawn_at"][place] == 2.0
    assert figure.columns["reached_text"][place] == "750.0\u00a0%"
    assert "above 200\u00a0% at the upper edge" in figure.subtitle


def test_reps_judged_by_another_measure_are_not_mixed_in() -> None:
    figure = drawn(TEAM | {"Gus": of(88.0, 60, by="gross_profit")})
    assert "Gus" not in figure.columns["key"]
    assert "1 rep without a quota is not drawn" in figure.subtitle
    by_profit = drawn({"Ann": of(90, 70, "gross_profit"), "Ben": of(10, 30, "gross_profit"), "Cy": of(1.2, 60)})
    assert sorted(by_profit.columns["key"]) == ["Ann", "Ben"]


def test_of_two_names_in_one_place_one_is_left_to_the_tooltip() -> None:
    columns = drawn({"Ann Longname": of(1.2, 70), "Ben Longname": of(1.2, 70), "Cy": of(0.5, 30)}).columns
    assert [bool(name) for name in columns["names"]].count(False) >= 1
    assert "Cy" in columns["names"]
    assert columns["key"].count("Ben Longname") == 1


def test_signs_that_nobody_has_are_left_out_of_the_tooltip() -> None:
    assert "cycle_percentile" not in drawn(TEAM).columns
    assert drawn(TEAM).columns["response_percentile"][0] == "40"


def test_without_anybody_judged_it_says_why() -> None:
    figure = quadrant_figure(nothing(METRIC, "n_too_small", by=("rep",)))
    assert figure.empty
    assert "too few cases" in figure.text


def test_it_is_a_valid_chart() -> None:
    assert drawn(TEAM).chart().to_dict()["layer"]
