"""What a chart sends to the browser: plain columns, what is not known as null."""

from __future__ import annotations

import math
from datetime import date

import pyarrow as pa

from salesmetrics.charts import Figure
from ui import frame


def test_columns_go_out_with_their_kinds_and_what_is_unknown_as_null() -> None:
    columns = {
        "start": [date(2025, 1, 1), None],
        "value": [1.5, math.nan],
        "target": [None, 2.0],
        "label": ["a", None],
        "first": [True, False],
    }
    sent: pa.Table = frame._ready(Figure({"mark": "bar"}, columns, "", "", ""))["datasets"]["rows"]
    assert pa.types.is_temporal(sent.schema.field("start").type)
    assert pa.types.is_floating(sent.schema.field("value").type)
    assert pa.types.is_boolean(sent.schema.field("first").type)
    assert {name: sent[name].null_count for name in sent.column_names} == {
        "start": 1, "value": 1, "target": 1, "label": 1, "first": 0,
    }  # fmt: skip


def test_a_picked_mark_is_told_by_all_that_it_stands_for() -> None:
    # A mark of drivers stands for a value of one dimension, and for none of the others.
    columns = {"region": ["North", None], "product": [None, "Desk"], "short": ["+1", "+2"]}
    figure = Figure({}, columns, "", "", "", picks={"region": "region", "product": "product"})
    assert frame._value_of(figure, {"product": "Desk"}) == "+2"
    assert frame._value_of(figure, {"region": "North"}) == "+1"
    assert frame._value_of(figure, {"region": "South"}) is None
