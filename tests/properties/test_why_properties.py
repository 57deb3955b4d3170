"""Whatever the lines of a company are, the factors and parts of a change sum to it to the cent."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import salesmetrics as sm
from salesmetrics.query.why import why
from tests.company import AS_OF, Q1, Q2, dataset

LINE = st.fixed_dictionaries(
    {
        "order_date": st.sampled_from(["2024-01-05", "2024-02-20", "2024-03-31", "2024-04-01", "2024-06-30"]),
        "order_id": st.sampled_from(["A", "B", "C", "D", "E"]),
        "customer_id": st.sampled_from(["x", "y", None]),
        "region": st.sampled_from(["North", "South", None]),
        "amount": st.integers(-50_000, 100_000).map(lambda cents: cents / 100),
        "cost": st.one_of(st.none(), st.integers(-100, 500)),
        "quantity": st.one_of(st.none(), st.integers(-2, 9)),
        "returned": st.booleans(),
    }
)
FIRST = {
    "order_date": "2024-01-02", "order_id": "first", "customer_id": "z", "region": "North", "amount": 10,
    "cost": 4, "quantity": 1, "returned": False,
}  # fmt: skip
LEADS = [
    {"lead_id": "1", "created_at": "2024-01-04", "customer_id": "x", "region": "North"},
    {"lead_id": "2", "created_at": "2024-04-01", "customer_id": "y", "region": None},
    {"lead_id": "3", "created_at": "2024-05-01", "customer_id": None, "region": "South"},
]


@settings(max_examples=12, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=12))
def test_factors_and_parts_sum_to_the_change(lines: list[dict[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = dataset({"orders": [FIRST, *lines], "leads": LEADS}, Path(folder))
        for metric in ("revenue", "gross_profit", "orders"):
            found = why(data, sm.MetricQuery((metric,), Q2, as_of=AS_OF), Q1)
            if found.reason is not None:
                continue
            for tree in found.trees:
                assert abs(math.fsum(step.by for step in tree.found.steps) - found.change) < 0.005
            for cut in found.cuts:
                assert abs(math.fsum(part.by for part in cut.parts) - found.change) < 0.005
