"""Bring prepared sheets together as canonical tables: halves joined, lists looked up, names made one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.assembled import Assembled, account_for
from salesmetrics.ingest.complete import Completed, complete_facts
from salesmetrics.ingest.copies import without_copies
from salesmetrics.ingest.derive.flat import from_facts
from salesmetrics.ingest.derive.lookups import fill_by_key
from salesmetrics.ingest.derive.names import named_managers
from salesmetrics.ingest.derive.order_halves import first_of_each
from salesmetrics.ingest.gather_lists import add_outcomes, gather_lists, look_up
from salesmetrics.ingest.gather_orders import gather_orders
from salesmetrics.ingest.keep import keep, kept_by_sheet
from salesmetrics.ingest.prepare import prepared
from salesmetrics.ingest.relation import Relation, count_rows, extend, select, union
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.tables import LOOKUPS, TABLES

_LISTED = ("customers", "products", "reps")


def assemble(connection: duckdb.DuckDBPyConnection, sheets: Sequence[Typed]) -> Assembled:
    """Give every canonical table that `sheets` hold, with each row either kept or left out for a reason."""
    result = Assembled()
    by_kind: dict[str, list[Typed]] = defaultdict(list)
    for sheet in sheets:
        by_kind[sheet.kind or ""].append(sheet)
    lists = gather_lists(connection, {kind: found for kind, found in by_kind.items() if kind in LOOKUPS}, result)
    parts: dict[str, list[tuple[Typed, Relation]]] = {
        kind: [(typed, _ready(connection, typed, lists, result)) for typed in found]
        for kind, found in by_kind.items()
        if kind not in LOOKUPS
    }
    for kind in parts:
        if kind in TABLES:
            parts[kind] = without_copies(connection, parts[kind], result)
    staged: dict[str, Relation] = {}
    orders = gather_orders(connection, parts, result)
    if orders is not None:
        staged["orders"] = orders
    for table in TABLES:
        relations = [relation for _typed, relation in parts.get(table, ())]
        if table in _LISTED and relations:
            staged[table] = _one_list(connection, table, relations, result)
        elif table != "orders" and relations:
            staged[table] = union(connection, relations)
    if "leads" in staged:
        staged["leads"] = add_outcomes(connection, staged["leads"], parts.get("lead_outcomes", []), result)
    else:
        for typed, _relation in parts.get("lead_outcomes", []):
            result.unused[typed.number] = _(
                "It completes leads, and there is no list of leads: give that file too."
            )
    look_up(connection, staged, lists, result)
    _finish(connection, staged, result)
    return result


def _ready(
    connection: duckdb.DuckDBPyConnection, typed: Typed, lists: Mapping[str, Relation], result: Assembled
) -> Relation:
    relation, stages = typed.rows, lists.get("deal_stages")
    if stages is not None and typed.table == "opportunities" and relation.has("stage_id"):
        # Before all else: what is won and what is lost stands in the names, not in the ids.
        relation = fill_by_key(connection, relation, "stage_id", stages, "stage_id", "stage")
        for sheet in kept_by_sheet(connection, stages):
            result.completes[sheet] = "opportunities"
            result.findings.say([sheet], [_("It gives deals the name of their stage by stage_id.")])
    return prepared(connection, typed, relation, result.findings)


def _one_list(
    connection: duckdb.DuckDBPyConnection, table: str, relations: Sequence[Relation], result: Assembled
) -> Relation:
    """Put sheets of customers, products or reps together; one with new columns completes the others."""
    key = TABLES[table].key[0]
    whole = relations[0]
    for relation in relations[1:]:
        added = relation.columns - whole.columns
        if not added:
            whole = union(connection, [whole, relation])
            continue
        one = first_of_each(connection, relation, key)
        match = f'FROM {one.name} r WHERE {{}} EXISTS (SELECT 1 FROM {whole.name} w WHERE w."{key}" = r."{key}")'
        for sheet, rows in connection.execute(
            f"SELECT sheet_no, count(*) {match.format('')} GROUP BY 1"
        ).fetchall():
            result.kept[sheet] += rows
        # Rows that complete one are kept in it; the others, doubles among them, are rows of their own.
        rest = select(
            connection,
            f"SELECT * FROM {relation.name} "
            f"WHERE (sheet_no, row) NOT IN (SELECT (sheet_no, row) {match.format('')})",
            relation.columns,
            keep=True,
        )
        for column in sorted(added):
            whole = fill_by_key(connection, whole, key, one, key, column)
        whole = union(connection, [whole, rest])
    return union(connection, [whole])


def _finish(connection: duckdb.DuckDBPyConnection, staged: dict[str, Relation], result: Assembled) -> None:
    """Keep rows, first of the lists that others refer to, then of the facts once names and keys are made one."""
    every_product = staged.get("products")
    for table in _LISTED:
        if table in staged:
            staged[table] = _kept(connection, table, staged[table], result)
    if "reps" in staged:
        staged["reps"] = named_managers(connection, staged["reps"])
    facts = {table: relation for table, relation in staged.items() if table not in _LISTED}
    done = complete_facts(connection, Completed(staged, every_product), facts, result.findings)
    for table, relation in done.items():
        staged[table] = _kept(connection, table, _with_key(connection, table, relation, result), result)
    for table in _LISTED:
        if table not in staged:
            built = from_facts(
                connection, table, [staged[t] for t in ("orders", "opportunities", "leads") if t in staged]
            )
            if built is not None:
                staged[table] = built
                sheets = {sheet for t in done for sheet in kept_by_sheet(connection, staged[t])}
                said = _("The {table} are those that its rows tell of.").format(table=table)
                result.findings.say(sheets, [said])
    result.tables = staged


def _with_key(
    connection: duckdb.DuckDBPyConnection, table: str, relation: Relation, result: Assembled
) -> Relation:
    """Number deals and leads that have no key by where they stand."""
    key = {"opportunities": "opportunity_id", "leads": "lead_id"}.get(table)
    if key is None or relation.has(key):
        return relation
    rows = count_rows(connection, f"SELECT count(*) FROM {relation.name}")
    result.findings.note(table, f"{key}_synthesized", rows)
    said = _("There is no {key}: each row is one, named by sheet and row.").format(key=key)
    result.findings.say(kept_by_sheet(connection, relation), [said])
    return extend(connection, relation, {key: "concat('sheet ', sheet_no + 1, ' row ', row)"})


def _kept(connection: duckdb.DuckDBPyConnection, table: str, relation: Relation, result: Assembled) -> Relation:
    declared = TABLES[table]
    # A list of leads without any date is a list of leads: what needs dates will say so.
    required = [column for column in declared.required if column != "created_at" or relation.has("created_at")]
    key = declared.key[0] if declared.key else None
    kept, left = keep(connection, table, relation, required, key)
    account_for(connection, kept, left, result)
    result.findings.note(table, f"duplicate_{key}", sum(out.duplicate for out in left))
    return kept
