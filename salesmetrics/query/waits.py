"""How long leads waited for their first answer, what became of them, and when in the week they came in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import ibis
import ibis.expr.types as ir
import numpy as np

from salesmetrics.engine import Engine, default_engine
from salesmetrics.metrics.leads import HORIZON
from salesmetrics.metrics.response import GRACE, SLA, in_hours, is_answered
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.listed import parts_of
from salesmetrics.query.placing import Lot, Scan, lots, placed_rows
from salesmetrics.query.plan import shape
from salesmetrics.query.prepare import Prepared
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.resolve import Asked, resolve
from salesmetrics.query.result import Columns

METRICS = ("response_within_sla", "unanswered_rate", "lead_conversion_rate")
"""The metrics whose leads are looked at: what a request for them asks."""

EDGES = (0.25, 4.0, 24.0, 72.0)
"""Hours at which one kind of wait ends and the next begins, beside the agreed time."""

BLOCK = 3
"""Hours of the day that are told together."""


@dataclass(frozen=True)
class Wait:
    """Leads that waited more than `over` hours and at most `up_to`.

    `answered` False means that no answer has come: `up_to` is endless for those older than the grace hours.
    `judged` counts the leads that have had the whole horizon, `converted` those of them that became customers.
    """

    over: float
    up_to: float
    answered: bool
    leads: int
    judged: int
    converted: int


@dataclass(frozen=True)
class Arrival:
    """Leads that came in on an ISO `weekday` in the three hours from `hour`: how many, how many answered in time."""

    weekday: int
    hour: int
    leads: int
    in_time: int


@dataclass(frozen=True)
class Waits:
    """The leads of a period by their wait, from short to long, and by when they came in.

    `sla` are the agreed minutes, `grace` hours, `horizon` days (or `none`). `arrivals` is empty where the file
    names no time of day, `judged` tells whether it says what became of leads.
    """

    sla: int
    grace: int
    horizon: str
    waits: tuple[Wait, ...]
    arrivals: tuple[Arrival, ...]
    judged: bool


def waits(data: Dataset, query: MetricQuery, engine: Engine | None = None) -> Waits | None:
    """Count the leads of a request for `METRICS` by how long they waited and when they came in.

    None where there are none, or where no file tells of answers. All counts are the engine's. Raises QueryError
    like `compute`.
    """
    engine = engine or default_engine()
    due, never, became = resolve(engine, data, query)
    if due.reason is not None:
        return None
    [part] = parts_of(engine, data, query, due)
    [lot] = lots(part.scan, [span.period for span in due.spans])
    relation = Prepared(engine, data, query.as_of).relation(part.scan.relation)
    settings = due.settings[SLA.name], never.settings[GRACE.name], became.settings[HORIZON.name]
    known = became if became.reason is None else None
    told = (*settings, became.settings["disqualified"], known is not None)
    written = engine.statement(
        ("waits", *shape(part.scan, lot, relation, ()), *told), relation,
        partial(_counted, part.scan, lot, due, never, known),
    )  # fmt: skip
    found = engine.columns(written, relation, lot.fill(part.scan))
    if not len(found["leads"]):
        return None
    return Waits(
        int(settings[0]), int(settings[1]), settings[2], tuple(_kinds(found, *settings[:2])),
        tuple(_arrivals(found)), known is not None,
    )  # fmt: skip


def edges(sla: str) -> tuple[float, ...]:
    """Give the hours at which kinds of wait end, the agreed time among them; the last has no end.

    >>> edges("60")
    (0.25, 1.0, 4.0, 24.0, 72.0, inf)
    """
    return (*sorted({*EDGES, in_hours(sla)}), math.inf)


def _meant(one: Asked, name: str, rows: ir.Table) -> ir.BooleanValue:
    """Tell the leads that count for the measure of a metric whose name begins so."""
    [where] = [measure.where for measure in one.measures if measure.name.startswith(name)]
    if where is None:
        raise TypeError(f"{name} counts every lead")
    return where(rows)


def _counted(scan: Scan, lot: Lot, due: Asked, never: Asked, became: Asked | None, relation: ir.Table) -> ir.Table:
    rows = placed_rows(scan, lot, relation)
    rows = rows.filter(rows.answers_told)
    unanswered, answered = _meant(never, "unanswered_", rows), is_answered(rows)
    ends = edges(due.settings[SLA.name])
    kinds = [(answered & (rows.wait_hours <= end), place) for place, end in enumerate(ends[:-1])]
    kinds += [(answered, len(ends) - 1), (unanswered, len(ends)), (rows.responded_at.isnull(), len(ends) + 1)]
    nobody = ibis.literal(False)
    judged, converted = (
        (_meant(became, "mature_leads_", rows), _meant(became, "converted_leads_", rows))
        if became
        else (nobody, nobody)
    )
    rows = rows.mutate(
        # What is answered before it came in is of no kind.
        kind=ibis.cases(*kinds, else_=-1),
        weekday=rows.created_at.day_of_week.index() + 1,
        hour=rows.created_at.hour() // BLOCK * BLOCK,
        has_time=(rows.created_at.hour() != 0) | (rows.created_at.minute() != 0),
        is_due=_meant(due, "leads_due_", rows),
        in_time=_meant(due, "answered_within_", rows),
        judged=judged,
        converted=converted,
    )
    rows = rows.group_by("kind", "weekday", "hour").aggregate(
        leads=rows.count(),
        due=rows.is_due.sum(),
        in_time=rows.in_time.sum(),
        judged=rows.judged.sum(),
        converted=rows.converted.sum(),
        with_time=rows.has_time.sum(),
    )
    return rows.order_by("kind", "weekday", "hour")


def _kinds(found: Columns, sla: str, grace: str) -> Iterator[Wait]:
    ends = (0.0, *edges(sla))
    spans = [(*span, True) for span in pairwise(ends)]
    spans += [(float(grace), math.inf, False), (0.0, float(grace), False)]
    for place, (over, up_to, answered) in enumerate(spans):
        of_kind = found["kind"] == place
        leads, judged, converted = (
            int(np.nansum(found[name][of_kind])) for name in ("leads", "judged", "converted")
        )
        yield Wait(over, up_to, answered, leads, judged, converted)


def _arrivals(found: Columns) -> Iterator[Arrival]:
    if not np.nansum(found["with_time"]):
        return
    for weekday in range(1, 8):
        for hour in range(0, 24, BLOCK):
            then = (found["weekday"] == weekday) & (found["hour"] == hour)
            leads = int(np.nansum(found["due"][then]))
            if leads:
                yield Arrival(weekday, hour, leads, int(np.nansum(found["in_time"][then])))
