"""Open deals whose expected close has passed: the list to act on."""

from __future__ import annotations

from datetime import date

import pandas as pd

LISTED = (
    "opportunity_id", "customer", "rep", "stage", "amount", "expected_close", "days_overdue", "age_days",
)  # fmt: skip


def overdue_deals(deals: pd.DataFrame, on: date) -> pd.DataFrame:
    """Give the open deals that should have closed before the day `on`, the largest first.

    `deals` are the rows behind a count of open deals, each with `expected_close`, `created_date` and `amount`.
    The answer has the columns `LISTED`: days since the expected close and since creation (null where unknown);
    deals without an amount come last, the longest overdue of them first.
    """
    day = pd.Timestamp(on)
    late = deals[pd.to_datetime(deals["expected_close"]) < day]
    listed = late.assign(
        days_overdue=(day - pd.to_datetime(late["expected_close"])).dt.days.astype("Int64"),
        age_days=(day - pd.to_datetime(late["created_date"])).dt.days.astype("Int64"),
    )
    listed = listed.sort_values(
        ["amount", "days_overdue"], ascending=[False, False], kind="stable", na_position="last", ignore_index=True
    )
    return listed[list(LISTED)]
