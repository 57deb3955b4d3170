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
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.behind import Behind, RowList, behind, largest
from salesmetrics.query.request import MetricQuery
from ui import answers, rows, rows_table, rows_words, sidebar
from ui.csv_text import frame_csv
from ui.datasets import Opened
from ui.rows import Place, Question, Strange
from ui.selection import Selection
from ui.text import plain, quoted

SHOWN = 1_000
"""Rows that the page shows; the download has all."""

PARTS = 30
"""Parts that are offered of a metric that is one number for each of them."""

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
    if metric.by and not asked.group:
        _parts(opened, place, metric, asked)
        return
    try:
        found = _behind(opened.data.version, answers.viewer(), asked.number, asked.group, opened.data)
    except SalesMetricsError as error:
        st.error(plain(quoted(error.sentence)))
        return
    _number(opened, metric, asked, found)
    if found.top or found.bottom:
        _rows(opened, place, metric, asked, found)


def _go(place: Place) -> None:
    st.query_params.from_dict(
        {name: list(values) for name, values in rows.parameters(place.metric, place.back, place.at).items()}
    )


def _step(label: str, place: Place, key: str) -> None:
    """Draw a button to other rows: a link to the page that one is on would look like the current one."""
    st.button(plain(label), key=key, type="tertiary", on_click=_go, args=(place,))


def _strange(strange: Strange) -> None:
    st.error(plain(quoted(strange.sentence)))
    meant = strange.meant
    with st.container(horizontal=True, vertical_alignment="center"):
        if meant is not None and meant.metric in CATALOGUE:
            steps = [metric_title(CATALOGUE[meant.metric]), *(rows.step_name(*one) for one in meant.at)]
            _step(_("Rows of {what}").format(what=", ".join(steps)), meant, "meant")
        rows.link_back(meant or Place(""))


def _crumbs(place: Place, metric: Metric) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="crumbs"):
        rows.link_back(place)
        for number in range(len(place.at) + 1):
            st.markdown(":gray[›]", width="content")
            name = metric_title(metric) if not number else rows.step_name(*place.at[number - 1])
            if number < len(place.at):
                _step(name, Place(place.metric, place.at[:number], place.back), f"crumb_{number}")
            else:
                st.markdown(plain(name), width="content")
        st.markdown(":gray[› " + _("rows") + "]", width="content")


def _parts(opened: Opened, place: Place, metric: Metric, asked: Question) -> None:
    """Offer the parts of a metric that is one number for each of them, the largest first."""
    [answer] = answers.ask(opened.data, [asked.number])
    known = answer.frame[answer.frame["value"].notna()]
    if known.empty:
        st.info(plain(reason_in_words(answer.frame["reason"].iloc[0] if len(answer.frame) else "no_rows")))
        return
    name = metric.by[0]
    st.markdown(_("This is one number for each {dimension}. Choose one to see its rows:").format(
        dimension=DIMENSIONS[name].title().lower()
    ))  # fmt: skip
    ordered = known.iloc[known["value"].abs().argsort()[::-1]]
    for number, (part, value) in enumerate(zip(ordered[name].head(PARTS), ordered["value"], strict=False)):
        label = f"{sidebar.value_name(name, part)} · {full(value, metric.unit)}"
        _step(label, Place(place.metric, (*place.at, (name, part)), place.back), f"part_{number}")
    if len(ordered) > PARTS:
        st.caption(_("The {n} largest are shown.").format(n=PARTS))


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
    if found.top or found.bottom:
        st.markdown("\n".join(_spaced(rows_words.sentences(metric, found))))
    if not found.agrees:
        st.error(
            _("These rows give {again}, not {value}: they do not add up to the number. Please report it.").format(
                again=full(found.again, metric.unit), value=full(found.value, metric.unit)
            )
        )
    for warning in found.warnings if not found.reason else ():
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
        _("Search these rows"),
        key=f"rows_search_{place.metric}_{len(place.at)}",
        placeholder=_("A customer, an order, a day …"),
        max_chars=200,
    ).strip()
    frame, count = _largest(opened.data.version, answers.viewer(), asked.rows, chosen, search, opened.data)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_count(len(frame), count, bool(search)), width="stretch")
        st.download_button(
            _("Download all as CSV"),
            data=lambda: frame_csv(largest(opened.data, asked.rows, chosen)[0]),
            file_name=f"{place.metric}-{chosen.relation}.csv",
            mime="text/csv",
            key="rows_csv",
            on_click="ignore",
        )
    if frame.empty:
        return
    measures = rows_table.measures_of(chosen, place.metric, asked.rows.params)
    shown = rows_table.table(frame, chosen, measures)
    st.dataframe(
        rows_table.written(shown),
        hide_index=True,
        column_config=rows_table.formats(shown),
        height=_height(len(shown)),
        placeholder="–",
        alt=_("Rows behind {metric}").format(metric=metric_title(metric)),
        key="rows_table",
    )


def _height(count: int) -> int:
    return 35 * (min(count, 16) + 1) + 3


def _count(shown: int, count: int, searched: bool) -> str:
    if not count:
        return _("No row contains that.") if searched else _("No row counts here.")
    if shown < count:
        return _("Showing the {shown} largest of {n} rows").format(shown=f"{shown:,}", n=f"{count:,}")
    return ngettext("Showing {n} row", "Showing all {n} rows", count).format(n=f"{count:,}")
