"""The sidebar: which data is on, then the filters in the order in which people think of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from salesmetrics.charts.bars import tenure_name
from salesmetrics.charts.values import period_name
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query import default_period
from salesmetrics.query.request import Compare, Filter, Grain, Period
from salesmetrics.query.settings import SETTINGS, Settings, read_settings
from ui import datasets, state, workspace_head
from ui.datasets import Opened
from ui.periods import CUSTOM, PRESETS, fitting_grain, preset_name, presets
from ui.selection import AUTO, FIRST_FILTERS, LANGUAGES, MORE_FILTERS, Choice, Problem, Selection, unknown_value
from ui.settings_form import shown, title
from ui.text import plain


def value_name(dimension: str, value: str) -> str:
    """Write a dimension's value for people."""
    return tenure_name(value) if dimension == "tenure" else value


def compare_name(compare: Compare) -> str:
    """Name a comparison for people."""
    return _("Last year") if compare is Compare.LAST_YEAR else _("Previous period")


def grain_name(grain: Grain) -> str:
    """Name a grain for people."""
    return {
        Grain.DAY: _("Day"), Grain.WEEK: _("Week"), Grain.MONTH: _("Month"),
        Grain.QUARTER: _("Quarter"), Grain.YEAR: _("Year"),
    }[grain]  # fmt: skip


def _known(opened: Opened, dimension: str) -> list[tuple[str, int]]:
    return datasets.values(opened.data, dimension)


def _period(usual: Period, named: dict[str, Period]) -> None:
    key = state.widget(state.PERIOD)
    offered = [state.USUAL, *(preset for preset in PRESETS if named.get(preset) not in (None, usual)), CUSTOM]
    if st.session_state[key] not in offered:
        # The usual period has a name of its own too: both mean the same, one of them is offered.
        st.session_state[key] = state.USUAL
    usual_name = next((preset_name(preset) for preset in PRESETS if named.get(preset) == usual), _("Usual period"))
    st.selectbox(
        _("Period"), offered, key=key, persist_state="session",
        format_func=lambda preset: usual_name if preset == state.USUAL else preset_name(preset),
    )  # fmt: skip
    if st.session_state[key] != CUSTOM:
        return
    first_key, last_key = state.widget(state.FIRST_DAY), state.widget(state.LAST_DAY)
    whole = named.get("all", usual)
    if st.session_state.get(first_key) is None:
        # A link that names only the last day asks for all before it.
        st.session_state[first_key] = whole.start if st.session_state.get(last_key) else usual.start
    if st.session_state.get(last_key) is None:
        st.session_state[last_key] = whole.end - timedelta(days=1)
    left, right = st.columns(2)
    left.date_input(_("First day"), None, key=first_key, persist_state="session", format="YYYY-MM-DD")
    right.date_input(_("Last day"), None, key=last_key, persist_state="session", format="YYYY-MM-DD")


def _filter(opened: Opened, dimension: str) -> None:
    known = dict(_known(opened, dimension))
    key = state.widget(dimension)
    asked: list[str] = st.session_state.get(key, [])
    strange = [value for value in asked if value not in known]
    if not known and not strange:
        return

    def shown(value: str) -> str:
        if value not in known:
            return _("{value} (not in this data)").format(value=value)
        return _("{value} ({rows})").format(value=value_name(dimension, value), rows=f"{known[value]:,}")

    st.multiselect(
        DIMENSIONS[dimension].title(), [*known, *strange], key=key, format_func=shown, persist_state="session",
        placeholder=_("All"),
    )  # fmt: skip


