"""What moved levers add: a bar each, one for their combination, all of them together."""

from __future__ import annotations

import pytest

from salesmetrics.analysis.what_if import Outcome
from salesmetrics.charts import what_if_figure
from salesmetrics.charts.theme import PALETTES

TWO = Outcome(1000.0, 1080.0, {"leads": 200.0, "value": -100.0, "conversion": 0.0}, -20.0)


def test_bars_add_up_to_the_last_one() -> None:
    figure = what_if_figure(TWO, {"leads": "Leads +20 %", "value": "Value -10 %"}, "Revenue")
    assert figure.columns["key"] == ["leads", "value", "together", "all"]
    *parts, whole = figure.columns["high"]
    assert sum(parts) == pytest.approx(whole) == pytest.approx(80.0)
    assert figure.title == "1,000 would be 1,080, +8.0\u00a0%"
    colours = PALETTES["light"]
    assert figure.columns["colour"] == [colours.better, colours.worse, colours.worse, colours.better]


def test_one_lever_is_one_bar() -> None:
    figure = what_if_figure(Outcome(0.0, 50.0, {"leads": 50.0}, 0.0), {"leads": "Leads +5 %"}, "Revenue")
    assert figure.columns["key"] == ["leads"]
    assert figure.title == "0 would be 50, +50"


def test_nothing_moved_is_a_sentence() -> None:
    figure = what_if_figure(TWO, {}, "Revenue")
    assert figure.empty
    assert "Move a slider" in figure.text
