"""What became of leads by how soon they were answered: the conversion of leads, cut by the wait for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from salesmetrics.metrics.arithmetic import nothing, reasons
from salesmetrics.metrics.leads import LEAD_CONVERSION_RATE
from salesmetrics.metrics.measure import Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome

NEVER = "never"
ANSWERED = {
    "1h": (0.0, 1.0),
    "4h": (1.0, 4.0),
    "24h": (4.0, 24.0),
    "72h": (24.0, 72.0),
    "later": (72.0, None),
    NEVER: None,
}
"""Kinds of answer with the hours over and up to which the wait for it lasts; the first holds 0 too."""


def _kind(t: ir.Table, kind: str) -> ir.BooleanValue:
    hours = ANSWERED[kind]
    if hours is None:
        return t.wait_hours.isnull()
    over, until = hours
    # An answer dated before its lead was there at once, whatever its clock said.
    longer = ibis.coalesce(t.wait_hours > over, False) if over else t.wait_hours.notnull()
    return longer if until is None else longer & (t.wait_hours <= until)


def _of_kind(measure: Measure, kind: str) -> Measure:
    def those(t: ir.Table) -> ir.Value:
        chosen = _kind(t, kind)
        return chosen & measure.where(t) if measure.where else chosen

    return replace(measure, name=f"{kind}_{measure.name}", where=those)


def conversion_by_answer(settings: Mapping[str, str]) -> Metric:
    """Give the conversion of leads as a metric whose details are, for each kind of answer, the leads old enough
    (`KIND`) and those of them that converted (`KIND_converted`).

    `settings` are those of the lead conversion rate.
    """  # fmt: skip
    every = {measure.name: measure for measure in LEAD_CONVERSION_RATE.made_of(settings)}
    wanted = {
        suffix: every[f"{name}_{settings['horizon']}_{settings['disqualified']}"]
        for suffix, name in (("", "mature_leads"), ("_converted", "converted_leads"))
    }
    read = {f"{kind}{suffix}": _of_kind(measure, kind) for kind in ANSWERED for suffix, measure in wanted.items()}

    def evaluate(cells: Cells) -> Outcome:
        details = {name: cells[measure.name] for name, measure in read.items()}
        return Outcome(nothing(cells), nothing(cells), nothing(cells), reasons(cells), details)

    told = "leads.first_response_at|activities.lead_id"
    measures = tuple(replace(measure, inputs=(*measure.inputs, told)) for measure in read.values())
    return Metric(
        id="conversion_by_answer", title="", title_zh="", unit=LEAD_CONVERSION_RATE.unit, better=Better.HIGHER,
        tells="", formula_text="", source="", measures=measures, evaluate=evaluate, n=measures[0].name,
    )  # fmt: skip
