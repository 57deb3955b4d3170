"""What a link to the Diagnose page asks for, what is chosen there, and the way back from parts inside parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import streamlit as st

from salesmetrics.charts.values import period_name
from salesmetrics.charts.why_names import title_of
from salesmetrics.charts.words import reason_in_words
from salesmetrics.errors import nearest
from salesmetrics.i18n import _
from salesmetrics.model.calendar import Period, previous, year_before
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.availability import availability
from salesmetrics.query.request import Compare, Filter
from salesmetrics.query.why import ANSWER, CUT_BY, DEEPEST, SUBJECTS, WON_VALUE
from ui import datasets, rows, why_link
from ui.selection import Selection, unknown_value
from ui.text import plain
from ui.why_link import AGAINST, AT, BACK, BY, METRIC

OTHER_DAYS = "days"
"""What the comparison's widget holds where days of one's own are compared with."""

_ASKED_AS = {WON_VALUE.id: "win_rate"}


@dataclass(frozen=True)
class Place:
    """What the page is asked: the number, the parts that one looked into, what it is set against, and the cut.

    `against` None is what is usual, `by` None the dimension in which the change stands out.
    """

    metric: str
    at: tuple[tuple[str, str], ...] = ()
    against: Compare | Period | None = None
    by: str | None = None
    back: str = ""


def subjects(data: Dataset) -> tuple[str, ...]:
    """Give the numbers that this data allows and whose change can be taken apart."""
    reasons = availability(data)
    return tuple(name for name in SUBJECTS if not reasons[_ASKED_AS.get(name, name)])


def place_of(data: Dataset) -> Place | None:
    """Read what the link asks for; what cannot be is said. None where this data has no number to take apart."""
    known = subjects(data)
    if not known:
        st.info(_("Add orders, deals or leads with dates: then a change can be taken apart here."))
        return None
    asked = {name: st.query_params.get_all(name) for name in (METRIC, AT, AGAINST, BY, BACK)}
    metric = next(iter(asked[METRIC]), known[0])
    if metric not in known:
        sentence = (
            _("A change of “{name}” cannot be taken apart.").format(name=metric) + nearest(metric, SUBJECTS)
            if metric not in SUBJECTS
            else reason_in_words(availability(data)[_ASKED_AS.get(metric, metric)] or "no_rows", data.tables)
        )
        instead = _("{number} is shown instead.").format(number=title_of(SUBJECTS[known[0]]))
        st.error(plain(f"{sentence} {instead}"))
        metric = known[0]
    at: list[tuple[str, str]] = []
    for text in asked[AT][:DEEPEST]:
        name, _sign, value = text.partition("=")
        values = [one for one, _rows in datasets.values(data, name)] if name in CUT_BY else []
        # Of some tables the values are not listed: what is in none of their rows then has no number.
        if name not in CUT_BY or (values and value not in values):
            problem = unknown_value(name, value, values) if name in DIMENSIONS else None
            said = (
                problem.sentence
                if problem
                else _("The link asks for “{text}”, which there is not.").format(text=text)
            )
            st.error(plain(said))
            break
        at.append((name, value))
    against, cut = (next(iter(asked[name]), "") for name in (AGAINST, BY))
    if against and _against(against) is None:
        said = _("The link sets it against “{text}”, which are no days. Write them as 2025-01-01/2025-02-01.")
        st.error(plain(said.format(text=against)))
    if cut and cut not in (*CUT_BY, ANSWER):
        said = _("The link cuts by “{text}”, which there is not.").format(text=cut)
        st.error(plain(said + nearest(cut, CUT_BY)))
    return Place(
        metric, tuple(at), _against(against), cut if cut in (*CUT_BY, ANSWER) else None,
        next(iter(asked[BACK]), ""),
    )  # fmt: skip


def _against(text: str) -> Compare | Period | None:
    if text in [str(one) for one in Compare]:
        return Compare(text)
    return rows.days_of(text)


def link(place: Place) -> Mapping[str, tuple[str, ...]]:
    """Give the parameters of the link to a place of this page, with all that is on now."""
    against = place.against
    days = f"{against.start}/{against.end}" if isinstance(against, Period) else str(against or "")
    return why_link.parameters(
        place.metric, at=tuple(f"{name}={value}" for name, value in place.at), against=(days,) if days else (),
        by=(place.by,) if place.by else (), back=(place.back,) if place.back else (),
    )  # fmt: skip


def go(place: Place) -> None:
    """Turn to another place of this page; only in a callback."""
    st.query_params.from_dict({name: list(values) for name, values in link(place).items()})


def narrowed(on: Selection, place: Place) -> Selection:
    """Give what is on with the filters of the parts that one looked into: they narrow it, and never widen it.

    Where a filter leaves such a part out it is said, as nothing is left then.
    """
    on_now = {one.dimension: one.values for one in on.filters}
    for name, value in place.at:
        if value not in on_now.get(name, (value,)):
            sentence = _("The filter on {dimension} leaves “{value}” out: take the filter off to look into it.")
            st.warning(plain(sentence.format(dimension=DIMENSIONS[name].title().lower(), value=value)))
    return replace(on, filters=(*on.filters, *(Filter(name, (value,)) for name, value in place.at)))


def usual(on: Selection) -> Compare:
    """Give what is compared with where nothing else was chosen: last year, which has the same season."""
    return next(iter(sorted(on.compare, key=lambda one: one is not Compare.LAST_YEAR)), Compare.LAST_YEAR)


def controls(data: Dataset, on: Selection, place: Place, taken: Compare | Period) -> None:
    """Draw what can be chosen: the number, and what it is set against, of which `taken` is on."""
    known = subjects(data)
    left, right, days = st.columns([2, 2, 2])
    st.session_state["diagnose_metric"] = place.metric
    left.selectbox(
        _("Number"), known, key="diagnose_metric", on_change=_choose_metric, args=(place,),
        format_func=lambda name: title_of(SUBJECTS[name]),
    )  # fmt: skip
    bases = {Compare.PREVIOUS: previous(on.period), Compare.LAST_YEAR: year_before(on.period)}
    # Over a whole year the period before and last year are the same, offered once.
    offered = {period: str(compare) for compare, period in bases.items()}
    own = taken if isinstance(taken, Period) else None
    names = {compare: period_name(period.start, period.end) for period, compare in offered.items()}
    against = taken if isinstance(taken, Compare) else usual(on)
    st.session_state["diagnose_against"] = OTHER_DAYS if own else offered[bases[against]]
    right.selectbox(
        _("Set against"), [*names, OTHER_DAYS], key="diagnose_against", on_change=_choose_against,
        args=(place, bases[against]), format_func=lambda name: names.get(name, _("Other days …")),
    )  # fmt: skip
    if own:
        st.session_state["diagnose_days"] = (own.start, own.end - timedelta(days=1))
        days.date_input(_("Days"), key="diagnose_days", on_change=_choose_days, args=(place,), format="YYYY-MM-DD")


def _choose_metric(place: Place) -> None:
    go(replace(place, metric=st.session_state["diagnose_metric"], by=None))


def _choose_against(place: Place, usual: Period) -> None:
    chosen = st.session_state["diagnose_against"]
    go(replace(place, against=usual if chosen == OTHER_DAYS else Compare(chosen)))


def _choose_days(place: Place) -> None:
    days = st.session_state["diagnose_days"]
    if isinstance(days, tuple) and len(days) == 2:
        go(replace(place, against=Period(days[0], days[1] + timedelta(days=1))))


def crumbs(place: Place) -> None:
    """Draw the way back up from the parts that one looked into."""
    if not place.at:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="inside_crumbs"):
        for depth in range(len(place.at) + 1):
            name = _("All") if not depth else rows.step_name(*place.at[depth - 1])
            if depth < len(place.at):
                up = replace(place, at=place.at[:depth], by=None)
                st.button(plain(name), key=f"up_{depth}", type="tertiary", on_click=go, args=(up,))
                st.markdown(":gray[›]", width="content")
            else:
                st.markdown(f"**{plain(name)}**", width="content")
