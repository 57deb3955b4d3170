"""Where revenue comes from over time: stacked bars of a dimension's largest values, as shares or as amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import altair as alt
import pandas as pd

from salesmetrics.charts.figure import (
    PALE,
    ROWS,
    Figure,
    compared_tooltip,
    counting_tooltips,
    cursor,
    measured,
    metric_title,
    period_key,
    period_names,
    picking,
    solid_and_dashed,
)
from salesmetrics.charts.leaders import colours_of, leaders, lumped, name_of
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.trend import grain_words, value_axis
from salesmetrics.charts.values import change, compact, full, language, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dimensions import DIMENSIONS, UNKNOWN
from salesmetrics.query.request import Compare, Grain
from salesmetrics.query.result import Result

Drawn = Literal["revenue_share", "revenue"]

MOST = 8
"""Beyond so many values a stack cannot be told apart: the rest is drawn as one."""

HEIGHT = 240
"""Pixels of the bars with their axis; the names above them come on top."""

_LETTER, _SWATCH, _LINE, _PHONE = 6.6, 44, 17, 280


@dataclass(frozen=True)
class _Shape:
    """All that the specification of a stack follows from; its data is no part of it."""

    theme: Theme
    drawn: Drawn
    grain: Grain
    compared: str | None
    language: str


def period_label(grain: Grain, language: str) -> str:
    """Give the Vega expression that writes a mark's key of days on an axis: its first day, the year once below."""
    day = "datetime(+slice(datum.value, 0, 4), +slice(datum.value, 5, 7) - 1, +slice(datum.value, 8, 10))"
    chinese = language == "zh"
    year = f"timeFormat({day}, '{'%Y年' if chinese else '%Y'}')"
    if grain is Grain.YEAR:
        return year
    if grain in {Grain.MONTH, Grain.QUARTER}:
        month = f"timeFormat({day}, '{'%-m月' if chinese else '%b'}')"
        name = f"'Q' + quarter({day})" if grain is Grain.QUARTER else month
        return f"[{name}, datum.index === 0 || month({day}) === 0 ? {year} : '']"
    return f"timeFormat({day}, '{'%-m月%-d日' if chinese else '%-d %b'}')"


@lru_cache(maxsize=128)
def _spec(shape: _Shape) -> Mapping[str, Any]:
    legend = alt.Legend(
        title=None, symbolType="square", symbolStrokeWidth=0, labelLimit=alt.ExprRef("max(120, width - 30)"),
        columnPadding=10, rowPadding=4, offset=12,
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("period:N", title=_("Period")),
        alt.Tooltip("share_text:N", title=_("Share of revenue")),
        alt.Tooltip("amount_text:N", title=_("Revenue")),
        *(
            [
                compared_tooltip(shape.compared),
                alt.Tooltip("change_text:N", title=_("Change of the share")),
            ]
            if shape.compared
            else []
        ),
        *counting_tooltips(False),
        alt.Tooltip("note:N", title=_("Note")),
    ]
    pick = picking("key", "span")
    chart = (
        alt.Chart(ROWS)
        .mark_bar(cursor=cursor())
        .encode(
            x=alt.X(
                "span:N", sort=None, scale=alt.Scale(paddingInner=0.18, paddingOuter=0.05),
                axis=alt.Axis(
                    title=None, labelAngle=0, labelOverlap=True, labelExpr=period_label(shape.grain, shape.language)
                ),
            ),
            y=alt.Y(
                "bottom:Q", axis=value_axis("percent" if shape.drawn == "revenue_share" else "money"),
                scale=alt.Scale(zero=True, nice=shape.drawn == "revenue"),
            ),
            y2="top:Q",
            color=alt.Color("label:N", legend=legend),
            stroke=alt.condition(
                pick, alt.value(PALETTES[shape.theme].text), alt.Stroke("colour:N", scale=None), empty=False
            ),
            strokeWidth=alt.condition(pick, alt.value(2.5), alt.value(1), empty=False),
            fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
            strokeDash=alt.condition("datum.unfinished", alt.value([3, 3]), alt.value([1, 0])),
            tooltip=tooltip,
        )
        .add_params(pick)
    )  # fmt: skip
    return alt.layer(chart).properties(height=HEIGHT, config=config(shape.theme)).to_dict()


