"""A made-up answer to what customers will bring, for charts and sentences."""

from __future__ import annotations

from datetime import date

import numpy as np

from salesmetrics.analysis.bg_nbd import BuyingModel
from salesmetrics.analysis.gamma_gamma import SpendingModel
from salesmetrics.analysis.holdout import Alike, Holdout
from salesmetrics.analysis.lifetime_value import Enough
from salesmetrics.query.customer_future import Band, CustomerFuture

TEST = Holdout(
    days=183, customers=900, foretold=812.0, actual=790.0, by_rate=1104.0, error=0.61, error_by_rate=0.82,
    groups=(Alike(0, 600, 200.0, 190.0), Alike(1, 288, 400.0, 420.0), Alike(7, 12, 212.0, 180.0)),
)  # fmt: skip

FUTURE = CustomerFuture(
    day=date(2025, 12, 31),
    months=12,
    yearly=0.10,
    enough=Enough(1000, 400, 1095, 40.0),
    buying=BuyingModel(0.243, 30.9, 0.793, 2.426),
    spending=SpendingModel(6.25, 3.74, 15.44),
    by_revenue=False,
    margin=1.0,
    tie=0.1,
    test=TEST,
    purchases=812.0,
    value=40_000.0,
    of_new=120.0,
    unvalued=0,
    bands=(
        Band(0.8, 200, 500.0, 30_000.0), Band(0.5, 100, 200.0, 6_000.0), Band(0.2, 0, 0.0, 0.0),
        Band(0.0, 100, 12.0, 1_000.0), Band(None, 600, 100.0, 3_000.0),
    ),
    first={},
    everybody={"customer_id": np.array(["Ann", "Ben"], dtype=object), "active": np.array([0.4, np.nan])},
)  # fmt: skip
