"""Targets, incentives and what-if as a session sees them: on the sample, on files that say less, and by a link."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

import salesmetrics as sm
from salesmetrics.query import compute, default_period
from ui import datasets, storage, what_if

from .conftest import Drop, Start, opened, opening
from .shown import metrics, said


@pytest.fixture(scope="module")
def revenue() -> float:
    data = datasets.sample().data
    return float(compute(data, sm.MetricQuery(("revenue",), default_period(data))).frame["value"].iloc[0])


def test_the_sample_has_targets_payouts_and_levers(start: Start, revenue: float) -> None:
    at = opened(start(), "forecast")
    told = said(at)
    for heading in ("What should everybody aim for?", "What does it pay?", "What if …?"):
        assert heading in told
    # Targets come to the total to the cent, whatever it is.
    assert re.search(r"The targets come to [\d,.]+: the total exactly", told)
    assert "reps who were there a year earlier sold as much as their target then" in told
    assert re.search(r"\d+ of 47 quotas that run on 31 Dec 2025", told)
    assert "Paid by the plan in the files" in told
    # It is nobody's: nothing can be saved, which is said.
    assert "nothing is saved here" in told
    assert not [one for one in at.button if one.label in ("Save", "Save the plan")]
    levels = metrics(at)
    assert {"Commit", "Target", "Stretch", "Paid for what was sold", "If all reached 100 %"} <= set(levels)
    shown = next(one for one in at.metric if one.label == "Revenue")
    assert shown.value.replace("\u00a0", " ") == "8.67 M"
    assert f"{revenue:,.2f}" in shown.help

    # A lever moved: by a tenth more per order, revenue of orders grows by a tenth.
    at.slider(key="what_if_basket").set_value(10).run()
    assert not at.exception
    assert at.query_params[what_if.PARAMETER] == "basket:+10"
    assert "Size of an order, at the same prices +10 %" in said(at)
    assert metrics(at)["Revenue"] == "9.53 M"


def test_a_link_moves_levers_and_says_what_it_cannot() -> None:
    at = opening("forecast")(**{what_if.PARAMETER: ["cycle:-20", "price:+5", "luck:3"]})
    told = said(at)
    assert at.slider(key="what_if_cycle").value == -20
    assert "The link asks for “luck:3”, which cannot be moved here" in told
    assert "The link asks for “price:+5”, which cannot be moved here" in told
    assert "Days to win a deal -20 %" in told


def test_files_without_reps_quotas_or_leads_say_so(data_page: AppTest, drop: Drop) -> None:
    lines = [f"2024-{month:02d}-15,10" for month in range(1, 9)]
    at = opened(drop(data_page, {"orders.csv": ("Order Date,Amount\n" + "\n".join(lines)).encode()}), "forecast")
    told = said(at)
    assert "no file tells two reps or regions apart" in told
    assert "no orders name their rep" in told
    assert "Revenue cannot be taken apart by leads: Add a file of leads" in told
    assert [one.key for one in at.slider if str(one.key).startswith("what_if")] == [
        "what_if_orders", "what_if_basket", "what_if_price",
    ]  # fmt: skip


def test_an_owner_saves_targets_and_reads_that_somebody_was_faster(data_page: AppTest, drop: Drop) -> None:
    lines = [f"{year}-{month:02d}-15,{rep},10" for year in (2023, 2024) for month in range(1, 13) for rep in "AB"]
    at = opened(
        drop(data_page, {"orders.csv": ("Order Date,Rep,Amount\n" + "\n".join(lines)).encode()}), "forecast"
    )
    assert "Nothing is saved for this period yet" in said(at)
    total = next(one for one in at.number_input if str(one.key).startswith("targets_total"))
    total.set_value(1000.01).run()
    assert "less than the total" in said(at) or "more than the total" in said(at)
    at.button(key="targets_spread").click().run()
    assert "The targets come to 1,000.01: the total exactly" in said(at)
    at.button(key="targets_save").click().run()
    assert not at.exception
    [workspace] = [one for one in storage.store().of(_owner(at)) if not one.is_sample]
    document = storage.store().documents(workspace.id)["targets"]
    [kept] = document.body["sets"]
    assert sum(Decimal(one["amount"]) for one in kept["targets"]) == Decimal("1000.01")

    # Meanwhile another session of the same owner saves, while this one is at other amounts.
    next(one for one in at.number_input if str(one.key).startswith("targets_total")).set_value(5.0).run()
    storage.store().keep_document(workspace.id, _owner(at), "targets", document.body, document.edition)
    at.run()
    assert "Somebody saved other targets while you were at yours" in said(at)
    at.button(key="targets_save").click().run()
    assert "Somebody changed this meanwhile" in said(at)
    at.button(key="targets_reload").click().run()
    assert "The targets come to 1,000.01: the total exactly" in said(at)


def _owner(at: AppTest) -> str:
    return str(at.session_state["visitor"])


def test_a_quota_and_an_example_plan_pay_and_an_owner_keeps_the_plan(data_page: AppTest, drop: Drop) -> None:
    lines = [f"2024-{month:02d}-28,{rep},100" for month in range(1, 13) for rep in ("Ann", "Bo")]
    quotas = [f"rep,{rep},2024-10-01,2024-12-31,{amount}" for rep, amount in (("Ann", 300), ("Bo", 250))]
    at = opened(
        drop(
            data_page,
            {
                "orders.csv": ("Order Date,Rep,Amount\n" + "\n".join(lines)).encode(),
                "quotas.csv": ("scope,scope_id,period_start,period_end,amount\n" + "\n".join(quotas)).encode(),
            },
        ),
        "forecast",
    )
    told = said(at)
    assert "Nobody has set up a plan yet: this one is an example" in told
    # 2 % to 80 %, 4 % to 100 %, 6 % above: Ann 4.8 + 2.4; Bo 4 + 2 + 3.
    assert metrics(at)["Paid for what was sold"] == "16.20"
    at.number_input(key="incentives_accelerator_0").set_value(10.0).run()
    # Ten per cent more of what Bo sold above 250.
    assert metrics(at)["Paid for what was sold"] == "21.20"
    at.button(key="incentives_save").click().run()
    assert not at.exception
    assert "Paid by the plan that is saved with this data" in said(at)
    assert metrics(at)["Paid for what was sold"] == "21.20"
