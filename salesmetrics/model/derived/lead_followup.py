"""Leads with what was done for them in their first days, as far as both leads and activities are known."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.lead import lead_rows, touches
from salesmetrics.model.derived.relation import Relation, Source

FOLLOWUP_DAYS, TOUCH_DAYS = 7, 30
"""Days after a lead came in that count for following it up, and for how often it was touched."""


def _build_lead_followup(source: Source, as_of: ir.DateScalar) -> ir.Table:
    leads = lead_rows(source, as_of)
    sent = touches(source, as_of)
    sent = sent.filter(~sent.automatic)
    met = leads.select("lead_id", "created_at").inner_join(sent, leads.lead_id == sent.touched_lead)
    # What carries a day and no hour took place some time on that day, not before the lead came in on it.
    met = met.filter(met.touched_at.cast("date") >= met.created_at.cast("date"))
    counted = met.group_by("touched_lead").aggregate(
        touches_in_7=met.count(where=met.touched_at <= met.created_at + ibis.interval(days=FOLLOWUP_DAYS)),
        touches_in_30=met.count(where=met.touched_at <= met.created_at + ibis.interval(days=TOUCH_DAYS)),
    )
    leads = leads.left_join(counted, leads.lead_id == counted.touched_lead).drop("touched_lead")
    return leads.mutate(
        touches_in_7=ibis.coalesce(leads.touches_in_7, 0), touches_in_30=ibis.coalesce(leads.touches_in_30, 0)
    ).drop("first_response_at", "qualified_at", "converted_at")


LEAD_FOLLOWUP = Relation(
    name="lead_followup",
    meaning="one row a lead, with how often it was touched in its first days",
    key=("lead_id",),
    tables=("leads", "activities"),
    dimensions=("region", "product", "rep", "team", "manager", "tenure", "lead_source"),
    build=_build_lead_followup,
)
