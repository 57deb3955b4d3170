"""Dates in the wrong order: a close before its creation, an answer before the lead, a sale before the hire."""

from __future__ import annotations

from salesmetrics.i18n import ngettext
from salesmetrics.ingest.quality.check import Check
from salesmetrics.ingest.quality.stored import Stored
from salesmetrics.model.finding import Severity


def checks(stored: Stored) -> list[Check]:
    """List the checks of dates against each other; some depend on which files are there."""
    return [*_orders(), *_deals(stored), *_leads(), *_reps()]


def _orders() -> list[Check]:
    return [
        Check(
            "delivered_before_order", "orders", "delivered_date", Severity.CHANGES,
            ("orders.delivered_date",), "t.amount >= 0 AND t.delivered_date < t.order_date",
            lambda n: ngettext(
                "{n} order line was delivered before it was ordered: days to deliver leaves it out.",
                "{n} order lines were delivered before they were ordered: days to deliver leaves them out.", n,
            ),
            ("t.order_date", "t.delivered_date"), ("fulfilment_days",),
        ),
        Check(
            "returned_before_order", "orders", "return_date", Severity.MAY,
            ("orders.returned", "orders.return_date"),
            "t.returned AND t.amount >= 0 AND t.return_date < t.order_date",
            lambda n: ngettext(
                "{n} order line came back before it was ordered: revenue takes it off on the earlier day.",
                "{n} order lines came back before they were ordered: revenue takes them off on the earlier day.", n,
            ),
            ("t.order_date", "t.return_date"), ("revenue", "return_amount"),
        ),
        Check(
            "sold_before_hire", "orders", "order_date", Severity.CHANGES,
            ("orders.rep_id", "reps.hire_date"), "t.order_date < hired",
            lambda n: ngettext(
                "{n} order line was sold before its rep was hired: numbers by tenure put it under “pre-hire”.",
                "{n} order lines were sold before their rep was hired: numbers by tenure put them under “pre-hire”.", n,
            ),
            ("t.rep_id", "t.order_date", "hired"), ("revenue_by_tenure", "revenue_per_rep_month"),
        ),
        Check(
            "sold_after_leaving", "orders", "order_date", Severity.MAY,
            ("orders.rep_id", "reps.leave_date"), "t.order_date > left_on",
            lambda n: ngettext(
                "{n} order line was sold after its rep had left: revenue still counts it for that rep.",
                "{n} order lines were sold after their rep had left: revenue still counts them for that rep.", n,
            ),
            ("t.rep_id", "t.order_date", "left_on"), ("revenue_per_rep_month",),
        ),
    ]  # fmt: skip


def _deals(stored: Stored) -> list[Check]:
    closed = "t.status <> 'open'"
    linked = stored.has("opportunities.lead_id", "leads.created_at")
    of_cohorts = Check(
        "closed_before_created", "opportunities", "close_date", Severity.CHANGES,
        ("opportunities.close_date", "opportunities.created_date"), f"{closed} AND t.close_date < t.created_date",
        lambda n: ngettext(
            "{n} deal closed before it was created: the win rate of deals created leaves it out.",
            "{n} deals closed before they were created: the win rate of deals created leaves them out.", n,
        ) if linked else ngettext(
            "{n} deal closed before it was created: sales cycle and the win rate of deals created leave it out.",
            "{n} deals closed before they were created: sales cycle and the win rate of deals created leave them "
            "out.", n,
        ),
        ("t.created_date", "t.close_date"),
        ("win_rate_cohort",) if linked else ("sales_cycle_length", "win_rate_cohort"),
    )  # fmt: skip
    of_cycle = Check(
        "closed_before_start", "opportunities", "close_date", Severity.CHANGES,
        ("opportunities.close_date", "opportunities.lead_id", "leads.created_at"),
        f"{closed} AND t.close_date < coalesce(lead_created, t.created_date)",
        lambda n: ngettext(
            "{n} deal closed before its lead came in, or the deal itself began: sales cycle leaves it out.",
            "{n} deals closed before their lead came in, or the deal itself began: sales cycle leaves them out.", n,
        ),
        ("coalesce(lead_created, t.created_date)", "t.close_date"), ("sales_cycle_length",),
    )  # fmt: skip
    return [
        of_cohorts,
        of_cycle,
        Check(
            "closed_before_hire", "opportunities", "close_date", Severity.CHANGES,
            ("opportunities.close_date", "opportunities.rep_id", "reps.hire_date"),
            f"{closed} AND t.close_date < hired",
            lambda n: ngettext(
                "{n} deal closed before its rep was hired: win rate by tenure puts it under “pre-hire”.",
                "{n} deals closed before their rep was hired: win rate by tenure puts them under “pre-hire”.", n,
            ),
            ("t.rep_id", "t.close_date", "hired"), ("win_rate",),
        ),
    ]  # fmt: skip


