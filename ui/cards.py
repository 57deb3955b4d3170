"""A card for one number: value, changes by name, its last periods, and how it came about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from salesmetrics.charts import metric_title, sparkline_figure
from salesmetrics.charts.bars import change_colour
from salesmetrics.charts.describe import comparison_name
from salesmetrics.charts.figure import FEW_CASES, first_rows, is_known
from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.charts.values import change, compact, full, period_name
from salesmetrics.charts.words import reason_in_words, warning_in_words
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result
from ui import frame, glossary, rows, state, why_link
from ui.text import plain

Row = Mapping[str, Any]

TARGETS = {"revenue": "quota_attainment"}
"""For a card the metric that tells what share of its target was reached, drawn as a thin bar where it is known."""

BAR_REACH = 1.25
"""A thin bar ends at this share of the target: beyond it is simply full."""

# The full value stands in the page as text: on hover, for screen readers, and for whoever searches the page.
_TITLE = '<div style="font-size:.875rem;opacity:.8;line-height:1.3">{title}</div>'
_VALUE = (
    '<div style="font-size:1.75rem;font-weight:600;line-height:1.35{look}" title="{full}">'
    '<data value="{raw}" aria-label="{title}: {full}">{compact}</data></div>'
)
_LINE = '<div style="font-size:.8125rem;line-height:1.5;color:{quiet}">{text}</div>'
_BOLD = '<b style="font-weight:600;color:{colour}">{text}</b>'
_BAR = (
    '<div style="position:relative;height:6px;margin:6px 0 2px;border-radius:3px;background:{track}" title="{full}">'
    '<div style="height:6px;border-radius:3px;width:{width:.1f}%;background:{colour}"></div>'
    '<div style="position:absolute;top:-3px;height:12px;width:2px;left:{mark:.1f}%;background:{text}"></div></div>'
)


_FEW = ";opacity:.55"
"""The look of a share of few cases, as pale as charts draw it."""


def _few(row: Row, metric: Metric) -> bool:
    """Tell whether a share rests on too few cases to be taken for more than chance."""
    rate = metric.unit == "percent" and metric.id not in TARGETS.values() and is_known(row["denominator"])
    return rate and is_known(row["n"]) and 0 < row["n"] < FEW_CASES


def _line(text: str, theme: Theme) -> str:
    return _LINE.format(text=text, quiet=PALETTES[theme].quiet)


def _change_line(row: Row, compare: Compare, metric: Metric, theme: Theme) -> str:
    named = comparison_name(compare, row[f"{compare}_start"], row[f"{compare}_end"])
    difference = row[f"{compare}_change"]
    if not is_known(difference):
        return _line(escape(_("no figure {named}").format(named=named)), theme)
    text = change(difference, row[f"{compare}_growth"], metric.unit)
    # What rounds to nothing is neither better nor worse.
    colour = change_colour(0.0 if text.startswith("±") else difference, str(metric.better), PALETTES[theme])
    return _line(f"{_BOLD.format(colour=colour, text=escape(text))} {escape(named)}", theme)


def _target_bar(row: Row, theme: Theme) -> str:
    """Draw what share of a target was reached, with a mark at the target itself."""
    share, colours = float(row["value"]), PALETTES[theme]
    said = _("{reached} of {target}").format(
        reached=full(row["numerator"], "money"), target=full(row["denominator"], "money")
    )
    bar = _BAR.format(
        track=colours.grid, colour=colours.main, text=colours.text, full=escape(said), mark=100 / BAR_REACH,
        width=100 * min(max(share, 0.0), BAR_REACH) / BAR_REACH,
    )  # fmt: skip
    return bar + _line(escape(_("{share} of quota").format(share=compact(share, "percent"))), theme)


def _note(row: Row) -> str | None:
    """Say on the card itself what makes a number another than what was asked for."""
    codes = {warning.partition(":")[0] for warning in row["warnings"] or ()}
    if "undated" in codes:
        return _("Over the whole file: it has no dates.")
    if "no_returns_named" in codes:
        return _("The files name no returns.")
    return _("The period is not over yet.") if "partial" in codes else None


def _compared(row: Row, asked: Sequence[Compare]) -> list[Compare]:
    """Give the comparisons to name: over a whole year the period before and last year are the same, said once."""
    return list({row[f"{compare}_start"]: compare for compare in asked}.values())


def _head(row: Row, metric: Metric, compared: Sequence[Compare], target: Row | None, theme: Theme) -> str:
    said = escape(full(row["value"], metric.unit))
    title = escape(metric_title(metric))
    few = _few(row, metric)
    parts = [
        _TITLE.format(title=title),
        _VALUE.format(
            title=title,
            full=said,
            look=_FEW if few else "",
            raw=repr(float(row["value"])),
            compact=compact(row["value"], metric.unit),
        ),
        *(_change_line(row, compare, metric, theme) for compare in compared),
    ]
    if target is not None and is_known(target["value"]):
        parts.append(_target_bar(target, theme))
    if few:
        counted = ngettext("Only {n} case: it may be chance.", "Only {n} cases: it may be chance.", int(row["n"]))
        parts.append(_line(escape(counted.format(n=int(row["n"]))), theme))
    if note := _note(row):
        parts.append(_line(escape(note), theme))
    return "".join(parts)


def _how(row: Row, metric: Metric, compared: Sequence[Compare]) -> str:
    lines = [plain(metric.tells), _("**Formula:** {formula}").format(formula=plain(metric.formula_text))]
    lines.append(_("**Value:** {value}").format(value=plain(full(row["value"], metric.unit))))
    for compare in compared:
        if is_known(row[f"{compare}_value"]):
            days = period_name(row[f"{compare}_start"].date(), row[f"{compare}_end"].date())
            lines.append(f"**{plain(days)}:** {plain(full(row[f'{compare}_value'], metric.unit))}")
    if is_known(row["denominator"]):
        for label, part in ((_("Numerator"), row["numerator"]), (_("Denominator"), row["denominator"])):
            lines.append(f"**{label}:** {full(part, 'units')}")
    if is_known(row["n"]):
        lines.append(_("**Counted:** {n}").format(n=f"{row['n']:,.0f}"))
    lines += [f":orange[{plain(warning_in_words(warning))}]" for warning in row["warnings"] or ()]
    return "\n\n".join([*lines, _entry(metric)])


def _entry(metric: Metric) -> str:
    """Give the link to the metric's entry in the glossary."""
    where = escape(glossary.address(state.GLOSSARY, metric=metric.id))
    return f'<a href="{where}" target="_self">{escape(_("In the glossary"))}</a>'


