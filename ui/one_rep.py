"""One rep: figures beside the median rep's, and where the rep stands among those with the same region and tenure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from salesmetrics.analysis.benchmark import AS_LONG, NEAR
from salesmetrics.analysis.peers import FEWEST, Beside, against_team
from salesmetrics.charts import metric_title
from salesmetrics.charts.bars import change_colour
from salesmetrics.charts.figure import FEW_CASES, Row, is_known, rows_of
from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.charts.values import change, compact
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.result import Result
from ui.selection import Selection
from ui.text import plain

STANDING = "rep_benchmark"

_CELL = '<td style="padding:.35rem 0 .35rem .4rem;text-align:right;{style}">{text}</td>'
_HEAD = '<th scope="col" style="padding:.35rem 0 .35rem {left};text-align:{side};font-weight:400;color:{quiet}">{text}</th>'
_NAME = '<th scope="row" style="padding:.35rem 0;text-align:left;font-weight:400">{text}</th>'
_TABLE = (
    '<table style="width:100%;border-collapse:collapse;font-size:.875rem">'
    "<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
)
# Where a rep stands from 0 to 100, with a mark at the middle.
_BAR = (
    '<div style="position:relative;height:6px;margin-top:3px;border-radius:3px;background:{track}">'
    '<div style="height:6px;border-radius:3px;width:{width:.0f}%;background:{colour}"></div>'
    '<div style="position:absolute;top:-2px;height:10px;width:2px;left:50%;background:{text}"></div></div>'
)


def choose_rep(ranking: Result, peers: Result, on: Selection) -> str | None:
    """Draw the choice of a rep, best ranked first, and give the one chosen; None where there is none."""
    ranked = [
        row for row in rows_of(ranking, ranking.query.metrics[0], ("rep", "value")) if is_known(row["value"])
    ]
    ranked.sort(key=lambda row: -row["value"])
    known = {
        row["rep"]: None
        for metric in peers.query.metrics
        for row in rows_of(peers, metric, ("rep", "value"))
        if is_known(row["value"])
    }
    offered = [
        rep for rep in dict.fromkeys((*(row["rep"] for row in ranked), *known)) if rep in known and rep != UNKNOWN
    ]
    if not offered:
        return None
    filtered = [value for item in on.filters if item.dimension == "rep" for value in item.values]
    only = filtered[0] if len(filtered) == 1 and filtered[0] in offered else None
    chosen: str | None = st.selectbox(
        _("One rep against the team"), offered, index=offered.index(only) if only else 0,
        key=f"team_rep_{only or ''}", persist_state="session",
    )  # fmt: skip
    return chosen


def _table(heads: Iterable[tuple[str, str]], lines: Iterable[str], theme: Theme) -> None:
    quiet = PALETTES[theme].quiet
    head = "".join(
        _HEAD.format(side=side, left="0" if side == "left" else ".4rem", quiet=quiet, text=escape(text))
        for text, side in heads
    )
    st.html(_TABLE.format(head=head, body="".join(lines)))


def _line(name: str, cells: Iterable[str], theme: Theme) -> str:
    grid = PALETTES[theme].grid
    return f'<tr style="border-top:1px solid {grid}">{_NAME.format(text=escape(name))}{"".join(cells)}</tr>'


def _beside(row: Beside, theme: Theme) -> str:
    metric, colours = CATALOGUE[row.metric], PALETTES[theme]
    few = metric.unit == "percent" and metric.id != "quota_attainment" and 0 < row.n < FEW_CASES
    note = (
        f' <span style="color:{colours.quiet}">(' + _("of {n}").format(n=compact(row.n, "count")) + ")</span>"
        if few
        else ""
    )
    growth = row.growth if metric.unit == "money" else None
    colour = colours.quiet if few else change_colour(row.difference, str(metric.better), colours)
    cells = (
        _CELL.format(style="font-weight:600", text=escape(compact(row.value, metric.unit)) + note),
        _CELL.format(style="", text=escape(compact(row.median, metric.unit))),
        _CELL.format(
            style=f"color:{colour};font-weight:600", text=escape(change(row.difference, growth, metric.unit))
        ),
    )
    return _line(metric_title(metric), cells, theme)


def beside_the_team(peers: Result, rep: str, theme: Theme) -> None:
    """Draw one rep's figures against the median rep of the team as a small table."""
    columns = ("metric", "rep", "value", "n")
    figures = (row for metric in peers.query.metrics for row in rows_of(peers, metric, columns))
    compared = [row for row in against_team(figures, rep) if row.reps]
    heads = ((" ", "left"), (rep, "right"), (_("Median rep"), "right"), (_("Difference"), "right"))
    _table(heads, (_beside(row, theme) for row in compared), theme)
    most = max(row.reps for row in compared)
    if most < FEWEST:
        st.caption(_("There are too few reps under these filters to say what is usual."))
    else:
        st.caption(_("The median of {n} reps under these filters.").format(n=most))


def _whom(among: str, peers: float) -> str:
    if among == NEAR:
        said = _("{n} of the same region and tenure")
    elif among == AS_LONG:
        said = _("{n} of the same tenure")
    else:
        said = _("all {n} reps")
    return said.format(n=compact(peers, "count"))


def _placed(metric_id: str, row: Row, theme: Theme) -> str:
    metric, colours, details = CATALOGUE[metric_id], PALETTES[theme], row["details"]
    bar = _BAR.format(track=colours.grid, width=row["value"], colour=colours.main, text=colours.text)
    cells = [
        _CELL.format(style="white-space:nowrap", text=escape(compact(details[name], metric.unit)))
        for name in ("own", "peer_median")
    ]
    cells.append(_CELL.format(style="width:5.5rem;padding-left:1rem", text=f"<b>{row['value']:.0f}</b>{bar}"))
    return _line(metric_title(metric), cells, theme)


def among_peers(standings: Mapping[str, Result], rep: str, theme: Theme) -> None:
    """Draw where one rep stands among peers in each metric of `standings`, from 0 to 100; nothing without peers."""
    found = {
        metric: next(
            (row for row in rows_of(result, STANDING) if row["rep"] == rep and is_known(row["value"])), None
        )
        for metric, result in standings.items()
    }
    lines = [_placed(metric, row, theme) for metric, row in found.items() if row is not None]
    if not lines:
        if standings:
            st.caption(_("There are fewer than five peers to place this rep among."))
        return
    heads = ((_("Among peers"), "left"), (rep, "right"), (_("Median peer"), "right"), (_("Standing"), "right"))
    _table(heads, lines, theme)
    whom = dict.fromkeys(_whom(row["details"]["among"], row["details"]["peers"]) for row in found.values() if row)
    st.caption(
        plain(
            _(
                "Standing among {peers}: 50 is the middle, 100 the best; a few points are chance. A rate of fewer than 20 "
                "cases counts as if 20 more had gone as the peers' do."
            ).format(peers="; ".join(whom))
        )
    )
