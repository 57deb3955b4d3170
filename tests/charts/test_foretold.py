"""The test of what was foretold, as bars and marks."""

from __future__ import annotations

from typing import get_args

import pytest

from salesmetrics.charts import foretold_figure
from salesmetrics.charts.figure import FIRM, PALE
from salesmetrics.charts.theme import Theme
from tests.charts.futures import TEST


@pytest.mark.parametrize("theme", get_args(Theme))
def test_the_specification_that_is_sent_is_valid(theme: Theme) -> None:
    sent = foretold_figure(TEST, theme).chart().to_dict()
    assert sent["title"]["text"] == "812 purchases expected in the test, 790 came"


def test_each_kind_of_customer_has_its_own_mean() -> None:
    drawn = foretold_figure(TEST).data
    assert drawn["bought"].tolist() == ["1", "2", "8 or more"]
    assert drawn["foretold"].tolist() == pytest.approx([200 / 600, 400 / 288, 212 / 12])
    assert drawn["came"].tolist() == pytest.approx([190 / 600, 420 / 288, 180 / 12])
    assert drawn["opacity"].tolist() == [FIRM, FIRM, PALE]


def test_without_a_test_it_says_so() -> None:
    assert foretold_figure(None).text == "Expected and come, in the test: It could not be tested."
