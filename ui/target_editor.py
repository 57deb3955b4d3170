"""The editor of targets: suggested, last year's and edited amounts side by side; kept by owners, or downloaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from salesmetrics.analysis.target_set import COLUMNS, Target, TargetSet, find, keep, kept_sets
from salesmetrics.analysis.target_split import spread_rest, to_cents
from salesmetrics.charts.figure import measured
from salesmetrics.charts.values import full, period_name
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.targets import TargetBasis
from ui import kept_documents
from ui.csv_text import csv_of
from ui.datasets import Opened
from ui.text import plain

DOCUMENT = "targets"
ROWS_SHOWN = 12
_DRAFTS = "targets_drafts"


@dataclass(frozen=True)
class Draft:
    """What stands in the editor before the edits of its table: its amounts, and the edition that they rest on.

    `round` counts how often the table was filled anew; `own` tells that the amounts differ from what is kept.
    """

    amounts: TargetSet
    seen: int
    round: int = 0
    own: bool = False


def editor(opened: Opened, basis: TargetBasis, proposed: TargetSet, by: Mapping[str, float]) -> TargetSet:
    """Draw the editor and give the targets as they stand in it; `by` weighs who gets how much of what is spread."""
    document = kept_documents.document(opened, DOCUMENT)
    try:
        sets = kept_sets(document.body) if document else ()
    except SalesMetricsError as error:
        st.error(plain(error.sentence))
        sets = ()
    edition = document.edition if document else 0
    held = find(sets, basis.scope, basis.period)
    name = f"{opened.workspace.id}_{basis.scope}_{basis.period.start}"
    draft = _draft(name, held, proposed, edition)
    if edition != draft.seen:
        _changed_meanwhile(name)
    total = to_cents(
        st.number_input(
            measured(_("Total for {period}").format(period=_period(proposed)), "money"), 0.0,
            value=float(draft.amounts.total), step=1000.0, format="%.2f",
            key=f"targets_total_{name}_{draft.round}",
        )
    )  # fmt: skip
    shown = _table(draft, basis, proposed, name)
    edited = replace(shown, total=total)
    _sum_line(edited)
    with st.container(horizontal=True):
        if st.button(_("Spread the rest"), key="targets_spread", help=_(
            "Locked amounts and those you changed stay; what is left of the total is spread over the others."
        )):  # fmt: skip
            _spread(name, draft, edited, by)
        if st.button(_("Back to the suggestion"), key="targets_back"):
            _put(name, Draft(proposed, draft.seen, draft.round + 1, own=True))
        st.download_button(
            _("Download quotas"), csv_of(COLUMNS, edited.quota_lines()),
            f"quotas {_period(edited)} {basis.scope}.csv", "text/csv", key="targets_download", on_click="ignore",
        )  # fmt: skip
        if opened.mine and st.button(_("Save"), key="targets_save", type="primary"):
            _save(opened, name, draft, edited)
    if why := kept_documents.who_may(opened):
        st.caption(plain(why))
    elif held is None:
        st.caption(_("Nothing is saved for this period yet."))
    return edited


def _changed_meanwhile(name: str) -> None:
    st.warning(
        _(
            "Somebody saved other targets while you were at yours, so yours cannot be saved. Take theirs, then change."
        )
    )
    if st.button(_("Take what is saved"), key="targets_reload"):
        del st.session_state[_DRAFTS][name]
        st.rerun()


def _period(targets: TargetSet) -> str:
    return period_name(targets.period.start, targets.period.end)


def _draft(name: str, held: TargetSet | None, proposed: TargetSet, edition: int) -> Draft:
    """Give what the editor starts from: what somebody is at, else what is kept, else what is proposed."""
    drafts: dict[str, Draft] = st.session_state.setdefault(_DRAFTS, {})
    draft = drafts.get(name)
    if draft is not None and (draft.own or _touched(name, draft)):
        return draft
    start = _merged(held, proposed) if held else proposed
    if draft is None or draft.seen != edition or draft.amounts != start:
        draft = Draft(start, edition, draft.round + 1 if draft else 0)
        drafts[name] = draft
    return draft


def _touched(name: str, draft: Draft) -> bool:
    """Tell whether somebody has typed into the editor since it was filled."""
    edits = st.session_state.get(_key(name, draft), {})
    total = st.session_state.get(f"targets_total_{name}_{draft.round}")
    return bool(edits and edits.get("edited_rows")) or (
        total is not None and to_cents(total) != draft.amounts.total
    )


def _key(name: str, draft: Draft) -> str:
    return f"targets_table_{name}_{draft.round}"


def _merged(held: TargetSet, proposed: TargetSet) -> TargetSet:
    """Give the kept targets with those who came since, at 0; who is in them stays in them."""
    known = {one.id for one in held.targets}
    names = {one.id: one.name for one in proposed.targets}
    stay = tuple(replace(one, name=names.get(one.id, one.name)) for one in held.targets)
    came = tuple(replace(one, amount=Decimal("0.00")) for one in proposed.targets if one.id not in known)
    return replace(held, targets=stay + came)


def _table(draft: Draft, basis: TargetBasis, proposed: TargetSet, name: str) -> TargetSet:
    targets = draft.amounts.targets
    last_year = {one.id: one.last_year for one in basis.holders}
    suggested = {one.id: float(one.amount) for one in proposed.targets}
    frame = pd.DataFrame({
        "name": [one.name for one in targets],
        "last_year": [last_year.get(one.id) for one in targets],
        "suggested": [suggested.get(one.id) for one in targets],
        "target": [float(one.amount) for one in targets],
        "locked": [one.locked for one in targets],
    })  # fmt: skip
    if frame["last_year"].isna().all():
        frame = frame.drop(columns="last_year")
    column, money = st.column_config, "accounting"
    edited = st.data_editor(
        frame, key=_key(name, draft), hide_index=True, num_rows="fixed",
        height=min(len(targets), ROWS_SHOWN) * 35 + 38, disabled=["name", "last_year", "suggested"],
        column_config={
            "name": column.TextColumn(DIMENSIONS[basis.scope].title(), pinned=True),
            "last_year": column.NumberColumn(measured(_("Sold a year earlier"), "money"), format=money),
            "suggested": column.NumberColumn(measured(_("Suggested"), "money"), format=money),
            "target": column.NumberColumn(
                measured(_("Target"), "money"), min_value=0.0, step=0.01, format=money, required=True
            ),
            "locked": column.CheckboxColumn(_("Locked"), help=_("Stays when the rest is spread.")),
        },
    )  # fmt: skip
    return replace(
        draft.amounts,
        targets=tuple(
            replace(one, amount=to_cents(_number(amount, one)), locked=bool(locked))
            for one, amount, locked in zip(targets, edited["target"], edited["locked"], strict=True)
        ),
    )


def _number(amount: Any, before: Target) -> Decimal | float:
    return before.amount if amount is None or amount != amount else float(amount)


def _sum_line(edited: TargetSet) -> None:
    together = full(float(edited.sum), "money")
    over = edited.over
    if not over:
        st.markdown(":green[✓] " + plain(_("The targets come to {sum}: the total exactly.").format(sum=together)))
        return
    said = (
        _("The targets come to {sum}: {amount} more than the total.")
        if over > 0
        else _("The targets come to {sum}: {amount} less than the total.")
    )
    st.markdown(":orange[≠] " + plain(said.format(sum=together, amount=full(float(abs(over)), "money"))))


def _spread(name: str, draft: Draft, edited: TargetSet, by: Mapping[str, float]) -> None:
    """Spread what is left of the total over those that are neither locked nor were changed by hand."""
    before = {one.id: one.amount for one in draft.amounts.targets}
    stay = frozenset(one.id for one in edited.targets if one.locked or one.amount != before[one.id])
    amounts = spread_rest(edited.total, {one.id: one.amount for one in edited.targets}, stay, by)
    if amounts is None:
        st.error(
            _("The amounts that stay are more than the total, or nobody is left to take the rest. Unlock some.")
        )
        return
    spread = tuple(replace(one, amount=amounts[one.id], locked=one.id in stay) for one in edited.targets)
    _put(name, Draft(replace(edited, targets=spread), draft.seen, draft.round + 1, own=True))


def _put(name: str, draft: Draft) -> None:
    st.session_state[_DRAFTS][name] = draft
    st.rerun()


def _save(opened: Opened, name: str, draft: Draft, edited: TargetSet) -> None:
    document = kept_documents.document(opened, DOCUMENT)
    try:
        sets = kept_sets(document.body) if document and document.edition == draft.seen else ()
    except SalesMetricsError:
        # What cannot be read any more makes room for what can.
        sets = ()
    kept = kept_documents.keep(opened, DOCUMENT, keep(sets, edited), draft.seen)
    if kept is None:
        return
    drafts: dict[str, Draft] = st.session_state[_DRAFTS]
    # Other drafts of this session rest on the same edition, which is theirs still.
    for other, each in drafts.items():
        if other.startswith(opened.workspace.id) and each.seen == draft.seen:
            drafts[other] = replace(each, seen=kept.edition)
    drafts[name] = Draft(edited, kept.edition, draft.round + 1)
    st.toast(_("Saved."))
    st.rerun()
