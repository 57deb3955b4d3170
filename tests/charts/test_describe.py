"""The sentence at the top of a page: the first number, its comparison, its quota, and what got worse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from salesmetrics.charts.describe import standing
from salesmetrics.query.result import Result
from tests.charts.results import by_value

METRICS = ("revenue", "win_rate", "sales_cycle_length", "quota_attainment")


def totals(**values: tuple[float | None, float | None]) -> Result:
    """Each metric in 2025 and 2024."""
    parts: list[Any] = [by_value(metric, "region", {"all": pair}) for metric, pair in values.items()]
    frame = pd.concat([part.frame.drop(columns="region") for part in parts], ignore_index=True)
    query = replace(parts[0].query, metrics=tuple(values), by=())
    return replace(parts[0], query=query, given=frame)


def test_it_names_the_figure_the_comparison_and_what_got_worse_most_first() -> None:
    result = totals(
        revenue=(110.0, 100.0), win_rate=(0.36, 0.40), sales_cycle_length=(60.0, 40.0), quota_attainment=(0.9, 0.8)
    )
    # A longer cycle is worse; by its share it changed more than the win rate.
    assert standing(result, METRICS, "quota_attainment") == (
        "Revenue was 110 in 2025, up 10.0\u00a0% on 2024, and reached 90.0\u00a0% of quota. "
        "Worse: Sales cycle +50.0\u00a0%, Win rate −4.0\u00a0pp."
    )


def test_a_fall_is_called_one() -> None:
    assert (
        standing(totals(revenue=(90.0, 100.0)), ("revenue",))
        == "Revenue was 90 in 2025, down 10.0\u00a0% on 2024."
    )


def test_when_nothing_got_worse_it_says_so_and_only_then() -> None:
    better = totals(revenue=(110.0, 100.0), win_rate=(0.5, 0.4))
    assert standing(better, METRICS).endswith("; none of the other numbers got worse.")
    unknown = totals(revenue=(110.0, 100.0), win_rate=(0.5, None))
    assert standing(unknown, METRICS) == "Revenue was 110 in 2025, up 10.0\u00a0% on 2024."


def test_without_a_figure_to_compare_with_it_names_the_number_alone() -> None:
    assert standing(totals(revenue=(110.0, None)), METRICS) == "Revenue was 110 in 2025."


def test_the_first_number_that_is_known_leads_and_none_is_no_sentence() -> None:
    assert (
        standing(totals(revenue=(None, None), win_rate=(0.5, None)), METRICS)
        == "Win rate was 50.0\u00a0% in 2025."
    )
    assert standing(totals(revenue=(None, None)), METRICS) == ""