def _named(spec: Mapping[str, Any], labels: Sequence[str], colours: Sequence[str]) -> Mapping[str, Any]:
    """Put the names and their colours into a specification that is shared by all that look alike."""
    widest = int(max(len(label) for label in labels) * _LETTER) + _SWATCH
    (layer,) = spec["layer"]
    colour = layer["encoding"]["color"]
    # As many names in a line as the width holds: a legend by itself never breaks its line.
    legend = {**colour["legend"], "columns": {"expr": f"max(1, floor(width / {widest}))"}}
    named = {**colour, "legend": legend, "scale": {"domain": list(labels), "range": list(colours)}}
    # The bars keep their height on a phone too, where the names take most lines.
    lines = -(-len(labels) // max(1, _PHONE // widest))
    encoding = {**layer["encoding"], "color": named}
    return {**spec, "layer": [{**layer, "encoding": encoding}], "height": HEIGHT + _LINE * lines}


def _stacked(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Put the values of each period on top of each other, the first at the bottom; negative ones below zero."""
    places = {name: place for place, name in enumerate(names)}
    rows = rows.assign(place=rows["key"].map(places)).sort_values(["period_start", "place"], ignore_index=True)
    below = rows["value"] < 0
    reach = rows["value"].fillna(0).groupby([rows["period_start"], below]).cumsum()
    return rows.assign(bottom=reach - rows["value"].fillna(0), top=reach).drop(columns="place")


def _parts(result: Result, by: str, names: Sequence[str], compare: Compare | None) -> pd.DataFrame:
    """Give one row a period and name, with amount and share now and before, what is not named summed."""
    when = ["period_start", "period_end"]
    amounts, shares = result.rows("revenue"), result.rows("revenue_share")
    columns = {"value": "amount", "n": "n"}
    before = {f"{compare}_value": "before"} if compare else {}
    both = amounts[[*when, by, *columns, "warnings"]].rename(columns=columns).merge(
        shares[[*when, by, "value", *before]].rename(columns={"value": "share", **before}), on=[*when, by], how="left"
    )  # fmt: skip
    both["key"] = lumped(both[by], names)
    summed = both.groupby([*when, "key"], sort=False)
    figures = ["amount", "share", "n", *before.values()]
    parts: pd.DataFrame = summed[figures].sum(min_count=1).reset_index()
    return parts.merge(summed["warnings"].first().reset_index(), on=[*when, "key"])


def _data(parts: pd.DataFrame, drawn: Drawn, grain: Grain, compare: Compare | None) -> pd.DataFrame:
    # What one knows about a period does not differ by part.
    periods = parts.drop_duplicates("period_start").sort_values("period_start", ignore_index=True)
    unfinished = solid_and_dashed(periods.assign(value=periods["amount"]), grain)[2]
    late = set(periods.loc[unfinished, "period_start"])
    rows = parts[parts["amount"].notna()].reset_index(drop=True)
    share = rows["share"].astype("float64")
    frame = pd.DataFrame(
        {
            "key": rows["key"],
            "label": rows["label"],
            "span": [period_key(a, b) for a, b in zip(rows["period_start"], rows["period_end"], strict=True)],
            "period": period_names(rows),
            "bottom": rows["bottom"].astype("float64"),
            "top": rows["top"].astype("float64"),
            "share": share,
            "amount": rows["amount"].astype("float64"),
            "short": [
                f"{compact(part, 'percent')} · {compact(amount, 'money')}"
                for part, amount in zip(share, rows["amount"], strict=True)
            ],
            "share_text": [compact(value, "percent") for value in share],
            "amount_text": [full(value, "money") for value in rows["amount"]],
            "cases": [compact(n, "count") for n in rows["n"]],
            "colour": rows["colour"],
            "unfinished": rows["period_start"].isin(late),
        }
    )
    frame["opacity"] = frame["unfinished"].map({True: PALE, False: 1.0})
    frame["note"] = frame["unfinished"].map({True: _("Not a whole period"), False: "–"})
    if compare:
        before = rows["before"].astype("float64")
        frame["compared_text"] = [compact(value, "percent") for value in before]
        frame["change_text"] = [change(value, None, "percent") for value in share - before]
    return frame


def _whole_shares(result: Result, by: str, prefix: str = "") -> pd.Series | None:
    """Give each value's share of all periods together; None where a period lacks its amounts."""
    rows = result.rows("revenue")
    amounts = rows[f"{prefix}value"]
    if prefix and amounts.isna().any():
        return None
    summed = amounts.groupby(rows[by].astype(str)).sum()
    return summed / summed.sum() if len(summed) and summed.min() >= 0 and summed.sum() > 0 else None


def _headline(result: Result, by: str, compare: Compare | None) -> str:
    now = _whole_shares(result, by)
    named = now.drop(UNKNOWN, errors="ignore") if now is not None else pd.Series(dtype="float64")
    if len(named) < 2:
        return _("Revenue by {dimension} over time").format(dimension=DIMENSIONS[by].title().lower())
    first = str(named.idxmax())
    said = _("Most from {name}: {share} of revenue").format(
        name=name_of(by, first), share=compact(float(named[first]), "percent")
    )
    before = _whole_shares(result, by, f"{compare}_") if compare else None
    if before is None:
        return said
    gained = (named - before.reindex(named.index).fillna(0)).sort_values(ascending=False, kind="stable")
    if gained.iloc[0] < 0.0005:
        return said
    return _("{most}; {name} gained most, {change} on a year earlier").format(
        most=said, name=name_of(by, str(gained.index[0])), change=change(float(gained.iloc[0]), None, "percent")
    )


def mix_figure(
    result: Result, by: str, values: Sequence[str] = (), theme: Theme = "light", drawn: Drawn = "revenue_share"
) -> Figure:
    """Give revenue over time by the values of `by`, stacked: as shares of each period, or as amounts.

    `result` holds `revenue` and `revenue_share` by time and `by`, against last year where that was asked for.
    `values` are all the dimension's values in the data, most frequent first: they fix the colours.
    Raises ValueError when `result` has no grain.
    """
    grain = result.query.grain
    if grain is None:
        raise ValueError("a mix over time needs a result that is cut by time")
    measure = metric_title(CATALOGUE[drawn])
    rows = result.rows(drawn)
    if rows.empty or rows["value"].isna().all():
        reasons = rows["reason"].dropna()
        why = reason_in_words(reasons.iloc[0] if len(reasons) else "no_rows")
        return Figure({}, pd.DataFrame(), measure, "", f"{measure}: {why}")
    compare = Compare.LAST_YEAR if Compare.LAST_YEAR in result.query.compare else None
    amounts = result.rows("revenue")
    worth = amounts["value"].groupby(amounts[by].astype(str)).sum()
    names = leaders(worth, by, MOST)
    beyond = len(worth) - len(names) + 1
    colours = colours_of(by, names, values or tuple(worth.index), theme)
    parts = _parts(result, by, names, compare)
    labels = {name: name_of(by, name, beyond) for name in names}
    parts = parts.assign(
        value=parts["share" if drawn == "revenue_share" else "amount"],
        label=parts["key"].map(labels), colour=parts["key"].map(colours),
    )  # fmt: skip
    frame = _data(_stacked(parts, names), drawn, grain, compare)
    subtitle = _("{measure} by {dimension}, {grain}, {period}").format(
        measure=measured(measure, CATALOGUE[drawn].unit), dimension=DIMENSIONS[by].title().lower(), grain=grain_words(grain),
        period=period_name(result.period.start, result.period.end),
    )  # fmt: skip
    if frame["unfinished"].any():
        subtitle = _("{subtitle}; pale: not a whole period").format(subtitle=subtitle)
    shape = _Shape(
        theme, drawn, grain,
        _("Share a year earlier") if compare else None, language(),
    )  # fmt: skip
    last = frame[frame["span"] == frame["span"].iloc[-1]]
    listed = "; ".join(f"{row.label} {row.share_text}" for row in last.itertuples())
    headline = _headline(result, by, compare)
    text = _("{subtitle}. {headline}. In {period}: {listed}.").format(
        subtitle=subtitle, headline=headline, period=last["period"].iloc[0], listed=listed
    )
    return Figure(
        _named(_spec(shape), tuple(labels.values()), [colours[name] for name in names]), frame,
        headline, subtitle, text,
        metric="revenue", picks={"key": by, "span": "period"},
    )  # fmt: skip
