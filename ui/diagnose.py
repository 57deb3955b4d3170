"""The Diagnose page: what it asks for its place, and each of its parts."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from salesmetrics.charts.change_parts import parts_figure
from salesmetrics.charts.change_waterfall import change_figure, rate_and_mix_figure
from salesmetrics.charts.mix_rate import mix_rate_figure
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import compact, day_name, period_name
from salesmetrics.charts.why_names import by as written
from salesmetrics.charts.why_names import cut_name, part_name, title_of
from salesmetrics.charts.why_words import sentences, standing_sentence, standings
from salesmetrics.charts.words import reason_in_words, warning_in_words
from salesmetrics.i18n import _
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.request import Compare, MetricQuery
from salesmetrics.query.why import ANSWER, DEEPEST, LEAST, Cut, Why, why
from ui import answers, datasets, frame, state
from ui.diagnose_place import Place, go, usual
from ui.selection import Selection
from ui.text import plain

MOST_INSIDE = 6
"""So many parts can be looked into with one click."""

_MATTERS = (
    "partial",
    "immature_left_out",
    "coverage",
    "amounts_as_of_today",
    "left_truncated",
    "quotas_pro_rated",
)
"""Warnings without which a comparison of two periods could be misread; the others stand at each card."""

_LEADS_BEGIN = "revenue_by_leads"


def answer(data: Dataset, on: Selection, place: Place) -> tuple[Why, Compare | Period]:
    """Take the change apart, and tell what it was set against; where it cannot be told the answer has a reason.

    Where nothing was chosen to set it against and last year cannot be had or had none of it, the period before is
    taken.
    """
    query = on.ask(place.metric, compare=())
    if place.against is not None:
        return _kept(data, query, place.against), place.against
    first = usual(on)
    tried = []
    for base in (first, *(one for one in Compare if one is not first)):
        found = _kept(data, query, base)
        # From nothing everything is new: that would tell of the file's beginning, not of a change.
        if found.reason is None and found.before.value:
            return found, base
        tried.append((found, base))
    return next(((found, base) for found, base in tried if found.reason is None), tried[-1])


def absent(found: Why, data: Dataset) -> None:
    """Say why a change cannot be told."""
    st.info(plain(_absent(found, data)))


def _kept(data: Dataset, query: MetricQuery, base: Compare | Period) -> Why:
    return answers.kept(data, ("why", query, base), lambda: why(data, query, base))


def _absent(found: Why, data: Dataset) -> str:
    if found.reason == "undated":
        return _("These deals carry no dates: nothing can be set against an earlier time.")
    name = title_of(found.metric)
    now, then = (period_name(one.start, one.end) for one in (found.period, found.base))
    if found.after.reason is None:
        reason = found.before.reason or "no_rows"
        if reason == "no_rows":
            return _(
                "{number} of {now} cannot be set against {then}: there is no data of it. Choose other days under “Set "
                "against”, or another period."
            ).format(number=name, now=now, then=then)
        return _("{number} of {now} cannot be set against {then}: {why}").format(
            number=name, now=now, then=then, why=reason_in_words(reason, data.tables, found.metric)
        )
    if found.after.reason == "no_rows":
        return _("There is no data of {number} in {now} under these filters. Choose another period.").format(
            number=name, now=now
        )
    return reason_in_words(found.after.reason, data.tables, found.metric)


def told(found: Why) -> None:
    """Say in sentences what changed, where, and which factor moved there."""
    with st.container(border=True, key="why_told"):
        if found.period == found.base:
            st.markdown(
                plain(_("Both are the same days, so nothing changed. Choose other days under “Set against”."))
            )
            return
        st.markdown(plain(" ".join(sentences(found))))
        caution = [_("This tells where the change lies. It measures no cause.")]
        warnings = dict.fromkeys((*found.after.warnings, *found.before.warnings))
        caution += [warning_in_words(one) for one in warnings if one.partition(":")[0] in _MATTERS]
        st.caption(plain(" ".join(caution)))
        with st.popover(_("How it is worked out"), type="tertiary"):
            st.markdown(plain(_how(found)).replace("\n", "\n\n"))


def _how(found: Why) -> str:
    stands_out = _(
        "What stands out is the part that lies furthest from where it would be had it moved like the whole; it counts "
        "for more where the other parts moved alike. Where that is less than {least} of the change, or the part hardly "
        "moved, none is named. Of sums, reps and tenure are not looked at for this: people come and go."
    ).format(least=compact(LEAST, "percent"))
    if found.ratio:
        split = _(
            "Own figure: mean weight of the part × change of its figure. Weight: change of its weight × (its mean figure "
            "− the mean of all); means are those of the two periods. Together they are the change. A part that is "
            "there in one period only changes it by its weight."
        )
        return f"{split}\n{stands_out}"
    factors = _(
        "Factors multiply to the number, on the same rows; what no factor is in stands beside them and adds to it. The "
        "share of a factor is L × ln(after / before), where L is the logarithmic mean of their product in the two "
        "periods (LMDI, Ang 2005); where a factor is zero, negative or missing, its mean over every order in which "
        "factors could have moved (Shapley). Steps sum to the change exactly."
    )
    return f"{factors}\n{stands_out}" if found.trees else stands_out


def by_factors(found: Why, place: Place, theme: Theme) -> None:
    """Draw how the number came from one period to the other: over its factors, or over rate and mix."""
    if found.ratio:
        cut = _chosen(found, place)
        if cut is not None and cut.split is not None:
            st.subheader(_("The parts themselves, or the mix of them?"))
            figures = {
                "rate_and_mix": rate_and_mix_figure(found, cut, theme),
                "mix_rate": mix_rate_figure(found, cut, theme),
            }
            frame.in_pairs(figures, state.DIAGNOSE)
        return
    if not found.trees:
        return
    st.subheader(_("Which factor moved?"))
    figures = {tree.tree.id: change_figure(found, tree, theme) for tree in found.trees}
    if len(figures) == 1:
        [(key, figure)] = figures.items()
        frame.draw(figure, key, state.DIAGNOSE)
    else:
        frame.in_pairs(figures, state.DIAGNOSE)
    if any(tree.tree.id == _LEADS_BEGIN for tree in found.trees):
        first = datasets.covers(datasets.current().data)["leads"].first
        st.caption(
            plain(
                _(
                    "New leads are those that came in during the period; customers of leads before {day}, when the "
                    "file begins, stand under orders without a lead."
                ).format(day=day_name(first))
            )
        )
    if any(tree.found.method == "shapley" for tree in found.trees):
        st.caption(
            _(
                "A factor was zero, negative or missing in one of the periods; “How it is worked out” says how the change "
                "is shared among the factors then."
            )
        )


def _chosen(found: Why, place: Place) -> Cut | None:
    usual = found.focus.dimension if found.focus else ""
    return found.cut(place.by or usual) or found.cut(usual) or next(iter(found.cuts), None)


def by_parts(found: Why, place: Place, theme: Theme) -> None:
    """Draw what each part added, by the dimension that is chosen, and the way into its largest parts."""
    cut = _chosen(found, place)
    if cut is None:
        st.caption(_("There are no parts to tell apart here."))
        return
    st.subheader(_("Where?"))
    st.session_state["diagnose_by"] = cut.dimension
    st.segmented_control(
        _("Cut by"), [one.dimension for one in found.cuts], key="diagnose_by", format_func=cut_name,
        on_change=_choose_by, args=(place, cut.dimension), label_visibility="collapsed",
    )  # fmt: skip
    frame.draw(parts_figure(found, cut, theme), f"parts_{cut.dimension}", state.DIAGNOSE)
    if cut.dimension == ANSWER:
        return
    if len(place.at) == DEEPEST:
        st.caption(_("This is as deep as it goes: three parts inside one another."))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="look_inside"):
        st.markdown(_("Look inside:"), width="content")
        # What rounds to nothing is no place to look.
        moved = [one for one in cut.parts if not written(found, one.by).startswith("±")]
        for number, part in enumerate(moved[:MOST_INSIDE]):
            deeper = replace(place, at=(*place.at, (cut.dimension, part.name)), by=None)
            label = f"{part_name(cut.dimension, part.name)} {written(found, part.by)}"
            st.button(plain(label), key=f"inside_{number}", on_click=go, args=(deeper,))


def _choose_by(place: Place, before: str) -> None:
    go(replace(place, by=st.session_state["diagnose_by"] or before))


def apart(found: Why) -> None:
    """Say which parts keep a share from being better, whether or not they changed."""
    strongest = standings(found)
    if not strongest:
        return
    st.subheader(_("What holds it down now, changed or not?"))
    lines = [f"- {plain(standing_sentence(found, one))}" for one in strongest]
    st.markdown("\n".join(lines))
    st.caption(
        _("Parts overlap. That they differ does not say that they would be like the others if they were theirs.")
    )
