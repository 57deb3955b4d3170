"""Bring together what holds orders: whole sheets, headers and lines apart, and lists of what came back."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.assembled import Assembled, Parts, account_for
from salesmetrics.ingest.derive.order_halves import join_halves, without_partner
from salesmetrics.ingest.derive.returned import mark_returned, returned_orders
from salesmetrics.ingest.keep import keep
from salesmetrics.ingest.relation import Relation, count_rows, union
from salesmetrics.ingest.typed import Typed


def gather_orders(connection: duckdb.DuckDBPyConnection, parts: Parts, result: Assembled) -> Relation | None:
    """Give all order lines, each with what its order's header says, and which of them came back."""
    whole, lines, headers = (
        list(parts.get("orders", ())),
        parts.get("order_lines", ()),
        list(parts.get("order_headers", ())),
    )
    findings = result.findings
    if lines and not headers:
        # Orders with their totals beside a file of their lines: the lines are the finer truth.
        headers = [pair for pair in whole if _one_row_an_order(connection, pair[1])]
        whole = [pair for pair in whole if pair not in headers]
    relations = [relation for _typed, relation in whole]
    if lines and headers:
        top = union(connection, [relation for _typed, relation in headers])
        kept, left = keep(connection, "order_headers", top, ("order_id", "order_date"), "order_id")
        account_for(connection, kept, left, result)
        below = union(connection, [relation for _typed, relation in lines])
        said = [
            _("Orders and their lines stand in two sheets and are joined on order_id, many lines to one order.")
        ]
        lone = without_partner(connection, kept, below, "order_id")
        if lone:
            said.append(ngettext("{n} order has no line.", "{n} orders have no line.", lone).format(n=lone))
        findings.say([typed.number for typed, _relation in (*lines, *headers)], said)
        relations.append(join_halves(connection, below, kept))
    else:
        for typed, _relation in headers:
            result.unused[typed.number] = _(
                "It has orders without amounts, and no sheet has their lines: give that file too."
            )
        for typed, _relation in lines:
            result.unused[typed.number] = _(
                "It has order lines without dates, and no sheet has their orders: give that file too."
            )
    returns = parts.get("returned_orders", ())
    if not relations:
        for typed, _relation in returns:
            result.unused[typed.number] = _(
                "It lists returned orders, and there are no orders: give that file too."
            )
        return None
    orders = union(connection, relations)
    return _returns(connection, orders, returns, result) if returns else orders


def _one_row_an_order(connection: duckdb.DuckDBPyConnection, relation: Relation) -> bool:
    if not relation.has("order_id"):
        return False
    row = connection.execute(f"SELECT count(*) = count(DISTINCT order_id) FROM {relation.name}").fetchone()
    return bool(row and row[0])


def _returns(
    connection: duckdb.DuckDBPyConnection,
    orders: Relation,
    returns: Sequence[tuple[Typed, Relation]],
    result: Assembled,
) -> Relation:
    numbers = [typed.number for typed, _relation in returns]
    if not orders.has("order_id"):
        for number in numbers:
            result.unused[number] = _("It lists returned orders by order_id, which the orders have not.")
        return orders
    listed = union(connection, [relation for _typed, relation in returns])
    kept, left = keep(connection, "returned_orders", listed, ("order_id",), None)
    account_for(connection, kept, left, result)
    returned = returned_orders(connection, kept)
    rows = count_rows(connection, f"SELECT count(*) FROM {returned.name}")
    unmatched = without_partner(connection, returned, orders, "order_id")
    message = ngettext(
        "It lists {n} order as returned; every line of it is marked so, once.",
        "It lists {n} orders as returned; every line of those is marked so, once.",
        rows,
    )
    said = [message.format(n=rows)]
    if unmatched:
        message = ngettext(
            "{n} of them is not among the orders.", "{n} of them are not among the orders.", unmatched
        )
        said.append(message.format(n=unmatched))
    result.findings.say(numbers, said)
    return mark_returned(connection, orders, returned)
