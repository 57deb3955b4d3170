"""One flat file: the customers, products and reps that its rows tell of."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from salesmetrics.ingest.relation import Relation, select

_PARTS = {
    "customers": ("customer_id", (("customer_name", "name"),), ("customer_name",)),
    "products": (
        "product",
        (
            ("product_id", "product_id"),
            ("category", "category"),
            ("subcategory", "subcategory"),
            ("unit_cost", "unit_cost"),
        ),
        ("product_id", "subcategory", "unit_cost"),
    ),
    "reps": (
        "rep_id",
        (("rep_name", "name"), ("hire_date", "hire_date"), ("team", "team"), ("manager", "manager")),
        ("rep_name", "hire_date", "team", "manager"),
    ),
}


def from_facts(connection: duckdb.DuckDBPyConnection, table: str, facts: Sequence[Relation]) -> Relation | None:
    """Build customers, products or reps from the rows of `facts`, one row a key; None where they say too little.

    What the first row of a key says counts; a rep's hire date is the earliest.
    """
    key, parts, telling = _PARTS[table]
    useful = [fact for fact in facts if fact.has(key) and any(fact.has(column) for column in telling)]
    if not useful:
        return None
    selects = []
    for number, fact in enumerate(useful):
        columns = ", ".join(f"{have if fact.has(have) else 'NULL'} AS {want}" for have, want in parts)
        selects.append(
            f"SELECT {number} AS fact, sheet_no, row, {key}, {columns} FROM {fact.name} WHERE {key} IS NOT NULL"
        )
    merged = ", ".join(
        f'min("{want}") AS "{want}"' if want == "hire_date"
        else f'arg_min("{want}", (fact, sheet_no, row)) FILTER ("{want}" IS NOT NULL) AS "{want}"'
        for _have, want in parts
    )  # fmt: skip
    query = (
        f"SELECT min(sheet_no) AS sheet_no, min(row) AS row, {key}, {merged} "
        f"FROM ({' UNION ALL BY NAME '.join(selects)}) GROUP BY {key} ORDER BY 1, 2"
    )
    return select(connection, query, (key, *(want for _have, want in parts)), keep=True)
