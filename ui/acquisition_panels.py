"""What late answers may have cost, and what customers give back: panels of Acquisition that say what they rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from salesmetrics.analysis.missed_range import missed
from salesmetrics.charts import metric_title
from salesmetrics.charts.figure import first_rows, is_known, period_key
from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.charts.values import compact, full, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.missed import FEWEST_IN_BUCKET
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.result import Result
from ui import cards, rows
from ui.acquisition import MISSED, PAGE, PAYBACK, WORTH, setting
from ui.selection import Selection
from ui.text import plain

_BIG = (
    '<div style="font-size:1.75rem;font-weight:600;line-height:1.35"><data value="{raw}" aria-label="{name}: {full}">'
    '{text}</data> <span style="font-size:1rem;font-weight:400;color:{quiet}">{more}</span></div>'
    '<div style="font-size:.875rem;line-height:1.5;margin-top:.4rem">{lines}</div>'
)


def draw_missed(totals: Result, tables: Collection[str], theme: Theme) -> None:
    """Draw what late and missing answers may have cost, with its range and what it rests on."""
    row, metric = first_rows(totals)[MISSED], CATALOGUE[MISSED]
    known = missed(row["details"] or {}) if is_known(row["value"]) else None
    with st.container(border=True, height="stretch", key=f"card_{MISSED}"):
        st.markdown(
            f"**{plain(_('What late and missing answers may have cost'))}**  \n:small[:gray["
            + plain(_("An estimate, if the link were causal: if it is the answer that makes the difference"))
            + "]]"
        )
        if known is None:
            st.caption(plain(reason_in_words(row["reason"] or "no_rows", tables, metric)))
            return
        if row["n"] < FEWEST_IN_BUCKET:
            few = ngettext(
                "Too few for an estimate: {n} answered lead of this period is old enough to tell by.",
                "Too few for an estimate: {n} answered leads of this period are old enough to tell by.",
                int(row["n"]),
            )
            st.caption(plain(few.format(n=compact(row["n"], "count"))))
            return
        lines = [
            _("{n} customers: {late} of {late_leads} leads answered late, {never} of {never_leads} never answered.")
            .format(
                n=compact(round(known.customers), "count"), late=compact(round(known.customers_late), "count"),
                late_leads=compact(known.late_leads, "count"),
                never=compact(round(known.customers_unanswered), "count"),
                never_leads=compact(known.unanswered_leads, "count"),
            ),
            _("Each is counted with {worth}, a mean first order.").format(worth=compact(known.worth, "money")),
            _("It assumes that late ones would have bought as often as those answered in time, the others as often as "
              "those answered at all. Reps may answer the better leads first: then less was missed."),
        ]  # fmt: skip
        between = _("between {low} and {high}").format(
            low=compact(known.value_low, "money"), high=compact(known.value_high, "money")
        )
        st.html(
            _BIG.format(
                raw=repr(known.value), name=escape(metric_title(metric)), full=escape(full(known.value, "money")),
                text=escape(compact(known.value, "money")), more=escape(between), quiet=PALETTES[theme].quiet,
                lines="<br>".join(escape(line) for line in lines),
            )
        )  # fmt: skip
        rows.link(MISSED, PAGE)


def draw_answers(
    found: Mapping[str, Result], on: Selection, follow_up: Sequence[str], data: Dataset, theme: Theme
) -> None:
    """Draw what was missed, and beside it the cards of how leads are followed up."""
    totals, known = found["totals"], first_rows(found["totals"])
    missed_at, *cards_at = st.columns([2, *(1 for _metric in follow_up)])
    with missed_at:
        draw_missed(totals, data.tables, theme)
    for column, metric in zip(cards_at, follow_up, strict=True):
        with column:
            cards.card(known[metric], CATALOGUE[metric], on.compare, found["lately"], theme, data.tables, PAGE)


_GAVE = '<div style="font-size:.875rem;opacity:.8">{name}</div><div style="font-size:1.5rem;font-weight:600">{value}</div>'
_OF = '<div style="font-size:.8125rem;line-height:1.5;color:{quiet}">{text}</div>'


def draw_returns(found: Mapping[str, Result], on: Selection, tables: Collection[str], theme: Theme) -> None:
    """Draw how soon customers pay back what they cost, and how many times over, each with whom it is told of."""
    quiet, months = PALETTES[theme].quiet, setting(on, f"{WORTH}.months")
    with st.container(border=True, height="stretch", key="returns"):
        st.markdown(f"**{plain(_('What customers give back'))}**")
        for metric_id in (PAYBACK, WORTH):
            result, metric = found[metric_id], CATALOGUE[metric_id]
            row = first_rows(result)[metric_id]
            whom = _("Of customers won in {period}").format(
                period=period_name(row["period_start"].date(), row["period_end"].date())
            )
            name, value = escape(metric_title(metric)), row["value"]
            if not is_known(value):
                said = _not_told(row, tables)
                st.html(
                    _GAVE.format(name=name, value="–") + _OF.format(quiet=quiet, text=escape(f"{whom}: {said}"))
                )
                continue
            st.html(
                _GAVE.format(name=name, value=escape(compact(value, metric.unit)))
                + _OF.format(quiet=quiet, text=escape(f"{whom}. {_what_it_is(row, months)}"))
            )
            key = period_key(row["period_start"].date(), row["period_end"].date())
            rows.link(metric_id, PAGE, (("period", key),))


def _not_told(row: Mapping[str, Any], tables: Collection[str]) -> str:
    months = (row["details"] or {}).get("months_known")
    if row["reason"] == "not_reached" and is_known(months):
        return _("not paid back within {n} months, as long as all of them have been customers.").format(
            n=f"{months:.0f}"
        )
    return reason_in_words(row["reason"] or "no_rows", tables, CATALOGUE[row["metric"]])


def _what_it_is(row: Mapping[str, Any], months: str) -> str:
    details: Mapping[str, Any] = row["details"] or {}
    if row["metric"] == PAYBACK:
        return _("By then the gross profit of {n} customers had reached what was spent to win them.").format(
            n=compact(row["n"], "count")
        )
    return _("In their first {n} months they brought {worth} of gross profit each, and cost {cost}.").format(
        n=months, worth=compact(details["clv"], "money"), cost=compact(details["cac"], "money")
    )
