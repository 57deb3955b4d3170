"""By tenure: the title sets the newest reps against the longest serving."""

from __future__ import annotations

from salesmetrics.charts import bars_figure, ramp_figure
from tests.charts.results import by_value, nothing

SOLD = {"5y+": (24_000.0, 20_000.0), "0-3m": (3000.0, 2000.0), "1-2y": (9000.0, 9000.0), "(unknown)": (99.0, 1.0)}


def test_the_title_names_the_newest_and_the_longest_serving() -> None:
    figure = ramp_figure(by_value("revenue_per_rep_month", "tenure", SOLD), "revenue_per_rep_month")
    assert figure.title == "Revenue per rep-month: 3,000 at 0–3 months, 24.0\u00a0k at 5 years and more"


def test_bands_without_a_value_are_not_named() -> None:
    figure = ramp_figure(
        by_value("revenue_per_rep_month", "tenure", SOLD | {"0-3m": (None, 2000.0)}), "revenue_per_rep_month"
    )
    assert figure.title.startswith("Revenue per rep-month: 9,000 at 1–2 years")


def test_one_band_is_drawn_as_any_other_bars() -> None:
    result = by_value("win_rate", "tenure", {"0-3m": (0.3, 0.2)})
    assert ramp_figure(result, "win_rate").title == bars_figure(result, "win_rate", "tenure").title
    assert ramp_figure(nothing("win_rate", "no_rows", by=("tenure",)), "win_rate").empty
