"""Voice and market as a session sees it: satisfaction with its range, our share, and what is missing."""

from __future__ import annotations

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.query import MetricQuery, compute, default_period
from ui import datasets
from ui.voice import CARDS

from .conftest import Drop, Start

ORDERS = b"Order Date,Amount,Region,Customer ID\n2024-01-15,10,North,A\n2024-02-20,20,South,B\n"
ANSWERS = b"customer_id,date,score,kind\nA,2024-01-20,5,csat\nB,2024-02-20,2,csat\nC,2024-02-21,4,csat\n"


def opened(at: AppTest) -> AppTest:
    at.switch_page("../pages/voice.py").run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    return "\n".join(one.value for one in [*at.markdown, *at.caption, *at.info]).replace("\\", "")


def values(at: AppTest) -> dict[str, float]:
    """Read the value of every card, unrounded."""
    blocks = [block.proto.body for block in at.get("html")]
    pairs = [re.search(r'<data value="([^"]+)" aria-label="([^:"]+)', body) for body in blocks]
    return {unescape(pair[2]): float(pair[1]) for pair in pairs if pair}


def test_the_cards_are_what_compute_says(start: Start):
    at = opened(start())
    data = datasets.sample().data
    frame = compute(data, MetricQuery(CARDS, default_period(data))).frame.set_index("metric")
    assert sorted(values(at).values()) == pytest.approx(sorted(frame["value"].dropna()))
    assert frame["value"].notna().all()


def test_what_the_satisfied_and_the_dissatisfied_did_next_is_said_without_a_cause(start: Start):
    text = said(opened(start()))
    assert "bought again" in text
    assert "does not say that one is why" in text


def test_answers_without_a_market_ask_for_its_size(data_page: AppTest, drop: Drop):
    at = opened(drop(data_page, {"orders.csv": ORDERS, "feedback.csv": ANSWERS}))
    assert "add its size by period" in said(at)
    assert "Customer satisfaction" in values(at)


def test_orders_alone_ask_for_answers_and_market(data_page: AppTest, drop: Drop):
    at = opened(drop(data_page, {"orders.csv": ORDERS}))
    assert "This page needs what your customers answered" in said(at)
    assert values(at) == {}