def _absent(metric: Metric, reason: str | None, tables: Collection[str], theme: Theme) -> str:
    return (
        '<div style="opacity:.85">'
        + _TITLE.format(title=escape(metric_title(metric)))
        + _LINE.format(quiet=PALETTES[theme].quiet, text="<span style='font-size:1.25rem'>–</span>")
        + _line(escape(reason_in_words(reason or "no_rows", tables, metric)) + " " + _entry(metric), theme)
        + "</div>"
    )


def card(
    row: Row | None,
    metric: Metric,
    compare: Sequence[Compare],
    lately: Result,
    theme: Theme,
    tables: Collection[str],
    back: str = "",
    target: Row | None = None,
) -> None:
    """Draw the card of one metric from its `row` of totals and its last periods.

    `tables` are those that the data holds; `back` is the path of the page; `target` the row of the metric that
    tells what share of its target was reached.
    """
    with st.container(
        border=True, height="stretch", key=f"card_{metric.id}", gap="xsmall", vertical_alignment="distribute"
    ):
        if row is None or not is_known(row["value"]):
            st.html(_absent(metric, row["reason"] if row else None, tables, theme))
            return
        compared = _compared(row, compare)
        figure = sparkline_figure(lately, metric.id, theme)
        with st.container(gap="xsmall"):
            st.html(_head(row, metric, compared, target, theme) + frame.spoken(escape(figure.text)))
            if not figure.empty:
                frame.send(figure, f"spark_{metric.id}")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            with st.popover(_("How"), type="tertiary"):
                st.markdown(_how(row, metric, compared), unsafe_allow_html=True)
            # In full it would push the third of four to a line of its own.
            rows.link(metric.id, back, label=_("Rows"))
            why_link.link(metric.id, back)


def first_known(totals: Result, metric_ids: Sequence[str]) -> str:
    """Give the first of `metric_ids` that has a value, else the first."""
    known = {metric for metric, row in first_rows(totals).items() if is_known(row["value"])}
    return next((one for one in metric_ids if one in known), metric_ids[0])


def rows_of_cards(
    totals: Result,
    lately: Result,
    metric_ids: Sequence[str],
    theme: Theme,
    tables: Collection[str],
    across: int = 4,
    back: str = "",
) -> None:
    """Draw cards `across` in a row: those that the files allow first, then those that say what they lack.

    `lately` holds their last periods; `back` is the path of the page, to which the rows behind a number lead.
    """
    found = first_rows(totals)

    def lacks(metric_id: str) -> bool:
        # Whatever a filter takes away keeps its place: only what the files themselves lack stands last.
        row = found.get(metric_id)
        return row is not None and str(row["reason"]).startswith(("missing_column", "low_coverage"))

    ordered = sorted(metric_ids, key=lacks)
    for start in range(0, len(ordered), across):
        shown = ordered[start : start + across]
        # The last row may hold fewer: they share its width, like the cards that say what the files lack.
        for column, metric_id in zip(st.columns(max(len(shown), 2)), shown, strict=False):
            with column:
                target = found.get(TARGETS.get(metric_id, ""))
                card(
                    found.get(metric_id),
                    CATALOGUE[metric_id],
                    totals.query.compare,
                    lately,
                    theme,
                    tables,
                    back,
                    target,
                )


def could_be(metric_ids: Sequence[str], reasons: Mapping[str, str], tables: Collection[str], theme: Theme) -> None:
    """Draw one row of muted cards: numbers that the files do not allow, and what would unlock each."""
    if not metric_ids:
        return
    for column, metric_id in zip(st.columns(max(len(metric_ids), 2)), metric_ids, strict=False):
        with column, st.container(border=True, height="stretch", key=f"card_{metric_id}"):
            st.html(_absent(CATALOGUE[metric_id], reasons[metric_id], tables, theme))