def draw(opened: Opened) -> None:
    """Draw the sidebar for the data that is on."""
    usual, named = periods(opened)
    with st.sidebar:
        told = ", ".join(one for one in (opened.reach, workspace_head.uploaded(opened)) if one)
        st.markdown(f"**{plain(opened.name)}**" + (f"  \n:gray[{told}]" if told else ""))
        _period(usual, named)
        st.pills(
            _("Compare with"), list(Compare), selection_mode="multi", key=state.widget(state.COMPARE),
            format_func=compare_name, persist_state="session",
        )  # fmt: skip
        for dimension in FIRST_FILTERS:
            _filter(opened, dimension)
        on = sum(bool(st.session_state.get(state.widget(name))) for name in MORE_FILTERS)
        with st.expander(_("More ({n} on)").format(n=on) if on else _("More")):
            for dimension in MORE_FILTERS:
                _filter(opened, dimension)
            st.selectbox(
                _("Trends by"), [AUTO, *Grain], key=state.widget(state.GRAIN), persist_state="session",
                format_func=lambda grain: _("What fits the period") if grain == AUTO else grain_name(Grain(grain)),
            )  # fmt: skip
            st.selectbox(
                _("Language"), [AUTO, *LANGUAGES], key=state.widget(state.LANGUAGE), persist_state="session",
                format_func=lambda code: {"en": "English", "zh": "中文"}.get(code, _("As in the browser")),
            )  # fmt: skip


def periods(opened: Opened) -> tuple[Period, dict[str, Period]]:
    """Give the period that the data opens with, and all that have a name."""
    reach, conventions = datasets.bounds(opened.data), settings_on(opened).conventions
    usual = default_period(opened.data, conventions=conventions)
    return usual, dict(presets(*reach, conventions)) if reach else {}


def resolve(choice: Choice, opened: Opened) -> tuple[Selection, tuple[Problem, ...]]:
    """Work out what the numbers are to be computed for, and what of the choice cannot be had."""
    usual, named = periods(opened)
    period = named.get(choice.preset or "", usual)
    problems = list(choice.problems)
    if choice.preset == CUSTOM:
        whole = named.get("all", usual)
        period = Period(choice.start or whole.start, choice.end or whole.end)
        if period.start >= period.end:
            sentence = _(
                "The first day, {first}, lies after the last day, {last}. Choose the days anew in the sidebar."
            )
            last = period.end - timedelta(days=1)
            problems.append(Problem("from", str(period.start), sentence.format(first=period.start, last=last)))
    for dimension, asked in choice.filters.items():
        known = [value for value, _rows in _known(opened, dimension)]
        problems += [unknown_value(dimension, value, known) for value in asked if value not in known]
    filters = tuple(Filter(dimension, values) for dimension, values in choice.filters.items())
    grain = choice.grain or fitting_grain(period)
    return Selection(
        period, choice.preset or state.USUAL, grain, choice.compare, filters, settings_on(opened)
    ), tuple(problems)


def settings_on(opened: Opened) -> Settings:
    """Give the settings that hold: the workspace's own, and over them those of the link.

    A workspace may keep some that this app does not know any more; two that do not go together leave its own.
    """
    own = {name: text for name, text in opened.settings.items() if name in SETTINGS}
    for together in ({**own, **state.chosen().settings}, own):
        try:
            return read_settings(together)
        except SalesMetricsError:
            continue
    return Settings()


def chips(selection: Selection) -> Sequence[tuple[str, str | None]]:
    """Say exactly what is on, a chip each, with the name of the filter or setting that it stands for (else None)."""
    compared = [compare_name(one).lower() for one in selection.compare]
    return [
        (period_name(selection.period.start, selection.period.end), None),
        (
            _("compared with {what}").format(what=_(" and ").join(compared)) if compared else _("no comparison"),
            None,
        ),
        *(
            (
                f"{DIMENSIONS[one.dimension].title()}: "
                + ", ".join(value_name(one.dimension, value) for value in one.values),
                one.dimension,
            )
            for one in selection.filters
        ),
        *(
            (f"{title(SETTINGS[name])}: {shown(SETTINGS[name], text)}", name)
            for name, text in state.chosen().settings.items()
        ),
    ]
