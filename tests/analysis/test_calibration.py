"""Stated chances beside what came of them."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import salesmetrics as sm
from salesmetrics.analysis.calibration import calibration
from tests.company import H1, dataset


def test_each_tenth_has_its_mean_and_its_rate_by_hand():
    said = [(0.1, "lost"), (0.15, "lost"), (0.19, "won"), (0.3, "won"), (0.3, "lost"), (0.95, "won")]
    found = calibration(pd.DataFrame(said, columns=["probability", "status"]))
    for row in found.to_dict("records"):
        inside = [(p, s) for p, s in said if math.floor(round(p * 10, 6)) == round(row["band_from"] * 10)]
        assert (row["deals"], row["won"]) == (len(inside), sum(s == "won" for _p, s in inside))
        assert row["mean_probability"] == pytest.approx(sum(p for p, _s in inside) / len(inside))
        assert row["difference"] == pytest.approx(row["won"] / row["deals"] - row["mean_probability"])
    assert found["deals"].sum() == len(said)


def test_what_was_written_over_at_the_close_tells_nothing():
    closed = pd.DataFrame({"probability": [1.0, 0.0, None], "status": ["won", "lost", "won"]})
    assert calibration(closed).empty


def test_the_rows_behind_a_win_rate_are_what_it_takes(tmp_path: Path):
    deals = [
        {"opportunity_id": str(k), "status": status, "created_date": "2024-01-01", "close_date": date(2024, 2, 1),
         "probability": 0.25}
        for k, status in enumerate(["won", "lost", "lost", "open"])
    ]  # fmt: skip
    rows = sm.records(dataset({"opportunities": deals}, tmp_path), sm.MetricQuery(("win_rate",), H1))
    [row] = calibration(rows).to_dict("records")
    assert (row["deals"], row["won"], row["mean_probability"]) == (3, 1, 0.25)
