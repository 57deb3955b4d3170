"""The worked examples of taking a change apart: of METRICS.md section 11 and EXAMPLES.md, through the whole engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import salesmetrics as sm
from salesmetrics.query.why import Why, why
from tests.company import Q1, Q2, dataset


def leads(region: str, month: int, many: int, converted: int) -> list[dict[str, Any]]:
    """Leads that came in on the 2nd of a month, the first of which converted ten days later."""
    return [
        {
            "lead_id": f"{region}{month}-{number}", "region": region, "created_at": f"2024-{month:02}-02 09:00",
            "converted_at": f"2024-{month:02}-12 09:00" if number < converted else None,
        }
        for number in range(many)
    ]  # fmt: skip


@pytest.fixture
def conversion(tmp_path: Path) -> Why:
    """East 50 leads at 20 % come to 20 at 25 %, West 50 at 10 % to 80 at 15 %."""
    rows = [
        *leads("East", 1, 50, 10),
        *leads("West", 1, 50, 5),
        *leads("East", 4, 20, 5),
        *leads("West", 4, 80, 12),
    ]
    query = sm.MetricQuery(
        ("lead_conversion_rate",), Q2, params=(("lead_conversion_rate.horizon", "30"),), as_of=Q2.end
    )
    return why(dataset({"leads": rows}, tmp_path), query, Q1)


def test_each_region_converts_five_points_better_and_the_whole_only_two(conversion: Why) -> None:
    cut = conversion.cut("region")
    assert cut is not None
    assert cut.split is not None
    assert (conversion.before.value, conversion.after.value) == pytest.approx((0.15, 0.17))
    found = {part.name: (part.rate, part.mix) for part in cut.split.parts}
    assert found["East"] == pytest.approx((0.0175, -0.0195))
    assert found["West"] == pytest.approx((0.0325, -0.0105))
    assert (cut.split.rate, cut.split.mix) == pytest.approx((0.05, -0.03))


def test_leads_conversion_and_value_of_the_example(tmp_path: Path) -> None:
    """100 leads of which 10 % buy for 200 each come to 120 of which 8 % buy for 250; of 9.6 buyers ten times as many."""
    rows, orders = [], []
    for month, many, buyers, value in ((1, 1000, 100, 200), (4, 1200, 96, 250)):
        for number in range(many):
            customer = f"{month}-{number}" if number < buyers else None
            rows.append(
                {"lead_id": f"L{month}-{number}", "created_at": f"2024-{month:02}-02", "customer_id": customer}
            )
            if customer:
                orders.append({"order_date": f"2024-{month:02}-20", "customer_id": customer, "amount": value})
    found = why(
        dataset({"leads": rows, "orders": orders}, tmp_path), sm.MetricQuery(("revenue",), Q2, as_of=Q2.end), Q1
    )
    [tree] = [one.found for one in found.trees if one.tree.id == "revenue_by_leads"]
    assert (tree.before, tree.after, tree.method) == (20_000, 24_000, "lmdi")
    shares = {step.name: step.by / 10 for step in tree.steps}
    assert shares == {
        "leads": pytest.approx(400.0, abs=0.05), "conversion": pytest.approx(-489.6, abs=0.05),
        "value": pytest.approx(489.6, abs=0.05),
    }  # fmt: skip
