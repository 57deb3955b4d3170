"""The editor of the board: one KPI at a time, kept by owners."""

from __future__ import annotations

import streamlit as st

from salesmetrics.analysis.kpi_status import Key, Kpi, KpiSet, named_period
from salesmetrics.charts.figure import measured
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.metric import Unit
from salesmetrics.query.availability import availability
from salesmetrics.query.kpis import can_be_kpi
from ui import datasets, kept_documents, kpis
from ui.datasets import Opened
from ui.selection import Selection
from ui.text import plain

_ROUND = "kpi_round"


def only_owners(opened: Opened) -> str:
    """Say why whoever looks cannot change KPIs and reviews; empty for an owner."""
    if opened.mine:
        return ""
    if opened.is_sample:
        return _("This is the sample company: nothing can be changed here. With your own files you can.")
    return _("You see this by a link. Only an owner of the data can change KPIs and reviews.")


def editor(opened: Opened, on: Selection) -> None:
    """Draw the editor for an owner; anybody else reads who may change KPIs."""
    if why := only_owners(opened):
        st.caption(plain(why))
        return
    with st.expander(_("Add or change a KPI"), key="kpi_editor"):
        _fields(opened, on)


def _fields(opened: Opened, on: Selection) -> None:
    own = kpis.kept(opened)
    every = {one.key: one for one in own.beside(kpis.in_files(opened.data))}
    turn = st.session_state.setdefault(_ROUND, 0)
    chosen = st.selectbox(
        _("Which one"), [None, *every], key=f"kpi_which_{turn}",
        format_func=lambda key: kpis.name_of(key) if key else _("A new KPI"),
    )  # fmt: skip
    now = every.get(chosen) if chosen else None
    name = f"{opened.workspace.id}_{turn}_{'_'.join(chosen) if chosen else ''}"
    before = _filled_with(name, now)
    new = _row(opened, name, before)
    if before != now:
        st.warning(_("Somebody changed this KPI meanwhile, so yours cannot be saved. Take theirs, then change."))
        if st.button(_("Take what is saved"), key="kpi_reload"):
            _anew()
        return
    with st.container(horizontal=True):
        if st.button(_("Save"), key="kpi_save", type="primary"):
            _save(opened, on, own, new, before, every)
        if chosen and st.button(_("Take it off the board"), key="kpi_remove"):
            _keep(opened, own.without(chosen))


def _filled_with(name: str, now: Kpi | None) -> Kpi | None:
    """Give the row that the fields were filled with; a form that is drawn anew is filled with the one of now."""
    state = st.session_state
    if f"kpi_metric_{name}" not in state:
        state[f"kpi_before_{name}"] = now
    filled: Kpi | None = state.get(f"kpi_before_{name}")
    return filled


def _row(opened: Opened, name: str, before: Kpi | None) -> Kpi:
    data = opened.data
    reasons = availability(data)
    ids = sorted(
        (one.id for one in CATALOGUE.values() if can_be_kpi(one)),
        key=lambda one: (bool(reasons.get(one)), _(CATALOGUE[one].title).casefold()),
    )
    if before is not None and before.metric not in ids:
        ids = [before.metric, *ids]
    left, right = st.columns(2)
    with left:
        metric = str(
            st.selectbox(
                _("Metric"), ids, index=ids.index(before.metric) if before else _usual(ids),
                format_func=lambda one: _(CATALOGUE[one].title) if one in CATALOGUE else one,
                key=f"kpi_metric_{name}",
            )
        )  # fmt: skip
        unit = CATALOGUE[metric].unit if metric in CATALOGUE else Unit.COUNT
        factor = 100 if unit is Unit.PERCENT else 1
        label = _("Target, in %") if unit is Unit.PERCENT else measured(_("Target"), unit)
        given = before.target if before is not None and before.metric == metric else None
        target = st.number_input(
            label, value=None if given is None else round(given * factor, 10), format="%g",
            key=f"kpi_target_{name}_{metric}",
        )  # fmt: skip
        period = st.text_input(
            _("Period"),
            before.period if before else "",
            key=f"kpi_period_{name}",
            placeholder="2026, 2026-Q1, 2026-03",
        )
    with right:
        objective = st.text_input(
            _("Objective"), before.objective if before else "", key=f"kpi_objective_{name}",
            help=_("What it is for, in a few words."), max_chars=200,
        )  # fmt: skip
        owner = st.text_input(
            _("Owner"), before.owner if before else "", key=f"kpi_owner_{name}", max_chars=100,
            help=_("Who answers for it."),
        )  # fmt: skip
        regions = ["", *(value for value, _rows in datasets.values(data, "region"))]
        region = before.region if before else ""
        if region not in regions:
            regions.append(region)
        region = str(
            st.selectbox(
                _("Region"), regions, index=regions.index(region), key=f"kpi_region_{name}",
                format_func=lambda one: one or _("All"),
            )
        )  # fmt: skip
    return Kpi(
        metric, period.strip(), objective.strip(), None if target is None else float(target) / factor, owner.strip(),
        region,
    )  # fmt: skip


def _usual(ids: list[str]) -> int:
    return ids.index("revenue") if "revenue" in ids else 0


def _save(opened: Opened, on: Selection, own: KpiSet, new: Kpi, before: Kpi | None, every: dict[Key, Kpi]) -> None:
    if named_period(new.period, on.settings.conventions) is None:
        st.error(
            plain(_("“{period}” is no period. Write it as 2026, 2026-Q1 or 2026-03.").format(period=new.period))
            if new.period
            else _("Say which period it is for: 2026, 2026-Q1 or 2026-03.")
        )
    elif new.key in every and (before is None or before.key != new.key):
        st.error(_("There is a KPI of this metric, period and region. Choose it above to change it."))
    else:
        _keep(opened, own.put(new, before.key if before else None))


def _keep(opened: Opened, changed: KpiSet) -> None:
    document = kept_documents.document(opened, kpis.DOCUMENT)
    if kept_documents.keep(opened, kpis.DOCUMENT, changed.to_json(), document.edition if document else 0):
        st.toast(_("Saved."))
        _anew()


def _anew() -> None:
    st.session_state[_ROUND] += 1
    st.rerun()
