"""The agenda of the next review, made from what changed: KPIs, drivers, targets and actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from salesmetrics.analysis.kpi_status import Status, named_period
from salesmetrics.analysis.reviews import QUARTERLY, Review, due, next_review, overdue_actions
from salesmetrics.analysis.target_review import review, seasonal_share
from salesmetrics.charts.values import compact, day_name, period_name
from salesmetrics.charts.why_words import sentences
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _, ngettext
from salesmetrics.model.calendar import Grain, Period, add_months, bucket
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.kpis import SEASON, KpiLine, season_of
from salesmetrics.query.request import Compare, Filter, MetricQuery
from salesmetrics.query.running_quotas import REVIEWED, running_quotas
from salesmetrics.query.why import SUBJECTS, Why, why
from ui import answers, kpis, reviews
from ui.datasets import Opened
from ui.selection import Selection
from ui.text import plain

_LED_BY = {"revenue": "orders", "won_value": "opportunities", "leads": "leads"}
"""What a review begins with, by the table that it needs; the first that the data has."""

MOST_LINES = 10
"""Lines of one part of the agenda: a meeting does not get through more."""

MOST_QUOTAS, MOST_EXPLAINED = 5, 3
"""So many targets are named, and so many KPIs are told with how they moved."""


def draw(opened: Opened, on: Selection, lines: Sequence[KpiLine], held: Sequence[Review], every: str) -> None:
    """Draw what the next review is about: KPIs that slip, what changed, targets to look at again, overdue actions."""
    data, day = opened.data, reviews.as_of(opened.data)
    coming = next_review(held, day, every)
    period = reviewed(coming, on, day, every)
    st.subheader(_("Agenda of the next review"))
    with st.container(border=True, key="review_agenda"):
        st.markdown(plain(_when(coming, held, period, day)))
        with st.spinner(_("Looking for what changed …")):
            slipping, changed = _slipping(data, on, lines), _changed(data, on, period)
        _part(_("KPIs to talk about"), slipping, _no_kpi(lines))
        _part(
            _("What changed most"),
            changed,
            _("The data holds nothing that could be taken apart."),
        )
        _part(_("Targets to look at again"), *_targets(data, on))
        late = [
            " · ".join(
                part for part in (one.what, one.owner, _("due {day}").format(day=day_name(one.due)) if one.due else "")
                if part
            )
            for one in overdue_actions(held, day)
        ]  # fmt: skip
        unnamed = sum(one.open for one in held)
        if unnamed:
            late.append(
                ngettext(
                    "{n} action that a file counts as open, without saying what it is.",
                    "{n} actions that a file counts as open, without saying what they are.",
                    unnamed,
                ).format(n=unnamed)
            )
        _part(_("Actions to close"), late, _("No action is overdue."))
        st.caption(plain(_("Everything as of {day}, the last day of the data.").format(day=day_name(day))))


def _no_kpi(lines: Sequence[KpiLine]) -> str:
    """Say why there is no KPI to talk about."""
    if not lines:
        return _("There are no KPIs yet.")
    if not any(line.standing for line in lines):
        return _("The status of no KPI is known; their cards say why.")
    return _("All KPIs whose status is known are on track.")


def _part(title: str, said: Sequence[str], nothing: str) -> None:
    st.markdown(f"**{plain(title)}**")
    left = len(said) - MOST_LINES
    shown = [*said[:MOST_LINES], _("{n} more.").format(n=f"{left:,}")] if left > 0 else said
    st.markdown("\n".join(f"- {plain(one)}" for one in shown) if shown else plain(nothing))


def _when(coming: Review, held: Sequence[Review], period: Period, day: date) -> str:
    named = {"day": day_name(coming.scheduled_on), "period": period_name(period.start, period.end)}
    if coming not in held:
        return _("Nothing is planned yet; {day} would be next. It looks at {period}.").format(**named)
    if due(coming, day):
        return _("Planned for {day} and not held yet. It looks at {period}.").format(**named)
    return _("Planned for {day}. It looks at {period}.").format(**named)


def reviewed(coming: Review, on: Selection, day: date, every: str) -> Period:
    """Give the period that a review is about: its own where the data covers it, else the last whole one."""
    own = named_period(coming.period, on.settings.conventions) if coming.period else None
    if own is not None and own.end <= day + timedelta(days=1):
        return own
    grain = Grain.QUARTER if every == QUARTERLY else Grain.MONTH
    now = bucket(day, grain, on.settings.conventions)
    if now.end <= day + timedelta(days=1):
        return now
    return bucket(add_months(now.start, -1), grain, on.settings.conventions)


def _slipping(data: Dataset, on: Selection, lines: Sequence[KpiLine]) -> list[str]:
    """Say which KPIs are off or at risk; of the first, how they moved and where that stands out."""
    named = kpis.words()
    said: list[str] = []
    for line in lines:
        if line.standing is None or line.metric is None or line.standing.status is Status.ON_TRACK:
            continue
        parts = [
            _("{status}: {objective} ({kpi}), {reached}.").format(
                status=named[line.standing.status], objective=line.kpi.objective, kpi=kpis.name_of(line.kpi.key),
                reached=kpis.reached(line, line.metric, line.standing),
            )
        ]  # fmt: skip
        if line.kpi.owner:
            parts.append(_("Owner: {name}.").format(name=line.kpi.owner))
        if len(said) < MOST_EXPLAINED and line.metric.id in SUBJECTS and line.period and line.as_of:
            so_far = Period(line.period.start, min(line.period.end, line.as_of + timedelta(days=1)))
            where = (Filter("region", (line.kpi.region,)),) if line.kpi.region else ()
            parts += _moved(data, on, line.metric.id, so_far, where)[:2]
        said.append(" ".join(parts))
    return said


def _changed(data: Dataset, on: Selection, period: Period) -> list[str]:
    """Say what moved the first number of the data that can be taken apart, against last year, else the month before."""
    metric = next((name for name, table in _LED_BY.items() if data.has(table)), None)
    if metric is None:
        return []
    return _moved(data, on, metric, period)


def _moved(data: Dataset, on: Selection, metric: str, period: Period, where: tuple[Filter, ...] = ()) -> list[str]:
    settings = on.settings
    query = MetricQuery((metric,), period, where=where, params=settings.params, conventions=settings.conventions)
    told = [found for base in (Compare.LAST_YEAR, Compare.PREVIOUS) if (found := _why(data, query, base))]
    # From nothing everything is new: where the file begins, the month before says more than last year.
    found = next((one for one in told if one.before.value), next(iter(told), None))
    return sentences(found) if found else []


def _why(data: Dataset, query: MetricQuery, base: Compare) -> Why | None:
    try:
        found = answers.kept(data, ("why", query, base), lambda: why(data, query, base))
    except SalesMetricsError:
        # What the data lacks for it is said at the metric itself.
        return None
    return found if found.reason is None else None


def _targets(data: Dataset, on: Selection) -> tuple[list[str], str]:
    """Say which running quotas are far from their pace, and what to say where none is."""
    if not data.has("quotas") or not data.has("orders"):
        return [], _("Targets are looked at here once there is a file of quotas beside the orders.")
    day, quotas = answers.kept(data, "running quotas", lambda: running_quotas(data))
    if not quotas:
        return [], _("No quota runs on {day}, the last day of the orders.").format(day=day_name(day))
    conventions = on.settings.conventions
    usual = MetricQuery((SEASON,), Period(min(one.period.start for one in quotas), day), conventions=conventions)
    season = season_of(answers.ask(data, [usual])[0])
    said: list[tuple[tuple[int, float], str]] = []
    for one in quotas:
        told = review(one.quota, one.sold, seasonal_share(one.period, day, season, conventions.working_days))
        if told.reasons and told.pace is not None:
            who = _("All") if one.scope == "company" else one.name
            said.append((
                (REVIEWED.index(one.scope), told.pace),
                _("{who}, {period}: pace {pace}").format(
                    who=who, period=period_name(one.period.start, one.period.end), pace=compact(told.pace, "percent")
                ),
            ))  # fmt: skip
    said.sort()
    shown = [text for _pace, text in said[:MOST_QUOTAS]]
    more = len(said) - len(shown)
    if more:
        shown.append(
            ngettext(
                "{n} more; see Forecast and targets.", "{n} more; see Forecast and targets.", more
            ).format(n=more)
        )  # fmt: skip
    return shown, _("No quota that runs on {day} is far from its pace.").format(day=day_name(day))
