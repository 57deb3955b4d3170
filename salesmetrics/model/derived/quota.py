"""Quotas beside what was sold against them: the quota rows, and the revenue of each day set against its quota.

Scopes (company, region, team, product, rep) are parallel: each row knows its scope, and no metric adds two.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.derived.team import roster
from salesmetrics.model.tenure import band

SCOPES = ("rep", "company", "region", "team", "product")
"""Scopes in the order in which a question that fits several is answered."""

REVENUE, UNITS = "revenue", "units"


def _quota_rows(source: Source) -> ir.Table:
    """Quota rows without those that only sum up shorter ones of the same scope (a year beside its quarters)."""
    quotas = source.table("quotas").mutate(measure=ibis.coalesce(source.table("quotas").measure, REVENUE))
    quotas = quotas.mutate(
        quota=ibis.row_number(), length=quotas.period_end.delta(quotas.period_start, unit="day")
    )
    shorter = quotas.view()
    contains = quotas.semi_join(
        shorter,
        [
            quotas.scope == shorter.scope,
            quotas.scope_id == shorter.scope_id,
            quotas.measure == shorter.measure,
            quotas.period_start <= shorter.period_start,
            quotas.period_end >= shorter.period_end,
            quotas.length > shorter.length,
        ],
    )
    return quotas.anti_join(contains, "quota")


def _build_quota(source: Source, as_of: ir.DateScalar) -> ir.Table:
    quotas = _quota_rows(source)
    reps = roster(source.table("reps"))
    # Roster first by id, then by the name that people read: quota files use either.
    by_name = reps.select(named="rep", named_id="rep_id")
    rows = quotas.left_join(by_name, (quotas.scope == "rep") & (quotas.scope_id == by_name.named))
    rows = rows.drop("named")
    known_ids = reps.select(known_id="rep_id")
    rows = rows.left_join(known_ids, (rows.scope == "rep") & (rows.scope_id == known_ids.known_id))
    rows = rows.mutate(scope_id=ibis.coalesce(rows.known_id, rows.named_id, rows.scope_id))
    rows = rows.drop("known_id", "named_id")
    people = reps.rename(quota_rep_id="rep_id")
    rows = rows.left_join(people, (rows.scope == "rep") & (rows.scope_id == people.quota_rep_id))
    is_rep = rows.scope == "rep"
    hired_late = rows.hire_date > rows.period_start
    none = ibis.null("string")
    return rows.select(
        "quota", "scope", "scope_id", "measure", "period_start", "period_end",
        amount=rows.amount,
        days=rows.length + 1,
        rep=is_rep.ifelse(known(rows.rep, rows.scope_id), "(unknown)"),
        region=known((rows.scope == "region").ifelse(rows.scope_id, rows.rep_region)),
        team=known((rows.scope == "team").ifelse(rows.scope_id, rows.team)),
        manager=known(rows.manager),
        product=known((rows.scope == "product").ifelse(rows.scope_id, none)),
        tenure_at_period_start=known(hired_late.ifelse("0-3m", band(rows.hire_date, rows.period_start))),
    )  # fmt: skip


def _build_quota_sale(source: Source, as_of: ir.DateScalar) -> ir.Table:
    quotas = source.relation("quota")
    ledger = source.relation("ledger")
    days = quotas.mutate(
        day=ibis.range(
            quotas.period_start.cast("timestamp"),
            (quotas.period_end + ibis.interval(days=1)).cast("timestamp"),
            ibis.interval(days=1),
        ).unnest()
    )
    days = days.mutate(day=days.day.cast("date")).select(
        "quota", "scope", "scope_id", "measure", "day", "rep", "region", "team", "manager", "product",
        "tenure_at_period_start",
    )  # fmt: skip
    whose = {
        "rep": ledger.rep_id,
        "company": ibis.null("string"),
        "region": ledger.region,
        "team": ledger.team,
        "product": ledger["product"],
    }
    parts = []
    for scope, owner in whose.items():
        owned = ledger.mutate(owner=owner)
        sold = owned.group_by("owner", "date").aggregate(
            revenue=owned.amount.sum(), units=owned.quantity.sum(), lines=owned.count()
        )
        of_scope = days.filter(days.scope == scope)
        same_owner = [] if scope == "company" else [of_scope.scope_id == sold.owner]
        met = of_scope.inner_join(sold, [of_scope.day == sold.date, *same_owner])
        parts.append(
            met.select(
                "quota",
                "scope",
                "measure",
                "date",
                "rep",
                "region",
                "team",
                "manager",
                "product",
                "lines",
                tenure_at_date=met.tenure_at_period_start,
                actual=(met.measure == UNITS).ifelse(met.units, met.revenue),
            )
        )
    return ibis.union(*parts)


def _build_quota_result(source: Source, as_of: ir.DateScalar) -> ir.Table:
    quotas = source.relation("quota")
    sales = source.relation("quota_sale")
    sold = sales.group_by(sold_quota="quota").aggregate(actual=sales.actual.sum())
    rows = quotas.left_join(sold, quotas.quota == sold.sold_quota).drop("sold_quota")
    return rows.mutate(actual=ibis.coalesce(rows.actual.cast("float64"), 0.0), ended=rows.period_end <= as_of)


def _build_rep_quota(source: Source, as_of: ir.DateScalar) -> ir.Table:
    results = source.relation("quota_result")
    return results.filter(results.scope == "rep")


QUOTA = Relation(
    name="quota",
    meaning="one row for each quota of a scope and period",
    key=("quota",),
    tables=("orders",),
    dimensions=("rep", "team", "manager", "region", "tenure", "product"),
    build=_build_quota,
)

QUOTA_SALE = Relation(
    name="quota_sale",
    meaning="what was sold on each day against each quota in force",
    key=("quota", "date"),
    tables=("orders",),
    dimensions=("rep", "team", "manager", "region", "tenure", "product"),
    build=_build_quota_sale,
    needs=("ledger", "quota"),
)

QUOTA_RESULT = Relation(
    name="quota_result",
    meaning="each quota with what was sold against it over its whole period",
    key=("quota",),
    tables=("orders",),
    dimensions=("rep", "team", "manager", "region", "tenure", "product"),
    build=_build_quota_result,
    needs=("quota", "quota_sale"),
)

REP_QUOTA = Relation(
    name="rep_quota_result",
    meaning="each quota of a rep with what was sold against it over its whole period",
    key=("quota",),
    tables=("orders",),
    dimensions=("rep", "team", "manager", "region", "tenure"),
    build=_build_rep_quota,
    needs=("quota_result",),
)
