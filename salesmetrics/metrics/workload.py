"""Workload: what reps have on their desks, who has too much, and where hands are missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from salesmetrics.analysis.workload import Desk, Team, extra_reps
from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import divide, nothing, reasons
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per, Placed
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Unit
from salesmetrics.model.derived.workload import DEAL, LEAD, RECENT_LEAD, REP

GRACE_HOURS = 72
"""Hours after which a lead without an answer counts as unanswered."""

_INPUTS = ("reps.rep_id", "opportunities.opportunity_id", "opportunities.status", "opportunities.rep_id")
_PLACED_BY = _("last day of the period")


def _of(kind: str) -> Expression:
    return lambda t: t.kind == kind


def _is_item(t: ir.Table) -> ir.BooleanValue:
    return t.kind.isin([LEAD, DEAL])


def _count(name: str, where: Expression) -> Measure:
    return Measure(
        name, "workload", "snapshot", Aggregate.COUNT, where=where, inputs=_INPUTS, placed=Placed.AT_END
    )


_LOAD = (
    ("load", lambda t: t.count(where=_is_item(t))),
    ("most", lambda t: t.capacity.max(where=t.kind == REP).cast("float64")),
)
_ANSWERS = (
    ("waited", lambda t: t.wait_hours.quantile(0.5, where=t.wait_hours >= 0)),
    ("old", lambda t: t.count(where=t.age_hours > GRACE_HOURS)),
    ("without", lambda t: t.count(where=(t.age_hours > GRACE_HOURS) & t.wait_hours.isnull())),
)


def _desk_list(name: str, per: Per, **fields: str) -> Measure:
    """List each rep's desk, under the names that `Desk` gives to its figures."""

    def desk(t: ir.Table) -> ir.StructValue:
        return ibis.struct({field: t[column] for field, column in fields.items()})

    return Measure(
        name, "workload", "snapshot", Aggregate.LIST, desk, inputs=_INPUTS, per=per, placed=Placed.AT_END
    )


_FIELDS = {"rep": "rep", "load": "load", "capacity": "most"}
_LOADS = _desk_list(
    "rep_loads", Per("rep_load", ("rep",), _LOAD, where=lambda t: t.kind != RECENT_LEAD), **_FIELDS
)
_DESKS = _desk_list(
    "rep_desks", Per("rep_desk", ("rep",), (*_LOAD, *_ANSWERS)), **_FIELDS, wait="waited", unanswered="without",
    old="old",
)  # fmt: skip
_OPEN = (
    _count("open_items", _is_item), _count("current_reps", _of(REP)), _count("leads_on_desks", _of(LEAD)),
    _count("deals_on_desks", _of(DEAL)),
)  # fmt: skip


def _desks(listed: object) -> list[Desk]:
    rows = listed if isinstance(listed, (list, np.ndarray)) else []
    return [
        Desk(row["rep"], **{name: _known(figure) for name, figure in row.items() if name != "rep"}) for row in rows
    ]


def _known(figure: float | None) -> float:
    return float("nan") if figure is None else float(figure)


def _teams(cells: Cells, listed: str) -> list[tuple[list[Desk], Team]]:
    """Give for each row its desks, and the team of all rows of its period."""
    rows = [_desks(row) for row in cells[listed]]
    spans = cells.rows.span.tolist()
    everyone: dict[int, list[Desk]] = {}
    for span, desks in zip(spans, rows, strict=True):
        everyone.setdefault(span, []).extend(desks)
    teams = {span: Team.of(desks) for span, desks in everyone.items()}
    return [(desks, teams[span]) for span, desks in zip(spans, rows, strict=True)]


def _figures(found: list[float]) -> Numbers:
    return np.array(found, dtype=float)


def _of_desks(teams: list[tuple[list[Desk], Team]]) -> Mapping[str, Numbers]:
    """Give what a desk may hold where a row is one rep, and the hands that are missing where it is several."""
    return {
        "limit": _figures([team.limit(desks[0]) if len(desks) == 1 else np.nan for desks, team in teams]),
        "over_limit": _figures([sum(map(team.is_full, desks)) for desks, team in teams]),
        "extra_reps": _figures([extra_reps([desk.load for desk in desks]) for desks, _team in teams]),
    }


def _load(cells: Cells) -> Outcome:
    outcome = divide(cells, cells["open_items"], cells["current_reps"])
    details = {
        "open_leads": cells["leads_on_desks"],
        "open_deals": cells["deals_on_desks"],
        **_of_desks(_teams(cells, "rep_loads")),
    }
    return replace(outcome.absent(cells["current_reps"] == 0, "no_rows"), details=details)


REP_WORKLOAD = Metric(
    id="rep_workload",
    title=_("Workload"),
    title_zh="工作负荷",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    tells=_("How many open leads and open deals a rep has on the desk."),
    formula_text=_("open leads + open deals of reps who are employed / these reps, on the last day"),
    source="S3",
    measures=(*_OPEN, _LOADS),
    evaluate=_load,
    n="current_reps",
    placed_by=_PLACED_BY,
    traps=_(
        "What belongs to no rep, or to one who has left, is on nobody's desk. Without a file of leads it is deals"
        " only."
    ),
)


def _overloaded(cells: Cells) -> Outcome:
    teams = _teams(cells, "rep_desks")
    flagged = _figures([sum(map(team.is_overloaded, desks)) for desks, team in teams])
    reps = cells["current_reps"]
    one: list[Any] = [desks[0] if len(desks) == 1 else None for desks, _team in teams]
    details = {
        "load": cells["open_items"],
        "unanswered_rate": _figures([desk.unanswered_rate if desk else np.nan for desk in one]),
        "response_median": _figures([desk.wait if desk else np.nan for desk in one]),
        **_of_desks(teams),
    }
    warnings = {
        "overload_by_load_alone": np.array([not team.answers_known for _desks, team in teams], dtype=bool),
        "all_overloaded": (flagged == reps) & (reps > 1),
    }
    outcome = Outcome(flagged, flagged, nothing(cells), reasons(cells), details, warnings)
    return outcome.absent(reps == 0, "no_rows")


OVERLOAD_FLAG = Metric(
    id="overload_flag",
    title=_("Overloaded reps"),
    title_zh="超载",
    unit=Unit.COUNT,
    better=Better.LOWER,
    tells=_("How many reps have more on the desk than they can carry, so that leads wait for them."),
    formula_text=_(
        "reps above their capacity (none said: above Q3 + 1.5 x IQR of all reps) whose leads of the last 90 days"
        " waited longer than the median rep's, or were left unanswered more often than the team's"
    ),
    source="S3",
    measures=(*_OPEN[:2], _DESKS),
    evaluate=_overloaded,
    n="current_reps",
    placed_by=_PLACED_BY,
    additive=True,
    traps=_("A full desk alone is no overload: who answers as fast as the others carries it well."),
)

WORKLOAD_METRICS = (REP_WORKLOAD, OVERLOAD_FLAG)
