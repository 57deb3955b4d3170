"""The Revenue page as a session sees it: its numbers against the package's, its choice, and what the data lacks."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.charts import Figure
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import Filter, MetricQuery, Period, compute, default_period
from ui import datasets, revenue

from .conftest import Drop, Start

ORDERS = b"Order Date,Amount,Region\n2024-01-15,10,North\n2024-02-20,20,South\n2024-03-25,30,South\n2024-03-26,5,North\n"
DEALS = b"""opportunity_id,status,created_date,close_date,amount,sales_rep
D1,won,2024-01-05,2024-03-01,100,Ann
D2,lost,2024-01-05,2024-03-02,50,Ben
D3,open,2024-02-05,2024-05-02,80,Ben
"""


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return datasets.sample().data


def opened(at: AppTest) -> AppTest:
    at.switch_page("../pages/revenue.py").run()
    assert not at.exception, at.exception
    return at


def drawn(at: AppTest) -> dict[str, pd.DataFrame]:
    """Read what each chart draws, by the name under which the page draws it."""
    found = {}
    for element in at.get("vega_lite_chart"):
        proto: Any = element.proto
        name = re.sub(r"_\d+$", "", proto.id.rsplit("-", 1)[-1])
        found[name] = pa.ipc.open_stream(BytesIO(proto.datasets[0].data.data)).read_all().to_pandas()
    return found


def cards(at: AppTest) -> dict[str, float]:
    found = {}
    for block in at.get("html"):
        if match := re.search(r'<data value="([^"]+)" aria-label="([^:]+): ', block.proto.body):
            found[unescape(match[2])] = float(match[1])
    return found


def said(at: AppTest) -> str:
    return "\n".join(one.value for one in [*at.markdown, *at.caption, *at.info]).replace("\\", "")


def value(data: Dataset, metric: str, *filters: Filter, period: Period | None = None) -> float:
    query = MetricQuery((metric,), period or default_period(data), where=filters)
    return float(compute(data, query).frame["value"].iloc[0])


def test_its_numbers_are_those_of_the_package_under_the_same_filter(start: Start, sample: Dataset) -> None:
    shown = cards(opened(start(region="North")))
    north = Filter("region", ("North",))
    for metric in revenue.CARDS:
        assert shown[CATALOGUE[metric].title] == pytest.approx(value(sample, metric, north), rel=1e-9), metric


def test_every_part_of_the_page_adds_up_to_the_revenue(start: Start, sample: Dataset) -> None:
    at = opened(start())
    charts, whole = drawn(at), value(sample, "revenue")
    assert charts["mix"]["amount"].sum() == pytest.approx(whole)
    assert charts["where"]["value"].sum() == pytest.approx(whole)
    season = charts["season"]
    assert season.loc[season["ago"] == 0, "value"].sum() == pytest.approx(whole)
    assert charts["mix"].groupby("span")["top"].max().tolist() == pytest.approx([1.0] * 12)


def test_the_season_goes_back_over_all_years_of_the_data(start: Start, sample: Dataset) -> None:
    season = drawn(opened(start(period="last_quarter")))["season"]
    for year in (2023, 2024, 2025):
        whole = value(sample, "revenue", period=Period(date(year, 1, 1), date(year + 1, 1, 1)))
        assert season.loc[season["year"] == str(year), "value"].sum() == pytest.approx(whole)


def test_movers_are_those_of_the_metric(start: Start, sample: Dataset) -> None:
    shown = drawn(opened(start(period="last_quarter", compare="previous")))["movers"]
    quarter = Period(date(2025, 10, 1), date(2026, 1, 1))
    frame = compute(sample, MetricQuery(("product_movers",), quarter)).frame.set_index("product")
    moved = shown[shown["kind"].isin(["up", "down"])].set_index("key")["value"]
    assert moved.to_dict() == pytest.approx(frame["value"].reindex(moved.index).to_dict())
    up = frame["value"].nlargest(5)
    assert set(up.index) == set(shown.loc[shown["kind"] == "up", "key"])


def test_how_much_hangs_on_few_is_what_the_metric_counts(start: Start, sample: Dataset) -> None:
    charts = drawn(opened(start()))
    for of in ("customer", "product"):
        query = MetricQuery(("pareto_share",), default_period(sample), params=(("pareto_share.of", of),))
        row = compute(sample, query).frame.iloc[0]
        chart = charts[f"few_{of}"]
        rule = chart[chart["kind"] == "rule"].iloc[0]
        assert rule["many"] == row["details"]["entities_for_80"]
        assert chart["many"].max() == row["details"]["entities"]
        assert len(chart) < 120


def test_the_mix_can_be_cut_otherwise_and_shown_as_amounts_and_stays_so(start: Start, sample: Dataset) -> None:
    at = opened(start())
    at.button_group(key="revenue_mix_by").set_value("region").run()
    at.button_group(key="revenue_mix_as").set_value("revenue").run()
    mix = drawn(at)["mix"]
    assert set(mix["key"]) <= {name for name, _rows in datasets.values(sample, "region")}
    assert mix.groupby("span")["top"].max().sum() == pytest.approx(value(sample, "revenue"))
    again = opened(at.switch_page("../pages/overview.py").run())
    assert set(drawn(again)["mix"]["key"]) == set(mix["key"])


def test_without_orders_the_page_is_one_sentence(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"deals.csv": DEALS})
    at = opened(data_page)
    assert [one.value.startswith("This page needs a file of orders") for one in at.info] == [True]
    assert not at.get("vega_lite_chart")


def test_without_products_and_quantities_what_needs_them_is_left_out(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"orders.csv": ORDERS})
    at = opened(data_page)
    charts = drawn(at)
    assert {"mix", "season"} <= set(charts)
    assert not {"where", "few_product", "small_price_per_unit", "small_gross_margin"} & set(charts)
    assert cards(at)["Revenue"] == 65.0
    assert len([block for block in at.get("html") if "<data" not in block.proto.body]) <= 4


def test_a_filter_that_leaves_nothing_is_said_once(start: Start) -> None:
    at = opened(start(from_="2031-01-01", to="2031-02-01"))
    assert not [name for name in drawn(at) if not name.startswith("spark")]
    assert said(at).count("There is no data for this period") == 1


def test_years_of_a_season_end_with_the_month_of_the_last_day() -> None:
    ends = {
        revenue.season(Period(date(2025, 1, 1), last)).end
        for last in (date(2025, 11, 2), date(2025, 11, 30), date(2025, 12, 1))
    }
    assert ends == {date(2025, 12, 1)}


def test_charts_are_shared_out_over_columns_of_about_the_same_height() -> None:
    def tall(height: int) -> Figure:
        return Figure({"height": height}, {"x": [1]}, "", "", "")

    figures = {"movers": tall(700), "where": tall(300), "few_customer": tall(340), "few_product": tall(340)}
    assert revenue.side_by_side(figures) == (["movers", "few_product"], ["where", "few_customer"])
