"""How much hangs on how few."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from salesmetrics.charts import pareto_figure
from salesmetrics.charts.pareto import POINTS, largest, needed
from salesmetrics.charts.theme import Theme
from tests.charts.results import by_value, nothing

Worth = dict[str, tuple[float | None, float | None]]


def worth(values: list[float]) -> Worth:
    return {f"C{place:04}": (value, None) for place, value in enumerate(values)}


@pytest.mark.parametrize("theme", get_args(Theme))
def test_the_specification_that_is_sent_is_valid(theme: Theme) -> None:
    figure = pareto_figure(by_value("revenue", "customer", worth([50.0, 20, 10, 10, 5, 5])), "revenue", theme)
    assert figure.chart().to_dict()
    assert figure.title.replace("\u00a0", " ") == "3 of 6 customers (50.0 %) bring 80 % of revenue"


def test_thousands_are_a_curve_of_a_hundred_points() -> None:
    random = np.random.default_rng(7)
    values = random.pareto(1.3, 5000) + 0.01
    data = pareto_figure(by_value("revenue", "customer", worth(values.tolist())), "revenue").data
    curve = data[data["kind"] == "curve"]
    assert len(curve) == POINTS + 1
    ranked = np.sort(values)[::-1]
    for _place, point in curve.iterrows():
        assert point["reached"] == pytest.approx(ranked[: int(point["many"])].sum() / ranked.sum())
    rule = data[data["kind"] == "rule"].iloc[0]
    assert (
        ranked[: int(rule["many"]) - 1].sum()
        < 0.8 * ranked.sum()
        <= ranked[: int(rule["many"])].sum() * (1 + 1e-9)
    )


def test_exactly_eighty_per_cent_is_enough() -> None:
    # In floats 0.1 + 0.7 is a hair below 0.8.
    assert needed(np.array([0.7, 0.1, 0.1, 0.1])) == 2


def test_the_largest_are_named_with_their_share() -> None:
    data = pareto_figure(by_value("revenue", "customer", worth([50.0, 20, 10, 10, 5, 5])), "revenue").data
    named = data[data["kind"] == "named"]
    assert named["name"].tolist() == ["C0000", "C0001", "C0002", "C0003", "C0004"]
    assert named["part"].str.replace("\u00a0", " ").tolist() == ["50.0 %", "20.0 %", "10.0 %", "10.0 %", "5.0 %"]


def test_who_has_no_name_or_brings_nothing_is_not_ranked() -> None:
    values = worth([50.0, 20, 10, 10, 5, 5, -8.0, 0.0]) | {"(unknown)": (900.0, None)}
    figure = pareto_figure(by_value("revenue", "customer", values), "revenue")
    assert "of 6 customers" in figure.title
    assert figure.subtitle.endswith("900 without a name is left out")


def test_of_a_handful_nothing_is_claimed() -> None:
    figure = pareto_figure(by_value("revenue", "rep", worth([5.0, 4, 3, 2])), "revenue")
    assert figure.empty
    assert "too few" in figure.text
    assert pareto_figure(nothing("revenue", "no_rows", by=("customer",)), "revenue").empty


def test_the_largest_go_by_what_people_call_them_and_are_picked_by_their_numbers() -> None:
    brought = by_value("revenue", "customer", worth([50.0, 20, 10, 10, 5, 5]))
    assert largest(brought, "revenue") == ["C0000", "C0001", "C0002", "C0003", "C0004"]
    figure = pareto_figure(brought, "revenue", called={"C0000": "Ivory Partners"})
    named = figure.data[figure.data["kind"] == "named"]
    assert named["label"].tolist() == ["Ivory Partners", "C0001", "C0002", "C0003", "C0004"]
    assert named["key"].tolist() == largest(brought, "revenue")
    assert "Ivory Partners 50.0" in figure.text
