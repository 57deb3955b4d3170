"""Tenure of a rep at the date of an event: completed calendar months since the hire, in bands."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

BANDS: tuple[tuple[str, int], ...] = (
    ("0-3m", 3),
    ("3-6m", 6),
    ("6-12m", 12),
    ("1-2y", 24),
    ("2-5y", 60),
)
"""Each band with the number of completed months at which the next one starts."""

LAST_BAND = "5y+"
PRE_HIRE = "(pre-hire)"
ORDER: tuple[str, ...] = (*(band for band, _ in BANDS), LAST_BAND, PRE_HIRE)
"""Bands from the newest rep to the longest serving, then events before the hire."""


def band(hired: ir.DateValue, on: ir.DateValue) -> ir.StringValue:
    """Build the tenure band at `on` of a rep hired on `hired`; null where either is."""
    months = (on.year() - hired.year()) * 12 + on.month() - hired.month()
    on_last_day = (on + ibis.interval(days=1)).day() == 1
    months = months - ((on.day() < hired.day()) & ~on_last_day).cast("int32")
    branches = [(on < hired, PRE_HIRE), *((months < until, name) for name, until in BANDS)]
    return (hired.isnull() | on.isnull()).ifelse(ibis.null("string"), ibis.cases(*branches, else_=LAST_BAND))
