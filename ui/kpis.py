"""The board of KPIs: where each stands beside its target by now, in words and shapes, and why one is not known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import streamlit as st

from salesmetrics.analysis.kpi_status import BAND, Key, Kpi, KpiSet, Standing, Status
from salesmetrics.charts.values import compact, day_name, full, period_name
from salesmetrics.charts.words import reason_in_words, warning_in_words
from salesmetrics.errors import SalesMetricsError, nearest
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.metric import Better, Metric
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.kpis import KpiLine, board, builds_up, kpis_in_files
from salesmetrics.query.why import SUBJECTS
from ui import answers, kept_documents, navigation, state, why_link
from ui.datasets import Opened
from ui.periods import CUSTOM
from ui.selection import Selection, to_link
from ui.text import plain

DOCUMENT = "kpis"
PAGE = "reviews"
_ACROSS = 3
_ORDER = (Status.OFF, Status.AT_RISK, Status.ON_TRACK)
_COLOURS: Mapping[Status, Literal["red", "orange", "green"]] = {
    Status.OFF: "red",
    Status.AT_RISK: "orange",
    Status.ON_TRACK: "green",
}


def kept(opened: Opened) -> KpiSet:
    """Give what is kept of the board with the workspace; what cannot be read is said and counts as nothing."""
    document = kept_documents.document(opened, DOCUMENT)
    try:
        return KpiSet.from_json(document.body) if document else KpiSet()
    except SalesMetricsError as error:
        st.error(plain(error.sentence))
        return KpiSet()


def in_files(data: Dataset) -> tuple[Kpi, ...]:
    """Give the KPIs that the files list."""
    return answers.kept(data, "KPIs in files", lambda: kpis_in_files(data))


def found(opened: Opened, on: Selection) -> tuple[KpiLine, ...]:
    """Give where every KPI stands, by one request, those that need somebody first.

    They are about the periods and regions that they name, whatever is chosen beside the page.
    """
    data, settings = opened.data, on.settings
    kpis = kept(opened).beside(in_files(data))
    asked = board(data, kpis, settings.conventions, settings.params)
    lines = asked.lines(answers.ask(data, asked.questions) if asked.questions else ())
    return tuple(sorted(lines, key=_urgency))


def _urgency(line: KpiLine) -> tuple[int, float]:
    if line.standing is None:
        return len(_ORDER) + bool(line.kpi.missing), 0.0
    return _ORDER.index(line.standing.status), line.standing.reached


def words() -> Mapping[Status, str]:
    """Give what each status is called, with a shape of its own."""
    return {
        Status.ON_TRACK: "✓ " + _("On track"),
        Status.AT_RISK: "▲ " + _("At risk"),
        Status.OFF: "✕ " + _("Off"),
    }


def name_of(key: Key) -> str:
    """Name a KPI by its metric, period and region."""
    metric, period, region = key
    title = _(CATALOGUE[metric].title) if metric in CATALOGUE else metric
    return " · ".join(part for part in (title, period, region) if part)


def draw(lines: Sequence[KpiLine], data: Dataset) -> None:
    """Draw the board: how many stand where, then a card for each."""
    st.subheader(_("KPIs"))
    if not lines:
        st.info(
            _(
                "There are no KPIs yet. A KPI is a metric with an objective, a target, a period and an owner: add one "
                "below, or a file with the columns metric_id, objective, target, period and owner."
            )
        )
        return
    st.markdown(plain(summary(lines)))
    for start in range(0, len(lines), _ACROSS):
        shown = lines[start : start + _ACROSS]
        for place, (column, line) in enumerate(zip(st.columns(_ACROSS), shown, strict=False), start):
            with column:
                _card(line, data, place)
    st.caption(
        _(
            "Each KPI is about the period and region that it names; the filters do not change it. Amounts and counts "
            "are set against the part of the target that is due by now, ratios and balances against the whole target."
        )
    )


def summary(lines: Sequence[KpiLine]) -> str:
    """Say how many KPIs are on track, at risk and off, and of how many that cannot be told."""
    statuses = [line.standing.status for line in lines if line.standing]
    counts = {one: statuses.count(one) for one in Status}
    said = _("{on_track} on track, {at_risk} at risk, {off} off.").format(
        on_track=counts[Status.ON_TRACK], at_risk=counts[Status.AT_RISK], off=counts[Status.OFF]
    )
    unknown = len(lines) - len(statuses)
    if unknown:
        said += " " + ngettext(
            "{n} more is not known; its card says why.",
            "{n} more are not known; their cards say why.",
            unknown,
        ).format(n=unknown)
    return said


def _card(line: KpiLine, data: Dataset, place: int) -> None:
    kpi, metric = line.kpi, line.metric
    with st.container(border=True, height="stretch", gap="xsmall", key=f"kpi_{place}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            if line.standing:
                st.badge(words()[line.standing.status], color=_COLOURS[line.standing.status])
            else:
                st.badge(_("Not a KPI yet") if _no_kpi(kpi) else _("Not known"), color="gray")
            st.caption(plain(_when(line)))
        st.markdown(f"**{plain(kpi.objective or name_of(kpi.key))}**")
        if line.value is None or metric is None:
            st.markdown(plain(why_not(line, data)))
        else:
            st.markdown(_figure(line, metric))
        if _no_kpi(kpi):
            st.markdown(plain(_what_is_missing(kpi)))
        elif line.standing and metric:
            part = max(0.0, min(line.standing.reached, 1.0))
            st.progress(part, text=plain(reached(line, metric, line.standing)))
        elif line.value is not None:
            st.markdown(plain(_no_share(line)))
        st.caption(
            plain(_("Owner: {name}").format(name=kpi.owner) if kpi.owner else _("Nobody answers for it yet."))
        )
        if metric is not None:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                with st.popover(_("How"), type="tertiary"):
                    st.markdown("\n\n".join(plain(text) for text in how(line, metric)))
                _why_link(line)


def _why_link(line: KpiLine) -> None:
    """Draw the link that takes the KPI's change apart, over its own period and region so far."""
    if line.kpi.metric not in SUBJECTS or line.period is None or line.as_of is None or line.value is None:
        return
    choice = state.chosen()
    end = min(line.period.end, line.as_of + timedelta(days=1))
    filters = {"region": (line.kpi.region,)} if line.kpi.region else {}
    own = replace(choice, preset=CUSTOM, start=line.period.start, end=end, filters=filters)
    link = {**to_link(own), why_link.METRIC: (line.kpi.metric,), why_link.BACK: (PAGE,)}
    st.page_link(
        navigation.registered()[state.DIAGNOSE], label=_("Why?"),
        query_params={name: list(values) for name, values in link.items()},
    )  # fmt: skip