def _leads() -> list[Check]:
    return [
        Check(
            "answered_before_lead", "leads", "first_response_at", Severity.CHANGES,
            ("leads.created_at", "leads.first_response_at"), "t.first_response_at < t.created_at",
            lambda n: ngettext(
                "{n} lead was answered before it came in: response time and answered in time leave it out.",
                "{n} leads were answered before they came in: response time and answered in time leave them out.", n,
            ),
            ("t.created_at", "t.first_response_at"), ("lead_response_time", "response_within_sla"),
        ),
        Check(
            "converted_before_lead", "leads", "converted_at", Severity.CHANGES,
            ("leads.created_at", "leads.converted_at"),
            "CAST(t.converted_at AS DATE) < CAST(t.created_at AS DATE)",
            lambda n: ngettext(
                "{n} lead was converted before it came in: lead conversion rate leaves it out.",
                "{n} leads were converted before they came in: lead conversion rate leaves them out.", n,
            ),
            ("t.created_at", "t.converted_at"), ("lead_conversion_rate",),
        ),
        Check(
            "qualified_before_lead", "leads", "qualified_at", Severity.CHANGES,
            ("leads.created_at", "leads.qualified_at"),
            "CAST(t.qualified_at AS DATE) < CAST(t.created_at AS DATE)",
            lambda n: ngettext(
                "{n} lead was qualified before it came in: qualification rate leaves it out.",
                "{n} leads were qualified before they came in: qualification rate leaves them out.", n,
            ),
            ("t.created_at", "t.qualified_at"), ("qualification_rate",),
        ),
        Check(
            "lead_before_hire", "leads", "created_at", Severity.CHANGES,
            ("leads.created_at", "leads.rep_id", "reps.hire_date"), "CAST(t.created_at AS DATE) < hired",
            lambda n: ngettext(
                "{n} lead came in before its rep was hired: numbers of leads by tenure put it under “pre-hire”.",
                "{n} leads came in before their rep was hired: numbers of leads by tenure put them under “pre-hire”.",
                n,
            ),
            ("t.rep_id", "CAST(t.created_at AS DATE)", "hired"), ("leads", "lead_conversion_rate"),
        ),
        Check(
            "logged_before_done", "activities", "logged_at", Severity.CHANGES, ("activities.logged_at",),
            "t.logged_at < t.at",
            lambda n: ngettext(
                "{n} activity was logged before it took place: logging lag leaves it out.",
                "{n} activities were logged before they took place: logging lag leaves them out.", n,
            ),
            ("t.at", "t.logged_at"), ("crm_lag",),
        ),
    ]  # fmt: skip


def _reps() -> list[Check]:
    return [
        Check(
            "left_before_hire", "reps", "leave_date", Severity.CHANGES, ("reps.hire_date", "reps.leave_date"),
            "t.leave_date < t.hire_date",
            lambda n: ngettext(
                "{n} rep left before being hired: revenue per rep-month counts no days for this rep.",
                "{n} reps left before being hired: revenue per rep-month counts no days for them.", n,
            ),
            ("t.hire_date", "t.leave_date"), ("revenue_per_rep_month",),
        ),
        Check(
            "quota_ends_before_start", "quotas", "period_end", Severity.CHANGES, (),
            "t.period_end < t.period_start",
            lambda n: ngettext(
                "{n} quota ends before it starts: no sale is counted against it.",
                "{n} quotas end before they start: no sale is counted against them.", n,
            ),
            ("t.period_start", "t.period_end"), ("quota_attainment",),
        ),
    ]  # fmt: skip
