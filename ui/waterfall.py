"""What became of the open pipeline since an earlier version: the choice of versions, the bars, and the deals behind."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import streamlit as st

from salesmetrics.analysis.pipeline_waterfall import Waterfall, waterfall
from salesmetrics.charts.figure import measured
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import compact, period_name
from salesmetrics.charts.waterfall import bar_names, waterfall_figure
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _, ngettext
from salesmetrics.model.calendar import Grain, Period, bucket, buckets
from salesmetrics.model.conventions import Conventions
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.deal_moves import TABLE, DealMoves
from salesmetrics.workspace import Version
from ui import frame, version_pairs
from ui.datasets import Opened
from ui.text import plain, quoted

_OLDER, _CLOSES, _BAR = "waterfall_from", "waterfall_closes", "waterfall_bar"

MOST_QUARTERS = 12
"""Quarters of expected closes that are offered, the first."""

ROWS_SHOWN = 8


def draw(opened: Opened, conventions: Conventions, theme: Theme) -> None:
    """Draw how the open pipeline got from an earlier version to the one that is on, for those who own both."""
    earlier = [one for one in opened.workspace.versions if one.id != opened.version.id and one.rows.get(TABLE)]
    if not opened.mine or not earlier or not opened.version.rows.get(TABLE):
        return
    st.subheader(_("What became of the open pipeline?"))
    try:
        older, period = _chosen(opened.version, earlier, conventions)
        moves = version_pairs.moves_of(older, opened.version, period)
        if moves is None:
            return
        _drawn(older, opened.version, period, moves, theme)
    except SalesMetricsError as error:
        st.info(plain(quoted(error.sentence)))


def _chosen(newer: Version, earlier: list[Version], conventions: Conventions) -> tuple[Version, Period | None]:
    known = {version.number: version for version in earlier}
    numbers = list(known)
    usual = next((number for number in numbers if number < newer.number), numbers[0])
    name = _("Version {number}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        older = known[
            st.selectbox(
                _("Since"), numbers, numbers.index(usual), key=f"{_OLDER}_{newer.number}", width=180,
                format_func=lambda number: name.format(number=number),
            )
        ]  # fmt: skip
        quarters = _quarters(older, newer, conventions)
        period = st.selectbox(
            _("Expected to close"), [None, *quarters], key=f"{_CLOSES}_{older.number}_{newer.number}", width=220,
            format_func=lambda one: period_name(one.start, one.end) if one else _("at any time"),
        ) if quarters else None  # fmt: skip
    return older, period


def _quarters(older: Version, newer: Version, conventions: Conventions) -> list[Period]:
    reach = version_pairs.closes_of(older, newer)
    if reach is None:
        return []
    cut = buckets(reach, Grain.QUARTER, conventions)[:MOST_QUARTERS]
    return [bucket(one.start, Grain.QUARTER, conventions) for one in cut]


def _drawn(older: Version, newer: Version, period: Period | None, moves: DealMoves, theme: Theme) -> None:
    found = waterfall(moves.opening, moves.moves, moves.changed, moves.closing)
    name = _("version {number}")
    names = name.format(number=older.number), name.format(number=newer.number)
    frame.draw(waterfall_figure(found, theme, names), "pipeline_waterfall")
    st.caption(plain(" ".join(_sentences(found, moves, period))))
    _deals(older, newer, period, found)


def _sentences(found: Waterfall, moves: DealMoves, period: Period | None) -> list[str]:
    said = [_("All deals of both versions are in it: the filters of the page do not apply here.")]
    if period is None:
        said.append(_("Choose when deals are expected to close to see which were pushed out and pulled in."))
    won = moves.moves.get("won")
    if found.priced and won and moves.won_at != -won[1]:
        said.append(
            _("Won deals leave at the amount they stood at, {old}; they were won at {now}.").format(
                old=compact(float(-won[1]), "money"), now=compact(float(moves.won_at), "money")
            )
        )
    if found.priced and moves.unpriced:
        message = ngettext(
            "{n} open deal without an amount counts as 0.", "{n} open deals without an amount count as 0.",
            moves.unpriced,
        )  # fmt: skip
        said.append(message.format(n=compact(moves.unpriced, "count")))
    if not found.priced:
        said.append(_("Open deals carry no amount in these files, so deals are counted."))
    if period and moves.undated:
        message = ngettext(
            "{n} open deal has no expected close, and so lies in no period.",
            "{n} open deals have no expected close, and so lie in no period.",
            moves.undated,
        )
        said.append(message.format(n=compact(moves.undated, "count")))
    return said


def _deals(older: Version, newer: Version, period: Period | None, found: Waterfall) -> None:
    """List the deals behind the bar that is chosen."""
    names = bar_names()
    bars = {bar.name: bar for bar in found.bars if bar.deals}
    chosen = st.pills(
        _("See the deals"), list(bars), key=f"{_BAR}_{older.number}_{newer.number}",
        format_func=lambda name: f"{names[name]} ({bars[name].deals:,})",
    )  # fmt: skip
    if not chosen:
        return
    rows = version_pairs.deals_of(older, newer, chosen, period)
    shown = {
        name: values for name, values in rows.items() if name != "move" and any(one is not None for one in values)
    }
    if not found.priced:
        shown = {
            name: values for name, values in shown.items() if name not in ("by", "amount_before", "amount_now")
        }
    words = {"open": _("Open"), "won": _("Won"), "lost": _("Lost")}
    for name in ("status_before", "status_now"):
        shown[name] = [words.get(str(one)) for one in rows[name]]
    table = pa.table({name: pa.array(_plain(values)) for name, values in shown.items()})
    height = min(table.num_rows, ROWS_SHOWN) * 35 + 38
    st.dataframe(
        table, hide_index=True, height=height, column_config=_columns(), column_order=list(_columns()), placeholder="–",
        alt=_("Deals behind {bar}").format(bar=names[chosen]),
    )  # fmt: skip
    if bars[chosen].deals > version_pairs.MOST_LISTED:
        st.caption(_("The first {n} are listed.").format(n=f"{version_pairs.MOST_LISTED:,}"))


def _plain(values: list[Any]) -> list[Any]:
    # What is shown needs no more places than a float has; sums are exact before.
    return [float(one) if hasattr(one, "as_tuple") else one for one in values]


def _columns() -> dict[str, Any]:
    column = st.column_config
    money: dict[str, Any] = {"format": "localized"}
    return {
        "opportunity_id": column.TextColumn(_("Deal")),
        "by": column.NumberColumn(measured(_("Change"), "money"), **money),
        "amount_before": column.NumberColumn(_("Amount before"), **money),
        "amount_now": column.NumberColumn(_("Amount now"), **money),
        "status_before": column.TextColumn(_("Was")),
        "status_now": column.TextColumn(_("Is")),
        "close_before": column.DateColumn(_("Close before"), format="D MMM YYYY"),
        "close_now": column.DateColumn(_("Close now"), format="D MMM YYYY"),
        "customer_id": column.TextColumn(DIMENSIONS["customer"].title()),
        "rep_id": column.TextColumn(DIMENSIONS["rep"].title()),
    }
