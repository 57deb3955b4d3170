"""The rows behind a number: the link that leads to them, what such a link asks for, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import streamlit as st

from salesmetrics.charts.values import period_name
from salesmetrics.errors import nearest
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.calendar import Period, bucket
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.request import Filter, MetricQuery
from ui import datasets, navigation, sidebar, state
from ui.selection import Link, Selection, to_link, unknown_value

PERIOD = "period"
"""What stands for days in the parameter `at`; every other name is a dimension."""

METRIC, AT, BACK = "metric", "at", "back"

At = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Place:
    """Which number's rows a link asks for: the metric, what it is narrowed to, and the page to return to."""

    metric: str
    at: At = ()
    back: str = ""


@dataclass(frozen=True)
class Strange:
    """What a link asks for and cannot have, in a sentence, and the place that it may have meant."""

    sentence: str
    meant: Place | None = None


@dataclass(frozen=True)
class Question:
    """What is asked for a place: `number` with its value among its peers (`group`), `rows` for its rows alone."""

    number: MetricQuery
    group: tuple[str, ...]
    rows: MetricQuery


def parameters(metric: str, back: str, at: At = ()) -> Link:
    """Give the parameters of the link to the rows behind `metric`, with all that is on now.

    `back` is the path of the page to return to; `at` narrows the rows to a dimension's value, as in
    `("region", "North")`, or to days written by `period_key`, as in `("period", "2025-11-01/2025-12-01")`.
    """
    narrowed = tuple(f"{name}={value}" for name, value in at)
    own: Link = {METRIC: (metric,), AT: narrowed, BACK: (back,) if back else ()}
    return {**to_link(state.chosen()), **{name: values for name, values in own.items() if values}}


def link(metric: str, back: str, at: At = (), label: str | None = None) -> None:
    """Draw the link to the rows behind `metric`; see `parameters`."""
    asked = {name: list(values) for name, values in parameters(metric, back, at).items()}
    st.page_link(navigation.registered()[state.ROWS], label=label or _("See the rows"), query_params=asked)


def link_back(place: Place) -> None:
    """Draw the link to the page that a place was reached from, with the filters kept; else to the Overview."""
    pages = navigation.registered()
    page = pages.get(place.back if place.back != state.ROWS else "", pages[""])
    asked = {name: list(values) for name, values in to_link(state.chosen()).items()}
    st.page_link(page, label=page.title, query_params=asked)


def read_place(link: Link) -> Place | Strange:
    """Read which rows a link asks for; what cannot be is said in a sentence.

    >>> read_place({"metric": ("revenue",), "at": ("region=North",), "back": ("revenue",)})
    Place(metric='revenue', at=(('region', 'North'),), back='revenue')
    >>> read_place({"metric": ("win_rat",)}).meant
    Place(metric='win_rate', at=(), back='')
    """
    back = next(iter(link.get(BACK, ())), "")
    metric = next(iter(link.get(METRIC, ())), "")
    if not metric:
        return Strange(
            _("This link does not say which number's rows to show. Choose “Rows” or “See the rows” at a number.")
        )
    at: list[tuple[str, str]] = []
    for text in link.get(AT, ()):
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign or not name or not value:
            sentence = _("The link narrows the rows to “{text}”, which cannot be read. Write it as region=North.")
            return Strange(sentence.format(text=text), Place(metric, (), back))
        at.append((name, value.replace("–", "-") if name == "tenure" else value))
    place = Place(metric, tuple(dict.fromkeys(at)), back)
    if metric not in CATALOGUE:
        close = _nearest(metric, CATALOGUE)
        sentence = _("There is no number called “{name}”.").format(name=metric) + nearest(metric, CATALOGUE)
        return Strange(sentence, Place(close, place.at, back) if close else None)
    return place


def _nearest(name: str, known: Sequence[str] | Mapping[str, object]) -> str | None:
    return next(iter(get_close_matches(name, list(known), n=1)), None)


def days_of(text: str) -> Period | None:
    """Read days as `period_key` writes them; None where they are no days.

    >>> days_of("2025-11-01/2025-12-01").days, days_of("2025-12-01/2025-11-01")
    (30, None)
    """
    first, _slash, end = text.partition("/")
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(end))
    except ValueError:
        return None
    return period if period.start < period.end else None


def question(data: Dataset, on: Selection, place: Place) -> Question | Strange:
    """Give what is to be asked for a place under all that is on; what cannot be is said in a sentence."""
    period, grain = on.period, None
    narrowed: dict[str, list[str]] = {}
    for name, value in place.at:
        without = Place(place.metric, tuple(one for one in place.at if one != (name, value)), place.back)
        if name == PERIOD:
            days = days_of(value)
            if days is None:
                sentence = _("The link asks for the days “{text}”, which are no days. ").format(text=value)
                return Strange(sentence + _("Write them as 2025-11-01/2025-12-01."), without)
            period = days
            grain = on.grain if bucket(days.start, on.grain, on.settings.conventions) == days else None
        elif name not in DIMENSIONS:
            sentence = _("The link narrows the rows by “{name}”, which there is not.").format(name=name)
            close = _nearest(name, (*DIMENSIONS, PERIOD))
            meant = Place(place.metric, (*without.at, (close, value)), place.back) if close else without
            return Strange(sentence + nearest(name, (*DIMENSIONS, PERIOD)), meant)
        else:
            known = [one for one, _rows in datasets.values(data, name)]
            if value not in known and name != "new_or_returning":
                problem = unknown_value(name, value, known)
                meant = Place(place.metric, (*without.at, *((name, one) for one in problem.close)), place.back)
                return Strange(problem.sentence, meant)
            narrowed.setdefault(name, []).append(value)
    filters = {one.dimension: one.values for one in on.filters}
    for name, values in narrowed.items():
        left = tuple(value for value in values if value in filters.get(name, values))
        if not left:
            sentence = _("The filter on {dimension} leaves “{value}” out: take the filter off to see these rows.")
            return Strange(sentence.format(dimension=DIMENSIONS[name].title().lower(), value=values[0]))
        filters[name] = left
    # A number such as a share is what it is only among its peers: asked for beside them, then picked out.
    alone = tuple(name for name, values in narrowed.items() if len(values) == 1)
    among = {name: values for name, values in filters.items() if name not in alone}
    among |= {one.dimension: one.values for one in on.filters if one.dimension in alone}
    return Question(
        on.ask(place.metric, period=period, grain=grain, compare=(), where=_filters(among), by=alone),
        tuple(narrowed[name][0] for name in alone),
        on.ask(place.metric, period=period, grain=grain, compare=(), where=_filters(filters)),
    )


def _filters(chosen: Mapping[str, Sequence[str]]) -> tuple[Filter, ...]:
    return tuple(Filter(name, tuple(values)) for name, values in chosen.items())


def step_name(name: str, value: str) -> str:
    """Write one step of what rows are narrowed to for people, such as "Region: North" or "Nov 2025"."""
    days = days_of(value) if name == PERIOD else None
    if days is not None:
        return period_name(days.start, days.end)
    title = DIMENSIONS[name].title() if name in DIMENSIONS else name
    return _("{dimension}: {value}").format(dimension=title, value=sidebar.value_name(name, value))
