"""Bring together the lists that complete tables by key: categories, regions, territories, outcomes of leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.assembled import Assembled, account_for
from salesmetrics.ingest.derive.lookups import COMPLETED, fill_by_key, named_territories, regions_of_reps
from salesmetrics.ingest.derive.order_halves import without_partner
from salesmetrics.ingest.keep import keep, kept_by_sheet
from salesmetrics.ingest.relation import Relation, select, union
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.tables import LOOKUPS


def gather_lists(
    connection: duckdb.DuckDBPyConnection, found_lists: Mapping[str, Sequence[Typed]], result: Assembled
) -> dict[str, Relation]:
    """Give every list that was recognised, one row a key."""
    lists: dict[str, Relation] = {}
    for name, table in LOOKUPS.items():
        found = found_lists.get(name, ())
        if not found:
            continue
        if name == "region_managers":
            for typed in found:
                result.unused[typed.number] = _("It names managers by region and no reps, so it is not used.")
            continue
        key = table.key[0] if table.key else None
        kept, left = keep(
            connection, name, union(connection, [typed.rows for typed in found]), table.required, key
        )
        account_for(connection, kept, left, result)
        lists[name] = kept
    return lists


def add_outcomes(
    connection: duckdb.DuckDBPyConnection,
    leads: Relation,
    found: Sequence[tuple[Typed, Relation]],
    result: Assembled,
) -> Relation:
    """Complete leads with what became of them, from a sheet keyed by lead."""
    if not found:
        return leads
    numbers = [typed.number for typed, _relation in found]
    if not leads.has("lead_id"):
        for number in numbers:
            result.unused[number] = _("It completes leads by lead_id, which the leads have not.")
        return leads
    listed = union(connection, [relation for _typed, relation in found])
    kept, left = keep(connection, "lead_outcomes", listed, ("lead_id",), "lead_id")
    account_for(connection, kept, left, result)
    columns = sorted(kept.columns - {"lead_id"})
    for column in columns:
        leads = fill_by_key(connection, leads, "lead_id", kept, "lead_id", column)
    unmatched = without_partner(connection, kept, leads, "lead_id")
    said = [_("It completes the leads by lead_id: {columns}.").format(columns=", ".join(columns))]
    if unmatched:
        message = ngettext(
            "{n} row names a lead that is not in the list.",
            "{n} rows name a lead that is not in the list.",
            unmatched,
        )
        said.append(message.format(n=unmatched))
    result.findings.say(numbers, said)
    return select(connection, f"SELECT * FROM {leads.name}", leads.columns, keep=True)


def look_up(
    connection: duckdb.DuckDBPyConnection,
    staged: dict[str, Relation],
    lists: dict[str, Relation],
    result: Assembled,
) -> None:
    """Fill the columns of `staged` that the lists give by key, and say so; the other lists are unused."""
    used: set[str] = set()
    territories = named_territories(connection, lists.get("territories"), lists.get("regions"))
    if territories is not None:
        lists["territories"] = territories
        used.update({"territories", "regions"} if lists["territories"].has("region_id") else {"territories"})
    for name, known in lists.items():
        for table, key, column in COMPLETED.get(name, ()):
            if table in staged and staged[table].has(key) and known.has(column):
                staged[table] = fill_by_key(connection, staged[table], key, known, key, column)
                used.add(name)
                said = _("It gives {table} their {column} by {key}.")
                _say(connection, known, result, table, said.format(table=table, column=column, key=key))
    covered = lists.get("rep_territories")
    if covered is not None and territories is not None and "reps" in staged:
        one, many = regions_of_reps(connection, covered, territories)
        staged["reps"] = fill_by_key(connection, staged["reps"], "rep_id", one, "rep_id", "region")
        used.add("rep_territories")
        said = _("A rep's region is that of the territories covered, where all lie in one.")
        if many:
            message = ngettext(
                "{n} rep covers several regions and has none.",
                "{n} reps cover several regions and have none.",
                many,
            )
            said += " " + message.format(n=many)
        for relation in (covered, territories, lists.get("regions")):
            if relation is not None:
                _say(connection, relation, result, "reps", said)
    for name, known in lists.items():
        if name not in used and not any(sheet in result.completes for sheet in kept_by_sheet(connection, known)):
            for sheet in kept_by_sheet(connection, known):
                result.unused[sheet] = _("There is no table for it to complete.")


def _say(
    connection: duckdb.DuckDBPyConnection, relation: Relation, result: Assembled, table: str, said: str
) -> None:
    for sheet in kept_by_sheet(connection, relation):
        result.completes[sheet] = table
        result.findings.say([sheet], [said])
