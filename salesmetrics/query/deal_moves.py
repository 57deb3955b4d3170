"""What became of each open deal between two versions of the data: counts and exact sums, and the deals themselves."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from salesmetrics.engine import Engine, default_engine
from salesmetrics.errors import QueryError
from salesmetrics.i18n import _
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.request import Period

TABLE = "opportunities"
_KEY = "opportunity_id"

LISTED = (
    "opportunity_id", "customer_id", "rep_id", "move", "amount_before", "amount_now", "by",
    "status_before", "status_now", "close_before", "close_now",
)  # fmt: skip
"""The columns in which deals are listed; `by` is what a deal adds to its bar."""

CHANGED = "amount"
"""The name of the bar that deals share whose amount differs, whatever else became of them."""


@dataclass(frozen=True)
class DealMoves:
    """How open deals moved from one version to another.

    `opening` and `closing` are the open deals of the two versions, each as count and amount; `moves` gives by move
    the deals that made it and the amount it put in (above zero) or took out. `changed` counts the deals whose
    amount differs while they stay or as they come in, and by how much. `unpriced` counts open deals without an
    amount (0 in every sum), `undated` those without an expected close, which no period holds. `won_at` is what the
    deals counted as won were won for.
    """

    opening: tuple[int, Decimal]
    closing: tuple[int, Decimal]
    moves: Mapping[str, tuple[int, Decimal]]
    changed: tuple[int, Decimal]
    unpriced: int
    undated: int
    won_at: Decimal


def deal_moves(
    old: Dataset, new: Dataset, period: Period | None = None, engine: Engine | None = None
) -> DealMoves | None:
    """Count what became of the deals that were open in `old` or are open in `new`, exact to the last decimal.

    With a `period` only deals count whose expected close lies in it. A deal that was counted and is not any more is
    "won", "lost", "pushed" (open, its expected close out of the period) or "gone" (from the file), at its old
    amount; one that is counted now is "new", "reopened" (it was won or lost) or "pulled" (its expected close was
    out of the period), new ones at their amount and the others at their old one.
    None where a version holds no deals. Raises QueryError where deals carry no ids by which to tell them apart.
    """
    if not (old.has(TABLE, "status") and new.has(TABLE, "status")):
        return None
    _with_ids(old, new)
    engine = engine or default_engine()
    deals = _deals(engine, old, new, period)
    # As text: on its way here a decimal would become a float.
    totals = deals.group_by("move").aggregate(
        deals=deals.count(),
        counted_before=deals.was_in.sum(),
        counted_now=deals.is_in.sum(),
        before=_exact((deals.was_in * deals.worth_before).sum()),
        now=_exact((deals.is_in * deals.worth_now).sum()),
        by=_exact(deals.moved.sum()),
        changed=(deals.changed_by != 0).sum(),
        changed_by=_exact(deals.changed_by.sum()),
        won_at=_exact((deals.move == "won").ifelse(deals.worth_now, 0).sum()),
        unpriced=deals.unpriced.sum(),
        undated=deals.undated.sum(),
    )
    rows = engine.run(totals).to_dict("records")
    return DealMoves(
        opening=(_count(rows, "counted_before"), _sum(rows, "before")),
        closing=(_count(rows, "counted_now"), _sum(rows, "now")),
        moves={row["move"]: (int(row["deals"]), Decimal(row["by"])) for row in rows if row["move"] not in _STAY},
        changed=(_count(rows, "changed"), _sum(rows, "changed_by")),
        unpriced=_count(rows, "unpriced"),
        undated=_count(rows, "undated"),
        won_at=_sum(rows, "won_at"),
    )


def moved_deals(
    old: Dataset,
    new: Dataset,
    move: str,
    period: Period | None = None,
    most: int | None = None,
    engine: Engine | None = None,
) -> dict[str, list[Any]]:
    """List the deals behind a bar as columns (`LISTED`), the largest first; see `deal_moves` for the moves.

    `move` may be "opening" and "closing" too, and `CHANGED` for the deals whose amount differs. Amounts are Decimal.
    """
    engine = engine or default_engine()
    deals = _deals(engine, old, new, period)
    picked = {
        "opening": (deals.was_in == 1, deals.worth_before),
        "closing": (deals.is_in == 1, deals.worth_now),
        CHANGED: (deals.changed_by != 0, deals.changed_by),
    }
    where, by = picked.get(move, (deals.move == move, deals.moved))
    rows = deals.filter(where).mutate(by=by)
    rows = rows.order_by([rows.by.abs().desc(), rows.opportunity_id])
    listed = (rows.limit(most) if most else rows).select(*LISTED)
    money = ("amount_before", "amount_now", "by")
    frame = engine.run(listed.mutate(**{name: listed[name].cast("string") for name in money}))
    return {name: [_plain(name, value, money) for value in frame[name].tolist()] for name in LISTED}


def expected_closes(old: Dataset, new: Dataset, engine: Engine | None = None) -> tuple[date, date] | None:
    """Give the first and last expected close of the deals open in either version; None where none has any."""
    engine = engine or default_engine()
    sides = [engine.table(one, TABLE) for one in (old, new)]
    opened = [rows.filter(rows.status == "open").select("close_date") for rows in sides]
    both = opened[0].union(opened[1])
    [row] = engine.run(both.aggregate(first=both.close_date.min(), last=both.close_date.max())).to_dict("records")
    return (
        None if row["first"] is None or row["first"] != row["first"] else (row["first"].date(), row["last"].date())
    )


_STAY = ("stays", "elsewhere")
"""Deals that are counted in both versions, and deals that are counted in neither."""


def _deals(engine: Engine, old: Dataset, new: Dataset, period: Period | None) -> ir.Table:
    """Set the two states of each deal side by side, with its one move and by how much its amount differs."""
    before, now = _side(engine.table(old, TABLE), "before", period), _side(engine.table(new, TABLE), "now", period)
    deals = before.outer_join(now, before.id_before == now.id_now)
    deals = deals.mutate(
        opportunity_id=ibis.coalesce(deals.id_now, deals.id_before),
        customer_id=ibis.coalesce(deals.customer_now, deals.customer_before),
        rep_id=ibis.coalesce(deals.rep_now, deals.rep_before),
        was_in=deals.counts_before.fill_null(0),
        is_in=deals.counts_now.fill_null(0),
        worth_before=deals.amount_before.fill_null(0),
        worth_now=deals.amount_now.fill_null(0),
    )
    was_in, is_in = deals.was_in == 1, deals.is_in == 1
    deals = deals.mutate(
        move=ibis.cases(
            (was_in & is_in, "stays"),
            (was_in & deals.id_now.isnull(), "gone"),
            (was_in & (deals.status_now == "won"), "won"),
            (was_in & (deals.status_now == "lost"), "lost"),
            (was_in, "pushed"),
            (is_in & deals.id_before.isnull(), "new"),
            (is_in & (deals.status_before != "open"), "reopened"),
            (is_in, "pulled"),
            else_="elsewhere",
        )
    )
    came = deals.move.isin(["reopened", "pulled"])
    return deals.mutate(
        moved=ibis.cases(
            (was_in & ~is_in, -deals.worth_before),
            (deals.move == "new", deals.worth_now),
            (came, deals.worth_before),
            else_=0,
        ),
        changed_by=((was_in & is_in) | came).ifelse(deals.worth_now - deals.worth_before, 0),
        # Each side for itself: a deal may be without an amount or a day in one version only.
        unpriced=(deals.amount_before.isnull() & was_in | deals.amount_now.isnull() & is_in).ifelse(1, 0),
        undated=(
            _undated(deals.status_before, deals.close_before) | _undated(deals.status_now, deals.close_now)
        ).ifelse(1, 0),
    )


def _undated(status: ir.StringValue, close: ir.DateValue) -> ir.BooleanValue:
    return (status == "open").fill_null(False) & close.isnull()


def _side(rows: ir.Table, state: str, period: Period | None) -> ir.Table:
    counts = rows.status == "open"
    if period:
        inside = (rows.close_date >= ibis.literal(period.start)) & (rows.close_date < ibis.literal(period.end))
        counts &= inside.fill_null(False)
    # Names of their own: the two sides are joined, and stand beside each other.
    return rows.select(
        **{
            f"id_{state}": rows[_KEY],
            f"status_{state}": rows.status,
            f"amount_{state}": rows.amount,
            f"close_{state}": rows.close_date,
            f"customer_{state}": rows.customer_id,
            f"rep_{state}": rows.rep_id,
            f"counts_{state}": counts.ifelse(1, 0),
        }
    )


def _with_ids(*states: Dataset) -> None:
    if any(f"{_KEY}_synthesized" in state.tables[TABLE].notes for state in states):
        raise QueryError(
            _(
                "The deals of these files carry no id, so it cannot be told what became of each; add a column of ids."
            )
        )


def _exact(value: ir.Scalar) -> ir.StringScalar:
    return value.cast("decimal(38, 6)").fill_null(0).cast("string")


def _count(rows: Sequence[Mapping[Hashable, Any]], column: str) -> int:
    return sum(int(row[column]) for row in rows)


def _sum(rows: Sequence[Mapping[Hashable, Any]], column: str) -> Decimal:
    return sum((Decimal(row[column]) for row in rows), Decimal(0))


def _plain(name: str, value: Any, money: tuple[str, ...]) -> Any:
    if value is None or value != value:
        return None
    if name in money:
        return Decimal(value)
    return value.date() if hasattr(value, "date") else value
