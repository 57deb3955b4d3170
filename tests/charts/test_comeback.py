"""How soon new customers come back."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from salesmetrics.analysis.coming_back import Comeback
from salesmetrics.charts import comeback_figure
from salesmetrics.charts.theme import Theme
from salesmetrics.query.request import Period

WON = Period(date(2025, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize("theme", get_args(Theme))
def test_the_specification_that_is_sent_is_valid(theme: Theme) -> None:
    found = Comeback.of([(20, True, 30), (100, True, 40), (200, True, 10), (300, False, 20)])
    sent = comeback_figure(found, WON, theme).chart().to_dict()
    assert (
        sent["title"]["text"].replace("\u00a0", " ")
        == "30.0 % of new customers are back after 30 days, 70.0 % after 180"
    )


def test_it_ends_where_few_customers_are_left() -> None:
    found = Comeback.of([(20, True, 30), (100, False, 60), (200, True, 10)])
    assert comeback_figure(found, WON).data["days"].max() == 20


@pytest.mark.parametrize("found", [None, Comeback.of([(20, True, 5)]), Comeback.of([(20, False, 500)])])
def test_nobody_or_few_are_a_sentence(found: Comeback | None) -> None:
    assert comeback_figure(found, WON).empty
