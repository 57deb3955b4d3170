"""What if factors of revenue were different: sliders, what they would make of it, and the link that says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from salesmetrics.analysis.what_if import (
    MOST,
    Identity,
    Lever,
    apply,
    attained,
    bounded,
    of_customers,
    of_leads,
    of_pipeline,
)
from salesmetrics.charts import metric_title, what_if_figure
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import compact, full, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.query.levers import Factors, factors
from ui import answers, frame
from ui.datasets import Opened
from ui.selection import Selection
from ui.state import FORECAST
from ui.text import plain

PARAMETER = "if"
_SEEN, _WAY = "what_if_seen", "what_if_way"

CUSTOMERS, LEADS, PIPELINE = "customers", "leads", "pipeline"


def _names() -> Mapping[str, str]:
    return {
        "retention": _("Customers who stay"), "new_customers": _("Customers who come in addition"),
        "customers": _("Customers"), "orders": _("Orders"), "frequency": _("Orders of a customer"),
        "basket": _("Size of an order, at the same prices"), "price": _("Prices, for the same quantities"),
        "discount": _("Discount"), "leads": _("Leads"), "conversion": _("Leads that become customers"),
        "value": _("Revenue of a converted lead"), "deals": _("Open deals"), "win_rate": _("Deals won"),
        "deal_value": _("Size of a won deal"), "cycle": _("Days to win a deal"),
    }  # fmt: skip


def _ways() -> Mapping[str, str]:
    return {CUSTOMERS: _("Customers and prices"), LEADS: _("Leads"), PIPELINE: _("Open deals")}


def identities(found: Factors) -> dict[str, Identity]:
    """Give the ways in which the numbers of the period can be taken apart, those that the data tells."""
    metrics = found.metrics
    revenue, kept = metrics["revenue"].value, metrics["customer_retention_rate"]
    velocity, leads = metrics["sales_velocity"], metrics["leads"].value
    if revenue is None:
        return {}
    ways: dict[str, Identity | None] = {
        CUSTOMERS: of_customers(
            revenue, found.ordered, found.orders, metrics["active_customers"].value,
            (kept.numerator, kept.denominator) if kept.numerator and kept.denominator else None,
            metrics["discount_rate"].value,
        ),
    }  # fmt: skip
    if leads and found.converted is not None and found.from_leads is not None:
        ways[LEADS] = of_leads(revenue, found.from_leads, leads, found.converted)
    if velocity.value is not None:
        told = (
            velocity.details[name] for name in ("open_deals", "win_rate", "mean_won_amount", "mean_cycle_days")
        )
        ways[PIPELINE] = of_pipeline(velocity.value, *told)
    return {name: way for name, way in ways.items() if way is not None}


def read(asked: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Read what a link asks for, such as `conversion:+10`, as per cent by lever, and list what cannot be had.

    >>> read(["conversion:+10", "price: -5", "luck:10"])
    ({'conversion': 10, 'price': -5}, ['luck:10'])
    """
    changes, strange = {}, []
    most = round(MOST * 100)
    for text in asked:
        name, _colon, by = text.partition(":")
        try:
            per_cent = int(by)
        except ValueError:
            per_cent = most + 1
        if name in _names() and -most <= per_cent <= most:
            changes[name] = per_cent
        else:
            strange.append(text)
    return changes, strange


def _key(lever: str) -> str:
    return f"what_if_{lever}"


def _follow_link() -> list[str]:
    """Put what the link asks for into the sliders when it says something new; give what cannot be had."""
    asked = tuple(st.query_params.get_all(PARAMETER))
    changes, strange = read(asked)
    if st.session_state.get(_SEEN) != asked:
        for name in _names():
            st.session_state[_key(name)] = changes.get(name, 0)
        if changes:
            way = next(way for way, levers in _LEVERS.items() if set(changes) & levers)
            st.session_state[_WAY] = way
        st.session_state[_SEEN] = asked
    return strange


_LEVERS = {
    LEADS: {"leads", "conversion", "value"},
    PIPELINE: {"deals", "win_rate", "deal_value", "cycle"},
    CUSTOMERS: {"retention", "new_customers", "customers", "orders", "frequency", "basket", "price", "discount"},
}


