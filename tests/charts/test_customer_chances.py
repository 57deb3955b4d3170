"""Customers by how likely they still buy, as bars."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from salesmetrics.charts import chances_figure
from salesmetrics.charts.theme import Theme
from tests.charts.futures import FUTURE


@pytest.mark.parametrize("theme", get_args(Theme))
def test_the_specification_that_is_sent_is_valid(theme: Theme) -> None:
    sent = chances_figure(FUTURE, theme).chart().to_dict()
    assert sent["title"]["text"].replace("\u00a0", " ") == (
        "75.0 % of expected value comes from 200 customers who are most likely still active"
    )


def test_bars_are_shares_and_who_is_not_there_has_none() -> None:
    drawn = chances_figure(FUTURE).data
    assert drawn["customers_part"].tolist() == [0.2, 0.1, 0.1, 0.6]
    assert drawn["value_part"].tolist() == [0.75, 0.15, 0.025, 0.075]
    assert drawn["label"].iloc[-1] == "Bought once: nothing tells yet"
    assert "100\u00a0%" not in drawn["label"].str.cat()


def test_nothing_expected_is_a_sentence() -> None:
    assert chances_figure(replace(FUTURE, value=0.0)).empty
