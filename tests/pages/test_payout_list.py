"""What the incentive plan pays: every rep stands there once, and a plan that does not fit together is never saved."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.errors import QueryError
from ui import plan_editor

from .conftest import Drop, opened

LINES = [f"2024-{month:02d}-28,{rep},100" for month in range(1, 13) for rep in ("Ann", "Bo")]
ORDERS = ("Order Date,Rep,Amount\n" + "\n".join(LINES)).encode()
QUOTAS = b"scope,scope_id,period_start,period_end,amount\n" + b"".join(
    f"rep,{rep},2024-10-01,2024-12-31,{amount}\n".encode() for rep, amount in (("Ann", 400), ("Bo", 250))
)


@pytest.fixture
def forecast(data_page: AppTest, drop: Drop) -> AppTest:
    """The page over two reps, of whom Bo reached the quota."""
    return opened(drop(data_page, {"orders.csv": ORDERS, "quotas.csv": QUOTAS}), "forecast")


def test_every_rep_stands_there_once_the_best_paid_first(forecast: AppTest) -> None:
    assert "1 of 2 reps reached the quota" in "".join(one.value for one in forecast.markdown)
    [listed] = [one.value for one in forecast.dataframe if "paid" in one.value.columns]
    assert list(listed["rep"]) == ["Bo", "Ann"]
    # Of 300 sold Ann's first tier takes all: 75 % of 400. Bo: 2 % of 200, 4 % of 50, 6 % of 50.
    assert list(listed["paid"]) == pytest.approx([9.0, 6.0])
    assert list(listed["tiers"]) == pytest.approx([9.0, 6.0])
    # What this plan does not pay for has no column.
    assert not {"bonuses", "milestones", "extra"} & set(listed.columns)


def test_a_plan_that_does_not_fit_together_cannot_be_saved(
    forecast: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overlapping(*_words: Any) -> Any:
        raise QueryError("The tier that starts at 80 % does not start above the one before it, 80 %.")

    monkeypatch.setattr(plan_editor, "_fields", overlapping)
    forecast.run()
    assert not forecast.exception
    [said] = [one.value.replace("\\", "") for one in forecast.error]
    assert said.startswith("The tier that starts at 80 % does not start above")
    assert "cannot be saved" in said
    assert forecast.button(key="incentives_save").disabled
