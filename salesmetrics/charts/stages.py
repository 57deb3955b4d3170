"""Open deals by stage: what they are worth, and inside it what they are worth weighted with their chance to be won."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from salesmetrics.charts.figure import ROWS, Figure, cursor, highest, measured, metric_title, picking
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, day_name, full
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.result import Result

VALUE, WEIGHTED, DEALS = "pipeline_value", "weighted_pipeline", "open_opportunities"

METRICS = (VALUE, WEIGHTED, DEALS)
"""What a result must hold, by stage."""

STEP = 54
"""Pixels from one stage to the next: its name above the bar, what it holds below."""


MARGIN = 14
"""Pixels that the frame around all bars takes of their height."""


@dataclass(frozen=True)
class _Shape:
    theme: Theme
    priced: bool
    weighted: bool
    value_title: str
    weighted_title: str
    deals_title: str


@lru_cache(maxsize=64)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    colours = PALETTES[shape.theme]
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        *([alt.Tooltip("value_text:N", title=shape.value_title)] if shape.priced else []),
        *([alt.Tooltip("weighted_text:N", title=shape.weighted_title)] if shape.weighted else []),
        *([alt.Tooltip("chance_text:N", title=_("Chance to be won"))] if shape.weighted else []),
        alt.Tooltip("deals_text:N", title=shape.deals_title),
        *([alt.Tooltip("unpriced_text:N", title=_("Without an amount"))] if shape.priced else []),
    ]
    # The data arrives in the order in which it is drawn.
    y = alt.Y("key:N", sort=None, axis=None)
    x = alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    layers = [
        alt.Chart(ROWS)
        .mark_bar(height=14, cornerRadius=2, color=colours.main, opacity=0.35 if shape.weighted else 1.0)
        .encode(y=y, x=x)
    ]
    if shape.weighted:
        layers.append(
            alt.Chart(ROWS).mark_bar(height=14, cornerRadius=2, color=colours.main).encode(
                y=y, x=alt.X("weighted:Q", axis=None)
            )
        )  # fmt: skip
    layers += [
        alt.Chart(ROWS).mark_text(align="left", dy=-16, limit=200).encode(
            y=y, x=alt.value(0), text="label:N"
        ),
        alt.Chart(ROWS).mark_text(align="right", dy=-16, fontWeight=600).encode(
            y=y, x=alt.value("width"), text="short:N"
        ),
        alt.Chart(ROWS).mark_text(align="left", dy=15, fontSize=11, color=colours.quiet).encode(
            y=y, x=alt.value(0), text="below:N"
        ),
    ]  # fmt: skip
    # The whole line of a stage answers to the pointer: a short bar is hard to hit.
    pick = picking("key")
    layers.append(
        alt.Chart(ROWS).mark_rect(color=colours.text, cornerRadius=4, cursor=cursor()).encode(
            y=y, x=alt.value(0), x2=alt.value("width"), tooltip=tooltip,
            opacity=alt.condition(pick, alt.value(0.09), alt.value(0), empty=False),
        ).add_params(pick)
    )  # fmt: skip
    return alt.layer(*layers).properties(config=config(shape.theme)).to_dict()


def _stages(result: Result) -> pd.DataFrame:
    """Set the three metrics side by side, a row a stage that holds an open deal."""
    value, weighted, deals = (result.rows(metric).set_index("stage") for metric in METRICS)
    frame = pd.DataFrame({"deals": deals["value"]}).dropna()
    frame = frame[frame["deals"] > 0]
    frame["value"] = value["value"].reindex(frame.index)
    frame["with_amount"] = value["n"].reindex(frame.index).fillna(0)
    frame["weighted"] = weighted["value"].reindex(frame.index)
    frame["chance"] = frame["weighted"] / frame["value"].where(frame["value"] > 0)
    return frame.reset_index(names="key")


def _ordered(frame: pd.DataFrame, size: str) -> pd.DataFrame:
    """Order stages from the first to the last where their chances tell, else from the largest; the nameless last."""
    named = frame["key"] != UNKNOWN
    by_chance = named.any() and frame.loc[named, "chance"].notna().all() and frame["chance"].nunique() > 1
    order = ["chance", size] if by_chance else [size]
    sorted_ = frame.assign(unnamed=~named).sort_values(
        ["unnamed", *order], ascending=[True, *(column == "chance" for column in order)], kind="stable"
    )
    return sorted_.drop(columns="unnamed").reset_index(drop=True)


def _deals(count: float) -> str:
    return ngettext("{n} deal", "{n} deals", int(count)).format(n=compact(count, "count"))


def _below(row: Any, priced: bool, weighted: bool) -> str:
    if not priced:
        return ""
    if weighted and not pd.isna(row.weighted):
        return _("{deals}, weighted {value}").format(deals=_deals(row.deals), value=compact(row.weighted, "money"))
    return _deals(row.deals)


def _data(frame: pd.DataFrame, priced: bool, weighted: bool) -> pd.DataFrame:
    unit = "money" if priced else "count"
    size = frame["value"] if priced else frame["deals"]
    return pd.DataFrame(
        {
            "key": frame["key"],
            "label": frame["key"],
            "value": size.astype("float64"),
            "weighted": frame["weighted"].astype("float64"),
            "short": [compact(one, unit) for one in size],
            "below": [_below(row, priced, weighted) for row in frame.itertuples()],
            "value_text": [full(one, "money") for one in frame["value"]],
            "weighted_text": [full(one, "money") for one in frame["weighted"]],
            "chance_text": [compact(one, "percent") for one in frame["chance"]],
            "deals_text": [full(one, "count") for one in frame["deals"]],
            "unpriced_text": [full(one, "count") for one in frame["deals"] - frame["with_amount"]],
        }
    )


def _headline(data: pd.DataFrame, priced: bool) -> str:
    named = data[(data["key"] != UNKNOWN) & data["value"].notna()]
    unit, total = ("money" if priced else "count"), data["value"].sum()
    if len(named) < 2 or total <= 0:
        return _("Open value by stage") if priced else _("Open deals by stage")
    most = highest(named)
    said = (
        _("Most open value is in {stage}: {part} of {whole}")
        if priced
        else _("Most open deals are in {stage}: {part} of {whole}")
    )
    return said.format(stage=most["label"], part=compact(most["value"], unit), whole=compact(total, unit))


def _subtitle(frame: pd.DataFrame, on: str, priced: bool, weighted: bool) -> str:
    deals, without = frame["deals"].sum(), (frame["deals"] - frame["with_amount"]).sum()
    if not priced:
        return _("Open deals by stage on {day}, counted: {without} of {deals} carry no amount").format(
            day=on, without=compact(without, "count"), deals=compact(deals, "count")
        )
    said = _("{measure} by stage on {day}").format(measure=measured(_("Open value"), "money"), day=on)
    if weighted:
        said = _("{measured}; the firm part is weighted with the chance to be won").format(measured=said)
    if without:
        said += "; " + ngettext(
            "{n} of {deals} open deals carries no amount",
            "{n} of {deals} open deals carry no amount",
            int(without),
        ).format(n=compact(without, "count"), deals=compact(deals, "count"))
    return said


def stages_figure(result: Result, theme: Theme = "light") -> Figure:
    """Give open deals by stage as a figure, from a result that holds `METRICS` by stage.

    Stages stand from the first to the last where the chance to be won tells their order, else from the largest.
    Where too few deals carry an amount, deals are counted instead, and the subtitle says so.
    """
    known = CATALOGUE[VALUE]
    frame = _stages(result)
    if frame.empty:
        reasons = result.rows(DEALS)["reason"].dropna()
        why = reason_in_words(reasons.iloc[0] if len(reasons) else "no_rows")
        return Figure({}, pd.DataFrame(), metric_title(known), "", f"{metric_title(CATALOGUE[DEALS])}: {why}")
    priced = bool(
        frame["with_amount"].sum() >= result.query.conventions.low_coverage * frame["deals"].sum()
        and frame["value"].notna().any()
    )
    weighted = priced and bool(frame["weighted"].notna().any())
    frame = _ordered(frame, "value" if priced else "deals")
    data = _data(frame, priced, weighted)
    shape = _Shape(theme, priced, weighted, *(metric_title(CATALOGUE[metric]) for metric in METRICS))
    on = day_name(min(result.period.end - timedelta(days=1), result.as_of))
    subtitle = _subtitle(frame, on, priced, weighted)
    said = zip(data["label"], data["short"], data["below"], strict=True)
    listed = "; ".join(f"{stage} {size} ({more})" if more else f"{stage} {size}" for stage, size, more in said)
    return Figure(
        {**_spec(shape), "height": STEP * len(data) + MARGIN}, data, _headline(data, priced), subtitle,
        f"{subtitle}: {listed}.", VALUE if priced else DEALS, {"key": "stage"},
    )  # fmt: skip
