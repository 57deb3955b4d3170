"""Complete facts from the lists of reps, customers and products: one key for each, names, categories, costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.derive.lookups import fill_by_key
from salesmetrics.ingest.derive.names import key_map
from salesmetrics.ingest.derive.step import money, wide
from salesmetrics.ingest.keep import kept_by_sheet
from salesmetrics.ingest.near_keys import ask_near, one_spelling, told
from salesmetrics.ingest.relation import Findings, Relation, count_rows, extend, select

_LISTS = (("customers", "customer_id"), ("reps", "rep_id"), ("products", "product"))
"""Each list with the column of facts that refers to it."""


@dataclass(frozen=True)
class Completed:
    """The staged tables by name, among them the lists that complete others.

    `every_product` has a product's other ids too, where one name stands under several.
    """

    tables: Mapping[str, Relation]
    every_product: Relation | None = None


def complete_facts(
    connection: duckdb.DuckDBPyConnection, staged: Completed, facts: Mapping[str, Relation], findings: Findings
) -> dict[str, Relation]:
    """Give `facts` with reps, customers and products under one key, and what the lists know of them filled in."""
    done = {}
    for table, fact in facts.items():
        relation = fact
        reps, customers = staged.tables.get("reps"), staged.tables.get("customers")
        if reps is not None and relation.has("rep_id"):
            relation = _one_key(connection, table, relation, reps, "rep_id", findings)
        if customers is not None and relation.has("customer_id"):
            relation = _one_key(connection, table, relation, customers, "customer_id", findings)
        if table in ("orders", "opportunities"):
            relation = _with_customer(connection, relation, customers)
            relation = _with_product(connection, table, relation, staged, findings)
        elif (
            table == "leads"
            and relation.has("product")
            and (products := staged.tables.get("products")) is not None
        ):
            relation = _one_product(connection, table, relation, products, findings)
        done[table] = relation if relation is fact else select(
            connection, f"SELECT * FROM {relation.name}", relation.columns, keep=True
        )  # fmt: skip
    for listed, column in _LISTS:
        if listed not in staged.tables:
            done = one_spelling(connection, done, column, findings)
    return done


def _one_key(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    fact: Relation,
    known: Relation,
    key: str,
    findings: Findings,
) -> Relation:
    """Put the list's key where a fact has the list's name, or its key or name in other spelling."""
    other = "name" if known.has("name") else None
    names_are_keys = count_rows(
        connection, f"SELECT count(*) FROM {known.name} WHERE {key} <> {other or 'NULL'}"
    ) == 0  # fmt: skip
    name = key.replace("_id", "_name")
    values = f"SELECT {key} AS value FROM {fact.name}"
    if fact.has(name):
        values += f" UNION SELECT {name} FROM {fact.name}"
    keys = key_map(connection, values, known, key, other, fold_key=names_are_keys)
    mapped = _mapped(connection, table, fact, keys, key, name if fact.has(name) else None, findings)
    if names_are_keys:
        ask_near(connection, mapped, known, table, key, key, findings)
    return mapped


def _mapped(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    fact: Relation,
    keys: Relation,
    column: str,
    name: str | None,
    findings: Findings,
) -> Relation:
    by_name = f"LEFT JOIN {keys.name} n ON n.value = f.{name}" if name else ""
    found = "coalesce(k.key, n.key)" if name else "k.key"
    kept = ", ".join(f'f."{c}"' for c in ("sheet_no", "row", *sorted(fact.columns - {column})))
    mapped = select(
        connection,
        f"SELECT {kept}, coalesce({found}, f.{column}) AS {column}, "
        f"{found} IS NULL AND f.{column} IS NOT NULL AS unmet, "
        f"coalesce(k.how = 'near', false) AS near, f.{column} AS written "
        f"FROM {fact.name} f LEFT JOIN {keys.name} k ON k.value = f.{column} {by_name}",
        fact.columns,
        keep=True,
    )
    sheets = list(kept_by_sheet(connection, fact))
    near = connection.execute(
        f"SELECT written, {column}, count(*) FROM {mapped.name} WHERE near GROUP BY 1, 2 ORDER BY 3 DESC, 1"
    ).fetchall()
    told(findings, sheets, table, column, near)
    filled = count_rows(connection, f"SELECT count({column}) FROM {mapped.name}")
    unmet = count_rows(connection, f"SELECT count(*) FROM {mapped.name} WHERE unmet")
    if filled:
        message = _("{met} of {n} rows with a {column} meet the list of {what}.")
        what = {"rep_id": _("reps"), "customer_id": _("customers"), "product": _("products")}[column]
        findings.say(sheets, [message.format(met=filled - unmet, n=filled, column=column, what=what)])
    return mapped


def _with_customer(connection: duckdb.DuckDBPyConnection, fact: Relation, customers: Relation | None) -> Relation:
    if customers is None or not customers.has("segment") or not fact.has("customer_id") or fact.has("segment"):
        return fact
    return fill_by_key(connection, fact, "customer_id", customers, "customer_id", "segment")


def _one_product(
    connection: duckdb.DuckDBPyConnection, table: str, fact: Relation, products: Relation, findings: Findings
) -> Relation:
    other = "product_id" if products.has("product_id") else None
    values = f"SELECT product AS value FROM {fact.name}"
    keys = key_map(connection, values, products, "product", other, fold_key=True)
    mapped = _mapped(connection, table, fact, keys, "product", None, findings)
    ask_near(connection, mapped, products, table, "product", "product", findings)
    return mapped


def _with_product(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    fact: Relation,
    staged: Completed,
    findings: Findings,
) -> Relation:
    products, by_id = staged.tables.get("products"), staged.every_product
    if products is not None and by_id is not None:
        if fact.has("product"):
            fact = _one_product(connection, table, fact, products, findings)
        if fact.has("product_id") and products.has("product_id"):
            fact = fill_by_key(connection, fact, "product_id", by_id, "product_id", "product")
        if fact.has("product"):
            if products.has("category"):
                fact = fill_by_key(connection, fact, "product", products, "product", "category")
            if table == "orders" and products.has("unit_cost") and fact.has("quantity"):
                fact = _cost_from_products(connection, fact, products, findings)
    if fact.has("product_id") and not fact.has("product"):
        fact = extend(connection, fact, {"product": "product_id"})
        sheets = kept_by_sheet(connection, fact)
        findings.say(sheets, [_("There is no product name: the product's id stands for it.")])
    return fact


def _cost_from_products(
    connection: duckdb.DuckDBPyConnection, fact: Relation, products: Relation, findings: Findings
) -> Relation:
    known = fill_by_key(connection, fact, "product", products, "product", "unit_cost")
    where = "cost IS NULL AND" if fact.has("cost") else ""
    rows = count_rows(
        connection,
        f"SELECT count(*) FROM {known.name} WHERE {where} unit_cost IS NOT NULL AND quantity IS NOT NULL",
    )
    if not rows:
        return fact
    findings.note("orders", "cost_from_products", rows)
    message = _("Cost is unit cost x quantity from the list of products ({n} rows).")
    findings.say(kept_by_sheet(connection, fact), [message.format(n=rows)])
    own = "cost" if fact.has("cost") else "NULL"
    product = f"{wide('unit_cost')} * quantity"
    return extend(connection, known, {"cost": f"coalesce({own}, {money(product)})"})