def _no_kpi(kpi: Kpi) -> bool:
    return not kpi.objective or kpi.target is None


def _when(line: KpiLine) -> str:
    period = line.period
    named = period_name(period.start, period.end) if period else line.kpi.period
    return " · ".join(part for part in (named, line.kpi.region) if part)


def _figure(line: KpiLine, metric: Metric) -> str:
    value = f"**{plain(compact(line.value, metric.unit))}**"
    title = plain(_(metric.title))
    if line.kpi.target is None:
        return f"{title}: {value}"
    target = plain(compact(line.kpi.target, metric.unit))
    said = {
        Better.HIGHER: _("{title}: {value} of {target}"),
        Better.LOWER: _("{title}: {value}, at most {target} wanted"),
        Better.NEITHER: _("{title}: {value}, {target} wanted"),
    }[metric.better]
    return said.format(title=title, value=value, target=target)


def reached(line: KpiLine, metric: Metric, standing: Standing) -> str:
    """Say how far a KPI is beside its target by now."""
    if metric.better is Better.NEITHER:
        return _("{share} away from the target; up to {band} is on track").format(
            share=compact(1 - standing.reached, "percent"), band=compact(BAND, "percent")
        )
    if not math.isfinite(standing.reached):
        return _("None at all: as low as can be")
    share = compact(standing.reached, "percent")
    if line.passed < 1 and line.as_of:
        said = (
            _("{share} of the {paced} due by {day}")
            if metric.better is Better.HIGHER
            else _("{share}: {paced} is what may be there by {day}")
        )
        return said.format(share=share, paced=compact(standing.paced, metric.unit), day=day_name(line.as_of))
    if metric.better is Better.LOWER:
        return _("{share}: the target divided by the value").format(share=share)
    return _("{share} of the target").format(share=share)


def why_not(line: KpiLine, data: Dataset) -> str:
    """Say why there is no value, and what would give one."""
    kpi, reason = line.kpi, line.reason
    if reason == "unknown_metric":
        close = nearest(kpi.metric, tuple(CATALOGUE))
        return (
            _("There is no metric “{name}” that could be worked out for a period.").format(name=kpi.metric) + close
        )
    if reason == "no_single_number":
        return _("This metric always shows its parts, so there is no one number to set against a target.")
    if reason == "unknown_period":
        return _("“{period}” is no period. Write it as 2026, 2026-Q1 or 2026-03.").format(period=kpi.period)
    if reason == "unknown_region":
        return _("There is no region “{region}” in this data.").format(region=kpi.region)
    if reason == "not_begun" and line.as_of:
        return _("Not begun: the data for it ends on {day}.").format(day=day_name(line.as_of))
    return reason_in_words(reason, data.tables, line.metric)


def _what_is_missing(kpi: Kpi) -> str:
    names = {
        "objective": _("an objective"), "target": _("a target"), "period": _("a period"), "owner": _("an owner"),
    }  # fmt: skip
    return _("A metric, not a KPI yet. It lacks: {what}.").format(
        what=", ".join(names[one] for one in kpi.missing)
    )


def _no_share(line: KpiLine) -> str:
    if line.kpi.target is not None and line.kpi.target <= 0:
        return _("A target of 0 or less cannot be divided by, so no status can be told.")
    return _("Nothing of the target is due yet.")


def how(line: KpiLine, metric: Metric) -> list[str]:
    """Say how the status of a KPI comes about: its formula, its figures in full, and what paces it."""
    kpi = line.kpi
    said = [
        _(metric.tells),
        _("Formula: {formula}").format(formula=_(metric.formula_text)),
        _("Value: {value}").format(value=full(line.value, metric.unit)) if line.value is not None else "",
        _("Target: {value}").format(value=full(kpi.target, metric.unit)) if kpi.target is not None else "",
    ]
    if line.standing and line.passed < 1:
        by = (
            _("{share} of the period is over by {day}, its months weighed as they usually sell.")
            if line.seasonal
            else _("{share} of the period's working days are over by {day}.")
        )
        said.append(by.format(share=full(line.passed, "percent"), day=day_name(line.as_of) if line.as_of else ""))
        said.append(_("Due by now: {value}").format(value=full(line.standing.paced, metric.unit)))
    elif not builds_up(metric):
        said.append(_("It does not add up over time, so the whole target counts all through the period."))
    if metric.better is Better.NEITHER:
        rule = _("On track within {band} of the target on either side, else off.").format(
            band=compact(BAND, "percent")
        )
    elif metric.better is Better.LOWER:
        rule = _("Lower is better: target / value counts. On track from 100 %, at risk from 90 %, else off.")
    else:
        rule = _("Value / what is due by now. On track from 100 %, at risk from 90 %, else off.")
    said.append(rule)
    said += [warning_in_words(one) for one in line.warnings]
    return [one for one in said if one]
