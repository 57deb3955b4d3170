"""Training: how much of it reps get, and whether those who get more do better afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray

from salesmetrics.analysis.ranks import Together, together
from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import nothing, over, ratio
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Unit
from salesmetrics.metrics.quota import QUOTA
from salesmetrics.metrics.team import HIRED, REP_DAYS, REP_DIMENSIONS
from salesmetrics.model import tenure
from salesmetrics.model.derived.training import NO_TRAINING

TRAINING = ("training.rep_id", "training.date", "training.hours")
FEWEST = 8
"""Reps and quarters below which hours and attainment are not set against each other."""

Listed = Sequence[Mapping[str, Any]]


def _hours(
    name: str, aggregate: Aggregate, value: Expression | None = None, where: Expression | None = None,
    per: Per | None = None,
) -> Measure:  # fmt: skip
    return Measure(name, "training_session", "date", aggregate, value, where, (*TRAINING, *HIRED), per)


def _of(listed: Any) -> Listed:
    return list(listed) if isinstance(listed, (list, np.ndarray)) else []


_BY_TOPIC = Per(
    "topic",
    ("topic",),
    (("topic_hours", lambda t: t.hours.cast("float64").sum()),),
    where=lambda t: t.hire_date.notnull(),
)
# Hours of reps whose hire date is unknown leave the numerator, as their days are missing below it.
HOURS = _hours("training_hours", Aggregate.SUM, lambda t: t.hours, lambda t: t.hire_date.notnull())
ALL_HOURS = _hours("all_training_hours", Aggregate.SUM, lambda t: t.hours)
TRAINED = _hours("reps_trained", Aggregate.DISTINCT, lambda t: t.rep_id, lambda t: t.hours > 0)
SESSIONS = _hours("training_sessions", Aggregate.COUNT)
HOURS_BY_TOPIC = _hours(
    "hours_by_topic", Aggregate.LIST, lambda t: ibis.struct({"topic": t.topic, "hours": t.topic_hours}), per=_BY_TOPIC
)  # fmt: skip


def _average_reps(cells: Cells) -> Numbers:
    return over(cells["rep_days"], cells.rows.days)


def _by_name(lists: NDArray[np.object_], name: str, figure: str) -> dict[str, Numbers]:
    """Turn lists of (name, figure) into an array over the rows for each name, in the order of the names."""
    found = [{str(one[name]): float(one[figure]) for one in _of(listed)} for listed in lists]
    names = sorted({each for row in found for each in row})
    return {each: np.array([row.get(each, np.nan) for row in found]) for each in names}


def _training_hours(cells: Cells) -> Outcome:
    outcome = ratio("training_hours", _average_reps)(cells)
    reps = _average_reps(cells)
    topics = _by_name(cells["hours_by_topic"], "topic", "hours")
    details = {"reps_trained": cells["reps_trained"]}
    details |= {f"topic: {topic}": over(hours, reps) for topic, hours in topics.items()}
    return replace(outcome, details=details)


TRAINING_HOURS_PER_REP = Metric(
    id="training_hours_per_rep",
    title=_("Training per rep"),
    title_zh="人均培训时长",
    unit=Unit.HOURS,
    better=Better.NEITHER,
    tells=_("How many hours of training the average rep had; those without any count."),
    formula_text=_("hours of training / average number of reps employed"),
    source="S0 S1 S3 S4",
    measures=(HOURS, REP_DAYS, ALL_HOURS, TRAINED, SESSIONS, HOURS_BY_TOPIC),
    evaluate=_training_hours,
    n="training_sessions",
    coverage=("training_hours", "all_training_hours"),
    placed_by="date of the training",
    dimensions=REP_DIMENSIONS,
    traps=_("Hours say nothing about what was learnt."),
)

_REP_QUARTER = Per(
    "rep_quarter",
    ("rep_id", "quarter"),
    (
        ("all_hours", lambda t: t.hours.max()),
        ("change", lambda t: t.after.max() - t.before.max()),
        ("band", lambda t: t.tenure_at_quarter.max()),
    ),
)
_TOPIC_QUARTER = Per(
    "topic_quarter",
    ("topic", "quarter"),
    (("reps", lambda t: t.count()), ("change", lambda t: (t.after - t.before).sum())),
)


def _effect(name: str, aggregate: Aggregate, per: Per, value: Expression | None = None) -> Measure:
    return Measure(
        name, "training_effect", "quarter", aggregate, value, inputs=(*TRAINING, *QUOTA, "orders.rep_id"), per=per
    )


REP_QUARTERS = _effect("rep_quarters", Aggregate.COUNT, _REP_QUARTER)
CHANGES = _effect(
    "changes", Aggregate.LIST, _REP_QUARTER,
    lambda t: ibis.struct(
        {"quarter": t.quarter.cast("string"), "hours": t.all_hours, "change": t.change, "band": t.band}
    ),
)  # fmt: skip
TOPIC_CHANGES = _effect(
    "topic_changes", Aggregate.LIST, _TOPIC_QUARTER,
    lambda t: ibis.struct(
        {"quarter": t.quarter.cast("string"), "topic": t.topic, "reps": t.reps, "change": t.change}
    ),
)  # fmt: skip


def _correlated(rows: Listed) -> Together | None:
    if len(rows) < FEWEST:
        return None
    hours, changes, quarters = ([row[name] for row in rows] for name in ("hours", "change", "quarter"))
    return together(hours, changes, quarters)


def _effects(listed: Any) -> dict[str, tuple[float, int]]:
    """Give for each topic how much more attainment changed after it than without training, and over how many reps.

    Reps of one quarter are set against those of the same quarter who had no training at all.
    """
    counts = {(str(row["quarter"]), str(row["topic"])): row for row in _of(listed)}
    sums: dict[str, list[float]] = {}
    for (quarter, topic), row in counts.items():
        peers = counts.get((quarter, NO_TRAINING))
        if topic == NO_TRAINING or peers is None:
            continue
        total = sums.setdefault(topic, [0.0, 0])
        total[0] += float(row["change"]) - float(row["reps"]) * float(peers["change"]) / float(peers["reps"])
        total[1] += int(row["reps"])
    return {topic: (more / reps, int(reps)) for topic, (more, reps) in sums.items()}


def _columns(found: Sequence[Mapping[str, float]]) -> dict[str, Numbers]:
    """Turn the figures of each row into an array over the rows for each name."""
    names = list(dict.fromkeys(name for row in found for name in row))
    return {name: np.array([row.get(name, np.nan) for row in found], dtype=float) for name in names}


def _figures(rows: Listed, topics: Any) -> dict[str, float]:
    whole = _correlated(rows)
    found = {"p": whole.p if whole else np.nan}
    for band in tenure.ORDER:
        inside = [row for row in rows if row["band"] == band]
        part = _correlated(inside)
        if part is not None:
            found |= {f"rho: {band}": part.rho, f"p: {band}": part.p, f"cases: {band}": len(inside)}
    for topic, (more, reps) in sorted(_effects(topics).items()):
        found |= {f"effect: {topic}": more, f"reps: {topic}": reps}
    return found


def _training_vs_performance(cells: Cells) -> Outcome:
    rows = [_of(listed) for listed in cells["changes"]]
    found = [_correlated(each) for each in rows]
    why = [
        "no_rows" if not len(each) else "n_too_small" if len(each) < FEWEST
        else "model_not_identified" if one is None else None
        for each, one in zip(rows, found, strict=True)
    ]  # fmt: skip
    value = np.array([one.rho if one else np.nan for one in found])
    details = _columns([_figures(each, topics) for each, topics in zip(rows, cells["topic_changes"], strict=True)])
    warnings = {"regression_to_the_mean": ~np.isnan(value)}
    return Outcome(value, nothing(cells), nothing(cells), np.array(why, dtype=object), details, warnings)


TRAINING_VS_PERFORMANCE = Metric(
    id="training_vs_performance",
    title=_("Training and performance"),
    title_zh="培训与业绩",
    unit=Unit.INDEX,
    better=Better.HIGHER,
    tells=_("Whether reps with more training in a quarter gained more quota attainment by the next."),
    formula_text=_(
        "rank correlation (-1 to 1) of hours in a calendar quarter with the change of attainment to the next"
    ),
    source="S0 S1 S3",
    measures=(CHANGES, TOPIC_CHANGES, REP_QUARTERS, SESSIONS),
    evaluate=_training_vs_performance,
    n="rep_quarters",
    placed_by="first day of the quarter",
    dimensions=REP_DIMENSIONS,
    traps=_("Who is sent to training after a weak quarter recovers anyway. It takes 8 reps and quarters."),
)

TRAINING_METRICS = (TRAINING_HOURS_PER_REP, TRAINING_VS_PERFORMANCE)
