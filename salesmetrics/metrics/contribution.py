"""Where a change of revenue comes from: what each segment added to it or took from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import kept, over, reasons
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit


def _contribution(cells: Cells) -> Outcome:
    now, before = cells["revenue"], cells.base["revenue"]
    change = now - before
    whole = cells.rows.summed(change)
    fresh, lost = (before == 0) & (now != 0), (now == 0) & (before != 0)
    details = {
        "revenue": now,
        "before": before,
        "growth": kept(over(change, before), (before > 0) & ~lost),
        # What the whole grew by because of this part, in points of the whole's own growth.
        "points": over(change, kept(cells.rows.summed(before), cells.rows.summed(before) > 0)),
        "share_of_change": over(change, whole),
    }
    outcome = Outcome(change, change, before, reasons(cells), details)
    outcome = replace(outcome, warnings={"new_segment": fresh, "lost_segment": lost})
    return outcome.absent(np.isnan(before), "no_rows")


SEGMENT_CONTRIBUTION = Metric(
    id="segment_contribution",
    title=_("Contribution to the change"),
    title_zh="细分贡献",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("How much of the change in revenue each part brought: the parts sum to the whole."),
    formula_text=_("revenue - revenue in the previous period, by customer segment or any other cut"),
    source="S1 S2 S3",
    measures=(sales.REVENUE, sales.ROWS),
    evaluate=_contribution,
    n="ledger_rows",
    by=("segment",),
    shift="previous",
    additive=True,
    traps=_("A part that is new or lost has no growth rate: its whole revenue is the change."),
)

CONTRIBUTION_METRICS = (SEGMENT_CONTRIBUTION,)
