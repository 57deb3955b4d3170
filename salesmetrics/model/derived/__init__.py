"""Derived relations: where facts have to meet, they meet here, before any measure.

Each is computed as of a date and before filters, with a declared key; every join in it is many to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesmetrics.model.derived.activity import ACTIVITY
from salesmetrics.model.derived.cohort import COHORT
from salesmetrics.model.derived.crm import DEAL_ACTIVITY, DEAL_RECORD
from salesmetrics.model.derived.customer_life import CUSTOMER_LIFE
from salesmetrics.model.derived.customer_source import CUSTOMER_SOURCE
from salesmetrics.model.derived.deal_watch import DEAL_WATCH
from salesmetrics.model.derived.due_deal import DUE_DEAL
from salesmetrics.model.derived.effort import EFFORT
from salesmetrics.model.derived.entry import ENTRY
from salesmetrics.model.derived.feedback import FEEDBACK
from salesmetrics.model.derived.handoff import DEAL_HANDOFF, LEAD_HANDOFF
from salesmetrics.model.derived.headcount import CONTACT_DAY, EMPLOYED_DAY
from salesmetrics.model.derived.lead import LEAD
from salesmetrics.model.derived.lead_followup import LEAD_FOLLOWUP
from salesmetrics.model.derived.lead_ledger import LEAD_LEDGER
from salesmetrics.model.derived.ledger import LEDGER
from salesmetrics.model.derived.lost_deal import LOST_DEAL
from salesmetrics.model.derived.market import MARKET_DAY, MARKET_SALE
from salesmetrics.model.derived.month import MONTH_SALE
from salesmetrics.model.derived.opportunity import OPPORTUNITY
from salesmetrics.model.derived.order import CUSTOMER_HISTORY, GONE, ORDER, PRODUCT_HISTORY
from salesmetrics.model.derived.purchase import PURCHASE
from salesmetrics.model.derived.quota import QUOTA, QUOTA_RESULT, QUOTA_SALE, REP_QUOTA
from salesmetrics.model.derived.ramp import RAMP
from salesmetrics.model.derived.relation import Relation, Source
from salesmetrics.model.derived.sourced_ledger import SOURCED_LEDGER
from salesmetrics.model.derived.spending import SPENDING
from salesmetrics.model.derived.stage_order import STAGE_ORDER
from salesmetrics.model.derived.stage_spell import STAGE_REACHED, STAGE_SPELL
from salesmetrics.model.derived.standing import STANDING
from salesmetrics.model.derived.team import REP_DAY
from salesmetrics.model.derived.training import TRAINING_EFFECT, TRAINING_SESSION
from salesmetrics.model.derived.workload import WORKLOAD

RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {
        relation.name: relation
        for relation in (
            ENTRY, ORDER, CUSTOMER_HISTORY, PRODUCT_HISTORY, GONE, LEDGER, OPPORTUNITY, REP_DAY, QUOTA, QUOTA_SALE,
            QUOTA_RESULT, REP_QUOTA, EMPLOYED_DAY, CONTACT_DAY, WORKLOAD, RAMP, EFFORT, SPENDING, ACTIVITY,
            CUSTOMER_SOURCE, LEAD,
            LEAD_FOLLOWUP, SOURCED_LEDGER, LEAD_LEDGER, PURCHASE, COHORT, STANDING,
            CUSTOMER_LIFE,
            STAGE_ORDER, STAGE_SPELL, STAGE_REACHED, LOST_DEAL, DEAL_WATCH, DUE_DEAL,
            FEEDBACK, MARKET_DAY, MARKET_SALE, TRAINING_SESSION, TRAINING_EFFECT, LEAD_HANDOFF,
            DEAL_HANDOFF, DEAL_ACTIVITY, DEAL_RECORD, MONTH_SALE,
        )
    }
)  # fmt: skip
"""Every derived relation by name."""

__all__ = ["RELATIONS", "Relation", "Source"]
