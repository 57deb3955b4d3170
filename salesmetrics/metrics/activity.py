"""What reps do: contacts made on a working day, and weeks in which enough of them were made."""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir
import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import divide, ratio
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Parameter, Unit
from salesmetrics.metrics.team import HIRED, REP_DIMENSIONS
from salesmetrics.model.derived.activity import AUTO, OUT
from salesmetrics.model.derived.headcount import WEEK_DAYS

WEEKDAYS = range(1, WEEK_DAYS + 1)
"""ISO weekdays: which of them people work on, and with which a week starts, is settled after counting."""

MONTHS_IN_YEAR, DAYS_IN_YEAR = 12, 365.25
ACTIVITIES = ("activities.rep_id", "activities.at", "activities.type")
PLACED_BY = _("day of the activity")

_TRAPS = _("Mails that a machine sent do not count. Reps who did nothing do, on every day they were employed.")


def _of_day(
    name: str, how: Aggregate, value: Expression | None = None, where: Expression | None = None
) -> Measure:
    return Measure(name, "contact_day", "day", how, value, where, (*ACTIVITIES, *HIRED))


def on_weekday(day: int) -> Expression:
    """Keep the rows of one ISO weekday."""
    return lambda t: t.weekday == day


def _is_contact(t: ir.Table) -> ir.BooleanValue:
    return (t.direction == OUT) & (t.type != AUTO)


def _of_activity(name: str, where: Expression) -> Measure:
    return Measure(name, "activity", "day", Aggregate.COUNT, where=where, inputs=ACTIVITIES)


CONTACTS = _of_day("contacts", Aggregate.SUM, lambda t: t.contacts)
DAYS_BY_WEEKDAY = tuple(
    _of_day(f"employed_on_weekday_{day}", Aggregate.COUNT, where=on_weekday(day)) for day in WEEKDAYS
)
ALL_CONTACTS = _of_activity("contacts_of_anyone", _is_contact)
CONTACTS_OF_HIRED = _of_activity("contacts_of_hired", lambda t: _is_contact(t) & t.hire_date.notnull())


def working_days(cells: Cells) -> Numbers:
    """Give the days that reps were employed and that fall on weekdays on which the company works."""
    worked = [cells[f"employed_on_weekday_{day}"] for day in cells.conventions.working_days]
    return np.sum(worked, axis=0) if worked else np.zeros(cells.size)


def _stretches(cells: Cells) -> Numbers:
    """Give working days in the unit that contacts are counted for: days, weeks or months of work."""
    in_week = len(cells.conventions.working_days)
    in_month = in_week * DAYS_IN_YEAR / MONTHS_IN_YEAR / WEEK_DAYS
    days = {"day": 1.0, "week": in_week, "month": in_month}[cells.parameters["per"]]
    return working_days(cells) / days if days else np.zeros(cells.size)


ACTIVITIES_PER_REP = Metric(
    id="activities_per_rep",
    title=_("Contacts per rep"),
    title_zh="每日/周/月联系量",
    unit=Unit.COUNT,
    better=Better.HIGHER,
    tells=_("How many calls, mails and meetings a rep makes on a working day."),
    formula_text=_("outbound activities / working days that reps were employed"),
    source="S3",
    measures=(CONTACTS, *DAYS_BY_WEEKDAY, CONTACTS_OF_HIRED, ALL_CONTACTS),
    evaluate=ratio("contacts", _stretches),
    n="contacts",
    coverage=("contacts_of_hired", "contacts_of_anyone"),
    dimensions=REP_DIMENSIONS,
    placed_by=PLACED_BY,
    parameters=(
        Parameter("per", "day", _("the stretch of work that contacts are counted for"), ("day", "week", "month")),
    ),
    traps=_TRAPS,
)


def _expected_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    expected = int(settings["expected"])

    def ends(t: ir.Table, day: int) -> ir.BooleanValue:
        """Tell the days with which a week ends that lies in the period and was worked in full."""
        return (t.weekday == day) & (t.days_of_week == WEEK_DAYS) & (t.week_starts >= t.period_start)

    def weeks(day: int) -> Measure:
        return _of_day(f"weeks_to_weekday_{day}", Aggregate.COUNT, where=lambda t: ends(t, day))

    def met(day: int) -> Measure:
        return _of_day(
            f"weeks_with_{expected}_to_weekday_{day}", Aggregate.COUNT,
            where=lambda t: ends(t, day) & (t.contacts_of_week >= expected),
        )  # fmt: skip

    return (
        *(weeks(day) for day in WEEKDAYS), *(met(day) for day in WEEKDAYS), CONTACTS_OF_HIRED, ALL_CONTACTS,
        Measure("rep_days_seen", "contact_day", "day", Aggregate.COUNT, inputs=ACTIVITIES),
    )  # fmt: skip


def _expected(cells: Cells) -> Outcome:
    last = (cells.conventions.week_start - 2) % WEEK_DAYS + 1
    met, weeks = (
        cells[f"weeks_{named}to_weekday_{last}"] for named in (f"with_{cells.parameters['expected']}_", "")
    )
    return divide(cells, met, weeks).absent((weeks == 0) & (cells["rep_days_seen"] > 0), "n_too_small")


CONTACT_EXPECTATION_RATE = Metric(
    id="contact_expectation_rate",
    title=_("Weeks with enough contacts"),
    title_zh="联系量达标率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How often a rep makes as many contacts in a week as are expected."),
    formula_text=_("weeks of a rep with at least the expected contacts / full weeks of reps"),
    source="S3",
    measures=_expected_measures,
    evaluate=_expected,
    n="rep_days_seen",
    coverage=("contacts_of_hired", "contacts_of_anyone"),
    dimensions=REP_DIMENSIONS,
    placed_by=PLACED_BY,
    parameters=(Parameter("expected", "25", _("contacts that a rep is expected to make in a week")),),
    traps=_("Only weeks count that lie wholly in the period and in which the rep was employed on every day."),
)

ACTIVITY_METRICS = (ACTIVITIES_PER_REP, CONTACT_EXPECTATION_RATE)
