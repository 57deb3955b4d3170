"""What is beyond the most that a chart draws, summed up as one: amounts added, parts of a ratio before dividing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from salesmetrics.charts.figure import Row, is_known
from salesmetrics.metrics import Metric
from salesmetrics.query.request import Compare


def _sum(rows: Sequence[Row], column: str) -> float | None:
    values = [row[column] for row in rows if is_known(row[column])]
    return math.fsum(values) if values else None


def together(rows: Sequence[Row], metric: Metric, compare: Compare | None) -> dict[str, Any] | None:
    """Bring rows of one metric together as one row; None where parts do not add up and nothing divides."""
    counted = [row["n"] for row in rows if is_known(row["n"])]
    whole: dict[str, Any] = {"n": sum(counted), "numerator": None, "denominator": None}
    shared = not metric.additive and all(is_known(row["denominator"]) for row in rows)
    if not metric.additive and not shared:
        return None
    for prefix in ("", f"{compare}_") if compare else ("",):
        if shared:
            top, bottom = _sum(rows, f"{prefix}numerator"), _sum(rows, f"{prefix}denominator")
            whole |= {
                f"{prefix}value": top / bottom if top is not None and bottom else None,
                f"{prefix}numerator": top,
                f"{prefix}denominator": bottom,
            }
        else:
            whole[f"{prefix}value"] = _sum(rows, f"{prefix}value")
    if compare:
        before, now = whole[f"{compare}_value"], whole["value"]
        both = before is not None and now is not None
        whole[f"{compare}_change"] = now - before if both else None
        whole[f"{compare}_growth"] = (now - before) / before if both and before > 0 else None
    return whole
