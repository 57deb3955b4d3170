"""The steps from one period's value to another's as drawn: bars that meet, labels that say what moved."""

from __future__ import annotations

import pytest

import salesmetrics as sm
from salesmetrics.charts.change_waterfall import change_figure, rate_and_mix_figure
from salesmetrics.charts.theme import PALETTES
from salesmetrics.query.why import Cut, Why, why
from tests.company import AS_OF, Q2, example_company


def of_example(metric: str) -> Why:
    return why(example_company(), sm.MetricQuery((metric,), Q2, as_of=AS_OF), sm.Compare.PREVIOUS)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("metric", ["revenue", "gross_profit", "orders", "pipeline_value", "won_value"])
def test_each_bar_begins_where_the_one_before_ended(metric: str, theme: str) -> None:
    found = of_example(metric)
    assert found.trees
    for tree in found.trees:
        figure = change_figure(found, tree, theme)  # type: ignore[arg-type]
        columns = figure.columns
        assert columns["low"][1:-1] == columns["high"][:-2]
        assert (columns["level"][0], columns["level"][-1]) == (found.before.value, found.after.value)
        assert columns["high"][-2] == pytest.approx(found.after.value)
        figure.chart()


def test_labels_say_what_moved_from_where_to_where() -> None:
    found = of_example("revenue")
    [tree] = [one for one in found.trees if one.tree.id == "revenue_by_customers"]
    figure = change_figure(found, tree)
    assert figure.columns["label"] == ["Q1 2024", "Active customers", "Average order value", "Q2 2024"]
    assert figure.columns["note"] == ["", "2 → 3", "200 → 183.3", ""]
    assert figure.columns["short"] == ["400", "+191", "−40.98", "550"]
    better, worse = PALETTES["light"].better, PALETTES["light"].worse
    assert figure.columns["colour"][1:3] == [better, worse]
    assert figure.title == "By customers, orders, order value: active customers +191"
    assert "Active customers +191 (2 → 3)" in figure.text


def test_a_ratio_goes_from_before_over_rate_and_mix_to_now() -> None:
    found = of_example("gross_margin")
    cut = found.cut("product")
    assert cut is not None
    assert cut.split is not None
    figure = rate_and_mix_figure(found, cut)
    assert figure.columns["key"] == ["opening", "rate", "mix", "closing"]
    assert figure.columns["level"] == pytest.approx([170 / 400, 170 / 400 + cut.split.rate, 200 / 550, 200 / 550])
    figure.chart()
    assert rate_and_mix_figure(found, Cut("region", ())).empty
