"""Targets of the coming quarter: what the forecast supports, how it is split, and which should be looked at again."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import streamlit as st

from salesmetrics.analysis.suggested_target import (
    TOO_EASY,
    TOO_HARD,
    Likely,
    MadeIt,
    Suggested,
    growth,
    made_it,
    suggested,
)
from salesmetrics.analysis.target_review import review, seasonal_share
from salesmetrics.analysis.target_set import Target, TargetSet
from salesmetrics.analysis.target_split import split, to_cents, weights
from salesmetrics.charts import targets_figure
from salesmetrics.charts.figure import first_rows, is_known, measured
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import change, compact, day_name, full, period_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.request import MetricQuery, Period
from salesmetrics.query.running_quotas import RunningQuota, running_quotas
from salesmetrics.query.targets import SCOPES, Holder, TargetBasis, coming_quarter, target_basis
from ui import answers, datasets, frame, target_editor
from ui.datasets import Opened
from ui.outlook import outlook, outlooks_of
from ui.selection import Selection
from ui.state import FORECAST
from ui.text import plain

AMBITION = 10
"""Per cent above the middle of the forecast at which a target starts."""

_SEASON = "seasonality_index"


def scopes(data: Dataset) -> list[str]:
    """Give by what a target can be split here: that of one rep or region is the whole."""
    return [scope for scope in SCOPES if len(datasets.values(data, scope)) > 1]


def weighed(basis: TargetBasis) -> dict[str, float]:
    """Weigh the holders of a basis, by id."""
    by_id = {one.id: one for one in basis.holders}
    return weights(
        {name: one.sold for name, one in by_id.items()},
        {name: one.pipeline for name, one in by_id.items()},
        {name: one.ramp for name, one in by_id.items()},
    )


def proposal(basis: TargetBasis, total: Decimal) -> TargetSet:
    """Split a total among the holders of a basis."""
    parts = split(total, weighed(basis))
    listed = tuple(Target(one.id, one.name, parts[one.id]) for one in basis.holders)
    return TargetSet(basis.scope, basis.period, to_cents(total), listed)


def section(opened: Opened, on: Selection, theme: Theme) -> None:
    """Draw the suggested target of the coming quarter, its split to edit and save, and which targets to review.

    It is about the whole company, whatever filters are on.
    """
    data = opened.data
    st.subheader(_("What should everybody aim for?"))
    if not data.has("orders"):
        st.caption(_("A target needs orders with their dates and amounts."))
        return
    conventions = on.settings.conventions
    period = coming_quarter(data, conventions)
    ahead, why = outlook(data, on, period)
    ambition = _ambition(ahead, period, why)
    level = suggested(ahead, ambition) if ahead else None
    by = scopes(data)
    if not by:
        st.caption(_("Nobody can be given a part: no file tells two reps or regions apart."))
        _levels(level, None)
        return
    scope = by[0]
    if len(by) > 1:
        scope = str(
            st.segmented_control(
                _("Split by"), by, format_func=lambda one: DIMENSIONS[one].title(), key="targets_scope",
                default=by[0], required=True,
            )
        )  # fmt: skip
    basis = answers.kept(
        data, ("targets", scope, period, conventions), lambda: target_basis(data, scope, period, conventions)
    )
    _levels(level, basis)
    total = level.target if level else to_cents(basis.last_year or 0.0)
    left, right = st.columns([3, 2])
    with left:
        edited = target_editor.editor(opened, basis, proposal(basis, total), weighed(basis))
        if ahead is not None:
            _say_reach(edited, ahead)
    with right, st.container(border=True, key="targets_words"):
        for text in in_words(edited, basis):
            st.markdown(plain(text))
        st.caption(plain(how(basis)))
    left, right = st.columns([3, 2])
    with left:
        last_year = {one.id: one.last_year for one in basis.holders}
        frame.draw(targets_figure(edited, last_year, theme), "targets", FORECAST)
    with right, st.container(border=True, key="targets_review"):
        _to_review(data, on)


def _ambition(ahead: Likely | None, period: Period, why: str) -> float:
    named = period_name(period.start, period.end)
    if ahead is None:
        st.info(
            plain(
                _("There is no suggestion for {period}. {why} The total below starts at what was sold a year earlier.")
                .format(period=named, why=why)
            )
        )  # fmt: skip
        return 0.0
    per_cent = st.number_input(
        _("Ambition: how much above the middle of the forecast, in %"), -50, 100, AMBITION, 1, key="targets_ambition",
        width=420,
    )  # fmt: skip
    return float(per_cent) / 100


def _levels(level: Suggested | None, basis: TargetBasis | None) -> None:
    if level is None:
        return
    before = basis.last_year if basis else None
    shown = (
        (_("Commit"), level.commit, _("The middle of the forecast: as likely to be missed as to be passed.")),
        (_("Target"), level.target, _("The middle of the forecast plus the ambition.")),
        (_("Stretch"), level.stretch, _("Nine of ten chances stay below it.")),
    )
    with st.container(horizontal=True):
        for title, amount, told in shown:
            by = growth(amount, before)
            st.metric(
                title, compact(float(amount), "money"),
                _("{change} on a year earlier").format(change=change(by, by, "share")) if by is not None else None,
                delta_color="off", delta_arrow="off", help=f"{told} {full(float(amount), 'money')}", width="content",
            )  # fmt: skip
    if level.capped:
        st.caption(
            _("The ambition reaches beyond what nine of ten chances stay below; the target is cut to that.")
        )


def _say_reach(edited: TargetSet, ahead: Likely) -> None:
    reasons = review(float(edited.total), None, 0.0, ahead).reasons if edited.total > 0 else ()
    if "out_of_reach" in reasons:
        amount = ahead.p90
        said = _(
            "This total is out of reach if things go on as they did: nine of ten chances stay below {amount}."
        )
    elif "too_easy" in reasons:
        amount = ahead.p10
        said = _("This total is too easy if things go on as they did: nine of ten chances reach {amount} or more.")
    else:
        return
    st.warning(plain(said.format(amount=full(amount, "money"))))


def in_words(edited: TargetSet, basis: TargetBasis) -> list[str]:
    """Say what targets mean: the growth, who would have made them last year, and whom nothing is known of."""
    said = []
    by = growth(edited.sum, basis.last_year)
    if by is not None:
        said.append(
            _("Together this is {change} on what was sold a year earlier ({amount}).").format(
                change=change(by, by, "share"), amount=full(basis.last_year, "money")
            )
        )
    else:
        said.append(_("What growth this means cannot be told: the data does not reach a year back."))
    if basis.scope == "rep":
        said += _makeable(_asked_last_year(edited, basis))
    unknown = [one.name for one in basis.holders if not one.sold and not one.pipeline]
    if unknown:
        said.append(
            ngettext(
                "{names} has sold nothing yet and has no open deals: set this target by hand.",
                "{names} have sold nothing yet and have no open deals: set these targets by hand.",
                len(unknown),
            ).format(names=", ".join(unknown))
        )
    return said


def _asked_last_year(edited: TargetSet, basis: TargetBasis) -> MadeIt:
    sold = {one.id: one.last_year for one in basis.holders if one.whole and one.last_year is not None}
    return made_it({one.id: one.amount for one in edited.targets}, sold)


def _makeable(found: MadeIt) -> list[str]:
    if found.share is None:
        return [_("Who would have made it last year cannot be told: nobody sold all through that period.")]
    said = _(
        "{made} of {n} reps who were there a year earlier sold as much as their target then ({share})."
    ).format(made=found.made, n=found.reps, share=compact(found.share, "percent"))
    verdict = {
        "too_hard": _("That is less than {limit}: the targets look too hard.").format(
            limit=compact(TOO_HARD, "percent")
        ),
        "too_easy": _("That is more than {limit}: the targets look too easy.").format(
            limit=compact(TOO_EASY, "percent")
        ),
        "fair": _("That is neither too hard nor too easy."),
        "": _("They are too few to say whether that is too hard."),
    }[found.verdict]
    return [f"{said} {verdict}"]


def how(basis: TargetBasis) -> str:
    """Say by what a total is split."""
    year = _("the share of what was sold in the 12 months to {day}").format(day=day_name(basis.known_through))
    parts = (
        _("half {year}, half the share of open deals weighted with their chance to be won").format(year=year)
        if basis.pipeline_known
        else year
    )
    said = _("Split by {parts}.").format(parts=parts)
    new: list[Holder] = [one for one in basis.holders if one.ramp < 1]
    if basis.ramp_known and new:
        listed = ", ".join(f"{one.name} {compact(one.ramp, 'percent')}" for one in new)
        said += " " + _(
            "New reps get less, by what reps of their tenure sell in a month beside those of a year and more: {reps}."
        ).format(reps=listed)
    return said + " " + _("Filters do not change targets.")


def _season(data: Dataset, on: Selection, day: Period) -> tuple[float, ...] | None:
    query = MetricQuery((_SEASON,), day, conventions=on.settings.conventions)
    row = first_rows(answers.ask(data, [query])[0])[_SEASON]
    details = row["details"] or {}
    if not is_known(row["value"]) or "not_seasonal" in (row["warnings"] or ()):
        return None
    return tuple(float(details[f"month_{place:02d}"]) for place in range(1, 13))


def _to_review(data: Dataset, on: Selection) -> None:
    """List the quotas that are running and should be looked at again."""
    st.markdown(f"**{plain(_('Quotas to look at again'))}**")
    day, quotas = answers.kept(data, "running quotas", lambda: running_quotas(data))
    if not quotas:
        st.caption(plain(_("No quota runs on {day}, the last day of the orders.").format(day=day_name(day))))
        return
    season = _season(data, on, Period(min(one.period.start for one in quotas), day))
    working = on.settings.conventions.working_days
    ahead = outlooks_of(data, on, quotas)
    passed = {one.period: seasonal_share(one.period, day, season, working) for one in quotas}
    found = [
        (
            one,
            passed[one.period],
            review(one.quota, one.sold, passed[one.period], ahead.get(one)),
        )
        for one in quotas
    ]
    flagged = [(one, share, told) for one, share, told in found if told.reasons]
    if not flagged:
        st.caption(plain(_("None of {n} quotas that run on {day}.").format(n=len(quotas), day=day_name(day))))
        return
    flagged.sort(key=lambda row: row[2].pace if row[2].pace is not None else 1.0)
    st.caption(
        plain(
            ngettext("{n} of {all} quotas that run on {day}.", "{n} of {all} quotas that run on {day}.", len(flagged))
            .format(n=len(flagged), all=len(quotas), day=day_name(day))
            + " "
            + _("Pace is what was sold beside what the season would have brought by then.")
        )
    )  # fmt: skip
    words = _reasons()
    columns: dict[str, list[str | float | None]] = {
        "who": [_who(one) for one, _share, _told in flagged],
        "pace": [told.pace * 100 if told.pace is not None else None for _one, _share, told in flagged],
        "why": ["; ".join(words[reason] for reason in told.reasons) for _one, _share, told in flagged],
        "quota": [one.quota for one, _share, _told in flagged],
        "sold": [one.sold for one, _share, _told in flagged],
        "passed": [share * 100 for _one, share, _told in flagged],
        "period": [period_name(one.period.start, one.period.end) for one, _share, _told in flagged],
    }
    column = st.column_config
    st.dataframe(
        pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()}),
        hide_index=True, height=min(len(flagged), 20) * 35 + 38, placeholder="–",
        column_config={
            "who": column.TextColumn(_("Whose"), pinned=True),
            "pace": column.NumberColumn(_("Pace"), format="%.0f %%"),
            "why": column.TextColumn(_("Why")),
            "quota": column.NumberColumn(measured(_("Quota"), "money"), format="accounting"),
            "sold": column.NumberColumn(measured(_("Sold so far"), "money"), format="accounting"),
            "passed": column.NumberColumn(_("Passed of the season"), format="%.0f %%"),
            "period": column.TextColumn(_("Period")),
        },
    )  # fmt: skip


def _who(one: RunningQuota) -> str:
    return _("All") if one.scope == "company" else one.name


def _reasons() -> dict[str, str]:
    return {
        "behind": _("pace below 80 %"),
        "ahead": _("pace above 120 %"),
        "out_of_reach": _("nine of ten chances of the forecast stay below it"),
        "too_easy": _("nine of ten chances of the forecast reach more"),
    }
