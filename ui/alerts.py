"""What needs you: the most useful alerts of the newest data, worked out once for it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from salesmetrics.charts.alert_words import drivers, sentence
from salesmetrics.i18n import _, ngettext
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.alerts import Alert, Alerts, alerts
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.why import SUBJECTS
from ui import answers, navigation, state, why_link
from ui.periods import CUSTOM
from ui.selection import Selection, to_link
from ui.text import plain

MOST = 3
"""So many are shown."""


def most_useful(data: Dataset, on: Selection) -> Alerts:
    """Give the most useful alerts about all of the data, whatever period and filters are on."""
    with st.spinner(_("Looking for what is unusual …")):
        return worked_out(data, on)


def worked_out(data: Dataset, on: Selection) -> Alerts:
    """Give the most useful alerts, worked out by whoever asks first; it draws nothing."""
    query = MetricQuery(("revenue",), params=on.settings.params, conventions=on.settings.conventions)
    return answers.kept(data, ("alerts", query), lambda: alerts(data, query, most=MOST))


def section(data: Dataset, on: Selection) -> None:
    """Draw the section."""
    found = most_useful(data, on)
    st.subheader(_("What needs you"))
    if not found.watched:
        st.caption(_("What is unusual can be told from twelve whole months of data on."))
        return
    st.caption(plain(_summary(found)))
    if not found.found:
        # Columns without a card would leave a gap.
        return
    for place, (column, alert) in enumerate(zip(st.columns(len(found.found)), found.found, strict=True)):
        with column, st.container(border=True, height="stretch", key=f"alert_{place}"):
            _draw(alert)


def _summary(found: Alerts) -> str:
    if not found.all:
        return ngettext(
            "{n} number was looked at: it keeps its usual range.",
            "{n} numbers were looked at: all keep their usual range.",
            found.watched,
        ).format(n=found.watched)
    return ngettext(
        "{n} number was looked at; {all} left the range that holds 19 of 20 months. Worse ones come first.",
        "{n} numbers were looked at; {all} left the range that holds 19 of 20 months. Worse ones come first.",
        found.watched,
    ).format(n=found.watched, all=found.all)  # fmt: skip


def _draw(alert: Alert) -> None:
    mark = "▲" if alert.above else "▼"
    if alert.good is None:
        st.markdown(f":gray-badge[{mark} {_('unusual')}]")
    elif alert.good:
        st.markdown(f":green-badge[{mark} {_('better')}]")
    else:
        st.markdown(f":red-badge[{mark} {_('worse')}]")
    st.markdown(plain(sentence(alert)))
    if said := drivers(alert):
        st.caption(plain(" ".join(said)))
    if alert.metric.id in SUBJECTS:
        days = replace(state.chosen(), preset=CUSTOM, start=alert.period.start, end=alert.period.end, filters={})
        at = {why_link.AT: ["=".join(alert.part)]} if alert.part else {}
        asked = {name: list(values) for name, values in to_link(days).items()}
        st.page_link(
            navigation.registered()[state.DIAGNOSE], label=_("Why?"),
            query_params={**asked, why_link.METRIC: [alert.metric.id], **at},
        )  # fmt: skip
