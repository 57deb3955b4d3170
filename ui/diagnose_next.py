"""What to check next after a change was taken apart: inside the part that stands out, its factor, its page, its rows."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from salesmetrics.charts.why_names import in_sentence, title_of
from salesmetrics.charts.why_words import telling
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.families import family_of
from salesmetrics.query.resolve import dimensions_of
from salesmetrics.query.why import ANSWER, DEEPEST, SUBJECTS, Why
from ui import navigation, rows, state
from ui.diagnose_place import Place, go
from ui.selection import FILTERS, to_link
from ui.text import plain

_TOLD_BY = {
    "conversion": "lead_conversion_rate", "leads": "leads", "order_value": "average_transaction_value",
    "orders": "orders", "units": "units", "price": "price_per_unit", "margin": "gross_margin",
    "win_rate": "win_rate", "deal_size": "avg_deal_size", "open": "open_opportunities",
}  # fmt: skip
"""For a factor the number whose own change can be taken apart next."""

_SEEN_ON = {"customers": "customers", "frequency": "customers", "value": "acquisition"}
"""For a factor that has no such number the page that tells more of it."""


def draw(found: Why, place: Place) -> None:
    """Draw the ways on: none of them says what the cause is, each leads to what would tell."""
    focus = found.focus
    if focus is None or focus.dimension == ANSWER:
        _whole(found, place)
        return
    part = (focus.dimension, focus.part.name)
    name = in_sentence(*part)
    st.subheader(_("What to check next"))
    with st.container(horizontal=True, gap="small", key="check_next"):
        if len(place.at) < DEEPEST:
            inside = replace(place, at=(*place.at, part), by=None)
            _button(_("Look inside {part}").format(part=name), inside, "next_inside")
        for metric in _factors(found):
            at = (*place.at, part)[:DEEPEST]
            if all(dimension in _dimensions(metric) for dimension, _value in at):
                label = _("Why did {number} change in {part}?").format(
                    number=_lower(title_of(SUBJECTS[metric])), part=name
                )
                _button(label, replace(place, metric=metric, at=at, by=None), f"next_{metric}")
        for path in _pages(found):
            _page(path, (*place.at, part))
        if found.metric.id in CATALOGUE:
            at_rows = (*place.at, part)
            rows.link(found.metric.id, state.DIAGNOSE, at_rows, _("See the rows of {part}").format(part=name))


def _whole(found: Why, place: Place) -> None:
    if found.metric.id not in CATALOGUE:
        return
    st.subheader(_("What to check next"))
    with st.container(horizontal=True, gap="small", key="check_next"):
        for path in _pages(found):
            _page(path, place.at)
        rows.link(found.metric.id, state.DIAGNOSE, place.at)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _button(label: str, place: Place, key: str) -> None:
    """Draw a button to another place of this page: a link would look like the current one."""
    st.button(plain(label), key=key, on_click=go, args=(place,))


def _moved_most(found: Why) -> list[str]:
    return [tree.found.largest.name for tree in telling(found) if tree.found.largest is not None]


def _factors(found: Why) -> list[str]:
    named = [_TOLD_BY[step] for step in _moved_most(found) if step in _TOLD_BY]
    return [metric for metric in dict.fromkeys(named) if metric != found.metric.id]


def _pages(found: Why) -> list[str]:
    steps = _moved_most(found)
    paths = [_SEEN_ON[step] for step in steps if step in _SEEN_ON]
    families = [family_of(metric) for metric in (*_factors(found), found.metric.id)]
    return list(dict.fromkeys([*paths, *(family.page for family in families if family is not None)]))[:2]


def _dimensions(metric: str) -> tuple[str, ...]:
    known = SUBJECTS[metric]
    return dimensions_of(known, known.made_of(known.settings({})))


def _page(path: str, at: tuple[tuple[str, str], ...]) -> None:
    page = navigation.registered().get(path)
    if page is None:
        return
    narrowed = {name: [value] for name, value in at if name in FILTERS}
    asked = {name: list(values) for name, values in to_link(state.chosen()).items()}
    only = ", ".join(rows.step_name(name, values[0]) for name, values in narrowed.items())
    label = (
        _("Page {page}, {only}").format(page=page.title, only=only) if only
        else _("Page {page}").format(page=page.title)
    )  # fmt: skip
    st.page_link(page, label=plain(label), query_params={**asked, **narrowed})
