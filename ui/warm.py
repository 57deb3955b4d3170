"""What takes long the first time is done before the first person comes."""

from __future__ import annotations

import salesmetrics.charts  # noqa: F401  (Altair is slow to import)
from salesmetrics.query import compute_many, default_period
from salesmetrics.query.request import Compare
from ui import datasets, overview
from ui.periods import fitting_grain
from ui.selection import Selection


def up() -> None:
    """Read the sample company and answer once what the first page asks, so that its statements are compiled."""
    opened = datasets.sample()
    datasets.covers(opened.data)
    period = default_period(opened.data)
    usual = Selection(period, "", fitting_grain(period), tuple(Compare))
    compute_many(opened.data, overview.questions(overview.page_of(opened.data), usual))
