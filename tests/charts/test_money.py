"""Amounts carry the chosen currency as the reader's language writes it; nothing else does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from salesmetrics.charts import bars_figure, trend_figure
from salesmetrics.charts.money import current_currency, use_currency
from salesmetrics.charts.values import change, compact, full
from salesmetrics.charts.words import warning_in_words
from salesmetrics.i18n import use_language
from tests.charts.results import by_value, over_time


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    yield
    use_currency("")
    use_language("en")


@pytest.mark.parametrize(
    ("code", "language", "short", "long"),
    [
        ("USD", "en", "$2.33\u00a0M", "$2,326,534.35"),
        ("EUR", "en", "€2.33\u00a0M", "€2,326,534.35"),
        ("CNY", "zh", "¥2.33\u00a0M", "¥2,326,534.35"),
        ("JPY", "en", "¥2.33\u00a0M", "¥2,326,534"),
        ("CHF", "en", "CHF\u00a02.33\u00a0M", "CHF\u00a02,326,534.35"),
        ("EUR", "de", "2.33\u00a0M\u00a0€", "2,326,534.35\u00a0€"),
        ("", "en", "2.33\u00a0M", "2,326,534.35"),
    ],
)
def test_money_has_its_symbol_where_the_language_puts_it(code: str, language: str, short: str, long: str) -> None:
    use_currency(code)
    use_language(language)
    assert (compact(2326534.35, "money"), full(2326534.35, "money")) == (short, long)


def test_the_sign_stands_before_the_symbol() -> None:
    use_currency("USD")
    assert compact(-450.0, "money") == "−$450"
    assert full(-0.5, "money") == "−$0.50"
    assert change(-300.0, None, "money") == "−$300"


def test_only_money_has_a_currency() -> None:
    use_currency("USD")
    assert current_currency() == "USD"
    said = (compact(4588.0, "count"), compact(0.385, "percent"), full(12.0, "units"), change(1.0, 0.5, "money"))
    assert not any("$" in one for one in said)
    assert "$450.00" in warning_in_words("cancelled_excluded:3:450.00")


def test_a_chart_names_the_currency_once_and_its_axis_does_not() -> None:
    use_currency("USD")
    figure = trend_figure(over_time("revenue", [100.0, 200.0, 150.0]), "revenue")
    assert figure.subtitle.startswith("Revenue in $ by month")
    assert "$" not in str(figure.spec["layer"])
    bars = bars_figure(
        by_value("revenue", "region", {"North": (1.0, 2.0), "South": (2.0, 1.0)}), "revenue", "region"
    )
    assert bars.subtitle.startswith("Revenue in $ by region")
    assert trend_figure(over_time("orders", [1.0, 2.0, 3.0]), "orders").subtitle.startswith("Orders by month")
