"""What moved a measure: the parts of each dimension sum to the change of the whole, the largest first."""

from __future__ import annotations

import math

import pytest

from salesmetrics.charts.drivers import MOST, drivers, drivers_figure
from salesmetrics.charts.figure import PICK, rows_of
from salesmetrics.charts.theme import PALETTES
from salesmetrics.query import Compare, MetricQuery, compute, compute_many, default_period
from salesmetrics.query.request import Filter
from tests.charts.results import by_value, nothing
from ui import datasets

LIGHT = PALETTES["light"]
REGIONS = by_value("revenue", "region", {"North": (300.0, 200.0), "South": (100.0, 130.0)})
PRODUCTS = by_value("revenue", "product", {"Atlas": (250.0, 90.0), "Gone": (None, 240.0), "New": (150.0, None)})
PARTS = {"region": REGIONS, "product": PRODUCTS}


def test_changes_of_all_dimensions_are_ranked_by_size() -> None:
    data = drivers_figure(PARTS, "revenue").data
    assert data["label"].tolist() == [
        "Product: Gone", "Product: Atlas", "Product: New", "Region: North", "Region: South",
    ]  # fmt: skip
    assert data["short"].tolist() == ["−240", "+160", "+150", "+100", "−30"]
    assert data["colour"].tolist() == [LIGHT.worse, LIGHT.better, LIGHT.better, LIGHT.better, LIGHT.worse]


def test_what_is_new_or_gone_counts_in_full() -> None:
    found = {
        one.value: one.change for one in drivers({"product": rows_of(PRODUCTS, "revenue")}, Compare.LAST_YEAR)
    }
    assert found == {"Atlas": 160.0, "Gone": -240.0, "New": 150.0}


@pytest.mark.parametrize("compare", list(Compare))
@pytest.mark.parametrize("where", [(), (Filter("region", ("South",)),)])
def test_the_parts_of_each_dimension_sum_to_the_change_of_the_whole(
    compare: Compare, where: tuple[Filter, ...]
) -> None:
    data = datasets.sample().data
    period = default_period(data)
    whole = compute(data, MetricQuery(("revenue",), period, compare=(compare,), where=where)).frame.iloc[0]
    dimensions = ("region", "product", "tenure", "channel", "segment")
    results = compute_many(
        data,
        [MetricQuery(("revenue",), period, by=(name,), compare=(compare,), where=where) for name in dimensions],
    )
    parts = {name: rows_of(part, "revenue") for name, part in zip(dimensions, results, strict=True)}
    found = drivers(parts, compare)
    for name in dimensions:
        total = math.fsum(one.change for one in found if one.dimension == name)
        assert total == pytest.approx(whole["value"] - whole[f"{compare}_value"], abs=0.005), name


def test_a_mark_stands_for_one_value_of_one_dimension() -> None:
    figure = drivers_figure(PARTS, "revenue")
    assert figure.picks == {"region": "region", "product": "product"}
    north = figure.data[figure.data["label"] == "Region: North"].iloc[0]
    assert north["region"] == "North"
    assert figure.data["product"].isna().sum() == 2
    (pick,) = (param for param in figure.spec["params"] if param["name"] == PICK)
    assert pick["select"]["fields"] == ["region", "product"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_specification_that_is_sent_is_valid(theme: str) -> None:
    assert drivers_figure(PARTS, "revenue", theme).chart().to_dict()["layer"]  # type: ignore[arg-type]


def test_only_the_largest_are_drawn_and_the_whole_change_is_named() -> None:
    many = by_value("revenue", "product", {f"P{place}": (100.0 + place, 100.0) for place in range(20)})
    figure = drivers_figure({"product": many}, "revenue")
    assert figure.data["label"].tolist() == [f"Product: P{place}" for place in range(19, 19 - MOST, -1)]
    assert figure.subtitle == "Change of revenue, 2025 against 2024; +190 in all"
    assert figure.title == "Largest change: Product: P19, +19"


def test_a_dimension_with_one_value_left_is_passed_over() -> None:
    only = by_value("revenue", "region", {"North": (300.0, 200.0)})
    figure = drivers_figure({"region": only, "product": PRODUCTS}, "revenue")
    assert all(label.startswith("Product") for label in figure.data["label"])


def test_without_anything_to_compare_with_it_says_so() -> None:
    without = by_value("revenue", "region", {"North": (300.0, None), "South": (100.0, None)})
    for parts in ({"region": without}, {"region": nothing("revenue", "no_rows", by=("region",))}, {}):
        figure = drivers_figure(parts, "revenue")
        assert figure.empty
        assert "nothing to compare with" in figure.text


def test_parts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="do not sum"):
        drivers_figure({"region": by_value("win_rate", "region", {"North": (0.5, 0.4)})}, "win_rate")
