"""The page of the rows behind a number: where one is, the number, how its rows come to it, and the rows."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from salesmetrics.charts import metric_title
from salesmetrics.charts.values import full, period_name
from salesmetrics.charts.words import reason_in_words, warning_in_words
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.behind import Behind, RowList, behind, largest
from salesmetrics.query.request import MetricQuery
from ui import answers, rows, rows_table, rows_words
from ui.csv_text import frame_csv
from ui.datasets import Opened
from ui.rows import Place, Question, Strange
from ui.selection import Selection
from ui.text import plain, quoted

SHOWN = 1_000
"""Rows that the page shows; the download has all."""

_VALUE = (
    '<div style="font-size:2.25rem;font-weight:600;line-height:1.2" title="{full}">'
    '<data value="{raw}" aria-label="{title}: {full}">{full}</data></div>'
)


@st.cache_data(max_entries=256, show_spinner=False)
def _behind(version: str, viewer: str, query: MetricQuery, group: tuple[str, ...], _data: Dataset) -> Behind:
    return behind(_data, query, group)


@st.cache_data(max_entries=64, show_spinner=False)
def _largest(
    version: str, viewer: str, query: MetricQuery, listed: RowList, search: str, _data: Dataset
) -> tuple[pd.DataFrame, int]:
    return largest(_data, query, listed, search, SHOWN)


def draw(opened: Opened, on: Selection) -> None:
    """Draw the page for what its link asks for."""
    place = rows.read_place(
        {name: tuple(st.query_params.get_all(name)) for name in (rows.METRIC, rows.AT, rows.BACK)}
    )
    if isinstance(place, Strange):
        _strange(place)
        return
    metric = CATALOGUE[place.metric]
    asked = rows.question(opened.data, on, place)
    _crumbs(place, metric)
    st.title(plain(metric_title(metric)))
    if isinstance(asked, Strange):
        _strange(asked)
        return
    try:
        found = _behind(opened.data.version, answers.viewer(), asked.number, asked.group, opened.data)
    except SalesMetricsError as error:
        st.error(plain(quoted(error.sentence)))
        return
    _number(opened, metric, asked, found)
    if found.lists:
        _rows(opened, place, metric, asked, found)


def _strange(strange: Strange) -> None:
    st.error(plain(quoted(strange.sentence)))
    with st.container(horizontal=True):
        if strange.meant is not None:
            meant = strange.meant
            steps = [metric_title(CATALOGUE[meant.metric])] if meant.metric in CATALOGUE else []
            steps += [rows.step_name(*one) for one in meant.at]
            if steps:
                label = _("Rows of {what}").format(what=plain(", ".join(steps)))
                rows.link(meant.metric, meant.back, meant.at, label)
        rows.link_back(strange.meant or Place(""))


def _crumbs(place: Place, metric: Metric) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="crumbs"):
        rows.link_back(place)
        for number in range(len(place.at) + 1):
            st.markdown(":gray[›]", width="content")
            name = metric_title(metric) if not number else rows.step_name(*place.at[number - 1])
            if number < len(place.at):
                rows.link(place.metric, place.back, place.at[:number], plain(name))
            else:
                st.markdown(plain(name), width="content")
        st.markdown(":gray[› " + _("rows") + "]", width="content")


def _number(opened: Opened, metric: Metric, asked: Question, found: Behind) -> None:
    period = asked.number.period
    if period is not None:
        st.caption(plain(period_name(period.start, period.end)))
    if found.reason:
        st.html(_VALUE.format(title=escape(metric_title(metric)), full="–", raw=""))
        st.info(plain(reason_in_words(found.reason, opened.data.tables)))
    else:
        written = escape(full(found.value, metric.unit))
        st.html(_VALUE.format(title=escape(metric_title(metric)), full=written, raw=repr(found.value)))
    if found.lists:
        st.markdown("\n".join(_spaced(rows_words.sentences(metric, found))))
    if not found.agrees:
        st.error(
            _("These rows give {again}, not {value}: they do not add up to the number. Please report it.").format(
                again=full(found.again, metric.unit), value=full(found.value, metric.unit)
            )
        )
    for warning in found.warnings:
        st.caption(plain(warning_in_words(warning)))


def _spaced(lines: list[str]) -> list[str]:
    return [lines[0], "", *lines[1:]] if len(lines) > 1 else lines


def _list_name(listed: RowList, several_periods: bool) -> str:
    if not several_periods:
        return listed.title
    days = period_name(listed.period.start, listed.period.end)
    return _("{rows}, {period}").format(rows=listed.title, period=days)


def _rows(opened: Opened, place: Place, metric: Metric, asked: Question, found: Behind) -> None:
    several = len({one.role for one in found.lists}) > 1
    chosen = found.lists[0]
    if len(found.lists) > 1:
        number = st.segmented_control(
            _("Which rows"), range(len(found.lists)), default=0, key=f"rows_list_{place.metric}",
            format_func=lambda at: _list_name(found.lists[at], several), label_visibility="collapsed",
        )  # fmt: skip
        chosen = found.lists[number or 0]
    search = st.text_input(
        _("Search these rows"), key="rows_search", placeholder=_("A customer, an order, a day …"), max_chars=200,
    )  # fmt: skip
    about = (opened.data.version, answers.viewer(), asked.rows, chosen)
    frame, count = _largest(*about, search.strip(), opened.data)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_count(len(frame), count, bool(search.strip())), width="stretch")
        st.download_button(
            _("Download all as CSV"),
            data=lambda: frame_csv(largest(opened.data, asked.rows, chosen)[0]),
            file_name=f"{place.metric}-{chosen.relation}.csv", mime="text/csv", key="rows_csv", on_click="ignore",
        )  # fmt: skip
    if frame.empty:
        return
    shown = rows_table.table(
        frame, chosen, metric, rows_table.measures_of(chosen, place.metric, asked.rows.params)
    )
    st.dataframe(
        shown, hide_index=True, column_config=rows_table.formats(shown), height=_height(len(shown)), placeholder="–",
        alt=_("Rows behind {metric}").format(metric=metric_title(metric)), key="rows_table",
    )  # fmt: skip


def _height(count: int) -> int:
    return 35 * (min(count, 16) + 1) + 3


def _count(shown: int, count: int, searched: bool) -> str:
    if not count:
        return _("No row contains that.") if searched else _("No row counts here.")
    if shown < count:
        return _("Showing the {shown} largest of {n} rows").format(shown=f"{shown:,}", n=f"{count:,}")
    return ngettext("Showing {n} row", "Showing all {n} rows", count).format(n=f"{count:,}")
