"""The cohort heat map: shares by hand, what is too early, what is pale, and the row of all months together."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from salesmetrics.charts import Figure, cohorts_figure
from salesmetrics.charts.figure import OTHER
from salesmetrics.charts.theme import Theme
from salesmetrics.query.request import Grain, Period
from tests.charts.results import over_time

METRIC = "cohort_retention"
QUARTER = Period(date(2025, 1, 1), date(2025, 4, 1))


def cohort(customers: int, *bought: int) -> dict[str, Any]:
    """A cohort of `customers` of whom so many bought 1, 2... months later; later months are not over."""
    known = {f"cohort_{month}": customers for month in range(len(bought) + 1)}
    return {
        "immature": customers if len(bought) < 3 else 0,
        **known, **{f"bought_{month}": count for month, count in enumerate((customers, *bought))},
    }  # fmt: skip


def figure(theme: Theme = "light", **more: Any) -> Figure:
    cohorts = [cohort(40, 10, 8), cohort(10, 5), cohort(30)]
    counted: list[float | None] = [None, None, None]
    by_month = over_time(METRIC, counted, Grain.MONTH, QUARTER, details=cohorts, denominator=[0, 0, 0], **more)
    whole = {
        "immature": 80, "cohort_1": 50, "bought_1": 15, "cohort_2": 40, "bought_2": 8, "cohort_0": 80,
        "bought_0": 80,
    }  # fmt: skip
    together = over_time(METRIC, [None], Grain.QUARTER, QUARTER, details=[whole], denominator=[0])
    return cohorts_figure(by_month, together, theme)


@pytest.mark.parametrize("theme", get_args(Theme))
def test_the_specification_that_is_sent_is_valid(theme: Theme) -> None:
    sent = figure(theme).chart().to_dict()
    assert sent["title"]["text"].replace("\u00a0", " ") == (
        "Of 80 new customers 30.0 % buy in the month after their first, 20.0 % in month 2"
    )


def test_a_month_that_is_not_over_is_empty_and_not_nought() -> None:
    data = figure().data
    early = data[data["early"]]
    assert early[["key", "month"]].to_numpy().tolist() == [
        ["2025-02-01/2025-03-01", 2], ["2025-03-01/2025-04-01", 1], ["2025-03-01/2025-04-01", 2],
    ]  # fmt: skip
    assert early["cell"].tolist() == ["", "", ""]
    assert set(early["share_text"]) == {"too early to tell"}


def test_all_together_takes_only_those_who_had_the_month() -> None:
    data = figure().data
    assert data[data["key"] == OTHER]["value"].tolist() == [15 / 50, 8 / 40]
    assert data["key"].iloc[-1] == OTHER


def test_few_customers_are_pale_and_do_not_set_the_scale() -> None:
    data = figure().columns
    cells = list(zip(data["key"], data["month"], strict=True))
    many, few, whole = (
        cells.index((key, 1)) for key in ("2025-01-01/2025-02-01", "2025-02-01/2025-03-01", OTHER)
    )  # fmt: skip
    assert data["opacity"][few] < data["opacity"][many] == data["opacity"][whole]
    # Ten customers of whom half came back are no darker than the darkest of many.
    assert data["colour"][few] == data["colour"][whole] != data["colour"][many]


def test_a_month_without_new_customers_has_no_row() -> None:
    cohorts = [cohort(40, 10), cohort(0)]
    by_month = over_time(METRIC, [None, None], Grain.MONTH, QUARTER, details=cohorts, denominator=[0, 0])
    together = over_time(METRIC, [None], Grain.QUARTER, QUARTER, details=[cohort(40, 10)], denominator=[0])
    assert cohorts_figure(by_month, together).data["key"].tolist() == ["2025-01-01/2025-02-01", OTHER]


def test_where_the_file_begins_shortly_before_it_is_said() -> None:
    marked = figure(warnings=[("left_truncated",), (), ()])
    assert "some may be old customers" in marked.subtitle
    assert marked.data["label"].iloc[0] == "Jan 2025*"


def test_nobody_new_is_a_sentence() -> None:
    by_month = over_time(METRIC, [None], Grain.MONTH, QUARTER, details=[{}], reason=["no_rows"], denominator=[0])
    assert cohorts_figure(by_month, by_month).empty
