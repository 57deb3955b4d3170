"""The glossary page: every number explained, found by a search, opened by a link, and nothing computed."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.query.glossary import glossary
from ui import answers

from .conftest import Drop, Start

ORDERS = b"Order Date,Amount,Region\n2024-01-15,10.50,North\n2024-02-20,20,South\n"


def html(at: AppTest) -> str:
    return unescape("".join(block.proto.body for block in at.get("html")))


def entries(at: AppTest) -> list[str]:
    """The ids of the entries on the page, in order."""
    return re.findall(r"<code>([a-z0-9_]+)</code>", html(at))


def open_at(at: AppTest, page: str = "glossary", **parameters: str) -> AppTest:
    at.switch_page(f"../pages/{page}.py")
    for name, value in parameters.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception
    return at


def search(at: AppTest, asked: str) -> AppTest:
    at.text_input(key="glossary_search").set_value(asked).run()
    assert not at.exception, at.exception
    return at


def page_links(at: AppTest) -> list[Any]:
    return [link.proto for link in at.get("page_link")]


def test_every_metric_stands_there_once_and_nothing_is_computed(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = start(w="sample")

    def refuse(*_asked: Any) -> None:
        raise AssertionError("the glossary asks for no number")

    monkeypatch.setattr(answers, "ask", refuse)
    at = open_at(at)
    assert sorted(entries(at)) == sorted(glossary())
    assert all(metric.title_zh in html(at) and metric.tells in html(at) for metric in glossary().values())


def test_a_link_opens_its_entry_above_the_others(start: Start) -> None:
    at = open_at(start(w="sample"), metric="sales_cycle_length")
    assert entries(at)[0] == "sales_cycle_length"
    assert entries(at).count("sales_cycle_length") == 2
    assert any("Sales cycle" in one.value for one in at.markdown)
    assert "Open Pipeline" in page_links(at)[0].label
    assert at.query_params["metric"] in ("sales_cycle_length", ["sales_cycle_length"])


def test_a_link_to_what_there_is_not_says_what_it_may_have_meant(start: Start) -> None:
    at = open_at(start(w="sample"), metric="win_rat")
    [error] = at.error
    assert "win_rat" in error.value.replace("\\", "")
    assert "Did you mean win_rate" in error.value.replace("\\", "")
    assert len(entries(at)) == len(glossary())


def test_a_search_leaves_what_fits_and_opens_what_is_called_so(start: Start) -> None:
    at = search(open_at(start(w="sample")), "ATV")
    assert entries(at)[0] == "average_transaction_value"
    assert len(entries(at)) < len(glossary())
    assert html(at).count("<details open") == 1
    assert entries(search(at, "赢单率(数量)"))[0] == "win_rate"
    at = search(at, "revenoo")
    assert not entries(at)
    assert "Did you mean revenue" in at.info[0].value
    assert len(entries(search(at, " "))) == len(glossary())


def test_an_entry_says_what_it_needs_where_the_data_lacks_it(data_page: AppTest, drop: Drop, start: Start) -> None:
    drop(data_page, {"orders.csv": ORDERS})
    link = data_page.query_params["w"]
    at = start(w=link if isinstance(link, str) else link[0])
    shown = html(open_at(at, metric="gross_profit"))
    assert "Not yet. It needs cost in your orders." in shown
    assert "Not yet. It needs a file of deals with status" in shown
    assert "not in your data yet" in shown


def test_a_parameter_that_is_set_is_told_with_its_usual_value(start: Start) -> None:
    at = open_at(start(w="sample", **{"new_product_units.months": "3"}), metric="new_product_units")
    assert "3 (usually 6)" in html(at)
    assert "6, as is usual" in html(open_at(start(w="sample"), metric="new_product_units"))


def test_the_data_page_maps_what_is_here_and_what_would_add_most(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"orders.csv": ORDERS})
    [first] = [one.value for one in data_page.info if one.value.startswith("Add this first")]
    assert "would add" in first
    shown = html(data_page)
    assert "Gross profit, Gross margin, Profit per order" in shown
    assert "with cost in your orders" in shown
