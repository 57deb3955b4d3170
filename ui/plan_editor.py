"""The editor of the incentive plan: tiers, what is paid above the quota, bonuses by product, sums at milestones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from salesmetrics.analysis.incentive_plan import USUAL, Bonus, Milestone, Plan, Tier, from_rows, number
from salesmetrics.charts.figure import measured
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from salesmetrics.query.payouts import plan_rows
from ui import answers, datasets, kept_documents
from ui.datasets import Opened
from ui.text import plain

DOCUMENT = "incentives"
_DRAFT = "incentives_draft"
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Draft:
    """What the editor was filled with: a plan, whose it is, and the edition that it rests on."""

    workspace: str
    plan: Plan
    origin: str
    seen: int
    round: int


def _start(opened: Opened) -> tuple[Plan, str, int]:
    """Give the plan that holds, where it comes from, and its edition: kept, from the files, or an example."""
    document = kept_documents.document(opened, DOCUMENT)
    edition = document.edition if document else 0
    if document:
        try:
            return Plan.from_json(document.body), "kept", edition
        except SalesMetricsError as error:
            st.error(plain(error.sentence))
    try:
        plan = from_rows(answers.kept(opened.data, "plan rows", lambda: plan_rows(opened.data)))
    except SalesMetricsError as error:
        st.warning(plain(_("The plan in the files cannot be used: {why}").format(why=error.sentence)))
        plan = None
    return (plan, "files", edition) if plan else (USUAL, "example", edition)


def editor(opened: Opened) -> Plan:
    """Draw the editor and give the plan that stands in it; the one before, said, where it does not fit together."""
    plan, origin, edition = _start(opened)
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is None or draft.workspace != opened.workspace.id or not _touched(draft):
        fresh = Draft(opened.workspace.id, plan, origin, edition, draft.round + 1 if draft else 0)
        if draft is None or (draft.workspace, draft.plan, draft.seen) != (fresh.workspace, plan, edition):
            st.session_state[_DRAFT] = draft = fresh
    st.caption(plain(_origins()[draft.origin]))
    if edition != draft.seen:
        st.warning(
            _(
                "Somebody saved another plan while you were at yours, so yours cannot be saved. Take theirs, then change."
            )
        )
        if st.button(_("Take what is saved"), key="incentives_reload"):
            del st.session_state[_DRAFT]
            st.rerun()
    edited = draft.plan
    with st.expander(_("The plan: change it and see what it would pay")):
        fits = True
        try:
            edited = _fields(opened, draft)
        except SalesMetricsError as error:
            fits = False
            st.error(
                plain(error.sentence + " " + _("Until then the plan before it is used, and cannot be saved."))
            )
        if opened.mine and st.button(_("Save the plan"), key="incentives_save", type="primary", disabled=not fits):
            kept = kept_documents.keep(opened, DOCUMENT, edited.to_json(), draft.seen)
            if kept is not None:
                del st.session_state[_DRAFT]
                st.session_state[_DRAFT] = Draft(
                    opened.workspace.id, edited, "kept", kept.edition, draft.round + 1
                )
                st.toast(_("Saved."))
                st.rerun()
        if why := kept_documents.who_may(opened):
            st.caption(plain(why))
    return edited


def _origins() -> Mapping[str, str]:
    return {
        "kept": _("Paid by the plan that is saved with this data."),
        "files": _("Paid by the plan in the files."),
        "example": _("Nobody has set up a plan yet: this one is an example."),
    }


def _tables(draft: Draft) -> dict[str, str]:
    return {
        name: f"incentives_{name}_{draft.workspace}_{draft.round}" for name in ("tiers", "bonuses", "milestones")
    }


def _touched(draft: Draft) -> bool:
    state = st.session_state
    return any(
        any((state.get(key) or {}).get(what) for what in ("edited_rows", "added_rows", "deleted_rows"))
        for key in _tables(draft).values()
    ) or any(
        state.get(f"incentives_{name}_{draft.round}", before) != before
        for name, before in (
            ("retroactive", draft.plan.retroactive), ("accelerator", float(draft.plan.accelerator * _HUNDRED)),
        )
    )  # fmt: skip


def _fields(opened: Opened, draft: Draft) -> Plan:
    plan, keys, column = draft.plan, _tables(draft), st.column_config
    left, right = st.columns(2)
    with left:
        tiers = _table(
            keys["tiers"],
            {
                "start": [float(tier.start * _HUNDRED) for tier in plan.tiers],
                "rate": [float(tier.rate * _HUNDRED) for tier in plan.tiers],
            },
            {
                "start": column.NumberColumn(
                    _("From % of the quota"), min_value=0.0, format="%g", required=True,
                    help=_("Up to where the next tier starts; the last one has no end."),
                ),
                "rate": column.NumberColumn(
                    _("Pays % of revenue"), min_value=0.0, max_value=100.0, format="%g", required=True
                ),
            },
        )  # fmt: skip
        retroactive = st.toggle(
            _("The rate of the tier reached holds for all revenue"), plan.retroactive,
            key=f"incentives_retroactive_{draft.round}",
            help=_("Off: each rate holds only for the revenue within its tier."),
        )  # fmt: skip
        accelerator = st.number_input(
            _("Extra above 100 % of the quota, in % of that revenue"), 0.0, 100.0,
            float(plan.accelerator * _HUNDRED), 0.5, format="%g", key=f"incentives_accelerator_{draft.round}",
        )  # fmt: skip
    with right:
        products = [name for name, _rows in datasets.values(opened.data, "product")]
        named = column.SelectboxColumn(_("Product"), options=products, required=True)
        bonuses = _table(
            keys["bonuses"],
            {
                "product": [one.product for one in plan.bonuses],
                "per_unit": [float(one.per_unit) for one in plan.bonuses],
            },
            {
                "product": named if products else column.TextColumn(_("Product"), required=True),
                "per_unit": column.NumberColumn(
                    measured(_("Bonus for each unit that stays sold"), "money"), min_value=0.0, format="localized",
                    required=True,
                ),
            },
        )  # fmt: skip
        milestones = _table(
            keys["milestones"],
            {
                "at": [float(one.at * _HUNDRED) for one in plan.milestones],
                "amount": [float(one.amount) for one in plan.milestones],
            },
            {
                "at": column.NumberColumn(_("At % of the quota"), min_value=0.0, format="%g", required=True),
                "amount": column.NumberColumn(
                    measured(_("Paid once a quota period"), "money"), min_value=0.0, format="localized", required=True
                ),
            },
        )  # fmt: skip
    return Plan(
        tuple(
            sorted((Tier(_share(row["start"]), _share(row["rate"])) for row in tiers), key=lambda one: one.start)
        ),
        bool(retroactive),
        _share(accelerator),
        tuple(Bonus(str(row["product"]), number(repr(float(row["per_unit"])))) for row in bonuses),
        tuple(Milestone(_share(row["at"]), number(repr(float(row["amount"])))) for row in milestones),
    )


def _table(key: str, columns: Mapping[str, Sequence[Any]], config: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Draw a table to which rows can be added, and give its rows that are filled in."""
    types = {name: "object" if name == "product" else "float64" for name in columns}
    frame = pd.DataFrame(dict(columns)).astype(types)
    edited = st.data_editor(
        frame, key=key, hide_index=True, num_rows="dynamic", column_config=dict(config), width="stretch"
    )
    filled = edited.dropna(how="any")
    return [{str(name): value for name, value in row.items()} for row in filled.to_dict("records")]


def _share(per_cent: float) -> Decimal:
    """Give a share from per cent as people write it, exactly."""
    return number(repr(float(per_cent))) / _HUNDRED
