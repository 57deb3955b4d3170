"""The worked examples of market share and of growth beyond the market."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salesmetrics.model.dataset import Dataset
from tests.company import EXAMPLE_ORDERS, Q1, Q2, answers, ask, dataset, days, example_company


def _market(amount: float, region: str | None = None, product: str | None = None, **period: str) -> dict[str, Any]:
    start, end = period.get("start", "2024-04-01"), period.get("end", "2024-06-30")
    return {"period_start": start, "period_end": end, "amount": amount, "region": region, "product": product}


def _in(folder: Path, *rows: dict[str, Any], orders: list[dict[str, Any]] = EXAMPLE_ORDERS) -> Dataset:
    folder.mkdir(exist_ok=True)
    return dataset({"orders": orders, "market_size": list(rows)}, folder)


def test_market_share_of_the_quarter(tmp_path: Path):
    answer = ask(_in(tmp_path, _market(11000)), "market_share", Q2)
    assert (answer.value, answer.numerator, answer.denominator) == (pytest.approx(0.05), 550, 11000)


def test_a_total_beside_its_parts_is_not_added(tmp_path: Path):
    data = _in(tmp_path, _market(11000), _market(6000, "West"), _market(5000, "East"))
    answer = ask(data, "market_share", Q2)
    assert (answer.numerator, answer.denominator) == (550, 11000)
    regions = answers(data, "market_share", Q2, by=("region",))
    assert {name: (a.numerator, a.denominator) for name, a in regions.items()} == {
        "East": (0, 5000), "West": (550, 6000),
    }  # fmt: skip


def test_the_finest_rows_count_in_time_too(tmp_path: Path):
    quarter = _market(11000)
    months = [
        _market(4000, start="2024-04-01", end="2024-04-30"),
        _market(5000, start="2024-05-01", end="2024-05-31"),
    ]
    year = _market(40000, start="2024-01-01", end="2024-12-31")
    answer = ask(_in(tmp_path, year, quarter, *months), "market_share", Q2)
    # Of June no month is known: its 150 and the market of the quarter and year are left out.
    assert (answer.numerator, answer.denominator) == (500 - 100, 9000)


def test_rows_by_region_and_rows_by_product_are_never_added(tmp_path: Path):
    data = _in(
        tmp_path, _market(6000, "West"), _market(5000, "East"), _market(8000, None, "P"), _market(3000, None, "Q")
    )
    assert ask(data, "market_share", Q2).denominator == 11000


def test_sales_outside_the_known_market_leave_the_share(tmp_path: Path):
    answer = ask(_in(tmp_path, _market(5000, "West", "P")), "market_share", Q2)
    # P in the West: 300 and 150. What was sold or came back of others there: 200 and 100, in the East 100 and 100.
    assert (answer.numerator, answer.denominator) == (450, 5000)
    assert answer.warns(f"coverage:{450 / 950:.3f}") or answer.reason == "low_coverage"
    assert answer.reason == "low_coverage"
    wider = ask(_in(tmp_path / "wider", _market(6000, "West")), "market_share", Q2)
    assert (wider.value, wider.numerator) == (pytest.approx(550 / 6000), 550)
    assert wider.warns(f"coverage:{750 / 950:.3f}")


def test_a_share_above_the_whole_is_flagged(tmp_path: Path):
    answer = ask(_in(tmp_path, _market(500)), "market_share", Q2)
    assert answer.value == pytest.approx(1.1)
    assert answer.warns("more_than_the_market")
    assert not ask(_in(tmp_path / "larger", _market(5500)), "market_share", Q2).warns("more_than_the_market")


def test_a_market_of_a_quarter_is_taken_by_days_in_a_month(tmp_path: Path):
    answer = ask(_in(tmp_path, _market(9100)), "market_share", days("2024-04-01", "2024-04-30"))
    assert answer.numerator == 500
    assert answer.denominator == pytest.approx(9100 * 30 / 91)
    assert answer.warns("market_by_days:1")
    assert not ask(_in(tmp_path / "again", _market(9100)), "market_share", Q2).warns("market_by_days")


def test_a_quarter_that_is_not_over_is_set_against_its_days_so_far(tmp_path: Path):
    answer = ask(_in(tmp_path, _market(9100)), "market_share", Q2, as_of=date(2024, 5, 20))
    assert answer.numerator == 500 - 100 + 100
    assert answer.denominator == pytest.approx(9100 * 50 / 91)
    assert answer.warns("partial")


def test_the_market_of_all_regions_says_nothing_of_one(tmp_path: Path):
    data = _in(tmp_path, _market(11000))
    assert ask(data, "market_share", Q2, region="West").reason == "no_rows"
    assert ask(data, "market_share", Q2, region="(unknown)").value == pytest.approx(0.05)
    assert ask(data, "market_share", Q2, rep="R1").reason == "filter_not_applicable:rep"


def test_there_is_no_share_without_a_market(tmp_path: Path):
    assert ask(example_company(), "market_share", Q2).reason.startswith("missing_column:market_size")
    assert ask(_in(tmp_path, _market(11000)), "market_share", Q1).reason == "no_rows"
    assert ask(_in(tmp_path / "zero", _market(0)), "market_share", Q2).reason == "zero_denominator"


def test_the_last_of_two_sizes_of_one_cell_counts(tmp_path: Path):
    assert ask(_in(tmp_path, _market(9000), _market(11000)), "market_share", Q2).denominator == 11000


def _sale(day: str, amount: int, region: str = "East") -> dict[str, Any]:
    return {"order_id": day + region, "order_date": day, "amount": amount, "region": region, "product": "P"}


LAST_YEAR = {"start": "2023-04-01", "end": "2023-06-30"}


def test_growth_beyond_the_market_is_a_difference_of_growth_rates(tmp_path: Path):
    orders = [_sale("2023-01-05", 10), _sale("2023-05-05", 100), _sale("2024-05-05", 130)]
    data = _in(tmp_path, _market(1000, **LAST_YEAR), _market(1100), orders=orders)
    answer = ask(data, "relative_growth", Q2)
    # 30 % against 10 %.
    assert answer.value == pytest.approx(20)
    assert (answer.details["growth"], answer.details["market_growth"]) == pytest.approx((0.3, 0.1))


def test_a_region_whose_market_is_known_in_one_year_only_is_no_growth(tmp_path: Path):
    orders = [_sale("2023-01-05", 10), _sale("2023-05-05", 100), _sale("2023-05-05", 50, "West"),
              _sale("2024-05-05", 130), _sale("2024-05-05", 900, "West")]  # fmt: skip
    rows = [_market(1000, "East", **LAST_YEAR), _market(1100, "East"), _market(5000, "West")]
    answer = ask(_in(tmp_path, *rows, orders=orders), "relative_growth", Q2)
    assert answer.value == pytest.approx(20)
    assert (answer.details["revenue"], answer.details["market"]) == pytest.approx((130, 1100))


def test_growth_beyond_the_market_needs_both_years(tmp_path: Path):
    orders = [_sale("2023-01-05", 10), _sale("2023-05-05", 100), _sale("2024-05-05", 130)]
    assert ask(_in(tmp_path, _market(1000), orders=orders), "relative_growth", Q2).reason == "no_rows"
    nothing = [_sale("2023-01-05", 10), _sale("2024-05-05", 130)]
    rows = (_market(1000, **LAST_YEAR), _market(1100))
    answer = ask(_in(tmp_path / "nothing", *rows, orders=nothing), "relative_growth", Q2)
    assert answer.reason == "zero_denominator"
    short = [_sale("2024-01-05", 10), _sale("2024-05-05", 130)]
    assert ask(_in(tmp_path / "short", *rows, orders=short), "relative_growth", Q2).value is None
