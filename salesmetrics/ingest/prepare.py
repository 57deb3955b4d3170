"""Prepare one typed sheet for its table: what its own columns let us derive, before sheets meet."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.derive.choices import (
    choice,
    feedback_kind,
    kind_of_activity,
    quota_scope,
    spend_kind,
)
from salesmetrics.ingest.derive.deals import close_of_deal, status_of_deal
from salesmetrics.ingest.derive.line_money import amount_of_line, cost_of_line, discount_of_line
from salesmetrics.ingest.derive.names import full_name
from salesmetrics.ingest.derive.periods import whole_period
from salesmetrics.ingest.derive.step import Step
from salesmetrics.ingest.relation import Findings, Relation, apply, select
from salesmetrics.ingest.typed import Typed

_NAMES_FOR_IDS = (("rep_id", "rep_name"), ("customer_id", "customer_name"))


def prepared(
    connection: duckdb.DuckDBPyConnection, typed: Typed, relation: Relation, findings: Findings
) -> Relation:
    """Give `relation`, the rows of `typed`, with every column that its own columns let us derive, and say so."""
    if (preset := typed.recognition.preset) is not None:
        said = _("Its headers are those of a {origin} export of {holds}.")
        findings.say([typed.number], [said.format(origin=preset.origin, holds=_(preset.holds))])
    for rule in _rules(connection, typed, relation):
        relation = apply(connection, relation, rule(relation.columns), findings, [typed.number])
    return _ids_from_names(connection, relation, findings, typed.number)


_Rule = Callable[[frozenset[str]], Step]


def _rules(connection: duckdb.DuckDBPyConnection, typed: Typed, relation: Relation) -> list[_Rule]:
    """List the rules for the table of `typed`, in order; each sees the columns that those before it left."""

    def words(column: str) -> list[str]:
        return _words(connection, relation, column)

    def choose(column: str) -> _Rule:
        return lambda columns: choice(table, column, words(column)) if column in columns else Step()

    table, name = typed.table or "", typed.sheet.name or typed.sheet.file
    priced = not relation.has("amount")
    stage = "stage" if relation.has("stage") else "stage_id"
    rules: dict[str, list[_Rule]] = {
        "orders": [
            amount_of_line,
            lambda columns: discount_of_line(columns, amount_derived=priced),
            cost_of_line,
        ],
        "opportunities": [
            _stage,
            lambda columns: status_of_deal(columns, words("status"), words(stage)),
            close_of_deal,
        ],
        "reps": [_rep_name, lambda columns: _key_from_name(columns, "rep_id")],
        "customers": [lambda columns: _key_from_name(columns, "customer_id")],
        "leads": [choose("status"), _lead_status],
        "activities": [choose("direction"), lambda columns: kind_of_activity(words("type"))],
        "quotas": [choose("scope"), choose("measure"), quota_scope, _measure, whole_period],
        "spend": [choose("kind"), lambda columns: spend_kind(columns, name)],
        "feedback": [choose("kind"), lambda columns: feedback_kind(columns, name)],
        "market_size": [whole_period],
    }
    return rules.get(table, [])


def _words(connection: duckdb.DuckDBPyConnection, relation: Relation, column: str) -> list[str]:
    if not relation.has(column):
        return []
    query = (
        f'SELECT "{column}" FROM {relation.name} WHERE "{column}" IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1'
    )
    return [row[0] for row in connection.execute(query).fetchall()]


def _stage(columns: frozenset[str]) -> Step:
    if "stage" in columns or "stage_id" not in columns:
        return Step()
    return Step({"stage": "stage_id"}, (_("There is no stage name: the stage's id stands for it."),))


def _rep_name(columns: frozenset[str]) -> Step:
    whole = full_name(columns)
    if whole is None:
        return Step()
    own = "coalesce(name, " if "name" in columns else "("
    return Step({"name": f"{own}{whole})"}, (_("A rep's name is given name and family name."),))


def _key_from_name(columns: frozenset[str], key: str) -> Step:
    if key in columns or "name" not in columns:
        return Step()
    return Step({key: "name"}, (_("There is no id: the name stands for it."),))


def _lead_status(columns: frozenset[str]) -> Step:
    if "status" in columns or "is_converted" not in columns:
        return Step()
    return Step({"status": "CASE WHEN is_converted THEN 'converted' WHEN NOT is_converted THEN 'open' END"})


def _measure(columns: frozenset[str]) -> Step:
    return Step({"measure": "coalesce(measure, 'revenue')" if "measure" in columns else "'revenue'"})


def _ids_from_names(
    connection: duckdb.DuckDBPyConnection, relation: Relation, findings: Findings, sheet: int
) -> Relation:
    for key, name in _NAMES_FOR_IDS:
        if relation.has(name) and not relation.has(key):
            others = ", ".join(f'"{column}"' for column in ("sheet_no", "row", *sorted(relation.columns - {name})))
            relation = select(
                connection,
                f"SELECT {others}, {name} AS {key} FROM {relation.name}",
                relation.columns - {name} | {key},
                as_staged=relation.as_staged,
            )
            findings.say([sheet], [_("There is no {key}: the name stands for it.").format(key=key)])
    return relation
