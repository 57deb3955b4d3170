"""Reviews: whether they are held and acted on, what the next one is about, what was decided, what no number measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from salesmetrics.analysis.reviews import (
    GRACE,
    Rate,
    Review,
    ReviewBook,
    action_close_rate,
    due,
    on_time,
    review_on_time_rate,
)
from salesmetrics.charts.values import compact, day_name
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from salesmetrics.metrics.models import MODELS
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.reviews import last_day, reviews_in_files
from ui import answers, kept_documents
from ui.datasets import Opened
from ui.text import plain

DOCUMENT = "reviews"

MOST_TOLD = 12
"""Reviews whose notes are shown, the latest: a year of monthly ones."""


def kept(opened: Opened) -> ReviewBook:
    """Give what is kept of reviews with the workspace; what cannot be read is said and counts as nothing."""
    document = kept_documents.document(opened, DOCUMENT)
    try:
        return ReviewBook.from_json(document.body) if document else ReviewBook()
    except SalesMetricsError as error:
        st.error(plain(error.sentence))
        return ReviewBook()


def in_files(data: Dataset) -> tuple[Review, ...]:
    """Give the reviews that the files tell of."""
    return answers.kept(data, "reviews in files", lambda: reviews_in_files(data))


def as_of(data: Dataset) -> date:
    """Give the day up to which reviews and actions are looked at: the last day of the data."""
    return answers.kept(data, "last day", lambda: last_day(data))


def rates(reviews: Sequence[Review], day: date) -> None:
    """Draw the two rates with what they count, or why there is none."""
    st.subheader(_("Reviews"))
    held, closed = review_on_time_rate(reviews, day), action_close_rate(reviews)
    left, right = st.columns(2)
    with left:
        _rate(
            "review_on_time_rate", held,
            _("{n} of {all} reviews due by {day} were held at most {grace} days after their day.").format(
                n=held.numerator, all=held.denominator, day=day_name(day), grace=GRACE
            ),
            _("No review was due yet by {day}, the last day of the data.").format(day=day_name(day)),
        )  # fmt: skip
    with right:
        _rate(
            "action_close_rate", closed,
            _("{n} of {all} actions are done.").format(n=closed.numerator, all=closed.denominator),
            _("No action was written down yet."),
        )  # fmt: skip


def _rate(model: str, rate: Rate, said: str, absent: str) -> None:
    entry = MODELS[model]
    with st.container(border=True, height="stretch", key=f"rate_{model}"):
        st.metric(
            _(entry.title), compact(rate.share, "percent") if rate.share is not None else "–",
            help=plain(_(entry.tells) + " " + _("Formula: {formula}").format(formula=_(entry.formula_text))),
        )  # fmt: skip
        st.caption(plain(said if rate.share is not None else absent))


def listed(reviews: Sequence[Review], day: date) -> None:
    """List all reviews, the latest first, and show what was noted in those that say something."""
    if not reviews:
        st.caption(_("No review is planned or was held yet."))
        return
    latest = sorted(reviews, key=lambda one: one.scheduled_on, reverse=True)
    said = _states()
    st.dataframe(
        pd.DataFrame({
            _("Planned for"): [day_name(one.scheduled_on) for one in latest],
            _("Held on"): [day_name(one.held_on) if one.held_on else "–" for one in latest],
            _("On time"): [said[_state(one, day)] for one in latest],
            _("Period"): [one.period or "–" for one in latest],
            _("Actions done"): [one.all_done for one in latest],
            _("Actions open"): [one.all_open for one in latest],
        }),
        hide_index=True, height=min(len(latest), 8) * 35 + 38, key="reviews_listed",
    )  # fmt: skip
    telling = [one for one in latest if one.notes or one.decisions or one.actions]
    for one in telling[:MOST_TOLD]:
        with st.expander(plain(_("Review of {day}").format(day=day_name(one.scheduled_on)))):
            _told(one, day)
    if len(telling) > MOST_TOLD:
        st.caption(plain(_("Of earlier ones the notes are kept; the last {n} are shown.").format(n=MOST_TOLD)))


def _states() -> Mapping[str, str]:
    return {
        "on_time": "✓ " + _("On time"),
        "late": "▲ " + _("Late"),
        "missed": "✕ " + _("Not held"),
        "ahead": _("Not due yet"),
    }


def _state(one: Review, day: date) -> str:
    if on_time(one):
        return "on_time"
    if one.held_on is not None:
        return "late"
    return "missed" if due(one, day) else "ahead"


def _told(one: Review, day: date) -> None:
    for title, text in ((_("Notes"), one.notes), (_("Decisions"), one.decisions)):
        if text:
            st.markdown(f"**{plain(title)}**")
            st.text(text)
    if one.actions:
        st.markdown(f"**{plain(_('Actions'))}**")
        lines = []
        for each in one.actions:
            state = _("done") if each.done else _("overdue") if each.overdue(day) else _("open")
            until = _("due {day}").format(day=day_name(each.due)) if each.due else ""
            lines.append("- " + plain(" · ".join(part for part in (each.what, each.owner, until, state) if part)))
        st.markdown("\n".join(lines))
