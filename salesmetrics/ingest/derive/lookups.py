"""Lists that complete a table by key: categories, stages, regions, territories and who covers them."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from salesmetrics.ingest.relation import Relation, select


def fill_by_key(
    connection: duckdb.DuckDBPyConnection,
    relation: Relation,
    key: str,
    known: Relation,
    known_key: str,
    column: str,
) -> Relation:
    """Fill `column` where it is empty from the row of `known` with the same key, many-to-one."""
    kept = ", ".join(f'r."{name}"' for name in ("sheet_no", "row", *sorted(relation.columns - {column})))
    own = f'r."{column}"' if relation.has(column) else "NULL"
    return select(
        connection,
        f'SELECT {kept}, coalesce({own}, k.v) AS "{column}" FROM {relation.name} r LEFT JOIN ('
        f'SELECT "{known_key}" AS k, arg_min("{column}", (sheet_no, row)) AS v FROM {known.name} '
        f'WHERE "{column}" IS NOT NULL GROUP BY 1) k ON k.k = r."{key}"',
        relation.columns | {column},
    )


def named_territories(
    connection: duckdb.DuckDBPyConnection, territories: Relation | None, regions: Relation | None
) -> Relation | None:
    """Give each territory its region's name, through the list of regions where it only has a key."""
    if territories is None:
        return None
    if territories.has("region_id") and regions is not None:
        return fill_by_key(connection, territories, "region_id", regions, "region_id", "region")
    return territories if territories.has("region") else None


def regions_of_reps(
    connection: duckdb.DuckDBPyConnection, covered: Relation, territories: Relation
) -> tuple[Relation, int]:
    """Give the region of each rep whose territories all lie in one; and how many reps have several."""
    pairs = (
        f"SELECT c.rep_id, min(t.region) AS region, count(DISTINCT t.region) AS regions FROM {covered.name} c "
        f"JOIN (SELECT territory_id, any_value(region) AS region FROM {territories.name} GROUP BY 1) t "
        "USING (territory_id) WHERE c.rep_id IS NOT NULL AND t.region IS NOT NULL GROUP BY 1"
    )
    one = select(
        connection,
        f"SELECT 0 AS sheet_no, row_number() OVER () AS row, rep_id, region FROM ({pairs}) WHERE regions = 1",
        ("rep_id", "region"),
        keep=True,
    )
    row = connection.execute(f"SELECT count(*) FROM ({pairs}) WHERE regions > 1").fetchone()
    return one, int(row[0]) if row else 0


COMPLETED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "categories": (("products", "category_id", "category"), ("orders", "category_id", "category")),
    "regions": tuple(
        (table, "region_id", "region") for table in ("reps", "orders", "opportunities", "leads", "customers")
    ),
    "territories": tuple(
        (table, "territory_id", "region") for table in ("reps", "orders", "opportunities", "leads", "customers")
    ),
}
"""For each list: the tables it completes, by which key, and in which column."""
