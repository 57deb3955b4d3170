"""RFM segments by how many customers they hold and what these bring."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from salesmetrics.charts import segments_figure
from salesmetrics.charts.theme import Theme
from salesmetrics.query.customer_standing import Segment, Standings


def standing(*segments: Segment) -> Standings:
    return Standings(date(2025, 12, 31), segments, {}, {}, by_revenue=False)


MOSTLY_LOST = standing(Segment("lost", 60, 100.0, 300.0, 1.0), Segment("champions", 20, 300.0, 10.0, 6.5))


@pytest.mark.parametrize("theme", get_args(Theme))
def test_the_specification_that_is_sent_is_valid(theme: Theme) -> None:
    sent = segments_figure(MOSTLY_LOST, theme).chart().to_dict()
    assert sent["title"]["text"].replace("\u00a0", " ") == "Champions: 25.0 % of customers, 75.0 % of revenue"


def test_both_bars_are_shares_and_the_best_come_first() -> None:
    data = segments_figure(MOSTLY_LOST).data
    assert data["label"].tolist() == ["Champions", "Lost"]
    assert data["customers_part"].tolist() == [0.25, 0.75]
    assert data["money_part"].tolist() == [0.75, 0.25]


@pytest.mark.parametrize("found", [None, standing(), standing(Segment("new", 19, 100.0, 1.0, 1.0))])
def test_too_few_to_set_against_each_other_are_a_sentence(found: Standings | None) -> None:
    assert segments_figure(found).empty
