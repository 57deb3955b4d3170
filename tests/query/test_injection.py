"""Values from links and files are values, never statements."""

from datetime import date

import pytest

import salesmetrics as sm
from tests.company import dataset

HOSTILE = ["O'Hara", "x'); DROP TABLE ledger; --", "⟦d0⟧", "⟦kept⟧", 'a"b', "100%", "北区", "\\'"]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_region_is_filtered_like_any_other(value, tmp_path):
    lines = [
        {"order_date": "2024-01-05", "amount": 10, "region": value},
        {"order_date": "2024-01-05", "amount": 32, "region": "East"},
    ]
    data = dataset({"orders": lines}, tmp_path)

    def revenue(*values: str) -> float:
        where = (sm.Filter("region", values),)
        query = sm.MetricQuery(metrics=("revenue",), where=where, as_of=date(2024, 1, 31))
        return sm.compute(data, query).frame["value"].iloc[0]

    assert revenue(value) == 10
    assert revenue(value, "East") == 42
    assert revenue("East") == 32
