"""Revenue over time by a dimension, stacked."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pandas as pd
import pytest

from salesmetrics.charts import mix_figure
from salesmetrics.charts.figure import OTHER
from salesmetrics.charts.mix import MOST
from salesmetrics.charts.theme import Theme
from salesmetrics.query.request import Compare, Grain, MetricQuery, Period
from salesmetrics.query.result import Result

QUARTER = Period(date(2025, 10, 1), date(2026, 1, 1))
STARTS = ("2025-10-01", "2025-11-01", "2025-12-01", "2026-01-01")


def mixed(
    amounts: dict[str, list[float | None]],
    before: dict[str, list[float]] | None = None,
    by: str = "channel",
    last: tuple[str, ...] = (),
) -> Result:
    """Amounts of three months by channel; `before` a year earlier (default: the same); `last` warns of December."""
    rows = []
    for month in range(3):
        whole = sum(values[month] or 0 for values in amounts.values())
        whole_before = sum(values[month] or 0 for values in (before or amounts).values())
        for name, values in amounts.items():
            now, then = values[month], (before or amounts).get(name, [0.0] * 3)[month] or 0.0
            for metric, value, earlier in (
                ("revenue", now, then),
                ("revenue_share", None if now is None else now / whole, then / (whole_before or 1)),
            ):
                rows.append(
                    {
                        "metric": metric, "period_start": pd.Timestamp(STARTS[month]),
                        "period_end": pd.Timestamp(STARTS[month + 1]), by: name, "value": value,
                        "reason": None if now is not None else "no_rows", "n": 10, "numerator": now,
                        "denominator": whole, "warnings": last if month == 2 else (), "last_year_value": earlier,
                    }
                )  # fmt: skip
    frame = pd.DataFrame(rows).astype({"value": "float64", "last_year_value": "float64"})
    query = MetricQuery(("revenue", "revenue_share"), QUARTER, Grain.MONTH, (by,), compare=(Compare.LAST_YEAR,))
    return Result(query, QUARTER.end, QUARTER, frame)


TWO: dict[str, list[float | None]] = {"Web": [10.0, 30.0, 20.0], "Direct": [30.0, 30.0, 60.0]}


@pytest.mark.parametrize("theme", get_args(Theme))
@pytest.mark.parametrize("drawn", ["revenue", "revenue_share"])
def test_the_specification_that_is_sent_is_valid(theme: Theme, drawn: str) -> None:
    sent = mix_figure(mixed(TWO), "channel", ("Web", "Direct"), theme, drawn).chart().to_dict()  # type: ignore[arg-type]
    assert sent["title"]["subtitle"].endswith("by channel, by month, Q4 2025")


def test_shares_of_each_month_are_stacked_to_the_whole() -> None:
    data = mix_figure(mixed(TWO), "channel").data
    assert data.groupby("span")["top"].max().tolist() == pytest.approx([1.0, 1.0, 1.0])
    october = data[data["span"] == "2025-10-01/2025-11-01"].set_index("key")
    assert (october.loc["Direct", "bottom"], october.loc["Direct", "top"]) == (0.0, 0.75)
    assert (october.loc["Web", "bottom"], october.loc["Web", "top"]) == (0.75, 1.0)


def test_amounts_are_stacked_in_the_order_of_the_whole_period() -> None:
    data = mix_figure(mixed(TWO), "channel", drawn="revenue").data
    assert data["key"].tolist() == ["Direct", "Web"] * 3
    assert data.groupby("span")["top"].max().tolist() == [40.0, 60.0, 80.0]


def test_what_is_not_named_is_summed_as_one() -> None:
    amounts: dict[str, list[float | None]] = {f"P{place:02}": [float(place + 1)] * 3 for place in range(20)}
    figure = mix_figure(mixed(amounts, by="product"), "product", drawn="revenue")
    rest = figure.data[figure.data["key"] == OTHER]
    named = MOST - 1
    assert figure.data["key"].nunique() == MOST
    assert set(rest["label"]) == {f"other ({20 - named})"}
    assert rest["amount"].tolist() == [sum(range(1, 21 - named))] * 3


def test_what_is_taken_back_hangs_below_zero() -> None:
    data = mix_figure(
        mixed({"Web": [10.0, 5.0, 5.0], "Direct": [-4.0, 5.0, 5.0]}), "channel", drawn="revenue"
    ).data
    october = data[data["span"] == "2025-10-01/2025-11-01"].set_index("key")
    assert (october.loc["Direct", "bottom"], october.loc["Direct", "top"]) == (0.0, -4.0)
    assert (october.loc["Web", "bottom"], october.loc["Web", "top"]) == (0.0, 10.0)


def test_a_month_without_a_value_has_no_bar() -> None:
    data = mix_figure(mixed({"Web": [10.0, None, 5.0], "Direct": [1.0, 2.0, 3.0]}), "channel").data
    assert len(data) == 5


def test_an_unfinished_month_is_pale_and_says_so() -> None:
    figure = mix_figure(mixed(TWO, last=("partial",)), "channel")
    assert figure.data["unfinished"].tolist() == [False] * 4 + [True] * 2
    assert figure.subtitle.endswith("pale: not a whole period")


def test_the_title_names_who_brings_most_and_who_gained_most() -> None:
    before = {"Web": [10.0, 10.0, 10.0], "Direct": [30.0, 30.0, 30.0]}
    # 60 of 180 against 30 of 120.
    assert mix_figure(mixed(TWO, before), "channel").title == (
        "Most from Direct: 66.7 % of revenue; Web gained most, +8.3 pp on a year earlier"
    ).replace(" %", "\u00a0%").replace(" pp", "\u00a0pp")


def test_a_mark_stands_for_a_value_and_its_days() -> None:
    figure = mix_figure(mixed(TWO), "channel")
    assert (figure.metric, figure.picks) == ("revenue", {"key": "channel", "span": "period"})
    assert not figure.data.duplicated(["key", "span"]).any()
    assert figure.data["short"].notna().all()


def test_without_revenue_there_is_a_sentence() -> None:
    nothing = mix_figure(mixed({"Web": [None, None, None], "Direct": [None, None, None]}), "channel")
    assert nothing.empty
    assert "no data for this period" in nothing.text