def _moved(levers: Sequence[str]) -> dict[str, int]:
    return {name: int(by) for name in levers if (by := st.session_state.get(_key(name), 0))}


def _write_link(levers: Sequence[str]) -> None:
    asked = [f"{name}:{by:+d}" for name, by in _moved(levers).items()]
    if asked:
        st.query_params[PARAMETER] = asked
    elif PARAMETER in st.query_params:
        del st.query_params[PARAMETER]
    st.session_state[_SEEN] = tuple(asked)


def _reset(levers: Sequence[str]) -> None:
    for name in levers:
        st.session_state[_key(name)] = 0
    _write_link(levers)


def section(opened: Opened, on: Selection, theme: Theme) -> None:
    """Draw what revenue would be if its factors were different, under the filters that are on."""
    st.subheader(_("What if …?"))
    query = on.ask("revenue", compare=())
    found = answers.kept(opened.data, ("levers", query), lambda: factors(opened.data, query))
    ways = identities(found) if found is not None else {}
    if found is None or not ways:
        st.caption(_("There is no revenue in this period to take apart."))
        return
    strange = _follow_link()
    titles = _ways()
    if st.session_state.get(_WAY) not in ways:
        st.session_state[_WAY] = next(iter(ways))
    if len(ways) > 1:
        # Taken off, the choice stays what it was.
        st.segmented_control(
            _("Taken apart by"), list(ways), format_func=lambda way: titles[way], key=_WAY, required=True,
            on_change=_turned, args=({way: [one.name for one in each.levers] for way, each in ways.items()},),
        )  # fmt: skip
    identity = ways[st.session_state[_WAY]]
    _say_left_out([*strange, *_others(identity)])
    # On a phone the answer stands above the sliders, where it is seen.
    left, right = st.columns([3, 2])
    with right:
        _sliders(identity)
    with left:
        _result(identity, found, theme)
    st.caption(plain(_explained(identity, found)))
    for text in _absent(found, ways, opened.data.tables):
        st.caption(plain(text))


def _others(identity: Identity) -> list[str]:
    """Give what the link asks to move that is no part of what is shown."""
    changes, _strange = read(st.query_params.get_all(PARAMETER))
    here = {lever.name for lever in identity.levers}
    return [f"{name}:{by:+d}" for name, by in changes.items() if name not in here]


def _say_left_out(asked: Sequence[str]) -> None:
    most = round(MOST * 100)
    for text in asked:
        named = text.partition(":")[0] in _names()
        said = (
            _("The link asks for “{text}”, which cannot be moved here; it is left out.")
            if not named or read([text])[0]
            else _(
                "The link asks for “{text}”: what it moves takes whole per cent from -{most} to +{most}; it is left out."
            )
        )
        st.warning(plain(said.format(text=text, most=most)))


def _turned(levers: Mapping[str, Sequence[str]]) -> None:
    _write_link(levers[st.session_state[_WAY]])


def _sliders(identity: Identity) -> None:
    names, levers = _names(), [lever.name for lever in identity.levers]
    most = round(MOST * 100)
    for lever in identity.levers:
        st.session_state.setdefault(_key(lever.name), 0)
        by = st.slider(
            names[lever.name], -most, most, step=1, format="%+d %%", key=_key(lever.name),
            on_change=_write_link, args=(levers,),
        )  # fmt: skip
        st.caption(plain(_from_to(lever, by)))
    if _moved(levers):
        st.button(_("Put all back"), key="what_if_reset", on_click=_reset, args=(levers,))


def _from_to(lever: Lever, per_cent: int) -> str:
    now = compact(lever.now, lever.unit)
    # Prices of all that is sold are no one number: they are what they are.
    index = lever.name == "price"
    if not per_cent:
        return _("as they are now") if index else _("{value} now").format(value=now)
    taken = bounded(lever, per_cent / 100)
    said = _("{now} now, {after} then").format(now=now, after=compact(lever.now * (1 + taken), lever.unit))
    return said + ("; " + _("it cannot be more") if taken < per_cent / 100 else "")


