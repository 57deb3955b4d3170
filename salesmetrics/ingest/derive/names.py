"""Keys and names that mean the same: a rep named in one file and numbered in another, "GTXPro" and "GTX Pro"."""

from __future__ import annotations

import duckdb

from salesmetrics.ingest.derive.step import folded
from salesmetrics.ingest.relation import Relation, select


def full_name(columns: frozenset[str]) -> str | None:
    """Write the SQL for a rep's full name from given and family name; a Chinese name has no space between them."""
    if not {"first_name", "last_name"} <= columns:
        return None
    chinese = "regexp_matches(concat(first_name, last_name), '\\p{Han}')"
    return (
        f"nullif(trim(CASE WHEN {chinese} THEN concat(last_name, first_name) "
        "ELSE concat_ws(' ', first_name, last_name) END), '')"
    )


def key_map(
    connection: duckdb.DuckDBPyConnection,
    values: str,
    known: Relation,
    key: str,
    other: str | None,
    *,
    fold_key: bool,
) -> Relation:
    """Tell which `key` of `known` each of `values` means: the key, the `other` column, or either near enough.

    `values` is a query of one column `value`. The result has value, key and how ("key", "other", "near"), one row
    for each value that means exactly one key; names are near when they are equal without case, spaces and
    punctuation. `fold_key` says that keys are names and may be near too.
    """
    listed = f"SELECT sheet_no, row, {key} AS k, {other or 'NULL'} AS o FROM {known.name} WHERE {key} IS NOT NULL"
    near = " UNION ".join(
        f"SELECT {folded(column)} AS f, k FROM known"
        for column in (["k"] if fold_key else []) + (["o"] if other else [])
    )
    # A value without a letter is a number, and numbers are only ever equal to themselves.
    letters = f"CASE WHEN regexp_matches(value, '\\p{{L}}') THEN {folded('value')} END"
    query = (
        f"WITH known AS ({listed}), "
        f"v AS (SELECT value, {letters} AS f FROM (SELECT DISTINCT value FROM ({values}) WHERE value IS NOT NULL)), "
        "keys AS (SELECT DISTINCT k FROM known), "
        "others AS (SELECT o, min(k) AS k FROM known WHERE o IS NOT NULL GROUP BY o "
        "HAVING count(DISTINCT k) = 1), "
        f"near AS (SELECT f, min(k) AS k FROM ({near or 'SELECT NULL AS f, NULL AS k'}) WHERE f <> '' "
        "GROUP BY f HAVING count(DISTINCT k) = 1) "
        "SELECT value, coalesce(keys.k, others.k, near.k) AS key, "
        "CASE WHEN keys.k IS NOT NULL THEN 'key' WHEN others.k IS NOT NULL THEN 'other' ELSE 'near' END AS how "
        "FROM v LEFT JOIN keys ON keys.k = v.value LEFT JOIN others ON others.o = v.value "
        "LEFT JOIN near ON near.f = v.f WHERE coalesce(keys.k, others.k, near.k) IS NOT NULL"
    )
    return select(connection, query, ("value", "key", "how"), keep=True)


def named_managers(connection: duckdb.DuckDBPyConnection, reps: Relation) -> Relation:
    """Show the manager's name where a roster gives the manager's id."""
    if not reps.has("manager", "name"):
        return reps
    kept = ", ".join(f'r."{column}"' for column in ("sheet_no", "row", *sorted(reps.columns - {"manager"})))
    return select(
        connection,
        f"SELECT {kept}, coalesce(m.name, r.manager) AS manager FROM {reps.name} r "
        f"LEFT JOIN {reps.name} m ON m.rep_id = r.manager ORDER BY r.sheet_no, r.row",
        reps.columns,
        keep=True,
    )
