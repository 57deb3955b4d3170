"""Keys without a partner: rows that name a rep, product, customer, lead or deal that its list does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from salesmetrics.i18n import ngettext
from salesmetrics.ingest.quality.check import SAMPLES
from salesmetrics.ingest.quality.stored import Stored
from salesmetrics.model.finding import Finding, Severity


@dataclass(frozen=True)
class _Pair:
    """A column that names rows of another table, and what becomes of rows that name none of them.

    `known` are columns of the list without which nothing is lost; `only` narrows the rows that refer.
    """

    column: str
    partner: str
    severity: Severity
    says: Callable[[int], str]
    numbers: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    only: str = "true"


def _rep(table: str, one: str, many: str, numbers: tuple[str, ...]) -> _Pair:
    return _Pair(
        f"{table}.rep_id", "reps.rep_id", Severity.CHANGES, lambda n: ngettext(one, many, n), numbers,
        ("reps.hire_date", "reps.team", "reps.manager"),
    )  # fmt: skip


def _pairs() -> list[_Pair]:
    return [
        _rep(
            "orders",
            "{n} order line names a rep who is not in the list of reps: by team and tenure it is “(unknown)”.",
            "{n} order lines name a rep who is not in the list of reps: by team and tenure they are “(unknown)”.",
            ("revenue_by_tenure", "revenue_per_rep_month"),
        ),
        _rep(
            "opportunities",
            "{n} deal names a rep who is not in the list of reps: by team and tenure it is “(unknown)”.",
            "{n} deals name a rep who is not in the list of reps: by team and tenure they are “(unknown)”.",
            ("win_rate",),
        ),
        _rep(
            "leads",
            "{n} lead names a rep who is not in the list of reps: by team and tenure it is “(unknown)”.",
            "{n} leads name a rep who is not in the list of reps: by team and tenure they are “(unknown)”.",
            ("lead_conversion_rate",),
        ),
        _rep(
            "activities",
            "{n} activity is of a rep who is not in the list of reps: by team and tenure it is “(unknown)”.",
            "{n} activities are of reps who are not in the list of reps: by team and tenure they are “(unknown)”.",
            ("activities_per_rep",),
        ),
        _Pair(
            "orders.product", "products.product", Severity.MAY,
            lambda n: ngettext(
                "{n} order line names a product that is not in the list of products: the list fills nothing in for it.",
                "{n} order lines name a product that is not in the list of products: the list fills nothing in for "
                "them.", n,
            ),
            ("revenue_share",),
        ),
        _Pair(
            "opportunities.product", "products.product", Severity.MAY,
            lambda n: ngettext(
                "{n} deal names a product that is not in the list of products: the list fills nothing in for it.",
                "{n} deals name a product that is not in the list of products: the list fills nothing in for them.", n,
            ),
            ("win_rate",),
        ),
        _Pair(
            "orders.customer_id", "customers.customer_id", Severity.MAY,
            lambda n: ngettext(
                "{n} order line names a customer who is not in the list of customers: segment is not known from there.",
                "{n} order lines name a customer who is not in the list of customers: segment is not known from there.",
                n,
            ),
            ("revenue_share",), ("customers.segment",),
        ),
        _Pair(
            "opportunities.customer_id", "customers.customer_id", Severity.MAY,
            lambda n: ngettext(
                "{n} deal names a customer who is not in the list of customers: segment is not known from there.",
                "{n} deals name a customer who is not in the list of customers: segment is not known from there.", n,
            ),
            ("win_rate",), ("customers.segment",),
        ),
        _Pair(
            "opportunities.lead_id", "leads.lead_id", Severity.CHANGES,
            lambda n: ngettext(
                "{n} deal names a lead that is not in the list of leads: its sales cycle starts with the deal.",
                "{n} deals name a lead that is not in the list of leads: their sales cycle starts with the deal.", n,
            ),
            ("sales_cycle_length",),
        ),
        _Pair(
            "stage_history.opportunity_id", "opportunities.opportunity_id", Severity.CHANGES,
            lambda n: ngettext(
                "{n} move between stages is of a deal that is not in the list of deals: numbers by stage leave it out.",
                "{n} moves between stages are of deals that are not in the list of deals: numbers by stage leave them "
                "out.", n,
            ),
            ("stage_conversion", "time_in_stage"),
        ),
        _Pair(
            "activities.lead_id", "leads.lead_id", Severity.CHANGES,
            lambda n: ngettext(
                "{n} activity is for a lead that is not in the list of leads: response time does not see it.",
                "{n} activities are for leads that are not in the list of leads: response time does not see them.", n,
            ),
            ("lead_response_time", "unanswered_rate"),
        ),
        _Pair(
            "activities.opportunity_id", "opportunities.opportunity_id", Severity.CHANGES,
            lambda n: ngettext(
                "{n} activity is for a deal that is not in the list of deals: numbers by deal do not see it.",
                "{n} activities are for deals that are not in the list of deals: numbers by deal do not see them.", n,
            ),
            ("crm_adoption",),
        ),
        _Pair(
            "quotas.scope_id", "reps.rep_id", Severity.MAY,
            lambda n: ngettext(
                "{n} quota is for a rep who is not in the list of reps.",
                "{n} quotas are for reps who are not in the list of reps.", n,
            ),
            ("quota_attainment",), only="t.scope = 'rep'",
        ),
        _Pair(
            "training.rep_id", "reps.rep_id", Severity.CHANGES,
            lambda n: ngettext(
                "{n} training is of a rep who is not in the list of reps: by team and tenure it is “(unknown)”.",
                "{n} trainings are of reps who are not in the list of reps: by team and tenure they are “(unknown)”.",
                n,
            ),
            (), ("reps.hire_date", "reps.team", "reps.manager"),
        ),
    ]  # fmt: skip


def without_partner(stored: Stored) -> Iterator[Finding]:
    """Find the rows that name something that the list of it does not have."""
    for pair in _pairs():
        if not stored.has(pair.column, pair.partner) or not _matters(stored, pair):
            continue
        table, column = pair.column.split(".")
        found = _alone(stored, table, column, pair)
        if found is not None:
            yield found


def _matters(stored: Stored, pair: _Pair) -> bool:
    return not pair.known or any(stored.has(column) for column in pair.known)


def _alone(stored: Stored, table: str, column: str, pair: _Pair) -> Finding | None:
    other, key = pair.partner.split(".")
    worth = "abs(t.amount)" if stored.has(f"{table}.amount") else "0"
    [(rows, keys, alone, samples, amount, whole)] = stored.ask(
        f'WITH named AS (SELECT t."{column}" AS key, count(*) AS n, sum({worth}) AS worth FROM {table} t '
        f'WHERE {pair.only} GROUP BY 1), known AS (SELECT DISTINCT "{key}" AS key FROM {other}) '
        "SELECT sum(n), count(*) FILTER (alone), sum(n) FILTER (alone), "
        f"arg_max(concat(key, ' (', n, ')'), n, {SAMPLES}) FILTER (alone), "
        "CAST(sum(worth) FILTER (alone) AS DOUBLE), CAST(sum(worth) AS DOUBLE) "
        "FROM (SELECT named.*, known.key IS NULL AND named.key IS NOT NULL AS alone "
        "FROM named LEFT JOIN known USING (key))"
    )
    if not keys:
        return None
    return Finding(
        "key_without_partner", pair.severity, pair.says(int(alone)).format(n=f"{int(alone):,}"), int(alone),
        amount / whole if whole else alone / rows, "amount" if whole else "rows", tuple(samples or ()),
        pair.numbers, table, column,
    )  # fmt: skip