def _result(identity: Identity, found: Factors, theme: Theme) -> None:
    moved = _moved([lever.name for lever in identity.levers])
    outcome = apply(identity, {name: by / 100 for name, by in moved.items()})
    by_lever = {lever.name: lever for lever in identity.levers}
    a_day = identity.name == PIPELINE
    metric = "sales_velocity" if a_day else "revenue"
    attainment = None if a_day else found.metrics["quota_attainment"].value
    with st.container(horizontal=True):
        st.metric(
            metric_title(CATALOGUE[metric]), compact(outcome.value, "money"),
            compact(outcome.value - outcome.before, "money") if moved else None,
            help=_("Now: {value}").format(value=full(outcome.before, "money")), width="content",
        )  # fmt: skip
        if attainment is not None:
            after = attained(attainment, outcome)
            st.metric(
                metric_title(CATALOGUE["quota_attainment"]), compact(after, "percent"),
                f"{(after - attainment) * 100:+.1f} pp" if moved else None,
                help=_("Now: {value}. What counts towards quotas is taken to change as all revenue does.").format(
                    value=compact(attainment, "percent")
                ), width="content",
            )  # fmt: skip
    labels = {
        name: f"{_names()[name]} {round(bounded(by_lever[name], by / 100) * 100):+d} %"
        for name, by in moved.items()
    }
    if not moved:
        st.caption(_("Move a slider to see what it would add."))
        return
    frame.draw(what_if_figure(outcome, labels, metric_title(CATALOGUE[metric]), theme), "what_if", FORECAST)


def _explained(identity: Identity, found: Factors) -> str:
    period = period_name(found.period.start, found.period.end)
    rest = compact(identity.value - identity.moved, "money")
    of_customers = any(lever.name == "frequency" for lever in identity.levers)
    how = {
        CUSTOMERS: _("Revenue of {period} taken apart: customers × orders of each × what an order brings.")
        if of_customers
        else _("Revenue of {period} taken apart: orders × what an order brings."),
        LEADS: _(
            "Revenue of {period} taken apart: leads that came in it × the share that became customers so far × what "
            "each brought in it. The other {rest} did not come from these leads, and stays."
        ),
        PIPELINE: _(
            "What open deals bring a day at the end of {period}: deals × share won × size of a won deal ÷ days to win "
            "one, the last three over a year."
        ),
    }[identity.name].format(period=period, rest=rest)
    if identity.name == CUSTOMERS and identity.value != identity.moved:
        how += " " + _(
            "Of it {rest} is not part of these orders, such as returns of earlier ones and sales to customers who are "
            "not named, and stays."
        ).format(rest=rest)
    return (
        how
        + " "
        + _(
            "This is arithmetic on what was, not a forecast: it says what would come out if these factors were different "
            "and everything else stayed as it is."
        )
    )


def _absent(found: Factors, ways: Mapping[str, Identity], tables: Collection[str]) -> list[str]:
    """Say what cannot be moved, and why."""
    said = []
    metrics = found.metrics
    if CUSTOMERS in ways:
        names = {lever.name for lever in ways[CUSTOMERS].levers}
        for lever, metric in (("retention", "customer_retention_rate"), ("discount", "discount_rate")):
            reason = metrics[metric].reason
            if lever not in names and reason:
                said.append(
                    _("{name} cannot be moved: {why}").format(
                        name=_names()[lever], why=reason_in_words(reason, tables, CATALOGUE[metric])
                    )
                )
    if LEADS not in ways:
        reason = metrics["leads"].reason
        why = (
            reason_in_words(reason, tables, CATALOGUE["leads"]) if reason
            else _("it is not known which leads of this period became customers that bought in it.")
        )  # fmt: skip
        said.append(_("Revenue cannot be taken apart by leads: {why}").format(why=why))
    if PIPELINE not in ways and (reason := metrics["sales_velocity"].reason):
        why = reason_in_words(reason, tables, CATALOGUE["sales_velocity"])
        said.append(_("Open deals cannot be taken apart: {why}").format(why=why))
    if metrics["quota_attainment"].value is None and (reason := metrics["quota_attainment"].reason):
        why = reason_in_words(reason, tables, CATALOGUE["quota_attainment"])
        said.append(_("What it would mean for quotas cannot be told: {why}").format(why=why))
    return said
